"""Drift and quality of a segment, from its evidence, and what each group of evidence contributed.

Drift is a logistic function of features of the segment: the calibrated probability that a careful reviewer would mark a
major or critical error of meaning. Quality is ``100 * exp(-points)``, where points are a weighted sum of the same
features, of the findings, and of the wording.

Every feature is 0 where nothing is wrong, and every weight is 0 or more, so that a further finding never lowers
drift or raises quality. The weights stand in ``data/drift.json`` with the record of how ``training/fit_drift.py``
fitted them: one set with the features of the learned judge, one without, for languages and models that it does not
know.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from evaltool.evidence import MEANING, Evidence, evidence, same_words
from evaltool.model import Flag, Kind
from evaltool.mqm import Severity
from evaltool.words import AlignedSegment, Judgement


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of one set of features.

    Attributes:
        intercept: of the log-odds of drift.
        drift: feature -> weight in the log-odds, 0 or more.
        quality: feature -> points, 0 or more.
    """

    intercept: float
    drift: dict[str, float]
    quality: dict[str, float]


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What drift.json holds: how it was made, and the weights with and without the learned judge."""

    record: dict[str, Any]
    judged: Weights
    plain: Weights


class Explained(NamedTuple):
    """A score and what it is made of.

    Attributes:
        value: drift 0..1, or quality 0..100.
        parts: group of evidence -> what it added to drift, or took from quality, in the score's own unit. For quality
            they add up to 100 - value; for drift to value less what a segment without any evidence has.
    """

    value: float
    parts: dict[str, float]


@cache
def parameters() -> Parameters:
    """The parameters that are shipped."""
    return msgspec.json.decode((files("evaltool") / "data" / "drift.json").read_bytes(), type=Parameters)


#: Drift of what stands on one side alone, by the severity of the flag that says so.
_ONE_SIDED = {Severity.CRITICAL: 0.95, Severity.MAJOR: 0.8, Severity.MINOR: 0.3, Severity.NEUTRAL: 0.05}


def _weights(judgement: Judgement | None) -> Weights:
    return parameters().plain if judgement is None else parameters().judged


def _amounts(found: Evidence, weights: dict[str, float]) -> dict[str, float]:
    """What each group amounts to, before the curve that makes a score of the sum."""
    return {
        group: sum(weights.get(name, 0.0) * value for name, value in features.items())
        for group, features in found.items()
    }


def _shares(amounts: dict[str, float], whole: float) -> dict[str, float]:
    """A whole divided by what each group amounts to; groups without a share are left out."""
    total = sum(amounts.values())
    return {group: round(whole * amount / total, 4) for group, amount in amounts.items() if total and amount > 0}


def drift(segment: AlignedSegment, flags: tuple[Flag, ...]) -> Explained:
    """0..1: probability that a careful reviewer would mark a major or critical meaning error here.

    Args:
        segment: with its words linked and judged.
        flags: all flags of the segment; neutral ones do not count.
    """
    return drift_and_quality(segment, flags, None)[0]


def drift_and_quality(
    segment: AlignedSegment, flags: tuple[Flag, ...], chrf: float | None
) -> tuple[Explained, Explained]:
    """Drift and quality, 0..100: how good the segment is, all errors counted.

    Args:
        segment: with its words linked and judged.
        flags: all flags of the segment; neutral ones do not count.
        chrf: 0..100, or None where one side is empty.
    """
    if segment.kind is not Kind.MATCH:
        return _one_sided(flags)
    found = evidence(segment, flags, chrf)
    weights = _weights(segment.judgement)
    amounts = _amounts(found, weights.quality)
    value = 100 * math.exp(-sum(amounts.values()))
    quality = Explained(value, _shares(amounts, 100 - value))
    if same_words(segment):
        return Explained(0.0, {}), quality
    amounts = _amounts(found, weights.drift)
    value = _logistic(weights.intercept + sum(amounts.values()))
    return Explained(value, _shares(amounts, value - _logistic(weights.intercept))), quality


def _one_sided(flags: tuple[Flag, ...]) -> tuple[Explained, Explained]:
    """Of a sentence that is missing or too many: it is lost as a whole, whatever else is found in it."""
    known = [f for f in flags if f.category.branch in MEANING]
    drift = max((_ONE_SIDED[f.severity] for f in known), default=0.0)
    lost = 100 * drift if any(f.severity is not Severity.NEUTRAL for f in known) else 0.0
    return Explained(drift, {"findings": drift} if drift else {}), Explained(
        100 - lost, {"findings": lost} if lost else {}
    )


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))
