"""A word stands in a form, or as a part of speech, that does not fit where it stands ("has collect", "the decide was").

The reference has another word of the same family between the same words, or beside one of them where only that one can
stand ("importance" for "important" before a noun). Without such a word, what stands around it decides where English
leaves no choice: an adjective between "is" and a participle, a noun with an object behind "to", a bare verb behind
"the", and "more" before a word that English compares by its ending ("more early").

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ADVERBS, ALSO_PAST_OF, ARTICLES, FUNCTION, PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._names import zipf
from evaltool.rules._parts import (
    BE,
    MODALS,
    OBJECT,
    REFLEXIVE,
    WEIGHING,
    asked_for,
    is_abstract,
    is_adjective,
    is_adverb,
    is_base_verb,
    is_noun,
    is_participle,
)
from evaltool.words import AlignedSegment, Side, Word, lemma_of

_STEM = 4  # letters that words of one family share at least
_ATTRIBUTIVE = ("tion", "sion", "ment")  # endings of nouns that often stand before another noun
_FAMILY = 0.8  # closeness in WordNet of a derivation
_VERBAL = frozenset(["v", "vs", "ved", "ving"])
_SHORT, _USUAL = 5, 4.3  # letters of a word that is compared by its ending; zipf frequency of such a comparative
_HAVE = frozenset("has have had having".split())


def roles(word: Word) -> frozenset[str]:
    """What a form can be: "n", "a", "r", or a verb form: "v" (base), "vs", "ved", "ving"."""
    form, lemma = word.form, ALSO_PAST_OF.get(word.form, word.lemma)
    found = set(lexicon.parts_of_speech(form))
    parts = lexicon.parts_of_speech(lemma)
    if form != lemma:
        if form.endswith("ing"):
            found |= {"ving", "n", "a"}
        elif form.endswith("s") and not form.endswith("ss"):
            found |= ({"n"} & parts) | ({"vs"} if "v" in parts else set())
        elif "v" in parts:
            found |= {"ved", "a"}
        elif "n" in parts:
            found.add("n")
    if form.endswith("ly") and not found:
        found.add("r")
    return frozenset(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word whose form does not fit its place."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant.words, segment.reference.words
    places: dict[tuple[str, str], list[Word]] = {}
    for j, other in enumerate(theirs):
        edges = (theirs[j - 1].form if j else "", theirs[j + 1].form if j + 1 < len(theirs) else "")
        places.setdefault(edges, []).append(other)
    for i, word in enumerate(ours):
        if not word.form.isalpha() or word.is_function:
            continue
        before, behind = (ours[i - 1] if i else None), (ours[i + 1] if i + 1 < len(ours) else None)
        others = places.get((before.form if before else "", behind.form if behind else ""), [])
        tight = neighbour(segment.variant, i, -1)
        better = next((o for o in others if _misfit(word, o, tight, behind)), None) if word.text.islower() else None
        comparative = _compared(segment, i)
        if better is not None and word.form not in {o.form for o in others}:
            yield _hit(word, better)
        elif comparative is not None:
            yield Hit(
                Severity.MINOR,
                f"“more {word.text}” is “{comparative}” in English.",
                variant_span=Span(ours[i - 1].span.start, word.span.end),
                suggestion=comparative,
                evidence={"form": word.form, "comparative": comparative},
                confidence=0.85,
            )
        elif word.form not in segment.reference.forms:
            asked = asked_for(segment.variant, i)
            better = next((o for o in theirs if _sibling_in_place(segment, i, o)), None)
            if better is not None:
                yield _hit(word, better)
            elif asked is not None:
                yield Hit(
                    Severity.MINOR,
                    f"“{word.text}” cannot stand here, where {asked} is asked for.",
                    variant_span=word.span,
                    evidence={"form": word.form, "asked for": asked},
                    confidence=0.85,
                )


def _compared(segment: AlignedSegment, i: int) -> str | None:
    """The comparative in "-er" of a word behind "more", where English mostly uses that and nothing else is meant."""
    side, theirs = segment.variant, segment.reference.words
    word = side.words[i]
    if i == 0 or side.words[i - 1].form != "more" or gap(side, i - 1, i) != " " or not word.text.islower():
        return None
    if ("more", word.form) in {(a.form, b.form) for a, b in pairwise(theirs)}:
        return None
    ended = side.text[word.span.end : word.span.end + 1] in tuple(".,;:!?")
    behind = side.words[i + 1] if i + 1 < len(side.words) else None
    if not (ended or behind is None or behind.form in PREPOSITIONS - {"than"}):
        return None  # "more young people", "more dead than alive"
    comparative = word.form[:-1] + "ier" if word.form.endswith("y") else word.form.removesuffix("e") + "er"
    short = lexicon.parts_of_speech(word.form) & {"a", "r"} and len(word.form) <= _SHORT
    usual = short and zipf(comparative) >= _USUAL and lemma_of(comparative) in (word.form, comparative)
    return comparative if usual and zipf(comparative) > zipf(word.form) - 1 else None


def _hit(word: Word, better: Word) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{word.text}” does not fit here; the reference has “{better.text}” in this place.",
        variant_span=word.span,
        reference_span=better.span,
        suggestion=better.text,
        evidence={"form": word.form, "the reference's": better.form},
        confidence=0.8,
    )


def _sibling_in_place(segment: AlignedSegment, index: int, other: Word) -> bool:
    """Whether the reference has a word of the same family before or behind the same word, and only that one fits."""
    ours, theirs = segment.variant, segment.reference
    word = ours.words[index]
    if other.form in ours.forms or other.is_function or word.form[:3] != other.form[:3] or word.form == other.form:
        return False
    before, behind = neighbour(ours, index, -1), neighbour(ours, index, 1)
    place = theirs.words.index(other)
    same_before = before is not None and _same(before, neighbour(theirs, place, -1))
    same_behind = behind is not None and _same(behind, neighbour(theirs, place, 1))
    if word.text.istitle() and not word.initial:
        # "the Russia Federation"
        name = not lexicon.parts_of_speech(word.form) and len(word.form) >= _STEM
        demonym = name and other.form.startswith(word.form) and other.text.istitle()
        noun = behind is not None and (behind.is_capitalised or is_noun(behind.form))
        return demonym and other.form.endswith("n") and same_behind and noun
    if (other.is_capitalised and not other.initial) or not _family(word.form, other.form):
        return False
    own, its = word.form, other.form
    follows = behind.form if behind is not None else ""
    precedes = before.form if before is not None else ""
    if is_adverb(own) and not is_adverb(its):
        manner = own not in WEIGHING and lexicon.main_part_of_speech(its) == "a"
        return same_behind and is_noun(follows) and manner
    if is_adverb(its) and not is_adverb(own) and not is_noun(own):
        verbal = is_participle(follows) or is_base_verb(follows) or (behind is not None and behind.is_number)
        if precedes in ARTICLES | PREPOSITIONS:
            return False  # "of open licensed texts"
        # "Obvious, it is", but not "First, it is"
        opening = word.initial and other.initial and behind is None and own not in ("first", "second", "third", "last")
        apart = before is None and neighbour(theirs, place, -1) is None
        opening = opening or (apart and same_behind and follows in PREPOSITIONS)  # "control, particular on Mondays"
        return opening or ((same_before or same_behind) and (verbal or follows == "by") and "ving" not in roles(word))
    if is_abstract(own) and own not in theirs.lemmas:
        if is_participle(its) and precedes in BE:
            # "There has been criticism", "The answer was criticism of the plan"
            return "there" not in [w.form for w in ours.words[max(0, index - 4) : index]] and follows != "of"
        if is_adjective(its) or is_participle(its):
            if own.endswith(_ATTRIBUTIVE):
                return False  # "the education system", "inflation expectations"
            return same_behind and (is_noun(follows) or not follows.islower()) and not is_abstract(its)
        verb = "v" in lexicon.parts_of_speech(other.lemma) and "n" not in lexicon.parts_of_speech(its)
        return verb and (precedes in MODALS | {"to"} or follows in OBJECT | REFLEXIVE)
    if is_adjective(own) and not is_participle(own) and (is_noun(its) or is_abstract(its)):
        listed = ours.text[word.span.end : word.span.end + 1] == ","  # "geographical, climatic and other reasons"
        alone = (behind is None and not listed) or (follows in FUNCTION and follows not in ADVERBS | {"and", "or"})
        nominal = before is not None and (precedes in ARTICLES | PREPOSITIONS | OBJECT or before.is_number)
        return (same_before or same_behind) and alone and nominal
    return False


def _same(word: Word, other: Word | None) -> bool:
    return other is not None and (word.form == other.form or word.lemma == other.lemma)


def neighbour(side: Side, index: int, step: int) -> Word | None:
    """The word next to another, if nothing but space stands between the two."""
    at = index + step
    if not 0 <= at < len(side.words):
        return None
    a, b = sorted((index, at))
    return side.words[at] if side.text[side.words[a].span.end : side.words[b].span.start].isspace() else None


def _family(form: str, other: str) -> bool:
    """Whether two forms are of one family: a common stem, and a derivation between them."""
    shared = next((k for k, (a, b) in enumerate(zip(form, other, strict=False)) if a != b), min(len(form), len(other)))
    if shared < _STEM or shared < 0.5 * max(len(form), len(other)):
        return False
    a, b = lemma_of(form), lemma_of(other)
    if (form.startswith(other) or other.startswith(form)) and abs(len(form) - len(other)) <= _STEM:
        return True
    adverb = form in (other + "ly", other[:-1] + "ily") or other in (form + "ly", form[:-1] + "ily")
    return a == b or adverb or b in lexicon.derived(a) or a in lexicon.derived(b) or lexicon.related(a, b) >= _FAMILY


def _number(word: Word, other: Word) -> bool:
    """Whether two words are singular and plural in -f and -ves ("shelves" is a form of "shelve" too)."""
    return any(a.form.endswith("f") and b.form == a.form[:-1] + "ves" for a, b in ((word, other), (other, word)))


def _misfit(word: Word, other: Word, before: Word | None, behind: Word | None) -> bool:
    """Whether a word cannot stand where the other one of its family stands."""
    if not other.text.islower() or other.is_function or word.form == other.form or _number(word, other):
        return False
    own, its = roles(word), roles(other)
    if not own or not its:
        return False
    if word.lemma == other.lemma:
        # "has collect" for "has collected": the auxiliary asks for the participle.
        return (
            before is not None
            and before.form in _HAVE
            and own & {"v", "vs"} != set()
            and "ved" in its
            and not own & its
        )
    shared = 0
    for a, b in zip(word.form, other.form, strict=False):
        if a != b:
            break
        shared += 1
    stem = shared >= max(_STEM, 0.6 * min(len(word.form), len(other.form)))
    if not stem and lexicon.related(word.lemma, other.lemma) < _FAMILY:
        return False
    return not own & its and not _free_choice(word, other, before, behind)


def _free_choice(word: Word, other: Word, before: Word | None, behind: Word | None) -> bool:
    """Whether English may have either of two words of one family in a place."""
    own, its = roles(word), roles(other)
    if word.form[:2] != other.form[:2] or (own & _VERBAL and its & _VERBAL):
        return True  # "and determines", "determining"
    if word.form.endswith("ing") and before is not None and before.form in PREPOSITIONS:
        return True  # "barred from participating", "from participation"
    if before is not None and before.form in ("and", "or"):
        return True  # "to reform and innovate", "reform and innovation"
    if "n" in own and its <= {"a", "ved"} and (before is None or before.lemma != "be"):
        return True  # "get energy", "get energised"
    if "a" in own and "r" in its and before is not None and before.form in ARTICLES | PREPOSITIONS:
        return True  # "a similar strong quake", "a similarly strong quake"
    if behind is not None and behind.is_content and own & {"n", "a"} and its & {"n", "a"}:
        return True  # a noun or an adjective before a noun: "economy growth", "economic growth"
    if "a" in own and before is not None and (before.lemma == "be" or before.form in ADVERBS):
        return True  # "will be cloudy", "still operational"
    if "r" in own and behind is not None and "a" in lexicon.parts_of_speech(behind.form):
        return True  # "the currently high prices", "the current high prices"
    return bool("r" in own | its) and (before is None or before.form in ADVERBS)


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example("The decision of the council was late.", "The ⟦decide⟧ of the council was late."),
        Example("The law is to protect its interests.", "The law is to ⟦protection⟧ its interests."),
        Example("It was carefully designed by a friend.", "It was ⟦careful⟧ designed by a friend."),
        Example("The navy of the Russian Federation sailed.", "The navy of the ⟦Russia⟧ Federation sailed."),
        Example("The town rapidly improved its roads.", "The town ⟦rapid⟧ improved its roads."),
        Example("The rains began two weeks early.", "The rains began two weeks ⟦more early⟧."),
        Example("He has been criticised for the sale.", "There has been criticism of the sale."),
        Example("He had merely sold a stolen car.", "All he had done was sell a stolen car."),
        Example("He has been criticised for the sale.", "He has been ⟦criticism⟧ for the sale."),
        Example("The economic growth of the town slowed.", "The economy growth of the town slowed."),
    ),
)
