"""Numbers that the other side gives in another form: as a rank, a clock time, a total, or as part of a code."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import regex

from evaltool.rules._dates import date_parts
from evaltool.rules._numbers import Quantity, agrees
from evaltool.words import Side

_RANKS = frozenset(["count", "ordinal", "date"])
_ENDINGS = frozenset("st nd rd th".split())
_POINTED = regex.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_NOON = 12
#: So many groups of digits in a row are a telephone number or another code, which may be grouped otherwise.
_CODE = 3
#: How many words may stand from a part to its whole: "two of the town's nine".
_PARTITIVE = 5
_SEPARATORS = frozenset(" -‑().+\u00a0")


def restated(side: Side, quantity: Quantity, other: Side, others: Sequence[Quantity]) -> bool:
    """Whether a number of one side stands on the other one in another form.

    Args:
        side: where the number stands.
        quantity: the number.
        other: the other side.
        others: the numbers of the other side.
    """
    return _ranked(side, quantity, other, others) or _pointed(side, quantity, other) or _in_code(side, quantity)


def worked_out(side: Side, quantity: Quantity, parts: Sequence[Quantity], own: Sequence[Quantity]) -> bool:
    """Whether a number is the sum of two numbers of the other side, or their difference.

    Both must stand beside a sum or have both given way to it. Both must stand beside a difference, but for a vote
    ("3-2" of five) and for what something changed by.

    Args:
        side: where the number stands.
        quantity: the number.
        parts: the numbers of the other side.
        own: the numbers of the number's own side.
    """
    kind = quantity.kind
    counts = [p for p in parts if p.kind == kind in ("count", "share") and not p.year and p.value > 0]
    given = {id(p) for p in counts if any(agrees(o, p) for o in own)}
    before = side.words[quantity.first - quantity.hedge_words - 1].form if quantity.first > quantity.hedge_words else ""

    def is_difference(a: Quantity, b: Quantity) -> bool:
        if not math.isclose(abs(a.value - b.value), quantity.value) or is_whole(side, quantity):
            return False
        both = {id(a), id(b)}
        less = min(a, b, key=lambda p: p.value)
        score = any(_score(side, quantity, o) and agrees(o, less) for o in own)
        return both <= given or score or (before == "by" and not both.isdisjoint(given))

    readings = [quantity.value, quantity.million or quantity.value]
    return any(
        (any(math.isclose(a.value + b.value, value) for value in readings) and (id(a) in given) == (id(b) in given))
        or is_difference(a, b)
        for a, b in combinations(counts, 2)
    )


def _score(side: Side, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are a result: "3-2", "three to two"."""
    first, second = sorted((one, other), key=lambda q: q.first)
    between = side.text[first.span.end : second.span.start].strip() if one is not other else ""
    return between in ("-", "–", "to", "against")


def is_whole(side: Side, whole: Quantity) -> bool:
    """Whether an "of" stands shortly before a number, and no other number between: a part of it is meant."""
    for word in reversed(side.words[max(0, whole.first - _PARTITIVE) : whole.first]):
        if word.is_number:
            return False
        if word.form in ("of", "out", "among"):
            return True
    return False


def _ranked(side: Side, quantity: Quantity, other: Side, others: Sequence[Quantity]) -> bool:
    """Whether the number counts on one side and ranks on the other: "every 4 days" and "on the 4th day"."""
    if quantity.kind not in _RANKS or _names(side, quantity):
        return False
    return any(
        o.kind in _RANKS and o.kind != quantity.kind and o.value == quantity.value and not _names(other, o)
        for o in others
    )


def _names(side: Side, quantity: Quantity) -> bool:
    """Whether a rank is part of a name: "the 20th National Congress"."""
    after = next((w for w in side.words[quantity.last + 1 : quantity.last + 3] if w.form not in _ENDINGS), None)
    return quantity.kind == "ordinal" and after is not None and after.is_capitalised and not after.initial


def _pointed(side: Side, quantity: Quantity, other: Side) -> bool:
    """Whether the number is a clock time with a point that the other side writes otherwise: 21.00 and "9 p.m."."""
    match = _POINTED.fullmatch(quantity.span.of(side.text))
    value = f"{int(match[1]) % _NOON}:{match[2]}" if match else ""
    return any((p.kind, p.value) == ("time", value) for p in date_parts(other))


def _in_code(side: Side, quantity: Quantity) -> bool:
    """Whether the number is a group of digits among others, as in a telephone number."""
    words = side.words

    def joined(left: int) -> bool:
        return (
            0 <= left < len(words) - 1
            and words[left].is_number
            and words[left + 1].is_number
            and set(side.text[words[left].span.end : words[left + 1].span.start]) <= _SEPARATORS
        )

    first, last = quantity.first, quantity.last
    while joined(first - 1):
        first -= 1
    while joined(last):
        last += 1
    return sum(w.is_number for w in words[first : last + 1]) >= _CODE
