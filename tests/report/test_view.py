from pathlib import Path
from typing import Any

from evaltool import records
from evaltool.mqm import Severity
from evaltool.report import top, view
from evaltool.report.material import gather


def page(run_folder: Any, files: dict[str, Any]) -> view.ArticlePage:
    """The page of the first article."""
    folder: Path = run_folder(files)
    return view.build(gather(records.read(folder)), 0)


def top_page(run_folder: Any, files: dict[str, Any]) -> top.TopPage:
    folder: Path = run_folder(files)
    return top.build(gather(records.read(folder)), None)


def test_worst_first_is_by_severity_then_confidence(run_folder: Any, files: dict[str, Any]) -> None:
    worst = top_page(run_folder, files).worst
    assert [(one.flag.severity.value, one.flag.confidence) for one in worst][:5] == [
        ("critical", "0.99"),
        ("critical", "0.70"),
        ("major", "0.95"),
        ("major", "0.80"),
        ("minor", "0.90"),
    ]


def test_hidden_count(run_folder: Any, files: dict[str, Any]) -> None:
    assert top_page(run_folder, files).worst_hidden == 0
    files["flags.jsonl"] *= 9
    assert top_page(run_folder, files).worst_hidden == 9 * 9 - 20


def test_charts_count_segments_and_flags(run_folder: Any, files: dict[str, Any]) -> None:
    built = top_page(run_folder, files)
    assert [bar.count for bar in built.drift] == [0, 5, 0, 0, 0, 0, 0, 0, 0, 1]
    assert (built.drift[9].label, built.drift[1].share, built.drift[9].share) == ("0.9–1", 100, 20)
    assert (built.categories[0].label, built.categories[0].count) == ("fluency/spelling", 2)


def test_order_and_numbers_follow_the_summary(run_folder: Any, files: dict[str, Any]) -> None:
    files["summary.json"]["articles"].reverse()
    built = page(run_folder, files)
    assert [variant.system for variant in built.variants] == ["engine-b", "engine-a"]
    # numbers of systems are those of the summary's list of systems
    assert [variant.segments[0].anchor for variant in built.variants] == ["v1-s0", "v0-s0"]
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
    built = top_page(run_folder, files)
    assert [dict(row.severities) for row in built.systems] == [dict(row.severities) for row in built.rows]
    assert built.systems[0].severities[Severity.CRITICAL] == 2


def test_furniture_is_not_counted(run_folder: Any, files: dict[str, Any]) -> None:
    last = page(run_folder, files).variants[0].segments[-1]
    assert (last.counted, last.style) == (False, "furniture")


def test_segments_without_a_summary_row_are_shown(run_folder: Any, files: dict[str, Any]) -> None:
    files["summary.json"] = {"schema_version": 1}
    built = page(run_folder, files)
    assert [variant.system for variant in built.variants] == ["engine-a", "engine-b"]
    assert built.variants[0].row.cells[0].reason == "not in the run folder"


def test_a_run_folder_without_parts_is_shown_without_them(run_folder: Any, files: dict[str, Any]) -> None:
    for one in files["segments.jsonl"]:
        del one["quality_parts"], one["drift_parts"]
    for row in files["summary.json"]["articles"]:
        del row["parts"]
    variant = page(run_folder, files).variants[0]
    assert variant.row.made_of == ""
    assert {segment.made_of for segment in variant.segments} == {""}
    assert variant.segments[0].cells[0].text == "0.12"


def test_picture_has_every_sentence_once(run_folder: Any, files: dict[str, Any]) -> None:
    picture = page(run_folder, files).variants[0].picture
    assert picture is not None
    boxes = [box for shape in picture.shapes for box in shape.boxes]
    assert len(boxes) == 5 + 4
    assert [shape.style for shape in picture.shapes] == ["match", "moved", "match", "omission", "addition", "furniture"]
    long, short = picture.shapes[2].boxes[0], picture.shapes[3].boxes[0]
    assert long.height > short.height
    assert max(box.y + box.height for box in boxes) <= picture.height


def test_only_a_language_tag_is_taken_as_language(run_folder: Any, files: dict[str, Any]) -> None:
    assert page(run_folder, files).language == "en"
    files["run.json"]["settings"]["language"] = '"><script>'
    assert page(run_folder, files).language == ""
