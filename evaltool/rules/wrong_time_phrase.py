"""A point or length of time is told with a word that English does not use for it ("in Monday", "since two years").

Found are "in" and "at" before a weekday, "on" before a month or a year, "since" before a length of time, "during"
before one where the reference has "for", "from" where the reference has "since" behind a perfect ("has been closed from
Thursday"), "until" where the reference says by when something is to be done ("will report until 14 May"), and "2022
year". What the reference writes in the same way is accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import MONTHS, WEEKDAYS
from evaltool.rules._polarity import is_negator
from evaltool.words import AlignedSegment, Side

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|June|July|August|September|October|November|December)"
_YEAR = r"(?:19|20)\d\d"
#: Behind it the phrase is over, and does not belong to a noun that follows ("in Friday prayers").
_GOES_ON = "at|in|on|and|after|before|when|that|the|by|with|to|for|from|he|she|it|they|we|was|were"
_END = rf"(?=\s*(?:[,.;:!?)]|$)|\s(?:{_GOES_ON})\b)"
_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|many|several)"
_GAIN = r"(?:up|down|more|less|fewer|higher|lower|increased?|decreased?|rise|rose|f[ae]ll|drop|gain|improve\w*)"
_PATTERNS = (
    (regex.compile(rf"\b(?:[Ii]n|[Aa]t) {_DAY}{_END}"), "a day takes “on”"),
    (regex.compile(rf"\b[Oo]n {_MONTH}{_END}"), "a month takes “in”"),
    # What is told as a change or beside another year takes "on": "up 12% on 2022", "an improvement on 2022".
    (regex.compile(rf"(?<!\b(?:{_GAIN})\b[^.;:]{{0,40}})\b[Oo]n {_YEAR}{_END}"), "a year takes “in”"),
    (regex.compile(rf"\b[Ii]n (?:the )?\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}{_END}"), "a date takes “on”"),
    (
        regex.compile(rf"\b[Ss]ince {_COUNT} (?:year|month|week|day|hour)s(?! (?:ago|before|earlier|old|prior)){_END}"),
        "a length of time takes “for”",
    ),
    (regex.compile(rf"\b[Ss]ince (?:year|month|week|decade|day|hour)s{_END}"), "a length of time takes “for”"),
    (regex.compile(rf"\b{_YEAR} years?{_END}"), "“year” is not said behind a year"),
)
_UNIT = r"(?:year|month|week|decade|day|hour|minute)s"
_FOR = regex.compile(rf"\b[Ff]or (?:{_COUNT} |a few )?{_UNIT}\b")
_DURING = regex.compile(rf"\b[Dd]uring (?:{_COUNT} |a few )?{_UNIT}{_END}")
_IN_MAY, _ON_MAY = regex.compile(r"\b[Ii]n May\b"), regex.compile(rf"\b[Oo]n May{_END}")
_PERFECT = frozenset(["has", "have", "had", "been"])
_DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december yesterday
    """.split()
)
#: What may stand between "by" or "until" and a date, and verbs that go on, for which "until" is right.
_INNER = frozenset("the a end start beginning middle close of early late mid next this that".split())
_LASTING = frozenset(
    """
    have remain stay last continue extend run open close accept keep hold wait delay postpone defer suspend ban valid
    work serve stop rest live go
    """.split()
)
_GOVERNOR = 7  # words before "until" among which its verb stands


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each phrase of time with a wrong word."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or side.span is None:
        return
    for pattern, why in _PATTERNS:
        if not pattern.search(theirs.quote):
            for match in pattern.finditer(side.text, *side.span):
                yield _hit(side.text, Span(*match.span()), why)
    if _FOR.search(theirs.quote) and "during" not in theirs.forms:
        for match in _DURING.finditer(side.text, *side.span):
            yield _hit(side.text, Span(*match.span()), "a length of time takes “for”")
    if segment.profile is Profile.TRANSLATION:
        yield from _deadlines(side, theirs)
    if _IN_MAY.search(theirs.quote):  # "May" is a name too: "pressure on May"
        for match in _ON_MAY.finditer(side.text, *side.span):
            yield _hit(side.text, Span(*match.span()), "a month takes “in”")
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


def _deadlines(side: Side, theirs: Side) -> Iterator[Hit]:
    """Each "until" with the date and the verb that the reference has with "by"."""
    if "until" not in side.forms or "by" not in theirs.forms:
        return
    due = {date: at for at, date in _dated(theirs, "by")}
    for at, date in _dated(side, "until"):
        if date not in due:
            continue
        ours, others = _before(side, at), _before(theirs, due[date])
        verbs = [w.lemma for w in side.words[ours[0] : at] if w.is_content and "v" in lexicon.parts_of_speech(w.lemma)]
        there = {w.lemma for w in theirs.words[others[0] : due[date]]}
        if not verbs or verbs[-1] in _LASTING or not there.intersection(verbs) or _LASTING.intersection(verbs):
            continue
        if any(is_negator(w) for w in (*side.words[ours[0] : at], *theirs.words[others[0] : due[date]])):
            continue
        last = side.words[at + 1]
        yield _hit(side.text, Span(side.words[at].span.start, last.span.end), "a time limit takes “by”")


def _before(side: Side, at: int) -> tuple[int, int]:
    """(first, last) index of the words before a preposition that may hold its verb."""
    return max(sentence(side, at, ";:—–")[0], at - _GOVERNOR), at - 1


def _dated(side: Side, preposition: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(index, forms of the date) of each place of a preposition directly before a date."""
    for k, word in enumerate(side.words[:-1]):
        if word.form != preposition:
            continue
        at = k + 1
        while at < len(side.words) - 1 and side.words[at].form in _INNER:
            at += 1
        date = [w.form for w in side.words[at : at + 2] if w.is_number or w.form in MONTHS or w.form in WEEKDAYS]
        first = side.words[at]
        year = first.is_number and len(first.text) == 4
        if date and (year or first.form in WEEKDAYS or any(d in MONTHS for d in date)):
            yield k, (first.form,) if year or first.form in WEEKDAYS else tuple(sorted(date))


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
        Example("The talks go on in May.", "The talks go ⟦on May⟧."),
        Example("The pressure on May grew.", "The pressure on May and others grew."),
        Example("They left on Monday.", "They left ⟦in Monday⟧."),
        Example("It began in March.", "It began ⟦on March⟧, he said."),
        Example("It has been closed for two years.", "It is closed ⟦since two years⟧."),
        Example(
            "They waited for weeks and slept there for years.",
            "They waited ⟦during weeks⟧ and sleep there ⟦since years⟧.",
        ),
        Example("They have been in the town since Thursday.", "They have been in the town ⟦from Thursday⟧."),
        Example("It was built in 2022.", "It was built in ⟦2022 year⟧."),
        Example("The panel will report by 14 May.", "The panel will report ⟦until 14⟧ May."),
        Example("They must apply by 14 May.", "They have until 14 May to apply."),
        Example("It will not be ready by 2031.", "It will not be ready until 2031."),
        Example("They left in the Friday rush of March.", "They left in Friday rush, in March."),
        Example("It has run since May, for two years.", "It has run since two years ago, since May."),
    ),
)
