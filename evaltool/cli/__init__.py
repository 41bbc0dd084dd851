"""The command line: parse, call, print, exit code (0 done, 2 wrong usage or input; the gate's 1 is a failed gate)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from evaltool import __version__
from evaltool.cli._text import one_line
from evaltool.cli.compare import compare
from evaltool.cli.gate import gate
from evaltool.cli.report import report
from evaltool.cli.rules import rules
from evaltool.model import InputError, Profile

_PROFILE = click.Choice([p.value for p in Profile])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="evaltool")
def evaltool() -> None:
    """Find meaning errors in machine-translated or paraphrased text, against a reference."""


evaltool.add_command(compare)
evaltool.add_command(gate)
evaltool.add_command(report)
evaltool.add_command(rules)


@evaltool.command()
@click.argument("config", required=False, type=click.Path(path_type=Path))
@click.option("--reference", help="Folder of reference articles.")
@click.option("--variants", help="Folder of variants: <system>.txt, or <article>/<system>.txt.")
@click.option("--out", help="Run folder to write.")
@click.option("--model", help="A sentence-transformers folder or name; the embedded model otherwise.")
@click.option("--profile", type=_PROFILE, help="What variants are meant to be, where the settings do not say.")
@click.option("--encoding", help="Encoding of the input: utf-8 or cp1252.")
@click.option("--language", help="Language of the articles, as an ISO 639-1 code.")
@click.option("--workers", type=int, help="Processes that evaluate side by side.")
@click.option("--tables", help="Write segments and flags also as csv,parquet.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def run(config: Path | None, tables: str | None, quiet: bool, **options: object) -> None:
    """Evaluate every variant; write a run folder and its HTML report.

    CONFIG is a TOML file; without it, [tool.evaltool] of ./pyproject.toml is used where there is one. Without any
    settings, reference/ is evaluated against seeds/ into reports/latest/.
    """
    from evaltool import settings as settings_module

    given = {name: value for name, value in options.items() if value is not None}
    if tables is not None:
        given["tables"] = [name.strip() for name in tables.split(",") if name.strip()]
    settings = settings_module.load(config, given)
    from evaltool import run as runner
    from evaltool.report import html

    with _Progress(quiet) as progress:
        out = runner.run(settings, progress, lambda folder: html.render(folder, run_file=runner.UNFINISHED))
    import msgspec

    summary = msgspec.json.decode((out / "summary.json").read_bytes())
    for failure in msgspec.json.decode((out / "run.json").read_bytes())["failures"]:
        name = " / ".join(part for part in (failure["article"], failure["system"]) if part)
        click.echo(one_line(f"not evaluated: {name}: {failure['reason']}"), err=True)
    if not quiet:
        click.echo(table(summary["systems"]))
        rules = sorted({rule for row in summary["articles"] for rule in row["not_applied"]})
        if rules:
            click.echo(f"rules not applied to all of it (the report says why): {', '.join(rules)}")
        click.echo(f"report: {out / 'index.html'}")


@evaltool.command()
@click.argument("reference", type=click.Path(path_type=Path))
@click.option(
    "-i", "--input", "hypothesis", type=click.Path(path_type=Path), help="The hypotheses; standard input otherwise."
)
@click.option("--profile", type=_PROFILE, default=Profile.TRANSLATION.value, show_default=True)
@click.option("--model", help="A sentence-transformers folder or name; the embedded model otherwise.")
@click.option("--language", default="en", show_default=True, help="ISO 639-1 code of both files.")
@click.option("--encoding", type=click.Choice(["utf-8", "cp1252"]), default="utf-8", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--segments", is_flag=True, help="Print one JSON object per line of the files, with its flags.")
def score(
    reference: Path,
    hypothesis: Path | None,
    profile: str,
    model: str | None,
    language: str,
    encoding: str,
    form: str,
    segments: bool,
) -> None:
    """Score two line-aligned files: line n of the input against line n of REFERENCE."""
    from evaltool import score as scoring

    result = scoring.score_files(reference, hypothesis, profile, model, language, encoding)
    if segments:
        for line in result.lines():
            click.echo(line)
    else:
        click.echo(result.json() if form == "json" else result.text())


_COLUMNS = (("quality", "quality", 1), ("drift", "drift", 3), ("mqm_score", "MQM", 1), ("coverage", "coverage", 2),
            ("bleu", "BLEU", 1), ("chrf", "chrF", 1), ("ter", "TER", 1))  # fmt: skip


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The systems' scores and flag counts as aligned text."""
    lines = [["system", *(title for _, title, _ in _COLUMNS), "critical", "major", "minor"]]
    for row in rows:
        unscored = f" ({row['unscored_articles']} of {row['articles']} not scored)" if row["unscored_articles"] else ""
        cells = [one_line(row["system"]) + unscored]
        for name, _, digits in _COLUMNS:
            value = row["scores"][name]["value"]
            cells.append("-" if value is None else f"{value:.{digits}f}")
        cells += [str(row["severities"][name]) for name in ("critical", "major", "minor")]
        lines.append(cells)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


class _Progress:
    """Progress on standard error: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Any = None

    def __enter__(self) -> _Progress:
        return self

    def __call__(self, done: int, total: int, name: str) -> None:
        if self._quiet:
            return
        if not sys.stderr.isatty():
            click.echo(f"{done}/{total} {one_line(name)}", err=True)
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, file=sys.stderr, item_show_func=lambda item: item or "")
            self._bar.__enter__()
        self._bar.update(1, one_line(name))

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; an error is one line on standard error and exit code 2."""
    try:
        code = evaltool.main(args=arguments, prog_name="evaltool", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 0
    except click.ClickException as error:
        code = _fail(error.format_message())
    except InputError as error:
        code = _fail(str(error))
    except click.Abort:
        code = _fail("interrupted; what was written so far is not a finished run")
    except SystemExit as end:  # click ends so when the output is closed; 1 means a failed gate and nothing else
        code = _fail("the output was closed before everything was printed") if end.code == 1 else end.code
    except BrokenPipeError:
        code = _fail("the output was closed before everything was printed")
    except Exception as error:  # a defect: one line for the user, never a traceback
        code = _fail(f"internal error, please report it with the input: {type(error).__name__}: {error}")
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> int:
    click.echo("evaltool: " + one_line(message), err=True)
    return 2
