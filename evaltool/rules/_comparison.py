"""Comparatives and superlatives, and what is said with the one or the other: "none was worse", "the worst"."""

from __future__ import annotations

from functools import lru_cache

from evaltool import lexicon
from evaltool.rules._clauses import sentence
from evaltool.words import Side, Word

_COMPARATIVES = frozenset("more less better worse further fewer".split())
_SUPERLATIVES = frozenset("most least best worst furthest".split())
#: Words that say without a superlative that nothing else was so much so.
_UNIQUE = frozenset("record unprecedented unmatched unrivalled unparalleled unequalled unique first ever only".split())
_LIKENING = frozenset("so such as like".split())
#: Nothing was so before that time: what came then was the first.
_UNTIL_NOW = frozenset("before previously hitherto".split())
_SINCE = frozenset("until till since".split())
_DOUBLED = 2


_RANKING = frozenset("more most less least".split())


@lru_cache(maxsize=2000)
def _graded(form: str, ending: str) -> bool:
    """Whether a form is an adjective with an ending of comparison ("deadlier", "bigger", "later")."""
    stem = form.removesuffix(ending)
    if stem == form or len(stem) < _DOUBLED:
        return False
    stems = {stem, stem + "e"}
    if stem.endswith("i"):
        stems.add(stem[:-1] + "y")
    if stem[-1:] == stem[-2:-1]:
        stems.add(stem[:-1])
    return any("a" in lexicon.parts_of_speech(s) for s in stems)


def is_comparative(word: Word) -> bool:
    """Whether a word is a comparative by its form."""
    return word.form in _COMPARATIVES or _graded(word.form, "er")


def is_superlative(word: Word) -> bool:
    """Whether a word is a superlative by its form."""
    return word.form in _SUPERLATIVES or _graded(word.form, "est")


def says_extreme(side: Side, negator: int, other: Side) -> bool:
    """Whether a negator denies that anything was so before or more so, and the other side has "first" or a superlative.

    Args:
        side: where the negator stands.
        negator: its index.
        other: the other side.
    """
    _, last = sentence(side, negator, ",;:")
    behind = {w.form for w in side.words[negator + 1 : last + 1]}
    if behind & _SINCE and "first" in other.forms - side.forms:
        return True  # "no woman had done so until May", "never since 1951"
    compared = any(
        is_comparative(w) or w.form in _LIKENING or w.form in _UNTIL_NOW for w in side.words[negator + 1 : last + 1]
    )
    return compared and any((is_superlative(w) or w.form in _UNIQUE) and w.form not in side.forms for w in other.words)


def ranks(side: Side) -> bool:
    """Whether a side compares: "more", "larger", "the largest"."""
    return not _RANKING.isdisjoint(side.forms) or any(
        w.form.endswith(("er", "est")) and w.form != w.lemma and "a" in lexicon.parts_of_speech(w.lemma)
        for w in side.words
    )
