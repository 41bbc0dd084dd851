"""Evaluations roll up to systems: sums that add, intervals with fixed seeds, nothing lost on the way."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from evaltool import scores
from evaltool.model import Document, Evaluation, Flag, Kind, Profile, Role, Segment
from evaltool.mqm import Category, Severity
from evaltool.summary import Result, summarise

TEXTS = [
    ("The river rose overnight.", "Overnight, the river rose."),
    ("Schools stayed open on Monday.", "Schools were shut on Monday."),
    ("Prices fell by 4 percent in May.", "In May prices dropped 4%."),
    ("He left the town early.", "He left town early."),
]


def flag(severity: Severity, category: Category = Category.NUMBER) -> Flag:
    return Flag("some-rule", category, severity, "Why.", None, "", None, "")


def segment(at: int, quality: float | None = 90.0, *flags: Flag, kind: Kind = Kind.MATCH) -> Segment:
    reference, variant = TEXTS[at % len(TEXTS)]
    return Segment(
        (at,), (at,), None, None, reference, variant, kind, similarity=0.5 + 0.1 * (at % 4),
        drift=None if quality is None else 1 - quality / 100, quality=quality, reference_words=4 + at % 4,
        variant_words=5, content_words=4, covered_words=3, flags=flags,
        reasons={"quality": "not counted"} if quality is None else {},
    )  # fmt: skip


def evaluation(*segments: Segment, profile: Profile = Profile.TRANSLATION) -> Evaluation:
    document = Document("", (), ())
    flags = tuple(f for s in segments for f in s.flags)
    return Evaluation(document, document, profile, segments, flags, scores.document_scores(segments), {})


RESULTS = [
    Result("one", "b", evaluation(segment(0, 95.0), segment(1, 40.0, flag(Severity.MAJOR)), segment(2, 80.0))),
    Result("one", "a", evaluation(segment(0, 100.0), segment(1, None), segment(3, 70.0, flag(Severity.MINOR)))),
    Result("two", "a", evaluation(segment(2, 60.0, flag(Severity.CRITICAL)), segment(3, 90.0))),
]


def row(summary: dict[str, list[dict[str, object]]], system: str, article: str | None = None) -> dict[str, object]:
    rows = summary["articles"] if article else summary["systems"]
    (found,) = (r for r in rows if (r["article"], r["system"]) == (article, system))
    return found


def test_rows_are_sorted_by_name_whatever_the_order_of_the_results() -> None:
    expected = summarise(RESULTS)
    assert [r["system"] for r in expected["systems"]] == ["a", "b"]
    assert [(r["article"], r["system"]) for r in expected["articles"]] == [("one", "a"), ("one", "b"), ("two", "a")]
    shuffled = list(RESULTS)
    random.Random(3).shuffle(shuffled)
    assert json.dumps(summarise(shuffled)) == json.dumps(expected)
    assert json.dumps(summarise(RESULTS[::-1])) == json.dumps(expected)


def test_a_system_is_scored_over_all_its_segments_not_over_its_articles_means() -> None:
    own = [s for r in RESULTS if r.system == "a" for s in r.evaluation.segments]
    found = row(summarise(RESULTS), "a")["scores"]
    expected = scores.document_scores(own)
    assert {name: found[name]["value"] for name in scores.SCORES} == expected  # type: ignore[index]


@pytest.mark.parametrize("name", scores.SCORES)
def test_an_interval_holds_the_score_and_is_the_same_each_time(name: str) -> None:
    first, second = (summarise(RESULTS) for _ in range(2))
    for system in ("a", "b"):
        score = row(first, system)["scores"][name]  # type: ignore[index]
        assert score == row(second, system)["scores"][name]  # type: ignore[index]
        assert score["low"] <= score["value"] <= score["high"], system
        assert score["reason"] is None


def test_one_segment_has_no_interval() -> None:
    found = row(summarise([Result("one", "a", evaluation(segment(0)))]), "a")["scores"]
    for name in scores.SCORES:
        assert found[name]["value"] is not None, name  # type: ignore[index]
        assert found[name]["low"] is None and found[name]["high"] is None, name  # type: ignore[index]


def test_what_could_not_be_scored_is_none_with_a_reason() -> None:
    furniture = replace(segment(0, None), role=Role.FURNITURE, similarity=None, reference_words=0)
    found = row(summarise([Result("one", "a", evaluation(furniture))]), "a")["scores"]
    for name in scores.SCORES:
        assert found[name] == {  # type: ignore[index]
            "value": None, "low": None, "high": None, "reason": "nothing could be scored",
        }, name  # fmt: skip


def test_counts_of_a_system_are_the_sums_of_its_articles() -> None:
    summary = summarise(RESULTS)
    whole, parts = row(summary, "a"), [row(summary, "a", name) for name in ("one", "two")]
    assert whole["articles"] == 2
    assert whole["reference_words"] == sum(p["reference_words"] for p in parts)  # type: ignore[misc]
    for field in ("segments", "severities"):
        for key, n in whole[field].items():  # type: ignore[attr-defined]
            assert n == sum(p[field][key] for p in parts), key  # type: ignore[index]
    assert whole["severities"] == {"critical": 1, "major": 0, "minor": 1, "neutral": 0}
    assert whole["categories"] == {"accuracy/number": 2}


def test_every_row_says_what_its_scores_are_made_of() -> None:
    def explained(at: int, quality: float) -> Segment:
        return replace(segment(at, quality), quality_parts={"findings": 100 - quality}, drift_parts={"facts": 0.1})

    summary = summarise(
        [
            Result("one", "a", evaluation(explained(0, 90.0), segment(1, None))),
            Result("two", "a", evaluation(explained(2, 60.0))),
        ]
    )
    assert row(summary, "a", "one")["parts"] == {"quality": {"findings": 10.0}, "drift": {"facts": 0.1}}
    whole = row(summary, "a")
    lost = whole["parts"]["quality"]["findings"]  # type: ignore[index]
    assert lost == pytest.approx((4 * 10 + 6 * 40) / 10) == pytest.approx(100 - whole["scores"]["quality"]["value"])  # type: ignore[index]


def test_every_unscored_segment_is_listed_with_its_place_and_reason() -> None:
    assert row(summarise(RESULTS), "a")["unscored"] == [
        {"article": "one", "segment": 1, "name": "quality", "reason": "not counted"}
    ]
    assert row(summarise(RESULTS), "b")["unscored"] == []


def test_a_system_with_several_profiles_names_them_all() -> None:
    mixed = [
        Result("one", "a", evaluation(segment(0))),
        Result("two", "a", evaluation(segment(1), profile=Profile.SUMMARY)),
    ]
    assert row(summarise(mixed), "a")["profile"] == "summary, translation"


def test_rules_that_were_not_applied_are_carried_into_the_summary() -> None:
    odd = replace(evaluation(segment(0)), not_applied={"some-rule": "holds for en, not for de"})
    found = row(summarise([Result("one", "a", odd), RESULTS[2]]), "a")["not_applied"]
    assert found == {"some-rule": "holds for en, not for de"}
