"""Numbers that the other side gives in another form: as a rank, a clock time, a total, or as part of a code."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import regex

from evaltool.rules._dates import date_parts
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.words import AlignedSegment, Side

_RANKS = frozenset(["count", "ordinal", "date"])
_ENDINGS = frozenset("st nd rd th".split())
_POINTED = regex.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_NOON = 12
#: So many groups of digits in a row are a telephone number or another code, which may be grouped otherwise.
_CODE = 3
#: How many words may stand from a part to its whole: "two of the town's nine".
_PARTITIVE = 5
#: What stands before an amount that is compared with another one: "from 40 to 60", "up on 40".
_COMPARED = frozenset("from by to against with than at on".split())
#: Digits of a group in a number, and the separators of other languages.
_GROUP = 3
_EXCHANGED = str.maketrans(",.", ".,")
#: What says how many times as much something is.
_TIMES = {
    form: n
    for n, forms in enumerate(
        (
            "double doubles doubled doubling twofold twice halve halves halved halving half",
            "triple triples tripled tripling treble trebles trebled trebling threefold thrice",
            "quadruple quadruples quadrupled quadrupling fourfold",
            "quintuple quintupled fivefold",
        ),
        2,
    )
    for form in forms.split()
} | {"tenfold": 10}
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1, "hundredth": 0.01}
#: Between a difference and "than", and how many words may stand there.
_MORE, _LESS = frozenset("more higher up".split()), frozenset("fewer less lower down".split())
_COMPARED_WITH = 4
#: Before what something changed by, from or to.
_ENDS = frozenset("by from to".split())
_ON_TOP = frozenset("other others more further another additional".split())
_SEPARATORS = frozenset(" -‑().+\u00a0")


def restated(side: Side, quantity: Quantity, other: Side, others: Sequence[Quantity]) -> bool:
    """Whether a number of one side stands on the other one in another form.

    Args:
        side: where the number stands.
        quantity: the number.
        other: the other side.
        others: the numbers of the other side.
    """
    return (
        _ranked(side, quantity, other, others)
        or _pointed(side, quantity, other)
        or _in_code(side, quantity)
        or _in_verb(quantity, other)
    )


def _in_verb(quantity: Quantity, other: Side) -> bool:
    """Whether a percentage is what a verb of the other side says: "fell by 50%" for "halved", "up 100%": "doubled"."""
    if quantity.kind != "share":
        return False
    if any(quantity.digits and math.isclose(quantity.value, _FRACTIONS.get(w.form, 0)) for w in other.words):
        return True  # "the poorest tenth", "the poorest 10%"
    factors = [(form, n) for w in other.words if (n := _TIMES.get(form := w.form))]
    return any(
        math.isclose(quantity.value, 1 / n if form.startswith("hal") else n - 1) and form != "half"
        for form, n in factors
    )


def worked_out(side: Side, quantity: Quantity, parts: Sequence[Quantity], own: Sequence[Quantity]) -> bool:
    """Whether a number is the sum of two numbers of the other side, or their difference.

    Both must stand beside a sum or have both given way to it. Both must stand beside a difference, but for a vote
    ("3-2" of five), for "53 more than", and for what something changed by.

    Args:
        side: where the number stands.
        quantity: the number.
        parts: the numbers of the other side.
        own: the numbers of the number's own side.
    """
    kind = quantity.kind
    counts = [p for p in parts if p.kind == kind in ("count", "share") and not p.year and p.value > 0]
    given = {id(p) for p in counts if any(agrees(o, p) for o in own)}
    at = quantity.first - quantity.hedge_words
    at -= int(at > 0 and side.words[at - 1].is_sign)
    before = side.words[at - 1].form if at > 0 else ""

    def is_end(a: Quantity, b: Quantity) -> bool:
        """From how much or to how much something changed, where the other side gives by how much, or the reverse."""
        known = {id(a), id(b)} & given
        fits = {a.value + b.value, abs(a.value - b.value)}
        return len(known) == 1 and before in _COMPARED and any(math.isclose(f, quantity.value) for f in fits)

    def is_difference(a: Quantity, b: Quantity) -> bool:
        if not math.isclose(abs(a.value - b.value), quantity.value) or is_whole(side, quantity):
            return False
        both = {id(a), id(b)}
        less = min(a, b, key=lambda p: p.value)
        score = any(_score(side, quantity, o) and agrees(o, less) for o in own)
        known = [p.value for p in (a, b) if id(p) in given]
        more = more_or_less(side, quantity)
        if more and known == [max(a.value, b.value) if more > 0 else less.value]:
            return True
        return both <= given or score or (before == "by" and not both.isdisjoint(given))

    readings = [quantity.value, quantity.million or quantity.value]
    return any(
        (any(math.isclose(a.value + b.value, value) for value in readings) and (id(a) in given) == (id(b) in given))
        or is_difference(a, b)
        or is_end(a, b)
        for a, b in combinations(counts, 2)
    )


def more_or_less(side: Side, quantity: Quantity) -> int:
    """1 for a number of what is more than something else ("53 more than before"), -1 for less, 0 for no such number."""
    behind = [w.form for w in side.words[quantity.last + 1 : quantity.last + 2 + _COMPARED_WITH]]
    if "than" not in behind:
        return 0
    degrees = [w for w in behind[: behind.index("than")] if w in _MORE | _LESS]
    return 0 if len(degrees) != 1 else 1 if degrees[0] in _MORE else -1


def ending(side: Side, quantity: Quantity, parts: Sequence[Quantity], own: Sequence[Quantity]) -> bool:
    """Whether a number worked out is what something changed by, from or to, or how much more or less it is."""
    before = (w.form for w in reversed(side.words[: quantity.first - quantity.hedge_words]))
    introduced = next((form for form in before if form not in ("a", "an", "the")), "")
    return bool(introduced in _ENDS or more_or_less(side, quantity)) and worked_out(side, quantity, parts, own)


def told_otherwise(segment: AlignedSegment, lost: Quantity, ours: Sequence[Quantity]) -> bool:
    """Whether a number of the reference that the variant has not is told by other words or numbers of the variant."""
    return (
        restated(segment.reference, lost, segment.variant, ours)
        or apart_by(segment, ours)
        or worked_out(segment.reference, lost, ours, quantities_of(segment.reference))
    )


def apart_by(segment: AlignedSegment, ours: Sequence[Quantity]) -> bool:
    """Whether the variant tells a number of the reference by its difference from another one: "53 more than in May"."""
    theirs = quantities_of(segment.reference)
    return any(more_or_less(segment.variant, q) and worked_out(segment.variant, q, theirs, ours) for q in ours)


def with_others(quantity: Quantity, side: Side, others: Sequence[Quantity]) -> bool:
    """Whether a number is one more than one that comes on top: 28 for "there and in 27 other places".

    Args:
        quantity: the number.
        side: the other side.
        others: the numbers of the other side.
    """
    return quantity.kind == "count" and any(
        o.kind == "count" and o.value + 1 == quantity.value and _others(side, o) for o in others
    )


def multiplied(quantity: Quantity, side: Side, others: Sequence[Quantity]) -> bool:
    """Whether a number is a multiple or a part of one of the other side, which says so: 170 for "85, and doubled it".

    Args:
        quantity: the number.
        side: the other side.
        others: the numbers of the other side.
    """
    times: set[float] = {_TIMES[w.form] for w in side.words if w.form in _TIMES}
    times |= {q.value for q in others if [w.form for w in side.words[q.last + 1 : q.last + 2]] in (["times"], ["fold"])}
    times |= {1 / q.value for q in others if q.kind == "share" and not q.digits and q.value}
    counts = [o.value for o in others if o.kind == "count" and not o.year]
    fits = (value for n in times for o in counts for value in (n * o, o / n))
    return quantity.kind == "count" and any(math.isclose(quantity.value, value, rel_tol=1e-6) for value in fits)


def written(side: Side, read: list[Quantity], number: str) -> bool:
    """Whether a side has the same digits where no quantity was read, as in a score or a clock time."""
    if not number.isdecimal() or side.span is None:
        return False
    places = (
        m.start() for m in regex.finditer(rf"(?<!\d){number}(?!\d)", side.text, pos=side.span[0], endpos=side.span[1])
    )
    return any(not any(q.span.start <= at < q.span.end for q in read) for at in places)


def _others(side: Side, quantity: Quantity) -> bool:
    near = side.words[max(0, quantity.first - 1) : quantity.last + 2]
    return any(w.form in _ON_TOP for w in near)


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


def without_grouping(
    segment: AlignedSegment, ours: Sequence[Quantity], theirs: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Both sides without numbers of the same digits that are only grouped in another way (272.000 and 272,000).

    The last two digits of a decade ("the 80s") stand for the year in full.
    """

    def digits(side: Side, q: Quantity) -> str:
        return "".join(c for c in q.span.of(side.text) if c.isdecimal()) if q.digits else ""

    def pair(q: Quantity, t: Quantity) -> bool:
        a, b = digits(segment.variant, q), digits(segment.reference, t)
        if not a or not b:
            return False
        decade = {len(a), len(b)} == {2, 4} and a[-2:] == b[-2:] and a[-1] == "0"
        said, due = q.span.of(segment.variant.text), t.span.of(segment.reference.text)
        if said != due and said == due.translate(_EXCHANGED):
            return True  # the same number written the foreign way: see foreign-format
        return decade or (a == b and q.value != t.value and len(a) > _GROUP and a.endswith("000"))

    return (
        [q for q in ours if not any(pair(q, t) for t in theirs)],
        [t for t in theirs if not any(pair(q, t) for q in ours)],
    )
