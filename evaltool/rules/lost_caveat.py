"""A caveat is left out of a claim that the variant keeps: that it could not be verified, is unconfirmed or unproven.

A clause or sentence of the reference that says so has no counterpart: neither its segment nor the sentences beside it
say in any words that something is unverified, in doubt or perhaps not genuine. It counts in a summary too, which may
leave out colour but not what limits a claim that it repeats.

Severity: critical, since the reader takes for established what is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._clauses import sentence
from evaltool.rules._polarity import is_negator
from evaltool.words import AlignedSegment, Side, Word

#: What is done to establish a claim ...
_VERIFYING = frozenset(
    """
    verify verified verification confirm confirmed confirmation corroborate corroboration authenticate authenticity
    substantiate substantiated validate establish ascertain prove proof proven evidence
    """.split()
)
#: ... and words that say by themselves that it was not.
_UNVERIFIED = frozenset(
    "unverified unconfirmed unproven unsubstantiated unverifiable uncorroborated unproved unauthenticated".split()
)
_QUESTIONS = frozenset("whether if why how who what which when where".split())
_CHECKING = frozenset("verify verification corroborate authenticate authenticity substantiate ascertain".split())
#: Words with which the variant may say the same.
_SAME = (
    _VERIFYING
    | _UNVERIFIED
    | frozenset(
        """genuine authentic real true truth veracity accuracy check unclear doubt uncertain independently unknown known
        undetermined unresolved determine whether""".split()
    )
)


def _among(word: Word, words: frozenset[str]) -> bool:
    return word.form in words or word.lemma in words


def _caveats(side: Side) -> Iterator[tuple[int, int, int]]:
    """(index of its key word, first, last) of the clauses that say that something is not established."""
    for at, word in enumerate(side.words):
        if not (_among(word, _UNVERIFIED) or _among(word, _VERIFYING)):
            continue
        after = side.words[at + 1].form if at + 1 < len(side.words) else ""
        if after in _QUESTIONS:
            continue  # "could not establish whether he had left": a question of its own, see answered-question
        denied = any(is_negator(w) or w.form in ("unable", "impossible") for w in side.words[max(0, at - 7) : at])
        helped = _among(word, _CHECKING) or any(
            w.form in ("could", "can", "been", "independently") for w in side.words[max(0, at - 5) : at]
        )
        if _among(word, _UNVERIFIED) or (denied and helped):
            first, last = sentence(side, at, ",;:–—()")
            if _among(word, _UNVERIFIED):
                first, last = at, at
            yield at, first, last


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each caveat that is left out."""
    for index, segment in enumerate(document.segments):
        if segment.kind is Kind.ADDITION:
            continue
        for at, first, last in _caveats(segment.reference):
            near = document.segments[max(0, index - 1) : index + 2]
            if segment.kind is Kind.OMISSION and not _kept(near, segment):
                continue
            if any(_among(w, _SAME) for s in (segment, *near) for w in s.variant.words) or _linked(segment, at):
                continue
            words = segment.reference.words
            span = Span(words[first].span.start, words[last].span.end)
            yield Hit(
                Severity.CRITICAL,
                f"The variant leaves out the caveat “{span.of(segment.reference.text)}”.",
                variant_span=_claim(segment, first, last),
                reference_span=span,
                evidence={"key word": words[at].form},
                confidence=0.8,
            )
            break


def _kept(near: tuple[AlignedSegment, ...], segment: AlignedSegment) -> bool:
    """Whether the sentence before a caveat, which it is about, stands in the variant."""
    return any(s is not segment and s.kind is Kind.MATCH for s in near[:1])


def _claim(segment: AlignedSegment, first: int, last: int) -> Span | None:
    """What the variant keeps of the claim that a caveat opens ("could not confirm that he had left"), or None."""
    side, other = segment.reference, segment.variant
    that = next((k for k in range(last + 1, min(last + 3, len(side.words))) if side.words[k].form == "that"), None)
    that = that or next((k for k in range(first, last + 1) if side.words[k].form == "that"), None)
    if that is None:
        return None
    end = sentence(side, that, ",;:–—()")[1]
    links = [p for k in range(that + 1, end + 1) if side.words[k].is_content and (p := side.partner[k]) is not None]
    if not links or max(links) - min(links) > end - that + 2:
        return None
    return Span(other.words[min(links)].span.start, other.words[max(links)].span.end)


def _linked(segment: AlignedSegment, at: int) -> bool:
    return segment.reference.partner[at] is not None


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "The letter seems to come from the ministry, ⟦although its authenticity could not be confirmed⟧.",
            "The letter seems to come from the ministry.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The army says it has taken the town, ⟦which could not be independently verified⟧.",
            "The army says it has taken the town.",
        ),
        Example(
            "The letter seems to come from the ministry, although its authenticity could not be confirmed.",
            "The letter seems to come from the ministry, but it is not clear that it is genuine.",
        ),
        Example(
            "The door stood open. Divers could not establish whether it had been forced by the waves.",
            "The door stood open.",
            Profile.SUMMARY,
        ),
    ),
)
