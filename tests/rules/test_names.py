"""When two capitalised words can be the same name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool.rules._names import (
    abbreviates,
    accepted,
    plain,
    romanised,
    same_family,
    similar,
    title_case,
    transliteration_key,
)
from evaltool.words import words_of

NAMES = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Erdoğan", "erdogan"),
        ("Łódź", "lodz"),
        ("São", "sao"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("Assad’s", "assad"),
        ("James'", "james"),
        ("O’Brien", "obrien"),
        ("Al-Assad", "alassad"),
        ("NASA", "nasa"),
    ],
)
def test_accents_apostrophes_and_capitals_are_no_part_of_a_name(name: str, expected: str) -> None:
    assert plain(name) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yusuf", "Youssouf"),
        ("Khmeimim", "Hmeimim"),
        ("Tchaikovsky", "Chaikovsky"),
        ("Zelensky", "Zelenskyy"),
        ("Szczepański", "Szczepanski"),
        ("Wiktor", "Viktor"),
        ("Lattakia", "Latakia"),
        ("Tartous", "Tartus"),
        ("Sergei", "Sergey"),
        ("Alexei", "Alexey"),
        ("Khaled", "Haled"),
        ("Mueller", "Müller"),
        ("Shiite", "Shi'ite"),
    ],
)
def test_romanisations_of_one_name_have_the_same_key(one: str, other: str) -> None:
    assert transliteration_key(one) == transliteration_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Assad", "Aziz"), ("Moscow", "Minsk"), ("Karim", "Karimov"), ("Ivan", "Iran"), ("Oman", "Amman")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert transliteration_key(one) != transliteration_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Serhiy", "Sergey"),
        ("Ihor", "Igor"),
        ("Mohammed", "Muhammad"),
        ("Khaled", "Khalid"),
        ("Fyodorov", "Fedorov"),
        ("Tokyo", "Tokio"),
        ("Kahramanmaras", "Kahramanmaraş"),
        ("Codish", "Kodesh"),
    ],
)
def test_a_name_may_be_romanised_in_another_way(one: str, other: str) -> None:
    assert romanised(one, other) and romanised(other, one)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("Corby", "Kirby"), ("Cheng", "Chinh"), ("Shufeng", "Xufeng"), ("Hassan", "Hussein"), ("Beden", "Biden")],
)
def test_another_name_is_no_romanisation(ours: str, theirs: str) -> None:
    assert not romanised(ours, theirs)


@pytest.mark.parametrize(
    ("name", "relative"),
    [
        ("Syria", "Syrian"),
        ("China", "Chinese"),
        ("Alawite", "Alawites"),
        ("Paris", "Parisian"),
        ("London", "Londoners"),
        ("Israel", "Israeli"),
        ("Islam", "Islamists"),
        ("India", "Indian"),
    ],
)
def test_a_place_and_its_people_are_one_family(name: str, relative: str) -> None:
    assert same_family(name, relative) and same_family(relative, name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Iran", "Iraq"), ("Austria", "Australia"), ("Slovakia", "Slovenia"), ("Mali", "Malta"), ("Moscow", "Rome")],
)
def test_two_places_are_no_family(one: str, other: str) -> None:
    assert not same_family(one, other)


@pytest.mark.parametrize(
    ("acronym", "text", "expected"),
    [
        ("UN", "the United Nations envoy", True),
        ("EU", "European Union leaders", True),
        ("BBC", "the British Broadcasting Corporation", True),
        ("FBI", "the Federal Bureau of Investigation", True),
        ("UN", "the European Union", False),
        ("EU", "the european union", False),
        ("NATO", "the North Atlantic Treaty", False),
        ("UN", "", False),
    ],
)
def test_an_acronym_abbreviates_capitalised_words_in_a_row(acronym: str, text: str, expected: bool) -> None:
    (word,) = words_of(acronym)
    assert abbreviates(word, words_of(text)) is expected


@pytest.mark.parametrize(("one", "other"), [("Alawite", "Alavit"), ("Glasgow", "Glazgov"), ("Karimov", "Karimow")])
def test_a_garbled_name_is_still_similar(one: str, other: str) -> None:
    assert similar(one, other) >= 0.8


@pytest.mark.parametrize(("one", "other"), [("Glasgow", "Madrid"), ("Odesa", "Istanbul"), ("Smith", "Yusuf")])
def test_another_name_is_not_similar(one: str, other: str) -> None:
    assert similar(one, other) < 0.6


def test_names_that_sound_alike_are_similar() -> None:
    assert similar("Smyth", "Smith") >= 0.85


@settings(derandomize=True)
@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= similar(one, other) <= 1
    assert similar(one, other) == pytest.approx(similar(other, one))
    assert same_family(one, other) is same_family(other, one)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Markets Fall After Bank Raises Rates", True),
        ("MARKETS FALL AFTER BANK RAISES RATES", True),
        ("Markets fall after bank raises rates", False),
        ("Boris Johnson left", False),
        ("The minister met Yusuf Karimov in Paris on Monday.", False),
        ("", False),
    ],
)
def test_title_case_is_a_matter_of_most_content_words(text: str, expected: bool) -> None:
    assert title_case(words_of(text)) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("Havana", "Cuba", True),
        ("Cuban", "Havana", True),
        ("Vienna", "Austrian", True),
        ("Ankara", "Turkey", True),
        ("Seoul", "Korean", True),
        ("Havana", "Peru", False),
        ("Lima", "Quito", False),
        ("Pyongyang", "Seoul", False),
    ],
)
def test_a_capital_may_stand_for_its_country_but_not_for_another_capital(
    ours: str, theirs: str, expected: bool
) -> None:
    (word,), (other,) = words_of(ours), words_of(theirs)
    assert accepted(word, other) is expected
