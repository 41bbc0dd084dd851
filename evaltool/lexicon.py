"""What English words have to do with each other: the same thing, something close by, the opposite, or nothing.

The relations are those of WordNet (Fellbaum 1998, "WordNet: An Electronic Lexical Database"), version 3.0, in a table
that ``evaltool/data/build_lexicon.py`` makes: single words that are not too rare, and particle verbs ("rule out").
Persons, places and other instances are not in it. Opposites that WordNet lacks stand in ``data/lexicon.opposites.txt``.

Words are given as dictionary forms in lower case. A word has many senses and nothing here knows which one is meant, so
a sense counts by how often it is used (tag counts of the sense-tagged corpora, otherwise its place in WordNet's order).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Final

_POS: Final = "nvar"
#: Closeness by relation. Sisters (Monday and Tuesday, lion and tiger) are what a wrong word looks like more often than
#: a paraphrase: of some 200 pairs of each, 8% of the wrong words and 3% of the paraphrases were nothing but sisters.
SAME, NEXT, NEAR, SISTER = 1.0, 0.8, 0.6, 0.4
#: A sense used at least this often, in proportion to the word's first sense, counts in full; a rarer one by the square
#: root of what it reaches of that. Untagged senses fall off with their rank.
_USUAL = 0.15
#: Senses of less weight are left out when opposites and hypernyms are looked for, which know no degrees.
_CLEAR = 0.5
#: Concepts with more concepts below them than this say too little about their hyponyms: for one step up ("person" has
#: 6,900 below it), for two steps, and, directly below, for sisters.
_BROAD, _BROAD_TWO, _BROAD_SISTERS = 3000, 300, 20
#: Beyond this many satellites an adjective's satellites share nothing but a direction ("large", "good").
_BROAD_ADJECTIVE = 12

Meeting = dict[int, float]  # concept, and the weight of the sense that leads there


@dataclass(frozen=True, slots=True)
class _Sense:
    """A sense of a word: its concept, weight in 0..1, and the words of other concepts it is tied to."""

    concept: int
    weight: float
    derived: tuple[tuple[int, int], ...]
    antonyms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Concept:
    """A synset: its hypernyms, what is similar or in its verb group, how many are below and directly below it."""

    parents: tuple[int, ...]
    beside: tuple[int, ...]
    size: int
    children: int


@dataclass(frozen=True, slots=True)
class _Table:
    """The table, with every line parsed only when it is asked for."""

    lemmas: list[str]
    senses: list[str]
    concepts: list[str]
    ids: dict[str, int]
    bounds: tuple[int, ...]  # the first concept of the next part of speech

    def pos(self, concept: int) -> str:
        return next(pos for pos, bound in zip(_POS, self.bounds, strict=True) if concept < bound)


@dataclass(frozen=True, slots=True)
class _Reach:
    """The concepts a word leads to: its own, and by one or two relations."""

    own: Meeting = field(default_factory=dict)
    derived: Meeting = field(default_factory=dict)
    beside: Meeting = field(default_factory=dict)
    up: Meeting = field(default_factory=dict)
    up_two: Meeting = field(default_factory=dict)
    derived_up: Meeting = field(default_factory=dict)


@cache
def _table() -> _Table:
    payload = files("evaltool").joinpath("data", "lexicon.zlib").read_bytes()
    head, *lines = zlib.decompress(payload).decode("ascii").split("\n")
    many, *by_pos = (int(number) for number in head.split())
    lemmas = lines[:many]
    bounds = tuple(sum(by_pos[: at + 1]) for at in range(len(by_pos)))
    ids = dict(zip(lemmas, range(many), strict=True))
    return _Table(lemmas, lines[many : 2 * many], lines[2 * many :], ids, bounds)


@cache
def _listed() -> dict[str, set[str]]:
    """Read the opposites that WordNet lacks, both ways."""
    opposites: dict[str, set[str]] = {}
    for line in files("evaltool").joinpath("data", "lexicon.opposites.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            for a, b in (pair.split("/") for pair in line.split()):
                opposites.setdefault(a, set()).add(b)
                opposites.setdefault(b, set()).add(a)
    return opposites


def _numbers(field: str) -> tuple[int, ...]:
    return tuple(int(number) for number in field.split(";")) if field else ()


def _pairs(field: str) -> tuple[tuple[int, int], ...]:
    if not field:
        return ()
    return tuple((int(lemma), int(concept)) for lemma, _, concept in (pair.partition("/") for pair in field.split(";")))


@lru_cache(maxsize=20_000)
def _concept(number: int) -> _Concept:
    parents, beside, size, children = _table().concepts[number].split(",")
    return _Concept(_numbers(parents), _numbers(beside), int(size), int(children))


def _plurals(lemma: str) -> Iterator[str]:
    """Yield a noun's plurals, which may be words of their own ("troops", "arms", "authorities")."""
    yield lemma + "s"
    if lemma.endswith("y"):
        yield lemma[:-1] + "ies"


def _raw(lemma: str) -> list[list[str]]:
    """Return the fields of each sense of a word, without weighing them."""
    table = _table()
    at = table.ids.get(lemma)
    return [] if at is None else [sense.split(",") for sense in table.senses[at].split(" ")]


@lru_cache(maxsize=10_000)
def _senses(lemma: str) -> tuple[_Sense, ...]:
    """Return a word's senses with their weights; those that only its plural has come last."""
    found: list[tuple[float, list[str]]] = []
    own = _raw(lemma)
    plural = [_raw(form) for form in _plurals(lemma)] if "n" in parts_of_speech(lemma) else []
    for senses in (own, *plural):
        ranks = dict.fromkeys(_POS, 0)
        for fields in senses:
            pos = _table().pos(int(fields[0]))
            ranks[pos] += 1
            # One tag to share among untagged senses, so that words nobody tagged keep WordNet's order.
            found.append((int(fields[1]) + 1 / ranks[pos], fields))
    most = max((use for use, _ in found), default=1.0)
    return tuple(
        _Sense(int(concept), min(1.0, use / most / _USUAL) ** 0.5, _pairs(derived), _pairs(antonyms))
        for use, (concept, _, derived, antonyms) in found
    )


def _clear(lemma: str) -> list[_Sense]:
    return [sense for sense in _senses(lemma) if sense.weight >= _CLEAR]


@lru_cache(maxsize=10_000)
def _reach(lemma: str) -> _Reach:
    reach = _Reach()

    def put(meeting: Meeting, concept: int, weight: float) -> None:
        meeting[concept] = max(weight, meeting.get(concept, 0.0))

    for sense in _senses(lemma):
        put(reach.own, sense.concept, sense.weight)
        concept = _concept(sense.concept)
        for beside in concept.beside:
            put(reach.beside, beside, sense.weight)
        for parent in concept.parents:
            put(reach.up, parent, sense.weight)
            for grandparent in _concept(parent).parents:
                put(reach.up_two, grandparent, sense.weight)
        for _, derived in sense.derived:
            put(reach.derived, derived, sense.weight)
            for parent in _concept(derived).parents:
                put(reach.derived_up, parent, sense.weight)
    return reach


def _meet(a: Meeting, b: Meeting, suits: Callable[[_Concept], bool] | None = None) -> float:
    """Return the best weight at which two words come to the same concept."""
    shared = a.keys() & b.keys()
    return max((a[at] * b[at] for at in shared if suits is None or suits(_concept(at))), default=0.0)


def _step(a: _Reach, b: _Reach) -> float:
    """Return how close two words are by the relations that lead from the first to the second."""

    def narrow(concept: _Concept) -> bool:
        return concept.size <= _BROAD

    def narrow_two(concept: _Concept) -> bool:
        return concept.size <= _BROAD_TWO

    return max(
        NEXT * _meet(a.beside, b.own),
        NEXT * _meet(a.derived, b.own),
        NEXT * _meet(a.up, b.own, narrow),
        NEAR * _meet(a.up, b.own),
        NEAR * _meet(a.up_two, b.own, narrow_two),
        NEAR * _meet(a.derived_up, b.own, narrow_two),
        NEAR * _meet(a.up, b.derived, narrow_two),
    )


@lru_cache(maxsize=50_000)
def related(a: str, b: str) -> float:
    """Tell how close two words are in meaning, in any of their senses, weighed by how usual the senses are.

    At full weight 1.0 is a synonym in any part of speech ("buy", "purchase"); 0.8 a direct hypernym or hyponym, a
    similar adjective, the same verb group, a derivation or a synonym of one; 0.6 two such steps or a very general
    hypernym; 0.4 sisters under a specific hypernym. 0.5 is where paraphrases part from wrong words best. Opposites that
    are not synonyms in another sense have 0.

    Args:
        a: a word, or a verb with its particle ("rule out").
        b: another.

    Returns:
        Closeness in 0..1, symmetric. 1 for equal words, known or not; 0 for unequal words if one is unknown.
    """
    if a == b:
        return 1.0
    one, other = _reach(a), _reach(b)
    same = SAME * _meet(one.own, other.own)
    if antonyms(a, b):
        return same
    return max(
        same,
        _step(one, other),
        _step(other, one),
        NEAR * _meet(one.derived, other.derived),
        NEAR * _meet(one.beside, other.beside, lambda head: len(head.beside) <= _BROAD_ADJECTIVE),
        SISTER
        * _meet(one.up, other.up, lambda parent: parent.children <= _BROAD_SISTERS and parent.size <= _BROAD_TWO),
    )


@lru_cache(maxsize=10_000)
def _kin(lemma: str) -> frozenset[str]:
    """Return a word with those derived from its usual senses ("acceptance": "accept")."""
    lemmas = _table().lemmas
    return frozenset({lemma, *(lemmas[word] for sense in _clear(lemma) for word, _ in sense.derived)})


@lru_cache(maxsize=10_000)
def _direct(lemma: str) -> frozenset[str]:
    """Return the antonyms of a word's usual senses, and those listed by hand."""
    lemmas = _table().lemmas
    antonyms = {lemmas[word] for sense in _clear(lemma) for word, _ in sense.antonyms}
    return frozenset(antonyms | _listed().get(lemma, set()))


def _indirect(a: str, b: str) -> bool:
    """Tell whether an adjective is similar to the antonym of another ("tiny": "small", "large")."""
    opposite = {concept for sense in _clear(b) for _, concept in sense.antonyms}
    return any(not opposite.isdisjoint(_concept(sense.concept).beside) for sense in _clear(a))


@lru_cache(maxsize=50_000)
def antonyms(a: str, b: str) -> bool:
    """Tell whether two words are opposites or converses in usual senses, themselves or by the words they derive from.

    Args:
        a: a word ("acceptance").
        b: another ("refuse").

    Returns:
        Whether WordNet or the list of opposites sets them against each other; symmetric.
    """
    if a == b:
        return False
    pairs = product(_kin(a), _kin(b))
    return any(y in _direct(x) or x in _direct(y) for x, y in pairs) or _indirect(a, b) or _indirect(b, a)


def hypernym(a: str, b: str, steps: int = 3) -> bool:
    """Tell whether a word is a near ancestor of another, both in usual senses.

    Args:
        a: the narrower word ("dog").
        b: the wider word ("animal").
        steps: how far up, at least 1.

    Returns:
        Whether a concept of ``b`` is 1 to ``steps`` hypernyms above one of ``a``; synonyms are none.
    """
    wider = {sense.concept for sense in _clear(b)}
    level = {sense.concept for sense in _clear(a)}
    if wider & level:
        return False
    for _ in range(steps):
        level = {parent for concept in level for parent in _concept(concept).parents}
        if wider & level:
            return True
    return False


def is_word(lemma: str) -> bool:
    """Tell whether a dictionary form is in the table; names and function words mostly are not."""
    return lemma in _table().ids


@lru_cache(maxsize=10_000)
def parts_of_speech(lemma: str) -> frozenset[str]:
    """Return the parts of speech a word has: of "n", "v", "a", "r" (adverb), none for an unknown word."""
    return frozenset(_table().pos(int(fields[0])) for fields in _raw(lemma))


def main_part_of_speech(lemma: str) -> str | None:
    """Return the part of speech a word is used in most, by tag counts and then by number of senses.

    Args:
        lemma: a dictionary form.

    Returns:
        "n", "v", "a" or "r", or None for an unknown word.
    """
    uses: dict[str, tuple[int, int]] = {}
    for fields in _raw(lemma):
        pos = _table().pos(int(fields[0]))
        count, senses = uses.get(pos, (0, 0))
        uses[pos] = (count + int(fields[1]), senses + 1)
    return max(uses, key=uses.__getitem__, default=None)


def particle_verb(verb: str, particle: str) -> bool:
    """Tell whether a verb and a particle ("rule", "out"; "put", "up with") are a verb of their own."""
    return is_word(f"{verb} {particle}")


@cache
def _members() -> dict[int, list[str]]:
    """Return the words of each concept, those of one word."""
    found: dict[int, list[str]] = {}
    for lemma in _table().lemmas:
        if " " not in lemma:
            for fields in _raw(lemma):
                found.setdefault(int(fields[0]), []).append(lemma)
    return found


def other_senses(lemma: str, pos: str) -> list[str]:
    """Return words for the senses that a word is seldom used in ("account": "bill" and "invoice" beside "story")."""
    used = [s for s in _senses(lemma) if _table().pos(s.concept) == pos]
    return [other for sense in used[1:] for other in _members()[sense.concept] if other != lemma]


def wider(lemma: str, pos: str) -> list[str]:
    """Return the words directly above the most usual sense of a word ("dog": "domestic animal")."""
    used = [s for s in _senses(lemma) if _table().pos(s.concept) == pos][:1]
    return [up for sense in used for parent in _concept(sense.concept).parents for up in _members().get(parent, [])]


@cache
def _below() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number in range(len(_table().concepts)):
        for parent in _concept(number).parents:
            found.setdefault(parent, []).append(number)
    return found


def sisters(lemma: str, pos: str) -> list[str]:
    """Return words beside the most usual sense of a word, under the same parent ("Monday": "Tuesday")."""
    used = [s for s in _senses(lemma) if _table().pos(s.concept) == pos][:1]
    parents = [parent for sense in used for parent in _concept(sense.concept).parents]
    beside = [number for parent in parents if len(_below()[parent]) <= 60 for number in _below()[parent]]
    return [word for number in beside for word in _members().get(number, []) if word != lemma]


def opposites(lemma: str) -> list[str]:
    """Return the antonyms of a word's usual senses and those listed by hand, sorted."""
    return sorted(_direct(lemma))


def derived(lemma: str) -> list[str]:
    """Return the words that WordNet derives from a word's usual senses ("decide": "decision"), sorted."""
    return sorted(_kin(lemma) - {lemma})
