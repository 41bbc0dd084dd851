"""Which language has a word most often: the small word lists decide where they can."""

from __future__ import annotations

import pytest
import wordfreq

from evaltool.rules.foreign_word import _LANGUAGES, _LARGE, _RARE, _commonest


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_small_list_has_every_word_above_its_limit_that_the_large_one_has(language: str) -> None:
    small, large = (wordfreq.get_frequency_dict(language, name) for name in ("small", "best"))
    limit = 10 ** (_RARE - 9) * 1.005  # a zipf frequency is rounded to two places
    assert {w: f for w, f in large.items() if f > limit} == {w: f for w, f in small.items() if f > limit}


@pytest.mark.parametrize("form", ["gouvernement", "verschwunden", "oftenly", "przez", "zzyzx"])
@pytest.mark.parametrize("least", [1.5, 2.4, 4.0])
def test_a_language_is_found_as_in_the_large_lists_alone(form: str, least: float) -> None:
    found = {language: wordfreq.zipf_frequency(form, language) for language in _LARGE}
    best = max(found, key=found.__getitem__)
    language, frequency = _commonest(form, _LARGE, least)
    assert (language, frequency) == (best, found[best]) or max(frequency, found[best]) < least


@pytest.mark.parametrize(("form", "expected"), [("konsern", "nb"), ("dasar", "id"), ("szükséges", "hu")])
def test_languages_without_large_lists_are_looked_up_too(form: str, expected: str) -> None:
    language, frequency = _commonest(form, _LANGUAGES, 1.5)
    assert (language, frequency) == (expected, wordfreq.zipf_frequency(form, expected, "small"))
