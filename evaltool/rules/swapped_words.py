"""Two neighbouring words have changed places.

The reference has the same two words next to each other the other way round, between the same neighbours. One of them is
a function word whose place is fixed ("of whom were", "of were whom"), or both are content words whose order English
fixes (a noun before its adjective). Adverbs, number words and names move freely, and so do a speaker and the verb of
saying, and an auxiliary in a question.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ADVERBS, AUXILIARIES, PRONOUNS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Word

_FREE = ADVERBS | frozenset(
    "both all each such half which what one two three four five six seven eight nine ten".split()
)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each pair of neighbours that the reference has the other way round."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    known = {(a.form, b.form) for a, b in zip(theirs.words, theirs.words[1:], strict=False)}
    for i, (first, second) in enumerate(zip(ours.words, ours.words[1:], strict=False)):
        if (first.form, second.form) in known or not ours.text[first.span.end : second.span.start].isspace():
            continue
        places = [
            j
            for j, (a, b) in enumerate(zip(theirs.words, theirs.words[1:], strict=False))
            if a.form == second.form and b.form == first.form and theirs.text[a.span.end : b.span.start].isspace()
        ]
        if not any(_between_the_same(segment, i, j) for j in places) or not _fixed(first, second, segment):
            continue
        yield Hit(
            Severity.MINOR,
            f"The reference has “{second.text} {first.text}”; here the two words have changed places.",
            variant_span=Span(first.span.start, second.span.end),
            reference_span=Span(theirs.words[places[0]].span.start, theirs.words[places[0] + 1].span.end),
            suggestion=f"{second.text} {first.text}",
            evidence={"order": f"{first.form} {second.form}"},
            confidence=0.85,
        )


def _between_the_same(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the words before and behind the pair are the same on both sides, or the segment ends there."""
    ours, theirs = segment.variant.words, segment.reference.words

    def form(words: tuple[Word, ...], at: int) -> str:
        return words[at].form if 0 <= at < len(words) else ""

    return form(ours, i - 1) == form(theirs, j - 1) and form(ours, i + 2) == form(theirs, j + 2)


def _fixed(first: Word, second: Word, segment: AlignedSegment) -> bool:
    """Whether the order of two words says something."""
    if any(w.form in _FREE or w.is_number or w.is_sign or w.is_capitalised for w in (first, second)):
        return False
    if any(w.form.endswith("ly") or lexicon.main_part_of_speech(w.lemma) == "r" for w in (first, second)):
        return False
    function = [w.is_function for w in (first, second)]
    if all(function) or not any(function):
        if any(w.form in AUXILIARIES for w in (first, second)) and any(w.form in PRONOUNS for w in (first, second)):
            return "?" not in segment.variant.quote + segment.reference.quote
        return all(function) or not _verb_and_noun(first, second)
    return True


def _verb_and_noun(first: Word, second: Word) -> bool:
    """Whether the two can be a verb and its subject, which change places around a quotation."""
    parts = [lexicon.parts_of_speech(w.lemma) for w in (first, second)]
    return "v" in parts[0] and "n" in parts[1] and first.form != first.lemma


RULE = Rule(
    category=Category.WORD_ORDER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "There were ten men, many of whom were foreigners.", "There were ten men, many of ⟦were whom⟧ foreigners."
        ),
        Example("He named the three attributes that matter.", "He named the three attributes that matter."),
        Example("He has probably left the town.", "He probably has left the town."),
        Example("“It was late”, the mayor said.", "“It was late”, said the mayor."),
    ),
)
