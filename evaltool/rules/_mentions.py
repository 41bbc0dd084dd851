"""The names that a side mentions: runs of capitalised words, and whether the other side mentions them in some form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evaltool import lexicon
from evaltool._english import FUNCTION
from evaltool.model import Span
from evaltool.rules._names import accepted, is_listed, name_key, plain, title_case, zipf
from evaltool.rules._numbers import MONTHS, WEEKDAYS
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

#: Words in lower case that may stand inside a name.
_INSIDE = frozenset("of for the de del della der den di da do dos du la le van von al el bin ibn e y and".split())
#: Titles and forms of address, which are no part of a name.
_ADDRESS = frozenset("mr mrs ms miss mx dr prof sir dame lord lady herr frau monsieur madame".split())
_HYPHENS = frozenset("-‐‑–")
_APPOSED = 5  # words of an apposition
#: Zipf frequency from which a capitalised first word may be any word that the dictionary happens to lack.
_COMMON = 5.0
_PHRASES = {"united states": "us", "united kingdom": "britain", "great britain": "britain", "european union": "eu"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a side writes it.

    Attributes:
        first: index of its first word.
        last: index of its last word.
        words: its words that begin with a capital; of those only the ones that no dictionary has, where there are some.
        proper: whether no dictionary has those words ("Karimov"; not "Ministry of Health").
        keys: what the words and their initials may be looked up by.
        initials: of all its words that begin with a capital.
        tail: words of the language behind the first proper one, which may be a surname ("Trump").
        span: from the first to the last word.
    """

    first: int
    last: int
    words: tuple[Word, ...]
    proper: bool
    keys: frozenset[str]
    initials: str
    tail: frozenset[str]
    span: Span


def is_proper(word: Word) -> bool:
    """Whether no dictionary of common words has it, or it is the name of a country."""
    return not lexicon.is_word(word.lemma) or is_listed(word.form)


@lru_cache(maxsize=64)
def mentions(side: Side, segment: AlignedSegment) -> tuple[Mention, ...]:
    """The names of a side, in text order."""
    found: list[Mention] = []
    at = 0
    titled = title_case(side.words)  # there only a word that no dictionary has can be told to be a name
    while at < len(side.words):
        last = _run(side, at, segment) if not titled else at if _unknown(side.words[at]) else None
        if last is None:
            at += 1
            continue
        found.append(_mention(side, at, last))
        at = last + 1
    return tuple(found)


def _unknown(word: Word) -> bool:
    return word.is_capitalised and word.is_content and is_proper(word) and zipf(word.form) < _COMMON


def _run(side: Side, first: int, segment: AlignedSegment) -> int | None:
    """Index of the last word of the name that begins with a word, or None where none begins."""
    if not _begins(side, first, segment):
        return None
    last = first
    while last + 1 < len(side.words) and not _ends(side.words[last]):
        at = last + 1
        while at < len(side.words) and side.words[at].form in _INSIDE and at - last < 3:
            at += 1
        between = side.text[side.words[last].span.end : side.words[at].span.start] if at < len(side.words) else "."
        joint = side.words[last + 1].form if at > last + 1 else ""
        if joint in ("and", "the") or (joint == "for" and is_proper(side.words[last])):
            break  # "Russia and China", "Odesa for Istanbul": two names
        if not _capital(side.words[at : at + 1], segment) or set(between) & set(',;:()[]"“”!?/\n|'):
            break
        if "." in between and len(plain(side.words[last].form)) > 3:
            break
        if between in _HYPHENS and _pair(side.words[last], side.words[at]):
            break  # "the Vietnam-Singapore treaty": two names
        last = at
    return last


def _pair(one: Word, other: Word) -> bool:
    """Whether two words with a hyphen between them are two names, of which one is a country's."""
    return (is_listed(one.form) or is_listed(other.form)) and is_proper(one) and is_proper(other)


def _begins(side: Side, at: int, segment: AlignedSegment) -> bool:
    word = side.words[at]
    if not _capital((word,), segment) or word.form in _ADDRESS:
        return False
    if not word.initial or word.is_acronym or len(word.form) == 1:
        return len(word.form) > 1 or _dotted(side, at) > at
    if word.form in _named(segment.whole_reference) or word.form in _named(segment.whole_variant):
        return True
    return is_listed(word.form) or (is_proper(word) and word.form.isalpha() and zipf(word.form) < _COMMON)


def _capital(words: Sequence[Word], segment: AlignedSegment) -> bool:
    if not words:
        return False
    (word,) = words
    if not word.is_capitalised or word.is_number or (word.is_function and not word.is_acronym):
        return False
    if word.form in MONTHS or word.form.removesuffix("s") in WEEKDAYS:
        return False
    if not word.is_acronym and word.form.partition("'")[0] in FUNCTION:
        return False  # "I'm"
    if word.is_acronym and len(word.form) > 3 and lexicon.is_word(word.lemma):
        return False  # a word of the language in capitals
    lower = word.form in segment.whole_reference.lower_case or word.form in segment.whole_variant.lower_case
    return word.is_acronym or not lower


def _ends(word: Word) -> bool:
    """Whether a possessive ending closes the name."""
    return word.text.endswith(("'s", "’s")) and not word.form.endswith("'s")


@lru_cache(maxsize=8)
def _named(vocabulary: Vocabulary) -> frozenset[str]:
    """Forms that a document writes with a capital inside a sentence."""
    return frozenset(w.form for w in vocabulary.words if w.is_capitalised and not w.initial)


def is_person(side: Side, mention: Mention) -> bool:
    """Whether what stands beside a name says that it is a person's: a title, "said", "a farmer", "according to"."""
    words, first, last = side.words, mention.first, mention.last
    opening = [w for w in words[first : last + 1] if w not in mention.words][:2]
    before = words[max(0, first - 2) : first]
    if any(w.form in _ADDRESS or lexicon.hypernym(w.lemma, "person", 6) for w in (*opening, *before[-1:])):
        return True
    if [w.form for w in before] == ["according", "to"]:
        return True
    beside = (*before[-1:], *words[last + 1 : last + 2])
    if any(w.form in ("said", "says", "told", "who", "whose") for w in beside):
        return True
    after = words[last + 1 : last + 1 + _APPOSED]
    behind = side.text[words[last].span.end : after[0].span.start] if after else ""
    if behind != ", " or after[0].form not in ("a", "an", "the", "who", "whose", "his", "her", "its", "their"):
        return False
    return any(lexicon.hypernym(w.lemma, "person", 6) for w in after[1:] if w.text.islower())


@dataclass(frozen=True, slots=True)
class Said:
    """What a segment's side or a document says, as far as a name may be found in it.

    Attributes:
        forms: plain forms of its words.
        keys: those, and what the words are looked up by (see name_key).
        first: plain forms of its capitalised words that begin a sentence or a quotation.
        capitalised: its words that begin with a capital, one for each spelling.
    """

    forms: frozenset[str]
    keys: frozenset[str]
    first: frozenset[str]
    capitalised: tuple[Word, ...]


@lru_cache(maxsize=64)
def said_here(side: Side) -> Said:
    """What a side of a segment says."""
    return _said(side.words)


@lru_cache(maxsize=8)
def said_anywhere(vocabulary: Vocabulary) -> Said:
    """What a document says; one word stands for all of a spelling."""
    return _said({word.text: word for word in vocabulary.words}.values())


def _said(words: Collection[Word]) -> Said:
    forms = frozenset(plain(word.form) for word in words)
    return Said(
        forms,
        forms | {name_key(word.form) for word in words},
        frozenset(plain(word.form) for word in words if word.initial and word.is_capitalised),
        tuple(word for word in words if word.is_capitalised),
    )


def _dotted(side: Side, at: int) -> int:
    """Index of the last letter of an abbreviation with full stops such as "U.S.", or the index itself."""
    last = at
    while (
        last + 1 < len(side.words)
        and all(len(w.form) == 1 and w.is_capitalised for w in side.words[last : last + 2])
        and side.text[side.words[last].span.end : side.words[last + 1].span.start] == "."
    ):
        last += 1
    return last


def _mention(side: Side, first: int, last: int) -> Mention:
    capital = [w for w in side.words[first : last + 1] if w.is_capitalised and (w.is_acronym or not w.is_function)]
    long = [w for w in capital if len(w.form) > 1] or capital
    proper = [w for w in long if is_proper(w)]
    proper = [w for w in proper if not is_listed(w.form)] or proper  # "Russian President Karimov" names Karimov
    core = tuple(proper or long or side.words[first : first + 1])
    tail = long[long.index(core[0]) + 1 :] if proper else []
    return Mention(
        first,
        last,
        core,
        bool(proper),
        keys(side.words[first : last + 1], core),
        "".join(plain(w.form)[:1] for w in capital),
        frozenset(plain(w.form) for w in tail if w not in core),
        Span(side.words[first].span.start, side.words[last].span.end),
    )


def keys(words: Sequence[Word], core: Iterable[Word]) -> frozenset[str]:
    """What a name can be looked up by: its words, its initials, what its phrases stand for."""
    found = {name_key(word.form) for word in core if len(word.form) > 1}
    capital = [plain(w.form) for w in words if w.is_capitalised and plain(w.form)]
    initials = "".join(form[0] for form in capital if form not in _INSIDE)
    if len(initials) > 1:
        found.add(name_key(initials))
        found.add("".join(capital))
    text = " ".join(w.form for w in words)
    return frozenset(found | {key for phrase, key in _PHRASES.items() if phrase in text})


def supported(mention: Mention, others: Sequence[Mention], other: Said) -> bool:
    """Whether the other side has a name in some form.

    Args:
        mention: the name.
        others: the names of the other side.
        other: all that the other side says, where the name may stand in lower case or as a first word.
    """
    if any(mention.keys & other.keys or (not other.proper and mention.tail & other.keys) for other in others):
        return True
    own = {plain(word.form) for word in mention.words} | mention.keys
    if not other.keys.isdisjoint(own) or not other.first.isdisjoint(mention.tail):
        return True
    return any(accepted(word, w) for word in mention.words for w in other.capitalised)
