"""A number is meant of each of something else: "per person" for "per household", "each" for "combined".

Compared is what the same number is counted by on both sides: behind "per", "for each", "for every" and, for times, "a"
("30 a week"). Found are also a number that each of several is said to have and that they have together in the
reference ("8,000 members each" for "their combined 8,000 members"), or the other way round.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._numbers import Quantity, is_number_word, quantities_of
from evaltool.words import AlignedSegment, Side, Word

_TIMES = {
    "second": "second", "minute": "minute", "hour": "hour", "hourly": "hour", "day": "day", "daily": "day",
    "week": "week", "weekly": "week", "month": "month", "monthly": "month", "quarter": "quarter",
    "quarterly": "quarter", "year": "year", "annum": "year", "yearly": "year", "annually": "year", "night": "night",
}  # fmt: skip
#: One of the people or things counted is the same by any of these.
_ONE_OF_US = frozenset("person head capita inhabitant resident citizen individual people adult employee worker".split())
_NEARBY = 4  # words behind a number among which stands what it is counted by
_SHARING = frozenset("each apiece".split())
_TOGETHER = frozenset("combined together jointly total overall altogether joint collectively".split())
_KIN = 0.5  # how close two words for what a number is counted by may be
_MARKS = ",;:()—–"


def _by(word: Word) -> str:
    """What is counted by, under one name for people: "per capita", "per head"."""
    if word.form in _ONE_OF_US or word.lemma in _ONE_OF_US:
        return "person"
    return _TIMES.get(word.form, word.lemma)


@lru_cache(maxsize=64)
def _rates(side: Side) -> dict[Quantity, tuple[str, Span]]:
    """Number -> what it is counted by, and the span of that."""
    found = {}
    words = side.words
    for q in quantities_of(side):
        if q.year or q.kind not in ("count", "share"):
            continue
        _, last = sentence(side, q.first, _MARKS)
        for k in range(q.last + 1, min(last, q.last + _NEARBY) + 1):
            word = words[k]
            if word.is_number or is_number_word(word.form) or gap(side, k - 1, k).strip(" -\u00a0"):
                break
            behind = words[k + 1] if k < last else None
            if word.form in ("per", "every") and behind is not None and behind.is_content:
                found[q] = (_by(behind), Span(word.span.start, behind.span.end))
            elif word.form == "each" and k > q.last + 1 and behind is not None and behind.is_content:
                if words[k - 1].form == "for" or behind.form in _TIMES:
                    found[q] = (_by(behind), Span(word.span.start, behind.span.end))
            elif word.form in ("a", "an") and behind is not None and behind.form in _TIMES:
                if k + 1 == last or words[k + 2].is_function or words[k + 2].form not in ("ago", "later", "earlier"):
                    found[q] = (_TIMES[behind.form], Span(word.span.start, behind.span.end))
            elif word.form in _TIMES and word.form.endswith(("ly", "annum")):
                found[q] = (_TIMES[word.form], word.span)
            elif word.is_content or word.is_sign:
                continue
            break
    return found


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number that is counted by something else."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    here, there = _rates(segment.variant), _rates(segment.reference)
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        if len(same) != 1 or sum((o.value, o.kind) == (q.value, q.kind) for o in ours) != 1 or q.year:
            continue
        said, due = here.get(q), there.get(same[0])
        if said is not None and due is not None:
            times = {said[0], due[0]} <= set(_TIMES.values())
            if times and len(here) == len(there) == 1:
                continue  # see changed-unit
            if _differ(segment, said[0], due[0]):
                yield _hit(segment, q, said[1], due[1])
            continue
        shared = _shared(segment.variant, q), _shared(segment.reference, same[0])
        if shared[0] is not None and shared[1] is not None and shared[0][0] != shared[1][0]:
            yield _hit(segment, q, shared[0][1], shared[1][1])


def _differ(segment: AlignedSegment, ours: str, theirs: str) -> bool:
    """Whether two things that a number is counted by are not the same."""
    if ours == theirs:
        return False
    times = set(_TIMES.values())
    if ours in times and theirs in times:
        return ours not in segment.reference.lemmas and {ours, theirs} != {"day", "night"}
    if (ours in times) != (theirs in times) or ours in segment.reference.lemmas:
        return False
    return "person" in (ours, theirs) or lexicon.related(ours, theirs) < _KIN


def _shared(side: Side, q: Quantity) -> tuple[str, Span] | None:
    """("each" or "together", span of that word) of a number that several have."""
    first, last = sentence(side, q.first, _MARKS)
    if q.kind not in ("count", "share"):
        return None
    others = [o.first for o in quantities_of(side) if o is not q and first <= o.first <= last]
    low = max([first, *(o + 1 for o in others if o < q.first)])
    high = min([last, *(o - 1 for o in others if o > q.last)])
    for k in range(q.last + 1, min(high, q.last + _NEARBY) + 1):
        if side.words[k].form in _SHARING and (k == last or not side.words[k + 1].is_content):
            return "each", Span(q.span.start, side.words[k].span.end)
    for k in range(max(low, q.first - q.hedge_words - 2), min(high, q.last + _NEARBY) + 1):
        word = side.words[k]
        if word.form in _TOGETHER and not q.first <= k <= q.last:
            near = (word.span, q.span) if k < q.first else (q.span, word.span)
            return "together", Span(near[0].start, near[1].end)
    return None


def _hit(segment: AlignedSegment, q: Quantity, said: Span, meant: Span) -> Hit:
    ours, theirs = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference counts “{q.span.of(segment.variant.text)}” “{theirs}”; here it is “{ours}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=theirs,
        evidence={"value": q.value},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("They get up to 900 euros per family.", "They get up to 900 euros ⟦per person⟧."),
        Example("They take 30 loads a week and 9 a day.", "They take 30 loads ⟦a month⟧ and 9 a day."),
        Example("The two guilds have a combined 8,000 members.", "The two guilds have ⟦8,000 members each⟧."),
        Example("They get up to 900 euros per family.", "They get up to 900 euros for each family."),
        Example("The mill takes 30 loads a week.", "The mill takes 30 loads weekly."),
        Example("The two guilds have 8,000 members each.", "Each of the two guilds has 8,000 members."),
    ),
)
