"""Runs of words that have no counterpart on the other side of a segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaltool import lexicon
from evaltool.model import Span
from evaltool.words import Side, Word

#: Below this similarity to every word of the other side a content word has no counterpart.
_PARTNERLESS = 0.5
#: A run is broken by this many words in a row that do have one.
_BRIDGE = 2
_SHORTEST = 3  # content words of a run that counts


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words without a counterpart.

    Attributes:
        span: from the first to the last of its content words.
        content: how many content words, names and numbers it has.
        spare: how many content words of the other side have no counterpart either, and could say it in other terms.
    """

    span: Span
    content: int
    spare: int


def carries(word: Word) -> bool:
    """Whether a word has content of its own: no function word, no sign."""
    return word.is_content or word.is_number


def partnerless(side: Side, other: Side) -> list[bool]:
    """For each word, whether it is a content word without a counterpart on the other side."""
    theirs = {w.lemma for w in other.words}
    return [
        carries(word)
        and side.best[i] < _PARTNERLESS
        and side.partner[i] is None
        and not any(lexicon.related(word.lemma, lemma) >= 0.5 for lemma in theirs)
        for i, word in enumerate(side.words)
    ]


def phrases(side: Side, other: Side) -> Iterator[Phrase]:
    """The runs of words that one side has more than the other, in order.

    A run counts where it is long enough, where the other side has few words left that could say it in other terms, and
    where the side is longer by a good part of the run; otherwise it is taken for a free rendering.
    """
    longer = sum(map(carries, side.words)) - sum(map(carries, other.words))
    if 2 * longer < _SHORTEST:
        return
    lonely = partnerless(side, other)
    start = last = None
    kept = 0
    found: list[tuple[int, int]] = []
    for i, word in enumerate(side.words):
        if lonely[i]:
            start = i if start is None else start
            last, kept = i, 0
        elif carries(word) and start is not None and last is not None:
            kept += 1
            if kept >= _BRIDGE:
                found.append((start, last))
                start = last = None
    if start is not None and last is not None:
        found.append((start, last))
    spare = sum(partnerless(other, side)) if found else 0
    for a, b in found:
        content = sum(lonely[a : b + 1])
        if content >= _SHORTEST and 2 * spare <= content <= 2 * longer:
            yield Phrase(Span(side.words[a].span.start, side.words[b].span.end), content, spare)
