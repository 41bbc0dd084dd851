"""A function word in the middle of a sentence begins with a capital, as if one began there ("said that The man").

Found are articles, pronouns, conjunctions and the like between small letters, and before a name where the reference has
the same two words at the beginning of a sentence. Names and titles that begin so, and what the reference writes so
itself, are accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool._english import FUNCTION
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.words import AlignedSegment

#: Months, names of newspapers and the like, and what is written large as a matter of style.
_ALSO_NAMES = frozenset("may can will us it i who until up out off of most and or one another such".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each function word with a capital that nothing asks for."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    written = {w.form for w in theirs.words if w.is_capitalised and not w.initial}
    opening = {
        (a.form, b.form) for a, b in pairwise(theirs.words) if a.initial and theirs.text[a.span.start - 1 :][:1] != "“"
    }
    for i in range(1, len(ours.words) - 1):
        word, before, behind = ours.words[i], ours.words[i - 1], ours.words[i + 1]
        if word.initial or not word.text.istitle() or word.form not in FUNCTION - _ALSO_NAMES or word.form in written:
            continue
        if not before.text.islower() or gap(ours, i - 1, i) != " " or gap(ours, i, i + 1) != " ":
            continue
        if behind.text.islower() or (word.form, behind.form) in opening:
            yield Hit(
                Severity.MINOR,
                f"“{word.text}” has a capital in the middle of the sentence.",
                variant_span=word.span,
                suggestion=word.text.lower(),
                evidence={"before": before.form},
                confidence=0.85,
            )


RULE = Rule(
    category=Category.SPELLING,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The London-based group said so.", "It is known that ⟦The⟧ London-based group said so."),
        Example("They left because it was late.", "They left ⟦Because⟧ it was late."),
        Example("They live in The Hague.", "They live in The Hague. The sea is near."),
    ),
)
