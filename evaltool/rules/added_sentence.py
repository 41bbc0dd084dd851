"""A sentence of the variant has no counterpart in the reference.

Headings and what the site adds are not counted. Where most of the sentence's content words stand in the reference, it
says again what stands elsewhere, and only a note is made.

Severity: major; neutral in a re-report, which may add, for a heading, for a sentence that repeats, and for one that
links rather than claims: with fewer than three content words and no number, or, in a paraphrase or summary, fewer than
five and neither a name nor a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.words import AlignedSegment

#: Share of a sentence's content words from which it counts as said elsewhere. A summary draws several sentences
#: together in words of its own.
_SAID_ELSEWHERE = 0.7
_SUMMARISED = 0.4
_ECHOED = 0.5  # where a sentence of the reference as a whole says much the same
_LINKING = 5  # likewise in a text that is worded anew, where nothing is named
_TOO_SHORT = 3  # content words: a link between two thoughts ("Some areas are gaining") rather than a claim


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the segment where it is an addition that counts."""
    if segment.kind is not Kind.ADDITION or segment.role is Role.FURNITURE or segment.variant.span is None:
        return
    content = [word for word in segment.variant.words if word.is_content or word.is_number]
    elsewhere = sum(w.lemma in segment.whole_reference.lemmas for w in content) / len(content) if content else 1.0
    enough = _SUMMARISED if segment.profile is Profile.SUMMARY else _ECHOED if segment.echoed else _SAID_ELSEWHERE
    short = len(content) < _TOO_SHORT and not any(word.is_number for word in content)
    retold = segment.profile in (Profile.PARAPHRASE, Profile.SUMMARY)
    named = any(w.is_number or (w.is_capitalised and not w.initial) for w in segment.variant.words)
    links = retold and not named and len(content) < _LINKING
    free = short or links or segment.profile is Profile.REREPORT or segment.role is Role.HEADING or elsewhere >= enough
    yield Hit(
        Severity.NEUTRAL if free else Severity.MAJOR,
        "The reference has no such heading." if segment.role is Role.HEADING else "The reference does not say this.",
        variant_span=segment.variant.span,
        evidence={"share of its content words found in the reference": round(elsewhere, 2)},
        confidence=round(0.95 - 0.5 * elsewhere, 2),
    )


RULE = Rule(
    category=Category.ADDITION,
    find=find,
    examples=(
        Example(
            "The river rose overnight. Schools stayed open on Monday.",
            "The river rose overnight. ⟦Experts blame the government for its climate policy.⟧ Schools stayed open on"
            " Monday.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The river rose overnight. Schools stayed open on Monday.",
            "The river rose overnight. ⟦Experts blame the government for its climate policy.⟧ Schools stayed open on"
            " Monday.",
            profile=Profile.REREPORT,
            severity=Severity.NEUTRAL,
        ),
        Example(
            "The river rose overnight, and two farms were cut off.",
            "The river rose overnight. Two farms were cut off.",
        ),
    ),
)
