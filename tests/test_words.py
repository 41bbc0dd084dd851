"""Words with their offsets, and what became of each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool.embedding import Encoding, unit
from evaltool.model import Kind, Profile, Role, Span
from evaltool.sentences import split
from evaltool.words import LINK, AlignedSegment, Side, Word, form_of, link, vocabulary, word_vectors, words_of

WORDS = st.lists(st.sampled_from("The river river's rose 42 % Alawite alawite colour color".split()), max_size=7)


def word(text: str) -> Word:
    (found,) = words_of(text)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.", ["He", "left"]),
        ("It cost 1,234.5 euros, not €5.", ["It", "cost", "1,234.5", "euros", "not", "€", "5"]),
        ("It’s the workers’ rock'n'roll", ["It’s", "the", "workers", "rock'n'roll"]),
        ("al -Assad’s war-monitoring", ["al", "Assad’s", "war", "monitoring"]),
        ("1.2bn at 4:47 (20%)", ["1.2", "bn", "at", "4:47", "20", "%"]),
        ("1\u202f234 and 1 234", ["1\u202f234", "and", "1", "234"]),
        ("cafe\u0301 नमस्ते", ["cafe\u0301", "नमस्ते"]),
        ("— … !", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_numbers_and_signs(text: str, expected: list[str]) -> None:
    assert [w.text for w in words_of(text)] == expected


@settings(derandomize=True)
@given(st.text(st.characters(), max_size=60))
def test_a_word_quotes_the_text_at_its_place(text: str) -> None:
    end = 0
    for found in words_of(text):
        assert found.span.of(text) == found.text != ""
        assert found.span.start >= end
        end = found.span.end


@settings(derandomize=True)
@given(st.text(st.characters(), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_words_of_a_stretch_stay_inside_it(text: str, start: int, end: int) -> None:
    span = Span(min(start, end, len(text)), min(max(start, end), len(text)))
    assert all(span.start <= w.span.start and w.span.end <= span.end for w in words_of(text, span))


@pytest.mark.parametrize(
    ("spelled", "form"),
    [
        ("Mayor’s", "mayor"),
        ("Mayor's", "mayor"),
        ("don’t", "don't"),
        ("ＡＢＣ", "abc"),
        ("ﬁre", "fire"),
        ("Straße", "strasse"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_a_form_is_what_a_reader_takes_for_the_same_word(spelled: str, form: str) -> None:
    assert form_of(spelled) == form


@pytest.mark.parametrize(("text", "lemma"), [("towns", "town"), ("Signed", "sign"), ("42", "42"), ("don’t", "don't")])
def test_an_english_word_has_its_dictionary_form(text: str, lemma: str) -> None:
    assert word(text).lemma == lemma


def test_a_word_of_another_language_is_its_own_lemma() -> None:
    (found,) = words_of("Städte", language="de")
    assert found.lemma == found.form == "städte"


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("42", {"is_number"}),
        ("%", {"is_sign"}),
        ("the", {"is_function"}),
        ("The", {"is_function", "is_capitalised"}),
        ("river", {"is_content"}),
        ("River", {"is_content", "is_capitalised"}),
        ("NASA", {"is_content", "is_capitalised", "is_acronym"}),
        ("NASA’s", {"is_content", "is_capitalised", "is_acronym"}),
        ("x", set()),
    ],
)
def test_a_word_knows_what_it_is(text: str, properties: set[str]) -> None:
    known = ("is_number", "is_sign", "is_function", "is_content", "is_capitalised", "is_acronym")
    assert {name for name in known if getattr(word(text), name)} == properties


def test_a_capital_says_nothing_at_the_start_of_a_sentence_or_quotation() -> None:
    text = "Rain fell. Then he said: “No rain” and (Yes) Peter left"
    assert [w.text for w in words_of(text) if w.initial] == ["Rain", "Then", "No", "Yes"]


def test_a_vocabulary_holds_the_words_of_every_sentence() -> None:
    found = vocabulary(split("Rain fell. No rain fell on Rome."))
    assert [w.text for w in found.words] == ["Rain", "fell", "No", "rain", "fell", "on", "Rome"]
    assert found.lower_case == {"rain", "fell", "on"}
    assert found.forms >= {"rain", "rome"}
    assert "fall" in found.lemmas


def test_a_word_vector_is_the_mean_of_its_tokens() -> None:
    tokens = (Span(0, 3), Span(3, 5), Span(6, 8))
    layer = np.array([[1, 0], [0, 1], [0, -2]], dtype=np.float32)
    encoding = Encoding(np.zeros(2, np.float32), tokens, np.stack([layer, 2 * layer]))
    found = word_vectors(words_of("river so far"), 0, encoding)
    assert np.allclose(found, [[[0.5**0.5, 0.5**0.5], [0, -1], [0, 0]]] * 2), "scaled to length 1 at each layer"
    shifted = word_vectors(words_of(">> river so far"), 3, encoding)
    assert np.array_equal(shifted, found), "offsets count from where the encoded text begins"


def linked(reference: str, variant: str, *, alike: float = 0.0) -> list[tuple[str, str]]:
    """Linked words of two texts whose different words all have one similarity."""
    ours, theirs = words_of(reference), words_of(variant)
    n, m = len(ours), len(theirs)
    a, b = np.zeros((n, n + m + 1), np.float32), np.zeros((m, n + m + 1), np.float32)
    for row, vector in enumerate(a):
        vector[row], vector[-1] = (1 - alike) ** 0.5, alike**0.5
    for row, vector in enumerate(b):
        vector[n + row], vector[-1] = (1 - alike) ** 0.5, alike**0.5
    partner, *_ = link(ours, theirs, a, b)
    return [(ours[i].text, theirs[j].text) for i, j in enumerate(partner) if j is not None]


@pytest.mark.parametrize(
    ("reference", "variant", "alike", "expected"),
    [
        ("river rose", "rose river", 0.0, [("river", "river"), ("rose", "rose")]),
        ("the towns", "The town", 0.0, [("the", "The"), ("towns", "town")]),
        ("colour", "color", 0.0, [("colour", "color")]),
        ("house", "building", LINK - 0.05, []),
        ("house", "building", LINK + 0.05, [("house", "building")]),
        ("house", "42", LINK + 0.05, []),
        ("house", "the", LINK + 0.05, []),
        ("house", "", 0.9, []),
        ("", "house", 0.9, []),
    ],
)
def test_words_are_linked_by_form_lemma_spelling_or_likeness(
    reference: str, variant: str, alike: float, expected: list[tuple[str, str]]
) -> None:
    assert linked(reference, variant, alike=alike) == expected


def test_place_decides_between_equal_words() -> None:
    words = words_of("so it is and so it was")
    vectors = np.eye(len(words), dtype=np.float32)
    partner, back, *_ = link(words, words, vectors, vectors)
    assert partner == back == tuple(range(len(words)))


@settings(derandomize=True)
@given(WORDS, WORDS, st.integers(0, 2**32 - 1))
def test_links_are_one_to_one_and_the_same_from_both_sides(ours: list[str], theirs: list[str], seed: int) -> None:
    reference, variant = words_of(" ".join(ours)), words_of(" ".join(theirs))
    random = np.random.default_rng(seed)
    vectors = [unit(random.random((len(side), 4), dtype=np.float32)) for side in (reference, variant)]
    partner, back, best, best_back = link(reference, variant, *vectors)
    pairs = {(i, j) for i, j in enumerate(partner) if j is not None}
    assert pairs == {(i, j) for j, i in enumerate(back) if i is not None}
    assert len({j for _, j in pairs}) == len(pairs)
    assert all(0 <= x <= 1 for x in best + best_back)
    assert all(best[i] >= LINK for i, _ in pairs)
    known = {w.form for w in variant}
    assert all(best[i] == 1 for i, w in enumerate(reference) if w.form in known)


def segment(reference: str, variant: str) -> AlignedSegment:
    sides = []
    for text in (reference, variant):
        words = words_of(text)
        sides.append(Side(text, Span(0, len(text)), words, (None,) * len(words), (0.0,) * len(words)))
    vocabularies = [vocabulary(split(side.text)) for side in sides]
    return AlignedSegment(
        sides[0], sides[1], Kind.MATCH, Role.BODY, Profile.TRANSLATION, "en", vocabularies[0], vocabularies[1], 0.9
    )


@pytest.mark.parametrize(
    ("reference", "variant", "literalness"),
    [
        ("The river rose.", "The river rose.", 1.0),
        ("The river rose by 4 metres.", "Rivers, by 4 meters, rose.", 1.0),
        ("The river rose.", "The water climbed.", 0.0),
        ("The river rose.", "The river climbed.", 0.5),
        ("The river rose.", "It is the", 1.0),
    ],
)
def test_literalness_is_the_share_of_content_words_that_the_reference_has(
    reference: str, variant: str, literalness: float
) -> None:
    assert segment(reference, variant).literalness == literalness
