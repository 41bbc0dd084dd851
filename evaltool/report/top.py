"""What the top page shows, as values; the templates only print them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaltool import decisions
from evaltool.report import choices, scores, view
from evaltool.report.marks import rank
from evaltool.report.material import PAGES, Material, Pair
from evaltool.report.rule_pages import links
from evaltool.report.verdict import Verdict

#: How many flags, segments and rows of articles are listed before a button shows more.
SHOWN = 20
ROWS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class WorstView:
    """A flag in the list of the worst."""

    flag: view.FlagView
    article: str
    system: str
    link: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A flag that reviewers decided differently; each decision as (reviewer, verdict, reason)."""

    article: str
    system: str
    rule: str
    link: str | None  # None for a flag that this run does not have
    decisions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TopPage:
    """Everything on the top page."""

    headline: str
    tool: str
    signature: str
    model: str
    model_sha256: str
    interval: str
    language: str
    baseline: bool
    details: tuple[tuple[str, str], ...]
    verdict: Verdict | None
    verdict_stale: bool  # the gate judged a run with another signature
    failures: tuple[tuple[str, str], ...]
    columns: tuple[scores.ScoreKind, ...]
    parts: tuple[tuple[str, str], ...]  # what scores are made of, and what each part is
    severities: tuple[choices.Option, ...]
    facets: Mapping[str, tuple[choices.Option, ...]]
    flag_count: int
    segment_count: int
    fresh_count: int
    systems: tuple[view.RowView, ...]
    rows: tuple[view.RowView, ...]
    rows_shown: int
    worst: tuple[WorstView, ...]
    worst_hidden: int
    drift: tuple[choices.Bar, ...]
    categories: tuple[choices.Bar, ...]
    rules: tuple[tuple[choices.Option, str], ...]  # with the place of its documentation
    decision_count: int
    stale_count: int  # decisions about flags that this run does not have
    agreements: tuple[decisions.Agreement, ...]
    conflicts: tuple[ConflictView, ...]


def build(material: Material, verdict: Verdict | None) -> TopPage:
    """Build the top page of a run."""
    run, summary = material.folder.run, material.folder.summary
    pairs = [pair for own in material.pairs for pair in own]
    of_system: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        of_system[pair.system].append(pair)
    numbers = {name: number for number, name in enumerate(material.systems)}
    worst = _worst(material, pairs)
    places = _places(material, pairs)
    model = run.model or {}
    rule_links = links(material.rules)
    segment_count, flag_count = len(material.folder.segments), len(material.folder.flags)
    return TopPage(
        headline=_headline(len(material.articles), len(material.systems), segment_count, flag_count),
        tool=" ".join(filter(None, (run.tool.get("name", "evaltool"), run.tool.get("version", "")))),
        signature=run.signature,
        model=str(model.get("id") or ""),
        model_sha256=str(model.get("sha256") or ""),
        interval=summary.interval,
        language=view.language(material),
        baseline=material.fresh is not None,
        details=_details(run.settings, run.libraries, run.timings),
        verdict=verdict,
        verdict_stale=verdict is not None and verdict.signature not in ("", run.signature),
        failures=tuple(
            (" · ".join(filter(None, (failure.article, failure.system))) or "run", failure.reason)
            for failure in run.failures
        ),
        columns=scores.COLUMNS,
        parts=scores.PARTS,
        severities=choices.severities(pairs),
        facets=choices.facets(material, pairs),
        flag_count=flag_count,
        segment_count=segment_count,
        fresh_count=len(material.fresh or ()),
        systems=tuple(
            view.row(material, row, numbers[row.system], of_system[numbers[row.system]], None)
            for row in summary.systems
        ),
        rows=tuple(view.row(material, pair.row, pair.system, [pair], pair.article) for pair in pairs),
        rows_shown=ROWS_SHOWN,
        worst=worst,
        worst_hidden=flag_count - len(worst),
        drift=choices.drift_bars(pairs),
        categories=choices.category_bars(pairs),
        rules=tuple((option, f"{PAGES}/{rule_links[option.value]}") for option in choices.rule_options(pairs)),
        decision_count=len(material.decisions),
        stale_count=sum(one.key not in places for one in material.decisions),
        agreements=decisions.agreements(material.decisions),
        conflicts=tuple(_conflict(own, places) for own in decisions.conflicts(material.decisions)),
    )


def _worst(material: Material, pairs: Sequence[Pair]) -> tuple[WorstView, ...]:
    """The first of all flags by severity, then confidence; the order of ``worstFirst`` in the scripts."""
    every = ((pair, place, flag) for pair in pairs for place, flag in enumerate(pair.flags))
    first = sorted(every, key=lambda one: (rank(one[2].severity), -round(one[2].confidence, 2)))[:SHOWN]
    return tuple(
        WorstView(
            flag=view.flags(material, pair)[place],
            article=material.articles[pair.article],
            system=material.systems[pair.system],
            link=f"{PAGES}/{material.pages[pair.article]}#f{pair.first_flag + place}",
        )
        for pair, place, _ in first
    )


def _places(material: Material, pairs: Sequence[Pair]) -> dict[decisions.Key, str]:
    """Where each flag stands."""
    return {
        (flag.article, flag.system, flag.fingerprint): (
            f"{PAGES}/{material.pages[pair.article]}#f{pair.first_flag + place}"
        )
        for pair in pairs
        for place, flag in enumerate(pair.flags)
    }


def _conflict(own: Sequence[decisions.Decision], places: Mapping[decisions.Key, str]) -> ConflictView:
    first = own[0]
    return ConflictView(
        article=first.article,
        system=first.system,
        rule=first.rule,
        link=places.get(first.key),
        decisions=tuple((one.by, one.decision.value, one.reason) for one in own),
    )


def _headline(articles: int, systems: int, segments: int, flags: int) -> str:
    counts = ((articles, "article"), (systems, "system"), (segments, "segment"), (flags, "flag"))
    return ", ".join(f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in counts)


def _details(*groups: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    names = ("settings", "libraries", "timings")
    pairs = zip(names, groups, strict=True)
    return tuple((f"{name}: {key}", view.plain(value)) for name, group in pairs for key, value in group.items())
