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
from evaltool.rules._numbers import quantities_of
from evaltool.rules._polarity import is_negator
from evaltool.rules._units import unit_of
from evaltool.words import AlignedSegment, Side

_LATER = frozenset("later subsequently afterwards afterward".split())
_EARLIER = frozenset("earlier previously beforehand".split())
_ARTICLES = frozenset("a an the its their his her".split())
_BOUNDS = {
    "before": frozenset("end close conclusion finish".split()),
    "after": frozenset("start beginning opening".split()),
}
#: What is told from where: "ten minutes before the end", "ten minutes after the start".
_FAR = {("before", noun): "end" for noun in ("end", "close", "finish", "conclusion")} | {
    ("after", noun): "start" for noun in ("start", "beginning", "opening", "kick-off", "kickoff")
}
_FAR |= {("from", "end"): "end", ("from", "start"): "start"}
_TURN = {"before": "after", "after": "before"}
_STRETCHES = frozenset("second minute hour day week month year moment shortly soon long".split())
_LEAD = 5  # words behind a preposition among which the first of its clause stand
_REACH = 3  # words between a preposition and the noun of its phrase
_TO_VERB = 2  # words between a noun and the "later" that goes with its verb
_MARKS = ",;:()—–"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each order of events that is turned round."""
    if segment.kind is not Kind.MATCH:
        return
    yield from _events(segment)
    yield from _edges(segment)
    yield from _far_into(segment)
    yield from _clauses(segment)


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


def _clauses(segment: AlignedSegment) -> Iterator[Hit]:
    """Clauses behind "before" that the reference has behind "after", or the other way round."""
    mine, others = segment.variant, segment.reference
    if not (_TURN.keys() & mine.forms and _TURN.keys() & others.forms):
        return
    if any(is_negator(w) for w in (*mine.words, *others.words)):
        return  # "not until after the flood" is not before it
    for at, word in enumerate(mine.words):
        if word.form not in _TURN or not (said := _lead(mine, at)):
            continue
        there = [k for k, w in enumerate(others.words) if w.form in _TURN and _lead(others, k) == said]
        if len(there) == 1 and others.words[there[0]].form == _TURN[word.form]:
            yield _hit(
                segment,
                Span(word.span.start, mine.words[at + 2].span.end),
                Span(others.words[there[0]].span.start, others.words[there[0] + 2].span.end),
            )


def _lead(side: Side, at: int) -> tuple[str, ...]:
    """Dictionary forms of the first two content words of the clause behind a word, or () where it has fewer."""
    _, last = sentence(side, at, _MARKS)
    if at and side.words[at - 1].lemma in _STRETCHES:
        return ()  # "a day before the vote"
    lead = [w.lemma for w in side.words[at + 1 : min(last, at + _LEAD) + 1] if w.is_content]
    return tuple(lead[:2]) if len(lead) > 1 else ()


def _far_into(segment: AlignedSegment) -> Iterator[Hit]:
    """Times told from the end of something that the reference tells from its start: "five minutes into"."""
    mine, others = segment.variant, segment.reference
    theirs = _told_from(others)
    for value, unit, edge, span in _told_from(mine) if theirs else ():
        same = [t for t in theirs if t[:2] == (value, unit)]
        if len(same) == 1 and same[0][2] != edge:
            yield _hit(segment, span, same[0][3])


def _told_from(side: Side) -> list[tuple[float, str, str, Span]]:
    """(number, unit, "start" or "end", span) of each "ten minutes into" and "ten minutes before the end"."""
    found: list[tuple[float, str, str, Span]] = []
    for q in quantities_of(side):
        if unit_of(side.words, q) is None or q.last + 2 >= len(side.words):
            continue
        behind = [w.form for w in side.words[q.last + 2 : q.last + 5]]
        if behind[0] == "into":
            edge, last = "start", q.last + 2
        elif len(behind) == 3 and behind[1] == "the" and (behind[0], behind[2]) in _FAR:
            edge, last = _FAR[behind[0], behind[2]], q.last + 4
        else:
            continue
        found.append((q.value, side.words[q.last + 1].lemma, edge, Span(q.span.start, side.words[last].span.end)))
    return found


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
        Example(
            "The whistle blew five minutes before the end of the game.",
            "⟦Five minutes into⟧ the game it blew.",
        ),
        Example("They met ten minutes after the start of the parade.", "They met ten minutes into the parade."),
        Example(
            "Some 300 campers were flown out after a flood cut the only bridge.",
            "⟦Before a flood⟧ cut the only bridge, some 300 campers were flown out.",
        ),
        Example("They met before the end of the war.", "They met before the war was over."),
        Example(
            "The vicar left in May; a trial later cleared him of theft.",
            "The vicar left in May, and a trial cleared him of theft afterwards.",
        ),
    ),
)
