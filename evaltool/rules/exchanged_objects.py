"""Two things have changed places: "closed the school and kept the mill" for "kept the school and closed the mill".

Both sides have the same two verbs and the same two things right behind them or their prepositions, and each verb has
the other one's thing. Nothing is said where a side has one of the words twice or denies one of the verbs.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from evaltool import lexicon
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap
from evaltool.rules._polarity import is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_OPENERS = frozenset("a an the its his her their our your my this that these those both all some any no".split())
_PREPOSITIONS = frozenset("of for in at from to with on into against".split())
_REACH = 3  # words between a verb and its object's last word
_APART = 12  # words between the two verbs
_BEFORE = 2  # words before a verb in which a negator denies it


@lru_cache(maxsize=64)
def _pairs(side: Side) -> tuple[tuple[int, int], ...]:
    """(verb, last word of its object) where an object stands right behind a verb or its preposition."""
    found = []
    for k, word in enumerate(side.words[:-1]):
        nominal = k > 0 and side.words[k - 1].form in _OPENERS  # "the charge of murder"
        if nominal or not word.is_content or (word.is_capitalised and not word.initial):
            continue
        if "v" not in lexicon.parts_of_speech(verb_lemma(word)) or gap(side, k, k + 1) != " ":
            continue
        start = k + 1
        for opening in (_PREPOSITIONS, _OPENERS):
            start += start < len(side.words) and side.words[start].form in opening
        last = None
        for n in range(start, min(start + _REACH, len(side.words))):
            parts = lexicon.main_part_of_speech(side.words[n].lemma), *lexicon.parts_of_speech(side.words[n].form)
            noun = not {"n", "a"}.isdisjoint(parts) and side.words[n].form != "next"
            if not side.words[n].is_content or not noun or gap(side, n - 1, n) != " ":
                break
            last = n
            if gap(side, n, min(n + 1, len(side.words) - 1)) != " ":
                break
        if last is not None and not any(is_negator(w) for w in side.words[max(0, k - _BEFORE) : k]):
            found.append((k, last))
    return tuple(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first two verbs that have each other's object."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    if len(_pairs(ours)) < 2 or len(_pairs(theirs)) < 2:
        return
    for one, two in combinations(_pairs(ours), 2):
        if two[0] <= one[1] or two[0] - one[0] > _APART or not _once(ours, (*one, *two)):
            continue
        # Behind a preposition, or without an article, much may stand: only the very words tell.
        sure = all(ours.words[k + 1].form in _OPENERS for k in (one[0], two[0]))
        verbs = [_counterpart(segment, k, verb=True, linked=sure) for k in (one[0], two[0])]
        things = [_counterpart(segment, k, verb=False, linked=sure) for k in (one[1], two[1])]
        crossed = [(verbs[0], things[1]), (verbs[1], things[0])]
        if None in (*verbs, *things) or any(pair not in _pairs(theirs) for pair in crossed):
            continue
        there = sorted((*verbs, *things))  # type: ignore[type-var]
        if there != [k for pair in sorted(crossed) for k in pair]:
            continue  # the one stands within the other
        if not _once(theirs, there) or asks(ours, one[0]) != asks(theirs, there[0] or 0):  # type: ignore[arg-type]
            continue
        said = Span(ours.words[one[0]].span.start, ours.words[two[1]].span.end)
        meant = Span(theirs.words[there[0] or 0].span.start, theirs.words[there[-1] or 0].span.end)
        yield Hit(
            Severity.CRITICAL,
            f"The reference says “{meant.of(theirs.text)}”; here the two have changed places.",
            variant_span=said,
            reference_span=meant,
            evidence={"one": ours.words[one[1]].lemma, "other": ours.words[two[1]].lemma},
            confidence=0.85,
        )
        return


def _once(side: Side, indexes: tuple[int, ...] | list[int]) -> bool:
    """Whether none of some words stands on a side twice."""
    lemmas = [word.lemma for word in side.words]
    return all(lemmas.count(side.words[k].lemma) == 1 for k in indexes)


def _counterpart(segment: AlignedSegment, index: int, *, verb: bool, linked: bool) -> int | None:
    """The word of the reference that is a word of the variant, by its dictionary form or else by their link."""
    word = segment.variant.words[index]
    lemma = verb_lemma(word) if verb else word.lemma
    same = [j for j, w in enumerate(segment.reference.words) if (verb_lemma(w) if verb else w.lemma) == lemma]
    return same[0] if len(same) == 1 else None if same or not linked else segment.variant.partner[index]


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The shelling spared the hospital but destroyed the pharmacy.",
            "The shelling ⟦destroyed the hospital but spared the pharmacy⟧.",
        ),
        Example(
            "He was acquitted of murder but convicted of fraud.",
            "He was ⟦convicted of murder but acquitted of fraud⟧.",
        ),
        Example("The country exports oil and imports wheat.", "The country ⟦exports wheat and imports oil⟧."),
        Example(
            "In the end the council closed the pool and kept the library.",
            "In the end the council ⟦kept the pool and closed the library⟧.",
        ),
        Example(
            "In the end the council closed the pool and kept the library.",
            "In the end the council kept the library and closed the pool.",
        ),
    ),
)
