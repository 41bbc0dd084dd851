"""An age is told with "have" ("the player has 74 years"), which English says with "be".

The reference tells the same number as an age ("is 74", "aged 74", "74-year-old").

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._numbers import quantities_of
from evaltool.words import AlignedSegment

_HAVE = frozenset("has have had".split())
_AGED = r"(?:\b(?:is|are|was|were|aged|age of|turned)\s+{0}\b(?!\s*(?:%|per))|\b{0}[- ]years?[- ]old|,\s*{0},)"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each age told with "have"."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or not _HAVE & side.forms:
        return
    for q in quantities_of(side):
        behind = [w.form for w in side.words[q.last + 1 : q.last + 2]]
        tight = q.last + 2 < len(side.words) and gap(side, q.last + 1, q.last + 2) == " "
        ends = not tight or side.words[q.last + 2].form not in ("of", "to", "left", "in", "old")
        led = q.first > 0 and side.words[q.first - 1].form in _HAVE
        number = regex.escape(q.span.of(side.text))
        if led and behind == ["years"] and ends and regex.search(_AGED.format(number), theirs.quote):
            span = Span(side.words[q.first - 1].span.start, side.words[q.last + 1].span.end)
            yield Hit(
                Severity.MINOR,
                f"“{span.of(side.text)}” tells no age in English: somebody is so old.",
                variant_span=span,
                evidence={"age": q.value},
                confidence=0.9,
            )


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The player, who is 74, left.", "The player, who ⟦has 74 years⟧, left.", severity=Severity.MINOR),
        Example("The player is 74.", "The player is 74 years old."),
        Example("The firm is 74 today.", "The firm has 74 years of experience today."),
    ),
)
