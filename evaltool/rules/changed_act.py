"""Somebody does another thing with words: "conceded" for "warned", "ordered" for "urged", "promised" for "refused".

Verbs of speech are grouped by what is done with them: to warn, promise, deny, admit, ask, order, refuse, accuse,
apologise, praise, criticise. A verb of one group stands for one of another group, each the only one of its kind in the
segment, with the same words around it. Accepted are groups that come close, such as to warn and to advise, to admit and
to confirm, and a neutral verb such as "say" for any of them.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.model import Kind, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_negator
from evaltool.rules._slots import anchors
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Word

_ACTS = {
    "warn": "warn caution alert warning",
    "promise": "promise pledge vow guarantee assure swear assurance",
    "deny": "deny dispute refute rebut contradict disavow denial rebuttal",
    "admit": "admit acknowledge concede confess admission confession acknowledgement concession",
    "confirm": "confirm confirmation",
    "ask": "ask urge request appeal plead beg exhort implore plea entreat",
    "demand": "demand",
    "order": "order command instruct forbid instruction",
    "refuse": "refuse decline refusal",
    "threaten": "threaten threat",
    "accuse": "accuse blame accusation",
    "apologise": "apologise apologize apology regret forgive forgiveness pardon sorry",
    "praise": "praise welcome hail applaud thank congratulate commend",
    "criticise": "criticise criticize condemn denounce deplore criticism condemnation",
    "explain": "explain explanation",
    "advise": "advise recommend advice recommendation",
    "announce": "announce announcement",
    "boast": "boast",
    "complain": "complain complaint",
}  # fmt: skip
_ACT = {lemma: act for act, lemmas in _ACTS.items() for lemma in lemmas.split()}
#: Groups of which one cannot stand for the other.
_CONTRARY = frozenset(
    frozenset(pair.split("-"))
    for pair in """
    accuse-admit accuse-praise advise-admit advise-order advise-promise advise-refuse announce-apologise
    announce-ask announce-demand announce-refuse announce-threaten apologise-boast apologise-demand
    apologise-explain apologise-refuse ask-apologise ask-order ask-praise ask-promise boast-admit complain-admit
    complain-praise criticise-admit criticise-praise demand-admit demand-apologise demand-deny demand-promise
    deny-admit deny-apologise deny-boast deny-confirm deny-praise deny-promise order-admit order-promise order-warn
    praise-refuse refuse-admit threaten-apologise threaten-ask threaten-praise threaten-promise warn-admit
    warn-apologise warn-boast warn-deny warn-praise warn-promise warn-refuse
    """.split()
)
#: They may deny what they are said of.
_REJECTING = frozenset("insist maintain reject dismiss protest innocence contend untrue baseless".split())
_BARRING = frozenset("if whether could would might may should can".split())
_SHARE, _FEWEST = 0.5, 2


def _act(side: Side, at: int) -> str | None:
    """What is done with a verb of speech, or None."""
    word = side.words[at]
    return _ACT.get(verb_lemma(word)) or _ACT.get(word.lemma)


@lru_cache(maxsize=64)
def _acts(side: Side) -> tuple[tuple[int, str], ...]:
    return tuple((k, act) for k in range(len(side.words)) if (act := _act(side, k)))


def _told(side: Side, at: int) -> bool:
    """Whether a verb tells what somebody did: a past or third person form, neither denied nor only supposed."""
    word: Word = side.words[at]
    if word.form == word.lemma or (word.is_capitalised and not word.initial):
        return False
    first, _ = sentence(side, at, ",;:()–—")
    return not any(is_negator(w) or w.form in _BARRING for w in side.words[max(first, at - 4) : at])


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first act of speech that is another one."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    own, known = _acts(ours), _acts(theirs)
    if not own or not known:
        return
    acts, meant = {a for _, a in own}, {a for _, a in known}
    if ours.lemmas & _REJECTING:
        acts.add("deny")
    if theirs.lemmas & _REJECTING:
        meant.add("deny")
    for i, act in own:
        if act in meant or not _told(ours, i) or asks(ours, i) or not any(_contrary(act, a) for a in meant):
            continue
        for j, other in known:
            if other in acts or not _contrary(act, other) or not _told(theirs, j):
                continue
            if (ours.partner[i] == j or any(anchors(segment, i, j)) or len(own) == len(known) == 1) and _kept(
                segment, i, j
            ):
                yield _hit(segment, i, j, act, other)
                return


def _contrary(one: str, two: str) -> bool:
    return frozenset((one, two)) in _CONTRARY


def _kept(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the sentences of two verbs say the same otherwise."""
    ours, theirs = segment.variant, segment.reference
    first, last = sentence(ours, i, ";")
    start, end = sentence(theirs, j, ";")
    content = [k for k in range(first, last + 1) if k != i and (ours.words[k].is_content or ours.words[k].is_number)]
    linked = [k for k in content if (p := ours.partner[k]) is not None and start <= p <= end]
    return len(linked) >= _FEWEST and len(linked) >= _SHARE * len(content)


def _hit(segment: AlignedSegment, i: int, j: int, act: str, other: str) -> Hit:
    word, meant = segment.variant.words[i], segment.reference.words[j]
    return Hit(
        Severity.MAJOR,
        f"The reference says “{meant.text}”; “{word.text}” does another thing with words.",
        variant_span=word.span,
        reference_span=meant.span,
        suggestion=meant.text,
        evidence={"act": act, "meant": other},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "The harbour master warned that a second barge could sink before the end of the week.",
            "A second barge could go down before the week is out, the harbour master ⟦promised⟧.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The harbour master warned that a second barge could sink before the end of the week.",
            "The harbour master cautioned that a second barge might sink before the week was out.",
        ),
    ),
)
