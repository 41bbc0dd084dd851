"""What is left of a whole: "only three of his seven still have a job" for "he laid off four of his seven"."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evaltool import lexicon
from evaltool.rules._clauses import sentence
from evaltool.rules._exceptions import left_out, rest_told
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._polarity import is_denial
from evaltool.rules._units import unit_of
from evaltool.words import Side

#: Words that say that something is still there or is as it was.
REMAINING = frozenset(
    "remain remaining stay left still keep retain rest other others unaffected survive intact spare untouched".split()
)
#: How many words may stand from a part to its whole: "two of the town's nine".
_PARTITIVE = 5
#: Verbs that say that what there was is there no longer.
_LOSS = frozenset(
    """
    lay dismiss sack fire close shut lose kill die leave sell destroy cut remove quit burn sink fell uproot withdraw
    scrap axe shed demolish evacuate flee
    """.split()
)
#: Percentages of one whole may be rounded.
_ROUNDING = 0.006
_APART = frozenset("outside elsewhere beyond".split())
_OF_THEM = frozenset("them which whom these those".split())
#: Share of a part's predicate that must be the other side's for the two to say the same of it.
_SAME = 0.6
_STEM = 5  # "employs" and "employees" are no opposites
_OUT_OF = frozenset(["of", "among"])
_MARKS = ";:—–"


def whole_of(side: Side, part: Quantity, quantities: Sequence[Quantity]) -> Quantity | None:
    """The seven of "four of his seven", "four remained out of seven" and "of his seven, four", or None."""
    first, last = sentence(side, part.first, _MARKS)
    behind = [w.form for w in side.words[part.last + 1 : part.last + 3]]
    if behind[:1] == ["of"] and behind[1:] and behind[1] in _OF_THEM:
        # "Nineteen bodies were brought in, four of which", in the same sentence or the one before.
        earlier = [
            q
            for q in quantities
            if q.last < part.first and q.kind == "count" and not q.year and not unit_of(side.words, q)
        ]
        return earlier[-1] if earlier and earlier[-1].value > part.value else None
    for whole in sorted(quantities, key=lambda q: abs(q.first - part.first)):
        if whole is part or whole.kind != "count" or whole.value < part.value or not first <= whole.first <= last:
            continue
        before = range(max(first, whole.first - _PARTITIVE), whole.first)
        partitive = [k for k in before if side.words[k].form in _OUT_OF]
        between = [
            q for q in quantities if q not in (whole, part) and partitive and partitive[-1] < q.first < whole.first
        ]
        if partitive and not between and not (partitive[-1] < part.first < whole.first):
            return whole
    return None


def _predicate(side: Side, part: Quantity) -> range:
    """Indexes of the words of the clause that holds a part."""
    first, last = sentence(side, part.first, _MARKS)
    return range(first, last + 1)


def remains(side: Side, part: Quantity) -> bool:
    """Whether the clause of a part says that something is left."""
    return any(side.words[k].form in REMAINING or side.words[k].lemma in REMAINING for k in _predicate(side, part))


def told_by_the_rest(
    side: Side, part: Quantity, own: Sequence[Quantity], other: Side, others: Sequence[Quantity]
) -> bool:
    """Whether a part of a whole is what the other side's part of the same whole leaves, and is said to be.

    Args:
        side: where the part stands.
        part: the number.
        own: the numbers of its side.
        other: the other side.
        others: the numbers of the other side.
    """
    if left_out(side, part) and rest_told(part, others, [*own, *others]):
        return True  # "14 were held; all but three were freed", 11 of them
    whole = whole_of(side, part, own)
    if whole is None:
        return False
    for theirs in others:
        due = whole_of(other, theirs, others)
        if due is not None and agrees(whole, due) and math.isclose(part.value + theirs.value, whole.value):
            if bool(left_out(side, part)) != bool(left_out(other, theirs)):
                return True  # "all but one of the 14"
            return turned(side, part, other, theirs) or _otherwise(side, part, other, theirs)
    return False


def _otherwise(side: Side, part: Quantity, other: Side, theirs: Quantity) -> bool:
    """Whether what is said of a part behind it is mostly not what the other side says of its part."""
    due = {w.lemma for w in other.words[theirs.last + 1 : max(_predicate(other, theirs)) + 1]}
    said = [w.lemma for w in side.words[part.last + 1 : max(_predicate(side, part)) + 1] if w.is_content]
    return bool(said) and sum(lemma in due for lemma in said) < _SAME * len(said)


def left_for_lost(side: Side, part: Quantity, other: Side, theirs: Quantity) -> bool:
    """Whether a part is said to be left that the other side says is lost, or the other way round."""
    ours, due = _predicate(side, part), _predicate(other, theirs)
    if remains(side, part) == remains(other, theirs):
        return False
    if any(is_denial(side, k) and side.words[k].form not in REMAINING for k in ours):
        return False
    gone, words = (due, other.words) if remains(side, part) else (ours, side.words)
    denied = any(is_denial(other, k) and other.words[k].lemma not in _LOSS for k in due)
    return not denied and any(words[k].lemma in _LOSS for k in gone)


def share_of_the_rest(side: Side, at: int, other: Side) -> bool:
    """Whether a clause tells of a share, and the other side of the rest of it: three quarters have none, a quarter has.

    Args:
        side: of the clause.
        at: index of a word in it.
        other: the other side.
    """
    first, last = sentence(side, at, _MARKS)
    told = [q.value for q in quantities_of(side) if q.kind == "share" and first <= q.first <= last]
    rest = [q.value for q in quantities_of(other) if q.kind == "share"]
    return any(a != b and math.isclose(a + b, 1, abs_tol=_ROUNDING) for a in told for b in rest)


def _denials(side: Side, places: range) -> int:
    """How many words deny; "only a quarter do" does not deny that a quarter do."""
    return sum(is_denial(side, k) and side.words[k].form != "only" for k in places)


def turned(side: Side, part: Quantity, other: Side, theirs: Quantity) -> bool:
    """Whether one clause says the contrary of the other: it denies, something is left, or there are opposites."""
    ours, due = _predicate(side, part), _predicate(other, theirs)
    if _denials(side, ours) != _denials(other, due):
        return True
    if remains(side, part) != remains(other, theirs):
        return True
    if any(side.words[k].form in _APART for k in ours) != any(other.words[k].form in _APART for k in due):
        return True  # a quarter come from the valley, three quarters from outside it
    mine = {side.words[k].lemma for k in ours if side.words[k].is_content} - other.lemmas
    yours = {other.words[k].lemma for k in due if other.words[k].is_content} - side.lemmas
    return any(a[:_STEM] != b[:_STEM] and lexicon.antonyms(a, b) for a in mine for b in yours)
