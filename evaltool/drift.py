"""Drift and quality of a segment, from its evidence, and what each group of evidence contributed.

Drift is a logistic function of features of the segment: the calibrated probability that a careful reviewer would mark a
major or critical error of meaning. Quality is ``100 * exp(-points)``, where points are a weighted sum of the same
features, of the findings, and of the wording.

How much a mismatch means depends on how freely the whole variant is worded, where wording is free: in a paraphrase, a
summary or a re-report, the evidence that the median segment shows beyond that of a literal translation is taken off
every segment (see :func:`freedom`). What the rules found is never taken off.

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
from statistics import median
from typing import Any, NamedTuple

import msgspec

from evaltool import metrics
from evaltool.evidence import MEANING, Evidence, evidence, same_words
from evaltool.model import Flag, Kind, Profile, Role
from evaltool.mqm import Severity
from evaltool.words import LONGEST, AlignedSegment, Judgement


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of one set of features.

    Attributes:
        intercept: of the log-odds of drift.
        drift: feature -> weight in the log-odds, 0 or more.
        quality: feature -> points, 0 or more.
        literal_drift: log-odds that the evidence without findings adds in the median segment of a literal translation.
        literal_quality: points that it takes there.
    """

    intercept: float
    drift: dict[str, float]
    quality: dict[str, float]
    literal_drift: float
    literal_quality: float


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


class Freedom(NamedTuple):
    """What is taken off the evidence of each segment of a freely worded variant, findings apart.

    Attributes:
        drift: log-odds, 0 or more.
        quality: points, 0 or more.
    """

    drift: float = 0.0
    quality: float = 0.0


#: Of texts that follow the reference word by word, and of sentence pairs, which belong to no text.
LITERAL = Freedom()


@cache
def parameters() -> Parameters:
    """The parameters that are shipped."""
    return msgspec.json.decode((files("evaltool") / "data" / "drift.json").read_bytes(), type=Parameters)


#: Drift of what stands on one side alone, by the severity of the flag that says so.
_ONE_SIDED = {Severity.CRITICAL: 0.95, Severity.MAJOR: 0.8, Severity.MINOR: 0.3, Severity.NEUTRAL: 0.05}


#: A text of few segments is taken for a literal one in part: as if it had this many more of them.
_FEW = 3
#: No wording is so free that more than this many times the evidence of a literal translation is taken off.
_FREEST = 2.0


def _weights(judgement: Judgement | None) -> Weights:
    return parameters().plain if judgement is None else parameters().judged


def _amounts(found: Evidence, weights: dict[str, float]) -> dict[str, float]:
    """What each group amounts to, before the curve that makes a score of the sum."""
    return {
        group: sum(weights.get(name, 0.0) * value for name, value in features.items())
        for group, features in found.items()
    }


def _beyond(amounts: dict[str, float], usual: float) -> dict[str, float]:
    """Amounts after what is usual in the text is taken off all but the findings, in proportion."""
    total = sum(amount for group, amount in amounts.items() if group != "findings")
    left = max(0.0, total - usual) / total if total > 0 else 0.0
    return {group: amount if group == "findings" else amount * left for group, amount in amounts.items()}


def _shares(amounts: dict[str, float], whole: float) -> dict[str, float]:
    """A whole divided by what each group amounts to; groups without a share are left out."""
    total = sum(amounts.values())
    return {group: round(whole * amount / total, 4) for group, amount in amounts.items() if total and amount > 0}


def freedom(segments: Iterable[AlignedSegment]) -> Freedom:
    """How freely a variant is worded: how far the evidence in its median segment exceeds a literal translation's.

    0 in the profile translation, where a text that is worded otherwise throughout is a poor one, not a free one.

    Args:
        segments: of one variant; sentences that match and belong to the article's body count.
    """
    kept = [
        s
        for s in segments
        if s.kind is Kind.MATCH
        and s.role is Role.BODY
        and s.profile is not Profile.TRANSLATION
        and max(len(s.reference.words), len(s.variant.words)) <= LONGEST
    ]
    if not kept:
        return LITERAL
    weights = _weights(kept[0].judgement)
    found = [evidence(s, (), metrics.sentence_chrf(s.reference.quote, s.variant.quote)) for s in kept]

    def excess(own: dict[str, float], literal: float) -> float:
        level = median(sum(_amounts(f, own).values()) for f in found)
        beyond = (level - literal) * len(kept) / (len(kept) + _FEW)
        return min(max(0.0, beyond), _FREEST * literal)

    return Freedom(excess(weights.drift, weights.literal_drift), excess(weights.quality, weights.literal_quality))


def drift(segment: AlignedSegment, flags: tuple[Flag, ...]) -> Explained:
    """0..1: probability that a careful reviewer would mark a major or critical meaning error here.

    Args:
        segment: with its words linked and judged.
        flags: all flags of the segment; neutral ones do not count.
    """
    return drift_and_quality(segment, flags, None)[0]


def drift_and_quality(
    segment: AlignedSegment, flags: tuple[Flag, ...], chrf: float | None, free: Freedom = LITERAL
) -> tuple[Explained, Explained]:
    """Drift and quality, 0..100: how good the segment is, all errors counted.

    Args:
        segment: with its words linked and judged.
        flags: all flags of the segment; neutral ones do not count.
        chrf: 0..100, or None where one side is empty.
        free: how freely the variant that it belongs to is worded.
    """
    if segment.kind is not Kind.MATCH:
        return _one_sided(flags)
    found = evidence(segment, flags, chrf)
    weights = _weights(segment.judgement)
    amounts = _beyond(_amounts(found, weights.quality), free.quality)
    value = 100 * math.exp(-sum(amounts.values()))
    quality = Explained(value, _shares(amounts, 100 - value))
    if same_words(segment):
        return Explained(0.0, {}), quality
    amounts = _beyond(_amounts(found, weights.drift), free.drift)
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
