"""Another party of the article stands in the same place: "a rebel checkpoint" for "an army checkpoint".

A noun for a group or a person stands before a noun, or as an owner, where the reference has another one in the same
words around it; the reference names both, as different parties. Accepted are synonyms, wider and narrower words, and
words that the reference itself puts together.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parties import different, is_party
from evaltool.words import AlignedSegment, Side, Word

_LITERAL = 0.65  # share of the segment's words that must stand in the reference too


def _places(side: Side) -> Iterator[tuple[int, int]]:
    """(index of a party, index of the noun behind it) of "rebel checkpoint" and "the rebels' checkpoint"."""
    for at, word in enumerate(side.words[:-1]):
        after = side.words[at + 1]
        between = gap(side, at, at + 1)
        if word.is_capitalised or not word.is_content or not after.is_content or after.is_capitalised:
            continue
        plural = after.form != after.lemma and after.form.endswith("s")
        if after.form != after.lemma and not plural:
            continue  # "staff acted"
        if between in (" ", "’ ", "' ") and lexicon.main_part_of_speech(after.lemma) == "n" and is_party(word.lemma):
            yield at, at + 1


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each noun for a party that stands in the place of another."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    known = {head: at for at, head in _places(theirs)}
    for i, head in _places(ours):
        partner = ours.partner[head]
        j = known.get(partner) if partner is not None else None
        if j is None or partner is None or ours.words[head].lemma != theirs.words[partner].lemma:
            continue
        mine, other = ours.words[i], theirs.words[j]
        if _different(mine, other, segment):
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{other.text} {theirs.words[partner].text}”; “{mine.text}” is another party.",
                variant_span=Span(mine.span.start, ours.words[head].span.end),
                reference_span=Span(other.span.start, theirs.words[partner].span.end),
                suggestion=f"{other.text} {theirs.words[partner].text}",
                evidence={"party": mine.lemma, "meant": other.lemma},
                confidence=0.8,
            )


def _different(mine: Word, other: Word, segment: AlignedSegment) -> bool:
    """Whether two nouns are parties that the reference tells apart."""
    pair = mine.lemma, other.lemma
    if mine.lemma == other.lemma or mine.lemma in segment.reference.lemmas or other.lemma in segment.variant.lemmas:
        return False
    return different(segment.whole_reference, *pair)


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The rebels hold the town and its bridges. Two lorries were turned back at an army checkpoint on Sunday.",
            "The rebels hold the town and its bridges. Two lorries were turned back at a ⟦rebel checkpoint⟧ on Sunday.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The rebels hold the town and its bridges. Two lorries were turned back at an army checkpoint on Sunday.",
            "The rebels hold the town and its bridges. Two lorries were sent back at a military checkpoint on Sunday.",
        ),
    ),
)
