"""What reviewers decided about flags: decision files read, joined and compared.

A decision belongs to a flag by (article, system, fingerprint), so it outlives edits elsewhere in the text. A reviewer
may decide again: the latest decision counts. Two reviewers who decide differently are in conflict, and a flag in
conflict counts as undecided until they agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from typing import Annotated

import msgspec

from evaltool.model import InputError

SCHEMA_VERSION = 1
_REMEDY = "export it again from the report"

#: (article, system, fingerprint) of a flag.
Key = tuple[str, str, str]
_Text = Annotated[str, msgspec.Meta(max_length=10_000)]


class Verdict(StrEnum):
    """What a reviewer says of a flag."""

    ACCEPT = "accept"  # right as it is
    REJECT = "reject"  # a false alarm
    DOWNGRADE = "downgrade"  # right, but minor


class Decision(msgspec.Struct, frozen=True):
    """One reviewer's decision about one flag.

    Attributes:
        article: the flag's article.
        system: its system.
        fingerprint: its fingerprint.
        rule: its rule, for people and for the precision of the rule.
        decision: accept, reject or downgrade.
        reason: why, in the reviewer's words; may be "".
        by: the reviewer's name; may be "".
        at: when, in UTC: ``2026-11-22T10:00:00Z``.
    """

    article: str
    system: str
    fingerprint: str
    rule: str
    decision: Verdict
    reason: _Text = ""
    by: _Text = ""
    at: Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$")] = ""

    @property
    def key(self) -> Key:
        """The flag it is about."""
        return self.article, self.system, self.fingerprint


class _File(msgspec.Struct, frozen=True):
    schema_version: int
    decisions: tuple[Decision, ...]


class Agreement(msgspec.Struct, frozen=True):
    """How far two reviewers agree on the flags that both decided.

    Attributes:
        reviewers: their names, sorted.
        both: how many flags both decided.
        same: how many of those alike.
        kappa: Cohen's kappa, -1..1; None where chance alone explains everything (both only ever gave one verdict).
    """

    reviewers: tuple[str, str]
    both: int
    same: int
    kappa: float | None


def read(paths: Iterable[Path]) -> tuple[Decision, ...]:
    """Read decision files.

    Args:
        paths: the files, in any order.

    Returns:
        Each reviewer's latest decision about each flag, sorted by flag and reviewer; at equal times the one that was
        read last.

    Raises:
        InputError: a file is missing, malformed or of another format.
    """
    latest: dict[tuple[Key, str], Decision] = {}
    for path in paths:
        for decision in _read(path):
            place = (decision.key, decision.by)
            if place not in latest or latest[place].at <= decision.at:
                latest[place] = decision
    return tuple(latest[place] for place in sorted(latest))


def _read(path: Path) -> tuple[Decision, ...]:
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        raise InputError(f"{path}: not found; name a decisions file that the report exported") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors, bad UTF-8 too
        raise InputError(f"{path}: malformed ({' '.join(str(error).split())}); {_REMEDY}") from None
    if file.schema_version != SCHEMA_VERSION:
        raise InputError(
            f"{path}: schema_version is {file.schema_version}, this evaltool reads {SCHEMA_VERSION}; {_REMEDY}"
        )
    return file.decisions


def by_flag(decisions: Iterable[Decision]) -> dict[Key, tuple[Decision, ...]]:
    """The decisions about each flag."""
    found: dict[Key, list[Decision]] = defaultdict(list)
    for decision in decisions:
        found[decision.key].append(decision)
    return {key: tuple(own) for key, own in found.items()}


def agreed(decisions: Iterable[Decision]) -> dict[Key, Verdict]:
    """The verdict on each flag that all who decided about it share; flags in conflict are left out."""
    return {
        key: own[0].decision
        for key, own in by_flag(decisions).items()
        if len({one.decision for one in own}) == 1
    }  # fmt: skip


def conflicts(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], ...]:
    """The decisions about each flag on which reviewers differ, in the order of the flags."""
    return tuple(own for own in by_flag(decisions).values() if len({one.decision for one in own}) > 1)


def agreements(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """Cohen's kappa (1960) of every pair of reviewers who decided about the same flags, sorted by name."""
    of: dict[str, dict[Key, Verdict]] = defaultdict(dict)
    for decision in decisions:
        of[decision.by][decision.key] = decision.decision
    pairs = combinations(sorted(of), 2)
    return tuple(_agreement((one, other), of[one], of[other]) for one, other in pairs if of[one].keys() & of[other])


def _agreement(names: tuple[str, str], one: Mapping[Key, Verdict], other: Mapping[Key, Verdict]) -> Agreement:
    shared = one.keys() & other.keys()
    same = sum(one[key] is other[key] for key in shared)
    counts = Counter(one[key] for key in shared), Counter(other[key] for key in shared)
    # n^2 times the agreement that chance would bring; in whole numbers, so that "always the same verdict" is exact
    chance = sum(counts[0][verdict] * counts[1][verdict] for verdict in Verdict)
    n = len(shared)
    return Agreement(names, n, same, (n * same - chance) / (n * n - chance) if n * n > chance else None)
