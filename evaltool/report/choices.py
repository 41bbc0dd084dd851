"""The choices of the filters and the bars of the charts, with the counts that they have before anything is filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaltool.model import Kind
from evaltool.mqm import Severity
from evaltool.records import FlagRecord, SegmentRecord
from evaltool.report.marks import WORST_FIRST
from evaltool.report.material import Material, Pair

BINS = 10  # of the chart of drift


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart.

    Attributes:
        value: what a click on it chooses.
        label: what it stands for.
        count: how many.
        share: its length, 0..100, of the longest bar's.
    """

    value: str
    label: str
    count: int
    share: float


def with_segments(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, FlagRecord, SegmentRecord | None]]:
    """Every flag with its segment, None where it belongs to none."""
    for pair in pairs:
        of = {segment.index: segment for segment in pair.segments}
        for flag in pair.flags:
            yield pair, flag, None if flag.segment is None else of.get(flag.segment)


def severities(pairs: Iterable[Pair]) -> tuple[Option, ...]:
    """The severities, the most serious first."""
    counts = Counter(flag.severity for pair in pairs for flag in pair.flags)
    return tuple(Option(severity.value, severity.value, counts[severity]) for severity in WORST_FIRST)


def facets(material: Material, pairs: Sequence[Pair]) -> dict[str, tuple[Option, ...]]:
    """The choices of each list to choose from; articles only where there are several."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("category", "rule", "system", "article", "kind")}
    for pair, flag, segment in with_segments(pairs):
        counts["category"][flag.category] += 1
        counts["rule"][flag.rule] += 1
        counts["system"][str(pair.system)] += 1
        counts["article"][str(pair.article)] += 1
        if segment:
            counts["kind"][segment.kind.value] += 1
    systems = {str(pair.system): material.systems[pair.system] for pair in pairs}
    articles = {str(pair.article): material.articles[pair.article] for pair in pairs}
    found = {
        "category": _options({name: name for name in sorted(counts["category"])}, counts["category"]),
        "rule": _options({name: name for name in sorted(counts["rule"])}, counts["rule"]),
        "system": _options(dict(sorted(systems.items(), key=lambda item: int(item[0]))), counts["system"]),
        "article": _options(articles, counts["article"]),
        "kind": _options({kind.value: kind.value for kind in Kind}, counts["kind"]),
    }
    if len(articles) < 2:
        del found["article"]
    return found


def _options(labels: Mapping[str, str], counts: Mapping[str, int]) -> tuple[Option, ...]:
    return tuple(Option(value, label, counts.get(value, 0)) for value, label in labels.items())


def drift_bars(pairs: Iterable[Pair]) -> tuple[Bar, ...]:
    """How many segments have which drift, in steps of a tenth; the last one holds 1 itself too."""
    drifts = (segment.drift for pair in pairs for segment in pair.segments if segment.drift is not None)
    # in thousandths, as the scripts have it: a tenth has no exact binary fraction
    counts = Counter(min(round(drift * 1000) * BINS // 1000, BINS - 1) for drift in drifts)
    most = max(counts.values(), default=0)
    return tuple(
        Bar(f"{n / BINS:g}-{(n + 1) / BINS:g}", f"{n / BINS:g}–{(n + 1) / BINS:g}", counts[n], _share(counts[n], most))
        for n in range(BINS)
    )


def category_bars(pairs: Iterable[Pair]) -> tuple[Bar, ...]:
    """How many flags each category has, the most frequent first."""
    counts = Counter(flag.category for pair in pairs for flag in pair.flags)
    most = max(counts.values(), default=0)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bar(name, name, count, _share(count, most)) for name, count in ordered)


def rule_options(pairs: Iterable[Pair]) -> tuple[Option, ...]:
    """How many flags each rule has, the most frequent first."""
    counts = Counter(flag.rule for pair in pairs for flag in pair.flags)
    return tuple(Option(name, name, count) for name, count in sorted(counts.items(), key=lambda i: (-i[1], i[0])))


def tally(flags: Iterable[FlagRecord]) -> dict[Severity, int]:
    """Flags by severity, the most serious first."""
    counts = Counter(flag.severity for flag in flags)
    return {severity: counts[severity] for severity in WORST_FIRST}


def _share(count: int, most: int) -> float:
    return round(100 * count / most, 1) if most else 0.0
