"""What the reference reports as alleged, believed or said by somebody, the variant states as fact, or hedges otherwise.

Two cases. A hedge (alleged, reportedly, believed, apparently) or an attribution (claims that) is gone, and the variant
has neither a hedge, an attribution nor a quotation in the segment. Or one kind of hedge stands for another: an
allegation, which somebody makes, for a belief, which is general. Another wording of the same kind is accepted, also a
verb of speech for a hedge.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import title_case
from evaltool.rules._slots import same_slot
from evaltool.words import AlignedSegment, Side, Word

_HEDGES = {
    "allegation": frozenset(
        "allege alleged allegedly allegation accuse accused accusation purported purportedly".split()
    ),
    "report": frozenset(["reportedly"]),
    "belief": frozenset(
        """believe believed think thought presumably presumed suspected apparently seem appear likely
        probably""".split()
    ),
}
_SPEECH = frozenset(
    """
    say tell state claim report announce argue insist contend maintain add note warn explain declare deny admit
    acknowledge assert confirm write suggest estimate describe reveal indicate call accord according cite quote
    speak statement spokesman spokeswoman spokesperson source project predict expect forecast find show urge
    blame charge
    """.split()
)
#: Verbs that say only that somebody claims it; dropping them makes a fact of it.
_CLAIMS = frozenset("claim allege contend argue insist maintain".split())
_LITERAL = 0.5
_QUOTES = '“”"«»'


def _kind(word: Word) -> str | None:
    return next((kind for kind, forms in _HEDGES.items() if word.form in forms or word.lemma in forms), None)


def _hedged(side: Side) -> list[tuple[int, str]]:
    name = not title_case(side.words)  # a capital inside a sentence makes a hedge part of a name
    return [
        (i, kind)
        for i, word in enumerate(side.words)
        if (kind := _kind(word)) and not (name and word.is_capitalised and not word.initial)
    ]


def _attributed(side: Side, other: Side) -> bool:
    """Whether a side has an attribution or a quotation that the other has not: it may stand for a hedge."""
    speech = any((w.lemma in _SPEECH or w.form in _SPEECH) and w.lemma not in other.lemmas for w in side.words)
    return speech or (any(c in side.quote for c in _QUOTES) and not any(c in other.quote for c in _QUOTES))


def _modal(side: Side) -> bool:
    return any(w.form in ("may", "might", "could", "would", "possibly", "perhaps", "maybe") for w in side.words)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield lost and changed hedges."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = _hedged(segment.variant), _hedged(segment.reference)
    for i, kind in ours:
        for j, meant in theirs:
            same = any(k == meant for _, k in ours) or any(k == kind for _, k in theirs)
            linked = segment.variant.partner[i] == j or same_slot(segment, i, j)
            if {kind, meant} == {"allegation", "belief"} and linked and not same:
                yield _hit(segment, j, i, "changed")
                return
    if ours or _attributed(segment.variant, segment.reference) or _modal(segment.variant):
        return
    if any(w.lemma in _SPEECH for w in segment.variant.words) and not theirs:
        return  # one attribution for another
    claims = [i for i, w in enumerate(segment.reference.words) if w.lemma in _CLAIMS]
    for j in [j for j, _ in theirs] or claims:
        at = next(
            (
                p
                for k in range(j + 1, min(j + 8, len(segment.reference.words)))
                if (p := segment.reference.partner[k]) is not None and segment.reference.words[k].is_content
            ),
            None,
        )
        if at is not None:
            yield _hit(segment, j, at, "dropped")
            return


def _hit(segment: AlignedSegment, j: int, i: int, how: str) -> Hit:
    meant, said = segment.reference.words[j], segment.variant.words[i]
    if how == "changed":
        message = f"The reference says “{meant.text}”; here it is “{said.text}”, which is another kind of doubt."
    else:
        message = f"The reference hedges this with “{meant.text}”; the variant states it as a fact."
    return Hit(
        Severity.MAJOR,
        message,
        variant_span=said.span,
        reference_span=meant.span,
        evidence={"how": how, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.75,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The men are alleged to have robbed a bank.", "The men are ⟦believed⟧ to have robbed a bank."),
        Example("The storm is believed to have left 40 homeless.", "The storm ⟦left⟧ 40 homeless."),
        Example("It claims that the gap will exceed one million.", "The ⟦gap⟧ will exceed one million."),
        Example("The men allegedly robbed a bank.", "The men are accused of robbing a bank."),
        Example("The storm is believed to have left 40 homeless.", "The storm left 40 homeless, officials said."),
    ),
)
