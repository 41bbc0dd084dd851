"""A comparison is formed in the wrong way ("more high than in May", "the most high level", "four more as in May").

Found are "more" and "most" before an adjective that the reference compares by its ending, "as" behind "more" or
"less" where the reference has "than", and "one of most".

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, neighbours
from evaltool.words import AlignedSegment, Side

_DEGREES = frozenset(["more", "most"])
_SHORT = 5  # letters of adjectives that hardly ever take "more"
_REACH = 3  # words between "more" and "as"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each comparison that is formed in the wrong way."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or not side.forms & (_DEGREES | {"less", "fewer"}):
        return
    for k, word in enumerate(side.words[:-1]):
        after = side.words[k + 1]
        if word.form in _DEGREES and gap(side, k, k + 1) == " " and after.text.islower():
            due = _formed(after.form, word.form)
            if due is not None and due in theirs.forms and (word.form, after.form) not in neighbours(theirs):
                yield _hit(side, k, k + 1, f"“{due}” is due")
                continue
        led = [w.form for w in side.words[max(0, k - 2) : k]]
        if word.form == "most" and led == ["one", "of"] and ("of", "most") not in neighbours(theirs):
            yield _hit(side, k - 2, k, "“the” is missing before the superlative")
            continue
        if word.form in ("more", "less", "fewer") and "than" in theirs.forms:
            at = next((n for n in range(k + 1, min(k + _REACH, len(side.words))) if side.words[n].form == "as"), None)
            shared = {(w.form, "than") for w in side.words[k : at or k]} & neighbours(theirs)
            if at is not None and shared:
                yield _hit(side, k, at, "“than” is due")


def _formed(form: str, degree: str) -> str | None:
    """The comparative or superlative of an adjective by its ending."""
    if "a" not in lexicon.parts_of_speech(form) or len(form) > _SHORT:
        return None
    ending = "er" if degree == "more" else "est"
    if form.endswith("y"):
        return form[:-1] + "i" + ending
    return form.removesuffix("e") + ending


def _hit(side: Side, first: int, last: int, why: str) -> Hit:
    span = Span(side.words[first].span.start, side.words[last].span.end)
    return Hit(
        Severity.MINOR,
        f"“{span.of(side.text)}”: {why}.",
        variant_span=span,
        evidence={"phrase": span.of(side.text)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example("Rents are higher than in May.", "Rents are ⟦more high⟧ than in May."),
        Example("They won four more than in May.", "They won four ⟦more as⟧ in May."),
        Example("Rents are higher than in May.", "Rents are more expensive than in May."),
    ),
)
