"""A person changes sex: the reference says he, the variant she, or the other way round.

A segment in which one side has masculine pronouns alone and the other feminine ones alone is an error, and so is a
pronoun of a gender that the reference does not have, in the very place of one of the other gender. "They" and a name in
place of the pronoun are accepted, and so are ships and countries, which may be "she" for "it".

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._slots import same_slot
from evaltool.words import AlignedSegment, Side, Word

_MASCULINE = frozenset("he him his himself".split())
_FEMININE = frozenset("she her hers herself".split())


_SUBJECT = frozenset("he she himself herself".split())
#: Where possessives alone differ, so much of the sentence must be the same: more where it speaks of a second person.
_LITERAL, _LITERAL_ALONE = 0.9, 0.5
_PERSONS = frozenset(
    """
    man woman boy girl father mother son daughter brother sister husband wife uncle aunt nephew niece king queen prince
    princess grandfather grandmother dad mum mom gentleman lady actor actress boyfriend girlfriend bride groom widow
    widower he she him
    """.split()
)


def _pronouns(side: Side) -> tuple[list[Word], list[Word]]:
    return (
        [w for w in side.words if w.form in _MASCULINE],
        [w for w in side.words if w.form in _FEMININE],
    )


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the pronouns of the wrong gender."""
    if segment.kind is not Kind.MATCH:
        return
    he, she = _pronouns(segment.variant)
    his, hers = _pronouns(segment.reference)
    for ours, theirs, same in ((he, hers, his), (she, his, hers)):
        if not ours or not theirs or same:
            continue
        subject = all(any(w.form in _SUBJECT for w in side) for side in (ours, theirs))
        persons = any(side.lemmas & _PERSONS or side.forms & _PERSONS for side in (segment.variant, segment.reference))
        # "the mother fed her son", "the son was fed by his mother"
        alone = not (he and she) and (subject or segment.literalness >= (_LITERAL if persons else _LITERAL_ALONE))
        for word in ours:
            other = next((other for other in theirs if _replaced(segment, word, other)), theirs[0] if alone else None)
            if other is not None:
                yield _hit(word, other, theirs)


def _hit(word: Word, other: Word, theirs: list[Word]) -> Hit:
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{other.text}”; here it is “{word.text}”.",
        variant_span=word.span,
        reference_span=other.span,
        evidence={"pronouns of the reference": ", ".join(w.form for w in theirs)},
        confidence=0.9,
    )


def _replaced(segment: AlignedSegment, word: Word, other: Word) -> bool:
    """Whether a pronoun stands right between the words that stand around the reference's."""
    i, j = segment.variant.words.index(word), segment.reference.words.index(other)
    sides = ((segment.variant.words, i), (segment.reference.words, j))
    before = [words[k - 1].form if k else "" for words, k in sides]
    behind = [words[k + 1].form if k + 1 < len(words) else "" for words, k in sides]
    return (before[0] == before[1] or behind[0] == behind[1]) and same_slot(segment, i, j)


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The judge said she would decide on Monday.", "The judge said ⟦he⟧ would decide on Monday."),
        Example("She said that her father is ill.", "She said that ⟦his⟧ father is ill."),
        Example("She told John to come on Monday.", "She told John that he should come on Monday."),
        Example("He told her that the shop was closed.", "She heard from him that the shop was closed."),
        Example("The judge said she would decide on Monday.", "The judge said they would decide on Monday."),
    ),
)
