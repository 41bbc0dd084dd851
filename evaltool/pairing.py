"""Two variants of one article set side by side: records back to segments, and segments to units of comparison.

Two systems cut the same reference into other segments, as each has its own sentences. A unit is the smallest group
of segments of both that covers the same reference sentences, so that the score of one side meets that of the other for
the same text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from evaltool.model import Flag, InputError, Segment, Span
from evaltool.mqm import Category
from evaltool.records import FlagRecord, RunFolder, SegmentRecord

#: (article, system)
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """Segments of two variants about the same reference sentences.

    Attributes:
        baseline: positions in the baseline's segments, in order.
        candidate: positions in the candidate's.
    """

    baseline: tuple[int, ...]
    candidate: tuple[int, ...]


def variants(folder: RunFolder) -> dict[Place, tuple[Segment, ...]]:
    """The segments of every variant of a run, with their flags, in their own order.

    Raises:
        InputError: a flag has a category that is not known.
    """
    flags: dict[tuple[str, str, int | None], list[Flag]] = defaultdict(list)
    for record in folder.flags:
        flags[record.article, record.system, record.segment].append(_flag(record))
    found: dict[Place, list[SegmentRecord]] = defaultdict(list)
    for segment in folder.segments:
        found[segment.article, segment.system].append(segment)
    return {
        place: tuple(
            _segment(record, flags[record.article, record.system, record.index])
            for record in sorted(own, key=lambda r: r.index)
        )
        for place, own in sorted(found.items())
    }


def units(baseline: Sequence[Segment], candidate: Sequence[Segment]) -> list[Unit]:
    """The units of two variants of the same reference, by their first reference sentence.

    Every segment is in exactly one unit. An addition, which has no reference sentence, belongs to what stands before it
    in the variant, or after it at the beginning.
    """
    parent: dict[int, int] = {}

    def root(sentence: int) -> int:
        while (above := parent.setdefault(sentence, sentence)) != sentence:
            parent[sentence] = parent[above]  # halves the way for the next time
            sentence = above
        return sentence

    for side in (baseline, candidate):
        for segment in side:
            for sentence in segment.reference_sentences:
                one, other = sorted((root(segment.reference_sentences[0]), root(sentence)))
                parent[other] = one
    members: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for which, side in enumerate((baseline, candidate)):
        for position, sentence in enumerate(_anchors(side)):
            members[root(sentence)][which].append(position)
    return [Unit(tuple(ours), tuple(theirs)) for _, (ours, theirs) in sorted(members.items())]


def _anchors(segments: Sequence[Segment]) -> list[int]:
    """For each segment a reference sentence whose unit it belongs to."""
    given = [min(s.reference_sentences) if s.reference_sentences else None for s in segments]
    before = next((sentence for sentence in given if sentence is not None), 0)
    out = []
    for sentence in given:
        before = before if sentence is None else sentence
        out.append(before)
    return out


def _segment(record: SegmentRecord, flags: Sequence[Flag]) -> Segment:
    values = msgspec.structs.asdict(record)
    for name in ("article", "system", "index"):
        del values[name]
    for name in ("reference_span", "variant_span"):
        values[name] = _span(values[name])
    return Segment(**values, flags=tuple(flags))


def _flag(record: FlagRecord) -> Flag:
    values = msgspec.structs.asdict(record)
    for name in ("article", "system", "segment"):
        del values[name]
    for name in ("reference_span", "variant_span"):
        values[name] = _span(values[name])
    try:
        values["category"] = Category(record.category)
    except ValueError:
        raise InputError(
            f"flags.jsonl, flag {record.fingerprint!r} of {record.article!r} / {record.system!r}: no category "
            f"{record.category!r}; make the folder again with `evaltool run`"
        ) from None
    return Flag(**values)


def _span(value: tuple[int, int] | None) -> Span | None:
    return None if value is None else Span(*value)
