"""A question that is told has the order of one that is asked ("asked where was the station", "how much does it cost").

Behind "where", "when", "why", "how" and the like an auxiliary stands before its subject, in a sentence that asks
nothing; the reference has the same question word and the subject first.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.words import AlignedSegment, Side

_ASKING = frozenset("where when why how which what whom".split())
_PLAIN = frozenset("where when why how".split())
_DOING = frozenset("do does did".split())
_AUXILIARIES = _DOING | frozenset("is are was were has have had will can could would".split())
_SUBJECTS = frozenset("the a an he she it they we you i this these his her its their".split())
_TELLING = 2  # words before the question word, so that it does not begin the sentence
_BETWEEN = 2  # words between it and the auxiliary: "how much", "in which way"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each told question in the order of an asked one."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or "?" in side.quote or "?" in theirs.quote:
        return
    known = {(theirs.words[a].form, theirs.words[b].form) for a, b in _inverted(theirs)}
    for at, auxiliary in _inverted(side):
        word, verb = side.words[at], side.words[auxiliary]
        if (word.form, verb.form) in known or word.form not in theirs.forms:
            continue
        span = Span(word.span.start, side.words[auxiliary + 1].span.end)
        yield Hit(
            Severity.MINOR,
            f"“{span.of(side.text)}” is the order of a question, and nothing is asked here.",
            variant_span=span,
            evidence={"question word": word.form},
            confidence=0.85,
        )


def _inverted(side: Side) -> Iterator[tuple[int, int]]:
    """(question word, auxiliary) of each auxiliary right behind a question word and before a subject."""
    words = side.words
    for k in range(_TELLING, len(words) - 2):
        if words[k].form not in _ASKING or gap(side, k - 1, k) != " ":
            continue
        for n in range(k + 1, min(k + 2 + _BETWEEN, len(words) - 1)):
            if gap(side, n - 1, n) != " ":
                break
            if words[n].form in _AUXILIARIES:
                plain = words[k].form in _PLAIN or words[n].form in _DOING
                if plain and words[n + 1].form in _SUBJECTS and (n == k + 1 or words[n].form in _DOING):
                    yield k, n
                break
            if words[n].form in _SUBJECTS:
                break


RULE = Rule(
    category=Category.WORD_ORDER,
    find=find,
    yields=True,
    languages=ENGLISH,
    examples=(
        Example(
            "She asked him where the station was.", "She asked him ⟦where was the⟧ station.", severity=Severity.MINOR
        ),
        Example("It depends on how much it costs.", "It depends on ⟦how much does it⟧ cost."),
        Example("It depends on how much it costs.", "It depends on its cost."),
        Example("Nobody knew why he left.", "Why he left, nobody knew."),
    ),
)
