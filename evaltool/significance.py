"""Whether two scores of the same units really differ: paired bootstrap, approximate randomisation, correction.

Every score here is a function of statistics that add up over units (articles or segments): a ratio of two sums, or the
n-gram counts behind BLEU. The candidate is set against the baseline unit by unit, so what makes a unit hard for both
does not blur their difference. All of it is deterministic for a seed.

- Interval of the difference: percentile bootstrap over units, the same draw for both sides (Koehn 2004, "Statistical
  Significance Tests for Machine Translation Evaluation", W04-3250), with the percentiles moved out as Student's t asks
  for few units, where the plain ones are too narrow (Hesterberg 2015, "What Teachers Should Know About the Bootstrap").
- p-value: two-sided approximate randomisation, which swaps the two sides of a unit at random; it assumes less than the
  bootstrap and errs less often on small sets (Riezler and Maxwell 2005, "On Some Pitfalls in Automatic Evaluation and
  Significance Testing for MT", W05-0908). Ties count against significance: where two releases differ in two segments,
  half of all swaps reach the observed difference and none exceeds it; counting only those that exceed it, as sacrebleu
  does, would call that p = 1 / (samples + 1).
- Several comparisons: Holm 1979, "A Simple Sequentially Rejective Multiple Test Procedure".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
#: Scores of m draws from their summed statistics, shape (m, k) -> (m,); NaN where there is nothing to score.
Score = Callable[[Matrix], Matrix]

SAMPLES = 10_000
#: The fewest units that can tell: with five, even a change of all of them in one direction has p = 2 / 2**5 = .0625.
FEWEST = 6
LEVEL = 0.05
#: Numbers that a block of draws may hold; bounds the memory, and by the fixed order of draws nothing else.
_BLOCK = 2_000_000
#: Two sums of the same numbers in another order differ by less than this share; they are ties.
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Paired:
    """A candidate beside a baseline on the same units.

    Attributes:
        baseline: its score over all units; None where nothing is scored.
        candidate: likewise.
        difference: candidate less baseline, in the score's own unit; None where either is None.
        low: lower end of the 95% interval of the difference; None where there are too few units.
        high: its upper end.
        p_value: two-sided, 0 < p <= 1: how often swapping the sides at random gives a difference as large.
        effect: the difference in standard deviations of what single units contribute to it (Cohen's d of paired
            values, by jackknife pseudo-values), so that it does not grow with the number of units; about .2 is small,
            .8 large. 0 for no difference, None where it is not defined.
        units: units that count on at least one side.
        changed: those of them that are not the same on both sides.
        enough: whether there are enough units to tell.
        reason: why not ("" where there are).
    """

    baseline: float | None
    candidate: float | None
    difference: float | None
    low: float | None
    high: float | None
    p_value: float
    effect: float | None
    units: int
    changed: int
    enough: bool
    reason: str = ""


def ratio(sums: Matrix) -> Matrix:
    """Numerator by denominator of each row; NaN for a denominator of 0."""
    numerator, denominator = sums[:, 0], sums[:, 1]
    found: Matrix = np.divide(numerator, denominator, out=np.full(len(sums), np.nan), where=denominator > 0)
    return found


def mqm_score(sums: Matrix) -> Matrix:
    """The MQM score of penalty points and words, as :func:`evaltool.mqm.mqm_score`."""
    score: Matrix = np.maximum(0.0, 100 - 100 * ratio(sums))
    return score


def paired(
    baseline: Sequence[tuple[float, float]],
    candidate: Sequence[tuple[float, float]],
    *,
    seed: int = 0,
    samples: int = SAMPLES,
    score: Score = ratio,
) -> Paired:
    """Compare two systems by a ratio score.

    Args:
        baseline: n pairs (numerator, denominator), one per unit; (0, 0) where a unit adds nothing.
        candidate: n pairs for the same units in the same order.
        seed: of the random draws.
        samples: bootstrap resamples, and swaps of the randomisation test.
        score: what the two sums amount to; :func:`mqm_score` for penalty points and words.

    Raises:
        ValueError: the two differ in length.
    """
    ours, theirs = (np.asarray(side, dtype=np.float64).reshape(-1, 2) for side in (baseline, candidate))
    return paired_statistics(ours, theirs, score, seed=seed, samples=samples)


def paired_statistics(
    baseline: Matrix, candidate: Matrix, score: Score, *, seed: int = 0, samples: int = SAMPLES
) -> Paired:
    """Compare two systems by any score of statistics that add up over units.

    Args:
        baseline: statistics of each unit, shape (n, k).
        candidate: likewise, of the same units in the same order.
        score: summed statistics (m, k) to scores (m,).
        seed: of the random draws.
        samples: bootstrap resamples, and swaps of the randomisation test.

    Raises:
        ValueError: the two differ in shape.
    """
    if baseline.shape != candidate.shape:
        raise ValueError(f"{len(baseline)} units of the baseline and {len(candidate)} of the candidate")
    counts = (baseline != 0).any(axis=1) | (candidate != 0).any(axis=1)
    baseline, candidate = baseline[counts], candidate[counts]
    units, changed = len(baseline), int((baseline != candidate).any(axis=1).sum())
    ours, theirs = (_one(score, side) for side in (baseline, candidate))
    if ours is None or theirs is None:
        side = "either side" if ours is theirs else "one side"
        return Paired(ours, theirs, None, None, None, 1.0, None, units, changed, False, f"nothing is scored on {side}")
    difference = theirs - ours
    enough = units >= FEWEST
    # Sides that are the same need no draws: every one of them gives 0.
    same = (0.0, 0.0) if not changed else None
    low, high = (same or _interval(baseline, candidate, score, seed, samples)) if enough else (None, None)
    least = abs(difference) - _TIE * max(abs(ours), abs(theirs))
    return Paired(
        baseline=ours,
        candidate=theirs,
        difference=difference,
        low=low,
        high=high,
        p_value=_p_value(baseline, candidate, score, least, seed, samples) if changed else 1.0,
        effect=_effect(baseline, candidate, score, difference),
        units=units,
        changed=changed,
        enough=enough,
        reason="" if enough else f"{units} of at least {FEWEST} needed: fewer cannot reach p < {LEVEL}",
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values corrected for how many there are (Holm 1979), in the same order.

    Rejecting those below a level keeps the chance of even one false rejection below that level.
    """
    adjusted = [0.0] * len(p_values)
    floor = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        floor = max(floor, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = floor
    return adjusted


def _one(score: Score, statistics: Matrix) -> float | None:
    """The score of all units together."""
    value = float(score(statistics.sum(axis=0, keepdims=True))[0])
    return None if np.isnan(value) else value


def _blocks(samples: int, units: int) -> Iterator[int]:
    """Sizes of blocks of draws that fit in memory."""
    size = max(1, _BLOCK // max(1, units))
    for start in range(0, samples, size):
        yield min(size, samples - start)


def _interval(
    baseline: Matrix, candidate: Matrix, score: Score, seed: int, samples: int
) -> tuple[float | None, float | None]:
    random = np.random.default_rng([seed, 0])
    units = len(baseline)
    found = []
    for size in _blocks(samples, units):
        drawn = random.integers(0, units, size=(size, units)) + units * np.arange(size)[:, None]
        times = np.bincount(drawn.ravel(), minlength=size * units).reshape(size, units).astype(np.float64)
        found.append(score(times @ candidate) - score(times @ baseline))
    differences = np.concatenate(found)
    differences = differences[~np.isnan(differences)]  # a draw without anything to score says nothing
    if not len(differences):
        return None, None
    from scipy.special import ndtr, stdtrit

    tail = float(ndtr(stdtrit(units - 1, LEVEL / 2) * np.sqrt(units / (units - 1))))
    low, high = np.quantile(differences, [tail, 1 - tail])
    return float(low), float(high)


def _p_value(baseline: Matrix, candidate: Matrix, score: Score, least: float, seed: int, samples: int) -> float:
    """(k + 1) / (n + 1) for k of n swaps of the sides with a difference of at least ``least``."""
    random = np.random.default_rng([seed, 1])
    total, own = (baseline + candidate).sum(axis=0), baseline - candidate
    own = own[(own != 0).any(axis=1)]  # swapping equal sides changes nothing
    reached = 0
    for size in _blocks(samples, len(own)):
        # Half the sum of both plus or minus half their difference: the same numbers whichever side is the baseline.
        swapped = (random.integers(0, 2, size=(size, len(own))) * 2.0 - 1) @ own
        found = np.abs(score((total + swapped) / 2) - score((total - swapped) / 2))
        # A swap that leaves one side without anything to score is no evidence either way: it counts against.
        reached += int((np.isnan(found) | (found >= least)).sum())
    return (reached + 1) / (samples + 1)


def _effect(baseline: Matrix, candidate: Matrix, score: Score, difference: float) -> float | None:
    if difference == 0:
        return 0.0
    units = len(baseline)
    without = score(candidate.sum(axis=0) - candidate) - score(baseline.sum(axis=0) - baseline)
    values = units * difference - (units - 1) * without
    values = values[~np.isnan(values)]
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return difference / spread if spread > _TIE * abs(difference) else None
