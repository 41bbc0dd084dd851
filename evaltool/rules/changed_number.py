"""A number of the reference is different or missing in the variant, or the variant has a number of its own.

Words and digits are the same number, as are "1.2bn" and "1,200 million", 20% and "a fifth". A hedged rounding that
stays true is accepted ("some 750" or "almost 750" for 745), and so is a number that stands elsewhere in the reference.

Severity: critical where one number stands in the place of another and counts people or money; major otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._numbers import Quantity, agrees, quantities
from evaltool.rules._units import converted
from evaltool.words import AlignedSegment, Side, Vocabulary

_PEOPLE = frozenset(
    """
    people person man woman child civilian death casualty victim soldier troop officer worker employee job
    student resident member voter family patient passenger refugee fighter protester
    """.split()
)
_MONEY = frozenset("$ € £ ¥ ₹ dollar euro pound yen rupee franc peso usd eur gbp".split())
#: Below this the variant's wording is too free for a number alone to tell an error from a paraphrase.
_LITERAL = 0.45
#: Where one number alone is new and one alone is gone, they stand for each other in freer wording too.
_LITERAL_CLEAR = 0.25


def _about_people_or_money(side: Side, q: Quantity) -> bool:
    near = side.words[max(0, q.first - 1) : q.last + 4]
    return any(w.lemma in _PEOPLE or w.form in _MONEY or w.lemma in _MONEY for w in near)


def _comparable(ours: Quantity, theirs: Quantity) -> bool:
    """Whether one can stand in the place of the other."""
    return ours.kind == theirs.kind and ours.year == theirs.year


def _transposed(ours: Quantity, theirs: Quantity) -> bool:
    a, b = f"{ours.value:g}", f"{theirs.value:g}"
    return a != b and len(a) == len(b) > 1 and sorted(a) == sorted(b)


@lru_cache(maxsize=4)
def _all(vocabulary: Vocabulary) -> tuple[Quantity, ...]:
    return tuple(quantities(vocabulary.words, vocabulary.text))


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield changed, new and missing numbers."""
    if segment.kind is not Kind.MATCH:
        return
    ours = quantities(segment.variant.words, segment.variant.text)
    theirs = quantities(segment.reference.words, segment.reference.text)
    mine, others = segment.variant.words, segment.reference.words
    lost = [q for q in theirs if not any(agrees(o, q) or converted(o, mine, q, others) for o in ours)]
    values = {(t.value, t.kind) for t in _all(segment.whole_reference)}
    new = [
        q
        for q in ours
        if (q.value, q.kind) not in values and not any(agrees(q, t) or converted(q, mine, t, others) for t in theirs)
    ]
    for q in new:
        if q.year and any(t.year for t in lost):
            continue  # a date
        same = [t for t in lost if _comparable(q, t)]
        mirrored = [t for t in same if _transposed(q, t)]
        if (
            not q.digits and (q.value <= 2 or q.kind == "ordinal") and not mirrored
        ):  # "one", "two": often no count at all
            continue
        if not same and (not q.digits or q.kind in ("time", "date") or q.about or q.above or q.below):
            continue  # a hedged figure may be worked out from others ("about 40%" of 31,000 for 12,500)
        clear = q.digits and len(same) == 1 and len(new) == 1
        if segment.literalness < (_LITERAL_CLEAR if clear else _LITERAL) and not mirrored:
            continue
        stands_for = min(mirrored or same, key=lambda t: abs(t.first - q.first), default=None)
        if stands_for is None:
            yield Hit(
                Severity.MAJOR,
                f"The variant says “{q.span.of(segment.variant.text)}”; the reference has no such number.",
                variant_span=q.span,
                evidence={"value": q.value},
                confidence=0.7,
            )
            continue
        lost.remove(stands_for)
        heavy = _about_people_or_money(segment.reference, stands_for)
        yield Hit(
            Severity.CRITICAL if heavy else Severity.MAJOR,
            f"The reference says “{stands_for.span.of(segment.reference.text)}”; here it is"
            f" “{q.span.of(segment.variant.text)}”.",
            variant_span=q.span,
            reference_span=stands_for.span,
            suggestion=stands_for.span.of(segment.reference.text),
            evidence={"value": q.value, "reference value": stands_for.value, "transposed": int(bool(mirrored))},
            confidence=0.95 if mirrored else 0.85,
        )
    if segment.profile is not Profile.TRANSLATION or segment.literalness < _LITERAL:
        return
    for q in lost:
        if not q.digits or q.year or q.kind in ("time", "date"):
            continue
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{q.span.of(segment.reference.text)}”; the variant does not have this number.",
            reference_span=q.span,
            evidence={"reference value": q.value},
            confidence=0.75,
        )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It hit 42 of the 50 towns.", "It hit ⟦24⟧ of the 50 towns.", severity=Severity.MAJOR),
        Example("The storm killed 42 people.", "The storm killed ⟦52⟧ people.", severity=Severity.CRITICAL),
        Example("Up to 140 shops will close.", "Up to ⟦1,400⟧ shops will close."),
        Example("The law passed on its ⟦3⟧rd reading in the house.", "The law passed on its reading in the house."),
        Example("It cost 1.2 million euros.", "It cost €1,200,000."),
        Example("Some 745 seats were sold.", "Almost 750 seats were sold."),
        Example("It lies 160 kilometres away.", "It lies 100 miles away."),
        Example("A fifth of the seats were sold.", "20 per cent of the seats were sold."),
        Example("Twenty-five ships left.", "25 ships left."),
    ),
)
