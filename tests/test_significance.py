"""Paired tests against what they approximate: every swap counted, one draw at a time, sacrebleu, known examples."""

from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import BLEU
from sacrebleu.significance import PairedTest
from scipy.stats import norm, t

from evaltool import metrics, significance
from evaltool.significance import Paired, holm, paired, paired_statistics

Units = list[tuple[float, float]]

#: (baseline, candidate) of some units: whole numbers, so that sums are exact in any order; a unit may add nothing.
SIDE = st.tuples(st.integers(0, 20).map(float), st.integers(0, 5).map(float))
PAIRS = st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=12)


def sides(pairs: list[tuple[tuple[float, float], tuple[float, float]]]) -> tuple[Units, Units]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def some(units: int, shift: float, seed: int = 1) -> tuple[Units, Units]:
    """Two systems over units of unequal length that differ by a shift and by chance."""
    random = np.random.default_rng(seed)
    words = random.integers(10, 40, units).astype(float)
    ours = random.normal(80, 8, units)
    theirs = ours + shift + random.normal(0, 3, units)
    return [(q * w, w) for q, w in zip(ours, words, strict=True)], [
        (q * w, w) for q, w in zip(theirs, words, strict=True)
    ]


def total(units: Units) -> float:
    return sum(n for n, _ in units) / sum(d for _, d in units)


def exact_p(ours: Units, theirs: Units) -> float:
    """Every way to swap the two sides of the units, counted."""
    observed = abs(total(theirs) - total(ours))
    reached = 0
    for swaps in product((False, True), repeat=len(ours)):
        one = [b if swap else a for a, b, swap in zip(ours, theirs, swaps, strict=True)]
        other = [a if swap else b for a, b, swap in zip(ours, theirs, swaps, strict=True)]
        reached += abs(total(other) - total(one)) >= observed - 1e-9
    return reached / 2 ** len(ours)


@pytest.mark.parametrize(("shift", "seed"), [(0.0, 1), (1.0, 2), (2.0, 3), (4.0, 4)])
def test_the_p_value_approximates_counting_every_swap(shift: float, seed: int) -> None:
    ours, theirs = some(10, shift, seed)
    assert paired(ours, theirs).p_value == pytest.approx(exact_p(ours, theirs), abs=0.015)


def test_the_interval_is_that_of_one_draw_at_a_time() -> None:
    ours, theirs = some(30, 2.0)
    random = np.random.default_rng(7)
    found = []
    for _ in range(4000):
        drawn = [int(i) for i in random.integers(0, 30, 30)]
        found.append(total([theirs[i] for i in drawn]) - total([ours[i] for i in drawn]))
    result = paired(ours, theirs)
    tail = norm.cdf(t.ppf(0.025, 29) * (30 / 29) ** 0.5)  # a little less than 2.5%, as 30 units are few
    assert 0.018 < tail < 0.02
    assert (result.low, result.high) == pytest.approx(np.quantile(found, [tail, 1 - tail]), abs=0.15)


def test_the_effect_of_a_mean_is_cohens_d_of_paired_values() -> None:
    random = np.random.default_rng(3)
    ours, theirs = random.normal(50, 9, 25), random.normal(53, 9, 25)
    result = paired([(x, 1.0) for x in ours], [(x, 1.0) for x in theirs])
    assert result.effect == pytest.approx((theirs - ours).mean() / (theirs - ours).std(ddof=1))


def test_the_effect_does_not_grow_with_the_number_of_units() -> None:
    ours, theirs = some(20, 2.0)
    one, ten = paired(ours, theirs), paired(ours * 10, theirs * 10)
    assert ten.p_value < one.p_value
    assert one.effect is not None and ten.effect == pytest.approx(one.effect, rel=0.1)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(PAIRS)
def test_swapping_the_sides_turns_the_difference_round_and_nothing_else(
    pairs: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    ours, theirs = sides(pairs)
    there, back = paired(ours, theirs, samples=300), paired(theirs, ours, samples=300)
    assert (there.p_value, there.units, there.changed) == (back.p_value, back.units, back.changed)
    assert (there.baseline, there.candidate) == (back.candidate, back.baseline)
    for mine, yours in (
        (there.difference, back.difference), (there.effect, back.effect), (there.low, back.high), (there.high, back.low)
    ):  # fmt: skip
        assert (mine is None) == (yours is None)
        assert mine is None or yours is None or mine == pytest.approx(-yours, abs=1e-9)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(PAIRS)
def test_the_same_input_does_not_differ(pairs: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    ours, _ = sides(pairs)
    assume(sum(d for _, d in ours) > 0)
    result = paired(ours, ours, samples=300)
    assert (result.difference, result.p_value, result.effect, result.changed) == (0, 1, 0, 0)
    assert (result.low, result.high) == ((0, 0) if result.enough else (None, None))


@settings(derandomize=True, max_examples=60, deadline=None)
@given(PAIRS)
def test_a_p_value_is_a_share_and_an_interval_holds_some_difference(
    pairs: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    result = paired(*sides(pairs), samples=300)
    assert 0 < result.p_value <= 1
    assert result.low is None or result.high is None or result.low <= result.high
    assert result.enough is (result.reason == "")


@pytest.mark.parametrize("units", [2, 5])
def test_few_units_cannot_tell_even_if_all_agree(units: int) -> None:
    result = paired([(0.0, 1.0)] * units, [(90.0 + i, 1.0) for i in range(units)])
    assert not result.enough and f"{units} of at least 6" in result.reason
    assert result.p_value > 0.05
    assert (result.low, result.high) == (None, None)


def test_six_units_that_all_agree_can_tell() -> None:
    result = paired([(0.0, 1.0)] * 6, [(90.0 + i, 1.0) for i in range(6)])
    assert result.enough and result.p_value < 0.05


def test_units_without_anything_scored_do_not_make_up_the_number() -> None:
    ours, theirs = some(5, 2.0)
    result = paired(ours + [(0.0, 0.0)] * 20, theirs + [(0.0, 0.0)] * 20)
    assert (result.units, result.enough) == (5, False)


def test_nothing_scored_is_no_number() -> None:
    nothing = paired([(0.0, 0.0)], [(3.0, 1.0)])
    assert (nothing.baseline, nothing.candidate, nothing.difference, nothing.p_value) == (None, 3.0, None, 1.0)
    assert nothing.reason == "nothing is scored on one side"
    assert paired([], []).reason == "nothing is scored on either side"


def test_units_must_correspond() -> None:
    with pytest.raises(ValueError, match="2 units of the baseline and 1"):
        paired([(1.0, 1.0), (2.0, 1.0)], [(1.0, 1.0)])


def test_the_seed_decides_the_draws() -> None:
    ours, theirs = some(30, 1.0)
    assert paired(ours, theirs, seed=1) == paired(ours, theirs, seed=1) != paired(ours, theirs, seed=2)


def test_blocks_of_draws_change_only_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = some(30, 1.0)
    whole = paired(ours, theirs)
    monkeypatch.setattr(significance, "_BLOCK", 3000)
    parts = paired(ours, theirs)
    assert parts.difference == whole.difference
    assert (parts.low, parts.high, parts.p_value) == pytest.approx((whole.low, whole.high, whole.p_value), abs=0.1)


def test_an_interval_misses_the_truth_about_as_often_as_it_says() -> None:
    missed = 0
    for seed in range(200):
        result = paired(*some(30, 2.0, seed), samples=400)
        assert result.low is not None and result.high is not None
        missed += not result.low <= 2.0 <= result.high
    assert 4 <= missed <= 24  # 5% of 200 is 10


def test_equal_systems_are_called_different_about_as_often_as_it_says() -> None:
    found = sum(paired(*some(12, 0.0, seed), samples=400).p_value < 0.05 for seed in range(200))
    assert 2 <= found <= 18


def test_mqm_scores_are_compared_as_they_are_shown() -> None:
    few, many = [(1.0, 100.0)] * 8, [(300.0, 100.0)] * 8
    result = paired(few, many, score=significance.mqm_score)
    assert (result.baseline, result.candidate, result.difference) == (99, 0, -99)  # never below 0


SENTENCES = [
    f"the {who} said on day {n} that it was a good plan" for n in range(8) for who in ("mayor", "owner", "crew")
]


def bleu(ours: list[str], theirs: list[str], samples: int) -> Paired:
    one, other = (metrics.statistics("bleu", SENTENCES, side) for side in (ours, theirs))
    return paired_statistics(one, other, partial(metrics.from_statistics, "bleu"), samples=samples)


def test_bleu_is_compared_as_sacrebleu_does() -> None:
    ours = [s.replace("good plan", "great plan") if i % 3 else s for i, s in enumerate(SENTENCES)]
    theirs = [s.replace("said", "told us") if i % 4 == 0 else s for i, s in enumerate(SENTENCES)]
    result = bleu(ours, theirs, 2000)
    test = PairedTest([("ours", ours), ("theirs", theirs)], {"BLEU": BLEU()}, [SENTENCES], "ar", n_samples=2000)
    one, other = test()[1]["BLEU"]
    assert (result.baseline, result.candidate) == pytest.approx((one.score, other.score))  # type: ignore[union-attr]
    assert result.p_value == pytest.approx(other.p_value, abs=0.04)  # type: ignore[union-attr]


def test_a_change_in_two_sentences_is_no_proof() -> None:
    theirs = ["the crew was silent", "the owner was away", *SENTENCES[2:]]
    assert bleu(SENTENCES, theirs, 2000).p_value > 0.4


def test_holm_corrects_the_smallest_most() -> None:
    # Worked example: sorted .005 .01 .03 .04 times 4 3 2 1, never falling.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@settings(derandomize=True)
@given(st.lists(st.floats(1e-6, 1), max_size=10))
def test_holm_lies_between_no_correction_and_bonferroni(p_values: list[float]) -> None:
    for p, corrected in zip(p_values, holm(p_values), strict=True):
        assert p <= corrected <= min(1.0, p * len(p_values)) + 1e-12
