"""The two sides of a comparison have changed places: "more inhabitants than bicycles" for the other way round.

Both texts compare two things with "more … than", "fewer … than" or "less … than". The same word with the things
exchanged, or the opposite word with the things in their places, says the contrary; so does "for more than it had cost"
for "for less than it had cost". Nothing is said where numbers are compared, which is a matter of changed-bound, or
where one side denies it.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._numbers import quantities_of
from evaltool.rules._polarity import is_negator
from evaltool.words import AlignedSegment, Side

_MORE = {"more": 1, "fewer": -1, "less": -1}
_MARKS = ",;:()—–"
_LONGEST = 4  # words between "more" and "than", and behind "than" up to what is compared
_BEFORE = 4  # words before in which a negator denies it


class _Comparison(NamedTuple):
    """A comparison: its first word, its "than", which way, the lemmas of what is more and of what it is more than."""

    at: int
    than: int
    way: int
    one: str
    other: str


@lru_cache(maxsize=64)
def _comparisons(side: Side) -> tuple[_Comparison, ...]:
    found = []
    for k, word in enumerate(side.words[:-2]):
        if word.form not in _MORE or any(is_negator(w) for w in side.words[max(0, k - _BEFORE) : k]):
            continue
        _, last = sentence(side, k, _MARKS)
        than = next((n for n in range(k + 1, min(last, k + 1 + _LONGEST) + 1) if side.words[n].form == "than"), None)
        if than is None or than >= last:
            continue
        behind = range(than + 1, min(last, than + _LONGEST) + 1)
        other = next((n for n in behind if side.words[n].is_content), None)
        one = [w.lemma for w in side.words[k + 1 : than] if w.is_content][-1:]
        counted = other is not None and any(k < q.first <= other for q in quantities_of(side))
        if other is not None and not counted and not asks(side, k):
            found.append(_Comparison(k, than, _MORE[word.form], one[0] if one else "", side.words[other].lemma))
    return tuple(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first comparison that is turned round."""
    if segment.kind is not Kind.MATCH or not {"than"} & segment.variant.forms & segment.reference.forms:
        return
    ours, theirs = segment.variant, segment.reference
    for mine in _comparisons(ours):
        for other in _comparisons(theirs):
            same = (mine.one, mine.other) == (other.one, other.other)
            crossed = bool(mine.one) and (mine.one, mine.other) == (other.other, other.one)
            if not (same and mine.way != other.way) and not (crossed and mine.way == other.way):
                continue
            said, meant = _span(ours, mine), _span(theirs, other)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: the comparison is"
                " turned round.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(theirs.text),
                evidence={"case": "things exchanged" if crossed else "opposite word"},
                confidence=0.85,
            )
            return


def _span(side: Side, found: _Comparison) -> Span:
    return Span(side.words[found.at].span.start, side.words[found.than + 1].span.end)


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The city has more bicycles than inhabitants.",
            "The city has ⟦more inhabitants than bicycles⟧.",
            severity=Severity.CRITICAL,
        ),
        Example("It was sold for less than it had cost.", "It was sold for ⟦more than it⟧ had cost."),
        Example("The city has more bicycles than inhabitants.", "The city has fewer inhabitants than bicycles."),
        Example("The city has more bicycles than inhabitants.", "Bicycles outnumber inhabitants in the city."),
    ),
)
