"""A number stands, and what is said of it is turned round: "more than" for "almost", "up to" for "at least".

A lower bound in the reference (more than, at least, over) against an upper bound in the variant (almost, up to, less
than), or the other way round. A bound that is dropped or added is not counted here, and neither is an approximation.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._numbers import Quantity, quantities
from evaltool.words import AlignedSegment, Side


def _with_hedge(side: Side, q: Quantity) -> Span:
    """The quantity with the words that bound it."""
    first = q.first - 1 if q.first and side.words[q.first - 1].is_sign else q.first
    return Span(side.words[max(0, first - q.hedge_words)].span.start, q.span.end)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number whose bound is turned round."""
    if segment.kind is not Kind.MATCH:
        return
    ours = quantities(segment.variant.words, segment.variant.text)
    theirs = quantities(segment.reference.words, segment.reference.text)
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) != 1 or sum((o.value, o.kind) == (q.value, q.kind) for o in ours) != 1:
            continue  # the same number twice: nothing says which is which
        (t,) = same
        if not ((t.above and q.below and not q.above) or (t.below and q.above and not q.below)):
            continue
        said, meant = _with_hedge(segment.variant, q), _with_hedge(segment.reference, t)
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{meant.of(segment.reference.text)}”; here it is “{said.of(segment.variant.text)}”:"
            " the bound is turned round.",
            variant_span=said,
            reference_span=meant,
            suggestion=meant.of(segment.reference.text),
            evidence={"value": q.value},
            confidence=0.9,
        )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("More than 1,000 homes lost power.", "⟦Nearly 1,000⟧ homes lost power."),
        Example("They expect up to 200 guests.", "They expect ⟦at least 200⟧ guests."),
        Example("More than 1,000 homes lost power.", "Over 1,000 homes lost power."),
        Example("They expect up to 200 guests.", "They expect as many as 200 guests."),
        Example("It took almost seven hours.", "It took nearly seven hours."),
    ),
)
