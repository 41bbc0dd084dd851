"""Places in a sentence that only one part of speech can take."""

from __future__ import annotations

import pytest

from evaltool.rules._parts import asked_for, is_abstract, is_adjective, is_adverb, is_base_verb, is_noun
from evaltool.words import Side, words_of


def misplaced(text: str) -> list[tuple[str, str]]:
    """(each word that cannot stand where it stands, what is asked for instead)."""
    words = words_of(text)
    side = Side(text, None, words, (None,) * len(words), (0.0,) * len(words))
    found = [(word.text, asked_for(side, index)) for index, word in enumerate(words)]
    return [(word, asked) for word, asked in found if asked]


@pytest.mark.parametrize(
    ("text", "word", "asked"),
    [
        ("It was careful designed by him.", "careful", "an adverb"),
        ("They will significant reduce the costs.", "significant", "an adverb"),
        ("It stood on the officially website.", "officially", "an adjective"),
        ("They met the well-known politically scientist.", "politically", "an adjective"),
        ("It is one of the most importance people.", "importance", "an adjective"),
        ("It is done to protection its interests.", "protection", "a verb"),
        ("The water will reaction with the salt.", "reaction", "a verb"),
        ("It is consideration an old town.", "consideration", "a participle"),
        ("The plan will not be renew this year.", "renew", "a participle"),
        ("It is a serious violate of the law.", "violate", "a noun"),
        ("He wants it to becomes a school.", "becomes", "the base form"),
    ],
)
def test_a_word_out_of_place_is_found(text: str, word: str, asked: str) -> None:
    assert misplaced(text) == [(word, asked)]


@pytest.mark.parametrize(
    "text",
    [
        "The heavily armed men left by the only daily train.",
        "It has become more likely due to heavy rain.",
        "The reboot of the series is a success.",
        "In addition to negligence there was bad luck.",
        "Prices were reasonable compared to others.",
        "The accused had long gone.",
        "He was elected chairman and appointed general secretary.",
    ],
)
def test_words_in_their_place_are_left_alone(text: str) -> None:
    assert misplaced(text) == []


def test_only_what_leaves_no_doubt_has_a_part_of_speech() -> None:
    assert is_adverb("rapidly")
    assert not is_adverb("daily")
    assert is_adjective("careful")
    assert not is_adjective("clean")  # "to clean"
    assert is_abstract("protection")
    assert not is_abstract("position")  # "to position"
    assert is_base_verb("reduce")
    assert not is_base_verb("sleep")
    assert is_noun("websites")
    assert not is_noun("running")
