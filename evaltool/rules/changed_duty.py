"""What is a duty is only advised or allowed, or the other way round: "advises landlords" for "landlords must".

Four kinds are told apart, in any wording: a duty ("must", "have to", "is obliged", "mandatory"), a permission ("is
allowed", "free to", "voluntary"), advice ("should", "recommends") and that something is not necessary ("need not", "is
not obliged"). The reference's sentence has expressions of one kind only and the variant's of another one only, and both
say the same otherwise. "May", "can" and "could" count as permission before a verb that the reference calls a duty.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, kept, sentence
from evaltool.rules._polarity import is_adverb, is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_DUTY, _LEAVE, _ADVICE, _NEEDLESS, _BANNED = "duty", "permission", "advice", "not necessary", "forbidden"
_DUTIES = frozenset("oblige require compel mandate obligation requirement".split())
_BINDING = frozenset("must compulsory mandatory obligatory obliged required compelled forced".split())
_LEAVES = frozenset("allow permit entitle permission".split())
_FREE = frozenset("optional voluntary voluntarily".split())
_ADVISING = frozenset("advise recommend encourage recommendation".split())
_BANS = frozenset("forbid prohibit ban bar outlaw prohibition".split())
#: With "to" behind them they say a duty.
_WITH_TO = frozenset("have has had need needs needed".split())
#: Whatever can say one of the kinds; nothing else is looked at closely.
_EXPRESSIONS = _DUTIES | _BINDING | _LEAVES | _FREE | _ADVISING | _BANS | _WITH_TO | {"should", "must", "need", "free"}
_MAY = frozenset("may can could".split())
_CONTRARY = frozenset(
    frozenset(pair)
    for pair in ((_DUTY, _LEAVE), (_DUTY, _ADVICE), (_DUTY, _NEEDLESS), (_BANNED, _LEAVE), (_BANNED, _NEEDLESS))
)
#: What supposes something ("should it rain"), and words that say a duty or a wish in other terms.
_LOOSE = frozenset("if unless whether only until till unable".split())
_DUTY_ELSE = frozenset(
    "order instruct demand insist force bind need necessary essential duty ought urge call want".split()
)
#: They deny that it ever was so, or describe it.
_PAST_DENIAL = frozenset("never without".split())
_SHARE, _FEWEST = 0.6, 3
_BACK = 3


@lru_cache(maxsize=64)
def _kinds(side: Side) -> tuple[tuple[int, int, str], ...]:
    """(first, last index, kind) of each expression of a side."""
    found = []
    for at, word in enumerate(side.words):
        lemma, after = verb_lemma(word), side.words[at + 1].form if at + 1 < len(side.words) else ""
        if _EXPRESSIONS.isdisjoint((lemma, word.form)) or (word.is_capitalised and not word.initial):
            continue
        denied = _denied(side, at)
        last = at
        if word.form == "should" and not word.initial:
            kind = "" if denied is not None or is_negator(side.words[min(at + 1, len(side.words) - 1)]) else _ADVICE
        elif word.form == "must" and after in ("not", "never"):
            kind, last = _BANNED, at + 1
        elif word.form in _BINDING or lemma in _DUTIES:
            kind = _DUTY if denied is None else _NEEDLESS
        elif word.form in _WITH_TO and after == "to":
            kind, last = _DUTY if denied is None else _NEEDLESS, at + 1
        elif word.form == "need" and after == "not":
            kind, last = _NEEDLESS, at + 1
        elif lemma in _LEAVES or word.form in _FREE or (word.form == "free" and after == "to"):
            kind = _LEAVE if denied is None else _BANNED
        elif lemma in _ADVISING:
            kind = "" if denied is not None or after == "against" else _ADVICE
        elif lemma in _BANS:
            kind = _BANNED if denied is None else _LEAVE
        else:
            continue
        if denied is not None and side.words[denied].form in _PAST_DENIAL:
            kind = ""
        found.append((at if denied is None else denied, last, kind))
    return tuple(found)


def _denied(side: Side, at: int) -> int | None:
    """The negator that denies an expression, or None."""
    for k in range(at - 1, max(at - _BACK, 0) - 1, -1):
        if any(mark in gap(side, k, k + 1) for mark in ",;:()—–"):
            return None
        if is_negator(side.words[k]):
            return k
        if side.words[k].is_content and not is_adverb(side.words[k]):
            return None
    return None


def _kind(side: Side) -> tuple[int, int, str] | None:
    """The one kind that a side has, or None where it has none, more than one, or one that cannot be told."""
    found = _kinds(side)
    return found[0] if len({kind for *_, kind in found}) == 1 and found[0][2] else None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the expression that makes another thing of a duty."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    mine, other = _kind(ours), _kind(theirs)
    if other is None or asks(theirs, other[1]):
        return
    if mine is None:
        mine = _possible(segment, other) if not _kinds(ours) else None
    if mine is None or frozenset((mine[2], other[2])) not in _CONTRARY or not kept(segment, _SHARE, _FEWEST):
        return
    for side, own in ((ours, mine), (theirs, other)):
        first, last = sentence(side, own[1])
        around = [side.words[k] for k in range(first, last + 1) if not own[0] <= k <= own[1]]
        if any(w.form in _LOOSE or verb_lemma(w) in _DUTY_ELSE or is_negator(w) for w in around):
            return
    said = Span(ours.words[mine[0]].span.start, ours.words[mine[1]].span.end)
    meant = Span(theirs.words[other[0]].span.start, theirs.words[other[1]].span.end)
    yield Hit(
        Severity.MAJOR,
        f"The reference says “{meant.of(theirs.text)}” ({other[2]}); here it is “{said.of(ours.text)}” ({mine[2]}).",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"reference": other[2], "variant": mine[2]},
        confidence=0.8,
    )


def _possible(segment: AlignedSegment, other: tuple[int, int, str]) -> tuple[int, int, str] | None:
    """A "may", "can" or "could" of the variant before the verb that the reference's expression stands before."""
    ours, theirs = segment.variant, segment.reference
    verb = next(
        (k for k in range(other[1] + 1, min(other[1] + 4, len(theirs.words))) if theirs.words[k].is_content), None
    )
    partner = None if verb is None else theirs.partner[verb]
    if partner is None or verb_lemma(ours.words[partner]) != verb_lemma(theirs.words[verb or 0]):
        return None
    for k in range(partner - 1, max(partner - _BACK, 0) - 1, -1):
        if is_negator(ours.words[k]) or is_negator(ours.words[k + 1]):
            return None
        if ours.words[k].form in _MAY:
            return k, partner, _LEAVE
        if ours.words[k].is_content and not is_adverb(ours.words[k]):
            return None
    return None


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "Owners of old boats have to fit a second pump by June.",
            "Owners of old boats are ⟦allowed⟧ to fit a second pump by June.",
            severity=Severity.MAJOR,
        ),
        Example(
            "Under the decree, owners of old boats must fit a second pump by June.",
            "The decree ⟦recommends⟧ that the owners of old boats fit a second pump by June.",
            Profile.PARAPHRASE,
        ),
        Example(
            "Owners of old boats have to fit a second pump by June.",
            "By June a second pump is mandatory for owners of old boats.",
        ),
        Example(
            "Owners of old boats do not have to fit a second pump.",
            "Owners of old boats are not obliged to fit a second pump.",
        ),
    ),
)
