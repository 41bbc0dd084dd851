"""Slips of the keys: which word a misspelled one was meant to be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

_COMMON = 3.0  # zipf frequency that a word has at least if it was meant
_LONGEST = 25  # letters of a word that can be a slip; the number of edits grows with them


@cache
def _common() -> Mapping[str, float]:
    """The words that a misspelled one may have been meant to be, with their zipf frequencies."""
    import wordfreq

    least = 10 ** (_COMMON - 9)
    every = wordfreq.get_frequency_dict("en", wordlist="best")
    return {word: round(math.log10(share) + 9, 2) for word, share in every.items() if share >= least}


@lru_cache(maxsize=4096)
def respelled(form: str) -> str | None:
    """The commonest word one edit (insertion, deletion, change, swap of two letters) away, or None."""
    if len(form) > _LONGEST:
        return None
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(form[:i], form[i:]) for i in range(len(form) + 1)]
    edits = {a + b[1:] for a, b in cuts if b}
    edits |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    edits |= {a + c + b[1:] for a, b in cuts if b for c in letters}
    edits |= {a + c + b for a, b in cuts for c in letters}
    known = _common()
    return max((w for w in edits if w in known), key=lambda w: (known[w], w), default=None)


def slip(a: str, b: str) -> bool:
    """Whether one word is the other with a slip of the keys: one edit, two in a long word."""
    from rapidfuzz.distance import OSA

    most = 2 if min(len(a), len(b)) > 6 else 1
    return 0 < OSA.distance(a, b, score_cutoff=most) <= most
