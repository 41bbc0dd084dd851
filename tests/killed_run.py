"""Kills a run at every one of its file operations, and prints what the gate says of the folder it leaves.

Each run is a process of its own, ended by SIGKILL, over the folder of an earlier run that passes. Only the model is
replaced: the evaluations are made up, so that dozens of runs take seconds.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from evaltool import gate, metrics, policy, records, summary
from evaltool import run as runner
from evaltool.model import Document, Evaluation, InputError, Kind, Profile, Role, Segment, Span
from evaltool.report import html
from evaltool.settings import Settings

TEXT = "The river rose overnight. "
FILES = ("run.json", "summary.json", "segments.jsonl", "flags.jsonl", "index.html")
OPERATIONS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class NoEncoder:
    """Stands where the model would be."""

    id = "none"
    sha256 = "0" * 64

    def __init__(self, model: str | None) -> None: ...

    def check(self) -> None:
        """Nothing to check."""


def evaluations(articles: list[Any], settings: Settings) -> Iterator[tuple[str, str, Evaluation]]:
    """One flawless evaluation for each variant."""
    span = Span(0, len(TEXT) - 1)
    segment = Segment(
        (0,), (0,), span, span, span.of(TEXT), span.of(TEXT), Kind.MATCH, similarity=1.0, drift=0.0, quality=100.0,
        bleu=100.0, chrf=100.0, ter=0.0, reference_words=4, variant_words=4, content_words=3, covered_words=3,
    )  # fmt: skip
    scores = {"quality": 100.0, "drift": 0.0, "mqm_score": 100.0, "coverage": 1.0}
    for article in articles:
        document = Document(TEXT, (span,), (Role.BODY,))
        yield article.name, "a", Evaluation(document, document, Profile.TRANSLATION, (segment,), (), scores, {})


def run(settings: Settings) -> None:
    """What `evaltool run` does."""
    runner.run(settings, finish=lambda out: html.render(out, run_file=runner.UNFINISHED))


def killed(settings: Settings, at: int) -> bool:
    """Run in a process that is killed before its nth operation in the run folder; whether that came."""
    child = os.fork()
    if child == 0:
        count = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            if event in OPERATIONS and str(arguments[0]).startswith(settings.out):
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            run(settings)
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise SystemExit("a run failed by itself")
    return os.WIFSIGNALED(status)


def said(folder: Path, earlier: Path) -> str:
    """What the gate says: an outcome, or "refused"; "untouched" where all of the earlier run is still there."""
    if all(
        (folder / name).is_file() and (folder / name).read_bytes() == (earlier / name).read_bytes() for name in FILES
    ):
        return "untouched"
    try:
        return gate.decide(records.read(folder), policy.built_in(), today=date(2026, 11, 22)).outcome.value
    except InputError:
        return "refused"


def main(work: Path) -> None:
    """Kill at the first operation, the second, and so on, until a run ends by itself."""
    for name in ("reference", "seeds"):
        (work / name).mkdir()
    (work / "reference" / "one.txt").write_text(TEXT, encoding="utf-8")
    (work / "seeds" / "a.txt").write_text(TEXT, encoding="utf-8")
    runner.Encoder = NoEncoder  # type: ignore[assignment,misc]
    runner._evaluations = evaluations  # type: ignore[assignment]
    summary.RESAMPLES = 2
    out = work / "out"
    settings = Settings(reference=str(work / "reference"), variants=str(work / "seeds"), out=str(out))
    run(settings)
    shutil.copytree(out, work / "earlier")
    answers = []
    for at in range(1, 1000):
        shutil.rmtree(out)
        shutil.copytree(work / "earlier", out)
        alive = not killed(settings, at)
        answers.append(said(out, work / "earlier"))
        if alive:
            break
    sys.stdout.write(json.dumps(answers))


if __name__ == "__main__":
    metrics.signatures()  # imports what every run would import anew
    main(Path(sys.argv[1]))
