"""Names that romanisations write in one word or in several: "Abdelrahim", "Abd al-Rahim", "Nureddin", "Nur al-Din"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.rules._names import consonants, plain
from evaltool.words import Side, Vocabulary, Word

#: The Arabic article, whose l takes the sound of many a consonant behind it.
ARTICLES = frozenset("al el ul il ad ed ud ar er ur as es us ash esh ush at et ut ath eth az ez uz an en un".split())
_SHORTEST = 4  # letters of a name in one word that can be another one in several


@lru_cache(maxsize=64)
def runs(side: Side | Vocabulary) -> tuple[tuple[range, frozenset[str]], ...]:
    """(indexes, consonants that the run has in one word) of each name, article and name: "Abd al-Rahim"."""
    return tuple(_runs(side))


def _runs(side: Side | Vocabulary) -> Iterator[tuple[range, frozenset[str]]]:
    for at, word in enumerate(side.words[:-1]):
        if not word.is_capitalised:
            continue
        follow = side.words[at + 1]
        if follow.form in ARTICLES and at + 2 < len(side.words) and side.words[at + 2].is_capitalised:
            parts = plain(word.form), plain(side.words[at + 2].form)
            # Whole and with its l, or assimilated and so doubled.
            keys = {consonants(parts[0] + parts[1]), consonants(parts[0] + "l" + parts[1])}
            yield range(at, at + 3), frozenset(keys)
        elif follow.is_capitalised and plain(word.form)[:3] in ("abd", "abu", "ibn", "ben", "bin"):
            yield range(at, at + 2), frozenset([consonants(plain(word.form) + plain(follow.form))])


def joined(word: Word, side: Side | Vocabulary) -> bool:
    """Whether a side writes a name in several words that is here in one."""
    form = plain(word.form)
    return len(form) >= _SHORTEST and any(
        consonants(form) in keys and plain(side.words[run[0]].form)[:1] == form[:1] for run, keys in runs(side)
    )


def parted(side: Side, index: int, others: Side | Vocabulary) -> bool:
    """Whether a word is a part of a name in several words that the other side has in one."""
    inside = [keys for run, keys in runs(side) if index in run]
    return any(
        w.is_capitalised and len(w.form) >= _SHORTEST and consonants(plain(w.form)) in keys
        for keys in inside
        for w in others.words
    )
