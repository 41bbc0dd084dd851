"""The files of a run folder as typed records, checked where they enter."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from evaltool.model import InputError, Kind, Role
from evaltool.mqm import Severity

SCHEMA_VERSION = 1
_REMEDY = "make the folder again with `evaltool run`"

Span = tuple[int, int]
T = TypeVar("T")


class SegmentRecord(msgspec.Struct, frozen=True):
    """A line of segments.jsonl; the fields are those of :class:`evaltool.model.Segment`."""

    article: str
    system: str
    index: int
    kind: Kind = Kind.MATCH
    role: Role = Role.BODY
    reference_sentences: tuple[int, ...] = ()
    variant_sentences: tuple[int, ...] = ()
    reference_span: Span | None = None
    variant_span: Span | None = None
    reference_text: str = ""
    variant_text: str = ""
    moved: bool = False
    certainty: float | None = None
    similarity: float | None = None
    drift: float | None = None
    quality: float | None = None
    bleu: float | None = None
    chrf: float | None = None
    ter: float | None = None
    reasons: dict[str, str] = {}


class FlagRecord(msgspec.Struct, frozen=True):
    """A line of flags.jsonl; the fields are those of :class:`evaltool.model.Flag`."""

    article: str
    system: str
    rule: str
    category: str
    severity: Severity
    message: str
    segment: int | None = None
    variant_span: Span | None = None
    variant_text: str = ""
    reference_span: Span | None = None
    reference_text: str = ""
    suggestion: str | None = None
    evidence: dict[str, Any] = {}
    confidence: float = 1.0
    fingerprint: str = ""


class ScoreRecord(msgspec.Struct, frozen=True):
    """A score with its interval, or the reason why there is none."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


class UnscoredRecord(msgspec.Struct, frozen=True):
    """A value of a segment that could not be computed."""

    segment: int | None = None
    name: str = ""
    reason: str = ""


class RowRecord(msgspec.Struct, frozen=True):
    """A row of summary.json: one system, or one article x system."""

    system: str
    article: str | None = None
    profile: str | None = None
    reference_words: int = 0
    segments: dict[str, int] = {}
    scores: dict[str, ScoreRecord] = {}
    severities: dict[str, int] = {}
    not_applied: dict[str, str] = {}
    unscored: tuple[UnscoredRecord, ...] = ()


class SummaryRecord(msgspec.Struct, frozen=True):
    """summary.json."""

    schema_version: int
    interval: str = ""
    systems: tuple[RowRecord, ...] = ()
    articles: tuple[RowRecord, ...] = ()


class FailureRecord(msgspec.Struct, frozen=True):
    """An evaluation that could not be done."""

    reason: str
    article: str | None = None
    system: str | None = None


class RunRecord(msgspec.Struct, frozen=True):
    """run.json."""

    schema_version: int
    signature: str = ""
    tool: dict[str, str] = {}
    libraries: dict[str, Any] = {}
    model: dict[str, Any] | None = None
    settings: dict[str, Any] = {}
    counts: dict[str, int] = {}
    failures: tuple[FailureRecord, ...] = ()
    timings: dict[str, Any] = {}


class RunFolder(msgspec.Struct, frozen=True):
    """Everything a finished run wrote."""

    run: RunRecord
    summary: SummaryRecord
    segments: tuple[SegmentRecord, ...]
    flags: tuple[FlagRecord, ...]


def read(folder: Path) -> RunFolder:
    """Read the records of a run folder.

    Raises:
        InputError: a file is missing, malformed or of a newer format.
    """
    run = _read_object(folder / "run.json", RunRecord)
    summary = _read_object(folder / "summary.json", SummaryRecord)
    for name, version in (("run.json", run.schema_version), ("summary.json", summary.schema_version)):
        if version != SCHEMA_VERSION:
            raise InputError(
                f"{folder / name}: schema_version is {version}, this evaltool reads {SCHEMA_VERSION}; "
                "render it with the evaltool that wrote it"
            )
    return RunFolder(
        run=run,
        summary=summary,
        segments=_read_lines(folder / "segments.jsonl", SegmentRecord),
        flags=_read_lines(folder / "flags.jsonl", FlagRecord),
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        # run.json is written last, so its absence says that the run did not end
        why = "the run did not finish" if path.name == "run.json" else "the run folder is incomplete"
        raise InputError(f"{path}: not found, {why}; {_REMEDY}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None


def _decode(data: bytes, decoder: msgspec.json.Decoder[T], place: str) -> T:
    try:
        return decoder.decode(data)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors, bad UTF-8 too
        raise InputError(f"{place}: malformed ({' '.join(str(error).split())}); {_REMEDY}") from None


def _read_object(path: Path, kind: type[T]) -> T:
    return _decode(_bytes(path), msgspec.json.Decoder(kind), str(path))


def _read_lines(path: Path, kind: type[T]) -> tuple[T, ...]:
    decoder = msgspec.json.Decoder(kind)
    lines = enumerate(_bytes(path).split(b"\n"), 1)
    return tuple(_decode(line, decoder, f"{path}, line {number}") for number, line in lines if line.strip())
