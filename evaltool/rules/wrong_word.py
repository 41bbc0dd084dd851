"""A content word stands where the reference has another one that means something else.

Both words stand in the same slot (the words around them are aligned), the variant otherwise follows the reference
closely there, the two words are not close in WordNet, and the learned judge of words holds the one for wrong (where it
does not apply, their vectors must be far apart). In a freely worded segment a word without a partner is no error by
itself, and nothing is said.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ALSO_PAST_OF
from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import kin, similar, title_case, zipf
from evaltool.rules._numbers import ORDINALS
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Side, Word

#: Above this middle-layer cosine two words are taken for the same in other words.
_RELATED = 0.5
#: From this chance on the judge is believed.
_SURE = 0.65
#: From this chance on also where no word of the reference stands in its slot.
_CERTAIN = 0.75
#: From this chance on it is heard where the vectors say the same. A word that looks like the right one needs none.
_HEARD, _LOOKALIKE, _PART, _UNRELATED, _DISTANT = 0.2, 0.8, 5, 0.3, 0.7
#: Closeness in WordNet from which it is not.
_SYNONYM = 0.5
#: Share of the segment's other content words that must stand in the reference too.
_LITERAL = 0.6
#: A verb this frequent (make, take, put, go) means next to nothing by itself.
_LIGHT = 5.3
_ARTICLES = frozenset("a an the this that these those my your his her its our their".split())
_PARTICLES = frozenset("up out off down away back over in on by for to with about from into".split())


def _candidate(side: Side, index: int) -> bool:
    """Whether a word can be wrong by itself: a content word in lower case, no light verb, no verb with a particle."""
    word = side.words[index]
    if not word.is_content or word.is_capitalised or word.form in ORDINALS or not lexicon.is_word(word.lemma):
        return False
    if index and side.words[index - 1].is_number:
        return False  # a unit: see changed-unit
    if zipf(ALSO_PAST_OF.get(word.form, "")) >= _LIGHT:
        return False  # "left 14 people dead"
    if "v" not in lexicon.parts_of_speech(word.lemma) or _named_by(side, index):
        return True
    after = side.words[index + 1].form if index + 1 < len(side.words) else ""
    if lexicon.particle_verb(word.lemma, after):
        return False
    main = lexicon.main_part_of_speech(word.lemma)
    plural = main == "n" and word.form.endswith("s")  # "sides"
    verbal = main == "v" or (word.form != word.lemma and not plural)
    return not verbal or (zipf(word.lemma) < _LIGHT and after not in _PARTICLES)


def _named_by(side: Side, index: int) -> bool:
    """Whether an article or the like makes a noun of a word that may be a verb ("a stake in", "the same make")."""
    if "n" not in lexicon.parts_of_speech(side.words[index].lemma):
        return False
    before = [word.form for word in side.words[max(0, index - 2) : index]]
    return before[-1:] != [] and (before[-1] in _ARTICLES or (len(before) == 2 and before[0] in _ARTICLES
        and lexicon.main_part_of_speech(side.words[index - 1].lemma) == "a"))  # fmt: skip


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
        if word.lemma in theirs.lemmas:
            continue
        elsewhere = word.lemma in segment.whole_reference.lemmas
        strange = word.is_content and word.is_capitalised  # a capital that the reference does not have
        if not strange and not _candidate(ours, i):
            continue
        judged = segment.judgement.wrong[i] if segment.judgement is not None else None
        for j, other in enumerate(theirs.words):
            if j in taken or other.lemma in ours.lemmas or not _candidate(theirs, j):
                continue
            if not _same_kind(word, other) or not all(anchors(segment, i, j)):
                continue
            if lexicon.antonyms(word.lemma, other.lemma):
                continue  # see opposite-word, which knows what a negation makes of it
            misread = _misread(segment, i, j)
            believed = judged is not None and judged >= _SURE and lexicon.related(word.lemma, other.lemma) < _SYNONYM
            unjudged = judged is None or _doubled(ours, i)
            limit = _RELATED if unjudged else _RELATED - 0.05
            heard = (unjudged or (judged or 0) >= _HEARD) and _apart(segment, i, j, limit)
            if not misread and (strange or not (believed or heard)):
                continue
            if elsewhere and (judged is None or judged < _CERTAIN):
                continue  # the reference has the word too, and this may be what it says there
            chance = max(judged or 0, 0.5 + 0.5 * (1 - max(ours.best[i], theirs.best[j])) * segment.literalness)
            taken.add(j)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{other.text}”; here it is “{word.text}”, which does not mean that.",
                variant_span=word.span,
                reference_span=other.span,
                suggestion=other.text,
                evidence={
                    "judged wrong": round(judged or 0, 2),
                    "best similarity of the variant's word": round(ours.best[i], 2),
                    "best similarity of the reference's word": round(theirs.best[j], 2),
                    "literalness of the segment": round(segment.literalness, 2),
                    "likeness of form": round(similar(word.form, other.form), 2),
                },
                confidence=round(chance, 2),
            )
            break
        else:
            if not (strange or elsewhere) and judged is not None and judged >= _CERTAIN and _alone(segment, i):
                yield Hit(
                    Severity.MAJOR,
                    f"“{word.text}” has no counterpart in the reference's sentence and does not mean what it says.",
                    variant_span=word.span,
                    evidence={
                        "judged wrong": round(judged, 2),
                        "best similarity of the variant's word": round(ours.best[i], 2),
                        "literalness of the segment": round(segment.literalness, 2),
                    },
                    confidence=round(judged, 2),
                )


def _doubled(side: Side, i: int) -> bool:
    """Whether a word stands twice in a row: the judge then sees the repetition, and not what the word says."""
    return any(0 <= k < len(side.words) and side.words[k].form == side.words[i].form for k in (i - 1, i + 1))


def _alone(segment: AlignedSegment, i: int) -> bool:
    """Whether a noun has nothing to do with any word of the reference's sentence."""
    word = segment.variant.words[i]
    if lexicon.main_part_of_speech(word.lemma) != "n" or segment.variant.partner[i] is not None:
        return False
    return not any(kin(word, other) for other in segment.reference.words if other.is_content)


def _misread(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether a word is another one's misreading: much the same letters, or a part of it ("shoot" for "offshoot")."""
    word, other = segment.variant.words[i], segment.reference.words[j]
    short, long = sorted((word.form, other.form), key=len)
    if not (similar(short, long) >= _LOOKALIKE or (len(short) >= _PART and long.endswith(short))):
        return False
    # The same stem means the same thing mostly; a capital that the reference does not have speaks against it.
    related = lexicon.related(word.lemma, other.lemma) >= _UNRELATED or (not word.is_capitalised and kin(word, other))
    known = lexicon.is_word(word.lemma) or word.is_capitalised
    return known and not related and segment.variant.best[i] < _DISTANT


def _apart(segment: AlignedSegment, i: int, j: int, related: float) -> bool:
    """Whether two words have nothing to do with each other or with anything else on the other side."""
    ours, theirs = segment.variant, segment.reference
    if max(ours.best[i], theirs.best[j]) >= related:
        return False
    own = any(kin(ours.words[i], other) for other in theirs.words if other.is_content)
    return not own and not any(kin(theirs.words[j], other) for other in ours.words if other.is_content)


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    wording=True,
    literal=True,
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
