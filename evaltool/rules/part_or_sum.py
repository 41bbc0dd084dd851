"""A number is a part of another one, and the variant adds it, or the other way round: "plus" for "including".

Compared is how the same two numbers are joined on both sides: the second is a part of the first ("including six",
"six of them", "of whom six"), comes on top ("plus six", "another six", "48 soldiers and six officers"), or is the sum
("bringing it to 54"). Found is also a number that is said to come on top where the reference has it alone ("a further
5%" for 5%).

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import ends_sentence, gap, sentence
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side

_PART = frozenset("including include among amongst".split())
_OF_THEM = frozenset("whom which them these those".split())
_TOP = frozenset("plus besides joining join".split())
_FURTHER = frozenset("further another additional extra".split())
#: Before the first of two numbers, which then comes on top of the second: "in addition to four cooks, 19 guests".
_FIRST = tuple(phrase.split() for phrase in ("in addition to", "besides", "on top of", "not counting", "apart from"))
_SUM = frozenset("bring take raise push".split())
_BEFORE, _SUM_REACH, _BESIDE = 4, 8, 3
#: What says in other words that something comes on top of what there was.
_MORE = (
    _FURTHER
    | _TOP
    | frozenset(
        """
    more also again add addition added new newly other others extend extension expand expansion raise increase rise grow
    top second third next still yet too well already on-top longer higher lower cut reduce fall drop rest
    """.split()
    )
)
_LITERAL = 0.4
_CONFLICTS = (frozenset(["part", "top"]), frozenset(["sum", "top"]))


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each pair of numbers that is joined in another way, and each number that is made to come on top."""
    if segment.kind is not Kind.MATCH:
        return
    theirs = list(_joined(segment.reference))
    for first, second, how, said in _joined(segment.variant):
        for other, due, meant, there in theirs:
            if agrees(first, other) and agrees(second, due) and frozenset([how, meant]) in _CONFLICTS:
                yield _hit(segment, said, there, how)
    yield from _on_top(segment)


def _joined(side: Side) -> Iterator[tuple[Quantity, Quantity, str, Span]]:
    """(number, next number, "part", "top" or "sum", span of the second with its word) of each pair so joined."""
    for a, b in pairwise(quantities_of(side)):
        counts = all(not q.year and q.kind in ("count", "share") for q in (a, b))
        if not counts or sentence(side, a.first) != sentence(side, b.first):
            continue
        start = b.first - b.hedge_words
        start -= int(start > 0 and side.words[start - 1].is_sign)
        between = range(a.last + 1, start)
        after = [w.form for w in side.words[b.last + 1 : b.last + 3]]
        if [w.form for w in side.words[max(a.last + 1, start - 2) : start]] in (["of", "which"], ["of", "whom"]):
            yield a, b, "part", Span(side.words[start - 2].span.start, b.span.end)
            continue
        part = next((k for k in reversed(between) if side.words[k].lemma in _PART and k >= start - _BEFORE), None)
        top = next((k for k in reversed(between) if side.words[k].form in _TOP and k >= start - _BEFORE), None)
        if start - 1 in between and side.words[start - 1].form in _FURTHER:
            top = start - 1
        if (first := _first_on_top(side, a)) is not None and "," in side.text[a.span.end : b.span.start]:
            yield b, a, "top", Span(first, a.span.end)
        elif after[:1] == ["of"] and after[1:] and after[1] in _OF_THEM:
            yield a, b, "part", Span(b.span.start, side.words[b.last + 2].span.end)
        elif part is not None:
            yield a, b, "part", Span(side.words[part].span.start, b.span.end)
        elif any(x.form == "of" and y.form in _OF_THEM for x, y in pairwise(side.words[k] for k in between)):
            continue
        elif top is not None:
            yield a, b, "top", Span(side.words[top].span.start, b.span.end)
        elif _listed(side, a, b, start):
            yield a, b, "top", Span(side.words[start - 1].span.start, b.span.end)
        elif start - 1 in between and side.words[start - 1].form == "to":
            near = side.words[max(a.last + 1, start - _SUM_REACH) : start]
            bringing = next((w for w in near if w.lemma in _SUM), None)
            if bringing is not None:
                yield a, b, "sum", Span(bringing.span.start, b.span.end)


def _first_on_top(side: Side, a: Quantity) -> int | None:
    """Where "in addition to" begins that stands before a number, or None."""
    at = a.first - a.hedge_words
    at -= int(at > 0 and side.words[at - 1].is_sign)
    at -= int(at > 0 and side.words[at - 1].form == "the")
    for phrase in _FIRST:
        if at >= len(phrase) and [w.form for w in side.words[at - len(phrase) : at]] == phrase:
            return side.words[at - len(phrase)].span.start
    return None


def _listed(side: Side, a: Quantity, b: Quantity, start: int) -> bool:
    """Whether two numbers stand with what they count on both sides of an "and": "48 soldiers and six officers"."""
    if start - 1 <= a.last or side.words[start - 1].form != "and" or start - 1 - a.last > _BESIDE:
        return False
    named = side.words[a.last + 1 : start - 1]
    after = side.words[b.last + 1 : b.last + 2]
    return (
        bool(named)
        and all(w.is_content for w in [*named, *after])
        and bool(after)
        and gap(side, b.last, b.last + 1) == " "
    )


def _on_top(segment: AlignedSegment) -> Iterator[Hit]:
    """Numbers with "a further" or "another" before them that the reference has without any such word."""
    if segment.literalness < _LITERAL:
        return
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    for q in ours:
        at = q.first - q.hedge_words - 1
        if at < 0 or segment.variant.words[at].form not in _FURTHER or ends_sentence(gap(segment.variant, at, at + 1)):
            continue
        if at and segment.variant.words[at - 1].form == "in" and unit_of(segment.variant.words, q) is not None:
            continue  # "in another 30 years" is in 30 years
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) != 1 or q.kind not in ("count", "share") or q.year:
            continue
        first, last = sentence(segment.reference, same[0].first)
        beside = [t for t in theirs if t.kind == q.kind and first <= t.first <= last and t is not same[0]]
        if any(not t.year and unit_of(segment.reference.words, t) is None for t in beside):
            continue  # "two in Brno and one in Linz"
        if not any(w.form in _MORE or w.lemma in _MORE for w in segment.reference.words[first : last + 1]):
            yield _hit(segment, Span(segment.variant.words[at].span.start, q.span.end), same[0].span, "top")


def _hit(segment: AlignedSegment, said: Span, meant: Span, how: str) -> Hit:
    ours, theirs = said.of(segment.variant.text), meant.of(segment.reference.text)
    why = {"part": "is a part here", "top": "comes on top here", "sum": "is the sum here"}[how]
    return Hit(
        Severity.MAJOR,
        f"The reference says “{theirs}”; here it is “{ours}”: the number {why}.",
        variant_span=said,
        reference_span=meant,
        suggestion=theirs,
        evidence={"here": how},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example(
            "They offer 48 million, plus 9 million in shares.",
            "They offer 48 million, ⟦including 9 million⟧ in shares.",
        ),
        Example("They held 48 sailors, including six officers.", "They held 48 sailors ⟦and six⟧ officers."),
        Example(
            "Some 180 people came, bringing the number of guests to 950.", "Some 180 people came, ⟦joining 950⟧ guests."
        ),
        Example("It takes the votes of 5% of the owners.", "It takes the votes of a ⟦further 5%⟧ of the owners."),
        Example("They held 48 sailors, including six officers.", "They held 48 sailors, six of them officers."),
        Example(
            "The mill owes £90 million, of which £20 million is due in May.",
            "The mill owes £90 million, and ⟦another £20 million⟧ is due in May.",
        ),
        Example("It took in 48 sailors, among them six cooks.", "⟦In addition to six⟧ cooks, it took in 48 sailors."),
        Example("Some 12 people died and five were hurt.", "Some 12 people died and a further five were hurt."),
        Example("They held 48 sailors; 15 were women.", "They held 48 sailors, of whom 15 were women."),
        Example("They added 17 towns to the list.", "They put another 17 towns on the list."),
        Example(
            "Nobody knows what will happen in 30 years.",
            "Nobody knows what will happen in another 30 years.",
        ),
    ),
)
