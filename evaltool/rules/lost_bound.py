"""A number stands bare where the reference bounds it or gives it as approximate: "125 members" for "some 125 members".

The variant's sentence has the same number and nothing in it says that the number is a limit, an estimate or a rounding:
neither the reference's words nor others of that kind ("or so", "reached", "within"). Years, "over the past ten years"
and "under three minutes" are no such bounds. Found is also a range that has lost its upper end ("45 or more" for "45
to 60"). See changed-bound for bounds that are turned round.

Severity: minor; major where a date has lost its "at least" and is now the end ("closed until Thursday").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._dates import DatePart, date_parts, same_part
from evaltool.rules._numbers import Quantity, bounded_words, quantities_of
from evaltool.rules._polarity import has_negative_affix, is_denial
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side

_LITERAL = 0.35
#: Words that bound a number or call it approximate wherever they stand near it, and verbs that do in any form.
_SAID = frozenset(
    """
    about around some approximately approximate roughly nearly almost estimate estimated estimation circa ca approx
    thereabouts odd above below over under beyond past more less fewer least most maximum minimum max min
    limit capacity cap within high higher highest low lower lowest top farthest
    furthest longest shortest upwards up or so only just barely hardly plus may might could
    than can maybe perhaps probably possibly
    """.split()
)
_SAYING = frozenset("exceed surpass approach reach estimate limit top".split())
#: Words that also say when or where ("over the past years", "around the village").
_UNCLEAR = frozenset("over under around past just".split())
#: Verbs that bound what stands behind their "at": "protection ends at 20,000".
_ENDING = frozenset("end stop finish cease".split())
_SMALL = 1  # "about one"
_NEAR = 8
_UNTIL = frozenset("until till to through".split())
_INNER = frozenset("the end of start beginning early late mid next this coming".split())
#: What says that a date is the earliest one.
_EARLIEST = frozenset("least earliest minimum sooner soonest beyond or before".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number and date that has lost its bound or approximation."""
    if segment.kind is not Kind.MATCH:
        return
    yield from _dates(segment)
    yield from _ranges(segment)
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    for t in theirs:
        if (
            t.kind not in ("count", "share")
            or t.year
            or t.value == _SMALL
            or not (bound := _bound(segment.reference, t))
        ):
            continue
        same = [q for q in ours if (q.value, q.kind) == (t.value, t.kind)]
        if len(same) != 1 or sum((u.value, u.kind) == (t.value, t.kind) for u in theirs) != 1:
            continue
        (q,) = same
        if segment.literalness < _LITERAL and not (
            bound.startswith("up to") and _next(segment.variant, q) == _next(segment.reference, t)
        ):
            continue
        if q.about or q.above or q.below or _bounded(segment.variant, q):
            continue
        meant = Span(segment.reference.words[t.first - t.hedge_words].span.start, t.span.end)
        yield Hit(
            Severity.MINOR,
            f"The reference says “{meant.of(segment.reference.text)}”; here the number stands without “{bound}”.",
            variant_span=q.span,
            reference_span=meant,
            suggestion=meant.of(segment.reference.text),
            evidence={"value": t.value, "bound": bound},
            confidence=0.7,
        )


def _ranges(segment: AlignedSegment) -> Iterator[Hit]:
    """Ranges that have lost their upper end, and go on without one: "45 or more" for "45 to 60"."""
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    for low, high in pairwise(theirs):
        between = [w.form for w in segment.reference.words[low.last + 1 : high.first] if not w.is_sign]
        begun = any(w.form == "between" for w in segment.reference.words[max(0, low.first - 2) : low.first])
        if low.kind != high.kind or low.value >= high.value or between != (["and"] if begun else ["to"]):
            continue
        same = [q for q in ours if (q.value, q.kind) == (low.value, low.kind) and _open(segment.variant, q)]
        if len(same) == 1 and not low.year and not any((o.value, o.kind) == (high.value, high.kind) for o in ours):
            (q,) = same
            meant = Span(low.span.start, high.span.end)
            start = segment.variant.words[q.first - q.hedge_words].span.start
            yield Hit(
                Severity.MINOR,
                f"The reference says “{meant.of(segment.reference.text)}”; here it has no upper end.",
                variant_span=Span(start, _open(segment.variant, q) or q.span.end),
                reference_span=meant,
                suggestion=meant.of(segment.reference.text),
                evidence={"value": low.value, "bound": "up to"},
                confidence=0.8,
            )


def _open(side: Side, q: Quantity) -> int | None:
    """Where the words end that bound a number from below, also behind its unit ("45 tonnes or more"), or None."""
    behind = side.words[q.last + 1 : q.last + 4]
    more = next((b for a, b in pairwise(behind) if (a.form, b.form) == ("or", "more")), None)
    return more.span.end if more is not None else q.span.end if q.above else None


def _dates(segment: AlignedSegment) -> Iterator[Hit]:
    """Dates that stand as the end where the reference has them as the earliest one: "until at least Thursday"."""
    theirs = date_parts(segment.reference)
    if segment.variant.forms & _EARLIEST:
        return
    for said in date_parts(segment.variant):
        at, until = _before(segment.variant, said)
        same = [t for t in theirs if same_part(said, t)]
        if len(same) != 1 or until not in _UNTIL:
            continue
        due, least = _before(segment.reference, same[0])
        words = segment.reference.words
        if least == "least" and due > 1 and words[due - 2].form in _UNTIL:
            meant = Span(words[due - 2].span.start, same[0].span.end)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.of(segment.reference.text)}”; here the date stands without “at least”.",
                variant_span=Span(segment.variant.words[at].span.start, said.span.end),
                reference_span=meant,
                suggestion=meant.of(segment.reference.text),
                evidence={"date": said.value, "bound": "at least"},
                confidence=0.85,
            )


def _before(side: Side, part: DatePart) -> tuple[int, str]:
    """(index, form) of the word before a date and what may stand between them."""
    at = next(k for k, w in enumerate(side.words) if w.span.start >= part.span.start) - 1
    while at > 0 and (side.words[at].form in _INNER or side.words[at].is_number):
        at -= 1
    return at, side.words[at].form if at >= 0 else ""


def _bound(side: Side, q: Quantity) -> str | None:
    """The words directly before a number that bound it or call it approximate, or None."""
    hedge = [w.form for w in side.words[q.first - q.hedge_words : q.first] if not w.is_sign]
    if hedge and hedge[-1] in ("a", "an") and q.kind == "share":
        hedge.pop()  # "at least a third"
    if not (q.about or q.above or q.below) or not hedge or hedge[-1] in ("the", "a", "an"):
        return None
    if hedge[0] in _UNCLEAR and (len(hedge) == 1 and (hedge[0] != "over" or unit_of(side.words, q))):
        return None
    after = side.text[q.span.end : q.span.end + 2].strip()[:1]
    return None if after in tuple("-–—") else " ".join(hedge)  # "up to 20-25"


def _next(side: Side, q: Quantity) -> str:
    """Dictionary form of the word behind a number, or the sign before it."""
    before = side.words[q.first - 1] if q.first else None
    if before is not None and before.is_sign:
        return before.form
    return side.words[q.last + 1].lemma if q.last + 1 < len(side.words) else ""


def _bounded(side: Side, q: Quantity) -> bool:
    """Whether anything near a number, but what bounds another one, bounds it or denies."""
    start, end = sentence(side, q.first)
    if [w.form for w in side.words[max(start, q.first - 3) : q.first]][::2] == ["as", "as"]:
        return True  # "for as long as two hours"
    first, last = max(start, q.first - _NEAR), min(end, q.last + _NEAR)
    taken = bounded_words(side)
    return any(
        side.words[k].form in _SAID or side.words[k].lemma in _SAYING or _denies(side, k) or _ends(side, k)
        for k in range(first, last + 1)
        if k not in taken
    ) or any(mark in side.text[max(0, q.span.start - 2) : q.span.end + 1] for mark in "~≈<>≤≥+±")


def _denies(side: Side, at: int) -> bool:
    """Whether a word denies, and not just by its beginning ("the uninsured")."""
    return is_denial(side, at) and not has_negative_affix(side.words[at])


def _ends(side: Side, at: int) -> bool:
    """Whether a word says that something goes so far: "ends at", "stops at"."""
    return side.words[at].lemma in _ENDING and [w.form for w in side.words[at + 1 : at + 2]] == ["at"]


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Some 125 members of the crew left.", "⟦125⟧ members of the crew left."),
        Example("It needs a height not exceeding 600 metres here.", "It needs a height of ⟦600⟧ metres here."),
        Example("More than 40% of the farms closed.", "⟦40%⟧ of the farms closed."),
        Example(
            "The pass is shut until at least Thursday.", "The pass is shut ⟦till Thursday⟧.", severity=Severity.MAJOR
        ),
        Example("The pass is shut until at least Thursday.", "The pass will reopen on Thursday at the earliest."),
        Example("It covers deposits of up to 20,000 euros.", "Its cover stops at 20,000 euros."),
        Example("It covers deposits of up to 20,000 euros.", "It covers deposits of ⟦20,000⟧ euros."),
        Example("Some 125 members of the crew left.", "Of the crew, 125 or so left."),
        Example("They want at least a third of the seats.", "They want exactly ⟦one third⟧ of the seats."),
        Example("They want at least a third of the seats.", "They want no less than a third of the seats."),
        Example("They waited over three hours in the rain.", "They waited for three hours in the rain."),
        Example(
            "It costs 45 million to 60 million a day.",
            "It costs ⟦45 million or more⟧ a day.",
            profile=Profile.SUMMARY,
        ),
        Example("It costs 45 million to 60 million a day.", "It costs between 45 million and 60 million a day."),
        Example("Up to 200 guests will come.", "At most 200 guests will come."),
        Example("They were kept out for up to two hours.", "They were kept out for as long as two hours."),
        Example("The mast is about 90 metres high.", "The mast is 90 metres high or so."),
        Example(
            "Drones may fly no higher than 120 metres.",
            "At 120 metres, the highest that drones may fly, they stop.",
            Profile.PARAPHRASE,
        ),
    ),
)
