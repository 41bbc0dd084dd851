"""Fit the weights of ``evaltool.substitution`` and write ``data/substitution.json``, with the record of how.

    EVALTOOL_BENCHMARKS=<folder> python evaltool/training/fit_substitution.py <weights of the judge> ...

The benchmarks' folder holds ``wmt23_mqm/dev.jsonl.gz`` (Song et al. 2025: three experts a segment, Apache-2.0) and
``wmt23_pairs/pairs.jsonl.gz`` (Freitag et al. 2023: outputs of systems beside human translations). The annotated
articles are those of ``tests/articles``, whose README.md tells the form. The judge has learned from them too, so four
files of weights are given, of judges that each had one fold of the articles left out (``train_judge.py --without``).

A word is wrong where an annotator of articles marked a short error of meaning on it, or two of three experts a major
one; it is right where nobody marked anything. Outputs of the best system of WMT23 are taken for right throughout. Words
that lie in between are left out. The figures in the record are cross-validated over documents.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

from evaltool import judge
from evaltool.evaluate import Evaluator
from evaltool.model import Span
from evaltool.training.annotated import FOLDS as FOLDS_OF_JUDGE
from evaltool.training.annotated import PROFILES, TESTS, fold_of, variants
from evaltool.training.judge_examples import read
from evaltool.words import AlignedSegment

HERE = Path(__file__).parent.parent / "data"
ARTICLES = TESTS / "articles"
FOLDS = 8
RIDGE = 0.05  # scikit-learn's C: how much the data weighs against small weights
SEED = 5
GOOD, GOOD_SYSTEM = 700, "GPT4-5shot"
#: Errors quoted at greater length are no single words.
_SHORT = 4
_MAJORITY = 2

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One word: what is known of it, whether it is wrong, and where it comes from."""

    features: dict[str, float]
    wrong: bool
    source: str
    document: str


def _overlap(span: Span, other: tuple[int, int]) -> bool:
    return span.start < other[1] and other[0] < span.end


def article_rows(folder: Path, evaluator: Evaluator, fold: int) -> Iterator[Row]:
    """Words of the annotated articles of one fold."""
    for article, kind, reference, variant, _, places in variants(folder, lambda name: fold_of(name) == fold):
        for segment in evaluator.aligned(reference, variant, profile=PROFILES[kind]):
            for substitute in segment.substitutes:
                span = segment.variant.words[substitute.index].span
                hit = [error for at, error in places if span.overlaps(at)]
                wrong = any(
                    e["mqm"].split("/")[0] in ("accuracy", "terminology") and len(e["quote"].split()) <= _SHORT
                    for e in hit
                )
                if wrong or not hit:
                    yield Row(dict(substitute.features), wrong, f"articles, {kind}", article)


def _of_pairs(evaluator: Evaluator, pairs: Sequence[tuple[str, str]]) -> Iterator[AlignedSegment]:
    found = evaluator.evidence([a for a, _ in pairs], [b for _, b in pairs])
    return (segment for segment, _ in found)


def expert_rows(folder: Path, evaluator: Evaluator) -> Iterator[Row]:
    """Words of segments that three experts judged."""
    rows = [r for r in read(folder / "wmt23_mqm" / "dev.jsonl.gz") if r["scored"] and not r["same_as_ref"]]
    segments = _of_pairs(evaluator, [(r["ref"], r["hyp"]) for r in rows])
    for row, segment in zip(rows, segments, strict=True):
        for substitute in segment.substitutes:
            span = segment.variant.words[substitute.index].span
            hit = [s for s in row["spans"] if s["side"] == "hyp" and _overlap(span, (s["start"], s["end"]))]
            major = {s["rater"] for s in hit if s["severity"] != "Minor" and s["category"].startswith("Accuracy")}
            if len(major) >= _MAJORITY or not hit:
                yield Row(dict(substitute.features), bool(hit), "WMT23, three experts", row["doc"])


def good_rows(folder: Path, evaluator: Evaluator) -> Iterator[Row]:
    """Words of good translations."""
    every = list(read(folder / "wmt23_pairs" / "pairs.jsonl.gz"))
    drawn = random.Random(SEED).sample(every, GOOD)  # noqa: S311 -- no secret
    pairs = [(r["ref"], r[GOOD_SYSTEM]) for r in drawn if r.get(GOOD_SYSTEM, "").strip()]
    for at, segment in enumerate(_of_pairs(evaluator, pairs)):
        for substitute in segment.substitutes:
            yield Row(dict(substitute.features), False, "WMT23, good translations", f"pair {at}")


def fit(x: Numbers, y: NDArray[np.bool_]) -> tuple[float, Numbers]:
    """Intercept and weights of a logistic regression on unscaled features."""
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=RIDGE, max_iter=3000).fit(scaler.transform(x), y)
    weights = model.coef_[0] / scaler.scale_
    return float(model.intercept_[0] - weights @ scaler.mean_), weights


def main() -> None:
    """Collect, cross-validate, fit, write."""
    folder, evaluator = Path(os.environ["EVALTOOL_BENCHMARKS"]), Evaluator()
    articles: list[Row] = []
    for fold, path in zip(range(FOLDS_OF_JUDGE), sys.argv[1:], strict=True):
        weights = load_file(path)
        with patch.object(judge, "_weights", lambda weights=weights: weights):
            articles += article_rows(ARTICLES, evaluator, fold)
    write([*articles, *expert_rows(folder, evaluator), *good_rows(folder, evaluator)])


def write(rows: Sequence[Row]) -> None:
    """Cross-validate over documents, fit on everything, and write substitution.json."""
    names = sorted({name for row in rows for name in row.features})
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    y = np.array([row.wrong for row in rows])
    documents = {d: i % FOLDS for i, d in enumerate(sorted({row.document for row in rows}))}
    folds = np.array([documents[row.document] for row in rows])
    odds = np.zeros(len(rows))
    for fold in range(FOLDS):
        intercept, weights = fit(x[folds != fold], y[folds != fold])
        odds[folds == fold] = intercept + x[folds == fold] @ weights
    judged = x[:, names.index("judged wrong")]
    record: dict[str, Any] = {"made_by": "evaltool/training/fit_substitution.py", "folds": FOLDS}
    sources = np.array([row.source for row in rows])
    for source in sorted(set(sources)):
        own = sources == source
        record[source] = {
            "documents": len({row.document for row in rows if row.source == source}),
            "words": int(own.sum()),
            "wrong": int(y[own].sum()),
        }
        if y[own].any():
            record[source] |= {
                "AUROC, AP": [round(float(f(y[own], odds[own])), 3) for f in (roc_auc_score, average_precision_score)],
                "AUROC, AP of the judge alone": [
                    round(float(f(y[own], judged[own])), 3) for f in (roc_auc_score, average_precision_score)
                ],
            }
    intercept, weights = fit(x, y)
    written = {
        "record": record,
        "intercept": round(intercept, 4),
        "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
    }
    (HERE / "substitution.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    sys.stderr.write(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()
