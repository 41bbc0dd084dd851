"""A name of the reference is garbled: a word that looks or sounds like it, and is another.

A capitalised word of the variant that the whole reference does not know resembles a name of the reference that the
variant's segment lacks. Accepted are other romanisations of the same name, missing accents, a country for its people,
singular for plural, a name written together or apart, and names that merely moved. A spelling that no English text
uses, for a name that English has an established spelling for, is garbled even where it could be a romanisation.

Severity: major; minor for a word of the language that is misspelled inside a name ("Comission"), for a name that
English has no established spelling for, if it begins alike, and where only vowels differ, unless both are names that
English knows ("Corby" for "Kirby").
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._arabic import joined, parted
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
    transliteration_key,
    zipf,
)
from evaltool.rules._slots import same_slot
from evaltool.words import AlignedSegment, Side, Word

_SIMILAR = 0.8
#: Likeness from which even a usual word of the language is a garbled name.
_ALIKE, _USUAL = 0.9, 4.0
_SLIP = 0.93  # and from which what is no word is one misspelled


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name of the variant that resembles another name of the reference."""
    if segment.kind is not Kind.MATCH:
        return
    titled = title_case(segment.variant.words) or title_case(segment.reference.words)
    here = {plain(form) for form in segment.variant.forms} | _joined(segment.variant)
    missing = [
        (i, w)
        for i, w in enumerate(segment.reference.words)
        if _named(w, segment, titled) and plain(w.form) not in here
    ]
    if not missing:
        return
    known = _joined(segment.reference) | said_anywhere(segment.whole_reference).forms
    for index, word in enumerate(segment.variant.words):
        if not _named(word, segment, titled) or plain(word.form) in known:
            continue
        if joined(word, segment.whole_reference) or parted(segment.variant, index, segment.whole_reference):
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
        if not (is_name(word, segment) and is_name(theirs, segment)) and not same_slot(segment, index, -at):
            continue  # a first word whose capital says little
        # Two words of the language are only taken for each other in the same place: "Federation", "Confederation".
        words = lexicon.is_word(word.lemma) and (lexicon.is_word(theirs.lemma) or not same_slot(segment, index, -at))
        if lexicon.is_word(word.lemma) and zipf(plain(word.form)) > _USUAL and likeness < _ALIKE:
            continue  # "Agency" translates "Agentur"
        if likeness < _SIMILAR or (words and not (same_slot(segment, index, -at) and _rare(word, theirs))):
            continue
        a, b = zipf(plain(word.form)), zipf(plain(theirs.form))
        # Other vowels are another romanisation, unless one or both are names that English knows.
        vowels = consonants(word.text) == consonants(theirs.text) and not (
            b >= ESTABLISHED and (a < UNKNOWN or a >= ESTABLISHED)
        )
        slip = lexicon.is_word(theirs.lemma) and not lexicon.is_word(word.lemma) and likeness >= _SLIP
        minor = vowels or slip or (max(a, b) < UNKNOWN and not _begins_otherwise(word, theirs))
        if minor and titled:
            continue  # there a word that is written in another way says little
        yield Hit(
            Severity.MINOR if minor else Severity.MAJOR,
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
#: And above which it may be any word that the dictionary happens to lack.
_COMMON = 4.5


def _named(word: Word, segment: AlignedSegment, titled: bool) -> bool:
    """Whether a word is a name; a first word, and one in a title's capitals, where no dictionary has it."""
    if not titled and is_name(word, segment):
        return True
    if not (titled or word.initial) or not word.is_capitalised or not word.form.isalpha() or not word.is_content:
        return False
    lower = word.form in segment.whole_reference.lower_case or word.form in segment.whole_variant.lower_case
    return not lower and not lexicon.is_word(word.lemma) and zipf(plain(word.form)) < _COMMON


def _begins_otherwise(word: Word, name: Word) -> bool:
    """Whether two names of much the same length begin with other sounds."""
    one, other = transliteration_key(word.text), transliteration_key(name.text)
    return one[:1] != other[:1] and abs(len(one) - len(other)) <= 1


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
        Example("Kirby said that the road would be closed.", "⟦Corby⟧ said that the road would be closed."),
        Example(
            "The European Commission declined to comment.",
            "The European ⟦Comission⟧ declined to comment.",
            severity=Severity.MINOR,
        ),
        Example("The minister met Marek Dvořáček.", "The minister met Marek Dvorzhachek."),
        Example("The minister met Yusuf Karimov.", "The minister met Youssouf Karimov."),
        Example("The minister met Wiktor Szczepański.", "The minister met Viktor Szczepanski."),
        Example("The judge, Nureddin Awad, left.", "The judge, Nur al-Din Awad, left."),
        Example("Noor Abdelrahim led it.", "Noor Abd al-Rahim led it."),
        Example("They went to Kafr Sawda.", "They went to Kafr Sauda."),
        Example("They went to Kafr Sawda.", "They went to Kafr ⟦Sanda⟧."),
        Example("The UN’s envoy arrived in Geneva.", "The United Nations envoy arrived in Geneva."),
        Example("The government of Syria denied it.", "The Syrian government denied it."),
    ),
)
