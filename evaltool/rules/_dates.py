"""Parts of dates and times in English text: weekdays, months, years, days of a month, clock times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from evaltool.model import Span
from evaltool.rules._numbers import MONTHS, WEEKDAYS, quantities_of
from evaltool.words import Side, Vocabulary

_CLOCK = regex.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)"
    r"|(?<![\d:.])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])",
    regex.IGNORECASE,
)
_TIMELY = frozenset("in since until by from to of last next early late".split())
_NOON = 12


@dataclass(frozen=True, slots=True)
class DatePart:
    """A part of a date or time.

    Attributes:
        kind: "weekday", "month", "year", "day" (of a month) or "time".
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


@lru_cache(maxsize=64)
def date_parts(side: Side | Vocabulary) -> tuple[DatePart, ...]:
    """The parts of dates and times of a segment's side or of a document, kind by kind."""
    found = []
    for index, word in enumerate(side.words):
        if word.form in WEEKDAYS:
            found.append(DatePart("weekday", word.form, word.span))
        elif word.form in MONTHS and word.is_capitalised and _is_month(side, index):
            found.append(DatePart("month", word.form[:3], word.span))
    for q in quantities_of(side):
        if q.year:
            found.append(DatePart("year", f"{q.value:.0f}", q.span))
        elif q.kind == "date":
            found.append(DatePart("day", f"{q.value:.0f}", q.span))
    if side.words:
        for match in _CLOCK.finditer(side.text, side.words[0].span.start, side.words[-1].span.end + 1):
            hour, half = int(match["h"]), (match["half"] or "")[:1].casefold()
            if hour > _NOON:
                hour, half = hour - _NOON, "p"
            found.append(DatePart("time", f"{hour % _NOON}:{match['m'] or '00'}", Span(*match.span()), half))
    return tuple(found)


def same_part(a: DatePart, b: DatePart) -> bool:
    """Whether two parts say the same; a clock time without a half of the day may be in either."""
    return (a.kind, a.value) == (b.kind, b.value) and (a.half == b.half or not a.half or not b.half)
