"""A name of the reference is garbled or replaced by another one.

A capitalised word of the variant that the whole reference does not know stands where the reference has a name that the
variant's segment lacks. Accepted are other romanisations of the same name, missing accents, a country for its people,
singular for plural, and names that merely moved. A spelling that no English text uses, for a name that English has an
established spelling for, is garbled even where it could be a romanisation.

Severity: major; minor for a garbled name that English has no established spelling for.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import spelling_key
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import (
    abbreviates,
    is_name,
    kin,
    plain,
    same_family,
    similar,
    title_case,
    transliteration_key,
    zipf,
)
from evaltool.rules._slots import same_slot
from evaltool.words import AlignedSegment, Word

_SIMILAR = 0.8
_UNRELATED = 0.6  # middle-layer cosine below which two names are taken for different things
_LITERAL = 0.4  # share of common words from which one new and one lost name stand for each other anywhere
#: Zipf frequencies: below the first no English text uses the spelling, from the second on it is established, and above
#: the third a word is no name of its own.
_UNKNOWN, _ESTABLISHED, _ORDINARY = 1.0, 2.0, 3.5


def _accepted(ours: Word, theirs: Word) -> bool:
    """Whether the variant's word is a legitimate form of the reference's name."""
    a, b = plain(ours.text), plain(theirs.text)
    if min(len(a), len(b)) > 3 and (a.startswith(b) or b.startswith(a)):
        return True  # written together or apart, or in short
    if theirs.is_acronym:
        return a.removesuffix("s") == b.removesuffix("s")
    if a == b or same_family(ours.text, theirs.text) or spelling_key(a) == spelling_key(b):
        return True
    if transliteration_key(ours.text) != transliteration_key(theirs.text):
        return False
    return not (zipf(a) < _UNKNOWN and zipf(b) >= _ESTABLISHED)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name of the variant that stands for another name of the reference."""
    if segment.kind is not Kind.MATCH or title_case(segment.variant.words) or title_case(segment.reference.words):
        return
    known = {plain(form) for form in segment.whole_reference.forms}
    here = {plain(form) for form in segment.variant.forms}
    missing = [
        (i, w) for i, w in enumerate(segment.reference.words) if is_name(w, segment) and plain(w.form) not in here
    ]
    for index, word in enumerate(segment.variant.words):
        if not is_name(word, segment) or plain(word.form) in known or not missing:
            continue
        if any(_accepted(word, theirs) for theirs in segment.whole_reference.words if theirs.is_capitalised):
            continue
        if any(w.is_acronym and abbreviates(w, segment.variant.words) for _, w in missing) or (
            word.is_acronym and abbreviates(word, segment.reference.words)
        ):
            continue
        likeness, at, theirs = max((similar(word.text, w.text), -i, w) for i, w in missing)
        slot = same_slot(segment, index, -at)
        if min(zipf(plain(word.form)), zipf(plain(theirs.form))) > _ORDINARY and kin(word, theirs):
            continue  # words of the language in a name: "Election Commission" for "Electoral Commission"
        if likeness >= _SIMILAR:
            how = "garbled"
        elif slot and len(missing) == 1 and segment.variant.best[index] < _UNRELATED:
            how = "replaced"
        elif (
            segment.literalness >= _LITERAL
            and segment.variant.best[index] < _UNRELATED
            and not lexicon.is_word(word.lemma)
            and not lexicon.is_word(theirs.lemma)
        ):
            how = "replaced"  # by a name and nothing else: one is new, one is gone
        else:
            continue
        # Two spellings that English text has neither of may be two romanisations.
        obscure = how == "garbled" and max(zipf(plain(word.form)), zipf(plain(theirs.form))) < _UNKNOWN
        yield Hit(
            Severity.MINOR if obscure else Severity.MAJOR,
            f"The reference names “{theirs.text}”; here it is “{word.text}”.",
            variant_span=word.span,
            reference_span=theirs.span,
            suggestion=theirs.text,
            evidence={
                "how": how,
                "likeness": round(likeness, 2),
                "frequency of the variant's form": zipf(plain(word.form)),
                "frequency of the reference's form": zipf(plain(theirs.form)),
            },
            confidence=0.9 if how == "garbled" else 0.7,
        )


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The minister from Glasgow spoke first.", "The minister from ⟦Glazgov⟧ spoke first."),
        Example("A spokesman for NASA confirmed the delay.", "A spokesman for ⟦Naser⟧ confirmed the delay."),
        Example("The ship left Odesa for Istanbul.", "The ship left ⟦Madrid⟧ for Istanbul."),
        Example("The minister met Yusuf Karimov.", "The minister met Youssouf Karimov."),
        Example("The minister met Wiktor Szczepański.", "The minister met Viktor Szczepanski."),
        Example("The UN’s envoy arrived in Geneva.", "The United Nations envoy arrived in Geneva."),
        Example("The government of Syria denied it.", "The Syrian government denied it."),
    ),
)
