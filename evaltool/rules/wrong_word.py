"""A content word stands where the reference has another one that means something else.

Each content word that the reference's side of the segment does not have is weighed (``evaltool.substitution``): what
the learned judge of words holds of it, how alike its vector is to that of the word it seems to stand for, what WordNet
says of the two, how much of what stands around them is kept, and whether the documents use the words elsewhere. A word
that looks like a misreading of the reference's word in the same slot is wrong too; so is, where the judge does not
apply, one whose vector has nothing to do with it. In a variant that is no translation a word that is not the
reference's is nothing without strong evidence: what is found with less is a note, and in free wording almost anything.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ALSO_PAST_OF
from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._dates import date_parts
from evaltool.rules._durations import is_duration
from evaltool.rules._names import kin, similar, title_case, zipf
from evaltool.rules._numbers import ORDINALS, is_number_word
from evaltool.rules._slots import anchors
from evaltool.rules._units import size_of
from evaltool.words import AlignedSegment, Side, Word

#: Above this middle-layer cosine two words are taken for the same in other words.
_RELATED = 0.5
#: From this chance on a word is taken for wrong: of ten such words in articles, eight were. Of a sentence with no text
#: around it less is known.
_SURE, _SURE_ALONE = 0.3, 0.45
#: From this chance on it is an alarm in a text that is no translation too: there, where the documents are not worded
#: freely as a whole, three of four such words were wrong.
_SURE_REWORDED = 0.5
#: What makes a word look like another: their likeness, the letters of a part of it, how little they have in common.
_LOOKALIKE, _PART, _UNRELATED, _DISTANT = 0.8, 5, 0.3, 0.7
#: A word longer than this that ends another is part of it.
_WITHIN = 4
#: Share of the segment's other content words that must stand in the reference too.
_LITERAL = 0.5
#: A verb this frequent (make, take, put, go) means next to nothing by itself.
_LIGHT = 5.3
_ARTICLES = frozenset("a an the this that these those my your his her its our their".split())
_PARTICLES = frozenset("up out off down away back over in on by for to with about from into".split())


def _candidate(side: Side, index: int) -> bool:
    """Whether a word can be wrong by itself: a content word in lower case, no light verb, no verb with a particle."""
    word = side.words[index]
    if not word.is_content or word.is_capitalised or word.form in ORDINALS or not lexicon.is_word(word.lemma):
        return False
    if index and side.words[index - 1].is_number and (size_of(word) or is_duration(word)):
        return False  # see changed-unit
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
    taken: set[int] = set()
    alone = len(segment.whole_reference.words) == len(segment.reference.words)
    sure = _SURE_ALONE if alone else _SURE
    for substitute in segment.substitutes:
        i, j = substitute.index, substitute.counterpart
        if substitute.chance >= sure and _candidate(segment.variant, i) and not _known_elsewhere(segment, i, j):
            if j is not None:
                taken.add(j)
            yield _hit(segment, i, j, substitute.chance, substituted=True)
    found = {substitute.index for substitute in segment.substitutes if substitute.chance >= sure}
    for i, word in enumerate(segment.variant.words):
        if i in found or word.lemma in segment.reference.lemmas or _written_apart(segment, i):
            continue
        other = next((j for j in _slot(segment, i) if j not in taken and _misses(segment, i, j)), None)
        if other is not None and not _derived_beside(segment, i, other):
            taken.add(other)
            yield _hit(segment, i, other, _unlikeness(segment, i, other), substituted=False)


def _opposed(segment: AlignedSegment, i: int, j: int | None) -> bool:
    """Whether opposite-word, which knows what a negation makes of opposites, has the two words."""
    theirs = segment.reference.words
    return j is not None and lexicon.antonyms(segment.variant.words[i].lemma, theirs[j].lemma)


def _known_elsewhere(segment: AlignedSegment, i: int, j: int | None) -> bool:
    """Whether another rule knows better what two words are to each other: opposites, durations, days, parties."""
    if j is None:
        return False
    other = segment.reference.words[j]
    if _written_apart(segment, i) or _derived_beside(segment, i, j):
        return True
    if other.form.endswith(segment.variant.words[i].form) and len(segment.variant.words[i].form) > _WITHIN:
        return True  # "below ground", "underground"
    if is_duration(other) and is_duration(segment.variant.words[i]):
        return True
    if segment.variant.words[i].lemma in segment.whole_reference.lemmas and (
        other.is_capitalised or other.lemma in segment.whole_variant.lemmas
    ):
        return True  # "the mayor" for her name, "the bank" for its governor: who does it is for other rules to see
    return _opposed(segment, i, j) or any(part.span.overlaps(other.span) for part in date_parts(segment.reference))


def _derived_beside(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the reference says with a derived word beside the other what a word says: "issued assurances"."""
    form = segment.variant.words[i].lemma
    near = segment.reference.words[max(0, j - 2) : j + 3]
    return len(form) > _WITHIN and any(w.is_content and w.lemma[:_PART] == form[:_PART] for w in near)


def _written_apart(segment: AlignedSegment, i: int) -> bool:
    """Whether a word and the one beside it are one word in the reference: "pick-up", "pickup"."""
    near = segment.variant.words[max(0, i - 1) : i + 2]
    return any(a.form + b.form in segment.reference.forms for a, b in pairwise(near))


def _slot(segment: AlignedSegment, i: int) -> Iterator[int]:
    """The reference's words without an equal that stand where a word of the variant stands."""
    ours, theirs = segment.variant, segment.reference
    strange = ours.words[i].is_content and ours.words[i].is_capitalised  # a capital that the reference does not have
    if not strange and not _candidate(ours, i):
        return
    for j, other in enumerate(theirs.words):
        fits = other.lemma not in ours.lemmas and _candidate(theirs, j) and _same_kind(ours.words[i], other)
        if fits and all(anchors(segment, i, j)) and not _opposed(segment, i, j):
            yield j


def _misses(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether a word is wrong that was found too light or not weighed: a misreading, or nothing like the other."""
    if segment.variant.words[i].lemma in segment.whole_reference.lemmas:
        return False  # this may be what the reference says there
    if _misread(segment, i, j):
        return True
    judged = segment.judgement is not None and not _doubled(segment.variant, i)
    return not judged and not segment.variant.words[i].is_capitalised and _apart(segment, i, j)


def _unlikeness(segment: AlignedSegment, i: int, j: int) -> float:
    return 0.5 + 0.5 * (1 - max(segment.variant.best[i], segment.reference.best[j])) * segment.literalness


def _hit(segment: AlignedSegment, i: int, j: int | None, chance: float, *, substituted: bool) -> Hit:
    ours, theirs = segment.variant, segment.reference
    word, other = ours.words[i], theirs.words[j] if j is not None else None
    evidence: dict[str, str | float | int] = {
        "best similarity of the variant's word": round(ours.best[i], 2),
        "literalness of the segment": round(segment.literalness, 2),
    }
    if segment.judgement is not None:
        evidence["judged wrong"] = round(segment.judgement.wrong[i], 2)
    named = other is not None and other.is_capitalised  # "the city" for its name
    message = f"“{word.text}” has no counterpart in the reference's sentence and does not mean what it says."
    if other is not None:
        message = f"The reference says “{other.text}”; here it is “{word.text}”, which does not mean that."
        evidence["likeness of form"] = round(similar(word.form, other.form), 2)
    return Hit(
        Severity.MAJOR,
        message,
        variant_span=word.span,
        reference_span=other.span if other is not None else None,
        suggestion=other.text if other is not None else None,
        evidence=evidence,
        confidence=round(chance, 2),
        evident=substituted and chance >= _SURE_REWORDED and not is_number_word(word.form) and not named,
    )


def _doubled(side: Side, i: int) -> bool:
    """Whether a word stands twice in a row: the judge then sees the repetition, and not what the word says."""
    return any(0 <= k < len(side.words) and side.words[k].form == side.words[i].form for k in (i - 1, i + 1))


def _misread(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether a word is another one's misreading: much the same letters, or a part of it ("shoot" for "offshoot")."""
    word, other = segment.variant.words[i], segment.reference.words[j]
    short, long = sorted((word.form, other.form), key=len)
    if not (similar(short, long) >= _LOOKALIKE or (len(short) >= _PART and long.endswith(short))):
        return False
    # The same stem means the same thing mostly; a capital that the reference does not have speaks against it.
    related = lexicon.related(word.lemma, other.lemma) >= _UNRELATED or (not word.is_capitalised and kin(word, other))
    known = lexicon.is_word(word.lemma) or word.is_capitalised
    joined = _parted(segment.reference, j, word) or _parted(segment.variant, i, other)
    return known and not related and not joined and segment.variant.best[i] < _DISTANT


def _parted(side: Side, index: int, word: Word) -> bool:
    """Whether a word of a side makes another one with the word before it: "hair style", "co-operation"."""
    parts = side.words[max(0, index - 1) : index + 1]
    return "".join(part.form for part in parts).removesuffix("s") == word.form.removesuffix("s")


def _apart(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether two words have nothing to do with each other or with anything else on the other side."""
    ours, theirs = segment.variant, segment.reference
    if max(ours.best[i], theirs.best[j]) >= _RELATED:
        return False
    own = any(kin(ours.words[i], other) for other in theirs.words if other.is_content)
    return not own and not any(kin(theirs.words[j], other) for other in ours.words if other.is_content)


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    yields=True,
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
            "A volcano on the island of Java erupted on Monday, and 40 villages were evacuated.",
            "On Monday a ⟦glacier⟧ on the island of Java erupted, and 40 villages had to be evacuated.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "The ministry said that the fire had been put out by midnight.",
            "By midnight the blaze was under control, according to officials.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "He issued assurances that the road would stay open.",
            "He assured everybody that the road would stay open.",
        ),
    ),
)
