"""A "not", "never" or "cannot" was dropped, or put in, in a passage that is otherwise worded alike.

Where the words before and behind are the reference's own, in its order, and nothing near denies in other terms, the
passage says the contrary. Other negations of the sentence do not count: each passage is looked at by itself.

Severity: critical.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evaltool._english import NEGATORS
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence, wonders
from evaltool.rules._in_place import Exchange, exchanges, follower, span
from evaltool.rules._negated import CLAUSE_MARKS
from evaltool.rules._numbers import is_number_word
from evaltool.rules._polarity import is_denial, is_negator, keeps_from, prefixed_opposites
from evaltool.words import AlignedSegment, Side

#: Words before the place among which another negator denies what follows it.
_BEFORE = 6
#: Literalness from which only the clause itself can deny in other terms what it lacks.
_LITERAL = 0.7
#: With these a negation says only when, or how much: they are weighed by other rules.
_ELSEWHERE = frozenset("only even unless yet".split())
#: Likewise where they stand in the sentence of one side only.
_TURNING = frozenset(
    """
    until till only once before after when unless without as instead rather ever most more less fewer over under least
    """.split()
)
_DEGREES = frozenset("less more fewer quite all every always necessarily least".split())
#: Negated like words of another sense: "no" and "nothing" stand for a thing, "without" for a clause.
_PLAIN = frozenset(["not", "never", "cannot"])


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield negations that a passage worded alike has on one side only."""
    if segment.kind is not Kind.MATCH:
        return
    for exchange in exchanges(segment):
        for of_variant in (False, True):
            own, other = (exchange.new, exchange.lost) if of_variant else (exchange.lost, exchange.new)
            negators = own & _PLAIN
            if not negators or other & NEGATORS or (own | other) & _ELSEWHERE:
                continue
            hit = _hit(segment, exchange, min(negators), of_variant=of_variant)
            if hit:
                yield hit
                return


def _hit(segment: AlignedSegment, exchange: Exchange, negator: str, *, of_variant: bool) -> Hit | None:
    ours, theirs = segment.variant, segment.reference
    side, other = (ours, theirs) if of_variant else (theirs, ours)
    place, there = (exchange.variant, exchange.reference) if of_variant else (exchange.reference, exchange.variant)
    behind, beyond = follower(side, place[1] + 1), follower(other, there[1] + 1)
    if behind is None or beyond is None or asks(side, behind) or asks(other, beyond):
        return None
    if wonders(side, behind) and wonders(other, beyond):
        return None  # "whether it is not right", "whether it is right"
    word, counterpart = side.words[behind], other.words[beyond]
    if word.lemma != counterpart.lemma or prefixed_opposites(word, counterpart) or _counts(side, place[1], behind):
        return None
    marks = "" if of_variant or segment.literalness < _LITERAL else CLAUSE_MARKS
    if _denials(other, there, marks) - _denials(side, place, marks, besides=True):
        return None
    if any(
        is_negator(w) for w in other.words[max(sentence(other, beyond, CLAUSE_MARKS)[0], there[0] - _BEFORE) : beyond]
    ):
        return None
    if "," in gap(side, max(0, place[0] - 1), place[0]) and all(
        any(map(is_negator, s.words[sentence(s, at)[0] : at])) for s, at in ((side, place[0]), (other, there[0]))
    ):
        return None  # "not on the police, not on the army", "not on the police or the army"
    if _turning(side, behind) ^ _turning(other, beyond) or not _goes_on(segment, exchange):
        return None
    said = span(side, place[0], behind).of(side.text)
    here = span(other, there[0], beyond).of(other.text)
    first, second = ("variant", "reference") if of_variant else ("reference", "variant")
    return Hit(
        Severity.CRITICAL,
        f"The {first} says “{said}”; the {second} says “{here}”, in words that are otherwise the same.",
        span(ours, exchange.variant[0], behind if of_variant else beyond),
        span(theirs, exchange.reference[0], beyond if of_variant else behind),
        evidence={"negator": negator, "worded alike around it": round(exchange.alike, 2)},
        confidence=0.9,
    )


def _turning(side: Side, index: int) -> frozenset[str]:
    first, last = sentence(side, index)
    return _TURNING & {w.form for w in side.words[first : last + 1]}


def _goes_on(segment: AlignedSegment, exchange: Exchange) -> bool:
    """Whether the sides also say the same one word further on, or end there."""
    ours, theirs = segment.variant, segment.reference
    i, j = exchange.variant[1] + 2, exchange.reference[1] + 2
    ends = sentence(ours, i - 1)[1] < i, sentence(theirs, j - 1)[1] < j
    return all(ends) or (not any(ends) and (ours.partner[i] == j or ours.words[i].lemma == theirs.words[j].lemma))


def _counts(side: Side, first: int, last: int) -> bool:
    """Whether a number or a degree stands between a negator and what follows: "not 4 km", "not less than"."""
    return any(w.is_number or w.form in _DEGREES or is_number_word(w.form) for w in side.words[first : last + 1])


def _denials(side: Side, place: tuple[int, int], marks: str, *, besides: bool = False) -> Counter[str]:
    """What denies in the clause or sentence of a place, or only around it."""
    inside = range(place[0], place[1] + 1) if besides else ()
    first, last = sentence(side, min(place[1] + 1, len(side.words) - 1), marks)
    return Counter(
        side.words[k].lemma
        for k in range(first, last + 1)
        if k not in inside and (is_denial(side, k) or keeps_from(side, k))
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "“It is not for me to judge,” he said, adding that the missing review would not be released in March.",
            "“It is not for me to judge,” he said, adding that the missing review ⟦would be released⟧ in March.",
        ),
        Example(
            "The two missing samples are not due on Friday, and he warned against blaming one farm.",
            "The two missing samples are ⟦due⟧ on Friday, and he warned people not to blame one farm.",
        ),
        Example(
            "The guards were armed and had not been told of the visit.",
            "The guards were armed and had never been told of the visit.",
        ),
        Example(
            "The bridge has not been painted since 2003.",
            "The bridge has yet to be painted again since 2003.",
        ),
        Example(
            "The court did not find him guilty of any of the charges.",
            "The court found him guilty of none of the charges.",
        ),
        Example(
            "Whether it rains or not, the match will not be played on Sunday.",
            "Whether it rains or not, the match ⟦will be played⟧ on Sunday.",
        ),
        Example(
            "They do not depend on the police, not on the army, not on the courts.",
            "They do not depend on the police, the army or the courts.",
        ),
    ),
)
