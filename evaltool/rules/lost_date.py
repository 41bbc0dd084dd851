"""A date that the reference gives is left out: "on Friday (10 February)" becomes "on Friday", "every Monday" "monthly".

A weekday, a month or a day of a month has nothing of its kind in a variant that otherwise follows the reference
closely, and stands nowhere else in it. Accepted are the date in digits, "today" and the like for a weekday, and "that
month" for a month. Where the variant has another time in its place that the reference does not have ("in a month"),
that is what is marked. Looked at is a translation: other texts may leave a date to what was said before.

Severity: major; minor where only a weekday is left out and nothing stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._dates import DatePart, date_parts
from evaltool.words import AlignedSegment

#: Share of the variant's words that must stand in the reference too.
_LITERAL = 0.6
#: Words that say in another way which day or month is meant.
_POINTING = {
    "weekday": frozenset("yesterday today tomorrow tonight weekend weekends day days week eve".split()),
    "month": frozenset("month months today yesterday tomorrow".split()),
    "day": frozenset("today yesterday tomorrow day month".split()),
}
_IN_DIGITS = regex.compile(r"\d[./-]\d")
_INSTEAD = regex.compile(
    r"\b(?:(?:in|within|for|after) (?:an?|one)|every|each|next|last|once an?|per) "
    r"(?P<unit>hour|day|week|fortnight|month|quarter|year|decade)\b",
    regex.IGNORECASE,
)
_SHORTEST = 3  # letters of a shortened weekday: "Fri"
_TOGETHER = 12  # characters between the parts of one date


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each date that is left out, with all its parts."""
    if segment.kind is not Kind.MATCH or segment.profile is not Profile.TRANSLATION or segment.role is Role.FURNITURE:
        return
    if segment.literalness < _LITERAL or _IN_DIGITS.search(segment.variant.quote):
        return
    theirs = sorted((p for p in date_parts(segment.reference) if p.kind in _POINTING), key=lambda p: p.span)
    lost = [p for p in theirs if _is_lost(p, segment)]
    for part in lost:
        if part is not lost[0] and _beside(part, lost[lost.index(part) - 1]):
            continue
        together = [p for p in lost if p is part or (p.span > part.span and _beside(p, part))]
        span = Span(part.span.start, max(p.span.end for p in together))
        instead = _instead(segment) if part is lost[0] else None
        what = f"has “{instead.of(segment.variant.text)}” instead" if instead else "leaves it out"
        slight = instead is None and {p.kind for p in together} == {"weekday"}
        yield Hit(
            Severity.MINOR if slight else Severity.MAJOR,
            f"The reference gives the date “{span.of(segment.reference.text)}”; the variant {what}.",
            variant_span=instead,
            reference_span=span,
            evidence={"kind": part.kind},
            confidence=0.85,
        )


def _instead(segment: AlignedSegment) -> Span | None:
    """The only time of the variant that is told by a unit which the reference does not have: "in a month"."""
    ours = segment.variant
    found = list(_INSTEAD.finditer(ours.text, *ours.span)) if ours.span else []
    new = [m for m in found if m["unit"].casefold() not in segment.reference.lemmas]
    return Span(*new[0].span()) if len(new) == 1 else None


def _beside(one: DatePart, other: DatePart) -> bool:
    """Whether two parts belong to one date."""
    first, second = sorted((one.span, other.span))
    return second.start - first.end <= _TOGETHER


def _is_lost(part: DatePart, segment: AlignedSegment) -> bool:
    """Whether nothing in the variant is of a part's kind, or says it in other words, here or anywhere."""
    ours, whole = segment.variant, segment.whole_variant
    if any(p.kind == part.kind for p in date_parts(ours)) or any(
        (p.kind, p.value) == (part.kind, part.value) for p in date_parts(whole)
    ):
        return False
    if (ours.forms - segment.reference.forms) & _POINTING[part.kind]:
        return False
    if part.kind == "day":
        return all(w.text.lstrip("0") != part.value for w in ours.words)
    return not any(
        w.form.startswith(part.value) or (len(w.form) >= _SHORTEST and part.value.startswith(w.form))
        for w in ours.words
    )


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "She has to report to the police station in Lund every Monday.",
            "She has to report to the police station in Lund ⟦every month⟧.",
        ),
        Example(
            "The mill burnt down on Friday afternoon (⟦February 10⟧), the owner said.",
            "The mill burnt down on Friday afternoon, the owner said.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The ferry leaves the harbour on ⟦Monday⟧ at nine.",
            "The ferry leaves the harbour at nine.",
            severity=Severity.MINOR,
        ),
        Example("The ferry left the harbour on 10 February.", "The ferry left the harbour on 10/2."),
        Example("The ferry left the harbour on Monday.", "The ferry left the harbour yesterday."),
        Example("They meet in the harbour on Sunday.", "They meet in the harbour on Sundays."),
    ),
)
