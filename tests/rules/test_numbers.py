"""What a number means: digits, words, shares, scales and hedges, and when two of them agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool.rules._dates import date_parts
from evaltool.rules._numbers import Quantity, agrees, parse_digits, quantities
from evaltool.rules._units import converted
from evaltool.words import Vocabulary, words_of


def read(text: str) -> list[Quantity]:
    return quantities(words_of(text), text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("007", 7),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("12,34", 12.34),
        ("1,234", 1234),
        ("1.234", 1.234),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567.89", 1234567.89),
        ("1.234.567", 1234567),
        ("1\u202f234", 1234),
        ("1\u00a0234,5", 1234.5),
        ("٣", 3),
        ("4:47", None),
        ("1,234:5", None),
        ("1,2,3", None),
        ("1.2.3", None),
        ("1.234.56", None),
    ],
)
def test_digits_are_read_with_either_separator_or_not_at_all(text: str, value: float | None) -> None:
    assert parse_digits(text) == value


@settings(derandomize=True)
@given(st.integers(0, 10**12), st.sampled_from([",", "\u202f", "\u00a0"]))
def test_a_grouped_number_is_the_same_as_an_ungrouped_one(number: int, separator: str) -> None:
    assert parse_digits(f"{number:,}".replace(",", separator)) == parse_digits(str(number)) == number


@settings(derandomize=True)
@given(st.from_regex(r"[0-9]{1,4}([.,:\u202f\u00a0][0-9]{1,4}){0,4}", fullmatch=True))
def test_any_token_of_digits_and_separators_has_a_value_or_none(text: str) -> None:
    value = parse_digits(text)
    assert value is None or value >= 0
    assert value is None or ":" not in text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zero", 0),
        ("nineteen", 19),
        ("twenty-five", 25),
        ("twenty five", 25),
        ("two hundred and six", 206),
        ("three hundred", 300),
        ("fifteen hundred", 1500),
        ("one hundred and fifty thousand", 150_000),
        ("two million five hundred thousand", 2_500_000),
        ("one hundred and twenty-three thousand four hundred and fifty-six", 123_456),
        ("two dozen", 24),
        ("1.2 million", 1_200_000),
        ("1.2bn", 1_200_000_000),
        ("10k", 10_000),
        ("1,200 million", 1_200_000_000),
    ],
)
def test_number_words_and_scales_are_one_quantity(text: str, value: float) -> None:
    (found,) = read(text)
    assert found.value == pytest.approx(value)
    assert found.kind == "count"
    assert found.span.of(text) == text


@pytest.mark.parametrize(
    ("text", "value", "quoted"),
    [
        ("5%", 0.05, "5%"),
        ("5 percent", 0.05, "5 percent"),
        ("forty per cent", 0.4, "forty per cent"),
        ("5 percentage points", 0.05, "5 percentage points"),
        ("two-thirds", 2 / 3, "two-thirds"),
        ("one third", 1 / 3, "one third"),
        ("three quarters", 0.75, "three quarters"),
        ("half of them", 0.5, "half"),
        ("a fifth of the seats", 0.2, "fifth"),
    ],
)
def test_percentages_and_fractions_are_shares_of_a_whole(text: str, value: float, quoted: str) -> None:
    (found,) = read(text)
    assert (found.value, found.kind) == (pytest.approx(value), "share")
    assert found.span.of(text) == quoted


@pytest.mark.parametrize("text", ["a third man", "an F-16 jet", "COVID-19", "4:47", "1.2.3", "hundreds of people"])
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert read(text) == []


def test_a_clock_time_is_no_count() -> None:
    assert [(q.value, q.kind) for q in read("at 4 pm")] == [(4, "time")]


@pytest.mark.parametrize(
    ("text", "about", "above", "below"),
    [
        ("750", False, False, False),
        ("some 750", True, False, False),
        ("about $750", True, False, False),
        ("approximately the 750", True, False, False),
        ("750 or so", True, False, False),
        ("more than 750", False, True, False),
        ("at least 750", False, True, False),
        ("750 or more", False, True, False),
        ("fewer than 750", False, False, True),
        ("up to 750", False, False, True),
        ("almost 750", True, False, True),
        ("some people of the 750", False, False, False),
    ],
)
def test_a_hedge_belongs_to_the_number_beside_it(text: str, about: bool, above: bool, below: bool) -> None:
    (found,) = read(text)
    assert (found.about, found.above, found.below) == (about, above, below)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1999", True),
        ("2,010", False),
        ("3000", False),
        ("999", False),
        ("2010 million", False),
        ("two thousand", False),
    ],
)
def test_a_year_is_four_plain_digits(text: str, year: bool) -> None:
    (found,) = read(text)
    assert found.year is year


@pytest.mark.parametrize(
    ("variant", "reference"),
    [
        ("750", "750"),
        ("20%", "a fifth"),
        ("twenty-five", "25"),
        ("1,200,000", "1.2 million"),
        ("some 750", "745"),
        ("almost 750", "745"),
        ("about 40", "42"),
        ("more than 700", "745"),
        ("fewer than 750", "745"),
        ("up to 150", "140"),
    ],
)
def test_a_hedged_rounding_that_stays_true_agrees(variant: str, reference: str) -> None:
    (ours,), (theirs,) = read(variant), read(reference)
    assert agrees(ours, theirs)


@pytest.mark.parametrize(
    ("variant", "reference"),
    [
        ("24", "42"),
        ("1,400", "140"),
        ("about 80", "42"),
        ("more than 800", "745"),
        ("fewer than 700", "745"),
        ("more than 100", "745"),
        ("up to 1,000", "140"),
        ("20", "20%"),
        ("2000", "1999"),
        ("about 2000", "1995"),
        ("0", "5"),
        ("about 16,700", "17,000"),
        ("some 330", "300"),
    ],
)
def test_another_number_or_a_hedge_that_is_not_true_does_not_agree(variant: str, reference: str) -> None:
    (ours,), (theirs,) = read(variant), read(reference)
    assert not agrees(ours, theirs)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5-7%", [0.05, 0.07]),
        ("from 5 to 7 per cent", [0.05, 0.07]),
        ("150-290 per suitcase", [150, 290]),
        ("2,500/month", [2500]),
        ("open 24/7", []),
        ("27.5 bln roubles", [27.5e9]),
    ],
)
def test_a_range_shares_its_percent_sign_and_a_slash_hides_a_number_only_before_another(
    text: str, values: list[float]
) -> None:
    assert [q.value for q in read(text)] == pytest.approx(values)


def test_a_denial_turns_a_bound_round() -> None:
    (weeks,) = read("Doctors advise not to take the pill for more than 20 weeks.")
    assert (weeks.above, weeks.below) == (False, True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on Friday (February 10)", [("weekday", "friday"), ("month", "feb"), ("day", "10")]),
        ("at 16:47 in May 1985", [("month", "may"), ("year", "1985"), ("time", "4:47")]),
        ("They may march in the sun.", []),
    ],
)
def test_parts_of_dates_have_one_value_for_each_way_to_write_them(text: str, parts: list[tuple[str, str]]) -> None:
    assert [(p.kind, p.value) for p in date_parts(Vocabulary(text, tuple(words_of(text))))] == parts


@settings(derandomize=True)
@given(st.integers(1000, 2100), st.integers(1000, 2100), st.sampled_from(["", "about ", "more than ", "almost "]))
def test_a_year_is_never_rounded(variant: int, reference: int, hedge: str) -> None:
    (ours,), (theirs,) = read(f"{hedge}{variant}"), read(str(reference))
    assert agrees(ours, theirs) is (variant == reference)


@settings(derandomize=True)
@given(st.floats(0, 1e12), st.sampled_from(["count", "share"]))
def test_a_quantity_agrees_with_itself(value: float, kind: str) -> None:
    (one,) = read("5")
    same = Quantity(value, kind, one.span, 0, 0, digits=True)
    assert agrees(same, same)


@settings(derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            "two hundred and six % 1,5 half a of about 10k million twenty - pm x percent point quarter".split()
        ),
        max_size=12,
    )
)
def test_quantities_stand_in_text_order_and_point_at_their_words(parts: list[str]) -> None:
    text = " ".join(parts)
    words = words_of(text)
    end = 0
    for found in quantities(words, text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.span == (words[found.first].span.start, words[found.last].span.end)
        end = found.span.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a fine of 15m ringgit", 15e6),
        ("more than 3m people", 3e6),
        ("a 100m race", 100),
        ("by half a percentage point", 0.005),
        ("by a quarter of a percentage point", 0.0025),
        ("by three quarters of a percentage point", 0.0075),
        ("a quarter-point rise", 0.0025),
        ("by 25 basis points", 0.0025),
        ("a contraction of half a percent", 0.005),
        ("a loss of half of one percent", 0.005),
        ("a third of a litre", 1 / 3),
    ],
)
def test_points_and_millions_are_read_by_what_follows(text: str, value: float) -> None:
    (quantity,) = read(text)
    assert quantity.value == pytest.approx(value)


def test_an_m_that_may_be_metres_or_million_agrees_with_both() -> None:
    ((unclear,), (million,), (metres,), (other,)) = map(
        read, ("the 210m it had", "210 million", "210 metres", "320 million")
    )
    assert agrees(unclear, million)
    assert agrees(million, unclear)
    assert agrees(unclear, metres)
    assert not agrees(unclear, other)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("The town did without more than 20 buses.", "below"),
        ("He left without paying more than 20 euros.", "below"),
        ("Jobs without experience led the list with more than 20 offers.", "above"),
        ("Most offers were for jobs without experience—more than 20 of them.", "above"),
    ],
)
def test_without_turns_only_the_bound_that_it_stands_before(text: str, bound: str) -> None:
    (quantity,) = read(text)
    assert (quantity.above, quantity.below) == (bound == "above", bound == "below")


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("It costs 50 agorot more.", "It costs 0.5 shekels more.", True),
        ("It costs 50 cents more.", "It costs 0.5 euros more.", True),
        ("It costs 5 agorot more.", "It costs 0.5 shekels more.", False),
        ("It costs 50 shekels more.", "It costs 0.5 shekels more.", False),
    ],
)
def test_hundredths_of_a_currency_are_converted(ours: str, theirs: str, same: bool) -> None:
    (one,), (other,) = read(ours), read(theirs)
    assert converted(one, words_of(ours), other, words_of(theirs)) == same
