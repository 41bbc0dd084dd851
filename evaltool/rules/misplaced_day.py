"""A day or date stands, and lies elsewhere in time: "next December" for "last December", "the Tuesday before Easter".

Found are the same weekday, month or season with "last" on one side and "next" on the other; the same weekday before
something on one side and after it on the other ("the Tuesday before Easter" for "the Tuesday afterwards"); the night
before a day for the night of that day; and another distance to the same date ("a week later, on 27 October" for "a
fortnight later").

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._dates import DatePart, date_parts, distances, same_part
from evaltool.rules._numbers import MONTHS
from evaltool.words import AlignedSegment, Side

_LAST, _NEXT = frozenset("last past previous".split()), frozenset("next coming".split())
_DATED = frozenset("weekday month season".split())
_EARLIER = frozenset("before beforehand earlier preceding previous".split())
_LATER = frozenset("after afterwards afterward later following thereafter".split())
_NIGHTS = frozenset("night evening".split())
_NEAR = 5  # words from a distance to the date that it tells


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each day that lies elsewhere."""
    if segment.kind is not Kind.MATCH:
        return
    mine, others = segment.variant, segment.reference
    ours, theirs = date_parts(mine), date_parts(others)
    for said in (o for o in ours if o.kind in _DATED):
        same = [t for t in theirs if same_part(said, t)]
        if len(same) == 1 and sum(same_part(said, o) for o in ours) == 1:
            yield from _elsewhere(segment, said, same[0])
    yield from _other_distance(segment, ours, theirs)


def _index(side: Side, part: DatePart) -> int:
    return next(k for k, w in enumerate(side.words) if w.span.start >= part.span.start)


def _elsewhere(segment: AlignedSegment, said: DatePart, due: DatePart) -> Iterator[Hit]:
    """The ways in which one part of a date can lie elsewhere."""
    mine, others = segment.variant, segment.reference
    at, there = _index(mine, said), _index(others, due)
    before, ahead = (side.words[k - 1].form if k else "" for side, k in ((mine, at), (others, there)))
    if (before in _LAST and ahead in _NEXT) or (before in _NEXT and ahead in _LAST):
        yield _hit(segment, (at - 1, at), (there - 1, there))
        return
    if said.kind != "weekday":
        return
    ours, theirs = _way(mine, at), _way(others, there)
    if ours is not None and theirs is not None and ours[0] != theirs[0] and _same_anchor(segment, ours[1], theirs[1]):
        yield _hit(segment, (min(at, ours[2]), max(at, ours[2])), (min(there, theirs[2]), max(there, theirs[2])))
    nights = _night(mine, at), _night(others, there)
    if nights[0] is not None and nights[1] is not None and nights[0][0] != nights[1][0]:
        yield _hit(segment, nights[0][1], nights[1][1])


def _way(side: Side, at: int) -> tuple[int, int | None, int] | None:
    """(1 for later or -1, index of the word that a weekday is told from or None, index of the word that says so)."""
    last = sentence(side, at)[1]
    if at < last and gap(side, at, at + 1) == " " and side.words[at + 1].form in _EARLIER | _LATER:
        behind = range(at + 2, min(last, at + 4) + 1)
        anchor = next((k for k in behind if side.words[k].is_content), None)
        if side.words[at + 1].form not in ("before", "after", "following", "preceding"):
            anchor = None
        return (1 if side.words[at + 1].form in _LATER else -1), anchor, at + 1
    if at and side.words[at - 1].form in ("following", "preceding", "previous"):
        return (1 if side.words[at - 1].form in _LATER else -1), None, at - 1
    return None


def _same_anchor(segment: AlignedSegment, ours: int | None, theirs: int | None) -> bool:
    """Whether a weekday is told from the same thing on both sides, as far as they name it."""
    mine, others = segment.variant, segment.reference
    if ours is not None and theirs is not None:
        return mine.words[ours].lemma == others.words[theirs].lemma
    if ours is not None:
        return mine.words[ours].lemma in others.lemmas
    return theirs is None or others.words[theirs].lemma in mine.lemmas


def _night(side: Side, at: int) -> tuple[str, tuple[int, int]] | None:
    """("of" or "before", (first, last) word) of "Tuesday night" and "the night before Tuesday"."""
    if at + 1 < len(side.words) and side.words[at + 1].form in _NIGHTS and gap(side, at, at + 1) == " ":
        return "of", (at, at + 1)
    if at > 1 and side.words[at - 2].form in _NIGHTS and side.words[at - 1].form in ("of", "before"):
        return side.words[at - 1].form, (at - 2, at)
    return None


def _other_distance(segment: AlignedSegment, ours: tuple[DatePart, ...], theirs: tuple[DatePart, ...]) -> Iterator[Hit]:
    """Another distance to the same day of a month."""
    said, due = distances(segment.variant), distances(segment.reference)
    if len(said) != 1 or len(due) != 1 or said[0][0] == due[0][0]:
        return
    dates = _dated(segment.variant, said[0][1], ours), _dated(segment.reference, due[0][1], theirs)
    if dates[0] is not None and dates[1] is not None and same_part(dates[0], dates[1]):
        yield _told(segment, said[0][1], due[0][1])


def _dated(side: Side, span: Span, parts: tuple[DatePart, ...]) -> DatePart | None:
    """The day of a month that directly follows a distance: "a week later, on 27 October"."""
    at = next(k for k, w in enumerate(side.words) if w.span.end >= span.end)
    days = [p for p in parts if p.kind == "day" and at < _index(side, p) <= at + _NEAR]
    between = side.words[at + 1 : _index(side, days[0])] if days else ()
    return days[0] if days and all(w.form in ("on", "the", "of") or w.form in MONTHS for w in between) else None


def _hit(segment: AlignedSegment, ours: tuple[int, int], theirs: tuple[int, int]) -> Hit:
    said, meant = (
        Span(side.words[first].span.start, side.words[last].span.end)
        for side, (first, last) in ((segment.variant, ours), (segment.reference, theirs))
    )
    return _told(segment, said, meant)


def _told(segment: AlignedSegment, said: Span, meant: Span) -> Hit:
    due = meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=due,
        evidence={"day": said.of(segment.variant.text)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.DATE_TIME,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Last December's summit broke up.", "⟦Next December's⟧ summit broke up."),
        Example("The strike began on the Tuesday after Easter.", "The strike began on the ⟦Tuesday before⟧ Easter."),
        Example("The storm hit the coast on Tuesday night.", "The storm hit the coast in the ⟦night before Tuesday⟧."),
        Example(
            "A second round would follow a fortnight later, on 27 October.",
            "A second round would follow ⟦a week later⟧, on October 27.",
        ),
        Example(
            "A second round would follow a fortnight later, on 27 October.",
            "A second round would follow two weeks later, on October 27.",
        ),
        Example("The strike began on the Tuesday after Easter.", "The strike began on the Tuesday following Easter."),
        Example("They vote on the Sunday after Easter.", "They vote on the Sunday following Easter."),
    ),
)
