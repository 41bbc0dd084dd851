"""Annotated texts as examples for the judge: each marked word gets the label that its error asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.training.annotated import FOLDS, TESTS, example, fold_of, from_passages, place
from evaltool.training.judge_examples import OUT, Example

PASSAGES = sorted((TESTS / "passages").glob("*.jsonl"))
REFERENCE, VARIANT = "The court did not rule on the small appeal.", "The court ruled on the small repeal, it say."


def said(found: Example) -> dict[str, set[str]]:
    """Output -> the words that an example marks with it."""
    names = {at: name for name, at in OUT.items()}
    marked: dict[str, set[str]] = {}
    for text, places in ((found.variant, found.places), (found.reference, found.reference_places)):
        for span, out in places:
            marked.setdefault(names[out], set()).add(span.of(text))
    return marked


def error(quote: str, ref_quote: str, mqm: str) -> dict[str, str]:
    return {"quote": quote, "ref_quote": ref_quote, "mqm": mqm, "severity": "major"}


def test_of_a_wrong_passage_only_the_words_count_that_the_reference_does_not_have() -> None:
    wrong = error("small repeal", "small appeal", "accuracy/mistranslation")
    found = example(
        REFERENCE, VARIANT, [(place(VARIANT, "small repeal"), wrong)], [(place(REFERENCE, "small appeal"), wrong)]
    )
    assert said(found) == {"wrong": {"repeal"}, "replaced": {"appeal"}}
    assert found.unsure == (place(VARIANT, "small repeal"),)
    assert (found.serious, found.any) == (1.0, 1.0)


def test_errors_of_language_are_errors_of_form() -> None:
    wrong = error("it say", "", "fluency/grammar")
    assert said(example(REFERENCE, VARIANT, [(place(VARIANT, "it say"), wrong)])) == {"form": {"it say"}}


def test_what_is_lost_is_marked_in_the_reference_and_its_place_in_the_variant_is_not_known() -> None:
    lost = error("", "small", "accuracy/omission")
    found = example(REFERENCE, VARIANT, [], [(place(REFERENCE, "small"), lost)])
    assert said(found) == {"lost": {"small"}}
    assert not found.gaps_known
    assert found.losses_known


def test_of_a_summary_nobody_says_what_it_lacks() -> None:
    found = example(REFERENCE, VARIANT, may_omit=True)
    assert not found.gaps_known
    assert not found.losses_known
    assert (found.serious, found.any) == (0.0, 0.0)


def test_the_second_occurrence_of_a_quote_is_found() -> None:
    assert place("one and one", "one", 2) == Span(8, 11)
    with pytest.raises(ValueError, match="substring"):
        place("one", "two")


def test_each_fold_has_articles() -> None:
    folds = [fold_of(path.parent.name) for path in (TESTS / "articles").glob("*/reference.txt")]
    assert set(folds) == set(range(FOLDS))


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_the_passages_are_well_formed(path: Path) -> None:
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = list(from_passages(path))
    assert len(found) == 3 * len(items)
    assert {e.losses_known for e in found} == {not path.name.startswith("summaries")}
    for item in items:
        assert item["bad"] not in (item["good"], item["free"])
        for wrong in item["errors"]:
            assert wrong["quote"] or wrong["ref_quote"]
            assert item["bad"].count(wrong["quote"]) == 1 or not wrong["quote"]
            assert item["ref"].count(wrong["ref_quote"]) == 1 or not wrong["ref_quote"]
            assert Category(wrong["mqm"])
            assert Severity(wrong["severity"])
