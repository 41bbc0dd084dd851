"""Behind "said that" or "told them that" a perfect stands where the reference shifts the tense back ("has left").

The reference reports with "had", as English does behind a verb of saying in the past, and uses no "has" or "have" in
the same segment. Other tenses behind such verbs are left alone, since English often keeps them.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import ends_sentence, gap
from evaltool.words import AlignedSegment

#: Past forms of the verbs that report; "it is said" reports nothing past.
_REPORTED = frozenset(
    "said told announced reported stated added claimed explained noted confirmed informed warned argued".split()
)
_PERFECT = frozenset(["has", "have"])
_REACH = 14  # words from the verb of saying within which the perfect is looked for


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each perfect of reported speech that is not shifted back."""
    theirs = segment.reference.forms
    if segment.kind is not Kind.MATCH or "had" not in theirs or theirs & _PERFECT:
        return
    side = segment.variant
    words = side.words
    for i, word in enumerate(words):
        if word.form not in _REPORTED or (i and words[i - 1].form in ("is", "are", "be", "been")):
            continue
        that = False
        for at in range(i + 1, min(i + _REACH, len(words) - 1)):
            between = gap(side, at - 1, at)
            if ends_sentence(between) or any(mark in between for mark in '“":;'):
                break
            that = that or words[at].form == "that"
            if words[at].form not in _PERFECT:
                continue
            verb = words[at + 1]
            participle = verb.form == "been" or (verb.form != verb.lemma and "v" in lexicon.parts_of_speech(verb.lemma))
            if that and participle and not verb.form.endswith("ing") and verb.text.islower():
                told = Span(words[at].span.start, verb.span.end).of(side.text)
                yield Hit(
                    Severity.MINOR,
                    f"Behind “{word.text} that” the reference shifts the tense back; here it is “{told}”.",
                    variant_span=words[at].span,
                    suggestion="had",
                    evidence={"verb of saying": word.form},
                    confidence=0.7,
                )
            break


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "She told the agency that the town had recovered.", "She told the agency that the town ⟦has⟧ recovered."
        ),
        Example("She said that the town was quiet.", "She said that the town is quiet."),
        Example("The mayor said she had seen the plan.", "The mayor has seen the plan, she said."),
    ),
)
