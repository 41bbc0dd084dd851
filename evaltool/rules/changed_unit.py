"""The number stands and its unit is another one: 5 weeks for 5 days, "per month" for "a year", dollars for euros.

Units of the same dimension are compared, directly behind the same number or in a rate; a conversion (100 miles for 160
kilometres) changes the number too and is accepted. Found are also a percentage for an amount ("6.5%" for "6.5 cents"),
a rate for a plain number ("900 jobs a year" for "900 jobs"), the same price for another measure ("a gallon" for "a
litre"), and another period with which a figure is compared ("the previous quarter" for "a year earlier").

Severity: major; critical for money.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import ends_sentence
from evaltool.rules._numbers import Quantity, agrees, is_number_word, quantities_of
from evaltool.rules._units import money_of, size_of, unit_of
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
#: How many words may stand between a number and its "a year", and what makes "a year" a point in time.
_RATE_REACH = 3
_POINTS = frozenset("ago later earlier before after since from old on long".split())
#: From this number on a figure is told by its number alone, also where the passage is worded freely.
_OWN_NUMBER = 3
_BEFORE = regex.compile(
    r"\b(?:an?|one|the) (?:full )?(?P<unit>day|week|month|quarter|year|decade) (?:earlier|ago|before|previously)\b"
    r"|\b(?:previous|preceding|prior|last) (?P<unit2>day|week|month|quarter|year|decade)\b",
    regex.IGNORECASE,
)
_FRACTION = regex.compile(
    r"\b(?P<count>[\w.]+)[ -](?P<unit>(?:ten|hundred|thousand|million)ths?) of an? (?P<of>\w+)", regex.IGNORECASE
)


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
        if word.form == "annual":
            rate = _before_a_number(side, i)  # "an annual 8.1 percent"
        elif not rate and i > 1 and before is not None and before.form == "on":
            rate = side.words[i - 2].form == word.form  # "year on year"
        after = side.words[i + 1].form if i + 1 < len(side.words) else ""
        if (adverb or rate) and after not in ("ago", "later", "earlier", "before", "after"):
            yield period, word


def _before_a_number(side: Side, at: int) -> bool:
    return at + 1 < len(side.words) and side.words[at + 1].is_number


def _currency(side: Side, first: int, last: int) -> tuple[str, Word] | None:
    for i in (first - 1, last + 1, last + 2):
        if 0 <= i < len(side.words):
            word = side.words[i]
            if i < first and not (word.is_sign or word.is_acronym):
                continue  # the unit of the amount before: "700 billion dollars (470 billion euros)"
            if i > last and word.is_sign and i + 1 < len(side.words) and side.words[i + 1].is_number:
                return None  # of the amount behind: "CFA 40,000 ($66)"
            name = _CURRENCIES.get(word.form, _CURRENCIES.get(word.lemma))
            if name:
                return name, word
    return None


def _same_digits(segment: AlignedSegment) -> Iterator[Hit]:
    """Numbers that are a share on one side and an amount on the other: "6.5 percent" for "6.5 cents"."""
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    for q in ours:
        if (
            not q.digits
            or q.kind not in ("share", "count")
            or any((t.value, t.kind) == (q.value, q.kind) for t in theirs)
        ):
            continue
        digits = _digits(segment.variant, q)
        same = [t for t in theirs if digits and _digits(segment.reference, t) == digits]
        if len(same) != 1 or {q.kind, same[0].kind} != {"share", "count"}:
            continue
        (t,) = same
        side, amount = (segment.variant, q) if q.kind == "count" else (segment.reference, t)
        if money_of(side.words, amount) is not None or unit_of(side.words, amount) is not None:
            at, there = _with_unit(segment.variant, q), _with_unit(segment.reference, t)
            yield _hit(segment, Severity.MAJOR, at, there)


def _digits(side: Side, q: Quantity) -> str:
    """The first word of a number, where that is all of it but a percent sign."""
    first = side.words[q.first]
    whole = q.last == q.first or q.kind == "share"
    return first.text if q.digits and whole and not q.year else ""


def _with_unit(side: Side, q: Quantity) -> Span:
    """A number with the unit before or behind it."""
    before = side.words[q.first - 1] if q.first else None
    start = before.span.start if before is not None and before.is_sign and before.form != "%" else q.span.start
    after = (
        side.words[q.last + 1] if q.kind == "count" and start == q.span.start and q.last + 1 < len(side.words) else None
    )
    return Span(start, after.span.end if after is not None else q.span.end)


def _rate_of(side: Side, q: Quantity) -> Word | None:
    """The period of a number that is a rate: "900 jobs a year", "20,000 a day"."""
    for k in range(q.last + 1, min(q.last + 2 + _RATE_REACH, len(side.words) - 1)):
        word = side.words[k]
        if word.is_number or set(side.text[side.words[k - 1].span.end : word.span.start]) - set(" -\u00a0"):
            return None
        if word.form in ("a", "an", "per", "each", "every"):
            period = side.words[k + 1]
            after = side.words[k + 2].form if k + 2 < len(side.words) else ""
            often = word.form == "a" and after == "since" and side.words[k - 1].lemma == "time"  # "a year since 2017"
            rate = period.form in _PERIODS and (after not in _POINTS or often)
            return period if rate and side.text[word.span.end : period.span.start] == " " else None
        if not word.is_content and k > q.last + 1:
            return None
    return None


def _made_rates(segment: AlignedSegment) -> Iterator[Hit]:
    """Numbers that are a rate in the variant and a plain number in the reference."""
    ours, theirs = segment.variant, segment.reference
    for q in quantities_of(ours):
        period = _rate_of(ours, q)
        same = [t for t in quantities_of(theirs) if (t.value, t.kind) == (q.value, q.kind)]
        if period is None or len(same) != 1 or q.value <= 1 or q.kind != "count":
            continue
        unit = _PERIODS[period.form]
        if unit_of(ours.words, q) is not None or any(_names_period(theirs, k, unit) for k in range(len(theirs.words))):
            continue
        at = next(k for k, w in enumerate(ours.words) if w.span == period.span) - 1
        said = Span(ours.words[at].span.start, period.span.end)
        yield Hit(
            Severity.MAJOR,
            f"The reference gives “{same[0].span.of(theirs.text)}” in all; here it is so many “{said.of(ours.text)}”.",
            variant_span=said,
            reference_span=same[0].span,
            evidence={"unit": unit, "reference unit": ""},
            confidence=0.8,
            wording=ours.words[at - 1].lemma != "time",
        )


def _names_period(side: Side, index: int, unit: str) -> bool:
    """Whether a word can say that something is so in each such period: not where it is counted ("for three years")."""
    word = side.words[index]
    if _PERIODS.get(word.form, _PERIODS.get(word.lemma)) != unit:
        return False
    before = side.words[index - 1] if index else None
    return before is None or not (before.is_number or is_number_word(before.form))


def _priced(side: Side) -> list[tuple[str, float, Span]]:
    """(dimension, size, span) of each single unit that something is priced or measured by: "a litre", "per gallon"."""
    found = []
    for before, word in pairwise(side.words):
        size = size_of(word) if before.form in ("a", "an", "per", "each", "every") else None
        if size is not None and size[0] not in ("time", "length") and len(word.form) > 1:
            found.append((*size, Span(before.span.start, word.span.end)))
    return found


def _other_measure(segment: AlignedSegment) -> Iterator[Hit]:
    """Prices by another measure: "2.05 euros a gallon" where the reference has the same price for a litre."""
    ours, theirs = _priced(segment.variant), _priced(segment.reference)
    if len(ours) != 1 or len(theirs) != 1 or ours[0][0] != theirs[0][0] or ours[0][1] == theirs[0][1]:
        return
    prices = [
        {q.value for q in quantities_of(side) if _currency(side, q.first, q.last)}
        for side in (segment.variant, segment.reference)
    ]
    if prices[0] & prices[1]:
        yield _hit(segment, Severity.MAJOR, ours[0][2], theirs[0][2], wording=False)


def _compared(segment: AlignedSegment) -> Iterator[Hit]:
    """Periods with which something is compared: "the quarter before" for "a year earlier"."""
    ours, theirs = (
        list(_BEFORE.finditer(s.text, *s.span)) if s.span else [] for s in (segment.variant, segment.reference)
    )
    if len(ours) != 1 or len(theirs) != 1:
        return
    said, due = ((m["unit"] or m["unit2"]).casefold() for m in (ours[0], theirs[0]))
    q, t = (_number_before(s, m) for s, m in ((segment.variant, ours[0]), (segment.reference, theirs[0])))
    if said != due and q is not None and t is not None and agrees(q, t):
        yield _hit(segment, Severity.MAJOR, Span(*ours[0].span()), Span(*theirs[0].span()))


def _number_before(side: Side, match: regex.Match[str]) -> Quantity | None:
    """The last number before a match, in its sentence."""
    before = [q for q in quantities_of(side) if q.span.end <= match.start()]
    parted = before and ends_sentence(side.text[before[-1].span.end : match.start()])
    return before[-1] if before and not parted else None


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
            yield _hit(segment, Severity.CRITICAL, money[1].span, due[1].span, wording=q.value < _OWN_NUMBER)
        elif unit and meant and unit[0] == meant[0] and unit[1] != meant[1] and not (money and due):
            if ours.words[q.last + 1].lemma in theirs.lemmas and theirs.words[t.last + 1].lemma in ours.lemmas:
                continue  # "100 yards/metres": both are said of both
            said, there = ours.words[q.last + 1].span, theirs.words[t.last + 1].span
            yield _hit(segment, Severity.MAJOR, said, there, wording=unit[0] == "time" or q.value < _OWN_NUMBER)
    rates, meant_rates = list(_rates(ours)), list(_rates(theirs))
    if len(rates) == len(meant_rates) == 1 and rates[0][0] != meant_rates[0][0]:
        said, there = rates[0][1].span, meant_rates[0][1].span
        yield _hit(segment, Severity.MAJOR, said, there, wording=not _same_number(segment, said, there))
    yield from _same_digits(segment)
    yield from _made_rates(segment)
    yield from _other_measure(segment)
    yield from _compared(segment)
    yield from _other_fraction(segment)


def _other_fraction(segment: AlignedSegment) -> Iterator[Hit]:
    """The same number of other fractions: "two tenths of a second" for "two hundredths of a second"."""
    ours, theirs = (
        list(_FRACTION.finditer(s.text, *s.span)) if s.span else [] for s in (segment.variant, segment.reference)
    )
    if len(ours) != 1 or len(theirs) != 1:
        return
    said, due = ours[0], theirs[0]
    same = [said[name].casefold() == due[name].casefold() for name in ("count", "of", "unit")]
    if same == [True, True, False]:
        yield _hit(segment, Severity.MAJOR, Span(*said.span("unit")), Span(*due.span("unit")), wording=False)


def _same_number(segment: AlignedSegment, said: Span, there: Span) -> bool:
    """Whether the number before two rates is the same one."""
    sides = ((segment.variant, said), (segment.reference, there))
    ours, theirs = ([q for q in quantities_of(side) if q.last < _index(side, at)][-1:] for side, at in sides)
    return bool(ours and theirs) and ours[0].value >= _OWN_NUMBER and agrees(ours[0], theirs[0])


def _index(side: Side, span: Span) -> int:
    return next(k for k, w in enumerate(side.words) if w.span == span)


def _hit(segment: AlignedSegment, severity: Severity, at: Span, there: Span, *, wording: bool = True) -> Hit:
    said, meant = at.of(segment.variant.text), there.of(segment.reference.text)
    return Hit(
        severity,
        f"The reference counts in “{meant}”; here it is “{said}”.",
        variant_span=at,
        reference_span=there,
        suggestion=meant,
        evidence={"unit": said, "reference unit": meant},
        confidence=0.85,
        wording=wording,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It lasted 5 days in all.", "It lasted 5 ⟦weeks⟧ in all."),
        Example("The licence costs £87 a year.", "The licence costs £87 per ⟦month⟧."),
        Example("Take 5 mg in the morning.", "Take 5 ⟦g⟧ in the morning."),
        Example("She won by two hundredths of a second.", "She won by two ⟦tenths⟧ of a second."),
        Example("It cost 300 euros.", "It cost 300 ⟦dollars⟧.", severity=Severity.CRITICAL),
        Example("The bond fell by 6.5 cents.", "The bond fell by ⟦6.5 percent⟧."),
        Example("They will cut 900 jobs in three years.", "They will cut 900 jobs ⟦a year⟧, for three years."),
        Example(
            "Sales were 20 million, up from 18 million a year earlier.",
            "Sales were 20 million, up from 18 million in the ⟦previous quarter⟧.",
        ),
        Example("A litre of milk costs 1.05 euros there.", "Milk costs 1.05 euros ⟦a gallon⟧ there."),
        Example("A litre of milk costs 1.05 euros there.", "Milk costs 1.05 euros per litre there."),
        Example("It slowed to 8.1 percent year on year.", "It slowed to a ⟦monthly⟧ 8.1 percent."),
        Example("It slowed to 8.1 percent year on year.", "It slowed to an annual 8.1 percent."),
        Example("He was fined four times since 2017.", "He was fined four times ⟦a year⟧ since 2017."),
        Example(
            "The crops need 40 millimetres of rain to survive, growers say.",
            "Unless 40 ⟦cm⟧ falls, the harvest will be lost, say the farmers.",
            profile=Profile.PARAPHRASE,
        ),
        Example("The mill made 300 tons of flour each year.", "The mill made 300 tons of flour a year."),
        Example(
            "Sales were 20 million, up from 18 million a year earlier.",
            "Sales were 20 million, up from 18 million in the previous year.",
        ),
        Example("The licence costs £87 a year.", "The licence costs £87 annually."),
        Example("He came back 5 years later.", "He came back after 5 years."),
    ),
)
