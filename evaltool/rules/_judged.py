"""Words that the learned judge holds for wrong, added or lost: runs of them, and what else is known about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaltool.model import Span
from evaltool.rules._names import kin
from evaltool.words import AlignedSegment, Vocabulary, Word


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of which the judge thinks the same.

    Attributes:
        first: index of the first.
        last: index of the last.
        peak: the highest chance of any of them, 0..1.
        content: how many of them carry content.
    """

    first: int
    last: int
    peak: float
    content: int

    def span(self, words: Sequence[Word]) -> Span:
        """From the first to the last of its words."""
        return Span(words[self.first].span.start, words[self.last].span.end)


def runs(words: Sequence[Word], chances: Sequence[float], edge: float, bridge: int = 2) -> Iterator[Run]:
    """Maximal runs of content words whose chance is at least ``edge``.

    Args:
        words: of one side.
        chances: of each of them, 0..1.
        edge: from which chance on a word belongs to a run.
        bridge: how many words of no content may stand between two of them.
    """
    members = [i for i, word in enumerate(words) if word.is_content and chances[i] >= edge]
    start = 0
    for at in range(1, len(members) + 1):
        if at < len(members):
            between = range(members[at - 1] + 1, members[at])
            if len(between) <= bridge and not any(words[k].is_content for k in between):
                continue
        own = members[start:at]
        if own:
            yield Run(own[0], own[-1], max(chances[i] for i in own), len(own))
        start = at


def said_elsewhere(word: Word, segment: AlignedSegment, whole: Vocabulary) -> bool:
    """Whether the other document says a word anywhere, or this segment's other side something close to it."""
    other = segment.variant if whole is segment.whole_variant else segment.reference
    return (
        word.lemma in whole.lemmas or word.form in whole.forms or any(kin(word, w) for w in other.words if w.is_content)
    )
