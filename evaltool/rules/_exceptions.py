"""What is left out of a whole: "all but one of the hospitals", "all the hospitals except one"."""

from __future__ import annotations

from collections.abc import Sequence

from evaltool.model import Span
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import Quantity
from evaltool.words import Side

_WHOLE = frozenset("all every each everyone everybody everything any anyone whole entire".split())
#: What stands before the number that is left out, longest first, and behind it.
_BEFORE = tuple(
    phrase.split()
    for phrase in (
        "with the exception of", "leaving out", "except for", "apart from", "aside from", "other than", "save for",
        "bar for", "but for", "not counting", "except", "excepting", "excluding", "barring", "save", "bar", "but",
        "besides", "minus",
    )
)  # fmt: skip
_BEHIND = frozenset("excepted apart aside excluded exempted".split())
#: They leave something out of a whole that need not be called so: "has governed since 1990, except for three years".
_EXCEPTING = frozenset("exception except excepting excluding".split())
_ARTICLES = frozenset("a an the only just".split())
#: An "of" may stand between "all" and "but" only where a noun does: "every ship but six".
_BETWEEN = 6


def left_out(side: Side, q: Quantity) -> Span | None:
    """The words that say that a number counts what is left out of a whole, with the number; None where none do."""
    first, last = sentence(side, q.first, ";:")
    at = q.first
    while at > first and side.words[at - 1].form in _ARTICLES:
        at -= 1
    whole = [k for k in range(first, last + 1) if side.words[k].form in _WHOLE]
    before = [w.form for w in side.words[max(first, at - 4) : at]]
    phrase = next((p for p in _BEFORE if before[-len(p) :] == p), None)
    if not whole and not (phrase and _EXCEPTING.intersection(phrase)):
        return None
    if phrase is None:
        behind = next((k for k in range(q.last + 1, min(last, q.last + 2) + 1) if side.words[k].form in _BEHIND), None)
        return None if behind is None else Span(q.span.start, side.words[behind].span.end)
    start = at - len(phrase)
    if phrase == ["but"] and not any(start - _BETWEEN <= k < start for k in whole):
        return None
    near = [k for k in whole if start - 2 <= k < start]
    return Span(side.words[near[0] if near else start].span.start, q.span.end)


def rest_told(left: Quantity, own: Sequence[Quantity], wholes: Sequence[Quantity]) -> bool:
    """Whether a side has what is left of some whole without a number: 13 where one of 14 is left out."""
    sizes = {q.value for q in wholes if q.kind == "count" and not q.year}
    return any(
        q.kind == "count" and not q.year and q.value != left.value and q.value + left.value in sizes for q in own
    )
