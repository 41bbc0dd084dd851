"""British and American spelling stand in one text ("defence" and "neighboring"), and the reference keeps to one.

Names and quoted words do not count, as they keep their own spelling; nor does -ize by itself, which Britain has too.
Marked is the first of each word that is not spelled the reference's way, or, where the reference shows none, the way
that is rarer in the variant.

Severity: minor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from evaltool._english import spelling_key
from evaltool.model import Document, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._quotes import quotations
from evaltool.words import Vocabulary, Word

#: British spellings that Americans do not use (as they do "grey", "cancelled"), by how they are inflected; the American
#: ones follow from them.
_NOUNS = (
    """
    colour favour favourite honour labour neighbour behaviour harbour humour rumour flavour vapour odour
    armour endeavour saviour splendour vigour rigour tumour clamour fervour candour demeanour centre theatre litre fibre
    calibre spectre defence offence pretence plough
    """.split(),
    ("", "s", "d", "ed", "ing", "er", "ers", "ful", "less", "able", "hood", "ite", "ites", "al", "est"),
)
_VERBS = "analys paralys catalys".split(), ("e", "ed", "es", "ing", "er", "ers")
_DOUBLING = (
    "travell labell modell signall counsell marvell quarrell channell".split(),
    ("ed", "ing", "er", "ers"),
)
_ISE = regex.compile(r"\p{Ll}{3,}is(?:e|ed|es|ing|ation|ations)")
#: A form in -ize rarer than the one in -ise by more than this (zipf) is no spelling of it ("surprize").
_AS_COMMON = 1.0
_BRITISH, _AMERICAN = "British", "American"


@cache
def _forms() -> dict[str, str]:
    """The forms that only one of the two spells so."""
    british = {stem + ending for stems, endings in (_NOUNS, _VERBS, _DOUBLING) for stem in stems for ending in endings}
    return dict.fromkeys((spelling_key(form) for form in british), _AMERICAN) | dict.fromkeys(british, _BRITISH)


@cache
def _way(form: str) -> str | None:
    """Whose spelling a lower-case word has, or None where both write it so."""
    return _forms().get(form) or (_BRITISH if _in_ise(form) else None)


def _in_ise(form: str) -> bool:
    """Whether a word ends in -ise or the like and may also be written with z."""
    if not _ISE.fullmatch(form):
        return False
    import wordfreq

    other = wordfreq.zipf_frequency(spelling_key(form), "en")
    return bool(spelling_key(form) != form and other > 2 and other > wordfreq.zipf_frequency(form, "en") - _AS_COMMON)


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield the first of each word that is spelled the other way."""
    theirs = Counter(_way(w.form) for w in _told(document.reference, _words(document, of_variant=False)))
    told = _told(document.variant, _words(document, of_variant=True))
    ours = Counter(_way(w.form) for w in told)
    # The -ise of one word alone does not tell that a text is British: what others write with z, many write so.
    if not any(_forms().get(w.form) == _BRITISH for w in told):
        return
    if (theirs[_BRITISH] and theirs[_AMERICAN]) or not (ours[_BRITISH] and ours[_AMERICAN]):
        return
    due = max((_BRITISH, _AMERICAN), key=lambda way: (theirs[way], ours[way]))
    main = next(w for w in told if _way(w.form) == due)
    for word in {w.form: w for w in reversed(told) if _way(w.form) != due}.values():
        yield Hit(
            Severity.MINOR,
            f"“{word.text}” is {_way(word.form)} spelling, while “{main.text}” in the same text is {due}.",
            variant_span=word.span,
            evidence={"also": main.text, "times": ours[_way(word.form)]},
            confidence=0.8,
        )


def _words(document: AlignedDocument, *, of_variant: bool) -> Sequence[Word]:
    if not document.segments:
        return ()
    segment = document.segments[0]
    whole: Vocabulary = segment.whole_variant if of_variant else segment.whole_reference
    return whole.words


def _told(document: Document, words: Sequence[Word]) -> list[Word]:
    """The words outside quotations that show one of the two spellings, in order."""
    quoted = quotations(document.text, Span(0, len(document.text)))
    found = [w for w in words if w.text.islower() and _way(w.form)]
    return [w for w in found if not any(q.outer.overlaps(w.span) for q in quoted)]


RULE = Rule(
    category=Category.LOCALE_FORMAT,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "The defence minister left for a neighbouring town at night.",
            "The defence minister left for a ⟦neighboring⟧ town at night.",
        ),
        Example(
            "The defence minister left for a neighbouring town at night.",
            "The defense minister left for a neighboring town at night.",
        ),
        Example("They recognised the centre by its tower.", "They recognised the center by its tower."),
        Example(
            "The labour minister called it a “favour” to the harbour.",
            "The labour minister called it a “favor” to the harbour.",
        ),
    ),
)
