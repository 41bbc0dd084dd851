"""Quantities in English text: values of digits, number words, fractions and percentages, with their hedges."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evaltool.model import Span
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
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "lakh": 1e5, "crore": 1e7,
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
_HEDGES = {
    "about": (
        "about", "around", "some", "approximately", "roughly", "nearly", "almost", "estimated", "circa", "or so",
        "close to", "just", "in the region of",
    ),
    "above": (
        "more than", "over", "above", "at least", "upwards of", "or more", "exceed", "exceeding", "minimum of",
        "just over", "no fewer than", "no less than", "little over", "well over", "past", "minimum",
    ),
    "below": (
        "less than", "fewer than", "under", "below", "up to", "at most", "as many as", "almost", "nearly", "close to",
        "not more than", "no more than", "just under", "maximum", "maximum of", "or less", "or fewer",
    ),
}  # fmt: skip
_PHRASES = tuple((name, phrase, phrase.split()) for name, phrases in _HEDGES.items() for phrase in phrases)
_NEGATED = frozenset({"no more than", "not more than", "no fewer than", "no less than"})
#: What turns a bound round when it stands shortly before it.
_TURNING = frozenset("not never neither nor no avoid without prevent cannot".split())
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
#: What may stand between a hedge and its number.
_BETWEEN = frozenset("$ £ € ¥ the a an".split())


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


def parse_digits(text: str) -> float | None:
    """Value of a number in digits; both 1,234.5 and 1.234,5 are read; None for a clock time or a version number."""
    digits = text.replace("\u202f", "").replace("\u00a0", "")
    if ":" in digits:
        return None
    if re.fullmatch(r"[1-9]\d?(,\d\d)+,\d{3}", digits):  # 1,23,456: grouped the Indian way
        return float(digits.replace(",", ""))
    for group, point in ((",", "."), (".", ",")):
        parts = digits.split(group)
        whole, _, fraction = parts[-1].partition(point)
        grouped = len(parts) > 1 and all(len(p) == 3 for p in [*parts[1:-1], whole]) and 0 < len(parts[0]) < 4
        grouped = grouped and parts[0] != "0"
        if grouped and point not in "".join(parts[:-1]) and not (group == "." and len(parts) == 2 and not fraction):
            return float("".join(parts[:-1]) + whole + ("." + fraction if fraction else ""))
    if digits.count(".") + digits.count(",") > 1:
        return None
    try:
        return float(digits.replace(",", "."))
    except ValueError:  # digits of a script that the interpreter does not know yet
        return None


@lru_cache(maxsize=64)
def quantities_of(whole: Side | Vocabulary) -> tuple[Quantity, ...]:
    """The quantities of a segment's side or of a document, in order."""
    return tuple(quantities(whole.words, whole.text))


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
        hedges, hedge_words = _hedges(words, at, last)
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
            )
        )
        at = last + 1
    return found


def _joined(words: Sequence[Word], a: int, b: int, text: str) -> bool:
    """Whether word b follows word a with nothing but space or a hyphen between them."""
    return b < len(words) and text[words[a].span.end : words[b].span.start].strip(" \u00a0-‑") == ""


def _read(words: Sequence[Word], at: int, text: str) -> tuple[float, str, int, bool] | None:  # noqa: PLR0912
    word = words[at]
    value: float
    kind, last, digits = "count", at, word.is_number
    if digits:
        parsed = parse_digits(word.text)
        if parsed is None or "/" in (
            text[word.span.start - 1 : word.span.start],
            text[word.span.end : word.span.end + 1],
        ):
            return None  # a clock time, a version, "9/11", "24/7"
        # "F-16", "COVID-19": part of a name, unlike "under-16s"; "5th" and "1990s" are read by their digits.
        if word.span.start and text[word.span.start - 1] in "-‑" and at and words[at - 1].is_capitalised:
            return None
        if _marker(words, at, text):
            return None
        while _grouped(words, at, last, text):
            last += 1
            parsed = 1000 * parsed + int(words[last].text)
        value = -parsed if _negative(word, text) else parsed
    elif word.form in _UNITS or word.form in _TENS:
        value, last = _spelled(words, at, text)
    elif (word.form in _FRACTIONS and at and words[at - 1].form in ("a", "an", "one")) or word.form == "half":
        if (
            word.form not in ("half", "quarter")
            and at + 1 < len(words)
            and words[at + 1].form != "of"
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
        return _FRACTIONS[word.form], "share", at, False
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
        elif singular in _FRACTIONS and not digits and value < 20:
            value, kind, last = value * _FRACTIONS[singular], "share", last + 1
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
    return value, kind, last, digits


def _grouped(words: Sequence[Word], first: int, last: int, text: str) -> bool:
    """Whether the next word is a group of three digits set apart by a space ("12 500")."""
    if last + 1 >= len(words) or not re.fullmatch(r"[1-9]\d{0,2}", words[first].text):
        return False
    digits = re.fullmatch(r"\d{3}", words[last + 1].text)
    return digits is not None and text[words[last].span.end : words[last + 1].span.start] == " "


def _day_of_month(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a number stands next to the name of a month."""
    after = last + 2 if last + 1 < len(words) and words[last + 1].form in ("st", "nd", "rd", "th", "of") else last + 1
    beside = [words[i] for i in (first - 1, after) if 0 <= i < len(words)]
    return any(w.form in MONTHS and w.is_capitalised for w in beside)


def _shared_scale(words: Sequence[Word], at: int, text: str) -> float | None:
    """Scale that a range gives to its first number too: the million of "16 to 19 million"."""
    second = at + 1
    if len(words[at].text) == 4 and words[at].is_number:
        return None  # a year: "from 330,600 in 2021 to 6.3 million"
    if second < len(words) and words[second].form in ("to", "or", "and"):
        second += 1
    elif second >= len(words) or text[words[at].span.end : words[second].span.start].strip() not in ("-", "–", "—"):
        return None
    if second + 1 < len(words) and words[second].is_number and _joined(words, second, second + 1, text):
        return _SCALES.get(words[second + 1].form) if _scales(words, second, second + 1, text) else None
    return None


def _marker(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether a number is a list marker ("1. ", "2) "), a footnote ("[1]") or part of a date like 2024-04-03."""
    start, end = words[at].span
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before.endswith("[") and after.startswith("]"):
        return True
    line_start = not before.strip(" ") or before[-1:] == "\n" or (before[-1:] == " " and before[:1] in "\n")
    if (line_start or at == 0) and len(words[at].text) < 3 and re.match(r"[.)](\s|$)", after or "x"):
        return True
    # The date may begin nine characters before the number, and reaches no further than ten.
    return any(m.start() <= start < m.end() for m in _DATE.finditer(text, max(0, start - 9), start + 10))


def _negative(word: Word, text: str) -> bool:
    """Whether a minus sign stands directly before a number and no word or number before the sign."""
    at = word.span.start - 1
    return at >= 0 and text[at] in "-−" and (at == 0 or text[at - 1] in " \t\n(\u00a0")


def _scales(words: Sequence[Word], first: int, at: int, text: str) -> bool:
    """Whether a word multiplies the number before it: "m" is metres unless it ends an amount of money."""
    form = words[at].form
    if form in ("m", "k"):
        attached = words[at].span.start == words[at - 1].span.end
        return attached and (form == "k" or (first > 0 and words[first - 1].is_sign))
    return form in _SCALES


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


def _hedges(words: Sequence[Word], first: int, last: int) -> tuple[frozenset[str], int]:
    """Which hedges stand at a number ("about", "above", "below"), and how many words before it they take."""
    found, reach = set(), 0
    before = [w.form for w in words[max(0, first - 4) : first]]
    while before and before[-1] in _BETWEEN:
        before.pop()
    skipped = min(4, first) - len(before)
    after = " ".join(w.form for w in words[last + 1 : last + 3])
    negated = " ".join(before[-3:]) in _NEGATED  # "no more than" bounds from above, "more than" from below
    turned = any(w.form in _TURNING or w.lemma in _TURNING for w in words[max(0, first - 6) : first])
    for name, phrase, parts in _PHRASES:
        if before[-len(parts) :] == parts and negated <= (phrase in _NEGATED):
            found.add(name)
            reach = max(reach, len(parts) + skipped)
        elif phrase in ("or so", "or more", "or less", "or fewer") and after.startswith(phrase):
            found.add(name)
    if turned and not negated and len(found & {"above", "below"}) == 1:
        found ^= {"above", "below"}  # "avoid more than 20", "neither had more than 90": at most
    return frozenset(found), reach


def agrees(ours: Quantity, theirs: Quantity) -> bool:
    """Whether the variant's quantity is true by the reference's: equal, or a hedged rounding that stays true."""
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
