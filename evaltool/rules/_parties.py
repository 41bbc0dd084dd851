"""Whether two nouns name two parties of an article, or may name one."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from evaltool import lexicon
from evaltool.words import Vocabulary

_BESIDE = 4  # words between two that a document puts together
#: Words between two that tell them apart ("the army and the rebels").
_APART = frozenset("and or but against than nor while from between with".split())
_UNLIKE = 0.4  # closeness in WordNet from which two nouns may name the same
#: Words for a party that may be any other.
GENERAL = frozenset(
    """
    official authority source spokesman spokeswoman spokesperson statement report person people man woman expert leader
    group body organisation organization agency company firm government ministry office department service team member
    representative chief head boss one other analyst observer critic study researcher survey figure data document
    media publication newspaper outlet channel press portal site website journal magazine paper broadcaster author
    colleague party side country state city administration
    """.split()
)

#: General words for a source, by what speaks: the state, a business, or those whom neither speaks for.
KINDS = (
    frozenset(
        """
        authority agency regulator ministry government police prosecutor court army military council commission minister
        watchdog coastguard parliament
        """.split()
    ),
    frozenset("company firm manufacturer maker producer operator group chain owner employer airline".split()),
    frozenset(
        """
        union organiser organizer family relative lawyer resident witness opposition rebel activist campaigner protester
        demonstrator critic striker villager neighbour neighbor victim
        """.split()
    ),
)


@lru_cache(maxsize=10_000)
def is_party(lemma: str) -> bool:
    """Whether a noun's usual sense is a person or a group of people."""
    if lexicon.main_part_of_speech(lemma) != "n":
        return False
    return any(lexicon.hypernym(lemma, wide, 4) for wide in ("person", "organization", "social group", "force"))


def together(whole: Vocabulary, one: str, two: str) -> bool:
    """Whether a document puts two lemmas beside each other, so that they may name one party ("the bank's governor")."""
    places = [[k for k, w in enumerate(whole.words) if w.lemma == lemma] for lemma in (one, two)]
    near = (sorted(pair) for pair in product(*places) if abs(pair[0] - pair[1]) <= _BESIDE)
    return any(all(w.form not in _APART for w in whole.words[a + 1 : b]) for a, b in near)


def different(whole: Vocabulary, one: str, two: str) -> bool:
    """Whether two common nouns name different parties of a document.

    Args:
        whole: the document; the first noun must stand in it.
        one: lemma of a noun.
        two: lemma of another.

    Returns:
        False also where it cannot be told: general words, synonyms, wider and narrower words, words put together.
    """
    if one == two or one in GENERAL or two in GENERAL or one not in whole.lemmas:
        return False
    if lexicon.related(one, two) >= _UNLIKE or lexicon.hypernym(one, two) or lexicon.hypernym(two, one):
        return False
    return not together(whole, one, two)
