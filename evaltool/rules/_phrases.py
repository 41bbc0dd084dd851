"""Runs of words that have no counterpart on the other side of a segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaltool import lexicon
from evaltool.model import Span
from evaltool.rules._dates import date_parts
from evaltool.rules._names import abbreviates
from evaltool.rules._numbers import quantities_of
from evaltool.words import Side, Vocabulary, Word

#: Below this similarity to every word of the other side a content word has no counterpart.
_PARTNERLESS = 0.5
#: A run is broken by this many words in a row that do have one.
_BRIDGE = 2
_SHORTEST = 3  # content words of a run that counts
#: Share of a phrase's content words that must stand near each other elsewhere for it to have moved, and how near.
_MOVED, _NEAR = 0.6, 24


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


def moved(side: Side, phrase: Phrase, whole: Vocabulary) -> bool:
    """Whether the other document says most of a phrase in another sentence, or as another form of its words."""
    wanted = {_stem(w) for w in side.words if carries(w) and w.span.overlaps(phrase.span)}
    places = [(k, stem) for k, w in enumerate(whole.words) if carries(w) and (stem := _stem(w)) in wanted]
    for start, _ in places:
        near = {stem for k, stem in places if start <= k <= start + _NEAR}
        if len(near) >= max(2.0, _MOVED * len(wanted)):
            return True
    return False


def _stem(word: Word) -> str:
    """What forms and derivations of a word mostly share ("equalised", "equaliser")."""
    return word.lemma[: max(4, len(word.lemma) - 3)] if word.lemma.isalpha() else word.lemma


def phrases(side: Side, other: Side) -> Iterator[Phrase]:
    """The runs of words that one side has more than the other, in order.

    A run counts where it is long enough, where the other side has few words left that could say it in other terms, and
    where the side is longer by a good part of the run; otherwise it is taken for a free rendering.
    """
    longer = sum(map(carries, side.words)) - sum(map(carries, other.words))
    if 2 * longer < _SHORTEST:
        return
    lonely = partnerless(side, other)
    counted = {k for q in quantities_of(side) for k in range(q.first, q.last + 1)}
    start = last = None
    kept = 0
    found: list[tuple[int, int]] = []
    for i, word in enumerate(side.words):
        if lonely[i]:
            start = i if start is None else start
            last, kept = i, 0
        elif carries(word) and start is not None and last is not None:
            kept += _BRIDGE if i in counted else 1  # a number that the other side has too belongs to something said
            if kept >= _BRIDGE:
                found.append((start, last))
                start = last = None
    if start is not None and last is not None:
        found.append((start, last))
    spare = sum(partnerless(other, side)) if found else 0
    if 2 * spare >= sum(map(carries, other.words)):
        return  # "do not see eye to eye" for "are divided"
    if found and any(p.kind == "time" for p in date_parts(other)):
        # "half past eleven in the morning" is what "11:30 a.m." is.
        told = [p.span for p in date_parts(side) if p.kind == "time"]
        lonely = [own and not any(w.span.overlaps(t) for t in told) for own, w in zip(lonely, side.words, strict=True)]
    for a, b in found:
        named = side.words[max(0, a - 1) : b + 2]
        if any(w.is_acronym and len(w.form) > 2 and abbreviates(w, named) for w in other.words):
            continue  # what the other side's acronym stands for
        content = sum(lonely[a : b + 1])
        if content >= _SHORTEST and 2 * spare <= content <= 2 * longer:
            yield Phrase(Span(side.words[a].span.start, side.words[b].span.end), content, spare)
