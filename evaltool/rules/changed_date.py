"""A date or time of the reference is another one in the variant: year, month, day of the month, weekday, clock time.

Compared are the parts of each kind that only one side has: a weekday for a weekday, a month for a month. "4:47 a.m.",
"04:47" and "4.47am" are the same. A part that is merely left out or added is not counted, nor is one that the reference
has elsewhere. Found are also a clock time for a number of hours ("at 19:00" for "19 hours later"), and a date that ends
what it began in the reference, or the other way round ("by Friday" and "from Friday", "start" and "finish on Friday").
What lasts until a day may be told by what is so from then on ("blocked until Friday", "passable from Friday").

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._dates import DatePart, date_parts, day_told, distances, same_part, told_by_distance
from evaltool.rules._numbers import WEEKDAYS, quantities_of
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side

_HOUR = 3600
_PARTS = frozenset("morning afternoon evening night".split())
_SAME_PART = frozenset([frozenset(["evening", "night"]), frozenset(["morning", "night"])])  # "in the small hours"
_MARKS = ",;:()—–"
#: From these on something goes on; and what may stand between a preposition and its date.
_FROM = frozenset("from since after starting beginning".split())
_INNER = frozenset("the end of start beginning early late mid next this last coming st nd rd th".split())
_RANGES = frozenset("to until till through".split())
#: Verbs that say little more than that something begins or is over, and how many words before a date they stand.
_BEGIN = frozenset("start begin commence launch".split())
_END = frozenset("end finish complete conclude".split())
_VERB = 3
#: So many words of a clause, or more, tell that it has not moved.
_STAYING = 2
#: What the two prepositions say of a date is turned round where both clauses deny or neither does.
_ORDER = frozenset(["before", "after"])
#: So it is with what lasts to a date and what begins there.
_TO_THAT_DAY = {"till": "until", "until": "until", "from": "from", "since": "from"}
_SIDES = {"before": -1, "until": -1, "after": 1, "from": 1}
#: Of the words of both clauses so many must be linked for both to say the same of a date; and what says that something
#: is as it was, or no longer is, so that the other end of its time may be told.
_SAME, _OPENING = 0.7, 4  # words of a phrase that opens a clause
#: What lasts until a day is told as well by what is so from then on ("blocked until Friday", "passable from Friday").
_SAME_STATE = 0.95
_TURNING = frozenset(
    """
    again stop cease resume return restart reopen restore lift expire over begin start new old former still already
    """.split()
)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each part of a date or time that stands for another one."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = date_parts(segment.variant), date_parts(segment.reference)
    for kind in ("weekday", "month", "season", "year", "day", "time"):
        gone = [t for t in theirs if t.kind == kind and not any(same_part(o, t) for o in ours)]
        new = [o for o in ours if o.kind == kind and not any(same_part(o, t) for t in theirs)]
        if kind == "weekday" and any(w.form in ("yesterday", "today", "tomorrow") for w in segment.reference.words):
            continue
        if kind == "day":
            new = [o for o in new if o.span not in day_told(segment.variant, segment.reference)[0]]
            gone = [t for t in gone if t.span not in day_told(segment.reference, segment.variant)[0]]
        if len(gone) != len(new):
            continue  # something was left out or added: nothing says which stands for which
        for said, meant in zip(new, gone, strict=True):
            if kind != "time" and segment.profile is not Profile.TRANSLATION and _elsewhere(segment, said):
                continue
            if told_by_distance(said, meant, segment.variant.quote, segment.reference.quote):
                continue
            free = kind != "year" or _reckoned(segment, said, meant)
            yield _hit(segment, said.span, meant.span, kind, wording=free)
    yield from _parts_of_day(segment)
    yield from _untold(segment)
    yield from _clocks(segment)
    yield from _turned(segment)
    yield from _reordered(segment)


def _reckoned(segment: AlignedSegment, said: DatePart, meant: DatePart) -> bool:
    """Whether a year may be worked out: a number of the segment is how far the two years are apart."""
    apart = abs(int(said.value) - int(meant.value))
    numbers = (*quantities_of(segment.variant), *quantities_of(segment.reference))
    return any(abs(q.value - apart) <= 1 for q in numbers if not q.year)


def _parts_of_day(segment: AlignedSegment) -> Iterator[Hit]:
    """Parts of a day that are other ones beside the same weekday: "Sunday morning" for "Sunday afternoon"."""
    ours, theirs = _with_part_of_day(segment.variant), _with_part_of_day(segment.reference)
    for day, (part, span) in ours.items():
        due, there = theirs.get(day, ("", span))
        if part and due and part != due and frozenset([part, due]) not in _SAME_PART:
            yield _hit(segment, span, there, "part of the day")


def _with_part_of_day(side: Side) -> dict[str, tuple[str, Span]]:
    """Weekday -> (part of the day, span of both), where a side names the day once; no part where it has it twice."""
    found: dict[str, tuple[str, Span]] = {}
    if not _PARTS & side.forms:
        return found
    for before, word in pairwise(side.words):
        if word.form in _PARTS and before.form in WEEKDAYS:
            twice = before.form in found
            found[before.form] = ("" if twice else word.form, Span(before.span.start, word.span.end))
    return found


def _untold(segment: AlignedSegment) -> Iterator[Hit]:
    """Days that the reference tells by how far they are from another day, and that are other ones in the variant."""
    ours, theirs = date_parts(segment.variant), date_parts(segment.reference)
    for kind in ("weekday", "day"):
        new = [o for o in ours if o.kind == kind and not any(same_part(o, t) for t in theirs)]
        kept = [t for t in theirs if t.kind == kind and any(same_part(o, t) for o in ours)]
        due = [d for d in distances(segment.reference) if not any(n == d[0] for n, _ in distances(segment.variant))]
        if len(new) != 1 or len(kept) != 1 or len(due) != 1 or any(t.kind == kind and t not in kept for t in theirs):
            continue
        (said,), (_, span) = new, due[0]
        if kind == "day":
            told = said.span in day_told(segment.variant, segment.reference)[0]
        else:
            told = told_by_distance(said, kept[0], segment.variant.quote, segment.reference.quote)
        if not told and not _elsewhere(segment, said):
            yield _hit(segment, said.span, span, "distance")


def _clocks(segment: AlignedSegment) -> Iterator[Hit]:
    """Clock times that stand for a number of hours, where the reference tells no time."""
    ours, theirs = date_parts(segment.variant), date_parts(segment.reference)
    if any(t.kind == "time" for t in theirs):
        return
    kept = {q.value for q in quantities_of(segment.variant) if unit_of(segment.variant.words, q)}
    for said in (o for o in ours if o.kind == "time"):
        hour, minutes = said.value.split(":")
        for q in quantities_of(segment.reference):
            hours = unit_of(segment.reference.words, q)
            if minutes != "00" or hours is None or hours[1] != _HOUR or q.value in kept:
                continue
            if q.value in {int(hour), int(hour) + 12}:
                there = Span(q.span.start, segment.reference.words[q.last + 1].span.end)
                yield _hit(segment, said.span, there, "length of time")


def _turned(segment: AlignedSegment) -> Iterator[Hit]:
    """Dates at which something ends that begins there in the reference, or the other way round."""
    ours, theirs = date_parts(segment.variant), date_parts(segment.reference)
    for said in ours:
        same = [t for t in theirs if same_part(said, t)]
        if said.kind not in ("weekday", "month") or len(same) != 1 or sum(same_part(o, said) for o in ours) != 1:
            continue
        at, due = _edge(segment.variant, said), _edge(segment.reference, same[0])
        if due is not None and due[0] in ("begin", "end") and _opposed(segment):
            continue  # "closed from Monday", "open by Monday"
        if at is not None and due is not None and {at[0], due[0]} in ({"begin", "end"}, {"begins", "ends"}):
            yield _hit(segment, at[1], due[1], "begin or end", wording=not _same_said(segment, said, same[0]))


def _reordered(segment: AlignedSegment) -> Iterator[Hit]:
    """Dates before which something is to happen, and after which it is to in the variant, or the other way round."""
    ours, theirs = date_parts(segment.variant), date_parts(segment.reference)
    for said in ours:
        same = [t for t in theirs if same_part(said, t)]
        if len(same) != 1 or sum(same_part(o, said) for o in ours) != 1:
            continue
        at, due = _order(segment.variant, said), _order(segment.reference, same[0])
        if at is None or due is None or at[0] == due[0] or at[1] != due[1] or _opposed(segment):
            continue
        alike = _same_said(segment, said, same[0])
        if (at[0] in _ORDER) != (due[0] in _ORDER) and not (alike and _SIDES[at[0]] != _SIDES[due[0]]):
            continue
        if not alike and {at[0], due[0]} == {"until", "from"} and segment.profile is not Profile.TRANSLATION:
            continue
        yield _hit(segment, at[2], due[2], "before or after", wording=not alike)


def _order(side: Side, part: DatePart) -> tuple[str, bool, Span] | None:
    """(preposition, whether the clause denies, span) of a date directly behind "before", "after", "until" or "from"."""
    last = next(k for k, w in enumerate(side.words) if w.span.start >= part.span.start)
    first, end = sentence(side, last, _MARKS)
    at = last - 1
    while at > first and (side.words[at].form in _INNER or side.words[at].is_number):
        at -= 1
    word = _TO_THAT_DAY.get(side.words[at].form, side.words[at].form)
    if at < first or word not in ("from", "until", *_ORDER) or (last < end and side.words[last + 1].form in _RANGES):
        return None
    if at and word in _ORDER and (side.words[at - 1].lemma in ("day", "week", "month", "year", "hour", "minute")):
        return None  # "the day before Monday"
    denies = any(is_negator(w) for w in side.words[first : end + 1])
    return word, denies, Span(side.words[at].span.start, part.span.end)


def _same_said(segment: AlignedSegment, said: DatePart, meant: DatePart) -> bool:
    """Whether both clauses say the same of a date: their words are linked, and none says that something turns."""
    clauses, denials, turning = [], [], []
    for side, part in ((segment.variant, said), (segment.reference, meant)):
        at = next(k for k, w in enumerate(side.words) if w.span.start >= part.span.start)
        whole, (first, last) = sentence(side, at, ";:()—–"), sentence(side, at, _MARKS)
        if last - first < _OPENING and last < whole[1]:
            last = sentence(side, last + 1, _MARKS)[1]  # "From 1 July, it may not be sold"
        words = range(first, last + 1)
        denials.append(sum(is_denial(side, k) and side.words[k].form not in _SIDES for k in words) % 2)
        turning.append({side.words[k].lemma for k in range(whole[0], whole[1] + 1)} & _TURNING)
        clauses.append([k for k in words if side.words[k].is_content and not part.span.overlaps(side.words[k].span)])
    linked = sum(segment.variant.partner[k] is not None for k in clauses[0])
    linked += sum(segment.reference.partner[k] is not None for k in clauses[1])
    ends = any(w.form in ("until", "till") for side in (segment.variant, segment.reference) for w in side.words)
    share = _SAME if not ends or denials[0] == denials[1] == 1 else _SAME_STATE
    alike = linked >= share * sum(map(len, clauses)) and min(map(len, clauses)) >= _STAYING
    return alike and denials[0] == denials[1] and turning[0] == turning[1] and not _opposed(segment)


def _opposed(segment: AlignedSegment) -> bool:
    """Whether the sides have opposites that the other one does not have."""
    ours = {w.lemma for w in segment.variant.words if w.is_content} - segment.reference.lemmas
    theirs = {w.lemma for w in segment.reference.words if w.is_content} - segment.variant.lemmas
    return any(lexicon.antonyms(a, b) for a in ours for b in theirs)


def _edge(side: Side, part: DatePart) -> tuple[str, Span] | None:
    """("begin" or "end", span) of a date with its preposition; "begins" or "ends" where a verb before it says so."""
    last = next(k for k, w in enumerate(side.words) if w.span.start >= part.span.start)
    first, end = sentence(side, last, _MARKS)
    if last < end and side.words[last + 1].form in _RANGES:
        return None
    at = last - 1
    while at > first and (side.words[at].form in _INNER or side.words[at].is_number):
        at -= 1
    if at < first or any(is_negator(w) for w in side.words[first : end + 1]):
        return None
    if side.words[at].form in _RANGES:
        return None
    edge = "begin" if side.words[at].form in _FROM else "end" if side.words[at].form == "by" else ""
    for k in range(at - 1, max(first, at - _VERB) - 1, -1):
        word = side.words[k]
        if word.lemma in _BEGIN or word.lemma in _END:
            return "begins" if word.lemma in _BEGIN else "ends", Span(word.span.start, part.span.end)
    return (edge, Span(side.words[at].span.start, part.span.end)) if edge else None


def _hit(segment: AlignedSegment, said: Span, meant: Span, kind: str, *, wording: bool = True) -> Hit:
    due = meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=due,
        evidence={"kind": kind},
        confidence=0.9,
        wording=wording,
    )


def _elsewhere(segment: AlignedSegment, part: DatePart) -> bool:
    """Whether the reference has a weekday, month or year outside the segment, so that it may only have moved."""
    if part.kind == "day" or segment.literalness > 0.7 or _stayed(segment, part):
        return False
    if part.kind in ("month", "weekday") and _same_slot(segment, part):
        return False
    form = part.value
    return any(w.form == form or (part.kind == "month" and w.form[:3] == form) for w in segment.whole_reference.words)


def _same_slot(segment: AlignedSegment, part: DatePart) -> bool:
    """Whether the reference has one other such part, behind the same noun and preposition: "its election in May"."""
    others = [t for t in date_parts(segment.reference) if t.kind == part.kind]
    ours = [o for o in date_parts(segment.variant) if o.kind == part.kind]
    if len(others) != 1 or len(ours) != 1:
        return False
    before = []
    for side, own in ((segment.variant, part), (segment.reference, others[0])):
        at = next(k for k, w in enumerate(side.words) if w.span.start >= own.span.start)
        before.append(
            [w.lemma for w in side.words[max(0, at - 2) : at]] if at > 1 and side.words[at - 2].is_content else []
        )
    return bool(before[0]) and before[0] == before[1]


def _stayed(segment: AlignedSegment, part: DatePart) -> bool:
    """Whether all that the clause of a date says is in the segment's reference: what moves in brings its own words."""
    side = segment.variant
    at = next(k for k, w in enumerate(side.words) if w.span.start >= part.span.start)
    first, last = sentence(side, at, _MARKS)
    said = [w.lemma for w in side.words[first : last + 1] if w.is_content and not part.span.overlaps(w.span)]
    return len(said) >= _STAYING and all(lemma in segment.reference.lemmas for lemma in said)


RULE = Rule(
    category=Category.DATE_TIME,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The shop opened on Monday.", "The shop opened on ⟦Tuesday⟧."),
        Example("It began at 4:47 a.m. and went on.", "It began at ⟦4:47 p.m.⟧ and went on."),
        Example("The mill burnt down in 1958.", "The mill burnt down in ⟦1985⟧."),
        Example(
            "It covers all cookers made by the firm before May 2018.",
            "All cookers that the firm has made ⟦since May⟧ 2018 are covered.",
        ),
        Example("The road is blocked until Friday.", "The road is passable from Friday.", profile=Profile.PARAPHRASE),
        Example("The shop was closed until May.", "The shop has been open since May."),
        Example("They came back on Thursday night.", "They were back on ⟦Thursday afternoon⟧."),
        Example("They came back on Thursday night.", "They were back on Thursday evening."),
        Example("The count went on 19 hours later.", "The count went on at ⟦19:00⟧."),
        Example(
            "Children eat free of charge from September.", "Children eat free of charge ⟦by the end of September⟧."
        ),
        Example(
            "The recount will start on Friday at the school.", "The recount will ⟦finish on Friday⟧ at the school."
        ),
        Example("The school will be closed until September.", "The school will open in September."),
        Example("A ruling is not expected before October.", "A ruling is not expected ⟦after October⟧."),
        Example("They could not use it until 22 October.", "They could not use it ⟦from October⟧ 22."),
        Example("The bridge will reopen in the spring.", "The bridge will reopen in the ⟦autumn⟧."),
        Example(
            "They told the police on 17 October, four days after the theft.",
            "The theft was on ⟦11⟧ October and they told the police on 17 October.",
        ),
        Example(
            "They told the police on 17 October, four days after the theft.",
            "The theft was on 13 October and they told the police on 17 October.",
        ),
        Example(
            "The shots fell shortly before 11:30 a.m. (0830 GMT) in the square.",
            "The shots fell shortly before 11.30 (08:30 GMT) in the square.",
        ),
        Example("It begins at 4 p.m. on Sunday.", "It begins at four in the afternoon on Sunday."),
        Example("It begins at 4 p.m. on Sunday.", "It begins at ⟦four in the morning⟧ on Sunday."),
        Example(
            "The board met on Monday, a day before the vote in parliament.",
            "Parliament votes on Tuesday. The board met one day earlier.",
        ),
        Example("They meet on 31 March.", "They meet on March 31st."),
        Example("It began at 4:47 p.m. and went on.", "It began at 16:47 and went on."),
    ),
)
