"""What to set side by side of several runs, what forbids it, and what is missing on one side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from evaltool import changes, pairing
from evaltool.model import InputError, Segment
from evaltool.records import FlagRecord, RunFolder


class Run:
    """A run folder, opened for comparing.

    Attributes:
        name: what it is called.
        folder: what it holds.
        variants: (article, system) -> segments with their flags.
        failed: (article, system) -> why it is not scored.
        systems: its systems by name.
    """

    def __init__(self, name: str, folder: RunFolder) -> None:
        self.name = name
        self.folder = folder
        self.variants = pairing.variants(folder)
        self.failed = {(f.article, f.system): f.reason for f in folder.run.failures}
        names = {system for _, system in self.variants} | {system for _, system in self.failed if system}
        self.systems = [System(self, name) for name in sorted(names)]


@dataclass(frozen=True, eq=False, slots=True)
class System:
    """A system of a run."""

    run: Run
    name: str

    @property
    def articles(self) -> set[str]:
        """The articles of it that are scored."""
        return {a for a, s in self.run.variants if s == self.name and (a, s) not in self.run.failed}

    @property
    def attempted(self) -> set[str]:
        """Those and the ones that could not be scored."""
        return {a for a, s in (*self.run.variants, *self.run.failed) if s == self.name and a is not None}

    @property
    def profile(self) -> str:
        """What it was judged as."""
        rows = self.run.folder.summary.systems
        return next((row.profile or "" for row in rows if row.system == self.name), "")

    def segments(self, article: str) -> tuple[Segment, ...]:
        """The segments of its variant of an article."""
        return self.run.variants[article, self.name]

    def flags(self) -> Iterator[FlagRecord]:
        """Its flags."""
        return (flag for flag in self.run.folder.flags if flag.system == self.name)

    def reason(self, article: str) -> str:
        """Why an article is not scored."""
        failed = self.run.failed
        return failed.get((article, self.name)) or failed.get((article, None)) or "it is not in the run"


#: (baseline, candidate)
Pair = tuple[System, System]


def between(one: Run, other: Run) -> list[Pair]:
    """Systems of the same name; two runs of a single system are compared whatever its name is."""
    if len(one.systems) == len(other.systems) == 1:
        return [(one.systems[0], other.systems[0])]
    theirs = {system.name: system for system in other.systems}
    return [(system, theirs[system.name]) for system in one.systems if system.name in theirs]


def within(run: Run, baseline: str | None) -> list[Pair]:
    """Systems of one run: every other one with the baseline, or all pairs.

    Raises:
        InputError: the run has no such baseline.
    """
    if baseline is None:
        return list(combinations(run.systems, 2))
    own = [system for system in run.systems if system.name == baseline]
    if not own:
        names = ", ".join(system.name for system in run.systems)
        raise InputError(f"{run.name}: no system {baseline!r} to compare with; its systems are {names}")
    return [(own[0], system) for system in run.systems if system is not own[0]]


def differences(one: Run, other: Run, pairs: Sequence[Pair]) -> Iterator[str]:
    """Why a difference between two runs may have another cause than their texts.

    Args:
        one: a run.
        other: another.
        pairs: systems of the first and of the second that are to be compared.
    """
    for difference in changes.differences(one.folder, other.folder):
        yield f"{difference.ground.value}: {difference.detail} ({one.name} and {other.name})"
    for a, b in pairs:
        # profiles of systems of the same name are among the settings that are looked at above
        if a.name != b.name and a.profile != b.profile:
            ours, theirs = f"{a.profile} in {one.name}", f"{b.profile} in {other.name}"
            yield f"settings: {a.name!r} is judged as {ours}, {b.name!r} as {theirs}"


def unmatched(one: Run, other: Run, pairs: Sequence[Pair]) -> Iterator[str]:
    """Systems that only one of two runs has."""
    matched = {system for pair in pairs for system in pair}
    for run, lacking in ((one, other), (other, one)):
        for system in run.systems:
            if system not in matched:
                yield f"system {system.name!r}: only in {run.name}, not in {lacking.name}"


def unscored(pair: Pair) -> Iterator[str]:
    """Articles that only one of two systems has scored, or neither."""
    for article in sorted(pair[0].attempted | pair[1].attempted):
        for system in pair:
            if article not in system.articles:
                why = system.reason(article)
                yield f"article {article!r}, system {system.name!r}: not scored in {system.run.name}: {why}"
