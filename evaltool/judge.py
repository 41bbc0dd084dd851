"""A learned judge of words: how likely each word of a segment is wrong, added, misshapen, or lost.

A small transformer over the words of both sides at once, on frozen vectors of the embedded model, whose attention is
biased by how similar two words are at four depths of that model. It was trained on planted errors (evaltool.planting)
and on published human judgements; ``data/judge.json`` records on what, how, and with which seed. It weighs evidence
where no rule can be written down; what rules see exactly (numbers, names, gender, form) is left to them.

The network runs in numpy, one segment at a time, so that a segment's judgement depends on nothing else.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from evaltool import lexicon
from evaltool._english import spelling_key
from evaltool.words import Judgement, Word

Floats = NDArray[np.float32]

#: What is judged of each word. The first four belong to the variant: it says something else than the reference, says
#: more, has the wrong form or place, or something is missing before it. The last two belong to the reference: it is
#: lost, or something else stands for it.
OUTPUTS = ("wrong", "added", "form", "gap", "lost", "replaced")
#: What is judged of the whole segment: an error of meaning, any error.
WHOLE = ("serious", "any")
HEADS = 4
#: Words a side beyond which a segment is not judged: the network has seen none so long, and its cost grows squared.
LONGEST = 250
_POS = ("n", "v", "a", "r")
_UNMATCHED = 25  # words of the other side that a word is looked up against in WordNet, at most


@lru_cache(maxsize=50_000)
def _static(word: str, lemma: str) -> tuple[float, ...]:
    import wordfreq

    zipf = float(wordfreq.zipf_frequency(word, "en"))
    pos = lexicon.main_part_of_speech(lemma)
    return (zipf / 8, float(zipf == 0), *(float(pos == p) for p in _POS), float(lexicon.is_word(lemma)))


def _alike(words: Sequence[Word], others: Sequence[Word]) -> Floats:
    """(n, 3): best closeness in WordNet to a word of the other side, opposite there, near-identical spelling there."""
    from rapidfuzz.distance import JaroWinkler

    lemmas = {w.lemma for w in words}
    left = [o for o in others if o.lemma not in lemmas and not o.is_function][:_UNMATCHED]
    theirs = {o.lemma for o in others}
    out = np.zeros((len(words), 3), dtype=np.float32)
    for i, word in enumerate(words):
        if word.lemma in theirs or word.is_function or not left:
            continue
        out[i, 0] = max(lexicon.related(word.lemma, o.lemma) for o in left)
        out[i, 1] = float(any(lexicon.antonyms(word.lemma, o.lemma) for o in left))
        out[i, 2] = max(JaroWinkler.similarity(word.form, o.form) for o in left)
    return out


def features(words: Sequence[Word], others: Sequence[Word], cosines: Floats, text: str) -> Floats:
    """(n, f) plain features of the words of one side.

    Args:
        words: n words.
        others: m words of the other side, at least one.
        cosines: (4, n, m) cosines to the other side's words, layer by layer.
        text: what the words' spans point into.
    """
    n, m = len(words), len(others)
    forms, lemmas = Counter(w.form for w in others), Counter(w.lemma for w in others)
    own_forms, own_lemmas = Counter(w.form for w in words), Counter(w.lemma for w in words)
    keys = {spelling_key(w.form) for w in others}
    pairs = {(a.form, b.form) for a, b in pairwise(others)}
    lemma_pairs = {(a.lemma, b.lemma) for a, b in pairwise(others)}
    top = np.sort(cosines, axis=2)[:, :, ::-1]
    best = cosines.argmax(axis=2)
    back = cosines.argmax(axis=1)
    rows = []
    for i, word in enumerate(words):
        before = words[i - 1] if i else None
        after = words[i + 1] if i + 1 < n else None
        start, end = word.span
        rows.append(
            (
                *_static(word.form, word.lemma),
                float(word.is_number), float(word.is_sign), float(word.is_function), float(word.is_content),
                float(word.is_capitalised), float(word.initial), float(word.is_acronym), len(word.form) / 10,
                float(before is None), float(after is None),
                float(word.form in forms), float(word.lemma in lemmas), float(spelling_key(word.form) in keys),
                min(2, max(-2, own_forms[word.form] - forms[word.form])),
                min(2, max(-2, own_lemmas[word.lemma] - lemmas[word.lemma])),
                float(before is not None and before.lemma in lemmas),
                float(after is not None and after.lemma in lemmas),
                float(before is not None and (before.form, word.form) in pairs),
                float(after is not None and (word.form, after.form) in pairs),
                float(before is not None and (before.lemma, word.lemma) in lemma_pairs),
                float(after is not None and (word.lemma, after.lemma) in lemma_pairs),
                float(bool(text[max(0, start - 2) : start].strip(" "))),
                float(text[end : end + 1] in (",", ".", ";")),
                float(before is not None and before.form == word.form),
            )
        )  # fmt: skip
    plain = np.array(rows, dtype=np.float32)
    second = top[:, :, 1] if m > 1 else np.zeros_like(top[:, :, 0])
    mutual = np.take_along_axis(back, best, axis=1) == np.arange(n)[None, :]
    rival = np.take_along_axis(cosines.max(axis=1), best, axis=1) - top[:, :, 0]
    ratio = np.full((n, 1), np.clip(np.log(n / m), -1.5, 1.5), dtype=np.float32)
    return np.concatenate(
        [plain, top[:, :, 0].T, (top[:, :, 0] - second).T, mutual.T, rival.T, _alike(words, others), ratio], axis=1
    ).astype(np.float32)


def relations(reference: Sequence[Word], variant: Sequence[Word], cosines: Floats) -> Floats:
    """(n + m, n + m, 12) what attention is told of every two words: reference words first, then variant words."""
    n, m = len(reference), len(variant)
    out = np.zeros((n + m, n + m, 12), dtype=np.float32)
    across = np.zeros((n, m, 7), dtype=np.float32)
    across[:, :, :4] = cosines.transpose(1, 2, 0)
    numbers: dict[str, int] = {}
    a, b = (np.array([numbers.setdefault(w.lemma, len(numbers)) for w in side]) for side in (reference, variant))
    across[:, :, 4] = a[:, None] == b[None, :]
    across[:, :, 5] = 1
    across[:, :, 6] = np.abs((np.arange(n) / n)[:, None] - (np.arange(m) / m)[None, :])
    out[:n, n:, :7] = across
    out[n:, :n, :7] = across.transpose(1, 0, 2)
    for start, size in ((0, n), (n, m)):
        step = np.arange(size)[:, None] - np.arange(size)[None, :]
        block = out[start : start + size, start : start + size]
        block[:, :, 7], block[:, :, 8], block[:, :, 9] = step == 1, step == -1, step == 0
        block[:, :, 10], block[:, :, 11] = np.exp(-np.abs(step) / 2), np.exp(-np.abs(step) / 8)
    return out


def cosines(ours: Floats, theirs: Floats) -> Floats:
    """(4, n, m) cosines of (4, n, d) and (4, m, d) unit vectors, layer by layer."""
    return np.asarray(np.clip(np.einsum("lid,ljd->lij", ours, theirs), -1, 1), dtype=np.float32)


def inputs(
    reference: Sequence[Word], variant: Sequence[Word], ours: Floats, theirs: Floats, texts: tuple[str, str]
) -> tuple[Floats, Floats, Floats]:
    """What the network reads of a segment.

    Args:
        reference: n words.
        variant: m words.
        ours: (4, n, d) unit vectors of the reference's words.
        theirs: (4, m, d) likewise of the variant's.
        texts: what the spans of each side point into.

    Returns:
        (n + m, d) middle-layer vectors, (n + m, f) features, (4, n, m) cosines.
    """
    between = cosines(ours, theirs)
    plain = np.concatenate(
        [
            features(reference, variant, between, texts[0]),
            features(variant, reference, between.transpose(0, 2, 1), texts[1]),
        ]
    )
    side = np.zeros((len(plain), 1), dtype=np.float32)
    side[len(reference) :] = 1
    return np.concatenate([ours[1], theirs[1]]), np.concatenate([plain, side], axis=1), between


@cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def single_thread() -> AbstractContextManager[Any]:
    """Keep numpy's matrix products on one thread: they are too small to share, and so round the same on any machine."""
    return cast("AbstractContextManager[Any]", _threads().limit(limits=1, user_api="blas"))


@cache
def _weights() -> dict[str, Floats]:
    from safetensors.numpy import load

    return dict(load(files("evaltool").joinpath("data", "judge.safetensors").read_bytes()))


@cache
def record() -> dict[str, object]:
    """How the weights were made: data, seed, model, figures."""
    found: dict[str, object] = json.loads(files("evaltool").joinpath("data", "judge.json").read_text("utf-8"))
    return found


def judge(
    reference: Sequence[Word], variant: Sequence[Word], ours: Floats, theirs: Floats, texts: tuple[str, str]
) -> Judgement:
    """Judge the words of a segment; arguments as for :func:`inputs`, both sides with at least one word."""
    vectors, plain, cosines = inputs(reference, variant, ours, theirs, texts)
    w = _weights()
    x = np.concatenate([vectors, plain], axis=1) @ w["in.weight"].T + w["in.bias"]
    bias = relations(reference, variant, cosines)
    block = 0
    while f"blocks.{block}.qkv.weight" in w:
        name = f"blocks.{block}."
        x = x + _attention(_norm(x, w, name + "norm1"), bias, w, name)
        hidden = _norm(x, w, name + "norm2") @ w[name + "up.weight"].T + w[name + "up.bias"]
        x = x + np.maximum(hidden, 0) @ w[name + "down.weight"].T + w[name + "down.bias"]
        block += 1
    x = _norm(x, w, "norm")
    logits = x @ w["out.weight"].T + w["out.bias"]
    pooled = np.concatenate([x.mean(axis=0), x.max(axis=0), logits.max(axis=0)])
    whole = pooled @ w["whole.weight"].T + w["whole.bias"]
    n = len(reference)
    chances = np.round(1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -30, 30))), 4)
    sides = {name: chances[n:] if at < 4 else chances[:n] for at, name in enumerate(OUTPUTS)}
    columns = {name: tuple(map(float, sides[name][:, at])) for at, name in enumerate(OUTPUTS)}
    return Judgement(**columns, **{name: round(float(x), 4) for name, x in zip(WHOLE, whole, strict=True)})  # type: ignore[arg-type]


def _norm(x: Floats, w: dict[str, Floats], name: str) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    return np.asarray(scaled * w[name + ".weight"] + w[name + ".bias"], dtype=np.float32)


def _attention(x: Floats, bias: Floats, w: dict[str, Floats], name: str) -> Floats:
    length, size = x.shape
    qkv = (x @ w[name + "qkv.weight"].T + w[name + "qkv.bias"]).reshape(length, 3, HEADS, size // HEADS)
    q, k, v = qkv.transpose(1, 2, 0, 3)
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(size // HEADS) + (bias @ w[name + "relation.weight"].T).transpose(
        2, 0, 1
    )
    scores = np.exp(scores - scores.max(axis=2, keepdims=True))
    mixed = (scores / scores.sum(axis=2, keepdims=True)) @ v
    return np.asarray(
        mixed.transpose(1, 0, 2).reshape(length, size) @ w[name + "merge.weight"].T + w[name + "merge.bias"],
        dtype=np.float32,
    )
