"""WordNet's table: the words, their senses by how usual they are, and the concepts that these belong to.

``evaltool/data/build_lexicon.py`` makes the table, and every line of it is parsed only when it is asked for. What the
words have to do with each other is told by evaltool.lexicon.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_POS: Final = "nvar"
#: A sense used at least this often, in proportion to the word's first sense, counts in full; a rarer one by the square
#: root of what it reaches of that. Untagged senses fall off with their rank.
_USUAL = 0.15


@dataclass(frozen=True, slots=True)
class Sense:
    """A sense of a word: its concept, weight in 0..1, and the words of other concepts it is tied to."""

    concept: int
    weight: float
    derived: tuple[tuple[int, int], ...]
    antonyms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A synset: its hypernyms, what is similar or in its verb group, how many are below and directly below it."""

    parents: tuple[int, ...]
    beside: tuple[int, ...]
    size: int
    children: int


@dataclass(frozen=True, slots=True)
class Table:
    """The table, with every line parsed only when it is asked for."""

    lemmas: list[str]
    senses: list[str]
    concepts: list[str]
    ids: dict[str, int]
    bounds: tuple[int, ...]  # the first concept of the next part of speech

    def pos(self, concept: int) -> str:
        return _POS[bisect_right(self.bounds, concept)]


@cache
def table() -> Table:
    """Read the table, once."""
    payload = files("evaltool").joinpath("data", "lexicon.zlib").read_bytes()
    head, *lines = zlib.decompress(payload).decode("ascii").split("\n")
    many, *by_pos = (int(number) for number in head.split())
    lemmas = lines[:many]
    bounds = tuple(sum(by_pos[: at + 1]) for at in range(len(by_pos)))
    ids = dict(zip(lemmas, range(many), strict=True))
    return Table(lemmas, lines[many : 2 * many], lines[2 * many :], ids, bounds)


def _numbers(field: str) -> tuple[int, ...]:
    return tuple(int(number) for number in field.split(";")) if field else ()


def _pairs(field: str) -> tuple[tuple[int, int], ...]:
    if not field:
        return ()
    return tuple((int(lemma), int(concept)) for lemma, _, concept in (pair.partition("/") for pair in field.split(";")))


@lru_cache(maxsize=20_000)
def concept(number: int) -> Concept:
    """Return a concept by its number."""
    parents, beside, size, children = table().concepts[number].split(",")
    return Concept(_numbers(parents), _numbers(beside), int(size), int(children))


def _plurals(lemma: str) -> Iterator[str]:
    """Yield a noun's plurals, which may be words of their own ("troops", "arms", "authorities")."""
    yield lemma + "s"
    if lemma.endswith("y"):
        yield lemma[:-1] + "ies"


def raw(lemma: str) -> list[list[str]]:
    """Return the fields of each sense of a word, without weighing them."""
    at = table().ids.get(lemma)
    return [] if at is None else [sense.split(",") for sense in table().senses[at].split(" ")]


@lru_cache(maxsize=10_000)
def senses(lemma: str) -> tuple[Sense, ...]:
    """Return a word's senses with their weights; those that only its plural has come last."""
    found: list[tuple[float, list[str]]] = []
    own = raw(lemma)
    plural = [raw(form) for form in _plurals(lemma)] if "n" in parts_of_speech(lemma) else []
    for senses in (own, *plural):
        ranks = dict.fromkeys(_POS, 0)
        for fields in senses:
            pos = table().pos(int(fields[0]))
            ranks[pos] += 1
            # One tag to share among untagged senses, so that words nobody tagged keep WordNet's order.
            found.append((int(fields[1]) + 1 / ranks[pos], fields))
    most = max((use for use, _ in found), default=1.0)
    return tuple(
        Sense(int(concept), min(1.0, use / most / _USUAL) ** 0.5, _pairs(derived), _pairs(antonyms))
        for use, (concept, _, derived, antonyms) in found
    )


@lru_cache(maxsize=10_000)
def parts_of_speech(lemma: str) -> frozenset[str]:
    """Return the parts of speech a word has: of "n", "v", "a", "r" (adverb), none for an unknown word."""
    return frozenset(table().pos(int(fields[0])) for fields in raw(lemma))
