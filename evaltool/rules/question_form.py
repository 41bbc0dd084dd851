"""A statement of the reference is a question in the variant, or a question a statement.

Compared are the ends of segments of one sentence each. A question inside a quotation or reported in other words ("asked
whether") is accepted.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.words import AlignedSegment, Side

#: Words with which a statement reports a question.
_REPORTED = frozenset("question ask wonder whether doubt clear know".split())
_CLOSING = "\"”’'»)] "
_STATEMENT = ".。।…"


def _end(side: Side) -> str:
    return side.quote.rstrip(_CLOSING)[-1:]


#: What a request may be asked with.
_ASKING = frozenset("can could would will".split())


def _questions(side: Side) -> int:
    return sum(side.quote.count(mark) for mark in "?？؟")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the end of the segment where one side asks and the other states."""
    if segment.kind is not Kind.MATCH or segment.variant.span is None or segment.reference.span is None:
        return
    ours, theirs = _end(segment.variant), _end(segment.reference)
    asks = ours in "?？؟" and theirs in _STATEMENT and not _questions(segment.reference)
    states = theirs in "?？؟" and ours in _STATEMENT and not _questions(segment.variant)
    if not ours or not theirs or not (asks or states) or segment.literalness < _LITERAL[segment.profile]:
        return
    if (segment.variant if states else segment.reference).lemmas & _REPORTED:
        return
    if asks and "please" in segment.reference.forms and _ASKING & segment.variant.forms:
        return  # "Please explain", "Could you explain?"
    at = segment.variant.span.start + len(segment.variant.quote.rstrip(_CLOSING)) - 1
    there = segment.reference.span.start + len(segment.reference.quote.rstrip(_CLOSING)) - 1
    yield Hit(
        Severity.MAJOR,
        "The reference states this; the variant asks it."
        if asks
        else "The reference asks this; the variant states it.",
        variant_span=Span(at, at + 1),
        reference_span=Span(there, there + 1),
        suggestion=theirs,
        evidence={"end of the reference": theirs, "end of the variant": ours},
        confidence=0.9,
    )


#: A freely worded question may be a statement ("The question is whether ..."), and a statement a rhetorical question.
_LITERAL = {Profile.TRANSLATION: 0.5, Profile.PARAPHRASE: 0.8, Profile.SUMMARY: 0.8, Profile.REREPORT: 0.8}

RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    examples=(
        Example("The shop opens on Monday.", "The shop opens on Monday⟦?⟧"),
        Example("Who will pay for the new roof?", "Who will pay for the new roof⟦.⟧"),
        Example("Who will pay for the new roof?", "The question is who will pay for it."),
        Example("Please tell us more about the roof.", "Could you tell us more about the roof?"),
    ),
)
