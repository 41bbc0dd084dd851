"""Runs made up for the gate: small, complete, and easy to bend in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from evaltool.model import Kind
from evaltool.mqm import Severity
from evaltool.policy import Policy, merged
from evaltool.records import (
    ArticleRecord,
    FailureRecord,
    FlagRecord,
    RowRecord,
    RunFolder,
    RunRecord,
    ScoreRecord,
    SegmentRecord,
    SummaryRecord,
    TextRecord,
)

TODAY = date(2026, 11, 22)
SCORES = {"quality": 80.0, "drift": 0.1, "mqm_score": 95.0, "coverage": 0.9}


def flag(
    severity: str = "critical",
    number: int = 0,
    *,
    article: str = "one",
    system: str = "a",
    rule: str = "changed-number",
    category: str = "accuracy/number",
    segment: int = 0,
    **more: Any,
) -> FlagRecord:
    given = {
        "message": "The reference says “42”; here it is “24”.",
        "variant_span": (0, 2),
        "variant_text": "24",
        "reference_span": (0, 2),
        "reference_text": "42",
        "fingerprint": f"{number:016x}",
    }
    values = {**given, **more}
    return FlagRecord(
        article=article, system=system, rule=rule, category=category, severity=Severity(severity), segment=segment,
        **values,
    )  # fmt: skip


def segments(
    article: str = "one", system: str = "a", qualities: Sequence[float | None] = (80.0,) * 10, words: int = 100
) -> tuple[SegmentRecord, ...]:
    """Matched segments of a hundred words each, a sentence to a sentence."""
    return tuple(
        SegmentRecord(
            article=article,
            system=system,
            index=index,
            kind=Kind.MATCH,
            reference_sentences=(index,),
            variant_sentences=(index,),
            reference_span=(index * 10, index * 10 + 9),
            variant_span=(index * 10, index * 10 + 9),
            quality=quality,
            drift=None if quality is None else round(1 - quality / 100, 6),
            reference_words=words,
            variant_words=words,
            reasons={} if quality is not None else {"quality": "too long"},
        )
        for index, quality in enumerate(qualities)
    )


def row(
    system: str = "a", article: str | None = "one", profile: str = "translation", **scores: float | None
) -> RowRecord:
    values = {**SCORES, **scores}
    return RowRecord(
        system=system,
        article=article,
        profile=profile,
        reference_words=1000,
        scores={name: ScoreRecord(value=value) for name, value in values.items()},
    )


def run(
    places: Iterable[tuple[str, str]] = (("one", "a"),),
    flags: Sequence[FlagRecord] = (),
    *,
    scores: Mapping[str, float | None] | None = None,
    qualities: Sequence[float | None] = (80.0,) * 10,
    profile: str = "translation",
    failures: Sequence[FailureRecord] = (),
    counts: Mapping[str, int] | None = None,
    reference: str = "aa",
    model: str = "cc",
    judge: str = "ee",
) -> RunFolder:
    """A run of articles x systems, all alike, that holds every built-in limit."""
    places = list(places)
    own = [segment for place in places for segment in segments(*place, qualities)]
    values = dict(scores or {})
    return RunFolder(
        run=RunRecord(
            schema_version=1,
            signature="evaltool:test",
            tool={"name": "evaltool", "version": "0"},
            model={"id": "m", "sha256": model * 32},
            judging={"language": "en", "profile": "translation", "profiles": {}},
            weights={"drift": "dd" * 32, "judge": judge * 32},
            counts=dict(counts or {}),
            failures=tuple(failures),
            texts={
                article: ArticleRecord(
                    TextRecord(f"reference/{article}.txt", reference * 32, (0, 5)),
                    {
                        s: TextRecord(f"variants/{article}/{s}.txt", "bb" * 32, (0, 5))
                        for a, s in places
                        if a == article
                    },
                )
                for article, _ in places
            },
        ),
        summary=SummaryRecord(
            schema_version=1,
            systems=tuple(row(s, None, profile, **values) for s in sorted({s for _, s in places})),
            articles=tuple(row(system, article, profile, **values) for article, system in places),
        ),
        segments=tuple(own),
        flags=tuple(flags),
    )


def policy(over: Mapping[str, Any], base: Policy | None = None) -> Policy:
    """A policy with nothing but these limits, or with them over a base."""
    found: Policy = merged(base or Policy(), msgspec.convert(over, Policy))
    return found
