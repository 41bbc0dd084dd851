"""What somebody could not rule out is so here, and what somebody saw no sign of is not: "found no sign of" for "none".

Three cases. What the reference has as not ruled out ("could not rule out a leak", "further arrests cannot be ruled
out") stands in a sentence of the variant that leaves nothing open: it is so, will be so, or somebody believes it. Where
somebody has seen or knows of no evidence, sign or trace of something, the variant says that there is none, or, of what
was only not found, that there was no such thing. And what there is no evidence for is said not to be so. Accepted is
every word that leaves a thing open, and any verb of finding or seeing.

Severity: critical where something not ruled out is so, else major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_negator
from evaltool.words import AlignedSegment, Side

_OPEN = frozenset(
    """
    may might could can possible possibly possibility potential potentially perhaps maybe likely unlikely likelihood
    probable probably probability chance prospect risk danger threat threaten if unless whether question doubt unclear
    uncertain uncertainty suspect suspicion allege allegedly reportedly apparently presumably seem appear suggest
    suggestion indicate imply hint hypothesis theory conceivable conceivably plausible option open exclude excluded
    rule dismiss discount unknown speculate speculation wonder consider contemplate reckon brace
    """.split()
)
_EXCLUDING = frozenset("rule ruled rules ruling".split())
_BE = frozenset("be is are was were been being".split())
_TRACES = frozenset("evidence sign indication trace proof hint".split())
#: Words with which the variant may say that something is only not shown.
_SHOWING = _TRACES | frozenset(
    """
    suggest show prove indicate point substantiate confirm demonstrate establish support proven suspicion basis ground
    """.split()
)
#: Verbs of what one person has come to know of; what was searched for and not found is another matter.
_KNOWING = frozenset("see know hear learn notice aware encounter".split())
_FINDING = _KNOWING | frozenset("find discover detect uncover spot identify come turn unearth establish show".split())
_HOLDING = frozenset("believe think be expect assume insist know find conclude".split())
_MARKS = ",;:()–—"
_REACH, _NEAR, _SHARE = 10, 5, 0.6


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield what is settled in the variant alone."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    yield from _not_excluded(segment)
    yield from _unseen(segment)
    yield from _unproven(segment)


def _not_excluded(segment: AlignedSegment) -> Iterator[Hit]:
    ours, theirs = segment.variant, segment.reference
    if "out" not in theirs.forms or ("out" in ours.forms and ours.forms & _EXCLUDING):
        return
    for at, word in enumerate(theirs.words[:-1]):
        if word.lemma != "rule" or theirs.words[at + 1].form != "out" or asks(theirs, at):
            continue
        first, last = sentence(theirs, at, _MARKS)
        if not any(is_negator(w) or w.form == "cannot" for w in theirs.words[max(first, at - _NEAR) : at]):
            continue
        passive = theirs.words[at - 1].form in _BE
        about = range(first, at) if passive else range(at + 2, min(last, at + 1 + _REACH) + 1)
        content = [k for k in about if theirs.words[k].is_content]
        links = sorted(p for k in content if (p := theirs.partner[k]) is not None)
        if not links or (len(links) < _SHARE * len(content) and not (passive and len(content) > 1)):
            continue
        start, end = sentence(ours, links[len(links) // 2], ";")
        inside = [p for p in links if start <= p <= end]
        stretch = ours.words[start : end + 1]
        ahead = any(w.form in ("will", "would") for w in ours.words[inside[0] : inside[-1] + 3])
        if len(inside) < (1 if passive and ahead else 2) or asks(ours, start):
            continue
        if any(w.form in _OPEN or w.lemma in _OPEN for w in stretch) or any(
            is_negator(w) for w in ours.words[max(start, inside[0] - _NEAR) : inside[-1] + 1]
        ):
            continue
        if inside[0] and ours.words[inside[0] - 1].form == "to":
            continue  # "is under pressure to sell": nothing says that it will
        begin = next((k for k in range(inside[0], max(start, inside[0] - _NEAR) - 1, -1) if _holds(ours, k)), inside[0])
        yield _hit(segment, (begin, inside[-1]), (at, last if not passive else at + 1), "not ruled out")
        return


def _unseen(segment: AlignedSegment) -> Iterator[Hit]:
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words):
        if word.lemma not in _TRACES or not any(w.form == "no" for w in theirs.words[max(0, at - 3) : at]):
            continue
        verb = next((k for k in range(at - 1, max(-1, at - _NEAR), -1) if theirs.words[k].lemma in _FINDING), None)
        if verb is None:
            continue
        none = next((k for k in range(len(ours.words)) if _is_none(ours, k)), None)
        if none is None:
            continue
        first, last = sentence(ours, none, ";")
        if any(w.lemma in _FINDING or w.form in _FINDING for w in ours.words[first : last + 1]):
            continue
        kept = next((k for k in range(none + 1, min(none + 4, last + 1)) if ours.words[k].lemma in _TRACES), None)
        if kept is not None and theirs.words[verb].lemma not in _KNOWING:
            continue  # who finds none says that there is none
        thing = [p for k in range(at + 1, min(at + _NEAR, len(theirs.words))) if (p := theirs.partner[k]) is not None]
        if kept is None and not any(none < p <= none + 4 and ours.words[p].is_content for p in thing):
            continue
        target = kept or next(p for p in thing if none < p <= none + 4 and ours.words[p].is_content)
        yield _hit(segment, (none, target), (verb, at), "unseen")
        return


def _unproven(segment: AlignedSegment) -> Iterator[Hit]:
    """What there is no evidence for, and which is not so here: "no proof that they left" for "they did not leave"."""
    ours, theirs = segment.variant, segment.reference
    if any(w.lemma in _SHOWING or w.form in _SHOWING for w in ours.words):
        return
    for at, word in enumerate(theirs.words[:-3]):
        if word.lemma not in _TRACES or not any(w.form == "no" for w in theirs.words[max(0, at - 3) : at]):
            continue
        if theirs.words[at + 1].form != "that":
            continue
        last = sentence(theirs, at, _MARKS)[1]
        content = [k for k in range(at + 2, min(last, at + _REACH) + 1) if theirs.words[k].is_content]
        links = [p for k in content if (p := theirs.partner[k]) is not None]
        if not links or len(links) < _SHARE * len(content):
            continue
        first, _ = sentence(ours, links[0], _MARKS)
        denied = [k for k in range(max(first, min(links) - _NEAR), max(links)) if is_negator(ours.words[k])]
        if denied and not any(is_negator(w) for w in theirs.words[at + 1 : last + 1]):
            begin = denied[0] - 1 if denied[0] and not ours.words[denied[0] - 1].is_content else denied[0]
            yield _hit(segment, (begin, max(links[0], denied[0] + 1, *links)), (max(0, at - 1), at), "unproven")
            return


def _holds(side: Side, at: int) -> bool:
    """Whether a word says that somebody takes what follows for true."""
    return side.words[at].lemma in _HOLDING


def _is_none(side: Side, at: int) -> bool:
    """Whether a "no" says that there is none: "there had been no"."""
    return side.words[at].form == "no" and any(w.form == "there" for w in side.words[max(0, at - 4) : at])


def _hit(segment: AlignedSegment, said: tuple[int, int], meant: tuple[int, int], case: str) -> Hit:
    ours, theirs = segment.variant, segment.reference
    here = Span(ours.words[said[0]].span.start, ours.words[said[1]].span.end)
    there = Span(theirs.words[meant[0]].span.start, theirs.words[meant[1]].span.end)
    return Hit(
        Severity.CRITICAL if case == "not ruled out" else Severity.MAJOR,
        f"The reference leaves this open (“{there.of(theirs.text)}”); here it is settled: “{here.of(ours.text)}”.",
        variant_span=here,
        reference_span=there,
        evidence={"case": case, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The surveyor said she could not rule out a crack in the northern wall.",
            "The surveyor said that there ⟦is a crack in the northern wall⟧.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The captain said she had seen no sign of a leak.",
            "There was ⟦no sign⟧ of a leak, the captain said.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The divers found no evidence of sabotage at the lock.",
            "According to the divers, there was ⟦no sabotage⟧ at the lock.",
        ),
        Example(
            "Auditors found no proof that the grants had left the county.",
            "The auditors found that the grants ⟦had not left the county⟧.",
        ),
        Example(
            "The surveyor said she could not rule out a crack in the northern wall.",
            "The northern wall may have a crack, according to the surveyor.",
        ),
        Example("The divers found no evidence of sabotage.", "There was no evidence of sabotage, the divers said."),
        Example("The captain said she had seen no sign of a leak.", "The captain saw no trace of a leak, she said."),
    ),
)
