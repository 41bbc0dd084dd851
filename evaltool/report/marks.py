"""Flagged spans on a text: the text cut at every boundary, each piece with all flags that cover it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from evaltool.mqm import Severity

# The marks' text alternative to colour: one letter, told apart by case and by the shape of its badge.
LETTERS = {Severity.CRITICAL: "C", Severity.MAJOR: "M", Severity.MINOR: "m", Severity.NEUTRAL: "n"}
WORST_FIRST = tuple(reversed(Severity))  # Severity is defined in the order of weight
_RANK = {severity: rank for rank, severity in enumerate(WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Mark:
    """One side of one flag: where it is in a text.

    Attributes:
        flag: number of the flag on the page.
        severity: its severity.
        label: what a tooltip says of it.
        start: first code point.
        end: behind the last; equal to ``start`` for a place where something is missing.
    """

    flag: int
    severity: Severity
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same flags.

    Attributes:
        text: the text, "" at a place where something is missing.
        flags: numbers of all flags on it, the most serious first.
        severity: the most serious severity, None without flags.
        ends: those of ``flags`` that end with this piece: their letters stand behind it.
        letters: the distinct severity letters of ``ends``.
        label: what a tooltip says.
    """

    text: str
    flags: tuple[int, ...] = ()
    severity: Severity | None = None
    ends: tuple[int, ...] = ()
    letters: str = ""
    label: str = ""


def cut(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Cut a text at the boundaries of the marks on it.

    A mark that reaches beyond the text is clipped. The pieces' texts, joined, are the text.
    """
    starting: dict[int, list[Mark]] = defaultdict(list)
    ending: dict[int, list[Mark]] = defaultdict(list)
    points: dict[int, list[Mark]] = defaultdict(list)  # empty marks
    for mark in marks:
        start = min(max(mark.start, 0), len(text))
        end = min(max(mark.end, start), len(text))
        if start == end:
            points[start].append(mark)
        else:
            starting[start].append(mark)
            ending[end].append(mark)

    boundaries = sorted({0, len(text), *starting, *ending, *points})
    active: dict[int, Mark] = {}
    pieces = []
    for start, following in zip(boundaries, [*boundaries[1:], None], strict=True):
        for mark in ending[start]:
            active.pop(mark.flag, None)
        if start in points:
            pieces.append(_piece("", points[start], points[start]))
        active.update((mark.flag, mark) for mark in starting[start])
        if following is not None:
            pieces.append(_piece(text[start:following], active.values(), ending[following]))
    return tuple(pieces)


def _piece(text: str, covering: Iterable[Mark], ending: Iterable[Mark]) -> Piece:
    marks = sorted(covering, key=lambda mark: (_RANK[mark.severity], mark.flag))
    if not marks:
        return Piece(text)
    last = sorted(ending, key=lambda mark: (_RANK[mark.severity], mark.flag))
    return Piece(
        text=text,
        flags=tuple(mark.flag for mark in marks),
        severity=marks[0].severity,
        ends=tuple(mark.flag for mark in last),
        letters="".join(dict.fromkeys(LETTERS[mark.severity] for mark in last)),
        label="\n".join(mark.label for mark in marks),
    )


def rank(severity: Severity) -> int:
    """0 for the most serious severity, and on."""
    return _RANK[severity]


def distribute(
    spans: Sequence[tuple[int, int] | None], marks: Iterable[Mark | None], owners: Mapping[int, int]
) -> list[list[Mark]]:
    """Give the marks on a whole text to the segments that hold them.

    Usually that is the flag's own segment; a rule that looks at the whole document may point into others.

    Args:
        spans: where each segment is in the text, None where it has nothing there.
        marks: the marks, relative to the whole text; None is passed over.
        owners: number of a flag -> its own segment.

    Returns:
        The marks of each segment, relative to its start.
    """
    held: list[list[Mark]] = [[] for _ in spans]
    order = sorted((span, place) for place, span in enumerate(spans) if span)
    # how far the segments reach up to each one in that order: a block of sentences may span others
    reach = list(accumulate((span[1] for span, _ in order), max))
    for mark in marks:
        if mark is None:
            continue
        own = owners.get(mark.flag)
        span = spans[own] if own is not None else None
        if own is not None and span and span[0] <= mark.start and mark.end <= span[1]:
            holders = [own]
        else:
            holders = _holders(order, reach, mark)
        for place in holders:
            start = (spans[place] or (0, 0))[0]
            held[place].append(replace(mark, start=mark.start - start, end=mark.end - start))
    return held


def _holders(order: Sequence[tuple[tuple[int, int], int]], reach: Sequence[int], mark: Mark) -> list[int]:
    """The segments that a mark overlaps, in the order of where they start."""
    holders = []
    for at in range(bisect_right(reach, mark.start), len(order)):
        (start, end), place = order[at]
        if start >= max(mark.end, mark.start + 1):
            break
        if end > mark.start:
            holders.append(place)
    return holders
