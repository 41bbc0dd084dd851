"""`evaltool compare`: runs or systems beside each other, as text, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaltool.cli._text import one_line
from evaltool.model import InputError

if TYPE_CHECKING:
    from evaltool.compare import Comparison, Moved, Report, ScoreChange
    from evaltool.records import FlagRecord

#: name -> (heading, decimals)
_SCORES = {
    "quality": ("quality", 1), "drift": ("drift", 3), "mqm_score": ("MQM", 1), "coverage": ("coverage", 3),
    "similarity": ("similarity", 3), "bleu": ("BLEU", 1), "chrf": ("chrF", 1), "ter": ("TER", 1),
}  # fmt: skip
_HEADINGS = ("score", "baseline", "candidate", "difference", "95% interval", "p", "corrected", "effect", "verdict")


@click.command()
@click.argument("runs", metavar="RUN [RUN]...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--systems", "within", is_flag=True, help="Compare also the systems within each run.")
@click.option("--baseline", metavar="SYSTEM", help="Within each run, compare the other systems with this one only.")
@click.option("--anyway", is_flag=True, help="Compare runs that are not comparable.")
@click.option("--most", type=click.IntRange(0), default=5, show_default=True, help="How many of a list are shown.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
def compare(runs: tuple[Path, ...], within: bool, baseline: str | None, anyway: bool, most: int, form: str) -> None:
    """Show what changed between runs: scores with significance, flags new, fixed, still there.

    Every later RUN is compared with the first one, system by system; a single RUN, its systems with each other.
    Differences are tested over articles, or over the segments where there is one article.
    """
    from evaltool import compare as comparing
    from evaltool import records

    names = [str(path) for path in runs]
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputError(f"{twice[0]}: given twice; name each run once")
    report = comparing.compare(
        {name: records.read(path) for name, path in zip(names, runs, strict=True)},
        within=within or baseline is not None,
        baseline=baseline,
        anyway=anyway,
        most=most,
    )
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(report), indent=1))
    else:
        click.echo("\n".join(lines(report, most, markdown=form == "markdown")))


def lines(report: Report, most: int, *, markdown: bool) -> Iterator[str]:
    """A report as lines of text or of Markdown."""
    head, item = ("## ", "- ") if markdown else ("", "  ")
    for title, notes in (("Not comparable", report.not_comparable), ("Missing", report.missing)):
        if notes:
            yield from (f"{head}{title}:", *([""] if markdown else []))
            yield from (item + _shown(note, markdown) for note in notes)
            yield ""
    pairs = len(report.comparisons)
    for comparison in report.comparisons:
        yield from _comparison(comparison, pairs, most, markdown)
    corrected = ", corrected for the number of pairs of systems (Holm)" if pairs > 1 else ""
    yield f"p: approximate randomisation{corrected}; interval: paired bootstrap. Lower is better for drift and TER."


def _comparison(comparison: Comparison, pairs: int, most: int, markdown: bool) -> Iterator[str]:
    head, sub, item = ("## ", "### ", "- ") if markdown else ("", "", "  ")
    sides = (comparison.baseline, comparison.candidate)
    profiles = len({side.profile for side in sides}) > 1
    names = [f"{side.run} / {side.system}" + f" as {side.profile}" * profiles for side in sides]
    yield head + " → ".join(_shown(name, markdown) for name in names)
    yield ""
    flags = comparison.flags
    if not any(score.paired.changed for score in comparison.scores) and not (flags.new or flags.fixed or flags.worse):
        yield from (f"nothing changed ({_counted(len(comparison.articles), 'article')})", "")
        return
    rows = [list(_HEADINGS), *(_row(score) for score in comparison.scores)]
    if pairs == 1:
        rows = [[cell for place, cell in enumerate(row) if _HEADINGS[place] != "corrected"] for row in rows]
    yield from _markdown_table(rows) if markdown else _text_table(rows)
    units = max(score.paired.units for score in comparison.scores)
    yield from ("", f"{_counted(len(comparison.articles), 'article')}, tested over {units} {comparison.over}", "")
    for title, moved in (("Articles", comparison.articles_moved), ("Segments", comparison.segments_moved)):
        if moved:
            yield from (f"{sub}{title} that differ most", *([""] if markdown else []))
            yield from (item + _shown(_moved(one), markdown) for one in moved)
            yield ""
    words = ("new", "fixed", "still there")
    if sides[0].run == sides[1].run:
        words = ("only in the candidate", "only in the baseline", "in both")
    counts = (len(flags.new), len(flags.fixed), flags.still)
    yield f"{sub}Flags: " + ", ".join(f"{n} {word}" for n, word in zip(counts, words, strict=True))
    yield from [""] if markdown else []
    for word, own in ((words[0], flags.new), (words[1], flags.fixed), ("more serious now", flags.worse)):
        yield from (item + _shown(_flag(word, flag), markdown) for flag in own[:most])
        if len(own) > most:
            yield f"{item}and {len(own) - most} more {word}"
    yield ""


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'s' * (n != 1)}"


def _row(score: ScoreChange) -> list[str]:
    heading, digits = _SCORES[score.name]
    paired = score.paired
    low, high = (_number(value, digits, "+") for value in (paired.low, paired.high))
    return [
        heading,
        _number(paired.baseline, digits),
        _number(paired.candidate, digits),
        _number(paired.difference, digits, "+"),
        f"{low} to {high}" if paired.low is not None else "-",
        "-" if paired.difference is None else f"{paired.p_value:.4f}",
        "-" if paired.difference is None else f"{score.p_corrected:.4f}",
        _number(paired.effect, 2, "+"),
        score.verdict,
    ]


def _number(value: float | None, digits: int, sign: str = "") -> str:
    if value is None:
        return "-"
    return f"{round(value, digits) + 0.0:{sign}.{digits}f}"  # no negative zero


def _moved(moved: Moved) -> str:
    (before, after), (drift, later) = moved.quality, moved.drift
    change = f"quality {before:.1f} to {after:.1f}, drift {drift:.2f} to {later:.2f}"
    if not (moved.baseline_segments or moved.candidate_segments):
        return f"{moved.article}: {change}"
    indexes = [",".join(map(str, own)) or "none" for own in (moved.baseline_segments, moved.candidate_segments)]
    place = f"segment {indexes[0]}" if indexes[0] == indexes[1] else f"segment {indexes[0]} to {indexes[1]}"
    return f"{moved.article}, {place}: {change}: {_cut(moved.reference_text or moved.candidate_text)}"


def _flag(word: str, flag: FlagRecord) -> str:
    place = flag.article if flag.segment is None else f"{flag.article}, segment {flag.segment}"
    return f"{word}: {flag.severity.value} {flag.rule} ({place}): {_cut(flag.message, 120)}"


def _cut(text: str, longest: int = 60) -> str:
    text = one_line(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _shown(text: str, markdown: bool) -> str:
    """A text from input, on one line, and without meaning as Markdown or HTML where that is written."""
    text = one_line(text)
    if markdown:
        text = "".join("\\" + c if c in r"\`*_{}[]()<>#+!|~&" else c for c in text)
    return text


def _text_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    last = len(widths) - 1
    for row in rows:
        cells = (c.ljust(w) if i in (0, last) else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        yield "  ".join(cells).rstrip()


def _markdown_table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for place, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if place == 0:
            yield f"|{'|'.join('---' for _ in row)}|"
