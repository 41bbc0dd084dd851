"""Quotations of a text: where they are and what they say."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from evaltool.model import Span

_QUOTED = regex.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|(?<![\p{L}\p{N}])‘([^‘’]+(?:’\p{L}[^‘’]*)*)’(?!\p{L})"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks.

    Attributes:
        outer: span with the marks.
        inner: span of what is between them.
    """

    outer: Span
    inner: Span


def quotations(text: str, span: Span) -> list[Quotation]:
    """The quotations of a stretch of text, in order."""
    found = []
    for match in _QUOTED.finditer(text, *span):
        group = match.lastindex or 1
        found.append(Quotation(Span(*match.span()), Span(*match.span(group))))
    return found
