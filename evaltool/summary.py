"""Evaluations to the rows of summary.json: every score with its 95% interval, flag counts, what was not scored.

Intervals are percentile bootstraps (Efron and Tibshirani 1993) with fixed seeds: over articles where a row has several,
over segments where it has one. BLEU, chrF and TER have sacrebleu's own bootstrap over segments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaltool import metrics, scores
from evaltool.model import Evaluation, Kind
from evaltool.mqm import Category, Severity

RESAMPLES = 1000
INTERVAL = (
    f"95%, {RESAMPLES} bootstrap resamples with fixed seeds: over articles where a row has several, otherwise over"
    " segments; BLEU, chrF and TER: over segments"
)


@dataclass(frozen=True, slots=True)
class Result:
    """One evaluated variant and where it belongs."""

    article: str
    system: str
    evaluation: Evaluation


def summarise(results: Iterable[Result]) -> dict[str, Any]:
    """The content of summary.json: one row per system, one per article and system, both sorted by name."""
    ordered = sorted(results, key=lambda r: (r.article, r.system))
    systems = sorted({result.system for result in ordered})
    return {
        "schema_version": 1,
        "interval": INTERVAL,
        "systems": [_row(None, name, [r for r in ordered if r.system == name]) for name in systems],
        "articles": [_row(result.article, result.system, [result]) for result in ordered],
    }


def _row(article: str | None, system: str, results: Sequence[Result]) -> dict[str, Any]:
    segments = [(r, index, s) for r in results for index, s in enumerate(r.evaluation.segments)]
    flags = [flag for _, _, s in segments for flag in s.flags]
    profiles = sorted({r.evaluation.profile.value for r in results})
    not_applied: dict[str, str] = {}
    for result in results:
        not_applied |= result.evaluation.not_applied
    return {
        "article": article,
        "system": system,
        "profile": ", ".join(profiles),
        "articles": len(results),
        "unscored_articles": sum(r.evaluation.mismatch is not None for r in results),
        "reference_words": sum(s.reference_words for _, _, s in segments),
        "segments": {kind.value: sum(s.kind is kind for _, _, s in segments) for kind in Kind},
        "scores": _scores(results),
        "parts": scores.parts(s for _, _, s in segments),
        "severities": {v.value: sum(f.severity is v for f in flags) for v in reversed(Severity)},
        "categories": {c.value: n for c in Category if (n := sum(f.category is c for f in flags))},
        "not_applied": not_applied,
        "unscored": [
            {"article": r.article, "segment": index, "name": name, "reason": reason}
            for r, index, s in segments
            for name, reason in s.reasons.items()
            if name in ("drift", "quality")
        ],
    }


def _scores(results: Sequence[Result]) -> dict[str, dict[str, float | str | None]]:
    per_segment = [[scores.sums(s) for s in r.evaluation.segments] for r in results]
    units = [scores.added(own) for own in per_segment] if len(results) > 1 else per_segment[0]
    total = scores.added(units)
    out: dict[str, dict[str, float | str | None]] = {}
    for name in scores.RATIOS:
        value = scores.ratio(name, *total[name])
        low, high = _interval(name, units) if value is not None else (None, None)
        out[name] = _score(value, low, high)
    texts = [scores.compared(r.evaluation.segments) for r in results]
    corpus = metrics.corpus_scores(
        [t for references, _ in texts for t in references],
        [t for _, hypotheses in texts for t in hypotheses],
        resamples=RESAMPLES,
    )
    for name in metrics.NAMES:
        out[name] = _score(*corpus.get(name, (None, None, None)))
    return out


def _score(value: float | None, low: float | None, high: float | None) -> dict[str, float | str | None]:
    reason = "nothing could be scored" if value is None else None
    return {"value": value, "low": low, "high": high, "reason": reason}


def _interval(name: str, units: Sequence[scores.Sums]) -> tuple[float | None, float | None]:
    """95% percentile interval of a ratio score over resampled units; none for fewer than two."""
    if len(units) < 2:
        return None, None
    table = np.array([unit[name] for unit in units])
    drawn = np.random.default_rng(0).integers(0, len(units), size=(RESAMPLES, len(units)))
    values = [scores.ratio(name, float(n), float(d)) for n, d in table[drawn].sum(axis=1)]
    found = [v for v in values if v is not None]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
