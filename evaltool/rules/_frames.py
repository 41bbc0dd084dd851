"""Who does what to whom: the noun phrases that are subject, agent, object or goal of the verbs of a side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from evaltool import lexicon
from evaltool._english import ARTICLES
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._parts import is_participle
from evaltool.rules._verbs import Group, Tense, groups, joined, verb_lemma
from evaltool.words import Side, Word

_LONGEST = 9  # words of a noun phrase
_BY = 7  # words between a passive and its "by"
_POSSESSIVES = frozenset("his her its their our my your".split())
_OPENING = ARTICLES | _POSSESSIVES | frozenset("this that these those some several many all both".split())
_INNER = frozenset("of in from for at".split())  # prepositions inside a noun phrase
_COUNTS = frozenset("one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands".split())
_LED = frozenset("on to against with".split())  # behind a verb
_BETWEEN = frozenset("also then later already now still never not just only first again soon since".split())
_LEADING = frozenset("and but or that which whom if because as while when after before although though so".split())
_TIMES = frozenset(
    """
    day week month year hour minute time night morning evening today yesterday tomorrow afternoon weekend moment end
    beginning start middle monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december spring summer autumn winter
    """.split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    Attributes:
        first: index of its first word.
        head: index of its head.
        last: index of its last word, behind the head where "of ..." follows it.
    """

    first: int
    head: int
    last: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with those who take part.

    Attributes:
        start: index of the verb group's first word.
        verb: index of the main verb.
        lemma: of the main verb.
        agents: the phrases that each name who does it, a name and its apposition.
        patients: the phrases that name to whom it is done.
        preposition: that the patients stand behind, or "".
    """

    start: int
    verb: int
    lemma: str
    agents: tuple[Phrase, ...]
    patients: tuple[Phrase, ...]
    preposition: str = ""


@lru_cache(maxsize=64)
def frames(side: Side) -> tuple[Frame, ...]:
    """The frames of a side's verbs, in order; those in which nobody is named are left out."""
    found = []
    own = groups(side)
    starts = {k for group in own for k in range(group.start, group.end + 1)}
    for group in own:
        subject = _subject(side, group, starts)
        if group.passive or _by(side, group.end):
            frame = Frame(group.start, group.end, group.lemma, _agent(side, group, starts), subject)
        else:
            behind, preposition = _behind(side, group, starts)
            frame = Frame(group.start, group.end, group.lemma, subject, behind, preposition)
        if frame.agents or frame.patients:
            found.append(frame)
    ends = {group.end for group in own}
    for at in range(1, len(side.words) - 2):
        # "a suit brought by the owners"
        if at in ends or not _by(side, at) or not is_participle(side.words[at].form):
            continue
        participle = Group(at, at, verb_lemma(side.words[at]), Tense.PAST, passive=True)
        found.append(Frame(at, at, participle.lemma, _agent(side, participle, starts), ()))
    return tuple(found)


def _by(side: Side, at: int) -> bool:
    return at + 1 < len(side.words) and side.words[at + 1].form == "by" and joined(side, at)


def _noun(word: Word) -> bool:
    """Whether a word can end a noun phrase."""
    if (
        not word.is_content
        or word.form.endswith("ly")
        or word.lemma in _TIMES
        or word.is_number
        or word.form in _COUNTS
    ):
        return False
    parts = lexicon.parts_of_speech(word.lemma)
    return word.is_capitalised or "n" in parts or not parts


def _within(word: Word) -> bool:
    """Whether a word can stand inside a noun phrase, before its head."""
    return word.form in _OPENING or word.is_number or (word.is_content and not word.form.endswith("ly"))


def _owns(word: Word) -> bool:
    return word.text.endswith(("'s", "’s", "s’", "s'"))


def _back(side: Side, last: int, verbs: set[int]) -> Phrase | None:
    """The noun phrase that ends with a word; "the mayor of the town" has its first noun as head."""
    head = last
    lowest, _ = sentence(side, last, ";:()–—")
    at = first = last
    while True:
        if not _noun(side.words[head]):
            return None
        opened = side.words[first].form in _OPENING
        while not opened and at > lowest and _tied(side, at - 1) and last - at < _LONGEST:
            word = side.words[at - 1]
            if not _within(word) or at - 1 in verbs or word.lemma in _TIMES:
                break
            at -= 1
            first = at
            opened = word.form in _OPENING and not (at > lowest and _owns(side.words[at - 1]))
        if at - 1 < lowest or not _tied(side, at - 1) or side.words[at - 1].form not in _INNER:
            break
        if at - 2 < lowest or not _noun(side.words[at - 2]) or not joined(side, at - 2) or last - at >= _LONGEST:
            return None  # "In May the council"
        at -= 2
        head = first = at
    before = side.words[first - 1] if first > lowest and joined(side, first - 1) else None
    if before is not None and (before.is_content or before.form not in _LEADING):
        return None
    joining = before is not None and before.form in ("and", "or") and first - 2 >= lowest and first - 2 not in verbs
    if joining and _noun(side.words[first - 2]) and joined(side, first - 2):
        return None  # "teachers and dockers": not the whole of it
    return Phrase(first, head, last)


def _tied(side: Side, at: int) -> bool:
    return gap(side, at, at + 1) in (" ", "-", "’ ", "' ", "’s ", "'s ")


def _forward(side: Side, first: int, verbs: set[int]) -> Phrase | None:
    """The noun phrase that begins at an index."""
    at = first
    if at >= len(side.words) or not _within(side.words[at]) or at in verbs:
        return None
    while at + 1 < len(side.words) and at - first < _LONGEST and _tied(side, at) and at + 1 not in verbs:
        word = side.words[at + 1]
        if not (word.is_content or word.is_number) or word.form.endswith("ly") or word.lemma in _TIMES:
            break
        at += 1
    while at > first and not _noun(side.words[at]):
        at -= 1
    if not _noun(side.words[at]) or (_owns(side.words[at]) and at + 1 < len(side.words)):
        return None
    return Phrase(first, at, at)


def _subject(side: Side, group: Group, verbs: set[int]) -> tuple[Phrase, ...]:
    """The phrases directly before a verb: one, or a name and its apposition."""
    at = group.start - 1
    lowest, _ = sentence(side, group.start, ";:()–—") if group.start else (0, 0)
    while at >= lowest and joined(side, at) and (side.words[at].form in _BETWEEN or side.words[at].form.endswith("ly")):
        at -= 1
    if at < lowest:
        return ()
    if joined(side, at):
        found = _back(side, at, verbs)
        return (found,) if found else ()
    if "," not in gap(side, at, at + 1):
        return ()
    # "The islands' MP, Fiona Tait, has called": the phrase before the last two commas.
    near = _back(side, at, verbs)
    if near is None or near.first <= lowest or "," not in gap(side, near.first - 1, near.first):
        return ()
    outer = _back(side, near.first - 1, verbs)
    return (outer, near) if outer else ()


def _agent(side: Side, group: Group, verbs: set[int]) -> tuple[Phrase, ...]:
    """Who stands behind "by", if anybody."""
    at = group.end
    while at + 2 < len(side.words) and at - group.end < _BY and joined(side, at):
        at += 1
        if at in verbs:
            return ()
        if side.words[at].form == "by":
            return _apposed(side, _forward(side, at + 1, verbs), verbs)
    return ()


def _behind(side: Side, group: Group, verbs: set[int]) -> tuple[tuple[Phrase, ...], str]:
    """Whom stands directly behind an active verb, or behind its preposition ("called on the league"), and that."""
    at, preposition = group.end + 1, ""
    if at >= len(side.words) or not joined(side, group.end):
        return (), ""
    if side.words[at].form in _LED and at + 1 < len(side.words):
        preposition = side.words[at].form
        at += 1
    return _apposed(side, _forward(side, at, verbs), verbs), preposition


def _apposed(side: Side, phrase: Phrase | None, verbs: set[int]) -> tuple[Phrase, ...]:
    if phrase is None:
        return ()
    end = phrase.last
    if end + 1 < len(side.words) and gap(side, end, end + 1).strip() == ",":
        behind = _forward(side, end + 1, verbs)
        if behind is not None:
            return phrase, behind
    return (phrase,)
