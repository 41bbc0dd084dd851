"""Numbers that the other side gives in another form or that can be worked out from its numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from evaltool.model import Profile, Span
from evaltool.mqm import Severity
from evaltool.rules._base import Hit
from evaltool.rules._clauses import sentence
from evaltool.rules._counted import counted
from evaltool.rules._exceptions import left_out
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._remainder import told_by_the_rest
from evaltool.rules._restated import multiplied, restated, with_others, worked_out
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side, Vocabulary

_NOTHING = frozenset("none nobody no-one nothing zero nil without no".split())
_BETWEEN = ("to", "and", "-", "–", "—")
_ON_TOP = frozenset("other others more further".split())
_MORE = frozenset("more less fewer".split())
_COUNTS = frozenset(["count", "share"])
_LITERAL, _ODDS = 0.45, 100
#: Months of a year, days of a week, hours of a day: "open five months a year", "shut for seven months".
_CYCLES = {"month": 12, "day": 7, "hour": 24}
_OWN_WORDS = 0.83
_NO_CHANCE = 30  # from here on a sum of two numbers far from each other is hardly one by chance
_BEHIND = 3  # words from a number to its "more": "25 million dollars more"


def derived(segment: AlignedSegment, q: Quantity, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether a number of the variant is one that the reference gives in another form or that follows from its numbers.

    Args:
        segment: the number's.
        q: the number.
        ours: the numbers of the variant.
        theirs: the numbers of the reference.
    """
    mine, others = segment.variant, segment.reference
    return (
        restated(mine, q, others, theirs)
        or worked_out(mine, q, theirs, ours)
        or with_others(q, others, theirs)
        or multiplied(q, others, theirs)
        or told_by_the_rest(mine, q, ours, others, theirs)
        or followed_from(segment, q, theirs)
    )


def followed_from(segment: AlignedSegment, q: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Whether a number is "none", the others of a whole, what is left of one, a difference, or the rest of a share."""
    mine, others = segment.variant, segment.reference
    if not q.value:
        return bool(_NOTHING & others.forms)
    return (
        _the_others(segment, q, theirs)
        or _left(q, others, theirs)
        or _difference(mine, q, theirs)
        or _rest_of_share(mine, q, others, theirs)
        or _reckoned(segment, q, theirs)
        or (q.kind == "share" and any(math.isclose(a.value / b.value, q.value) for a, b in odds(others, theirs)))
    )


def _the_others(segment: AlignedSegment, q: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Whether "36 others" stand beside one of the 37 that the reference speaks of."""
    side = segment.variant
    if q.kind != "count" or not any(w.form in _ON_TOP for w in side.words[q.last + 1 : q.last + 2]):
        return False
    free = segment.profile is not Profile.TRANSLATION
    return any(t.value == q.value + 1 for t in (quantities_of(segment.whole_reference) if free else theirs))


def others_of(side: Side, whole: Quantity, own: Sequence[Quantity]) -> bool:
    """Whether a whole is told by one of it and its others: 37 by "it and 36 other works"."""
    return any(
        q.value + 1 == whole.value and any(w.form in _ON_TOP for w in side.words[q.last + 1 : q.last + 2]) for q in own
    )


def _left(q: Quantity, others: Side, theirs: Sequence[Quantity]) -> bool:
    """Whether a number is what "all but four" of the reference leaves of one of its numbers."""
    if q.kind != "count" or q.year:
        return False
    left = [t.value for t in theirs if t.kind == "count" and left_out(others, t)]
    return any(math.isclose(t.value - n, q.value) for n in left for t in theirs if t.kind == "count" and not t.year)


def _difference(side: Side, q: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Whether a number is by how much one amount is more than another, with no "than": "had asked for 25 more"."""
    if q.kind not in _COUNTS or q.year:
        return False
    _, last = sentence(side, q.last, ",;:()—–")
    behind = side.words[q.last + 1 : min(last, q.last + _BEHIND) + 1]
    if not behind or behind[-1].form not in _MORE or q.last + len(behind) != last:
        return False
    values = [t.value for t in theirs if t.kind == q.kind and not t.year]
    return any(math.isclose(a - b, q.value) for a in values for b in values)


def _rest_of_share(side: Side, q: Quantity, others: Side, theirs: Sequence[Quantity]) -> bool:
    """Whether a share of something is told by how much less it is: three quarters of it is a quarter less."""
    ours_less = _less_than(side, q)
    return q.kind == "share" and any(
        t.kind == "share" and math.isclose(t.value + q.value, 1) and _less_than(others, t) != ours_less for t in theirs
    )


def _reckoned(segment: AlignedSegment, q: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Whether a paraphrase gives a sum or a difference of two of the reference's numbers, or the rest of a year.

    One of the two may stand elsewhere in the reference where the number is so large that this is no chance.
    """
    if segment.profile is Profile.TRANSLATION or q.year or q.kind not in ("count", "money"):
        return False
    behind = segment.variant.words[q.last + 1 : q.last + 2]
    cycle = next((_CYCLES[w.lemma] for w in behind if w.lemma in _CYCLES), None)
    own = [t for t in theirs if t.kind == q.kind and not t.year]
    pool = quantities_of(segment.whole_reference) if q.value >= _NO_CHANCE else own
    others = [t for t in pool if t.kind == q.kind and not t.year]
    if any(t.value == q.value for t in own):
        return False  # it stands there for something else
    return any(math.isclose(t.value + q.value, cycle or -1) for t in own) or any(
        math.isclose(abs(a.value - b.value), q.value) or math.isclose(a.value + b.value, q.value)
        for a in own
        for b in others
        if a.span != b.span
    )


def _less_than(side: Side, q: Quantity) -> bool:
    """Whether a share says how much less something is: "a quarter less than", "a quarter below"."""
    return any(w.form in ("less", "lower", "fewer", "below", "under") for w in side.words[q.last + 1 : q.last + 2])


def odds(side: Side, quantities: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """The two numbers of each "one in four" and "three out of four"."""
    found = []
    for a, b in pairwise(quantities):
        between = [w.form for w in side.words[a.last + 1 : b.first]]
        counts = a.kind == b.kind == "count" and 0 < a.value < b.value <= _ODDS
        if counts and between in (["in"], ["out", "of"]) and unit_of(side.words, b) is None:
            found.append((a, b))
    return found


def apposed_one(side: Side | Vocabulary, part: Quantity) -> bool:
    """Whether "one" only says that something belongs to several: "the bell was one of nine objects"."""
    if part.value != 1 or part.digits or not part.first:
        return False
    before = side.words[part.first - 1]
    between = side.text[before.span.end : part.span.start]
    return before.form == "as" or before.lemma in ("be", "become", "remain") or between.strip() == ","


def doubled(q: Quantity, same: Sequence[Quantity], t: Quantity, ours: Sequence[Quantity]) -> bool:
    """Whether a number is there more often than in the reference, and the one it should be not at all.

    "All four tests, four weeks ago" for "all four tests, three weeks ago".
    """
    often = sum(o.value == q.value and o.kind == q.kind for o in ours)
    return bool(same) and often > len(same) and not any(agrees(o, t) for o in ours)


def of_behind(side: Side, part: Quantity) -> bool:
    """Whether an "of" stands behind a number: it is a part."""
    return any(w.form == "of" for w in side.words[part.last + 1 : part.last + 2])


def parted(side: Side | Vocabulary, part: Quantity, whole: Quantity) -> bool:
    """Whether a mark or a verb stands between two numbers, so that the one is no part of the other."""
    between = side.text[part.span.end : whole.span.start]
    if any(mark in between for mark in ",;:.!?()—–\n"):
        return True
    return any(w.lemma in ("be", "have") for w in side.words[part.last + 1 : whole.first])


def told_elsewhere(
    segment: AlignedSegment, q: Quantity, t: Quantity, things: Sequence[str], theirs: Sequence[Quantity]
) -> bool:
    """Whether a number of things is another one of the reference's, or what its number for each of several makes.

    Args:
        segment: the number's.
        q: the number.
        t: the reference's number of the same things.
        things: what it counts.
        theirs: the numbers of the reference.
    """
    return (
        _counted_elsewhere(segment, q, things)
        or multiplied(q, segment.reference, theirs)
        or _for_each(segment.reference, q, t, theirs)
    )


def _for_each(side: Side, q: Quantity, each: Quantity, theirs: Sequence[Quantity]) -> bool:
    """Whether a number is the sum of what each of several has: 16,000 for "two men 8,000 euros each"."""
    behind = {w.form for w in side.words[each.last + 1 : each.last + 1 + _BEHIND]}
    before = {w.form for w in side.words[max(0, each.first - _BEHIND) : each.first]}
    if "each" not in behind | before and "apiece" not in behind:
        return False
    return any(u is not each and u.kind == "count" and u.value * each.value == q.value for u in theirs)


def _counted_elsewhere(segment: AlignedSegment, q: Quantity, things: Sequence[str]) -> bool:
    """Whether a freely worded sentence has a number of the same things that the reference has in another one."""
    if segment.profile is Profile.TRANSLATION or segment.literalness >= _LITERAL:
        return False
    whole = segment.whole_reference
    return any(u.value == q.value and things[0] in counted(whole, u) for u in quantities_of(whole)) if things else False


def worked_out_perhaps(segment: AlignedSegment, hit: Hit) -> Hit:
    """The hit of another number; a note in a passage of a paraphrase or summary that has many words of its own.

    There most new numbers are worked out in ways that nobody lists: in articles that nobody had looked at before, 1 of
    26 such alarms was right below this literalness, and 3 of 7 above. Digits in another order are no such thing, nor is
    a number between the same two words.
    """
    mirrored = bool(hit.evidence.get("transposed"))
    if segment.profile is Profile.TRANSLATION or segment.literalness >= _OWN_WORDS or mirrored or _framed(segment, hit):
        return hit
    return replace(hit, severity=Severity.NEUTRAL, message=f"{hit.message} It may be worked out.")


def _framed(segment: AlignedSegment, hit: Hit) -> bool:
    """Whether the words right before and right behind two numbers are the same: "38 of its 115 shops"."""
    frames = []
    for side, span in ((segment.variant, hit.variant_span), (segment.reference, hit.reference_span)):
        words = side.words
        before = next((w.lemma for w in reversed(words) if span and w.span.end <= span.start), "")
        behind = next((w.lemma for w in words if span and w.span.start >= span.end), "")
        frames.append((before, behind))
    return all(frames[0]) and frames[0] == frames[1]


def ranges_in_one(hits: Iterable[Hit], text: str) -> Iterator[Hit]:
    """The hits in order, both ends of a range in one: "52 to 60 billion".

    Args:
        hits: of changed numbers.
        text: of the variant.
    """
    last: Hit | None = None
    for hit in sorted(hits, key=lambda h: h.variant_span.start if h.variant_span else -1):
        one, other = last.variant_span if last else None, hit.variant_span
        if last and one and other and text[one.end : other.start].strip("$£€¥ \u00a0") in _BETWEEN:
            last = replace(last, variant_span=Span(one.start, other.end), suggestion=None)
            continue
        if last:
            yield last
        last = hit
    if last:
        yield last
