"""Clock times in English text, in figures and in words: "11:30 a.m.", "0830 GMT", "half past eleven in the morning"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Span

_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_ONES = dict(zip("one two three four five six seven eight nine".split(), range(1, 10), strict=True))
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
#: Minutes that are told with the word "minutes" alone: "twelve minutes past three".
_ANY_MINUTES = (
    _ONES
    | dict(zip(_TEENS, range(11, 20), strict=True))
    | {f"{tens}-{one}": m + n for tens, m in (("twenty", 20), ("thirty", 30)) for one, n in _ONES.items()}
)
_ANY = "|".join(sorted(_ANY_MINUTES, key=len, reverse=True))
_ZONES = "GMT|UTC|BST|CES?T|E[SD]?T|P[SD]?T|IST|MSK|hours|hrs|local time"
#: What half of the day a time in words is said to be in.
_HALF = r"(?:[ \xa0]in[ ]the[ ](?P<part>morning|afternoon|evening)|[ \xa0]at[ ](?P<part>night))?"
_HOUR = "|".join(_HOURS)
_CLOCK = regex.compile(
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)"
    r"|(?<![\d:.,])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])" + _HALF +
    # 0830 GMT
    rf"|(?<![\d:.,])(?P<h>[01]\d|2[0-4])(?P<m>[0-5]\d)(?=[ \xa0](?:{_ZONES})\b)"
    # "at 21.30," but not "at 21.30 kronor"
    r"|(?<=\b(?:at|before|after|by|until|till|from|since|around|about)[ ])(?P<h>[01]?\d|2[0-4])\.(?P<m>[0-5]\d)"
    rf"(?=[ \xa0]?(?:[,;()—–]|\.?$|\.\s|(?:{_ZONES}|on|in|and|when|o[’']clock)\b))" + _HALF +
    rf"|\b(?:(?:a[ ])?(?P<minutes>{'|'.join(_MINUTES)}|(?:{_ANY})(?=[ ]minutes?[ ](?:past|to)))"
    rf"(?:[ ]minutes?)?[ ](?P<side>past|after|to|before)[ ])"
    rf"(?P<word>{_HOUR}|1?\d)\b(?![ -]?(?:%|per|percent|million|thousand|people))" + _HALF +
    rf"|\b(?P<word>{_HOUR}|1?\d)[ ]o[’']clock" + _HALF +
    rf"|\b(?P<word>{_HOUR}|1?\d)[ \xa0](?:in[ ]the[ ](?P<part>morning|afternoon|evening)|at[ ](?P<part>night))\b"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<night>midnight)\b",
    regex.IGNORECASE,
)  # fmt: skip
_NOON, _SMALL_HOURS = 12, 5


def clock_times(text: str, start: int, end: int) -> Iterator[tuple[str, str, Span]]:
    """(time on a dial of twelve hours, "a", "p" or "" for the half of the day, span) of each time in a stretch.

    Args:
        text: a document.
        start: where to begin.
        end: where to stop.
    """
    for match in _CLOCK.finditer(text, start, end):
        if (
            match["minutes"]
            and not match["part"]
            and match["side"] in ("after", "before")
            and match["minutes"] != "half"
        ):
            continue  # "ten minutes after two goals"
        hour, minute, half = _read(match)
        part = (match["part"] or "").casefold()
        if part and not half:
            half = "a" if part == "morning" or (part == "night" and hour % _NOON < _SMALL_HOURS) else "p"
        yield f"{hour % _NOON}:{minute:02d}", half, Span(*match.span())


def _read(match: regex.Match[str]) -> tuple[int, int, str]:
    """(hour, minute, half of the day or "")."""
    if match["noon"]:
        return 0, 0, "p"
    if match["night"]:
        return 0, 0, "a"
    if match["word"]:
        word = match["word"].casefold()
        hour, minute = int(word) if word.isdecimal() else _HOURS.index(word) + 1, 0
        if match["minutes"]:
            said = match["minutes"].casefold()
            minute = _MINUTES.get(said) or _ANY_MINUTES[said]
            if match["side"].casefold() in ("to", "before"):
                hour, minute = hour - 1, 60 - minute
        return hour, minute, ""
    hour, half = int(match["h"]), (match["half"] or "")[:1].casefold()
    if hour == 2 * _NOON:
        return 0, int(match["m"] or 0), "a"
    return hour, int(match["m"] or 0), "p" if hour > _NOON else half
