"""Fit the weights of drift and quality and write ``data/drift.json``, with the record of how.

    EVALTOOL_BENCHMARKS=<folder> python evaltool/training/fit_drift.py

The folder holds ``wmt23_mqm/dev.jsonl.gz`` (Song et al. 2025: three experts a segment, Apache-2.0), and
``demetr/dev.jsonl.gz`` (Karpinska et al. 2022, MIT licence), which the weights are fitted on, and
``ted_mqm/dev.jsonl.gz`` (Freitag et al. 2021), which they are only tested on: its texts may not be built upon. What the
judge of words says is weighed on what it was not trained on alone. The figures in the record are
cross-validated over documents. Weights are kept at 0 or more, see ``evaltool.drift``.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score, roc_auc_score

from evaltool import metrics
from evaltool.evaluate import Evaluator
from evaltool.evidence import evidence
from evaltool.training.judge_examples import kept_out, read

HERE = Path(__file__).parent.parent / "data"
FOLDS = 5
RIDGE = 0.03  # what squared weights of standardised features cost; of .003 to .1 the best, cross-validated
#: Quality is fitted on pairs that differ in one known error: the order that reviewers give two systems' outputs is too
#: uncertain to learn from (fitted on, it got no better on other documents).
QUALITY_SET = "DEMETR"
#: Drift is fitted on what reviewers marked and on known errors, which count half and as if they were as rare there.
DRIFT_SETS = {"WMT23": 1.0, "DEMETR": 0.5}
LENIENT = ("rater4", "rater5", "rater6", "rater7")  # raters who mark as major what others do
FORM = ("form", "faulty", "wording", "minor findings", "order", "letters")  # no part of drift

Numbers = NDArray[np.float64]


@dataclass
class Data:
    """One data set as numbers.

    Attributes:
        name: of the data set.
        values: feature -> (n,).
        wrong: (n,) whether reviewers marked a serious error of meaning, NaN where that is not judged.
        folds: (n,) which fold a row is in, by document.
        pairs: (k, 2) better row, worse row.
        fresh: (n,) whether the judge of words has not seen the row.
        clean: (n,) whether no reviewer marked anything.
    """

    name: str
    values: dict[str, Numbers]
    wrong: Numbers
    folds: NDArray[np.int64]
    pairs: NDArray[np.int64]
    fresh: NDArray[np.bool_]
    clean: NDArray[np.bool_]


def gather(name: str, evaluator: Evaluator, rows: list[dict[str, Any]], texts: Callable[[dict[str, Any]], str],
           wrong: Sequence[float], documents: Sequence[str], pairs: list[tuple[int, int]],
           fresh: Sequence[bool] | None = None) -> Data:  # fmt: skip
    """Evaluate rows and keep their features."""
    references, hypotheses = [r["ref"] for r in rows], [texts(r) for r in rows]
    table: list[dict[str, float]] = []
    found = evaluator.evidence(references, hypotheses)
    for (aligned, flags), a, b in zip(found, references, hypotheses, strict=True):
        groups = evidence(aligned, flags, metrics.sentence_chrf(a, b))
        table.append({name: value for features in groups.values() for name, value in features.items()})
    order = {d: i % FOLDS for i, d in enumerate(sorted(set(documents)))}
    names = dict.fromkeys(name for row in table for name in row)
    return Data(
        name,
        {name: np.array([row.get(name, 0.0) for row in table]) for name in names},
        np.array(wrong, dtype=float),
        np.array([order[d] for d in documents]),
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
        np.ones(len(rows), dtype=bool) if fresh is None else np.array(fresh),
        np.array([bool(r.get("error_free")) for r in rows]),
    )


def human_pairs(rows: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any], score: str) -> list[tuple[int, int]]:
    """(better, worse) rows of the same segment and raters; a lower MQM score is better."""
    groups: dict[Any, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[key(row)].append(i)
    out = []
    for members in groups.values():
        for i, j in combinations(members, 2):
            if abs(rows[i][score] - rows[j][score]) > 1e-9:
                out.append((i, j) if rows[i][score] < rows[j][score] else (j, i))
    return out


def collect(folder: Path, evaluator: Evaluator) -> list[Data]:
    """WMT23, DEMETR (what the judge was not trained on) and TED."""
    wmt = [r for r in read(folder / "wmt23_mqm" / "dev.jsonl.gz") if r["scored"] and not r["same_as_ref"]]
    demetr = [
        r
        for r in read(folder / "demetr" / "dev.jsonl.gz")
        if kept_out(f"demetr{r['id']}") and (r["id"] // 2) % 2 == 0 and r["severity"] != "base"
    ]
    ted = [r for r in read(folder / "ted_mqm" / "dev.jsonl.gz") if r["kind"] == "mt" and r["pos"] % 2 == 0]
    return [wmt_data(wmt, evaluator), demetr_data(demetr, evaluator), ted_data(ted, evaluator)]


def wmt_data(rows: list[dict[str, Any]], evaluator: Evaluator) -> Data:
    """Segments that three experts judged."""
    pairs = human_pairs(rows, lambda r: r["seg"], "mqm_mean")
    wrong = [float(r["has_major_acc"]) for r in rows]
    documents = [r["doc"] for r in rows]
    fresh = [kept_out("wmt" + document) for document in documents]
    return gather("WMT23", evaluator, rows, lambda r: str(r["hyp"]), wrong, documents, pairs, fresh)


def demetr_data(rows: list[dict[str, Any]], evaluator: Evaluator) -> Data:
    """Good translations and what was made of each."""
    goods = list({r["id"]: r for r in rows}.values())
    place = {r["id"]: i for i, r in enumerate(goods)}
    both = [{**r, "text": r["good"]} for r in goods] + [{**r, "text": r["bad"]} for r in rows]
    pairs = [(place[r["id"]], len(goods) + i) for i, r in enumerate(rows)]
    ids = [str(r["id"]) for r in both]
    wrong = [0.0] * len(goods) + [float(r["severity"] != "minor") for r in rows]
    return gather("DEMETR", evaluator, both, lambda r: str(r["text"]), wrong, ids, pairs)


def ted_data(rows: list[dict[str, Any]], evaluator: Evaluator) -> Data:
    """Segments that one expert each judged; whether an error is major is taken from the lenient ones."""

    def major(row: dict[str, Any]) -> float:
        if row["raters"][0] not in LENIENT:
            return float("nan")
        kinds = [s["category"].split("/")[0] for s in row["spans"] if s["severity"] == "Major"]
        return float(any(kind in ("Accuracy", "Terminology") for kind in kinds))

    pairs = human_pairs(rows, lambda r: (r["doc"], r["seg_id"], tuple(r["raters"])), "mqm")
    documents = [f"{r['doc']}{r['seg_id'] // 20}" for r in rows]
    return gather("TED", evaluator, rows, lambda r: str(r["hyp"]), [major(r) for r in rows], documents, pairs)


def matrix(data: Data, names: Sequence[str]) -> Numbers:
    """(n, f) values of some features."""
    return np.stack([data.values[name] for name in names], axis=1)


def without_findings(data: Data, names: Sequence[str], weights: Numbers) -> Numbers:
    """(n,) what all other evidence amounts to."""
    return matrix(data, names) @ np.where(["findings" in n for n in names], 0.0, weights)


#: The least that a finding takes from quality, in points (0.1 is a tenth of it), and adds to drift, in log-odds: a
#: finding always counts, more by its severity, however rarely the data has it.
QUALITY_FLOORS = {"minor": 0.01, "major": 0.05, "critical": 0.25}
#: The least that wording takes, in points. Reviewers order two translations without an error by it, which pairs that
#: differ in one error cannot show.
WORDING_FLOORS = {"unlikeness, layer 1": 0.6, "unlikeness, layer 2": 0.6, "unlikeness, layer 3": 0.6, "wording": 0.2}
#: Quality of the segment in the middle of those that experts judged.
MIDDLE = 0.65
DRIFT_FLOORS = {"minor": 0.1, "major": 0.6, "critical": 1.6}


def floors_of(names: Sequence[str], floors: dict[str, float], scale: Numbers) -> list[float]:
    """The least weight of each feature."""
    return [floors[n.split()[0]] * s if "findings" in n else 0.0 for n, s in zip(names, scale, strict=True)]


def spread(x: Numbers) -> Numbers:
    """Standard deviation of each feature; 1 for one that does not vary."""
    found = x.std(axis=0)
    return np.where(found > 1e-3, found, 1.0)


def bounded(loss: Callable[[Numbers], tuple[float, Numbers]], floors: Sequence[float | None]) -> Numbers:
    """Minimise with each parameter at its floor or above it."""
    bounds = [(least, None) for least in floors]
    found = minimize(
        loss,
        np.array([0.1 + (f or 0) for f in floors]),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 2000},
    )
    return np.asarray(found.x)


def fit_drift(sets: Sequence[tuple[Data, NDArray[np.bool_]]], names: Sequence[str]) -> Numbers:
    """Intercept and weights of a logistic regression.

    First without the judge, on all rows; then what the judge says is weighed against the sum of the others, on the rows
    that it has not seen, which are few.
    """
    plain = [n for n in names if "judged" not in n]
    known = [(data, rows & ~np.isnan(data.wrong)) for data, rows in sets]
    share = float(known[0][0].wrong[known[0][1]].mean())
    base = logistic(known, share, lambda data: matrix(data, plain), lambda scale: floors_of(plain, DRIFT_FLOORS, scale))
    if len(plain) == len(names):
        return base
    judged = [n for n in names if "judged" in n]
    fresh = [(data, rows & data.fresh) for data, rows in known]
    found = logistic(
        fresh,
        share,
        lambda data: np.column_stack([matrix(data, plain) @ base[1:], matrix(data, judged)]),
        lambda scale: [scale[0], *[0.0] * len(judged)],
    )
    weights = dict(zip(plain, base[1:] * found[1], strict=True)) | dict(zip(judged, found[2:], strict=True))
    return np.array([found[0], *(weights[name] for name in names)])


def logistic(
    sets: Sequence[tuple[Data, NDArray[np.bool_]]],
    share: float,
    columns: Callable[[Data], Numbers],
    floors: Callable[[Numbers], list[float]],
) -> Numbers:
    """Intercept and weights.

    Args:
        sets: data and which of its rows count.
        share: of wrong segments that every set is weighted to.
        columns: the features of all rows of a set.
        floors: the least weight of each standardised feature, by its standard deviation.
    """
    first, own = sets[0]
    scale = spread(columns(first)[own])
    x = np.concatenate([columns(data)[rows] for data, rows in sets]) / scale
    y = np.concatenate([data.wrong[rows] for data, rows in sets])
    w = np.concatenate([DRIFT_SETS[data.name] * balanced(data.wrong[rows], share) for data, rows in sets])

    def loss(p: Numbers) -> tuple[float, Numbers]:
        z = p[0] + x @ p[1:]
        chance = 1 / (1 + np.exp(-z))
        value = float(w @ (np.logaddexp(0, z) - y * z)) + RIDGE * float(p[1:] @ p[1:])
        slope = w * (chance - y)
        return value, np.concatenate([[slope.sum()], x.T @ slope + 2 * RIDGE * p[1:]])

    found = bounded(loss, [None, *floors(scale)])
    return np.concatenate([found[:1], found[1:] / scale])


def balanced(wrong: Numbers, share: float) -> Numbers:
    """Weights of rows that add up to 1, and those of the wrong ones to ``share``."""
    weights: Numbers = np.where(wrong == 1, share / (wrong == 1).sum(), (1 - share) / (wrong == 0).sum())
    return weights


def fit_quality(data: Data, rows: NDArray[np.bool_], names: Sequence[str], typical: Numbers) -> Numbers:
    """Points under which the better of two renderings has fewer of them (Bradley and Terry 1952).

    Args:
        data: with its pairs.
        rows: which of its rows count.
        names: f features.
        typical: (n, f) rows of which the middle one is to have the quality ``MIDDLE``.
    """
    kept = data.pairs[rows[data.pairs].all(axis=1)]
    values = matrix(data, names)
    x = values[kept[:, 1]] - values[kept[:, 0]]
    scale = spread(x)
    least = np.array(
        [floor + WORDING_FLOORS.get(n, 0.0) for n, floor in
         zip(names, floors_of(names, QUALITY_FLOORS, np.ones(len(names))), strict=True)]
    )  # fmt: skip

    def loss(p: Numbers) -> tuple[float, Numbers]:
        z = (x / scale) @ p
        value = float(np.logaddexp(0, -z).mean()) + RIDGE * float(p @ p)
        slope: Numbers = -((x / scale).T @ (1 / (1 + np.exp(z)))) / len(z) + 2 * RIDGE * p
        return value, slope

    # How many log-odds a point is follows from the fit, and the floors, which are points, from that.
    unit = 50.0
    for _ in range(8):
        found = bounded(loss, list(least * scale * unit)) / scale
        new = float(np.median(typical @ found)) / -np.log(MIDDLE)
        done, unit = abs(np.log(new / unit)) < 0.01, new
        if done:
            break
    points: Numbers = np.maximum(found / unit, least)
    return points


def calibration(chance: Numbers, happened: Numbers, share: float | None = None, bins: int = 10) -> float:
    """Expected calibration error over bins of equal weight, rows weighted to a share of wrong ones if one is given."""
    weights = np.full(len(chance), 1 / len(chance)) if share is None else balanced(happened, share)
    order = np.argsort(chance, kind="stable")
    ends = np.searchsorted(np.cumsum(weights[order]), np.arange(1, bins) / bins)
    parts = np.split(order, ends)
    return float(sum(abs(weights[p] @ (chance[p] - happened[p])) for p in parts))


def validated(sets: Sequence[Data], drift_names: Sequence[str], quality_names: Sequence[str]) -> dict[str, Any]:
    """Figures of rows by weights that were fitted without their documents."""
    by_name = {data.name: data for data in sets}
    chances = [np.zeros(len(d.wrong)) for d in sets]
    points = [np.zeros(len(d.wrong)) for d in sets]
    for fold in range(FOLDS):
        p = fit_drift([(d, d.folds != fold) for d in sets if d.name in DRIFT_SETS], drift_names)
        pairs_of = by_name[QUALITY_SET]
        q = fit_quality(pairs_of, pairs_of.folds != fold, quality_names, matrix(sets[0], quality_names))
        for at, data in enumerate(sets):
            own = data.folds == fold
            chances[at][own] = 1 / (1 + np.exp(-(p[0] + matrix(data, drift_names)[own] @ p[1:])))
            points[at][own] = matrix(data, quality_names)[own] @ q
    out: dict[str, Any] = {}
    for data, chance, point in zip(sets, chances, points, strict=True):
        own = data.fresh if any("judged" in name for name in drift_names) else np.ones(len(data.wrong), dtype=bool)
        known = ~np.isnan(data.wrong) & own
        pairs = data.pairs[own[data.pairs].all(axis=1)]
        better, worse = point[pairs[:, 0]], point[pairs[:, 1]]
        figures = {"pairs": len(better), "better above worse": round(float((worse > better).mean()), 4),
                   "concordance": round(float(np.sign(worse - better).mean()), 4)}  # fmt: skip
        if known.any():
            # Planted errors are as many as one wishes: they are counted as if they were as rare as in the first set.
            share = float(sets[0].wrong.mean()) if data.name == QUALITY_SET else None
            figures |= {
                "segments": int(known.sum()),
                "AUROC of drift": round(float(roc_auc_score(data.wrong[known], chance[known])), 4),
                "AP of drift": round(float(average_precision_score(data.wrong[known], chance[known])), 4),
                "calibration error": round(calibration(chance[known], data.wrong[known], share), 4),
            }
        out[data.name] = figures
    return out


def main() -> None:
    """Fit both sets of weights and write them."""
    write(collect(Path(os.environ["EVALTOOL_BENCHMARKS"]), Evaluator()))


def write(sets: Sequence[Data]) -> None:
    """Fit, validate, and write drift.json."""
    every = list(sets[0].values)
    written: dict[str, Any] = {"record": {"made_by": "evaltool/training/fit_drift.py", "folds": FOLDS}}
    for name, kept in (("judged", every), ("plain", [n for n in every if "judged" not in n])):
        drift_names = [n for n in kept if not any(part in n for part in FORM)]
        written["record"][name] = validated(sets, drift_names, kept)
        every_row = [(d, np.ones(len(d.wrong), dtype=bool)) for d in sets]
        p = fit_drift([(d, rows) for d, rows in every_row if d.name in DRIFT_SETS], drift_names)
        typical = matrix(sets[0], kept)
        q = next(fit_quality(d, rows, kept, typical) for d, rows in every_row if d.name == QUALITY_SET)
        clean = sets[0].clean
        written[name] = {
            "intercept": round(float(p[0]), 4),
            "drift": {n: round(float(v), 4) for n, v in zip(drift_names, p[1:], strict=True) if v > 1e-4},
            "quality": {n: round(float(v), 4) for n, v in zip(kept, q, strict=True) if v > 1e-4},
            # What the middle segment has in which no expert found anything: as literal as a good translation is.
            "literal_drift": round(float(np.median(without_findings(sets[0], drift_names, p[1:])[clean])), 4),
            "literal_quality": round(float(np.median(without_findings(sets[0], kept, q)[clean])), 4),
        }
        sys.stderr.write(json.dumps({name: written["record"][name]}, indent=1) + "\n")
    (HERE / "drift.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
