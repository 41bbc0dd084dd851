"""A result or a vote has another figure on one of its sides: "by 231 to 229" for "by 231 votes to 219".

Each side of the segment gives one result ("3-2", "231 votes to 219"), the two agree in one figure, and the other figure
is another one. Ranges ("5 to 7 percent", "from 12 to 14") are no results; a result told from the other side ("2-3") is
the same.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.words import AlignedSegment, Side

_BETWEEN = frozenset(["to", "-", "–", "—", "against"])
#: Verbs and nouns of contests and ballots: what has a result.
_CONTESTS = frozenset(
    """
    win beat defeat lose draw victory loss match game final score vote majority motion ballot poll pass reject approve
    carry survive triumph won lost beaten
    """.split()
)
_RANGED = frozenset("from between".split())


def _results(side: Side) -> list[tuple[Quantity, Quantity]]:
    """The two numbers of each result."""
    found = []
    for a, b in pairwise(quantities_of(side)):
        if a.kind != "count" or b.kind != "count" or a.year or b.year or not (a.value.is_integer() and b.value > 0):
            continue
        between = side.text[a.span.end : b.span.start].split()
        if between[:1] == ["votes"]:
            between = between[1:]
        before = side.words[a.first - 1].form if a.first else ""
        if len(between) != 1 or between[0] not in _BETWEEN or before in _RANGED:
            continue
        first, last = sentence(side, a.first)
        if a.value >= b.value or any(w.lemma in _CONTESTS for w in side.words[first : last + 1]):
            found.append((a, b))
    return found


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each result with another figure on one side."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = _results(segment.variant), _results(segment.reference)
    if len(ours) != 1 or len(theirs) != 1:
        return
    (a, b), (c, d) = ours[0], theirs[0]
    if len({a.value, b.value} & {c.value, d.value}) != 1 or a.value == b.value or c.value == d.value:
        return
    said, meant = Span(a.span.start, b.span.end), Span(c.span.start, d.span.end)
    yield Hit(
        Severity.MAJOR,
        f"The reference has the result “{meant.of(segment.reference.text)}”; here it is"
        f" “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(segment.reference.text),
        evidence={"value": b.value, "reference value": d.value},
        confidence=0.9,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "She survived the motion by 231 votes to 219, with ten members absent.",
            "She survived the motion by ⟦231 to 229⟧ as ten members were missing.",
            profile=Profile.PARAPHRASE,
        ),
        Example("They passed the motion by 31 votes to 19.", "The motion was passed 31–19."),
        Example("The home team won 3-2 in the end.", "The visitors lost 2-3 in the end."),
        Example("Prices rose from 12 to 14 crowns.", "Prices went from 12 to 14 crowns."),
    ),
)
