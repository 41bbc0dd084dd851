"""A perfect or a present stands where English asks for another tense: "said that she has left", "rule it since May".

Behind "said that" or "told them that" the reference reports with "had", as English does behind a verb of saying in the
past, and uses no "has" or "have" in the same segment. Other tenses behind such verbs are left alone, since English
often keeps them. With "since" and a point of time both sides say how long something lasts, the reference in the
perfect.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ADVERBS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import ends_sentence, gap, sentence
from evaltool.rules._parts import MODALS, SAME_PARTICIPLE
from evaltool.rules._verbs import Group, Tense, groups
from evaltool.words import AlignedSegment, Side

#: Past forms of the verbs that report; "it is said" reports nothing past.
_REPORTED = frozenset(
    "said told announced reported stated added claimed explained noted confirmed informed warned argued".split()
)
_SUBJECTS = frozenset("i you we they that which who".split())
_PERFECT = frozenset(["has", "have"])
#: What begins a point of time.
_DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december today yesterday spring summer autumn winter
    """.split()
)
_REACH = 14  # words from the verb of saying within which the perfect is looked for


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each perfect of reported speech that is not shifted back."""
    theirs = segment.reference.forms
    if segment.kind is not Kind.MATCH:
        return
    yield from _lasting(segment)
    if "had" not in theirs or theirs & _PERFECT:
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
            if words[at].form not in _PERFECT or _infinitive(side, at):
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


def _infinitive(side: Side, at: int) -> bool:
    """Whether "have" is no finite form, behind "to" or a modal verb: "to have left", "may well have left"."""
    while at > 1 and (side.words[at - 1].form in ADVERBS or side.words[at - 1].form.endswith("ly")):
        at -= 1
    return at > 0 and side.words[at - 1].form in MODALS | {"to"}


def _lasting(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each present where the reference says in the perfect what has lasted "since March 2015"."""
    ours, theirs = segment.variant, segment.reference
    perfect = {g.end: g for g in groups(theirs) if g.tense is Tense.PERFECT and _since(theirs, g)}
    for i in range(len(ours.words)) if perfect else ():
        other, group = perfect.get(-1 if (partner := ours.partner[i]) is None else partner), _present(ours, i)
        if other is None or group is None or not _since(ours, group):
            continue
        span, there = (
            Span(s.words[g.start].span.start, s.words[g.end].span.end) for s, g in ((ours, group), (theirs, other))
        )
        yield Hit(
            Severity.MINOR,
            f"With “since” the perfect is due, as in the reference’s “{there.of(theirs.text)}”.",
            variant_span=span,
            reference_span=there,
            suggestion=there.of(theirs.text),
            evidence={"tense": group.tense.value},
            confidence=0.8,
        )


def _present(side: Side, i: int) -> Group | None:
    """The verb group in the present that a word ends, also one without an ending: "they rule"."""
    group = next((g for g in groups(side) if g.end == i), None)
    if group is not None:
        return group if group.tense is Tense.PRESENT else None
    word, before = side.words[i], side.words[i - 1].form if i else ""
    bare = word.form == word.lemma and word.form not in SAME_PARTICIPLE and "v" in lexicon.parts_of_speech(word.form)
    subject = before in _SUBJECTS or (i > 0 and side.words[i - 1].is_content and before.endswith("s"))
    return Group(i, i, word.lemma, Tense.PRESENT) if bare and subject else None


def _since(side: Side, group: Group) -> bool:
    """Whether a point of time behind "since" follows a verb in its sentence."""
    last = sentence(side, group.end)[1]
    for at in range(group.end + 1, min(group.end + _REACH, last)):
        if side.words[at].form == "since":
            behind = side.words[at + 1]
            return behind.is_number or behind.form in _DATES | {"then", "last", "early", "late"}
    return False


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    literal=True,
    languages=ENGLISH,
    examples=(
        Example(
            "She told the agency that the town had recovered.", "She told the agency that the town ⟦has⟧ recovered."
        ),
        Example("They have held the town since 2015.", "They ⟦hold⟧ the town since 2015."),
        Example("She said he had lost a bag that was stolen.", "She said that it seemed to have been stolen."),
        Example("She said that the town was quiet.", "She said that the town is quiet."),
        Example("The mayor said she had seen the plan.", "The mayor has seen the plan, she said."),
    ),
)
