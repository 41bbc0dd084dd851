"""From hits to flags: quoted, merged by one precedence, fingerprinted, in text order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool.findings import PRECEDENCE, SURE, believed, fingerprinted, merged, place, to_flag
from evaltool.model import Flag, Span
from evaltool.mqm import Category, Severity
from evaltool.rules import Hit, Rule

MEANING = {"accuracy", "terminology"}


def flag(
    category: Category,
    variant: tuple[int, int] | None = None,
    reference: tuple[int, int] | None = None,
    *,
    rule: str = "some-rule",
    severity: Severity = Severity.MAJOR,
    confidence: float = 0.8,
) -> Flag:
    ours, theirs = Span(*variant) if variant else None, Span(*reference) if reference else None
    return Flag(rule, category, severity, "Why.", ours, "", theirs, "", confidence=confidence)


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1]))
FLAGS = st.lists(
    st.tuples(
        st.sampled_from(Category), st.sampled_from(Severity), st.sampled_from([0.5, 0.9]),
        st.one_of(st.tuples(SPANS, SPANS), st.tuples(SPANS, st.none()), st.tuples(st.none(), SPANS)),
    ),
    max_size=8,
).map(
    lambda found: [
        flag(category, *spans, rule=f"rule-{n}", severity=severity, confidence=confidence)
        for n, (category, severity, confidence, spans) in enumerate(found)
    ]
)  # fmt: skip


def same_branch(a: Flag, b: Flag) -> bool:
    return (a.category.branch in MEANING) == (b.category.branch in MEANING)


def same_words(a: Flag, b: Flag) -> bool:
    if a.variant_span and b.variant_span:
        return a.variant_span.overlaps(b.variant_span) and not passage_and_word(a, b)
    return bool(a.reference_span and b.reference_span and a.reference_span.overlaps(b.reference_span))


def passage_and_word(a: Flag, b: Flag) -> bool:
    if not (a.variant_span and b.variant_span and a.reference_span and b.reference_span):
        return False
    lengths = sorted(span.end - span.start for span in (a.variant_span, b.variant_span))
    return lengths[1] >= 2 * lengths[0] and not a.reference_span.overlaps(b.reference_span)


def test_a_flag_quotes_both_sides() -> None:
    rule = Rule(Category.NUMBER, lambda segment: (), (), id="some-rule")  # type: ignore[misc]
    hit = Hit(Severity.MAJOR, "Why.", Span(7, 9), Span(7, 9), "42", {"value": 24.0}, 0.9)
    found = to_flag(rule, hit, "It hit 42 towns.", "It hit 24 towns.")
    assert (found.rule, found.category, found.variant_text, found.reference_text) == (
        "some-rule", Category.NUMBER, "24", "42",
    )  # fmt: skip
    assert (found.suggestion, found.evidence, found.confidence) == ("42", {"value": 24.0}, 0.9)


def test_a_flag_without_a_span_quotes_nothing() -> None:
    rule = Rule(Category.OMISSION, lambda segment: (), (), id="some-rule")  # type: ignore[misc]
    found = to_flag(rule, Hit(Severity.MAJOR, "Why.", reference_span=Span(0, 2)), "He left.", "She left.")
    assert (found.variant_span, found.variant_text, found.reference_text) == (None, "", "He")


def test_every_category_has_a_place_in_the_precedence() -> None:
    assert sorted(PRECEDENCE) == sorted(Category)


@pytest.mark.parametrize(
    ("flags", "kept"),
    [
        ([flag(Category.MISTRANSLATION, (3, 6)), flag(Category.NUMBER, (5, 9))], [1]),
        ([flag(Category.MISTRANSLATION, (3, 6)), flag(Category.NUMBER, (6, 9))], [0, 1]),
        ([flag(Category.MISTRANSLATION, (3, 6)), flag(Category.REPETITION, (3, 6))], [0, 1]),
        ([flag(Category.SPELLING, (3, 6)), flag(Category.REPETITION, (3, 6))], [1]),
        ([flag(Category.WRONG_TERM, (3, 6)), flag(Category.MISTRANSLATION, (3, 6))], [0]),
        ([flag(Category.OMISSION, None, (0, 9)), flag(Category.NUMBER, (3, 6), (2, 4))], [1]),
        ([flag(Category.OMISSION, None, (0, 2)), flag(Category.NUMBER, (3, 6), (2, 4))], [0, 1]),
        ([flag(Category.NUMBER, (3, 6), (0, 2)), flag(Category.NUMBER, (7, 9), (0, 2))], [0, 1]),
        ([flag(Category.NUMBER, (3, 6), (3, 6)), flag(Category.ATTRIBUTION_HEDGE, (0, 20), (20, 30))], [0, 1]),
        ([flag(Category.NUMBER, (3, 6), (3, 6)), flag(Category.ATTRIBUTION_HEDGE, (0, 20), (0, 20))], [0]),
        ([flag(Category.NUMBER, (3, 6)), flag(Category.NUMBER, (3, 6), severity=Severity.CRITICAL)], [1]),
        ([flag(Category.NUMBER, (3, 6)), flag(Category.NUMBER, (3, 6), confidence=0.9)], [1]),
    ],
    ids=[
        "the more exact category wins", "words beside each other are two errors", "two branches are two errors",
        "form competes with form", "terms compete with meaning", "an omission gives way where its words are explained",
        "an omission elsewhere stays", "the variant's words decide where both have them",
        "a passage without its source has another error in it", "a passage and its own word are one error",
        "the heavier wins",
        "the surer wins",
    ],
)  # fmt: skip
def test_one_flag_stays_for_one_error(flags: list[Flag], kept: list[int]) -> None:
    assert sorted(flags.index(f) for f in merged(flags)) == kept


@settings(derandomize=True)
@given(FLAGS, st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order_of_the_rules(flags: list[Flag], random: object) -> None:
    shuffled = list(flags)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merged(shuffled) == merged(flags)


@settings(derandomize=True)
@given(FLAGS)
def test_no_two_flags_of_a_branch_share_words_and_none_is_dropped_without_a_better_one(flags: list[Flag]) -> None:
    kept = merged(flags)
    assert kept == sorted(kept, key=place) and merged(kept) == kept
    for n, one in enumerate(kept):
        assert not any(same_branch(one, other) and same_words(one, other) for other in kept[:n])
    rank = {category: n for n, category in enumerate(PRECEDENCE)}
    for lost in (f for f in flags if f not in kept):
        rivals = [f for f in kept if same_branch(f, lost) and same_words(f, lost)]
        assert any(rank[f.category] <= rank[lost.category] or lost.severity is Severity.NEUTRAL for f in rivals)


def test_a_neutral_note_never_hides_an_alarm() -> None:
    note = replace(flag(Category.NUMBER, (7, 9)), severity=Severity.NEUTRAL)
    alarm = flag(Category.MISTRANSLATION, (7, 12))
    assert merged([note, alarm]) == [alarm]


def test_what_the_judge_thinks_yields_to_what_another_rule_sees() -> None:
    judged = replace(flag(Category.NUMBER, (7, 9)), rule="judged", confidence=1.0)
    seen = flag(Category.MISTRANSLATION, (7, 12))
    assert merged([judged, seen]) == [judged]
    assert merged([judged, seen], {"judged"}) == [seen]


def test_flags_stand_in_text_order_and_what_the_variant_lacks_stands_last() -> None:
    flags = [
        flag(Category.OMISSION, None, (0, 4)),
        flag(Category.NUMBER, (9, 12)),
        flag(Category.OMISSION, None, (20, 24)),
        flag(Category.SPELLING, (2, 5)),
    ]
    assert [flags.index(f) for f in merged(flags)] == [3, 1, 0, 2]


WORDY = [
    replace(flag(Category.NUMBER, (7, 9), (7, 9)), variant_text="24", reference_text="42"),
    replace(flag(Category.REPETITION, (20, 29)), variant_text="town town"),
    replace(flag(Category.OMISSION, None, (40, 50)), reference_text="Not \ud800 so."),
]
CONTEXTS = ["It hit 42 towns.", "The town was small.", "Not \ud800 so."]


def test_a_fingerprint_is_16_hexadecimal_digits_and_each_finding_has_its_own() -> None:
    prints = [f.fingerprint for f in fingerprinted(WORDY, CONTEXTS)]
    assert all(re.fullmatch("[0-9a-f]{16}", p) for p in prints)
    assert len(set(prints)) == len(WORDY)


@settings(derandomize=True)
@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_fingerprint_does_not_depend_on_positions(variant_shift: int, reference_shift: int) -> None:
    def moved(span: Span | None, by: int) -> Span | None:
        return Span(span.start + by, span.end + by) if span else None

    shifted = [
        replace(
            f,
            variant_span=moved(f.variant_span, variant_shift),
            reference_span=moved(f.reference_span, reference_shift),
            message="Another wording.",
            confidence=0.1,
            severity=Severity.MINOR,
        )
        for f in WORDY
    ]
    before, after = fingerprinted(WORDY, CONTEXTS), fingerprinted(shifted, CONTEXTS)
    assert [f.fingerprint for f in before] == [f.fingerprint for f in after]


def test_a_fingerprint_survives_line_breaks_and_capitals_but_no_other_words() -> None:
    (first,) = fingerprinted(WORDY[:1], ["It hit 42 towns."])
    (wrapped,) = fingerprinted(WORDY[:1], ["IT HIT\n 42 towns."])
    (other,) = fingerprinted(WORDY[:1], ["It hit 42 villages."])
    assert first.fingerprint == wrapped.fingerprint != other.fingerprint


def test_equal_findings_are_counted_in_text_order() -> None:
    twice = fingerprinted([WORDY[0], WORDY[1], WORDY[0]], [CONTEXTS[0], CONTEXTS[1], CONTEXTS[0]])
    once = fingerprinted(WORDY[:2], CONTEXTS[:2])
    assert [f.fingerprint for f in twice[:2]] == [f.fingerprint for f in once]
    assert twice[2].fingerprint not in {f.fingerprint for f in once}


@pytest.mark.parametrize(
    ("evident", "confidence", "reworded", "free", "severity"),
    [
        (False, 0.9, False, False, Severity.MAJOR),  # a translation: an odd word is an error
        (False, 0.9, True, False, Severity.NEUTRAL),  # a paraphrase: it is nothing by itself
        (True, 0.6, True, False, Severity.MAJOR),  # but with strong evidence
        (True, 0.6, True, True, Severity.NEUTRAL),  # which is not enough where the whole text is worded freely
        (True, SURE, True, True, Severity.MAJOR),
    ],
)
def test_a_single_word_alarms_in_a_paraphrase_only_with_strong_evidence(
    evident: bool, confidence: float, reworded: bool, free: bool, severity: Severity
) -> None:
    rule = Rule(Category.MISTRANSLATION, lambda _: (), (), wording=True, literal=True, id="a-rule")
    hit = Hit(Severity.MAJOR, "Why.", Span(0, 3), evident=evident, confidence=confidence)
    found = believed(to_flag(rule, hit, "cat", "dog"), rule, hit, free=free, reworded=reworded, literalness=0.9)
    assert found.severity is severity
    assert ("a note only" in found.message) == (severity is Severity.NEUTRAL)
