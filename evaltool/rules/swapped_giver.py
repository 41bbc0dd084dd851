"""Who gave is the one who got, or the other way round: "gave money to the banker" for "took money from the banker".

A verb of giving with "to" stands for a verb of getting with "from" before the same person or body, or the other way
round, with the same thing given and in the active voice on both sides. The same event told from its other end ("the
banker gave him money") names the other party behind the preposition and is accepted.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._verbs import groups, verb_lemma
from evaltool.words import AlignedSegment, Side

_GIVING = frozenset("give pay lend sell hand offer send donate supply grant award deliver transfer pass".split())
_GETTING = frozenset(
    "take receive get borrow buy accept obtain acquire collect purchase extort demand steal stole".split()
)
_REACH = 10  # words from the verb to its "to" or "from"
_PARTY = 5  # words behind the preposition among which the party stands
_MARKS = ",;:—–()"


def _deals(side: Side) -> Iterator[tuple[bool, int, int, int]]:
    """(whether it gives, the verb, the preposition, the party's last word) of each deal told in the active voice."""
    passive = {group.end for group in groups(side) if group.passive}
    for k, word in enumerate(side.words):
        lemma = verb_lemma(word)
        if lemma not in _GIVING | _GETTING or k in passive:
            continue
        gives, last = lemma in _GIVING, sentence(side, k, _MARKS)[1]
        wanted = "to" if gives else "from"
        at = next((n for n in range(k + 1, min(last, k + _REACH) + 1) if side.words[n].form == wanted), None)
        # What is given stands between: "gave in to", "sent her to".
        if at is None or not any(side.words[n].is_content for n in range(k + 1, at)):
            continue
        party = _party(side, at, min(last, at + _PARTY))
        if party is not None:
            yield gives, k, at, party


def _party(side: Side, at: int, last: int) -> int | None:
    """The last content word of the phrase behind a preposition."""
    found = None
    for k in range(at + 1, last + 1):
        if side.words[k].is_content:
            found = k
        elif found is not None:
            break
    return found


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first deal whose ends are exchanged."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    if not any(_GIVING & a.lemmas and _GETTING & b.lemmas for a, b in ((ours, theirs), (theirs, ours))):
        return
    for gives, i, said_at, party in _deals(ours):
        for gave, j, due_at, other in _deals(theirs):
            same = ours.partner[party] == other or ours.words[party].lemma == theirs.words[other].lemma
            if gives == gave or not same or asks(ours, i) != asks(theirs, j):
                continue
            things = [k for k in range(i + 1, said_at) if ours.words[k].is_content]
            due = {theirs.words[k].lemma for k in range(j + 1, due_at)}
            if not any(ours.words[k].lemma in due or j < (ours.partner[k] or -1) < due_at for k in things):
                continue
            said = Span(ours.words[i].span.start, ours.words[party].span.end)
            meant = Span(theirs.words[j].span.start, theirs.words[other].span.end)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: who gives and who "
                "gets are exchanged.",
                variant_span=said,
                reference_span=meant,
                evidence={"reference verb": theirs.words[j].lemma},
                confidence=0.85,
            )
            return


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Prosecutors suspect the deputy of taking money from a builder who fled the country.",
            "The deputy is suspected by prosecutors of ⟦giving money to a builder⟧ who fled the country.",
        ),
        Example(
            "The museum donated two paintings to the gallery in Oslo last winter.",
            "Last winter the museum ⟦received two paintings from the gallery⟧ in Oslo.",
        ),
        Example(
            "The museum donated two paintings to the gallery in Oslo last winter.",
            "Last winter the gallery in Oslo received two paintings from the museum.",
        ),
    ),
)
