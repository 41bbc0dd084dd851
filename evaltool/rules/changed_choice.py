"""One of several becomes all of them, or the other way round: "on any count" for "on all counts", "both" for "either".

In a condition, "any" and "all" (or "every") before the same noun are two things, as are "either" and "both". Elsewhere
"both the mayor and the vicar" is another thing than "the mayor or the vicar". Accepted is what denies ("not both"),
and what may be or can be ("by ship or by train"), where the one holds as the other does.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.words import AlignedSegment, Side

_ONE, _ALL = "one", "all"
_CHOICE = {"any": _ONE, "either": _ONE, "all": _ALL, "every": _ALL, "both": _ALL, "each": _ALL}
_CONDITION = frozenset("if unless provided providing should once until till when whenever".split())
#: Where one of several may be as much as all of them, or it is asked which.
_FREE = frozenset("can could may might able whether possible possibly optional option choice choose".split())
_REACH = 3  # words behind "any" or "all" among which its noun stands
_TWO = frozenset("side end hand bank".split())
_LIST = 6  # words between the "both" and its "and", and on each side of an "or"
_SKIPPED = frozenset("of the its their his her our these those other".split())


def _chosen(side: Side) -> Iterator[tuple[int, int, str]]:
    """(index of the quantifier, index of its noun, "one" or "all") in conditions without a negator."""
    for k, word in enumerate(side.words):
        if word.form not in _CHOICE:
            continue
        first, last = sentence(side, k, ",;:—–")
        conditional = any(w.form in _CONDITION for w in side.words[first:k])
        if not conditional or any(is_negator(side.words[j]) for j in range(first, last + 1)):
            continue
        for j in range(k + 1, min(last, k + _REACH) + 1):
            noun = side.words[j]
            if noun.form in _TWO and word.form in ("each", "either"):
                break  # "on either side" is on each side
            if noun.is_content:
                yield k, j, _CHOICE[word.form]
                break
            if noun.form not in _SKIPPED and not noun.is_number:
                break


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each choice that is none in the reference, or the other way round."""
    if segment.kind is not Kind.MATCH:
        return
    mine, others = segment.variant, segment.reference
    theirs = list(_chosen(others))
    for k, noun, how in _chosen(mine):
        same = [
            (j, n, h)
            for j, n, h in theirs
            if others.words[n].lemma == mine.words[noun].lemma or mine.partner[noun] == n
        ]
        if same and all(h != how for _, _, h in same) and _denials(mine, k) == _denials(others, same[0][0]):
            yield _hit(segment, (k, noun), same[0][:2])
    yield from _lists(segment)


def _denials(side: Side, at: int) -> int:
    """How many words of the condition that a word belongs to deny."""
    first, last = sentence(side, at, ",;:—–")
    start = max(k for k in range(first, at) if side.words[k].form in _CONDITION)
    return sum(is_denial(side, k) for k in range(start, last + 1))


def _lists(segment: AlignedSegment) -> Iterator[Hit]:
    """Tell of "both A and B" for "A or B"."""
    mine, others = segment.variant, segment.reference
    if "both" not in mine.forms or "or" not in others.forms:
        return
    for k, word in enumerate(mine.words):
        if word.form != "both":
            continue
        _, last = sentence(mine, k, ",;:—–")
        joint = next((j for j in range(k + 2, min(last, k + _LIST) + 1) if mine.words[j].form == "and"), None)
        if joint is None or joint == last or _free(mine, k):
            continue
        heads = [j for j in range(k + 1, joint) if mine.words[j].is_content][-1:]
        tails = [j for j in range(joint + 1, min(last, joint + _LIST) + 1) if mine.words[j].is_content]
        for at, other in enumerate(others.words):
            if other.form != "or" or _free(others, at):
                continue
            first, end = sentence(others, at, ";:—–")
            before, behind = range(max(first, at - _LIST), at), range(at + 1, min(end, at + _LIST) + 1)
            if (
                any(_is(segment, h, before) for h in heads)
                and any(_is(segment, t, behind) for t in tails[:2])
                and not _joined(segment, heads[0])
            ):
                near = next(j for j in behind if any(_is(segment, t, range(j, j + 1)) for t in tails[:2]))
                start = next(j for j in before if _is(segment, heads[0], range(j, j + 1)))
                yield _hit(segment, (k, tails[0]), (start, near))
                break


def _joined(segment: AlignedSegment, head: int) -> bool:
    """Whether the reference has an "and" directly behind the first of the two."""
    words = segment.reference.words
    return any(words[j + 1].form == "and" and _is(segment, head, range(j, j + 1)) for j in range(len(words) - 1))


def _is(segment: AlignedSegment, index: int, among: range) -> bool:
    """Whether one of the reference's words is a word of the variant, or linked to it."""
    word = segment.variant.words[index]
    return any(segment.reference.words[j].lemma == word.lemma or segment.variant.partner[index] == j for j in among)


def _free(side: Side, at: int) -> bool:
    """Whether the clause of a word denies, asks which or says what may be."""
    first, last = sentence(side, at, ";:—–")
    return any(side.words[j].form in _FREE or is_denial(side, j) for j in range(first, last + 1))


def _hit(segment: AlignedSegment, ours: tuple[int, int], theirs: tuple[int, int]) -> Hit:
    said, meant = (
        Span(side.words[a].span.start, side.words[b].span.end)
        for side, (a, b) in ((segment.variant, ours), (segment.reference, theirs))
    )
    due = meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=due,
        evidence={"here": segment.variant.words[ours[0]].form},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("If they win all games, they get a prize.", "If they win ⟦any game⟧, they get a prize."),
        Example("If either bridge falls, the road is shut.", "The road is shut if ⟦both bridges⟧ fall."),
        Example("It takes the seal of the mayor or the vicar.", "It takes the seal of ⟦both the mayor and the vicar⟧."),
        Example("Either side may end the deal in May.", "Both sides may end the deal in May."),
        Example("You can get there by ship or train.", "You can get there both by ship and by train."),
        Example("If they win all games, they get a prize.", "If they win every game, they get a prize."),
        Example(
            "If you stand within a metre of each side, the gate shuts.",
            "If you stand within a metre of either side, the gate shuts.",
        ),
    ),
)
