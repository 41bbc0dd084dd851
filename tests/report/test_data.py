import json
from pathlib import Path
from typing import Any

from evaltool import records
from evaltool.report.data import block
from evaltool.report.material import gather


def data(run_folder: Any, files: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    folder: Path = run_folder(files)
    text = str(block(gather(records.read(folder)), [0], top=True))
    return text, json.loads(text)


def test_quotes_are_places_in_the_segments_text_in_utf16_units(run_folder: Any, files: dict[str, Any]) -> None:
    text = "😀 24 ships were told to stay away on Tuesday."
    files["segments.jsonl"][2] |= {"variant_text": text, "variant_span": [100, 100 + len(text)]}
    files["flags.jsonl"][3] |= {"variant_span": [102, 104]}
    _, found = data(run_folder, files)
    segment, reference, variant = (found["flags"][3][column] for column in (0, 9, 10))
    assert variant == [3, 5]  # a script counts two units for the emoji
    assert found["texts"][found["segments"][segment][13]] == text
    assert reference == [5, 7]
    assert found["flags"][8][9] == "Floods"  # of no segment: the quote itself


def test_nothing_in_it_can_be_read_as_html_or_hides(run_folder: Any, files: dict[str, Any]) -> None:
    hostile = "</script><!-- & \u202e \x00 \u2028 \U000e0041"
    files["flags.jsonl"][0]["message"] = hostile
    text, found = data(run_folder, files)
    assert found["flags"][0][8] == hostile
    assert [sign for sign in "<>&\u202e\x00\u2028\U000e0041" if sign in text] == []


def test_a_text_is_held_once(run_folder: Any, files: dict[str, Any]) -> None:
    text, _ = data(run_folder, files)
    assert text.count("Floods close the harbour") == 1  # of both systems


def test_decisions_are_kept_under_the_names_of_articles_and_systems(run_folder: Any, files: dict[str, Any]) -> None:
    before = data(run_folder, files)[1]["store"]
    files["flags.jsonl"].pop()
    assert data(run_folder, files)[1]["store"] == before
    files["segments.jsonl"][-1]["system"] = "engine-c"
    assert data(run_folder, files)[1]["store"] != before
