"""The sentence breaks off: a word is missing that it cannot do without.

The learned judge of words finds the place. The flag stands on the word behind the gap and, where one can be named,
on the word of the reference that is missing.

Severity: minor where the missing word is an adjective or adverb or cannot be named, major otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ARTICLES, CONJUNCTIONS, PREPOSITIONS, PRONOUNS
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import zipf
from evaltool.words import AlignedSegment, Word

_SURE = 0.8
#: Enough where the word that is missing is itself judged lost at least so much.
_LIKELY, _LOST = 0.75, 0.5
#: What either must be more in a text that is no translation, which may be built otherwise throughout.
_REWORDED = 0.18
#: Zipf frequency of modifiers so common that nothing is lost with them.
_COMMON = 5.3
#: Words that a sentence can mostly do without, or that other rules look after.
_LITTLE = ARTICLES | PREPOSITIONS | CONJUNCTIONS


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the places where a word is missing."""
    judged = segment.judgement
    if segment.profile is Profile.SUMMARY:
        return  # a summary shortens, which looks the same
    if judged is None or segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    more = 0.0 if segment.profile is Profile.TRANSLATION else _REWORDED
    for i, word in enumerate(ours.words):
        if judged.gap[i] < _LIKELY + more or (i and _ends(segment, i - 1)):
            continue
        # What is lost stands in the reference near the partners of the words on both sides of the gap.
        near = [p for k in (i - 1, i) if 0 <= k < len(ours.words) and (p := ours.partner[k]) is not None]
        options = [
            j
            for j, other in enumerate(theirs.words)
            if near
            and min(near) - 4 <= j <= max(near) + 4
            and theirs.partner[j] is None
            and other.lemma not in ours.lemmas
        ]
        lost = max(options, key=lambda j: (judged.lost[j], -j), default=None)
        if judged.gap[i] < _SURE + more and (lost is None or judged.lost[lost] < _LOST):
            continue
        if lost is not None and (not theirs.words[lost].is_content or theirs.words[lost].is_capitalised):
            continue  # a function word, a number or a part of a name: what carries the sense is there
        if lost is not None and _is_modifier(theirs.words[lost]) and zipf(theirs.words[lost].form) >= _COMMON:
            continue  # "for several days", "for days"
        if word.form in PRONOUNS and ours.partner[i] is None:
            continue  # the pronoun stands for what is missing
        if len(near) == 2 and near[0] < near[1]:
            between = theirs.words[near[0] + 1 : near[1]]
            if between and all(other.form in _LITTLE for other in between):
                continue  # "told the police", "told police"
        before = ours.words[i - 1].span.start if i else word.span.start
        missing = theirs.words[lost].text if lost is not None else None
        yield Hit(
            Severity.MINOR if lost is None or _is_modifier(theirs.words[lost]) else Severity.MAJOR,
            f"Something is missing before “{word.text}”"
            + (f": the reference has “{missing}”." if missing else "; the sentence does not hold together."),
            variant_span=Span(before, word.span.end),
            reference_span=theirs.words[lost].span if lost is not None else None,
            evidence={"judged missing": round(judged.gap[i], 2)},
            confidence=round(judged.gap[i], 2),
        )


def _is_modifier(word: Word) -> bool:
    return lexicon.main_part_of_speech(word.lemma) in ("a", "r")


def _ends(segment: AlignedSegment, index: int) -> bool:
    """Whether a sentence, clause or quotation ends behind a word of the variant."""
    words, text = segment.variant.words, segment.variant.text
    return any(mark in text[words[index].span.end : words[index + 1].span.start] for mark in '.!?;:”"»')


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    literal=True,
    languages=ENGLISH,
    judged=True,
    examples=(
        Example(
            "The council said on Monday that the bridge would reopen in May.",
            "The council said on Monday that ⟦the would⟧ reopen in May.",
        ),
        Example(
            "The council said on Monday that the bridge would reopen in May.",
            "The bridge will open again in May, the council said on Monday.",
        ),
    ),
)
