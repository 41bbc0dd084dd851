"""Where a flag is, for programs that open files: file, line and column of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from evaltool.records import FlagRecord, RunFolder, TextRecord
from evaltool.report.visible import excerpt, plain


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a text file; lines and columns count from 1, the end is behind the last code point.

    Attributes:
        file: the file, or a name for a text that was in none.
        offset: first code point.
        length: how many; 0 for a place where something is missing.
        start: line and column of the first code point; None where the run does not say what the text was.
        end: line and column behind the last, likewise.
    """

    file: str
    offset: int
    length: int
    start: tuple[int, int] | None
    end: tuple[int, int] | None

    def __str__(self) -> str:
        return f"{self.file}:{self.start[0]}:{self.start[1]}" if self.start else f"{self.file}, character {self.offset}"


class Places:
    """The places of the flags of a run."""

    def __init__(self, run: RunFolder) -> None:
        self._run = run
        self._gaps: dict[tuple[str, str, int], int] = {}
        ends: dict[tuple[str, str], int] = {}
        for segment in sorted(run.segments, key=lambda s: (s.article, s.system, s.index)):
            own = segment.article, segment.system
            if segment.variant_span:
                self._gaps[(*own, segment.index)] = segment.variant_span[0]
                ends[own] = segment.variant_span[1]
            else:
                self._gaps[(*own, segment.index)] = ends.get(own, 0)

    def variant(self, flag: FlagRecord) -> Place:
        """Where it is in the variant; for what the variant lacks, where that belongs."""
        article = self._run.run.texts.get(flag.article)
        text = article.variants.get(flag.system) if article else None
        if flag.variant_span:
            return _place(text, f"{flag.article}/{flag.system}", *flag.variant_span)
        at = 0 if flag.segment is None else self._gaps.get((flag.article, flag.system, flag.segment), 0)
        return _place(text, f"{flag.article}/{flag.system}", at, at)

    def reference(self, flag: FlagRecord) -> Place | None:
        """Where it is in the reference; None for what the reference lacks."""
        article = self._run.run.texts.get(flag.article)
        text = article.reference if article else None
        return _place(text, flag.article, *flag.reference_span) if flag.reference_span else None


def uri(file: str, root: PurePath) -> str:
    """The URI reference of a file: relative to a folder where it is in it, or as it was named."""
    path = PurePath(file)
    if path.is_absolute():
        if not path.is_relative_to(root):
            return "file://" + quote(path.as_posix().encode("utf-8", "replace"))
        path = path.relative_to(root)
    # a colon in the first part would read as a scheme
    return quote(path.as_posix().encode("utf-8", "replace"))


def quoted(flag: FlagRecord, length: int = 80) -> str:
    """Both sides of a flag in one line: “artillery” for “gunmen”."""
    ours, theirs = (plain(excerpt(text, length)) for text in (flag.variant_text, flag.reference_text))
    if ours and theirs:
        return f"“{ours}” for “{theirs}”"
    return f"“{ours}” added" if ours else f"“{theirs}” missing"


def _place(text: TextRecord | None, name: str, start: int, end: int) -> Place:
    if text is None:
        return Place(name, start, end - start, None, None)
    return Place(text.file or name, start, end - start, text.position(start), text.position(end))
