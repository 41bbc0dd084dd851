"""What the reference reports as alleged, claimed, said or believed, the variant states as fact, or hedges otherwise.

Three cases. A hedge (alleged, reportedly, is believed to, apparently) or an attribution to somebody who claims it is
gone from a sentence that follows the reference closely, and the variant's sentence has neither a hedge, an attribution
nor a quotation. In any wording, a noun loses its hedge ("the suspected leader"). Or one kind of hedge stands for
another: an allegation, which somebody makes, for a belief, which is general. Another wording of the same kind is
accepted, also a verb of speech or a "may" for a hedge.

Severity: major where an allegation, a report or a claim becomes a fact or a belief; minor where a belief or what is
likely becomes a fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind as SegmentKind
from evaltool.model import Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import Kind, Mark, distanced_anew, is_loose, marks, quoted
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, counterpart, followed, sentence
from evaltool.rules._hedges import may_stays
from evaltool.rules._slots import same_slot
from evaltool.rules._verbs import groups
from evaltool.words import AlignedSegment, Side

#: Share of the segment's words that must stand in the reference too, and of the clause's words that must be linked.
_LITERAL, _FOLLOWED = 0.5, 0.6
_AHEAD = 8
_NEAR = 3  # words behind a noun that can hedge it: "the leader, it is thought"
_VERB = 5  # words from a verb to what it says of something
#: They say that something is given out to be so, and so both that it is alleged and that it is believed.
_EITHER = frozenset("purported purportedly supposedly ostensibly".split())
_HEDGES = frozenset({Kind.ALLEGATION, Kind.REPORT, Kind.CLAIM, Kind.BELIEF})


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield lost and changed hedges."""
    if segment.kind is not SegmentKind.MATCH:
        return
    theirs = [mark for mark in marks(segment.reference) if mark.kind in _HEDGES]
    ours = [mark for mark in marks(segment.variant) if mark.kind in _HEDGES]
    if segment.literalness < _LITERAL:
        if len(ours) < len(theirs):
            yield from _bare(segment, theirs)
        return
    changed = next(_changed(segment, ours, theirs), None)
    if changed:
        yield changed
        return
    if len(ours) >= len(theirs):
        return  # the hedge stands in another sentence
    seen: set[tuple[int, int]] = set()
    for mark in theirs:
        if may_stays(segment, mark.at):
            continue
        clause = sentence(segment.reference, mark.at, ";")
        hit = None if clause in seen else _dropped(segment, mark, clause)
        if hit:
            seen.add(clause)
            yield hit
    if not seen:
        yield from _bare(segment, theirs)


def _bare(segment: AlignedSegment, theirs: list[Mark]) -> Iterator[Hit]:
    """A noun that only the reference hedges: "the suspected leader"."""
    ours, other = segment.variant, segment.reference
    for mark in theirs:
        if not _describes(other, mark.at):
            continue
        noun = other.words[mark.at + 1]
        place = other.partner[mark.at + 1]
        if place is None or ours.words[place].lemma != noun.lemma or "n" not in lexicon.parts_of_speech(noun.lemma):
            continue
        first, last = max(0, place - _VERB), min(place + _NEAR, len(ours.words) - 1)
        hedged = any(m.kind in _HEDGES for m in marks(ours, first, last)) or quoted(ours, first, last)
        if hedged or any(is_loose(w) for w in ours.words[first : last + 1]):
            continue
        yield Hit(
            Severity.MAJOR,
            f"The reference hedges this with “{other.words[mark.at].text}”; the variant states it as a fact.",
            variant_span=ours.words[place].span,
            reference_span=other.words[mark.at].span,
            evidence={"how": "bare", "literalness": round(segment.literalness, 2)},
            confidence=0.7,
        )
        return


def _changed(segment: AlignedSegment, ours: list[Mark], theirs: list[Mark]) -> Iterator[Hit]:
    """An allegation in place of a belief, or the other way round."""
    for mine in ours:
        for other in theirs:
            if _EITHER & {segment.variant.words[mine.at].form, segment.reference.words[other.at].form}:
                continue
            if {mine.kind, other.kind} != {Kind.ALLEGATION, Kind.BELIEF}:
                continue
            if any(m.kind is other.kind for m in ours) or any(m.kind is mine.kind for m in theirs):
                continue
            if all(_describes(side, m.at) for side, m in ((segment.variant, mine), (segment.reference, other))):
                continue  # "the alleged arsonist", "the suspected arsonist"
            if segment.variant.partner[mine.at] == other.at or same_slot(segment, mine.at, other.at):
                meant, said = segment.reference.words[other.at], segment.variant.words[mine.at]
                yield Hit(
                    Severity.MAJOR,
                    f"The reference says “{meant.text}”; here it is “{said.text}”, which is another kind of doubt.",
                    variant_span=said.span,
                    reference_span=meant.span,
                    evidence={"how": "changed", "literalness of the segment": round(segment.literalness, 2)},
                    confidence=0.75,
                )


def _describes(side: Side, at: int) -> bool:
    """Whether a participle stands directly before a noun or an adjective: "the suspected arsonist"."""
    after = side.words[at + 1] if at + 1 < len(side.words) else None
    return side.words[at].form in ("alleged", "suspected", "presumed") and after is not None and after.is_content


def _dropped(segment: AlignedSegment, mark: Mark, clause: tuple[int, int]) -> Hit | None:
    """The hit for a hedge whose claim stands in the variant as a fact."""
    side, other = segment.reference, segment.variant
    home = counterpart(segment, *clause, of_variant=False)
    if home is None or asks(side, mark.at) or followed(segment, *clause, of_variant=False) < _FOLLOWED:
        return None
    kept = side.partner[mark.at]
    if distanced_anew(segment, *home, mark.at) or (
        kept is not None and other.words[kept].lemma == side.words[mark.at].lemma
    ):
        return None  # also where the hedge stands in a sentence beside it
    claim = [
        partner
        for k in range(mark.at + 1, min(mark.at + _AHEAD, clause[1] + 1))
        if (partner := side.partner[k]) is not None and side.words[k].is_content and home[0] <= partner <= home[1]
    ]
    if not claim:
        return None
    start, end = min(claim[:2]), max(claim[:2])
    if end - start > _AHEAD:
        start = end = claim[0]
    start = _with_verb(other, start)
    meant = side.words[mark.at]
    return Hit(
        Severity.MINOR if mark.kind is Kind.BELIEF else Severity.MAJOR,
        f"The reference hedges this with “{meant.text}”; the variant states it as a fact.",
        variant_span=Span(other.words[start].span.start, other.words[end].span.end),
        reference_span=meant.span,
        evidence={"how": "dropped", "kind": mark.kind.value, "literalness": round(segment.literalness, 2)},
        confidence=0.75,
    )


def _with_verb(side: Side, at: int) -> int:
    """The first word of the verb shortly before a word ("is in Dubai"), or the word itself."""
    begin = max(sentence(side, at, ",;:()–—")[0], at - _VERB)
    return next((group.start for group in groups(side) if begin <= group.start and group.end < at), at)


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example("The men are alleged to have robbed a bank.", "The men are ⟦believed⟧ to have robbed a bank."),
        Example("The storm is believed to have left 40 homeless.", "The storm ⟦left 40 homeless⟧."),
        Example("It claims that the gap will exceed one million.", "The ⟦gap will exceed⟧ one million."),
        Example(
            "Two men saw it; one of them believes that the driver was a woman.",
            "Two men saw it; the ⟦driver was a woman⟧.",
        ),
        Example(
            "A fifth suspect is believed to be in Dubai and will be tried later.",
            "A fifth suspect ⟦is in Dubai⟧ and will be tried later.",
        ),
        Example("No child is known to have been hurt in the fire.", "No child was ⟦hurt in the fire⟧."),
        Example(
            "No child is known to have been hurt in the fire.", "As far as is known, no child was hurt in the fire."
        ),
        Example(
            "The rebels’ suspected leader fled across the border at dawn, a guard said.",
            "Before sunrise, a guard reported, the rebels’ ⟦leader⟧ got away to the neighbouring country.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The rebels’ suspected leader fled across the border at dawn, a guard said.",
            "Before sunrise, a guard reported, the man thought to lead the rebels got away to the next country.",
            Profile.PARAPHRASE,
        ),
        Example("The men allegedly robbed a bank.", "The men are accused of robbing a bank."),
        Example("The storm is believed to have left 40 homeless.", "The storm left 40 homeless, officials said."),
        Example(
            "The driver insisted that he had met the smugglers only twice.",
            "The driver was adamant that he had met the smugglers only twice.",
        ),
        Example(
            "Four people are accused of helping to rob the bank.",
            "The jury must decide whether four people are guilty of helping to rob the bank.",
            Profile.PARAPHRASE,
        ),
    ),
)
