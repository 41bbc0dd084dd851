"""What goes on has stopped, or the other way round: "is no longer leaking" for "is still leaking".

"Still", "continues to" and "goes on" say that something does, "no longer" and "stops" that it has ended. One text has
words of the one kind, the other one of the other kind, at the same verb or adjective, and neither has both.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._numbers import quantities_of
from evaltool.rules._polarity import is_adverb, is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_TRIGGERS = frozenset(
    "still longer continue continues continued continuing stop stops stopped cease ceases ceased quit on".split()
)
_STOPPING = frozenset("stop cease quit".split())
_LITERAL = 0.6  # share of common words below which a share may be told by the rest
_REACH = 4  # words behind such a word among which the verb or adjective stands


class _Course(NamedTuple):
    """Whether something goes on: first word that says so, the verb or adjective it is said of, whether it does."""

    at: int
    of: int
    on: bool


@lru_cache(maxsize=64)
def _courses(side: Side) -> tuple[_Course, ...]:
    found = []
    words = side.words
    for k, word in enumerate(words[:-1]):
        after, lemma = words[k + 1].form, verb_lemma(word)
        on = None
        start = k + 1
        if word.form == "still" and not any(is_negator(w) for w in words[max(0, k - 2) : k + 3]):
            on = True
        elif (word.form, after) == ("no", "longer"):
            on, start = False, k + 2
        elif lemma == "continue" and after == "to":
            on, start = True, k + 2
        elif lemma in _STOPPING and after.endswith("ing"):
            on = False
        elif word.form == "on" and after.endswith("ing") and k and side.words[k - 1].lemma in ("go", "carry"):
            on = True
        if on is None or any(is_negator(w) for w in words[max(0, k - 3) : k]):
            continue
        _, last = sentence(side, k, ",;:()—–")
        inside = range(start, min(last, start + _REACH) + 1)
        of = next((n for n in inside if words[n].is_content and not is_adverb(words[n])), None)
        if of is not None and not asks(side, k):
            found.append(_Course(k, of, on))
    return tuple(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first thing that goes on in one text and has ended in the other."""
    ours, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or not (_TRIGGERS & ours.forms and _TRIGGERS & theirs.forms):
        return
    if segment.role is not Role.BODY:
        return
    if segment.literalness < _LITERAL and any(q.kind == "share" for q in quantities_of(theirs)):
        return  # "two thirds no longer do", "a third still does"
    here, there = _courses(ours), _courses(theirs)
    if not here or not there or {c.on for c in here} & {c.on for c in there}:
        return
    if "still" in ours.forms | theirs.forms and any(
        _stopped(s, c) for s, cs in ((ours, here), (theirs, there)) for c in cs
    ):
        return  # "they stopped searching the pond, and are still searching the wood"
    for mine in here:
        for other in there:
            linked = ours.partner[mine.of] == other.of and not _stopped(ours, mine) and not _stopped(theirs, other)
            if not linked and verb_lemma(ours.words[mine.of]) != verb_lemma(theirs.words[other.of]):
                continue
            said = Span(ours.words[mine.at].span.start, ours.words[mine.of].span.end)
            meant = Span(theirs.words[other.at].span.start, theirs.words[other.of].span.end)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(theirs.text),
                evidence={"goes on": "reference" if other.on else "variant"},
                confidence=0.85,
            )
            return


def _stopped(side: Side, course: _Course) -> bool:
    return side.words[course.at].lemma in _STOPPING


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The school is open, but its roof is still leaking.",
            "The school is open, but its roof is ⟦no longer leaking⟧.",
            severity=Severity.CRITICAL,
        ),
        Example("He no longer plays for the club.", "He ⟦continues to play⟧ for the club."),
        Example("She was told to stop taking the drug.", "She was told to go ⟦on taking⟧ the drug."),
        Example("He no longer plays for the club.", "He has stopped playing for the club."),
        Example("The roof is still leaking.", "The roof continues to leak."),
    ),
)
