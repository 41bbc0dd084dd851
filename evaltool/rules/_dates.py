"""Parts of dates and times in English text: weekdays, months, years, days of a month, clock times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from evaltool.model import Span
from evaltool.rules._clock import clock_times
from evaltool.rules._numbers import MONTHS, WEEKDAYS, quantities_of
from evaltool.words import Side, Vocabulary

_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
_YEAR = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: "a day before", "two years later", "the previous day".
_APART = regex.compile(
    r"\b(?P<count>an?|one|the|same|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[ -]"
    r"(?P<unit>day|month|year)s?(?:[’']s?)?"
    r"[ -](?:before|earlier|after|later|previously|ago|ahead|on)\b"
    r"|\b(?:previous|next|following|preceding|last|prior)[ ](?P<unit>day|month|year)\b",
    regex.IGNORECASE,
)
_DAYS_APART = regex.compile(
    r"\b(?P<count>an?|one|the|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[ -]"
    r"(?P<unit>day|week|fortnight)s?[ ](?:before|earlier|after|later|previously|ago)\b"
    r"|\bthe[ ](?P<unit>day)[ ](?:before|after)\b",
    regex.IGNORECASE,
)
_DAYS, _MONTHS = {"day": 1, "week": 7, "fortnight": 14}, (28, 29, 30, 31)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SEASONS = frozenset("spring summer autumn fall winter".split())
_TIMELY = frozenset("in since until by from to of last next early late".split())
_SEASONAL = _TIMELY - frozenset(["to", "of", "early", "late"]) | frozenset(["before", "after", "during"])


@dataclass(frozen=True, slots=True)
class DatePart:
    """A part of a date or time.

    Attributes:
        kind: "weekday", "month", "season", "year", "day" (of a month) or "time".
        value: the same for each way to write it: "monday", "jan", "1985", "31", "4:47".
        span: where it stands.
        half: "a" or "p" where a clock time says which half of the day.
    """

    kind: str
    value: str
    span: Span
    half: str = ""


def _is_month(side: Side | Vocabulary, index: int) -> bool:
    """Whether a month's name names a month: "May" and "March" do beside a number or behind a preposition of time."""
    word = side.words[index]
    if len(word.form) > 3 and word.form != "march":
        return True
    before = side.words[index - 1] if index else None
    after = side.words[index + 1] if index + 1 < len(side.words) else None
    timely = before is not None and before.form in _TIMELY
    return timely or any(w is not None and w.is_number for w in (before, after))


def _is_season(side: Side | Vocabulary, index: int) -> bool:
    """Whether a word names a season: by the preposition of time before it ("before the autumn"), or a year."""
    before = [w.form for w in side.words[max(0, index - 2) : index]]
    after = side.words[index + 1] if index + 1 < len(side.words) else None
    dated = after is not None and after.is_number
    article = before[-1:] in (["the"], ["next"], ["last"], ["this"])
    timely = (before[-1:] and before[-1] in _SEASONAL) or (article and before[:1] and before[0] in _SEASONAL)
    return dated or bool(timely)


@lru_cache(maxsize=64)
def date_parts(side: Side | Vocabulary) -> tuple[DatePart, ...]:
    """The parts of dates and times of a segment's side or of a document, kind by kind."""
    found = []
    for index, word in enumerate(side.words):
        if word.form in WEEKDAYS:
            found.append(DatePart("weekday", word.form, word.span))
        elif word.form in MONTHS and word.is_capitalised and _is_month(side, index):
            found.append(DatePart("month", word.form[:3], word.span))
        elif word.form in _SEASONS and _is_season(side, index):
            found.append(DatePart("season", "autumn" if word.form == "fall" else word.form, word.span))
    for q in quantities_of(side):
        if q.year:
            found.append(DatePart("year", f"{q.value:.0f}", q.span))
        elif q.kind == "date" and (q.digits or q.span.of(side.text).endswith(("st", "nd", "rd", "th"))):
            found.append(DatePart("day", f"{q.value:.0f}", q.span))
    if side.words:
        times = clock_times(side.text, side.words[0].span.start, side.words[-1].span.end + 1)
        found += [DatePart("time", value, span, half) for value, half, span in times]
    return tuple(found)


def same_part(a: DatePart, b: DatePart) -> bool:
    """Whether two parts say the same; a clock time without a half of the day may be in either."""
    return (a.kind, a.value) == (b.kind, b.value) and (a.half == b.half or not a.half or not b.half)


def told_by_distance(one: DatePart, other: DatePart, text: str, there: str) -> bool:
    """Whether two different weekdays, months or years are so far apart as one of the texts says that two things are.

    "On Monday, a day before the hearing" tells that the hearing is on Tuesday.

    Args:
        one: a part of a date.
        other: another one of the same kind.
        text: of the segment that has the one.
        there: of the segment that has the other.
    """
    unit = {"weekday": "day"}.get(one.kind, one.kind)
    if one.kind == "year":
        apart = {abs(int(one.value) - int(other.value))}
    elif one.kind in ("weekday", "month"):
        names = _WEEK if one.kind == "weekday" else _YEAR
        first, second = names.index(one.value), names.index(other.value)
        apart = {(first - second) % len(names), (second - first) % len(names)}
    else:
        return False
    said = (m for side in (text, there) for m in _APART.finditer(side) if (m["unit"] or "").casefold() == unit)
    return any(_count(m["count"]) in apart for m in said)


def distances(side: Side) -> list[tuple[int, Span]]:
    """(days, span) of each distance between two days: "four days after", "a week earlier"."""
    return [
        (_count(m["count"]) * _DAYS[m["unit"].casefold()], Span(*m.span()))
        for m in (_DAYS_APART.finditer(side.text, *side.span) if side.span else ())
    ]


def day_told(side: Side, other: Side) -> tuple[list[Span], list[Span]]:
    """Days of a month that the other side tells by how far they are from another day, and where it says how far.

    "On 13 October" is told by "on 17 October, four days after it".

    Args:
        side: where the days stand.
        other: the side that may tell them.
    """
    apart = distances(other)
    known = [int(p.value) for p in date_parts(other) if p.kind == "day"]
    found = [
        (part.span, span)
        for part in date_parts(side)
        for days, span in apart
        if part.kind == "day" and any(_days_between(int(part.value), day) & {days, -days} for day in known)
    ]
    return [own for own, _ in found], [there for _, there in found]


def _days_between(one: int, other: int) -> set[int]:
    """How many days may lie between two days of a month, or of this one and the next."""
    return {one - other, *(one - other + month for month in _MONTHS), *(one - other - month for month in _MONTHS)}


def _count(word: str | None) -> int:
    form = (word or "a").casefold()
    return int(form) if form.isdecimal() else _COUNTS.get(form, 1)
