"""A share or a multiple said in words is another one: "every fourth pupil" for "one in five", "triple" for "double".

Compared are fractions, percentages, odds ("one in five", "every fourth"), "halve", and how many times as much something
is ("double", "threefold", "five times"), where each side has one that the other has not and both say it of the same.
Equal are one in four, a quarter, 25 per cent and every fourth; a share may also be worked out from two numbers of the
reference, be rounded, or be what another share leaves where the contrary is said. Found are also a share of a whole and
a multiple that the reference's figures contradict ("a fifth of the 112 bridges" for "28 of the 112").

Severity: major.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._polarity import is_denial
from evaltool.rules._remainder import turned, whole_of
from evaltool.rules._units import money_of, size_of, unit_of
from evaltool.words import AlignedSegment, Side

#: Shares in words are rounded by so much, and by so much more where they say so.
_ROUNDED, _ABOUT = 0.12, 0.15
_EXACT = 0.01
_ODDS = 100
_IN = (["in"], ["out", "of"], ["in", "every"], ["of", "every"], ["out", "of", "every"])
_HALVING = frozenset("halve halves halved halving".split())
_FACTORS = {
    form: n
    for n, forms in (
        (2.0, "double doubles doubled doubling twofold"),
        (3.0, "triple triples tripled tripling treble trebles trebled trebling threefold"),
        (4.0, "quadruple quadruples quadrupled quadrupling fourfold"),
        (5.0, "quintuple quintupled fivefold"),
        (10.0, "tenfold"),
    )
    for form in forms.split()
}
#: Behind "twice" and "five times" these say that something is so many times as much.
_AS_MUCH = frozenset("as the that its their his her what over this these those".split())
_MORE = frozenset("more higher larger bigger greater".split())
_BEHIND, _NEAR = 7, 4  # words behind a share that say of what it is, and to each side of a multiple
_MARKS = ",;:()—–"
_LEAST_AMOUNT = 100
_SAME_BEHIND = 3  # content words behind a half and a double, among which the same must stand


class _Share(NamedTuple):
    """A share that a side speaks of: its value, the number it stands at, its words, and whether they are digits."""

    value: float
    number: Quantity
    first: int
    last: int
    digits: bool
    slack: float


class _Factor(NamedTuple):
    """How many times as much something is."""

    value: float
    first: int
    last: int
    slack: float


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each share and each multiple that is another one."""
    if segment.kind is not Kind.MATCH:
        return
    yield from _other_share(segment)
    yield from _other_part(segment)
    yield from _other_factor(segment)
    yield from _single_for_double(segment)
    yield from _double_for_half(segment)


def _slack(q: Quantity) -> float:
    return _ABOUT if q.about or q.above or q.below else _ROUNDED


def _shares(side: Side) -> list[_Share]:
    """The shares that a side speaks of."""
    numbers = quantities_of(side)
    found = [_Share(q.value, q, q.first, q.last, q.digits, _slack(q)) for q in numbers if q.kind == "share"]
    for a, b in pairwise(numbers):
        between = [w.form for k, w in enumerate(side.words[a.last + 1 : b.first]) if k or not w.is_content]
        counts = a.kind == b.kind == "count" and 0 < a.value < b.value <= _ODDS and b.first - a.last <= 1 + len(_IN)
        if counts and between in _IN and unit_of(side.words, b) is None:
            found.append(_Share(a.value / b.value, a, a.first, b.last, a.digits, _slack(a)))
    for q in numbers:
        noun = side.words[q.last + 1] if q.last + 1 < len(side.words) else None
        every = q.first > 0 and side.words[q.first - 1].form == "every" and q.kind == "ordinal" and q.value > 1
        if every and noun is not None and noun.is_content and not _timely(noun.lemma, size_of(noun)):
            found.append(_Share(1 / q.value, q, q.first - 1, q.last, False, _slack(q)))
    for k, word in enumerate(side.words):
        if word.form in _HALVING:
            found.append(_Share(0.5, _at(side, k), k, k, False, _ROUNDED))
    return found


def _timely(lemma: str, size: tuple[str, float] | None) -> bool:
    return lemma in ("time", "night", "morning", "evening") or (size is not None and size[0] == "time")


def _at(side: Side, k: int) -> Quantity:
    """A number of no value where a verb stands."""
    return Quantity(0.5, "share", side.words[k].span, k, k, digits=False)


def _close(a: float, b: float, slack: float) -> bool:
    return abs(a - b) <= slack * max(abs(a), abs(b))


def _ratios(side: Side, *, differences: bool = True) -> set[float]:
    """What any two numbers of a side are to each other, and their differences to either."""
    counts = {q.value for q in quantities_of(side) if q.kind in ("count", "share") and q.value > 0}
    shares = {q.value for q in quantities_of(side) if q.kind == "share"}
    pairs = list(permutations(counts - shares, 2)) + list(permutations(shares, 2))
    return {a / b for a, b in pairs} | {abs(a - b) / b for a, b in pairs if differences}


def _other_share(segment: AlignedSegment) -> Iterator[Hit]:
    """Shares of the same that are others."""
    mine, others = segment.variant, segment.reference
    ours, theirs = _shares(mine), _shares(others)
    if not ours or not theirs:
        return
    factors = [f.value for side in (mine, others) for f in _factors(side)]

    def kept(share: _Share, there: Side, known: Sequence[_Share]) -> bool:
        if any(_close(share.value, k.value, _allowed(share, k)) for k in known):
            return True
        worked_out = [*_ratios(there), *(1 / f for f in factors), *(f - 1 for f in factors)]
        return any(_close(share.value, r, share.slack) for r in worked_out)

    new = [o for o in ours if not kept(o, others, theirs)]
    gone = [t for t in theirs if not kept(t, mine, ours)]
    if len(new) != 1 or len(gone) != 1 or (new[0].digits and gone[0].digits):
        return
    (said,), (due,) = new, gone
    rest = math.isclose(said.value + due.value, 1, abs_tol=_ROUNDED)
    if rest and (_contrary(segment, said.number, due.number) or segment.profile is Profile.SUMMARY):
        return
    if _of_the_same(segment, said, due, mostly=rest):
        yield _hit(segment, (said.first, said.last), (due.first, due.last))


def _allowed(one: _Share, other: _Share) -> float:
    """How far two shares may lie apart: "two thirds" is no rounding of "three fifths"."""
    slack = max(one.slack, other.slack)
    plain = not one.digits and not other.digits and one.last > one.first and other.last > other.first
    return _EXACT if plain and slack == _ROUNDED else slack


def _contrary(segment: AlignedSegment, said: Quantity, due: Quantity) -> bool:
    """Whether one clause says the contrary of the other, whatever "only" stands there."""
    denied = []
    for side, q in ((segment.variant, said), (segment.reference, due)):
        first, last = sentence(side, q.first, _MARKS)
        denied.append(sum(is_denial(side, k) and side.words[k].form != "only" for k in range(first, last + 1)))
    return denied[0] % 2 != denied[1] % 2 or turned(segment.variant, said, segment.reference, due)


def _of_the_same(segment: AlignedSegment, said: _Share, due: _Share, *, mostly: bool) -> bool:
    """Whether a word, or most words, behind one share are linked to one behind the other."""
    mine, others = segment.variant, segment.reference
    ours, theirs = _behind(mine, said.last), _behind(others, due.last)
    lemmas = {others.words[k].lemma for k in theirs}
    linked = sum(mine.partner[k] in theirs or mine.words[k].lemma in lemmas for k in ours)
    return linked > len(ours) / 2 if mostly else linked > 0


def _behind(side: Side, last: int) -> list[int]:
    end = sentence(side, last, _MARKS)[1]
    return [k for k in range(last + 1, min(end, last + _BEHIND) + 1) if side.words[k].is_content]


def _other_part(segment: AlignedSegment) -> Iterator[Hit]:
    """Shares of a whole of which the reference gives the part in figures: "a fifth of the 112" for "28 of the 112"."""
    mine, others = segment.variant, segment.reference
    ours, theirs = quantities_of(mine), quantities_of(others)
    for share in _shares(mine):
        of = [w.form for w in mine.words[share.last + 1 : share.last + 2]] == ["of"]
        whole = next((q for q in ours if share.last < q.first <= share.last + _NEAR), None)
        if not of or whole is None or whole.kind != "count" or whole.year or share.digits:
            continue
        for t in theirs:
            due = whole_of(others, t, theirs)
            if t.kind != "count" or due is None or not agrees(whole, due) or any(agrees(q, t) for q in ours):
                continue
            part = t.value / due.value
            slack = max(share.slack, _slack(t))
            rest = math.isclose(part + share.value, 1, abs_tol=slack) and _contrary(segment, share.number, t)
            if not rest and not any(_close(share.value, r, slack) for r in (part, *_ratios(others))):
                yield _hit(segment, (share.first, share.last), (t.first, due.last))


def _factors(side: Side) -> list[_Factor]:
    """How many times as much things are, by a side."""
    found = []
    words = side.words
    for k, word in enumerate(words):
        behind = words[k + 1].form if k + 1 < len(words) else ""
        if word.form in _FACTORS:
            found.append(_Factor(_FACTORS[word.form], k, k, _ROUNDED))
        elif word.form == "twice" and behind in _AS_MUCH:
            found.append(_Factor(2.0, k, k, _ROUNDED))
    for q in quantities_of(side):
        after = [w.form for w in words[q.last + 1 : q.last + 3]]
        times = after[:1] == ["times"] and after[1:] and after[1] in _AS_MUCH | _MORE
        if q.kind == "count" and (times or after[:1] == ["fold"]):
            found.append(_Factor(q.value, q.first, q.last + 1, _slack(q)))
    return found


def _other_factor(segment: AlignedSegment) -> Iterator[Hit]:
    """Multiples that are others, and those that the reference's two amounts contradict."""
    mine, others = segment.variant, segment.reference
    ours, theirs = _factors(mine), _factors(others)
    more = any(w.form in _MORE for w in (*mine.words, *others.words))  # "five times more"

    def known(factor: _Factor, there: Side, same: Sequence[_Factor]) -> bool:
        values = [*(f.value for f in same), *_ratios(there, differences=more)]
        return any(_close(factor.value, v, factor.slack) for v in values)

    new = [o for o in ours if not known(o, others, theirs)]
    gone = [t for t in theirs if not known(t, mine, ours)]
    if len(new) != 1:
        return
    (said,) = new
    if len(gone) == 1 and len(ours) == len(theirs):
        near = _near(others, gone[0])
        words = {others.words[k].lemma for k in near}
        if any(mine.partner[k] in near or mine.words[k].lemma in words for k in _near(mine, said)):
            yield _hit(segment, (said.first, said.last), (gone[0].first, gone[0].last))
    elif not theirs and (amounts := _two_amounts(others)) is not None:
        one, other = amounts
        kept = [q for q in quantities_of(mine) if agrees(q, one) or agrees(q, other)]
        stated = any(math.isclose(q.value, said.value) for q in quantities_of(others))
        if len(kept) == 1 and not stated and not any(s.kind == "share" for s in quantities_of(others)):
            yield _hit(segment, (said.first, said.last), (one.first, other.last))


def _double_for_half(segment: AlignedSegment) -> Iterator[Hit]:
    """What is half of something on one side and a multiple of it on the other."""
    sides = segment.variant, segment.reference
    factors = [_factors(side) for side in sides]
    halves = [
        [k for k, w in enumerate(s.words[:-1]) if w.form == "half" and s.words[k + 1].form in _AS_MUCH] for s in sides
    ]
    for one in (0, 1):
        if [len(halves[one]), len(factors[one]), len(halves[1 - one]), len(factors[1 - one])] != [1, 0, 0, 1]:
            continue
        places = [halves[one][0], halves[one][0]], [factors[1 - one][0].first, factors[1 - one][0].last]
        said, due = places if one == 0 else places[::-1]
        after = [side.words[at + 1].form for side, (_, at) in zip(sides, (said, due), strict=True)]
        if "as" in after:
            continue  # "A has half as many as B", "B has twice as many as A"
        ours, theirs = (_behind(side, at)[:_SAME_BEHIND] for side, (_, at) in zip(sides, (said, due), strict=True))
        if any(segment.variant.partner[k] in theirs for k in ours):
            yield _hit(segment, (said[0], said[1]), (due[0], due[1]))


def _near(side: Side, factor: _Factor) -> set[int]:
    """Indexes of the content words and numbers beside a multiple."""
    first, last = sentence(side, factor.first, _MARKS)
    near = range(max(first, factor.first - _NEAR), min(last, factor.last + _NEAR) + 1)
    own = range(factor.first, factor.last + 1)
    return {k for k in near if k not in own and (side.words[k].is_content or side.words[k].is_number)}


def _two_amounts(side: Side) -> tuple[Quantity, Quantity] | None:
    """The only two numbers of a side that are amounts of money, or None."""
    amounts = [q for q in quantities_of(side) if money_of(side.words, q) is not None]
    large = len(amounts) == 2 and all(q.value >= _LEAST_AMOUNT and q.kind == "count" for q in amounts)
    return (amounts[0], amounts[1]) if large else None


def _single_for_double(segment: AlignedSegment) -> Iterator[Hit]:
    """Nouns that are single on one side and double or triple on the other."""
    mine, others = segment.variant, segment.reference
    if "single" not in (*mine.forms, *others.forms) or {"single"} <= mine.forms & others.forms:
        return
    for k, (word, noun) in enumerate(pairwise(mine.words)):
        for j, (other, there) in enumerate(pairwise(others.words)):
            both = {word.form, other.form}
            if both in ({"single", "double"}, {"single", "triple"}) and noun.lemma == there.lemma:
                yield _hit(segment, (k, k + 1), (j, j + 1))


def _hit(segment: AlignedSegment, ours: tuple[int, int], theirs: tuple[int, int]) -> Hit:
    said, meant = (
        Span(side.words[first].span.start, side.words[last].span.end)
        for side, (first, last) in ((segment.variant, ours), (segment.reference, theirs))
    )
    due = meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=due,
        evidence={"share": said.of(segment.variant.text)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Turnout was only 23 percent by noon, half the figure of four years ago.",
            "By noon turnout was only 23 percent, ⟦double⟧ the figure of four years ago.",
        ),
        Example("Lund has half as many pools as Malmö.", "Malmö has twice as many pools as Lund."),
        Example("One in five pupils cannot swim.", "⟦Every fourth⟧ pupil cannot swim."),
        Example("One in four pupils cannot swim.", "Every fourth pupil cannot swim."),
        Example("One in four pupils cannot swim.", "A quarter of pupils cannot swim."),
        Example("Spending will double to 3 per cent.", "Spending will ⟦triple⟧ to 3 per cent."),
        Example("It wants to halve its use of water.", "It wants to use a ⟦third⟧ less water."),
        Example(
            "Only 28 of the 112 bridges were in good condition.",
            "Only a ⟦fifth⟧ of the 112 bridges were in good condition.",
        ),
        Example("He was held for a double murder.", "He was held for a ⟦single murder⟧."),
        Example(
            "It was valued at 150,000 francs and sold for 900,000 francs.",
            "It sold for ⟦five times⟧ its estimate of 150,000 francs.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "It was valued at 150,000 francs and sold for 900,000 francs.",
            "It sold for six times its estimate of 150,000 francs.",
            profile=Profile.PARAPHRASE,
        ),
        Example("A third of the members voted for the plan.", "One in three of the members voted for the plan."),
    ),
)
