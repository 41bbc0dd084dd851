"""A number stands, and counts something else: civilians for people, wounded for dead.

Compared is what stands behind the same number on both sides: whether those counted are killed, wounded or both, and
whether people of one kind (civilians, soldiers, children, women) take the place of all people or of another kind.
Accepted is another word of the same kind, and people of one kind that the reference speaks of in the same sentence.

Severity: major; minor where the reference counts one kind and the variant all people.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.words import AlignedSegment, Side, Word

#: Words by what they count: those of one line are the same, those of two lines that stand together exclude each other.
_FATES = {
    word: line.split()[0]
    for line in (
        "dead death fatality die kill killed slain",
        "injured wounded injure injury wound hurt",
        "casualty",
        "missing",
        "arrested detained arrest detain detainee",
    )
    for word in line.split()
}
_KINDS = {
    word: line.split()[0]
    for line in (
        "people person",
        "civilian noncombatant",
        "soldier troop serviceman servicewoman fighter militant rebel gunman insurgent",
        "police policeman policewoman",
        "child minor",
        "woman",
        "man",
        "girl",
        "boy",
    )
    for word in line.split()
}
_REACH = 6  # words behind a number among which its noun or verb stands


def _thing(side: Side, q: Quantity, classes: dict[str, str]) -> tuple[str, Word] | None:
    """(class, word) of the first word behind a number that has one, up to the next number."""
    for word in side.words[q.last + 1 : q.last + 1 + _REACH]:
        if word.is_number or word.form in ("and", "but", "who", "while", "including"):
            return None
        kind = classes.get(word.form) or classes.get(word.lemma)
        if kind is not None:
            return kind, word
    return None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number that counts something else."""
    if segment.kind is not Kind.MATCH:
        return
    ours = quantities_of(segment.variant)
    theirs = quantities_of(segment.reference)
    for q in ours:
        same = [t for t in theirs if t.kind == q.kind and agrees(q, t)]
        if len(same) != 1 or q.kind != "count" or q.value < 2 or q.year or ours.count(q) > 1:
            continue
        if sum((o.value, o.kind) == (q.value, q.kind) for o in ours) > 1:
            continue
        for classes in (_FATES, _KINDS):
            said, meant = (_thing(segment.variant, q, classes), _thing(segment.reference, same[0], classes))
            if said is None or meant is None or said[0] == meant[0]:
                continue
            known = {classes.get(w.form) or classes.get(w.lemma) for w in segment.reference.words}
            if said[0] in known and said[0] != "people":
                continue
            wider = said[0] == "people"
            yield Hit(
                Severity.MINOR if wider else Severity.MAJOR,
                f"The reference counts “{meant[1].text}” with {q.span.of(segment.variant.text)}; here it is"
                f" “{said[1].text}”.",
                variant_span=said[1].span,
                reference_span=meant[1].span,
                suggestion=meant[1].text,
                evidence={"value": q.value, "counted": said[0], "reference counts": meant[0]},
                confidence=0.6 if wider else 0.8,
            )
            break


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("More than 1,000 people fled the town.", "More than 1,000 ⟦civilians⟧ fled the town."),
        Example("The blast left 14 dead in the market.", "The blast left 14 ⟦wounded⟧ in the market."),
        Example("Some 300 soldiers were sent north.", "Some 300 troops were sent north."),
        Example("The blast killed 14 people.", "The blast left 14 people dead."),
    ),
)
