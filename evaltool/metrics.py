"""BLEU, chrF and TER as sacrebleu computes them, with its signatures.

Post 2018, "A Call for Clarity in Reporting BLEU Scores" (arXiv:1804.08771); Popović 2015 (chrF); Snover et al. 2006
(TER). Segments use sentence scores (BLEU with effective order); documents and systems use corpus scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric

#: TER searches for shifts in time that grows faster than the square of the words: beyond this many it is not computed.
LONGEST_TER = 400
NAMES = ("bleu", "chrf", "ter")


class SegmentScores(NamedTuple):
    """Sentence scores of one pair.

    Attributes:
        bleu: 0..100.
        chrf: 0..100.
        ter: 0.., in percent; None for a very long segment.
    """

    bleu: float
    chrf: float
    ter: float | None


@cache
def _metric(name: str, *, sentence: bool) -> Metric:
    from sacrebleu.metrics import BLEU, CHRF, TER

    if name == "ter" and sentence:
        return _metric(name, sentence=False)  # one for both, with the same memory
    if name == "bleu":
        return BLEU(effective_order=sentence)
    return CHRF() if name == "chrf" else _remembering(TER())


def _remembering(metric: Metric) -> Metric:
    """Have TER count the edits of a pair once: a segment's are asked for again by its document and its system."""
    count = metric._compute_segment_statistics

    @lru_cache(maxsize=16_384)
    def counted(hypothesis: str, reference: str) -> tuple[float, ...]:
        return tuple(count(hypothesis, {"ref_words": [reference.split()]}))

    def statistics(hypothesis: str, info: dict[str, list[list[str]]]) -> list[float]:
        (reference,) = info["ref_words"]
        return list(counted(hypothesis, " ".join(reference)))

    metric._compute_segment_statistics = statistics
    return metric


def sentence_chrf(reference: str, hypothesis: str) -> float:
    """Sentence chrF of one hypothesis against one reference, 0..100."""
    return float(_metric("chrf", sentence=True).sentence_score(hypothesis, [reference]).score)


def segment_scores(reference: str, hypothesis: str) -> SegmentScores:
    """Sentence BLEU, chrF and TER of one hypothesis against one reference."""
    short = max(len(reference.split()), len(hypothesis.split())) <= LONGEST_TER
    bleu, chrf = (_metric(n, sentence=True).sentence_score(hypothesis, [reference]).score for n in ("bleu", "chrf"))
    ter = _metric("ter", sentence=True).sentence_score(hypothesis, [reference]).score if short else None
    return SegmentScores(bleu, chrf, ter)


def corpus_scores(
    references: Sequence[str], hypotheses: Sequence[str], *, resamples: int = 0
) -> dict[str, tuple[float, float | None, float | None]]:
    """Corpus BLEU, chrF and TER over segments.

    Args:
        references: n segments.
        hypotheses: n segments; "" for one that is left out.
        resamples: bootstrap resamples over segments for a 95% interval; 0 for none.

    Returns:
        name -> (score, low, high); low and high are None without resampling. TER is left out when a segment is too
        long for it. Empty without segments.
    """
    out: dict[str, tuple[float, float | None, float | None]] = {}
    if not references:
        return out
    long = too_long_for_ter(references, hypotheses)
    for name in NAMES:
        if name == "ter" and long:
            continue
        metric = _metric(name, sentence=False)
        result: Any = metric.corpus_score(list(hypotheses), [list(references)], n_bootstrap=resamples or 1)
        if resamples and len(references) > 1:
            mean, half = float(result._mean), float(result._ci)
            out[name] = (float(result.score), max(0.0, mean - half), mean + half)
        else:
            out[name] = (float(result.score), None, None)
    return out


def statistics(name: str, references: Sequence[str], hypotheses: Sequence[str]) -> NDArray[np.float64]:
    """The counts behind a corpus score, which add up over segments.

    Args:
        name: of the metric, one of NAMES.
        references: n segments, at least one.
        hypotheses: n segments.

    Returns:
        Shape (n, k).
    """
    import numpy as np

    counts = _metric(name, sentence=False)._extract_corpus_statistics(list(hypotheses), [list(references)])
    return np.asarray(counts, dtype=np.float64)


def from_statistics(name: str, sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corpus scores of m sums of statistics, shape (m, k) -> (m,); NaN for a sum of nothing."""
    import numpy as np

    score = _metric(name, sentence=False)._compute_score_from_stats
    return np.array([float(score(row).score) if any(row) else np.nan for row in sums.tolist()])


def too_long_for_ter(references: Sequence[str], hypotheses: Sequence[str]) -> bool:
    """Whether a segment is so long that TER is left out."""
    return any(len(text.split()) > LONGEST_TER for text in (*references, *hypotheses))


def signatures() -> dict[str, str]:
    """Sacrebleu's signature of each corpus metric."""
    out = {}
    for name in NAMES:
        metric = _metric(name, sentence=False)
        metric.corpus_score(["a"], [["a"]])  # the signature is complete only after a score
        out[name] = str(metric.get_signature())
    return out
