"""Who does it is whom it is done to, in what is ahead: "to replace his deputy" for "to be replaced by his deputy".

On one side "to be" and a participle stand before "by" and somebody; on the other the same verb with "to" has the same
somebody as its object.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_DETERMINERS = frozenset("the a an his her its their our my".split())
_REACH = 4  # words of a noun phrase
_LEADS = frozenset("to will would may might could should must can".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first verb whose agent is its object on the other side."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    for passive, active in ((theirs, ours), (ours, theirs)):
        if not {"be", "by"} <= passive.forms:
            continue
        for start, verb, agent in _undergone(passive):
            found = _done(active, verb_lemma(passive.words[verb]), passive.words[agent].lemma)
            if found is None:
                continue
            there = Span(passive.words[start].span.start, passive.words[agent].span.end)
            here = Span(active.words[found[0]].span.start, active.words[found[1]].span.end)
            said, meant = (here, there) if active is ours else (there, here)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: who does it to whom"
                " is reversed.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(theirs.text),
                evidence={"passive": "reference" if active is ours else "variant"},
                confidence=0.85,
            )
            return


def _undergone(side: Side) -> Iterator[tuple[int, int, int]]:
    """(first word, participle, last word of the agent) of each "to be replaced by his deputy"."""
    words = side.words
    for k in range(len(words) - 4):
        if words[k].form not in _LEADS or words[k + 1].form != "be":
            continue
        by = next((n for n in range(k + 3, min(k + 5, len(words) - 1)) if words[n].form == "by"), None)
        if by is None or not words[by - 1].is_content:
            continue
        agent = _head(side, by + 1)
        if agent is not None:
            yield k, k + 2, agent


def _done(side: Side, lemma: str, agent: str) -> tuple[int, int] | None:
    """(first word, last word of the object) of a verb in the infinitive with a word as its object."""
    words = side.words
    for k in range(len(words) - 2):
        if words[k].form in _LEADS and verb_lemma(words[k + 1]) == lemma:
            end = _head(side, k + 2)
            if end is not None and words[end].lemma == agent and words[k + 1].form != "be":
                return k, end
    return None


def _head(side: Side, start: int) -> int | None:
    """The last word of the noun phrase that begins at a word."""
    found = None
    for k in range(start, min(start + _REACH, len(side.words))):
        word = side.words[k]
        if (k > start and gap(side, k - 1, k) != " ") or not (word.is_content or word.form in _DETERMINERS):
            break
        if word.is_content:
            found = k
    return found


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "He is expected to be replaced by his deputy in May.",
            "He is expected ⟦to replace his deputy⟧ in May.",
            severity=Severity.CRITICAL,
        ),
        Example("The judge is to be replaced by the mayor.", "The judge is ⟦to replace the mayor⟧."),
        Example("He is to be replaced by his deputy.", "His deputy is to replace him."),
    ),
)
