"""A growth or a fall is of another size in words: "rose fivefold" for "rose by a fifth", "by a third" for "tripled".

Compared are how many times as much something becomes ("double", "tenfold", "halve") and by what share it changes ("by
a fifth", "rose 20 percent"), where each text has one of them. Equal are a doubling and a rise by 100 percent, a halving
and a fall by half; figures close to each other are accepted.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import quantities_of
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_TIMES = {
    "double": 2.0, "twofold": 2.0, "triple": 3.0, "treble": 3.0, "threefold": 3.0, "quadruple": 4.0, "fourfold": 4.0,
    "quintuple": 5.0, "fivefold": 5.0, "sixfold": 6.0, "sevenfold": 7.0, "eightfold": 8.0, "ninefold": 9.0,
    "tenfold": 10.0, "halve": 0.5,
}  # fmt: skip
#: Forms without which no text has a multiple.
_MULTIPLES = frozenset(
    f"{stem}{ending}"
    for stem in ("doubl", "tripl", "trebl", "quadrupl", "quintupl", "halv")
    for ending in ("e", "es", "ed", "ing")
) | frozenset(_TIMES)
_RISING = frozenset("rise grow increase climb jump surge soar swell expand leap gain up increase raise".split())
_FALLING = frozenset("fall drop decline decrease shrink cut reduce down plunge slump sink lower slash".split())
_NEAR = 4  # words between a verb and "by a fifth"
_ROUNDED = 0.15


class _Growth(NamedTuple):
    """How many times as much something becomes, said as a multiple or by a share."""

    times: float
    first: int
    last: int
    multiple: bool


@lru_cache(maxsize=64)
def _growths(side: Side) -> tuple[_Growth, ...]:
    found = []
    for k, word in enumerate(side.words):
        times = _TIMES.get(word.form) or _TIMES.get(verb_lemma(word))
        if times is not None:
            found.append(_Growth(times, k, k, multiple=True))
    for q in quantities_of(side):
        start = q.first - q.hedge_words
        if q.kind != "share" or not start:
            continue
        start -= side.words[start - 1].form in ("a", "an")
        by = side.words[start - 1].form == "by"
        first, _ = sentence(side, q.first)
        before = range(start - 1, max(first, start - _NEAR - 1 if by else start - 1) - 1, -1)
        for k in before:
            lemma = verb_lemma(side.words[k])
            if lemma in _RISING | _FALLING:
                found.append(_Growth(1 + q.value if lemma in _RISING else 1 - q.value, k, q.last, multiple=False))
                break
    return tuple(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield a growth that is of another size."""
    if segment.kind is not Kind.MATCH or not _MULTIPLES & (segment.variant.forms | segment.reference.forms):
        return
    ours, theirs = _growths(segment.variant), _growths(segment.reference)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].multiple == theirs[0].multiple:
        return
    mine, other = ours[0], theirs[0]
    if abs(mine.times - other.times) <= _ROUNDED * max(mine.times, other.times):
        return
    said = Span(segment.variant.words[mine.first].span.start, segment.variant.words[mine.last].span.end)
    meant = Span(segment.reference.words[other.first].span.start, segment.reference.words[other.last].span.end)
    yield Hit(
        Severity.MAJOR,
        f"The reference says “{meant.of(segment.reference.text)}” ({other.times:.3g} times as much); here it is"
        f" “{said.of(segment.variant.text)}” ({mine.times:.3g} times).",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(segment.reference.text),
        evidence={"reference": round(other.times, 3), "variant": round(mine.times, 3)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Exports rose by a fifth to 120 tonnes.", "Exports rose ⟦fivefold⟧ to 120 tonnes."),
        Example("Exports tripled to 120 tonnes.", "Exports ⟦rose by a third⟧ to 120 tonnes.", severity=Severity.MAJOR),
        Example("Exports doubled to 120 tonnes.", "Exports rose by 100 percent to 120 tonnes."),
        Example("The price was halved.", "The price was cut by half."),
    ),
)
