"""A name is joined with itself where the reference joins two: "the Norway-Norway treaty".

The two parts of a pair ("X-Y", "between X and Y") name the same country, people or place, and the reference has the
name beside another one there. Accepted are pairs that the reference has too.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import plain, same_family
from evaltool.words import AlignedSegment, Side, Word

_DASHES = frozenset("-–—‑")
_REACH = 4  # how many words away the reference's other name may stand


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name that is joined with itself."""
    if segment.kind is not Kind.MATCH or any(_doubled(segment.reference)):
        return
    ours, theirs = segment.variant, segment.reference
    for span, form in _doubled(ours):
        partner = _partner(theirs, form, ours.forms)
        if partner is None:
            continue
        said, (name, other) = span.of(ours.text), partner
        yield Hit(
            Severity.MAJOR,
            f"“{said}” joins a name with itself; the reference has “{name.text}” and “{other.text}” there.",
            variant_span=span,
            reference_span=other.span,
            evidence={"the other name": other.text},
            confidence=0.85,
        )


def _doubled(side: Side) -> Iterator[tuple[Span, str]]:
    """(span, plain form) of each name beside itself, joined by a dash or by "between" and "and"."""
    words = side.words
    for at, word in enumerate(words):
        left = [(at, plain(word.form))]
        if at and _beside(side, at - 1, {" "}):
            left.append((at - 1, plain(words[at - 1].form) + plain(word.form)))  # "Viet Nam"
        for first, form in left:
            following = at + 1
            dash = following < len(words) and _beside(side, at, _DASHES)
            pair = (
                first and words[first - 1].form == "between" and words[at + 1 : at + 2] and words[at + 1].form == "and"
            )
            following += 1 if pair and not dash else 0
            if not (dash or pair) or following >= len(words) or not words[following].is_capitalised:
                continue
            if word.is_capitalised and len(form) > 2 and same_family(form, plain(words[following].form)):
                yield Span(words[first].span.start, words[following].span.end), form
                break
            two = following + 1 < len(words) and _beside(side, following, {" "})
            if two and form == plain(words[following].form) + plain(words[following + 1].form):
                yield Span(words[first].span.start, words[following + 1].span.end), form
                break


def _beside(side: Side, at: int, joints: frozenset[str] | set[str]) -> bool:
    """Whether a word and the next one are capitalised and joined by one of some signs."""
    one, other = side.words[at : at + 2]
    return one.is_capitalised and other.is_capitalised and side.text[one.span.end : other.span.start] in joints


def _partner(side: Side, form: str, kept: frozenset[str]) -> tuple[Word, Word] | None:
    """The name in a side, and another capitalised word that "and" or a dash joins to it; one that is lost, if any."""
    found = []
    for at, word in enumerate(side.words):
        if not word.is_capitalised or not same_family(plain(word.form), form):
            continue
        for other in side.words[max(0, at - _REACH) : at] + side.words[at + 1 : at + 1 + _REACH]:
            first, last = sorted((word, other), key=lambda w: w.span.start)
            between = side.text[first.span.end : last.span.start]
            joined = between in _DASHES or between.strip() in ("and", "with", "and the", "with the")
            if joined and other.is_capitalised and other.is_content and not same_family(plain(other.form), form):
                found.append((word, other))
    return min(found, key=lambda pair: pair[1].form in kept, default=None)


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The treaty between Norway and Kenya was renewed.",
            "The ⟦Norway-Norway⟧ treaty was renewed.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The treaty between Norway and Kenya was renewed.", "The treaty between Norway and Kenya was extended."
        ),
        Example("The Norwegian-Kenyan treaty was renewed.", "The treaty of Norway and Kenya was renewed."),
        Example("They met in Baden-Baden in May.", "In May they met in Baden-Baden."),
    ),
)
