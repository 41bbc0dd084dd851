"""Sentences of two texts and their vectors -> groups of sentences that say the same.

A group is a contiguous run on both sides (1-1, 1-2, 2-1, ... 3-2); groups may stand in any order, and every sentence is
in exactly one of them. An omitted or added sentence is a group with an empty other side. A sentence that repeats what
another one has said already (a headline before its lead) belongs to the group where it fits best; `echoes` finds what
else it restates.

Candidates are the nearest neighbours and the surroundings of mutual nearest pairs, so time and memory grow with the
number of sentences; only the matrix product that finds the neighbours is quadratic, and it is never kept whole. What a
candidate gains follows Vecalign (Thompson and Koehn 2019) in merging sentence vectors, Bertalign (Liu and Zhu 2022) in
weighing them by length, and margin-based mining (Artetxe and Schwenk 2019) in asking what the sentences could have
elsewhere. The choice is made twice: cautiously first, which shows how much of each side has no partner, and then with
prices that fit this, among the sentences still free and around the pairs that are sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from evaltool._absorb import Pair, absorb
from evaltool._chains import (
    Candidates,
    Cells,
    Floats,
    Ints,
    Side,
    Vectors,
    beliefs,
    choose,
    cosines,
    heaviest_increasing,
    members,
    nearest,
)

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2))
LONGEST = max(map(max, SHAPES))

NEIGHBOURS = 5  # nearest sentences kept on the other side: more than a group can hold, so that a rival remains
REACH = 3  # candidates are looked for so many sentences before and after a mutual nearest pair ...
DRIFT = 2  # ... and so far off its diagonal

# Weights of a group's gain, in units of cosine; fitted on documents with known alignments.
RIVALRY = 0.75  # what its sentences could have elsewhere
LENGTH = 0.05  # the squared logarithm of the ratio of its lengths
RELEVANCE = 0.25  # the partial correlation that a merged sentence should have with the other side
IRRELEVANCE = 0.5  # what a merged sentence lacks in relevance
BONUS = 0.3  # following the neighbour on both sides
SKIP = 2  # ... even with so many sentences left out in between


class _Prices(NamedTuple):
    """What the willingness to leave sentences unpaired changes."""

    pair: float  # of any group
    more_reference: float  # of each further reference sentence
    more_variant: float
    skip: float  # of each sentence left out between neighbours


CAUTIOUS = _Prices(pair=0.0, more_reference=0.05, more_variant=0.05, skip=0.08)
SURE = 0.5  # belief from which a pair of the cautious choice keeps others from claiming its sentences
# Prices of the second choice: a base where nothing is left over, and what the logarithm of the share left over adds:
# a price is a prior log-odds that a sentence has no partner. Shares far below RARE hardly count.
RARE = 0.02
PAIR, PAIR_RISE = -0.05, 0.03
MORE, MORE_RISE = -0.1, 0.12
SKIPPED = 0.12
STEEPNESS = 6.0  # of the logistic curve from belief to certainty
CORRESPONDING = 0.45  # share of the text, on the better side, that needs a sure counterpart
SHIFT_GAIN = 0.2  # by how much the mean cosine of shifted lines must be better
LARGEST_SHIFT = 10
ECHO = 0.65  # cosine from which sentences outside one group say much the same


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that say the same, or one that has no partner.

    Attributes:
        reference: 0-based reference sentences, a contiguous run; empty for an addition.
        variant: 0-based variant sentences, a contiguous run; empty for an omission.
        certainty: 0..1, how clearly this beats every other alignment of these sentences.
        moved: whether it stands out of order: outside the longest text, in characters, that keeps its order.
    """

    reference: tuple[int, ...]
    variant: tuple[int, ...]
    certainty: float
    moved: bool


def align(
    reference_vectors: Vectors,
    variant_vectors: Vectors,
    reference_lengths: Sequence[int] | Ints,
    variant_lengths: Sequence[int] | Ints,
) -> list[Group]:
    """Align two texts sentence by sentence, in any order.

    Exchanging the sides gives the mirrored groups.

    Args:
        reference_vectors: normalised sentence vectors, shape (n, d).
        variant_vectors: normalised sentence vectors, shape (m, d).
        reference_lengths: characters per sentence, shape (n,).
        variant_lengths: characters per sentence, shape (m,).

    Returns:
        Groups in the order of the variant; an omission stands after the group that holds the reference sentence before
        it. Each sentence is in exactly one group.
    """
    n, m = len(reference_vectors), len(variant_vectors)
    if not n or not m:
        return [Group((i,), (), 1.0, False) for i in range(n)] + [Group((), (j,), 1.0, False) for j in range(m)]
    if n == m and np.array_equal(reference_vectors, variant_vectors):
        return [Group((i,), (i,), 1.0, False) for i in range(n)]  # the same text, whatever it repeats
    sides = (Side(reference_vectors, reference_lengths, LONGEST), Side(variant_vectors, variant_lengths, LONGEST))
    options = _options(*sides)

    groups = _priced(options, CAUTIOUS, np.full(n, -1), np.full(m, -1))
    belief = beliefs(groups, n, m, BONUS, CAUTIOUS.skip, SKIP)
    chosen = choose(groups, belief)
    held_a, held_b = _holders(groups, [k for k in chosen if belief[k] > SURE], n, m)
    # Sentences nearly worth joining to a neighbour count in part: most of them will find their place.
    alone_a, alone_b = _alone(groups, belief, n, m)
    taken_a, taken_b = _holders(groups, chosen, n, m)
    left_a, left_b = float((alone_a * (taken_a < 0)).mean()), float((alone_b * (taken_b < 0)).mean())

    prices = _Prices(
        pair=PAIR + PAIR_RISE * _rarity((left_a * left_b) ** 0.5),
        more_reference=MORE + MORE_RISE * _rarity(left_a),
        more_variant=MORE + MORE_RISE * _rarity(left_b),
        skip=SKIPPED,
    )
    groups = _priced(options, prices, held_a, held_b)
    belief = beliefs(groups, n, m, BONUS, prices.skip, SKIP)
    return _in_order(groups, belief, *sides)


def _rarity(left: float) -> float:
    """How much more willing to leave a sentence unpaired, by the share of sentences left over; 0 where none is."""
    return float(np.log1p(left / RARE))


class _Options(NamedTuple):
    """Candidate groups of all shapes before they are priced, one row each, and the sentences' nearest neighbours."""

    i: Ints
    j: Ints
    size_i: Ints
    size_j: Ints
    cosine: Floats  # of the merged vectors
    likeness: Floats  # cosine weighted by how alike the lengths are
    relevance: Floats  # the least that an outer sentence of a run adds to the likeness
    nearest_a: Ints  # shape (neighbours, n), best first
    nearest_a_cosines: Floats
    nearest_b: Ints
    nearest_b_cosines: Floats


def _options(a: Side, b: Side) -> _Options:
    """All candidates that could ever be worth choosing."""
    n, m = len(a.vectors), len(b.vectors)
    rows, columns = np.arange(n), np.arange(m)
    near_a, near_b = nearest(a.vectors, b.vectors, NEIGHBOURS)
    near_a_cells = np.repeat(rows, near_a.shape[1]), near_a.ravel()
    near_b_cells = near_b.ravel(), np.repeat(columns, near_b.shape[1])
    mutual = np.flatnonzero(near_b[near_a[:, 0], 0] == rows)
    partner = near_a[mutual, 0]

    steps = [(x, x + y) for x in range(-REACH, REACH + 1) for y in range(-DRIFT, DRIFT + 1)]
    band = _around(mutual, partner, steps, n, m)
    single = np.unique(np.r_[band, near_a_cells[0] * m + near_a_cells[1], near_b_cells[0] * m + near_b_cells[1]])
    inside = sorted({(x, y) for p, q in SHAPES for x in range(p) for y in range(q)})
    keys = np.union1d(single, _around(band // m, band % m, inside, n, m))
    cells = Cells(keys, cosines(a.vectors, b.vectors, keys // m, keys % m), m)

    # How much longer the reference is than the variant, as a rule: languages and systems differ in wordiness.
    wordiness = float(np.median(np.log(a.lengths[mutual] / b.lengths[partner]))) if len(mutual) else 0.0
    parts = []
    for p, q in SHAPES:
        start = single if p == q == 1 else band
        i, j = start // m, start % m
        fits = (i + p <= n) & (j + q <= m)
        parts.append(_shape_options(a, b, cells, i[fits], j[fits], (p, q), wordiness))
    i, j, size_i, size_j, cosine, likeness, relevance = (np.concatenate(part) for part in zip(*parts, strict=True))
    return _Options(
        i,
        j,
        size_i,
        size_j,
        cosine,
        likeness,
        relevance,
        near_a.T,
        cells.at(*near_a_cells).reshape(near_a.shape).T,
        near_b.T,
        cells.at(*near_b_cells).reshape(near_b.shape).T,
    )


def _around(i: Ints, j: Ints, steps: Sequence[tuple[int, int]], n: int, m: int) -> Ints:
    """Keys of the distinct cells of the matrix that the steps lead to from the cells (i, j)."""
    x, y = (np.add.outer(start, step).ravel() for start, step in zip((i, j), np.array(steps).T, strict=True))
    inside = (x >= 0) & (x < n) & (y >= 0) & (y < m)
    return np.unique(x[inside] * m + y[inside])


def _shape_options(
    a: Side, b: Side, cells: Cells, i: Ints, j: Ints, shape: tuple[int, int], wordiness: float
) -> tuple[Ints, Ints, Ints, Ints, Floats, Floats, Floats]:
    """The first columns of _Options for groups of one shape that start at the cells (i, j)."""
    p, q = shape
    products = np.array(
        [[cells.at(i + x, j + y) * a.lengths[i + x] * b.lengths[j + y] for y in range(q)] for x in range(p)]
    )
    norm_a, norm_b = a.norms[p][i], b.norms[q][j]
    cosine = products.sum((0, 1)) / (norm_a * norm_b)
    off = np.abs(np.log(a.spans[p][i] / b.spans[q][j]) - wordiness)
    likeness = cosine * np.log2(1.0 + np.exp(-off)) - LENGTH * np.minimum(off**2, 1.0)
    relevance = np.ones(len(i))
    if p > 1:
        relevance = a.relevance(i, products.sum(1), norm_b)
    if q > 1:
        relevance = np.minimum(relevance, b.relevance(j, products.sum(0), norm_a))
    # The prices never fall below these.
    price = PAIR + MORE * (p + q - 2) + IRRELEVANCE * np.maximum(0.0, RELEVANCE - relevance)
    keep = likeness > price
    size = np.ones(int(keep.sum()), dtype=np.int64)
    return i[keep], j[keep], p * size, q * size, cosine[keep], likeness[keep], relevance[keep]


def _priced(options: _Options, prices: _Prices, held_a: Ints, held_b: Ints) -> Candidates:
    """The candidates' gains; a sentence that a sure group holds is no rival for sentences outside that group."""
    o = options
    gain = o.likeness - IRRELEVANCE * np.maximum(0.0, RELEVANCE - o.relevance) - prices.pair
    gain -= prices.more_reference * (o.size_i - 1) + prices.more_variant * (o.size_j - 1)
    for first, size, near, offers, mine, others, other_first, other_size in (
        (o.i, o.size_i, o.nearest_a, o.nearest_a_cosines, held_a, held_b, o.j, o.size_j),
        (o.j, o.size_j, o.nearest_b, o.nearest_b_cosines, held_b, held_a, o.i, o.size_i),
    ):
        holder = others[near]
        free = np.where((holder >= 0) & (holder != mine), -1.0, offers)
        for offset in range(LONGEST):
            at = np.flatnonzero((size > offset) & (gain > 0))  # rivals only lower the gain
            sentence = first[at] + offset
            place = near[:, sentence] - other_first[at]
            elsewhere = np.where((place >= 0) & (place < other_size[at]), -1.0, free[:, sentence]).max(0)
            gain[at] -= RIVALRY * np.maximum(0.0, elsewhere - o.cosine[at])
    keep = gain > 0
    return Candidates(o.i[keep], o.j[keep], o.size_i[keep], o.size_j[keep], np.round(gain[keep] - BONUS, 6))


def _holders(groups: Candidates, chosen: Sequence[int], n: int, m: int) -> tuple[Ints, Ints]:
    """For each sentence of either side the chosen group it is in, or -1."""
    held_a, held_b = np.full(n, -1), np.full(m, -1)
    for k in chosen:
        held_a[groups.i[k] : groups.i[k] + groups.size_i[k]] = k
        held_b[groups.j[k] : groups.j[k] + groups.size_j[k]] = k
    return held_a, held_b


def _in_order(groups: Candidates, belief: Floats, a: Side, b: Side) -> list[Group]:
    """The chosen groups and all other sentences, in the order of the variant."""
    n, m = len(a.lengths), len(b.lengths)
    chosen = sorted(choose(groups, belief), key=lambda k: int(groups.j[k]))
    columns = zip(*(column[chosen].tolist() for column in groups[:4]), strict=True)
    runs: list[Pair] = [(tuple(range(i, i + p)), tuple(range(j, j + q))) for i, j, p, q in columns]
    held = {i for run, _ in runs for i in run}, {j for _, run in runs for j in run}
    left: list[Pair] = [((i,), ()) for i in range(n) if i not in held[0]]
    left += [((), (j,)) for j in range(m) if j not in held[1]]
    runs = absorb(runs + left, (a.vectors, b.vectors), (a.lengths, b.lengths), LONGEST)[: len(runs)]
    weights = [float(a.lengths[list(r)].sum() + b.lengths[list(v)].sum()) for r, v in runs]
    still = heaviest_increasing([run[0] for run, _ in runs], weights)
    alone_a, alone_b = _alone(groups, belief, n, m)
    starts: dict[int, Group] = {}
    paired: set[int] = set()
    sure = _certainty(belief[chosen]).tolist()
    for rank, (reference, variant) in enumerate(runs):
        group = Group(reference, variant, sure[rank], rank not in still)
        starts[variant[0]] = group
        paired.update(group.reference)
    omitted: dict[int, list[Group]] = {}
    last = -1
    for i in range(n):
        if i in paired:
            last = i
        else:
            omitted.setdefault(last, []).append(Group((i,), (), float(alone_a[i]), False))
    out = omitted.get(-1, [])
    j = 0
    while j < m:
        group = starts.get(j) or Group((), (j,), float(alone_b[j]), False)
        out.append(group)
        for i in group.reference:
            out.extend(omitted.get(i, ()))
        j += len(group.variant)
    return out


def _alone(groups: Candidates, belief: Floats, n: int, m: int) -> tuple[Floats, Floats]:
    """How sure it is that each sentence has no partner: every group that could take it is far from worth it."""
    tempted = np.full(n + m, -0.4)  # no candidate: as sure as one can be without reading
    member, sentence = members(groups, n)
    np.maximum.at(tempted, sentence, belief[member])
    alone = _certainty(-tempted)
    return alone[:n], alone[n:]


def _certainty(belief: Floats) -> Floats:
    """Belief, in units of cosine, as a probability."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(STEEPNESS * belief, -30.0, 30.0))))


def mismatch(
    groups: Sequence[Group], reference_lengths: Sequence[int] | Ints, variant_lengths: Sequence[int] | Ints
) -> str | None:
    """Why two texts hardly correspond at all: a wrong article, another language, an empty text.

    A summary leaves much of the reference out and a re-report adds much, so only one side needs its counterparts.

    Args:
        groups: what `align` returned.
        reference_lengths: characters per sentence, shape (n,).
        variant_lengths: characters per sentence, shape (m,).

    Returns:
        One plain sentence, or None where the texts do correspond.
    """
    if not len(reference_lengths) or not len(variant_lengths):
        return "There is nothing to compare: at least one of the two texts has no sentences."
    matches = [group for group in groups if group.reference and group.variant]
    reference = sum(g.certainty * sum(int(reference_lengths[i]) for i in g.reference) for g in matches)
    variant = sum(g.certainty * sum(int(variant_lengths[j]) for j in g.variant) for g in matches)
    reference /= max(1, sum(map(int, reference_lengths)))
    variant /= max(1, sum(map(int, variant_lengths)))
    if max(reference, variant) >= CORRESPONDING:
        return None
    return (
        f"The texts hardly correspond: only {reference:.0%} of the reference and {variant:.0%} of the variant have a "
        "counterpart. They may be different articles, or in different languages."
    )


def shifted(reference_vectors: Vectors, variant_vectors: Vectors) -> int | None:
    """By how many lines two line-aligned lists are shifted against each other as a whole.

    Args:
        reference_vectors: normalised vectors, shape (n, d).
        variant_vectors: normalised vectors, shape (m, d).

    Returns:
        k where reference line i clearly belongs to variant line i + k, for most i and not for k = 0; otherwise None.
    """
    n, m = len(reference_vectors), len(variant_vectors)
    straight = _diagonal(reference_vectors, variant_vectors, 0)
    found, best = None, (float(straight.mean()) if len(straight) else 0.0) + SHIFT_GAIN
    for k in sorted(range(-LARGEST_SHIFT, LARGEST_SHIFT + 1), key=abs):
        cosine = _diagonal(reference_vectors, variant_vectors, k)
        # At least three lines and half of the shorter list must speak for a shift.
        if k and len(cosine) >= max(3, min(n, m) / 2) and float(cosine.mean()) > best:
            start = max(0, -k)
            here = straight[start : start + len(cosine)]
            if float((cosine[: len(here)] > here).mean()) > 0.5:
                found, best = k, float(cosine.mean())
    return found


def _diagonal(a: Vectors, b: Vectors, k: int) -> Floats:
    """Cosines of a[i] with b[i + k], for all i that have one."""
    i = np.arange(max(0, -k), max(0, -k, min(len(a), len(b) - k)))
    return cosines(a, b, i, i + k)


def echoes(reference_vectors: Vectors, variant_vectors: Vectors, groups: Sequence[Group]) -> list[tuple[int, int]]:
    """What sentences say beside their own group: a headline its lead, a lead or summary sentence the body.

    Args:
        reference_vectors: normalised sentence vectors, shape (n, d).
        variant_vectors: normalised sentence vectors, shape (m, d).
        groups: what `align` returned.

    Returns:
        Pairs of a reference and a variant sentence that say much the same and are not in one group, ascending.
    """
    grouped = {(i, j) for group in groups for i in group.reference for j in group.variant}
    found: list[tuple[int, int]] = []
    for start in range(0, len(reference_vectors), 256):
        rows, columns = np.nonzero(reference_vectors[start : start + 256] @ variant_vectors.T >= ECHO)
        found.extend(zip((rows + start).tolist(), columns.tolist(), strict=True))
    return [pair for pair in found if pair not in grouped]
