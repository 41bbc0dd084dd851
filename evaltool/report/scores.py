"""How each score is named, explained and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaltool.records import ScoreRecord


@dataclass(frozen=True, slots=True)
class ScoreKind:
    """One score as the page knows it.

    Attributes:
        name: its key in the run folder.
        label: its heading.
        meaning: one sentence for the legend.
        decimals: digits behind the point.
        top: the value of a perfect or a worst text; never shown for a value that only rounds to it.
        percent: whether a share is written in percent.
    """

    name: str
    label: str
    meaning: str
    decimals: int
    top: float = 100
    percent: bool = False


# The columns of the tables, in order.
COLUMNS = (
    ScoreKind(
        "quality",
        "Quality",
        "0–100, higher is better. All errors counted, also fluency and form; 100: nothing wrong.",
        1,
    ),
    ScoreKind(
        "drift",
        "Drift",
        "0–1, lower is better. Probability that a careful reviewer would mark a major or critical meaning error; "
        "0: same meaning.",
        2,
        top=1,
    ),
    ScoreKind(
        "mqm_score",
        "MQM",
        "0–100, higher is better. 100 minus the penalty points per 100 words of the reference "
        "(critical 25, major 5, minor 1, neutral 0).",
        1,
    ),
    ScoreKind(
        "coverage",
        "Coverage",
        "0–100%, higher is better. Share of the reference that the variant holds.",
        1,
        percent=True,
    ),
    ScoreKind(
        "bleu", "BLEU", "0–100, higher is better. Word sequences in common with the reference; low for free wording.", 1
    ),
    ScoreKind("chrf", "chrF", "0–100, higher is better. Character sequences in common with the reference.", 1),
    ScoreKind("ter", "TER", "From 0, lower is better. Word edits that turn the variant into the reference.", 1),
)
CERTAINTY = ScoreKind("certainty", "Certainty", "0–1. How sure the alignment of this segment is.", 2, top=1)
_BY_NAME = {kind.name: kind for kind in COLUMNS}
# What quality and drift are made of, with one sentence each for the legend; the names are those of the run folder.
PARTS = (
    ("findings", "The flags, by their severity and by what they are about."),
    ("facts", "Numbers, names and negations that only one side has, flagged or not."),
    ("judged words", "How likely a learned judge holds the words to be wrong, added, lost or misshapen."),
    ("similarity", "How far words and sentences are from the reference’s in meaning, as the language model sees it, "
     "in length and in order."),
    ("wording", "How far the letters differ from the reference’s (chrF), whatever they mean."),
)  # fmt: skip
# A part below this share of all is not named.
_SMALL = 0.05
SEGMENT_COLUMNS = (_BY_NAME["drift"], _BY_NAME["quality"], _BY_NAME["chrf"], CERTAINTY)


@dataclass(frozen=True, slots=True)
class Cell:
    """A score as it is printed.

    Attributes:
        kind: which score.
        text: the value, or a dash.
        interval: the confidence interval, or "".
        value: what a table sorts by; None where there is no value.
        reason: why there is no value, or "".
    """

    kind: ScoreKind
    text: str
    interval: str = ""
    value: float | None = None
    reason: str = ""


def written(kind: ScoreKind, value: float) -> str:
    """A value in digits; one that is not perfect is never rounded to perfect."""
    value = 100 * value if kind.percent else value
    top, step = kind.top, 10**-kind.decimals
    text = f"{value:.{kind.decimals}f}"
    if float(text) == 0 and value > 0:
        text = f"<{step:.{kind.decimals}f}"
    elif float(text) == top and value < top:
        text = f">{top - step:.{kind.decimals}f}"
    return text + "%" * kind.percent


def cell(kind: ScoreKind, score: ScoreRecord | None) -> Cell:
    """The cell of a score; a missing one is a dash with its reason."""
    if score is None or score.value is None:
        return Cell(kind, "–", reason=(score and score.reason) or "not in the run folder")
    interval = ""
    if score.low is not None and score.high is not None:
        interval = f"{written(kind, score.low)}–{written(kind, score.high)}"
    return Cell(kind, written(kind, score.value), interval, score.value)


def made_of(
    quality: float | None, quality_parts: Mapping[str, float], drift: float | None, drift_parts: Mapping[str, float]
) -> str:
    """What quality and drift are made of, in one line, the largest parts first; "" where there is nothing to tell."""
    lines = (
        _made_of(_BY_NAME["quality"], quality, quality_parts, "−"),
        _made_of(_BY_NAME["drift"], drift, drift_parts, "+"),
    )
    return "; ".join(line for line in lines if line)


def _made_of(kind: ScoreKind, value: float | None, parts: Mapping[str, float], sign: str) -> str:
    if value is None:
        return ""
    least = _SMALL * sum(parts.values())
    by_size = sorted(parts.items(), key=lambda one: (-one[1], one[0]))
    named = [
        f"{group} {sign}{part:.{kind.decimals}f}"
        for group, part in by_size
        if part >= least and round(part, kind.decimals) > 0
    ]
    return f"{kind.label} {written(kind, value)}: {', '.join(named)}" if named else ""
