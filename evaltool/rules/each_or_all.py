"""What each of several gets or does is told of all of them together, or the other way round: "each worth £5 million".

A number for each one ("each", "apiece", "per household") stands on one side, and the same number for all of them ("in
total", "between them", "totalling") on the other. Nothing is said where a side has both.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import Quantity, quantities_of
from evaltool.words import AlignedSegment, Side

_EACH, _ALL = "each", "all"
_FORMS = {
    "each": _EACH, "apiece": _EACH, "every": _EACH, "individually": _EACH, "respectively": _EACH,
    "totalling": _ALL, "totaling": _ALL, "totalled": _ALL, "totaled": _ALL, "together": _ALL, "altogether": _ALL,
    "combined": _ALL, "jointly": _ALL, "collectively": _ALL, "overall": _ALL,
}  # fmt: skip
_PHRASES = {
    ("in", "total"): _ALL, ("in", "all"): _ALL, ("between", "them"): _ALL, ("among", "them"): _ALL,
    ("a", "total"): _ALL, ("all", "told"): _ALL, ("the", "total"): _ALL, ("in", "aggregate"): _ALL,
}  # fmt: skip
_TRIGGERS = frozenset(_FORMS) | {first for first, _ in _PHRASES}
#: Behind "every" and "each" these count how often, and behind a number a unit may stand that is no person or thing.
_OFTEN = frozenset(
    """
    second minute hour day night week weekend month year season quarter decade time morning evening monday tuesday
    wednesday thursday friday saturday sunday other
    """.split()
)
_REACH, _MARKS = 7, ";:"


def _tellers(side: Side) -> tuple[tuple[int, int, str], ...]:
    """(first, last index, what it tells) of each word or phrase that says whether a number is of each or of all."""
    if not _TRIGGERS & side.forms:
        return ()
    found = []
    words = side.words
    for k, word in enumerate(words):
        after = words[k + 1].form if k + 1 < len(words) else ""
        phrase = _PHRASES.get((word.form, after))
        if phrase and not (word.form == "in" and after == "all" and _noun_follows(side, k + 2)):
            found.append((k, k + 1, phrase))
        elif (
            word.form in _FORMS
            and not (word.form in ("each", "every") and words[min(k + 1, len(words) - 1)].lemma in _OFTEN)
            and (word.form != "each" or after != "other")
        ):
            found.append((k, k, _FORMS[word.form]))
    return tuple(found)


def _noun_follows(side: Side, at: int) -> bool:
    """Whether "in all" opens a phrase of its own: "in all regions", "in all but two"."""
    if at >= len(side.words):
        return False
    between = side.text[side.words[at - 1].span.end : side.words[at].span.start]
    return between == " " and (side.words[at].is_content or side.words[at].form in ("but", "of", "the", "its", "their"))


def _told(side: Side, q: Quantity, tellers: tuple[tuple[int, int, str], ...]) -> tuple[int, int, str] | None:
    """What tells near a number whether it is of each or of all, where all that does says the same."""
    first, last = sentence(side, q.first, _MARKS)
    near = [
        t
        for t in tellers
        if first <= t[0] <= last and (q.first - _REACH <= t[1] < q.first or q.last < t[0] <= q.last + _REACH)
    ]
    return near[0] if near and len({t[2] for t in near}) == 1 else None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number that is of all for one of each, or the other way round."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    mine, others = _tellers(ours), _tellers(theirs)
    if not mine or not others or {t[2] for t in mine} == {t[2] for t in others}:
        return
    if len({t[2] for t in mine}) > 1 or len({t[2] for t in others}) > 1:
        return
    numbers = quantities_of(theirs)
    if any(q.value not in {t.value for t in numbers} for q in quantities_of(ours)):
        return  # "each of the three gets two", "the three get six in all"
    found = []
    for q in quantities_of(ours):
        same = [t for t in numbers if (t.value, t.kind) == (q.value, q.kind)]
        if q.year or q.value == 1 or len(same) != 1:
            continue
        own, other = _told(ours, q, mine), _told(theirs, same[0], others)
        if own is not None and other is not None:
            found.append((_span(ours, q, own), _span(theirs, same[0], other), own[2], other[2], q.value))
    if not found:
        return
    said, meant, how, due, value = min(found, key=lambda f: (f[0].end - f[0].start + f[1].end - f[1].start, f[0].start))
    yield Hit(
        Severity.MAJOR,
        f"The reference says it of {due}, “{meant.of(theirs.text)}”; here it is of {how}, “{said.of(ours.text)}”.",
        variant_span=said,
        reference_span=meant,
        evidence={"value": value},
        confidence=0.85,
    )


def _span(side: Side, q: Quantity, teller: tuple[int, int, str]) -> Span:
    """From a number to what tells of whom it is, or the other way round."""
    first, last = side.words[teller[0]].span, side.words[teller[1]].span
    return Span(min(q.span.start, first.start), max(q.span.end, last.end))


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Two rescue helicopters between them lifted 46 climbers off the ridge.",
            "Two rescue helicopters ⟦each lifted 46⟧ climbers off the ridge.",
        ),
        Example(
            "The bank was fined for four breaches, with penalties totalling $8.5 million.",
            "For four breaches the bank got penalties of $⟦8.5 million each⟧.",
        ),
        Example(
            "Each of the 12 villages will receive 250 solar lamps.",
            "The 12 villages will receive 250 solar lamps apiece.",
        ),
        Example(
            "The insurer will pay £3,000 to each household whose cellar was flooded.",
            "Every household with a flooded cellar will get £3,000 from the insurer.",
        ),
        Example(
            "The trains, with eight carriages each, carried 4,200 people in total.",
            "In all, 4,200 people travelled in the trains, each of which had eight carriages.",
        ),
    ),
)
