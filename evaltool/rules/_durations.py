"""Stretches of time that take more than a number and a unit: "a day and a half", "two years and three months"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evaltool.model import Span
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._units import unit_of
from evaltool.words import Side, Word

_SECONDS = {
    "minute": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0, "fortnight": 1_209_600.0,
    "month": 2_629_746.0, "year": 31_556_952.0, "decade": 315_569_520.0,
}  # fmt: skip
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
_SAME = 1e-3
#: Lengths may be rounded by so much, and from this ratio on they measure other things.
_ROUNDED, _FAR = 0.06, 12.0


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time.

    Attributes:
        seconds: how long it is.
        span: of its words.
        first: index of its first word.
        last: index of its last word.
        compound: whether it takes more than a whole number and one unit.
    """

    seconds: float
    span: Span
    first: int
    last: int
    compound: bool


@lru_cache(maxsize=64)
def durations(side: Side) -> tuple[Duration, ...]:
    """The stretches of time of a segment's side, in order."""
    starts = {q.first: q for q in quantities_of(side)}
    found: list[Duration] = []
    at = 0
    while at < len(side.words):
        read = _single(side, at, starts)
        if read is None:
            at += 1
            continue
        seconds, size, last, compound = read
        part, end = _and_a_part(side, last)
        if part:
            seconds, last, compound = seconds + part * size, end, True
        follow = last + 2 if _form(side, last + 1) == "and" else last + 1
        more = _single(side, follow, starts) if "." not in side.text[side.words[last].span.end :][:1] else None
        if more is not None and more[1] < size:
            seconds, last, compound = seconds + more[0], more[2], True
        found.append(Duration(seconds, Span(side.words[at].span.start, side.words[last].span.end), at, last, compound))
        at = last + 1
    return tuple(found)


def is_duration(word: Word) -> bool:
    """Whether a word is a unit of time: "hour", "weeks"."""
    return word.lemma in _SECONDS or word.form in _SECONDS


def _form(side: Side, at: int) -> str:
    return side.words[at].form if at < len(side.words) else ""


def _single(side: Side, at: int, starts: dict[int, Quantity]) -> tuple[float, float, int, bool] | None:
    """(seconds, of one unit, last word, whether in parts) of a number or article and its unit, or None."""
    forms = [_form(side, at + k) for k in range(6)]
    if (q := starts.get(at)) is not None and q.kind in ("count", "share"):
        unit = unit_of(side.words, q)
        if unit is not None and unit[0] == "time" and unit[1] > 1:
            return q.value * unit[1], unit[1], q.last + 1, not float(q.value).is_integer()
        if (
            q.kind == "share"
            and not q.digits
            and _form(side, q.last + 1) in ("a", "an")
            and (size := _size(side, q.last + 2))
        ):
            return q.value * size, size, q.last + 2, True  # "half an hour"
        part, end = _and_a_part(side, q.last)
        if part and (size := _size(side, end + 1)):
            return (q.value + part) * size, size, end + 1, True  # "two and a quarter hours"
    if forms[0] in ("a", "an", "one") and (size := _size(side, at + 1)) and at + 1 not in starts:
        return size, size, at + 1, False
    return None


def _size(side: Side, at: int) -> float | None:
    return _SECONDS.get(side.words[at].lemma) if at < len(side.words) else None


def _and_a_part(side: Side, at: int) -> tuple[float, int]:
    """(0.5, last word) of an "and a half" behind a word; (0, the word) where there is none."""
    if _form(side, at + 1) == "and" and _form(side, at + 2) in ("a", "one") and _form(side, at + 3) in _PARTS:
        return _PARTS[_form(side, at + 3)], at + 3
    return 0.0, at


def agreeing(ours: Side, theirs: Side) -> tuple[list[Duration], list[Duration]]:
    """The stretches of time of both sides that are as long as one of the other side, where one is said in parts."""
    mine, others = durations(ours), durations(theirs)
    pairs = [
        (a, b)
        for a in mine
        for b in others
        if math.isclose(a.seconds, b.seconds, rel_tol=_SAME) and (a.compound or b.compound)
    ]
    return [a for a, _ in pairs], [b for _, b in pairs]


def other_length(ours: Side, theirs: Side) -> tuple[Duration, Duration] | None:
    """The only two stretches of time that the other side has not, if one is said in parts and they differ; or None."""

    def missing(own: Sequence[Duration], others: Sequence[Duration]) -> list[Duration]:
        return [d for d in own if not any(math.isclose(d.seconds, o.seconds, rel_tol=_ROUNDED) for o in others)]

    mine, others = durations(ours), durations(theirs)
    new, gone = missing(mine, others), missing(others, mine)
    if len(new) != 1 or len(gone) != 1 or not (new[0].compound or gone[0].compound):
        return None
    lengths = new[0].seconds, gone[0].seconds
    return (new[0], gone[0]) if max(lengths) / max(min(lengths), 1.0) <= _FAR else None


def outside(quantities: Sequence[Quantity], spans: Sequence[Span]) -> list[Quantity]:
    """The numbers that stand in none of some spans."""
    return [q for q in quantities if not any(q.span.overlaps(span) for span in spans)]
