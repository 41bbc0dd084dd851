"""What bounds a number or makes it approximate: "more than", "up to", "about"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evaltool.words import Word

_HEDGES = {
    "about": (
        "about", "around", "some", "approximately", "roughly", "nearly", "almost", "estimated", "circa", "or so",
        "close to", "just", "in the region of",
    ),
    "above": (
        "more than", "over", "above", "at least", "upwards of", "or more", "exceed", "exceeding", "minimum of",
        "just over", "no fewer than", "no less than", "little over", "well over", "past", "minimum",
    ),
    "below": (
        "less than", "fewer than", "under", "below", "up to", "at most", "as many as", "as much as", "almost", "nearly",
        "close to", "not more than", "no more than", "just under", "maximum", "maximum of", "or less", "or fewer",
    ),
}  # fmt: skip
_PHRASES = tuple((name, phrase, phrase.split()) for name, phrases in _HEDGES.items() for phrase in phrases)
_NEGATED = frozenset({"no more than", "not more than", "no fewer than", "no less than"})
#: What turns a bound round when it stands shortly before it.
_TURNING = frozenset("not never neither nor no avoid without prevent cannot".split())
_TURNED = 8
#: What may stand between a hedge and its number.
_BETWEEN = frozenset("$ £ € ¥ the a an".split())


def hedges_at(words: Sequence[Word], first: int, last: int) -> tuple[frozenset[str], int]:
    """Which hedges stand at a number ("about", "above", "below"), and how many words before it they take."""
    found, reach = set(), 0
    before = [w.form for w in words[max(0, first - 4) : first]]
    while before and before[-1] in _BETWEEN:
        before.pop()
    skipped = min(4, first) - len(before)
    after = " ".join(w.form for w in words[last + 1 : last + 3])
    negated = " ".join(before[-3:]) in _NEGATED  # "no more than" bounds from above, "more than" from below
    near = words[max(0, first - _TURNED) : first]
    apart = [k for k, (a, b) in enumerate(pairwise(near), 1) if b.span.start - a.span.end > 1]  # a comma between
    turned = any(w.form in _TURNING or w.lemma in _TURNING for w in near[apart[-1] if apart else 0 :])
    for name, phrase, parts in _PHRASES:
        if before[-len(parts) :] == parts and negated <= (phrase in _NEGATED):
            found.add(name)
            reach = max(reach, len(parts) + skipped)
        elif phrase in ("or so", "or more", "or less", "or fewer") and after.startswith(phrase):
            found.add(name)
    if turned and not negated and len(found & {"above", "below"}) == 1:
        found ^= {"above", "below"}  # "avoid more than 20", "neither had more than 90": at most
    return frozenset(found), reach
