"""Drift and quality of a segment, from its evidence.

Drift is a logistic function of a few features of the segment; its parameters stand in ``drift.json`` beside this file,
with what each means. Identical texts have drift 0. Casing, punctuation and form do not enter. Quality is a product of
three parts, so that a report can say what each took away: meaning (drift), errors (MQM penalty of the segment's flags),
and wording (chrF, a small part, which orders two good renderings).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from evaltool.model import Flag, Kind
from evaltool.mqm import Severity
from evaltool.words import AlignedSegment, Side

#: Findings of form: they lower quality and leave drift alone.
_MEANING = ("accuracy", "terminology")


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What drift.json holds: where it comes from and the weights of the logistic function."""

    source: str
    intercept: float
    weights: dict[str, float]


class Quality(NamedTuple):
    """Quality of a segment and its three factors, each 0..1 (quality is 100 times their product)."""

    value: float
    meaning: float
    errors: float
    wording: float


@cache
def parameters() -> Parameters:
    """The parameters that are shipped."""
    return msgspec.json.decode((files("evaltool") / "drift.json").read_bytes(), type=Parameters)


def features(segment: AlignedSegment, flags: Iterable[Flag]) -> dict[str, float]:
    """The evidence that drift is computed from, by name."""
    worst = dict.fromkeys(Severity, 0)
    for flag in flags:
        if flag.category.branch in _MEANING:
            worst[flag.severity] += 1
    reference, variant = _best(segment.reference), _best(segment.variant)
    similarity = segment.similarity if segment.similarity is not None else 0.0
    return {
        "distance": 1 - similarity,
        "worst reference words": 1 - _mean(sorted(reference)[:3]),
        "worst variant words": 1 - _mean(sorted(variant)[:3]),
        "reference words without a partner": _mean([float(b < 0.6) for b in reference], 0.0),
        "variant words without a partner": _mean([float(b < 0.6) for b in variant], 0.0),
        "critical": min(worst[Severity.CRITICAL], 1),
        "major": min(worst[Severity.MAJOR], 2) / 2,
        "minor": min(worst[Severity.MINOR], 2) / 2,
        "length": abs(math.log((len(reference) + 2) / (len(variant) + 2))),
    }


def _best(side: Side) -> list[float]:
    return [best for word, best in zip(side.words, side.best, strict=True) if word.is_content or word.is_number]


def _mean(values: list[float], empty: float = 1.0) -> float:
    return sum(values) / len(values) if values else empty


#: Drift of what stands on one side alone, by the severity of the flag that says so.
_ONE_SIDED = {Severity.CRITICAL: 0.95, Severity.MAJOR: 0.8, Severity.MINOR: 0.3, Severity.NEUTRAL: 0.05}


def drift(segment: AlignedSegment, flags: tuple[Flag, ...]) -> float:
    """0..1: probability that a careful reviewer would mark a major or critical meaning error here."""
    if segment.kind is not Kind.MATCH:
        return max((_ONE_SIDED[f.severity] for f in flags if f.category.branch in _MEANING), default=0.0)
    if [w.form for w in segment.reference.words] == [w.form for w in segment.variant.words]:
        return 0.0
    model = parameters()
    values = features(segment, flags)
    score = model.intercept + sum(weight * values[name] for name, weight in model.weights.items())
    return 1 / (1 + math.exp(-score))


def quality(drift_value: float, flags: Iterable[Flag], chrf: float | None) -> Quality:
    """Quality of a segment.

    Args:
        drift_value: 0..1.
        flags: all flags of the segment; neutral ones do not count.
        chrf: 0..100, or None where one side is empty.
    """
    points = sum(flag.severity.multiplier for flag in flags)
    meaning = 1 - 0.8 * drift_value
    errors = 10 / (10 + points)
    wording = 1.0 if chrf is None else 0.9 + 0.1 * chrf / 100
    return Quality(100 * meaning * errors * wording, meaning, errors, wording)
