"""A date or time of the reference is another one in the variant: year, month, day of the month, weekday, clock time.

Compared are the parts of each kind that only one side has: a weekday for a weekday, a month for a month. "4:47 a.m.",
"04:47" and "4.47am" are the same. A part that is merely left out or added is not counted, nor is one that the reference
has elsewhere.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._numbers import MONTHS, WEEKDAYS, quantities_of
from evaltool.words import AlignedSegment, Side

_CLOCK = regex.compile(
    r"(?<![\d:.])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)"
    r"|(?<![\d:.])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a date or time: its kind, its value, where it stands."""

    kind: str
    value: str
    span: Span
    half: str = ""  # "a" or "p" where a clock time says which half of the day


def _is_month(side: Side, index: int) -> bool:
    """Whether a month's name names a month: "May" and "March" do beside a number or behind a preposition of time."""
    word = side.words[index]
    if len(word.form) > 3 and word.form != "march":
        return True
    before = side.words[index - 1] if index else None
    after = side.words[index + 1] if index + 1 < len(side.words) else None
    timely = before is not None and before.form in (
        "in",
        "since",
        "until",
        "by",
        "from",
        "to",
        "of",
        "last",
        "next",
        "early",
        "late",
    )
    return timely or any(w is not None and w.is_number for w in (before, after))


def _parts(side: Side) -> list[_Part]:
    found = []
    for index, word in enumerate(side.words):
        if word.form in WEEKDAYS:
            found.append(_Part("weekday", word.form, word.span))
        elif word.form in MONTHS and word.is_capitalised and _is_month(side, index):
            found.append(_Part("month", word.form[:3], word.span))
    for q in quantities_of(side):
        if q.year:
            found.append(_Part("year", f"{q.value:.0f}", q.span))
        elif q.kind == "date":
            found.append(_Part("day", f"{q.value:.0f}", q.span))
    for match in _CLOCK.finditer(side.text, *(side.span or (0, 0))):
        hour, half = int(match["h"]), (match["half"] or "")[:1].casefold()
        if hour > 12:
            hour, half = hour - 12, "p"
        found.append(_Part("time", f"{hour % 12}:{match['m'] or '00'}", Span(*match.span()), half))
    return found


def _same(a: _Part, b: _Part) -> bool:
    return (a.kind, a.value) == (b.kind, b.value) and (a.half == b.half or not a.half or not b.half)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each part of a date or time that stands for another one."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = _parts(segment.variant), _parts(segment.reference)
    for kind in ("weekday", "month", "year", "day", "time"):
        gone = [t for t in theirs if t.kind == kind and not any(_same(o, t) for o in ours)]
        new = [o for o in ours if o.kind == kind and not any(_same(o, t) for t in theirs)]
        if kind == "weekday" and any(w.form in ("yesterday", "today", "tomorrow") for w in segment.reference.words):
            continue
        if len(gone) != len(new):
            continue  # something was left out or added: nothing says which stands for which
        for said, meant in zip(new, gone, strict=True):
            if kind != "time" and _elsewhere(segment, said):
                continue
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.span.of(segment.reference.text)}”; here it is"
                f" “{said.span.of(segment.variant.text)}”.",
                variant_span=said.span,
                reference_span=meant.span,
                suggestion=meant.span.of(segment.reference.text),
                evidence={"kind": kind},
                confidence=0.9,
            )


def _elsewhere(segment: AlignedSegment, part: _Part) -> bool:
    """Whether the reference has a weekday, month or year outside the segment, so that it may only have moved."""
    if part.kind == "day" or segment.literalness > 0.7:
        return False
    form = part.value
    return any(w.form == form or (part.kind == "month" and w.form[:3] == form) for w in segment.whole_reference.words)


RULE = Rule(
    category=Category.DATE_TIME,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The shop opened on Monday.", "The shop opened on ⟦Tuesday⟧."),
        Example("It began at 4:47 a.m. and went on.", "It began at ⟦4:47 p.m.⟧ and went on."),
        Example("The mill burnt down in 1958.", "The mill burnt down in ⟦1985⟧."),
        Example("They meet on 31 March.", "They meet on March 31st."),
        Example("It began at 4:47 p.m. and went on.", "It began at 16:47 and went on."),
    ),
)
