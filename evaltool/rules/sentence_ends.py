"""A sentence begins with a small letter or lacks its full stop, and the reference's does not.

Compared are the first letter and the last mark of aligned segments; headings and list items without a stop are accepted
where the reference has none either.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.words import AlignedSegment

_OPENING = "\"“‘«„'([ –—-•*"
_CLOSING = "\"”’'»)] "
_STOPS = ".!?…:;。！？؟।"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield a lost capital at the beginning and a lost stop at the end."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or not segment.variant.words:
        return
    ours, theirs = segment.variant, segment.reference
    begin, begun = ours.quote.lstrip(_OPENING)[:1], theirs.quote.lstrip(_OPENING)[:1]
    first = ours.words[0]
    plain = first.text.islower() and first.text.isalpha()  # "iPhone", "3rd" and "e.g." begin as they are
    if begin.islower() and begun.isupper() and plain and first.text[0] == begin:
        yield Hit(
            Severity.MINOR,
            f"The sentence begins with a small letter: “{first.text}”.",
            variant_span=first.span,
            suggestion=first.text[0].upper() + first.text[1:],
            evidence={"the reference begins": begun},
            confidence=0.9,
        )
    end, ended = ours.quote.rstrip(_CLOSING)[-1:], theirs.quote.rstrip(_CLOSING)[-1:]
    last = ours.words[-1]
    if ended in _STOPS and end.isalnum() and end.casefold() == last.text[-1:].casefold():
        yield Hit(
            Severity.MINOR,
            f"The sentence ends without a stop after “{last.text}”.",
            variant_span=Span(last.span.start, last.span.end),
            suggestion=last.text + ended,
            evidence={"the reference ends": ended},
            confidence=0.85,
        )


RULE = Rule(
    category=Category.PUNCTUATION_SPACING,
    find=find,
    examples=(
        Example("The shop opens on Monday.", "⟦the⟧ shop opens on Monday."),
        Example("The shop opens on Monday.", "The shop opens on ⟦Monday⟧"),
        Example("The shop opens on Monday.", "“The shop opens on Monday.”"),
        Example("Shop opens on Monday", "Shop opens on Monday"),
    ),
)
