"""Finite verbs of a side with their auxiliaries, and the time that each is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from evaltool import lexicon
from evaltool._english import ADVERBS, ALSO_PAST_OF, ARTICLES
from evaltool.rules._clauses import sentence
from evaltool.words import Side, Word


class Tense(StrEnum):
    """What the finite form of a verb group says of time."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    PERFECT = "perfect"
    PLUPERFECT = "past perfect"
    OPEN = "open"  # with a modal verb, which goes with every time


@dataclass(frozen=True, slots=True)
class Group:
    """A finite verb with its auxiliaries.

    Attributes:
        start: index of its first word.
        end: index of its last word, the main verb.
        lemma: of the main verb.
        tense: of the finite form.
        passive: whether it is a form of "be" with a participle.
        certain: whether it is finite beyond doubt; "the letter sent" may be a participle instead.
    """

    start: int
    end: int
    lemma: str
    tense: Tense
    passive: bool = False
    certain: bool = True


_PAST_BE, _PRESENT_BE = frozenset(["was", "were"]), frozenset(["is", "are", "am"])
_MODALS = frozenset("would can could may might must should cannot ought".split())
_HAVE = frozenset(["has", "have", "having", "had"])
_BARE = frozenset(["be", "been", "being", *_HAVE])
_FINITE = _PAST_BE | _PRESENT_BE | _MODALS | frozenset("has have had do does did will shall".split())
#: Irregular past forms that are no participles, and so can only be finite.
PAST_ONLY = frozenset(
    """
    arose ate awoke became began blew broke came chose did drank drew drove fell flew forbade forgave forgot froze gave
    grew hid knew lay overcame overtook ran rang rode rose sang sank saw shook shrank spoke sprang stole swam swore
    threw took tore undertook underwent went withdrew woke wore wove wrote
    """.split()
)
_ALSO_NOUNS, POSSESSIVES = frozenset("will can might must".split()), frozenset("my your his her its our their".split())
_SUBJECTS = frozenset("i you he she it we they who".split())
_SINGULAR = frozenset("he she it who which that".split())
_PLURAL = frozenset("i you we they".split())
#: What begins an object: a verb form between a noun and one of these is finite, since a participle takes no object.
_OPENING = ARTICLES | frozenset(
    """
    my your his her its our their this these that those him them me us it all every some any no himself herself itself
    themselves one two three four five six seven eight nine ten several many
    """.split()
)
_OFTEN = frozenset("sometimes often usually always seldom rarely ever soon first indeed perhaps maybe".split())
#: Pronouns that "is" is contracted with ("it's"), as far as that is no possessive.
_CONTRACTED = frozenset("it he she there that what who here where how this".split())
#: Participles and past forms spelled like the base form.
_SAME = frozenset(
    "become come cost cut hit hurt let put read run set shut split spread burst cast bet overcome".split()
)


@lru_cache(maxsize=64)
def groups(side: Side) -> tuple[Group, ...]:
    """The verb groups whose tense can be told from their form and next neighbours, in order."""
    return tuple(_groups(side))


def _groups(side: Side) -> Iterator[Group]:
    found: list[Group] = []
    taken = -1
    for at in range(len(side.words)):
        if at <= taken:
            continue
        group = _with_auxiliary(side, at) if _auxiliary(side, at) else _alone(side, at)
        last = found[-1] if found else None
        if group is not None and last is not None and last.certain and last.end == at - 1 and joined(side, at - 1):
            # "The shop introduces charges": the object, unless the verb can have a clause for its subject.
            group = group if group.start < group.end or group.tense is not Tense.PRESENT else None
        if group is not None:
            taken = group.end
            found.append(group)
    # A sentence has a finite verb: where none is certain, the first that may be one is.
    settled: set[tuple[int, int]] = {sentence(side, g.start) for g in found if g.certain}
    for group in found:
        own = sentence(side, group.start)
        yield group if group.certain or own in settled else replace(group, certain=True)
        settled.add(own)


def _auxiliary(side: Side, at: int) -> str:
    """The finite auxiliary that a word is or ends in, or ""."""
    word = side.words[at]
    form = word.form
    if form in _ALSO_NOUNS and at and side.words[at - 1].form in POSSESSIVES | ARTICLES and joined(side, at - 1):
        return ""  # "against their will"
    if form in _FINITE:
        return form
    if form.endswith("n't") and form != "n't":
        stem = {"wo": "will", "ca": "can", "sha": "shall"}.get(form[:-3], form[:-3])
        return stem if stem in _FINITE else ""
    ending = word.text.lower().replace("’", "'").rpartition("'")[2] if not word.text.isalpha() else ""
    if ending == "s":
        after = side.words[at + 1] if at + 1 < len(side.words) else None
        has = after is not None and (
            after.form in ("been", "got") or (after.form != after.lemma and after.form[-1] != "g")
        )
        return "is" if form.removesuffix("'s") in _CONTRACTED and not has else ""
    return {"ll": "will", "ve": "have", "re": "are", "m": "am"}.get(ending, "")


def joined(side: Side, left: int) -> bool:
    """Whether nothing but space stands between a word and the next."""
    return side.text[side.words[left].span.end : side.words[left + 1].span.start].isspace()


def _skipped(word: Word) -> bool:
    form = word.form
    return form in ADVERBS or form in _OFTEN or (form.endswith("ly") and len(form) > 4) or form in ("both", "all")


def _with_auxiliary(side: Side, start: int) -> Group | None:
    words, first = side.words, _auxiliary(side, start)
    chain, at, last = [first], start, start
    while at + 1 < len(words) and joined(side, at) and at - start < 7:
        at += 1
        form = words[at].form
        if form in _BARE:
            chain.append(form)
            last = at
        elif form == "to" and at == start + 1 and first in _HAVE | _PAST_BE | _PRESENT_BE:
            # "have to", which is a verb of its own; "is to", which looks ahead.
            return Group(start, at, "have", _simple(first)) if first in _HAVE else Group(start, at, "be", Tense.OPEN)
        elif form == "going" and at + 2 < len(words) and words[at + 1].form == "to":
            return Group(start, at + 2, words[at + 2].lemma, Tense.FUTURE)
        elif not _skipped(words[at]):
            if _verb_form(words[at], chain):
                last = at
                chain.append(form)
            break
    if first == "do" and last == start and words[start].initial:
        return None  # "Do it soon."
    lemma = verb_lemma(words[last]) if last > start else _OWN_LEMMA.get(first, first)
    if chain[-1] in _BE:
        lemma = "be"
    participle = chain[-1] not in _BARE and chain[-1] not in _FINITE and not chain[-1].endswith("ing")
    passive = participle and len(chain) > 1 and chain[-2] in _BE
    return Group(start, last, lemma, _chained(chain), passive)


_BE = _PAST_BE | _PRESENT_BE | {"be", "been", "being"}
_OWN_LEMMA = {**dict.fromkeys(_BE, "be"), **dict.fromkeys(_HAVE, "have"), "do": "do", "does": "do", "did": "do"}


def _verb_form(word: Word, chain: list[str]) -> bool:
    """Whether a word can be the main verb behind these auxiliaries."""
    lemma = verb_lemma(word)
    if "v" not in lexicon.parts_of_speech(lemma):
        return False
    bare = chain[-1] in _MODALS | {"will", "shall", "do", "does", "did"}
    if bare:
        return word.form == lemma
    if word.form.endswith("s") or (chain[-1] in _HAVE and word.form.endswith("ing")):
        return False  # "has tears", "has racing seats"
    return word.form != lemma or word.form in _SAME


def verb_lemma(word: Word) -> str:
    """A verb's base form, also of past forms that are words of their own."""
    return ALSO_PAST_OF.get(word.form, word.lemma)


def _simple(form: str) -> Tense:
    return Tense.PAST if form in ("had", "did", *_PAST_BE) else Tense.PRESENT


def _chained(chain: list[str]) -> Tense:
    first = chain[0]
    if first in ("will", "shall"):
        return Tense.FUTURE
    if first in _MODALS:
        return Tense.OPEN
    if first in _HAVE and len(chain) > 1:
        return Tense.PLUPERFECT if first == "had" else Tense.PERFECT
    return _simple(first)


def _alone(side: Side, at: int) -> Group | None:
    """The group of a verb without auxiliary, if its form and its neighbours let it be finite."""
    words, word = side.words, side.words[at]
    form, lemma = word.form, verb_lemma(word)
    if form == lemma and form.endswith("s") and "v" in lexicon.parts_of_speech(form[:-1]):
        lemma = form[:-1]  # "remains", which is a noun too
    if not form.isalpha() or word.is_function or (word.is_capitalised and not word.initial):
        return None
    if form == "said":  # also far from its subject
        return Group(at, at, "say", Tense.PAST)
    parts = lexicon.parts_of_speech(lemma)
    before = _before(side, at)
    if "v" not in parts or before is None or not (before.is_content or before.form in _SUBJECTS | {"which", "that"}):
        return None
    if not before.text.isalpha() and before.form in _CONTRACTED | _SUBJECTS:
        return None  # "it's expected", "he'd left"
    behind = words[at + 1] if at + 1 < len(words) and joined(side, at) else None
    object_follows = behind is not None and (behind.form in _OPENING or behind.is_number or behind.is_capitalised)
    subject = before.form in _SUBJECTS
    if form in PAST_ONLY:
        return Group(at, at, lemma, Tense.PAST)
    if form != lemma and form[-1] not in "sg":
        return Group(at, at, lemma, Tense.PAST, certain=subject or object_follows)
    if form == lemma + "s" or (form != lemma and form.endswith("es")):
        verbal = lexicon.main_part_of_speech(lemma) == "v"
        if before.form in _SINGULAR or (verbal and (parts <= {"v", "r"} or object_follows)):
            return Group(at, at, lemma, Tense.PRESENT)
        return Group(at, at, lemma, Tense.PRESENT, certain=False) if "n" not in parts or verbal else None
    if form == lemma and lexicon.main_part_of_speech(lemma) == "v" and form not in _SAME:
        plural = before.is_content and before.form.endswith("s") and before.form != before.lemma
        if before.form in _PLURAL or (plural and (parts <= {"v", "r"} or object_follows)):
            return Group(at, at, lemma, Tense.PRESENT)
    return None


def _before(side: Side, at: int) -> Word | None:
    """The word that a verb follows, adverbs aside, if no mark parts them."""
    while at > 0 and joined(side, at - 1):
        at -= 1
        if not _skipped(side.words[at]):
            return side.words[at]
    return None
