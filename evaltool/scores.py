"""Scores of a document or a system from its segments: sums that can be added, and the ratios read off them.

Every score here is a ratio of two sums over segments, so that segments, articles and systems roll up by adding, and a
bootstrap can draw any of them as its unit. BLEU, chrF and TER are sacrebleu's own corpus scores over the same segments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaltool import metrics, mqm
from evaltool.model import Kind, Role, Segment
from evaltool.mqm import Severity

#: The ratio scores, in the order in which they are shown.
RATIOS = ("quality", "drift", "mqm_score", "coverage", "similarity")
SCORES = RATIOS + metrics.NAMES

Sums = dict[str, tuple[float, float]]


def counted(segment: Segment) -> bool:
    """Whether a segment enters the means of drift and quality.

    What could not be scored does not, nor what the profile allows to leave out or to add (its flag is neutral then).
    """
    if segment.quality is None or segment.drift is None:
        return False
    return segment.kind is Kind.MATCH or any(flag.severity is not Severity.NEUTRAL for flag in segment.flags)


def sums(segment: Segment) -> Sums:
    """Numerator and denominator that a segment adds to each ratio score.

    quality and drift weigh a segment by its words; coverage counts content words of the reference's body (a summary's
    too: it tells how much of the reference the variant carries); similarity counts matched segments; mqm_score counts
    penalty points per word of the reference that was scored.
    """
    out: Sums = dict.fromkeys(RATIOS, (0.0, 0.0))
    weight = _weight(segment)
    if counted(segment) and segment.quality is not None and segment.drift is not None:
        out["quality"] = (segment.quality * weight, weight)
        out["drift"] = (segment.drift * weight, weight)
    if segment.quality is not None:
        points = sum(flag.severity.multiplier for flag in segment.flags)
        out["mqm_score"] = (float(points), float(segment.reference_words))
    if segment.role is Role.BODY:
        out["coverage"] = (float(segment.covered_words), float(segment.content_words))
    if segment.similarity is not None and segment.role is not Role.FURNITURE:
        out["similarity"] = (segment.similarity, 1.0)
    return out


def parts(segments: Iterable[Segment]) -> dict[str, dict[str, float]]:
    """What quality and drift of all the segments together are made of, weighed as in :func:`sums`.

    Returns:
        "quality" -> group of evidence -> points that it took, which add up to 100 - quality; "drift" -> group -> what
        it added to drift. A group that did nothing is left out, and nothing is there where no segment is counted.
    """
    own = [segment for segment in segments if counted(segment)]
    words = sum(_weight(segment) for segment in own)
    totals: dict[str, dict[str, float]] = {"quality": {}, "drift": {}}
    for segment in own:
        for name, found in (("quality", segment.quality_parts), ("drift", segment.drift_parts)):
            for group, part in found.items():
                totals[name][group] = totals[name].get(group, 0.0) + part * _weight(segment)
    return {
        name: {group: total / words for group, total in sorted(found.items()) if total}
        for name, found in totals.items()
    }


def _weight(segment: Segment) -> float:
    """What a segment counts in the means of quality and drift: its words."""
    return float(segment.reference_words or segment.variant_words)


def added(parts: Iterable[Sums]) -> Sums:
    """The sum of several."""
    out: Sums = dict.fromkeys(RATIOS, (0.0, 0.0))
    for part in parts:
        for name, (numerator, denominator) in part.items():
            out[name] = (out[name][0] + numerator, out[name][1] + denominator)
    return out


def ratio(name: str, numerator: float, denominator: float) -> float | None:
    """The score that two sums amount to, or None where nothing was counted."""
    if denominator <= 0:
        return None
    if name == "mqm_score":
        return mqm.mqm_score(numerator, denominator)
    return numerator / denominator


def compared(segments: Iterable[Segment]) -> tuple[list[str], list[str]]:
    """(references, hypotheses) that corpus BLEU, chrF and TER are computed over: the matched segments."""
    matches = [s for s in segments if s.kind is Kind.MATCH and s.role is not Role.FURNITURE]
    return [s.reference_text for s in matches], [s.variant_text for s in matches]


def document_scores(segments: Sequence[Segment]) -> dict[str, float | None]:
    """Every score of one variant; None where there is nothing to score."""
    total = added(sums(segment) for segment in segments)
    corpus = metrics.corpus_scores(*compared(segments))
    return {name: ratio(name, *total[name]) for name in RATIOS} | {
        name: corpus[name][0] if name in corpus else None for name in metrics.NAMES
    }
