"""A set phrase stands for its opposite: "at his own request" for "against his will", "again" for "for the first time".

Set phrases that exclude each other are listed in groups: whether somebody agreed, whether it happened before, in public
or not, by day or by night, in cash or by card, for now or for good, by land, sea, air or rail. The reference's sentence
has phrases of one such kind and the variant's of another one, each of which the other text does not have, and the words
around the one have their counterparts around the other. Nothing is said where only one of the two is denied, nor of
"for the first time since".

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_denial
from evaltool.words import AlignedSegment, Side, Vocabulary

_WHOSE = frozenset("my your his her its our their one's".split())
#: Groups of kinds that exclude each other; "*" stands for "his", "her" and the like.
_GROUPS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        ("against * will", "against * wishes", "under duress", "under compulsion", "involuntarily", "forcibly"),
        ("at * own request", "at * request", "of * own accord", "of * own free will", "voluntarily", "willingly"),
    ),
    (
        ("for the first time",),
        ("again", "once more", "once again", "yet again", "for the second time", "for the last time"),
    ),
    (
        ("in public", "publicly", "openly", "in open court", "on the record"),
        ("in private", "privately", "behind closed doors", "in camera", "in secret", "secretly", "off the record"),
    ),
    (
        ("by mistake", "by accident", "accidentally", "mistakenly", "inadvertently", "unintentionally", "in error"),
        ("deliberately", "on purpose", "intentionally", "knowingly", "wilfully", "willfully"),
    ),
    (
        ("free of charge", "for free", "at no cost", "without charge", "at no charge"),
        ("for a fee", "against payment", "at a charge", "for a charge"),
    ),
    (
        ("for the time being", "temporarily", "provisionally", "for now", "for the moment", "on a temporary basis"),
        ("permanently", "for good", "definitively", "forever", "for ever", "once and for all", "on a permanent basis"),
    ),
    (
        ("unanimously", "by consensus", "without a dissenting vote"),
        ("by a narrow majority", "by a slim majority", "by a single vote", "by one vote"),
    ),
    (("in person",), ("by video link", "by videolink", "remotely", "by telephone", "online")),
    (("on schedule", "on time", "punctually"), ("behind schedule", "belatedly", "with a delay", "too late")),
    (("ahead of schedule",), ("behind schedule", "on schedule")),
    (("in advance", "beforehand", "ahead of time"), ("in hindsight", "afterwards", "after the event", "retroactively")),
    (
        ("immediately", "at once", "with immediate effect", "straight away", "without delay"),
        ("gradually", "step by step", "at a later date", "little by little", "in the long term"),
    ),
    (("suddenly", "abruptly", "overnight"), ("gradually", "step by step", "little by little", "over time")),
    (("in writing", "in a letter"), ("orally", "verbally", "by word of mouth")),
    (("anonymously", "on condition of anonymity"), ("by name", "under * own name", "under * real name")),
    (("in cash",), ("by card", "by cheque", "by check", "by bank transfer", "in kind", "in instalments")),
    (
        ("by day", "during the day", "in daylight", "in broad daylight", "by daylight"),
        ("by night", "at night", "during the night", "after dark", "under cover of darkness"),
    ),
    (("by road", "overland", "by land"), ("by sea", "by ship", "by boat"), ("by air", "by plane"), ("by rail",)),
    (("ashore", "on land"), ("at sea",)),
    (("on bail",), ("in custody", "on remand", "behind bars", "in detention")),
    (("above ground",), ("below ground", "underground")),
    (("full time", "full-time"), ("part time", "part-time")),
    (("at a profit",), ("at a loss",)),
    (("on duty",), ("off duty",)),
    (("under control",), ("out of control",)),
    (("at home", "domestically"), ("abroad", "overseas")),
    (
        ("denied access", "refused access", "denied entry", "refused entry", "barred from entering"),
        ("given access", "granted access", "gained access", "granted entry", "allowed access", "allowed to enter"),
    ),
    (
        ("came into force", "entered into force", "took effect", "came into effect", "comes into force"),
        ("expired", "lapsed", "ran out", "was repealed", "expires"),
    ),
    (("for the better",), ("for the worse",)),
    (
        ("brought forward", "bring forward", "moved forward", "bring it forward"),
        ("postponed", "postpone", "put off", "pushed back", "delayed", "delay"),
    ),
    (
        ("boycotted", "boycott", "boycotts", "stayed away from", "stay away from"),
        ("took part in", "take part in", "takes part in", "participated in", "attended", "attend", "joined"),
    ),
    (("in the majority",), ("in the minority",)),
    (("on foot",), ("by car", "by bus", "by taxi", "by bicycle", "on horseback")),
    (("by hand", "manually"), ("by machine", "automatically", "mechanically")),
)
#: A phrase's words -> its groups, and which kind it is in each.
_PHRASES: dict[tuple[str, ...], list[tuple[int, int]]] = {}
for _group, _kinds in enumerate(_GROUPS):
    for _kind, _phrases in enumerate(_kinds):
        for _phrase in _phrases:
            _PHRASES.setdefault(tuple(_phrase.replace("-", " ").split()), []).append((_group, _kind))
_OPENERS = frozenset(phrase[0] for phrase in _PHRASES)
_LONGEST = max(map(len, _PHRASES))
_REACH = 6  # words to each side of a phrase that must have their counterparts around the other one
_KEPT = 0.5  # share of them


class _Found(NamedTuple):
    """A set phrase: its first and last word, and its kinds by group."""

    first: int
    last: int
    kinds: tuple[tuple[int, int], ...]


@lru_cache(maxsize=64)
def _found(side: Side | Vocabulary) -> tuple[_Found, ...]:
    """The set phrases of a side or a text."""
    if not _OPENERS & side.forms:
        return ()
    forms = ["*" if word.form in _WHOSE or word.text.endswith(("'s", "’s")) else word.form for word in side.words]
    out: list[_Found] = []
    for k, form in enumerate(forms):
        if form not in _OPENERS or (out and k <= out[-1].last):
            continue
        for length in range(min(_LONGEST, len(forms) - k), 0, -1):
            kinds = _PHRASES.get(tuple(forms[k : k + length]))
            if kinds and forms[k + length : k + length + 1] != ["since"]:
                out.append(_Found(k, k + length - 1, tuple(kinds)))
                break
    return tuple(out)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each set phrase that excludes what the reference says."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = _found(segment.variant), _found(segment.reference)
    if not ours or not theirs:
        return
    for group in range(len(_GROUPS)):
        mine = [(f, kind) for f in ours for g, kind in f.kinds if g == group]
        others = [(f, kind) for f in theirs for g, kind in f.kinds if g == group]
        if len(mine) != 1 or len(others) != 1 or mine[0][1] == others[0][1]:
            continue
        (said, kind), (due, meant) = mine[0], others[0]
        if _has(segment.whole_reference, (group, kind)) or _has(segment.whole_variant, (group, meant)):
            continue
        if _denials(segment.variant, said) != _denials(segment.reference, due):
            continue  # "was refused bail", "must stay behind bars"
        if asks(segment.variant, said.first) == asks(segment.reference, due.first) and _in_place(segment, said, due):
            yield _hit(segment, said, due)


def _has(whole: Vocabulary, kind: tuple[int, int]) -> bool:
    """Whether a text has a set phrase of a kind anywhere."""
    return any(kind in found.kinds for found in _found(whole))


def _denials(side: Side, phrase: _Found) -> list[str]:
    """What denies in the sentence of a phrase, which makes something else of it."""
    first, last = sentence(side, phrase.first, ";:")
    own = range(phrase.first, phrase.last + 1)
    return sorted(side.words[k].lemma for k in range(first, last + 1) if k not in own and is_denial(side, k))


def _around(side: Side, phrase: _Found) -> list[int]:
    """Indexes of the content words near a phrase, in its sentence."""
    first, last = sentence(side, phrase.first, ";")
    near = chain(
        range(max(first, phrase.first - _REACH), phrase.first),
        range(phrase.last + 1, min(last, phrase.last + _REACH) + 1),
    )
    return [k for k in near if side.words[k].is_content or side.words[k].is_number]


def _in_place(segment: AlignedSegment, said: _Found, due: _Found) -> bool:
    """Whether enough of what stands around the one phrase is linked to the sentence of the other."""
    ours, theirs = segment.variant, segment.reference
    around = _around(theirs, due)
    first, last = sentence(ours, said.first, ";")
    kept = sum((p := theirs.partner[k]) is not None and first <= p <= last for k in around)
    return bool(around) and kept >= _KEPT * len(around)


def _hit(segment: AlignedSegment, said: _Found, due: _Found) -> Hit:
    spans = [
        Span(side.words[f.first].span.start, side.words[f.last].span.end)
        for side, f in ((segment.variant, said), (segment.reference, due))
    ]
    there, meant = spans[0].of(segment.variant.text), spans[1].of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{meant}”; here it is “{there}”, which excludes that.",
        variant_span=spans[0],
        reference_span=spans[1],
        suggestion=meant,
        evidence={"literalness of the segment": round(segment.literalness, 2)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The guard was moved to another wing against her will, the union said.",
            "The guard was moved to another wing ⟦at her own request⟧, the union said.",
        ),
        Example(
            "The choir will sing in the cathedral for the first time on Sunday.",
            "On Sunday the choir will sing in the cathedral ⟦once again⟧.",
        ),
        Example(
            "The committee questioned the banker behind closed doors on Tuesday.",
            "On Tuesday the committee questioned the banker ⟦in public⟧.",
        ),
        Example(
            "The goods were brought to the island by sea in March.",
            "In March the goods were brought to the island ⟦by air⟧.",
        ),
        Example(
            "The choir will sing in the cathedral for the first time on Sunday.",
            "On Sunday the choir will sing in the cathedral, which it has not done before.",
        ),
        Example(
            "The guard was moved to another wing against her will, the union said.",
            "According to the union, the guard was not moved to another wing at her own request.",
        ),
    ),
)
