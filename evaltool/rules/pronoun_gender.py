"""A person changes sex, or becomes a thing: the reference says he, the variant she or it, or the other way round.

A segment in which one side has masculine pronouns alone and the other feminine ones alone is an error, and so is a
pronoun of a gender that the reference does not have, in the very place of one of the other gender. "They" and a name in
place of the pronoun are accepted, and so are ships and countries, which may be "she" for "it".

Severity: critical; for "it" major, minor where it is a possessive.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._slots import same_slot
from evaltool.words import AlignedSegment, Side, Word

_MASCULINE = frozenset("he him his himself".split())
_FEMININE = frozenset("she her hers herself".split())


_SUBJECT = frozenset("he she himself herself".split())
_PERSON, _THING = frozenset("he she his her".split()), frozenset("it its".split())
#: What is called he or she as well as it.
_EITHER = ("vehicle", "animal", "child", "infant", "nation", "fetus")
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
    yield from _things(segment)
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


def _things(segment: AlignedSegment) -> Iterator[Hit]:
    """Pronouns for a person in the place of one for a thing, before the same word, and the other way round."""
    ours, theirs = segment.variant, segment.reference
    for i, word in enumerate(ours.words[:-1]):
        after = ours.partner[i + 1]
        if word.form not in _PERSON | _THING or not after or _empty(ours, i):
            continue
        other = theirs.words[after - 1]
        crossed = (word.form in _THING and other.form in _PERSON) or (word.form in _PERSON and other.form in _THING)
        kind = word.form in _SUBJECT | {"it"}, other.form in _SUBJECT | {"it"}
        if not crossed or kind[0] != kind[1]:
            continue
        begins = not kind[0] and word.initial and i == 0 and after == 1
        if not begins and ours.words[i + 1].lemma != theirs.words[after].lemma:
            continue
        if _either(segment, begins=begins):
            return
        own = next(group for group in (_MASCULINE, _FEMININE, _THING) if word.form in group)
        if kind[0] and same_slot(segment, i, after - 1) and _goes_on(segment, i, after - 1):
            yield _as_thing(word, other, Severity.MAJOR)
        elif not kind[0] and segment.literalness >= _LITERAL_ALONE and not theirs.forms & own:
            yield _as_thing(word, other, Severity.MINOR)


def _empty(side: Side, i: int) -> bool:
    """Whether an "it" stands for what a clause says: "it is alleged that"."""
    return side.words[i].form == "it" and "that" in [w.form for w in side.words[i + 3 : i + 5]]


def _either(segment: AlignedSegment, *, begins: bool) -> bool:
    """Whether something is spoken of that is he or she as well as it; before the beginning it may be a ship."""
    if begins:
        known = segment.whole_reference.lemmas
        return any(lexicon.hypernym(lemma, "vessel", 6) for lemma in known if lemma.isalpha())
    sides = (segment.variant, segment.reference)
    return any(lexicon.hypernym(w.lemma, wide, 8) for s in sides for w in s.words for wide in _EITHER)


def _goes_on(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the same word of content, the verb or what is said of it, comes next behind two pronouns."""
    ours = next((k for k in range(i + 1, len(segment.variant.words)) if segment.variant.words[k].is_content), None)
    theirs = next(
        (k for k in range(j + 1, len(segment.reference.words)) if segment.reference.words[k].is_content), None
    )
    if ours is None or theirs is None or segment.variant.partner[ours] != theirs:
        return False
    return segment.variant.words[ours].lemma == segment.reference.words[theirs].lemma


def _as_thing(word: Word, other: Word, severity: Severity) -> Hit:
    return Hit(
        severity,
        f"The reference says “{other.text}”; here it is “{word.text}”: a person and a thing are taken for each other.",
        variant_span=word.span,
        reference_span=other.span,
        evidence={"pronoun of the reference": other.form},
        confidence=0.8,
    )


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
        Example(
            "The party wants the minister to go, as she twice put off the new plant.",
            "The party wants the minister to go, as ⟦it⟧ twice put off the new plant.",
            severity=Severity.MAJOR,
        ),
        Example(
            "Its author, Ann Lee, said on Monday that the report would be published in full.",
            "⟦Her⟧ author, Ann Lee, said on Monday that the report would be published in full.",
            severity=Severity.MINOR,
        ),
        Example(
            "The director believes that it will satisfy the audience.",
            "The director believes that he will give the audience a good answer.",
        ),
        Example(
            "The ship left on Monday, and its crew was tired.",
            "The ship left on Monday, and her crew was tired.",
        ),
        Example("She told John to come on Monday.", "She told John that he should come on Monday."),
        Example("He told her that the shop was closed.", "She heard from him that the shop was closed."),
        Example("The judge said she would decide on Monday.", "The judge said they would decide on Monday."),
    ),
)
