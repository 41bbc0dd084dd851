"""The verb stands behind its object ("the court has a report published", "that it the pictures will send").

The reference has an auxiliary and its verb, or the verb alone, before the object; the variant has the auxiliary, or
the subject, first, then the object, and the verb only behind it.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._parts import is_participle
from evaltool.rules._polarity import is_adverb
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Word

_AUXILIARIES = frozenset("has have will would shall can could may might must should".split())
_HAVE = frozenset("has have had".split())
_CAUSING = _HAVE | _AUXILIARIES | {"to", "would"}
#: Between an auxiliary and its verb these belong to no object.
_OTHERS = frozenset("first last to who which that by been being so neither nor not either both".split())
_OBJECTS = frozenset("nothing everything something anything it him them".split())
_DETERMINERS = frozenset("the a an his her its their our my your this that these those no some any all".split())
_LONGEST = 8  # words between an auxiliary and its verb
_LITERAL = 0.6


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb that has gone behind its object."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.literalness < _LITERAL:
        return
    side, theirs = segment.variant, segment.reference
    for at, word in enumerate(side.words):
        # "had had the work finished", "may have it repaired"
        caused = word.form in _HAVE and any(w.form in _CAUSING for w in side.words[max(0, at - 3) : at])
        if word.form not in _AUXILIARIES or not word.text.islower() or caused or asks(side, at):
            continue
        _, last = sentence(side, at, ",;:()—–“”")
        for verb in range(at + 2, min(last, at + _LONGEST) + 1):
            own = side.words[verb]
            there = side.partner[verb]
            fits = is_participle(own.form) if word.form in _HAVE else own.form == own.lemma
            if side.words[verb - 1].form in _DETERMINERS or own.form == "be":
                continue  # "would back it in a vote"
            if there is None or not fits or verb_lemma(own) != verb_lemma(theirs.words[there]):
                continue
            between = [k for k in range(at + 1, verb) if side.words[k].is_content or side.words[k].form in _OBJECTS]
            behind = [k for k in between if (p := side.partner[k]) is not None and there < p <= there + _LONGEST]
            ends = verb == last or gap(side, verb, verb + 1) != " " or side.words[verb + 1].is_function
            led = (k for k in between if side.words[k - 1].form not in _DETERMINERS)  # "a report" is no verb
            verbs = [k for k in (*led, verb) if _is_verb(side.words[k])]
            if verbs != [verb] or not behind or behind[-1] != between[-1] or not ends:
                continue
            if not _is_object(side.words[behind[-1]]):
                continue
            if any(side.words[k].form in _OTHERS for k in range(at + 1, verb)):
                continue
            span = Span(word.span.start, own.span.end)
            yield Hit(
                Severity.MINOR,
                f"“{span.of(side.text)}”: the verb stands behind its object.",
                variant_span=span,
                reference_span=theirs.words[there].span,
                evidence={"verb": own.form},
                confidence=0.85,
            )
            return


def _is_object(word: Word) -> bool:
    return word.form in _OBJECTS or ("n" in lexicon.parts_of_speech(word.lemma) and not is_adverb(word))


def _is_verb(word: Word) -> bool:
    """Whether a word is more a verb than anything else, or a participle."""
    return lexicon.main_part_of_speech(verb_lemma(word)) == "v" and not word.form.endswith("ing")


RULE = Rule(
    category=Category.WORD_ORDER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Yesterday the court published a report.",
            "Yesterday ⟦has the court a report published⟧.",
            severity=Severity.MINOR,
        ),
        Example("The authorities have done nothing.", "The authorities ⟦have nothing done⟧."),
        Example("The court published a report.", "A report has been published by the court."),
        Example("He had the roof repaired.", "He had the roof repaired."),
    ),
)
