"""How often something happens is said otherwise: "twice a day" for "every other day", "two an hour" for three.

Each side has one frequency that the other has not, and they are further apart than a rounding. They are read from
"twice a week", "three times every month", "once in two years", "every other day", "every 20 minutes", "three sessions a
week", "daily" and the like; equal ones are accepted in any of these forms. Amounts by time ("40 tonnes a week") are a
matter of changed-unit and changed-rate.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._units import money_of, size_of, unit_of
from evaltool.words import AlignedSegment, Side

_SECONDS = {
    "hourly": 3600.0, "daily": 86_400.0, "nightly": 86_400.0, "weekly": 604_800.0, "fortnightly": 1_209_600.0,
    "monthly": 2_629_746.0, "quarterly": 7_889_238.0, "yearly": 31_556_952.0, "annually": 31_556_952.0,
    "annual": 31_556_952.0,
}  # fmt: skip
_NIGHT, _QUARTER = 86_400.0, 7_889_238.0
_ONCE = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_EACH = frozenset("a an per each every the".split())
#: So far two frequencies may be from each other: four weeks are a month.
_ROUNDED = 0.12
_MANY = 100  # from here on a number of things is an amount
_NOUN = 2  # words between a number and its "a week"
#: Behind "a day" these make a point of time of it.
_POINTS = frozenset("ago later earlier before after".split())


class _Frequency(NamedTuple):
    """How often: times in a second, the words that say so, whether they can be an adjective ("weekly paper")."""

    value: float
    first: int
    last: int
    weak: bool


def _period(side: Side, at: int) -> tuple[float, int] | None:
    """(seconds, last word) of the stretch of time that begins at a word: "week", "two weeks", "other day"."""
    words = side.words
    if at >= len(words):
        return None
    number = next((q for q in quantities_of(side) if q.first == at and q.kind in ("count", "ordinal")), None)
    times, last = (number.value, number.last + 1) if number is not None else (1.0, at)
    if number is None and words[at].form in ("other", "second"):
        times, last = 2.0, at + 1
    if number is not None and last < len(words) and words[last].form in ("st", "nd", "rd", "th"):
        last += 1
    if last >= len(words) or gap(side, last - 1, last) not in (" ", "-", "\u00a0") or times <= 0:
        return None
    size = {"night": _NIGHT, "quarter": _QUARTER}.get(words[last].lemma)
    unit = size_of(words[last])
    if size is None and (unit is None or unit[0] != "time"):
        return None
    if [w.form for w in words[last + 1 : last + 4]] == ["and", "a", "half"]:
        times, last = times + 0.5, last + 3
    return times * (size if size is not None else unit[1] if unit else 1), last


@lru_cache(maxsize=64)
def _frequencies(side: Side) -> tuple[_Frequency, ...]:
    """The frequencies that a side tells, in order."""
    found: list[_Frequency] = []
    words = side.words
    taken = -1
    for k, word in enumerate(words):
        if k <= taken:
            continue
        read = _counted(side, k)
        if read is None and word.form in ("every", "each") and (period := _period(side, k + 1)) is not None:
            often = any(w.form in _ONCE for w in words[k : sentence(side, k)[1] + 1])  # "every year they look twice"
            read = _Frequency(1 / period[0], k, period[1], weak=often or not _alone(side, k))
        if read is None and word.form in _SECONDS:
            read = _Frequency(1 / _SECONDS[word.form], k, k, weak=True)
        if read is not None:
            found.append(read)
            taken = read.last
    return tuple(found)


def _alone(side: Side, at: int) -> bool:
    """Whether no number of things stands shortly before "every", an amount by time: "40 mm of rain every week"."""
    near = [q for q in quantities_of(side) if at - 1 - _NOUN - 2 <= q.last < at - 1]
    return not any(side.words[q.last + 1].is_content for q in near)


def _counted(side: Side, at: int) -> _Frequency | None:
    """The frequency that begins with a number at a word: "twice a day", "three times in two weeks", "two an hour"."""
    words = side.words
    often: float
    if words[at].form in _ONCE:
        often, last = _ONCE[words[at].form], at
    else:
        number = next((q for q in quantities_of(side) if q.first == at and q.kind == "count"), None)
        if number is None or not _of_events(side, number):
            return None
        often, last = number.value, number.last
    if last + 1 < len(words) and words[last + 1].form in _SECONDS and words[last + 1].form != "annual":
        return _Frequency(often / _SECONDS[words[last + 1].form], at, last + 1, weak=False)
    times = words[at].form in _ONCE
    for k in range(last + 1, min(last + 2 + _NOUN, len(words) - 1)):
        form = words[k].form
        if gap(side, k - 1, k) != " ":
            return None
        times = times or words[k].lemma == "time"
        start = k + 1 if form in _EACH or (form == "in" and times) else None
        if form == "in" and start is not None and words[start].form in _EACH:
            start += 1
        if start is None:
            if not words[k].is_content:
                return None
            continue
        period = _period(side, start)
        behind = words[period[1] + 1].form if period is not None and period[1] + 1 < len(words) else ""
        if period is None or behind in _POINTS or form == "the":
            return None
        return _Frequency(often / period[0], at, period[1], weak=False)
    return None


def _of_events(side: Side, q: Quantity) -> bool:
    """Whether a number counts things or times, and no money, measures or stretches of time."""
    whole = 0 < q.value < _MANY and q.value.is_integer() and not q.year
    plain = not q.digits or q.span.of(side.text).isdecimal()  # no clock time: "at 21.00 every 4th day"
    return whole and plain and unit_of(side.words, q) is None and money_of(side.words, q) is None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each frequency that stands for another one."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = _frequencies(segment.variant), _frequencies(segment.reference)
    new = [o for o in ours if not o.weak and not any(_same(o, t) for t in theirs)]
    gone = [t for t in theirs if not t.weak and not any(_same(o, t) for o in ours)]
    if len(new) != 1 or len(gone) != 1:
        return
    counts = [_number(side, f) for side, f in ((segment.variant, new[0]), (segment.reference, gone[0]))]
    if counts[0] is not None and counts[0] == counts[1]:
        return  # the same number by another period: see changed-rate and changed-unit
    said, meant = (
        Span(side.words[f.first].span.start, side.words[f.last].span.end)
        for side, f in ((segment.variant, new[0]), (segment.reference, gone[0]))
    )
    due = meant.of(segment.reference.text)
    yield Hit(
        Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said.of(segment.variant.text)}”: another frequency.",
        variant_span=said,
        reference_span=meant,
        suggestion=due,
        evidence={"ratio": round(new[0].value / gone[0].value, 3)},
        confidence=0.85,
    )


def _number(side: Side, frequency: _Frequency) -> float | None:
    """The number that a frequency begins with, or None for "twice" and "every"."""
    return next((q.value for q in quantities_of(side) if q.first == frequency.first), None)


def _same(one: _Frequency, other: _Frequency) -> bool:
    return abs(one.value - other.value) <= _ROUNDED * max(one.value, other.value)


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("They check the wall every second day.", "They check the wall ⟦twice a day⟧."),
        Example("They check the wall every second day.", "They check the wall every other day."),
        Example("Trams run every twenty minutes.", "Trams run at the rate of ⟦two an hour⟧."),
        Example("Trams run every twenty minutes.", "There are three trams an hour.", profile=Profile.PARAPHRASE),
        Example("They are treated three times a week.", "They have ⟦one session every three weeks⟧."),
        Example("The dam is checked twice a year.", "The dam is checked every six months."),
        Example("The board meets once a month.", "The board meets monthly."),
        Example("The board met twice, a year ago.", "The board met twice, one year ago."),
        Example("They ride there once every two years.", "They ride there ⟦twice a year⟧."),
    ),
)
