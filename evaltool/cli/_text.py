"""Text from input on a terminal."""

from __future__ import annotations


def one_line(text: str) -> str:
    """A text from input without line breaks and control characters, fit for a line on a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
