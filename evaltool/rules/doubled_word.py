"""A word or phrase stands twice in a row in the variant, and not in the reference.

Doublings that English allows ("had had", "very very", "bye bye") are accepted, as are those that the reference also
has, numbers, and repetitions set apart by punctuation.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.rules._parts import is_participle
from evaltool.words import AlignedSegment, Side, Word

#: Closed-class and emphatic words that may follow themselves.
_ALLOWED = frozenset(
    """
    had that is was very so really no never many much far more again ha bye knock who do her in
    """.split()
)
#: Of these, what goes on in any case: "what it was was a lie", but not "where it was was."
_NEVER_LAST = frozenset(["is", "was", "her"])
#: With one of these before it, a clause may be the subject: "all it is is tired".
_CLAUSAL = frozenset("what it that who which where how all why when there".split())
_LONGEST_PHRASE = 6
#: In "which was which was not known" nothing is said twice.
_ASKED, _BEING = frozenset("who which what".split()), frozenset("is are was were".split())


def _repeats(words: tuple[Word, ...], text: str) -> Iterator[tuple[int, int]]:
    """(index, length) of each run of words that is repeated at once, longest and leftmost first."""
    forms = [word.form for word in words]
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, (len(words) - at) // 2), 0, -1):
            middle, end = at + length, at + 2 * length
            same = forms[at] == forms[middle] and forms[at:middle] == forms[middle:end]
            if same and _unbroken(words[at:end], text):
                yield at, length
                at += 2 * length - 1
                break
        at += 1


def _unbroken(words: tuple[Word, ...], text: str) -> bool:
    gaps = (text[a.span.end : b.span.start] for a, b in pairwise(words))
    return all(gap.isspace() for gap in gaps)


def _last(side: Side, index: int) -> bool:
    """Whether a word is followed by a mark or nothing."""
    return index + 1 == len(side.words) or not side.text[side.words[index].span.end :][:1].isspace()


def _never(side: Side, index: int) -> bool:
    """Whether a word that may follow itself cannot, by what comes next: "was was.", "is is punished", "had had not"."""
    form = side.words[index].form
    if form in _NEVER_LAST and _last(side, index):
        return True
    if _last(side, index):
        return False
    behind, clause = side.words[index + 1].form, {w.form for w in side.words[: index - 1]}
    if form == "had":
        return behind in ("not", "been")
    return form in ("is", "was") and is_participle(behind) and clause.isdisjoint(_CLAUSAL)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each repetition that the reference does not have."""
    side = segment.variant
    known = {
        tuple(w.form for w in segment.reference.words[i : i + n])
        for i, n in _repeats(segment.reference.words, segment.reference.text)
    }
    for at, length in _repeats(side.words, side.text):
        run = side.words[at : at + length]
        forms = tuple(w.form for w in run)
        if forms in known or any(w.is_number or w.is_sign for w in run):
            continue
        if length == 1 and forms[0] in _ALLOWED and not _never(side, at + 1):
            continue
        name = run[0].is_capitalised and not (run[0].initial or run[0].is_function)
        if length == 1 and name and side.words[at + 1].text.islower():
            continue  # "the people of Alton Say say": a name and a verb
        if length == 2 and forms[0] in _ASKED and forms[1] in _BEING:
            continue
        if length == 1 and side.text[side.words[at + 1].span.end :][:1] in ("-", "‑"):
            continue  # "three three-pointers"
        if length == 1 and forms[0] * 2 in segment.reference.forms:
            continue  # "dan dan noodles" for "dandan noodles"
        if segment.language != "en" and length == 1 and len(forms[0]) < 6:
            continue  # "nous nous sommes", "wenn sie sie sehen": pronouns double in other languages
        # "Bora Bora", "Duran Duran": names double by nature, unless the reference has this one single.
        capitals = all(w.is_capitalised for w in side.words[at : at + 2])
        if length == 1 and capitals and not run[0].initial and forms[0] not in segment.reference.forms:
            continue
        span = Span(run[0].span.start, side.words[at + 2 * length - 1].span.end)
        once = side.text[run[0].span.start : run[-1].span.end]
        yield Hit(
            Severity.MINOR,
            f"“{once}” stands twice in a row.",
            variant_span=span,
            suggestion=once,
            evidence={"repeated": once},
            confidence=0.97,
        )


RULE = Rule(
    category=Category.REPETITION,
    find=find,
    examples=(
        Example("The mayor opened the new bridge.", "The mayor opened the ⟦bridge bridge⟧."),
        Example("They met in the old town hall.", "They met ⟦in the in the⟧ old town hall."),
        Example("He said that he had finished the work.", "He said that he had had the work finished."),
        Example("Nobody knew where he was.", "Nobody knew where he ⟦was was⟧."),
        Example("Theft is punished with a fine.", "Theft ⟦is is⟧ punished with a fine."),
        Example("She said she had not seen him.", "She said that she ⟦had had⟧ not seen him."),
        Example("Nobody knew what it was.", "What it was was known to nobody."),
        Example("It was a long, long winter.", "It was a long, long winter."),
        Example("Nobody knew which of them was which.", "Which was which was known to nobody."),
        Example("They flew to Bora Bora on Monday.", "They flew to Bora Bora on Monday."),
        Example(
            "Moss scored three times from afar.",
            "Moss scored three three-pointers.",
        ),
    ),
)
