"""`evaltool gate`: may this release go out?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaltool.model import InputError

if TYPE_CHECKING:
    from evaltool.records import RunFolder
    from evaltool.verdict import Verdict

_FILE = click.Path(path_type=Path)
#: How long a waiver that `--write-waivers` writes holds.
_DAYS = 30


@click.command()
@click.argument("run_folder", metavar="RUN", required=False, type=_FILE)
@click.option("--policy", "policy_file", type=_FILE, help="TOML with limits that change the built-in ones.")
@click.option("--print-policy", is_flag=True, help="Print the built-in limits as TOML, and nothing else.")
@click.option("--baseline", "baseline_folder", metavar="RUN", type=_FILE, help="The last accepted run.")
@click.option(
    "--allow-different",
    "allowed",
    multiple=True,
    type=click.Choice(["model", "weights", "settings", "references", "tool"]),
    help="Compare with the baseline although this differs; may be repeated.",
)
@click.option("--waivers", "waiver_files", multiple=True, type=_FILE, help="TOML of accepted flags; may be repeated.")
@click.option("--strict-waivers", is_flag=True, help="Fail on waivers that match no flag.")
@click.option("--write-waivers", type=_FILE, help="Write the failing flags to a new file of waivers to edit.")
@click.option("--decisions", "decision_files", multiple=True, type=_FILE, help="Decisions exported from the report.")
@click.option("--system", "systems", multiple=True, help="Judge this system only; may be repeated.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that waivers are held against.")
@click.option("--json", "json_file", type=_FILE, help="Write the verdict as JSON.")
@click.option("--junit", type=_FILE, help="Write it as JUnit XML.")
@click.option("--sarif", type=_FILE, help="Write the flags as SARIF 2.1.0.")
@click.option(
    "--sarif-level",
    type=click.Choice(["note", "warning", "error"]),
    default="error",
    show_default=True,
    help="The highest level that a SARIF result has.",
)
@click.option("--markdown", type=_FILE, help="Write a summary for a pull request.")
@click.option(
    "--markdown-size",
    type=click.IntRange(min=1000),
    default=60_000,
    show_default=True,
    help="Most characters of that summary.",
)
@click.option("--github", is_flag=True, help="Print GitHub workflow commands, which annotate the variants.")
@click.option("-v", "--verbose", is_flag=True, help="List the criteria that hold, too.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors and workflow commands.")
@click.pass_context
def gate(
    context: click.Context,
    run_folder: Path | None,
    policy_file: Path | None,
    print_policy: bool,
    baseline_folder: Path | None,
    allowed: tuple[str, ...],
    waiver_files: tuple[Path, ...],
    strict_waivers: bool,
    write_waivers: Path | None,
    decision_files: tuple[Path, ...],
    systems: tuple[str, ...],
    today: datetime | None,
    json_file: Path | None,
    junit: Path | None,
    sarif: Path | None,
    sarif_level: str,
    markdown: Path | None,
    markdown_size: int,
    github: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Decide whether a release may go out.

    RUN is the folder that `evaltool run` wrote. Exit code: 0 passed, 1 failed, 2 could not be decided.
    """
    from evaltool import changes, decisions, policy, records, waivers
    from evaltool import gate as gating
    from evaltool.report import gate_text
    from evaltool.report import github as workflow

    if print_policy:
        click.echo(policy.BUILT_IN, nl=False)
        return
    if run_folder is None:
        raise InputError("no run folder; name the one that `evaltool run` wrote, such as reports/latest")
    outputs = {"json": json_file, "junit": junit, "sarif": sarif, "markdown": markdown}
    inputs = [policy_file, *waiver_files, *decision_files]
    inputs += [folder / name for folder in (run_folder, baseline_folder) if folder for name in records.FILES]
    _clear([path for path in outputs.values() if path], {path.resolve() for path in inputs if path})
    if write_waivers is not None and write_waivers.exists():
        raise InputError(f"{write_waivers}: is there already and may hold waivers; name a new file")
    limits, _ = policy.load(policy_file)
    known = waivers.read(waiver_files)
    decided = decisions.read(decision_files)
    run = records.read(run_folder)
    baseline = None if baseline_folder is None else records.read(baseline_folder)
    day = today.date() if today else date.today()
    verdict = gating.decide(
        run,
        limits,
        today=day,
        baseline=baseline,
        waivers=known,
        decided=decided,
        systems=systems,
        allowed=[changes.Ground(name) for name in allowed],
        strict_waivers=strict_waivers,
    )
    if not quiet:
        for line in gate_text.lines(run, verdict, everything=verbose):
            click.echo(line)
    if github:
        for command in workflow.commands(run, verdict, Path.cwd()):
            click.echo(command)
    for kind, path in outputs.items():
        if path is not None:
            _write(path, _document(kind, run, verdict, baseline, day, sarif_level, markdown_size))
    if write_waivers is not None:
        flags, false_alarms = gating.failing(verdict), gating.rejected(verdict)
        _write(write_waivers, waivers.template(flags, false_alarms, day + timedelta(days=_DAYS)).encode())
        if not quiet:
            click.echo(f"waivers to edit: {write_waivers} ({len(flags) + len(false_alarms)})")
    context.exit(verdict.outcome.exit_code)


def _document(
    kind: str,
    run: RunFolder,
    verdict: Verdict,
    baseline: RunFolder | None,
    day: date,
    level: str,
    size: int,
) -> bytes:
    from evaltool.report import gate_text
    from evaltool.report import junit as junit_xml
    from evaltool.report import markdown as summary
    from evaltool.report import sarif as sarif_log

    if kind == "json":
        return gate_text.as_json(run, verdict, baseline)
    if kind == "junit":
        return junit_xml.document(run, verdict, day)
    if kind == "sarif":
        return sarif_log.document(run, verdict, Path.cwd(), sarif_log.Level(level))
    return summary.document(run, verdict, size).encode("utf-8", "replace")


def _clear(outputs: Sequence[Path], inputs: Collection[Path]) -> None:
    """Remove what an earlier gate wrote, so that no old verdict is taken for this one."""
    for path in outputs:
        if path.resolve() in inputs:
            raise InputError(f"{path}: is read by the gate; name another file to write")
        if path.is_file():
            path.unlink()


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); name a file in a folder that exists") from None
