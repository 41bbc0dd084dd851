"""What the gate says: criteria with figure and limit, the flags it judged, and the outcome.

Figures are exact fractions, so that nothing is rounded before it meets its limit; they are printed with as many digits
as it takes to see on which side of the limit they lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from evaltool.decisions import Decision
from evaltool.mqm import Severity
from evaltool.records import FlagRecord
from evaltool.waivers import Waiver

_MOST_DIGITS = 30
_PRECISE = Context(prec=60)


class Outcome(StrEnum):
    """The gate's answer; the exit code is its place in this list."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"

    @property
    def exit_code(self) -> int:
        """0 passed, 1 failed, 2 could not be decided."""
        return list(Outcome).index(self)


class State(StrEnum):
    """Whether a criterion held."""

    HELD = "held"
    BROKEN = "broken"
    UNDECIDED = "undecided"


class Scope(StrEnum):
    """What a criterion is about."""

    SEGMENT = "segment"
    ARTICLE = "article"
    SYSTEM = "system"
    BASELINE = "baseline"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One limit and the figure that it was held against.

    Attributes:
        name: the limit's name in the policy.
        scope: what it is about.
        article: the article, None where it is about all of them.
        system: the system, None where it is about the run.
        category: the category of flags, None where it is about all of them.
        figure: the exact value; None where it could not be found.
        limit: the exact limit.
        state: whether it held.
        reason: one sentence with figure and limit.
        flags: the flags that make up the figure, where it counts flags.
        segment: index of the segment that the figure is of, where it is of one.
    """

    name: str
    scope: Scope
    article: str | None
    system: str | None
    category: str | None
    figure: Fraction | None
    limit: Fraction
    state: State
    reason: str
    flags: tuple[FlagRecord, ...] = ()
    segment: int | None = None

    @property
    def title(self) -> str:
        """The limit's name with its scope: ``article.quality_min``."""
        middle = f"{self.category}." if self.category else ""
        return f"{self.scope}.{middle}{self.name}"

    @property
    def place(self) -> str:
        """System and article in words."""
        return " / ".join(part for part in (self.system, self.article) if part) or "the run"


class Standing(StrEnum):
    """How a flag stands with the gate."""

    COUNTS = "counts"
    DOWNGRADED = "downgraded"  # by a decision: counts as minor
    WAIVED = "waived"
    REJECTED = "rejected"  # by a decision: a false alarm


@dataclass(frozen=True, slots=True)
class Judged:
    """A flag as the gate takes it.

    Attributes:
        flag: the flag.
        severity: the severity that it counts with.
        standing: whether it counts, and if not, why.
        waiver: the waiver that lets it through, or the expired one that no longer does.
        decision: a decision that all reviewers of it share.
        new: whether the baseline does not have it; None without a baseline.
    """

    flag: FlagRecord
    severity: Severity
    standing: Standing = Standing.COUNTS
    waiver: Waiver | None = None
    decision: Decision | None = None
    new: bool | None = None

    @property
    def counts(self) -> bool:
        """Whether it enters the figures."""
        return self.standing in (Standing.COUNTS, Standing.DOWNGRADED)


@dataclass(frozen=True, slots=True)
class Unevaluated:
    """A variant without a score, and why."""

    article: str
    system: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer with everything it rests on.

    Attributes:
        outcome: passed, failed or undecided.
        problems: why nothing could be decided at all.
        criteria: every criterion, broken ones first, the worst at the head.
        judged: every flag of the systems looked at, in order of article, system and place.
        unevaluated: variants without a score.
        stale: waivers that match no flag.
        expired: waivers that match a flag and hold no more.
        notes: what else a reader of the verdict should know.
    """

    outcome: Outcome
    problems: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    judged: tuple[Judged, ...] = ()
    unevaluated: tuple[Unevaluated, ...] = ()
    stale: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, state: State) -> tuple[Criterion, ...]:
        """The criteria in a state, the worst first."""
        return tuple(c for c in self.criteria if c.state is state)


def exact(value: float | Fraction) -> Fraction:
    """A number as it is written: 0.1 is a tenth, not the binary fraction next to it."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def shown(value: Fraction, limit: Fraction, digits: int) -> str:
    """A figure in at least so many digits behind the point, and as many more as it takes to differ from its limit."""
    number = _PRECISE.divide(Decimal(value.numerator), Decimal(value.denominator))
    for more in range(digits, _MOST_DIGITS):
        text = f"{number:.{more}f}"
        if _side(Fraction(text), limit) == _side(value, limit):
            return text
    return f"{float(value)!r} ({'above' if value > limit else 'below'} the limit)"


def plain(limit: Fraction) -> str:
    """A limit as it is written in a policy."""
    return str(limit.numerator) if limit.denominator == 1 else f"{float(limit)!r}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def worst_by_system(criteria: Sequence[Criterion]) -> dict[str, Criterion]:
    """The first criterion of each system, in their order."""
    found: dict[str, Criterion] = {}
    for criterion in criteria:
        found.setdefault(criterion.system or "the run", criterion)
    return found


def _side(value: Fraction, limit: Fraction) -> int:
    return (value > limit) - (value < limit)
