"""Harmless rewordings: other words, the same thing said."""

from __future__ import annotations

import random

import pytest

from evaltool.planting import REWORDINGS, reword

#: kind, a text, and what may become of it
CASES = [
    ("bound", "More than 40 houses burned down.", {"Over 40 houses burned down."}),
    ("contraction", "The mayor did not answer.", {"The mayor didn't answer."}),
    ("contraction", "They're late.", {"They are late."}),
    ("date-form", "The court meets on June 14.", {"The court meets on 14 June."}),
    ("date-form", "The court meets on 14 June.", {"The court meets on June 14."}),
    ("link-word", "However, the bridge held.", {"The bridge held."}),
    ("little-phrase", "They left despite the rain.", {"They left in spite of the rain."}),
    ("number-form", "He waited with three women.", {"He waited with 3 women."}),
    ("number-form", "It fell by 5%.", {"It fell by 5 percent.", "It fell by 5 per cent."}),
    ("pair-turned", "The flood reached Lund and Oslo.", {"The flood reached Oslo and Lund."}),
    ("phrase-moved", "On Monday, the council closed the bridge.", {"The council closed the bridge on Monday."}),
    ("possessive", "They praised the mayor of Lund.", {"They praised Lund's mayor."}),
    ("relative", "The men who were arrested denied it.", {"The men arrested denied it."}),
    ("saying-verb", "She said that it rained.", {"She stated that it rained.", "She noted that it rained."}),
    ("source-moved", "The police said that the road was closed.", {"The road was closed, the police said."}),
    ("source-moved", "According to Weber, the road was closed.", {"The road was closed, according to Weber."}),
    ("split", "The river rose within an hour, but the old bridge was safe.",
     {"The river rose within an hour. But the old bridge was safe."}),
    ("synonym", "He bought a car.", {"He bought an auto.", "He bought an automobile.", "He bought a machine."}),
    ("tense-in-report", "He said that the bridge is safe.", {"He said that the bridge was safe."}),
    ("that", "He said that they were late.", {"He said they were late."}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "allowed"), CASES)
def test_a_rewording_says_the_same(kind: str, text: str, allowed: set[str]) -> None:
    made = {reword(kind, text, random.Random(seed)) for seed in range(8)} - {None}
    if kind == "synonym":  # which words WordNet gives is not what is tested
        assert all(new != text for new in made)
    else:
        assert made
        assert made <= allowed


def test_every_kind_has_a_case() -> None:
    assert {kind for kind, _, _ in CASES} == set(REWORDINGS)


@pytest.mark.parametrize("kind", REWORDINGS)
def test_a_text_without_a_place_is_left_alone(kind: str) -> None:
    assert reword(kind, "Rain!", random.Random(0)) is None


@pytest.mark.parametrize("kind", REWORDINGS)
def test_the_same_seed_gives_the_same_text(kind: str) -> None:
    text = next(text for name, text, _ in CASES if name == kind)
    assert reword(kind, text, random.Random(3)) == reword(kind, text, random.Random(3))
