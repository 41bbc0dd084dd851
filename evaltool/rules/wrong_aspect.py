"""A verb's tense does not go with the point in time beside it ("is in use since May", "has risen last week").

Found are a present before "since" and a time, where the reference has a perfect there, and a perfect right before a
time that is over ("last week", "two days ago"), where the reference has the past before the same words.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._verbs import Group, Tense, groups
from evaltool.words import AlignedSegment, Side

_PERFECT = frozenset([Tense.PERFECT, Tense.PLUPERFECT])
_HAVING = frozenset("has have had having been".split())
_COUNT = r"(?:\d+|a|an|two|three|four|five|six|seven|eight|nine|ten|several|many)"
_PERIOD = r"(?:minute|hour|day|week|month|year|decade)s?"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SPAN = rf"(?:night|week|weekend|month|year|summer|winter|spring|autumn|{_DAY})"
_OVER = regex.compile(rf"\b(?:last {_SPAN}|yesterday|{_COUNT} {_PERIOD} ago|in (?:1\d|20)\d\d)\b")
#: Words between a verb and the time that it goes with, and what parts the two.
_NEAR = 3
_PARTING = frozenset("since from until till by over in during for of than after before as to on between that".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb whose tense its time does not allow."""
    side = segment.variant
    if segment.kind is not Kind.MATCH or side.span is None:
        return
    if "since" in side.forms and "since" in segment.reference.forms:
        yield from _since(segment)
    if side.forms & {"has", "have"}:
        yield from _over(segment)


def _since(segment: AlignedSegment) -> Iterator[Hit]:
    """Presents before "since" that the reference tells in the perfect."""
    side = segment.variant
    due = _lasting(segment.reference)
    if due is None:
        return
    for at, word in enumerate(side.words):
        if word.form != "since" or not at or word.initial:
            continue
        first = sentence(side, at, ",;:()–—")[0]
        if any(w.form in _HAVING or w.form.endswith(("'ve", "'d")) for w in side.words[first:at]):
            continue
        if any(w.form == "it" for w in side.words[first:at]):
            continue  # "it is two years since"
        if side.words[at - 1].form in ("place", "force", "effect", "operation", "power", "office"):
            continue  # "a ban in force since 2019"
        verb = _present(side, first, at, due)
        if verb is not None:
            span = Span(side.words[verb].span.start, word.span.end)
            yield _hit(side, span, "before “since” a perfect is due")
            return


def _lasting(side: Side) -> str | None:
    """The lemma of the verb in the perfect that goes with "since"."""
    for at, word in enumerate(side.words):
        if word.form == "since":
            first = sentence(side, at, ";:()")[0]
            before = [g for g in groups(side) if first <= g.start < at]
            if before and before[-1].tense in _PERFECT:
                return before[-1].lemma
    return None


def _present(side: Side, first: int, at: int, due: str) -> int | None:
    """Index of the present before an index, if it is the last verb there."""
    before = [g for g in groups(side) if first <= g.start < at]
    if before:
        last = before[-1]
        return last.start if last.tense is Tense.PRESENT and last.certain and last.lemma in (due, "be") else None
    return next(
        (k for k in range(first, at) if side.words[k].form == due and k > first and side.words[k - 1].form != "to"),
        None,
    )


def _over(segment: AlignedSegment) -> Iterator[Hit]:
    """Perfects right before a time that is over, which the reference tells in the past."""
    side, theirs = segment.variant, segment.reference
    times = list(_OVER.finditer(side.text, *side.span)) if side.span else []
    if not times:
        return
    said = theirs.quote
    past = {g.lemma for g in groups(theirs) if g.tense is Tense.PAST}
    perfect = any(g.tense in _PERFECT for g in groups(theirs))
    for match in times:
        at = next((k for k, w in enumerate(side.words) if w.span.start >= match.start()), None)
        if at is None or match.group() not in said or perfect or not past:
            continue
        group = next((g for g in groups(side) if at - _NEAR - 1 <= g.end < at), None)
        if group is None or group.tense is not Tense.PERFECT or side.words[group.start].form not in ("has", "have"):
            continue
        if _parted(side, group, at):
            continue
        span = Span(side.words[group.start].span.start, match.end())
        yield _hit(side, span, "a time that is over takes the past")


def _parted(side: Side, group: Group, at: int) -> bool:
    """Whether the time belongs to something else than the verb ("has ended the strike of last week")."""
    between = side.text[side.words[group.end].span.end : side.words[at].span.start]
    return any(w.form in _PARTING for w in side.words[group.end + 1 : at]) or any(c in between for c in ",;:()–—“”")


def _hit(side: Side, span: Span, why: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{span.of(side.text)}”: {why}.",
        variant_span=span,
        evidence={"phrase": span.of(side.text)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    yields=True,
    languages=ENGLISH,
    examples=(
        Example(
            "The lamps have been used on the bridge since May.",
            "The lamps on the bridge ⟦are in use since⟧ May.",
            severity=Severity.MINOR,
        ),
        Example("Exports fell last week, he said.", "Exports ⟦have fallen last week⟧, he said."),
        Example("They have been there since May.", "They have stayed there since May."),
        Example("He is glad, since they have stayed.", "He is glad since they stayed."),
        Example(
            "Ten have fled since May, bringing the number to 30 since the war began.",
            "Ten have fled since May, which brings the number to 30 since the beginning of the war.",
        ),
        Example("They left after last week's vote.", "They have left after last week's vote."),
    ),
)
