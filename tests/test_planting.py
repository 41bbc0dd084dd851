"""Planted errors: one error, its place known exactly, the same for the same seed."""

from __future__ import annotations

import random

import pytest

from evaltool.planting import KINDS, Donors, Harm, Planted, plant

TEXTS = (
    "On Monday Anna Weber, the mayor of Lund, said that more than 120 people had left the northern districts by train.",
    "The council must not close all of the libraries before May 3, a report said, because 45 residents objected.",
    "He allegedly bought the old mill in March and sold it to a company from Oslo, which tore it down within 12 days.",
    "Several witnesses saw how the river rose quickly, but nobody in the small village had been warned by the police.",
    "She will open the new bridge on Friday, while her brother Paul Stein pays 300 euros for the tickets.",
    "Only 14 of the 52 rooms were always warm, and the first guests left after 3 of the 9 days.",
)
DONORS = Donors.of(TEXTS)


def planted(kind: str, seed: int = 0) -> list[tuple[str, Planted]]:
    found = [(text, plant(kind, text, DONORS, random.Random(f"{kind}{seed}"))) for text in TEXTS]
    return [(text, error) for text, error in found if error is not None]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_finds_a_place_somewhere_and_changes_the_text(kind: str) -> None:
    made = [pair for seed in range(4) for pair in planted(kind, seed)]
    assert made
    assert all(error.text != text for text, error in made)
    assert all(error.places or error.gaps for _, error in made)


@pytest.mark.parametrize("kind", KINDS)
def test_the_places_are_where_the_texts_differ(kind: str) -> None:
    for text, error in planted(kind):
        for span, _ in (*error.places,):
            assert 0 <= span.start < span.end <= len(error.text)
            assert span.of(error.text).strip() == span.of(error.text)
        for span, _ in error.before:
            assert 0 <= span.start < span.end <= len(text)
        kept = error.text
        for span, _ in sorted(error.places, reverse=True):
            kept = kept[: span.start] + kept[span.end :]
        rest = text
        for span, _ in sorted(error.before, reverse=True):
            rest = rest[: span.start] + rest[span.end :]
        assert "".join(kept.split()) == "".join(rest.split()), "outside of the places nothing was touched"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_plants_the_same_error(kind: str) -> None:
    assert planted(kind, 7) == planted(kind, 7)


def test_what_is_left_out_leaves_a_gap_and_no_place() -> None:
    for _, error in planted("phrase-dropped"):
        assert not error.places
        assert len(error.gaps) == 1
        assert {harm for _, harm in error.before} == {Harm.LOST}


def test_an_article_before_a_replaced_word_is_made_to_fit() -> None:
    donors = Donors.of(["An orange engine."])
    text = "He has a boat."
    made = {error.text for seed in range(60) if (error := plant("wrong-word", text, donors, random.Random(seed)))}
    assert "He has an engine." in made
    assert "He has a engine." not in made


def test_a_text_without_a_place_for_the_error_gives_none() -> None:
    assert plant("number", "No figures here.", DONORS, random.Random(0)) is None
