"""One source becomes several: “an activist told the paper” is rendered as “activists say”.

The reference has a single speaker, not named (“an official said”), and the variant has several of the same kind, so
that the statement seems confirmed by more people than it is. A variant that says “one of the officials” keeps the
number.

Severity: major; neutral in a summary, which speaks of several at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Side, Word

_ONE = frozenset(["a", "an", "one", "another"])
#: No source: stretches of time, which "said" may follow.
_TIMES = frozenset("second minute hour day night week fortnight month year decade century time".split())
_BEFORE, _AFTER = 2, 6  # words between an article and its noun, between a speaker and the verb of speaking


def _speaks(side: Side, at: int, plural: bool) -> bool:
    """Whether the noun at ``at`` is whom a statement comes from."""
    before = [w.form for w in side.words[max(0, at - 4) : at]]
    if "according" in before:
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
    """Yield the speakers that are more than the reference has."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    for i, word in enumerate(ours.words):
        if not word.is_content or word.lemma in _TIMES or not _several(ours, i) or not _speaks(ours, i, plural=True):
            continue
        same = [j for j, other in enumerate(theirs.words) if other.lemma == word.lemma]
        if not same or not all(_single(theirs, j) and _speaks(theirs, j, plural=False) for j in same):
            continue
        other = theirs.words[same[0]]
        yield Hit(
            Severity.NEUTRAL if segment.profile is Profile.SUMMARY else Severity.MAJOR,
            f"The reference has one speaker (“{other.text}”); here there are several (“{word.text}”).",
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
        Example("We have water for a day and a half, he said.", "We have water for one and a half days, he said."),
        Example(
            "The town was empty by noon, an activist in the region told the paper on Friday.",
            "One of the activists in the region told the paper on Friday that the town was empty by noon.",
        ),
    ),
)
