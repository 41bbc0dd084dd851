"""What a number counts: the noun behind it, and figures that stand inside a name ("F-35")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from evaltool.model import Span
from evaltool.rules._numbers import Quantity, is_number_word
from evaltool.rules._units import unit_of
from evaltool.words import Side, Vocabulary

_PEOPLE = frozenset(
    """
    people person man woman child civilian death casualty victim soldier troop officer worker employee job
    student resident member voter family patient passenger refugee fighter protester
    """.split()
)
_MONEY = frozenset("$ € £ ¥ ₹ dollar euro pound yen rupee franc peso usd eur gbp".split())
_REACH = 3  # content words behind a number among which is what it counts
_DESIGNATION = regex.compile(r"\b(?P<name>\p{Lu}[\p{L}]*)[-‑ ]?(?P<number>\d+)\b(?![.,:]\d|%)")


def counted(side: Side | Vocabulary, quantity: Quantity) -> tuple[str, ...]:
    """Dictionary forms of the content words directly behind a number, at most three, up to the first other word."""
    found: list[str] = []
    for word in side.words[quantity.last + 1 : quantity.last + 1 + _REACH]:
        if not word.is_content or word.is_capitalised or is_number_word(word.form):
            break
        if found and side.text[word.span.start - 1] not in " -\u00a0":
            break
        found.append(word.lemma)
    return tuple(found)


def of_people_or_money(side: Side | Vocabulary, quantity: Quantity) -> bool:
    """Whether a number counts people or money, by the words beside it."""
    near = side.words[max(0, quantity.first - 1) : quantity.last + 4]
    return any(w.lemma in _PEOPLE or w.form in _MONEY or w.lemma in _MONEY for w in near)


def counted_otherwise(side: Side, q: Quantity, whole: Vocabulary, homes: Sequence[Quantity]) -> bool:
    """Whether a number counts things that have a name, and is an amount wherever the other text has it: 50 mg.

    Args:
        side: where the number stands.
        q: the number.
        whole: the other text.
        homes: the numbers of the other text of the same value.
    """
    things = counted(side, q)
    if not things or unit_of(side.words, q) or not homes:
        return False
    units = [unit_of(whole.words, u) for u in homes]
    return all(unit is not None and unit[0] != "time" for unit in units)


def designations(side: Side) -> Iterator[tuple[str, str, Span]]:
    """(name, number, span) of each name with a number joined by a hyphen: F-35, COVID-19."""
    if side.span is None:
        return
    for match in _DESIGNATION.finditer(side.text, *side.span):
        if match.end("name") < match.start("number") and side.text[match.end("name")] in "-‑":
            yield match["name"].casefold(), match["number"], Span(*match.span())
