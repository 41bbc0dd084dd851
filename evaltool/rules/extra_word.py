"""A word or a short phrase of the variant is added: the reference says nothing like it.

The learned judge of words finds it, and no word of the reference, in this sentence or elsewhere, is the same or
close to it in meaning. In a re-report, which may add, it is shown as neutral.

Severity: major for three or more content words, minor for fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._judged import runs, said_elsewhere
from evaltool.rules._names import abbreviates, zipf
from evaltool.rules._numbers import quantities_of
from evaltool.words import AlignedSegment, Word

_EDGE = 0.45
#: Chances from which a single word, and the best word of several, are believed.
_ALONE, _TOGETHER = 0.6, 0.5
_LONG = 3
#: Zipf frequency of words so common that they add nothing by themselves (day, time, make).
_COMMON = 5.5
#: Words between a form of "be" and "to" that say no more than these ("is due to open"), and participles that only lead
#: from a noun to a preposition ("the elections scheduled for April").
_BOUND = frozenset("due set scheduled supposed meant going bound".split())
_LEADING = frozenset("scheduled planned due set held based located situated living made taken found given".split())
_BEING = frozenset("is are was were be been being".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield what the variant adds."""
    judged = segment.judgement
    if judged is None or segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    words = segment.variant.words
    for run in runs(words, judged.added, _EDGE):
        own = [w for w in words[run.first : run.last + 1] if w.is_content]
        if any(q.first <= run.first and run.last <= q.last for q in quantities_of(segment.variant)):
            continue  # part of a number: "20 per cent" for "a fifth"
        if any(
            w.is_acronym and abbreviates(w, words[max(0, run.first - 4) : run.last + 4])
            for w in segment.reference.words
        ):
            continue  # what an acronym stands for
        new = [w for w in own if not said_elsewhere(w, segment, segment.whole_reference)]
        if len(new) * 2 <= len(own) or run.peak < (_ALONE if len(own) == 1 else _TOGETHER):
            continue
        if all(zipf(w.form) >= _COMMON for w in own):
            continue
        if run.first == run.last and _says_nothing(words, run.first):
            continue
        severity = Severity.MAJOR if len(own) >= _LONG else Severity.MINOR
        if segment.profile is Profile.REREPORT:
            severity = Severity.NEUTRAL
        span = run.span(words)
        yield Hit(
            severity,
            f"The variant says “{span.of(segment.variant.text)}” here; nothing in the reference says it.",
            variant_span=span,
            evidence={"judged added": round(run.peak, 2), "words without a counterpart": len(new)},
            confidence=round(run.peak, 2),
        )


def _says_nothing(words: Sequence[Word], at: int) -> bool:
    """Whether a word only joins what stands before and behind it."""
    if not 0 < at < len(words) - 1:
        return False
    before, form, behind = words[at - 1], words[at].form, words[at + 1]
    if behind.form == "to" and before.form in _BEING:
        return form in _BOUND
    return form in _LEADING and before.is_content and behind.form in PREPOSITIONS


RULE = Rule(
    category=Category.ADDITION,
    find=find,
    wording=True,
    literal=True,
    languages=ENGLISH,
    judged=True,
    examples=(
        Example(
            "The council said on Monday that the bridge would reopen in May.",
            "The council said on Monday that the ⟦corrupt⟧ bridge would reopen in May.",
        ),
        Example("The bridge was to reopen in May.", "The bridge was due to reopen in May."),
        Example(
            "The council said on Monday that the bridge would reopen in May.",
            "The bridge will open again in May, the council said on Monday.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
