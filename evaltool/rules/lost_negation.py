"""A negation of the reference is lost in the variant, or the variant negates what the reference states.

Compared are negated words (the content word that follows "not", "never", "no", "without" and the like) and words that
differ by a negative prefix alone (possible / impossible). A sentence can deny in other words: where near that word the
other side has a word that fails, refuses, excludes or limits, or the opposite of a word, nothing is said; nor of
questions, which ask the same with and without a negation. Where nothing at all on the other side denies anything, the
negated word needs no counterpart, if what stands around it has one.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaltool import lexicon
from evaltool._english import AUXILIARIES
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, counterpart, followed, sentence
from evaltool.rules._comparison import says_extreme
from evaltool.rules._polarity import (
    Negation,
    around,
    denied,
    denied_near,
    denies_same,
    is_denial,
    is_negator,
    keeps_from,
    negations,
    prefixed_opposites,
)
from evaltool.words import AlignedSegment, Side

#: Two negations this close together say one thing twice ("not A, not even B"), or cancel ("not without consent").
_TOGETHER, _CANCEL, _CANCEL_WITHOUT = 8, 4, 10
#: Where the negated word has another one as its counterpart, so much of its clause must be linked.
_FOLLOWED = 0.6
#: Share of the segment's words that must stand in the reference too: in general, where the negated word is not the same
#: on both sides, and for "without", which has the most other wordings.
_LITERAL, _LITERAL_OTHER_WORD, _LITERAL_WITHOUT = 0.35, 0.5, 0.75
#: With these a negation may stand on what depends on them ("do not think it is" for "think it is not").
_RAISING = frozenset("think believe suppose expect want feel seem appear like".split())

_QUANTIFIERS = frozenset("all every most many some several few".split())
#: They say that something happens then and not before.
_WAITING = frozenset("until till only wait after once when".split())
#: Marks between clauses, and how many words before a verb a negator may stand that belongs to it.
_CLAUSE_MARKS, _BEFORE_VERB = ",;:()—–", 6
#: Negators of verbs, and words that can say what a negated one says ("is not far", "is near").
_PLAIN = frozenset(["never", "cannot"])
_LIMITING = frozenset("only rare far minor small low poor bad weak late short less least".split())
#: Words that say so of the word beside them ("poorly kept" for "not properly kept").
_SCANTLY = frozenset("poor poorly bad badly weak weakly less least".split())
_BESIDE = 3
#: What follows such a verb is denied, however far behind it stands.
_DENYING = frozenset("deny dispute refute rebut".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield lost and added negations."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    swapped = list(_prefixed(segment))
    yield from swapped
    if swapped:
        return
    lost = [(n, of_variant) for of_variant in (True, False) for n in _unmatched(segment, of_variant=of_variant)]
    for look in (_changed, _alone):  # a negation whose word has its counterpart is the surer finding
        hit = next((h for n, of_variant in lost if (h := look(segment, n, of_variant=of_variant))), None)
        if hit:
            yield hit
            return


def _prefixed(segment: AlignedSegment) -> Iterator[Hit]:
    """Words that stand for their opposites by a prefix: "impossible" for "possible"."""
    ours, theirs = segment.variant, segment.reference
    for i, j in enumerate(ours.partner):
        if j is None or not prefixed_opposites(ours.words[i], theirs.words[j]):
            continue
        if denied_near(segment, i, of_variant=True) != denied_near(segment, j, of_variant=False):
            continue  # "not possible" for "impossible"
        if _negated(ours, i) != _negated(theirs, j):
            continue
        word, other = ours.words[i], theirs.words[j]
        if word.lemma in theirs.lemmas or other.lemma in ours.lemmas:
            continue
        yield Hit(
            Severity.CRITICAL,
            f"The reference says “{other.text}”; here it is the opposite, “{word.text}”.",
            variant_span=word.span,
            reference_span=other.span,
            suggestion=other.text,
            evidence={"opposite of": other.form},
            confidence=0.9,
            wording=True,
        )


def _negated(side: Side, index: int) -> bool:
    return any(is_negator(word) for word in side.words[max(0, index - 3) : index])


def _sides(segment: AlignedSegment, of_variant: bool) -> tuple[Side, Side]:
    return (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)


def _unmatched(segment: AlignedSegment, *, of_variant: bool) -> list[Negation]:
    """The negations of one side whose word the other side does not negate."""
    side, other = _sides(segment, of_variant)
    own = negations(side)
    matched = _matched(segment, own, denied(other), of_variant)
    lost = [n for n in own if n not in matched]
    out = []
    for negation in lost:
        if any(abs(negation.at - m.at) <= _TOGETHER for m in matched) and not _affirmed(segment, negation, of_variant):
            continue  # "not A, not even B"
        if _cancelled(side, negation, lost) or says_extreme(side, negation.at, other):
            continue
        if not _postponed(side, negation.at, other) and not _quantified(segment, negation, of_variant):
            out.append(negation)
    return out


def _matched(
    segment: AlignedSegment, own: Sequence[Negation], theirs: Sequence[Negation], of_variant: bool
) -> list[Negation]:
    """The negations of one side that one of the other side repeats; one repeats several only if they stand together."""
    side, other = _sides(segment, of_variant)
    served: dict[int, int] = {}
    matched: list[Negation] = []

    def denies_word(n: Negation, m: Negation) -> bool:
        if n.target is None or m.target is None:
            return False
        return side.partner[n.target] == m.target or side.words[n.target].lemma == other.words[m.target].lemma

    for closely in (True, False):
        for n in own:
            for m in theirs:
                alike = denies_word(n, m) if closely else denies_same(segment, n, m, of_variant=of_variant)
                if n not in matched and alike and abs(served.setdefault(m.at, n.at) - n.at) <= _TOGETHER:
                    matched.append(n)
    return matched


def _cancelled(side: Side, negation: Negation, lost: Sequence[Negation]) -> bool:
    """Whether one other lost negation takes a negation back: "not without consent", "without it there is no quorum"."""
    form = side.words[negation.at].form
    first, last = sentence(side, negation.at)
    near = []
    for other in lost:
        forms = {form, side.words[other.at].form}
        condition = side.words[min(negation.at, other.at)].form == "without"
        reach = _CANCEL_WITHOUT if condition else _CANCEL
        if other is negation or not first <= other.at <= last or abs(negation.at - other.at) > reach:
            continue
        if "nor" in forms:
            continue  # they deny one after the other
        near.append(other)
    return len(near) == 1


def _quantified(segment: AlignedSegment, negation: Negation, of_variant: bool) -> bool:
    """Whether the other side says how many where one denies all or any: "not all" is "some"; see changed-quantifier."""
    side, other = _sides(segment, of_variant)
    partner = None if negation.target is None else side.partner[negation.target]
    quantifying = {w.form for w in side.words[negation.at : negation.at + 2]} & {"no", "all", "every", "many", "most"}
    return (
        bool(quantifying)
        and partner is not None
        and any(w.form in _QUANTIFIERS for w in other.words[max(0, partner - 3) : partner])
    )


def _postponed(side: Side, negator: int, other: Side) -> bool:
    """Whether a negation only says when: "must not begin before the end" is "must wait until the end"."""
    _, last = sentence(side, negator)
    behind = {w.form for w in side.words[negator + 1 : min(last, negator + 2 * _TOGETHER) + 1]}
    return "before" in behind and bool(_WAITING & (other.forms - side.forms))


def _affirmed(segment: AlignedSegment, negation: Negation, of_variant: bool) -> bool:
    """Whether the other side affirms with a verb of its own what is denied: "no A and no B", "no A, and there is B"."""
    side, other = _sides(segment, of_variant)
    partner = None if negation.target is None else side.partner[negation.target]
    if partner is None or side.words[negation.at].form not in ("no", "neither"):
        return False
    before = [w.form for w in other.words[max(0, partner - 3) : partner]]
    return bool(AUXILIARIES.intersection(before)) and not any(
        is_denial(other, k) for k in range(max(0, partner - 4), partner)
    )


def _changed(segment: AlignedSegment, negation: Negation, *, of_variant: bool) -> Hit | None:
    """The hit for a negation that the other side lacks, if what it negates is there."""
    side, other = _sides(segment, of_variant)
    at, target = negation.at, negation.target
    if target is None or negation.turned or asks(side, at):
        return None
    place = _place(segment, negation, of_variant)
    if place is None or asks(other, place[1]):
        return None
    negated, found = side.words[place[0]], other.words[place[1]]
    if side.words[at].form == "without" and segment.literalness < _LITERAL_WITHOUT:
        return None
    if side.words[target].lemma in _RAISING and segment.literalness < _LITERAL_OTHER_WORD:
        return None
    near = denied_near(segment, place[1], of_variant=not of_variant) or any(
        other.words[k].form in _SCANTLY for k in around(other, place[1], _BESIDE)
    )
    near = near or _denied_as_said(segment, other, place[1], of_variant=not of_variant)
    near = near or any(keeps_from(other, k) for k in around(other, place[1]))
    verbatim = _verbatim(segment, *place, of_variant)
    if verbatim:
        near = _denied_in_clause(other, place[1])
    elif segment.literalness < _LITERAL_OTHER_WORD:
        near = near or any(is_denial(other, k) for k in range(*sentence(other, place[1])) if k != place[1])
    if near or _opposite_near(segment, target, place[1], of_variant):
        return None
    whole = Span(side.words[at].span.start, negated.span.end)
    said = whole.of(side.text)
    message = (
        f"The variant says “{said}”; the reference does not negate “{found.text}”."
        if of_variant
        else f"The reference says “{said}”; the negation is missing here."
    )
    spans = (whole, found.span) if of_variant else (found.span, whole)
    form = {"negator": side.words[at].form}
    return Hit(Severity.CRITICAL, message, *spans, evidence=form, confidence=0.8, wording=not verbatim)


def _denied_as_said(segment: AlignedSegment, side: Side, index: int, *, of_variant: bool) -> bool:
    """Whether somebody denies what a clause says, or something is still to be done ("had buckets to fill")."""
    first, _ = sentence(side, index)
    other = segment.reference if of_variant else segment.variant
    denies = any(
        side.words[k].lemma in _DENYING and ((p := side.partner[k]) is None or other.words[p].lemma not in _DENYING)
        for k in range(first, index)
    )
    return denies or ("still" in side.forms and index > 0 and side.words[index - 1].form == "to")


def _verbatim(segment: AlignedSegment, target: int, partner: int, of_variant: bool) -> bool:
    """Whether a verb, its auxiliary and what follows stand on both sides: "has not won a seat", "has won a seat"."""
    side, other = _sides(segment, of_variant)
    own = [(w.lemma, w.form) for w in side.words[max(0, target - 3) : target] if w.form in AUXILIARIES]
    theirs = [(w.lemma, w.form) for w in other.words[max(0, partner - 2) : partner] if w.form in AUXILIARIES]
    if not own or not theirs or own[-1][0] != theirs[-1][0] or side.words[target].form != other.words[partner].form:
        return False
    behind = [
        next((w.lemma for w in words if w.is_content), "")
        for words in (side.words[target + 1 : target + 4], other.words[partner + 1 : partner + 4])
    ]
    return bool(behind[0]) and behind[0] == behind[1]


def _denied_in_clause(side: Side, verb: int) -> bool:
    """Whether the clause of a verb denies it, or a negator stands shortly before."""
    first, last = sentence(side, verb, _CLAUSE_MARKS)
    return any(is_denial(side, k) or keeps_from(side, k) for k in range(first, last + 1)) or any(
        is_negator(w) for w in side.words[max(0, verb - _BEFORE_VERB) : verb]
    )


def _alone(segment: AlignedSegment, negation: Negation, *, of_variant: bool) -> Hit | None:
    """The hit for a negation where the other side has nothing at all that denies."""
    side, other = _sides(segment, of_variant)
    at, target = negation.at, negation.target
    if target is None or negation.turned or asks(side, at) or segment.literalness < _LITERAL_OTHER_WORD:
        return None
    if any(is_denial(side, k) and not is_negator(side.words[k]) for k in (target, *negation.others)):
        return None  # "has not been ruled out"
    form, before = side.words[at].form, side.words[at - 1].form if at else ""
    if not form.endswith("n't") and form not in _PLAIN and not (form == "not" and before in AUXILIARIES):
        return None
    if "?" in other.quote or any(
        keeps_from(other, k)
        or (is_denial(other, k) and not _denied_too(segment, k, of_variant=not of_variant))
        or word.lemma in _LIMITING
        for k, word in enumerate(other.words)
    ):
        return None
    first, last = sentence(side, at)
    around_it = max(first, at - _TOGETHER // 2), min(last, at + _TOGETHER)
    if followed(segment, *around_it, of_variant=of_variant) < _FOLLOWED:
        return None
    ours = {side.words[k].lemma for k in (target, *negation.others)}
    theirs = {w.lemma for w in other.words if w.is_content} - side.lemmas
    if any(lexicon.antonyms(a, b) for a in ours for b in theirs):
        return None
    whole = Span(side.words[at].span.start, side.words[target].span.end)
    said = whole.of(side.text)
    here, there = ("variant", "reference") if of_variant else ("reference", "variant")
    message = f"The {here} says “{said}”; nothing in the {there} negates anything."
    return Hit(
        Severity.CRITICAL,
        message,
        variant_span=whole if of_variant else _told(segment, at, around_it),
        reference_span=None if of_variant else whole,
        evidence={"negator": side.words[at].form},
        confidence=0.75,
        wording=True,
    )


def _told(segment: AlignedSegment, negator: int, clause: tuple[int, int]) -> Span | None:
    """What the variant has in the place of a negation of the reference, by the links of the words beside it."""
    side, other = segment.reference, segment.variant
    behind = (k for k in range(negator + 1, clause[1] + 1) if side.words[k].is_content)
    near = [p for k in behind if (p := side.partner[k]) is not None][:2]
    if not near or max(near) - min(near) > _TOGETHER // 2:
        near = near[:1]
    return Span(other.words[min(near)].span.start, other.words[max(near)].span.end) if near else None


def _denied_too(segment: AlignedSegment, index: int, *, of_variant: bool) -> bool:
    """Whether a word that denies is linked to one that does."""
    side, other = _sides(segment, of_variant)
    partner = side.partner[index]
    if partner is None or is_negator(side.words[index]) or is_negator(other.words[partner]):
        return False
    return is_denial(other, partner)


def _place(segment: AlignedSegment, negation: Negation, of_variant: bool) -> tuple[int, int] | None:
    """(word, its counterpart) that a negation is about: the negated word, or the next that is linked."""
    side, other = _sides(segment, of_variant)
    at, target = negation.at, negation.target
    if target is None:
        return None
    first, last = sentence(side, target, ";")
    home = counterpart(segment, first, last, of_variant=of_variant)
    if home is None:
        return None
    partner = side.partner[target]
    if partner is None:
        if is_denial(side, target) or segment.literalness < _LITERAL_OTHER_WORD:
            return None
        follows = followed(segment, at, min(last, at + _TOGETHER), of_variant=of_variant) >= _FOLLOWED
        if not follows or any(is_denial(other, k) for k in range(home[0], home[1] + 1)):
            return None
        target = next((k for k in negation.others if k > (target or 0) and side.partner[k] is not None), None)
        partner = None if target is None else side.partner[target]
        if target is None or partner is None:
            return None
    negated, found = side.words[target], other.words[partner]
    if not home[0] <= partner <= home[1] or is_negator(found) or lexicon.antonyms(negated.lemma, found.lemma):
        return None  # "not right" for "wrong"
    if segment.literalness < _LITERAL_OTHER_WORD and negated.is_capitalised:
        return None  # a name says too little about the clause it stands in
    if negated.lemma != found.lemma and (is_denial(side, target) or is_denial(other, partner)):
        return None  # "did not refuse" for "accepted"
    if (negated.lemma != found.lemma or target - at > 2) and segment.literalness < _LITERAL_OTHER_WORD:
        return None
    return target, partner


def _opposite_near(segment: AlignedSegment, target: int, partner: int, of_variant: bool) -> bool:
    """Whether near the two words the sides have opposites ("do not hold it upside down" for "hold it upright")."""
    side, other = _sides(segment, of_variant)
    ours = {side.words[k].lemma for k in around(side, target) if side.words[k].is_content} - other.lemmas
    theirs = {other.words[k].lemma for k in around(other, partner) if other.words[k].is_content} - side.lemmas
    return any(lexicon.antonyms(a, b) for a in ours for b in theirs)


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The minister did not sign the letter.", "The minister ⟦signed⟧ the letter."),
        Example("The bridge was closed to lorries.", "The bridge was ⟦not closed⟧ to lorries."),
        Example("The boat was removed from the harbour.", "The boat was ⟦not dragged⟧ from the harbour."),
        Example("A landing is possible this year.", "A landing is ⟦impossible⟧ this year."),
        Example(
            "There were no delays and no damage to the ship.",
            "There were no delays, and there was ⟦damage⟧ to the ship.",
        ),
        Example(
            "The captain of the barge, which was not carrying lights, swam ashore and fled.",
            "The captain of the barge, which was ⟦carrying⟧ lights, swam to the shore and escaped.",
        ),
        Example(
            "Neither the mayor nor the council had seen the report before.",
            "The ⟦mayor⟧ and the council had seen the report before.",
        ),
        Example("The bridge will open, but not before 2031.", "The bridge will not open before 2031."),
        Example("The sinking is the deadliest since 2014.", "No sinking has been deadlier since 2014."),
        Example("The campaign should wait until the trial has ended.", "The campaign ought not to begin before that."),
        Example("She needs the party for her majority.", "Without the party she would have no majority."),
        Example("Ships may not enter the port at night.", "The rules bar ships from entering the port at night."),
        Example("The plan was not accepted.", "The plan was rejected."),
        Example("The board accepted the plan.", "The board did not refuse the plan."),
        Example("It is impossible to land there.", "It is not possible to land there."),
    ),
)
