"""A date stands with another word for when: "in March" for "until March", "on Friday" for "by Friday".

Compared is the word before the same date, weekday, month or clock time: whether something lasts until then, begins then
("since", "from"), is to be done by then, before or after it, or is at that time ("in", "on", "at"). The word before
that must be the same on both sides. Accepted are words that come to the same ("from" and "since", "by" and "until"),
and verbs that begin or end something, with which "on" and "from" or "until" say the same ("takes effect from Monday").

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._dates import DatePart, date_parts, same_part
from evaltool.rules._polarity import is_denial
from evaltool.rules._units import size_of
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Word

_UNTIL, _SINCE, _FROM, _BY, _AT, _BEFORE, _AFTER = "until", "since", "from", "by", "at", "before", "after"
_WORDS = {
    "until": _UNTIL, "till": _UNTIL, "through": _UNTIL, "since": _SINCE, "from": _FROM, "by": _BY, "in": _AT,
    "on": _AT, "at": _AT, "during": _AT, "before": _BEFORE, "after": _AFTER,
}  # fmt: skip
#: Which cannot stand for which.
_APART = frozenset(
    frozenset(pair)
    for pair in (
        (_UNTIL, _AT), (_UNTIL, _AFTER), (_FROM, _AT), (_FROM, _BEFORE), (_SINCE, _BEFORE),
        (_BY, _AT), (_BY, _AFTER), (_BEFORE, _AT), (_AFTER, _AT),
    )
)  # fmt: skip
#: What begins or ends then, so that the word for when may differ.
_EDGES = frozenset(
    """
    begin start open reopen launch commence end expire finish apply effect force enter become move join found take come
    resume introduce valid effective available due found establish run stop cease switch change go return
    """.split()
)
_INNER = frozenset(
    "the a end start beginning middle early late mid next this last of about around and at least".split()
)
_LITERAL = 0.55


class _When(NamedTuple):
    """A date with its word for when: index of that word, its class, index of the word of content before it."""

    part: DatePart
    at: int
    kind: str
    anchor: int


@lru_cache(maxsize=64)
def _whens(side: Side) -> tuple[_When, ...]:
    found = []
    for part in date_parts(side):
        index = next((k for k, w in enumerate(side.words) if w.span.start >= part.span.start), None)
        if index is None:
            continue
        k = index - 1
        while k > 0 and (side.words[k].is_number or _inner(side, k)):
            k -= 1
        after = next((w for w in side.words if w.span.start >= part.span.end), None)
        owner = side.text[part.span.end : part.span.end + 2] in ("'s", "’s")
        tight = after is not None and side.text[part.span.end : after.span.start] == " "
        goes_on = after is not None and tight and after.is_content and not _ends(after)
        if k < 1 or side.words[k].form not in _WORDS or owner or goes_on:
            continue
        first, _ = sentence(side, k, ",;:()—–")
        anchor = next((n for n in range(k - 1, first - 1, -1) if side.words[n].is_content), None)
        if anchor is not None and size_of(side.words[anchor]) is None:
            found.append(_When(part, k, _WORDS[side.words[k].form], anchor))
    return tuple(found)


def _inner(side: Side, at: int) -> bool:
    """Whether a word may stand between a date and its word for when: "until at least Thursday"."""
    form = side.words[at].form
    return form in _INNER and (form not in _WORDS or side.words[at + 1].form == "least")


def _ends(word: Word) -> bool:
    """Whether a word behind a date begins something else: an adverb or a verb form."""
    return word.form.endswith(("ly", "ed", "ing"))


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each date with another word for when."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    here, there = _whens(ours), _whens(theirs)
    for mine in here:
        same = [t for t in there if same_part(mine.part, t.part)]
        if len(same) != 1 or sum(same_part(mine.part, h.part) for h in here) != 1:
            continue
        other = same[0]
        if frozenset((mine.kind, other.kind)) not in _APART or _edge(ours, mine) or _edge(theirs, other):
            continue
        anchors = ours.words[mine.anchor], theirs.words[other.anchor]
        if anchors[0].lemma != anchors[1].lemma and ours.partner[mine.anchor] != other.anchor:
            continue
        if _denials(ours, mine.at) != _denials(theirs, other.at) or asks(ours, mine.at) != asks(theirs, other.at):
            continue
        said = Span(ours.words[mine.at].span.start, mine.part.span.end)
        meant = Span(theirs.words[other.at].span.start, other.part.span.end)
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”.",
            variant_span=said,
            reference_span=meant,
            suggestion=meant.of(theirs.text),
            evidence={"reference": other.kind, "variant": mine.kind},
            confidence=0.8,
        )


def _edge(side: Side, when: _When) -> bool:
    first, last = sentence(side, when.at, ",;:()—–")
    return any(w.lemma in _EDGES or verb_lemma(w) in _EDGES for w in side.words[first : last + 1])


def _denials(side: Side, at: int) -> int:
    first, last = sentence(side, at, ";")
    return sum(is_denial(side, k) for k in range(first, last + 1) if side.words[k].form not in _WORDS)


RULE = Rule(
    category=Category.DATE_TIME,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The judge adjourned the trial until March.", "The judge adjourned the trial ⟦in March⟧."),
        Example("The form must be sent by Friday.", "The form must be sent ⟦on Friday⟧.", severity=Severity.MAJOR),
        Example("The company paid no tax in 2020.", "The company paid no tax ⟦until 2020⟧."),
        Example("The ban takes effect from Monday.", "The ban takes effect on Monday."),
        Example("The road is closed until Friday.", "The road reopens on Friday."),
    ),
)
