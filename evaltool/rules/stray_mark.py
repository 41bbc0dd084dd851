"""A punctuation mark stands in the middle of a sentence where it can only be a slip.

Found are a colon, semicolon, comma, full stop, question or exclamation mark behind an article, preposition or
conjunction, a stop or question mark before a word in small letters, two marks in a row, and signs that belong to no
sentence (^, ~, |). What the reference has in the same way is accepted, as are abbreviations and ellipses.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool import lexicon
from evaltool._english import ARTICLES
from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, lemma_of

# Words are matched from their first letter and never given back, so that a word of any length costs one look.
#: Function words that nothing but a quotation or a list can separate from what follows.
_BOUND = ARTICLES | frozenset("of to from with into onto and or than my your his its our their very".split())
_AFTER_BOUND = regex.compile(r"(?<![\p{L}\p{N}])(\p{L}++)([:;,.?!])(?=\s+[\p{L}\p{N}])")
_BEFORE_SMALL = regex.compile(r"(?<!\p{L})(\p{L}{3,}+)([.?!])(?=\s+\p{Ll}{2,})")
_ALIEN = regex.compile(r"(?<!\p{L})(\p{L}++)([\^~|\\])(?=[\s\p{P}]|$)")
_TWICE = regex.compile(r"(?<!\p{L})(\p{L}++)([,;:](?:\s*[,;:.])|[.!?]\s*,(?!\p{N}))")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each stray mark of a kind that the reference segment does not have."""
    side, reference = segment.variant, segment.reference.quote
    if side.span is None:
        return
    for pattern in (_AFTER_BOUND, _BEFORE_SMALL, _ALIEN, _TWICE):
        theirs = {m.group().casefold() for m in pattern.finditer(reference)}
        for match in pattern.finditer(side.text, *side.span):
            word, mark = match.group(1), match.group(2)
            if match.group().casefold() in theirs:
                continue
            if pattern is _AFTER_BOUND and (word.casefold() not in _BOUND or word.isupper()):
                continue
            if mark == "," and pattern is _AFTER_BOUND and word.casefold() not in ARTICLES:
                continue  # "to, as he said, help"
            if pattern is _BEFORE_SMALL and (pattern.search(reference) or (mark == "." and len(word) < 4)):
                continue  # "etc. and", "Inc. said"
            if pattern is _BEFORE_SMALL and (not word.islower() or not lexicon.is_word(lemma_of(word))):
                continue  # "Corp. said", "approx. ten"
            yield Hit(
                Severity.MINOR,
                f"The mark “{mark}” behind “{word}” has no place in the sentence.",
                variant_span=Span(match.start(), match.end()),
                suggestion=word + (mark[-1] if pattern is _TWICE else ""),
                evidence={"mark": mark},
                confidence=0.85,
            )


RULE = Rule(
    category=Category.PUNCTUATION_SPACING,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The road to the coast was closed.", "The road ⟦to:⟧ the coast was closed."),
        Example("The road to the coast was closed.", "The ⟦road~⟧ to the coast was closed."),
        Example("The road to the coast was closed.", "The ⟦road?⟧ to the coast was closed."),
        Example("Bring bread, cheese, etc. and a knife.", "Bring bread, cheese, etc. and a knife."),
        Example("He came, he said, to help.", "He came to, as he said, help."),
    ),
)
