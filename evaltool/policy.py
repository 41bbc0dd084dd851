"""What a release must hold: the limits of the gate, from TOML, over a built-in set of them.

A policy changes the built-in one: what it does not name keeps its limit, and ``"off"`` takes a limit away. Limits for a
profile come over the general ones, limits for a system over both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from evaltool.model import InputError, Profile
from evaltool.mqm import Category

Off = Literal["off"]
Count = Annotated[int, Meta(ge=0)] | Off | UnsetType
Rate = Annotated[float, Meta(ge=0, le=1_000_000)] | Off | UnsetType
Share = Annotated[float, Meta(ge=0, le=1)] | Off | UnsetType
Score = Annotated[float, Meta(ge=0, le=100)] | Off | UnsetType


class FlagLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Most flags that may count, by severity: how many, or how many per 1,000 words of the reference."""

    critical_flags_max: Count = UNSET
    major_flags_max: Count = UNSET
    minor_flags_max: Count = UNSET
    critical_flags_per_1000_words_max: Rate = UNSET
    major_flags_per_1000_words_max: Rate = UNSET
    minor_flags_per_1000_words_max: Rate = UNSET


class SegmentLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the worst segment of an article must reach; its quality is 0..100, its drift 0..1."""

    quality_min: Score = UNSET
    drift_max: Share = UNSET


class Limits(FlagLimits, frozen=True, forbid_unknown_fields=True):
    """What one article of a system must hold.

    Attributes:
        quality_min: 0..100.
        drift_max: 0..1.
        mqm_score_min: 0..100.
        coverage_min: 0..1, share of the reference's content words that the variant carries.
        unscored_words_max: 0..1, share of the reference's words in segments that could not be scored.
        categories: flag limits of single categories.
    """

    quality_min: Score = UNSET
    drift_max: Share = UNSET
    mqm_score_min: Score = UNSET
    coverage_min: Share = UNSET
    unscored_words_max: Share = UNSET
    categories: dict[Category, FlagLimits] = {}


class SystemLimits(Limits, frozen=True, forbid_unknown_fields=True):
    """What a system must hold over all its articles.

    Attributes:
        unscored_articles_max: 0..1, share of the run's articles that have no score of this system: not there, not
            evaluated, or not the same article.
    """

    unscored_articles_max: Share = UNSET


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits for one kind of variants."""

    segment: SegmentLimits = SegmentLimits()
    article: Limits = Limits()
    system: SystemLimits = SystemLimits()


class BaselineLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold against the baseline, for each system.

    Attributes:
        new_critical_flags_max: most critical flags that the baseline does not have.
        new_major_flags_max: likewise major ones.
        quality_loss_min: the smallest loss of quality that matters, in points of 0..100. A loss of at least that size
            fails where it is significant: where the 95% interval of the difference lies below 0, or where there are
            too few units to have one.
        missing_max: most articles x systems of the baseline that the run does not have.
    """

    new_critical_flags_max: Count = UNSET
    new_major_flags_max: Count = UNSET
    quality_loss_min: Score = UNSET
    missing_max: Count = UNSET


class Policy(Part, frozen=True, forbid_unknown_fields=True):
    """Every limit of a gate.

    Attributes:
        profiles: limits that hold for a profile instead of the general ones.
        systems: limits that hold for a system instead of both.
        baseline: what must hold against the baseline.
    """

    profiles: dict[Profile, Part] = {}
    systems: dict[str, Part] = {}
    baseline: BaselineLimits = BaselineLimits()

    def limits(self, system: str, profile: str | None) -> Part:
        """The limits that hold for a system whose variants have a profile."""
        part = Part(self.segment, self.article, self.system)
        for name, own in self.profiles.items():
            if name == profile:
                part = merged(part, own)
        return merged(part, self.systems[system]) if system in self.systems else part


#: Set by judgement, not calibrated: an editor's rule of thumb in MQM's terms. One major error in 200 words is one that
#: most readers of a page meet; scores are limited where no serviceable translation lies.
BUILT_IN = """\
[segment]
quality_min = 3
drift_max = 0.97

[article]
critical_flags_max = 0
quality_min = 35
drift_max = 0.5
coverage_min = 0.6
unscored_words_max = 0.05

[system]
major_flags_per_1000_words_max = 5
quality_min = 50
drift_max = 0.35
unscored_articles_max = 0

[profiles.paraphrase.article]
coverage_min = 0.4

[profiles.summary.article]
coverage_min = "off"

[baseline]
new_critical_flags_max = 0
new_major_flags_max = 0
quality_loss_min = 1
missing_max = 0
"""


def merged(base: Any, over: Any) -> Any:
    """Limits with those of another set of the same kind over them, at any depth."""
    if isinstance(over, dict):
        return {**base, **{name: merged(base[name], own) if name in base else own for name, own in over.items()}}
    if not isinstance(over, msgspec.Struct):
        return base if over is UNSET else over
    kind: type[msgspec.Struct] = type(over)
    fields = msgspec.structs.fields(kind)
    return kind(**{f.name: merged(getattr(base, f.name), getattr(over, f.name)) for f in fields})


def set_limits(limits: msgspec.Struct) -> Iterator[tuple[str, float]]:
    """(name, limit) of the limits of one level that are set and not off, in the order in which they are declared."""
    for field in msgspec.structs.fields(type(limits)):
        value = getattr(limits, field.name)
        if isinstance(value, (int, float)):
            yield field.name, value


def built_in() -> Policy:
    """The policy that holds where none is given."""
    return msgspec.convert(tomllib.loads(BUILT_IN), Policy)


def parse(text: str, place: str) -> Policy:
    """A policy from TOML, over the built-in one.

    Args:
        text: TOML, with the tables of :class:`Policy` at its top level or in ``[tool.evaltool.gate]``.
        place: the file that the text is from; of a pyproject.toml only that table is looked at.

    Raises:
        InputError: no TOML, or a limit is unknown or out of its range.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{place}: no valid TOML ({error}); correct the file") from None
    inner: Any = data
    for name in ("tool", "evaltool", "gate"):
        inner = inner.get(name) if isinstance(inner, dict) else None
    if inner is None:
        if Path(place).name == "pyproject.toml":  # everything else in it is for others
            return built_in()
        return _over_built_in(data, place, "")
    return _over_built_in(inner, place, "tool.evaltool.gate.")


def load(path: Path | None, folder: Path = Path()) -> tuple[Policy, str]:
    """Read a policy.

    Args:
        path: a TOML file; None looks for ``[tool.evaltool.gate]`` in the folder's ``pyproject.toml`` and otherwise
            takes the built-in policy.
        folder: where to look.

    Returns:
        The policy and where it is from.

    Raises:
        InputError: the file is missing or malformed, or a limit is unknown or out of its range.
    """
    given = path or folder / "pyproject.toml"
    if path is None and not given.is_file():
        return built_in(), "built-in policy"
    try:
        text = given.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{given}: no such policy file; name a TOML file, or leave it out") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{given}: cannot be read ({reason}); name a TOML file in UTF-8") from None
    policy = parse(text, str(given))
    return policy, "built-in policy" if path is None and policy == built_in() else str(given)


def _over_built_in(data: object, place: str, table: str) -> Policy:
    try:
        own = msgspec.convert(data, Policy)
    except msgspec.ValidationError as error:
        text = str(error).partition(" - at `")[0].replace("Object contains unknown field", "unknown name")
        found = re.search(r"`\$\.?([^`]*)`", str(error))
        at = found[1] if found else ""
        where = f"'{table}{at}': " if at else ""
        raise InputError(f"{place}: {where}{text}; {_remedy(text, at, of_a_name='at `key`' in str(error))}") from None
    policy: Policy = merged(built_in(), own)
    return policy


def _remedy(text: str, at: str, *, of_a_name: bool) -> str:
    if "unknown name" in text:
        kinds: dict[str, type[msgspec.Struct]] = {
            "segment": SegmentLimits, "article": Limits, "system": SystemLimits, "baseline": BaselineLimits,
        }  # fmt: skip
        kind = kinds.get(at.rpartition(".")[2], Policy)
        if "categories" in at:
            kind = FlagLimits
        elif kind is Policy and at.startswith(("profiles", "systems")):
            kind = Part
        return f"the names here are {', '.join(f.name for f in msgspec.structs.fields(kind))}"
    if of_a_name:
        names = [*Category] if "categories" in at else [*Profile]
        return f"it is one of {', '.join(names)}"
    return 'give a number in the range of the score, or "off" for no limit'
