"""A "not" has moved from who says it to what is said: "proof that he was not drunk" for "no proof that he was drunk".

Looked at are nouns and verbs of saying and proving with a clause behind them ("evidence that", "did not confirm that",
"promised to"). In one text they are denied and the clause, or the infinitive, is not; in the other it is the other way
round. With "think", "believe", "expect" or "seem" the "not" may stand in either place, so nothing is said of them, nor
where a sentence denies more than one thing.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._negated import RAISING
from evaltool.rules._polarity import is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_NOUNS = frozenset("evidence proof indication sign suggestion guarantee confirmation assurance promise".split())
_VERBS = (SPEECH - RAISING) | frozenset("prove guarantee demonstrate establish claim order decide agree try".split())
_PRONOUNS = frozenset("he she it they we i that the there this these those his her its their".split())
_MARKS = ",;:()–—"
_BEFORE, _BEHIND = 4, 12


class _Said(NamedTuple):
    """A word with a clause behind it: its index and dictionary form, the negators before it and in the clause."""

    at: int
    lemma: str
    outer: int | None
    inner: int | None


@lru_cache(maxsize=64)
def _said(side: Side) -> tuple[_Said, ...]:
    found = []
    for k, word in enumerate(side.words[:-2]):
        lemma = word.lemma if word.lemma in _NOUNS else verb_lemma(word)
        behind = side.words[k + 1]
        plain = behind.form in _PRONOUNS or behind.is_capitalised or behind.form in ("to", "not")
        opened = behind.form == "that" or (lemma in _VERBS and plain)
        if lemma not in _NOUNS | _VERBS or not opened or gap(side, k, k + 1) != " ":
            continue
        first, last = sentence(side, k)
        _, end = sentence(side, k + 1, _MARKS)
        negated = [n for n in range(first, last + 1) if is_negator(side.words[n])]
        if len(negated) != 1 or asks(side, k):
            continue
        at = negated[0]
        between = side.words[at + 1 : k]
        # "Did not say", "had found no evidence", but not "without help, said the doctor".
        close = lemma in _NOUNS or not any(w.is_content and not w.form.endswith("ly") for w in between)
        outer = at if k - _BEFORE <= at < k and close and side.words[at].form != "without" else None
        inner = at if k < at <= min(end, k + _BEHIND) else None
        found.append(_Said(k, "evidence" if lemma in _NOUNS else lemma, outer, inner))
    return tuple(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first word whose negator has moved into or out of its clause."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    if not (any(map(is_negator, ours.words)) and any(map(is_negator, theirs.words))):
        return
    for mine in _said(ours):
        for other in _said(theirs):
            moved = (mine.outer is None) != (other.outer is None) and (mine.inner is None) != (other.inner is None)
            if mine.lemma != other.lemma or not moved:
                continue
            said, meant = _span(ours, mine), _span(theirs, other)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: something else is"
                " denied.",
                variant_span=said,
                reference_span=meant,
                evidence={"denied in the reference": "the clause" if other.outer is None else ours.words[mine.at].form},
                confidence=0.8,
            )
            return


def _span(side: Side, said: _Said) -> Span:
    places = [k for k in (said.at, said.outer, said.inner) if k is not None]
    return Span(side.words[min(places)].span.start, side.words[max(places)].span.end)


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "There is no evidence that the pilot was drunk, the inquiry found.",
            "The inquiry found ⟦evidence that the pilot was not⟧ drunk.",
        ),
        Example(
            "The ministry did not say that the bridge would be closed.",
            "The ministry ⟦said that the bridge would not⟧ be closed.",
        ),
        Example(
            "The rebel group has not confirmed that it will attend the talks.",
            "The rebel group has ⟦confirmed that it will not⟧ take part in the talks.",
        ),
        Example("The mayor promised not to raise taxes.", "The mayor did ⟦not promise⟧ to raise taxes."),
        Example(
            "The ministry did not say that the bridge would be closed.",
            "The ministry has not said the bridge would be closed.",
        ),
        Example("He does not believe that it will rain.", "He believes that it will not rain."),
    ),
)
