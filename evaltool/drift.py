"""Drift and quality of a segment, from its evidence.

Drift is a logistic function of features of the segment: the calibrated probability that a careful reviewer would mark a
major or critical error of meaning. Quality is ``100 * exp(-points)``, where points are a weighted sum of the same
features, of the findings, and of the wording; its three factors tell what meaning, errors and wording took away.

Every feature is 0 where nothing is wrong, and every weight is 0 or more, so that a further finding never lowers
drift or raises quality. The weights stand in ``data/drift.json`` with the record of how ``training/fit_drift.py``
fitted them: one set with the features of the learned judge, one without, for languages and models that it does not
know.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from evaltool.embedding import MIDDLE
from evaltool.model import Flag, Kind
from evaltool.mqm import Category, Severity
from evaltool.words import AlignedSegment, Judgement, Side

#: All other branches are of form: their findings lower quality and leave drift alone.
_MEANING = ("accuracy", "terminology")
#: Facts that can be compared exactly: their findings are surer than those of wording.
_FACTS = frozenset(
    {Category.NUMBER, Category.DATE_TIME, Category.NAMED_ENTITY, Category.POLARITY_MODALITY, Category.ROLE_SWAP,
     Category.ATTRIBUTION_HEDGE, Category.QUOTE_ALTERED}
)  # fmt: skip
GROUPS = ("fact", "meaning", "form")
#: More findings of one severity than this in one segment tell nothing more about it.
_MOST = 3

Features = dict[str, float]


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


class Quality(NamedTuple):
    """Quality of a segment and its three factors, each 0..1 (quality is 100 times their product)."""

    value: float
    meaning: float
    errors: float
    wording: float


@cache
def parameters() -> Parameters:
    """The parameters that are shipped."""
    return msgspec.json.decode((files("evaltool") / "data" / "drift.json").read_bytes(), type=Parameters)


def meaning_features(segment: AlignedSegment) -> Features:
    """How far the two sides differ in meaning, apart from any finding; all 0 or more."""
    reference, variant = _best(segment.reference), _best(segment.variant)
    similarity = segment.similarity if segment.similarity is not None else 0.0
    out = {
        "distance": 1 - similarity,
        "unlikeness, middle layer": 1 - segment.likeness[MIDDLE] if segment.likeness else 0.0,
        "unlikeness, last layer": 1 - segment.likeness[-1] if segment.likeness else 0.0,
        "other words": 1 - segment.literalness,
        "worst reference words": 1 - _mean(sorted(reference)[:3]),
        "worst variant words": 1 - _mean(sorted(variant)[:3]),
        "reference words without a partner": _mean([float(b < 0.6) for b in reference], 0.0),
        "variant words without a partner": _mean([float(b < 0.6) for b in variant], 0.0),
        "shorter": max(0.0, math.log((len(reference) + 2) / (len(variant) + 2))),
        "longer": max(0.0, math.log((len(variant) + 2) / (len(reference) + 2))),
    }
    judged = segment.judgement
    if judged is not None:
        out |= {
            "judged serious": _softplus(judged.serious),
            "judged faulty": _softplus(judged.any),
            "judged lost": _top(judged.lost, segment.reference),
            "judged replaced": _top(judged.replaced, segment.reference),
            "judged wrong": _top(judged.wrong, segment.variant),
            "judged added": _top(judged.added, segment.variant),
            "judged gap": max(judged.gap, default=0.0),
            "judged form": max(judged.form, default=0.0),
            "words judged lost": _sum(judged.lost, segment.reference),
            "words judged wrong": _sum(judged.wrong, segment.variant),
        }
    return out


def finding_features(flags: Iterable[Flag]) -> Features:
    """How many findings there are, by group and severity."""
    counts: dict[tuple[str, Severity], int] = {}
    for flag in flags:
        group = "fact" if flag.category in _FACTS else "meaning" if flag.category.branch in _MEANING else "form"
        counts[group, flag.severity] = counts.get((group, flag.severity), 0) + 1
    return {
        f"{severity.value} findings of {group}": float(min(counts.get((group, severity), 0), _MOST))
        for group in GROUPS
        for severity in (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
    }


def features(segment: AlignedSegment, flags: Iterable[Flag], chrf: float | None) -> Features:
    """All the evidence that drift and quality are computed from, by name."""
    wording = {"wording": 0.0 if chrf is None else 1 - chrf / 100}
    return meaning_features(segment) | finding_features(flags) | wording


def _softplus(log_odds: float) -> float:
    return math.log1p(math.exp(min(log_odds, 30.0)))


def _top(chances: Iterable[float], side: Side) -> float:
    return max((c for c, w in zip(chances, side.words, strict=True) if w.is_content or w.is_number), default=0.0)


def _sum(chances: Iterable[float], side: Side) -> float:
    return min(3.0, sum(c for c, w in zip(chances, side.words, strict=True) if w.is_content or w.is_number))


def _best(side: Side) -> list[float]:
    return [best for word, best in zip(side.words, side.best, strict=True) if word.is_content or word.is_number]


def _mean(values: list[float], empty: float = 1.0) -> float:
    return sum(values) / len(values) if values else empty


#: Drift of what stands on one side alone, by the severity of the flag that says so.
_ONE_SIDED = {Severity.CRITICAL: 0.95, Severity.MAJOR: 0.8, Severity.MINOR: 0.3, Severity.NEUTRAL: 0.05}


def same_words(segment: AlignedSegment) -> bool:
    """Whether both sides have the same words in the same order; capitals, marks and spacing do not count."""
    return [w.form for w in segment.reference.words] == [w.form for w in segment.variant.words]


def _weights(judgement: Judgement | None) -> Weights:
    return parameters().plain if judgement is None else parameters().judged


def drift(segment: AlignedSegment, flags: tuple[Flag, ...]) -> float:
    """0..1: probability that a careful reviewer would mark a major or critical meaning error here."""
    if segment.kind is not Kind.MATCH:
        return max((_ONE_SIDED[f.severity] for f in flags if f.category.branch in _MEANING), default=0.0)
    if same_words(segment):
        return 0.0
    weights = _weights(segment.judgement)
    values = features(segment, flags, None)
    score = weights.intercept + sum(weight * values[name] for name, weight in weights.drift.items())
    return 1 / (1 + math.exp(-score))


def quality(segment: AlignedSegment, flags: tuple[Flag, ...], chrf: float | None) -> Quality:
    """Quality of a segment.

    Args:
        segment: with its words linked and judged.
        flags: all flags of the segment; neutral ones do not count.
        chrf: 0..100, or None where one side is empty.
    """
    if segment.kind is not Kind.MATCH:
        # A sentence that is missing or too many is lost as a whole, whatever else is found in it.
        alarms = tuple(f for f in flags if f.severity is not Severity.NEUTRAL)
        errors = 1 - drift(segment, alarms) if alarms else 1.0
        return Quality(100 * errors, 1.0, errors, 1.0)
    weights = _weights(segment.judgement).quality
    values = finding_features(flags)
    meaning = wording = 0.0
    if not same_words(segment):
        values |= meaning_features(segment)
        wording = 0.0 if chrf is None else weights.get("wording", 0.0) * (1 - chrf / 100)
        meaning = sum(
            weight * values[name] for name, weight in weights.items() if name in values and "findings" not in name
        )
    elif chrf is not None:  # the same words in other capitals, marks or spacing
        wording = weights.get("wording", 0.0) * (1 - chrf / 100)
    errors = sum(weight * values[name] for name, weight in weights.items() if "findings" in name)
    parts = math.exp(-meaning), math.exp(-errors), math.exp(-wording)
    return Quality(100 * math.prod(parts), *parts)
