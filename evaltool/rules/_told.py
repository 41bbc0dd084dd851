"""Where the reference tells what a clause of the variant tells, wherever that stands.

A sentence of a summary joins pieces of several sentences, and the alignment gives it one or two of them. What it says
is therefore looked up in the whole reference, by the words of content and the numbers around a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from evaltool import lexicon
from evaltool.rules._attribution import SPEECH
from evaltool.rules._clauses import sentence
from evaltool.rules._verbs import verb_lemma
from evaltool.words import Side, Vocabulary, Word

#: They begin a clause.
_OPENING = frozenset(
    "and but while although though whereas who which because when whether if unless as since so before".split()
)
_MARKS = ",;:()–—"
_NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 1
    )
    if n > 1
}
_BACK = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A word with what is said around it.

    Attributes:
        at: index of the word.
        first: index of the first word of its clause.
        last: index of the last one.
        keys: of the clause's other words.
        wide: of the other words of its sentence.
    """

    at: int
    first: int
    last: int
    keys: frozenset[str]
    wide: frozenset[str]


def key(word: Word) -> str | None:
    """What a word is looked up by: its lemma or its number; None for words that tell little."""
    if word.is_number:
        return word.form.replace(",", "")
    if word.form in _NUMBERS:
        return _NUMBERS[word.form]
    if not word.is_content or word.lemma in SPEECH:
        return None
    return verb_lemma(word)


def keys(side: Side | Vocabulary, first: int, last: int, without: int = -1) -> frozenset[str]:
    """The keys of the words from first to last, one left out."""
    found = (key(side.words[k]) for k in range(max(first, 0), last + 1) if k != without)
    return frozenset(k for k in found if k)


@lru_cache(maxsize=2048)
def place(side: Side | Vocabulary, at: int) -> Place:
    """The clause around a word; where it does not name its subject, the part before does."""
    begin, end = sentence(side, at)
    first, last = clause(side, at)
    own = keys(side, first, last, at)
    for _ in range(_BACK):
        before = [w for w in side.words[first:at] if key(w)]
        named = not before or all(w.is_capitalised or w.is_number for w in before)  # in apposition to what comes before
        if first <= begin or not named:
            break
        first = clause(side, first - 1)[0]
        own = keys(side, first, last, at)
    return Place(at, first, last, own, keys(side, begin, end, at))


def clause(side: Side | Vocabulary, at: int) -> tuple[int, int]:
    """(first, last) index of the words of the clause that holds a word."""
    first, last = sentence(side, at, _MARKS)
    first = max((k for k in range(first, at) if side.words[k].form in _OPENING), default=first)
    last = next((k - 1 for k in range(at + 1, last + 1) if side.words[k].form in _OPENING), last)
    return first, last


@lru_cache(maxsize=4096)
def one_word(a: str, b: str) -> bool:
    """Whether two lemmas are forms of one word: "pollute" and "pollution"."""
    return a == b or (len(a) > 3 and len(b) > 3 and a[:3] == b[:3] and b in lexicon.derived(a))
