"""Runs side by side: what is compared with what, what is refused, what is missing, what moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool import pairing, scores
from evaltool.changes import changes
from evaltool.compare import Comparison, ScoreChange, compare
from evaltool.model import InputError, Kind, Segment
from evaltool.mqm import Severity
from evaltool.records import (
    ArticleRecord,
    FailureRecord,
    FlagRecord,
    RowRecord,
    RunFolder,
    RunRecord,
    SegmentRecord,
    SummaryRecord,
    TextRecord,
)

WORDS = "river town school mayor bridge price crew field storm court".split()


def segment(article: str, system: str, index: int, quality: float | None = 90.0, **values: Any) -> SegmentRecord:
    """One sentence of ten words; sentence n of every article is at the same place."""
    text = f"On day {index} the {WORDS[index % len(WORDS)]} was in the news."
    start = 100 * index
    fields: dict[str, Any] = {
        "reference_sentences": (index,), "variant_sentences": (index,), "reference_span": (start, start + len(text)),
        "variant_span": (start, start + len(text)), "reference_text": text, "variant_text": text, "similarity": 0.9,
        "drift": None if quality is None else 1 - quality / 100, "quality": quality, "reference_words": 10,
        "variant_words": 10, "content_words": 5, "covered_words": 4,
    }  # fmt: skip
    return SegmentRecord(article, system, index, **{**fields, **values})


def flag(article: str, system: str, fingerprint: str, severity: Severity = Severity.MAJOR, at: int = 0) -> FlagRecord:
    message = f"Flag {fingerprint}."
    category = "accuracy/mistranslation"
    return FlagRecord(article, system, "wrong-word", category, severity, message, at, fingerprint=fingerprint)


def folder(
    segments: Iterable[SegmentRecord],
    flags: Iterable[FlagRecord] = (),
    failures: Iterable[tuple[str, str, str]] = (),
    *,
    profile: str = "translation",
    text: str = "aa",
    **run: Any,
) -> RunFolder:
    """A run of one profile, whose reference texts have this SHA-256."""
    own = tuple(segments)
    systems = sorted({s.system for s in own})
    names = sorted({s.article for s in own})
    values: dict[str, Any] = {
        "signature": "evaltool:1", "tool": {"version": "1"}, "model": {"id": "mini", "sha256": "aa"},
        "judging": {"language": "en"}, "weights": {"drift": "aa", "judge": "aa"},
        "texts": {name: ArticleRecord(TextRecord(sha256=text)) for name in names},
        "failures": tuple(FailureRecord(reason, article, system) for article, system, reason in failures),
    }  # fmt: skip
    return RunFolder(
        run=RunRecord(schema_version=1, **{**values, **run}),
        summary=SummaryRecord(
            schema_version=1,
            systems=tuple(RowRecord(name, profile=profile) for name in systems),
            articles=tuple(RowRecord(s, a, profile=profile) for a in names for s in systems),
        ),
        segments=own,
        flags=tuple(flags),
    )


def articles(system: str, qualities: Mapping[str, Iterable[float | None]], **values: Any) -> list[SegmentRecord]:
    """Articles by name, with the quality of each of their segments."""
    return [
        segment(name, system, index, quality, **values)
        for name, own in qualities.items()
        for index, quality in enumerate(own)
    ]


OMITTED: dict[str, Any] = {"kind": Kind.OMISSION, "variant_sentences": (), "variant_span": None, "variant_text": ""}
NAMES = [f"article-{n}" for n in range(8)]
#: Eight articles of three sentences, a little better and clearly better.
POOR = {name: [60.0 + n, 70.0, 80.0 - n] for n, name in enumerate(NAMES)}
GOOD = {name: [85.0 + n, 90.0 - n, 95.0] for n, name in enumerate(NAMES)}


def only(*folders: RunFolder, **options: Any) -> Comparison:
    report = compare(dict(zip(("old", "new", "newer"), folders, strict=False)), samples=500, **options)
    (found,) = report.comparisons
    return found


def score(comparison: Comparison, name: str) -> ScoreChange:
    return next(s for s in comparison.scores if s.name == name)


def test_every_score_is_compared_and_is_that_of_the_whole_run() -> None:
    old, new = folder(articles("a", POOR)), folder(articles("a", GOOD))
    found = only(old, new)
    assert [s.name for s in found.scores] == list(scores.SCORES)
    for k, run in enumerate((old, new)):
        whole = scores.document_scores([s for own in pairing.variants(run).values() for s in own])
        for one in found.scores:
            value = (one.paired.baseline, one.paired.candidate)[k]
            assert value == pytest.approx(whole[one.name]), one.name


def test_a_release_that_is_better_everywhere_is_called_better() -> None:
    found = only(folder(articles("a", POOR)), folder(articles("a", GOOD)))
    quality, drift, chrf = (score(found, name) for name in ("quality", "drift", "chrf"))
    assert (quality.verdict, drift.verdict) == ("better", "better")  # less drift is better
    assert quality.paired.low is not None and quality.paired.low > 0
    assert drift.paired.high is not None and drift.paired.high < 0
    assert chrf.verdict == "unchanged"
    assert (found.over, quality.paired.units, found.articles) == ("articles", 8, tuple(NAMES))


def test_the_other_way_round_it_is_worse() -> None:
    found = only(folder(articles("a", GOOD)), folder(articles("a", POOR)))
    assert (score(found, "quality").verdict, score(found, "drift").verdict) == ("worse", "worse")


def test_few_articles_cannot_tell() -> None:
    old, new = ({name: own[name] for name in NAMES[:3]} for own in (POOR, GOOD))
    found = only(folder(articles("a", old)), folder(articles("a", new)))
    assert score(found, "quality").verdict == "too few articles to tell"
    assert score(found, "quality").paired.low is None


def test_one_article_is_tested_over_its_segments() -> None:
    old, new = ({"one": [70.0 + n for n in range(10)]}, {"one": [90.0 + n / 2 for n in range(10)]})
    found = only(folder(articles("a", old)), folder(articles("a", new)))
    assert (found.over, score(found, "quality").paired.units) == ("segments", 10)
    assert score(found, "quality").verdict == "better"
    assert found.articles_moved == ()
    few = only(folder(articles("a", {"one": [70.0]})), folder(articles("a", {"one": [90.0]})))
    assert score(few, "quality").verdict == "too few segments to tell"


def test_the_same_run_again_has_changed_nothing() -> None:
    run = folder(articles("a", POOR), [flag("article-0", "a", "f1")])
    found = only(run, run)
    assert {s.verdict for s in found.scores} == {"unchanged"}
    assert {(s.paired.difference, s.paired.p_value) for s in found.scores} == {(0, 1)}
    assert (found.articles_moved, found.segments_moved, found.flags.new, found.flags.fixed) == ((), (), (), ())
    assert found.flags.still == 1


def test_what_moved_most_comes_first() -> None:
    new = {**POOR, "article-2": [62.0, 70.0, 10.0], "article-5": [99.0, 70.0, 75.0]}
    found = only(folder(articles("a", POOR)), folder(articles("a", new)))
    assert [(m.article, m.candidate_segments) for m in found.segments_moved] == [
        ("article-2", (2,)),
        ("article-5", (0,)),
    ]
    assert found.segments_moved[0].quality == (78.0, 10.0)
    assert found.segments_moved[0].reference_text == "On day 2 the school was in the news."
    assert [m.article for m in found.articles_moved] == ["article-2", "article-5"]
    assert len(only(folder(articles("a", POOR)), folder(articles("a", GOOD)), most=3).segments_moved) == 3


def test_flags_are_new_fixed_and_still_there_by_fingerprint() -> None:
    old = [
        flag("article-0", "a", "gone"),
        flag("article-0", "a", "stays", Severity.MINOR, at=1),
        flag("article-9", "a", "elsewhere"),
    ]
    new = [
        flag("article-0", "a", "stays", at=2),
        flag("article-0", "a", "minor", Severity.MINOR),
        flag("article-1", "a", "critical", Severity.CRITICAL),
        flag("article-1", "a", "note", Severity.NEUTRAL),
    ]
    found = only(folder(articles("a", POOR), old), folder(articles("a", POOR), new)).flags
    assert [f.fingerprint for f in found.new] == ["critical", "minor"]
    assert [f.fingerprint for f in found.fixed] == ["gone"]
    assert found.still == 1
    assert [(f.fingerprint, f.severity) for f in found.worse] == [("stays", Severity.MAJOR)]


@settings(derandomize=True)
@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_every_flag_is_one_of_new_fixed_still(before: set[int], after: set[int]) -> None:
    old, new = ({("x", "a", str(n)) for n in side} for side in (before, after))
    found = changes(old, new)
    assert set(found.fixed) | set(found.still) == old and set(found.new) | set(found.still) == new
    assert len(found.new) + len(found.fixed) + len(found.still) == len(old | new)
    back = changes(new, old)
    assert (back.new, back.fixed, back.still) == (found.fixed, found.new, found.still)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"model": {"id": "mini", "sha256": "bb"}}, "model: mini (SHA-256 aa) and mini (SHA-256 bb) (old and new)"),
        ({"tool": {"version": "2"}}, "tool: evaltool 1 and 2 (old and new)"),
        (
            {"weights": {"drift": "bb", "judge": "aa"}},
            "judged by other weights (SHA-256 of drift aa and bb) (old and new)",
        ),
        ({"judging": {"language": "de"}}, "settings: language is en and de (old and new)"),
        ({"profile": "summary"}, "profile of article-0 / a is translation and summary, and 7 more (old and new)"),
        ({"text": "bb"}, "references: the text of article-0 and 7 more is another one (old and new)"),
    ],
)
def test_runs_that_are_not_comparable_are_named_and_refused(other: dict[str, Any], said: str) -> None:
    runs = {"old": folder(articles("a", POOR)), "new": folder(articles("a", POOR), **other)}
    with pytest.raises(InputError) as error:
        compare(runs)
    assert said in str(error.value) and str(error.value).endswith("--anyway")
    report = compare(runs, anyway=True, samples=100)
    assert any(said in reason for reason in report.not_comparable) and len(report.comparisons) == 1


def test_systems_of_other_names_must_have_the_same_profile() -> None:
    runs = {"old": folder(articles("a", POOR)), "new": folder(articles("b", POOR), profile="summary")}
    with pytest.raises(InputError, match="'a' is judged as translation in old, 'b' as summary in new"):
        compare(runs)


def test_what_one_run_lacks_is_listed() -> None:
    old = folder([*articles("a", POOR), *articles("b", POOR)])
    new = folder(
        [*articles("a", {n: own for n, own in GOOD.items() if n != "article-3"}), *articles("c", GOOD)],
        failures=[("article-4", "a", "another article")],
    )
    report = compare({"old": old, "new": new}, samples=100)
    assert report.missing == (
        "system 'b': only in old, not in new",
        "system 'c': only in new, not in old",
        "article 'article-3', system 'a': not scored in new: it is not in the run",
        "article 'article-4', system 'a': not scored in new: another article",
    )
    (found,) = report.comparisons
    assert set(NAMES) - set(found.articles) == {"article-3", "article-4"}


def test_runs_of_one_system_are_compared_whatever_it_is_called() -> None:
    found = only(folder(articles("release-1", POOR)), folder(articles("release-2", GOOD)))
    assert (found.baseline.system, found.candidate.system) == ("release-1", "release-2")
    assert score(found, "quality").verdict == "better"


def test_systems_of_a_run_are_compared_with_each_other() -> None:
    run = folder([*articles("a", POOR), *articles("b", GOOD), *articles("c", GOOD)])
    pairs = [(c.baseline.system, c.candidate.system) for c in compare({"run": run}, samples=100).comparisons]
    assert pairs == [("a", "b"), ("a", "c"), ("b", "c")]
    pairs = [
        (c.baseline.system, c.candidate.system) for c in compare({"run": run}, baseline="b", samples=100).comparisons
    ]
    assert pairs == [("b", "a"), ("b", "c")]
    with pytest.raises(InputError, match="no system 'd' to compare with; its systems are a, b, c"):
        compare({"run": run}, baseline="d")
    both = compare({"old": run, "new": run}, within=True, samples=100).comparisons
    assert len(both) == 3 + 3 + 3


def test_every_later_run_is_compared_with_the_first() -> None:
    runs = {name: folder(articles("a", own)) for name, own in (("old", POOR), ("new", GOOD), ("newer", POOR))}
    found = compare(runs, samples=100).comparisons
    assert [(c.baseline.run, c.candidate.run) for c in found] == [("old", "new"), ("old", "newer")]


def test_p_values_are_corrected_for_the_pairs_that_are_tested() -> None:
    run = folder([*articles("a", POOR), *articles("b", GOOD), *articles("c", GOOD)])
    quality = [score(c, "quality") for c in compare({"run": run}, samples=500).comparisons]
    assert [s.p_corrected for s in quality] == [2 * s.paired.p_value for s in quality[:2]] + [1.0]
    assert [s.verdict for s in quality] == ["better", "better", "unchanged"]


def test_nothing_in_common_is_nothing_to_compare() -> None:
    for runs in (
        {"old": folder(articles("a", {"x": [90.0]})), "new": folder(articles("a", {"y": [90.0]}))},
        {"run": folder(articles("a", POOR))},
    ):
        with pytest.raises(InputError, match="nothing to compare"):
            compare(runs)


def test_what_is_not_scored_enters_no_mean() -> None:
    found = only(folder(articles("a", {"x": [90.0, None, 80.0]})), folder(articles("a", {"x": [90.0, None, 60.0]})))
    assert (score(found, "quality").paired.baseline, score(found, "quality").paired.units) == (85.0, 2)
    assert [m.candidate_segments for m in found.segments_moved] == [(2,)]


def test_a_score_that_cannot_be_computed_is_none_with_a_reason() -> None:
    run = folder(articles("a", {"x": [20.0, 30.0]}, **OMITTED))
    bleu = score(only(run, run), "bleu")
    assert (bleu.verdict, bleu.paired.difference) == ("not scored", None) and "no segment" in bleu.paired.reason


def test_a_category_that_nobody_knows_is_named() -> None:
    odd = msgspec.structs.replace(flag("article-0", "a", "f1"), category="accuracy/mood")
    with pytest.raises(InputError, match=r"flags\.jsonl, flag 'f1' of 'article-0' / 'a': no category 'accuracy/mood'"):
        compare({"old": folder(articles("a", POOR)), "new": folder(articles("a", POOR), [odd])})


def group(*reference: int) -> Segment:
    """A segment of these reference sentences; none for an addition."""
    (plain,) = pairing.variants(folder([segment("x", "a", 0)])).values()
    return replace(plain[0], reference_sentences=reference, kind=Kind.MATCH if reference else Kind.ADDITION)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([(0,), (1,)], [(0,), (1,)], [((0,), (0,)), ((1,), (1,))]),
        ([(0, 1), (2,)], [(0,), (1,), (2,)], [((0,), (0, 1)), ((1,), (2,))]),
        ([(0, 1), (2, 3)], [(0,), (1, 2), (3,)], [((0, 1), (0, 1, 2))]),  # one cut runs through the other
        ([(1,), (0,)], [(0,), (1,)], [((1,), (0,)), ((0,), (1,))]),  # another order
        ([(0,), (), (1,)], [(), (0,), (1,)], [((0, 1), (0, 1)), ((2,), (2,))]),  # additions go with what is before
        ([(), ()], [()], [((0, 1), (0,))]),
        ([(0,)], [], [((0,), ())]),
        ([], [], []),
    ],
)
def test_segments_about_the_same_sentences_form_a_unit(
    ours: list[tuple[int, ...]],
    theirs: list[tuple[int, ...]],
    expected: list[tuple[tuple[int, ...], tuple[int, ...]]],
) -> None:
    found = pairing.units([group(*r) for r in ours], [group(*r) for r in theirs])
    assert [(unit.baseline, unit.candidate) for unit in found] == expected


CUTS = st.lists(st.lists(st.integers(0, 8), max_size=3, unique=True).map(tuple), max_size=8)


@settings(derandomize=True, deadline=None)
@given(CUTS, CUTS)
def test_every_segment_is_in_one_unit_and_no_sentence_in_two(
    ours: list[tuple[int, ...]], theirs: list[tuple[int, ...]]
) -> None:
    one, other = [group(*r) for r in ours], [group(*r) for r in theirs]
    found = pairing.units(one, other)
    assert sorted(i for unit in found for i in unit.baseline) == list(range(len(ours)))
    assert sorted(i for unit in found for i in unit.candidate) == list(range(len(theirs)))
    held = [
        {x for i in unit.baseline for x in ours[i]} | {x for i in unit.candidate for x in theirs[i]} for unit in found
    ]
    assert sum(map(len, held)) == len(set().union(*held))
