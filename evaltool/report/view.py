"""What the page shows, as values; the templates only print them.

Everything is numbered here: ids and anchors are built from positions, never from names.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from evaltool.model import Role
from evaltool.mqm import Severity
from evaltool.records import FlagRecord, RowRecord, RunFolder, ScoreRecord, SegmentRecord
from evaltool.report import alignment_svg, scores
from evaltool.report.marks import LETTERS, WORST_FIRST, Mark, Piece, cut, distribute, rank
from evaltool.report.visible import excerpt

WORST_SHOWN = 20
# From this many flags and segments on, variants start closed and what is off the screen is not laid out.
_BIG = 3000
T = TypeVar("T")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class FlagView:
    """One flag; ``number`` is its place on the page, ``variant`` that of its article x system."""

    number: int
    variant: int
    article: int
    system: int
    severity: Severity
    letter: str
    record: FlagRecord
    confidence: str
    evidence: tuple[tuple[str, str], ...]

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
    tally: str
    cells: tuple[scores.Cell, ...]
    severities: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class VariantView:
    """One article x system."""

    number: int
    article: str
    article_number: int
    system: str
    system_number: int
    profile: str
    row: RowView
    kinds: str
    picture: alignment_svg.Picture | None
    segments: tuple[SegmentView, ...]
    loose: tuple[FlagView, ...]  # flags that belong to no segment
    not_applied: tuple[tuple[str, str], ...]
    unscored: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    headline: str
    tool: str
    signature: str
    model: str
    model_sha256: str
    interval: str
    language: str  # of the texts, "" where it is not known
    big: bool
    details: tuple[tuple[str, str], ...]
    failures: tuple[tuple[str, str], ...]
    columns: tuple[scores.ScoreKind, ...]
    severities: tuple[Option, ...]
    facets: Mapping[str, tuple[Option, ...]]
    flag_count: int
    systems: tuple[RowView, ...]
    articles: tuple[RowView, ...]
    worst: tuple[FlagView, ...]
    worst_shown: int
    variants: tuple[VariantView, ...]

    @property
    def worst_hidden(self) -> int:
        """How many serious flags are not in the short list."""
        return max(0, len(self.worst) - self.worst_shown)


def build(folder: RunFolder) -> Page:
    """Build the page of a run folder."""
    summary, run = folder.summary, folder.run
    pairs = _unique((record.article or "", record.system) for record in _in_page_order(folder))
    article_names = _unique(article for article, _ in pairs)
    system_names = _unique([*(row.system for row in summary.systems), *(system for _, system in pairs)])
    articles = {name: number for number, name in enumerate(article_names)}
    systems = {name: number for number, name in enumerate(system_names)}

    segments_of: dict[tuple[str, str], list[SegmentRecord]] = defaultdict(list)
    flags_of: dict[tuple[str, str], list[FlagRecord]] = defaultdict(list)
    for segment in folder.segments:
        segments_of[segment.article, segment.system].append(segment)
    for flag in folder.flags:
        flags_of[flag.article, flag.system].append(flag)

    rows = {(row.article or "", row.system): row for row in summary.articles}
    variants: list[VariantView] = []
    flags: list[FlagView] = []
    for number, (article, system) in enumerate(pairs):
        records = flags_of[article, system]
        views = [
            _flag(record, len(flags) + place, number, articles[article], systems[system])
            for place, record in enumerate(records)
        ]
        flags += views
        row = rows.get((article, system), RowRecord(system=system, article=article))
        row_view = _row(row, systems[system], articles[article], number, views)
        variants.append(_variant(number, row, row_view, segments_of[article, system], views))

    by_system: dict[int, list[FlagView]] = defaultdict(list)
    for view in flags:
        by_system[view.system].append(view)
    severities = Counter(view.severity for view in flags)
    language = str(run.settings.get("language") or "")
    model = run.model or {}
    return Page(
        headline=_headline(article_names, system_names, len(folder.segments), len(flags)),
        tool=" ".join(filter(None, (run.tool.get("name", "evaltool"), run.tool.get("version", "")))),
        signature=run.signature,
        model=str(model.get("id") or ""),
        model_sha256=str(model.get("sha256") or ""),
        interval=summary.interval,
        language=language if _LANGUAGE.fullmatch(language) else "",
        big=len(folder.segments) + len(flags) > _BIG,
        details=_details(run.settings, run.libraries, run.timings),
        failures=tuple(
            (" · ".join(filter(None, (failure.article, failure.system))) or "run", failure.reason)
            for failure in run.failures
        ),
        columns=scores.COLUMNS,
        severities=tuple(Option(severity, severity.value, severities[severity]) for severity in WORST_FIRST),
        facets={
            "category": _options(view.record.category for view in flags),
            "rule": _options(view.record.rule for view in flags),
            "system": _numbered(system_names, Counter(view.system for view in flags)),
            "article": _numbered(article_names, Counter(view.article for view in flags)),
        },
        flag_count=len(flags),
        systems=tuple(
            _row(row, systems[row.system], None, None, by_system[systems[row.system]]) for row in summary.systems
        ),
        articles=tuple(variant.row for variant in variants),
        worst=tuple(
            sorted(
                (view for view in flags if view.severity.serious),
                key=lambda view: (rank(view.severity), -view.record.confidence, view.number),
            )
        ),
        worst_shown=WORST_SHOWN,
        variants=tuple(variants),
    )


def _in_page_order(folder: RunFolder) -> Iterable[RowRecord | SegmentRecord | FlagRecord]:
    """Every record that names an article and a system; the summary knows the order in which people want them."""
    yield from folder.summary.articles
    yield from folder.segments
    yield from folder.flags


def _unique(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))


def _headline(articles: Sequence[str], systems: Sequence[str], segments: int, flags: int) -> str:
    counts = ((len(articles), "article"), (len(systems), "system"), (segments, "segment"), (flags, "flag"))
    return ", ".join(f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in counts)


def _details(*groups: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    names = ("settings", "libraries", "timings")
    pairs = zip(names, groups, strict=True)
    return tuple((f"{name}: {key}", _plain(value)) for name, group in pairs for key, value in group.items())


def _plain(value: Any) -> str:
    """A value of JSON for people: strings bare, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _options(values: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(value, value, count) for value, count in sorted(Counter(values).items()))


def _numbered(names: Sequence[str], counts: Mapping[int, int]) -> tuple[Option, ...]:
    return tuple(Option(str(number), name, counts.get(number, 0)) for number, name in enumerate(names))


def _flag(record: FlagRecord, number: int, variant: int, article: int, system: int) -> FlagView:
    return FlagView(
        number=number,
        variant=variant,
        article=article,
        system=system,
        severity=record.severity,
        letter=LETTERS[record.severity],
        record=record,
        confidence=f"{record.confidence:.2f}",
        evidence=tuple((key, _plain(value)) for key, value in record.evidence.items()),
    )


def _row(row: RowRecord, system: int, article: int | None, variant: int | None, flags: Iterable[FlagView]) -> RowView:
    # counted from the flags, so that the table and the list below it can never disagree
    counts = Counter(flag.severity for flag in flags)
    return RowView(
        system=row.system,
        system_number=system,
        article=row.article or "",
        article_number=article,
        link=None if variant is None else f"v{variant}",
        tally=f"s{system}" if variant is None else f"v{variant}",
        cells=tuple(scores.cell(kind, row.scores.get(kind.name)) for kind in scores.COLUMNS),
        severities={severity: counts[severity] for severity in WORST_FIRST},
    )


def _variant(
    number: int, row: RowRecord, row_view: RowView, segments: Sequence[SegmentRecord], flags: Sequence[FlagView]
) -> VariantView:
    place_of = {segment.index: place for place, segment in enumerate(segments)}
    flags_of: dict[int, list[FlagView]] = defaultdict(list)
    loose = []
    for flag in flags:
        place = None if flag.record.segment is None else place_of.get(flag.record.segment)
        if place is None:
            loose.append(flag)
        else:
            flags_of[place].append(flag)
    owners = {flag.number: place for place, group in flags_of.items() for flag in group}
    references = distribute(
        [segment.reference_span for segment in segments],
        (_mark(flag, flag.record.reference_span) for flag in flags),
        owners,
    )
    variants = distribute(
        [segment.variant_span for segment in segments],
        (_mark(flag, flag.record.variant_span) for flag in flags),
        owners,
    )
    anchors = [f"v{number}-s{place}" for place in range(len(segments))]
    worst = [min((flag.severity for flag in flags_of[place]), key=rank, default=None) for place in range(len(segments))]
    return VariantView(
        number=number,
        article=row_view.article,
        article_number=row_view.article_number or 0,
        system=row.system,
        system_number=row_view.system_number,
        profile=row.profile or "",
        row=row_view,
        kinds=", ".join(f"{count} {kind}" for kind, count in row.segments.items()),
        picture=alignment_svg.draw(segments, anchors, worst),
        segments=tuple(
            _segment(segment, anchors[place], references[place], variants[place], flags_of[place])
            for place, segment in enumerate(segments)
        ),
        loose=tuple(loose),
        not_applied=tuple(sorted(row.not_applied.items())),
        unscored=tuple(
            ("whole text" if one.segment is None else f"segment {one.segment + 1}", f"{one.name}: {one.reason}")
            for one in row.unscored
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
        reference_label=alignment_svg.numbers(segment.reference_sentences),
        variant_label=alignment_svg.numbers(segment.variant_sentences),
        reference=cut(segment.reference_text, reference) if segment.reference_text else (),
        variant=cut(segment.variant_text, variant) if segment.variant_text else (),
        flags=tuple(flags),
    )
