"""Scoring of two line-aligned files, as users of sacrebleu know it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from evaltool import __version__, data, metrics, scores
from evaltool.alignment import shifted
from evaltool.evaluate import Evaluator
from evaltool.model import InputError, Segment
from evaltool.mqm import Severity
from evaltool.readers.folder import decoded, read_text

_LOOKED_AT, _TOO_FEW = 200, 5
#: Median cosine of lines that do not belong together; that of renderings of the same lines is above 0.7.
_UNRELATED = 0.25
_TITLES = {"quality": "Quality", "drift": "Drift", "mqm_score": "MQM", "coverage": "Coverage",
           "similarity": "Similarity", "bleu": "BLEU", "chrf": "chrF", "ter": "TER"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """What two files scored.

    Attributes:
        segments: one per line.
        model: id of the model.
    """

    segments: list[Segment]
    model: str

    def values(self) -> dict[str, float | None]:
        """Every score of the file."""
        return scores.document_scores(self.segments)

    def text(self) -> str:
        """One line per score, then the flags by severity and what was not scored."""
        lines = [f"{_TITLES[n]:10} {'-' if v is None else f'{v:.4g}'}" for n, v in self.values().items()]
        counts = {s: sum(f.severity is s for seg in self.segments for f in seg.flags) for s in reversed(Severity)}
        lines.append(f"{'Flags':10} " + ", ".join(f"{n} {severity.value}" for severity, n in counts.items()))
        unscored = [i + 1 for i, s in enumerate(self.segments) if s.quality is None]
        if unscored:
            lines.append(
                f"{'Unscored':10} lines {', '.join(map(str, unscored))}: {self.segments[unscored[0] - 1].reasons}"
            )
        return "\n".join(lines)

    def json(self) -> str:
        """All scores, counts and signatures as one JSON object."""
        out: dict[str, Any] = {
            "scores": self.values(),
            "parts": scores.parts(self.segments),
            "flags": {s.value: sum(f.severity is s for seg in self.segments for f in seg.flags) for s in Severity},
            "segments": len(self.segments),
            "unscored": {i + 1: dict(s.reasons) for i, s in enumerate(self.segments) if s.quality is None},
            "signature": {"evaltool": __version__, "model": self.model, **data.weights(), **metrics.signatures()},
        }
        return msgspec.json.format(msgspec.json.encode(out), indent=1).decode()

    def lines(self) -> Iterator[str]:
        """One JSON object per line of the files."""
        for number, segment in enumerate(self.segments, 1):
            yield msgspec.json.encode({"line": number, **msgspec.to_builtins(segment)}).decode()


def score_files(
    reference: Path, hypothesis: Path | None, profile: str, model: str | None, language: str, encoding: str
) -> Scored:
    """Score line n of one file against line n of the other.

    Args:
        reference: the trusted lines.
        hypothesis: the lines to judge; None reads standard input.
        profile: what the lines are meant to be.
        model: as for Evaluator.
        language: as for Evaluator.
        encoding: utf-8 or cp1252.

    Raises:
        InputError: a file that cannot be read, or files with different numbers of lines.
    """
    ours = lines_of(read_text(reference, encoding))
    theirs = lines_of(
        read_text(hypothesis, encoding) if hypothesis else decoded(sys.stdin.buffer.read(), "standard input", encoding)
    )
    name = str(hypothesis) if hypothesis else "standard input"
    if len(ours) != len(theirs):
        raise InputError(
            f"{name}: has {len(theirs)} lines and {reference} has {len(ours)}; line n must be the rendering of line n"
        )
    evaluator = Evaluator(model, language)
    check_lines(evaluator, ours, theirs, str(reference), name)
    return Scored(evaluator.evaluate_pairs(ours, theirs, profile), evaluator.encoder.id)


def check_lines(evaluator: Evaluator, ours: list[str], theirs: list[str], reference: str, hypothesis: str) -> None:
    """Refuse files whose lines do not belong together, before every line is scored against a wrong one.

    Looks at the first lines only.

    Raises:
        InputError: the lines are shifted against each other, or hardly any corresponds to its counterpart.
    """
    n = min(len(ours), _LOOKED_AT)
    if n < _TOO_FEW:
        return
    vectors = np.stack([e.vector for e in evaluator.encoder.encode([*ours[:n], *theirs[:n]])])
    shift = shifted(vectors[:n], vectors[n:])
    if shift is not None:
        raise InputError(
            f"{hypothesis}: line n renders line n{-shift:+d} of {reference}, for most lines; bring them into step"
        )
    cosines = (vectors[:n] * vectors[n:]).sum(axis=1)
    if float(np.median(cosines)) < _UNRELATED:
        raise InputError(
            f"{hypothesis}: most lines say nothing that their line of {reference} says (median similarity"
            f" {float(np.median(cosines)):.2f}); check that both are the same text in the same language"
        )


def lines_of(text: str) -> list[str]:
    """Lines as sacrebleu counts them: cut at line feeds only, a last empty one not counted."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [line.rstrip("\r") for line in lines]
