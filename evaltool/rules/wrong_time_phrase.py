"""A point or length of time is told with a word that English does not use for it ("in Monday", "since two years").

Found are "in" and "at" before a weekday, "on" before a month or a year, "since" before a length of time, "from" where
the reference has "since" behind a perfect ("has been closed from Thursday"), and "2022 year". What the reference writes
in the same way is accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.words import AlignedSegment

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|June|July|August|September|October|November|December)"
_YEAR = r"(?:19|20)\d\d"
#: Behind it the phrase is over, and does not belong to a noun that follows ("in Friday prayers").
_GOES_ON = "at|in|on|and|after|before|when|that|the|by|with|to|for|from|he|she|it|they|we|was|were"
_END = rf"(?=\s*(?:[,.;:!?)]|$)|\s(?:{_GOES_ON})\b)"
_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|many|several)"
_PATTERNS = (
    (regex.compile(rf"\b(?:[Ii]n|[Aa]t) {_DAY}{_END}"), "a day takes “on”"),
    (regex.compile(rf"\b[Oo]n {_MONTH}{_END}"), "a month takes “in”"),
    (regex.compile(rf"\b[Oo]n {_YEAR}{_END}"), "a year takes “in”"),
    (regex.compile(rf"\b[Ii]n (?:the )?\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}{_END}"), "a date takes “on”"),
    (
        regex.compile(rf"\b[Ss]ince {_COUNT} (?:year|month|week|day|hour)s(?! (?:ago|before|earlier|old|prior)){_END}"),
        "a length of time takes “for”",
    ),
    (regex.compile(rf"\b{_YEAR} years?{_END}"), "“year” is not said behind a year"),
)
_PERFECT = frozenset(["has", "have", "had", "been"])
_DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december yesterday
    """.split()
)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each phrase of time with a wrong word."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or side.span is None:
        return
    for pattern, why in _PATTERNS:
        if not pattern.search(theirs.quote):
            for match in pattern.finditer(side.text, *side.span):
                yield _hit(side.text, Span(*match.span()), why)
    since = {b.form for a, b in zip(theirs.words, theirs.words[1:], strict=False) if a.form == "since"} & _DATES
    for i, word in enumerate(side.words[:-1]):
        behind = side.words[i + 1]
        if word.form != "from" or behind.form not in since:
            continue
        start, end = sentence(side, i)
        until = any(
            w.form in ("to", "until", "till", "through", "on", "onwards") for w in side.words[i + 2 : end + 1][:3]
        )
        lasting = any(w.form == "for" for w in side.words[max(start, i - 5) : i])  # "for a year from October"
        if not (until or lasting) and any(w.form in _PERFECT for w in side.words[start:i]):
            yield _hit(
                side.text, Span(word.span.start, behind.span.end), "behind a perfect the beginning takes “since”"
            )


def _hit(text: str, span: Span, why: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{span.of(text)}” is not English: {why}.",
        variant_span=span,
        evidence={"phrase": span.of(text)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("They left on Monday.", "They left ⟦in Monday⟧."),
        Example("It began in March.", "It began ⟦on March⟧, he said."),
        Example("It has been closed for two years.", "It is closed ⟦since two years⟧."),
        Example("They have been in the town since Thursday.", "They have been in the town ⟦from Thursday⟧."),
        Example("It was built in 2022.", "It was built in ⟦2022 year⟧."),
        Example("They left in the Friday rush of March.", "They left in Friday rush, in March."),
        Example("It has run since 2 May, two years ago.", "It has run since two years ago, since 2 May."),
    ),
)
