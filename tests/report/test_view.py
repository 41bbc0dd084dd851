from pathlib import Path
from typing import Any

from evaltool import records
from evaltool.mqm import Severity
from evaltool.report.view import Page, build


def page(run_folder: Any, files: dict[str, Any]) -> Page:
    folder: Path = run_folder(files)
    return build(records.read(folder))


def test_worst_first_is_by_severity_then_confidence(run_folder: Any, files: dict[str, Any]) -> None:
    worst = page(run_folder, files).worst
    assert [(one.severity.value, one.confidence) for one in worst] == [
        ("critical", "0.99"),
        ("critical", "0.70"),
        ("major", "0.95"),
        ("major", "0.80"),
    ]


def test_hidden_count(run_folder: Any, files: dict[str, Any]) -> None:
    assert page(run_folder, files).worst_hidden == 0
    files["flags.jsonl"] *= 9
    assert page(run_folder, files).worst_hidden == 4 * 9 - 20


def test_order_and_numbers_follow_the_summary(run_folder: Any, files: dict[str, Any]) -> None:
    files["summary.json"]["articles"].reverse()
    built = page(run_folder, files)
    assert [variant.system for variant in built.variants] == ["engine-b", "engine-a"]
    assert [variant.segments[0].anchor for variant in built.variants] == ["v0-s0", "v1-s0"]
    flags = [flag.number for variant in built.variants for place in variant.segments for flag in place.flags]
    assert len(set(flags)) == len(flags)


def test_overlapping_marks_carry_all_flags_on_both_sides(run_folder: Any, files: dict[str, Any]) -> None:
    moved = page(run_folder, files).variants[0].segments[1]
    for side, name in ((moved.reference, " Lind"), (moved.variant, " Lindt")):
        shared = {piece.text: piece for piece in side}
        assert shared["Ada"].flags == (1, 0)
        assert shared["Ada"].severity is Severity.CRITICAL
        assert shared[name].flags == (0,)


def test_a_flag_without_its_segment_is_listed_and_still_marked(run_folder: Any, files: dict[str, Any]) -> None:
    other = page(run_folder, files).variants[1]
    assert [flag.record.reference_text for flag in other.loose] == ["Floods"]
    marked = {piece.text: piece.flags for piece in other.segments[0].reference if piece.flags}
    assert marked == {"Floods": (8,), "harbour": (7,)}


def test_severities_are_counted_from_the_flags(run_folder: Any, files: dict[str, Any]) -> None:
    built = page(run_folder, files)
    assert [dict(row.severities) for row in built.systems] == [
        dict(variant.row.severities) for variant in built.variants
    ]
    assert built.systems[0].severities[Severity.CRITICAL] == 2


def test_furniture_is_not_counted(run_folder: Any, files: dict[str, Any]) -> None:
    last = page(run_folder, files).variants[0].segments[-1]
    assert (last.counted, last.style) == (False, "furniture")


def test_segments_without_a_summary_row_are_shown(run_folder: Any, files: dict[str, Any]) -> None:
    files["summary.json"] = {"schema_version": 1}
    built = page(run_folder, files)
    assert [variant.system for variant in built.variants] == ["engine-a", "engine-b"]
    assert built.variants[0].row.cells[0].reason == "not in the run folder"


def test_picture_has_every_sentence_once(run_folder: Any, files: dict[str, Any]) -> None:
    picture = page(run_folder, files).variants[0].picture
    assert picture is not None
    boxes = [box for shape in picture.shapes for box in shape.boxes]
    assert len(boxes) == 5 + 4
    assert [shape.style for shape in picture.shapes] == ["match", "moved", "match", "omission", "addition", "furniture"]
    heights = {box.title: box.height for box in boxes}
    assert heights["Reference sentence 2: match"] > heights["Reference sentence 3: omission"]
    assert max(box.y + box.height for box in boxes) <= picture.height


def test_only_a_language_tag_is_taken_as_language(run_folder: Any, files: dict[str, Any]) -> None:
    assert page(run_folder, files).language == "en"
    files["run.json"]["settings"]["language"] = '"><script>'
    assert page(run_folder, files).language == ""
