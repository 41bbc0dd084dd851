"""A segment with its scores: what is computed from its words and its findings, and why a value is missing."""

from __future__ import annotations

from evaltool import drift, metrics
from evaltool.model import Flag, Kind, Role, Segment
from evaltool.words import LONGEST, AlignedSegment

COVERED = 0.6  # a reference word counts as covered from this similarity to some word of its segment on


def scored(
    aligned: AlignedSegment,
    flags: tuple[Flag, ...],
    ours: tuple[int, ...],
    theirs: tuple[int, ...],
    mismatch: str | None = None,
    free: drift.Freedom = drift.LITERAL,
) -> Segment:
    """The segment that users see.

    Args:
        aligned: with its words linked and judged.
        flags: found in it.
        ours: indexes of its reference sentences.
        theirs: indexes of its variant sentences.
        mismatch: why the two texts hardly correspond, or None.
        free: how freely the whole variant is worded.
    """
    reference, variant = aligned.reference.quote, aligned.variant.quote
    reasons: dict[str, str] = {}
    bleu = chrf = ter = None
    value = good = None
    if aligned.kind is Kind.MATCH:
        bleu, chrf, ter = metrics.segment_scores(reference, variant)
        if ter is None:
            reasons["ter"] = f"not computed for more than {metrics.LONGEST_TER} words"
    else:
        missing = "reference" if aligned.kind is Kind.ADDITION else "variant"
        reasons |= dict.fromkeys(("similarity", "bleu", "chrf", "ter"), f"the {missing} has nothing here")
    if not ours and not theirs:
        reasons |= dict.fromkeys(("similarity", "bleu", "chrf", "ter", "drift", "quality"), "both sides are empty")
    elif mismatch is not None:
        reasons |= dict.fromkeys(("drift", "quality"), mismatch)
    elif max(len(aligned.reference.words), len(aligned.variant.words)) > LONGEST:
        reasons |= dict.fromkeys(("drift", "quality", "flags"), f"words are not compared beyond {LONGEST} a side")
    elif aligned.role is Role.FURNITURE:
        reasons |= dict.fromkeys(("drift", "quality"), "what the site adds around the article is not counted")
    else:
        value, good = drift.drift_and_quality(aligned, flags, chrf, free)
    carried = [
        best >= COVERED
        for word, best in zip(aligned.reference.words, aligned.reference.best, strict=True)
        if word.is_content or word.is_number
    ]
    return Segment(
        reference_sentences=ours,
        variant_sentences=theirs,
        reference_span=aligned.reference.span,
        variant_span=aligned.variant.span,
        reference_text=reference,
        variant_text=variant,
        kind=aligned.kind,
        role=aligned.role,
        similarity=aligned.similarity,
        drift=value and value.value,
        quality=good and good.value,
        drift_parts=value.parts if value else {},
        quality_parts=good.parts if good else {},
        bleu=bleu,
        chrf=chrf,
        ter=ter,
        reference_words=len(aligned.reference.words),
        variant_words=len(aligned.variant.words),
        content_words=len(carried),
        covered_words=sum(carried),
        flags=flags,
        reasons=reasons,
    )
