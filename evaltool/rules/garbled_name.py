"""A name of the reference is garbled: a word that looks or sounds like it, and is another.

A capitalised word of the variant that the whole reference does not know resembles a name of the reference that the
variant's segment lacks. Accepted are other romanisations of the same name, missing accents, a country for its people,
singular for plural, a name written together or apart, and names that merely moved. A spelling that no English text
uses, for a name that English has an established spelling for, is garbled even where it could be a romanisation.

Severity: major; minor for a name that English has no established spelling for, and where only vowels differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._mentions import said_anywhere
from evaltool.rules._names import (
    ESTABLISHED,
    UNKNOWN,
    abbreviates,
    accepted,
    consonants,
    is_name,
    plain,
    similar,
    title_case,
    zipf,
)
from evaltool.rules._slots import same_slot
from evaltool.words import AlignedSegment, Side, Word

_SIMILAR = 0.8


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name of the variant that resembles another name of the reference."""
    if segment.kind is not Kind.MATCH or title_case(segment.variant.words) or title_case(segment.reference.words):
        return
    here = {plain(form) for form in segment.variant.forms} | _joined(segment.variant)
    missing = [
        (i, w) for i, w in enumerate(segment.reference.words) if is_name(w, segment) and plain(w.form) not in here
    ]
    if not missing:
        return
    known = _joined(segment.reference) | said_anywhere(segment.whole_reference).forms
    for index, word in enumerate(segment.variant.words):
        if not is_name(word, segment) or plain(word.form) in known:
            continue
        if any(accepted(word, theirs) for theirs in said_anywhere(segment.whole_reference).capitalised):
            continue
        if any(w.is_acronym and abbreviates(w, segment.variant.words) for _, w in missing) or (
            word.is_acronym and abbreviates(word, segment.reference.words)
        ):
            continue
        if any(_shortened(segment.variant, index, w) for _, w in missing):
            continue
        likeness, at, theirs = max((similar(word.text, w.text), -i, w) for i, w in missing)
        # Two words of the language are only taken for each other in the same place: "Federation", "Confederation".
        words = lexicon.is_word(word.lemma) and (lexicon.is_word(theirs.lemma) or not same_slot(segment, index, -at))
        if likeness < _SIMILAR or (words and not (same_slot(segment, index, -at) and _rare(word, theirs))):
            continue
        a, b = zipf(plain(word.form)), zipf(plain(theirs.form))
        vowels = consonants(word.text) == consonants(theirs.text) and not a < UNKNOWN <= ESTABLISHED <= b
        yield Hit(
            Severity.MINOR if vowels or max(a, b) < UNKNOWN else Severity.MAJOR,
            f"The reference names “{theirs.text}”; here it is “{word.text}”.",
            variant_span=word.span,
            reference_span=theirs.span,
            suggestion=theirs.text,
            evidence={
                "likeness": round(likeness, 2),
                "frequency of the variant's form": a,
                "frequency of the reference's form": b,
            },
            confidence=0.9,
        )


#: Zipf frequency above which a word is no name of its own.
_ORDINARY = 3.5


def _rare(word: Word, other: Word) -> bool:
    """Whether one of two words is too rare to be a word of the language inside a name ("Election Commission")."""
    return min(zipf(plain(word.form)), zipf(plain(other.form))) <= _ORDINARY


def _shortened(side: Side, index: int, name: Word) -> bool:
    """Whether a name is put together of the beginning of a word and the next word: "Mideast" for "Middle East"."""
    first, second = (plain(side.words[i].form) if i < len(side.words) else "" for i in (index, index + 1))
    return len(second) > 3 and plain(name.form).endswith(second) and plain(name.form)[:2] == first[:2]


def _joined(side: Side) -> set[str]:
    """Names of two words written together: "Hinamatsuri", "Barlev" for "Bar-Lev"."""
    pairs = zip(side.words, side.words[1:], strict=False)
    return {plain(a.form) + plain(b.form) for a, b in pairs if a.is_capitalised}


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The minister from Glasgow spoke first.", "The minister from ⟦Glazgov⟧ spoke first."),
        Example("A spokesman for NASA confirmed the delay.", "A spokesman for ⟦Naser⟧ confirmed the delay."),
        Example("The minister met Yusuf Karimov.", "The minister met Youssouf Karimov."),
        Example("The minister met Wiktor Szczepański.", "The minister met Viktor Szczepanski."),
        Example("The UN’s envoy arrived in Geneva.", "The United Nations envoy arrived in Geneva."),
        Example("The government of Syria denied it.", "The Syrian government denied it."),
    ),
)
