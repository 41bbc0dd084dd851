"""Two events are told in the other order: "after entering the ministry" for "before joining the ministry".

Each side tells by "before", "until", "after", "once" or "following" which of two events comes first. What comes first
in the reference comes last in the variant, by the words of both events, because the one word stands where the reference
has the other. Nothing is said where the words of an event stand on both sides of the order.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._numbers import MONTHS, WEEKDAYS, is_number_word
from evaltool.rules._polarity import is_negator
from evaltool.rules._units import size_of
from evaltool.words import AlignedSegment, Side

#: What follows comes last, or first.
_BEFORE, _AFTER = frozenset(["before"]), frozenset("after once following".split())
_THEN = frozenset("then later subsequently afterwards afterward thereafter".split())
#: Words for the one order and for the other, and the words behind them of which one must be the same.
_KINDS = (frozenset(["before", "until"]), _AFTER)
_NEXT = 2
_DEGREES = frozenset("later earlier early late shortly soon just only already long immediately".split())
_NOT_UNTIL = 12  # words before "until" among which its negator stands
_PARTS = ";:"


class _Order(NamedTuple):
    """Two events of a side, as the indexes of their words, and the index of the word that tells their order."""

    first: tuple[int, ...]
    second: tuple[int, ...]
    at: int


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each order of events that is turned round."""
    if segment.kind is not Kind.MATCH:
        return
    theirs = _orders(segment.reference)
    for said in _orders(segment.variant) if theirs else ():
        turned = None
        for due in theirs:
            straight = _linked(segment, said.first, due.first), _linked(segment, said.second, due.second)
            crossed = _linked(segment, said.first, due.second), _linked(segment, said.second, due.first)
            if min(straight):
                turned = None
                break
            if min(crossed) and sum(crossed) > sum(straight) and _same_word(segment, said, due):
                turned = due
        if turned is not None:
            yield _hit(segment, said, turned)
            return


@lru_cache(maxsize=64)
def _orders(side: Side) -> tuple[_Order, ...]:
    """The orders of two events that a side tells."""
    found = []
    for k, word in enumerate(side.words):
        first, last = sentence(side, k, _PARTS)
        order: tuple[range, range] | None = None
        if word.form in _BEFORE | _AFTER and k < last:
            order = _joined(side, k, first, last, then=word.form in _BEFORE)
        elif word.form == "until" and first < k < last:
            order = _not_until(side, k, first, last)
        if order is not None:
            earlier, later = (tuple(j for j in part if _tells(side, j)) for part in order)
            if earlier and later:
                found.append(_Order(earlier, later, k))
    return tuple(found)


def _joined(side: Side, k: int, first: int, last: int, *, then: bool) -> tuple[range, range] | None:
    """(earlier, later) of "X before Y" and "Before Y, X"; the same of "after" with the two exchanged."""
    behind = side.words[k + 1]
    dated = behind.is_number or behind.form in MONTHS | WEEKDAYS
    if dated or (k > first and (is_negator(side.words[k - 1]) or side.words[k - 1].form in ("and", "or", "as"))):
        return None  # "before 2010", "not before the vote", "before and after"
    if side.words[k].form == "following" and (k > first and "," not in gap(side, k - 1, k)):
        return None  # "the following day"
    opening = all(not _tells(side, j) for j in range(first, k))
    near = sentence(side, k, ",")[1]
    if opening and near < last:
        main, clause = range(near + 1, last + 1), range(k + 1, near + 1)
    elif opening:
        return None
    else:
        start = sentence(side, k - 1, ",")[0] if "," not in gap(side, k - 1, k) else first
        end = next((j for j in range(k + 2, near + 1) if side.words[j].form in ("and", "but")), near + 1)
        main, clause = range(start, k), range(k + 1, end)
        if not any(_tells(side, j) for j in main):
            main = range(first, k)
    if any(is_negator(side.words[j]) for j in main):
        return (clause, main) if then else None  # "would not comment before he had read it"
    return (main, clause) if then else (clause, main)


def _not_until(side: Side, k: int, first: int, last: int) -> tuple[range, range] | None:
    """(earlier, later) of "did not do Y until X" and "Not until X did she do Y"."""
    negator = next((j for j in range(k - 1, max(first, k - _NOT_UNTIL) - 1, -1) if is_negator(side.words[j])), None)
    if negator is None or side.words[k + 1].is_number or side.words[k + 1].form in MONTHS | WEEKDAYS:
        return None
    if negator == k - 1:
        did = next((j for j in range(k + 1, last) if side.words[j].form == "did"), None)
        return (range(k + 1, did), range(did + 1, last + 1)) if did is not None else None
    return range(k + 1, sentence(side, k, ",")[1] + 1), range(first, k)


def _tells(side: Side, j: int) -> bool:
    """Whether a word says something of an event: no name, number, time or word of order."""
    word = side.words[j]
    unit = size_of(word)
    timely = (unit is not None and unit[0] == "time") or word.form in _DEGREES | _THEN | _AFTER | _BEFORE
    named = word.is_capitalised and not word.initial
    return word.is_content and not (timely or named or is_number_word(word.form))


def _linked(segment: AlignedSegment, ours: tuple[int, ...], theirs: tuple[int, ...]) -> int:
    """How many words of an event are those of another one."""
    mine, others = segment.variant, segment.reference
    lemmas = {others.words[k].lemma for k in theirs}
    return sum(mine.partner[k] in theirs or mine.words[k].lemma in lemmas for k in ours)


def _same_word(segment: AlignedSegment, said: _Order, due: _Order) -> bool:
    """Whether a word for the one order stands where the reference has one for the other: before the same event."""
    mine, others = segment.variant, segment.reference
    kinds = [next((k for k in _KINDS if s.words[o.at].form in k), None) for s, o in ((mine, said), (others, due))]
    if None in kinds or kinds[0] == kinds[1]:
        return False
    ours, theirs = (tuple(k for k in (*o.first, *o.second) if k > o.at) for o in (said, due))
    opposed = any(
        lexicon.antonyms(mine.words[i].lemma, others.words[j].lemma) for i in ours[:_NEXT] for j in theirs[:_NEXT]
    )  # "before it closed", "after it opened"
    return not opposed and _linked(segment, ours[:_NEXT], theirs[:_NEXT]) > 0


def _hit(segment: AlignedSegment, said: _Order, due: _Order) -> Hit:
    spans = []
    for side, order in ((segment.variant, said), (segment.reference, due)):
        last = next((j for j in range(order.at + 1, len(side.words)) if _tells(side, j)), order.at)
        spans.append(Span(side.words[order.at].span.start, side.words[last].span.end))
    meant = spans[1].of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference tells the two events in the other order (“{meant}”); here it is"
        f" “{spans[0].of(segment.variant.text)}”.",
        variant_span=spans[0],
        reference_span=spans[1],
        evidence={"said": spans[0].of(segment.variant.text)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.DATE_TIME,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "She studied law in Leiden before joining the foreign ministry.",
            "She read law at Leiden ⟦after entering⟧ the foreign ministry.",
        ),
        Example("He would not comment before he had read it.", "He would not comment until he had read it."),
        Example(
            "She studied law in Leiden before joining the foreign ministry.",
            "She joined the foreign ministry after studying law in Leiden.",
        ),
    ),
)
