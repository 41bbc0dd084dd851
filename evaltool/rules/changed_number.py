"""A number of the reference is different or missing in the variant, or the variant has a number of its own.

Words and digits are the same number, as are "1.2bn" and "1,200 million", 20% and "a fifth", 4 and "the 4th", 21.00 and
"9 p.m.". A hedged rounding that stays true and claims to know no more is accepted ("some 750" or "almost 750" for 745,
but not "about 16,700" for "16,000 to 17,000"), outside a translation also one without a hedge, and so are a total of
the reference's numbers, the groups of a telephone number, and a number that stands elsewhere in the reference. Where a
whole text is worded freely, a number that stands for none is a note: it may be worked out.

Severity: critical where one number stands in the place of another and counts people or money; major otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._counted import counted, counted_otherwise, designations, of_people_or_money
from evaltool.rules._derived import (
    apposed_one,
    derived,
    doubled,
    followed_from,
    of_behind,
    others_of,
    parted,
    ranges_in_one,
    told_elsewhere,
    worked_out_perhaps,
)
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._remainder import left_for_lost, told_by_the_rest, turned, whole_of
from evaltool.rules._restated import ending, is_whole, told_otherwise, written
from evaltool.rules._retold import compared
from evaltool.rules._units import converted, same_period, unit_of
from evaltool.words import AlignedSegment, Side, Vocabulary

#: Below the first the wording is too free for a number alone to tell an error from a paraphrase; below the second it is
#: even where one number alone is new and one alone is gone.
_LITERAL, _LITERAL_CLEAR = 0.45, 0.25
#: Words from a part to its whole ("two of the town's nine"), and to each side of a number, for what is said of it.
_PARTITIVE, _SAID_OF = 5, 6
_DETERMINERS = frozenset("the its their all our his her these those of".split())
#: Up to this a number is said in many ways ("both", "double"); digits from which on a zero too many is a slip.
_SMALL, _ZEROS = 2, 2
_NEAR_SHARE, _OF_WHAT = 0.2, 7  # a share in words may be so far from what it rounds; words that say what it is of


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
    """Whether two numbers have the same digits in another order, or one has zeros more."""
    a, b = f"{ours.value:.0f}", f"{theirs.value:.0f}"
    if ours.kind == theirs.kind == "count" and len(a) != len(b) and min(len(a), len(b)) > _ZEROS:
        return a.rstrip("0") == b.rstrip("0")  # 600,000 for 60,000
    a, b = f"{ours.value:g}", f"{theirs.value:g}"
    return a != b and len(a) == len(b) > 1 and sorted(a) == sorted(b)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield changed, new and missing numbers."""
    if segment.kind is Kind.MATCH:
        yield from ranges_in_one(_found(segment), segment.variant.text)


def _found(segment: AlignedSegment) -> Iterator[Hit]:
    mine, others = segment.variant.words, segment.reference.words
    ours, theirs = compared(segment)
    yield from _renamed(segment)
    found = [*_recounted(segment, ours, theirs), *_left_for_lost(segment, ours, theirs)]
    yield from (hit for _, _, hit in found)
    yield from _wholes(segment, ours, theirs)
    ours = [q for q in ours if not any(q is o for o, _, _ in found)]
    theirs = [q for q in theirs if not any(q is t or _range(segment.reference, q, t) for _, t, _ in found)]

    def same_number(q: Quantity, t: Quantity) -> bool:
        return (agrees(q, t) and not _rounded(segment, q, t)) or converted(q, mine, t, others)

    lost = [t for t in theirs if not any(same_number(q, t) for q in ours)]
    values = {(t.value, t.kind) for t in quantities_of(segment.whole_reference)}
    new = [
        q
        for q in ours
        if ((q.value, q.kind) not in values or _of_another(segment, q, lost))
        and not any(same_number(q, t) for t in theirs)
    ]
    for q in new:
        if q.year and any(t.year for t in lost):
            continue  # a date
        inside = written(segment.reference, theirs, q.span.of(segment.variant.text))  # a score or a time: "78:83"
        if inside or derived(segment, q, ours, theirs):
            continue
        if (share := _other_share(segment, q, new, lost)) is not None:
            lost = [t for t in lost if t is not share]
            yield worked_out_perhaps(segment, _changed(segment, q, share))
            continue
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
                wording=True,  # it may be worked out
            )
            continue
        lost = [t for t in lost if t is not stands_for and not _range(segment.reference, t, stands_for)]
        yield worked_out_perhaps(segment, _changed(segment, q, stands_for))
    if segment.profile is Profile.TRANSLATION and segment.literalness >= _LITERAL:
        yield from _missing(segment, ours, lost)


def _other_share(
    segment: AlignedSegment, q: Quantity, new: Sequence[Quantity], lost: Sequence[Quantity]
) -> Quantity | None:
    """The share that a share in words stands for, where it is said in the same way ("by half", "by a quarter")."""
    shares = [t for t in lost if t.kind == "share"]
    if q.kind != "share" or q.digits or len(shares) != 1 or sum(n.kind == "share" for n in new) != 1:
        return None
    (t,) = shares
    by = _introduced(segment.variant, q) == _introduced(segment.reference, t) == "by"
    if segment.literalness < _LITERAL_CLEAR or abs(q.value - t.value) <= _NEAR_SHARE * t.value:
        return None
    if not by and math.isclose(q.value + t.value, 1) and turned(segment.variant, q, segment.reference, t):
        return None  # one third do, two thirds do not
    return t if by or set(_of_what(segment.variant, q)) & set(_of_what(segment.reference, t)) else None


def _of_another(segment: AlignedSegment, q: Quantity, lost: Sequence[Quantity]) -> bool:
    """Whether a share is one of what the reference gives another share of here, and not of what it is of elsewhere."""
    what = set(_of_what(segment.variant, q))
    homes = [u for u in quantities_of(segment.whole_reference) if (u.value, u.kind) == (q.value, q.kind)]
    if q.digits and counted_otherwise(segment.variant, q, segment.whole_reference, homes):
        return any(t.digits and _comparable(segment, q, t) for t in lost)
    return (
        q.kind == "share"
        and any(t.kind == "share" and what & set(_of_what(segment.reference, t)) for t in lost)
        and not any(what & set(_of_what(segment.whole_reference, u)) for u in homes)
    )


def _introduced(side: Side, q: Quantity) -> str:
    """The word before a number, its hedges and articles."""
    before = (w.form for w in reversed(side.words[: q.first - q.hedge_words]) if w.form not in ("a", "an", "the"))
    return next(before, "")


def _of_what(side: Side | Vocabulary, q: Quantity) -> list[str]:
    """Dictionary forms of the content words directly behind a share, also behind an "of"."""
    end = sentence(side, q.last, ",;:()—–")[1] + 1
    return [w.lemma for w in side.words[q.last + 1 : min(end, q.last + 1 + _OF_WHAT)] if w.is_content][:2]


def _missing(segment: AlignedSegment, ours: list[Quantity], lost: list[Quantity]) -> Iterator[Hit]:
    """The numbers that nothing stands for."""
    mine, others = segment.variant.words, segment.reference.words
    for q in lost:
        if not q.digits or q.value <= _SMALL or q.year or q.kind in ("time", "date") or same_period(q, others, mine):
            continue
        if written(segment.variant, ours, q.span.of(segment.reference.text)) or others_of(segment.variant, q, ours):
            continue
        if told_otherwise(segment, q, ours):
            continue
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{q.span.of(segment.reference.text)}”; the variant does not have this number.",
            reference_span=q.span,
            evidence={"reference value": q.value},
            confidence=0.75,
        )


def _rounded(segment: AlignedSegment, ours: Quantity, theirs: Quantity) -> bool:
    """Whether a translation gives another whole number and nothing says that it is rounded: 250 for 247."""
    if segment.profile is not Profile.TRANSLATION or theirs.kind != "count" or _hedge(theirs):
        return False
    if any(_hedge(q) for q in quantities_of(segment.variant)):
        return False  # one bound may hold for two numbers: "nearly 130 soldiers and 150 volunteers"
    return ours.digits and theirs.value.is_integer() and not math.isclose(ours.value, theirs.value, rel_tol=1e-9)


def _range(side: Side, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are the ends of a range: "16,000 to 17,000"."""
    first, second = sorted((one, other), key=lambda q: q.first)
    between = side.text[first.span.end : second.span.start].strip("$£€¥% \u00a0")
    return between in ("to", "or", "and", "-", "–", "—")


def _changed(segment: AlignedSegment, ours: Quantity, theirs: Quantity, *, elsewhere: bool = False) -> Hit:
    """The hit of a number that stands for another one."""
    there = segment.whole_reference if elsewhere else segment.reference
    due, mirrored = theirs.span.of(segment.reference.text), _transposed(ours, theirs)
    return Hit(
        Severity.CRITICAL if of_people_or_money(there, theirs) else Severity.MAJOR,
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
        if part is not None and agrees(q, t) and not any(o.value in (part.value, t.value - part.value) for o in ours):
            if not is_whole(segment.variant, q) and not apposed_one(segment.reference, part):
                yield q, part, _changed(segment, q, part)
            continue
        if agrees(q, t) and not _rounded(segment, q, t):
            continue
        if converted(q, mine, t, others) or {q.value, t.value} == {1.0, 0.0}:
            continue
        if (
            ending(segment.variant, q, theirs, ours)
            or told_by_the_rest(segment.variant, q, ours, segment.reference, theirs)
            or followed_from(segment, q, theirs)
            or told_elsewhere(segment, q, t, things, theirs)
        ):
            continue
        if 1 in (q.value, t.value) and counted(segment.reference, t)[:1] != things[:1]:
            continue  # "one" is a count only beside what it counts
        named_otherwise = [u for u in theirs if agrees(q, u)]
        if doubled(q, named_otherwise, t, ours):
            yield q, t, _changed(segment, q, t)
            continue
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


def _left_for_lost(
    segment: AlignedSegment, ours: Sequence[Quantity], theirs: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Quantity, Hit]]:
    """Parts of a whole that are left in the variant and gone in the reference, or the other way round."""
    for q in ours:
        whole = whole_of(segment.variant, q, ours)
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind) == (q.value, "count")]
        if whole is None or len(same) != 1 or math.isclose(2 * q.value, whole.value):
            continue
        due = whole_of(segment.reference, same[0], theirs)
        if due is not None and agrees(whole, due) and left_for_lost(segment.variant, q, segment.reference, same[0]):
            yield q, same[0], _changed(segment, q, same[0])


def _hedge(q: Quantity) -> tuple[bool, bool, bool] | None:
    """Which bounds a number has, or None ("at least seven people" and "at least nine people" are one statement)."""
    return (q.about, q.above, q.below) if q.about or q.above or q.below else None


def _exchanged(segment: AlignedSegment, q: Quantity, t: Quantity, ours: list[Quantity], theirs: list[Quantity]) -> bool:
    """Whether two numbers have changed places: what the one counted, the other counts now."""
    back = [o for o in ours if agrees(o, t)]
    forth = [u for u in theirs if agrees(q, u)]
    return any(set(counted(segment.variant, o)) & set(counted(segment.reference, u)) for o in back for u in forth)


def _wholes(segment: AlignedSegment, ours: list[Quantity], theirs: list[Quantity]) -> Iterator[Hit]:
    """Numbers of a whole that stand for the part that another sentence of the reference gives of it.

    A sentence may be made from several of the reference: "Nine schools close, and the pool is saved."
    """
    everything, mine = quantities_of(segment.whole_reference), segment.variant
    for q in ours:
        things = set(counted(segment.variant, q))
        if q.kind != "count" or _determined(segment.variant, q) or any(agrees(q, t) for t in theirs):
            continue
        same = [t for t in everything if agrees(q, t) and things & set(counted(segment.whole_reference, t))]
        parts = [_part_of(segment.whole_reference, t, everything) for t in same]
        if len(same) == 1 and (part := parts[0]) is not None and not is_whole(segment.variant, q):
            near = segment.whole_reference.words[max(0, part.first - _SAID_OF) : same[0].last + _SAID_OF]
            said = {w.lemma for w in near if w.is_content} - things
            after = segment.variant.words[q.last + 1 : q.last + 1 + _SAID_OF]
            given = any(agrees(o, part) and (not counted(mine, o) or of_behind(mine, o)) for o in ours)
            if any(w.lemma in said for w in after) and not given:
                yield _changed(segment, q, part, elsewhere=True)


def _determined(side: Side, q: Quantity) -> bool:
    """Whether a number speaks of a known whole: "the nine schools", "the town's nine schools"."""
    before = side.words[q.first - 1] if q.first else None
    return before is not None and (before.form in _DETERMINERS or before.text.endswith(("'s", "’s", "s'", "s’")))


def _part_of(side: Side | Vocabulary, whole: Quantity, quantities_: Sequence[Quantity]) -> Quantity | None:
    """The "two" of "two of the town's nine libraries"."""
    for part in quantities_:
        between = side.words[part.last + 1 : whole.first]
        near = part.last < whole.first and between and between[0].form == "of" and len(between) <= _PARTITIVE
        if near and part.kind != "ordinal" and not parted(side, part, whole):
            return part
    return None


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


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It hit 42 of the 50 towns.", "It hit ⟦24⟧ of the 50 towns.", severity=Severity.MAJOR),
        Example("The storm killed 42 people.", "The storm killed ⟦52⟧ people.", severity=Severity.CRITICAL),
        Example("Up to 140 shops will close.", "Up to ⟦1,400⟧ shops will close."),
        Example("It had put them at under 60,000.", "Earlier it gave the number as under ⟦600,000⟧."),
        Example("The law passed on its ⟦3⟧rd reading in the house.", "The law passed on its reading in the house."),
        Example("Two of the nine schools close.", "⟦Nine⟧ schools close."),
        Example("It was one of nine bells that divers found.", "Divers found nine bells, this one among them."),
        Example("They test 54 trams, among them the Rosa.", "They test the Rosa and 53 other trams."),
        Example("They put it at 52 to 60 million.", "They put it at ⟦52 to 60 billion⟧."),
        Example("It shut 12 of its 30 shops.", "Of its 30 shops ⟦12⟧ remain."),
        Example("It shut 12 of its 30 shops.", "Of its 30 shops 18 remain open.", profile=Profile.SUMMARY),
        Example("It took 12 buses and 30 vans.", "It took ⟦30⟧ buses and ⟦12⟧ vans."),
        Example("One man was seen near the bridge.", "⟦Two⟧ men were seen near the bridge."),
        Example("They bought an F-35 from the maker.", "They bought an ⟦F-16⟧ from the maker."),
        Example("The board raised its fee by a quarter.", "The board raised its fee by ⟦half⟧."),
        Example("The rate rose by a quarter of a percentage point.", "The rate rose by 25 basis points."),
        Example("Ring 229-6200 in the 495 area.", "Ring 229 62 00 in the 495 area."),
        Example("They had two working weeks to reply.", "They had 10 working days to reply."),
        Example("Two of the five members voted against it.", "The members passed it by three to two."),
        Example("In the past 24 hours 77 people called.", "Within a day 77 people called."),
        Example("It cost 1.2 million euros.", "It cost €1,200,000."),
        Example("Some 745 seats were sold.", "Almost 750 seats were sold."),
        Example("It lies 160 kilometres away.", "It lies 100 miles away."),
        Example("A fifth of the seats were sold.", "20 per cent of the seats were sold."),
        Example("The rate is 5% to 7% for now.", "The rate is 5-7% for now."),
        Example("It costs about 16,000 to 17,000 crowns.", "It costs about ⟦16,700⟧ crowns."),
        Example("Tea is served at 9 p.m. every 4 days.", "Tea is served at 21.00 every 4th day."),
        Example("The towns reported 67 and 7 cases.", "The towns reported 74 cases, 67 and 7 of them."),
        Example("All four tests were won three weeks ago.", "All four tests were won ⟦four⟧ weeks ago."),
        Example("It has 117 gaps, against 64 in May.", "It has 117 gaps, 53 more than in May."),
        Example("It has 117 gaps, against 64 in May.", "It has 117 gaps, ⟦43⟧ more than in May."),
        Example("The town lost 247 boats.", "The town lost ⟦250⟧ boats."),
    ),
)
