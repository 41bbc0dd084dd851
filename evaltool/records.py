"""The files of a run folder as typed records, checked where they enter."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from evaltool.model import InputError, Kind, Role
from evaltool.mqm import Severity

SCHEMA_VERSION = 1
_RESULTS = ("summary.json", "segments.jsonl", "flags.jsonl")
#: What is read of a run folder.
FILES = ("run.json", *_RESULTS)
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
    reference_words: int = 0
    variant_words: int = 0
    content_words: int = 0
    covered_words: int = 0
    reasons: dict[str, str] = {}
    drift_parts: dict[str, float] = {}
    quality_parts: dict[str, float] = {}


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
    """A row of summary.json: one system, or one article x system.

    Attributes:
        parts: "quality" and "drift" -> group of evidence -> what it took or added (see evaltool.scores.parts).
    """

    system: str
    article: str | None = None
    profile: str | None = None
    articles: int = 1
    unscored_articles: int = 0
    reference_words: int = 0
    segments: dict[str, int] = {}
    scores: dict[str, ScoreRecord] = {}
    parts: dict[str, dict[str, float]] = {}
    severities: dict[str, int] = {}
    categories: dict[str, int] = {}
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


class TextRecord(msgspec.Struct, frozen=True):
    """What a text of the run was.

    Attributes:
        file: where it came from, as the run was told; "" where it was no file.
        sha256: of the text as UTF-8.
        lines: offset of the first character of each line, in order.
    """

    file: str = ""
    sha256: str = ""
    lines: Annotated[tuple[int, ...], msgspec.Meta(min_length=1)] = (0,)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both counted from 1; lines end at a line feed."""
        line = max(1, bisect_right(self.lines, offset))
        return line, offset - self.lines[line - 1] + 1


class ArticleRecord(msgspec.Struct, frozen=True):
    """The texts of one article."""

    reference: TextRecord
    variants: dict[str, TextRecord] = {}


class RunRecord(msgspec.Struct, frozen=True):
    """run.json.

    Attributes:
        judging: the settings that can change a result.
        weights: SHA-256 of the fitted weights, by what they are of.
        files: name of a result file -> SHA-256 of its content.
        texts: article -> what its texts were.
    """

    schema_version: int
    signature: str = ""
    tool: dict[str, str] = {}
    libraries: dict[str, Any] = {}
    model: dict[str, Any] | None = None
    settings: dict[str, Any] = {}
    judging: dict[str, Any] = {}
    weights: dict[str, str] = {}
    counts: dict[str, int] = {}
    failures: tuple[FailureRecord, ...] = ()
    timings: dict[str, Any] = {}
    files: dict[str, str] = {}
    texts: dict[str, ArticleRecord] = {}


class RunFolder(msgspec.Struct, frozen=True):
    """Everything a finished run wrote."""

    run: RunRecord
    summary: SummaryRecord
    segments: tuple[SegmentRecord, ...]
    flags: tuple[FlagRecord, ...]


def read(folder: Path, run_file: str = "run.json") -> RunFolder:
    """Read the records of a run folder.

    Args:
        folder: the run folder.
        run_file: what run.json is named; it has another name until the run is finished.

    Raises:
        InputError: a file is missing, malformed, of a newer format, or not the one that the run wrote.
    """
    run = _read_object(folder / run_file, RunRecord)
    for name, digest in run.files.items():
        # a name from input: only those that are read anyway are looked at
        if name in _RESULTS and hashlib.sha256(_bytes(folder / name)).hexdigest() != digest:
            raise InputError(f"{folder / name}: is not the file that this run wrote (its SHA-256 differs); {_REMEDY}")
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
