"""A punctuation mark stands in the middle of a sentence where it can only be a slip.

Found are marks behind an article, preposition, conjunction or auxiliary, a stop, question or exclamation mark before a
word in small letters, a mark between two words that stand together without one in the reference, a closing quotation
mark that nothing opened, two marks in a row, and signs that belong to no sentence (^, ~, _). What the reference has in
the same way is accepted, as are abbreviations, ellipses, lists and times.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from evaltool import lexicon
from evaltool._english import ARTICLES, FUNCTION
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, lemma_of

# Words are matched from their first letter and never given back, so that a word of any length costs one look.
_WORD = r"(?<![\p{L}\p{N}])(\p{L}++)"
#: Function words that nothing but a quotation or a list can separate from what follows.
_BOUND = ARTICLES | frozenset("of to from with into onto and or than my your his its our their very".split())
#: Besides them, words that a semicolon, stop or exclamation mark never follows inside a sentence.
_UNFINISHED = _BOUND | frozenset("be been being are per an each every".split())
_AFTER_BOUND = regex.compile(_WORD + r"([:;,.?!])(?=\s+[\p{L}\p{N}])")
_BEFORE_SMALL = regex.compile(r"(?<!\p{L})(\p{L}{2,}+)([.?!])(?=\s+\p{Ll}{2,})")
_ALIEN = regex.compile(r"(?<![\p{L}\p{N}@_])([\p{L}\p{N}]++[,;:.]?)([\^~|\\_@])(?=[\s\p{P}]|$)")
_TWICE = regex.compile(r"(?<!\p{L})(\p{L}++)([,;:](?:\s*[,;:.])|[.!?]\s*,(?!\p{N})|[,;:.]-(?=\s))")
_CLOSING = regex.compile(_WORD + r"([\"'’”])(?=\s+[\p{L}\p{N}(])")
_OPENING = regex.compile(r"(?<![\p{L}\p{N},;.!?])[\"'‘“„]")
#: Marks that do not part two words which the reference leaves together.
_PARTING = frozenset(";:.?!")
_SMALL_ABBREVIATIONS = frozenset(
    "etc vs ca cf al approx no nos vol est ext fig ft jr sr inc corp co st mt op ed pp am pm".split()
)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each stray mark of a kind that the reference segment does not have."""
    side, reference = segment.variant, segment.reference.quote
    if side.span is None:
        return
    seen: set[int] = set()
    for pattern in (_AFTER_BOUND, _BEFORE_SMALL, _ALIEN, _TWICE, _CLOSING):
        matches = list(pattern.finditer(side.text, *side.span))
        theirs = {m.group().casefold() for m in pattern.finditer(reference)} if matches else set()
        for match in matches:
            word, mark = match.group(1), match.group(2)
            if match.group().casefold() in theirs or match.start(2) in seen:
                continue
            if pattern is _AFTER_BOUND and not _unfinished(word, mark):
                continue
            if pattern is _BEFORE_SMALL and (pattern.search(reference) or not _whole(word)):
                continue
            if pattern is _TWICE and mark[0] == "." and not _whole(word):
                continue
            if pattern is _CLOSING and not _unopened(match, segment):
                continue
            seen.add(match.start(2))
            yield _hit(
                match.start(),
                match.end(),
                word + (mark[-1] if pattern is _TWICE and mark[-1] != "-" else ""),
                mark,
                word,
            )
    for start, end, word, mark in _between_neighbours(segment):
        if end - 1 not in seen:
            yield _hit(start, end, word, mark, word)


def _hit(start: int, end: int, suggestion: str, mark: str, word: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"The mark “{mark}” behind “{word}” has no place in the sentence.",
        variant_span=Span(start, end),
        suggestion=suggestion,
        evidence={"mark": mark},
        confidence=0.85,
    )


def _unfinished(word: str, mark: str) -> bool:
    """Whether a mark cannot follow a function word: "to:", but not "to, as he said, help"."""
    form = word.casefold()
    if word.isupper() and len(word) > 1:
        return False
    if mark in ";!":
        return form in _UNFINISHED
    return form in (ARTICLES if mark == "," else _BOUND)


def _whole(word: str) -> bool:
    """Whether a word is written out, so that a stop behind it ends a sentence ("etc. and", "Corp. said")."""
    if not word.islower() or word in _SMALL_ABBREVIATIONS:
        return False
    return word in FUNCTION or (len(word) > 3 and lexicon.is_word(lemma_of(word)))


def _unopened(match: regex.Match[str], segment: AlignedSegment) -> bool:
    """Whether a closing quotation mark closes nothing that was opened in its paragraph."""
    text, mark = segment.variant.text, match.group(2)
    begin = text.rfind("\n", 0, match.start()) + 1
    before = text[begin : match.start(2)]
    if mark in "'’" and (match.group(1)[-1] in "sSnNoOzZ"):
        return False  # a possessive, or a letter that was left out: "the workers' union", "goin' home"
    kin = "'‘’" if mark in "'’" else '"“”„'
    opened = sum(m.group()[-1] in kin for m in _OPENING.finditer(before))
    closed = sum(
        c in kin and before[i - 1 : i].strip() != "" and before[i + 1 : i + 2].isspace() for i, c in enumerate(before)
    )
    return opened <= closed and not _CLOSING.search(segment.reference.quote)


def _between_neighbours(segment: AlignedSegment) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, word, mark) of marks between two words that the reference has side by side."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    together = {
        (a.text, b.text)
        for a, b in pairwise(theirs.words)
        if theirs.text[a.span.end : b.span.start].isspace() and not (a.is_number or b.is_number)
    }
    for first, second in pairwise(ours.words):
        gap = ours.text[first.span.end : second.span.start]
        sentence = gap[:1] in ".?!" and second.is_capitalised  # two sentences made of one, unless it is a name
        if gap[:1] in _PARTING and gap[1:].isspace() and not sentence and (first.text, second.text) in together:
            yield first.span.start, first.span.end + 1, first.text, gap[0]


RULE = Rule(
    category=Category.PUNCTUATION_SPACING,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example("The road to the coast was closed.", "The road ⟦to:⟧ the coast was closed."),
        Example("The road to the coast was closed.", "The ⟦road~⟧ to the coast was closed."),
        Example("The road to the coast was closed.", "The ⟦road?⟧ to the coast was closed."),
        Example("The road to the coast was closed.", "The road to the ⟦coast;⟧ was closed."),
        Example("The road to the coast was closed.", 'The ⟦road"⟧ to the coast was closed.'),
        Example("Bring bread, cheese, etc. and a knife.", "Bring bread, cheese, etc. and a knife."),
        Example("He came, he said, to help.", "He came to, as he said, help."),
        Example("The workers' union met in the hall.", "The “workers” union met in the workers' hall."),
    ),
)
