"""How many of a group is meant is another part of it: "all of whom" for "four of whom", "most of them" for "some".

Compared are words and numbers that say how many of those named before ("all of them", "four of which", "of whom most",
", all with a permit"), where both sides have one of that kind and say the same of it. A number stands against a word
by the size of its group, where the reference gives one; without one it only excludes "all" and "none". Accepted are
"many" for "all", "most" or "some", and parts that go with an opposite ("none had one" and "all lacked one").

Severity: critical where one is a number of people; major otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._exceptions import left_out
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.rules._polarity import is_denial
from evaltool.rules._remainder import REMAINING, whole_of
from evaltool.words import AlignedSegment, Side

#: Quantifier -> (least, most) share of a group, as far as it goes; those with the same name are one.
_SHARES = {
    "all": ("all", 1.0, 1.0), "each": ("all", 1.0, 1.0), "both": ("all", 1.0, 1.0), "everyone": ("all", 1.0, 1.0),
    "most": ("most", 0.5, 1.0), "majority": ("most", 0.5, 1.0), "many": ("many", 0.2, 1.0),
    "some": ("some", 0.0, 1.0), "several": ("some", 0.0, 1.0), "any": ("some", 0.0, 1.0), "half": ("half", 0.4, 0.6),
    "few": ("few", 0.0, 0.3), "minority": ("few", 0.0, 0.5), "none": ("none", 0.0, 0.0), "neither": ("none", 0.0, 0.0),
}  # fmt: skip
_ACCEPTED = frozenset(
    frozenset(pair)
    for pair in (
        ("many", "all"),
        ("many", "most"),
        ("many", "some"),
        ("many", "half"),
        ("few", "some"),
        ("half", "some"),
    )
)
_THEM = frozenset("whom which them these those".split())
_PEOPLE = frozenset(["whom", "who"])
_BARE = frozenset("all some most none each many".split())
_BARE_BEHIND = frozenset(["with", "without"])
#: What makes another quantifier of "one": "every one of them", "not one of them".
_ONE = {"every": "all", "each": "all", "not": "none", "no": "none"}
_STEM = 5  # letters by which words are taken for one, beside their links
_NEGATED = ("un", "in", "im", "non", "dis")
_MARKS = ";:—–"


class _Part(NamedTuple):
    """A part of a group.

    Attributes:
        name: of the quantifier, or "" for a number.
        number: the number, or None.
        first: index of its first word.
        last: index of its last one, with "of them".
        at: index of the word that says how many.
    """

    name: str
    number: Quantity | None
    first: int
    last: int
    at: int


@lru_cache(maxsize=64)
def _parts(side: Side) -> tuple[_Part, ...]:
    """The parts that a side speaks of."""
    words, found = side.words, []
    numbers = {
        k: q for q in quantities_of(side) if q.kind == "count" and not q.year for k in range(q.first, q.last + 1)
    }

    def size(at: int) -> tuple[str, Quantity | None] | None:
        if not 0 <= at < len(words):
            return None
        if at in numbers:
            if numbers[at].value == 1 and at and words[at - 1].form in _ONE:
                return _ONE[words[at - 1].form], None
            return None if left_out(side, numbers[at]) else ("", numbers[at])
        form = words[at].form
        if form == "few" and at and words[at - 1].form == "a":
            return "some", None
        return (_SHARES[form][0], None) if form in _SHARES else None

    for k, word in enumerate(words):
        if word.form in _THEM and k and words[k - 1].form == "of" and gap(side, k - 1, k) == " ":
            before, behind = size(k - 2), size(k + 1)
            if before is not None:
                found.append(_Part(*before, _start(side, k - 2, before), k, k - 2))
            elif behind is not None and word.form in ("whom", "which"):
                found.append(_Part(*behind, k - 1, k + 1, k + 1))
        elif word.form in _BARE_BEHIND and k > 1 and words[k - 1].form in _BARE and "," in gap(side, k - 2, k - 1):
            found.append(_Part(_SHARES[words[k - 1].form][0], None, k - 1, k, k - 1))
    return tuple(found)


def _start(side: Side, at: int, what: tuple[str, Quantity | None]) -> int:
    """Index of the first word of a part: of its number, or the article of "a few" and "the majority"."""
    if what[1] is not None:
        return what[1].first - what[1].hedge_words
    return at - 1 if at and side.words[at - 1].form in ("a", "the") else at


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each part that is another one than in the reference."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = _parts(segment.variant), _parts(segment.reference)
    for part in ours:
        same = [p for p in theirs if _said_alike(segment, part, p, alone=len(ours) == len(theirs) == 1)]
        if len(same) == 1 and _conflict(segment, part, same[0]):
            yield _hit(segment, part, same[0])


def _conflict(segment: AlignedSegment, ours: _Part, theirs: _Part) -> bool:
    """Whether two parts cannot be the same."""
    if ours.number is not None and theirs.number is not None:
        return False  # see changed-number
    if ours.number is None and theirs.number is None:
        return ours.name != theirs.name and frozenset((ours.name, theirs.name)) not in _ACCEPTED
    name = ours.name or theirs.name
    side, number = (segment.variant, ours.number) if ours.number is not None else (segment.reference, theirs.number)
    assert number is not None  # noqa: S101
    other = segment.reference if ours.number is not None else segment.variant
    if any((o.value, o.kind) == (number.value, number.kind) for o in quantities_of(other)):
        return False
    _, least, most = next(v for v in _SHARES.values() if v[0] == name)
    whole = whole_of(side, number, quantities_of(side))
    if whole is None or not whole.value:
        return name in ("all", "none") and number.value > 0
    share = number.value / whole.value
    return not (least <= share <= most or (number.above and share < least) or (number.below and share > most))


def _said_alike(segment: AlignedSegment, ours: _Part, theirs: _Part, *, alone: bool) -> bool:
    """Whether the same is said of two parts: behind them stand words that are linked, and both deny or neither does."""
    mine, others = _behind(segment.variant, ours), _behind(segment.reference, theirs)
    if sum(is_denial(segment.variant, k) for k in mine) % 2 != sum(is_denial(segment.reference, k) for k in others) % 2:
        return False
    said = {segment.variant.words[k].lemma for k in mine if segment.variant.words[k].is_content}
    due = {segment.reference.words[k].lemma for k in others if segment.reference.words[k].is_content}
    if bool(said & REMAINING) != bool(due & REMAINING):
        return False
    if any(lexicon.antonyms(a, b) for a in said - due for b in due - said):
        return False
    if not said or not due:
        return False
    if said & due or any(segment.variant.partner[k] in others for k in mine if segment.variant.words[k].is_content):
        return True
    return alone and any(_stem(a) == _stem(b) for a in said for b in due)


def _stem(lemma: str) -> str:
    cut = next((lemma[len(p) :] for p in _NEGATED if lemma.startswith(p) and len(lemma) > len(p) + _STEM), lemma)
    return cut[:_STEM]


def _behind(side: Side, part: _Part) -> range:
    """Indexes of the words behind a part in its clause."""
    _, last = sentence(side, part.last, _MARKS)
    _, near = sentence(side, part.last, _MARKS + ",")
    return range(part.last + 1, (last if near == part.last else near) + 1)


def _hit(segment: AlignedSegment, ours: _Part, theirs: _Part) -> Hit:
    said, meant = (
        Span(side.words[p.first].span.start, side.words[p.last].span.end)
        for side, p in ((segment.variant, ours), (segment.reference, theirs))
    )
    due = meant.of(segment.reference.text)
    people = any(
        side.words[p.last].form in _PEOPLE for side, p in ((segment.variant, ours), (segment.reference, theirs))
    )
    counted = ours.number is not None or theirs.number is not None
    return Hit(
        Severity.CRITICAL if people and counted else Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=due,
        evidence={"part": ours.name or (ours.number.value if ours.number else 0)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The ship had 30 sailors, four of whom were taken ashore.",
            "The ship had 30 sailors, ⟦all of whom⟧ were taken ashore.",
        ),
        Example("It lost 19 boats, four of which were old.", "It lost 19 boats, ⟦most of them⟧ old."),
        Example(
            "They sold the paintings, at least some of them with forged papers.",
            "They sold the paintings, ⟦all of them⟧ with forged papers.",
        ),
        Example("Sixty men came, some of them with flags.", "Sixty men came, ⟦all with⟧ flags."),
        Example("It sold 19 boats, of which most were old.", "It sold 19 boats, many of which were old."),
        Example("It sold 19 boats, most of them old.", "It sold 19 boats, the majority of them old."),
        Example("It sold 19 boats, all of which were old.", "It sold 19 boats and every one of them was old."),
    ),
)
