"""Small words that the two sides do not share in a passage that they otherwise word alike.

Where what stands before and behind a small word is linked word for word, nothing around it can say in other terms what
the word says; that it was dropped, added or exchanged is then no rewording.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from evaltool._english import NEGATORS
from evaltool.model import Span
from evaltool.rules._clauses import sentence
from evaltool.rules._polarity import is_adverb
from evaltool.words import AlignedSegment, Side, Word

MODALS = frozenset("may might can could will would shall should must".split())
#: Words that say that what follows is not established, and those that say that it is.
DOUBTS = frozenset(
    """
    perhaps possibly probably likely maybe reportedly allegedly apparently supposedly purportedly ostensibly presumably
    believed thought suspected alleged reported rumoured rumored presumed supposed understood estimated
    """.split()
)
SURE = frozenset("known established proven certain confirmed shown".split())
_OPERATORS = MODALS | DOUBTS | SURE | NEGATORS | {"unlikely", "if", "unless", "even", "only", "yet"}
#: How far from the word the passage may begin that is worded alike, and how many words the other side may have there.
_REACH, _LONGEST, _BESIDE = 5, 6, 3
#: How far behind the place the word that it is about may stand.
_AHEAD = 6
#: Words on each side of it that are looked at, and the share of them that must be linked in their order.
_AROUND, _ALIKE = 4, 0.6


@dataclass(frozen=True, slots=True)
class Exchange:
    """A place where the sides differ in small words.

    Attributes:
        reference: (first, last) index of the reference's words there; last < first where there is none.
        variant: likewise of the variant.
        lost: operators that only the reference has there.
        new: operators that only the variant has there.
        alike: 0..1, share of the words around that are linked in their order.
    """

    reference: tuple[int, int]
    variant: tuple[int, int]
    lost: frozenset[str]
    new: frozenset[str]
    alike: float


def operator(word: Word) -> str | None:
    """What an operator counts as: its form, "not" for "n't"; None for other words."""
    if word.form.endswith("n't") and len(word.form) > 3:
        return "not"
    return word.form if word.form in _OPERATORS and not (word.form == "may" and word.is_capitalised) else None


@lru_cache(maxsize=64)
def exchanges(segment: AlignedSegment) -> tuple[Exchange, ...]:
    """The places of a segment where the sides differ in operators and are otherwise worded alike."""
    ours, theirs = segment.variant, segment.reference
    found: dict[tuple[int, int, int, int], Exchange] = {}
    for side, other, of_variant in ((theirs, ours, False), (ours, theirs, True)):
        for i, word in enumerate(side.words):
            if operator(word) is None or _kept(side, other, i):
                continue
            exchange = _exchange(segment, i, of_variant=of_variant)
            if exchange and (exchange.lost or exchange.new):
                found.setdefault((*exchange.reference, *exchange.variant), exchange)
    return tuple(found.values())


def _kept(side: Side, other: Side, index: int) -> bool:
    """Whether an operator is linked to the same one, beside a word that a word beside it is linked to."""
    partner = side.partner[index]
    if partner is None or operator(side.words[index]) != operator(other.words[partner]):
        return False
    beside = [side.partner[k] for k in (index - 2, index - 1, index + 1, index + 2) if 0 <= k < len(side.words)]
    return any(p is not None and abs(p - partner) <= _BESIDE for p in beside)


def _exchange(segment: AlignedSegment, index: int, *, of_variant: bool) -> Exchange | None:
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    first, last = sentence(side, index)
    left, right = _anchor(side, index, -1, first - 1), _anchor(side, index, 1, last + 1)
    if left is None or right is None:
        return None
    there = side.partner[left] if left >= first else _edge(segment, right, -1, of_variant)
    beyond = side.partner[right] if right <= last else _edge(segment, left, 1, of_variant)
    if there is None or beyond is None or not there < beyond <= there + _LONGEST + 1:
        return None
    if there >= 0 and beyond < len(other.words) and sentence(other, there) != sentence(other, beyond):
        return None
    here, hunk = (left + 1, right - 1), (there + 1, beyond - 1)
    if any(_heavy(side.words[k]) for k in range(here[0], right)) or any(
        _heavy(other.words[k]) for k in range(hunk[0], beyond)
    ):
        return None
    alike = _alike(side, (left, right), (there, beyond))
    if alike < _ALIKE:
        return None
    mine, yours = (
        Counter(o for k in range(a, b + 1) if (o := operator(s.words[k])))
        for s, (a, b) in ((side, here), (other, hunk))
    )
    only, only_there = frozenset(mine - yours), frozenset(yours - mine)
    if of_variant:
        return Exchange(hunk, here, only_there, only, alike)
    return Exchange(here, hunk, only, only_there, alike)


def _anchor(side: Side, index: int, step: int, edge: int) -> int | None:
    """The nearest linked word beside an operator that is none itself; the sentence's edge; None if neither is near."""
    for k in range(index + step, index + step * (_REACH + 1), step):
        if k == edge:
            return k
        if side.partner[k] is not None and operator(side.words[k]) is None:
            return k
    return None


def _edge(segment: AlignedSegment, anchor: int, step: int, of_variant: bool) -> int | None:
    """Where the sentence ends on the other side that the anchor on this one is linked into."""
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    partner = side.partner[anchor] if 0 <= anchor < len(side.words) else None
    if partner is None:
        return None
    first, last = sentence(other, partner)
    return first - 1 if step < 0 else last + 1


def _heavy(word: Word) -> bool:
    """Whether a word says something of its own: the passage is then not worded alike."""
    return (word.is_content and operator(word) is None) or word.is_number or word.is_sign


def _alike(side: Side, here: tuple[int, int], there: tuple[int, int]) -> float:
    linked = seen = 0
    for at, to, step in ((here[0], there[0], -1), (here[1], there[1], 1)):
        for k in range(_AROUND):
            if 0 <= at + step * k < len(side.words):
                seen += 1
                partner = side.partner[at + step * k]
                linked += partner is not None and abs(partner - (to + step * k)) <= 1
    return linked / seen if seen else 0.0


def span(side: Side, first: int, last: int) -> Span:
    """The words from first to last; the word behind the place where there is none."""
    last = max(first, last)
    first, last = min(first, len(side.words) - 1), min(last, len(side.words) - 1)
    return Span(side.words[first].span.start, side.words[last].span.end)


def follower(side: Side, index: int) -> int | None:
    """The first word from an index on that is no auxiliary, article or adverb, if it is near."""
    words = enumerate(side.words[index : index + _AHEAD], index)
    return next((k for k, w in words if w.is_content and not is_adverb(w)), None)
