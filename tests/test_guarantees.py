"""What quality and drift promise of any text, whatever model stands behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool import Evaluator
from evaltool.model import Kind, Profile
from evaltool.rules import all_rules

#: Planting an error may raise quality by so many points, or lower drift by so much, and no more.
PLANTED_QUALITY, PLANTED_DRIFT = 0.75, 0.01
#: Errors of form alone (case, punctuation, spacing) may move drift by so much.
FORM_DRIFT = 0.02
#: Splitting and merging sentences may move quality by so many points, or drift by so much; so may moving them.
CUT_QUALITY, CUT_DRIFT = 5.0, 0.1
#: Neither the order of inputs nor their batch may move anything by more than run folders keep.
BATCH = 1e-6

REFERENCE = Path(__file__).parent.parent / "reference" / "003_3251d0e12d82ad79.txt"
PARAGRAPHS = [line for line in REFERENCE.read_text(encoding="utf-8").splitlines() if len(line) > 80]


@dataclass(frozen=True)
class Passage:
    """A few sentences of the article, a good rendering of them, and what can be done to that rendering.

    Attributes:
        reference: the sentences.
        variant: the rendering, without error.
        meaning: errors of meaning, as (right, wrong).
        form: errors of form.
        cuts: sentences cut or joined, as (before, after), with nothing said that was not said.
    """

    reference: tuple[str, ...]
    variant: tuple[str, ...]
    meaning: tuple[tuple[str, str], ...]
    form: tuple[tuple[str, str], ...]
    cuts: tuple[tuple[str, str], ...]


def paragraph(start: str) -> str:
    return next(p for p in PARAGRAPHS if p.startswith(start))


PASSAGES = (
    Passage(
        tuple(map(paragraph, ("A total of", "This figure", "Some 125 members"))),
        (
            "More than 1,000 people in all have been killed in the last two days, the SOHR said, in the worst violence"
            " in Syria since rebels overthrew the Assad regime in December.",
            "Among them are dozens of government troops and of gunmen loyal to Assad, who have been fighting in the"
            " coastal provinces of Latakia and Tartous since Thursday.",
            "About 125 members of the security forces of the Islamist-led government and 148 pro-Assad fighters have"
            " died in the violence, the SOHR's report says.",
        ),
        (
            ("1,000", "10,000"),
            ("the last two days", "the last two weeks"),
            ("December", "October"),
            ("Syria", "Libya"),
            ("have been fighting", "have not been fighting"),
            ("148", "184"),
        ),
        (("dozens of government", "dozens  of government"), ("Latakia and", "Latakia , and"), ("Among", "among")),
        (
            (" in the last two days, the SOHR said, in", " in the last two days, the SOHR said. It is"),
            (" loyal to Assad, who have", " loyal to Assad. They have"),
            (" since Thursday. About", " since Thursday, and about"),
        ),
    ),
    Passage(
        tuple(map(paragraph, ("A Syrian defence", "The violence has", "Large crowds"))),
        (
            "A spokesman for the Syrian ministry of defence told Sana, the country's news agency, that the government"
            " was back in control after “treacherous attacks” on its security personnel.",
            "An activist in the city told the BBC on Friday that the violence had left the Alawite community in “a"
            " state of horror”, with hundreds of people said to be fleeing the areas affected.",
            "Large crowds took refuge at a Russian military base at Hmeimim in Latakia, the Reuters news agency said.",
        ),
        (
            ("was back in control", "had lost control"),
            ("on Friday", "on Sunday"),
            ("Hmeimim", "Hemaim"),
            ("“treacherous attacks”", "“heroic deeds”"),
            ("Large crowds", "Few people"),
            ("said to be fleeing", "fleeing"),
        ),
        (("Large crowds", "large crowds"), ("news agency, that", "news agency that"), ("in Latakia", "in  Latakia")),
        (
            ("”, with hundreds of people said", "”. Hundreds of people were said"),
            ("personnel. An activist", "personnel, and an activist"),
        ),
    ),
)


class Outcome(NamedTuple):
    quality: float
    drift: float


@cache
def evaluator() -> Evaluator:
    return Evaluator()


@cache
def outcome(reference: str, variant: str, profile: str = "translation") -> Outcome:
    scores = evaluator().evaluate(reference, variant, profile=profile).scores
    assert scores["quality"] is not None and scores["drift"] is not None
    return Outcome(scores["quality"], scores["drift"])


def text(sentences: tuple[str, ...] | list[str]) -> str:
    return " ".join(sentences)


def replaced(variant: tuple[str, ...], changes: list[tuple[str, str]]) -> str:
    whole = text(variant)
    for old, new in changes:
        assert old in whole, old
        whole = whole.replace(old, new, 1)
    return whole


def few(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Few examples, the same ones each time: each costs an evaluation or two."""
    return settings(derandomize=True, max_examples=examples, deadline=None)


CASES = [(passage, error) for passage in PASSAGES for error in passage.meaning]
FORMS = [(passage, error) for passage in PASSAGES for error in passage.form]
CUTS = [(passage, cut) for passage in PASSAGES for cut in passage.cuts]


def change(value: object) -> str:
    return " to ".join(value) if isinstance(value, tuple) else ""


@pytest.mark.parametrize("profile", [Profile.TRANSLATION, Profile.SUMMARY])
def test_the_reference_itself_is_perfect(profile: Profile) -> None:
    whole = REFERENCE.read_text(encoding="utf-8")
    evaluation = evaluator().evaluate(whole, whole, profile=profile)
    assert (evaluation.scores["quality"], evaluation.scores["drift"], evaluation.flags) == (100, 0, ())
    assert {(s.quality, s.drift) for s in evaluation.segments} <= {(100, 0), (None, None)}


@few(5)
@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4, unique=True), st.sampled_from([" ", "\n\n"]))
def test_any_passage_is_perfect_beside_itself(paragraphs: list[str], between: str) -> None:
    assert outcome(between.join(paragraphs), between.join(paragraphs)) == (100, 0)


@pytest.mark.parametrize(("passage", "error"), CASES, ids=change)
def test_an_error_of_meaning_never_raises_quality_or_lowers_drift(passage: Passage, error: tuple[str, str]) -> None:
    reference = text(passage.reference)
    for right in (passage.reference, passage.variant):
        if error[0] in text(right):
            good, bad = outcome(reference, text(right)), outcome(reference, replaced(right, [error]))
            assert bad.quality <= good.quality + PLANTED_QUALITY, right
            assert bad.drift >= good.drift - PLANTED_DRIFT, right


@few(6)
@given(st.data())
def test_neither_does_one_more_error(data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from(PASSAGES))
    errors = data.draw(st.lists(st.sampled_from(passage.meaning), min_size=2, max_size=3, unique=True))
    reference = text(passage.reference)
    steps = [outcome(reference, replaced(passage.variant, errors[:n])) for n in range(len(errors) + 1)]
    for fewer, more in pairwise(steps):
        assert more.quality <= fewer.quality + PLANTED_QUALITY
        assert more.drift >= fewer.drift - PLANTED_DRIFT


@pytest.mark.parametrize("passage", PASSAGES, ids=["deaths", "refuge"])
@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_leaving_a_sentence_out_never_raises_quality_or_lowers_drift(passage: Passage, left_out: int) -> None:
    reference = text(passage.reference)
    for right in (passage.reference, passage.variant):
        good, bad = outcome(reference, text(right)), outcome(reference, text(right[:left_out] + right[left_out + 1 :]))
        assert bad.quality <= good.quality + PLANTED_QUALITY
        assert bad.drift >= good.drift - PLANTED_DRIFT


@pytest.mark.parametrize("passage", PASSAGES, ids=["deaths", "refuge"])
def test_adding_a_sentence_never_raises_quality_or_lowers_drift(passage: Passage) -> None:
    reference, added = text(passage.reference), "Local farmers are expecting a poor harvest this year."
    good, bad = outcome(reference, text(passage.variant)), outcome(reference, text([*passage.variant, added]))
    assert bad.quality <= good.quality + PLANTED_QUALITY
    assert bad.drift >= good.drift - PLANTED_DRIFT


@pytest.mark.parametrize(("passage", "error"), FORMS, ids=change)
def test_an_error_of_form_never_raises_quality_and_leaves_drift_alone(passage: Passage, error: tuple[str, str]) -> None:
    reference = text(passage.reference)
    good, bad = outcome(reference, text(passage.variant)), outcome(reference, replaced(passage.variant, [error]))
    assert bad.quality <= good.quality + PLANTED_QUALITY
    assert bad.drift == pytest.approx(good.drift, abs=FORM_DRIFT)


@pytest.mark.parametrize(("passage", "cut"), CUTS, ids=change)
def test_splitting_or_merging_sentences_hardly_matters(passage: Passage, cut: tuple[str, str]) -> None:
    reference = text(passage.reference)
    whole, other = outcome(reference, text(passage.variant)), outcome(reference, replaced(passage.variant, [cut]))
    assert other.quality == pytest.approx(whole.quality, abs=CUT_QUALITY)
    assert other.drift == pytest.approx(whole.drift, abs=CUT_DRIFT)


@few(5)
@given(st.sampled_from(PASSAGES), st.permutations(range(3)), st.booleans())
def test_moving_sentences_hardly_matters(passage: Passage, order: list[int], itself: bool) -> None:
    reference, right = text(passage.reference), passage.reference if itself else passage.variant
    whole, other = outcome(reference, text(right)), outcome(reference, text([right[i] for i in order]))
    assert other.quality == pytest.approx(whole.quality, abs=CUT_QUALITY)
    assert other.drift == pytest.approx(whole.drift, abs=CUT_DRIFT)


PAIRS = [pair for p in PASSAGES for pair in zip(p.reference, p.variant, strict=True)] + [
    (p, p.split(",")[0] + ".") for p in PARAGRAPHS[:4]
]


def values(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[float | None, ...]]:
    found = evaluator().evaluate_pairs([r for r, _ in pairs], [v for _, v in pairs])
    return {pair: (s.quality, s.drift, s.similarity, s.chrf) for pair, s in zip(pairs, found, strict=True)}


@few(3)
@given(st.permutations(PAIRS), st.integers(1, len(PAIRS)))
def test_neither_order_nor_batch_changes_anything(pairs: list[tuple[str, str]], cut: int) -> None:
    whole = values(PAIRS)
    for pair, found in (values(pairs[:cut]) | (values(pairs[cut:]) if pairs[cut:] else {})).items():
        assert found == pytest.approx(whole[pair], abs=BATCH), pair


def test_an_article_is_judged_the_same_whatever_was_judged_before() -> None:
    first, second = ((text(p.reference), text(p.variant)) for p in PASSAGES)
    one, other = Evaluator(), Evaluator()
    forth = [one.evaluate(*pair) for pair in (first, second)]
    back = [other.evaluate(*pair) for pair in (second, first)]
    assert forth == back[::-1]


@pytest.mark.parametrize("ending", ["and wants to.", "more than"])
def test_no_rule_stops_at_a_sentence_that_breaks_off(ending: str) -> None:
    examples = [rule.examples[0] for rule in all_rules()]
    references = [f"{e.reference[: len(e.reference) // 2]} {ending}" for e in examples]
    variants = [f"{e.variant[: len(e.variant) // 2]} {ending}" for e in examples]
    scored = evaluator().evaluate_pairs(references, variants)
    assert [s.kind for s in scored] == [Kind.MATCH] * len(examples)
