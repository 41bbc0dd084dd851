"""A number stands, and counts something else: civilians for people, wounded for dead.

Compared is what stands behind the same number on both sides: whether those counted are killed, wounded or both, and
whether people of one kind (civilians, soldiers, children, women) take the place of all people or of another kind.
Accepted is another word of the same kind, and people of one kind that the reference speaks of in the same sentence.

Found is also a total that is said of one of its parts, of which the reference gives another number.

Severity: major; minor where the reference counts one kind and the variant all people; critical for a total of people.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._counted import counted, of_people_or_money
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
#: A unit's men are its soldiers or police.
_ALIKE = frozenset([frozenset(["man", "soldier"]), frozenset(["man", "police"])])
#: A total is given with so many parts at most; and so many words behind a number say what it counts.
_PARTS, _NAMED = 5, 2
_REACH = 6  # words behind a number among which its noun or verb stands


def _thing(side: Side, q: Quantity, classes: dict[str, str]) -> tuple[str, Word] | None:
    """(class, word) of the first word behind a number that has one, up to the next number."""
    return next(_things(side, q, classes), None)


def _things(side: Side, q: Quantity, classes: dict[str, str]) -> Iterator[tuple[str, Word]]:
    for word in side.words[q.last + 1 : q.last + 1 + _REACH]:
        if word.is_number or word.form in ("and", "but", "who", "while", "including"):
            return
        if classes is _KINDS and word.form in PREPOSITIONS and word.form != "of":
            return  # "4,300 from their homes as police"
        kind = classes.get(word.form) or classes.get(word.lemma)
        if kind is not None:
            yield kind, word


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
            if frozenset([said[0], meant[0]]) in _ALIKE or _both(segment, q, same[0], said[0], meant[0]):
                continue
            known = {classes.get(w.form) or classes.get(w.lemma) for w in segment.reference.words}
            if said[0] in known and said[0] != "people" and not _numbered(segment.reference, theirs, said[0], q):
                continue
            wider = said[0] == "people"
            if wider and any(meant[0] in (_KINDS.get(w.form), _KINDS.get(w.lemma)) for w in segment.variant.words):
                continue  # "three people; one of the men"
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
    yield from _totals(segment)


def _both(segment: AlignedSegment, q: Quantity, t: Quantity, said: str, meant: str) -> bool:
    """Whether one side says of its number what the other side says too: "20 inmates killed", "20 detainees killed"."""
    ours, theirs = ({kind for kind, _ in _things(*x, _FATES)} for x in ((segment.variant, q), (segment.reference, t)))
    return meant in ours or said in theirs


def _numbered(side: Side, figures: tuple[Quantity, ...], kind: str, q: Quantity) -> bool:
    """Whether a side gives another number of people of a kind: "eleven people, four children among them"."""
    own = [f for f in figures if f.kind == "count" and (thing := _thing(side, f, _KINDS)) and thing[0] == kind]
    return len(own) == 1 and own[0].value < q.value


def _totals(segment: AlignedSegment) -> Iterator[Hit]:
    """Totals said of one of the parts that the reference sums up: "21 civilians" for "21: 14 soldiers, 7 civilians"."""
    whole = segment.whole_reference
    figures = quantities_of(whole)
    for q in quantities_of(segment.variant):
        things = set(counted(segment.variant, q)[:_NAMED])
        totals = [k for k, t in enumerate(figures) if (t.value, t.kind) == (q.value, "count")]
        if (
            q.kind != "count"
            or q.year
            or not things
            or len(totals) != 1
            or things & set(counted(whole, figures[totals[0]]))
        ):
            continue
        total = figures[totals[0]]
        last = sentence(whole, total.first)[1]
        parts = [p for p in figures[totals[0] + 1 : totals[0] + 1 + _PARTS] if p.first <= last and p.kind == "count"]
        sums = [sum(p.value for p in parts[:n]) for n in range(2, len(parts) + 1)]
        if q.value not in sums:
            continue
        part = next((p for p in parts[: sums.index(q.value) + 2] if things & set(counted(whole, p))), None)
        if part is not None:
            yield Hit(
                Severity.CRITICAL if of_people_or_money(whole, part) else Severity.MAJOR,
                f"{q.span.of(segment.variant.text)} is the total in the reference; of these it has"
                f" “{part.span.of(whole.text)}”.",
                variant_span=q.span,
                reference_span=part.span,
                suggestion=part.span.of(whole.text),
                evidence={"value": q.value, "reference value": part.value},
                confidence=0.85,
            )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("More than 1,000 people fled the town.", "More than 1,000 ⟦civilians⟧ fled the town."),
        Example("The blast left 14 dead in the market.", "The blast left 14 ⟦wounded⟧ in the market."),
        Example("Some 300 soldiers were sent north.", "Some 300 troops were sent north."),
        Example(
            "He put the toll at 21: 14 rebels, five soldiers and two civilians.",
            "⟦Twenty-one⟧ civilians were killed, he said.",
            profile=Profile.SUMMARY,
        ),
        Example("She drove 14 people home, four of them children.", "She drove 14 ⟦children⟧ home."),
        Example("The blast killed 14 people.", "The blast left 14 people dead."),
    ),
)
