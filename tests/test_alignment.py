"""The aligner: its promises on any input, exact answers where they are known, and slow oracles."""

from __future__ import annotations

import time
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool import _chains, alignment
from evaltool.alignment import Group, align, echoes, mismatch, shifted

WIDTH = 384  # random vectors of this width are nearly orthogonal, as sentences that have nothing in common


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def random_vectors(seed, count, width=WIDTH):
    return unit(np.random.default_rng(seed).standard_normal((count, width)))


def links(groups):
    return {(i, j) for group in groups for i in group.reference for j in group.variant}


def pairs(groups):
    return {(group.reference, group.variant) for group in groups}


def check_every_sentence_once(groups, n, m):
    assert sorted(i for group in groups for i in group.reference) == list(range(n))
    assert sorted(j for group in groups for j in group.variant) == list(range(m))
    for group in groups:
        assert group.reference or group.variant
        for run in (group.reference, group.variant):
            assert list(run) == list(range(run[0], run[0] + len(run))) if run else True
        if not group.reference or not group.variant:
            assert len(group.reference + group.variant) == 1
        assert 0.0 <= group.certainty <= 1.0
    order = [group.variant[0] for group in groups if group.variant]
    assert order == sorted(order)


class Text:
    """Builds a reference and a variant from statements; a sentence makes one or more statements."""

    def __init__(self, seed, noise=0.015):
        self.random = np.random.default_rng(seed)
        self.noise = noise
        self.reference, self.variant = [], []  # (vector, length)
        self.blocks = [[]]  # groups of the variant: (reference indexes, sentences)

    def sentence(self, parts):
        vector = sum(v * n for v, n in parts)
        return unit(vector + self.noise * np.linalg.norm(vector) * self.random.standard_normal(WIDTH)), sum(
            n for _, n in parts
        )

    def statement(self):
        return unit(self.random.standard_normal(WIDTH)), int(self.random.integers(50, 90))

    def add(self, kind):
        parts = [self.statement() for _ in range({"1-1": 1, "omitted": 1, "added": 1, "1-3": 3, "3-1": 3}.get(kind, 2))]
        whole, cut = [self.sentence(parts)], [self.sentence([part]) for part in parts]
        ours, theirs = {
            "1-1": (whole, [self.sentence(parts)]),
            "omitted": (whole, []),
            "added": ([], whole),
            "1-2": (whole, cut),
            "2-1": (cut, whole),
            "1-3": (whole, cut),
            "3-1": (cut, whole),
        }[kind]
        first = len(self.reference)
        self.reference += ours
        self.blocks[-1].append((tuple(range(first, len(self.reference))), theirs))

    def build(self, order=None):
        """The arguments of align and the true groups."""
        truth, j = set(), 0
        self.variant = []
        for k in order if order is not None else range(len(self.blocks)):
            for ours, theirs in self.blocks[k]:
                if ours and theirs:
                    truth.add((ours, tuple(range(j, j + len(theirs)))))
                self.variant += theirs
                j += len(theirs)
        return arguments(self.reference, self.variant), truth


def arguments(reference, variant):
    empty = np.zeros((0, WIDTH), np.float32)
    return (
        np.array([v for v, _ in reference]) if reference else empty,
        np.array([v for v, _ in variant]) if variant else empty,
        np.array([n for _, n in reference], int),
        np.array([n for _, n in variant], int),
    )


def mirrored(groups):
    return {(b, a) for a, b in pairs(groups)}


def test_same_text():
    vectors, lengths = random_vectors(0, 20), np.full(20, 80)
    groups = align(vectors, vectors, lengths, lengths)
    assert [(g.reference, g.variant) for g in groups] == [((i,), (i,)) for i in range(20)]
    assert not any(g.moved for g in groups)
    assert min(g.certainty for g in groups) > 0.9


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (3, 0), (1, 1), (1, 4), (2, 1)])
def test_tiny(n, m):
    a, b = random_vectors(1, n), random_vectors(2, m)
    check_every_sentence_once(align(a, b, [50] * n, [50] * m), n, m)


def test_lengths_of_zero():
    vectors = random_vectors(3, 4)
    check_every_sentence_once(align(vectors, vectors, [0] * 4, [0] * 4), 4, 4)


def test_omission_stands_where_the_reference_has_it():
    vectors, lengths = random_vectors(4, 12), np.full(12, 70)
    keep = [i for i in range(12) if i not in (0, 5)]
    groups = align(vectors, vectors[keep], lengths, lengths[keep])
    assert [g.reference for g in groups] == [(i,) for i in range(12)]
    assert [g.reference for g in groups if not g.variant] == [(0,), (5,)]


def test_moved_sentence_is_marked():
    vectors, lengths = random_vectors(5, 12), np.full(12, 70)
    order = [0, 1, 9, 2, 3, 4, 5, 6, 7, 8, 10, 11]
    groups = align(vectors, vectors[order], lengths, lengths)
    assert links(groups) == {(i, j) for j, i in enumerate(order)}
    assert [g.reference for g in groups if g.moved] == [(9,)]


def test_generic_sentences_follow_their_neighbours():
    vectors = random_vectors(6, 15)
    vectors[[3, 7, 11]] = vectors[3]  # "Thank you." three times
    lengths = np.where(np.isin(np.arange(15), [3, 7, 11]), 10, 80)
    order = [*range(5, 10), *range(5), *range(10, 15)]
    assert links(align(vectors, vectors[order], lengths, lengths[order])) == {(i, j) for j, i in enumerate(order)}


def test_unlike_sentences_between_partners_belong_together_only_where_nothing_is_left_out():
    """A free rendering is known by its place; where much is added and left out, its place says little."""
    text = Text(7)
    for _ in range(20):
        text.add("1-1")
    (a, b, x, y), _ = text.build()
    b[10] = random_vectors(8, 1)[0]
    assert (10, 10) in links(align(a, b, x, y))
    b[[2, 6, 14, 18]] = random_vectors(9, 4)
    a = np.insert(a, [4, 12], random_vectors(10, 2), axis=0)
    x = np.insert(x, [4, 12], 60)
    assert (11, 10) not in links(align(a, b, x, y))


KINDS = st.sampled_from(["1-1", "1-1", "1-1", "1-2", "2-1", "1-3", "3-1", "omitted", "added"])


@settings(max_examples=60, deadline=None)
@given(
    blocks=st.lists(st.lists(KINDS, min_size=2, max_size=8), min_size=2, max_size=5),
    seed=st.integers(0, 10_000),
    data=st.data(),
)
def test_mixtures(blocks, seed, data):
    """Merges, splits, omissions, additions and moved paragraphs of known sentences."""
    text = Text(seed)
    for kinds in blocks:
        text.blocks.append([])
        for kind in kinds:
            text.add(kind)
            text.add("1-1")
    order = data.draw(st.permutations(range(len(text.blocks))))
    given_order, truth = text.build(order)
    groups = align(*given_order)
    a, b, x, y = given_order
    check_every_sentence_once(groups, len(a), len(b))
    assert align(*given_order) == groups
    assert mirrored(align(b, a, y, x)) == pairs(groups)
    gold = {(i, j) for ours, theirs in truth for i in ours for j in theirs}
    assert len(gold & links(groups)) >= 0.95 * len(gold)
    assert len(links(groups) - gold) <= 0.1 * len(gold) + 1


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.permutations(range(4)))
def test_order_of_paragraphs_does_not_matter(seed, order):
    text = Text(seed)
    for _ in range(4):
        text.blocks.append([])
        for kind in ("1-1", "2-1", "1-1", "1-2", "1-1", "1-1"):
            text.add(kind)
    text.blocks = text.blocks[1:]
    for permutation in (range(4), order):
        given_order, truth = text.build(permutation)
        assert pairs(align(*given_order)) == truth


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 12), m=st.integers(0, 12), width=st.integers(1, 6), seed=st.integers(0, 10_000))
def test_promises_hold_on_anything(n, m, width, seed):
    """Narrow vectors: everything resembles everything, and sentences repeat."""
    a, b = random_vectors(seed, n, width), random_vectors(seed + 1, m, width)
    if n and m:
        b[::2] = a[0]
    x, y = np.arange(n) * 7 % 50, np.arange(m) * 11 % 50
    groups = align(a, b, x, y)
    check_every_sentence_once(groups, n, m)
    assert align(a, b, x, y) == groups


def candidates(seed, n, m):
    """All groups of a small document with random gains, most of them bad."""
    random = np.random.default_rng(seed)
    rows = [
        (i, j, p, q, random.normal(-0.35, 0.3))
        for p, q in alignment.SHAPES[:6]
        for i in range(n - p + 1)
        for j in range(m - q + 1)
    ]
    i, j, p, q, gain = zip(*rows, strict=True)
    groups = _chains.Candidates(*(np.array(column) for column in (i, j, p, q)), np.array(gain))
    return _chains.Candidates(*(column[groups.gain > -0.3] for column in groups))


def worth(groups, chosen, bonus, decay, skip):
    """What a choice is worth: its gains, and a bonus for each group that is followed."""
    total = sum(float(groups.gain[k]) for k in chosen)
    for k in chosen:
        end_i, end_j = groups.i[k] + groups.size_i[k], groups.j[k] + groups.size_j[k]
        follows = [
            bonus - decay * (groups.i[next_] - end_i + groups.j[next_] - end_j)
            for next_ in chosen
            if 0 <= groups.i[next_] - end_i <= skip and 0 <= groups.j[next_] - end_j <= skip
        ]
        total += max(follows, default=0.0)
    return total


def best_choice(groups, *weights):
    """The worth of the best choice, by trying all."""
    best = 0.0
    sides = [(set(range(i, i + p)), set(range(j, j + q))) for i, j, p, q in zip(*map(list, groups[:4]), strict=True)]

    def extend(k, chosen, used_i, used_j):
        nonlocal best
        if k == len(sides):
            best = max(best, worth(groups, chosen, *weights))
            return
        extend(k + 1, chosen, used_i, used_j)
        if not used_i & sides[k][0] and not used_j & sides[k][1]:
            extend(k + 1, [*chosen, k], used_i | sides[k][0], used_j | sides[k][1])

    extend(0, [], set(), set())
    return best


def test_choice_against_trying_all():
    weights = (alignment.BONUS, 0.08, alignment.SKIP)
    reached = []
    for seed in range(60):
        groups = candidates(seed, 4, 4)
        chosen = _chains.choose(groups, _chains.beliefs(groups, 4, 4, *weights))
        best = best_choice(groups, *weights)
        if best:
            reached.append(worth(groups, chosen, *weights) / best)
    assert np.mean(reached) > 0.93  # random gains are harder than texts: groups that fit leave little to choose
    assert np.median(reached) > 0.999


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 600), m=st.integers(1, 600), count=st.integers(1, 6), seed=st.integers(0, 1000))
def test_nearest_against_sorting_all(n, m, count, seed):
    a, b = random_vectors(seed, n, 8), random_vectors(seed + 1, m, 8)
    cosines = a @ b.T
    of_a, of_b = _chains.nearest(a, b, count)
    assert of_a.shape == (n, min(count, m))
    assert of_b.shape == (m, min(count, n))
    expected_a = -np.sort(-cosines, axis=1)[:, :count]
    expected_b = -np.sort(-cosines.T, axis=1)[:, :count]
    np.testing.assert_allclose(np.take_along_axis(cosines, of_a, 1), expected_a, atol=2e-6)
    np.testing.assert_allclose(np.take_along_axis(cosines.T, of_b, 1), expected_b, atol=2e-6)


def test_nearest_of_one_repeated_sentence():
    a = np.repeat(random_vectors(0, 1), 700, axis=0)
    of_a, of_b = _chains.nearest(a, a, 5)
    assert all(len(set(row)) == 5 for row in [*of_a.tolist(), *of_b.tolist()])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=9, unique_by=lambda pair: pair[0]))
def test_heaviest_increasing_against_trying_all(pairs_):
    values, weights = [v for v, _ in pairs_], [w for _, w in pairs_]
    best = 0
    for mask in product([0, 1], repeat=len(values)):
        picked = [k for k, take in enumerate(mask) if take]
        if all(values[a] < values[b] for a, b in pairwise(picked)):
            best = max(best, sum(weights[k] for k in picked))
    found = sorted(_chains.heaviest_increasing(values, weights))
    assert all(values[a] < values[b] for a, b in pairwise(found))
    assert sum(weights[k] for k in found) == best


def test_wrong_article():
    a, b, lengths = random_vectors(11, 30), random_vectors(12, 25), np.full(30, 90)
    reason = mismatch(align(a, b, lengths, lengths[:25]), lengths, lengths[:25])
    assert reason is not None
    assert "hardly correspond" in reason


def test_right_article():
    vectors, lengths = random_vectors(13, 30), np.full(30, 90)
    assert mismatch(align(vectors, vectors, lengths, lengths), lengths, lengths) is None
    # A summary keeps little of the reference, a re-report adds much.
    assert mismatch(align(vectors, vectors[::5], lengths, lengths[::5]), lengths, lengths[::5]) is None
    assert mismatch(align(vectors[::5], vectors, lengths[::5], lengths), lengths[::5], lengths) is None


def test_nothing_to_compare():
    assert mismatch([Group((0,), (), 1.0, False)], [10], []) is not None


@pytest.mark.parametrize("k", [-2, -1, 1, 3])
def test_shifted(k):
    vectors = random_vectors(14, 40)
    a, b = (vectors[:30], vectors[-k : 30 - k]) if k < 0 else (vectors[k:30], vectors[:30])
    assert shifted(a, b) == k
    assert shifted(b, a) == -k


def test_not_shifted():
    vectors = random_vectors(15, 30)
    assert shifted(vectors, vectors) is None
    assert shifted(vectors, random_vectors(16, 30)) is None
    assert shifted(vectors[:2], vectors[1:3]) is None
    assert shifted(vectors[:0], vectors) is None
    # One line missing in the middle shifts the rest, not the whole list.
    assert shifted(vectors[:-1], np.delete(vectors, 20, axis=0)) is None


def test_echoes():
    """A headline that repeats the lead is one group and one echo."""
    vectors, lengths = random_vectors(17, 8), np.full(8, 80)
    variant = np.concatenate([vectors[:1], vectors])
    groups = align(vectors, variant, lengths, np.full(9, 80))
    said = links(groups) | set(echoes(vectors, variant, groups))
    assert said == {(0, 0)} | {(i, i + 1) for i in range(8)}


@pytest.mark.slow
@pytest.mark.parametrize(("count", "seconds"), [(1_000, 0.15), (10_000, 5.0)])
def test_time(count, seconds):
    vectors, lengths = random_vectors(18, count), np.full(count, 80)
    variant = unit(vectors + 0.03 * np.random.default_rng(0).standard_normal(vectors.shape))
    taken = []
    for _ in range(3):
        start = time.process_time()
        groups = align(vectors, variant, lengths, lengths)
        taken.append(time.process_time() - start)
    assert links(groups) == {(i, i) for i in range(count)}
    assert min(taken) < seconds
