"""Another point of the compass: what happens in the south of the reference happens in the north here.

Both sides say where by a point of the compass that stands as a noun or before one (“the south”, “southern towns”), and
none of the variant's is one of the reference's. Where a point says how two places lie to each other (“north of Lund”),
the other way to say it is accepted.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Side, Word

_POINTS = {
    form: point
    for point in ("north", "south", "east", "west")
    for form in (point, f"{point}ern", f"{point}ernmost", f"{point}wards", f"{point}ward")
}
_OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}


def _points(side: Side) -> dict[str, tuple[int, Word]]:
    """Point of the compass -> index and word; names ("South Korea") and compound points are left out."""
    found: dict[str, tuple[int, Word]] = {}
    for i, word in enumerate(side.words):
        if word.form in _POINTS and not (word.is_capitalised and not word.initial):
            found.setdefault(_POINTS[word.form], (i, word))
    return found


def _relative(side: Side, index: int) -> bool:
    """Whether a point says how two places lie to each other: "north of Lund"."""
    after = side.words[index + 1 : index + 4]
    return bool(after) and after[0].form == "of" and any(w.is_capitalised for w in after[1:])


def _named(side: Side, point: str) -> bool:
    """Whether a side has a point of the compass in a name or a compound: "North Korean", "north-west"."""
    return any(w.form.startswith(point) for w in side.words)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield a point of the compass that is the opposite of the reference's."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = _points(segment.variant), _points(segment.reference)
    if not ours or not theirs or set(ours) & set(theirs):
        return
    for point, (i, word) in ours.items():
        opposite = theirs.get(_OPPOSITE[point])
        if opposite is None or _named(segment.reference, point) or _named(segment.variant, _OPPOSITE[point]):
            continue
        if _relative(segment.variant, i) or _relative(segment.reference, opposite[0]):
            continue
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{opposite[1].text}”; here it is “{word.text}”.",
            variant_span=word.span,
            reference_span=opposite[1].span,
            suggestion=opposite[1].text,
            evidence={"point of the compass": point, "reference": _OPPOSITE[point]},
            confidence=0.85,
        )


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Around 500 of the town's inhabitants have been moved to tents in the south, and a few left on their own.",
            "Some 500 people were evacuated to the ⟦north⟧ of the county.",
        ),
        Example(
            "The village lies to the south, behind the hills.", "Behind the hills, in the south, lies the village."
        ),
        Example("The village lies north of Lund.", "Lund lies to the south of the village."),
    ),
)
