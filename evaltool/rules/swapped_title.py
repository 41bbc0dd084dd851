"""A person is given the office or description that the reference gives to another: "council leader" for "party leader".

Compared are descriptions directly before a name ("ORA leader Ann Lee"). The reference must give this description to
another name alone, and to this person another one that ends in the same word.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._clauses import gap
from evaltool.rules._names import plain
from evaltool.words import AlignedSegment, Side, Word


@dataclass(frozen=True, slots=True)
class _Titled:
    """A description before a name.

    Attributes:
        span: of the description.
        title: its words in lower case.
        names: the words of the name, plain.
    """

    span: Span
    title: tuple[str, str]
    names: frozenset[str]


def _titled(side: Side) -> Iterator[_Titled]:
    """The descriptions of two words before a name of two words or more."""
    words = side.words
    for i in range(1, len(words) - 2):
        head, modifier = words[i], words[i - 1]
        if head.is_capitalised or not head.is_content or not (modifier.is_content and gap(side, i - 1, i) == " "):
            continue
        names: list[Word] = []
        for k in range(i + 1, len(words)):
            if not words[k].is_capitalised or words[k].is_function or gap(side, k - 1, k) not in (" ", "-"):
                break
            names.append(words[k])
        if len(names) > 1:
            span = Span(modifier.span.start, head.span.end)
            yield _Titled(span, (modifier.lemma, head.lemma), frozenset(plain(w.form) for w in names))


def _all(segments: tuple[AlignedSegment, ...]) -> list[_Titled]:
    return [t for segment in segments for t in _titled(segment.reference)]


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each description that belongs to somebody else."""
    known = _all(document.segments)
    for segment in document.segments:
        for mine in _titled(segment.variant):
            own = [t for t in known if t.names & mine.names]
            others = [t for t in known if t.title == mine.title and not t.names & mine.names]
            if not own or not others or any(t.title == mine.title or t.title[1] != mine.title[1] for t in own):
                continue
            meant = own[0].span
            yield Hit(
                Severity.MAJOR,
                f"The reference calls this person “{meant.of(segment.reference.text)}”; here it is"
                f" “{mine.span.of(segment.variant.text)}”, which is somebody else there.",
                variant_span=mine.span,
                reference_span=meant,
                suggestion=meant.of(segment.reference.text),
                evidence={"description": " ".join(mine.title)},
                confidence=0.85,
            )


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "The union leader Ann Lee called a vote. The party leader Tom Hale refused it.",
            "The union leader Ann Lee called a vote. The ⟦union leader⟧ Tom Hale refused it.",
        ),
        Example(
            "The union leader Ann Lee called a vote. The party leader Tom Hale refused it.",
            "The union leader Ann Lee called a vote. The leader of the party, Tom Hale, refused it.",
        ),
    ),
)
