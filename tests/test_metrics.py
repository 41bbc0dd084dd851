"""BLEU, chrF and TER are sacrebleu's own numbers."""

from __future__ import annotations

import numpy as np
import pytest
import sacrebleu

from evaltool import metrics

PAIRS = [
    ("The river rose overnight.", "The river rose overnight."),
    ("The river rose overnight.", "Overnight, the river rose."),
    ("Schools stayed open on Monday.", "Schools were shut on Monday."),
    ("Prices fell by 4 percent in May.", "In May prices dropped 4%."),
    ("Река поднялась за ночь.", "Река поднялась ночью."),
]
REFERENCES, HYPOTHESES = [r for r, _ in PAIRS], [h for _, h in PAIRS]


@pytest.mark.parametrize("text", ["The river rose overnight.", "He left.", "Yes", "漢字", "!", "مرحبا بالعالم"])
def test_identical_texts_have_the_best_scores(text: str) -> None:
    bleu, chrf, ter = metrics.segment_scores(text, text)
    assert (bleu, chrf, ter) == (pytest.approx(100), pytest.approx(100), 0)


def test_texts_without_a_common_letter_have_the_worst_scores() -> None:
    bleu, chrf, ter = metrics.segment_scores("abc def", "xyz uvw")
    assert (bleu, chrf, ter) == (0, 0, 100)


@pytest.mark.parametrize(("reference", "hypothesis"), PAIRS)
def test_a_segment_scores_as_with_sacrebleu(reference: str, hypothesis: str) -> None:
    assert metrics.segment_scores(reference, hypothesis) == (
        sacrebleu.sentence_bleu(hypothesis, [reference]).score,
        sacrebleu.sentence_chrf(hypothesis, [reference]).score,
        sacrebleu.sentence_ter(hypothesis, [reference]).score,
    )


def test_a_corpus_scores_as_with_sacrebleu() -> None:
    found = metrics.corpus_scores(REFERENCES, HYPOTHESES)
    assert found == {
        "bleu": (sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES]).score, None, None),
        "chrf": (sacrebleu.corpus_chrf(HYPOTHESES, [REFERENCES]).score, None, None),
        "ter": (sacrebleu.corpus_ter(HYPOTHESES, [REFERENCES]).score, None, None),
    }


def test_a_corpus_is_scored_as_with_sacrebleu_from_the_edits_of_its_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(f"{reference} Twice, {n}.", f"{n} {hypothesis}") for n in range(3) for reference, hypothesis in PAIRS]
    references, hypotheses = [r for r, _ in pairs], [h for _, h in pairs]
    segments = [metrics.segment_scores(*pair) for pair in pairs]
    expected = sacrebleu.metrics.TER().corpus_score(hypotheses, [references], n_bootstrap=100)

    def again(*_: object) -> None:
        raise AssertionError("the edits of a segment are counted twice")

    monkeypatch.setattr("sacrebleu.metrics.ter.translation_edit_rate", again)
    found = metrics.corpus_scores(references, hypotheses, resamples=100)["ter"]
    assert found == (expected.score, expected._mean - expected._ci, expected._mean + expected._ci)
    assert [metrics.segment_scores(*pair) for pair in pairs] == segments


def test_a_very_long_segment_has_no_ter_and_takes_it_from_the_corpus() -> None:
    long = "word " * metrics.LONGEST_TER + "end"
    assert metrics.segment_scores(long, "word").ter is None
    assert metrics.segment_scores("word", long).ter is None
    assert set(metrics.corpus_scores([*REFERENCES, long], [*HYPOTHESES, "word"])) == {"bleu", "chrf"}


def test_no_segments_have_no_scores() -> None:
    assert metrics.corpus_scores([], []) == {}


def test_resampling_gives_the_same_interval_each_time() -> None:
    first = metrics.corpus_scores(REFERENCES, HYPOTHESES, resamples=100)
    assert first == metrics.corpus_scores(REFERENCES, HYPOTHESES, resamples=100)
    for name, (score, low, high) in first.items():
        assert low is not None and high is not None and 0 <= low < high, name
        assert score == metrics.corpus_scores(REFERENCES, HYPOTHESES)[name][0]


def test_one_segment_has_a_score_without_an_interval() -> None:
    found = metrics.corpus_scores(REFERENCES[:1], HYPOTHESES[:1], resamples=100)
    assert found["chrf"] == (pytest.approx(100), None, None)


def test_a_signature_stands_beside_every_metric() -> None:
    signatures = metrics.signatures()
    assert tuple(signatures) == metrics.NAMES
    assert all(f"version:{sacrebleu.__version__}" in text for text in signatures.values())


@pytest.mark.parametrize("name", metrics.NAMES)
def test_a_corpus_score_is_read_off_counts_that_add_up_over_segments(name: str) -> None:
    counts = metrics.statistics(name, REFERENCES, HYPOTHESES)
    assert len(counts) == len(PAIRS)
    whole, none = metrics.from_statistics(name, np.array([counts.sum(axis=0), np.zeros(counts.shape[1])]))
    assert whole == pytest.approx(metrics.corpus_scores(REFERENCES, HYPOTHESES)[name][0])
    assert np.isnan(none)  # nothing is no score of 0
