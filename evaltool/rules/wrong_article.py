"""“A” stands before a vowel sound, or “an” before a consonant sound.

The sound decides, not the letter ("an hour", "a university", "an MP", "a one-off"). What the reference writes in the
same way is accepted, and nothing is said of words and acronyms that are pronounced in two ways ("a herb", "an
historic") and of names that begin with a vowel.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Word

# Beginnings that are pronounced otherwise than written.
_SILENT_H = regex.compile(r"hour|honest|honou?r|heir")
_EITHER = regex.compile(r"h(?:erb|ist|otel|abit|allu|eroi|egem|omag|orrif|yst|ypo)|uber|y[^aeiou]")
_YOU_OR_W = regex.compile(
    r"u(?:ni(?![dmn])|nani|b[ieo]|f[ao]|ga|k[eru]|[rs][aeiou]|t(?:e|il|op))|eu|ew[ea]|one(?![ir])|once|oui"
)
_VOWEL_NUMBER = regex.compile(r"8|1[18](?!\d)(?![.,]\d)|1[18][.,]\d{3}(?!\d)")
_HUNDREDS = regex.compile(r"1[18]\d\d(?!\d)")
_LETTERS_WITH_VOWEL = frozenset("AEFHILMNORSX")


def vowel_sound(word: Word) -> bool | None:
    """Whether a word begins with a vowel sound; None where that cannot be told from its letters."""
    text, form = word.text, word.form
    if word.is_number:
        if _HUNDREDS.match(text):
            return None  # "an 1887 painting", "a 1,800-seat hall"
        return bool(_VOWEL_NUMBER.match(text)) if text[0] in "18" else False
    if not form.isascii() or word.is_sign:
        return None
    if word.is_acronym:
        # "NATO" is read as a word, "NGO" letter by letter: both ways must agree.
        spelled, read = text[0] in _LETTERS_WITH_VOWEL, form[0] in "aeio"
        return spelled if spelled == read and text[0] != "U" else None
    if len(form) < 2 or _EITHER.match(form):
        return None
    if _SILENT_H.match(form):
        return True
    return form[0] in "aeiou" and not _YOU_OR_W.match(form)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each article that does not suit the sound behind it."""
    side = segment.variant
    known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
    for article, word in pairwise(side.words):
        gap = side.text[article.span.end : word.span.start]
        if article.text not in ("a", "an", "An", "A") or not gap.isspace() or (article.form, word.form) in known:
            continue
        if article.text == "A" and not article.initial:
            continue  # a letter: "Vitamin A is"
        vowel = vowel_sound(word)
        if vowel is None or vowel is (article.form == "an"):
            continue
        if not vowel and word.is_capitalised and word.form[0] in "aeiou":
            continue  # names are pronounced as they please
        right = "an" if vowel else "a"
        if article.is_capitalised:
            right = right.capitalize()
        yield Hit(
            Severity.MINOR,
            f"Before “{word.text}” the article is “{right}”, not “{article.text}”.",
            variant_span=Span(article.span.start, word.span.end),
            suggestion=f"{right}{gap}{word.text}",
            evidence={"article": article.form},
            confidence=0.99,
        )


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("He sent a message on Monday.", "He sent ⟦an message⟧ on Monday."),
        Example("It began an hour later.", "It began ⟦a hour⟧ later."),
        Example("He is an honest man at a university.", "He is an honest man at a university."),
        Example("It was an 11-year-old with a one-off chance.", "It was an 11-year-old with a one-off chance."),
        Example("An MP called it a US plan.", "An MP called it a US plan."),
        Example("It was painted by Holm in 1887.", "It is an 1887 painting by Holm."),
    ),
)
