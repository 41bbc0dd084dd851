"""A number stands, and lies on the other side of what it is compared with: "a fifth less" for "a fifth more".

Compared is the word behind the same number that says where it lies: more or less, above or below, later or earlier,
before or after, ahead or behind, older or younger, faster or slower, short of; also "the preceding" and "the
following", "within two weeks" and "more than two weeks later". Found are also "43% of" for "43% below", a number that
is counted from another event, and "more than" for "fewer than half of" the same. Where each side counts from the
other's event ("two days before the vote they met" for "they voted two days after"), nothing is turned.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side

#: Word behind a number and what it counts -> (what is compared, which way).
_WAYS = {
    **dict.fromkeys("more higher greater larger bigger above".split(), ("amount", 1)),
    **dict.fromkeys("less fewer lower smaller below under".split(), ("amount", -1)),
    **dict.fromkeys("later after afterwards late".split(), ("time", 1)),
    **dict.fromkeys("earlier before beforehand previously early".split(), ("time", -1)),
    **dict.fromkeys("longer".split(), ("length", 1)),
    **dict.fromkeys("shorter".split(), ("length", -1)),
    "older": ("age", 1),
    "younger": ("age", -1),
    "taller": ("height", 1),
    "heavier": ("weight", 1),
    "lighter": ("weight", -1),
    "faster": ("speed", 1),
    "quicker": ("speed", 1),
    "slower": ("speed", -1),
    "dearer": ("price", 1),
    "cheaper": ("price", -1),
    "warmer": ("heat", 1),
    "hotter": ("heat", 1),
    "colder": ("heat", -1),
    "cooler": ("heat", -1),
    "deeper": ("depth", 1),
    "shallower": ("depth", -1),
    "wider": ("width", 1),
    "narrower": ("width", -1),
    "richer": ("wealth", 1),
    "poorer": ("wealth", -1),
    **dict.fromkeys("ahead clear".split(), ("lead", 1)),
    **dict.fromkeys("behind adrift".split(), ("lead", -1)),
}
#: Words before a length of time that say on which side of a point it lies, and those that do behind it.
_BACK, _ON = (
    frozenset("preceding previous prior".split()),
    frozenset("following subsequent ensuing next coming".split()),
)
_BEHIND = {"followed": 1, "follow": 1, "preceded": -1, "precede": -1}
_RELATIVE = frozenset("that which".split())
_WITHIN = frozenset("within inside".split())
#: Words that say that something is missing from a number or needed beside it.
_DEFICIT = frozenset(
    """
    short shy lack miss missing fewer less below under need needed require required away fall fell
    few little without before off until till
    more another additional further extra only not no deficit shortfall gap from behind
    """.split()
)
#: What is still to be done, and what has been.
_OPEN = frozenset("still yet remains remain".split())
_DONE = (["so", "far"], ["already"], ["to", "date"], ["until", "now"], ["up", "to", "now"])
_REST = frozenset("rest remaining other others remainder left".split())
_FILLERS = frozenset("the a an its their his her our this that these those of in at than what to for".split())
_UNITS_BETWEEN = 2  # words between a number and the word that says where it lies
_ANCHOR = 4  # words behind that word among which stands what the number is counted from
_SHARED = 0.6  # of the words of the variant's clause, so many must be linked into the reference's
_MARKS = ",;:()—–"


class _Place(NamedTuple):
    """Where a number lies."""

    axis: str
    way: int
    at: int  # index of the word that says so
    first: int
    last: int
    alone: bool = False  # whether nothing behind it says from where the number is counted


@lru_cache(maxsize=64)
def _places(side: Side) -> tuple[tuple[Quantity, _Place], ...]:
    """The numbers of a side that are said to lie to one side of something."""
    found = []
    for q in quantities_of(side):
        if q.year or q.kind in ("date", "time", "ordinal"):
            continue
        place = _behind(side, q) or _before(side, q)
        if place is not None:
            found.append((q, place))
    return tuple(found)


def _behind(side: Side, q: Quantity) -> _Place | None:
    """Where a number lies by a word behind it and its unit."""
    _, last = sentence(side, q.first, _MARKS)
    for k in range(q.last + 1, min(last, q.last + 1 + _UNITS_BETWEEN) + 1):
        word = side.words[k]
        if word.form in _WAYS:
            axis, way = _WAYS[word.form]
            behind = side.words[k + 1].form if k < last else ""
            if word.form in ("late", "early") and behind not in ("", "for", "than"):
                return None  # "two early works"
            if axis == "amount" and behind and side.words[k + 1].is_number:
                return None
            return _Place(axis, way, k, q.first, k)
        if word.form in _RELATIVE and k < last and side.words[k + 1].form in _BEHIND:
            return _Place("time", _BEHIND[side.words[k + 1].form], k + 1, q.first, k + 1)
        if not word.is_content and not word.is_sign:
            return None
    return None


def _before(side: Side, q: Quantity) -> _Place | None:
    """Where a length of time lies by a word before it: "the preceding 18 months"."""
    at = q.first - q.hedge_words - 1
    unit = unit_of(side.words, q)
    if at < 0 or unit is None or unit[0] != "time":
        return None
    form = side.words[at].form
    way = -1 if form in _BACK else 1 if form in _ON else 0
    return _Place("time", way, at, at, q.last + 1, alone=True) if way else None


def _counted_from(side: Side, place: _Place) -> list[int]:
    """Indexes of the content words that say what a number is counted from or compared with."""
    if place.alone:
        return []
    _, last = sentence(side, place.at, _MARKS)
    than = (k for k in range(place.at + 1, last + 1) if side.words[k].form == "than")
    return _anchor(side, next(than, place.at))


def _anchor(side: Side, at: int) -> list[int]:
    """Indexes of the content words right behind a word, up to the end of their phrase."""
    _, last = sentence(side, at, _MARKS)
    found: list[int] = []
    for k in range(at + 1, min(last, at + _ANCHOR) + 1):
        word = side.words[k]
        if word.is_content:
            found.append(k)
        elif found or word.form not in _FILLERS:
            break
    return found


def _linked(segment: AlignedSegment, ours: list[int], theirs: set[int]) -> float:
    """The share of words of the variant that are words of the reference's, or linked to them."""
    lemmas = {segment.reference.words[k].lemma for k in theirs}
    side = segment.variant
    return sum(side.partner[k] in theirs or side.words[k].lemma in lemmas for k in ours) / len(ours) if ours else 0.0


def _clause(side: Side, q: Quantity) -> list[int]:
    """Indexes of the content words of a number's clause but for the number."""
    first, last = sentence(side, q.first, _MARKS)
    inside = range(q.first - q.hedge_words, q.last + 2)
    return [k for k in range(first, last + 1) if k not in inside and side.words[k].is_content]


def _same_matter(segment: AlignedSegment, q: Quantity, ours: _Place, t: Quantity, theirs: _Place) -> bool:
    """Whether both numbers are counted from the same, by the words behind or, without any, by their clauses."""
    mine, others = _counted_from(segment.variant, ours), _counted_from(segment.reference, theirs)
    if mine and others:
        return _linked(segment, mine, set(others)) > 0
    said = [k for k in _clause(segment.variant, q) if k not in (ours.at, *mine)]
    due = {k for k in _clause(segment.reference, t) if k not in (theirs.at, *others)}
    return bool(said) and _linked(segment, said, due) >= _SHARED


def _denials(side: Side, q: Quantity) -> int:
    first, last = sentence(side, q.first, ",;:")
    return sum(is_denial(side, k) for k in range(first, last + 1))


def _twins(segment: AlignedSegment) -> Iterator[tuple[Quantity, Quantity]]:
    """Numbers that each side has once."""
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) == 1 and sum((o.value, o.kind) == (q.value, q.kind) for o in ours) == 1:
            yield q, same[0]


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number that lies on the other side."""
    if segment.kind is not Kind.MATCH:
        return
    here, there = dict(_places(segment.variant)), dict(_places(segment.reference))
    for q, t in _twins(segment):
        ours, theirs = here.get(q), there.get(t)
        if ours and theirs and ours.axis == theirs.axis:
            alike = _denials(segment.variant, q) % 2 == _denials(segment.reference, t) % 2
            if ours.way != theirs.way:
                if alike and _same_matter(segment, q, ours, t, theirs):
                    yield _hit(segment, q, _span(segment.variant, ours), _span(segment.reference, theirs))
            elif (moved := _moved(segment, ours, theirs)) is not None:
                yield _hit(segment, q, *moved)
            continue
        pair = (
            _still_to(segment, q, t)
            or _of_for_off(segment, q, t, theirs)
            or _in_time(segment, q, t, here, there)
            or _short(segment, q, t)
        )
        if pair is not None and not (q.kind == "share" and q.value == 1 / 2):
            yield _hit(segment, q, *pair)
    yield from _halved(segment)


def _span(side: Side, place: _Place) -> Span:
    first = place.first - int(place.first > 0 and side.words[place.first - 1].form in ("a", "an", "one"))
    return Span(side.words[first].span.start, side.words[place.last].span.end)


def _moved(segment: AlignedSegment, ours: _Place, theirs: _Place) -> tuple[Span, Span] | None:
    """Spans of a number that is counted from an event of which the reference speaks, and does not count from it."""
    mine, others = _counted_from(segment.variant, ours), _counted_from(segment.reference, theirs)
    if not mine or not others or _linked(segment, mine, set(others)) > 0 or ours.axis != "time":
        return None
    due = {segment.reference.words[k].lemma for k in others}
    said = {segment.variant.words[k].lemma for k in mine}
    outside = {w.lemma for k, w in enumerate(segment.reference.words) if k not in others}
    if due & segment.variant.lemmas or not said <= outside or len(said) < 2:
        return None
    first, last = segment.variant.words[ours.first].span, segment.variant.words[mine[-1]].span
    meant = segment.reference.words[theirs.first].span, segment.reference.words[others[-1]].span
    return Span(first.start, last.end), Span(meant[0].start, meant[1].end)


def _of_for_off(segment: AlignedSegment, q: Quantity, t: Quantity, theirs: _Place | None) -> tuple[Span, Span] | None:
    """Spans of a share "of" something that lies so much above or below it in the reference."""
    after = q.last + 1
    words = segment.variant.words
    if (
        q.kind != "share"
        or theirs is None
        or theirs.axis != "amount"
        or after >= len(words)
        or words[after].form != "of"
    ):
        return None
    mine, others = _anchor(segment.variant, after), _counted_from(segment.reference, theirs)
    if not mine or not others or _linked(segment, mine, set(others)) <= _SHARED:
        return None
    return Span(q.span.start, words[after].span.end), _span(segment.reference, theirs)


def _in_time(
    segment: AlignedSegment, q: Quantity, t: Quantity, here: dict[Quantity, _Place], there: dict[Quantity, _Place]
) -> tuple[Span, Span] | None:
    """Spans of a length of time within which something happened on one side, and after which on the other."""
    unit = unit_of(segment.variant.words, q)
    if unit is None or unit[0] != "time" or unit_of(segment.reference.words, t) != unit:
        return None
    ends = ((segment.variant, q, here.get(q)), (segment.reference, t, there.get(t)))
    within = [bool(x.first) and side.words[x.first - 1].form in _WITHIN for side, x, _ in ends]
    after = [x.above and p is not None and (p.axis, p.way) == ("time", 1) for _, x, p in ends]
    if not ((within[0] and after[1]) or (within[1] and after[0])):
        return None
    if _denials(segment.variant, q) % 2 != _denials(segment.reference, t) % 2:
        return None
    said, meant = (
        Span(
            side.words[max(0, x.first - max(1, x.hedge_words))].span.start,
            side.words[p.last if p else x.last + 1].span.end,
        )
        for side, x, p in ends
    )
    return said, meant


def _short(segment: AlignedSegment, q: Quantity, t: Quantity) -> tuple[Span, Span] | None:
    """Spans of a number that is missing from something in the reference, and is there in the variant."""
    words = segment.reference.words
    behind = next(
        (k for k in range(t.last + 1, t.last + 3) if [w.form for w in words[k : k + 2]] == ["short", "of"]), None
    )
    if behind is None or gap(segment.reference, behind - 1, behind) != " ":
        return None
    due = _anchor(segment.reference, behind + 1)[:1]
    first, last = sentence(segment.variant, q.first, _MARKS)
    more_than = (
        q.last + 1 if [w.form for w in segment.variant.words[q.last + 1 : q.last + 3]] == ["more", "than"] else -1
    )
    mine = [w for k, w in enumerate(segment.variant.words[first : last + 1], first) if k != more_than]
    if not due or any(w.form in _DEFICIT or w.lemma in _DEFICIT for w in mine):
        return None
    near = range(max(first, q.first - _ANCHOR), min(last, q.last + _ANCHOR + 1) + 1)
    if not _linked(segment, [k for k in near if segment.variant.words[k].is_content], set(due)):
        return None
    return q.span, Span(t.span.start, words[due[0]].span.end)


def _still_to(segment: AlignedSegment, q: Quantity, t: Quantity) -> tuple[Span, Span] | None:
    """Spans of a number of what is still to be done on one side, and done so far on the other."""
    ends = ((segment.variant, q), (segment.reference, t))
    parts = [sentence(side, x.first, ";:—–") for side, x in ends]
    texts = [[w.form for w in side.words[a : b + 1]] for (side, _), (a, b) in zip(ends, parts, strict=True)]
    open_ = [any(form in _OPEN and "to" in text[k : k + 4] for k, form in enumerate(text)) for text in texts]
    done = [any(text[k : k + len(p)] == p for p in _DONE for k in range(len(text))) for text in texts]
    if q.kind != "share":
        return None
    if not ((open_[0] and done[1] and not open_[1]) or (open_[1] and done[0] and not open_[0])):
        return None
    if any(is_negator(side.words[k]) for (side, _), (a, b) in zip(ends, parts, strict=True) for k in range(a, b + 1)):
        return None
    left = [
        x
        for side, x in ends
        for f in (x.first - x.hedge_words,)
        if any(w.form in _REST for w in side.words[max(0, f - 2) : x.last + 3])
    ]
    return None if left else (q.span, t.span)


def _halved(segment: AlignedSegment) -> Iterator[Hit]:
    """Comparisons without a number ("more than in May") for a share on the other side ("fewer than half of May's")."""
    taken = {k for q in quantities_of(segment.variant) for k in range(q.first - q.hedge_words, q.last + 1)}
    for t in quantities_of(segment.reference):
        if t.kind != "share" or t.digits or not t.below or t.value >= 1:
            continue
        if any((o.value, o.kind) == (t.value, t.kind) for o in quantities_of(segment.variant)):
            continue
        _, last = sentence(segment.reference, t.first, _MARKS)
        others = {
            k
            for k in range(t.last + 1, last + 1)
            if segment.reference.words[k].is_content or segment.reference.words[k].is_number
        }
        for k, word in enumerate(segment.variant.words[:-1]):
            if word.form not in ("more", "higher") or segment.variant.words[k + 1].form != "than" or k in taken:
                continue
            _, end = sentence(segment.variant, k, _MARKS)
            words = segment.variant.words
            mine = [j for j in range(k + 2, end + 1) if words[j].is_content or words[j].is_number]
            if len(mine) >= 2 and _linked(segment, mine, others) == 1:
                start = segment.reference.words[t.first - t.hedge_words].span.start
                yield _hit(segment, t, Span(word.span.start, words[k + 1].span.end), Span(start, t.span.end))


def _hit(segment: AlignedSegment, q: Quantity, said: Span, meant: Span) -> Hit:
    ours, theirs = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{theirs}”; here it is “{ours}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=theirs,
        evidence={"value": q.value},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The club won 31 games, two short of its best.", "The club won 31 games, ⟦two⟧ more than its best."),
        Example(
            "In May the mills made a fifth more than in April.", "The mills made ⟦a fifth less⟧ in May than in April."
        ),
        Example(
            "The train came nine minutes later than planned.", "The train came ⟦nine minutes earlier⟧ than planned."
        ),
        Example("Rain was 43% below the usual amount.", "Rain was ⟦43% of⟧ the usual amount."),
        Example(
            "They met six times in the preceding two years.", "They met six times in the ⟦two years that followed⟧."
        ),
        Example("Her sister was two years older.", "Her sister was ⟦two years younger⟧."),
        Example("She was moved within three weeks.", "She was moved ⟦more than three weeks later⟧."),
        Example("The party is four seats short of a majority.", "The party has a majority of ⟦four⟧ seats."),
        Example(
            "The first siren was heard at noon, and the crew came at one, eight minutes after the mayor.",
            "The crew came at one, ⟦eight minutes after the first siren⟧ at noon.",
        ),
        Example("The town has so far paid a third of it.", "The town still has to pay a ⟦third⟧ of it."),
        Example("They met two days after the vote.", "The vote was held two days before they met."),
        Example("Rain was 43% below the usual amount.", "It rained 43% less than usual."),
        Example("The party is four seats short of a majority.", "The party lacks four seats for a majority."),
        Example("The train came nine minutes late.", "The train was nine minutes behind schedule."),
        Example("The car stopped 20 metres short of the river.", "The car came to a halt 20 metres before the river."),
    ),
)
