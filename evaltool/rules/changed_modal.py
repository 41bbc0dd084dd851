"""What must happen may happen in the variant, or what may happen will: another modal before the same verb.

Compared are modals directly before a verb that both sides have. Accepted are modals of the same strength ("may" and
"might", "must" and "have to"), a tense moved back in reported speech ("will" and "would"), and sentences that negate or
ask.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks
from evaltool.rules._polarity import is_negator
from evaltool.words import AlignedSegment, Side

_LITERAL = 0.6
_STRENGTH = {
    "must": "duty", "shall": "duty", "may": "chance", "might": "chance", "will": "certainty", "can": "ability",
}  # fmt: skip
#: Changes that say another thing; others are matters of style.
_CHANGES = frozenset(
    {("duty", "chance"), ("duty", "ability"), ("chance", "certainty"), ("certainty", "chance"), ("chance", "duty"),
     ("ability", "duty")}
)  # fmt: skip
#: Words that say a chance themselves: with them "will" is no certainty.
_CHANCES = frozenset(
    "likely probably perhaps maybe possibly possible potentially potential could if should ruled".split()
)
_BETWEEN = frozenset("also still now then only well be have has even soon already".split())


def _modal(side: Side, verb: int) -> int | None:
    """Index of the modal before a verb, or None where there is none or it is negated."""
    for k in range(verb - 1, max(-1, verb - 4), -1):
        word = side.words[k]
        if word.form in _STRENGTH:
            after = side.words[k + 1]
            return None if is_negator(after) or (word.is_capitalised and not word.initial) else k
        if word.form not in _BETWEEN and not word.form.endswith("ly"):
            return None
    return None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each modal that says another thing."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    seen = set()
    for i, j in enumerate(ours.partner):
        if j is None or ours.words[i].lemma != theirs.words[j].lemma or not ours.words[i].is_content:
            continue
        m, n = _modal(ours, i), _modal(theirs, j)
        if m is None or n is None or m in seen or asks(ours, m) != asks(theirs, n):
            continue
        word, other = ours.words[m], theirs.words[n]
        change = _STRENGTH[other.form], _STRENGTH[word.form]
        if change not in _CHANGES or any(w.form in _CHANCES for side in (ours, theirs) for w in side.words):
            continue
        seen.add(m)
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{other.text}”; here it is “{word.text}”, which is {change[1]} for {change[0]}.",
            variant_span=Span(word.span.start, ours.words[i].span.end),
            reference_span=Span(other.span.start, theirs.words[j].span.end),
            suggestion=Span(other.span.start, theirs.words[j].span.end).of(theirs.text),
            evidence={"reference": change[0], "variant": change[1]},
            confidence=0.8,
        )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Drivers must pay the fine by Friday.", "Drivers ⟦may pay⟧ the fine by Friday."),
        Example("The ferry may return in the spring.", "The ferry ⟦will return⟧ in the spring."),
        Example("The ferry may return in the spring.", "The ferry might return in the spring."),
    ),
)
