"""Leftover sentences that complete a group beside them.

The choice of groups weighs each sentence on its own; what is left over may still be the missing piece of its neighbour:
the last clause of a long sentence that the other side has in one. A sentence joins the group beside it where the two
sides then say more nearly the same, or are as long as each other, by more than a stated margin.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Pair = tuple[tuple[int, ...], tuple[int, ...]]

#: What the balance of lengths (0 to 1) is worth beside the cosine, and the gain that a sentence must bring.
BALANCE, MARGIN = 0.3, 0.05


def absorb(
    groups: list[Pair],
    vectors: tuple[NDArray[np.float32], NDArray[np.float32]],
    lengths: tuple[NDArray[Any], NDArray[Any]],
    longest: int,
) -> list[Pair]:
    """Let leftover sentences join the group beside them, the one that gains most first.

    Args:
        groups: every sentence once; a leftover has an empty other side.
        vectors: normalised sentence vectors of the reference (n, d) and the variant (m, d).
        lengths: characters per sentence of both.
        longest: most sentences that one side of a group may have.

    Returns:
        The groups, in the same order, without the leftovers that joined one.
    """

    def worth(group: Pair) -> float:
        """Cosine of the merged vectors, and how alike the lengths are."""
        merged, total = [], []
        for side, own in enumerate(group):
            weights = np.maximum(lengths[side][list(own)].astype(np.float64), 1)
            merged.append(weights @ vectors[side][list(own)])
            total.append(float(weights.sum()))
        norm = float(np.linalg.norm(merged[0]) * np.linalg.norm(merged[1]))
        cosine = float(merged[0] @ merged[1]) / norm if norm else 0.0
        return cosine + BALANCE * float(np.log2(1 + min(total) / max(total)))

    kept = dict(enumerate(groups))
    home = {(s, i): k for k, group in kept.items() for s in (0, 1) for i in group[s]}
    worths: dict[int, float] = {}  # of groups beside a leftover

    def offers(k: int) -> list[tuple[float, int, int, Pair]]:
        """(gain, leftover, group, the group with it) for the leftover k and each group beside it."""
        found = []
        s = 0 if kept[k][0] else 1
        (sentence,) = kept[k][s]
        for beside in (sentence - 1, sentence + 1):
            g = home.get((s, beside))
            if g is None or not all(kept[g]) or len(kept[g][s]) >= longest:
                continue
            if g not in worths:
                worths[g] = worth(kept[g])
            own = tuple(sorted((*kept[g][s], sentence)))
            joined: Pair = (own, kept[g][1]) if s == 0 else (kept[g][0], own)
            gain = worth(joined) - worths[g]
            if gain > MARGIN:
                found.append((gain, k, g, joined))
        return found

    waiting = {k: offers(k) for k, group in kept.items() if not all(group)}
    while True:
        open_offers = [offer for own in waiting.values() for offer in own]
        if not open_offers:
            return [kept[k] for k in sorted(kept)]
        _, k, g, joined = max(open_offers, key=lambda offer: (offer[0], -offer[1], -offer[2]))
        s = 0 if kept[k][0] else 1
        home[s, kept[k][s][0]] = g
        del kept[k], waiting[k]
        kept[g], worths[g] = joined, worth(joined)
        # What stood next to the group, or now does, is offered anew.
        near = {home.get((side, i)) for side in (0, 1) for i in (joined[side][0] - 1, joined[side][-1] + 1)}
        for other in sorted(set(waiting) & near):
            waiting[other] = offers(other)
