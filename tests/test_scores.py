"""Scores are ratios of sums that can be added."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool import scores
from evaltool.evidence import GROUPS
from evaltool.model import Flag, Kind, Role, Segment
from evaltool.mqm import Category, Severity


def flag(severity: Severity) -> Flag:
    return Flag("some-rule", Category.NUMBER, severity, "Why.", None, "", None, "")


def segment(**values: object) -> Segment:
    plain = Segment(
        (0,), (0,), None, None, "He left early.", "He left early.", Kind.MATCH, similarity=1.0, drift=0.0,
        quality=100.0, reference_words=10, variant_words=10, content_words=5, covered_words=5,
    )  # fmt: skip
    return replace(plain, **values)  # type: ignore[arg-type]


#: Whole numbers throughout, so that sums are exact in any order.
SEGMENTS = st.builds(
    segment,
    kind=st.sampled_from(Kind),
    role=st.sampled_from(Role),
    similarity=st.sampled_from([None, -1.0, 0.0, 0.5, 1.0]),
    drift=st.sampled_from([None, 0.0, 0.25, 1.0]),
    quality=st.one_of(st.none(), st.integers(0, 100).map(float)),
    reference_words=st.integers(0, 50),
    variant_words=st.integers(0, 50),
    content_words=st.integers(10, 20),
    covered_words=st.integers(0, 10),
    drift_parts=st.dictionaries(st.sampled_from(GROUPS), st.sampled_from([0.25, 0.5])),
    flags=st.lists(st.sampled_from(Severity).map(flag), max_size=3).map(tuple),
)


@settings(derandomize=True)
@given(st.lists(SEGMENTS, max_size=12), st.data())
def test_the_sums_of_the_parts_are_the_sum_of_the_whole(segments: list[Segment], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(segments)))
    whole = scores.added(scores.sums(s) for s in segments)
    parts = [scores.added(scores.sums(s) for s in part) for part in (segments[cut:], segments[:cut])]
    assert scores.added(parts) == whole
    assert scores.added([whole]) == whole


@settings(derandomize=True)
@given(st.lists(SEGMENTS, max_size=12))
def test_every_ratio_stays_in_its_range_or_is_none(segments: list[Segment]) -> None:
    total = scores.added(scores.sums(s) for s in segments)
    ranges = {"quality": 100, "drift": 1, "mqm_score": 100, "coverage": 1, "similarity": 1}
    for name in scores.RATIOS:
        value = scores.ratio(name, *total[name])
        assert (value is None) == (total[name][1] == 0), name
        assert value is None or (-1 if name == "similarity" else 0) <= value <= ranges[name], name


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "value"),
    [
        ("quality", 180.0, 2.0, 90.0),
        ("drift", 0.5, 2.0, 0.25),
        ("coverage", 3.0, 4.0, 0.75),
        ("mqm_score", 5.0, 100.0, 95.0),
        ("mqm_score", 5.0, 1.0, 0.0),
        ("mqm_score", 0.0, 0.0, None),
        ("quality", 0.0, 0.0, None),
    ],
)
def test_a_ratio_is_read_off_two_sums(name: str, numerator: float, denominator: float, value: float | None) -> None:
    assert scores.ratio(name, numerator, denominator) == value


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"quality": None}, False),
        ({"drift": None}, False),
        ({"kind": Kind.OMISSION}, False),
        ({"kind": Kind.OMISSION, "flags": (flag(Severity.NEUTRAL),)}, False),
        ({"kind": Kind.OMISSION, "flags": (flag(Severity.MAJOR),)}, True),
        ({"kind": Kind.ADDITION, "flags": (flag(Severity.NEUTRAL), flag(Severity.MINOR))}, True),
    ],
)
def test_what_is_unscored_or_allowed_does_not_enter_the_means(values: dict[str, object], counts: bool) -> None:
    one = segment(**values)
    assert scores.counted(one) is counts
    assert (scores.sums(one)["quality"][1] > 0) is counts


def test_a_long_segment_weighs_more_than_a_short_one() -> None:
    total = scores.document_scores([segment(quality=100.0, reference_words=30), segment(quality=0.0)])
    assert total["quality"] == 75


def test_an_addition_weighs_by_its_own_words() -> None:
    added = segment(kind=Kind.ADDITION, reference_words=0, variant_words=10, quality=0.0, flags=(flag(Severity.MAJOR),))
    assert scores.document_scores([segment(), added])["quality"] == 50


def test_furniture_is_neither_covered_nor_compared() -> None:
    furniture = segment(role=Role.FURNITURE, covered_words=0, similarity=-1.0, reference_text="Published")
    found = scores.document_scores([segment(), furniture])
    assert (found["coverage"], found["similarity"]) == (1, 1)
    assert scores.compared([segment(), furniture]) == (["He left early."], ["He left early."])


def test_only_matched_segments_are_compared_word_by_word() -> None:
    alone = [segment(kind=Kind.OMISSION), segment(kind=Kind.ADDITION)]
    assert scores.compared(alone) == ([], [])
    assert {scores.document_scores(alone)[name] for name in ("bleu", "chrf", "ter")} == {None}


def test_a_document_without_segments_has_every_score_and_none_of_them_is_0() -> None:
    assert scores.document_scores([]) == dict.fromkeys(scores.SCORES)


def lost(**points: float) -> dict[str, object]:
    """Quality of a segment, and which groups took how many points of it."""
    return {"quality": 100 - sum(points.values()), "quality_parts": points}


def test_parts_weigh_segments_by_their_words_as_the_mean_does() -> None:
    long = segment(**lost(findings=20.0, wording=4.0), reference_words=30)
    short = segment(**lost(wording=8.0), drift=0.5, drift_parts={"similarity": 0.4})
    assert scores.parts([long, short]) == {
        "quality": {"findings": 15.0, "wording": 5.0}, "drift": {"similarity": 0.1},
    }  # fmt: skip
    assert scores.document_scores([long, short])["quality"] == 80


def test_what_is_not_counted_has_no_part() -> None:
    allowed = segment(**lost(findings=5.0), kind=Kind.OMISSION, flags=(flag(Severity.NEUTRAL),))
    furniture = segment(quality=None, drift=None, role=Role.FURNITURE)
    assert scores.parts([allowed, furniture]) == {"quality": {}, "drift": {}} == scores.parts([])
    assert scores.parts([segment(**lost(facts=2.0)), allowed, furniture])["quality"] == {"facts": 2.0}


@settings(derandomize=True)
@given(st.lists(st.tuples(SEGMENTS, st.dictionaries(st.sampled_from(GROUPS), st.integers(1, 20))), max_size=12))
def test_parts_add_up_to_what_quality_lost(drawn: list[tuple[Segment, dict[str, float]]]) -> None:
    segments = [one if one.quality is None else replace(one, **lost(**points)) for one, points in drawn]  # type: ignore[arg-type]
    parts, quality = scores.parts(segments)["quality"], scores.document_scores(segments)["quality"]
    assert sum(parts.values()) == pytest.approx(0 if quality is None else 100 - quality)
    assert list(parts) == sorted(parts)
