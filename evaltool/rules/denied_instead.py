"""Of two things that the reference sets against each other, the variant denies the other one.

The reference denies one of two in a contrast ("the frost, not the rain", "rather than the rain"); the variant, in
whatever words, denies the one that the reference states ("the frost was not the reason") and states the one that it
denies. Each side must deny one thing only.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import AUXILIARIES, NEGATORS
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._parts import is_participle
from evaltool.rules._polarity import is_negator
from evaltool.rules._verbs import groups
from evaltool.words import AlignedSegment, Side

_MARKS = ",;:()–—"
_PAIRS = frozenset([("rather", "than"), ("instead", "of")])
#: Words at which a clause or phrase ends that is denied.
_JOINTS = frozenset("and but that while whereas because although though".split())
_NO_DENIAL = frozenset("only just merely least until till yet even necessarily".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the thing that the variant states and the reference denies, if they deny each the other's."""
    if segment.kind is not Kind.MATCH:
        return
    theirs, ours = segment.reference, segment.variant
    known, said = _denied(theirs), _denied(ours)
    if known is None or said is None or not known[1]:
        return
    stated = [p for k in known[0] if (p := _same(segment, k)) is not None]
    meant = [k for k in said[0] if ours.partner[k] in _sames(segment)]
    if not stated or not meant or any(ours.words[p].lemma in {ours.words[k].lemma for k in said[0]} for p in stated):
        return
    if any(theirs.partner[k] in said[0] for k in known[0]) or any(ours.partner[k] in known[0] for k in said[0]):
        return
    first = last = stated[0]
    while last + 1 in stated:
        last += 1
    if asks(ours, first):
        return
    span = Span(ours.words[first].span.start, ours.words[last].span.end)
    there = Span(theirs.words[known[0][0]].span.start, theirs.words[known[0][-1]].span.end)
    other = " ".join(ours.words[k].text for k in said[0])
    yield Hit(
        Severity.CRITICAL,
        f"The reference denies “{there.of(theirs.text)}”; the variant states it, and denies “{other}”.",
        variant_span=span,
        reference_span=there,
        evidence={"denied instead": other},
        confidence=0.85,
    )


def _same(segment: AlignedSegment, index: int) -> int | None:
    """The variant's word that a reference word is linked to, if it is the same word."""
    partner = segment.reference.partner[index]
    same = partner is not None and segment.variant.words[partner].lemma == segment.reference.words[index].lemma
    return partner if same else None


def _sames(segment: AlignedSegment) -> set[int]:
    """Indexes of the reference's words that the variant has too, those of verbs left out."""
    verbs = {k for group in groups(segment.reference) for k in range(group.start, group.end + 1)}
    return {k for k in range(len(segment.reference.words)) if k not in verbs and _same(segment, k) is not None}


def _denied(side: Side) -> tuple[list[int], bool] | None:
    """The content words but verbs that a side's only denial is about, and whether it is one of two in a contrast."""
    pairs = [k for k in range(len(side.words) - 1) if (side.words[k].form, side.words[k + 1].form) in _PAIRS]
    negators = [k for k, w in enumerate(side.words) if is_negator(w) or w.form in NEGATORS or w.form.endswith("n't")]
    if len(pairs) + len(negators) != 1:
        return None
    at = (pairs + negators)[0]
    word = side.words[at]
    first, last = sentence(side, at, _MARKS)
    if pairs:
        start, contrast = at + 2, True
    elif word.form == "not" or word.form.endswith("n't"):
        if at + 1 < len(side.words) and side.words[at + 1].form in _NO_DENIAL:
            return None
        clause = word.form != "not" or (at > first and side.words[at - 1].form in AUXILIARIES)
        contrast = not clause and at > 0 and ("," in gap(side, at - 1, at) or side.words[at - 1].form == "and")
        start = at + 1
        while clause and start > first and side.words[start - 1].form not in _JOINTS:
            start -= 1
    else:
        return None
    end = min(at + 1, last)
    while end < last and (end < at + 3 or side.words[end + 1].form not in _JOINTS):
        end += 1
    verbs = {k for group in groups(side) for k in range(group.start, group.end + 1)}
    content = [k for k in range(start, end + 1) if _is_thing(side, k) and k not in verbs and k != at]
    return (content, contrast) if content else None


def _is_thing(side: Side, at: int) -> bool:
    """Whether a word can name something: a content word that is no participle ("cut, not torn")."""
    word = side.words[at]
    return word.is_content and not (word.form != word.lemma and is_participle(word.form))


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "The minister, not the mayor, signed the contract for the stadium.",
            "The contract for the stadium was signed by the ⟦mayor⟧; the minister did not sign it.",
            Profile.PARAPHRASE,
            severity=Severity.CRITICAL,
        ),
        Example(
            "The frost, not the drought, ruined the harvest in the valley, growers said.",
            "The frost ruined the harvest in the valley, growers said, and the drought was not to blame.",
        ),
        Example(
            "The engineers chose the tunnel rather than the bridge because of the wind.",
            "Because of the wind the engineers did not choose the bridge but the tunnel.",
        ),
    ),
)
