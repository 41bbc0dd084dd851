"""A record is widened: "the biggest ever" for "the largest since 1994".

The reference says that something is the most since a time or of so many years; the variant says that there never was
more: "ever", "on record", "in history", "of all time", and has no such limit.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._comparison import is_superlative
from evaltool.words import AlignedSegment, Side

_EVER = regex.compile(
    r"\b(?:ever|on record|in (?:its |the |their )?history|all[- ]time|of all time)\b", regex.IGNORECASE
)
_RECORD = frozenset(["record", "unprecedented", "ever", "history", "all-time"])
_LIMITS = frozenset("since in for of".split())
_PERIODS = frozenset("day week month quarter year decade century".split())
_FIRST = frozenset(["first", "last"])
_REACH = 8


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each record without the limit that the reference sets to it."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or side.span is None or theirs.forms & _RECORD:
        return
    due = _limited(theirs)
    if due is None or _limited(side) is not None:
        return
    for match in _EVER.finditer(side.text, *side.span):
        at = next(k for k, w in enumerate(side.words) if w.span.start >= match.start())
        first, last = sentence(side, at)
        near = range(max(first, at - _REACH), min(last, at + _REACH) + 1)
        most = next((k for k in reversed(near) if is_superlative(side.words[k]) and k < at), None)
        if most is None:
            continue
        said = Span(side.words[most].span.start, match.end())
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{due.of(theirs.text)}”; here it is “{said.of(side.text)}”, without that limit.",
            variant_span=said,
            reference_span=due,
            suggestion=due.of(theirs.text),
            evidence={"limit": due.of(theirs.text)},
            confidence=0.85,
        )
        return


def _limited(side: Side) -> Span | None:
    """Span of a superlative with the time that it holds for: "the largest since 1994", "the worst in ten years"."""
    for k, word in enumerate(side.words):
        if not is_superlative(word):
            continue
        _, last = sentence(side, k, ",;:")
        for j in range(k + 1, min(last, k + _REACH) + 1):
            if side.words[j].form == "since" and gap(side, j - 1, j) == " ":
                return Span(word.span.start, side.words[min(j + 1, last)].span.end)
            if side.words[j].form in _LIMITS:
                behind = side.words[j + 1 : min(j + 5, last + 1)]
                period = next((w for w in behind if w.lemma in _PERIODS or w.form in _FIRST), None)
                if period is not None:
                    return Span(word.span.start, period.span.end)
    return None


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The crowd was the ground’s largest since 1994.", "The crowd was the ⟦biggest ever⟧ at the ground."),
        Example("It was the driest spring in 40 years.", "It was the ⟦driest spring on record⟧."),
        Example("The crowd was the ground’s largest since 1994.", "No crowd had been bigger since 1994."),
        Example("It was the driest spring on record.", "It was the driest spring ever."),
    ),
)
