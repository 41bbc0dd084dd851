"""Numbers that other rules look at or that nothing is lost with: clock times, stretches of time, days told apart."""

from __future__ import annotations

from evaltool.model import Span
from evaltool.rules._dates import date_parts, day_told
from evaltool.rules._durations import agreeing, other_length, outside
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._restated import without_grouping
from evaltool.words import AlignedSegment, Side


def compared(segment: AlignedSegment) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers of the variant and the reference that can be compared one by one."""
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    lengths = agreeing(segment.variant, segment.reference)
    if other := other_length(segment.variant, segment.reference):
        lengths[0].append(other[0])  # see changed-duration
        lengths[1].append(other[1])
    told = [day_told(segment.variant, segment.reference), day_told(segment.reference, segment.variant)]
    skipped = [
        [*_clocks(side), *(d.span for d in same), *own, *there]
        for side, same, own, there in (
            (segment.variant, lengths[0], told[0][0], told[1][1]),
            (segment.reference, lengths[1], told[1][0], told[0][1]),
        )
    ]
    return without_grouping(segment, outside(ours, skipped[0]), outside(theirs, skipped[1]))


def _clocks(side: Side) -> list[Span]:
    return [p.span for p in date_parts(side) if p.kind == "time"]
