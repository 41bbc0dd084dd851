"""What an article's page shows, as values; the templates only print them.

Everything is numbered here: ids and anchors are built from positions, never from names.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaltool.model import Role
from evaltool.mqm import Severity
from evaltool.records import FlagRecord, RowRecord, ScoreRecord, SegmentRecord
from evaltool.report import alignment_svg, choices, scores
from evaltool.report.marks import LETTERS, Mark, Piece, cut, distribute, rank
from evaltool.report.material import PAGES, Material, Pair
from evaltool.report.rule_pages import links
from evaltool.report.visible import excerpt

# From this many flags and segments on a page, variants start closed and what is off the screen is not laid out.
_BIG = 3000
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class FlagView:
    """One flag; ``number`` is its place on its article's page."""

    number: int
    severity: Severity
    letter: str
    record: FlagRecord
    confidence: str
    evidence: tuple[tuple[str, str], ...]
    fresh: bool
    rule_link: str  # from the folder of pages

    @property
    def reference_excerpt(self) -> str:
        """The quoted reference, short enough for one line of a list."""
        return excerpt(self.record.reference_text)

    @property
    def variant_excerpt(self) -> str:
        """The quoted variant, likewise."""
        return excerpt(self.record.variant_text)


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One aligned segment, both sides cut at its marks."""

    anchor: str
    number: int
    style: str
    heading: str
    counted: bool
    moved: bool
    cells: tuple[scores.Cell, ...]
    made_of: str  # what quality and drift are made of, "" where there is nothing to tell
    reference_label: str
    variant_label: str
    reference: tuple[Piece, ...]
    variant: tuple[Piece, ...]
    flags: tuple[FlagView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the tables; ``link`` is the variant it leads to, None for a system."""

    system: str
    system_number: int
    article: str
    article_number: int | None
    link: str | None
    cells: tuple[scores.Cell, ...]
    made_of: str
    severities: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class VariantView:
    """One article x system; ``number`` is that of its system."""

    number: int
    system: str
    profile: str
    row: RowView
    kinds: str
    picture: alignment_svg.Picture | None
    segments: tuple[SegmentView, ...]
    loose: tuple[FlagView, ...]  # flags that belong to no segment
    not_applied: tuple[tuple[str, str], ...]
    unscored: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything on an article's page."""

    article: str
    before: tuple[str, str] | None  # address and name of the article before
    after: tuple[str, str] | None
    language: str  # of the texts, "" where it is not known
    big: bool
    baseline: bool
    severities: tuple[choices.Option, ...]
    facets: Mapping[str, tuple[choices.Option, ...]]
    flag_count: int
    columns: tuple[scores.ScoreKind, ...]
    parts: tuple[tuple[str, str], ...]  # what scores are made of, and what each part is
    rows: tuple[RowView, ...]
    variants: tuple[VariantView, ...]


def build(material: Material, article: int) -> ArticlePage:
    """Build the page of an article."""
    pairs = material.pairs[article]
    flag_count = sum(len(pair.flags) for pair in pairs)
    variants = tuple(_variant(material, pair) for pair in pairs)
    return ArticlePage(
        article=material.articles[article],
        before=_neighbour(material, article - 1),
        after=_neighbour(material, article + 1),
        language=language(material),
        big=sum(len(pair.segments) for pair in pairs) + flag_count > _BIG,
        baseline=material.fresh is not None,
        severities=choices.severities(pairs),
        facets=choices.facets(material, pairs),
        flag_count=flag_count,
        columns=scores.COLUMNS,
        parts=scores.PARTS,
        rows=tuple(variant.row for variant in variants),
        variants=variants,
    )


def language(material: Material) -> str:
    """The language of the texts as a tag, "" where the settings do not name a valid one."""
    named = str(material.folder.run.settings.get("language") or "")
    return named if _LANGUAGE.fullmatch(named) else ""


def _neighbour(material: Material, article: int) -> tuple[str, str] | None:
    inside = 0 <= article < len(material.articles)
    return (material.pages[article], material.articles[article]) if inside else None


def plain(value: Any) -> str:
    """A value of JSON for people: strings bare, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def flags(material: Material, pair: Pair) -> list[FlagView]:
    """The flags of an article x system."""
    rules = links(material.rules)
    return [
        FlagView(
            number=pair.first_flag + place,
            severity=record.severity,
            letter=LETTERS[record.severity],
            record=record,
            confidence=f"{record.confidence:.2f}",
            evidence=tuple((name, plain(value)) for name, value in record.evidence.items()),
            fresh=material.is_fresh(record),
            rule_link=rules[record.rule],
        )
        for place, record in enumerate(pair.flags)
    ]


def row(material: Material, record: RowRecord, system: int, pairs: Iterable[Pair], article: int | None) -> RowView:
    """A row of a table: of a system, or of an article x system."""
    quality, drift = (record.scores.get(name, ScoreRecord()).value for name in ("quality", "drift"))
    # counted from the flags, so that the table and the list below it can never disagree
    return RowView(
        system=record.system,
        system_number=system,
        article="" if article is None else material.articles[article],
        article_number=article,
        link=None if article is None else f"{PAGES}/{material.pages[article]}#v{system}",
        cells=tuple(scores.cell(kind, record.scores.get(kind.name)) for kind in scores.COLUMNS),
        made_of=scores.made_of(quality, record.parts.get("quality", {}), drift, record.parts.get("drift", {})),
        severities=choices.tally(flag for pair in pairs for flag in pair.flags),
    )


def _variant(material: Material, pair: Pair) -> VariantView:
    segments, own = pair.segments, flags(material, pair)
    place_of = {segment.index: place for place, segment in enumerate(segments)}
    flags_of: dict[int, list[FlagView]] = defaultdict(list)
    loose = []
    for flag in own:
        place = None if flag.record.segment is None else place_of.get(flag.record.segment)
        if place is None:
            loose.append(flag)
        else:
            flags_of[place].append(flag)
    owners = {flag.number: place for place, group in flags_of.items() for flag in group}
    references = distribute(
        [segment.reference_span for segment in segments],
        (_mark(flag, flag.record.reference_span) for flag in own),
        owners,
    )
    variants = distribute(
        [segment.variant_span for segment in segments],
        (_mark(flag, flag.record.variant_span) for flag in own),
        owners,
    )
    anchors = [f"v{pair.system}-s{place}" for place in range(len(segments))]
    worst = [min((flag.severity for flag in flags_of[place]), key=rank, default=None) for place in range(len(segments))]
    record = pair.row
    return VariantView(
        number=pair.system,
        system=record.system,
        profile=record.profile or "",
        row=row(material, record, pair.system, [pair], pair.article),
        kinds=", ".join(f"{count} {kind}" for kind, count in record.segments.items()),
        picture=alignment_svg.draw(segments, anchors, worst),
        segments=tuple(
            _segment(segment, anchors[place], references[place], variants[place], flags_of[place])
            for place, segment in enumerate(segments)
        ),
        loose=tuple(loose),
        not_applied=tuple(sorted(record.not_applied.items())),
        unscored=tuple(
            ("whole text" if one.segment is None else f"segment {one.segment + 1}", f"{one.name}: {one.reason}")
            for one in record.unscored
        ),
    )


def _mark(flag: FlagView, span: tuple[int, int] | None) -> Mark | None:
    return span and Mark(flag.number, flag.severity, f"{flag.severity.value}: {flag.record.rule}", *span)


def _segment(
    segment: SegmentRecord, anchor: str, reference: Sequence[Mark], variant: Sequence[Mark], flags: Sequence[FlagView]
) -> SegmentView:
    shape = f"{len(segment.reference_sentences)}:{len(segment.variant_sentences)}"
    role = "" if segment.role is Role.BODY else f" · {segment.role.value}"
    values = {"drift": segment.drift, "quality": segment.quality, "chrf": segment.chrf, "certainty": segment.certainty}
    return SegmentView(
        anchor=anchor,
        number=segment.index + 1,
        style=alignment_svg.style(segment),
        heading=f"{segment.kind.value} {shape}{role}",
        counted=segment.role is not Role.FURNITURE,
        moved=segment.moved,
        cells=tuple(
            scores.cell(kind, ScoreRecord(value=values[kind.name], reason=segment.reasons.get(kind.name)))
            for kind in scores.SEGMENT_COLUMNS
        ),
        made_of=scores.made_of(segment.quality, segment.quality_parts, segment.drift, segment.drift_parts),
        reference_label=alignment_svg.numbers(segment.reference_sentences),
        variant_label=alignment_svg.numbers(segment.variant_sentences),
        reference=cut(segment.reference_text, reference) if segment.reference_text else (),
        variant=cut(segment.variant_text, variant) if segment.variant_text else (),
        flags=tuple(flags),
    )
