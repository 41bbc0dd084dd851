"""The figures of a sentence are lost: the variant gives none of them, here or anywhere.

A sentence of the reference gives two figures or more (no years, dates or small numbers), and no number of the variant
is the same, in digits or in words, rounded or in another unit: what the sentence reported is gone, though another
sentence stands in its place. Single numbers are changed-number's.

Severity: major; neutral in a summary, which may leave out.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._units import converted
from evaltool.words import AlignedSegment

#: Numbers up to this one are often said in other ways ("both", "a dozen").
_SMALL = 12
#: A share this close to what another one leaves is that one told by the rest: 71% voted, 29% did not.
_REST = 0.005
#: A figure this close to one of the variant's is that one rounded.
_ROUNDED = 0.1


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the figures of a matched sentence, where all of them are lost."""
    if segment.kind is not Kind.MATCH or segment.role is Role.FURNITURE:
        return
    figures = [q for q in quantities_of(segment.reference) if _is_figure(q)]
    if len({q.value for q in figures}) < 2 or any(_given(q, segment) for q in figures):
        return
    span = Span(figures[0].span.start, figures[-1].span.end)
    yield Hit(
        Severity.NEUTRAL if segment.profile is Profile.SUMMARY else Severity.MAJOR,
        f"The reference gives {len(figures)} figures here (“{span.of(segment.reference.text)}”); the variant gives none"
        " of them anywhere.",
        reference_span=span,
        evidence={"figures lost": len(figures)},
        confidence=0.85,
    )


def _is_figure(q: Quantity) -> bool:
    return q.digits and not q.year and q.kind in ("count", "share") and (q.kind == "share" or q.value > _SMALL)


def _given(q: Quantity, segment: AlignedSegment) -> bool:
    """Whether some number of the whole variant says the same."""
    words, others = segment.reference.words, segment.whole_variant.words
    return any(
        agrees(other, q)
        or converted(other, others, q, words)
        or abs(other.value - q.value) <= _ROUNDED * q.value
        or (q.kind == other.kind == "share" and abs(1 - other.value - q.value) < _REST)
        for other in quantities_of(segment.whole_variant)
    )


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    examples=(
        Example(
            "Two farms were cut off. Some ⟦125 soldiers and 148⟧ volunteers were sent to the valley on Monday.",
            "Two farms were cut off. The army sent many soldiers to help, and neighbours came too.",
            severity=Severity.MAJOR,
        ),
        Example(
            "Some 125 soldiers and 148 volunteers were sent to the valley on Monday.",
            "Nearly 130 soldiers and 150 volunteers went to the valley on Monday.",
        ),
        Example(
            "Turnout was 71%, up from 64% at the last election.", "Of the voters 29% stayed away, after 36% last time."
        ),
    ),
)
