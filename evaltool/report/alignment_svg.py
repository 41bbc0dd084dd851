"""The alignment of one variant as a picture: where each sentence of the reference went.

Only geometry is made here; ``templates/alignment.svg.j2`` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evaltool.model import Kind, Role
from evaltool.mqm import Severity
from evaltool.records import SegmentRecord

WIDTH = 160
_BOX = 34  # width of a sentence
_LEFT = 8
_RIGHT = WIDTH - _LEFT - _BOX
_TOP = 16  # below the two headings
_GAP = 1.5
_MINIMUM = 4.0  # a box that is lower cannot be hit with a pointer
_PER_SENTENCE = 15.0
_SHORTEST, _TALLEST = 90.0, 560.0


class Rectangle(NamedTuple):
    """A box: a sentence, or the bar that says a segment has serious flags."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shape:
    """All that stands for one segment, one link.

    Attributes:
        anchor: id of the segment on the page.
        style: how it is drawn: match, moved, omission, addition or furniture.
        title: what it is, in words.
        boxes: its sentences on both sides.
        ribbons: what joins them: paths of bands between neighbouring sentences of both sides.
        alarms: bars beside its boxes when it has major or critical flags.
        alarm: the most serious severity of its flags, if serious.
    """

    anchor: str
    style: str
    title: str
    boxes: tuple[Rectangle, ...]
    ribbons: tuple[str, ...]
    alarms: tuple[Rectangle, ...]
    alarm: Severity | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of one variant."""

    width: int
    height: float
    shapes: tuple[Shape, ...]


class _Side(NamedTuple):
    """One column: the place of every sentence, by its index."""

    x: float
    boxes: dict[int, tuple[float, float]]  # top, height
    height: float


def style(segment: SegmentRecord) -> str:
    """How a segment is drawn and named: what matters most of what it is."""
    if segment.role is Role.FURNITURE:
        return "furniture"
    if segment.kind is not Kind.MATCH:
        return segment.kind.value
    return "moved" if segment.moved else "match"


def numbers(indexes: Sequence[int]) -> str:
    """0-based sentence indexes as people count them: ``3``, ``3–5``, ``3, 7``."""
    parts = [(run[0] + 1, run[-1] + 1) for run in _runs(indexes)]
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in parts)


def draw(segments: Sequence[SegmentRecord], anchors: Sequence[str], worst: Sequence[Severity | None]) -> Picture | None:
    """Lay out the picture of a variant.

    Args:
        segments: its segments.
        anchors: the id of each segment on the page.
        worst: the most serious severity in each segment, None without flags.

    Returns:
        The picture, or None when there is no sentence to show.
    """
    lengths = (
        _lengths((segment.reference_sentences, segment.reference_text) for segment in segments),
        _lengths((segment.variant_sentences, segment.variant_text) for segment in segments),
    )
    if not any(lengths):
        return None
    # both columns share one scale, so that a shorter variant looks shorter
    most = max(sum(side.values()) for side in lengths)
    target = min(max(_PER_SENTENCE * max(map(len, lengths)), _SHORTEST), _TALLEST)
    left, right = (_column(x, side, target / most) for x, side in zip((_LEFT, _RIGHT), lengths, strict=True))
    shapes = tuple(
        _shape(segment, anchor, severity, left, right)
        for segment, anchor, severity in zip(segments, anchors, worst, strict=True)
    )
    return Picture(WIDTH, round(_TOP + max(left.height, right.height) + 4, 1), shapes)


def _lengths(groups: Iterable[tuple[Sequence[int], str]]) -> dict[int, float]:
    """The length of each sentence; the run folder has them by group, so a group's sentences share its length."""
    lengths: dict[int, float] = {}
    for indexes, text in groups:
        for index in indexes:
            lengths[index] = max(len(text), 1) / len(indexes)
    return lengths


def _column(x: float, lengths: dict[int, float], scale: float) -> _Side:
    boxes = {}
    y = 0.0
    for index in sorted(lengths):
        height = max(lengths[index] * scale, _MINIMUM)
        boxes[index] = (_TOP + y, height)
        y += height + _GAP
    return _Side(x, boxes, y)


def _runs(indexes: Sequence[int]) -> list[list[int]]:
    """Sorted indexes cut where one is left out."""
    runs: list[list[int]] = []
    for index in sorted(indexes):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _shape(segment: SegmentRecord, anchor: str, worst: Severity | None, left: _Side, right: _Side) -> Shape:
    name = style(segment)
    reference, variant = segment.reference_sentences, segment.variant_sentences
    boxes = [_box(left, index) for index in reference] + [_box(right, index) for index in variant]
    ribbons = [_path(left, one, right, other) for one in _runs(reference) for other in _runs(variant)]
    alarm = worst if worst is not None and worst.serious and segment.role is not Role.FURNITURE else None
    alarms = []
    if alarm:
        alarms += [_alarm(left, index, 1.0) for index in reference]
        alarms += [_alarm(right, index, WIDTH - 6.0) for index in variant]
    sides = [f"reference {numbers(reference)}"] * bool(reference) + [f"variant {numbers(variant)}"] * bool(variant)
    title = f"{name.capitalize()}: {' ↔ '.join(sides)}"
    return Shape(anchor, name, title, tuple(boxes), tuple(ribbons), tuple(alarms), alarm)


def _box(side: _Side, index: int) -> Rectangle:
    top, height = side.boxes[index]
    return Rectangle(side.x, round(top, 1), _BOX, round(height, 1))


def _alarm(side: _Side, index: int, x: float) -> Rectangle:
    top, height = side.boxes[index]
    return Rectangle(x, round(top, 1), 5, round(height, 1))


def _path(left: _Side, one: Sequence[int], right: _Side, other: Sequence[int]) -> str:
    """A band with the run's height at both ends and smooth edges."""
    x1, x2 = left.x + _BOX, right.x
    middle = (x1 + x2) / 2
    top1, bottom1 = left.boxes[one[0]][0], sum(left.boxes[one[-1]])
    top2, bottom2 = right.boxes[other[0]][0], sum(right.boxes[other[-1]])
    return (
        f"M{x1:.0f} {top1:.1f}C{middle:.0f} {top1:.1f} {middle:.0f} {top2:.1f} {x2:.0f} {top2:.1f}"
        f"V{bottom2:.1f}C{middle:.0f} {bottom2:.1f} {middle:.0f} {bottom1:.1f} {x1:.0f} {bottom1:.1f}Z"
    )
