"""What is excepted is what alone is left: "flies only on Sundays" for "does not fly on Sundays".

One text denies its verb and names a time, place or person with a preposition; the other has "only", "solely" or "just"
before the same preposition and the same word, and denies nothing. Or one text excepts somebody or something
("everywhere except Spain") that is the only one in the other ("Spain is the only country").

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_ONLY = frozenset("only solely exclusively just".split())
_DETERMINERS = frozenset("the a an his her its their".split())
_LITERAL = 0.5
_NEAR = 4  # words between "except" or "only" and the noun


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first phrase that is excepted on one side and alone meant on the other."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    if not _ONLY & (ours.forms | theirs.forms):
        return
    for side, other in ((ours, theirs), (theirs, ours)):
        if _ONLY & other.forms:
            continue
        for at, noun in _narrowed(side):
            first, last = sentence(side, at, ";")
            if any(is_negator(w) for w in side.words[first : last + 1]) or asks(side, at):
                continue
            found = _denied(other, side.words[at + 1].form, side.words[noun].lemma)
            if found is None:
                continue
            here = Span(side.words[at].span.start, side.words[noun].span.end)
            there = Span(other.words[found[0]].span.start, other.words[found[1]].span.end)
            said, meant = (here, there) if side is ours else (there, here)
            yield _hit(segment, said, meant, "variant" if side is ours else "reference")
            return
        for at, noun in _excepted(other):
            found = _alone(side, other.words[noun].lemma)
            if found is not None and _verbs(side, found[0]) & _verbs(other, at):
                here = Span(side.words[found[0]].span.start, side.words[found[1]].span.end)
                there = Span(other.words[at].span.start, other.words[noun].span.end)
                said, meant = (here, there) if side is ours else (there, here)
                yield _hit(segment, said, meant, "variant" if side is ours else "reference")
                return


def _hit(segment: AlignedSegment, said: Span, meant: Span, where: str) -> Hit:
    here, there = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{there}”; here it is “{here}”: what the one excepts is all that the other means.",
        variant_span=said,
        reference_span=meant,
        evidence={"only": where},
        confidence=0.8,
    )


def _verbs(side: Side, at: int) -> set[str]:
    """The verbs of the sentence of a word: "all are barred except cooks" says what "only cooks may enter" says."""
    first, last = sentence(side, at, ";")
    lemmas = {verb_lemma(w) for w in side.words[first : last + 1] if w.is_content}
    return {lemma for lemma in lemmas if lexicon.main_part_of_speech(lemma) == "v"}


def _excepted(side: Side) -> Iterator[tuple[int, int]]:
    """(index of "except", index of the noun) of what is excepted from what is so of all others."""
    for k, word in enumerate(side.words[:-1]):
        if word.form not in ("except", "excepting"):
            continue
        first, last = sentence(side, k, ";")
        noun = next((n for n in range(k + 1, min(last, k + _NEAR) + 1) if side.words[n].is_content), None)
        if noun is not None and not any(is_negator(w) for w in side.words[first : last + 1]) and not asks(side, k):
            yield k, noun


def _alone(side: Side, lemma: str) -> tuple[int, int] | None:
    """(first, last index) of "only" and a word beside each other in a sentence that denies nothing."""
    for k, word in enumerate(side.words):
        if word.form not in ("only", "alone"):
            continue
        first, last = sentence(side, k, ",;:()—–")
        near = range(max(first, k - _NEAR), min(last, k + _NEAR) + 1)
        found = next((n for n in near if side.words[n].lemma == lemma), None)
        if found is not None and not any(is_negator(w) for w in side.words[first : last + 1]):
            return min(k, found), max(k, found)
    return None


def _narrowed(side: Side) -> Iterator[tuple[int, int]]:
    """(index of "only", index of the noun) of each "only on Sundays"."""
    for k, word in enumerate(side.words[:-2]):
        if word.form in _ONLY and side.words[k + 1].form in PREPOSITIONS:
            noun = k + 2 + (side.words[k + 2].form in _DETERMINERS)
            if noun < len(side.words) and side.words[noun].is_content:
                yield k, noun


def _denied(side: Side, preposition: str, lemma: str) -> tuple[int, int] | None:
    """(index of the negator, index of the noun) of a phrase whose sentence has one negator, before it."""
    for k, word in enumerate(side.words):
        if word.lemma != lemma or not any(w.form == preposition for w in side.words[max(0, k - 2) : k]):
            continue
        first, last = sentence(side, k, ";")
        negators = [n for n in range(first, last + 1) if is_negator(side.words[n])]
        until = any(w.form in ("until", "till", "before") for w in side.words[first : last + 1])
        if len(negators) == 1 and negators[0] < k and not until:
            return negators[0], k
    return None


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The airline does not fly to Oslo on Sundays.",
            "The airline flies to Oslo ⟦only on Sundays⟧.",
            severity=Severity.CRITICAL,
        ),
        Example("It sells in every country except Spain.", "⟦Spain is the only⟧ country where it sells."),
        Example("The airline does not fly on Sundays.", "The airline flies daily except on Sundays."),
        Example("The airline flies only on Sundays.", "The airline flies on Sundays, and on no other day."),
    ),
)
