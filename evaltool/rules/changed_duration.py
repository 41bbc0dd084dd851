"""A stretch of time said in parts is longer or shorter than in the reference: "a year and four months" for 18 months.

Each side has one stretch of time that the other has not, of which one is said in parts ("an hour and a half", "two
years and a month"), and they differ by more than a rounding. Numbers with one unit each are a matter of changed-number
and changed-unit.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._durations import other_length
from evaltool.words import AlignedSegment

_LITERAL = 0.35
_NO_WEEKS = 1.1  # so far from weeks may be what is said in months: "six weeks", "a month and a half"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each stretch of time that stands for another one."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    pair = other_length(segment.variant, segment.reference)
    if pair is None:
        return
    said, due = pair
    meant = due.span.of(segment.reference.text)
    if meant in segment.variant.quote:
        return  # "more than two days, 52 hours to be exact"
    lengths = sorted((said.seconds, due.seconds))
    told = said.span.of(segment.variant.text), meant
    other_unit = all((unit in told[0]) != (unit in told[1]) for unit in ("week", "month"))
    if other_unit and lengths[1] <= _NO_WEEKS * lengths[0]:
        return
    yield Hit(
        Severity.MAJOR,
        f"The reference says “{meant}”; here it is “{said.span.of(segment.variant.text)}”.",
        variant_span=said.span,
        reference_span=due.span,
        suggestion=meant,
        evidence={"ratio": round(said.seconds / due.seconds, 2)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.DATE_TIME,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("She was held for 27 months.", "She was held for ⟦two years and five months⟧."),
        Example("The envoys talked for an hour and a half.", "The envoys talked for ⟦three and a half hours⟧."),
        Example("He served 18 months in jail.", "He served ⟦two and a half years⟧ in jail."),
        Example("She was held for 27 months.", "She was held for two years and three months."),
        Example("It cut the fee by 15%, a day before the vote.", "It cut the fee by 15%, one day before the vote."),
        Example("The envoys talked for an hour and a half.", "The envoys talked for 90 minutes."),
        Example("She was missing for 52 hours.", "She was missing for more than two days, 52 hours to be exact."),
        Example("He was out for six weeks.", "He was out for a month and a half."),
        Example("We have water for a day and a half, he said.", "We have water for one and a half days, he said."),
        Example("It stayed there for almost 16 months.", "It stayed there for nearly a year and four months."),
    ),
)
