"""How well sentences are aligned, beside two baselines, and what it costs.

    python tests/benchmarks/alignment.py [DATA_FOLDER]

The data folder (default: the environment variable EVALTOOL_BENCHMARKS) holds ``ted_alignment/dev.jsonl.gz``: pairs of
documents with a known alignment, one JSON object a line with ``ref`` and ``hyp`` (sentences), ``gold`` (pairs of
reference and variant indexes, empty where a sentence has no partner) and ``cond``. The documents are made from human
and machine translations of the TED talks in https://github.com/google/wmt-mqm-human-evaluation (TED zh-en MQM; Freitag
et al. 2021, arXiv:2104.14478), by merging, splitting, deleting, inserting and moving sentences, and, for ``natural``,
by splitting running text anew on both sides.

Link F1 counts pairs of sentences, group F1 whole groups, gap F1 sentences without a partner.
"""

# ruff: noqa: T201 -- a script that prints its results
from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaltool.alignment import align, mismatch
from evaltool.embedding import Encoder

Vectors = NDArray[np.float32]
Groups = list[tuple[tuple[int, ...], tuple[int, ...]]]
Aligner = Callable[[Vectors, Vectors, list[int], list[int]], Groups]

SOURCE = "https://github.com/google/wmt-mqm-human-evaluation (TED zh-en MQM)"


def evaltool(a: Vectors, b: Vectors, a_lengths: list[int], b_lengths: list[int]) -> Groups:
    """The project's own aligner."""
    return [(group.reference, group.variant) for group in align(a, b, a_lengths, b_lengths)]


def mutual_nearest(a: Vectors, b: Vectors, *_: list[int]) -> Groups:
    """Pairs of sentences that are each other's nearest."""
    cosines = a @ b.T
    best_b, best_a = cosines.argmax(1), cosines.argmax(0)
    return complete([((i,), (int(j),)) for i, j in enumerate(best_b) if best_a[j] == i], len(a), len(b))


def monotone(a: Vectors, b: Vectors, a_lengths: list[int], b_lengths: list[int]) -> Groups:
    """Dynamic programming over groups in order (Gale and Church 1993), cosines of merged vectors as the gain."""
    n, m = len(a), len(b)
    gains = {}
    for p, q in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2)):
        if p <= n and q <= m:
            (ours, a_spans), (theirs, b_spans) = merged(a, a_lengths, p), merged(b, b_lengths, q)
            alike = np.minimum.outer(a_spans, b_spans) / np.maximum.outer(a_spans, b_spans)
            gains[p, q] = ours @ theirs.T * np.log2(1 + alike) - 0.05 * (p + q - 2)
    total = np.zeros((n + 1, m + 1))
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        for j in range(m + 1):
            options = [(total[i - 1, j], (1, 0))] if i else []
            options += [(total[i, j - 1], (0, 1))] if j else []
            options += [
                (total[i - p, j - q] + gain[i - p, j - q], (p, q))
                for (p, q), gain in gains.items()
                if p <= i and q <= j
            ]
            if options:
                total[i, j], step[i, j] = max(options)
    groups = []
    while (n, m) in step:
        p, q = step[n, m]
        n, m = n - p, m - q
        if p and q:
            groups.append((tuple(range(n, n + p)), tuple(range(m, m + q))))
    return complete(groups, len(a), len(b))


def merged(vectors: Vectors, lengths: list[int], size: int) -> tuple[Vectors, NDArray[np.float64]]:
    """Vectors and lengths of all runs of so many sentences."""
    weighted = vectors * np.array(lengths, np.float32)[:, None]
    count = len(vectors) - size + 1
    total = np.sum([weighted[x : x + count] for x in range(size)], axis=0)
    spans = np.sum([lengths[x : x + count] for x in range(size)], axis=0, dtype=np.float64)
    return np.asarray(total / np.linalg.norm(total, axis=1, keepdims=True)), np.asarray(spans)


def complete(groups: Groups, n: int, m: int) -> Groups:
    """The groups and every sentence that is in none of them."""
    used_a = {i for ours, _ in groups for i in ours}
    used_b = {j for _, theirs in groups for j in theirs}
    alone: Groups = [((i,), ()) for i in range(n) if i not in used_a]
    return groups + alone + [((), (j,)) for j in range(m) if j not in used_b]


def counts(said: Groups, gold: Groups) -> NDArray[np.int64]:
    """Right, said and true: links, groups, sentences without a partner; shape (3, 3)."""
    rows = []
    for view in (
        lambda groups: {(i, j) for ours, theirs in groups for i in ours for j in theirs},
        lambda groups: {group for group in groups if group[0] and group[1]},
        lambda groups: {
            (k, side) for pair in groups if not (pair[0] and pair[1]) for side in (0, 1) for k in pair[side]
        },
    ):
        ours, true = view(said), view(gold)
        rows.append((len(ours & true), len(ours), len(true)))
    return np.array(rows)


def f1(row: NDArray[np.int64]) -> str:
    """F1, or a dash where there is nothing to find."""
    return f"{2 * row[0] / (row[1] + row[2]):.4f}" if row[2] else "   -  "


def quality(path: Path) -> None:
    """Print the table of F1 per condition and aligner."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        documents: list[dict[str, Any]] = [json.loads(line) for line in file if line.strip()]
    sentences = sorted({text for doc in documents for side in ("ref", "hyp") for text in doc[side]})
    start = time.perf_counter()
    vector = {text: e.vector for text, e in zip(sentences, Encoder().encode(sentences), strict=True)}
    print(f"{len(documents)} documents, {len(sentences)} sentences encoded in {time.perf_counter() - start:.1f} s")

    aligners: tuple[Aligner, ...] = (evaltool, mutual_nearest, monotone)
    tallies: dict[tuple[str, str], NDArray[np.int64]] = defaultdict(lambda: np.zeros((3, 3), np.int64))
    for doc in documents:
        a, b = (np.array([vector[text] for text in doc[side]]) for side in ("ref", "hyp"))
        lengths = [[len(text) for text in doc[side]] for side in ("ref", "hyp")]
        gold = [(tuple(ours), tuple(theirs)) for ours, theirs in doc["gold"]]
        for aligner in aligners:
            row = counts(aligner(a, b, *lengths), gold)
            for condition in (doc["cond"], "all"):
                tallies[condition, aligner.__name__] += row
    print(f"{'':10}" + "".join(f"{aligner.__name__:^26}" for aligner in aligners))
    print(f"{'condition':10}" + "  link   group    gap     " * len(aligners))
    for condition in dict.fromkeys(key for key, _ in tallies):
        cells = ("  ".join(map(f1, tallies[condition, aligner.__name__])) for aligner in aligners)
        print(f"{condition:10}" + "    ".join(cells))
    wrong_articles(documents, vector)


def wrong_articles(documents: list[dict[str, Any]], vector: dict[str, Vectors]) -> None:
    """Print how many right and wrong pairs of documents are reported as hardly corresponding."""
    natural = [doc for doc in documents if doc["cond"] == "natural"]
    reported = {"right": [0, 0], "wrong": [0, 0]}
    for ours in natural:
        for theirs in natural:
            # Other parts of the same talk share much of their content: neither right nor clearly wrong.
            if ours is not theirs and ours["talk"] == theirs["talk"]:
                continue
            a, b = (np.array([vector[text] for text in texts]) for texts in (ours["ref"], theirs["hyp"]))
            lengths = [len(text) for text in ours["ref"]], [len(text) for text in theirs["hyp"]]
            tally = reported["right" if ours is theirs else "wrong"]
            tally[0] += mismatch(align(a, b, *lengths), *lengths) is not None
            tally[1] += 1
    print("reported as hardly corresponding: " + ", ".join(f"{r} of {n} {k}" for k, (r, n) in reported.items()))


def cost() -> None:
    """Print CPU time with vectors ready, beside one matrix product of the same vectors."""
    random = np.random.default_rng(0)
    print("synthetic texts, CPU seconds with vectors ready (run with OMP_NUM_THREADS=1 for one thread)")
    beyond = {}
    for count in (1_000, 10_000):
        a = random.standard_normal((count, 384)).astype(np.float32)
        a /= np.linalg.norm(a, axis=1, keepdims=True)
        b = a + 0.03 * random.standard_normal(a.shape).astype(np.float32)
        b /= np.linalg.norm(b, axis=1, keepdims=True)
        lengths = [80] * count
        one = cpu(partial(multiply, a, b))
        whole = cpu(partial(align, a, b, lengths, lengths))
        beyond[count] = (whole - one) / count * 1e6
        print(
            f"{count:6,}: product {one:.3f}, aligning {whole:.3f}, beyond the product {beyond[count]:.0f} µs a sentence"
        )
    print(f"growth a sentence beyond the product: {beyond[10_000] / beyond[1_000]:.2f} times")


def multiply(a: Vectors, b: Vectors) -> None:
    """One matrix product, in blocks so that it needs no more memory than the aligner."""
    for start in range(0, len(a), 256):
        np.matmul(a[start : start + 256], b.T)


def cpu(work: Callable[[], object]) -> float:
    """The least CPU seconds of three runs."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> int:
    """Run what can be run."""
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("EVALTOOL_BENCHMARKS", "")
    path = Path(folder) / "ted_alignment" / "dev.jsonl.gz"
    if not folder or not path.exists():
        print(f"No alignment data at {path}: name its folder or set EVALTOOL_BENCHMARKS. It is made from {SOURCE}.")
        return 0
    quality(path)
    cost()
    return 0


if __name__ == "__main__":
    sys.exit(main())
