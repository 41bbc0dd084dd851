"""What English words have to do with each other: the same thing, something close by, the opposite, or nothing.

The relations are those of WordNet (Fellbaum 1998, "WordNet: An Electronic Lexical Database"), version 3.0, in a table
that ``evaltool/data/build_lexicon.py`` makes: single words that are not too rare, and particle verbs ("rule out").
Persons, places and other instances are not in it. Opposites that WordNet lacks stand in ``data/lexicon.opposites.txt``.

Words are given as dictionary forms in lower case. A word has many senses and nothing here knows which one is meant, so
a sense counts by how often it is used (tag counts of the sense-tagged corpora, otherwise its place in WordNet's order).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from evaltool import _wordnet
from evaltool._wordnet import Concept, Sense

#: Closeness by relation. Sisters (Monday and Tuesday, lion and tiger) are what a wrong word looks like more often than
#: a paraphrase: of some 200 pairs of each, 8% of the wrong words and 3% of the paraphrases were nothing but sisters.
SAME, NEXT, NEAR, SISTER = 1.0, 0.8, 0.6, 0.4
#: Senses of less weight are left out when opposites and hypernyms are looked for, which know no degrees.
_CLEAR = 0.5
#: Concepts with more concepts below them than this say too little about their hyponyms: for one step up ("person" has
#: 6,900 below it), for two steps, and, directly below, for sisters.
_BROAD, _BROAD_TWO, _BROAD_SISTERS = 3000, 300, 20
#: Beyond this many satellites an adjective's satellites share nothing but a direction ("large", "good").
_BROAD_ADJECTIVE = 12

parts_of_speech = _wordnet.parts_of_speech

Meeting = dict[int, float]  # concept, and the weight of the sense that leads there


@dataclass(frozen=True)
class _Reach:
    """The concepts a word leads to: its own, and by one or two relations."""

    own: Meeting = field(default_factory=dict)
    derived: Meeting = field(default_factory=dict)
    beside: Meeting = field(default_factory=dict)
    up: Meeting = field(default_factory=dict)
    up_two: Meeting = field(default_factory=dict)
    derived_up: Meeting = field(default_factory=dict)

    @cached_property
    def near(self) -> frozenset[int]:
        """All concepts but those that only a word's own concepts are compared with, which are ``far``."""
        return frozenset(self.own).union(self.derived, self.beside, self.up)

    @cached_property
    def far(self) -> frozenset[int]:
        return frozenset(self.up_two).union(self.derived_up)

    def apart(self, other: _Reach) -> bool:
        """Tell whether no relation leads from both words to one concept, as is so of most words."""
        return self.near.isdisjoint(other.near) and self.far.isdisjoint(other.own) and other.far.isdisjoint(self.own)


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


def _clear(lemma: str) -> list[Sense]:
    return [sense for sense in _wordnet.senses(lemma) if sense.weight >= _CLEAR]


@lru_cache(maxsize=10_000)
def _reach(lemma: str) -> _Reach:
    reach = _Reach()

    def put(meeting: Meeting, concept: int, weight: float) -> None:
        meeting[concept] = max(weight, meeting.get(concept, 0.0))

    for sense in _wordnet.senses(lemma):
        put(reach.own, sense.concept, sense.weight)
        concept = _wordnet.concept(sense.concept)
        for beside in concept.beside:
            put(reach.beside, beside, sense.weight)
        for parent in concept.parents:
            put(reach.up, parent, sense.weight)
            for grandparent in _wordnet.concept(parent).parents:
                put(reach.up_two, grandparent, sense.weight)
        for _, derived in sense.derived:
            put(reach.derived, derived, sense.weight)
            for parent in _wordnet.concept(derived).parents:
                put(reach.derived_up, parent, sense.weight)
    return reach


def _meet(a: Meeting, b: Meeting, suits: Callable[[Concept], bool] | None = None) -> float:
    """Return the best weight at which two words come to the same concept."""
    shared = a.keys() & b.keys()
    return max((a[at] * b[at] for at in shared if suits is None or suits(_wordnet.concept(at))), default=0.0)


def _step(a: _Reach, b: _Reach) -> float:
    """Return how close two words are by the relations that lead from the first to the second."""

    def narrow(concept: Concept) -> bool:
        return concept.size <= _BROAD

    def narrow_two(concept: Concept) -> bool:
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
    if one.apart(other):
        return 0.0
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
    lemmas = _wordnet.table().lemmas
    return frozenset({lemma, *(lemmas[word] for sense in _clear(lemma) for word, _ in sense.derived)})


@lru_cache(maxsize=10_000)
def _direct(lemma: str) -> frozenset[str]:
    """Return the antonyms of a word's usual senses, and those listed by hand."""
    lemmas = _wordnet.table().lemmas
    antonyms = {lemmas[word] for sense in _clear(lemma) for word, _ in sense.antonyms}
    return frozenset(antonyms | _listed().get(lemma, set()))


@lru_cache(maxsize=10_000)
def _direct_of_kin(lemma: str) -> frozenset[str]:
    """Return the antonyms of a word and of those derived from it."""
    return frozenset().union(*(_direct(own) for own in _kin(lemma)))


@lru_cache(maxsize=10_000)
def _opposed_concepts(lemma: str) -> frozenset[int]:
    return frozenset(concept for sense in _clear(lemma) for _, concept in sense.antonyms)


@lru_cache(maxsize=10_000)
def _similar_concepts(lemma: str) -> frozenset[int]:
    return frozenset(concept for sense in _clear(lemma) for concept in _wordnet.concept(sense.concept).beside)


def _indirect(a: str, b: str) -> bool:
    """Tell whether an adjective is similar to the antonym of another ("tiny": "small", "large")."""
    return not _opposed_concepts(b).isdisjoint(_similar_concepts(a))


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
    direct = not (_direct_of_kin(a).isdisjoint(_kin(b)) and _direct_of_kin(b).isdisjoint(_kin(a)))
    return direct or _indirect(a, b) or _indirect(b, a)


@lru_cache(maxsize=10_000)
def has_opposites(lemma: str) -> bool:
    """Tell whether a word has an opposite of its own, or is an adjective, which may have one by a similar word."""
    return bool(_direct(lemma)) or "a" in parts_of_speech(lemma)


def direct_antonyms(a: str, b: str) -> bool:
    """Tell whether two words are opposites themselves, not by what they derive from or by a similar word."""
    return b in _direct(a) or a in _direct(b)


@lru_cache(maxsize=50_000)
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
        level = {parent for concept in level for parent in _wordnet.concept(concept).parents}
        if wider & level:
            return True
    return False


def is_word(lemma: str) -> bool:
    """Tell whether a dictionary form is in the table; names and function words mostly are not."""
    return lemma in _wordnet.table().ids


@lru_cache(maxsize=10_000)
def main_part_of_speech(lemma: str) -> str | None:
    """Return the part of speech a word is used in most, by tag counts and then by number of senses.

    Args:
        lemma: a dictionary form.

    Returns:
        "n", "v", "a" or "r", or None for an unknown word.
    """
    uses: dict[str, tuple[int, int]] = {}
    for fields in _wordnet.raw(lemma):
        pos = _wordnet.table().pos(int(fields[0]))
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
    for lemma in _wordnet.table().lemmas:
        if " " not in lemma:
            for fields in _wordnet.raw(lemma):
                found.setdefault(int(fields[0]), []).append(lemma)
    return found


def other_senses(lemma: str, pos: str) -> list[str]:
    """Return words for the senses that a word is seldom used in ("account": "bill" and "invoice" beside "story")."""
    used = [s for s in _wordnet.senses(lemma) if _wordnet.table().pos(s.concept) == pos]
    return [other for sense in used[1:] for other in _members()[sense.concept] if other != lemma]


def synonyms(lemma: str, pos: str) -> list[str]:
    """Return the other words for the most usual sense of a word, where it is theirs too ("car": "automobile")."""
    used = [s for s in _wordnet.senses(lemma) if _wordnet.table().pos(s.concept) == pos][:1]
    others = [other for sense in used for other in _members()[sense.concept] if other != lemma]
    return [other for other in others if any(s.concept == used[0].concept for s in _wordnet.senses(other)[:1])]


def wider(lemma: str, pos: str) -> list[str]:
    """Return the words directly above the most usual sense of a word ("dog": "domestic animal")."""
    used = [s for s in _wordnet.senses(lemma) if _wordnet.table().pos(s.concept) == pos][:1]
    parents = [parent for sense in used for parent in _wordnet.concept(sense.concept).parents]
    return [word for parent in parents for word in _members().get(parent, [])]


@lru_cache(maxsize=10_000)
def crossed(a: str, b: str) -> bool:
    """Tell whether two words mean the same only in a sense that one of them is seldom used in.

    That is what a dictionary translates wrongly into: "bill" for the account that somebody gives of an event.

    Args:
        a: a word.
        b: another.
    """
    for pos in parts_of_speech(a) & parts_of_speech(b):
        seldom = a in other_senses(b, pos) or b in other_senses(a, pos)
        if seldom and a not in synonyms(b, pos) and b not in synonyms(a, pos):
            return True
    return False


@cache
def _below() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number in range(len(_wordnet.table().concepts)):
        for parent in _wordnet.concept(number).parents:
            found.setdefault(parent, []).append(number)
    return found


def sisters(lemma: str, pos: str) -> list[str]:
    """Return words beside the most usual sense of a word, under the same parent ("Monday": "Tuesday")."""
    used = [s for s in _wordnet.senses(lemma) if _wordnet.table().pos(s.concept) == pos][:1]
    parents = [parent for sense in used for parent in _wordnet.concept(sense.concept).parents]
    beside = [number for parent in parents if len(_below()[parent]) <= 60 for number in _below()[parent]]
    return [word for number in beside for word in _members().get(number, []) if word != lemma]


def opposites(lemma: str) -> list[str]:
    """Return the antonyms of a word's usual senses and those listed by hand, sorted."""
    return sorted(_direct(lemma))


def derived(lemma: str) -> list[str]:
    """Return the words that WordNet derives from a word's usual senses ("decide": "decision"), sorted."""
    return sorted(_kin(lemma) - {lemma})
