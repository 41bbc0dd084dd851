"""The criteria of the gate: each limit of a policy with the figure that it is held against.

A figure is judged as it stands in the run folder, six decimals, or as an exact fraction of counts; nothing is rounded
on the way to its limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evaltool import pairing, scores, significance
from evaltool.model import Role, Segment
from evaltool.mqm import Severity
from evaltool.policy import FlagLimits, Limits, Part, Policy, set_limits
from evaltool.records import FlagRecord, RowRecord, RunFolder
from evaltool.verdict import Criterion, Judged, Scope, State, Unevaluated, exact, plain, plural, shown

#: Names of limits, the worst to break first.
ORDER = (
    "scored", "critical_flags_max", "new_critical_flags_max", "missing_max", "unscored_articles_max",
    "unscored_words_max", "critical_flags_per_1000_words_max", "new_major_flags_max", "quality_loss_min",
    "major_flags_max", "major_flags_per_1000_words_max", "drift_max", "quality_min", "mqm_score_min", "coverage_min",
    "minor_flags_max", "minor_flags_per_1000_words_max", "stale_waivers_max",
)  # fmt: skip
_SCOPES = (Scope.BASELINE, Scope.SYSTEM, Scope.ARTICLE, Scope.SEGMENT, Scope.RUN)
#: Limits of scores: the score, what it is called, least digits behind the point.
_SCORES = {
    "quality_min": ("quality", "quality", 1),
    "drift_max": ("drift", "drift", 3),
    "mqm_score_min": ("mqm_score", "MQM score", 1),
    "coverage_min": ("coverage", "coverage", 3),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the criteria of one system are made from.

    Attributes:
        system: its name.
        policy: the limits.
        run: the run.
        segments: the segments of every variant of the run.
        judged: the flags of the system.
        unevaluated: its articles without a score.
    """

    system: str
    policy: Policy
    run: RunFolder
    segments: Mapping[pairing.Place, Sequence[Segment]]
    judged: Sequence[Judged]
    unevaluated: Sequence[Unevaluated]


def of_system(given: Judgement) -> list[Criterion]:
    """The criteria of one system of the run, and of each of its articles."""
    system, policy, segments = given.system, given.policy, given.segments
    missing = [u.article for u in given.unevaluated]
    rows = {row.article: row for row in given.run.summary.articles if row.system == system and row.article}
    out: list[Criterion] = []
    scored = [article for article in sorted(rows) if article not in missing]
    for article in scored:
        part = policy.limits(system, rows[article].profile)
        own = segments[article, system]
        out += _level(
            part.article, Scope.ARTICLE, rows[article], own, [j for j in given.judged if j.flag.article == article]
        )
        out += _worst(part, rows[article], own)
    row = next((row for row in given.run.summary.systems if row.system == system), RowRecord(system))
    everything = [s for article in scored for s in segments[article, system]]
    part = policy.limits(system, row.profile)
    if scored:
        out += _level(part.system, Scope.SYSTEM, row, everything, given.judged)
    limits = dict(set_limits(part.system))
    if "unscored_articles_max" in limits and len(scored) + len(missing):
        share = Fraction(len(missing), len(scored) + len(missing))
        reason = f"{len(missing)} of {plural(len(scored) + len(missing), 'article')} without a score"
        if missing:
            first = given.unevaluated[0]
            reason += f", first {first.article}: {first.reason}"
        out.append(
            criterion(
                "unscored_articles_max", Scope.SYSTEM, None, system, share, limits["unscored_articles_max"], reason
            )
        )
    if not scored or not out:
        why = "nothing of it could be scored" if not scored else "the policy sets no limit for it"
        reason = f"{why}, so nothing was checked"
        out.append(Criterion("scored", Scope.SYSTEM, None, system, None, None, Fraction(1), State.UNDECIDED, reason))
    return out


def _level(
    limits: Limits, scope: Scope, row: RowRecord, segments: Sequence[Segment], judged: Sequence[Judged]
) -> list[Criterion]:
    """The criteria of one article of a system, or of the system: flags, scores, what was not scored."""
    words = sum(s.reference_words for s in segments if s.quality is not None)
    out = _flag_criteria(limits, scope, row, None, words, judged)
    for category, own in sorted(limits.categories.items()):
        matching = [j for j in judged if j.flag.category == category]
        out += _flag_criteria(own, scope, row, category, words, matching)
    for name, limit in set_limits(limits):
        if name in _SCORES:
            score, label, digits = _SCORES[name]
            value = row.scores[score].value if score in row.scores else None
            out.append(_score_criterion(name, scope, row, label, value, limit, digits))
        elif name == "unscored_words_max":
            counted = [s for s in segments if s.role is not Role.FURNITURE]
            total = sum(s.reference_words for s in counted)
            lost = sum(s.reference_words for s in counted if s.quality is None)
            reason = f"{lost} of {plural(total, 'reference word')} not scored"
            figure = Fraction(lost, total) if total else Fraction(0)
            out.append(criterion(name, scope, row.article, row.system, figure, limit, reason))
    return out


def _flag_criteria(
    limits: FlagLimits,
    scope: Scope,
    row: RowRecord,
    category: str | None,
    words: int,
    judged: Sequence[Judged],
) -> list[Criterion]:
    out = []
    for name, limit in set_limits(limits):
        severity = name.partition("_")[0]
        if severity not in list(Severity):
            continue
        flags = tuple(j.flag for j in judged if j.counts and j.severity == severity)
        kind = f"{severity}{f' {category}' if category else ''} flag"
        if not name.endswith("per_1000_words_max"):
            reason = plural(len(flags), kind)
            figure: Fraction | None = Fraction(len(flags))
        elif words:
            figure = Fraction(1000 * len(flags), words)
            value = shown(figure, exact(limit), 2)
            reason = f"{value} {kind}s per 1,000 reference words ({len(flags)} in {words:,})"
        else:
            figure, reason = None, f"{kind}s per 1,000 reference words: no word was scored"
        out.append(criterion(name, scope, row.article, row.system, figure, limit, reason, category, flags))
    return out


def _score_criterion(
    name: str, scope: Scope, row: RowRecord, label: str, value: float | None, limit: float, digits: int
) -> Criterion:
    if value is None:
        return criterion(name, scope, row.article, row.system, None, limit, f"{label} could not be computed")
    reason = f"{label} {shown(exact(value), exact(limit), digits)}"
    return criterion(name, scope, row.article, row.system, exact(value), limit, reason)


def _worst(part: Part, row: RowRecord, segments: Sequence[Segment]) -> list[Criterion]:
    """What the worst segment of an article reaches."""
    counted = [(index, s) for index, s in enumerate(segments) if scores.counted(s)]
    out = []
    for name, limit in set_limits(part.segment):
        score, label, digits = _SCORES[name]
        values = [(exact(getattr(s, score)), index) for index, s in counted]
        if not values:
            reason = f"no segment of it counts for {label}"
            out.append(criterion(name, Scope.SEGMENT, row.article, row.system, None, limit, reason))
            continue
        worst, index = min(values) if name.endswith("_min") else max(values, key=lambda v: (v[0], -v[1]))
        reason = f"{label} of its worst segment, number {index}: {shown(worst, exact(limit), digits)}"
        out.append(
            replace(criterion(name, Scope.SEGMENT, row.article, row.system, worst, limit, reason), segment=index)
        )
    return out


def against(baseline: RunFolder, given: Judgement) -> list[Criterion]:
    """The criteria of one system against the baseline."""
    system, segments = given.system, given.segments
    limits = dict(set_limits(given.policy.baseline))
    earlier = pairing.variants(baseline)
    before = {article for article, own in earlier if own == system and _any_scored(earlier[article, own])}
    now = {article for article, own in segments if own == system and _any_scored(segments[article, own])}
    out = []
    for severity in ("critical", "major"):
        name = f"new_{severity}_flags_max"
        if name in limits and now:
            flags = tuple(j.flag for j in given.judged if j.counts and j.new and j.severity == severity)
            reason = f"{plural(len(flags), f'{severity} flag')} that the baseline does not have"
            figure = Fraction(len(flags))
            out.append(criterion(name, Scope.BASELINE, None, system, figure, limits[name], reason, flags=flags))
    gone = sorted(before - now)
    if "missing_max" in limits and before:
        reason = f"{len(gone)} of {plural(len(before), 'article')} of the baseline missing"
        reason += f", first {gone[0]}" if gone else ""
        limit = limits["missing_max"]
        out.append(criterion("missing_max", Scope.BASELINE, None, system, Fraction(len(gone)), limit, reason))
    if "quality_loss_min" in limits and before & now:
        pairs = [(earlier[article, system], segments[article, system]) for article in sorted(before & now)]
        out.append(_loss(system, pairs, limits["quality_loss_min"]))
    return out


def _loss(system: str, pairs: Sequence[tuple[Sequence[Segment], Sequence[Segment]]], limit: float) -> Criterion:
    """Whether a system lost quality: by articles, or by the segments of its only one."""
    if len(pairs) > 1:
        units = [tuple(_quality(side) for side in pair) for pair in pairs]
    else:
        one, other = pairs[0]
        units = [
            (_quality([one[i] for i in u.baseline]), _quality([other[i] for i in u.candidate]))
            for u in pairing.units(one, other)
        ]
    found = significance.paired([u[0] for u in units], [u[1] for u in units])
    name, scope, least = "quality_loss_min", Scope.BASELINE, exact(limit)
    if found.difference is None:
        reason = f"the change of quality could not be computed: {found.reason}"
        return Criterion(name, scope, None, system, None, None, least, State.UNDECIDED, reason)
    loss = exact(-found.difference)
    if found.enough and found.low is not None and found.high is not None:
        significant = found.high < 0
        seen = f"95% interval of the change {found.low:+.2f} to {found.high:+.2f}, p = {found.p_value:.3g}"
    else:
        significant = True  # nothing can tell it from chance, so the size alone decides
        seen = f"{found.units} units are too few for an interval, so any loss of that size counts"
    broken = significant and loss > 0 and loss >= least
    change = f"quality {found.baseline:.2f} in the baseline and {found.candidate:.2f} now"
    reason = (
        f"loss of quality {shown(loss, least, 2)} ({change}; {seen}); fails from {plain(least)} on where significant"
    )
    return Criterion(name, scope, None, system, None, loss, least, State.BROKEN if broken else State.HELD, reason)


def _quality(segments: Sequence[Segment]) -> tuple[float, float]:
    """Numerator and denominator of the quality of some segments."""
    return scores.added(scores.sums(s) for s in segments)["quality"]


def _any_scored(segments: Sequence[Segment]) -> bool:
    return any(s.quality is not None for s in segments)


def criterion(
    name: str,
    scope: Scope,
    article: str | None,
    system: str | None,
    figure: Fraction | None,
    limit: float,
    reason: str,
    category: str | None = None,
    flags: tuple[FlagRecord, ...] = (),
) -> Criterion:
    """A criterion whose figure is held against its limit, the side given by its name."""
    bound, least = exact(limit), name.endswith("_min")
    state = State.UNDECIDED
    if figure is not None:
        state = State.HELD if (figure >= bound if least else figure <= bound) else State.BROKEN
    said = f"{reason}; {f'at least {plain(bound)} needed' if least else f'at most {plain(bound)} allowed'}"
    return Criterion(name, scope, article, system, category, figure, bound, state, said, flags)


def badness(criterion: Criterion) -> tuple[object, ...]:
    """Broken before undecided before held; the worst limit first, then how far beyond it, then by name."""
    state = [State.BROKEN, State.UNDECIDED, State.HELD].index(criterion.state)
    excess = abs(criterion.figure - criterion.limit) if criterion.figure is not None else Fraction(0)
    return (
        state,
        ORDER.index(criterion.name),
        _SCOPES.index(criterion.scope),
        -excess if criterion.state is State.BROKEN else Fraction(0),
        criterion.system or "",
        criterion.article or "",
        criterion.category or "",
    )
