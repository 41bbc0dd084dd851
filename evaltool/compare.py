"""Runs or systems beside each other: every score with its significance, what moved most, flags new, fixed, still there.

Everything is computed from the segments and flags of the run folders, over the articles that both sides have scored, so
a score here is that of ``summary.json`` wherever both sides cover the same articles. Units of the tests are articles,
or, where there is one, the segments of it (see :mod:`evaltool.pairing`). p-values are corrected for how many pairs of
systems are compared by the same score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
import numpy as np

from evaltool import comparable, metrics, pairing, scores, significance
from evaltool.changes import Key, changes
from evaltool.model import InputError, Segment
from evaltool.mqm import Severity
from evaltool.records import FlagRecord, RunFolder
from evaltool.significance import Matrix, Paired, Score

SCHEMA_VERSION = 1
_NOT_COMPUTED = "no segment is matched on one side, or one is too long for this score"
LOWER_IS_BETTER = frozenset({"drift", "ter"})


class Side(msgspec.Struct, frozen=True):
    """One system of one run, and the profile that it was judged by."""

    run: str
    system: str
    profile: str


class ScoreChange(msgspec.Struct, frozen=True):
    """A score on both sides.

    Attributes:
        name: of the score (see evaltool.scores).
        paired: both values, their difference and its significance.
        p_corrected: the p-value, corrected for the pairs of systems that are compared (Holm).
        verdict: better, worse, no difference shown, unchanged, too few to tell, or not scored.
    """

    name: str
    paired: Paired
    p_corrected: float
    verdict: str


class Moved(msgspec.Struct, frozen=True):
    """An article, or a group of segments about the same reference sentences, whose quality changed.

    Attributes:
        article: where.
        quality: before and after, 0..100.
        drift: before and after, 0..1.
        baseline_segments: indexes of its segments in the baseline; empty for a whole article.
        candidate_segments: likewise in the candidate.
        reference_text: what the reference says; "" for a whole article.
        baseline_text: what the baseline says.
        candidate_text: what the candidate says.
    """

    article: str
    quality: tuple[float, float]
    drift: tuple[float, float]
    baseline_segments: tuple[int, ...] = ()
    candidate_segments: tuple[int, ...] = ()
    reference_text: str = ""
    baseline_text: str = ""
    candidate_text: str = ""


class FlagChanges(msgspec.Struct, frozen=True):
    """Flags that count (not the neutral ones), by what became of them; those listed by weight and place.

    Attributes:
        new: only in the candidate.
        fixed: only in the baseline.
        still: how many are in both.
        worse: those of them that are more serious in the candidate.
    """

    new: tuple[FlagRecord, ...]
    fixed: tuple[FlagRecord, ...]
    still: int
    worse: tuple[FlagRecord, ...]


class Comparison(msgspec.Struct, frozen=True):
    """A candidate beside its baseline.

    Attributes:
        baseline: the system that it is compared with.
        candidate: the system.
        articles: the articles that both have scored.
        over: what the tests draw: articles or segments.
        scores: every score.
        articles_moved: the articles whose quality changed most, first the most.
        segments_moved: likewise the segments.
        flags: flags new, fixed, still there.
    """

    baseline: Side
    candidate: Side
    articles: tuple[str, ...]
    over: str
    scores: tuple[ScoreChange, ...]
    articles_moved: tuple[Moved, ...]
    segments_moved: tuple[Moved, ...]
    flags: FlagChanges


class Report(msgspec.Struct, frozen=True):
    """Everything that `evaltool compare` says.

    Attributes:
        schema_version: of this format.
        runs: folder -> signature of the run.
        not_comparable: why the runs are not really comparable; empty unless asked to compare anyway.
        missing: what one side has and the other has not, or has not scored.
        comparisons: one per pair of systems.
    """

    schema_version: int
    runs: dict[str, str]
    not_comparable: tuple[str, ...]
    missing: tuple[str, ...]
    comparisons: tuple[Comparison, ...]


def compare(
    folders: Mapping[str, RunFolder],
    *,
    within: bool = False,
    baseline: str | None = None,
    anyway: bool = False,
    most: int = 5,
    samples: int = significance.SAMPLES,
) -> Report:
    """Compare every run with the first one, system by system, or the systems within each run.

    Args:
        folders: name of the run -> what it holds; the first is the baseline.
        within: compare also the systems within each run; always so for a single run.
        baseline: within a run, compare every other system with this one; None compares all pairs.
        anyway: compare also runs that are not comparable.
        most: how many articles and segments that moved most are listed.
        samples: draws of the significance tests.

    Raises:
        InputError: the runs are not comparable, or there is nothing to compare.
    """
    runs = [comparable.Run(name, folder) for name, folder in folders.items()]
    pairs: list[comparable.Pair] = []
    problems: list[str] = []
    missing: list[str] = []
    for other in runs[1:]:
        own = comparable.between(runs[0], other)
        problems += comparable.differences(runs[0], other, own)
        missing += comparable.unmatched(runs[0], other, own)
        pairs += own
    if problems and not anyway:
        raise InputError(f"the runs are not comparable: {'; '.join(problems)}; compare them all the same with --anyway")
    if within or len(runs) == 1:
        pairs += [pair for run in runs for pair in comparable.within(run, baseline)]
    found = []
    for pair in pairs:
        missing += comparable.unscored(pair)
        if shared := sorted(pair[0].articles & pair[1].articles):
            found.append(_comparison(pair, shared, most, samples))
    if not found:
        raise InputError(f"{', '.join(folders)}: nothing to compare: no article that two systems have scored")
    return Report(
        schema_version=SCHEMA_VERSION,
        runs={run.name: run.folder.run.signature for run in runs},
        not_comparable=tuple(problems),
        missing=tuple(dict.fromkeys(missing)),
        comparisons=tuple(_corrected(found)),
    )


def _comparison(pair: comparable.Pair, articles: Sequence[str], most: int, samples: int) -> Comparison:
    ours, theirs = pair
    texts = [(article, ours.segments(article), theirs.segments(article)) for article in articles]
    parts = [
        (article, unit, [one[i] for i in unit.baseline], [other[i] for i in unit.candidate])
        for article, one, other in texts
        for unit in pairing.units(one, other)
    ]
    several = len(articles) > 1
    over = "articles" if several else "segments"
    drawn: list[_Unit] = [(one, other) for _, one, other in texts] if several else [(x, y) for *_, x, y in parts]
    moved_articles = [_moved(article, one, other) for article, one, other in texts] if several else []
    moved_segments = [_moved(article, x, y, unit) for article, unit, x, y in parts]
    return Comparison(
        baseline=Side(ours.run.name, ours.name, ours.profile),
        candidate=Side(theirs.run.name, theirs.name, theirs.profile),
        articles=tuple(articles),
        over=over,
        scores=tuple(_score(name, paired, paired.p_value, over) for name, paired in _paired(drawn, samples)),
        articles_moved=_most(moved_articles, most),
        segments_moved=_most(moved_segments, most),
        flags=_flags(pair, set(articles)),
    )


#: The segments of both sides of a unit.
_Unit = tuple[Sequence[Segment], Sequence[Segment]]


def _paired(units: Sequence[_Unit], samples: int) -> Iterator[tuple[str, Paired]]:
    """Every score by name, compared over units."""
    sides = tuple(zip(*units, strict=True))
    summed = [[scores.added(map(scores.sums, segments)) for segments in side] for side in sides]
    for name in scores.RATIOS:
        one, other = (np.array([unit[name] for unit in side], dtype=np.float64) for side in summed)
        how = significance.mqm_score if name == "mqm_score" else significance.ratio
        yield name, significance.paired_statistics(one, other, how, samples=samples)
    for name in metrics.NAMES:
        ours, theirs = (_counts(name, side) for side in sides)
        if ours is None or theirs is None:
            yield name, Paired(None, None, None, None, None, 1.0, None, len(units), 0, False, _NOT_COMPUTED)
        else:
            score: Score = partial(metrics.from_statistics, name)
            yield name, significance.paired_statistics(ours, theirs, score, samples=samples)


def _counts(name: str, units: Sequence[Sequence[Segment]]) -> Matrix | None:
    """The counts behind a corpus score, added up in each unit, shape (units, k); None where it is not computed."""
    texts = [scores.compared(unit) for unit in units]
    references = [text for own, _ in texts for text in own]
    hypotheses = [text for _, own in texts for text in own]
    if not references or (name == "ter" and metrics.too_long_for_ter(references, hypotheses)):
        return None
    counts = metrics.statistics(name, references, hypotheses)
    out = np.zeros((len(units), counts.shape[1]))
    np.add.at(out, np.repeat(np.arange(len(units)), [len(own) for own, _ in texts]), counts)
    return out


def _score(name: str, paired: Paired, p_corrected: float, over: str) -> ScoreChange:
    return ScoreChange(name, paired, p_corrected, _verdict(name, paired, p_corrected, over))


def _verdict(name: str, paired: Paired, p: float, over: str) -> str:
    if paired.difference is None:
        return "not scored"
    if not paired.changed:
        return "unchanged"
    if not paired.enough:
        return f"too few {over} to tell"
    if p >= significance.LEVEL:
        return "no difference shown"
    return "better" if (paired.difference > 0) != (name in LOWER_IS_BETTER) else "worse"


def _corrected(found: Sequence[Comparison]) -> Iterator[Comparison]:
    """The same with p-values corrected over the pairs of systems, score by score.

    A score whose counts are the same on both sides is not tested, so it is not counted among the tests either.
    """
    columns = []
    for column in zip(*(comparison.scores for comparison in found), strict=True):
        tested = iter(significance.holm([s.paired.p_value for s in column if s.paired.changed]))
        columns.append([next(tested) if s.paired.changed else 1.0 for s in column])
    for comparison, row in zip(found, zip(*columns, strict=True), strict=True):
        own = tuple(_score(s.name, s.paired, p, comparison.over) for s, p in zip(comparison.scores, row, strict=True))
        yield msgspec.structs.replace(comparison, scores=own)


def _moved(
    article: str, ours: Sequence[Segment], theirs: Sequence[Segment], unit: pairing.Unit | None = None
) -> Moved | None:
    """What changed between two sides; None where one is not scored or nothing changed."""
    quality, drift = (_values(name, ours, theirs) for name in ("quality", "drift"))
    if quality is None or drift is None or quality[0] == quality[1]:
        return None
    if unit is None:
        return Moved(article, quality, drift)
    reference = next(filter(None, (_joined(side, "reference_text") for side in (ours, theirs))), "")
    sides = (_joined(side, "variant_text") for side in (ours, theirs))
    return Moved(article, quality, drift, unit.baseline, unit.candidate, reference, *sides)


def _values(name: str, ours: Sequence[Segment], theirs: Sequence[Segment]) -> tuple[float, float] | None:
    """A ratio score of both sides."""
    before, after = (scores.ratio(name, *scores.added(map(scores.sums, side))[name]) for side in (ours, theirs))
    return None if before is None or after is None else (before, after)


def _joined(segments: Sequence[Segment], field: str) -> str:
    return " ".join(filter(None, (getattr(segment, field) for segment in segments)))


def _most(moved: Iterable[Moved | None], most: int) -> tuple[Moved, ...]:
    """Those whose quality changed most; equal ones in text order."""
    changed = [m for m in moved if m is not None]
    return tuple(sorted(changed, key=lambda m: -abs(m.quality[1] - m.quality[0]))[:most])


def _flags(pair: comparable.Pair, articles: set[str]) -> FlagChanges:
    sides: list[dict[Key, FlagRecord]] = [
        {
            (flag.article, "", flag.fingerprint): flag
            for flag in system.flags()
            if flag.article in articles and flag.severity is not Severity.NEUTRAL
        }
        for system in pair
    ]
    found = changes(*sides)
    before, after = sides
    worse = [after[k] for k in found.still if after[k].severity.multiplier > before[k].severity.multiplier]
    return FlagChanges(
        new=_by_weight(after[key] for key in found.new),
        fixed=_by_weight(before[key] for key in found.fixed),
        still=len(found.still),
        worse=_by_weight(worse),
    )


def _by_weight(flags: Iterable[FlagRecord]) -> tuple[FlagRecord, ...]:
    return tuple(sorted(flags, key=lambda f: (-f.severity.multiplier, f.article, f.segment or 0, f.fingerprint)))
