"""The gate's verdict as GitHub workflow commands: annotations on the lines of the variants, the worst first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from evaltool.records import RunFolder
from evaltool.report.places import Places, quoted
from evaltool.report.visible import plain
from evaltool.verdict import State, Verdict, plural


def commands(run: RunFolder, verdict: Verdict, root: PurePath, most: int = 50) -> Iterator[str]:
    """One workflow command a line.

    Args:
        run: the judged run.
        verdict: the verdict on it.
        root: the folder that files are named relative to.
        most: annotations to print; the number of those left out is told in a last one.
    """
    every = list(_all(run, verdict, root))
    yield from every[:most]
    if len(every) > most:
        yield _command("notice", f"{plural(len(every) - most, 'annotation')} more in the report", title="evaltool gate")


def _all(run: RunFolder, verdict: Verdict, root: PurePath) -> Iterator[str]:
    places = Places(run)
    shown: set[int] = set()
    for problem in verdict.problems:
        yield _command("error", problem, title="evaltool gate: undecided")
    for criterion in (*verdict.of(State.BROKEN), *verdict.of(State.UNDECIDED)):
        title = f"{criterion.place}: {criterion.title}"
        flags = [flag for flag in criterion.flags if id(flag) not in shown]
        if not criterion.flags or not flags:
            yield _command("error", criterion.reason, title=title)
        for flag in flags:
            shown.add(id(flag))
            place = places.variant(flag)
            where = {"file": _relative(place.file, root)}
            if place.start and place.end:
                where |= {"line": str(place.start[0]), "endLine": str(place.end[0])}
                if place.start[0] == place.end[0]:  # columns are for annotations within one line
                    where |= {"col": str(place.start[1]), "endColumn": str(place.end[1])}
            message = f"{flag.message}\n{quoted(flag)} ({flag.rule}, {flag.fingerprint})\n{criterion.reason}"
            yield _command("error", message, **where, title=f"{flag.severity} {flag.category} in {flag.system}")
    for missing in verdict.unevaluated:
        yield _command("warning", missing.reason, title=f"{missing.system} / {missing.article}: no score")


def _relative(file: str, root: PurePath) -> str:
    path = PurePath(file)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _command(kind: str, message: str, **properties: str) -> str:
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {named}::{_data(message)}"


def _data(text: str) -> str:
    """A message, escaped as the runner unescapes it."""
    return plain(text.replace("\r", "\n")).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property, which in addition ends at a colon or comma."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
