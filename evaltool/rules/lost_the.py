"""A "the" is missing before a noun that must be counted ("gas flows again, operator said", "vote for amendment").

The reference has "the" before the same noun in the singular, behind the same preposition or verb or before the same
verb; the variant has the bare noun there. Found are only nouns whose plural is about as common as the singular, which
take an article or another such word; names, titles before names and nouns before nouns are left alone.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parts import is_counted
from evaltool.words import AlignedSegment, Side

_SPEAKING = frozenset("said says added told announced".split())
#: Behind these a noun mostly stands without an article: "by train", "as director", "in hospital".
_BARE = frozenset("by as per via of in at like than".split())
#: Where somebody is for what it is there for: "taken to hospital", "released from prison".
_INSTITUTIONS = frozenset("hospital prison church court university college jail parliament congress nursery".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each noun that has lost its "the"."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    side, theirs = segment.variant, segment.reference
    for i, word in enumerate(side.words):
        if (
            not i
            or not word.text.islower()
            or word.form in _INSTITUTIONS
            or not _phrase(side, i)
            or not is_counted(word.form)
        ):
            continue
        before = side.words[i - 1].form
        same = [j for j in range(1, len(theirs.words)) if theirs.words[j].form == word.form and _led(theirs, j, before)]
        opened = gap(side, i - 1, i) != " "
        told = opened and i + 1 < len(side.words) and side.words[i + 1].form in _SPEAKING
        placed = not opened and before in PREPOSITIONS - _BARE
        if (told and _the(theirs, word.form)) or (placed and same):
            yield Hit(
                Severity.MINOR,
                f"“the” is missing before “{word.text}”.",
                variant_span=word.span,
                suggestion=f"the {word.text}",
                evidence={"noun": word.form},
                confidence=0.85,
            )


def _phrase(side: Side, at: int) -> bool:
    """Whether a noun stands for itself, and no noun or hyphen follows."""
    if at + 1 >= len(side.words):
        return True
    between = gap(side, at, at + 1)
    plain = side.words[at + 1].is_function or side.words[at + 1].form in _SPEAKING
    return not between.startswith(("-", "'", "’", "/")) and (between != " " or plain)


def _led(side: Side, at: int, before: str) -> bool:
    """Whether "the" stands before a noun, and a word before that."""
    led = side.words[at - 1].form == "the" and gap(side, at - 1, at) == " "
    return led and at > 1 and side.words[at - 2].form == before and _phrase(side, at)


def _the(side: Side, form: str) -> bool:
    return any(a.form == "the" and b.form == form for a, b in zip(side.words, side.words[1:], strict=False))


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example("Gas is flowing again, the operator said.", "Gas is flowing again, ⟦operator⟧ said."),
        Example("They will vote for the amendment.", "They will vote for ⟦amendment⟧.", severity=Severity.MINOR),
        Example("They will vote for the amendment.", "They will vote for an amendment."),
        Example("He was taken to the hospital.", "He was taken to hospital."),
        Example("He came by the train.", "He came by train.", profile=Profile.PARAPHRASE),
    ),
)
