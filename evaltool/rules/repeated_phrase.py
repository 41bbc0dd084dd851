"""The same phrase is said twice within a sentence or two, and the reference says it once.

Looked at are phrases of three words or more, two of them content words, that stand apart (side by side they are a
matter of doubled-word). The reference's segment has each of the content words exactly once, and one of the two phrases
renders no other word of it. Parallel clauses may repeat ("and the toll in Syria"). Across two segments, six words or
more must be the same.

Severity: minor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from evaltool._english import CONJUNCTIONS
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._clauses import sentence
from evaltool.words import AlignedSegment, Side, Word

_WORDS, _CONTENT = 3, 2
_OFTEN = 4  # what is said more often than this is a refrain, or no text at all
_LONG_WORDS, _LONG_CONTENT = 6, 4  # across segments, where paraphrase names again what the reference calls "it"


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield the second of each pair of equal phrases."""
    matched = [s for s in document.segments if s.kind is Kind.MATCH and s.role is Role.BODY]
    for segment in matched:
        words = segment.variant.words
        taken: set[int] = set()
        for first, second, length in _repeats(words, words, _WORDS, _CONTENT):
            if _named(words[first : first + length]):
                continue
            near = _near(segment.variant, first, second) and second not in taken and not _joined(words, second)
            near = near and not _parallel(segment.variant, first, second)
            if near and _once(segment, first, length) and _idle(segment, first, second, length):
                taken.add(second)
                yield _hit(document.variant.text, words, words, first, second, length)
    for before, after in pairwise(matched):
        ours, theirs = before.variant.words, after.variant.words
        if not ours or not theirs:
            continue
        for first, second, length in _repeats(ours, theirs, _LONG_WORDS, _LONG_CONTENT):
            counts = Counter(w.lemma for w in (*before.reference.words, *after.reference.words))
            if all(counts[w.lemma] == 1 for w in ours[first : first + length] if w.is_content):
                yield _hit(document.variant.text, ours, theirs, first, second, length)


def _repeats(
    one: tuple[Word, ...], other: tuple[Word, ...], words: int, content: int
) -> Iterator[tuple[int, int, int]]:
    """(index, index, length) of each phrase that both have, as long as it goes and apart from itself."""
    places: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(other) - words + 1):
        places.setdefault(tuple(w.form for w in other[j : j + words]), []).append(j)
    done: set[tuple[int, int]] = set()
    for i in range(len(one) - words + 1):
        there = places.get(tuple(w.form for w in one[i : i + words]), [])
        for j in there if len(there) <= _OFTEN else ():
            if (one is other and j <= i) or (i, j) in done:
                continue
            length = 0
            while (
                i + length < len(one)
                and j + length < len(other)
                and (one is not other or i + length < j)
                and one[i + length].form == other[j + length].form
            ):
                done.add((i + length, j + length))
                length += 1
            apart = one is not other or i + length < j
            if apart and length >= words and sum(w.is_content for w in one[i : i + length]) >= content:
                yield i, j, length


def _once(segment: AlignedSegment, first: int, length: int) -> bool:
    """Whether the reference has each content word of a phrase exactly once."""
    counts = Counter(w.lemma for w in segment.reference.words)
    return all(counts[w.lemma] == 1 for w in segment.variant.words[first : first + length] if w.is_content)


def _near(side: Side, first: int, second: int) -> bool:
    """Whether two words stand in one sentence or in neighbouring ones."""
    end = sentence(side, first)[1]
    return second <= end or sentence(side, second)[0] == end + 1


def _named(words: tuple[Word, ...]) -> bool:
    """Whether a phrase is a name, which may be said again for a pronoun."""
    content = [word for word in words if word.is_content]
    return sum(word.is_capitalised for word in content) > len(content) / 2


def _joined(words: tuple[Word, ...], second: int) -> bool:
    """Whether a conjunction stands before a phrase: parallel clauses may repeat what the reference leaves out."""
    return any(word.form in CONJUNCTIONS for word in words[second - 1 : second + 1])


def _parallel(side: Side, first: int, second: int) -> bool:
    """Whether two phrases go with different numbers: "11.5% over three years", "6.2% over three years"."""
    before = [side.words[at - 1] for at in (first, second) if at]
    return len(before) > 1 and all(w.is_number for w in before) and before[0].form != before[1].form


def _idle(segment: AlignedSegment, first: int, second: int, length: int) -> bool:
    """Whether the content words of one of the two phrases are linked to nothing."""
    ours = segment.variant
    return any(
        all(ours.partner[k] is None for k in range(at, at + length) if ours.words[k].is_content)
        for at in (first, second)
    )


def _hit(text: str, one: tuple[Word, ...], other: tuple[Word, ...], first: int, second: int, length: int) -> Hit:
    span = Span(other[second].span.start, other[second + length - 1].span.end)
    earlier = Span(one[first].span.start, one[first + length - 1].span.end)
    return Hit(
        Severity.MINOR,
        f"“{earlier.of(text)}” is said twice here; the reference says it once.",
        variant_span=span,
        evidence={"words": length},
        confidence=0.75,
    )


RULE = Rule(
    category=Category.REPETITION,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "I have not written for a long time, as the search for work took up all my strength.",
            "I have not written for a long time, as the search for work took up all my strength ⟦for a long time⟧.",
        ),
        Example(
            "The old harbour was closed in May, and the new harbour opened in June.",
            "The old harbour was closed in May, and the new harbour opened in June.",
        ),
        Example(
            "The unions ask for 11% over three years and are offered 6%.",
            "The unions want 11% over three years; the firm offers 6% over three years.",
        ),
        Example(
            "It blamed Jaysh al-Thuwwar, one of the factions that have held the town since March.",
            "It blamed Jaysh al-Thuwwar. Factions, of which Jaysh al-Thuwwar is one, have held the town since March.",
        ),
        Example(
            "The head of the union met the minister, and he thanked her.",
            "The head of the union met the minister, and the union’s head thanked her.",
        ),
    ),
)
