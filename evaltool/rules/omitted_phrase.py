"""Part of a sentence of the reference is left out: a clause or phrase without any counterpart in the variant.

A run of content words has no counterpart, and the variant's segment has few words of its own that could say it in other
terms; where it has, the passage is taken for a free rendering and nothing is said.

Severity: major; neutral in a summary, which may leave out, and a note in any other variant that is no translation,
since what it says in other words has no counterpart either.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import abbreviates
from evaltool.rules._phrases import moved, phrases
from evaltool.words import AlignedSegment

_LITERAL = 0.6


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each phrase of the reference that is left out."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    for phrase in phrases(theirs, ours):
        own = tuple(w for w in theirs.words if w.span.overlaps(phrase.span))
        if any(w.is_acronym and abbreviates(w, own) for w in ours.words):
            continue  # the name is there, abbreviated
        if moved(theirs, phrase, segment.whole_variant):
            continue  # another sentence says it
        yield Hit(
            Severity.NEUTRAL if segment.profile is Profile.SUMMARY else Severity.MAJOR,
            f"The variant leaves out “{phrase.span.of(theirs.text)}”.",
            reference_span=phrase.span,
            evidence={
                "content words without a counterpart": phrase.content,
                "words of the variant's own": phrase.spare,
                "literalness of the segment": round(segment.literalness, 2),
            },
            confidence=0.7,
        )


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    wording=True,
    literal=True,
    languages=ENGLISH,
    examples=(
        Example(
            "The harbour was closed on Monday after a ⟦tanker had leaked diesel⟧ near the pier.",
            "The harbour was closed on Monday.",
        ),
        Example(
            "The harbour was closed on Monday after a tanker had leaked diesel near the pier.",
            "The harbour was closed on Monday because fuel was escaping from a ship close to the jetty.",
        ),
    ),
)
