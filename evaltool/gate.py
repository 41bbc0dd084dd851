"""May this release go out? One verdict from a run, a policy, a baseline, waivers and reviewers' decisions.

A pure function: nothing is read, and the date is an argument.

More flags or lower scores never make a verdict better, whatever the policy: what counts flags grows with them, the
loss against a baseline is judged by the upper end of a bootstrap interval over fixed draws, which falls with every unit
that falls, and where something could not be judged the verdict is not "passed".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from evaltool import changes, criteria, decisions, pairing
from evaltool.decisions import Decision
from evaltool.model import Segment
from evaltool.mqm import Severity
from evaltool.policy import Policy
from evaltool.records import FlagRecord, RunFolder
from evaltool.verdict import Criterion, Judged, Outcome, Scope, Standing, State, Unevaluated, Verdict, plural
from evaltool.waivers import Waiver, Waivers


def decide(
    run: RunFolder,
    policy: Policy,
    *,
    today: date,
    baseline: RunFolder | None = None,
    waivers: Sequence[Waiver] = (),
    decided: Sequence[Decision] = (),
    systems: Sequence[str] = (),
    allowed: Iterable[changes.Ground] = (),
    strict_waivers: bool = False,
) -> Verdict:
    """Judge a run.

    Args:
        run: the run to judge.
        policy: its limits.
        today: decides which waivers hold.
        baseline: the last accepted run, or None.
        waivers: flags accepted for a while.
        decided: what reviewers said of flags: a rejected flag does not count, a downgraded one counts as minor, and one
            on which reviewers differ counts as it is.
        systems: systems to judge; empty for all.
        allowed: in what a run and its baseline may differ and be compared all the same.
        strict_waivers: whether a waiver that matches nothing fails the gate.

    Returns:
        The verdict.
    """
    problems = [*_broken_folder(run, "the run"), *(_broken_folder(baseline, "the baseline") if baseline else ())]
    known = _systems(run) | (_systems(baseline) if baseline else set())
    chosen = sorted(set(systems) & known if systems else known)
    problems += [f"no system {name!r}; there are {', '.join(sorted(known))}" for name in sorted(set(systems) - known)]
    if not chosen and not problems:
        problems.append("the run holds no system, so nothing was checked")
    if baseline is not None:
        refused = [d for d in changes.differences(baseline, run) if d.ground not in set(allowed)]
        problems += [f"the baseline cannot be compared: {d.ground} differs: {d.detail}" for d in refused]
    known_waivers = Waivers(waivers)
    judged = _judged(run, baseline, known_waivers, decided, today)
    matched = {id(waiver) for j in judged for waiver in known_waivers.of(j.flag)}
    verdict = Verdict(
        Outcome.UNDECIDED,
        tuple(problems),
        stale=tuple(w for w in waivers if id(w) not in matched),
        expired=tuple(w for w in waivers if id(w) in matched and w.expired(today)),
        notes=_notes(run, policy, decided),
    )
    if problems:
        return verdict

    judged = [j for j in judged if j.flag.system in chosen]
    segments = pairing.variants(run)
    unevaluated = [u for u in _unevaluated(run, segments) if u.system in chosen]
    found: list[Criterion] = []
    for system in chosen:
        own = [j for j in judged if j.flag.system == system]
        given = criteria.Judgement(system, policy, run, segments, own, [u for u in unevaluated if u.system == system])
        if system in _systems(run):
            found += criteria.of_system(given)
        if baseline is not None:
            found += criteria.against(baseline, given)
    if not any(c.scope in (Scope.SEGMENT, Scope.ARTICLE, Scope.SYSTEM) for c in found):
        verdict = replace(verdict, problems=("none of the systems is in the run, so nothing was checked",))
    if strict_waivers:
        stale = len(verdict.stale)
        reason = f"{plural(stale, 'waiver')} without a flag to match"
        found.append(criteria.criterion("stale_waivers_max", Scope.RUN, None, None, Fraction(stale), 0, reason))
    found.sort(key=criteria.badness)
    return replace(
        verdict,
        outcome=_outcome(verdict.problems, found),
        criteria=tuple(found),
        judged=tuple(judged),
        unevaluated=tuple(unevaluated),
    )


def _outcome(problems: Sequence[str], found: Iterable[Criterion]) -> Outcome:
    states = {criterion.state for criterion in found}
    if State.BROKEN in states:
        return Outcome.FAILED
    return Outcome.UNDECIDED if problems or State.UNDECIDED in states else Outcome.PASSED


def failing(verdict: Verdict) -> tuple[FlagRecord, ...]:
    """The flags that make up figures of broken criteria, in order of place, each once."""
    found = {id(flag) for c in verdict.of(State.BROKEN) for flag in c.flags}
    return tuple(j.flag for j in verdict.judged if id(j.flag) in found)


def rejected(verdict: Verdict) -> tuple[tuple[FlagRecord, Decision], ...]:
    """The flags that reviewers called false alarms, with the decision."""
    return tuple((j.flag, j.decision) for j in verdict.judged if j.standing is Standing.REJECTED and j.decision)


def _broken_folder(run: RunFolder, name: str) -> list[str]:
    """What shows that the records of a run are not all there."""
    counts = run.run.counts
    places = {(row.article, row.system) for row in run.summary.articles}
    held = {"segments": len(run.segments), "flags": len(run.flags), "evaluated": len(run.summary.articles)}
    found = [
        f"{name} is not whole: it counted {counts[what]} {what} and holds {number}"
        for what, number in held.items()
        if counts.get(what, number) != number
    ]
    strangers = sorted(
        ({(s.article, s.system) for s in run.segments} | {(f.article, f.system) for f in run.flags}) - places
    )
    found += [f"{name} is not whole: its summary lacks {' / '.join(place)}" for place in strangers[:1]]
    if len({row.system for row in run.summary.systems}) != len(run.summary.systems):
        found.append(f"{name} is not whole: its summary names a system twice")
    if missing := sorted({system for _, system in places} - {row.system for row in run.summary.systems}):
        found.append(f"{name} is not whole: its summary lacks the system {missing[0]}")
    return found


def _systems(run: RunFolder) -> set[str]:
    """Every system that a run knows of, evaluated or not."""
    return {row.system for row in run.summary.systems} | {f.system for f in run.run.failures if f.system}


def _notes(run: RunFolder, policy: Policy, decided: Sequence[Decision]) -> tuple[str, ...]:
    found = [
        f"the policy names the system {name}, which the run does not have"
        for name in sorted(policy.systems.keys() - _systems(run))
    ]
    keys = {(f.article, f.system, f.fingerprint) for f in run.flags}
    conflicts = [c for c in decisions.conflicts(decided) if c[0].key in keys]
    if conflicts:
        first = conflicts[0]
        who = ", ".join(f"{d.by or 'nobody named'}: {d.decision}" for d in first)
        more = f"; and {len(conflicts) - 1} more" if len(conflicts) > 1 else ""
        flags = "the flag counts" if len(conflicts) == 1 else "the flags count"
        place = f"{first[0].rule} {first[0].fingerprint} in {first[0].system} / {first[0].article}"
        found.append(f"reviewers differ on {plural(len(conflicts), 'flag')}, and {flags}: {place} ({who}){more}")
    if unknown := sum(d.key not in keys for d in decided):
        found.append(f"{plural(unknown, 'decision')} about flags that the run does not have")
    rules = sorted({rule for row in run.summary.articles for rule in row.not_applied})
    if rules:
        found.append(f"{plural(len(rules), 'rule')} not applied to all of it: {', '.join(rules)}")
    return tuple(found)


def _judged(
    run: RunFolder,
    baseline: RunFolder | None,
    waivers: Waivers,
    decided: Sequence[Decision],
    today: date,
) -> list[Judged]:
    """Every flag of the run with how it stands."""
    flags = sorted(run.flags, key=_place)
    shared = decisions.agreed(decided)
    by_key = {key: own[0] for key, own in decisions.by_flag(decided).items() if key in shared}
    new = None if baseline is None else {id(flag) for flag in changes.added(baseline.flags, flags)}
    out = []
    for flag in flags:
        matching = waivers.of(flag)
        holding = next((w for w in matching if not w.expired(today)), None)
        decision = by_key.get((flag.article, flag.system, flag.fingerprint))
        judged = Judged(
            flag,
            flag.severity,
            waiver=holding or next(iter(matching), None),
            decision=decision,
            new=None if new is None else id(flag) in new,
        )
        if decision and decision.decision is decisions.Verdict.REJECT:
            judged = replace(judged, standing=Standing.REJECTED)
        elif holding:
            judged = replace(judged, standing=Standing.WAIVED)
        elif decision and decision.decision is decisions.Verdict.DOWNGRADE and flag.severity.serious:
            judged = replace(judged, standing=Standing.DOWNGRADED, severity=Severity.MINOR)
        out.append(judged)
    return out


def _place(flag: FlagRecord) -> tuple[object, ...]:
    ours, theirs = flag.variant_span or (1 << 60, 0), flag.reference_span or (1 << 60, 0)
    return flag.article, flag.system, ours, theirs, flag.rule, flag.severity, flag.fingerprint, flag.message


def _unevaluated(run: RunFolder, segments: Mapping[pairing.Place, Sequence[Segment]]) -> list[Unevaluated]:
    """Every article that a system has no score for: a hole in the table of articles and systems."""
    reasons = {(f.article, f.system or None): f.reason for f in run.run.failures}
    articles = {row.article for row in run.summary.articles if row.article} | {f.article for f in run.run.failures}
    return [
        Unevaluated(
            article,
            system,
            reasons.get((article, system)) or reasons.get((article, None)) or "there is no variant of this article",
        )
        for article in sorted(filter(None, articles))
        for system in sorted(_systems(run))
        if not any(s.quality is not None for s in segments.get((article, system), ()))
    ]
