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
from evaltool.rules._clauses import asks, counterpart, followed, sentence, wonders
from evaltool.rules._comparison import says_extreme
from evaltool.rules._negated import (
    RAISING,
    affirmed,
    denied_as_said,
    denied_in_clause,
    done_too,
    elliptic,
    exclusions,
    of_neither,
    opposite_near,
    postponed,
    quantified,
    sides,
    still_to_come,
    verb_phrase,
    verbatim,
)
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
#: Negators of verbs, and words that can say what a negated one says ("is not far", "is near").
_PLAIN = frozenset(["never", "cannot"])
_LIMITING = frozenset("only rare far minor small low poor bad weak late short less least shut close".split())
#: Words that say so of the word beside them ("poorly kept" for "not properly kept").
_SCANTLY = frozenset("poor poorly bad badly weak weakly less least".split())
_BESIDE = 3


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield lost and added negations."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    swapped = [*_prefixed(segment), *_ruled_out(segment)]
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


def _ruled_out(segment: AlignedSegment) -> Iterator[Hit]:
    """What is ruled out on one side, and not on the other."""
    ours, theirs = exclusions(segment.variant), exclusions(segment.reference)
    if len(ours) != 1 or len(theirs) != 1 or (ours[0][2] is None) == (theirs[0][2] is None):
        return
    spans = []
    for side, (first, last, denied_at) in ((segment.variant, ours[0]), (segment.reference, theirs[0])):
        start = first if denied_at is None else denied_at
        spans.append(Span(side.words[start].span.start, side.words[last].span.end))
    said, meant = spans
    sides = (segment.variant, ours[0][0]), (segment.reference, theirs[0][0])
    if any(asks(side, at) or elliptic(side) for side, at in sides):
        return
    how = "not ruled out" if ours[0][2] is None else "ruled out"
    message = f"In the reference it is {how} (“{meant.of(segment.reference.text)}”); here it is the opposite."
    yield Hit(Severity.CRITICAL, message, said, meant, evidence={"reference": how}, confidence=0.85)


def _negated(side: Side, index: int) -> bool:
    return any(is_negator(word) for word in side.words[max(0, index - 3) : index])


def _unmatched(segment: AlignedSegment, *, of_variant: bool) -> list[Negation]:
    """The negations of one side whose word the other side does not negate."""
    side, other = sides(segment, of_variant)
    own = negations(side)
    matched = _matched(segment, own, denied(other), of_variant)
    lost = [n for n in own if n not in matched]
    out = []
    for negation in lost:
        near = any(abs(negation.at - m.at) <= _TOGETHER for m in matched)
        if near and not affirmed(segment, negation, of_variant) and not _plain(segment, negation, of_variant):
            continue  # "not A, not even B"
        if _cancelled(side, negation, lost) or says_extreme(side, negation.at, other):
            continue
        if not postponed(side, negation.at, other) and not quantified(segment, negation, of_variant):
            out.append(negation)
    return out


def _matched(
    segment: AlignedSegment, own: Sequence[Negation], theirs: Sequence[Negation], of_variant: bool
) -> list[Negation]:
    """The negations of one side that one of the other side repeats; one repeats several only if they stand together."""
    side, other = sides(segment, of_variant)
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


def _plain(segment: AlignedSegment, negation: Negation, of_variant: bool) -> bool:
    """Whether the other side has the negated verb in the same words, and nothing that denies in its clause."""
    side, other = sides(segment, of_variant)
    target = negation.target
    partner = None if target is None else side.partner[target]
    if target is None or partner is None or not verbatim(segment, target, partner, of_variant):
        return False
    return not denied_in_clause(other, partner)


def _changed(segment: AlignedSegment, negation: Negation, *, of_variant: bool) -> Hit | None:
    """The hit for a negation that the other side lacks, if what it negates is there."""
    side, other = sides(segment, of_variant)
    at, target = negation.at, negation.target
    if target is None or negation.turned or asks(side, at):
        return None
    place = _place(segment, negation, of_variant)
    if place is None or asks(other, place[1]) or (wonders(side, at) and wonders(other, place[1])):
        return None
    negated, found = side.words[place[0]], other.words[place[1]]
    done = side.words[at].form == "without" and done_too(negated, found)
    if side.words[at].form == "without" and segment.literalness < (_LITERAL_OTHER_WORD if done else _LITERAL_WITHOUT):
        return None
    if side.words[target].lemma in RAISING and segment.literalness < _LITERAL_OTHER_WORD:
        return None
    near = denied_near(segment, place[1], of_variant=not of_variant) or any(
        other.words[k].form in _SCANTLY for k in around(other, place[1], _BESIDE)
    )
    near = near or denied_as_said(segment, other, place[1], of_variant=not of_variant)
    near = near or any(keeps_from(other, k) for k in around(other, place[1]))
    near = near or still_to_come(side, at, other, place[1]) or of_neither(side, at, other, place[1])
    same_words = verbatim(segment, *place, of_variant)
    if same_words:
        near = denied_in_clause(other, place[1], frozenset() if "yet" in side.forms else side.forms)
    elif segment.literalness < _LITERAL_OTHER_WORD:
        near = near or any(is_denial(other, k) for k in range(*sentence(other, place[1])) if k != place[1])
    if near or opposite_near(segment, target, place[1], of_variant):
        return None
    whole = Span(side.words[at].span.start, negated.span.end)
    said = whole.of(side.text)
    message = (
        f"The variant says “{said}”; the reference does not negate “{found.text}”."
        if of_variant
        else f"The reference says “{said}”; the negation is missing here."
    )
    spans = (whole, found.span) if of_variant else (verb_phrase(other, place[1]), whole)
    form = {"negator": side.words[at].form}
    return Hit(Severity.CRITICAL, message, *spans, evidence=form, confidence=0.8, wording=not same_words)


def _alone(segment: AlignedSegment, negation: Negation, *, of_variant: bool) -> Hit | None:
    """The hit for a negation where the other side has nothing at all that denies."""
    side, other = sides(segment, of_variant)
    at, target = negation.at, negation.target
    if target is None or negation.turned or asks(side, at) or wonders(side, at):
        return None
    if segment.literalness < _LITERAL_OTHER_WORD:
        return None
    if any(is_denial(side, k) and not is_negator(side.words[k]) for k in (target, *negation.others)):
        return None  # "has not been ruled out"
    form, before = side.words[at].form, side.words[at - 1].form if at else ""
    if not form.endswith("n't") and form not in _PLAIN and not (form == "not" and before in AUXILIARIES):
        return None
    if "?" in other.quote or "than" in other.forms - side.forms:  # "A rose faster than B", "B did not keep up with A"
        return None
    if any(
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
    side, other = sides(segment, of_variant)
    partner = side.partner[index]
    if partner is None or is_negator(side.words[index]) or is_negator(other.words[partner]):
        return False
    return is_denial(other, partner)


def _place(segment: AlignedSegment, negation: Negation, of_variant: bool) -> tuple[int, int] | None:
    """(word, its counterpart) that a negation is about: the negated word, or the next that is linked."""
    side, other = sides(segment, of_variant)
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
    if negated.lemma != found.lemma and is_denial(side, target) != is_denial(other, partner):
        return None  # "did not refuse" for "accepted"
    if (negated.lemma != found.lemma or target - at > 2) and segment.literalness < _LITERAL_OTHER_WORD:
        return None
    return target, partner


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The minister did not sign the letter.", "The minister ⟦signed⟧ the letter."),
        Example("The boat was removed from the harbour.", "The boat was ⟦not dragged⟧ from the harbour."),
        Example("A landing is possible this year.", "A landing is ⟦impossible⟧ this year."),
        Example(
            "There were no delays and no damage to the ship.",
            "There were no delays, and there ⟦was damage⟧ to the ship.",
        ),
        Example(
            "The captain of the barge, which was not carrying lights, swam ashore and fled.",
            "The captain of the barge, which ⟦was carrying⟧ lights, swam to the shore and escaped.",
        ),
        Example(
            "Neither the mayor nor the council had seen the report before.",
            "The ⟦mayor⟧ and the council had seen the report before.",
        ),
        Example("The bridge will open, but not before 2031.", "The bridge will not open before 2031."),
        Example("The sinking is the deadliest since 2014.", "No sinking has been deadlier since 2014."),
        Example("The campaign should wait until the trial has ended.", "The campaign ought not to begin before that."),
        Example("Ships may not enter the port at night.", "The rules bar ships from entering the port at night."),
        Example(
            "A spokesman said the bank would not pay the hackers and had not been told of them.",
            "A spokesman said that the bank ⟦would pay⟧ the hackers and that it had not been told of them.",
        ),
        Example(
            "Officials said that new leaks could not be ruled out.", "Officials said new leaks could be ⟦excluded⟧."
        ),
        Example(
            "The bones are too poorly kept for an illness to be ruled out.",
            "The bones are too poorly kept for an illness to be excluded.",
        ),
        Example(
            "He ruled out a sale before May, though not after it.",
            "There will be no sale before May, he said, but he did not exclude one later.",
        ),
        Example(
            "They ask whether it is not correct to close the road.",
            "They ask whether it is correct to close the road.",
        ),
    ),
)
