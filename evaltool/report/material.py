"""What every page of the report is made of: a run's records, sorted by article and system and numbered.

Ids and addresses on the pages are built from these numbers, never from names; the file name of an article's page is
made harmless in :func:`page_name`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evaltool.changes import added
from evaltool.decisions import Decision
from evaltool.records import FlagRecord, RowRecord, RunFolder, SegmentRecord
from evaltool.report.rule_pages import RuleView, views

#: Folder of the pages, inside the run folder.
PAGES = "pages"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    """One article x system.

    Attributes:
        article: number of the article.
        system: number of the system.
        row: its row of summary.json, an empty one where there is none.
        segments: its segments, in the order of the run folder.
        flags: its flags, likewise.
        first_flag: number of its first flag on the article's page.
    """

    article: int
    system: int
    row: RowRecord
    segments: tuple[SegmentRecord, ...]
    flags: tuple[FlagRecord, ...]
    first_flag: int


@dataclass(frozen=True, slots=True)
class Material:
    """A run, ready to be shown.

    Attributes:
        folder: the records.
        articles: names of the articles, in the order of the summary.
        systems: names of the systems, likewise.
        pages: file name of each article's page in the folder of pages.
        pairs: of each article, its systems.
        fresh: identities of the flags that the baseline run does not have; None where no baseline was given.
        decisions: the reviewers' decisions that were given.
        rules: every rule that is documented or that a flag names.
    """

    folder: RunFolder
    articles: tuple[str, ...]
    systems: tuple[str, ...]
    pages: tuple[str, ...]
    pairs: tuple[tuple[Pair, ...], ...]
    fresh: frozenset[int] | None
    decisions: tuple[Decision, ...]
    rules: tuple[RuleView, ...]

    def is_fresh(self, flag: FlagRecord) -> bool:
        """Whether the baseline does not have this flag of the run."""
        return self.fresh is not None and id(flag) in self.fresh

    @property
    def store(self) -> str:
        """Under what the browser keeps decisions: the same for every run over these articles and systems."""
        names = "\0".join(sorted(self.articles) + sorted(self.systems))
        return "evaltool:" + hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def gather(folder: RunFolder, baseline: RunFolder | None = None, decisions: Sequence[Decision] = ()) -> Material:
    """Sort and number the records of a run.

    Args:
        folder: the run.
        baseline: an earlier run; :func:`evaltool.changes.added` says which flags are new.
        decisions: the reviewers' decisions.
    """
    summary = folder.summary
    names = unique((record.article or "", record.system) for record in _in_page_order(folder))
    articles = unique(article for article, _ in names)
    systems = unique([*(row.system for row in summary.systems), *(system for _, system in names)])
    rows = {(row.article or "", row.system): row for row in summary.articles}
    segments = _grouped(folder.segments)
    flags = _grouped(folder.flags)

    pairs: dict[str, list[Pair]] = defaultdict(list)
    for article, system in names:
        before = pairs[article][-1] if pairs[article] else None
        pairs[article].append(
            Pair(
                article=articles[article],
                system=systems[system],
                row=rows.get((article, system), RowRecord(system=system, article=article)),
                segments=tuple(segments[article, system]),
                flags=tuple(flags[article, system]),
                first_flag=before.first_flag + len(before.flags) if before else 0,
            )
        )
    return Material(
        folder=folder,
        articles=tuple(articles),
        systems=tuple(systems),
        pages=tuple(page_name(article) for article in articles),
        pairs=tuple(tuple(pairs[article]) for article in articles),
        fresh=None if baseline is None else frozenset(map(id, added(baseline.flags, folder.flags))),
        decisions=tuple(decisions),
        rules=views(flag.rule for flag in folder.flags),
    )


def page_name(article: str) -> str:
    """A file name for an article's page: readable, harmless on every file system, different for different names."""
    ascii_name = unicodedata.normalize("NFKD", article).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", ascii_name[:200]).strip("-")[:40].strip("-") or "article"
    return f"{slug}-{hashlib.sha256(article.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}.html"


def _in_page_order(folder: RunFolder) -> Iterable[RowRecord | SegmentRecord | FlagRecord]:
    """Every record that names an article and a system; the summary knows the order in which people want them."""
    yield from folder.summary.articles
    yield from folder.segments
    yield from folder.flags


def _grouped(records: Iterable[T]) -> Mapping[tuple[str, str], list[T]]:
    groups: dict[tuple[str, str], list[T]] = defaultdict(list)
    for record in records:
        groups[record.article, record.system].append(record)  # type: ignore[attr-defined]
    return groups


def unique(values: Iterable[T]) -> dict[T, int]:
    """The distinct values in order of appearance, numbered."""
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
