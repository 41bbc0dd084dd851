"""One in several becomes every one: "every household" for "every second household", or the other way round.

"Every second", "every third" or "every other" stands before a noun in one text, and "every" or "each" before the same
noun in the other, which has no such share. Nothing is said of times ("every other day"), which are a matter of
changed-frequency.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._numbers import quantities_of
from evaltool.rules._units import size_of
from evaltool.words import AlignedSegment, Side

_EVERY = frozenset(["every", "each"])
_ORDINALS = frozenset("other second third fourth fifth sixth tenth".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first noun of which one text has all and the other one in several."""
    if segment.kind is not Kind.MATCH or "every" not in segment.variant.forms | segment.reference.forms:
        return
    ours, theirs = _counted(segment.variant), _counted(segment.reference)
    for mine in ours:
        for other in theirs:
            if mine[2] == other[2] or not _same(segment, mine[1], other[1]):
                continue
            if any(m[2] == other[2] for m in ours) or any(m[2] == mine[2] for m in theirs):
                continue
            partial, side = (mine, segment.reference) if mine[2] else (other, segment.variant)
            if any(q.kind == "share" for q in quantities_of(side)):
                continue
            said = Span(segment.variant.words[mine[0]].span.start, segment.variant.words[mine[1]].span.end)
            meant = Span(segment.reference.words[other[0]].span.start, segment.reference.words[other[1]].span.end)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.of(segment.reference.text)}”; here it is"
                f" “{said.of(segment.variant.text)}”: one in several is not every one.",
                variant_span=said,
                reference_span=meant,
                evidence={"one in several": "variant" if partial is mine else "reference"},
                confidence=0.85,
            )
            return


def _counted(side: Side) -> list[tuple[int, int, bool]]:
    """(index of "every", index of its noun, whether it is one in several) of what is counted."""
    found = []
    for k, word in enumerate(side.words[:-1]):
        partial = side.words[k + 1].form in _ORDINALS
        noun = k + 1 + partial
        if word.form not in _EVERY or noun >= len(side.words) or gap(side, noun - 1, noun) != " ":
            continue
        head = side.words[noun]
        if head.is_content and not head.is_number and size_of(head) is None and head.lemma not in ("time", "night"):
            found.append((k, noun, partial))
    return found


def _same(segment: AlignedSegment, i: int, j: int) -> bool:
    return segment.variant.words[i].lemma == segment.reference.words[j].lemma or segment.variant.partner[i] == j


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Every second household has no power.", "⟦Every household⟧ has no power.", severity=Severity.MAJOR),
        Example("Each household has been visited.", "⟦Every other household⟧ has been visited."),
        Example("Every second household has no power.", "Half of all households have no power."),
        Example("Every second household has no power.", "In every village one household in two has no power."),
    ),
)
