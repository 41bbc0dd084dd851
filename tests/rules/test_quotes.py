"""Quotations: where they are and what they say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool.model import Span
from evaltool.rules._quotes import quotations


def read(text: str) -> list[tuple[str, str]]:
    return [(q.outer.of(text), q.inner.of(text)) for q in quotations(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes”.", [("“yes”", "yes")]),
        ('He said "yes" and "no".', [('"yes"', "yes"), ('"no"', "no")]),
        ("«oui» et « non »", [("«oui»", "oui"), ("« non »", " non ")]),
        ("„ja“ und „nein”", [("„ja“", "ja"), ("„nein”", "nein")]),
        ("‘It’s late’, she said.", [("‘It’s late’", "It’s late")]),
        ("‘don’t’ and players’ ‘go’", [("‘don’t’", "don’t"), ("‘go’", "go")]),
        ("“a\nb”", [("“a\nb”", "a\nb")]),
    ],
)
def test_every_kind_of_quotation_mark_is_known(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


APOSTROPHES = ["the workers’ rights", "the ’90s and players’ pay", '5" wide', "'so'"]


@pytest.mark.parametrize("text", ["", "No quotation.", "“open", "closed”", "“”", *APOSTROPHES])
def test_an_apostrophe_or_a_lone_mark_is_no_quotation(text: str) -> None:
    assert read(text) == []


def test_only_the_given_stretch_is_read_and_offsets_are_those_of_the_whole_text() -> None:
    text = "“One.” He left. “Two.” “Three.”"
    (found,) = quotations(text, Span(16, 22))
    assert (found.outer, found.outer.of(text), found.inner.of(text)) == (Span(16, 22), "“Two.”", "Two.")


def test_a_quotation_that_goes_on_behind_the_stretch_is_not_read() -> None:
    assert quotations("“One two.”", Span(0, 5)) == []


@settings(derandomize=True)
@given(st.text(st.sampled_from("“”\"«»„‘’'ab \n"), max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_quotations_are_in_order_and_one_mark_wider_than_their_words(text: str, start: int, end: int) -> None:
    stretch = Span(min(start, end, len(text)), min(max(start, end), len(text)))
    at = stretch.start
    for found in quotations(text, stretch):
        assert at <= found.outer.start and found.outer.end <= stretch.end
        assert found.inner == (found.outer.start + 1, found.outer.end - 1) and found.inner.of(text)
        at = found.outer.end
