"""The Evaluator: any two texts in, one evaluation out, the same in any company."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool import Evaluation, Evaluator, InputError, Segment
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Severity
from evaltool.scores import SCORES

SENTENCES = [
    "The river rose overnight.",
    "Schools stayed open on Monday, the council said.",
    "Prices fell by 4 percent in May.",
    "“It was a fair vote,” the mayor told reporters.",
    "The storm killed 42 people in the north.",
    "Officials could not verify the report.",
    "Der Zug nach München fiel aus.",
    "Река поднялась за ночь.",
    "昨夜、川が増水した。",
    "ارتفع منسوب النهر ليلا.",
    "👩‍👩‍👧‍👦 was the picture he posted!",
    "Twenty-five ships left al-Assad’s port at 4:47 p.m.",
]
PAIRS = [
    ("The river rose overnight.", "The river rose overnight."),
    ("It hit 42 towns in May.", "It hit 24 towns in May."),
    ("Schools stayed open.", "Shares fell in Tokyo on Monday."),
    ("He left. She stayed.", "He left, and she stayed."),
    ("", ""),
    ("The end.", ""),
    ("", "An addition."),
    ("Published", "Published"),
    ("\u200b", "\x00"),
]
#: Letters, marks, digits, spaces and signs of every script, halves of surrogate pairs and control characters too.
ANYTHING = st.text(
    st.one_of(st.characters(exclude_categories=[]), st.sampled_from('Aa.!?"“”’ \n\r\t\0-,1%')), max_size=60
)
#: Stands first on both sides, so that there is something to align whatever follows.
SHARED = "Opening hours will not change this week."
ARTICLES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True)


def check_offsets(evaluation: Evaluation, reference: str, variant: str) -> None:
    """Every span quotes its text, and every sentence is in exactly one segment."""
    assert (evaluation.reference.text, evaluation.variant.text) == (reference, variant)
    for flag in evaluation.flags:
        assert flag.variant_span is not None or flag.reference_span is not None
        for span, quoted, text in (
            (flag.variant_span, flag.variant_text, variant),
            (flag.reference_span, flag.reference_text, reference),
        ):
            assert quoted == (text[slice(*span)] if span else "")
            assert span is None or 0 <= span.start < span.end <= len(text)
    for segment in evaluation.segments:
        assert segment.reference_text == (reference[slice(*segment.reference_span)] if segment.reference_span else "")
        assert segment.variant_text == (variant[slice(*segment.variant_span)] if segment.variant_span else "")
    for side in ("reference", "variant"):
        document = getattr(evaluation, side)
        placed = [i for s in evaluation.segments for i in getattr(s, f"{side}_sentences")]
        assert sorted(placed) == list(range(len(document.sentences)))
        assert all(0 <= a < b <= len(document.text) for a, b in document.sentences)


def check_values(segment: Segment) -> None:
    """Every value is in its range, or None with a reason."""
    ranges = {"similarity": (-1, 1), "drift": (0, 1), "quality": (0, 100), "bleu": (0, 100.001), "chrf": (0, 100.001)}
    for name in (*ranges, "ter"):
        value = getattr(segment, name)
        assert (value is None) == (name in segment.reasons), name
        low, high = ranges.get(name, (0, float("inf")))
        assert value is None or low <= value <= high, name


@settings(derandomize=True, deadline=None, max_examples=50)
@given(ANYTHING, ANYTHING)
def test_any_two_texts_are_evaluated_and_every_span_quotes_its_text(
    evaluator: Evaluator, reference: str, variant: str
) -> None:
    reference, variant = f"{SHARED}\n\n{reference}", f"{SHARED}\n\n{variant}"
    evaluation = evaluator.evaluate(reference, variant)
    check_offsets(evaluation, reference, variant)
    for segment in evaluation.segments:
        check_values(segment)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(ARTICLES, ARTICLES, st.sampled_from(Profile), st.sampled_from([" ", "\n\n", "\r\n\r\n", "\u2029"]))
def test_any_two_articles_are_evaluated_under_any_profile(
    evaluator: Evaluator, ours: list[str], theirs: list[str], profile: Profile, gap: str
) -> None:
    reference, variant = gap.join([SHARED, *ours]), gap.join([SHARED, *theirs])
    evaluation = evaluator.evaluate(reference, variant, profile)
    check_offsets(evaluation, reference, variant)
    assert set(evaluation.scores) == set(SCORES)
    assert sorted(map(repr, evaluation.flags)) == sorted(repr(f) for s in evaluation.segments for f in s.flags)
    assert len({f.fingerprint for f in evaluation.flags}) == len(evaluation.flags)
    for segment in evaluation.segments:
        check_values(segment)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(ARTICLES, st.sampled_from(Profile), st.sampled_from([" ", "\n\n", "\r\n"]))
def test_identical_articles_have_no_flags_no_drift_and_full_quality(
    evaluator: Evaluator, sentences: list[str], profile: Profile, gap: str
) -> None:
    text = gap.join(sentences)
    evaluation = evaluator.evaluate(text, text, profile)
    assert evaluation.flags == ()
    assert [(s.kind, s.moved) for s in evaluation.segments] == [(Kind.MATCH, False)] * len(evaluation.segments)
    for segment in evaluation.segments:
        assert segment.reference_sentences == segment.variant_sentences
        assert segment.role is Role.FURNITURE or (segment.drift, segment.quality) == (0, pytest.approx(100))
    for name, best in (("drift", 0), ("quality", 100), ("mqm_score", 100), ("coverage", 1), ("ter", 0)):
        assert evaluation.scores[name] in (None, pytest.approx(best)), name


@settings(derandomize=True, deadline=None, max_examples=8)
@given(ARTICLES, ARTICLES)
def test_an_evaluation_does_not_depend_on_what_was_evaluated_before(
    evaluator: Evaluator, ours: list[str], theirs: list[str]
) -> None:
    fresh = Evaluator()
    fresh.encoder = evaluator.encoder  # the model is loaded once; what is remembered of texts is not shared
    texts = " ".join([SHARED, *ours]), " ".join([SHARED, *theirs])
    assert fresh.evaluate(*texts) == evaluator.evaluate(*texts) == evaluator.evaluate(*texts)


@pytest.mark.parametrize(
    "text",
    [
        "He \ud800 left \udfff town.",
        "He left\0 town.",
        "\u202eHe left town.\u202c",
        "\u2067ارتفع\u2069 the river.",
        "👩‍👩‍👧‍👦🏽 left\u200d.",
        "Z͑ͫ̓̐a̴̵̜̰l̷̮g̶̡o͢ left.",
        "ﷺ ﬁre ＡＢＣ №½ Ⅷ.",
        "\ufeffHe left.\u2028She stayed.\u0085They won.\x0bNo.\x0cYes.",
        "…" * 50,
        '"' * 101,
        "((((((((((",
        "1" * 300 + ".",
        "-1.2.3.4:5,6%%%",
    ],
)
def test_a_hostile_text_is_evaluated_like_any_other(text: str, evaluator: Evaluator) -> None:
    hostile, plain = f"{SHARED}\n\n{text}", f"{SHARED}\n\nHe left town."
    for reference, variant in ((hostile, plain), (plain, hostile)):
        check_offsets(evaluator.evaluate(reference, variant), reference, variant)
    assert evaluator.evaluate(text, text).flags == ()


def test_an_endless_sentence_is_evaluated(evaluator: Evaluator) -> None:
    endless = f"{SHARED}\n\n{'x' * 100_000}"
    check_offsets(evaluator.evaluate(SHARED, endless), SHARED, endless)


@pytest.mark.parametrize(("reference", "variant", "side"), [("", "a", "reference"), ("a", " \n", "variant")])
def test_an_empty_text_is_refused(reference: str, variant: str, side: str, evaluator: Evaluator) -> None:
    with pytest.raises(InputError, match=f"the {side} text is empty"):
        evaluator.evaluate(reference, variant)


def test_an_unknown_profile_is_refused_with_those_there_are(evaluator: Evaluator) -> None:
    for use in (lambda: evaluator.evaluate("a", "a", "poem"), lambda: evaluator.evaluate_pairs(["a"], ["a"], "poem")):
        with pytest.raises(InputError, match="'poem'; it is one of translation, paraphrase, summary, rereport"):
            use()


def test_a_wrong_number_is_flagged_at_its_place_on_both_sides(evaluator: Evaluator) -> None:
    reference = "The river rose. It hit 42 of the 50 towns in May."
    evaluation = evaluator.evaluate(reference, reference.replace("42", "24"))
    (flag,) = evaluation.flags
    assert (flag.rule, flag.variant_text, flag.reference_text, flag.suggestion) == ("changed-number", "24", "42", "42")
    drifts = [s.drift for s in evaluation.segments]
    assert drifts[0] == 0 and drifts[1] is not None and drifts[1] > 0.1


BROKEN = "It hit 24 of the 50 towns. He came from Glazgov."
SOUND = "It hit 42 of the 50 towns. He came from Glasgow."


@pytest.mark.parametrize(
    ("reference", "variant"),
    [
        (f"Prices fell in May. {SOUND}", f"Prices fell in May. {BROKEN}"),
        (f"{SOUND} Prices fell in May.", f"{BROKEN} Prices dropped in May."),
        (f"Prices fell in May.\n\n{SOUND}", f"Prices, he said, fell in May.\n\n{BROKEN}"),
        (SOUND, f"An unrelated sentence was put here by an editor. {BROKEN}"),
        (f"\n\n  {SOUND}\r\n", BROKEN.replace(" ", "  ", 1).replace("  ", "\n", 1)),
    ],
)
def test_a_fingerprint_survives_edits_elsewhere(reference: str, variant: str, evaluator: Evaluator) -> None:
    before = {f.fingerprint for f in evaluator.evaluate(SOUND, BROKEN).flags}
    after = {f.fingerprint for f in evaluator.evaluate(reference, variant).flags}
    assert len(before) == 2 and before <= after


@pytest.mark.parametrize(
    ("profile", "extra", "missing"),
    [
        ("translation", Severity.MAJOR, Severity.MAJOR),
        ("paraphrase", Severity.MAJOR, Severity.MAJOR),
        ("summary", Severity.MAJOR, Severity.NEUTRAL),
        ("rereport", Severity.NEUTRAL, Severity.MAJOR),
    ],
)
def test_the_profile_says_what_may_be_left_out_or_added(
    profile: str, extra: Severity, missing: Severity, evaluator: Evaluator
) -> None:
    short = "The river rose overnight. Schools stayed open on Monday."
    long = short.replace(". ", ". Experts blame the government for its climate policy. ", 1)
    (added,) = evaluator.evaluate(short, long, profile).flags
    (omitted,) = evaluator.evaluate(long, short, profile).flags
    assert (added.severity, omitted.severity) == (extra, missing)


def test_rules_of_another_language_are_listed_with_the_reason(evaluator: Evaluator) -> None:
    german = Evaluator(language="de")
    german.encoder = evaluator.encoder
    found = german.evaluate("Es traf 42 Orte.", "Es traf 24 Orte.").not_applied
    assert found["changed-number"] == "holds for en, not for de"
    assert evaluator.evaluate("He left.", "He left.").not_applied == {"wrong-term": "no glossary"}


def test_pairs_give_one_segment_each_in_their_order(evaluator: Evaluator) -> None:
    found = evaluator.evaluate_pairs([r for r, _ in PAIRS], [v for _, v in PAIRS])
    assert len(found) == len(PAIRS)
    for index, (segment, (reference, variant)) in enumerate(zip(found, PAIRS, strict=True)):
        check_values(segment)
        for text, span, quoted, sentences in (
            (reference, segment.reference_span, segment.reference_text, segment.reference_sentences),
            (variant, segment.variant_span, segment.variant_text, segment.variant_sentences),
        ):
            assert quoted == (text[slice(*span)] if span else "")
            assert sentences == ((index,) if span else ())
    assert [f.variant_text for f in found[1].flags] == ["24"]
    assert [found[n].kind for n in (3, 5, 6)] == [Kind.MATCH, Kind.OMISSION, Kind.ADDITION]


@pytest.fixture(scope="module")
def alone(evaluator: Evaluator) -> list[Segment]:
    """Each pair evaluated with no other beside it."""
    return [evaluator.evaluate_pairs([reference], [variant])[0] for reference, variant in PAIRS]


@settings(derandomize=True, deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(range(len(PAIRS))), min_size=1, max_size=9))
def test_a_pair_is_evaluated_the_same_in_any_company(
    evaluator: Evaluator, alone: list[Segment], chosen: list[int]
) -> None:
    found = evaluator.evaluate_pairs([PAIRS[n][0] for n in chosen], [PAIRS[n][1] for n in chosen])
    for segment, n in zip(found, chosen, strict=True):
        indexes = {
            "reference_sentences": segment.reference_sentences,
            "variant_sentences": segment.variant_sentences,
        }
        assert segment == replace(alone[n], **indexes)  # type: ignore[arg-type]


def test_more_pairs_than_are_held_at_once_keep_their_order(evaluator: Evaluator) -> None:
    references = [f"It hit {n} towns." for n in range(150)]
    found = evaluator.evaluate_pairs(references, references)
    assert [s.reference_text for s in found] == references
    assert [s.reference_sentences for s in found] == [(n,) for n in range(150)]
    assert {s.drift for s in found} == {0}


def test_no_pairs_give_no_segments(evaluator: Evaluator) -> None:
    assert evaluator.evaluate_pairs([], []) == []


def test_sides_of_different_length_are_refused(evaluator: Evaluator) -> None:
    with pytest.raises(InputError, match="2 references and 1 hypotheses"):
        evaluator.evaluate_pairs(["a", "b"], ["a"])


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.lists(st.one_of(st.sampled_from(SENTENCES), ANYTHING), max_size=10),
    st.lists(st.one_of(st.sampled_from(SENTENCES), ANYTHING), max_size=10),
)
def test_align_places_every_sentence_exactly_once(evaluator: Evaluator, ours: list[str], theirs: list[str]) -> None:
    ours, theirs = [SHARED, *ours], [SHARED, *theirs]
    groups = evaluator.align(ours, theirs)
    assert sorted(i for reference, _ in groups for i in reference) == list(range(len(ours)))
    assert sorted(j for _, variant in groups for j in variant) == list(range(len(theirs)))
    assert all(reference or variant for reference, variant in groups)


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.permutations(SENTENCES[:6]))
def test_moved_sentences_find_their_partners(evaluator: Evaluator, moved: list[str]) -> None:
    groups = evaluator.align(SENTENCES[:6], moved)
    assert [[SENTENCES[i] for i in r] for r, _ in groups] == [[moved[j] for j in v] for _, v in groups]


@pytest.mark.parametrize(
    ("reference", "variant", "expected"),
    [
        ([], [], []),
        (["The river rose."], [], [((0,), ())]),
        ([], ["The river rose."], [((), (0,))]),
        (
            ["The river rose overnight, and two farms were cut off by the water.", "Schools stayed open on Monday."],
            ["The river rose overnight.", "Two farms were cut off by the water.", "Schools stayed open on Monday."],
            [((0,), (0, 1)), ((1,), (2,))],
        ),
    ],
)
def test_sentences_are_grouped_by_what_they_say(
    reference: list[str], variant: list[str], expected: list[object], evaluator: Evaluator
) -> None:
    assert evaluator.align(reference, variant) == expected
