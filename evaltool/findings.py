"""From the hits of the rules to flags: quoted, merged by one stated precedence, fingerprinted, in text order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from evaltool.model import Flag, Span
from evaltool.mqm import Category, Severity
from evaltool.rules import Hit, Rule
from evaltool.words import LOOSE, AlignedSegment

#: Where two findings of the same branch point at the same words, the one that says more exactly what is wrong stays:
#: earlier in this list wins. Accuracy and terminology are one branch here, fluency, style and locale the other, since a
#: wrong word that is also printed twice is two errors.
PRECEDENCE = (
    Category.NUMBER,
    Category.DATE_TIME,
    Category.NAMED_ENTITY,
    Category.POLARITY_MODALITY,
    Category.ROLE_SWAP,
    Category.ATTRIBUTION_HEDGE,
    Category.QUOTE_ALTERED,
    Category.UNTRANSLATED,
    Category.WRONG_TERM,
    Category.INCONSISTENT,
    Category.MISTRANSLATION,
    Category.OMISSION,
    Category.ADDITION,
    Category.REPETITION,
    Category.PUNCTUATION_SPACING,
    Category.SPELLING,
    Category.WORD_ORDER,
    Category.GRAMMAR,
    Category.LOCALE_FORMAT,
    Category.AWKWARD,
)
#: From this confidence on a hit that is ``evident`` is an alarm in freely worded text too.
SURE = 0.8
#: A flag on so many times the letters of another one is about the passage.
_PASSAGE = 2
_RANK = {category: rank for rank, category in enumerate(PRECEDENCE)}


def to_flag(rule: Rule, hit: Hit, reference: str, variant: str) -> Flag:
    """The flag of a hit, with the quoted text of both sides (its fingerprint still empty)."""
    return Flag(
        rule=rule.id,
        category=rule.category,
        severity=hit.severity,
        message=hit.message,
        variant_span=hit.variant_span,
        variant_text=hit.variant_span.of(variant) if hit.variant_span else "",
        reference_span=hit.reference_span,
        reference_text=hit.reference_span.of(reference) if hit.reference_span else "",
        suggestion=hit.suggestion,
        evidence=dict(hit.evidence),
        confidence=hit.confidence,
    )


def doubtful(flag: Flag, because: str) -> Flag:
    """The flag as a note, which says why it is no more than that."""
    if flag.severity is Severity.NEUTRAL:
        return flag
    return replace(flag, severity=Severity.NEUTRAL, message=f"{flag.message} It is a note only: {because}.")


def believed(flag: Flag, rule: Rule, hit: Hit, *, free: bool, reworded: bool, literalness: float) -> Flag:
    """The flag, or the note that it becomes where such a finding mostly marks legitimate wording.

    Args:
        flag: made of the hit.
        rule: that found it.
        hit: its finding.
        free: whether the whole variant is worded freely.
        reworded: whether it is no translation.
        literalness: 0..1, of the segment; 1 for a finding of a whole document.
    """
    if reworded and rule.literal and not hit.evident:
        return doubtful(flag, "the text is no translation")
    wording = (rule.wording or hit.wording) and not (hit.evident and hit.confidence >= SURE)
    if free and wording:
        return doubtful(flag, "the whole text is worded freely")
    if reworded and literalness < LOOSE and wording:
        return doubtful(flag, "the passage is worded freely")
    return flag


def merged(flags: Iterable[Flag], yielding: Container[str] = frozenset()) -> list[Flag]:
    """One flag for one error: of overlapping flags of one branch the first by precedence stays.

    Flags with a variant span compete for the variant's words; flags without one compete for the reference's words with
    all others. A flag on a passage does not compete with one on a word in it that points at other words of the
    reference.

    Args:
        flags: of one segment.
        yielding: rules that rest on the learned judge, or that say so themselves: what another rule sees exactly goes
            before them, except that a neutral note never hides an alarm.
    """
    ordered = sorted(
        flags,
        key=lambda f: (
            2 if f.severity is Severity.NEUTRAL else int(f.rule in yielding),
            _RANK[f.category],
            -f.severity.multiplier,
            f.variant_span is None,  # of two that are alike, the one that shows the place in the variant
            -f.confidence,
            place(f),
            f.message,
        ),
    )
    kept: list[Flag] = []
    for flag in ordered:
        if not any(_same_branch(flag, other) and _same_error(flag, other) for other in kept):
            kept.append(flag)
    return sorted(kept, key=place)


def _same_branch(a: Flag, b: Flag) -> bool:
    meaning = {"accuracy", "terminology"}
    return (a.category.branch in meaning) == (b.category.branch in meaning)


def _same_error(a: Flag, b: Flag) -> bool:
    if a.variant_span and b.variant_span:
        return a.variant_span.overlaps(b.variant_span) and not _apart(a, b)
    return bool(a.reference_span and b.reference_span and a.reference_span.overlaps(b.reference_span))


def _apart(a: Flag, b: Flag) -> bool:
    """Whether one is about a word and the other about the passage it stands in, by different words of the reference.

    "Several families have fled" for "dozens of families have fled, according to the mayor" has a wrong number, and the
    whole of it lacks its source.
    """
    if not (a.variant_span and b.variant_span and a.reference_span and b.reference_span):
        return False
    short, long = sorted(span.end - span.start for span in (a.variant_span, b.variant_span))
    return long >= _PASSAGE * short and not a.reference_span.overlaps(b.reference_span)


def place(flag: Flag) -> tuple[int, int, int, int, str]:
    """Text order: by place in the variant; what the variant lacks stands last, by place in the reference."""
    span, other = flag.variant_span, flag.reference_span or Span(0, 0)
    return (span.start if span else 1 << 60, span.end if span else 0, other.start, other.end, flag.rule)


def fingerprinted(flags: Sequence[Flag], reference_contexts: Sequence[str]) -> list[Flag]:
    """The flags with their fingerprints.

    A fingerprint hashes the rule, both quotes and the trusted text around them, not positions, so that edits elsewhere
    and renumbering leave it alone; equal ones are told apart by a count in text order.

    Args:
        flags: n flags in text order.
        reference_contexts: n texts: the reference side of each flag's segment ("" for an addition).
    """
    seen: Counter[str] = Counter()
    out = []
    for flag, context in zip(flags, reference_contexts, strict=True):
        parts = (flag.rule, _folded(flag.variant_text), _folded(flag.reference_text), _folded(context))
        key = "\x1f".join(parts)
        digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[key] += 1
        out.append(replace(flag, fingerprint=digest))
    return out


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def home(flag: Flag, aligned: Sequence[AlignedSegment]) -> int:
    """Index of the segment that a flag of document scope belongs to."""
    for side, at in (("variant", flag.variant_span), ("reference", flag.reference_span)):
        if at is not None:
            for index, segment in enumerate(aligned):
                span = getattr(segment, side).span
                if span is not None and span.overlaps(at):
                    return index
    return 0
