"""A sentence has no subject ("Is not yet clear whether it sank", "Added that the money was there").

The variant's sentence begins with the verb that the reference has behind "it", "he", "there" or another pronoun, asks
nothing, and no subject follows the verb. Found is also "said that would" for "said that it would".

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_PRONOUNS = frozenset("it he she they we i there this that".split())
_BE = frozenset("is was are were has have had".split())
_FINITE = _BE | frozenset("would will could can must may might should".split())
_NEXT = frozenset("not that yet to also still now never already likely clear possible".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb that begins a sentence without a subject."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    side, theirs = segment.variant, segment.reference
    yield from _unsaid(segment)
    for i, word in enumerate(side.words[:-1]):
        if not word.initial or not word.is_capitalised or asks(side, i) or not _bare(side, i):
            continue
        behind = {theirs.words[j].form for j in range(1, len(theirs.words)) if theirs.words[j - 1].form in _PRONOUNS}
        first = any(w.initial and w.form == word.form for w in theirs.words)
        if word.form in behind and not first:
            yield Hit(
                Severity.MINOR,
                f"The sentence begins with “{word.text}” and has no subject; the reference has one.",
                variant_span=word.span,
                evidence={"verb": word.form},
                confidence=0.85,
            )


def _unsaid(segment: AlignedSegment) -> Iterator[Hit]:
    """Verbs right behind "said that", where the reference has "that it" or "that he"."""
    side, theirs = segment.variant, segment.reference
    told = {
        theirs.words[k + 2].form
        for k in range(len(theirs.words) - 2)
        if theirs.words[k].form == "that" and theirs.words[k + 1].form in _PRONOUNS
    }
    for k in range(1, len(side.words) - 2):
        verb = side.words[k + 1]
        if side.words[k].form == "that" and side.words[k - 1].lemma in SPEECH and verb.form in _FINITE & told:
            yield Hit(
                Severity.MINOR,
                f"Behind “that” a subject is missing before “{verb.text}”; the reference has one.",
                variant_span=Span(side.words[k].span.start, verb.span.end),
                evidence={"verb": verb.form},
                confidence=0.85,
            )


def _bare(side: Side, at: int) -> bool:
    """Whether a word is a finite verb that no subject follows."""
    word, after = side.words[at], side.words[at + 1]
    if word.form in _BE:
        return after.form in _NEXT
    lemma = verb_lemma(word)
    past = word.form != lemma and lexicon.main_part_of_speech(lemma) == "v" and not word.form.endswith("ing")
    return past and after.form == "that"


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It is not yet clear whether it sank.", "⟦Is⟧ not yet clear whether it sank.", severity=Severity.MINOR),
        Example("He added that the money was there.", "⟦Added⟧ that the money was there."),
        Example("The firm said that it would appeal.", "The firm said ⟦that would⟧ appeal."),
        Example("He added that the money was there.", "The money was there, he added."),
        Example("Is it not yet clear? It is not yet clear.", "Is it not yet clear? It is not yet clear."),
    ),
)
