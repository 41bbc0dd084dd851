"""A word of the variant is the opposite of the reference's word in the same place.

Opposites are WordNet's antonyms and a list of converses (buy and sell, before and after). Nothing is said where one of
the two sides also negates ("did not rise" for "fell"), where the reference has both words, or where the sentence is
turned round with the word ("Bolt bought it from Ash" for "Ash sold it to Bolt").

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ALSO_PAST_OF, NEGATIVE_SENSE, NEGATORS
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Side, Word

_LITERAL = 0.35
_SLOT_ONLY_LITERAL = 0.7
#: Their opposites are a matter of degree: see changed-quantifier.
_QUANTIFIERS = frozenset("few some many much little less more most all several none".split())


def _denies(side: Side, at: int) -> bool:
    """Whether something near a word turns its sense round."""
    near = side.words[max(0, at - 4) : at + 2]
    return any(
        w.form in NEGATORS or w.form.endswith("n't") or w.lemma in NEGATIVE_SENSE
        for w in near
        if w is not side.words[at]
    )


def _turned_round(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether what stands before and behind the word has changed places ("Bolt bought it from Ash")."""
    links = [
        (k, partner)
        for k, (word, partner) in enumerate(zip(segment.variant.words, segment.variant.partner, strict=True))
        if partner is not None and word.is_content and k != i
    ]
    return any(k < i and partner > j for k, partner in links) and any(k > i and partner < j for k, partner in links)


def _opposed(word: Word, other: Word) -> bool:
    pairs = {(a, b) for a in _lemmas(word) for b in _lemmas(other)}
    return word.lemma != other.lemma and any(lexicon.antonyms(a, b) for a, b in pairs)


def _lemmas(word: Word) -> set[str]:
    return {word.lemma, word.form, ALSO_PAST_OF.get(word.form, word.lemma)}


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word that stands for its opposite."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    for i, word in enumerate(ours.words):
        if (
            word.is_number
            or word.is_sign
            or word.form in _QUANTIFIERS
            or word.form in theirs.forms
            or word.lemma in theirs.lemmas
        ):
            continue
        for j, other in enumerate(theirs.words):
            if other.form in ours.forms or other.lemma in ours.lemmas or not _opposed(word, other):
                continue
            left, right = anchors(segment, i, j)
            linked = ours.partner[i] == j
            literal = segment.literalness >= _SLOT_ONLY_LITERAL
            if not (linked and (left or right)) and not (left and right and literal):
                continue
            if word.is_function and not literal:
                continue  # "before" and "after" turn round with the clause in freer wording
            if _turned_round(segment, i, j):
                continue
            if _denies(ours, i) != _denies(theirs, j):
                continue
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{other.text}”; here it is the opposite, “{word.text}”.",
                variant_span=word.span,
                reference_span=other.span,
                suggestion=other.text,
                evidence={"opposite of": other.lemma, "literalness of the segment": round(segment.literalness, 2)},
                confidence=0.85,
            )
            break


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Prices rose sharply in the spring.", "Prices ⟦fell⟧ sharply in the spring."),
        Example("The company sold its oldest ship.", "The company ⟦bought⟧ its oldest ship."),
        Example("Prices rose sharply in the spring.", "Prices climbed sharply in the spring."),
        Example("Ash sold the mill to Bolt.", "Bolt bought the mill from Ash."),
        Example("The board accepted the plan.", "The board did not refuse the plan."),
    ),
)
