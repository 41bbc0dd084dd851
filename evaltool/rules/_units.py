"""Units of measure: whether two figures in different units are the same amount."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evaltool.model import Span
from evaltool.rules._hedges import hedges_at
from evaltool.rules._numbers import Quantity
from evaltool.words import Side, Word

#: Unit (dictionary form) -> (dimension, size in the dimension's base unit).
_UNITS = {
    "kilometre": ("length", 1000), "kilometer": ("length", 1000), "km": ("length", 1000), "metre": ("length", 1),
    "meter": ("length", 1), "m": ("length", 1), "centimetre": ("length", 0.01), "centimeter": ("length", 0.01),
    "cm": ("length", 0.01), "millimetre": ("length", 0.001), "mm": ("length", 0.001), "mile": ("length", 1609.344),
    "yard": ("length", 0.9144), "foot": ("length", 0.3048), "feet": ("length", 0.3048), "ft": ("length", 0.3048),
    "inch": ("length", 0.0254), "hectare": ("area", 10_000), "acre": ("area", 4046.86), "tonne": ("mass", 1000),
    "ton": ("mass", 1000), "kilogram": ("mass", 1), "kg": ("mass", 1), "gram": ("mass", 0.001), "g": ("mass", 0.001),
    "mg": ("mass", 1e-6), "milligram": ("mass", 1e-6), "mcg": ("mass", 1e-9), "µg": ("mass", 1e-9),
    "microgram": ("mass", 1e-9), "ml": ("volume", 0.001), "millilitre": ("volume", 0.001),
    "milliliter": ("volume", 0.001), "cl": ("volume", 0.01), "l": ("volume", 1), "kw": ("power", 1),
    "mw": ("power", 1e3), "gw": ("power", 1e6),
    "kilowatt": ("power", 1), "megawatt": ("power", 1e3), "gigawatt": ("power", 1e6),
    "pound": ("mass", 0.453592), "lb": ("mass", 0.453592), "ounce": ("mass", 0.0283495), "litre": ("volume", 1),
    "liter": ("volume", 1), "gallon": ("volume", 4.0), "barrel": ("volume", 159), "second": ("time", 1),
    "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86_400), "week": ("time", 604_800),
    "fortnight": ("time", 1_209_600), "month": ("time", 2_629_746), "year": ("time", 31_556_952),
    "decade": ("time", 315_569_520), "century": ("time", 3_155_695_200),
}  # fmt: skip
#: Currency or its hundredth (sign or dictionary form) -> size in the currency.
_MONEY = {
    "€": 1, "$": 1, "£": 1, "euro": 1, "dollar": 1, "pound": 1, "rupee": 1, "rand": 1, "franc": 1, "real": 1,
    "cent": 0.01, "c": 0.01, "p": 0.01, "penny": 0.01, "pence": 0.01, "paise": 0.01, "centime": 0.01, "centavo": 0.01,
    "shekel": 1, "nis": 1, "agora": 0.01, "agorot": 0.01, "rouble": 1, "ruble": 1, "kopeck": 0.01, "kopek": 0.01,
    "hryvnia": 1, "kopiyka": 0.01, "zloty": 1, "grosz": 0.01, "groszy": 0.01, "lira": 1, "kurus": 0.01,
}  # fmt: skip
_NAUTICAL = 1852
_WEEK, _WORKING_WEEK = 604_800, 432_000
#: Days and weeks on which something is done; such a week has five such days.
_WORKING = frozenset("working business trading banking".split())
#: Conversions are rounded: "100 miles" for 160 kilometres.
_TOLERANCE = 0.06


def unit_of(words: Sequence[Word], quantity: Quantity) -> tuple[str, float] | None:
    """Dimension and size of the unit that stands directly behind a quantity, or None."""
    at = quantity.last + 2 if _of_work(words, quantity) else quantity.last + 1
    if [w.lemma for w in words[at : at + 2]] == ["nautical", "mile"]:
        return "length", _NAUTICAL
    return _UNITS.get(words[at].lemma, _UNITS.get(words[at].form)) if at < len(words) else None


def size_of(word: Word) -> tuple[str, float] | None:
    """Dimension and size of a word that is a unit, or None."""
    return _UNITS.get(word.lemma, _UNITS.get(word.form))


def money_of(words: Sequence[Word], quantity: Quantity) -> float | None:
    """What one of the money counted is worth in its currency (a cent 0.01), or None where no money is counted."""
    before = words[quantity.first - 1] if quantity.first else None
    if before is not None and before.is_sign and before.form in _MONEY:
        return _MONEY[before.form]
    after = words[quantity.last + 1 : quantity.last + 2]
    return next((_MONEY[w.lemma] for w in after if w.lemma in _MONEY), None)


def _of_work(words: Sequence[Word], quantity: Quantity) -> bool:
    """Whether a quantity counts working days or weeks."""
    return any(w.form in _WORKING for w in words[quantity.last + 1 : quantity.last + 2])


def same_period(quantity: Quantity, words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether a stretch of time is one unit of which the other side speaks: 24 hours and "a day"."""
    unit = unit_of(words, quantity)
    if unit is None or unit[0] != "time":
        return False
    length = quantity.value * unit[1]
    own = [_UNITS[w.lemma] for w in others if w.lemma in _UNITS]
    return any(kind == "time" and abs(size - length) <= _TOLERANCE * size for kind, size in own)


def converted(ours: Quantity, our_words: Sequence[Word], theirs: Quantity, their_words: Sequence[Word]) -> bool:
    """Whether two quantities in different units of one dimension are the same amount, as far as roundings go."""
    one, other = money_of(our_words, ours), money_of(their_words, theirs)
    if one is not None and other is not None and one != other:
        return math.isclose(ours.value * one, theirs.value * other)
    a, b = unit_of(our_words, ours), unit_of(their_words, theirs)
    if a is None or b is None or a[0] != b[0] or a[1] == b[1]:
        return False
    week = _WORKING_WEEK if _of_work(our_words, ours) or _of_work(their_words, theirs) else _WEEK
    first, second = (q.value * (week if size == _WEEK else size) for q, size in ((ours, a[1]), (theirs, b[1])))
    return abs(first - second) <= _TOLERANCE * max(abs(first), abs(second))


def single_bounds(side: Side) -> dict[str, tuple[str, Span]]:
    """Unit -> ("above" or "below", span) of each bounded "an hour", "a mile" that a side has once."""
    found: dict[str, tuple[str, Span] | None] = {}
    for k, word in enumerate(side.words[:-1]):
        unit = side.words[k + 1]
        if word.form not in ("a", "an") or size_of(unit) is None:
            continue
        hedges, count = hedges_at(side.words, k, k)
        bounds = hedges & {"above", "below"}
        if len(bounds) == 1 and count:
            span = Span(side.words[k - count].span.start, unit.span.end)
            found[unit.lemma] = None if unit.lemma in found else (next(iter(bounds)), span)
    return {unit: at for unit, at in found.items() if at is not None}
