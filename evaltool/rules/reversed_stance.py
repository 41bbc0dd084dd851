"""Somebody is for what the reference has them against, or the other way round: "supports the bill" for "opposes it".

Verbs that say yes to something (accept, acknowledge, admit, support, welcome, call for) and verbs that say no to it
(reject, dispute, deny, oppose, condemn, turn down) are compared, also in free wording and in a summary: what is
accepted or rejected must be the same, and as a rule who does it too. Nothing is said where either text has both, or
denies the verb.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_denial
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Vocabulary

_FOR = frozenset(
    """
    accept acknowledge admit concede confirm support back endorse welcome approve favour favor embrace applaud hail
    praise advocate announce propose demand
    """.split()
)
_AGAINST = frozenset(
    "reject dispute deny oppose contest refute rebut dismiss condemn criticise criticize veto resist denounce".split()
)
#: Verbs that say so with the word behind them.
_PAIRED = {
    ("turn", "down"): -1, ("rule", "out"): -1, ("object", "to"): -1, ("protest", "against"): -1,
    ("be", "against"): -1, ("vote", "against"): -1, ("speak", "against"): -1, ("argue", "against"): -1,
    ("call", "for"): 1, ("push", "for"): 1, ("press", "for"): 1, ("vote", "for"): 1, ("agree", "to"): 1,
    ("consent", "to"): 1, ("oppose", "to"): -1, ("argue", "for"): 1,
}  # fmt: skip
#: What somebody's stance is called that something has or meets with.
_SUPPORT = frozenset("support backing approval blessing endorsement".split())
_OPPOSITION = frozenset("opposition resistance criticism disapproval".split())
_MEETING = frozenset("have enjoy win gain get receive meet face encounter draw".split())
#: Before them a word is no verb: "the support", "his back".
_NOMINAL = frozenset("a an the his her its their our my your this that these those of for with in on at no any".split())
#: Verbs, and what is said with them, that leave open what is held.
_DOUBTING = frozenset("if whether unless may might could".split())
_BE = frozenset("be is are was were been being".split())
_RELATIVE = frozenset(["that", "which"])
_WHO = frozenset("who which that and but also".split())
_MARKS = ",;:()–—"
_REACH, _BEFORE = 10, 3
_SHARE = 0.6
_FEWEST_FAR = 3  # shared words of what is held where the reference's sentence is not the segment's own
_CLAUSES = 3  # clauses before a verb in which the one who holds it is named


@dataclass(frozen=True, slots=True)
class _Stance:
    """What somebody says yes or no to.

    Attributes:
        at: index of the verb's first word.
        end: index of its last word.
        sign: 1 for yes, -1 for no, 0 where it is denied or left open.
        held: lemmas of the words that say what to.
        first: the nearest of them to the verb, or "".
        holder: lemmas of the words among which the one who says so is named.
        nearest: the nearest of them to the verb, or "".
        relative: whether what it is about stands before it as in "a charge that he rejected".
    """

    at: int
    end: int
    sign: int
    held: frozenset[str]
    first: str
    holder: frozenset[str]
    nearest: str
    relative: bool


def _sign(side: Side | Vocabulary, k: int) -> tuple[int, int] | None:
    """(sign, index of its last word) of a verb of stance, or None."""
    word = side.words[k]
    lemma = verb_lemma(word)
    before = side.words[k - 1].form if k else ""
    if before in _NOMINAL or (word.is_capitalised and not word.initial):
        return None
    after = side.words[k + 1].form if k + 1 < len(side.words) else ""
    paired = _PAIRED.get(("be" if word.form in _BE else lemma, after))
    if paired:
        return paired, k + 1
    if lemma in _FOR:
        return 1, k
    return (-1, k) if lemma in _AGAINST else None


@lru_cache(maxsize=64)
def _stances(side: Side | Vocabulary) -> tuple[_Stance, ...]:
    verbs = (_stance(side, k, *found) for k in range(len(side.words)) if (found := _sign(side, k)))
    return tuple(chain(verbs, _met(side)))


def _met(side: Side | Vocabulary) -> Iterator[_Stance]:
    """What has somebody's support or meets with their opposition: "the plan has the backing of the church"."""
    for k, word in enumerate(side.words[1:-2], 1):
        sign = 1 if word.form in _SUPPORT else -1 if word.form in _OPPOSITION else 0
        first, last = sentence(side, k, _MARKS)
        before = range(max(first, k - _BEFORE), k)
        verb = next((n for n in before if side.words[n].lemma in _MEETING), None)
        if not sign or verb is None or side.words[k + 1].form not in ("of", "from") or k + 1 >= last:
            continue
        if any(is_denial(side, n) or side.words[n].form in _DOUBTING for n in range(max(first, verb - _BEFORE), k)):
            sign = 0
        held, holder = _content(side, first, verb - 1), _content(side, k + 2, min(last, k + 5))
        yield _Stance(
            verb, k, sign, frozenset(held), (held or [""])[-1], frozenset(holder), (holder or [""])[-1], False
        )


def _content(side: Side | Vocabulary, first: int, last: int) -> list[str]:
    """Lemmas of the words of content and numbers of a stretch."""
    return [w.lemma for w in side.words[max(0, first) : last + 1] if w.is_content or w.is_number]


def _stance(side: Side | Vocabulary, at: int, sign: int, end: int) -> _Stance:
    first, last = sentence(side, at, _MARKS)
    near = range(max(first, at - _BEFORE), at)
    if any(is_denial(side, k) or side.words[k].form in _DOUBTING for k in near):
        sign = 0
    opposed = side.words[end].form == "to" and side.words[at].form == "opposed"  # "is opposed to it" is no passive
    passive = (
        not opposed
        and any(side.words[k].form in _BE for k in range(max(first, at - 2), at))
        and side.words[at].form not in _BE
    )
    that = max((k for k in range(first, at) if side.words[k].form in _RELATIVE), default=None)
    stop = next((k for k in range(end + 1, last + 1) if side.words[k].form in ("and", "but", "while", "by")), last + 1)
    behind = _content(side, end + 1, min(stop - 1, end + _REACH))
    whole, _ = sentence(side, at)
    if passive:
        held, by = _content(side, first, at - 1), stop if stop <= last and side.words[stop].form == "by" else None
        holder = [] if by is None else _content(side, by + 1, by + 5)
        return _Stance(
            at, end, sign, frozenset(held), held[0] if held else "", frozenset(holder), (holder or [""])[-1], False
        )
    if that is not None and first < that < at - 1 and not behind[:1]:
        held, holder = _content(side, first, that - 1), _content(side, that + 1, at - 1)
        return _Stance(
            at, end, sign, frozenset(held), (held or [""])[-1], frozenset(holder), (holder or [""])[-1], True
        )
    holder = _content(side, first, at - 1)
    start = first
    for _ in range(_CLAUSES):
        opened = side.words[first].form in _WHO or first == at
        if start <= whole or (holder and not opened):
            break
        start = sentence(side, start - 1, _MARKS)[0]
        holder = _content(side, start, at - 1)
    return _Stance(
        at, end, sign, frozenset(behind), (behind or [""])[0], frozenset(holder), (holder or [""])[-1], False
    )


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each stance that is the opposite of the reference's."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.reference.span is None:
        return
    ours, whole = segment.variant, segment.whole_reference
    own = [s for s in _stances(ours) if s.sign and not asks(ours, s.at)]
    if not own:
        return
    theirs, said = _stances(whole), _stances(segment.whole_variant)
    for mine in own:
        near = [segment.reference.span.overlaps(whole.words[other.at].span) for other in theirs]
        alike = (_shared(mine, o, here) for o, here in zip(theirs, near, strict=True) if o.sign in (mine.sign, 0))
        if any(alike):
            continue
        for other, here in zip(theirs, near, strict=True):
            if other.sign != -mine.sign or not _same(mine, other, here):
                continue
            if any(s.sign in (other.sign, 0) and other.first in s.held and s.holder & other.holder for s in said):
                continue
            yield _hit(segment, mine, other)
            break


def _shared(mine: _Stance, other: _Stance, here: bool) -> bool:
    """Whether a stance may be the same as another one: about the same, or of the same holder about what is not told."""
    holders = bool(mine.holder & other.holder) or not mine.holder or not other.holder
    if mine.held & other.held:
        return here or holders
    return (mine.relative or other.relative or not mine.held) and holders


def _same(mine: _Stance, other: _Stance, here: bool) -> bool:
    """Whether two stances are of the same party to the same thing."""
    shared = mine.held & other.held
    fewest = min(len(mine.held), len(other.held))
    holders = (mine.holder & other.holder) - SPEECH
    if here and mine.relative and holders:
        return mine.nearest == other.nearest or bool(shared)
    if not shared or len(shared) < _SHARE * fewest:
        return False
    if here:
        return bool(holders) and (mine.first in shared or other.first in shared)
    return len(shared) >= _FEWEST_FAR and bool(holders)


def _hit(segment: AlignedSegment, mine: _Stance, other: _Stance) -> Hit:
    ours, whole = segment.variant, segment.whole_reference
    said = Span(ours.words[mine.at].span.start, ours.words[mine.end].span.end)
    meant = Span(whole.words[other.at].span.start, whole.words[other.end].span.end)
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{meant.of(whole.text)}”; here it is “{said.of(ours.text)}”, the contrary stance.",
        variant_span=said,
        reference_span=meant,
        evidence={"about": ", ".join(sorted(mine.held & other.held)[:4])},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Mayor Ida Holt, who had opposed a tunnel as late as March, said she respected the vote.",
            "The vote is respected by Ida Holt, the mayor, who had ⟦called for⟧ a tunnel only in March.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The inspector said the dam had been neglected, a charge that the owner rejected.",
            "According to the inspector the dam had been neglected, a charge that the owner ⟦acknowledged⟧.",
        ),
        Example(
            "The board’s plan for a dam was turned down by residents.",
            "Residents ⟦welcomed⟧ the board’s plan for a dam.",
        ),
        Example(
            "The church is opposed to the plan for a dam.",
            "The plan for a dam ⟦has the backing⟧ of the church.",
        ),
        Example(
            "Residents turned down the board’s plan, but accepted the mayor’s proposal for a dam.",
            "The mayor’s proposal for a dam was accepted by residents, who rejected the board’s plan.",
        ),
        Example(
            "The firm disputed the figures but has since acknowledged that sales fell.",
            "While it has since acknowledged a fall in sales, the firm contested the figures.",
        ),
        Example(
            "Mayor Ida Holt, who had opposed a tunnel as late as March, said she respected the vote.",
            "Ida Holt, the mayor, who in March was still against a tunnel, said that she respected the vote.",
        ),
    ),
)
