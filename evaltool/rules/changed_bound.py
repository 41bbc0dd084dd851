"""A number stands, and what is said of it is turned round: "more than" for "almost", "up to" for "at least".

Where something rises or falls, "by" a number and "to" a number are two things: one is the change, the other the result.
A lower bound in the reference (more than, at least, over) against an upper bound in the variant (almost, up to, less
than), or the other way round. A bound that is dropped or added is not counted here, and neither is an approximation.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.words import AlignedSegment, Side

#: Verbs and nouns of change in amount: a closed class as far as reports of figures go.
_CHANGE = frozenset(
    """
    rise fall increase decrease cut reduce reduction raise lower grow growth shrink drop climb gain decline slash trim
    jump slump surge plunge double widen narrow expand bring push slip dip soar plummet rose fell grew
    """.split()
)
_NEAR = 6  # words before the number among which the word of change stands


def _with_hedge(side: Side, q: Quantity) -> Span:
    """The quantity with the words that bound it."""
    first = q.first - 1 if q.first and side.words[q.first - 1].is_sign else q.first
    return Span(side.words[max(0, first - q.hedge_words)].span.start, q.span.end)


def _by_or_to(side: Side, q: Quantity) -> tuple[str, Span] | None:
    """("by" or "to", span with the number) where a word of change stands shortly before, or None."""
    first = q.first - 1 if q.first and side.words[q.first - 1].is_sign else q.first
    at = first - q.hedge_words - 1
    if at < 0 or side.words[at].form not in ("by", "to"):
        return None
    if not any(w.lemma in _CHANGE or w.form in _CHANGE for w in side.words[max(0, at - _NEAR) : at]):
        return None
    if side.words[at].form == "to" and any(w.form == "from" for w in side.words[max(0, at - _NEAR) : at]):
        return None  # "by a third, from 6 to 4"
    return side.words[at].form, Span(side.words[at].span.start, q.span.end)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number whose bound is turned round."""
    if segment.kind is not Kind.MATCH:
        return
    ours = quantities_of(segment.variant)
    theirs = quantities_of(segment.reference)
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) != 1 or sum((o.value, o.kind) == (q.value, q.kind) for o in ours) != 1:
            continue  # the same number twice: nothing says which is which
        (t,) = same
        if (how := _by_or_to(segment.variant, q)) and (due := _by_or_to(segment.reference, t)) and how[0] != due[0]:
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{due[1].of(segment.reference.text)}”; here it is"
                f" “{how[1].of(segment.variant.text)}”: the one is a change, the other its result.",
                variant_span=how[1],
                reference_span=due[1],
                suggestion=due[1].of(segment.reference.text),
                evidence={"value": q.value},
                confidence=0.9,
            )
            continue
        if not ((t.above and q.below and not q.above) or (t.below and q.above and not q.below)):
            continue
        said, meant = _with_hedge(segment.variant, q), _with_hedge(segment.reference, t)
        if said.of(segment.variant.text).casefold() == meant.of(segment.reference.text).casefold():
            continue  # only what stands before differs: "neither earned over 12,000"
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
        Example("The board cut the budget by £18m.", "The board cut the budget ⟦to £18m⟧."),
        Example("More than 1,000 homes lost power.", "Over 1,000 homes lost power."),
        Example("They expect up to 200 guests.", "They expect as many as 200 guests."),
        Example("It took almost seven hours.", "It took nearly seven hours."),
    ),
)
