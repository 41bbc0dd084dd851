"""The number stands and its unit is another one: 5 weeks for 5 days, "per month" for "a year", dollars for euros.

Units of the same dimension are compared, directly behind the same number or in a rate; a conversion (100 miles for 160
kilometres) changes the number too and is accepted.

Severity: major; critical for money.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._numbers import quantities_of
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side, Word

_CURRENCIES = {
    "$": "dollar", "dollar": "dollar", "usd": "dollar", "€": "euro", "euro": "euro", "eur": "euro", "£": "pound",
    "pound": "pound", "gbp": "pound", "sterling": "pound", "¥": "yen", "yen": "yen", "yuan": "yuan", "₹": "rupee",
    "rupee": "rupee", "rouble": "rouble", "ruble": "rouble", "franc": "franc", "zloty": "zloty", "lira": "lira",
}  # fmt: skip
_PERIODS = {
    "hour": "hour", "hourly": "hour", "day": "day", "daily": "day", "week": "week", "weekly": "week", "month": "month",
    "monthly": "month", "year": "year", "yearly": "year", "annually": "year", "annual": "year", "annum": "year",
}  # fmt: skip


def _rates(side: Side) -> Iterator[tuple[str, Word]]:
    """(period, word) of each rate: "per month", "a year", "annually"."""
    for i, word in enumerate(side.words):
        period = _PERIODS.get(word.form)
        if period is None:
            continue
        before = side.words[i - 1] if i else None
        adverb = word.form.endswith("ly") or word.form == "annum"
        # "£87 a year" is a rate; "a year ago" and "in a year" are not.
        rate = before is not None and (
            before.form in ("per", "each", "every")
            or (before.form in ("a", "an") and i > 1 and (side.words[i - 2].is_number or side.words[i - 2].is_content))
        )
        after = side.words[i + 1].form if i + 1 < len(side.words) else ""
        if (adverb or rate) and after not in ("ago", "later", "earlier", "before", "after"):
            yield period, word


def _currency(side: Side, first: int, last: int) -> tuple[str, Word] | None:
    for i in (first - 1, last + 1, last + 2):
        if 0 <= i < len(side.words):
            word = side.words[i]
            if i < first and not (word.is_sign or word.is_acronym):
                continue  # the unit of the amount before: "700 billion dollars (470 billion euros)"
            name = _CURRENCIES.get(word.form, _CURRENCIES.get(word.lemma))
            if name:
                return name, word
    return None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number whose unit, currency or period is another one."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    for q in quantities_of(ours):
        same = [t for t in quantities_of(theirs) if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) != 1:
            continue
        (t,) = same
        unit, meant = unit_of(ours.words, q), unit_of(theirs.words, t)
        money, due = _currency(ours, q.first, q.last), _currency(theirs, t.first, t.last)
        if money and due and money[0] != due[0]:
            yield _hit(segment, Severity.CRITICAL, money[1].span, due[1].span)
        elif unit and meant and unit[0] == meant[0] and unit[1] != meant[1] and not money:
            if ours.words[q.last + 1].lemma in theirs.lemmas and theirs.words[t.last + 1].lemma in ours.lemmas:
                continue  # "100 yards/metres": both are said of both
            yield _hit(segment, Severity.MAJOR, ours.words[q.last + 1].span, theirs.words[t.last + 1].span)
    rates, meant_rates = list(_rates(ours)), list(_rates(theirs))
    if len(rates) == len(meant_rates) == 1 and rates[0][0] != meant_rates[0][0]:
        yield _hit(segment, Severity.MAJOR, rates[0][1].span, meant_rates[0][1].span)


def _hit(segment: AlignedSegment, severity: Severity, at: Span, there: Span) -> Hit:
    said, meant = at.of(segment.variant.text), there.of(segment.reference.text)
    return Hit(
        severity,
        f"The reference counts in “{meant}”; here it is “{said}”.",
        variant_span=at,
        reference_span=there,
        suggestion=meant,
        evidence={"unit": said, "reference unit": meant},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It lasted 5 days in all.", "It lasted 5 ⟦weeks⟧ in all."),
        Example("The licence costs £87 a year.", "The licence costs £87 per ⟦month⟧."),
        Example("Take 5 mg in the morning.", "Take 5 ⟦g⟧ in the morning."),
        Example("It cost 300 euros.", "It cost 300 ⟦dollars⟧.", severity=Severity.CRITICAL),
        Example("The licence costs £87 a year.", "The licence costs £87 annually."),
        Example("He came back 5 years later.", "He came back after 5 years."),
    ),
)
