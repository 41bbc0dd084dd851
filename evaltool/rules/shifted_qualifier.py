"""What is said with one number is said with another one: "four in each group" for "four, two in each group".

Looked at is what stands directly behind a number and narrows it: "each" and "apiece", "including debt", "excluding
rent", "before tax", and "over two years". The reference says it of one number, the variant of another that the
reference has without it.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side, Vocabulary

_SHARING = frozenset(["each", "apiece"])
_NARROWING = frozenset("including excluding before after without".split())
_OVER = frozenset("over in within for during across".split())
_TWO = frozenset(["and", "or", "but", "to"])
_REACH = 4


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each qualifier that has moved to another number."""
    if segment.kind is not Kind.MATCH:
        return
    yield from _other_lengths(segment)
    ours, theirs = _qualified(segment.variant), _qualified(segment.reference)
    figures = quantities_of(segment.reference)
    for what, (q, said) in ours.items():
        if what not in theirs:
            continue
        t, meant = theirs[what]
        if agrees(q, t) or q.kind != t.kind or q.year or t.year:
            continue
        bare = [u for u in figures if u is not t and agrees(q, u)]
        if bare and not any(agrees(o, t) for o in quantities_of(segment.variant)):
            here = said.of(segment.variant.text)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.of(segment.reference.text)}”; here it is “{here}”.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(segment.reference.text),
                evidence={"qualifier": what},
                confidence=0.85,
            )


def _lengths(side: Side | Vocabulary) -> Iterator[tuple[Quantity, Quantity, Span]]:
    """(figure, length of time, span of both) where the one is said to be over the other: "11% over two years"."""
    figures = quantities_of(side)
    for q, length in pairwise(figures):
        between = side.words[q.last + 1 : length.first]
        unit = unit_of(side.words, length)
        if q.kind != "share" or unit is None or unit[0] != "time" or len(between) > _REACH:
            continue
        apart = set(side.text[q.span.end : length.span.start]) & set(",;:()—–.")
        if between and between[-1].form in _OVER and not apart and not any(w.form in _TWO for w in between):
            yield q, length, Span(q.span.start, side.words[length.last + 1].span.end)


def _other_lengths(segment: AlignedSegment) -> Iterator[Hit]:
    """Figures over another length of time than wherever the reference has them."""
    due = list(_lengths(segment.whole_reference))
    for q, length, said in _lengths(segment.variant):
        homes = [h for h in quantities_of(segment.whole_reference) if (h.value, h.kind) == (q.value, q.kind)]
        same = [(t, span) for h, t, span in due if h in homes]
        unit = unit_of(segment.variant.words, length)
        others = [unit_of(segment.whole_reference.words, t) == unit and t.value != length.value for t, _ in same]
        if len(same) == len(homes) == 1 and all(others):
            meant = same[0][1]
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.of(segment.whole_reference.text)}”; here it is"
                f" “{said.of(segment.variant.text)}”.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(segment.whole_reference.text),
                evidence={"value": q.value},
                confidence=0.85,
            )


def _qualified(side: Side) -> dict[str, tuple[Quantity, Span]]:
    """Each qualifier that a side has once -> its number, and the span of both."""
    found: dict[str, tuple[Quantity, Span] | None] = {}
    figures = quantities_of(side)
    for q in figures:
        stop = min([o.first for o in figures if o.first > q.last], default=len(side.words))
        for k in range(q.last + 1, min(stop, q.last + 2 + _REACH, len(side.words))):
            if set(gap(side, k - 1, k)) - set(" \u00a0"):
                break
            form = side.words[k].form
            behind = side.words[k + 1] if k + 1 < len(side.words) else None
            if form in _SHARING:
                what, end = "each", k
            elif form in _NARROWING and behind is not None and behind.is_content and gap(side, k, k + 1) == " ":
                what, end = f"{form} {behind.lemma}", k + 1
            else:
                continue
            found[what] = None if what in found else (q, Span(q.span.start, side.words[end].span.end))
            break
    return {what: at for what, at in found.items() if at is not None}


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The bid values the firm at 5 billion, or 7 billion including debt.",
            "The bid values the firm at ⟦5 billion including debt⟧.",
        ),
        Example("Four pupils left, two in each class.", "⟦Four pupils in each⟧ class left."),
        Example(
            "The union wants 11% over two years; the port offers 6% over three years.",
            "The union wants ⟦11% over three years⟧, and the port offers 6%.",
        ),
        Example("Four pupils left, two in each class.", "Two pupils in each class left, four in all."),
    ),
)
