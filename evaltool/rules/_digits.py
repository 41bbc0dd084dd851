"""Numbers in digits: their values, and digits that are no number at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evaltool.words import Word

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


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


def grouped(words: Sequence[Word], first: int, last: int, text: str) -> bool:
    """Whether the next word is a group of three digits set apart by a space ("12 500")."""
    if last + 1 >= len(words) or not re.fullmatch(r"[1-9]\d{0,2}", words[first].text):
        return False
    digits = re.fullmatch(r"\d{3}", words[last + 1].text)
    return digits is not None and text[words[last].span.end : words[last + 1].span.start] == " "


def marker(words: Sequence[Word], at: int, text: str) -> bool:
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


def negative(word: Word, text: str) -> bool:
    """Whether a minus sign stands directly before a number and no word or number before the sign."""
    at = word.span.start - 1
    return at >= 0 and text[at] in "-−" and (at == 0 or text[at - 1] in " \t\n(\u00a0")
