"""How somebody answered is told otherwise: "denied the report" for "declined to comment on the report".

There are four ways of answering a report, a charge or a question: to confirm it, to deny it, to say nothing (declined
to comment, remained silent, would neither confirm nor deny) and not to deny it. Each is known by closed sets of verbs
with what negates them. The reference's sentence answers in one of these ways only and the variant's in another one
only, and both say the same otherwise.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, kept, sentence
from evaltool.rules._polarity import is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_CONFIRMED, _DENIED, _SILENT = "confirmed", "denied", "unanswered"
_UNDENIED, _UNADMITTED = "not denied", "not admitted"
_CONFIRM = frozenset("confirm confirmation".split())
_ADMIT = frozenset("acknowledge admit concede confess".split())
_DENY = frozenset("deny dismiss reject refute rebut contradict dispute disavow denial".split())
#: Verbs that leave a question unanswered where they are denied or declined; "say" only where somebody would not.
_ANSWER = frozenset("comment answer respond reply elaborate drawn say".split())
_QUIET = frozenset("silent mum tight-lipped".split())
_UNWILLING = frozenset("decline refuse unable unwilling impossible".split())
#: What has not happened so far: "yet to be confirmed", "still has to be confirmed".
_NOT_YET = frozenset(
    {("yet", "to"), ("remain", "to"), *(("still", form) for form in "to has have had must needs".split())}
)
_TRUE = frozenset("true correct accurate".split())
#: Ways that do not exclude each other, or that other evidence decides.
_NEAR = frozenset(
    frozenset(pair)
    for pair in (
        (_CONFIRMED, _DENIED),
        (_SILENT, _UNADMITTED),
        (_DENIED, _UNADMITTED),
        (_SILENT, _UNDENIED),
        (_CONFIRMED, _UNDENIED),
    )
)
#: Words at which what stands before is said of something else.
_JOINTS = frozenset("and but who that which while if unless whether as because".split())
_SUPPOSING = frozenset("if unless whether should".split())
#: Whatever can be an answer; nothing else is looked at closely.
_RESPONSES = _ANSWER | _QUIET | _TRUE | _CONFIRM | _ADMIT | _DENY | {"untrue"}
_SHARE, _FEWEST = 0.5, 2
_BACK, _MARKS = 7, ",;:()–—.!?"


@lru_cache(maxsize=64)
def _responses(side: Side) -> tuple[tuple[int, int, str], ...]:
    """(first, last index, way) of each answer of a side."""
    found = []
    for at, word in enumerate(side.words):
        lemma = verb_lemma(word)
        if _RESPONSES.isdisjoint((lemma, word.form)) or (word.is_capitalised and not word.initial):
            continue
        by = _negated(side, at)
        first = at if by is None else min(by, at)
        if word.form in _QUIET or (lemma in _ANSWER and by is not None and _refuses(side, by, at)):
            way = _SILENT
        elif word.form == "untrue" or (word.form in _TRUE and by is not None):
            way = _DENIED
        elif lemma in _CONFIRM:
            way = _CONFIRMED if by is None else _SILENT
        elif lemma in _ADMIT:
            way = _CONFIRMED if by is None else _UNADMITTED
        elif lemma in _DENY:
            way = _DENIED if by is None else _UNDENIED
        else:
            continue
        found.append((first, at, way))
    return tuple(found)


def _negated(side: Side, at: int) -> int | None:
    """The word that denies or declines a verb, before it or behind a "by", or None."""
    agent = [w.form for w in side.words[at + 1 : at + 3]]
    if agent[:1] == ["by"] and agent[1:] and agent[1] in ("neither", "no", "nobody", "none"):
        return at + 2
    for k in range(at - 1, max(at - _BACK, 0) - 1, -1):
        word = side.words[k]
        if any(mark in gap(side, k, k + 1) for mark in _MARKS) or word.form in _JOINTS:
            return None
        if (
            (word.lemma, side.words[k + 1].form) in _NOT_YET
            or is_negator(word)
            or word.form in ("neither", "nor")
            or {word.lemma, word.form} & _UNWILLING
        ):
            return k
    return None


def _refuses(side: Side, by: int, at: int) -> bool:
    """Whether somebody who is said not to answer keeps silent: "would not say", not "did not say"."""
    word = side.words[at]
    if word.form == "comment" and side.words[at - 1].form == "no":
        return True
    if side.words[by].form in ("no", "without"):
        return False
    if verb_lemma(word) != "say":
        return True
    return not is_negator(side.words[by]) or any(w.form == "would" for w in side.words[max(0, by - 2) : at])


def _way(side: Side) -> tuple[int, int, str] | None:
    """The one way in which a side answers, or None where there is none, more than one or only a supposed one."""
    found = _responses(side)
    ways = {way for *_, way in found}
    if {_SILENT, _UNDENIED} == ways and "neither" in side.forms:
        ways = {_SILENT}  # "neither confirmed nor denied"
    if len(ways) != 1:
        return None
    first, last, way = found[0][0], found[-1][1] if "neither" in side.forms else found[0][1], ways.pop()
    start = sentence(side, first, _MARKS)[0]
    return None if any(w.form in _SUPPOSING for w in side.words[start:first]) else (first, last, way)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the answer that is another one."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    mine, other = _way(ours), _way(theirs)
    if mine is None or other is None or mine[2] == other[2] or frozenset((mine[2], other[2])) in _NEAR:
        return
    if asks(ours, mine[1]) or not kept(segment, _SHARE, _FEWEST):
        return
    said = Span(ours.words[mine[0]].span.start, ours.words[mine[1]].span.end)
    meant = Span(theirs.words[other[0]].span.start, theirs.words[other[1]].span.end)
    yield Hit(
        Severity.CRITICAL,
        f"The reference says “{meant.of(theirs.text)}” ({other[2]}); here it is “{said.of(ours.text)}” ({mine[2]}).",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"reference": other[2], "variant": mine[2]},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "The ministry declined to comment on the report about the missing barges.",
            "The ministry ⟦denied⟧ the report about the missing barges.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "A spokesman could not confirm the report that two barges were missing.",
            "The report that two barges were missing was ⟦not true⟧, a spokesman said.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The ministry declined to comment on the report about the missing barges.",
            "On the report about the missing barges the ministry would say nothing.",
        ),
        Example(
            "The owner denied the report about the missing barges.",
            "The report about the missing barges is not true, according to the owner.",
        ),
        Example(
            "Neither the ministry nor the army has confirmed the report.",
            "The report has been confirmed by neither the ministry nor the army.",
        ),
        Example(
            "The find, published in March, has yet to be confirmed by a second laboratory.",
            "The find, which appeared in March, still has to be confirmed by a second laboratory.",
        ),
    ),
)
