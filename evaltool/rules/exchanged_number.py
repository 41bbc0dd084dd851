"""One and several have changed places: "two daughters and a son" for "two sons and a daughter".

Both texts count the same two nouns, the one as one ("a", "one") and the other as more; in the variant the noun of which
there is one is that of which the reference has more, with the same number.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._numbers import quantities_of
from evaltool.words import AlignedSegment, Side

_ONE = frozenset("a an one".split())
_APART = 4  # words between the two nouns, at most


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first two nouns whose numbers have changed places."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    for mine in _pairs(ours):
        for other in _pairs(theirs):
            lemmas = [side.words[k].lemma for side, found in ((ours, mine), (theirs, other)) for k in found[:2]]
            if lemmas[:2] != lemmas[:1:-1] or lemmas[0] == lemmas[1] or mine[2] != other[2]:
                continue
            said, meant = _span(ours, mine), _span(theirs, other)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(theirs.text),
                evidence={"number": mine[2]},
                confidence=0.85,
            )
            return


def _pairs(side: Side) -> list[tuple[int, int, float]]:
    """(noun of which there are several, noun of which there is one, how many) of nouns near each other."""
    several = []
    for q in quantities_of(side):
        noun = q.last + 1
        if q.kind == "count" and q.value > 1 and noun < len(side.words) and gap(side, q.last, noun) == " ":
            several.append((noun, q.value))
    single = [
        k + 1
        for k, word in enumerate(side.words[:-1])
        if word.form in _ONE and side.words[k + 1].is_content and gap(side, k, k + 1) == " "
    ]
    return [
        (noun, one, value)
        for noun, value in several
        for one in single
        if abs(noun - one) <= _APART and side.words[noun].is_content
    ]


def _span(side: Side, found: tuple[int, int, float]) -> Span:
    first, last = sorted(found[:2])
    return Span(side.words[first - 1].span.start, side.words[last].span.end)


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("She has two sons and a daughter.", "She has ⟦two daughters and a son⟧.", severity=Severity.MAJOR),
        Example("She has two sons and a daughter.", "She has a daughter and two sons."),
        Example("She has two sons and a daughter.", "She has a daughter, and she has two sons."),
    ),
)
