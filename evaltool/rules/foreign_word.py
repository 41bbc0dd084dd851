"""A word is left in another language or script, and the reference does not have it.

Words in another script than the reference's, and words in small letters that are rare in English, common in another
language, and no misspelling of an English word.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import plain, zipf
from evaltool.rules._spelling import respelled, slip
from evaltool.words import AlignedSegment, Word

_LATIN = regex.compile(r"\p{Latin}")
_LETTER = regex.compile(r"\p{L}")
_UNKNOWN = 2.4  # zipf frequency in English below which a form is foreign if another language has it more often
#: Languages whose words are looked for; all have frequency lists.
_LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "pl", "sv", "cs", "tr", "id")


def _other_script(word: Word, segment: AlignedSegment) -> bool:
    letters = _LETTER.findall(word.text)
    foreign = [c for c in letters if not _LATIN.match(c)]
    if not letters or len(foreign) < len(letters):
        return False
    return not any(c in segment.whole_reference.text for c in set(foreign))


def _other_language(word: Word, segment: AlignedSegment) -> str | None:
    form = word.form
    if word.is_capitalised or not word.is_content or len(form) < 3 or not form.isalpha():
        return None
    if form in segment.whole_reference.forms or zipf(plain(form)) >= _UNKNOWN or zipf(form) >= _UNKNOWN:
        return None
    import wordfreq

    if respelled(form) or any(slip(form, w.form) for w in segment.reference.words if w.is_content):
        return None  # a slip of the keys: see misspelled-word
    best = max(_LANGUAGES, key=lambda language: wordfreq.zipf_frequency(form, language))
    return best if wordfreq.zipf_frequency(form, best) > max(zipf(form), zipf(plain(form))) + 1.5 else None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word of another script or language."""
    if segment.kind is Kind.OMISSION:
        return
    for word in segment.variant.words:
        if word.is_number or word.is_sign:
            continue
        if _other_script(word, segment):
            message, evidence = f"“{word.text}” is left in another script.", "script"
        elif (language := _other_language(word, segment)) is not None:
            message, evidence = f"“{word.text}” is no English word; it is one in another language.", language
        else:
            continue
        yield Hit(Severity.MAJOR, message, variant_span=word.span, evidence={"looks like": evidence}, confidence=0.85)


RULE = Rule(
    category=Category.UNTRANSLATED,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The council closed the road.", "The council closed the ⟦дорогу⟧."),
        Example("The council closed the road.", "The council closed the ⟦carretera⟧."),
        Example("He ordered a café crème.", "He ordered a café crème."),
        Example("The council closed the road.", "The council closed the street."),
    ),
)
