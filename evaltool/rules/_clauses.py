"""Sentences and clauses among the words of a side, told by the marks between the words."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise

from evaltool import lexicon
from evaltool.words import AlignedSegment, Side, Vocabulary

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*\s|\n")
_TITLES = frozenset("mr mrs ms dr prof st gen col capt lt sgt rev hon sen rep gov".split())
#: What "if" asks behind, within so many words, and what ends that clause.
_WONDERING, _ASKED = frozenset("ask wonder question know doubt check unclear unsure see".split()), 6
_TOLD = frozenset("that but because".split())
_QUESTION = re.compile(r"[\"'”’»)\]\s]*[?？؟]")


def gap(side: Side | Vocabulary, left: int, right: int) -> str:
    """What stands between two words of a side, by their indexes."""
    return side.text[side.words[left].span.end : side.words[right].span.start]


def ends_sentence(text: str) -> bool:
    """Whether what stands between two words ends a sentence."""
    return bool(_SENTENCE_END.search(text))


def sentence(side: Side | Vocabulary, index: int, marks: str = "") -> tuple[int, int]:
    """(first, last) index of the words of the sentence that holds a word.

    Args:
        side: one side of a segment, or a document.
        index: of the word.
        marks: further marks that part, such as ";" for clauses.
    """
    ends = _ends(side, marks)
    at = bisect_left(ends, index)
    return ends[at - 1] + 1 if at else 0, ends[at]


@lru_cache(maxsize=64)
def _marked(side: Side | Vocabulary) -> tuple[tuple[int, str], ...]:
    """The words that more than a space parts from the next one: their index, and what stands between."""
    gaps = ((left, gap(side, left, left + 1)) for left in range(len(side.words) - 1))
    return tuple((left, between) for left, between in gaps if between != " ")


@lru_cache(maxsize=256)
def _ends(side: Side | Vocabulary, marks: str) -> tuple[int, ...]:
    """Index of the last word of each sentence of a side, which further marks may part."""
    ends = (
        left
        for left, between in _marked(side)
        if (ends_sentence(between) and not _abbreviates(side, left, between)) or any(m in between for m in marks)
    )
    return (*ends, len(side.words) - 1)


def _abbreviates(side: Side | Vocabulary, left: int, between: str) -> bool:
    """Whether the full stop behind a word only shortens it: "at 8 p.m. and", "Dr. Lund", "J. Ash"."""
    if between.strip() != "." or "\n" in between:
        return False
    word, following = side.words[left], side.words[left + 1]
    initial = len(word.text) == 1 and word.text.isupper()
    return following.text[:1].islower() or word.form in _TITLES or (initial and following.is_capitalised)


def asks(side: Side, index: int) -> bool:
    """Whether the sentence that holds a word is a question."""
    _, end = sentence(side, index)
    return bool(_QUESTION.match(side.text, side.words[end].span.end))


def wonders(side: Side, index: int) -> bool:
    """Whether a word stands behind a "whether", or an "if" that is one: what is asked may be so or not."""
    for k in range(index - 1, sentence(side, index, ",;:()—–")[0] - 1, -1):  # "Whether it rains or not, we play"
        form = side.words[k].form
        if form == "whether":
            return True
        if form == "if":
            return any(w.lemma in _WONDERING for w in side.words[max(0, k - _ASKED) : k])
        if form in _TOLD:
            return False
    return False


def followed(segment: AlignedSegment, first: int, last: int, *, of_variant: bool) -> float:
    """0..1: the share of the content words from first to last that are linked to a word of the other side."""
    side = segment.variant if of_variant else segment.reference
    content = [k for k in range(first, last + 1) if side.words[k].is_content or side.words[k].is_number]
    return sum(side.partner[k] is not None for k in content) / len(content) if content else 0.0


def kept(segment: AlignedSegment, share: float, fewest: int) -> bool:
    """Whether at least a share (0..1) of the variant's content words and numbers, and so many, are linked."""
    content = [k for k, w in enumerate(segment.variant.words) if w.is_content or w.is_number]
    linked = sum(segment.variant.partner[k] is not None for k in content)
    return linked >= fewest and linked >= share * len(content)


def counterpart(segment: AlignedSegment, first: int, last: int, *, of_variant: bool) -> tuple[int, int] | None:
    """(first, last) index of the other side's sentence that most words from first to last are linked into, or None."""
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    counts: dict[tuple[int, int], int] = {}
    for k in range(first, last + 1):
        partner = side.partner[k]
        if partner is not None and side.words[k].is_content:
            own = sentence(other, partner, ";")
            counts[own] = counts.get(own, 0) + 1
    return max(counts, key=lambda own: (counts[own], -own[0]), default=None)


def opposites_behind(segment: AlignedSegment, at: int, there: int) -> bool:
    """Whether what follows two places in their clauses says opposites: "none survived", "all died".

    Args:
        segment: of the places.
        at: index of a word of the variant.
        there: index of a word of the reference.
    """
    said = []
    for side, start in ((segment.variant, at), (segment.reference, there)):
        last = sentence(side, start, ",;:()—–")[1]
        said.append([w.lemma for w in side.words[start + 1 : last + 1] if w.is_content])
    return any(lexicon.antonyms(a, b) for a in said[0] for b in said[1])


@lru_cache(maxsize=64)
def neighbours(side: Side) -> frozenset[tuple[str, str]]:
    """The forms of each two neighbouring words of a side."""
    return frozenset((a.form, b.form) for a, b in pairwise(side.words))
