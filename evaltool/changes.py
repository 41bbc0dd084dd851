"""What changed between two runs: flags new, fixed and still there, and whether the runs can be compared at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from evaltool.records import FlagRecord, RunFolder, RunRecord

#: (article, system, fingerprint) of a flag.
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of flags; each tuple is sorted and without repetition.

    Attributes:
        new: only in the later set.
        fixed: only in the earlier set.
        still: in both.
    """

    new: tuple[Key, ...]
    fixed: tuple[Key, ...]
    still: tuple[Key, ...]


def changes(before: Iterable[Key], after: Iterable[Key]) -> Changes:
    """Tell flags that are new, fixed and still there.

    A fingerprint outlives edits elsewhere in the text and renumbering, so a flag that only moved is still there. Two
    systems are compared by giving their flags one system name.
    """
    earlier, later = set(before), set(after)
    return Changes(*(tuple(sorted(keys)) for keys in (later - earlier, earlier - later, earlier & later)))


def added(before: Iterable[FlagRecord], after: Iterable[FlagRecord]) -> tuple[FlagRecord, ...]:
    """The later flags that the earlier ones do not hold, in their order, one for one.

    A flag that is there as before but more serious is one of them, and so is one without a fingerprint: it cannot be
    recognised.
    """
    known: dict[Key, list[FlagRecord]] = {}
    for flag in sorted(before, key=lambda f: f.severity.multiplier):
        known.setdefault(_key(flag), []).append(flag)
    found = []
    for flag in after:
        same = known.get(_key(flag), []) if flag.fingerprint else []
        # the least serious one that is as serious: each stands for one flag only
        match = next((one for one in same if one.severity.multiplier >= flag.severity.multiplier), None)
        if match is None:
            found.append(flag)
        else:
            same.remove(match)
    return tuple(found)


class Ground(StrEnum):
    """What must be the same in two runs for their figures to be compared."""

    MODEL = "model"
    WEIGHTS = "weights"
    SETTINGS = "settings"
    REFERENCES = "references"
    TOOL = "tool"


class Difference(NamedTuple):
    """One thing that differs between two runs, in words."""

    ground: Ground
    detail: str


def differences(before: RunFolder, after: RunFolder) -> tuple[Difference, ...]:
    """What forbids to compare two runs; empty where they can be compared.

    Looked at are the model, the fitted weights, the settings that can change a result, the tool's version, and the
    reference texts of the articles that both runs have. What a run does not say is taken to differ.
    """
    found = []
    one, other = (run.run.tool.get("version") for run in (before, after))
    if one is None or one != other:
        found.append(Difference(Ground.TOOL, f"evaltool {_named(one)} and {_named(other)}"))
    one, other = (_model(run.run) for run in (before, after))
    if one is None or one != other:
        found.append(Difference(Ground.MODEL, f"{_named(one)} and {_named(other)}"))
    found += _weights(before.run, after.run)
    found += _settings(before, after)
    found += _references(before.run, after.run)
    return tuple(found)


def _key(flag: FlagRecord) -> Key:
    return flag.article, flag.system, flag.fingerprint


def _named(value: object) -> str:
    return "not stated" if value is None else str(value)


def _model(run: RunRecord) -> str | None:
    if not run.model or not run.model.get("sha256"):
        return None
    return f"{run.model.get('id')} (SHA-256 {str(run.model['sha256'])[:16]})"


def _weights(before: RunRecord, after: RunRecord) -> list[Difference]:
    if not before.weights or not after.weights:
        return [Difference(Ground.WEIGHTS, "a run does not state by which weights it was judged")]
    changed = [
        f"{name} {' and '.join(_named(run.weights.get(name))[:16] for run in (before, after))}"
        for name in sorted(before.weights.keys() | after.weights.keys())
        if before.weights.get(name) != after.weights.get(name)
    ]
    return [Difference(Ground.WEIGHTS, f"judged by other weights (SHA-256 of {', of '.join(changed)})")] * bool(changed)


def _settings(before: RunFolder, after: RunFolder) -> list[Difference]:
    if not before.run.judging or not after.run.judging:
        return [Difference(Ground.SETTINGS, "a run does not state them")]
    # what a profile is set for depends on the systems that are there; what counts is what those of both runs got
    ours, theirs = ({**run.run.judging, "profile": None, "profiles": None} for run in (before, after))
    found = [
        Difference(Ground.SETTINGS, f"{name} is {_named(ours.get(name))} and {_named(theirs.get(name))}")
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    ]
    profiles: list[Mapping[tuple[Any, str], str | None]] = [
        {(row.article, row.system): row.profile for row in run.summary.articles} for run in (before, after)
    ]
    changed = [
        place for place in sorted(profiles[0].keys() & profiles[1].keys()) if len({p[place] for p in profiles}) > 1
    ]
    if changed:
        names = " and ".join(_named(own[changed[0]]) for own in profiles)
        more = f", and {len(changed) - 1} more" if len(changed) > 1 else ""
        found.append(Difference(Ground.SETTINGS, f"profile of {' / '.join(changed[0])} is {names}{more}"))
    return found


def _references(before: RunRecord, after: RunRecord) -> list[Difference]:
    if not before.texts or not after.texts:
        return [Difference(Ground.REFERENCES, "a run does not state its texts")]
    changed = [
        name
        for name in sorted(before.texts.keys() & after.texts.keys())
        if before.texts[name].reference.sha256 != after.texts[name].reference.sha256
    ]
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return [Difference(Ground.REFERENCES, f"the text of {changed[0]}{more} is another one")] if changed else []
