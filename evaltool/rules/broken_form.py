"""A word has a form or stands in a place that the sentence does not allow.

The learned judge of words finds it: a verb in the wrong form or tense, a noun where an adjective belongs, two words
in the wrong order, an article or a preposition that does not fit.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ADVERBS, AUXILIARIES
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Word

_SURE, _CERTAIN = 0.72, 0.8
#: A word that the reference has in the same form stands in a wrong place only if a word beside it does too.
_BESIDE = 0.4
_SUBJECT, _PHRASE = 3, 2  # words before an auxiliary, before any other word, that ask for its form
_SAME = 0.8  # closeness in WordNet of two words for the same thing
#: Another tense of these is for changed-tense to weigh: in reported speech it is often right.
_TENSES = ({"is", "was"}, {"are", "were"}, {"has", "had"}, {"have", "had"}, {"will", "would"}, {"can", "could"})


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the words that do not fit, neighbours together."""
    judged = segment.judgement
    if judged is None or segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    words = segment.variant.words
    found = [i for i in range(len(words)) if judged.form[i] >= _SURE and _suspect(segment, i)]
    for at, i in enumerate(found):
        if at and found[at - 1] == i - 1:
            continue
        last = i
        while last + 1 in found:
            last += 1
        span = Span(words[i].span.start, words[last].span.end)
        partner = segment.variant.partner[i]
        other = segment.reference.words[partner] if partner is not None else None
        said = f"; the reference has “{other.text}”." if other is not None and other.form != words[i].form else "."
        yield Hit(
            Severity.MINOR,
            f"“{span.of(segment.variant.text)}” does not fit here{said}",
            variant_span=span,
            reference_span=other.span if other is not None else None,
            evidence={"judged of wrong form or place": round(max(judged.form[i : last + 1]), 2)},
            confidence=round(max(judged.form[i : last + 1]), 2),
        )


def _suspect(segment: AlignedSegment, i: int) -> bool:
    """Whether a word can be wrong by its form or place, as far as can be seen."""
    words, theirs = segment.variant.words, segment.reference
    word, judged = words[i], segment.judgement
    if word.is_number or word.is_sign or judged is None:
        return False
    partner = segment.variant.partner[i]
    if partner is not None and {word.form, theirs.words[partner].form} in _TENSES:
        return False
    other = theirs.words[partner] if partner is not None else None
    if partner is not None and other is not None and other.lemma == word.lemma and other.form != word.form:
        return _impossible(segment, i, partner)
    if judged.form[i] < _CERTAIN or (other is not None and _synonym(word, other)):
        return False
    if word.form not in theirs.forms:
        return True
    # The same word elsewhere: adverbs move freely, and so does anything that has not changed places with its neighbour.
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(words) and judged.form[k] >= _BESIDE]
    return bool(beside) and not any(_is_adverb(words[k]) for k in (i, *beside))


def _impossible(segment: AlignedSegment, i: int, partner: int) -> bool:
    """Whether another form of the reference's word cannot be a good rendering of it.

    Plurals and tenses may well be others. A form can be told to be wrong where the words before it are the same as in
    the reference, so that they ask for the same form.
    """
    word, other = segment.variant.words[i], segment.reference.words[partner]
    if lexicon.main_part_of_speech(word.lemma) == "n" and {word.form, other.form} == {word.lemma, f"{word.lemma}s"}:
        return False
    reach = _SUBJECT if word.form in AUXILIARIES else _PHRASE
    before = [
        [w.form for w in side[max(0, at - reach) : at]]
        for side, at in ((segment.variant.words, i), (segment.reference.words, partner))
    ]
    if before[0] != before[1] or _other_subject(segment, i):
        return False  # "tensions are" for "demand is", "bombs work" for "the bomb works"
    led = i > 0 and segment.variant.words[i - 1].form in AUXILIARIES | {"to"}
    return led or not (_past(word) ^ _past(other))


def _past(word: Word) -> bool:
    """Whether a form of a verb is past, as far as its ending tells."""
    return word.form != word.lemma and not word.form.endswith(("s", "ing"))


def _synonym(word: Word, other: Word) -> bool:
    """Whether another word for the same stands there, of the same part of speech."""
    pos = lexicon.main_part_of_speech(word.lemma)
    same = pos is not None and pos == lexicon.main_part_of_speech(other.lemma)
    return same and word.lemma != other.lemma and lexicon.related(word.lemma, other.lemma) >= _SAME


def _other_subject(segment: AlignedSegment, i: int) -> bool:
    """Whether the noun before a word is in another number than its partner."""
    words, theirs = segment.variant.words, segment.reference.words
    for k in range(i - 1, max(-1, i - 6), -1):
        partner = segment.variant.partner[k]
        if words[k].is_content and partner is not None and "n" in lexicon.parts_of_speech(words[k].lemma):
            return words[k].lemma == theirs[partner].lemma and words[k].form != theirs[partner].form
    return False


def _is_adverb(word: Word) -> bool:
    return word.form in ADVERBS or lexicon.main_part_of_speech(word.lemma) == "r"


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    judged=True,
    examples=(
        Example(
            "The council decided on Monday that the bridge would reopen in May.",
            "The council decided on Monday that the bridge would ⟦reopening⟧ in May.",
        ),
        Example(
            "The council decided on Monday that the bridge would reopen in May.",
            "On Monday the council decided that the bridge will reopen in May.",
        ),
    ),
)
