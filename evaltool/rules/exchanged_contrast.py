"""What is so and what is not have changed places: "after, not before, the vote" for "before, not after, the vote".

Both texts set two words against each other with "not" ("the storm, not the navy"), and each has as what is so the word
that the other one has as what is not.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap
from evaltool.words import AlignedSegment, Side

_OPENERS = frozenset("a an the his her its their by for in on at to from with of just so".split())
_NOT = (("but", "not"), ("and", "not"))
_NEXT = 3  # words behind "not" among which stands what is not


@lru_cache(maxsize=64)
def _contrasts(side: Side) -> tuple[tuple[int, int], ...]:
    """(what is so, what is not) of each "A, not B"."""
    found = []
    words = side.words
    for k in range(1, len(words) - 1):
        form, after = words[k].form, words[k + 1].form
        length = 1 if form == "not" and "," in gap(side, k - 1, k) else 2 if (form, after) in _NOT else 0
        if not length:
            continue
        what = k + length
        while what < min(k + length + _NEXT, len(words) - 1) and words[what].form in _OPENERS:
            what += 1
        if what < len(words) and words[what].form not in _OPENERS:
            found.append((k - 1, what))
    return tuple(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first contrast whose two words have changed places."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    if "not" not in ours.forms & theirs.forms:
        return
    for mine in _contrasts(ours):
        for other in _contrasts(theirs):
            here = [ours.words[k].lemma for k in mine]
            if here != [theirs.words[k].lemma for k in reversed(other)] or here[0] == here[1]:
                continue
            if asks(ours, mine[0]) or asks(theirs, other[0]):
                continue
            said = Span(ours.words[mine[0]].span.start, ours.words[mine[1]].span.end)
            meant = Span(theirs.words[other[0]].span.start, theirs.words[other[1]].span.end)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: what is so and what"
                " is not have changed places.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(theirs.text),
                evidence={"so": here[0], "not so": here[1]},
                confidence=0.85,
            )
            return


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The report came out before, not after, the vote.",
            "The report came out ⟦after, not before⟧, the vote.",
            severity=Severity.CRITICAL,
        ),
        Example("It was brought by the storm, not the navy.", "It was brought by the ⟦navy, not the storm⟧."),
        Example("It was brought by the storm, not the navy.", "Not the navy but the storm brought it."),
    ),
)
