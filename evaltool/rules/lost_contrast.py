"""A contrast is lost: what the reference sets aside (“by rain rather than by the quake”) is what the variant says.

The reference puts one thing in the place of another (rather than, instead of, as opposed to, and not); the variant says
the one that was set aside, and does not name the other or joins them by "and", and neither contrasts nor denies.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import NEGATORS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import kin
from evaltool.words import AlignedSegment, Side

_CONTRASTS = (("rather", "than"), ("instead", "of"), ("as", "opposed", "to"), ("and", "not"))
#: Words that contrast or deny, also where the variant does so in its own way.
_KEEPS = NEGATORS | frozenset(
    "rather instead opposed unlike contrary but replace replaced despite although while fact actually really".split()
)
_REACH = 5
_JOINED = 3  # words between "and" and what it joins


def _content(side: Side, indexes: range) -> list[int]:
    """Content words of a stretch, up to the first mark of punctuation seen from its start."""
    found: list[int] = []
    for k in indexes:
        if not 0 <= k < len(side.words):
            break
        low, high = sorted((k, k - indexes.step))
        between = side.text[side.words[low].span.end : side.words[high].span.start] if found else ""
        if any(mark in between for mark in ",.;:–—"):
            break
        if side.words[k].is_content:
            found.append(k)
    return found


def _said(side: Side, index: int, other: Side) -> bool:
    word = side.words[index]
    return word.lemma in other.lemmas or any(kin(word, w) for w in other.words if w.is_content)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield what was set aside, where the variant says it."""
    ours, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or _KEEPS & ours.forms:
        return
    forms = [word.form for word in theirs.words]
    for at in range(1, len(forms)):
        phrase = next((p for p in _CONTRASTS if tuple(forms[at : at + len(p)]) == p), None)
        if phrase is None:
            continue
        aside = _content(theirs, range(at + len(phrase), at + len(phrase) + _REACH))
        meant = _content(theirs, range(at - 1, at - 1 - _REACH, -1))[:2]
        if not aside or not meant:
            continue
        places = [i for k in aside[:2] for i, w in enumerate(ours.words) if w.lemma == theirs.words[k].lemma]
        named = any(_said(theirs, k, ours) for k in meant)
        if not places or (named and not _joined(ours, [theirs.words[k].lemma for k in meant], places)):
            continue
        span = Span(ours.words[min(places)].span.start, ours.words[max(places)].span.end)
        due = Span(theirs.words[min(meant)].span.start, theirs.words[aside[-1]].span.end)
        yield Hit(
            Severity.CRITICAL,
            f"The reference says “{due.of(theirs.text)}”; here it is “{span.of(ours.text)}”, which it sets aside.",
            variant_span=span,
            reference_span=due,
            evidence={"contrast": " ".join(phrase)},
            confidence=0.85,
        )


def _joined(side: Side, meant: list[str], aside: list[int]) -> bool:
    """Whether what was set aside is joined to what is meant: "by rain and by the quake"."""
    for at, word in enumerate(side.words):
        if word.form == "and" and any(at < i <= at + _JOINED for i in aside):
            return any(w.lemma in meant for w in side.words[max(0, at - _JOINED) : at])
    return False


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The slide was caused by heavy rain rather than by the earthquake.",
            "The slide was caused by the ⟦earthquake⟧.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "She blamed the delay on the weather rather than on the merger.",
            "She blamed the delay on the weather and the ⟦merger⟧.",
        ),
        Example(
            "The slide was caused by heavy rain rather than by the earthquake.",
            "It was not the earthquake that caused the slide; it had rained heavily.",
        ),
    ),
)
