"""A sentence of the reference has no counterpart in the variant.

Headings and what the site adds around an article (dates, buttons, bylines) are not counted. Where most of the
sentence's content words stand elsewhere in the variant it was merged rather than left out, and only a note is made.

Severity: major; critical for a caveat (what is not verified, only alleged or denied), since without it the rest reads
as established; neutral in a summary, which may leave out, and for a heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.words import AlignedSegment

_SAID_ELSEWHERE = 0.75
_SHORT = 3  # content words


def caveat(segment: AlignedSegment) -> bool:
    """Whether the reference side says that something is not, or not yet, established."""
    lemmas = segment.reference.lemmas | segment.reference.forms
    return bool(
        lemmas & {"verify", "confirm", "authenticity", "corroborate"} and lemmas & {"not", "cannot", "unable", "could"}
    )


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the segment where it is an omission that counts."""
    if segment.kind is not Kind.OMISSION or segment.role is Role.FURNITURE or segment.reference.span is None:
        return
    content = [word for word in segment.reference.words if word.is_content or word.is_number]
    elsewhere = sum(w.lemma in segment.whole_variant.lemmas for w in content) / len(content) if content else 1.0
    if segment.role is Role.HEADING or segment.profile is Profile.SUMMARY or elsewhere >= _SAID_ELSEWHERE:
        severity = Severity.NEUTRAL
    elif caveat(segment):
        severity = Severity.CRITICAL
    else:
        severity = Severity.MAJOR
    yield Hit(
        severity,
        "The variant leaves out this heading."
        if segment.role is Role.HEADING
        else "The variant leaves out this sentence.",
        reference_span=segment.reference.span,
        evidence={"share of its content words found elsewhere": round(elsewhere, 2)},
        confidence=round(0.95 - 0.5 * elsewhere, 2),
        wording=len(content) <= _SHORT,  # a word or two of another sentence may say it ("Some have refused to go")
    )


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    examples=(
        Example(
            "The river rose overnight. ⟦Two farms were cut off by the flood.⟧ Schools stayed open on Monday.",
            "The river rose overnight. Schools stayed open on Monday.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The group said 40 people died. ⟦Reporters could not verify the claim.⟧ The army has not replied.",
            "The group said 40 people died. The army has not replied.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The river rose overnight. Two farms were cut off. Schools stayed open on Monday.",
            "Schools stayed open on Monday. The river rose overnight, and two farms were cut off.",
        ),
    ),
)
