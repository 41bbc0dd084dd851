"""A word or a short phrase of the reference is left out, and nothing else in the variant says it.

The learned judge of words finds it, and no word of the variant, in this sentence or elsewhere, is the same or close to
it in meaning. What a reader can fill in from another sentence is not flagged. In a summary, which may leave out, it is
shown as neutral.

Severity: minor for a single adjective or adverb; major for anything else.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._judged import Run, runs, said_elsewhere
from evaltool.rules._names import zipf
from evaltool.rules._polarity import is_denial, negations
from evaltool.words import AlignedSegment, Side

_EDGE = 0.5
#: Chances from which a single word, and the best word of several, are believed; a text that is no translation may say
#: the same in words that the judge does not know for it.
_ALONE, _TOGETHER, _REWORDED = 0.6, 0.5, 0.9
_STAND_FOR = frozenset("it they them he him she her this that these those one ones".split())
#: Zipf frequency of words so common that nothing is lost with them (day, time, several).
_COMMON = 5.3


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield what the variant leaves out."""
    judged = segment.judgement
    if judged is None or segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    words = segment.reference.words
    translated = segment.profile is Profile.TRANSLATION
    for found in runs(words, judged.lost, _EDGE):
        members = [k for k in range(found.first, found.last + 1) if words[k].is_content]
        if all(words[k].is_capitalised for k in members):
            continue  # a name: missing-name knows what may be left of one
        gone = [k for k in members if not said_elsewhere(words[k], segment, segment.whole_variant)]
        peak = max((judged.lost[k] for k in gone), default=0.0)
        if translated and peak < (_ALONE if len(gone) == 1 else _TOGETHER):
            continue
        if not translated and (len(gone) == 1 or peak < _REWORDED):
            continue  # a paraphrase says single words in others
        if all(zipf(words[k].form) >= _COMMON for k in gone):
            continue
        run = Run(gone[0], gone[-1], peak, len(gone))
        if _resumed(segment, run) or _renamed(segment, run) or _denied(segment, run) or _abbreviated(segment, run):
            continue
        if segment.profile is Profile.SUMMARY:
            severity = Severity.NEUTRAL
        else:
            severity = Severity.MINOR if _is_modifier(segment.reference, run) else Severity.MAJOR
        span = run.span(words)
        quote = span.of(segment.reference.text)
        yield Hit(
            severity,
            f"The reference says “{quote}” here; nothing in the variant says it.",
            reference_span=span,
            evidence={"judged lost": round(peak, 2), "words without a counterpart": len(gone)},
            confidence=round(peak, 2),
        )


def _resumed(segment: AlignedSegment, run: Run) -> bool:
    """Whether a pronoun that the reference does not have can stand for what is missing ("the new roof", "it")."""
    last = segment.reference.words[run.last]
    if "n" not in lexicon.parts_of_speech(last.lemma):
        return False
    ours = segment.variant
    return any(
        word.form in _STAND_FOR and ours.partner[i] is None and word.form not in segment.reference.forms
        for i, word in enumerate(ours.words)
    )


def _renamed(segment: AlignedSegment, run: Run) -> bool:
    """Whether what a lost modifier belongs to is called otherwise, which may say both ("a digger": "an excavator")."""
    words, head = segment.reference.words, run.last + 1
    if not _is_modifier(segment.reference, run) or head >= len(words) or not words[head].is_content:
        return False
    partner = segment.reference.partner[head]
    if "n" not in lexicon.parts_of_speech(words[head].lemma):
        return False
    return partner is None or segment.variant.words[partner].lemma != words[head].lemma


def _denied(segment: AlignedSegment, run: Run) -> bool:
    """Whether the reference negates what is missing, and a verb or noun of the variant may deny it: "not guilty"."""
    ours, theirs = segment.variant, segment.reference
    if not any(n.target is not None and run.first <= n.target <= run.last for n in negations(theirs)):
        return False
    return any(w.lemma not in theirs.lemmas and is_denial(ours, k) for k, w in enumerate(ours.words))


def _abbreviated(segment: AlignedSegment, run: Run) -> bool:
    """Whether an acronym of the variant has the initials of what is missing and the words around it: "GDP"."""
    initials = "".join(w.form[:1] for w in segment.reference.words)
    short = (w.form for w in segment.variant.words if w.is_acronym and w.form not in segment.reference.forms)
    return any(
        initials[at : at + len(form)] == form
        for form in short
        for at in range(max(0, run.last - len(form) + 1), run.first + 1)
    )


def _is_modifier(side: Side, run: Run) -> bool:
    return run.content == 1 and lexicon.main_part_of_speech(side.words[run.first].lemma) in ("a", "r")


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    wording=True,
    languages=ENGLISH,
    judged=True,
    examples=(
        Example(
            "The council said on Monday that the bridge would reopen in May after ⟦repairs⟧.",
            "The council said on Monday that the bridge would reopen in May.",
        ),
        Example(
            "The council said on Monday that the bridge would reopen in May.",
            "The bridge will open again in May, the council said on Monday.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
