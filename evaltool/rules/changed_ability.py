"""What somebody was unable to do, the variant says they failed or refused to do, or did not want to.

Compared are "not able to", "unable to", "could not" and "cannot" with "failed to", "refused to", "declined to",
"neglected to" and "did not want to" before verbs that are linked, close in meaning or in the same place.

Severity: major for refusing and not wanting, minor for failing.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._polarity import is_negator
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Side

_LITERAL = 0.45
_UNWILLING = frozenset("refuse decline neglect".split())


def _verb(side: Side, start: int) -> int | None:
    """Index of the first content word from a place on that is no adverb."""
    for k in range(start, min(start + 3, len(side.words))):
        if side.words[k].is_content and not side.words[k].form.endswith("ly"):
            return k
    return None


def _unable(side: Side) -> Iterator[tuple[int, int]]:
    """(first word, verb) of what cannot be done."""
    for i, word in enumerate(side.words[:-1]):
        after = i + 1
        denied = any(is_negator(w) for w in side.words[max(0, i - 3) : i])
        if word.form == "unable" or (word.form == "able" and denied):
            verb = _verb(side, i + 2)
        elif word.form in ("cannot", "can't", "couldn't"):
            verb = _verb(side, after)
        elif word.form in ("could", "can") and is_negator(side.words[after]):
            verb = _verb(side, i + 2)
        else:
            continue
        if verb is not None:
            yield i, verb


def _undone(side: Side) -> Iterator[tuple[int, int, bool]]:
    """(first word, verb, whether it was not wanted) of what was not done."""
    for i, word in enumerate(side.words[:-2]):
        if side.words[i + 1].form != "to":
            continue
        wanted = word.form == "want" and any(is_negator(w) for w in side.words[max(0, i - 2) : i])
        unwilling = word.lemma in _UNWILLING or wanted
        verb = _verb(side, i + 2)
        if verb is not None and (unwilling or word.form in ("failed", "fails", "fail")):
            yield i, verb, unwilling


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each inability that became a failure or a refusal."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    for start, verb, unwilling in _undone(ours):
        if ours.words[start].lemma in theirs.lemmas:
            continue
        for first, other in _unable(theirs):
            a, b = ours.words[verb], theirs.words[other]
            alike = ours.partner[verb] == other or lexicon.related(a.lemma, b.lemma) >= 0.5
            if not alike and not all(anchors(segment, verb, other)):
                continue
            said, meant = (
                Span(ours.words[start].span.start, a.span.end),
                Span(theirs.words[first].span.start, b.span.end),
            )
            yield Hit(
                Severity.MAJOR if unwilling else Severity.MINOR,
                f"The reference says that it was not possible (“{meant.of(theirs.text)}”); “{said.of(ours.text)}” puts"
                " it down to them.",
                variant_span=said,
                reference_span=meant,
                evidence={"literalness of the segment": round(segment.literalness, 2)},
                confidence=0.75,
            )
            break


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The paper has not been able to check the figures.",
            "The paper ⟦refused to check⟧ the figures.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The paper has not been able to check the figures.",
            "The paper ⟦failed to check⟧ the figures.",
            severity=Severity.MINOR,
        ),
        Example("The paper has not been able to check the figures.", "The paper could not check the figures."),
    ),
)
