"""A number of the reference is different or missing in the variant, or the variant has a number of its own.

Words and digits are the same number, as are "1.2bn" and "1,200 million", 20% and "a fifth". A hedged rounding that
stays true is accepted ("some 750" or "almost 750" for 745), and so is a number that stands elsewhere in the reference.

Severity: critical where one number stands in the place of another and counts people or money; major otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._counted import counted, designations
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._units import converted, same_period, unit_of
from evaltool.words import AlignedSegment, Side

_PEOPLE = frozenset(
    """
    people person man woman child civilian death casualty victim soldier troop officer worker employee job
    student resident member voter family patient passenger refugee fighter protester
    """.split()
)
_MONEY = frozenset("$ € £ ¥ ₹ dollar euro pound yen rupee franc peso usd eur gbp".split())
#: Below this the variant's wording is too free for a number alone to tell an error from a paraphrase.
_LITERAL = 0.45
#: How many words may stand from a part to its whole: "two of the town's nine".
_PARTITIVE = 5
_GROUP = 3
#: Up to this a number is said in many ways: "both", "double", "the Second World War".
_SMALL = 2
#: Where one number alone is new and one alone is gone, they stand for each other in freer wording too.
_LITERAL_CLEAR = 0.25
_EXCHANGED = str.maketrans(",.", ".,")


def _about_people_or_money(side: Side, q: Quantity) -> bool:
    near = side.words[max(0, q.first - 1) : q.last + 4]
    return any(w.lemma in _PEOPLE or w.form in _MONEY or w.lemma in _MONEY for w in near)


def _comparable(segment: AlignedSegment, ours: Quantity, theirs: Quantity) -> bool:
    """Whether one can stand in the place of the other: years do not stand for metres, nor for people."""
    a, b = unit_of(segment.variant.words, ours), unit_of(segment.reference.words, theirs)
    if ours.kind != theirs.kind or ours.year != theirs.year:
        return False
    if a is None and b is None:
        return True
    if a is None or b is None:
        return not (counted(segment.variant, ours) if a is None else counted(segment.reference, theirs))
    return a[0] == b[0]


def _transposed(ours: Quantity, theirs: Quantity) -> bool:
    a, b = f"{ours.value:g}", f"{theirs.value:g}"
    return a != b and len(a) == len(b) > 1 and sorted(a) == sorted(b)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield changed, new and missing numbers."""
    if segment.kind is not Kind.MATCH:
        return
    mine, others = segment.variant.words, segment.reference.words
    ours, theirs = _without_grouping(segment, quantities_of(segment.variant), quantities_of(segment.reference))
    yield from _renamed(segment)
    found = list(_recounted(segment, ours, theirs))
    yield from (hit for _, _, hit in found)
    ours = [q for q in ours if not any(q is o for o, _, _ in found)]
    theirs = [q for q in theirs if not any(q is t for _, t, _ in found)]
    lost = [q for q in theirs if not any(agrees(o, q) or converted(o, mine, q, others) for o in ours)]
    values = {(t.value, t.kind) for t in quantities_of(segment.whole_reference)}
    new = [
        q
        for q in ours
        if (q.value, q.kind) not in values and not any(agrees(q, t) or converted(q, mine, t, others) for t in theirs)
    ]
    for q in new:
        if q.year and any(t.year for t in lost):
            continue  # a date
        if _written(segment.reference, theirs, q.span.of(segment.variant.text)):
            continue  # inside a score or a time: "78:83"
        same = [t for t in lost if _comparable(segment, q, t) and (t.digits or t.value > _SMALL)]
        mirrored = [t for t in same if _transposed(q, t)]
        if (
            not q.digits and (q.value <= _SMALL or q.kind == "ordinal") and not mirrored
        ):  # "one", "two": often no count at all
            continue
        if not same and (not q.digits or q.kind in ("time", "date") or q.about or q.above or q.below):
            continue  # a hedged figure may be worked out from others ("about 40%" of 31,000 for 12,500)
        clear = q.digits and len(same) == 1 and len(new) == 1
        if segment.literalness < (_LITERAL_CLEAR if clear else _LITERAL) and not mirrored:
            continue
        stands_for = min(mirrored or same, key=lambda t: abs(t.first - q.first), default=None)
        if stands_for is None:
            yield Hit(
                Severity.MAJOR,
                f"The variant says “{q.span.of(segment.variant.text)}”; the reference has no such number.",
                variant_span=q.span,
                evidence={"value": q.value},
                confidence=0.7,
            )
            continue
        lost.remove(stands_for)
        yield _changed(segment, q, stands_for)
    if segment.profile is not Profile.TRANSLATION or segment.literalness < _LITERAL:
        return
    for q in lost:
        if not q.digits or q.value <= _SMALL or q.year or q.kind in ("time", "date") or same_period(q, others, mine):
            continue
        if _written(segment.variant, ours, q.span.of(segment.reference.text)):
            continue
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{q.span.of(segment.reference.text)}”; the variant does not have this number.",
            reference_span=q.span,
            evidence={"reference value": q.value},
            confidence=0.75,
        )


def _written(side: Side, read: list[Quantity], number: str) -> bool:
    """Whether a side has the same digits where no quantity was read, as in a score or a clock time."""
    if not number.isdecimal() or side.span is None:
        return False
    places = (
        m.start() for m in regex.finditer(rf"(?<!\d){number}(?!\d)", side.text, pos=side.span[0], endpos=side.span[1])
    )
    return any(not any(q.span.start <= at < q.span.end for q in read) for at in places)


def _changed(segment: AlignedSegment, ours: Quantity, theirs: Quantity) -> Hit:
    """The hit of a number that stands for another one."""
    due, mirrored = theirs.span.of(segment.reference.text), _transposed(ours, theirs)
    return Hit(
        Severity.CRITICAL if _about_people_or_money(segment.reference, theirs) else Severity.MAJOR,
        f"The reference says “{due}”; here it is “{ours.span.of(segment.variant.text)}”.",
        variant_span=ours.span,
        reference_span=theirs.span,
        suggestion=due,
        evidence={"value": ours.value, "reference value": theirs.value, "transposed": int(mirrored)},
        confidence=0.95 if mirrored else 0.85,
    )


def _recounted(
    segment: AlignedSegment, ours: list[Quantity], theirs: list[Quantity]
) -> Iterator[tuple[Quantity, Quantity, Hit]]:
    """Numbers of the same things: each side counts them once, and the two counts disagree.

    The numbers may both occur on both sides: two figures exchanged, or the whole given for the part ("nine libraries"
    where the reference says "two of the nine libraries").
    """
    mine, others = segment.variant.words, segment.reference.words
    for q in ours:
        things = counted(segment.variant, q)
        same = [t for t in theirs if t.kind == q.kind == "count" and set(things) & set(counted(segment.reference, t))]
        again = [o for o in ours if o is not q and set(things) & set(counted(segment.variant, o))]
        if len(same) != 1 or again or q.year or same[0].year:
            continue
        (t,) = same
        part = _part_of(segment.reference, t, theirs)
        if part is not None and agrees(q, t) and not any(agrees(o, part) for o in ours):
            if not _part_of_any(segment.variant, q):
                yield q, part, _changed(segment, q, part)
            continue
        if agrees(q, t) or converted(q, mine, t, others) or {q.value, t.value} == {1.0, 0.0}:
            continue
        if 1 in (q.value, t.value) and counted(segment.reference, t)[:1] != things[:1]:
            continue  # "one" is a count only beside what it counts
        named_otherwise = [u for u in theirs if agrees(q, u)]
        if named_otherwise and not _exchanged(segment, q, t, ours, theirs):
            hedged = (
                _hedge(q)
                and _hedge(q) == _hedge(t)
                and not any(_hedge(u) and u.value == q.value for u in named_otherwise)
            )
            if not hedged:
                continue  # it counts what the reference calls otherwise
        if any(agrees(o, t) and not counted(segment.variant, o) for o in ours):
            continue  # the number stands without its noun somewhere else
        yield q, t, _changed(segment, q, t)


def _hedge(q: Quantity) -> tuple[bool, bool, bool] | None:
    """Which bounds a number has, or None ("at least seven people" and "at least nine people" are one statement)."""
    return (q.about, q.above, q.below) if q.about or q.above or q.below else None


def _exchanged(segment: AlignedSegment, q: Quantity, t: Quantity, ours: list[Quantity], theirs: list[Quantity]) -> bool:
    """Whether two numbers have changed places: what the one counted, the other counts now."""
    back = [o for o in ours if agrees(o, t)]
    forth = [u for u in theirs if agrees(q, u)]
    return any(set(counted(segment.variant, o)) & set(counted(segment.reference, u)) for o in back for u in forth)


def _part_of(side: Side, whole: Quantity, quantities_: list[Quantity]) -> Quantity | None:
    """The "two" of "two of the town's nine libraries"."""
    for part in quantities_:
        between = side.words[part.last + 1 : whole.first]
        if part.last < whole.first and between and between[0].form == "of" and len(between) <= _PARTITIVE:
            return part
    return None


def _part_of_any(side: Side, whole: Quantity) -> bool:
    """Whether an "of" stands shortly before a number: a part of it is meant."""
    return any(w.form in ("of", "out", "among") for w in side.words[max(0, whole.first - _PARTITIVE) : whole.first])


def _renamed(segment: AlignedSegment) -> Iterator[Hit]:
    """Numbers inside a name that are others: F-16 for F-35."""
    ours, theirs = list(designations(segment.variant)), list(designations(segment.reference))
    for name, number, span in ours:
        same = {(n, there) for other, n, there in theirs if other == name}
        if same and all(n != number for n, _ in same):
            there = min(there for _, there in same)
            yield Hit(
                Severity.MAJOR,
                f"The reference names “{there.of(segment.reference.text)}”; here it is"
                f" “{span.of(segment.variant.text)}”.",
                variant_span=span,
                reference_span=there,
                suggestion=there.of(segment.reference.text),
                evidence={"name": name},
                confidence=0.9,
            )


def _without_grouping(
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


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It hit 42 of the 50 towns.", "It hit ⟦24⟧ of the 50 towns.", severity=Severity.MAJOR),
        Example("The storm killed 42 people.", "The storm killed ⟦52⟧ people.", severity=Severity.CRITICAL),
        Example("Up to 140 shops will close.", "Up to ⟦1,400⟧ shops will close."),
        Example("The law passed on its ⟦3⟧rd reading in the house.", "The law passed on its reading in the house."),
        Example("Two of the nine schools close.", "⟦Nine⟧ schools close."),
        Example("It took 12 buses and 30 vans.", "It took ⟦30⟧ buses and ⟦12⟧ vans."),
        Example("One man was seen near the bridge.", "⟦Two⟧ men were seen near the bridge."),
        Example("They bought an F-35 from the maker.", "They bought an ⟦F-16⟧ from the maker."),
        Example("In the past 24 hours 77 people called.", "Within a day 77 people called."),
        Example("It cost 1.2 million euros.", "It cost €1,200,000."),
        Example("Some 745 seats were sold.", "Almost 750 seats were sold."),
        Example("It lies 160 kilometres away.", "It lies 100 miles away."),
        Example("A fifth of the seats were sold.", "20 per cent of the seats were sold."),
        Example("Twenty-five ships left.", "25 ships left."),
    ),
)
