"""A word of a name is put into other words: "White Institute" for "Weiss Institute", "Clear Hill" for "Bright Hill".

A name is transliterated or kept; translated word by word, or with a word of another sense, it names something else.
Found are words of the language that have a capital within the sentence, stand for another word with a capital and are
weighed as wrong there (``evaltool.substitution``). Accepted are synonyms, forms of one word, and words that the
reference has elsewhere.

Severity: major; a note in a text that is no translation.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._dates import date_parts
from evaltool.rules._generic import GENERIC
from evaltool.rules._names import abbreviates, accepted, kin, similar, title_case
from evaltool.words import AlignedSegment, Substitute, Word

#: From this chance on a word is taken for wrong (as wrong-word does), in a text and in a sentence alone, and from this
#: share of words a passage for a translation.
_SURE, _SURE_ALONE, _LITERAL = 0.25, 0.3, 0.5
#: Closeness in WordNet from which one word may translate another, and likeness of form from which it is one name.
_UNLIKE, _ALIKE = 0.2, 0.85
_LONGEST = 5  # words of a name that an acronym stands for
_SHORT = 3  # letters below which a word is no word of a name


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word of a name that is another word."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL or title_case(segment.variant.words):
        return
    alone = len(segment.whole_reference.words) == len(segment.reference.words)
    for substitute in segment.substitutes:
        sure = substitute.chance >= (_SURE_ALONE if alone else _SURE)
        if sure and substitute.counterpart is not None and _renamed(segment, substitute):
            word = segment.variant.words[substitute.index]
            other = segment.reference.words[substitute.counterpart]
            yield Hit(
                Severity.MAJOR,
                f"The reference has “{other.text}” in a name; here it is “{word.text}”, another word.",
                variant_span=word.span,
                reference_span=other.span,
                suggestion=other.text,
                evidence={"literalness of the segment": round(segment.literalness, 2)},
                confidence=round(substitute.chance, 2),
            )


def _renamed(segment: AlignedSegment, substitute: Substitute) -> bool:
    """Whether both words belong to names, and mean different things."""
    at = substitute.index
    word, other = segment.variant.words[at], segment.reference.words[substitute.counterpart or 0]
    if word.initial or not word.is_capitalised or not other.is_capitalised or word.is_acronym:
        return False
    if len(word.form) <= _SHORT or not lexicon.is_word(word.lemma) or word.form in segment.whole_reference.forms:
        return False
    if (
        lexicon.related(word.lemma, other.lemma) >= _UNLIKE
        or kin(word, other)
        or accepted(word, other)
        or similar(word.form, other.form) >= _ALIKE
        or _written_out(segment, word)
        or (other.is_acronym and abbreviates(other, segment.variant.words[max(0, at - _LONGEST) : at + _LONGEST]))
        or {word.form, other.form} <= GENERIC
    ):
        return False
    return not any(part.span.overlaps(other.span) for part in date_parts(segment.reference))


def _written_out(segment: AlignedSegment, word: Word) -> bool:
    """Whether the reference has an abbreviation of a word: "St" for "Saint"."""
    short = (w.form for w in segment.reference.words if w.is_capitalised and 1 < len(w.form) <= _SHORT)
    return any(form[0] == word.form[0] and form[-1] == word.form[-1] for form in short)


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    literal=True,
    yields=True,
    examples=(
        Example(
            "The finding was welcomed by Naledi Fairweather of the University of Port Alder, who was not involved.",
            "The finding was welcomed by Naledi ⟦Clear⟧ ⟦Weather⟧ of Port Alder University, who was not involved.",
        ),
        Example(
            "The paintings were shown to experts of the Hrytsenko Institute in the capital.",
            "The paintings were shown to experts of the Gritsenko Institute in the capital.",
        ),
    ),
)
