"""Fit the weights of drift and quality and write ``data/drift.json``, with the record of how.

    EVALTOOL_BENCHMARKS=<folder> python evaltool/training/fit_drift.py

The folder holds ``wmt23_mqm/dev.jsonl.gz`` (Song et al. 2025: three experts a segment), ``ted_mqm/dev.jsonl.gz``
(Freitag et al. 2021) and ``demetr/dev.jsonl.gz`` (Karpinska et al. 2022). What the judge of words was trained on is
left out. The figures in the record are cross-validated over documents. Weights are kept at 0 or more, see
``evaltool.drift``.
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
from evaltool.drift import features
from evaltool.evaluate import Evaluator
from evaltool.training.judge_examples import kept_out, read

HERE = Path(__file__).parent.parent / "data"
FOLDS = 5
LENIENT = ("rater4", "rater5", "rater6", "rater7")  # raters who mark as major what others do
FORM = ("form", "faulty", "wording", "minor findings")  # no part of drift

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
    """

    name: str
    values: dict[str, Numbers]
    wrong: Numbers
    folds: NDArray[np.int64]
    pairs: NDArray[np.int64]


def gather(name: str, evaluator: Evaluator, rows: list[dict[str, Any]], texts: Callable[[dict[str, Any]], str],
           wrong: Sequence[float], documents: Sequence[str], pairs: list[tuple[int, int]]) -> Data:  # fmt: skip
    """Evaluate rows and keep their features."""
    references, hypotheses = [r["ref"] for r in rows], [texts(r) for r in rows]
    table: dict[str, list[float]] = defaultdict(list)
    for (aligned, flags), a, b in zip(
        evaluator.evidence(references, hypotheses), references, hypotheses, strict=True
    ):  # fmt: skip
        for key, value in features(aligned, flags, metrics.sentence_chrf(a, b)).items():
            table[key].append(value)
    order = {d: i % FOLDS for i, d in enumerate(sorted(set(documents)))}
    return Data(
        name,
        {k: np.array(v) for k, v in table.items()},
        np.array(wrong, dtype=float),
        np.array([order[d] for d in documents]),
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
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
    """The three data sets, without what the judge has seen."""
    wmt = [
        r
        for r in read(folder / "wmt23_mqm" / "dev.jsonl.gz")
        if r["scored"] and not r["same_as_ref"] and kept_out("wmt" + r["doc"])
    ]
    ted = [r for r in read(folder / "ted_mqm" / "dev.jsonl.gz") if r["kind"] == "mt" and r["pos"] % 2 == 0]
    demetr = [
        r
        for r in read(folder / "demetr" / "dev.jsonl.gz")
        if kept_out(f"demetr{r['id']}") and (r["id"] // 2) % 2 == 0
    ]  # fmt: skip
    goods = list({r["id"]: r for r in demetr}.values())
    place = {r["id"]: i for i, r in enumerate(goods)}
    both = [{**r, "text": r["good"]} for r in goods] + [{**r, "text": r["bad"]} for r in demetr]
    nan = float("nan")

    def major(row: dict[str, Any]) -> float:
        if row["raters"][0] not in LENIENT:
            return nan
        kinds = [s["category"].split("/")[0] for s in row["spans"] if s["severity"] == "Major"]
        return float(any(kind in ("Accuracy", "Terminology") for kind in kinds))

    return [
        gather("WMT23", evaluator, wmt, lambda r: str(r["hyp"]), [float(r["has_major_acc"]) for r in wmt],
               [r["doc"] for r in wmt], human_pairs(wmt, lambda r: r["seg"], "mqm_mean")),
        gather("TED", evaluator, ted, lambda r: str(r["hyp"]), [major(r) for r in ted],
               [f"{r['doc']}{r['seg_id'] // 20}" for r in ted],
               human_pairs(ted, lambda r: (r["doc"], r["seg_id"], tuple(r["raters"])), "mqm")),
        gather("DEMETR", evaluator, both, lambda r: str(r["text"]), [nan] * len(both), [str(r["id"]) for r in both],
               [(place[r["id"]], len(goods) + i) for i, r in enumerate(demetr)]),
    ]  # fmt: skip


def matrix(data: Data, names: Sequence[str]) -> Numbers:
    """(n, f) values of some features."""
    return np.stack([data.values[name] for name in names], axis=1)


#: The least that a finding takes from quality, in points (0.1 is a tenth of it), and adds to drift, in log-odds: a
#: finding always counts, more by its severity, however rarely the data has it.
QUALITY_FLOORS = {"minor": 0.02, "major": 0.1, "critical": 0.3}
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
    """Intercept and weights of a logistic regression; every data set counts alike."""
    xs, ys, ws = [], [], []
    for data, rows in sets:
        known = rows & ~np.isnan(data.wrong)
        if known.any():
            xs.append(matrix(data, names)[known])
            ys.append(data.wrong[known])
            ws.append(np.full(int(known.sum()), 1 / known.sum()))
    x, y, w = np.concatenate(xs), np.concatenate(ys), np.concatenate(ws)
    scale = spread(x)

    def loss(p: Numbers) -> tuple[float, Numbers]:
        z = p[0] + (x / scale) @ p[1:]
        chance = 1 / (1 + np.exp(-z))
        value = float(w @ (np.logaddexp(0, z) - y * z)) + 0.002 * float(p[1:] @ p[1:])
        slope = w * (chance - y)
        return value, np.concatenate([[slope.sum()], (x / scale).T @ slope + 0.004 * p[1:]])

    found = bounded(loss, [None, *floors_of(names, DRIFT_FLOORS, scale)])
    return np.concatenate([found[:1], found[1:] / scale])


def fit_quality(sets: Sequence[tuple[Data, NDArray[np.bool_]]], names: Sequence[str]) -> Numbers:
    """Weights under which the better of two renderings has fewer points (Bradley and Terry 1952)."""
    parts, ws = [], []
    for data, rows in sets:
        kept = data.pairs[rows[data.pairs].all(axis=1)]
        x = matrix(data, names)
        parts.append(x[kept[:, 1]] - x[kept[:, 0]])
        ws.append(np.full(len(kept), 1 / max(1, len(kept))))
    x, w = np.concatenate(parts), np.concatenate(ws)
    scale = spread(x)

    def loss(p: Numbers) -> tuple[float, Numbers]:
        z = (x / scale) @ p
        value = float(w @ np.logaddexp(0, -z)) + 0.002 * float(p @ p)
        slope: Numbers = -((x / scale).T @ (w / (1 + np.exp(z)))) + 0.004 * p
        return value, slope

    found: Numbers = bounded(loss, floors_of(names, QUALITY_FLOORS, scale)) / scale
    return found


def calibration(chance: Numbers, happened: Numbers, bins: int = 10) -> float:
    """Expected calibration error over bins of equal count."""
    parts = np.array_split(np.argsort(chance, kind="stable"), bins)
    return float(sum(abs(chance[p].sum() - happened[p].sum()) for p in parts if len(p)) / len(chance))


def validated(sets: Sequence[Data], drift_names: Sequence[str], quality_names: Sequence[str]) -> dict[str, Any]:
    """Figures of rows by weights that were fitted without their documents."""
    chances = [np.zeros(len(d.wrong)) for d in sets]
    points = [np.zeros(len(d.wrong)) for d in sets]
    for fold in range(FOLDS):
        rest = [(d, d.folds != fold) for d in sets]
        p, q = fit_drift(rest, drift_names), fit_quality(rest, quality_names)
        for at, data in enumerate(sets):
            own = data.folds == fold
            chances[at][own] = 1 / (1 + np.exp(-(p[0] + matrix(data, drift_names)[own] @ p[1:])))
            points[at][own] = matrix(data, quality_names)[own] @ q
    out: dict[str, Any] = {}
    for data, chance, point in zip(sets, chances, points, strict=True):
        known = ~np.isnan(data.wrong)
        better, worse = point[data.pairs[:, 0]], point[data.pairs[:, 1]]
        figures = {"pairs": len(better), "better above worse": round(float((worse > better).mean()), 4),
                   "concordance": round(float(np.sign(worse - better).mean()), 4)}  # fmt: skip
        if known.any():
            figures |= {
                "segments": int(known.sum()),
                "AUROC of drift": round(float(roc_auc_score(data.wrong[known], chance[known])), 4),
                "AP of drift": round(float(average_precision_score(data.wrong[known], chance[known])), 4),
                "calibration error": round(calibration(chance[known], data.wrong[known]), 4),
            }
        out[data.name] = figures
    return out


def main() -> None:
    """Fit both sets of weights and write them."""
    folder = Path(os.environ["EVALTOOL_BENCHMARKS"])
    sets = collect(folder, Evaluator())
    every = list(sets[0].values)
    written: dict[str, Any] = {"record": {"made_by": "evaltool/training/fit_drift.py", "folds": FOLDS}}
    for name, kept in (("judged", every), ("plain", [n for n in every if "judged" not in n])):
        drift_names = [n for n in kept if not any(part in n for part in FORM)]
        quality_names = kept
        written["record"][name] = validated(sets, drift_names, quality_names)
        whole = [(d, np.ones(len(d.wrong), dtype=bool)) for d in sets]
        p, q = fit_drift(whole, drift_names), fit_quality(whole, quality_names)
        # Points are scaled so that a segment of middling quality among the experts' has 75.
        middle = float(np.median(matrix(sets[0], quality_names) @ q))
        q = np.maximum(q * -np.log(0.75) / middle, floors_of(quality_names, QUALITY_FLOORS, np.ones(len(q))))
        written[name] = {
            "intercept": round(float(p[0]), 4),
            "drift": {n: round(float(v), 4) for n, v in zip(drift_names, p[1:], strict=True) if v > 1e-4},
            "quality": {n: round(float(v), 4) for n, v in zip(quality_names, q, strict=True) if v > 1e-4},
        }
        sys.stderr.write(json.dumps({name: written["record"][name]}, indent=1) + "\n")
    (HERE / "drift.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
