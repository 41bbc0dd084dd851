"""The gate's verdict as text for a terminal, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from evaltool import changes
from evaltool.records import RunFolder
from evaltool.report.places import Places, quoted
from evaltool.report.visible import excerpt, plain
from evaltool.verdict import Criterion, Judged, Standing, State, Verdict, plural, worst_by_system

SCHEMA_VERSION = 1
_SYSTEMS_SHOWN = 8


def lines(run: RunFolder, verdict: Verdict, most: int = 5, *, everything: bool = False) -> Iterator[str]:
    """The verdict line by line; the first three say the verdict and the worst reasons.

    Args:
        run: the judged run.
        verdict: the verdict on it.
        most: flags shown with a criterion.
        everything: whether criteria that hold are listed too.
    """
    broken, undecided, held = (verdict.of(state) for state in (State.BROKEN, State.UNDECIDED, State.HELD))
    systems = {c.system for c in verdict.criteria if c.system}
    if verdict.problems:
        yield from (f"{verdict.outcome.upper()}: {_clean(problem)}" for problem in verdict.problems)
    else:
        states = [(len(broken), "broken"), (len(undecided), "undecided")]
        found = [f"{number} {state}" for number, state in states if number] or ["all held"]
        affected = {c.system for c in (*broken, *undecided) if c.system}
        where = f"{len(affected)} of {plural(len(systems), 'system')}" if affected else plural(len(systems), "system")
        total = plural(len(verdict.criteria), "criterion", "criteria")
        yield f"{verdict.outcome.upper()}: {' and '.join(found)} of {total}, in {where}"
    if serious := [*broken, *undecided]:
        worst = worst_by_system(serious)
        shown = [f"{_clean(name)}: {_clean(c.reason)}" for name, c in list(worst.items())[:_SYSTEMS_SHOWN]]
        hidden = [f"{len(worst) - len(shown)} more"] if len(worst) > len(shown) else []
        yield " | ".join([*shown, *hidden])
    places = Places(run)
    if first := next((flag for c in broken for flag in c.flags), None):
        yield f"first: {quoted(first)} ({_clean(first.rule)}, {_clean(str(places.variant(first)))})"
    for title, criteria in (("broken", broken), ("undecided", undecided), ("held", held if everything else ())):
        if criteria:
            yield ""
            yield f"{title}:"
            for criterion in criteria:
                yield from _criterion(criterion, places, most)
    if verdict.unevaluated:
        yield ""
        yield "without a score:"
        yield from (f"  {_clean(u.system)} / {_clean(u.article)}: {_clean(u.reason)}" for u in verdict.unevaluated)
    if rest := list(_rest(verdict)):
        yield ""
        yield from rest


def _criterion(criterion: Criterion, places: Places, most: int) -> Iterator[str]:
    yield f"  {_clean(criterion.place)}  {criterion.title}: {_clean(criterion.reason)}"
    if criterion.state is State.BROKEN:
        for flag in criterion.flags[:most]:
            name, place = _clean(f"{flag.rule} {flag.fingerprint}"), _clean(str(places.variant(flag)))
            yield f"      {quoted(flag)}  {name}  {place}"
        if len(criterion.flags) > most:
            yield f"      and {len(criterion.flags) - most} more"


def _rest(verdict: Verdict) -> Iterator[str]:
    for standing in (Standing.WAIVED, Standing.REJECTED, Standing.DOWNGRADED):
        if number := sum(j.standing is standing for j in verdict.judged):
            said = {
                Standing.WAIVED: "waived",
                Standing.REJECTED: "called a false alarm by reviewers",
                Standing.DOWNGRADED: "counted as minor by reviewers",
            }[standing]
            yield f"{plural(number, 'flag')} {said}"
    yield from (f"waiver expired on {w.expires}, its flags count again: {_clean(str(w))}" for w in verdict.expired)
    yield from (f"waiver matches no flag, remove it: {_clean(str(w))} ({_clean(w.owner)})" for w in verdict.stale)
    yield from (f"note: {_clean(note)}" for note in verdict.notes)


def as_json(run: RunFolder, verdict: Verdict, baseline: RunFolder | None = None) -> bytes:
    """The verdict as a JSON document; the same input gives the same bytes."""
    places = Places(run)
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "verdict": verdict.outcome.value,
        "exit_code": verdict.outcome.exit_code,
        "signature": run.run.signature,
        "problems": verdict.problems,
        "criteria": [_as_json(criterion) for criterion in verdict.criteria],
        "flags": [_judged(judged, places) for judged in verdict.judged if judged.flag.severity != "neutral"],
        "unevaluated": [{"article": u.article, "system": u.system, "reason": u.reason} for u in verdict.unevaluated],
        "waivers": {"expired": verdict.expired, "stale": verdict.stale},
        "notes": verdict.notes,
        "baseline": None if baseline is None else _changes(run, verdict, baseline),
    }
    text = msgspec.json.encode(_writable(msgspec.to_builtins(document)))
    return msgspec.json.format(text, indent=1) + b"\n"


def _as_json(criterion: Criterion) -> dict[str, Any]:
    return {
        "name": criterion.title,
        "article": criterion.article,
        "system": criterion.system,
        "category": criterion.category,
        "figure": None if criterion.figure is None else float(criterion.figure),
        "limit": float(criterion.limit),
        "held": {State.HELD: True, State.BROKEN: False, State.UNDECIDED: None}[criterion.state],
        "reason": criterion.reason,
        "segment": criterion.segment,
        "flags": [flag.fingerprint for flag in criterion.flags],
    }


def _judged(judged: Judged, places: Places) -> dict[str, Any]:
    flag = judged.flag
    return {
        "article": flag.article,
        "system": flag.system,
        "fingerprint": flag.fingerprint,
        "rule": flag.rule,
        "severity": flag.severity.value,
        "standing": judged.standing.value,
        "new": judged.new,
        "place": str(places.variant(flag)),
        "variant_text": flag.variant_text,
        "reference_text": flag.reference_text,
    }


def _changes(run: RunFolder, verdict: Verdict, baseline: RunFolder) -> dict[str, Any]:
    """What became of the flags of the systems that were judged."""
    systems = {c.system for c in verdict.criteria}
    ours, theirs = (
        [(f.article, f.system, f.fingerprint) for f in r.flags if f.system in systems] for r in (baseline, run)
    )
    found = changes.changes(ours, theirs)
    return {name: [key[2] for key in getattr(found, name)] for name in ("new", "fixed", "still")}


def _writable(value: Any) -> Any:
    """Text without lone surrogates, which no JSON in UTF-8 can carry."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_writable(key): _writable(own) for key, own in value.items()}
    return [_writable(own) for own in value] if isinstance(value, (list, tuple)) else value


def _clean(text: str) -> str:
    return plain(excerpt(text, 240))
