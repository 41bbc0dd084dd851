"""Characters that cannot be seen but change what is seen, made visible.

A NUL, a line separator or a bidi override in a text could hide an error from the reader of the report, or make the
page show another text than the one that was judged. Every text on the page goes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup, escape

#: Control characters except tab and line feed; bidi embeddings, overrides and isolates; line and paragraph separators;
#: zero-width space, word joiner and byte order mark; lone surrogates (which cannot be written as UTF-8 either); tag
#: characters. ZWJ, ZWNJ, LRM and RLM stay: ordinary Persian, Hebrew and emoji need them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def _sign(character: str) -> str:
    """The stand-in of one unseen character; control pictures like ␀ are missing in many fonts."""
    return f"U+{ord(character):04X}"


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The text as (harmless run, unseen character) pairs; either may be empty."""
    text = text.replace("\r\n", "\n")  # a line end of other systems is nothing to warn of
    start = 0
    for found in UNSEEN.finditer(text):
        yield text[start : found.start()], found[0]
        start = found.end()
    yield text[start:], ""


def _ordinary(text: str) -> bool:
    """Whether there is nothing to do, as for almost every text."""
    return UNSEEN.search(text) is None


def plain(text: str) -> str:
    """The text for an attribute or a title: unseen characters as ``[U+202E]``."""
    if _ordinary(text):
        return text
    return "".join(run + (f"[{_sign(unseen)}]" if unseen else "") for run, unseen in _parts(text))


def boxed(text: str) -> Markup:
    """The text as escaped HTML, each unseen character in a box that names it."""
    if _ordinary(text):
        return escape(text)
    out = []
    for run, unseen in _parts(text):
        out.append(escape(run))
        if unseen:
            name = unicodedata.name(unseen, f"control character U+{ord(unseen):04X}")
            out.append(Markup('<span class="unseen" title="{}">{}</span>').format(name, _sign(unseen)))
    return Markup("").join(out)


def excerpt(text: str, length: int = 160) -> str:
    """The text on one line, its middle left out where it is longer than ``length``."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    half = length // 2
    return f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
