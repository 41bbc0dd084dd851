"""A content word stands where the reference has another one, and similarity finds no partner for either.

Both words stand in the same slot (the words around them are aligned), the variant otherwise follows the reference
closely there, and the two words are not close in meaning as far as the model can tell. In a freely worded segment a
word without a partner is no error by itself, and nothing is said.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import kin, similar, title_case, zipf
from evaltool.rules._numbers import ORDINALS
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Side, Word

#: Above this middle-layer cosine two words are taken for the same in other words.
_RELATED = 0.5
#: Share of the segment's other content words that must stand in the reference too.
_LITERAL = 0.6
#: A verb this frequent (make, take, put, go) means next to nothing by itself.
_LIGHT = 5.3
_PARTICLES = frozenset("up out off down away back over in on by for to with about from into".split())


def _candidate(side: Side, index: int) -> bool:
    """Whether a word can be wrong by itself: a content word in lower case, no light verb, no verb with a particle."""
    word = side.words[index]
    if not word.is_content or word.is_capitalised or word.form in ORDINALS or not lexicon.is_word(word.lemma):
        return False
    if index and side.words[index - 1].is_number:
        return False  # a unit: see changed-unit
    if "v" not in lexicon.parts_of_speech(word.lemma):
        return True
    after = side.words[index + 1].form if index + 1 < len(side.words) else ""
    if lexicon.particle_verb(word.lemma, after):
        return False
    verbal = lexicon.main_part_of_speech(word.lemma) == "v" or word.form != word.lemma
    return not verbal or (zipf(word.lemma) < _LIGHT and after not in _PARTICLES)


def _same_kind(word: Word, other: Word) -> bool:
    """Whether both can be the same part of speech."""
    return bool(lexicon.parts_of_speech(word.lemma) & lexicon.parts_of_speech(other.lemma))


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each content word that stands for another one."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL or title_case(segment.variant.words):
        return
    ours, theirs = segment.variant, segment.reference
    taken: set[int] = set()
    for i, word in enumerate(ours.words):
        if ours.best[i] >= _RELATED or word.lemma in theirs.lemmas or not _candidate(ours, i):
            continue
        if any(kin(word, other) for other in theirs.words if other.is_content):
            continue  # the reference says it somewhere else in the segment
        for j, other in enumerate(theirs.words):
            if theirs.best[j] >= _RELATED or j in taken or other.lemma in ours.lemmas or not _candidate(theirs, j):
                continue
            if not _same_kind(word, other) or not all(anchors(segment, i, j)):
                continue
            if any(kin(other, w) for w in ours.words if w.is_content):
                continue
            taken.add(j)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{other.text}”; here it is “{word.text}”, which has no counterpart there.",
                variant_span=word.span,
                reference_span=other.span,
                evidence={
                    "best similarity of the variant's word": round(ours.best[i], 2),
                    "best similarity of the reference's word": round(theirs.best[j], 2),
                    "literalness of the segment": round(segment.literalness, 2),
                    "likeness of form": round(similar(word.form, other.form), 2),
                },
                confidence=round(0.5 + 0.5 * (1 - max(ours.best[i], theirs.best[j])) * segment.literalness, 2),
            )
            break


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The council closed two of the town's libraries on Monday.",
            "The council closed two of the town's ⟦umbrellas⟧ on Monday.",
        ),
        Example(
            "The council closed two of the town's libraries on Monday.",
            "The council shut two of the town's libraries on Monday.",
        ),
        Example(
            "The ministry said that the fire had been put out by midnight.",
            "By midnight the blaze was under control, according to officials.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
