"""``evaltool report``: render the HTML report of a finished run again."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("run_folder", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--decisions",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A decisions file that a reviewer exported from the report; may be given several times.",
)
@click.option(
    "--baseline", metavar="RUN", type=click.Path(path_type=Path), help="An earlier run: flags it lacks are marked new."
)
def report(run_folder: Path, decisions: tuple[Path, ...], baseline: Path | None) -> None:
    """Render the HTML report of a finished run again, with the decisions of reviewers.

    The report shows the verdict of the gate where `evaltool gate` left one in the run folder.
    """
    from evaltool.report import html

    click.echo(f"report: {html.render(run_folder, decisions, baseline)}")
