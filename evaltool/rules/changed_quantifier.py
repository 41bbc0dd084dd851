"""How many is said in words, and the words say another number: "several" for "dozens of", "some" for "all".

Compared are quantifiers before the same noun on both sides. Neighbours on the scale ("several" and "some", "dozens" and
"scores") are accepted.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Side, Word

#: Rough size of what each word can mean: (least, most).
_SIZES = {
    "few": (2, 8), "couple": (2, 3), "several": (3, 15), "handful": (2, 8), "dozens": (24, 99), "scores": (40, 200),
    "hundreds": (200, 999), "thousands": (2000, 99_999), "millions": (2e6, 999e6), "billions": (2e9, 999e9),
}  # fmt: skip
#: Parts of a whole: a change from one class to another is an error.
_PARTS = {"all": "all", "every": "all", "most": "most", "some": "some", "none": "none", "half": "half"}
_REACH = 3


def _quantified(side: Side) -> Iterator[tuple[Word, Word]]:
    """(quantifier, noun): the content words within reach behind a quantifier."""
    for i, word in enumerate(side.words):
        if word.form not in _SIZES and word.form not in _PARTS:
            continue
        if i and side.words[i - 1].is_number:
            continue
        for noun in side.words[i + 1 : i + 1 + _REACH]:
            if noun.form in _SIZES or noun.is_number:
                break
            if noun.is_content:
                yield word, noun


def _conflict(ours: str, theirs: str) -> bool:
    if ours in _SIZES and theirs in _SIZES:
        (a, b), (c, d) = _SIZES[ours], _SIZES[theirs]
        return b < c or d < a
    return ours in _PARTS and theirs in _PARTS and _PARTS[ours] != _PARTS[theirs]


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each quantifier that says another number of the same things."""
    if segment.kind is not Kind.MATCH:
        return
    theirs = list(_quantified(segment.reference))
    seen = set()
    for word, noun in _quantified(segment.variant):
        same = [q for q, n in theirs if n.lemma == noun.lemma]
        if word.span in seen or not same or not all(_conflict(word.form, q.form) for q in same):
            continue
        seen.add(word.span)
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{same[0].text}” of “{noun.text}”; here it is “{word.text}”.",
            variant_span=Span(word.span.start, noun.span.end),
            reference_span=same[0].span,
            evidence={"noun": noun.lemma},
            confidence=0.85,
        )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Dozens of farmers marched.", "⟦Several farmers⟧ marched."),
        Example("All schools stayed open.", "⟦Some schools⟧ stayed open."),
        Example("Several farmers marched.", "A few farmers marched."),
        Example("Hundreds of people came, some of them on foot.", "Hundreds of people came, some on foot."),
    ),
)
