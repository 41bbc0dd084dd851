"""What comes first comes last: "he left after a trial" for "he left; a trial later cleared him".

In the reference "later", "then" or "subsequently" (or "earlier", "previously") stands beside a noun or behind the verb
it begins; in the variant the same noun stands behind "after" (or "before"). Found is also "before the end of" what
something comes before in the reference, and "after the start of" what it comes after.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.words import AlignedSegment, Side

_LATER = frozenset("later subsequently afterwards afterward".split())
_EARLIER = frozenset("earlier previously beforehand".split())
_ARTICLES = frozenset("a an the its their his her".split())
_BOUNDS = {
    "before": frozenset("end close conclusion finish".split()),
    "after": frozenset("start beginning opening".split()),
}
_REACH = 3  # words between a preposition and the noun of its phrase
_TO_VERB = 2  # words between a noun and the "later" that goes with its verb
_MARKS = ",;:()—–"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each order of events that is turned round."""
    if segment.kind is not Kind.MATCH:
        return
    yield from _events(segment)
    yield from _edges(segment)


def _noun_behind(side: Side, at: int) -> int | None:
    """Index of the noun right behind "after" or "before" and an article."""
    _, last = sentence(side, at, _MARKS)
    if at == last or side.words[at + 1].form not in _ARTICLES:
        return None
    found = None
    for k in range(at + 2, min(last, at + 1 + _REACH) + 1):
        if not side.words[k].is_content or gap(side, k - 1, k) != " ":
            break
        found = k
    return found


def _events(segment: AlignedSegment) -> Iterator[Hit]:
    """Events behind "after" that come later in the reference, or behind "before" that come earlier."""
    mine, others = segment.variant, segment.reference
    for at, word in enumerate(mine.words[:-1]):
        if word.form not in ("after", "before", "following"):
            continue
        noun = _noun_behind(mine, at)
        if noun is None or (at and mine.words[at - 1].form in ("year", "month", "week", "day", "shortly", "soon")):
            continue
        turned = _EARLIER if word.form == "before" else _LATER
        heads = range(at + 2, noun + 1)
        for k, other in enumerate(others.words):
            if other.form not in turned or (
                k and others.words[k - 1].lemma in ("year", "month", "week", "day", "hour")
            ):
                continue
            first, last = sentence(others, k, _MARKS)
            start = next(
                (j for j in range(k - 1, max(first, k - 1 - _TO_VERB) - 1, -1) if others.words[j].is_content), None
            )
            if start is None or k == last or start != _subject(others, first, k):
                continue
            if any(others.words[start].lemma == mine.words[h].lemma for h in heads):
                yield _hit(
                    segment,
                    Span(word.span.start, mine.words[noun].span.end),
                    Span(others.words[start].span.start, other.span.end),
                )
                break


def _subject(side: Side, first: int, at: int) -> int | None:
    """Index of the noun that begins the clause of "later", right behind its article or an "and"."""
    nouns = [j for j in range(first, at) if side.words[j].is_content]
    lead = side.words[first : nouns[0]] if nouns else ()
    joined = nouns and all(b - a == 1 for a, b in pairwise(nouns))
    return nouns[-1] if joined and all(w.form in _ARTICLES or w.form in ("and", "but") for w in lead) else None


def _edges(segment: AlignedSegment) -> Iterator[Hit]:
    """Tell of "before the end of" something for "before" it, "after the start of" it for "after" it, or the reverse."""
    mine, others = segment.variant, segment.reference
    ours, theirs = list(_edge(mine)), list(_edge(others))
    for preposition, edge, noun, span in ours:
        same = [t for t in theirs if t[0] == preposition and others.words[t[2]].lemma == mine.words[noun].lemma]
        if len(same) == 1 and bool(edge) != bool(same[0][1]):
            yield _hit(segment, span, same[0][3])


def _edge(side: Side) -> Iterator[tuple[str, str, int, Span]]:
    """(preposition, "end" or "start" or "", index of the noun, span) of each "before the (end of the) first shift"."""
    for at, word in enumerate(side.words[:-1]):
        if word.form not in _BOUNDS:
            continue
        noun = _noun_behind(side, at)
        if noun is None:
            continue
        edge = side.words[noun].form
        if edge in _BOUNDS[word.form] and noun == at + 2 and side.words[noun + 1 : noun + 2]:
            _, last = sentence(side, at, _MARKS)
            if side.words[noun + 1].form != "of":
                continue
            noun = _noun_behind(side, noun + 1) if noun < last else None
            if noun is None:
                continue
        else:
            edge = ""
            behind = side.words[noun + 1].form if noun < sentence(side, at, _MARKS)[1] else ""
            if behind and behind not in PREPOSITIONS and behind not in ("and", "or", "but", "not"):
                continue  # "before the war was over"
        yield word.form, edge, noun, Span(word.span.start, side.words[noun].span.end)


def _hit(segment: AlignedSegment, said: Span, meant: Span) -> Hit:
    ours, theirs = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{theirs}”; here it is “{ours}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=theirs,
        evidence={"here": ours},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.DATE_TIME,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The vicar left in May; a trial later cleared him of theft.",
            "The vicar left in May ⟦after a trial⟧ that cleared him of theft.",
        ),
        Example(
            "They want an answer before the first shift.", "They want an answer ⟦before the end of the first shift⟧."
        ),
        Example("They met before the end of the war.", "They met before the war was over."),
        Example(
            "The vicar left in May; a trial later cleared him of theft.",
            "The vicar left in May, and a trial cleared him of theft afterwards.",
        ),
    ),
)
