"""One source becomes several, or several one: “an activist told the paper” is rendered as “activists say”.

The reference has a single speaker, not named (“an official said”), and the variant has several of the same kind, so
that the statement seems confirmed by more people than it is. A variant that says “one of the officials” keeps the
number. Likewise where the reference counts its speakers (“two officials”) and the variant has one.

Severity: major; neutral in a summary, which speaks of several at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._numbers import is_number_word
from evaltool.rules._parties import is_party
from evaltool.words import AlignedSegment, Side, Word

_ONE = frozenset(["a", "an", "one", "another"])
#: No source: stretches of time, which "said" may follow.
_TIMES = frozenset("second minute hour day night week fortnight month year decade century time".split())
_BEFORE, _AFTER = 2, 6  # words between an article and its noun, between a speaker and the verb of speaking


def _speaks(side: Side, at: int, plural: bool) -> bool:
    """Whether the noun at ``at`` is whom a statement comes from."""
    before = [w.form for w in side.words[max(0, at - 4) : at]]
    told = (w.lemma in SPEECH for w in side.words[max(0, at - 2 * _AFTER) : at])
    if "according" in before or ("by" in before and any(told)):
        return True
    for word in side.words[at + 1 : at + 1 + _AFTER]:
        if word.lemma in SPEECH and (word.form != word.lemma or plural):
            return True
    return False


def _single(side: Side, at: int) -> bool:
    word = side.words[at]
    articles = [w.form for w in side.words[max(0, at - _BEFORE) : at]]
    return word.form == word.lemma and bool(_ONE & set(articles))


def _several(side: Side, at: int) -> bool:
    word = side.words[at]
    before = [w.form for w in side.words[max(0, at - 4) : at]]
    return _plural(word) and word.lemma not in SPEECH and not {"one", "of"} <= set(before)


def _plural(word: Word) -> bool:
    return word.form != word.lemma and word.form.endswith(("s", "men", "women", "people"))


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the speakers that are more, or fewer, than the reference has."""
    if segment.kind is not Kind.MATCH:
        return
    for of_variant in (True, False):
        side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
        for i, word in enumerate(side.words):
            if (
                not word.is_content
                or word.lemma in _TIMES
                or not _several(side, i)
                or not _speaks(side, i, plural=True)
            ):
                continue
            same = [j for j, w in enumerate(other.words) if w.lemma == word.lemma]
            if not same or not all(_single(other, j) and _speaks(other, j, plural=False) for j in same):
                continue
            if (not of_variant and not _counted(side, i)) or (_counted(side, i) and not is_party(word.lemma)):
                continue  # "activists say": one of them may be quoted
            pair = (i, same[0]) if of_variant else (same[0], i)
            yield _hit(segment, *pair, of_variant=of_variant)
            return


def _counted(side: Side, at: int) -> bool:
    """Whether a number stands before a noun: "two former diplomats"."""
    return any(w.is_number or is_number_word(w.form) for w in side.words[max(0, at - _BEFORE - 1) : at])


def _hit(segment: AlignedSegment, i: int, j: int, *, of_variant: bool) -> Hit:
    word, other = segment.variant.words[i], segment.reference.words[j]
    several, one = "several speakers", "one speaker"
    there, here = (one, several) if of_variant else (several, one)
    return Hit(
        Severity.NEUTRAL if segment.profile is Profile.SUMMARY else Severity.MAJOR,
        f"The reference has {there} (“{other.text}”); here it is {here} (“{word.text}”).",
        variant_span=word.span,
        reference_span=other.span,
        suggestion=other.text,
        evidence={"speaker": word.lemma},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The town was empty by noon, an activist in the region told the paper on Friday.",
            "The town was empty by noon, ⟦activists⟧ in the region told the paper on Friday.",
            severity=Severity.MAJOR,
        ),
        Example(
            "Two former pilots told the inquiry that the chart had been out of date.",
            "The inquiry was told by a former ⟦pilot⟧ that the chart had been out of date.",
        ),
        Example("We have water for a day and a half, he said.", "We have water for one and a half days, he said."),
        Example(
            "The town was empty by noon, an activist in the region told the paper on Friday.",
            "One of the activists in the region told the paper on Friday that the town was empty by noon.",
        ),
    ),
)
