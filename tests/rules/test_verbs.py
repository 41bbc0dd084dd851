"""Finite verbs and their tense, told from their form and their next neighbours."""

from __future__ import annotations

import pytest

from evaltool.rules._verbs import groups
from evaltool.words import Side, words_of


def tenses(text: str) -> list[tuple[str, str]]:
    """(the words of each certain verb group, its tense)."""
    words = words_of(text)
    side = Side(text, None, words, (None,) * len(words), (0.0,) * len(words))
    return [(" ".join(w.text for w in words[g.start : g.end + 1]), g.tense.value) for g in groups(side) if g.certain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks took place in Geneva.", [("took", "past")]),
        ("The bridge has often been closed.", [("has often been closed", "perfect")]),
        ("They had already left the town.", [("had already left", "past perfect")]),
        ("They'll meet when it's dark.", [("They'll meet", "future"), ("it's", "present")]),
        ("She is going to sell the house.", [("is going to sell", "future")]),
        ("He does not want it, and we didn't ask.", [("does not want", "present"), ("didn't ask", "past")]),
        ("It could be true.", [("could be", "open")]),
        ("He has tears in his eyes.", [("has", "present")]),
        ("You rarely hear of it.", [("hear", "present")]),
    ],
)
def test_a_verb_group_is_found_with_its_tense(text: str, expected: list[tuple[str, str]]) -> None:
    assert tenses(text) == expected


def test_a_participle_is_no_finite_verb_where_the_sentence_has_one() -> None:
    assert tenses("The letter sent by the mayor was lost.") == [("was lost", "past")]


def test_the_only_verb_of_a_sentence_is_finite() -> None:
    assert tenses("The worst team, Norwich, performed well in July.") == []  # its subject is parted from it
    assert tenses("The worst team performed well in July.") == [("performed", "past")]
