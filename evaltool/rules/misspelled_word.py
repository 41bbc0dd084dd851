"""A word is misspelled: no English text uses it, and it is a letter or two away from a word that fits.

Words that the reference uses are never misspelled, nor are names, numbers, British or American spellings, and compounds
of known words.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool import lexicon
from evaltool._english import spelling_key
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import plain, zipf
from evaltool.words import AlignedSegment, Word

#: Zipf frequencies: from the first on a form is taken for a word, since common misspellings stay below; what is meant
#: is at least as common as the second, and more common than the misspelling by the third.
_KNOWN, _COMMON, _GAP = 3.0, 3.0, 2.0


def unknown(word: Word, segment: AlignedSegment) -> bool:
    """Whether no English text that could be counted has the form, nor the reference."""
    form = plain(word.form)
    if not form.isascii() or not form.isalpha() or len(form) < 3:
        return False
    if word.form in segment.whole_reference.forms or lexicon.is_word(word.lemma) or zipf(form) >= _KNOWN:
        return False
    # "wellbuilt", "reopenings": two known words, or a known one with a common ending or beginning.
    return not any(zipf(form[:i]) > _COMMON and zipf(form[i:]) > _COMMON for i in range(3, len(form) - 2))


@lru_cache(maxsize=4096)
def _respelled(form: str) -> str | None:
    """The commonest word one edit (insertion, deletion, change, swap of two letters) away, or None."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(form[:i], form[i:]) for i in range(len(form) + 1)]
    edits = {a + b[1:] for a, b in cuts if b}
    edits |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    edits |= {a + c + b[1:] for a, b in cuts if b for c in letters}
    edits |= {a + c + b for a, b in cuts for c in letters}
    best = max(edits, key=lambda w: (zipf(w), w))
    return best if zipf(best) >= _COMMON else None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word that is no word and nearly one."""
    if segment.kind is Kind.OMISSION:
        return
    for word in segment.variant.words:
        if word.is_number or word.is_sign or not unknown(word, segment):
            continue
        form = plain(word.form)
        near = [
            w.form
            for w in segment.reference.words
            if _slip(form, plain(w.form)) and zipf(w.form) >= _COMMON and (w.is_function or lexicon.is_word(w.lemma))
        ]
        if not near and (word.is_capitalised or len(form) < 5):
            continue  # a name, or too short for anything but the reference to tell what is meant
        better = near[0] if near else _respelled(form)
        if better is None or spelling_key(better) == spelling_key(form) or zipf(better) < zipf(form) + _GAP:
            continue
        yield Hit(
            Severity.MINOR,
            f"“{word.text}” is no word; “{better}” is probably meant.",
            variant_span=word.span,
            suggestion=better,
            evidence={"frequency of the form": zipf(form), "frequency of the suggestion": zipf(better)},
            confidence=0.85,
        )


def _slip(a: str, b: str) -> bool:
    """Whether one word is the other with a slip of the keys: one edit, two in a long word."""
    from rapidfuzz.distance import OSA

    most = 2 if min(len(a), len(b)) > 6 else 1
    return 0 < OSA.distance(a, b, score_cutoff=most) <= most


RULE = Rule(
    category=Category.SPELLING,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The government opened the harbour.", "The ⟦goverment⟧ opened the harbour."),
        Example("He signed the agreement on Monday.", "He signed the ⟦agremeent⟧ on Monday."),
        Example("The colour of the harbour.", "The color of the harbor."),
        Example("The qanat fed the village.", "The qanat fed the village."),
    ),
)
