"""A measure is of something else: "40 metres long" for "40 metres deep".

The same number with its unit stands before "deep", "long", "wide", "high", "thick", "away" or the like in both texts,
or behind "a depth of" and the like, but says how far in another direction.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side

_ADJECTIVES = {
    "deep": "depth", "long": "length", "wide": "width", "broad": "width", "high": "height", "tall": "height",
    "thick": "thickness", "away": "distance", "apart": "distance", "tallest": "height", "across": "width",
}  # fmt: skip
_NOUNS = {
    "depth": "depth", "length": "length", "width": "width", "breadth": "width", "height": "height",
    "thickness": "thickness", "distance": "distance", "diameter": "width", "altitude": "height",
}  # fmt: skip
_MEASURING = frozenset(_ADJECTIVES) | frozenset(_NOUNS)
_NEAR = 3  # words between a number and what it says


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number that measures something else."""
    both = segment.variant.forms, segment.reference.forms
    if segment.kind is not Kind.MATCH or any(_MEASURING.isdisjoint(forms) for forms in both):
        return
    ours, theirs = _measured(segment.variant), _measured(segment.reference)
    for q, mine, at in ours:
        same = [(what, there) for t, what, there in theirs if t.value == q.value]
        if len(same) != 1 or same[0][0] == mine or any(what == mine for _, what, _ in theirs):
            continue
        said, meant = at, same[0][1]
        yield Hit(
            Severity.MAJOR,
            f"The reference gives a {same[0][0]} (“{meant.of(segment.reference.text)}”); here it is a {mine}:"
            f" “{said.of(segment.variant.text)}”.",
            variant_span=said,
            reference_span=meant,
            suggestion=meant.of(segment.reference.text),
            evidence={"reference": same[0][0], "variant": mine},
            confidence=0.85,
        )


def _measured(side: Side) -> list[tuple[Quantity, str, Span]]:
    """(number, what it measures, where) of the lengths of a side that say so."""
    found = []
    for q in quantities_of(side):
        unit = unit_of(side.words, q)
        if unit is None or unit[0] != "length":
            continue
        first, last = sentence(side, q.first, ",;:()—–")
        behind = next((k for k in range(q.last + 1, min(last, q.last + 2) + 1) if side.words[k].form in _ADJECTIVES), 0)
        before = [k for k in range(max(first, q.first - _NEAR), q.first) if side.words[k].form in _NOUNS]
        if behind:
            found.append((q, _ADJECTIVES[side.words[behind].form], Span(q.span.start, side.words[behind].span.end)))
        elif before:
            at = before[-1]
            found.append((q, _NOUNS[side.words[at].form], Span(side.words[at].span.start, q.span.end)))
    return found


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The wreck lies 40 metres deep.", "The wreck is ⟦40 metres long⟧.", severity=Severity.MAJOR),
        Example("The mine reaches a depth of 300 feet.", "The mine is ⟦300 feet wide⟧."),
        Example("The mine reaches a depth of 300 feet.", "The mine is 300 feet deep."),
        Example("The wall is 4 metres high.", "The wall has a height of 4 metres."),
    ),
)
