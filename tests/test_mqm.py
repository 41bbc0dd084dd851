"""The one table of categories, severities and what an error costs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool.mqm import Category, Severity, mqm_score, penalty_per_100_words


def points(counts: dict[Severity, int]) -> int:
    return sum(severity.multiplier * n for severity, n in counts.items())


COUNTS = st.dictionaries(st.sampled_from(Severity), st.integers(0, 1000))


@pytest.mark.parametrize(
    ("severity", "multiplier", "serious"),
    [("neutral", 0, False), ("minor", 1, False), ("major", 5, True), ("critical", 25, True)],
)
def test_a_severity_costs_what_mqm_says(severity: str, multiplier: int, serious: bool) -> None:
    assert Severity(severity).multiplier == multiplier
    assert Severity(severity).serious is serious


def test_severities_are_defined_from_light_to_heavy() -> None:
    assert [s.multiplier for s in Severity] == sorted(s.multiplier for s in Severity)


def test_the_categories_are_those_of_the_public_interface() -> None:
    types = {
        "accuracy": "mistranslation named-entity number date-time polarity-modality attribution-hedge quote-altered"
        " role-swap omission addition untranslated",
        "fluency": "repetition grammar spelling punctuation-spacing word-order",
        "terminology": "inconsistent wrong-term",
        "style": "awkward",
        "locale": "format",
    }
    expected = {f"{branch}/{kind}" for branch, kinds in types.items() for kind in kinds.split()}
    assert {category.value for category in Category} == expected
    assert {category.branch for category in Category} == set(types)


@pytest.mark.parametrize(
    ("counts", "words", "penalty", "score"),
    [
        ({}, 100, 0.0, 100.0),
        ({Severity.NEUTRAL: 7}, 100, 0.0, 100.0),
        ({Severity.MINOR: 3}, 100, 3.0, 97.0),
        ({Severity.MAJOR: 1, Severity.MINOR: 1}, 200, 3.0, 97.0),
        ({Severity.CRITICAL: 1}, 50, 50.0, 50.0),
        ({Severity.CRITICAL: 1}, 5, 500.0, 0.0),
        ({Severity.CRITICAL: 1}, 0, None, None),
        ({}, 0, None, None),
    ],
)
def test_the_penalty_counts_per_100_words_of_the_reference(
    counts: dict[Severity, int], words: int, penalty: float | None, score: float | None
) -> None:
    assert penalty_per_100_words(points(counts), words) == penalty
    assert mqm_score(points(counts), words) == score


@settings(derandomize=True)
@given(COUNTS, st.integers(1, 10_000))
def test_the_score_is_never_below_0_nor_above_100(counts: dict[Severity, int], words: int) -> None:
    score = mqm_score(points(counts), words)
    assert score is not None and 0 <= score <= 100


@settings(derandomize=True)
@given(COUNTS, st.sampled_from(Severity), st.integers(1, 10_000))
def test_one_more_error_never_raises_the_score(counts: dict[Severity, int], more: Severity, words: int) -> None:
    one_more = {**counts, more: counts.get(more, 0) + 1}
    before, after = mqm_score(points(counts), words), mqm_score(points(one_more), words)
    assert before is not None and after is not None and after <= before
    assert (after == before) == (more is Severity.NEUTRAL or before == 0)
