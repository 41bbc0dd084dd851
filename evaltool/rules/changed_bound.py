"""A number stands, and what is said of it is turned round: "more than" for "almost", "up to" for "at least".

Where something rises or falls, "by" a number and "to" a number are two things: one is the change, the other the result
("rose 6%" is "rose by 6%").
A lower bound in the reference (more than, at least, over) against an upper bound in the variant (almost, up to, less
than, within), or the other way round; "all but five" against five. A bound that is dropped or added is not counted
here, and neither is an approximation.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._polarity import is_denial
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side

#: Verbs and nouns of change in amount: a closed class as far as reports of figures go.
_CHANGE = frozenset(
    """
    rise fall increase decrease cut reduce reduction raise lower grow growth shrink drop climb gain decline slash trim
    jump slump surge plunge double widen narrow expand bring push slip dip soar plummet rose fell grew
    """.split()
)
_LITERAL = 0.5
_NEAR = 6  # words before the number among which the word of change stands


def _with_hedge(side: Side, q: Quantity) -> Span:
    """The quantity with the words that bound it."""
    first = q.first - 1 if q.first and side.words[q.first - 1].is_sign else q.first
    return Span(side.words[max(0, first - q.hedge_words)].span.start, q.span.end)


def _by_or_to(side: Side, q: Quantity) -> tuple[str, Span] | None:
    """("by" or "to", span with the number) where a word of change stands shortly before, or None."""
    first = q.first - 1 if q.first and side.words[q.first - 1].is_sign else q.first
    at = first - q.hedge_words - 1
    if at < 0:
        return None
    if q.kind == "share" and (side.words[at].lemma in _CHANGE or side.words[at].form in _CHANGE):
        return "by", Span(side.words[at].span.start, q.span.end)  # "rose 6%"
    if side.words[at].form not in ("by", "to"):
        return None
    if not any(w.lemma in _CHANGE or w.form in _CHANGE for w in side.words[max(0, at - _NEAR) : at]):
        return None
    if side.words[at].form == "to" and any(w.form == "from" for w in side.words[max(0, at - _NEAR) : at]):
        return None  # "by a third, from 6 to 4"
    return side.words[at].form, Span(side.words[at].span.start, q.span.end)


def _bounds(side: Side, q: Quantity) -> tuple[bool, bool]:
    """(from below, from above) that a number is bounded; "within 15 km" bounds a distance, "within 24 hours" a time."""
    unit = unit_of(side.words, q)
    near = q.first and side.words[q.first - 1].form == "within" and unit is not None and unit[0] == "length"
    return q.above, q.below or bool(near)


def _all_but(side: Side, q: Quantity) -> bool:
    """Whether a number says how many are left out: "all but five"."""
    return [w.form for w in side.words[max(0, q.first - 2) : q.first]] == ["all", "but"]


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number whose bound is turned round."""
    if segment.kind is not Kind.MATCH:
        return
    mine, others = segment.variant, segment.reference
    ours, theirs = quantities_of(mine), quantities_of(others)
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) != 1 or sum((o.value, o.kind) == (q.value, q.kind) for o in ours) != 1:
            continue  # the same number twice: nothing says which is which
        (t,) = same
        if (how := _by_or_to(mine, q)) and (due := _by_or_to(others, t)) and how[0] != due[0]:
            yield _hit(segment, q, how[1], due[1], "the one is a change, the other its result")
            continue
        if _all_but(mine, q) != _all_but(others, t):
            said, meant = _with_words(mine, q, 2 * _all_but(mine, q)), _with_words(others, t, 2 * _all_but(others, t))
            denied = any(is_denial(side, k) for side, x in ((mine, q), (others, t)) for k in _said_of(side, x))
            if segment.literalness >= _LITERAL and not denied:
                yield _hit(segment, q, said, meant, "the one counts the rest")
            continue
        (above, below), (due_above, due_below) = _bounds(mine, q), _bounds(others, t)
        if not ((due_above and below and not above) or (due_below and above and not below)):
            continue
        within = below and not q.below, due_below and not t.below
        said, meant = _with_words(mine, q, within[0]), _with_words(others, t, within[1])
        if said.of(mine.text).casefold() == meant.of(others.text).casefold():
            continue  # only what stands before differs: "neither earned over 12,000"
        yield _hit(segment, q, said, meant, "the bound is turned round")


def _said_of(side: Side, q: Quantity) -> range:
    """Indexes of the words behind a number in its clause, which say what is true of those counted."""
    return range(q.last + 1, sentence(side, q.first, ",;:")[1] + 1)


def _with_words(side: Side, q: Quantity, more: int) -> Span:
    """A quantity with the words that bound it, and so many more before them."""
    span = _with_hedge(side, q)
    return Span(side.words[max(0, q.first - q.hedge_words - more)].span.start, span.end) if more else span


def _hit(segment: AlignedSegment, q: Quantity, said: Span, meant: Span, why: str) -> Hit:
    ours, theirs = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{theirs}”; here it is “{ours}”: {why}.",
        variant_span=said,
        reference_span=meant,
        suggestion=theirs,
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
        Example("Exports rose 6% in May.", "Exports rose ⟦to 6%⟧ in May."),
        Example("They must stay at least 15 km from it.", "They must stay ⟦within 15⟧ km of it."),
        Example("Only five of the 21 banks saw it coming.", "⟦All but five⟧ of the 21 banks saw it coming."),
        Example("Only five of the 21 banks saw it coming.", "All but five of the 21 banks failed to see it."),
        Example("More than 1,000 homes lost power.", "Over 1,000 homes lost power."),
        Example("They expect up to 200 guests.", "They expect as many as 200 guests."),
        Example("It took almost seven hours.", "It took nearly seven hours."),
    ),
)
