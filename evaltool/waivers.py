"""Waivers: flags that somebody has accepted for a while, with a reason, from a TOML file.

::

    [[waiver]]
    fingerprint = "b5d21e8eab84a205"       # or rule, article and system
    reason = "The agency's own wording, checked with the desk."
    owner = "A. Lind"
    expires = 2026-12-31                   # the last day on which it holds
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from evaltool.decisions import Decision
from evaltool.model import InputError
from evaltool.records import FlagRecord

_Text = Annotated[str, Meta(pattern=r"\S")]


class Waiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One acceptance. It matches the flags that agree with everything it names.

    Attributes:
        reason: why the flag may stay.
        owner: who answers for it.
        expires: the last day on which it holds.
        fingerprint: of the flag; without one, rule, article and system are all named.
        rule: the flag's rule, or None.
        article: its article, or None.
        system: its system, or None.
    """

    reason: _Text
    owner: _Text
    expires: date
    fingerprint: _Text | None = None
    rule: _Text | None = None
    article: _Text | None = None
    system: _Text | None = None

    def matches(self, flag: FlagRecord) -> bool:
        """Whether it is about this flag, expired or not."""
        names = ("fingerprint", "rule", "article", "system")
        return all(getattr(self, name) in (None, getattr(flag, name)) for name in names)

    def expired(self, today: date) -> bool:
        """Whether it holds no more."""
        return today > self.expires

    def __str__(self) -> str:
        names = ("fingerprint", "rule", "article", "system")
        return ", ".join(f"{name} {getattr(self, name)}" for name in names if getattr(self, name) is not None)


class Waivers:
    """Waivers, found by the flag that they are about."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self._by: dict[object, list[Waiver]] = defaultdict(list)
        for waiver in waivers:
            self._by[waiver.fingerprint or (waiver.rule, waiver.article, waiver.system)].append(waiver)

    def of(self, flag: FlagRecord) -> list[Waiver]:
        """The waivers that match a flag, expired or not."""
        keys: tuple[object, ...] = (flag.fingerprint, (flag.rule, flag.article, flag.system))
        return [waiver for key in keys for waiver in self._by.get(key, ()) if waiver.matches(flag)]


def parse(text: str, place: str) -> tuple[Waiver, ...]:
    """Waivers from TOML.

    Args:
        text: TOML with ``[[waiver]]`` tables.
        place: where the text is from, for messages.

    Raises:
        InputError: no TOML, or a waiver names too little, or lacks reason, owner or expiry date.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{place}: no valid TOML ({error}); correct the file") from None
    if unknown := sorted(set(data) - {"waiver"}):
        raise InputError(f"{place}: unknown name {unknown[0]!r}; waivers stand in [[waiver]] tables")
    entries = data.get("waiver", [])
    if not isinstance(entries, list):
        raise InputError(f"{place}: 'waiver' is one table; write [[waiver]] with two brackets")
    return tuple(_waiver(entry, f"{place}, waiver {number}") for number, entry in enumerate(entries, 1))


def read(paths: Iterable[Path]) -> tuple[Waiver, ...]:
    """Read waiver files.

    Raises:
        InputError: a file is missing or malformed.
    """
    found: list[Waiver] = []
    for path in paths:
        try:
            found += parse(path.read_text(encoding="utf-8-sig"), str(path))
        except FileNotFoundError:
            raise InputError(
                f"{path}: no such waivers file; name one, or make one with `evaltool gate RUN --write-waivers FILE`"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise InputError(f"{path}: cannot be read ({reason}); name a TOML file in UTF-8") from None
    return tuple(found)


def template(failing: Sequence[FlagRecord], rejected: Sequence[tuple[FlagRecord, Decision]], expires: date) -> str:
    """A waiver file to edit.

    Args:
        failing: flags that fail the gate; reason and owner are left empty, which no gate accepts.
        rejected: flags that reviewers called false alarms; their decision gives reason and owner.
        expires: the expiry date of all.

    Returns:
        TOML.
    """
    lines = [
        "# Waivers for `evaltool gate --waivers`. Keep what may stay, say why and who answers for it, delete the rest."
    ]
    for flag, decision in [*((flag, None) for flag in failing), *rejected]:
        sides = (("variant", flag.variant_text), ("reference", flag.reference_text))
        lines += ["", "[[waiver]]", *(f"# {_comment(line)}" for line in (f"{flag.severity}: {flag.message}",))]
        lines += [f"# {side}: {_comment(text)}" for side, text in sides if text]
        for name in ("fingerprint", "rule", "article", "system"):
            lines.append(f"{name} = {_quoted(getattr(flag, name))}")
        lines.append(f"reason = {_quoted(decision.reason if decision else '')}")
        lines.append(f"owner = {_quoted(decision.by if decision else '')}")
        lines.append(f"expires = {expires.isoformat()}")
    return "\n".join(lines) + "\n"


def _waiver(entry: Any, place: str) -> Waiver:
    try:
        waiver = msgspec.convert(entry, Waiver)
    except msgspec.ValidationError as error:
        found = re.search(r"`\$\.([^`]*)`", str(error))
        text = str(error).partition(" - at `")[0]
        if found and "matching regex" in text:
            raise InputError(f"{place}: '{found[1]}' is empty; {_REMEDIES.get(found[1], 'fill it in')}") from None
        where = f"'{found[1]}': " if found else ""
        raise InputError(f"{place}: {where}{text}; {_REMEDIES.get(found[1] if found else '', _NAMES)}") from None
    if waiver.fingerprint is None and None in (waiver.rule, waiver.article, waiver.system):
        raise InputError(f"{place}: names too little; give a fingerprint, or rule, article and system")
    return waiver


_NAMES = f"a waiver has {', '.join(f.name for f in msgspec.structs.fields(Waiver))}"
_REMEDIES = {
    "reason": "say why the flag may stay",
    "owner": "say who answers for it",
    "expires": "give the last day on which it holds, such as 2026-12-31, without quotes",
}


def _comment(text: str) -> str:
    """A text from input on one line without control characters, which TOML allows nowhere."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _quoted(text: str) -> str:
    """A TOML basic string."""
    special = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(special.get(c) or (c if c.isprintable() else _escape(c)) for c in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"  # half a character: no TOML can carry it
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
