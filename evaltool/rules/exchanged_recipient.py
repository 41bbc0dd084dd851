"""Who gives and who gets have changed places: "the customers must repay it to the bank" for the other way round.

Both texts have the same verb of giving, telling or owing with the same two parties: the subject before it, and whom it
goes to behind "to", or behind "owe" without one. In the variant the one stands where the other stands in the reference.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.words import AlignedSegment, Side

_GIVING = frozenset(
    """
    give pay repay return sell lend hand send offer owe transfer explain apologise apologize surrender complain write
    speak report pass deliver donate award grant concede lose rent lease promise
    """.split()
)
_DETERMINERS = frozenset("the a an his her its their this that all both".split())
_MARKS = ";:()—–"
_REACH, _PHRASE = 8, 4  # words behind the verb up to "to"; words of a noun phrase


class _Gift(NamedTuple):
    """A verb of giving with its subject and the one it goes to: indexes of their nouns."""

    verb: int
    lemma: str
    giver: int
    taker: int


@lru_cache(maxsize=64)
def _gifts(side: Side) -> tuple[_Gift, ...]:
    found = []
    for k, word in enumerate(side.words):
        lemma = word.lemma
        if lemma not in _GIVING or (word.is_capitalised and not word.initial):
            continue
        first, last = sentence(side, k, _MARKS)
        giver = _phrase(side, first, k)
        to = next((n for n in range(k + 1, min(last, k + _REACH) + 1) if side.words[n].form == "to"), None)
        start = k + 1 if lemma == "owe" and to is None else None if to is None else to + 1
        taker = _phrase(side, start, last + 1) if start is not None else None
        if giver is not None and taker is not None and not asks(side, k):
            found.append(_Gift(k, lemma, giver, taker))
    return tuple(found)


def _phrase(side: Side, start: int, end: int) -> int | None:
    """The last word of the noun phrase that begins at a word."""
    found = None
    for k in range(start, min(start + _PHRASE, end)):
        word = side.words[k]
        if k > start and gap(side, k - 1, k) != " ":
            break
        if word.is_content and not word.is_number and not word.form.endswith("ed"):
            found = k
        elif word.form not in _DETERMINERS:
            break
    return found


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first giver that is the taker."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    for mine in _gifts(ours):
        for other in _gifts(theirs):
            here = ours.words[mine.giver].lemma, ours.words[mine.taker].lemma
            there = theirs.words[other.giver].lemma, theirs.words[other.taker].lemma
            if mine.lemma != other.lemma or here != there[::-1] or here[0] == here[1]:
                continue
            first, last = sorted((mine.giver, mine.taker))
            start, end = sorted((other.giver, other.taker))
            said = Span(ours.words[first].span.start, ours.words[last].span.end)
            meant = Span(theirs.words[start].span.start, theirs.words[end].span.end)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: who gives and who"
                " gets is reversed.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(theirs.text),
                evidence={"verb": mine.lemma},
                confidence=0.85,
            )
            return


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The bank has been told to repay the money to its customers.",
            "The ⟦customers have been told to repay the money to the bank⟧.",
            severity=Severity.CRITICAL,
        ),
        Example("The club sold its stand to the council.", "The ⟦council sold its stand to the club⟧."),
        Example("The club sold its stand to the council.", "The council bought the stand from the club."),
    ),
)
