"""Two sentences run into each other without a space between them.

Severity: minor. The suggestion puts the space back, and the full stop where it is missing too.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import AlignedDocument, Example, Hit, Rule, Scope

_WORD_END = " \t\n\r\u00a0"


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each place where a sentence begins right behind the one before."""
    text = document.variant.text
    for at in document.variant.glued:
        start = max((text.rfind(c, 0, at) for c in _WORD_END), default=-1) + 1
        ends = [i for c in _WORD_END if (i := text.find(c, at)) >= 0]
        end = min(ends, default=len(text))
        stop = "" if not text[at - 1].isalnum() else "."
        yield Hit(
            Severity.MINOR,
            f"Two sentences run into each other at “{text[start:end]}”.",
            variant_span=Span(start, end),
            suggestion=f"{text[start:at]}{stop} {text[at:end]}",
            evidence={"boundary": at},
            confidence=0.95,
        )


RULE = Rule(
    category=Category.PUNCTUATION_SPACING,
    find=find,
    scope=Scope.DOCUMENT,
    examples=(
        Example(
            "The plan was dropped after the vote. Residents had opposed it for years.",
            "The plan was dropped after the ⟦vote.Residents⟧ had opposed it for years.",
        ),
        Example(
            "They told the paper on Monday that hundreds of people had left. Others stayed behind.",
            "They told the paper on ⟦MondayHundreds⟧ of people had left the area. Others stayed behind.",
        ),
        Example("She posted it on YouTube. He saw it.", "She posted it on YouTube. He saw it."),
    ),
)
