"""How well drift and quality agree with people, beside simpler scores, on three public sets of judgements.

    python tests/benchmarks/judgement.py [DATA_FOLDER] [--only demetr,wmt23,ted] [--every N] [--plot reliability.svg]

The data folder (default: the environment variable EVALTOOL_BENCHMARKS) holds, as gzipped JSON lines:

- ``demetr/dev.jsonl.gz``: ``ref``, ``good`` (a translation), ``bad`` (the same with one error), ``pert_id``,
  ``pert_name``, ``severity``. From https://github.com/marzenakrp/demetr (Karpinska et al. 2022, arXiv:2210.13746).
- ``wmt23_mqm/dev.jsonl.gz``: news in ten renderings, three experts each: ``seg``, ``ref`` (a rendering that all found
  clean), ``hyp``, ``scored``, ``same_as_ref``, ``mqm_mean``, ``has_major_acc`` (most marked a major accuracy error).
- ``ted_mqm/dev.jsonl.gz``: TED talks by 13 systems, one expert a segment: ``doc``, ``seg_id``, ``pos``, ``system``,
  ``kind``, ``ref``, ``hyp``, ``mqm`` (penalty), ``raters``, ``spans``.

Both of the latter are from https://github.com/google/wmt-mqm-human-evaluation (Freitag et al. 2021, arXiv:2104.14478;
Song et al. 2025, arXiv:2502.17797), WMT23's references from https://github.com/wmt-conference/wmt23-news-systems.

Printed: DEMETR, how often the good one scores above the bad one, by kind. WMT23 and TED, concordance within a segment
(Kendall: right less wrong pairs, ties neither), AUROC and average precision for a major error, and how far drift is
from the share of such errors in ten bins of equal count. TED, how many pairs of systems stand in the order of people.
Intervals are 95% bootstraps over source segments.
"""

# ruff: noqa: T201 -- a script that prints its results
from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics import CHRF
from sklearn.metrics import average_precision_score, roc_auc_score

from evaltool import Evaluator, metrics
from evaltool.model import Segment

Row = dict[str, Any]
Numbers = NDArray[np.float64]
MQM = "https://github.com/google/wmt-mqm-human-evaluation"
#: TED's raters differ a lot in severity; these four mark a major error only where one is.
LENIENT = {"rater4", "rater5", "rater6", "rater7"}
DRAWS = 200
BINS = 10


def read(path: Path) -> list[Row]:
    """The rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def scored(evaluator: Evaluator, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, float]]:
    """Every score of each (reference, hypothesis), higher for better throughout."""
    distinct = sorted(set(pairs))
    chrf = CHRF(word_order=2)
    segments = evaluator.evaluate_pairs([r for r, _ in distinct], [h for _, h in distinct], profile="translation")
    return {pair: values(segment, pair, chrf) for pair, segment in zip(distinct, segments, strict=True)}


def values(segment: Segment, pair: tuple[str, str], chrf: CHRF) -> dict[str, float]:
    """Quality and drift, and the simpler scores that they have to beat."""
    reference, hypothesis = pair
    if segment.quality is None or segment.drift is None:
        raise ValueError(f"not scored: {segment.reasons} for {hypothesis!r}")
    return {
        "quality": segment.quality,
        "less drift": -segment.drift,
        "cosine": -1.0 if segment.similarity is None else segment.similarity,
        "chrF++": chrf.sentence_score(hypothesis, [reference]).score,
        "shortness": -float(len(hypothesis)),
    }


def demetr(evaluator: Evaluator, rows: list[Row], every: int) -> dict[str, Numbers]:
    """Print how often the translation without the error scores above the one with it, by kind of error."""
    rows = [r for r in rows if r["id"] // 2 % every == 0]
    of = scored(evaluator, [(r["ref"], r[side]) for r in rows for side in ("good", "bad")])
    names = ("quality", "less drift", "cosine", "chrF++")
    kinds: dict[str, list[list[bool]]] = defaultdict(list)
    for row in rows:
        good, bad = (of[row["ref"], row[side]] for side in ("good", "bad"))
        if row["pert_id"] == 35:  # here "bad" is the reference itself
            good, bad = bad, good
        kinds[row["pert_name"]].append([good[name] > bad[name] for name in names])
    print(f"{'DEMETR, good above bad':36}{'n':>6}" + "".join(f"{name:>12}" for name in names))
    means = {kind: np.mean(own, axis=0) for kind, own in sorted(kinds.items())}
    for kind, mean in means.items():
        print(f"{kind:36}{len(kinds[kind]):6}" + "".join(f"{share:12.3f}" for share in mean))
    table = np.array(list(means.values()))
    for title, row_of in (("mean over the kinds", table.mean(axis=0)), ("the worst kind", table.min(axis=0))):
        print(f"{title:42}" + "".join(f"{share:12.3f}" for share in row_of))
    serious = [r for r in rows if r["severity"] in ("major", "critical")]
    drift = np.array([-of[r["ref"], r[side]]["less drift"] for side in ("good", "bad") for r in serious])
    happened = np.repeat([0.0, 1.0], len(serious))
    return calibration("DEMETR", "a major or critical error was planted", drift, happened)


def wmt23(evaluator: Evaluator, rows: list[Row], every: int) -> dict[str, Numbers]:
    """Print agreement with three experts a segment on news."""
    rows = [r for r in rows if r["scored"] and not r["same_as_ref"] and r["seg"] % every == 0]
    of = scored(evaluator, [(r["ref"], r["hyp"]) for r in rows])
    bad = np.array([float(r["has_major_acc"]) for r in rows])
    table = [of[r["ref"], r["hyp"]] for r in rows]
    human = np.array([-r["mqm_mean"] for r in rows])
    agreement("WMT23", table, human, [r["seg"] for r in rows], bad, [r["seg"] for r in rows], [True] * len(rows))
    drift = np.array([-v["less drift"] for v in table])
    return calibration("WMT23", "a majority marked a major accuracy error", drift, bad)


def ted(evaluator: Evaluator, rows: list[Row], every: int) -> dict[str, Numbers]:
    """Print agreement with one expert a segment on talks, and the order of the systems."""
    rows = [r for r in rows if r["kind"] == "mt" and r["pos"] % every == 0]
    of = scored(evaluator, [(r["ref"], r["hyp"]) for r in rows])
    table = [of[r["ref"], r["hyp"]] for r in rows]
    human = np.array([-float(r["mqm"]) for r in rows])
    major = np.array([float(any(s["severity"] == "Major" for s in r["spans"])) for r in rows])
    meaning = ("Accuracy", "Terminology")
    wrong = [any(s["severity"] == "Major" and s["category"].startswith(meaning) for s in r["spans"]) for r in rows]
    lenient = [r["raters"][0] in LENIENT for r in rows]
    segments = [(r["doc"], r["seg_id"]) for r in rows]
    same = [(r["doc"], r["seg_id"], tuple(r["raters"])) for r in rows]
    agreement("TED", table, human, same, major, segments, lenient)
    ranking(rows, table, human)
    drift = np.array([-v["less drift"] for v, use in zip(table, lenient, strict=True) if use])
    happened = np.array([float(w) for w, use in zip(wrong, lenient, strict=True) if use])
    return calibration("TED", "a lenient rater marked a major accuracy error", drift, happened)


def agreement(
    title: str,
    table: Sequence[dict[str, float]],
    human: Numbers,
    groups: Sequence[Hashable],
    bad: Numbers,
    segments: Sequence[Hashable],
    judged: Sequence[bool],
) -> None:
    """Print concordance, AUROC and average precision of every score.

    Args:
        title: of the data.
        table: n rows of scores.
        human: n judgements, higher for better.
        groups: what may be compared: rows of one group.
        bad: 1 where there is a major error.
        segments: what the bootstrap draws.
        judged: the rows that AUROC and average precision are computed over.
    """
    use = np.flatnonzero(judged)
    members = rows_of([segments[i] for i in use])
    count = int(bad[use].sum())
    print(f"\n{title}: {len(table)} segments; for AUROC and AP {len(use)}, {count} of them with a major error")
    print(f"{'':12}{'concordance':>26}{'AUROC':>26}{'AP':>26}")
    for name in table[0]:
        said = np.array([row[name] for row in table])
        right, pairs = concordant(said, human, groups)
        cells = [interval(lambda drawn, r=right, n=pairs: r[drawn].sum() / n[drawn].sum(), len(right))]
        cells += [
            interval(lambda drawn, m=measure, s=said: m(bad, -s, picked(use, members, drawn)), len(members))
            for measure in (auroc, average_precision)
        ]
        print(f"{name:12}" + "".join(f"{cell:>26}" for cell in cells))


def rows_of(keys: Sequence[Hashable]) -> list[NDArray[np.int64]]:
    """The positions of each key."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        found[key].append(position)
    return [np.array(own) for own in found.values()]


def picked(use: NDArray[np.int64], members: list[NDArray[np.int64]], drawn: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows of the drawn segments."""
    return use[np.concatenate([members[i] for i in drawn])]


def auroc(bad: Numbers, said: Numbers, rows: NDArray[np.int64]) -> float:
    """Area under the ROC curve; NaN for a draw in which all or none are bad."""
    return float(roc_auc_score(bad[rows], said[rows])) if 0 < bad[rows].sum() < len(rows) else np.nan


def average_precision(bad: Numbers, said: Numbers, rows: NDArray[np.int64]) -> float:
    """Average precision; NaN for a draw in which none is bad."""
    return float(average_precision_score(bad[rows], said[rows])) if bad[rows].sum() else np.nan


def concordant(said: Numbers, human: Numbers, groups: Sequence[Hashable]) -> tuple[Numbers, Numbers]:
    """Right less wrong pairs, and pairs that people tell apart, in each group."""
    counts = []
    for own in rows_of(groups):
        first, second = np.triu_indices(len(own), 1)
        people = np.round(human[own[first]] - human[own[second]], 9)
        ours = said[own[first]] - said[own[second]]
        counts.append((np.sign(people * ours).sum(), np.count_nonzero(people)))
    right, pairs = np.array(counts, dtype=np.float64).T
    return right, pairs


def interval(measure: Callable[[NDArray[np.int64]], float], count: int) -> str:
    """A measure with its 95% bootstrap interval over so many units."""
    random = np.random.default_rng(0)
    found = [measure(random.integers(0, count, count)) for _ in range(DRAWS)]
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return f"{measure(np.arange(count)):.3f} ({low:.3f} to {high:.3f})"


def ranking(rows: list[Row], table: Sequence[dict[str, float]], human: Numbers) -> None:
    """Print the share of pairs of systems that each score puts in the order of people (Kocmi et al. 2021)."""
    systems = sorted({r["system"] for r in rows})
    place = {(r["doc"], r["seg_id"], r["system"]): i for i, r in enumerate(rows)}
    segments = sorted({(r["doc"], r["seg_id"]) for r in rows})
    grid = np.array(
        [[place[*s, name] for name in systems] for s in segments if all((*s, name) in place for name in systems)]
    )  # rows that every system has: shape (segments, systems)
    words = np.array([float(len(r["ref"].split())) for r in rows])[grid]
    people = human[grid]

    def means(name: str) -> Callable[[NDArray[np.int64]], Numbers]:
        said = np.array([row[name] for row in table])[grid]
        return lambda drawn: (said[drawn] * words[drawn]).sum(axis=0) / words[drawn].sum(axis=0)

    def corpus(name: str) -> Callable[[NDArray[np.int64]], Numbers]:
        counts = metrics.statistics(name, [r["ref"] for r in rows], [r["hyp"] for r in rows])[grid]
        sign = -1.0 if name == "ter" else 1.0
        return lambda drawn: sign * metrics.from_statistics(name, counts[drawn].sum(axis=0))

    ways = {name: means(name) for name in ("quality", "less drift", "cosine", "chrF++")}
    ways |= {label: corpus(name) for label, name in (("BLEU", "bleu"), ("chrF", "chrf"), ("TER", "ter"))}
    pairs = list(combinations(range(len(systems)), 2))
    print(f"\norder of {len(systems)} systems over {len(grid)} segments: pairs in the order of people, of {len(pairs)}")
    for name, way in ways.items():

        def accuracy(drawn: NDArray[np.int64], way: Callable[[NDArray[np.int64]], Numbers] = way) -> float:
            said, true = way(drawn), people[drawn].mean(axis=0)
            return float(np.mean([(said[a] > said[b]) == (true[a] > true[b]) for a, b in pairs]))

        print(f"{name:12}{interval(accuracy, len(grid)):>26}")


def calibration(name: str, event: str, drift: Numbers, happened: Numbers) -> dict[str, Numbers]:
    """Print the expected calibration error over bins of equal count; the bins, for the plot."""
    parts = np.array_split(np.argsort(drift, kind="stable"), BINS)
    bins = np.array([(drift[p].mean(), happened[p].mean(), len(p)) for p in parts if len(p)])
    error = float((np.abs(bins[:, 0] - bins[:, 1]) * bins[:, 2]).sum() / bins[:, 2].sum())
    print(f"\n{name}, calibration error of drift for “{event}”: {error:.3f} (base rate {happened.mean():.3f})")
    return {name: bins}


def reliability(curves: dict[str, Numbers]) -> str:
    """Reliability diagram as SVG: mean drift of each bin against the share of errors, with 95% Wilson intervals."""
    size, margin = 360, 48
    colours = ("#0b6fa4", "#b3460f", "#3f7d20")

    def at(x: float, y: float) -> tuple[float, float]:
        return round(margin + x * size, 1), round(margin + (1 - y) * size, 1)

    (left, bottom), (right, top) = at(0, 0), at(1, 1)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 2 * margin} {size + 2 * margin}" '
        'font-family="sans-serif" font-size="12" role="img"><title>Reliability of drift</title>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="#999"/>',
        f'<path d="M{left} {bottom}L{right} {top}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tick in np.linspace(0, 1, 6):
        (x, _), (_, y) = at(tick, 0), at(0, tick)
        out.append(f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{tick:.1f}</text>')
        out.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{tick:.1f}</text>')
    middle = margin + size / 2
    out.append(f'<text x="{middle}" y="{bottom + 36}" text-anchor="middle">drift</text>')
    out.append(
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">share with a major error</text>'
    )
    for (name, bins), colour, line in zip(curves.items(), colours, range(len(curves)), strict=False):
        points = [at(x, y) for x, y, _ in bins]
        path = " ".join(f"{x},{y}" for x, y in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for mean, share, n in bins:
            (x, low), (_, high) = (at(mean, end) for end in wilson(share, n))
            out.append(f'<path d="M{x} {low}V{high}" stroke="{colour}"/>')
            out.append(f'<circle cx="{x}" cy="{at(mean, share)[1]}" r="3" fill="{colour}"/>')
        out.append(f'<text x="{left + 10}" y="{top + 18 + 16 * line}" fill="{colour}">{name}</text>')
    return "\n".join([*out, "</svg>\n"])


def wilson(share: float, n: float) -> tuple[float, float]:
    """95% interval of a share (Wilson 1927)."""
    z = 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


SETS: dict[str, tuple[str, str, Callable[[Evaluator, list[Row], int], dict[str, Numbers]]]] = {
    "demetr": ("demetr", "https://github.com/marzenakrp/demetr", demetr),
    "wmt23": ("wmt23_mqm", f"{MQM} and https://github.com/wmt-conference/wmt23-news-systems", wmt23),
    "ted": ("ted_mqm", MQM, ted),
}


def main() -> int:
    """Run what can be run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.environ.get("EVALTOOL_BENCHMARKS", ""))
    parser.add_argument("--only", default=",".join(SETS), help="which data: demetr, wmt23, ted")
    parser.add_argument("--every", type=int, default=1, help="use one source segment in N")
    parser.add_argument("--plot", type=Path, help="write the reliability diagram of drift here, as SVG")
    args = parser.parse_args()
    curves: dict[str, Numbers] = {}
    evaluator = Evaluator()
    if unknown := set(args.only.split(",")) - set(SETS):
        parser.error(f"--only: {', '.join(sorted(unknown))} is none of {', '.join(SETS)}")
    for name in args.only.split(","):
        folder, source, measure = SETS[name]
        path = Path(args.folder) / folder / "dev.jsonl.gz"
        if not args.folder or not path.exists():
            print(f"No data at {path}: name its folder or set EVALTOOL_BENCHMARKS. It comes from {source}.")
            continue
        curves |= measure(evaluator, read(path), args.every)
        print()
    if args.plot and curves:
        args.plot.write_text(reliability(curves), encoding="utf-8")
        print(f"reliability diagram: {args.plot}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
