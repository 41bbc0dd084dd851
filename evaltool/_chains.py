"""Array work under the alignment: finding neighbours, merging runs of sentences, choosing among overlapping groups.

Every sentence may be in one group only, and a group is worth more when another group continues it on both sides. The
best choice under these two rules is a weighted set packing with pairwise gains; loopy max-product belief propagation
(Pearl 1988) finds a good one on sparse candidates in a few passes of array arithmetic. It treats both sides and all
positions alike, so a moved paragraph is as welcome as one that stayed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]

# Passes of belief propagation: beliefs change by less than a thousandth after some 20; damping stops oscillation.
PASSES = 20
DAMPING = 0.5

BLOCK = 256  # rows of the matrix product held at once
CHUNK = 16  # values of which only the maximum is looked at first; divides BLOCK


class Side:
    """One text: its vectors, its lengths, and what merged runs of up to ``longest`` of its sentences need.

    Attributes:
        vectors: normalised sentence vectors, shape (n, d).
        lengths: characters per sentence, at least 1, shape (n,).
        norms: norms[k][i] is the norm of the length-weighted sum of the k sentences from i.
        spans: spans[k][i] is their length.
        near: near[k][i] is the cosine of sentence i with the one k places later.
    """

    def __init__(self, vectors: Vectors, lengths: Sequence[int] | Ints, longest: int) -> None:
        self.vectors = np.asarray(vectors, dtype=np.float32)
        self.lengths = np.maximum(np.asarray(lengths, dtype=np.float64), 1.0)
        n = len(self.vectors)
        weighted = self.vectors * self.lengths[:, None].astype(np.float32)
        total, length = weighted, self.lengths
        self.norms, self.spans = [np.ones(n)], [np.ones(n)]
        for size in range(1, longest + 1):
            if size > 1:
                total, length = total[:-1] + weighted[size - 1 :], length[:-1] + self.lengths[size - 1 :]
            norm, span = np.ones(n), np.ones(n)
            norm[: len(total)] = np.maximum(np.sqrt(np.einsum("ij,ij->i", total, total)), 1e-9)
            span[: len(total)] = length
            self.norms.append(norm)
            self.spans.append(span)
        self.near = [np.ones(n)]
        for offset in range(1, longest):
            at = np.arange(n - offset)
            self.near.append(np.r_[cosines(self.vectors, self.vectors, at, at + offset), np.zeros(min(offset, n))])

    def relevance(self, first: Ints, products: Floats, other_norm: Floats) -> Floats:
        """The smaller partial correlation of a run's outer sentences with the other side, given the rest of the run.

        Merging a short sentence into a long one hardly changes its vector; this tells whether the other side says it.

        Args:
            first: where each run starts, shape (k,).
            products: length-weighted products of each sentence of the run with the other side, shape (size, k).
            other_norm: norm of the other side's weighted sum, shape (k,).

        Returns:
            -1..1, shape (k,).
        """
        size = len(products)
        least = np.ones(len(first))
        for edge in (0, size - 1):
            rest = [x for x in range(size) if x != edge]
            rest_norm = self.norms[size - 1][first + rest[0]]
            with_rest = (products.sum(0) - products[edge]) / (rest_norm * other_norm)
            with_edge = products[edge] / (self.lengths[first + edge] * other_norm)
            shared = (
                sum(self.near[abs(x - edge)][first + min(x, edge)] * self.lengths[first + x] for x in rest) / rest_norm
            )
            spread = np.sqrt(np.maximum((1.0 - with_rest**2) * (1.0 - shared**2), 1e-4))
            least = np.minimum(least, (with_edge - with_rest * shared) / spread)
        return least


def cosines(a: Vectors, b: Vectors, i: Ints, j: Ints) -> Floats:
    """Cosines of chosen pairs; the same to the last bit with the sides exchanged, which a matrix product is not."""
    out = np.empty(len(i))
    for start in range(0, len(i), 1024):  # small enough for the processor's cache
        part = slice(start, start + 1024)
        out[part] = np.einsum("ij,ij->i", a[i[part]], b[j[part]])
    return np.round(out, 6)


class Cells(NamedTuple):
    """Known cosines of a sparse set of sentence pairs; a pair's key is i * width + j, and keys ascend."""

    keys: Ints
    values: Floats
    width: int

    def at(self, i: Ints, j: Ints) -> Floats:
        """Cosines of pairs, all of which must be known."""
        return np.asarray(self.values[np.searchsorted(self.keys, i * self.width + j)])


class Candidates(NamedTuple):
    """Candidate groups: ``size_i`` reference sentences from ``i``, ``size_j`` variant sentences from ``j``.

    Attributes:
        i: first reference sentence, shape (k,).
        j: first variant sentence.
        size_i: number of reference sentences, at least 1.
        size_j: number of variant sentences, at least 1.
        gain: what the group is worth without neighbours.
    """

    i: Ints
    j: Ints
    size_i: Ints
    size_j: Ints
    gain: Floats


class _Runs:
    """Values that belong to the same key, for keys in any order; values are given and returned ordered by key."""

    def __init__(self, keys: Ints) -> None:
        self.order = np.argsort(keys, kind="stable")
        ordered = keys[self.order]
        self.first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        self.keys = ordered[self.first]
        self.run = np.repeat(np.arange(len(self.first)), np.diff(np.r_[self.first, len(keys)]))

    def maxima(self, values: Floats) -> Floats:
        return np.asarray(np.maximum.reduceat(values, self.first))

    def sums(self, values: NDArray[np.bool_]) -> Ints:
        return np.asarray(np.add.reduceat(values, self.first, dtype=np.int64))

    def spread(self, values: Floats) -> Floats:
        return np.asarray(values[self.run])


class _Links:
    """Which groups may follow which: cells where groups start, at most ``skip`` after the cells where others end."""

    def __init__(self, groups: Candidates, m: int, bonus: float, decay: float, skip: int) -> None:
        width = m + 2 * skip + 2  # no end of a group, nor what may follow it, reaches the next row of keys
        steps = [(a, b) for a in range(skip + 1) for b in range(skip + 1) if bonus > decay * (a + b)]
        self.bonus = np.array([bonus - decay * (a + b) for a, b in steps])[:, None]
        self.starts = _Runs(groups.i * width + groups.j)
        self.ends = _Runs((groups.i + groups.size_i) * width + groups.j + groups.size_j)
        offsets = np.array([a * width + b for a, b in steps])[:, None]
        self.start_after = _find(self.starts.keys, self.ends.keys + offsets)
        self.end_before = _find(self.ends.keys, self.starts.keys - offsets)

    def neighbours(self, as_next: Floats, as_previous: Floats) -> tuple[Floats, Floats]:
        """What the best next and the best previous group add to each group.

        At most the bonus, however long the chain behind the neighbour: long chains must not outvote content.

        Args:
            as_next: belief in each group, leaving aside what precedes it.
            as_previous: belief in each group, leaving aside what follows it.
        """
        following = self._best(self.starts, as_next, self.start_after)
        leading = self._best(self.ends, as_previous, self.end_before)
        after, before = np.empty(len(as_next)), np.empty(len(as_next))
        after[self.ends.order] = self.ends.spread(following)
        before[self.starts.order] = self.starts.spread(leading)
        return after, before

    def _best(self, cells: _Runs, values: Floats, found: Ints) -> Floats:
        best = np.r_[cells.maxima(values[cells.order]), -np.inf]
        return np.asarray(np.minimum(np.maximum(best[found] + self.bonus, 0.0), self.bonus).max(0))


def _find(keys: Ints, wanted: Ints) -> Ints:
    """Where each wanted value is in the ascending keys; the number of keys where it is not."""
    found = np.searchsorted(keys, wanted)
    return np.where(np.r_[keys, -1][found] == wanted, found, len(keys))


def beliefs(groups: Candidates, n: int, m: int, bonus: float, decay: float, skip: int) -> Floats:
    """How much better the best choice is with each group than without it, approximately.

    Args:
        groups: the candidates.
        n: number of reference sentences.
        m: number of variant sentences.
        bonus: gain where one group directly continues another on both sides.
        decay: what each sentence left out between two groups takes from the bonus.
        skip: at most so many sentences may be left out on each side.

    Returns:
        One value per candidate; above 0 where it belongs into the choice.
    """
    count = len(groups.i)
    if not count:
        return np.zeros(0)
    member, sentence = members(groups, n)
    by_sentence = _Runs(sentence)
    member = member[by_sentence.order]
    links = _Links(groups, m, bonus, decay, skip)
    after, before, rival = np.zeros(count), np.zeros(count), np.zeros(len(member))

    for _ in range(PASSES):
        belief = groups.gain + after + before - np.bincount(member, rival, count)
        # A sentence tells each of its groups the best that its other groups offer.
        offer = belief[member] + rival
        best = by_sentence.maxima(offer)
        is_best = offer == by_sentence.spread(best)
        second = by_sentence.maxima(np.where(is_best, -np.inf, offer))
        second = np.where(by_sentence.sums(is_best) > 1, best, second)
        other = np.where(is_best, by_sentence.spread(second), by_sentence.spread(best))
        rival += DAMPING * (np.maximum(0.0, other) - rival)
        following, leading = links.neighbours(belief - before, belief - after)
        after += DAMPING * (following - after)
        before += DAMPING * (leading - before)
    return np.asarray(groups.gain + after + before - np.bincount(member, rival, count))


def choose(groups: Candidates, belief: Floats) -> list[int]:
    """Indexes of the chosen groups: the strongest beliefs above 0 that share no sentence.

    Ties fall to the group nearest the start of both texts, then to the one nearest the diagonal: the same from
    either side.
    """
    strength = np.round(belief, 6)
    order = np.lexsort((np.abs(groups.i - groups.j), groups.i + groups.j, -strength))
    order = order[strength[order] > 0]
    used_i: set[int] = set()
    used_j: set[int] = set()
    chosen = []
    columns = (groups.i, groups.j, groups.size_i, groups.size_j)
    for k, i, j, p, q in zip(order.tolist(), *(c[order].tolist() for c in columns), strict=True):
        mine, yours = range(i, i + p), range(j, j + q)
        if used_i.isdisjoint(mine) and used_j.isdisjoint(yours):
            used_i.update(mine)
            used_j.update(yours)
            chosen.append(k)
    return chosen


def members(groups: Candidates, n: int) -> tuple[Ints, Ints]:
    """Every pair of a group and a sentence in it; variant sentences are numbered from n on."""
    member, sentence = [], []
    for size, first in ((groups.size_i, groups.i), (groups.size_j, groups.j + n)):
        for offset in range(int(size.max(initial=1))):
            inside = np.flatnonzero(size > offset)
            member.append(inside)
            sentence.append(first[inside] + offset)
    return np.concatenate(member), np.concatenate(sentence)


def heaviest_increasing(values: Sequence[int], weights: Sequence[float]) -> set[int]:
    """Positions of an increasing subsequence of the greatest total weight, for distinct values and positive weights."""
    # Ends of the best chains so far: none weighs less than one that ends lower.
    ends: list[int] = []
    totals: list[float] = []
    last: list[int] = []
    back: list[int] = []
    for k, (value, weight) in enumerate(zip(values, weights, strict=True)):
        place = bisect_left(ends, value)
        back.append(last[place - 1] if place else -1)
        total = weight + (totals[place - 1] if place else 0.0)
        worse = place
        while worse < len(ends) and totals[worse] <= total:
            worse += 1
        ends[place:worse], totals[place:worse], last[place:worse] = [value], [total], [k]
    out = set()
    k = last[-1] if last else -1
    while k >= 0:
        out.add(k)
        k = back[k]
    return out


def nearest(a: Vectors, b: Vectors, count: int) -> tuple[Ints, Ints]:
    """The nearest sentences of the other side, best first, from one matrix product that is never kept whole.

    Both directions look at the maxima of chunks of the product: the best few values lie in the chunks with the best few
    maxima. For the columns these become known block by block, so a chunk is kept when it beats the best so far.

    Args:
        a: normalised vectors, shape (n, d), n at least 1.
        b: normalised vectors, shape (m, d), m at least 1.
        count: how many neighbours.

    Returns:
        For each row of a, rows of b, shape (n, min(count, m)), and the other way round.
    """
    n, m = len(a), len(b)
    width = -(-m // CHUNK)  # a chunk of a row is every width-th value: maxima over it run along memory
    height = BLOCK // CHUNK
    padded = np.zeros((width * CHUNK, b.shape[1]), np.float32)
    padded[:m] = b
    product = np.empty((BLOCK, width * CHUNK), np.float32)
    of_rows = np.empty((n, min(count, m)), np.int64)
    bound = np.full((min(count, n), m), -np.inf, np.float32)  # the best chunk maxima of each column, descending
    kept = []
    for start in range(0, n, BLOCK):
        size = min(BLOCK, n - start)
        np.matmul(a[start : start + size], padded.T, out=product[:size])
        product[size:], product[:, m:] = -2.0, -2.0

        maxima = product[:size].reshape(size, CHUNK, width).max(1)
        few = min(count, width)
        chunks = np.argpartition(-maxima, few - 1, axis=1)[:, :few]
        places = (chunks[:, :, None] + np.arange(CHUNK) * width).reshape(size, -1)
        values = np.take_along_axis(product[:size], places, 1)
        best = np.lexsort((places, -np.round(values, 6)))[:, : min(count, m)]
        of_rows[start : start + size] = np.take_along_axis(places, best, 1)

        maxima = product.reshape(CHUNK, height, -1).max(0)[:, :m]
        chunk, column = np.nonzero(maxima > bound[-1])
        inside = chunk[:, None] + np.arange(CHUNK) * height
        kept.append((np.repeat(column, CHUNK), (inside + start).ravel(), product[inside, column[:, None]].ravel()))
        for row in maxima:
            value = row
            for rank in bound:
                value, rank[:] = np.minimum(rank, value), np.maximum(rank, value)
    columns, rows, values = (np.concatenate(part) for part in zip(*kept, strict=True))
    good = (values >= bound[-1][columns] - 1e-6) & (rows < n)
    columns, rows, values = columns[good], rows[good], np.round(values[good], 6)
    order = np.lexsort((rows, -values, columns))
    first = np.searchsorted(columns[order], np.arange(m))
    return of_rows, rows[order][first[:, None] + np.arange(min(count, n))]
