"""A word is misspelled: no English text uses it, and it is a letter or two away from a word that fits.

Without such a word in the reference, short words and names are held for misspelled only where two letters of a very
common word are swapped. Words that the reference uses are never misspelled, nor are names, numbers, British or American
spellings, and compounds of known words.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import FUNCTION, spelling_key
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import plain, transliteration_key, zipf
from evaltool.rules._spelling import respelled, slip
from evaltool.words import AlignedSegment, Side, Word, lemma_of

#: Zipf frequencies: from the first on a form is taken for a word, since common misspellings stay below; what is meant
#: is at least as common as the second, and more common than the misspelling by the third.
_KNOWN, _COMMON, _GAP = 3.0, 3.0, 2.0
#: A form below the first is no word, and a word of the reference above the second is what was meant.
_UNSEEN, _SEEN = 1.0, 2.0
_VERY_COMMON, _FAR = 4.0, 4.0  # likewise where nothing but swapped letters tells what is meant
_NOT = ("don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "hasn't", "haven't", "hadn't", "won't",
        "wouldn't", "can't", "couldn't", "shouldn't", "mustn't", "needn't", "mightn't", "shan't", "ain't")  # fmt: skip


_PREFIXES = ("un", "non", "dis", "mis", "co", "de")
_SUFFIXES = ("ness", "less", "like", "ess", "ish", "ly", "er", "ers")


def unknown(word: Word, segment: AlignedSegment) -> bool:
    """Whether no English text that could be counted has the form, nor the reference."""
    form = plain(word.form)
    if not form.isascii() or not form.isalpha() or len(form) < 3:
        return False
    if {word.form, f"{word.form}s", word.form.removesuffix("s")} & segment.whole_reference.forms:
        return False
    if lexicon.is_word(word.lemma) or zipf(form) >= _KNOWN:
        return False
    for prefix in _PREFIXES:
        if form.startswith(prefix) and lexicon.is_word(lemma_of(form[len(prefix) :])):
            # "co-mission", unless the reference has "Commission".
            return any(w.form.startswith(prefix) and slip(form, plain(w.form)) for w in segment.reference.words)
    stems = [form[: -len(x)] for x in _SUFFIXES if form.endswith(x)]
    if any(lexicon.is_word(stem) or lexicon.is_word(stem + "e") for stem in stems):
        # "crediters", where the reference has "creditors".
        return any(_meant(form, w) for w in segment.reference.words)
    # "wellbuilt": two known words.
    return not any(_part(form[:i]) and _part(form[i:]) for i in range(3, len(form) - 2))


def _meant(form: str, other: Word) -> bool:
    """Whether a form that nobody writes is a slip of a word of the reference that is known to the dictionary."""
    known = lexicon.is_word(other.lemma) and not other.is_capitalised
    return zipf(form) < _UNSEEN and known and zipf(other.form) >= _SEEN and slip(form, plain(other.form))


def _part(form: str) -> bool:
    """Whether a compound can have a form as its part: a word, and a common one if it is short."""
    return zipf(form) > (_COMMON if len(form) > 3 else _COMMON + 1) and (
        form in FUNCTION or lexicon.is_word(lemma_of(form))
    )


def _negated(form: str) -> str | None:
    """The auxiliary that a misspelled one with n't was meant to be ("dosen't"), or None."""
    if not form.endswith("n't") or form in _NOT or len(form) < 5:
        return None
    return next((known for known in _NOT if slip(form, known)), None)


def _many(word: Word, side: Side) -> bool:
    """Whether it is the end of a compound in the plural: "go-betweens"."""
    behind = word.span.start > 0 and side.text[word.span.start - 1] in "-‑"
    return behind and word.form.endswith("s") and (word.form[:-1] in FUNCTION or lexicon.is_word(word.form[:-1]))


def _both_ways(form: str, better: str) -> bool:
    """Whether the two are British and American spellings of one word; the key also folds "absense" and "absence"."""
    return spelling_key(better) == spelling_key(form) and zipf(form) > _KNOWN - 1 and not form.endswith("ense")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word that is no word and nearly one."""
    if segment.kind is Kind.OMISSION:
        return
    for word in segment.variant.words:
        meant = _negated(word.form) if word.form not in segment.whole_reference.forms else None
        if meant is not None:
            yield _hit(word, meant)
        if word.is_number or word.is_sign or not unknown(word, segment) or _many(word, segment.variant):
            continue
        form = plain(word.form)
        near = [
            w.form
            for w in segment.reference.words
            if (w.is_capitalised or word.initial or not word.is_capitalised)  # a name is no slip of a common word
            and slip(form, plain(w.form))
            and (zipf(w.form) >= _COMMON or _meant(form, w))
            and (w.is_function or lexicon.is_word(w.lemma))
            and not (word.is_capitalised and _transliterated(form, plain(w.form)))
        ]
        better = near[0] if near else respelled(form)
        if not near and (word.is_capitalised or len(form) < 5) and not (better and _swapped(form, better)):
            continue  # a name, or too short for anything but the reference to tell what is meant
        if better is None or _both_ways(form, better) or zipf(better) < zipf(form) + _GAP:
            continue
        yield _hit(word, better)


def _transliterated(form: str, other: str) -> bool:
    """Whether a form may be a name written another way; a word as common as "Commission" is none."""
    return transliteration_key(form) == transliteration_key(other) and zipf(other) < _VERY_COMMON


def _swapped(form: str, better: str) -> bool:
    """Whether a form that nobody writes is a very common word with two letters swapped ("wrok")."""
    return sorted(form) == sorted(better) and zipf(better) >= _VERY_COMMON and zipf(form) < zipf(better) - _FAR


def _hit(word: Word, better: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{word.text}” is no word; “{better}” is probably meant.",
        variant_span=word.span,
        suggestion=better,
        evidence={"frequency of the form": zipf(word.form), "frequency of the suggestion": zipf(better)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.SPELLING,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("A catamaran met the ferry.", "A ⟦catamarran⟧ met the ferry."),
        Example("The creditors met in May.", "The ⟦crediters⟧ met in May."),
        Example("The government opened the harbour.", "The ⟦goverment⟧ opened the harbour."),
        Example("He signed the agreement on Monday.", "He signed the ⟦agremeent⟧ on Monday."),
        Example("They only work at night.", "They ⟦onyl⟧ work at night."),
        Example("It does not matter.", "It ⟦dosen't⟧ matter."),
        Example("A Commission spokeswoman said so.", "The ⟦Comission’s⟧ spokeswoman said so."),
        Example("The colour of the harbour.", "The color of the harbor."),
        Example("The qanat fed the village.", "The qanat fed the village."),
        Example(
            "They bought a field of 20 dunams.",
            "They bought a 20-dunam field.",
        ),
    ),
)
