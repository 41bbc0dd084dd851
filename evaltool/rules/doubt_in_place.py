"""A "may", "probably", "reportedly" or "is believed to" was dropped in a passage that is otherwise worded alike.

Where the words before and behind are the reference's own, in its order, and the variant's clause leaves nothing open in
other terms, what is only held possible, or only reported, in the reference is a fact in the variant. The same holds
where a word of certainty ("is known to") stands in the place.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import NEGATORS
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._hedges import may_stays
from evaltool.rules._in_place import DOUBTS, Exchange, exchanges, follower, span
from evaltool.rules._negated import CLAUSE_MARKS
from evaltool.rules._polarity import is_denial
from evaltool.words import AlignedSegment, Side

_MAY = frozenset(["may", "might"])
#: What leaves something open in other terms.
_OPEN = DOUBTS | frozenset(
    """
    may might could can possible possibility potential potentially chance prospect risk danger threat threaten if unless
    whether question unclear uncertain uncertainty suspect suspicion presume seem appear appearance suggest suggestion
    indicate indication imply hint permit allow
    estimation assumption expectation
    believe belief think reckon guess assume expect estimate hope fear worry report rumour claim
    allege allegation accuse should due set plan intend about likelihood theory plausible conceivable
    """.split()
)
_CONCEDING = frozenset("but though although".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield doubts that a passage worded alike lacks."""
    if segment.kind is not Kind.MATCH:
        return
    for exchange in exchanges(segment):
        doubts = exchange.lost & (DOUBTS | _MAY)
        if not doubts or exchange.lost & NEGATORS or exchange.new & (_OPEN | NEGATORS | {"unlikely"}):
            continue
        if hit := _hit(segment, exchange, doubts):
            yield hit


def _hit(segment: AlignedSegment, exchange: Exchange, doubts: frozenset[str]) -> Hit | None:
    ours, theirs = segment.variant, segment.reference
    if doubts == {"reported"} and "no" in theirs.forms:
        return None  # "no injuries have been reported"
    behind, beyond = follower(ours, exchange.variant[1] + 1), follower(theirs, exchange.reference[1] + 1)
    if behind is None or beyond is None or asks(ours, behind) or asks(theirs, beyond):
        return None
    if ours.words[behind].lemma != theirs.words[beyond].lemma and ours.partner[behind] != beyond:
        return None
    first, last = sentence(ours, behind, CLAUSE_MARKS)
    start, end = sentence(theirs, beyond, CLAUSE_MARKS)
    if any(may_stays(segment, k) for k in range(exchange.reference[0], exchange.reference[1] + 1)):
        return None
    known = {w.lemma for w in theirs.words[start : end + 1]} - doubts
    if any({w.form, w.lemma} & _OPEN and w.lemma not in known for w in ours.words[first : last + 1]):
        return None
    if any(is_denial(side, at) for side, at in ((ours, behind), (theirs, beyond))):
        return None
    here, there = (_sentence(side, at) for side, at in ((ours, behind), (theirs, beyond)))
    if (doubts & _MAY and (here | there) & _CONCEDING) or (doubts - _MAY and (here - there) & SPEECH):
        return None  # "may be old, but"; a claim that the variant gives a source
    said, meant = span(ours, exchange.variant[0], behind), span(theirs, exchange.reference[0], beyond)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”, as if it were established.",
        said,
        meant,
        evidence={"doubt": sorted(doubts)[0], "worded alike around it": round(exchange.alike, 2)},
        confidence=0.85,
    )


def _sentence(side: Side, index: int) -> frozenset[str]:
    """The lemmas of a word's sentence."""
    first, last = sentence(side, index)
    return frozenset(w.lemma for w in side.words[first : last + 1])


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "The two brothers are believed to have been shot by smugglers in a settling of scores.",
            "The two brothers are ⟦known to have been shot⟧ by smugglers settling scores.",
        ),
        Example(
            "The signal had most likely been caused by a faulty pump.", "The signal had ⟦been caused⟧ by a faulty pump."
        ),
        Example(
            "The records of former patients might have been copied in the spring.",
            "The records of former patients could have been copied in the spring.",
        ),
        Example(
            "Two are believed to have been shot by smugglers from the north.",
            "Two are thought to have been shot by smugglers from the north.",
        ),
    ),
)
