"""The gate's verdict on a run, where a gate ran: gate.json in the run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from evaltool.model import InputError
from evaltool.report.view import plain

NAME = "gate.json"
_FIRST = 3  # criteria of an outcome that are shown at once
_MOST = 50  # and those that a click shows


class Criterion(msgspec.Struct, frozen=True):
    """One criterion of the gate; ``held`` is None where it could not be judged."""

    name: str
    article: str | None = None
    system: str | None = None
    figure: Any = None
    limit: Any = None
    held: bool | None = None
    reason: str = ""

    @property
    def outcome(self) -> str:
        """Held, broken or undecided."""
        return "undecided" if self.held is None else "held" if self.held else "broken"

    @property
    def place(self) -> str:
        """System and article in words."""
        return " · ".join(filter(None, (self.system, self.article))) or "the run"

    @property
    def shown_figure(self) -> str:
        """The measured value."""
        return _written(self.figure)

    @property
    def shown_limit(self) -> str:
        """What it is held against."""
        return _written(self.limit)


class Group(NamedTuple):
    """The criteria of one outcome.

    Attributes:
        outcome: broken, undecided or held.
        first: those shown at once.
        folded: those that a click shows.
        more: how many are not among the first.
        hidden: how many are not shown at all.
    """

    outcome: str
    first: tuple[Criterion, ...]
    folded: tuple[Criterion, ...]
    more: int
    hidden: int


class Verdict(msgspec.Struct, frozen=True):
    """What the gate said: passed, failed or undecided, and why, the worst criteria first."""

    verdict: str
    problems: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    signature: str = ""
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the release may go out."""
        return self.verdict == "passed"

    @property
    def groups(self) -> tuple[Group, ...]:
        """The criteria by outcome, those that stand against a release first."""
        found = []
        for outcome, first in (("broken", _FIRST), ("undecided", _FIRST), ("held", 0)):
            own = tuple(one for one in self.criteria if one.outcome == outcome)
            if own:
                found.append(Group(outcome, own[:first], own[first:_MOST], len(own[first:]), len(own[_MOST:])))
        return tuple(found)


def read(folder: Path) -> Verdict | None:
    """The verdict on a run folder, None where no gate ran.

    Raises:
        InputError: gate.json is malformed.
    """
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Verdict)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    except (ValueError, RecursionError) as error:
        why = " ".join(str(error).split())
        raise InputError(f"{path}: malformed ({why}); make it again with `evaltool gate`") from None


def _written(value: Any) -> str:
    if value is None:
        return "–"
    return f"{round(value, 3):g}" if isinstance(value, float) else plain(value)
