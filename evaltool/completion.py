"""Leftover sentences that a neighbouring group says in a part of a longer sentence, found by their words.

Sentence vectors hardly move where one sentence is merged into another, so the aligner leaves it over; an editor would
see an omission that is none. Here a leftover joins the group beside it where its words have counterparts among those
words of the group's other side that nothing in the group accounts for yet.

The other way round, in a text that follows the other one closely, a pair that has hardly a word in common is none: one
sentence was left out there and another one put in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaltool.alignment import LONGEST, Group
from evaltool.words import Word

Floats = NDArray[np.float32]

#: Cosine from which a word counts as accounted for.
_KNOWN = 0.55
#: Mean cosine of the leftover's words to words that were unaccounted for, and what those gain in all, from which it
#: joins. Chosen on a score of paraphrases and summaries, where all that joined belonged there.
_LIKE, _GAIN = 0.5, 0.8
#: Likewise of a leftover of the variant, the second figure for the product of the two: of 783 sentences of free
#: paraphrases 13 are left over so, of 610 put in from other texts 3 join. One of the reference may just be left out.
_LIKE_OWN, _PRODUCT_OWN = 0.45, 0.3
#: A text follows the other one closely where half of its pairs are at least as alike; there a pair of at least so many
#: telling words on both sides that is no more alike than the last figure is none. Of 4,220 pairs of sentences in
#: articles none is taken apart wrongly; in freer texts such pairs are often the same thing all the same.
_CLOSE, _LONG, _UNLIKE = 0.85, 8, 0.55
#: Below this a sentence that the variant has twice, as its title and as its heading say, has no second partner.
_AGAIN = 0.7


@dataclass(frozen=True)
class Text:
    """A text by its sentences.

    Attributes:
        words: of each sentence.
        vectors: (n, d) unit vectors of the words of each sentence.
        body: whether each sentence belongs to the article's body.
    """

    words: Sequence[tuple[Word, ...]]
    vectors: Sequence[Floats]
    body: Sequence[bool]


def complete(groups: Sequence[Group], reference: Text, variant: Text) -> list[Group]:
    """Let leftover sentences join the group beside them, the one that fits best first.

    Args:
        groups: every sentence of both sides once.
        reference: its sentences.
        variant: its sentences.

    Returns:
        The groups in the same order, without the leftovers that joined one.
    """
    kept = _parted(groups, reference, variant)
    while True:
        offers = [
            (fit, -k, -g, joined)
            for k, left in enumerate(kept)
            if not (left.reference and left.variant)
            for g, fit, joined in _offers(left, kept, reference, variant)
        ]
        if not offers:
            return kept
        _, k, g, joined = max(offers, key=lambda offer: offer[:3])
        kept[-g] = joined
        del kept[-k]


def _parted(groups: Sequence[Group], reference: Text, variant: Text) -> list[Group]:
    """The groups, with the pairs taken apart that are hardly alike where all others are.

    So is a pair with a sentence of the variant that stands there word for word a second time, with a better partner.
    """
    alike = {group: _alike(group, reference, variant) for group in groups if len(group.reference + group.variant) == 2}
    pairs = [mean for mean, _ in alike.values()]
    close = bool(pairs) and np.median(pairs) >= _CLOSE
    best: dict[tuple[str, ...], float] = {}
    for group, (mean, _) in alike.items():
        said = _said(variant, group)
        best[said] = max(mean, best.get(said, 0.0))
    out: list[Group] = []
    for group in groups:
        mean, shorter = alike.get(group, (1.0, 0))
        body = all(reference.body[i] for i in group.reference)
        again = group in alike and mean < min(_AGAIN, best[_said(variant, group)])
        if body and (again or (close and mean <= _UNLIKE and shorter >= _LONG)):
            out += [replace(group, variant=(), moved=False), replace(group, reference=(), moved=False)]
        else:
            out.append(group)
    return out


def _said(variant: Text, group: Group) -> tuple[str, ...]:
    return tuple(word.form for i in group.variant for word in variant.words[i])


def _alike(group: Group, reference: Text, variant: Text) -> tuple[float, int]:
    """0..1: mean cosine of a pair's telling words to their best counterparts; how many of them its shorter side has."""
    (ours, near), (theirs, far) = _telling(reference, group.reference), _telling(variant, group.variant)
    if not ours or not theirs:
        return 1.0, 0
    found = _likeness(ours, near, theirs, far)
    return float(found.max(axis=1).mean() + found.max(axis=0).mean()) / 2, min(len(ours), len(theirs))


def _offers(left: Group, groups: Sequence[Group], reference: Text, variant: Text) -> list[tuple[int, float, Group]]:
    """(index, fit, the group with the leftover in it) of each group beside a leftover that it completes."""
    of_reference = bool(left.reference)
    own, other = (reference, variant) if of_reference else (variant, reference)
    (sentence,) = left.reference or left.variant
    if not own.body[sentence]:
        return []
    found = []
    for g, group in enumerate(groups):
        mine, theirs = (group.reference, group.variant) if of_reference else (group.variant, group.reference)
        if not mine or not theirs or len(mine) >= LONGEST or not {sentence - 1, sentence + 1} & set(mine):
            continue
        like, gain = _fit(own, (sentence,), mine, other, theirs)
        fits = like >= _LIKE and gain >= _GAIN
        if fits or (not of_reference and like >= _LIKE_OWN and like * gain >= _PRODUCT_OWN):
            run = tuple(sorted((*mine, sentence)))
            found.append((g, like, replace(group, reference=run) if of_reference else replace(group, variant=run)))
    return found


def _fit(
    own: Text, left: tuple[int, ...], mine: tuple[int, ...], other: Text, theirs: tuple[int, ...]
) -> tuple[float, float]:
    """How alike a leftover is to what the group leaves unaccounted for on the other side, and what that gains."""
    (words, vectors), (beside, near), (others, far) = _telling(own, left), _telling(own, mine), _telling(other, theirs)
    if not words or not others:
        return 0.0, 0.0
    before = _likeness(beside, near, others, far).max(axis=0, initial=0.0)
    now = _likeness(words, vectors, others, far)
    fresh = before < _KNOWN
    if not fresh.any():
        return 0.0, 0.0
    like = float(now[:, fresh].max(axis=1).mean())
    gain = float(np.maximum(0, now.max(axis=0) - before).sum())
    return like, gain


def _telling(text: Text, sentences: tuple[int, ...]) -> tuple[list[Word], Floats]:
    """The words of some sentences that carry content, and their vectors."""
    chosen = [
        (word, text.vectors[i][k])
        for i in sentences
        for k, word in enumerate(text.words[i])
        if word.is_content or word.is_number
    ]
    width = text.vectors[0].shape[1] if len(text.vectors) else 1
    vectors = np.stack([v for _, v in chosen]) if chosen else np.zeros((0, width), np.float32)
    return [word for word, _ in chosen], vectors


def _likeness(words: list[Word], vectors: Floats, others: list[Word], far: Floats) -> Floats:
    """(n, m) cosines of words, 1 where they are forms of the same word."""
    found: Floats = vectors @ far.T
    same = np.array([[a.lemma == b.lemma for b in others] for a in words], dtype=bool).reshape(found.shape)
    found[same] = 1.0
    return found
