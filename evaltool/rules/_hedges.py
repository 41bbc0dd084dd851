"""What bounds a number or makes it approximate: "more than", "up to", "about"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evaltool.words import AlignedSegment, Word

_HEDGES = {
    "about": (
        "about", "around", "some", "approximately", "roughly", "nearly", "almost", "estimated", "circa",
        "close to", "in the region of", "something like", "more or less", "the better part of", "the best part of",
    ),
    "above": (
        "more than", "over", "above", "at least", "upwards of", "upward of", "in excess of", "north of",
        "at the very least", "at a minimum", "exceed", "exceeding", "minimum of",
        "just over", "no fewer than", "no less than", "little over", "well over", "past", "minimum",
        "passed the age of", "turned", "older than",
    ),
    "below": (
        "less than", "fewer than", "under", "below", "up to", "at most", "as many as", "as much as", "almost", "nearly",
        "close to", "not more than", "no more than", "just under", "maximum", "maximum of", "at best", "at the most",
        "at the very most", "at the outside",
        "the better part of", "the best part of",
        "capped at", "limited to", "no higher than", "a ceiling of", "short of",
    ),
}  # fmt: skip
#: Bounds that stand behind their number, or behind what it counts: "half of it at best", "40 houses or more".
_BEHIND = {
    "about": ("or so", "or thereabouts", "give or take", "more or less"),
    "above": (
        "or more", "or over", "and more", "and over", "and up", "and above", "if not more", "upwards", "at least",
        "at the least", "at the very least", "at a minimum", "minimum",
    ),
    "below": (
        "or less", "or fewer", "or under", "and under", "if that", "at most", "at best", "at the most",
        "at the outside", "at the very most", "at the very best", "at a maximum", "maximum", "tops",
        "if not less", "if not fewer",
    ),
}  # fmt: skip
_AFTER = tuple((name, phrase.split()) for name, phrases in _BEHIND.items() for phrase in phrases)
#: So many words of what is counted may stand before such a bound.
_COUNTED = 3
_PHRASES = tuple((name, phrase, phrase.split()) for name, phrases in _HEDGES.items() for phrase in phrases)
_FORMS = frozenset(part for _, _, parts in _PHRASES for part in parts)
_NEGATED = frozenset({"no more than", "not more than", "no fewer than", "no less than", "no higher than"})
#: What turns a bound round when it stands shortly before it.
_TURNING = frozenset(
    "not never neither nor no none nobody avoid without prevent exclude cannot bar ban forbid prohibit".split()
)
_TURNED = 8
#: Close before a number these say from when or how long it is not so.
_REACHING, _CLOSE = frozenset("until till for before".split()), 2
#: Verbs whose "against" turns a bound round too: "advise against more than 20".
_ADVISING = frozenset(
    "advise advice warn warning caution recommend counsel guide decide vote protect protection insure guard".split()
)
#: Words with which another number begins.
_COUNTS = frozenset(
    """
    a an one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty
    ninety half some
    """.split()
)
#: What may stand between a hedge and its number.
_BETWEEN = frozenset("$ £ € ¥ the a an".split())
#: With an article these say where something stands ("below the 30-year average", "over the past two days").
_PLACING = frozenset("below above over under past around about".split())


def is_hedge(form: str) -> bool:
    """Whether a form bounds a number or makes it approximate, in a phrase or alone."""
    return form in _FORMS


def hedges_at(words: Sequence[Word], first: int, last: int) -> tuple[frozenset[str], int]:
    """Which hedges stand at a number ("about", "above", "below"), and how many words before it they take."""
    found, reach = set(), 0
    before = [w.form for w in words[max(0, first - 4) : first]]
    placed = before[-2:-1] and before[-2] in _PLACING and before[-1] == "the"
    while before and before[-1] in _BETWEEN and not placed:
        before.pop()
    skipped = min(4, first) - len(before)
    negated = " ".join(before[-3:]) in _NEGATED  # "no more than" bounds from above, "more than" from below
    near = words[max(0, first - _TURNED) : first]
    apart = [k for k, (a, b) in enumerate(pairwise(near), 1) if b.span.start - a.span.end > 1]  # a comma between
    advised = any(w.lemma in _ADVISING for w in words[max(0, first - 2 * _TURNED) : first])
    turned = any(
        w.form in _TURNING or w.lemma in _TURNING or (advised and w.form == "against")
        for k, w in enumerate(near[apart[-1] if apart else 0 :], apart[-1] if apart else 0)
        if (w.form != "without" or all(not x.is_content or x.form.endswith("ing") for x in near[k + 1 :]))
        and " ".join(x.form for x in near[k : k + 3]) not in _NEGATED  # "no fewer than 23 dead and up to 140 hurt"
        and [x.form for x in near[k : k + 2]] != ["no", "to"]  # "said no to a tax"
    )
    for name, phrase, parts in _PHRASES:
        if before[-len(parts) :] == parts and negated <= (phrase in _NEGATED):
            found.add(name)
            turned = turned and parts[0] != "at"  # "no rain for at least ten days": the bound stands
            reach = max(reach, len(parts) + skipped)
    if not found:
        found |= _behind(words, last)
        # "should not count on nine euros or less", but "is not well again for five years or more"
        turned = any(w.form == "not" for w in near) and not any(w.form in _REACHING for w in near[-_CLOSE:])
    if turned and not negated and len(found & {"above", "below"}) == 1:
        found ^= {"above", "below"}  # "avoid more than 20", "neither had more than 90": at most
    return frozenset(found), reach


def may_stays(segment: AlignedSegment, index: int) -> bool:
    """Whether the variant has the "may" or "might" beside a word of doubt of the reference: "may possibly", "may"."""
    words = segment.reference.words
    beside = {words[k].form for k in (index - 1, index + 1) if 0 <= k < len(words)}
    return bool(beside & {"may", "might"} & segment.variant.forms)


def _behind(words: Sequence[Word], last: int) -> set[str]:
    """Which bounds stand behind a number or what it counts, and not before another number."""
    for at in range(last + 1, min(last + 2 + _COUNTED, len(words))):
        for name, parts in _AFTER:
            end = at + len(parts)
            if [w.form for w in words[at:end]] != parts:
                continue
            follow = words[end] if end < len(words) else None
            apart = at - last - 1 and len(parts) == 1  # "40 houses minimum" is none; "70 maximum" is
            if not apart and (follow is None or not (follow.is_number or follow.is_sign or follow.form in _COUNTS)):
                return {name}
        word = words[at]
        if word.is_number or word.form in _COUNTS or word.form in ("and", "or", "but", "while"):
            break
    return set()
