"""Quantities in English text: values of digits, number words, fractions and percentages, with their hedges."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from evaltool.model import Span
from evaltool.rules._digits import grouped, marker, negative, parse_digits
from evaltool.rules._hedges import hedges_at
from evaltool.words import Side, Vocabulary, Word

_UNITS = {
    w: n
    for n, w in enumerate(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """.split()
    )
} | {"nil": 0}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_TENS |= {w[:-1] + "ies": n for w, n in _TENS.items()}  # "in his thirties" for "in his 30s"
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "lakh": 1e5,
    "crore": 1e7,
}  # fmt: skip
ORDINALS: dict[str, float] = {
    w: n
    for n, w in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        1,
    )
}
_FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "seventh": 1 / 7, "eighth": 1 / 8,
    "ninth": 1 / 9, "tenth": 1 / 10,
}  # fmt: skip
_POINTS = frozenset(["percentage point", "percentage points", "per cent", "percent"])
_SLASHED = re.compile(r"\d/\d")
#: Names of currencies, in the singular and where it differs as they are counted.
CURRENCIES = frozenset(
    """
    dollar euro pound yen yuan renminbi rupee rupiah ringgit taka krone kroner krona kronor koruna crown franc peso
    reais rand ruble rouble hryvnia zloty forint leu lei lev lira shekel dinar dirham riyal rial won baht dong kyat
    peseta shilling naira cedi birr bolivar sol soles guarani colon quetzal lempira manat tenge lari dram afghani kip
    riel tugrik kwacha kwanza metical ariary pula dalasi leone usd eur gbp
    """.split()
)
#: Behind them a fraction is one: "a fifth more".
_BEHIND_A_SHARE = frozenset("of more less fewer higher lower larger smaller greater above below than".split())
_DETERMINERS = frozenset("the its their his her our".split())
MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec""".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is meant.

    Attributes:
        value: with its scale ("1.2 million" is 1200000); a share of a whole is 0..1.
        kind: "share" (percent, fraction), "time" (a clock time), "date" (a day of a month),
            "ordinal", or "count".
        span: of all its words.
        first: index of its first word.
        last: index of its last word.
        digits: whether it is written in digits.
        about: hedged as approximate.
        above: hedged as a lower bound.
        below: hedged as an upper bound.
        hedge_words: how many words before it belong to the hedge.
        year: whether it can be a year: four digits without a separator. Years are never rounded.
        million: what the value is if an "m" directly behind the number means million and not metres, or None.
    """

    value: float
    kind: str
    span: Span
    first: int
    last: int
    digits: bool
    about: bool = False
    above: bool = False
    below: bool = False
    hedge_words: int = 0
    year: bool = False
    million: float | None = None


def is_number_word(form: str) -> bool:
    """Whether a form in lower case is a number below a hundred in one word."""
    return form in _UNITS or form in _TENS


@lru_cache(maxsize=64)
def quantities_of(whole: Side | Vocabulary) -> tuple[Quantity, ...]:
    """The quantities of a segment's side or of a document, in order."""
    return tuple(quantities(whole.words, whole.text))


@lru_cache(maxsize=64)
def bounded_words(side: Side) -> frozenset[int]:
    """Indexes of the words of a side's quantities and of what bounds them."""
    return frozenset(k for q in quantities_of(side) for k in range(q.first - q.hedge_words, q.last + 1))


def quantities(words: Sequence[Word], text: str) -> list[Quantity]:
    """The quantities among the words of a stretch of text, in order."""
    found = []
    at = 0
    while at < len(words):
        read = _read(words, at, text)
        if read is None:
            at += 1
            continue
        value, kind, last, digits = read
        hedges, hedge_words = hedges_at(words, at, last)
        found.append(
            Quantity(
                value,
                kind,
                Span(words[at].span.start, words[last].span.end),
                at,
                last,
                digits,
                year=last == at and digits and len(words[at].text) == 4 and 1000 <= value <= 2100,
                about="about" in hedges,
                above="above" in hedges,
                below="below" in hedges,
                hedge_words=hedge_words,
                million=value * 1e6 if digits and last == at and _attached(words, at + 1, "m") else None,
            )
        )
        at = last + 1
    return found


def _joined(words: Sequence[Word], a: int, b: int, text: str) -> bool:
    """Whether word b follows word a with nothing but space or a hyphen between them."""
    return b < len(words) and text[words[a].span.end : words[b].span.start].strip(" \u00a0-‑") == ""


def _read(words: Sequence[Word], at: int, text: str) -> tuple[float, str, int, bool] | None:  # noqa: PLR0912, PLR0915
    word = words[at]
    value: float
    kind, last, digits = "count", at, word.is_number
    if digits:
        parsed = parse_digits(word.text)
        if parsed is None or _SLASHED.search(text, max(0, word.span.start - 2), word.span.end + 2):
            return None  # a clock time, a version, "9/11", "24/7"
        # "F-16", "COVID-19": part of a name, unlike "under-16s"; "5th" and "1990s" are read by their digits.
        if word.span.start and text[word.span.start - 1] in "-‑" and at and words[at - 1].is_capitalised:
            return None
        if marker(words, at, text):
            return None
        while grouped(words, at, last, text):
            last += 1
            parsed = 1000 * parsed + int(words[last].text)
        value = -parsed if negative(word, text) else parsed
    elif word.form in _UNITS or word.form in _TENS:
        value, last = _spelled(words, at, text)
    elif (word.form in _FRACTIONS and at and words[at - 1].form in ("a", "an", "one")) or word.form == "half":
        if (
            word.form not in ("half", "quarter")
            and at + 1 < len(words)
            and words[at + 1].form not in _BEHIND_A_SHARE
            and not (at > 1 and words[at - 2].form == "by" and words[at + 1].is_function)
            and not (at > 1 and words[at - 2].form == "to" and words[at + 1].form in _DETERMINERS)
            and _joined(words, at, at + 1, text)
        ):
            return None  # "a third man": an ordinal
        scale = at + 2 if at + 1 < len(words) and words[at + 1].form == "a" else at + 1
        if (
            word.form == "half"
            and scale < len(words)
            and words[scale].form in ("hundred", "thousand", "million", "dozen", "billion")
        ):
            return _SCALES[words[scale].form] / 2, "count", scale, False  # "half a million"
        last, part = _of_a_point(words, at, text)
        return _FRACTIONS[word.form] * part, "share", last, False
    elif word.form in ("hundred", "thousand", "million", "dozen") and at and words[at - 1].form == "a":
        value, last = _spelled(words, at, text)
    elif word.form in ORDINALS:
        return ORDINALS[word.form], "date" if _day_of_month(words, at, at) else "ordinal", at, False
    else:
        return None
    if [w.form for w in words[last + 1 : last + 4]] == ["and", "a", "half"]:
        value, last = value + 0.5, last + 3
    while _joined(words, last, last + 1, text) and _scales(words, at, last + 1, text):
        value *= _SCALES[words[last + 1].form]
        last += 1
    if _joined(words, last, last + 1, text):
        after = words[last + 1].form
        two = after + " " + (words[last + 2].form if last + 2 < len(words) else "")
        singular = after[:-1] if after.endswith("s") else after
        if after in ("%", "percent", "pct"):
            value, kind, last = value / 100, "share", last + 1
        elif two in ("per cent", "percentage points", "percentage point"):
            value, kind, last = value / 100, "share", last + 2
        elif two in ("basis points", "basis point"):
            value, kind, last = value / 10_000, "share", last + 2
        elif singular in _FRACTIONS and not digits and value < 20:
            last, part = _of_a_point(words, last + 1, text)
            value, kind = value * _FRACTIONS[singular] * part, "share"
        elif after in ("am", "pm", "a.m", "p.m", "o'clock") or two in ("a m", "p m"):
            kind = "time"
    if last + 1 < len(words) and words[last + 1].form in ("st", "nd", "rd", "th"):
        kind = "ordinal"
    elif (
        not digits
        and last + 1 < len(words)
        and words[last + 1].form in ORDINALS
        and _joined(words, last, last + 1, text)
    ):
        value, kind, last = value + ORDINALS[words[last + 1].form], "ordinal", last + 1  # "twenty-first"
    if kind in ("count", "ordinal"):
        if value <= 31 and _day_of_month(words, at, last):
            kind = "date"
        elif last == at and (shared := _shared_scale(words, at, text)):
            value *= shared
        elif digits and last == at and kind == "count" and _shared_percent(words, at, text):
            value, kind = value / 100, "share"
    return value, kind, last, digits


def _of_a_point(words: Sequence[Word], at: int, text: str) -> tuple[int, float]:
    """(last word, 0.01) of "a quarter of a percentage point", whose fraction ends at a word; else (the word, 1)."""
    k = at + 1
    while k < len(words) and words[k].form in ("of", "a", "one") and _joined(words, k - 1, k, text):
        k += 1
    for length in (2, 1):
        unit = [w.form for w in words[k : k + length]]  # shorter at the end of the words
        if len(unit) == length and " ".join(unit) in _POINTS and _joined(words, k - 1, k, text):
            return k + length - 1, 0.01
    if [w.form for w in words[at + 1 : at + 2]] == ["point"] and text[words[at].span.end] == "-":
        return at + 1, 0.01  # "a quarter-point rise"
    return at, 1.0


def _day_of_month(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a number stands next to the name of a month."""
    after = last + 2 if last + 1 < len(words) and words[last + 1].form in ("st", "nd", "rd", "th", "of") else last + 1
    taken = first > 1 and words[first - 2].is_number and len(words[first - 2].text) <= 2
    # "On 17 October, four days later": the month before has its day.
    beside = [words[i] for i in ((after,) if taken else (first - 1, after)) if 0 <= i < len(words)]
    return any(w.form in MONTHS and w.is_capitalised for w in beside)


def _shared_scale(words: Sequence[Word], at: int, text: str) -> float | None:
    """Scale that a range gives to its first number too: the million of "16 to 19 million"."""
    second = _range_end(words, at, text, ("to", "or", "and"))
    if second and _joined(words, second, second + 1, text):
        return _SCALES.get(words[second + 1].form) if _scales(words, second, second + 1, text) else None
    return None


def _shared_percent(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether a range gives its percent sign to its first number too: "5-7%"."""
    second = _range_end(words, at, text, ("to",))
    if not second or not _joined(words, second, second + 1, text):
        return False
    after = [w.form for w in words[second + 1 : second + 3]]
    return after[0] in ("%", "percent", "pct") or after == ["per", "cent"]


def _range_end(words: Sequence[Word], at: int, text: str, between: tuple[str, ...]) -> int | None:
    """Index of the second number of a range that begins with a number, or None; a year begins none."""
    second = at + 1
    if len(words[at].text) == 4 and words[at].is_number:
        return None  # "from 330,600 in 2021 to 6.3 million"
    if second < len(words) and words[second].form in between:
        second += 1
    elif second >= len(words) or text[words[at].span.end : words[second].span.start].strip() not in ("-", "–", "—"):
        return None
    return second if second < len(words) and words[second].is_number else None


def _is_code(word: Word) -> bool:
    """Whether a word has the form of a currency's code (ISO 4217): "EUR"."""
    return word.is_acronym and len(word.text) == 3


def _scales(words: Sequence[Word], first: int, at: int, text: str) -> bool:
    """Whether a word multiplies the number before it: "m" does in money and before what is counted, or it is metres."""
    form = words[at].form
    if form == "m" and _attached(words, at, form):
        after = words[at + 1] if _joined(words, at, at + 1, text) else None
        plural = after is not None and after.is_content and (after.form != after.lemma or after.form == "people")
        money = after is not None and (after.form in CURRENCIES or after.lemma in CURRENCIES)
        return (
            money
            or (plural and after is not None and not after.is_capitalised)
            or (first > 0 and (words[first - 1].is_sign or _is_code(words[first - 1])))
        )
    return _attached(words, at, form) if form in ("m", "k") else form in _SCALES


def _attached(words: Sequence[Word], at: int, form: str) -> bool:
    """Whether a word has a form and follows the one before it without a space."""
    return at < len(words) and words[at].form == form and words[at].span.start == words[at - 1].span.end


def _spelled(words: Sequence[Word], at: int, text: str) -> tuple[float, int]:
    """Value and last word of a number in words: "twenty-five", "two hundred and six"."""
    total = 0.0
    current: float = _UNITS.get(words[at].form, _TENS.get(words[at].form, _SCALES.get(words[at].form, 0)))
    last = at
    while True:
        following = last + 1
        if following < len(words) and words[following].form == "and" and words[last].form in _SCALES:
            following += 1
        if following >= len(words) or not _joined(words, last, last + 1, text):
            break
        form = words[following].form
        if (
            form in _UNITS
            and 0 < _UNITS[form] < 10
            and current % 100 >= 20
            and current % 10 == 0
            and following == last + 1
        ):
            current += _UNITS[form]
        elif (form in _UNITS or form in _TENS) and words[last].form in _SCALES:
            current += _UNITS.get(form, _TENS.get(form, 0))
        elif form == "hundred":
            current *= 100
        elif form in ("thousand", "million", "billion", "trillion"):
            total += current * _SCALES[form]
            current = 0
        else:
            break
        last = following
    return total + current, last


def _step(value: float) -> float:
    """What the last digit of a number that is not 0 counts, and five of it where it is a 5: 1000 of 17,000."""
    digits, _, exponent = f"{abs(value):.8e}".partition("e")
    kept = digits.rstrip("0").rstrip(".")
    place = 10.0 ** (int(exponent) - max(0, len(kept) - 2))
    return 5 * place if kept.endswith("5") else place


def agrees(ours: Quantity, theirs: Quantity) -> bool:
    """Whether the variant's quantity is true by the reference's: equal, or a hedged rounding that stays true."""
    if (ours.million is None) != (theirs.million is None) and _agree(_in_millions(ours), _in_millions(theirs)):
        return True
    return _agree(ours, theirs)


def _in_millions(q: Quantity) -> Quantity:
    return q if q.million is None else replace(q, value=q.million, million=None)


def _agree(ours: Quantity, theirs: Quantity) -> bool:
    a, b = ours.value, theirs.value
    if {ours.kind, theirs.kind} == {"count", "share"} and a < 1:
        return math.isclose(a, b, rel_tol=1e-9)  # "half a litre" and 0.5 litres
    if ours.kind != theirs.kind and {ours.kind, theirs.kind} != {"count", "time"}:
        return False
    if math.isclose(a, b, rel_tol=1e-9):
        return True
    if not a or not b or math.isinf(a) or math.isinf(b) or (ours.year and theirs.year):
        return False
    ratio = a / b
    if ours.above and theirs.above and abs(a - b) == 1:
        return True  # "more than 20" is "at least 21"
    if theirs.below and not ours.below and b - a == 1 and b < 100:  # "up to 15" for "under 16"
        return True
    if ours.digits and _step(a) < _step(b):
        return False  # "about 16,700" for 17,000 is no rounding: it claims to know more
    if ours.above and 0.8 <= ratio < 1:
        return True
    if ours.below and 1 < ratio <= 1.15:
        return True
    if ours.about and abs(ratio - 1) <= (0.05 if theirs.about else 0.1):  # a rounding is not rounded again
        return True
    if (ours.above and ratio > 1) or (ours.below and ratio < 1):
        return False
    # The reference is the one that hedges: a figure inside its rounding is still another figure, but a rounded one
    # with fewer digits than the reference's may stand for it.
    return (
        abs(ratio - 1) <= 0.02
        and ours.value == float(f"{ours.value:.2g}")
        and theirs.value != float(f"{theirs.value:.2g}")
    )
