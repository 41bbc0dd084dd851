"""A number stands, and what is said of it is turned round: "more than" for "almost", "up to" for "at least".

Where something rises or falls, "by" a number and "to" a number are two things: one is the change, the other the result
("rose 6%" is "rose by 6%").
A lower bound in the reference (more than, at least, over) against an upper bound in the variant (almost, up to, less
than, within), or the other way round; "all but five" against five. An approximation of the reference (about) must not
become a bound. A bound that is dropped or added is not counted here.

Severity: major.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._counted import counted
from evaltool.rules._exceptions import left_out, rest_told
from evaltool.rules._hedges import hedges_at
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.rules._remainder import REMAINING, whole_of
from evaltool.rules._units import single_bounds, unit_of
from evaltool.words import AlignedSegment, Side

#: Verbs and nouns of change in amount: a closed class as far as reports of figures go.
_CHANGE = frozenset(
    """
    rise fall increase decrease cut reduce reduction raise lower grow growth shrink drop climb gain decline slash
    trim jump slump surge plunge double widen narrow expand bring push slip dip soar plummet rose fell grew halve
    triple treble quadruple cutting trimming fallen risen grown diminish lessen shorten lengthen curtail extend hike
    boost lift scale pare dwindle contract swell subside tumble down up
    """.split()
)
#: What is said with "to" of a sum or a change itself.
_AMOUNTING = frozenset("amount come equate up".split())
#: Of these a share is what is gone ("lost 60% of their value"); where something rises, "by half" is not "to half".
_GONE = frozenset("lose shed lost".split())
_RISE = frozenset("rise increase raise grow climb gain jump surge soar expand rose grew risen grown up".split())
_LITERAL = 0.5
#: Of the words behind a number so many must be the reference's for both to say the same in freer wording.
_ALIKE = 0.75
#: What may stand between "by" or "to" and its number.
_MORE = frozenset("a an the another further additional extra".split())
#: Behind "at" or "at the": which way what is said goes on.
_EXTREMES = {"earliest": 1, "soonest": 1, "latest": -1}
_BEYOND = frozenset("above below over under beyond".split())
_NEAR, _NEAR_SHARE = 6, 12  # words before a number, and a share, among which the word of change stands


def _with_hedge(side: Side, q: Quantity) -> Span:
    """The quantity with the words that bound it."""
    first = q.first - 1 if q.first and side.words[q.first - 1].is_sign else q.first
    return Span(side.words[max(0, first - q.hedge_words)].span.start, q.span.end)


def _by_or_to(side: Side, q: Quantity) -> tuple[str, Span] | None:
    """("by" or "to", span with the number) where a word of change stands shortly before, or None."""
    first = q.first - 1 if q.first and side.words[q.first - 1].is_sign else q.first
    at = first - q.hedge_words - 1
    while at > 0 and side.words[at].form in _MORE:
        at -= 1
    if at < 0:
        return None
    verbs = _CHANGE | _GONE
    if q.kind == "share" and (side.words[at].lemma in verbs or side.words[at].form in verbs):
        return "by", Span(side.words[at].span.start, q.span.end)  # "rose 6%"
    if side.words[at].form not in ("by", "to"):
        return None
    reach = _NEAR_SHARE if q.kind == "share" or _from_before(side, at) else _NEAR
    near = side.words[max(sentence(side, at, ";:—–")[0], at - reach) : at]
    if near and near[-1].lemma in _AMOUNTING:
        return None  # "the gain amounts to 80 million"
    if not any(w.lemma in _CHANGE or w.form in _CHANGE for w in near):
        return None
    if math.isclose(q.value, 0.5) and not any(w.lemma in _RISE or w.form in _RISE for w in near):
        return None  # what is cut by half is cut to half
    return side.words[at].form, Span(side.words[at].span.start, q.span.end)


def _from_before(side: Side, at: int) -> bool:
    """Whether a "from" with a number stands before a "to": "from eight to five"."""
    return at > 1 and side.words[at - 2].form == "from" and any(q.last == at - 1 for q in quantities_of(side))


def _late(side: Side, q: Quantity) -> bool:
    """Whether a length of time is followed by "later", which turned-comparison looks at."""
    return (
        any(w.form in ("later", "after") for w in side.words[q.last + 1 : q.last + 3])
        and unit_of(side.words, q) is not None
    )


def _bounds(side: Side, q: Quantity) -> tuple[bool, bool]:
    """(from below, from above) that a number is bounded, also by "within 15 km" or "within two weeks"."""
    unit = unit_of(side.words, q)
    near = q.first and side.words[q.first - 1].form == "within" and unit is not None and unit[0] in ("length", "time")
    return q.above, q.below or bool(near)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number whose bound is turned round."""
    if segment.kind is not Kind.MATCH:
        return
    mine, others = segment.variant, segment.reference
    ours, theirs = quantities_of(mine), quantities_of(others)
    yield from _wrong_rests(segment, ours, theirs)
    yield from _singles(segment)
    yield from _extremes(segment)
    yield from _how_much_less(segment, ours, theirs)
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) != 1 or sum((o.value, o.kind) == (q.value, q.kind) for o in ours) != 1:
            continue  # the same number twice: nothing says which is which
        (t,) = same
        if (how := _by_or_to(mine, q)) and (due := _by_or_to(others, t)) and how[0] != due[0]:
            yield _hit(segment, q, how[1], due[1], "the one is a change, the other its result")
            continue
        if (said := left_out(mine, q)) is None or (meant := left_out(others, t)) is None:
            if (said or left_out(others, t)) and _rest_for_all(segment, q, t, ours):
                said, meant = said or _with_hedge(mine, q), left_out(others, t) or _with_hedge(others, t)
                yield _hit(segment, q, said, meant, "the one counts the rest")
                continue
            if said or left_out(others, t):
                continue
        (above, below), (due_above, due_below) = _bounds(mine, q), _bounds(others, t)
        turned = (due_above and below and not above) or (due_below and above and not below)
        vague = hedges_at(others.words, t.first, t.last)[0] == {"about"}
        vague = vague and "about" not in hedges_at(mine.words, q.first, q.last)[0]
        if (not turned and not (vague and above != below)) or (turned and _late(mine, q)):
            continue
        if turned and any(is_negator(w) for w in others.words) and "only" in mine.forms:
            continue  # "not for those under six", "only for those of six and over"
        if _other_half(segment, q, t) or _both_sides_of(mine) or _both_sides_of(others):
            continue
        within = below and not q.below, due_below and not t.below
        said, meant = _with_words(mine, q, within[0]), _with_words(others, t, within[1])
        if said.of(mine.text).casefold() == meant.of(others.text).casefold():
            continue  # only what stands before differs: "neither earned over 12,000"
        yield _hit(segment, q, said, meant, "the bound is turned round" if turned else "the one is no bound")


def _how_much_less(segment: AlignedSegment, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> Iterator[Hit]:
    """Shares that bound something on one side and say how much less it is on the other: "a tenth less than"."""
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if q.kind != "share" or len(same) != 1 or sum(o.value == q.value for o in ours) != 1:
            continue
        (t,) = same
        if _placed(segment.variant, q) or _placed(segment.reference, t):
            continue
        if _change_of(segment.variant, q) or _change_of(segment.reference, t):
            continue  # "an increase of nearly half" is "nearly half more than"
        said, due = _compared(segment.variant, q), _compared(segment.reference, t)
        if _by(segment.variant, q) or _by(segment.reference, t):
            continue  # "undercut it by as much as a third"
        if said is not None and due is None and (t.below or t.above):
            yield _hit(segment, q, said, _with_hedge(segment.reference, t), "the one is a difference")
        elif due is not None and said is None and (q.below or q.above):
            yield _hit(segment, q, _with_hedge(segment.variant, q), due, "the one is a difference")


def _change_of(side: Side, q: Quantity) -> bool:
    """Whether a number is what something changed by: "an increase of nearly half"."""
    at = q.first - q.hedge_words - 1
    noun = side.words[at - 1] if at > 0 and side.words[at].form == "of" else None
    return noun is not None and (noun.lemma in _CHANGE or noun.form in _CHANGE)


def _placed(side: Side, q: Quantity) -> bool:
    """Whether a share tells where something stands: "20% below the next"."""
    behind = side.words[q.last + 1 : q.last + 2]
    return bool(behind) and behind[0].form in ("below", "under", "above")


def _compared(side: Side, q: Quantity) -> Span | None:
    """Span of "a tenth less than" from a share on."""
    behind = side.words[q.last + 1 : q.last + 3]
    degree = behind[:1] and behind[0].form in ("less", "lower", "fewer", "more", "higher")
    return Span(q.span.start, behind[1].span.end) if degree and behind[1:] and behind[1].form == "than" else None


def _singles(segment: AlignedSegment) -> Iterator[Hit]:
    """Bounds of one unit that are turned round: "almost an hour" for "more than an hour"."""
    mine, others = segment.variant, segment.reference
    there = single_bounds(others)
    for unit, (how, span) in single_bounds(mine).items():
        if unit in there and there[unit][0] != how:
            at, due = (
                next(k for k, w in enumerate(side.words) if w.span.end == x.end)
                for side, x in ((mine, span), (others, there[unit][1]))
            )
            ours, theirs = (
                sum(_denies(side, j) for j in range(*sentence(side, k, ",;:")))
                for side, k in ((mine, at), (others, due))
            )
            if ours % 2 == theirs % 2:
                yield _bare_hit(segment, span, there[unit][1])


def _bare_hit(segment: AlignedSegment, said: Span, meant: Span) -> Hit:
    ours, theirs = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{theirs}”; here it is “{ours}”: the bound is turned round.",
        variant_span=said,
        reference_span=meant,
        suggestion=theirs,
        evidence={"value": 1},
        confidence=0.9,
    )


def _extremes(segment: AlignedSegment) -> Iterator[Hit]:
    """Tell of "at the earliest" for "at the latest", where each side has one of them."""
    places = []
    for side in (segment.variant, segment.reference):
        words = side.words
        places.append(
            [
                (words[k].form, Span(words[k - 2].span.start, words[k].span.end), k)
                for k in range(2, len(words))
                if words[k].form in _EXTREMES and words[k - 1].form in ("the", "its") and words[k - 2].form == "at"
            ]
        )
    ours, theirs = places
    if len(ours) == len(theirs) == 1 and _EXTREMES[ours[0][0]] == -_EXTREMES[theirs[0][0]]:
        said, due = (
            sum(_denies(side, k) for k in range(*sentence(side, at, ",;:")))
            for side, at in ((segment.variant, ours[0][2]), (segment.reference, theirs[0][2]))
        )
        if said % 2 == due % 2:
            yield _bare_hit(segment, ours[0][1], theirs[0][1])


def _both_sides_of(side: Side) -> bool:
    """Whether a side tells what holds above a number and what below it: "over 40 ..., below that ..."."""
    return any(a.form in _BEYOND and b.form == "that" for a, b in pairwise(side.words))


def _other_half(segment: AlignedSegment, q: Quantity, t: Quantity) -> bool:
    """Whether one side says of more than half what the other denies of less than half."""
    mine, others = segment.variant, segment.reference
    if q.kind != "share" or not math.isclose(q.value, 0.5):
        return False
    if _by(mine, q) != _by(others, t):
        return True  # what fell by more than half is less than half
    ours, theirs = _clause(mine, q), _clause(others, t)
    if sum(_denies(mine, k) for k in ours) % 2 != sum(_denies(others, k) for k in theirs) % 2:
        return True
    said = {mine.words[k].lemma for k in ours if mine.words[k].is_content} - others.lemmas
    due = {others.words[k].lemma for k in theirs if others.words[k].is_content} - mine.lemmas
    return any(lexicon.antonyms(a, b) for a in said for b in due)


def _by(side: Side, q: Quantity) -> bool:
    """Whether a "by" stands before a number and what bounds it."""
    at = q.first - q.hedge_words - 1
    return at >= 0 and side.words[at].form == "by"


def _clause(side: Side, q: Quantity) -> list[int]:
    """Indexes of the words of a number's clause but for the number and what bounds it."""
    start, end = sentence(side, q.first, ",;:")
    return [k for k in range(start, end + 1) if not q.first - q.hedge_words <= k <= q.last]


def _denies(side: Side, at: int) -> bool:
    """Whether a word denies; prepositions that can ("covered against fire") mostly do not."""
    return is_negator(side.words[at]) or (side.words[at].form not in PREPOSITIONS and is_denial(side, at))


def _wrong_rests(segment: AlignedSegment, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> Iterator[Hit]:
    """Numbers of a whole that are not what the reference leaves of it: twelve where it leaves one of 14 out."""
    for t in theirs:
        meant, whole = left_out(segment.reference, t), whole_of(segment.reference, t, theirs)
        if meant is None or whole is None or any((o.value, o.kind) == (t.value, t.kind) for o in ours):
            continue
        for q in ours:
            said = whole_of(segment.variant, q, ours)
            if q.kind == "count" and said and said.value == whole.value and q.value + t.value != whole.value:
                yield _hit(segment, q, q.span, meant, "the rest is another number")


def _rest_for_all(segment: AlignedSegment, q: Quantity, t: Quantity, ours: Sequence[Quantity]) -> bool:
    """Whether a number that one side leaves out of a whole counts on the other side those of whom the same is said."""
    mine, others = segment.variant, segment.reference
    denied = [sum(is_denial(side, k) for k in _said_of(side, x)) for side, x in ((mine, q), (others, t))]
    said, due = (
        {side.words[k].lemma for k in _said_of(side, x) if side.words[k].is_content}
        for side, x in ((mine, q), (others, t))
    )
    alike = bool(said) and len(said & due) >= _ALIKE * len(said)
    if (segment.literalness < _LITERAL and not alike) or (any(denied) and not (alike and denied[0] == denied[1])):
        return False
    if not alike and REMAINING & (mine.lemmas ^ others.lemmas | mine.forms ^ others.forms):
        return False  # "it owned only five; the rest were leased", "all but five belonged to others"
    alone = q.value == 1 and not (
        [w.form for w in mine.words[q.last + 1 : q.last + 2]] == ["of"]
        or counted(mine, q)
        or any(w.form in ("whom", "only", "just") for w in mine.words[max(0, q.first - 1) : q.first])
    )  # "the last one", "that one" count nothing
    known = {o.value for o in quantities_of(others)}  # no such number is the rest of anything
    rests = [o for o in ours if o.value not in known]
    return not alone and not rest_told(t, rests, quantities_of(segment.whole_reference))


def _said_of(side: Side, q: Quantity) -> range:
    """Indexes of the words behind a number in its clause, which say what is true of those counted."""
    return range(q.last + 1, sentence(side, q.first, ",;:")[1] + 1)


def _with_words(side: Side, q: Quantity, more: int) -> Span:
    """A quantity with the words that bound it, and so many more before them."""
    span = _with_hedge(side, q)
    end = span.end if q.hedge_words or more or not (q.above or q.below) else _end_of_bound(side, q)
    start = side.words[max(0, q.first - q.hedge_words - more)].span.start if more else span.start
    return Span(start, end)


def _end_of_bound(side: Side, q: Quantity) -> int:
    """Where a bound behind a number ends: "3 billion dollars at the most"."""
    bounds = hedges_at(side.words, q.first, q.last)[0]
    ends = range(q.last + 1, len(side.words))
    last = next((k for k in ends if hedges_at(side.words[: k + 1], q.first, q.last)[0] == bounds), q.last)
    return side.words[last].span.end


def _hit(segment: AlignedSegment, q: Quantity, said: Span, meant: Span, why: str) -> Hit:
    ours, theirs = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{theirs}”; here it is “{ours}”: {why}.",
        variant_span=said,
        reference_span=meant,
        suggestion=theirs,
        evidence={"value": q.value},
        confidence=0.9,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The duty was halved to 4% in May.", "The duty was lowered ⟦by 4%⟧ in May."),
        Example("It fetched less than a quarter of its estimate.", "It fetched a ⟦quarter less than⟧ its estimate."),
        Example("The board reduced the fine by half.", "The fine was cut to half of what it had been."),
        Example("More than 1,000 homes lost power.", "⟦Nearly 1,000⟧ homes lost power."),
        Example(
            "They want to meet again within three weeks.", "They want to meet again in ⟦no less than three⟧ weeks."
        ),
        Example(
            "The union cut the ban on the coach from eight to five weeks.",
            "The union cut the coach's ban ⟦by five⟧ weeks.",
        ),
        Example("They expect up to 200 guests.", "They expect ⟦at least 200⟧ guests."),
        Example("The board cut the budget by £18m.", "The board cut the budget ⟦to £18m⟧."),
        Example("They must stay at least 15 km from it.", "They must stay ⟦within 15⟧ km of it."),
        Example("Only five of the 21 banks saw it coming.", "⟦All but five⟧ of the 21 banks saw it coming."),
        Example("Only five of the 21 banks saw it coming.", "All but five of the 21 banks failed to see it."),
        Example("The board cut the fees by a further 15% in May.", "In May the board cut the fees ⟦to 15%⟧."),
        Example("The lead shrank from eleven points to four.", "The lead shrank ⟦by four⟧ points from eleven."),
        Example("All but one of the 14 clinics work again.", "⟦Twelve⟧ of the 14 clinics work again."),
        Example("All but one of the 14 clinics work again.", "Of the 14 clinics, 13 work again."),
        Example("All but two of the bridges were repaired.", "All the bridges apart from two were repaired."),
        Example("Rain was 44% below the 30-year average.", "It rained 44% less than the average over 30 years."),
        Example("It opens on 6 May at the latest.", "It opens on 6 May ⟦at the earliest⟧."),
        Example("The fund has so far repaid less than half.", "More than half has yet to be repaid by the fund."),
        Example("The fund has so far repaid less than half.", "The fund has so far repaid ⟦more than half⟧."),
        Example("They advise against doses above 75 mg.", "They advise people not to take more than 75 mg."),
        Example("The lift had been out for about three hours.", "The lift had been out for ⟦more than three⟧ hours."),
        Example("They advise against doses above 75 mg.", "They advise people not to take ⟦less than 75⟧ mg."),
        Example("She expects rain for at least ten days.", "She expects rain for ⟦ten days at most⟧."),
        Example("She has more than 3 million dollars.", "She has ⟦3 million dollars at the most⟧."),
        Example("It rose by 80 million to 310 million.", "The gain amounts to 80 million, for 310 million in all."),
        Example("Exports rose 6% in May.", "Exports rose ⟦to 6%⟧ in May."),
        Example("She got a quarter of the sum.", "She got ⟦all but a quarter⟧ of the sum."),
        Example("All but six of the ships have left.", "Every ship but six has left."),
        Example("She waited for more than an hour.", "She waited for ⟦almost an hour⟧."),
        Example("It opens on 6 May at the latest.", "It opens no later than 6 May."),
        Example("More than 1,000 homes lost power.", "Over 1,000 homes lost power."),
        Example("The lift had been out for about three hours.", "The lift had been out for nearly three hours."),
        Example("The bid was almost 20% below the next.", "The bid was nearly a fifth less than the next."),
        Example("She expects no rain for at least ten days.", "She expects none of it for ten days at least."),
        Example("They expect up to 200 guests.", "They expect as many as 200 guests."),
        Example("It took almost seven hours.", "It took nearly seven hours."),
    ),
)
