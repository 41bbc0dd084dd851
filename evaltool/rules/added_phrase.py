"""Part of a sentence of the variant is added: a clause or phrase without any counterpart in the reference.

A run of content words has no counterpart, and little of the reference's segment is left that it could say in other
terms; where something is, the passage is taken for a free rendering and nothing is said.

Severity: major; neutral in a re-report, which may add.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._phrases import carries, moved, phrases
from evaltool.words import AlignedSegment

_LITERAL = 0.6


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each phrase of the variant that is added."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    words = sum(map(carries, ours.words))
    for phrase in phrases(ours, theirs):
        # How literal the rest is: the phrase itself stands nowhere in the reference.
        literalness = segment.literalness * words / max(1, words - phrase.content)
        if literalness < _LITERAL:
            continue
        if segment.profile is not Profile.SUMMARY and moved(ours, phrase, segment.whole_reference):
            continue  # another sentence says it; a summary puts it together with what it was not said of
        yield Hit(
            Severity.NEUTRAL if segment.profile is Profile.REREPORT else Severity.MAJOR,
            f"The reference does not say “{phrase.span.of(ours.text)}”.",
            variant_span=phrase.span,
            evidence={
                "content words without a counterpart": phrase.content,
                "words of the reference that are left": phrase.spare,
                "literalness of the segment": round(literalness, 2),
            },
            confidence=0.7,
        )


RULE = Rule(
    category=Category.ADDITION,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example(
            "The harbour was closed on Monday.",
            "The harbour was closed on Monday after a ⟦tanker had leaked diesel⟧ near the pier.",
        ),
        Example("The harbour was closed.", "The harbour was closed on that day, as it had to be."),
        Example(
            "The unemployment rate rose to 6%, said the NBS.",
            "The unemployment rate rose to 6%, said the National Bureau of Statistics.",
        ),
    ),
)
