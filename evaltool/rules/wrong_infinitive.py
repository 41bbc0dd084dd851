"""An infinitive stands where English has "-ing" or the bare verb ("is used to work", "made them to stay").

The reference has the same word before "to" and the "-ing" form of the same verb ("look forward to meeting"), or the
same verb without "to" behind "make", "let", "see" or "hear" and who does it.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_BARE = frozenset("make let see hear watch".split())
_REACH = 4  # words between "make" and its bare verb


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each infinitive that is none in the reference."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or "to" not in side.forms:
        return
    for k in range(1, len(side.words) - 1):
        verb = side.words[k + 1]
        bare = verb.form == verb.lemma and "v" in lexicon.parts_of_speech(verb.form) and not verb.form.endswith("ing")
        if side.words[k].form != "to" or gap(side, k, k + 1) != " " or not bare:
            continue
        why = None
        if any(_before(theirs, j, side.words[k - 1].lemma, verb.form) for j in range(1, len(theirs.words) - 1)):
            why = "a form in “-ing” is due"
        elif _caused(side, k) and _bare(theirs, verb.form):
            why = "the verb takes no “to” here"
        if why is not None:
            span = Span(side.words[k].span.start, verb.span.end)
            yield Hit(
                Severity.MINOR,
                f"“{span.of(side.text)}”: {why}.",
                variant_span=span,
                evidence={"verb": verb.form},
                confidence=0.85,
            )


def _before(theirs: Side, at: int, before: str, verb: str) -> bool:
    """Whether the reference has "to" and the "-ing" form of a verb behind a word."""
    behind = theirs.words[at + 1]
    doing = behind.form.endswith("ing") and verb_lemma(behind) == verb
    return theirs.words[at].form == "to" and theirs.words[at - 1].lemma == before and doing


def _caused(side: Side, at: int) -> bool:
    """Whether "make" or "let" and who does it stand before a "to"."""
    near = side.words[max(0, at - _REACH) : at - 1]
    return any(verb_lemma(w) in _BARE for w in near) and side.words[at - 1].is_content


def _bare(theirs: Side, verb: str) -> bool:
    """Whether the reference has "make" or the like, who does it, and the bare verb."""
    for k, word in enumerate(theirs.words):
        near = theirs.words[max(0, k - _REACH) : k]
        if word.form == verb and k and theirs.words[k - 1].form != "to" and any(verb_lemma(w) in _BARE for w in near):
            return True
    return False


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example("He is used to working at night.", "He is used ⟦to work⟧ at night.", severity=Severity.MINOR),
        Example("The teacher made the pupils stay.", "The teacher made the pupils ⟦to stay⟧."),
        Example("He is used to working at night.", "He has always worked at night."),
        Example("The teacher made the pupils stay.", "The pupils were made to stay by the teacher."),
    ),
)
