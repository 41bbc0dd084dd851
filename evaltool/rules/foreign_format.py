"""A number, date, price or quotation is written as another language writes it: "3,5 per cent", "5 $", "„so“".

Found are a decimal comma and points between thousands where the reference has the same digits the English way, a date
whose day and month have changed places or that no calendar has, dates with points ("31.12.2024") and clock times with
an h ("14h30"), a currency sign behind the amount, a space before the percent sign, and the quotation marks of other
languages. What the reference does itself somewhere is accepted.

Severity: major where an English reader reads another number ("12.500" for 12,500) or another day; minor otherwise. Of
each kind but numbers and dates only the first in a text is marked, as it is one habit.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.words import AlignedSegment

_NUMBER = regex.compile(r"(?<![\p{L}\d.,:/-])\d+(?:[.,]\d+)+(?![\d:/]|[.,]\d)")
_SLASHED = regex.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?![\d/])")
_ISO = regex.compile(r"(?<![\d/-])(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?![\d/-])")
#: What is foreign anywhere in an English text: its name, and how it looks.
_AMOUNT = r"\d+(?:[.,]\d+)*[ \u00a0\u202f]"
_HABITS = (
    (
        "a date with points",
        regex.compile(r"(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d\d)(?!\d|\.\d)"),
    ),
    ("a clock time with an h", regex.compile(r"(?<![\p{L}\d.,])(?:[01]?\d|2[0-4])h[0-5]\d(?![\p{L}\d])")),
    ("a currency sign behind the amount", regex.compile(rf"(?<![\p{{Sc}}\d.,]){_AMOUNT}?[$£€¥](?![\d$£€¥])")),
    ("a space before the percent sign", regex.compile(rf"(?<![\d.,]){_AMOUNT}%")),
    ("quotation marks of another language", regex.compile(r"„[^„“”\n]{1,300}[“”]|«[^«»\n]{1,300}»")),
)
_MONTHS, _DAYS = 12, 31
#: Behind these a point parts the fraction: "2.626 billion".
_SCALE = regex.compile(r"\s*(?:thousand|million|billion|trillion|bn\b|m\b|per\s?cent|%)")


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield numbers and dates written the foreign way, and the first of each other foreign habit."""
    for segment in document.segments:
        if segment.kind is Kind.MATCH:
            yield from _numbers(segment)
            yield from _dates(segment)
    for what, pattern in _HABITS:
        places = [m.span() for m in pattern.finditer(document.variant.text)]
        if pattern.search(document.reference.text):
            continue
        if places:
            message = f"{what.capitalize()}: English does not write so, and the reference does not."
            yield _hit(Span(*places[0]), None, what, message, times=len(places))


def _numbers(segment: AlignedSegment) -> Iterator[Hit]:
    """Numbers whose digits the reference has with the separators exchanged."""
    ours, theirs = segment.variant, segment.reference
    if ours.span is None or theirs.span is None:
        return
    own = {m.group() for m in _NUMBER.finditer(theirs.text, *theirs.span)}
    there = {_exchanged(m.group()): Span(*m.span()) for m in _NUMBER.finditer(theirs.text, *theirs.span)}
    for match in _NUMBER.finditer(ours.text, *ours.span):
        said = match.group()
        meant = there.get(said)
        if (
            meant is None
            or said in own
            or not _english(_exchanged(said))
            or said.endswith(",000")  # it is the reference that writes "272.000"
            or (_english(said) and _SCALE.match(ours.text, match.end()))
        ):
            continue
        yield _hit(
            Span(*match.span()),
            meant,
            "separators exchanged",
            f"“{said}” is written as other languages write it; the reference has “{_exchanged(said)}”.",
            suggestion=_exchanged(said),
            severity=Severity.MAJOR if _english(said) else Severity.MINOR,
        )


def _exchanged(number: str) -> str:
    return number.translate({ord(","): ".", ord("."): ","})


def _english(number: str) -> bool:
    """Whether English can write a number so: commas between groups of three, then a point."""
    return regex.fullmatch(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+\.\d+", number) is not None


def _dates(segment: AlignedSegment) -> Iterator[Hit]:
    """Dates in digits with day and month exchanged, and such as no calendar has."""
    ours, theirs = segment.variant, segment.reference
    if ours.span is None or theirs.span is None:
        return
    due = {m.groups(): Span(*m.span()) for m in _SLASHED.finditer(theirs.text, *theirs.span)}
    for match in _SLASHED.finditer(ours.text, *ours.span):
        first, second, year = match.groups()
        meant = due.get((second, first, year))
        if match.groups() in due or first == second:
            continue
        if meant is not None:
            clear = max(int(first), int(second)) > _MONTHS
            message = f"Day and month have changed places: the reference has “{meant.of(theirs.text)}”."
            severity = Severity.MINOR if clear else Severity.MAJOR
        elif min(int(first), int(second)) > _MONTHS or max(int(first), int(second)) > _DAYS:
            message, severity = "There is no such date.", Severity.MINOR
        else:
            continue
        suggestion = meant.of(theirs.text) if meant is not None else None
        yield _hit(Span(*match.span()), meant, "date", message, suggestion, severity)
    for match in _ISO.finditer(ours.text, *ours.span):
        month, day = int(match.group(3)), int(match.group(4))
        if (month > _MONTHS or day > _DAYS) and match.group() not in theirs.quote:
            yield _hit(Span(*match.span()), None, "date", "There is no such date.")


def _hit(
    span: Span,
    meant: Span | None,
    what: str,
    message: str,
    suggestion: str | None = None,
    severity: Severity = Severity.MINOR,
    times: int = 1,
) -> Hit:
    return Hit(
        severity,
        message,
        variant_span=span,
        reference_span=meant,
        suggestion=suggestion,
        evidence={"what": what, "times": times},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.LOCALE_FORMAT,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example("Prices rose by 3.5 per cent.", "Prices rose by ⟦3,5⟧ per cent.", severity=Severity.MINOR),
        Example("The pier cost $1,234.50 a day.", "The pier cost $⟦1.234,50⟧ a day.", severity=Severity.MINOR),
        Example("The town has 12,500 voters.", "The town has ⟦12.500⟧ voters.", severity=Severity.MAJOR),
        Example("The law holds from 12/31/2024 on.", "The law holds from ⟦31/12/2024⟧ on.", severity=Severity.MINOR),
        Example("The law holds from 3/4/2024 on.", "The law holds from ⟦4/3/2024⟧ on.", severity=Severity.MAJOR),
        Example("The law holds from December 31, 2024 on.", "The law holds from ⟦31.12.2024⟧ on."),
        Example("A ticket costs $5, of which 20% is tax.", "A ticket costs ⟦5 $⟧, of which ⟦20 %⟧ is tax."),
        Example("The train left at 14:30.", "The train left at ⟦14h30⟧."),
        Example("He called it “a disgrace” and left.", "He called it ⟦„a disgrace“⟧ and left."),
        Example("Prices rose by 3.5 per cent.", "Prices rose 3.5%."),
        Example("The town has 12,500 voters.", "The town has 12 500 voters."),
    ),
)
