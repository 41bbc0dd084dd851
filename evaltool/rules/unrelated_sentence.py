"""A sentence says something else altogether: nothing in it answers to the reference's sentence in its place.

The two sentences are far apart in meaning by the embedding, hardly a word of the one is linked to one of the other, and
both are long enough to tell. It happens where lines slipped or were mixed up. A reference in another script than the
variant's tells nothing.

Severity: critical; neutral in a summary and a re-report, which may put something else in a sentence's place.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Side

#: Free translations stay above the cosine; of sentences put in the place of others 95% are below.
_FAR = 0.25
#: Share of content words that may be linked all the same, and content words that a sentence must have at least.
_LINKED, _ENOUGH = 0.3, 4


def _linked(side: Side) -> float:
    """Share of a side's content words that have a partner; 1 where there are too few to tell."""
    content = [i for i, word in enumerate(side.words) if word.is_content or word.is_number]
    if len(content) < _ENOUGH:
        return 1.0
    return sum(side.partner[i] is not None for i in content) / len(content)


def _latin(side: Side) -> bool:
    """Whether most words of a side are written in Latin letters, accents aside."""
    return sum(word.form[:1].isascii() for word in side.words) * 2 >= len(side.words)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the variant's whole side where it has nothing to do with the reference's."""
    if segment.kind is not Kind.MATCH or segment.role is Role.FURNITURE or segment.similarity is None:
        return
    if _latin(segment.variant) != _latin(segment.reference):
        return
    if segment.similarity >= _FAR or max(_linked(segment.variant), _linked(segment.reference)) > _LINKED:
        return
    yield Hit(
        Severity.NEUTRAL if segment.profile in (Profile.SUMMARY, Profile.REREPORT) else Severity.CRITICAL,
        "This sentence has nothing to do with the reference's in its place.",
        variant_span=segment.variant.span,
        reference_span=segment.reference.span,
        evidence={"cosine of the sentences": round(segment.similarity, 2)},
        confidence=0.9,
    )


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The mayor spoke first. The council closed the old bridge over the river on Monday. Nobody was hurt.",
            "The mayor spoke first. ⟦The trains were late again because of engineering works near the tunnel.⟧ "
            "Nobody was hurt.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The mayor spoke first. The company raised its prices by ten per cent in March. Nobody complained.",
            "The mayor spoke first. Whatever the firm sells became a tenth dearer that spring. Nobody complained.",
        ),
    ),
)
