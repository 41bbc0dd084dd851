"""Words that the reference quotes stand in the variant without quotation marks: somebody else's words become its own.

Only a few words that the reference sets in quotation marks inside a sentence, and that the variant repeats as they
are, count; a title of a work or a name may lose its marks, and quoted sentences may be reported.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import spelling_key
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.rules._quotes import quotations
from evaltool.words import AlignedSegment, Word

_SHORTEST, _LONGEST = 2, 8  # words of a fragment that is quoted for its wording


def _keys(words: tuple[Word, ...]) -> list[str]:
    return [spelling_key(word.form) for word in words]


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each run of words that has lost its quotation marks."""
    ours, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or ours.span is None or theirs.span is None:
        return
    if any(mark in ours.quote for mark in '“”"«»„‘'):
        return  # marks are there, if other ones: see altered-quotation
    keys = _keys(ours.words)
    for quotation in quotations(theirs.text, theirs.span):
        inside = tuple(w for w in theirs.words if quotation.inner.overlaps(w.span))
        if not _SHORTEST <= len(inside) <= _LONGEST or any(w.is_capitalised or w.is_number for w in inside):
            continue
        wanted = _keys(inside)
        for at in range(len(keys) - len(wanted) + 1):
            if keys[at : at + len(wanted)] == wanted:
                span = Span(ours.words[at].span.start, ours.words[at + len(wanted) - 1].span.end)
                yield Hit(
                    Severity.MINOR,
                    f"The reference quotes “{span.of(ours.text)}”; here the quotation marks are missing.",
                    variant_span=span,
                    reference_span=quotation.inner,
                    suggestion=f"“{span.of(ours.text)}”",
                    evidence={"quoted words": len(wanted)},
                    confidence=0.75,
                )
                break


RULE = Rule(
    category=Category.QUOTE_ALTERED,
    find=find,
    examples=(
        Example("She called it “a shameful retreat” and left.", "She called it ⟦a shameful retreat⟧ and left."),
        Example("She called it “a shameful retreat” and left.", "She left, deploring what she saw as a retreat."),
    ),
)
