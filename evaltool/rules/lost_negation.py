"""A negation of the reference is lost in the variant, or the variant negates what the reference states.

Compared are negated words (the content word that follows "not", "never", "no", "without" and the like) and words that
differ by a negative prefix alone (possible / impossible). A sentence can deny in other words: where the other side has
a word that fails, refuses, excludes or limits, nothing is said.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import NEGATIVE_SENSE, NEGATORS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import zipf
from evaltool.words import AlignedSegment, Side, Word

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_CANCEL = 6  # words within which two negators belong to one thought
#: Share of the segment's words that must stand in the reference too; less is enough for a negator that stands directly
#: before a word that both sides have.
_LITERAL, _LITERAL_DIRECT = 0.6, 0.35


def _negators(side: Side) -> list[int]:
    return [i for i, w in enumerate(side.words) if w.form in NEGATORS or (w.form.endswith("n't") and len(w.form) > 3)]


def _negates_in_other_words(side: Side, other: Side) -> bool:
    """Whether a side has a word that denies or excludes and that the other side does not have too."""
    return any(
        (w.lemma in NEGATIVE_SENSE or w.form in NEGATIVE_SENSE or _has_prefix(w)) and w.lemma not in other.lemmas
        for w in side.words
    )


def _has_prefix(word: Word) -> bool:
    return any(
        word.form.startswith(p) and len(word.form) > len(p) + 3 and zipf(word.form[len(p) :]) > 2.5 for p in _PREFIXES
    )


def _opposites(a: Word, b: Word) -> bool:
    """Whether a is b with a negative prefix."""
    return any(a.form == p + b.form for p in _PREFIXES) and len(b.form) > 3 and zipf(b.form) > 2.5


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield lost and added negations."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL_DIRECT:
        return
    ours, theirs = segment.variant, segment.reference
    swapped = False
    for i, j in enumerate(ours.partner):
        if j is None:
            continue
        word, other = ours.words[i], theirs.words[j]
        if _opposites(word, other) or _opposites(other, word):
            swapped = True
            if (_negators(ours) and not _negators(theirs)) or (_negators(theirs) and not _negators(ours)):
                continue  # "not possible" for "impossible"
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{other.text}”; here it is the opposite, “{word.text}”.",
                variant_span=word.span,
                reference_span=other.span,
                suggestion=other.text,
                evidence={"opposite of": other.form},
                confidence=0.9,
            )
    if swapped:
        return
    have, had = _negators(ours), _negators(theirs)
    more = have if len(have) > len(had) else had
    if len(have) == len(had) or (len(more) == 2 and not min(len(have), len(had)) and more[1] - more[0] <= _CANCEL):
        return  # two negations close together cancel: "not without consent" is "with consent"
    if len(have) < len(had) and not _negates_in_other_words(ours, theirs):
        for i in had:
            yield from _changed(theirs, ours, i, segment.literalness, lost=True)
            return
    if len(have) > len(had) and not _negates_in_other_words(theirs, ours):
        for i in have:
            yield from _changed(ours, theirs, i, segment.literalness, lost=False)
            return


def _changed(side: Side, other: Side, at: int, literalness: float, *, lost: bool) -> Iterator[Hit]:
    """The hit for a negator at ``at`` that the other side lacks, if the word it negates is there."""
    following = side.words[at + 1 : at + 8]
    if following and following[0].form in ("only", "just", "merely"):
        return
    for word in following:
        if word.form == "but" and "," not in side.text[side.words[at].span.end : word.span.start]:
            return  # "not from the mayor but from the police"
    for k in range(at + 1, min(at + 4, len(side.words))):
        partner = side.partner[k]
        if not side.words[k].is_content or side.words[k].form.endswith("ly"):
            continue
        if partner is None and side.words[k].lemma in NEGATIVE_SENSE:
            return  # "did not refuse" for "accepted"
        if partner is None:
            continue
        negated, found = side.words[k], other.words[partner]
        if negated.lemma in NEGATIVE_SENSE and negated.lemma != found.lemma:
            return  # "did not refuse" for "accepted"
        if literalness < _LITERAL and negated.lemma != found.lemma:
            return
        whole = Span(side.words[at].span.start, negated.span.end)
        if lost:
            message = f"The reference says “{whole.of(side.text)}”; the negation is missing here."
            yield Hit(
                Severity.CRITICAL, message, found.span, whole, evidence={"negator": side.words[at].form}, confidence=0.8
            )
        else:
            message = f"The variant says “{whole.of(side.text)}”; the reference does not negate “{found.text}”."
            yield Hit(
                Severity.CRITICAL, message, whole, found.span, evidence={"negator": side.words[at].form}, confidence=0.8
            )
        return


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The minister did not sign the letter.", "The minister ⟦signed⟧ the letter."),
        Example("The bridge was closed to lorries.", "The bridge was ⟦not closed⟧ to lorries."),
        Example("A landing is possible this year.", "A landing is ⟦impossible⟧ this year."),
        Example("The plan was not accepted.", "The plan was rejected."),
        Example("The board accepted the plan.", "The board did not refuse the plan."),
        Example("It is impossible to land there.", "It is not possible to land there."),
    ),
)
