"""The learned judge of words: what it reads, and that it says of planted errors what it was trained to say."""

from __future__ import annotations

import numpy as np
import pytest

from evaltool import judge
from evaltool.embedding import EMBEDDED_SHA256, Encoder
from evaltool.evaluate import Evaluator
from evaltool.words import Judgement, Word, word_vectors, words_of

REFERENCE = "The council said on Monday that the flooded bridge would reopen in May after months of repairs."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def judged(encoder: Encoder, reference: str, variant: str) -> tuple[tuple[Word, ...], tuple[Word, ...], Judgement]:
    a, b = encoder.encode([reference, variant])
    ours, theirs = words_of(reference), words_of(variant)
    vectors = word_vectors(ours, 0, a), word_vectors(theirs, 0, b)
    return ours, theirs, judge.judge(ours, theirs, *vectors, (reference, variant))


def test_the_record_says_what_the_weights_belong_to() -> None:
    made = judge.record()
    assert made["model_sha256"] == EMBEDDED_SHA256
    assert {"seed", "stages", "examples", "data", "made_by"} <= made.keys()


def test_every_word_of_each_side_is_judged(encoder: Encoder) -> None:
    ours, theirs, found = judged(encoder, REFERENCE, "The bridge will reopen.")
    assert {len(found.wrong), len(found.added), len(found.form), len(found.gap)} == {len(theirs)}
    assert {len(found.lost), len(found.replaced)} == {len(ours)}
    assert all(0 <= chance <= 1 for chance in (*found.wrong, *found.lost))


def test_the_same_text_is_held_for_right(encoder: Encoder) -> None:
    _, _, found = judged(encoder, REFERENCE, REFERENCE)
    assert max(*found.wrong, *found.added, *found.form, *found.gap, *found.lost, *found.replaced) < 0.3
    assert found.serious < 0


@pytest.mark.parametrize(
    ("variant", "output", "word"),
    [
        ("The council said on Monday that the flooded umbrella would reopen in May after months of repairs.", "wrong",
         "umbrella"),
        ("The council said on Monday that the flooded bridge would reopen in May after months of corrupt repairs.",
         "added", "corrupt"),
        ("The council said on Monday that the flooded bridge would reopens in May after months of repairs.", "form",
         "reopens"),
        ("The council said on Monday that the flooded would reopen in May after months of repairs.", "gap", "would"),
        ("The council said on Monday that the bridge would reopen in May after months of repairs.", "lost", "flooded"),
    ],
)  # fmt: skip
def test_the_word_that_is_wrong_stands_out(encoder: Encoder, variant: str, output: str, word: str) -> None:
    ours, theirs, found = judged(encoder, REFERENCE, variant)
    words = ours if output == "lost" else theirs
    chances = getattr(found, output)
    assert words[int(np.argmax(chances))].form == word
    assert max(chances) > 0.5


def test_a_segment_is_judged_alike_in_any_company() -> None:
    evaluator = Evaluator()
    pairs = [(REFERENCE, "The bridge will reopen in May."), ("He left.", "He stayed."), (REFERENCE, REFERENCE)]
    together = [aligned.judgement for aligned, _ in evaluator.evidence(*map(list, zip(*pairs, strict=True)))]
    alone = [next(iter(Evaluator().evidence([a], [b])))[0].judgement for a, b in pairs]
    assert together == alone


def test_another_language_is_not_judged() -> None:
    ((aligned, _),) = Evaluator(language="de").evidence(["Er ging."], ["Er kam."])
    assert aligned.judgement is None
