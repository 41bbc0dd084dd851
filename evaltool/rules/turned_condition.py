"""A condition is turned: "unless the tax is raised" for "if the tax is raised", "even if" for "provided that".

Compared are conditions that both sides name with much the same words. One that holds where the other does not ("if",
"unless", "if … not") is another condition, unless what depends on it is denied on one side too ("will pay only if",
"will not pay unless"). A condition that must be met is the contrary of one that does not matter ("even if"), and two
conditions that must both be met are more than one of two ("and", "or").

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import AUXILIARIES
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._numbers import is_number_word
from evaltool.rules._polarity import has_negative_affix, is_denial, is_negator
from evaltool.words import AlignedSegment, Side

_TRIGGERS = frozenset(
    "if unless provided providing long condition whether once when regardless irrespective matter except".split()
)
#: What opens a condition: that must be met, that must not, and that does not matter; the longest first.
_MET, _UNMET, _IDLE = 1, -1, 0
_OPENERS: tuple[tuple[tuple[str, ...], int, bool], ...] = tuple(
    (tuple(phrase.split()), sign, strict)
    for phrase, sign, strict in (
        ("regardless of whether", _IDLE, False), ("irrespective of whether", _IDLE, False),
        ("no matter whether", _IDLE, False), ("whether or not", _IDLE, False), ("even if", _IDLE, False),
        ("even when", _IDLE, False), ("except when", _UNMET, True),
        ("no matter", _IDLE, False), ("regardless of", _IDLE, False), ("irrespective of", _IDLE, False),
        ("except if", _UNMET, True), ("unless", _UNMET, True),
        ("on the condition that", _MET, True), ("on condition that", _MET, True), ("was that", _MET, True),
        ("is that", _MET, True),
        ("provided that", _MET, True), ("providing that", _MET, True), ("as long as", _MET, True),
        ("so long as", _MET, True), ("only if", _MET, True), ("only when", _MET, True), ("only once", _MET, True),
        ("once", _MET, False), ("provided", _MET, True), ("providing", _MET, True),
        ("if", _MET, False),
    )
)  # fmt: skip
#: Behind these "if" is "whether" or part of another phrase; behind "provided" these begin no clause.
_ASKING = frozenset(
    """
    ask wonder know see say tell doubt question check find determine decide unclear unknown sure clear as what and or
    certain consider
    """.split()
)
#: With these "if" makes a set phrase, no clause: "if necessary", "if so".
_SET_PHRASES = frozenset("necessary needed possible required so not any ever appropriate applicable".split())
_NO_CLAUSE = frozenset("by with to for in on at from and or of as under".split())
#: Denials that do not turn what a clause says round.
_HARMLESS = frozenset("only first last before until till little few last too minus out far free yet".split())
#: Behind "once" they make it an adverb.
_NOT_ONCE = AUXILIARIES | frozenset("more again every per in on at before".split())
_SUBJECTS = frozenset("the his her its their our your my he she it they we you".split())
_BOUNDING = frozenset("later earlier sooner more less fewer longer shorter higher lower older younger".split())
_MARKS = ",;:—–()"
_FEWEST, _SHARE = 2, 0.5  # shared content words of the two conditions, at least, and their share of the shorter one
_SHORT = 2  # content words that a condition has at least
_LITERAL = 0.6  # share of literal words from which a short condition needs no more than one shared word
_SPAN = 9  # words of a condition that are marked
_ALIKE = 0.75  # closeness in WordNet from which two words say the same ("incorrect", "wrong")
_BESIDE = 5  # words on each side of an "and" among which what it joins stands


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition of a side: index of its opener, of its first and last word, its sign, whether it is a strict one."""

    at: int
    first: int
    last: int
    sign: int
    strict: bool


@lru_cache(maxsize=64)
def _conditions(side: Side) -> tuple[_Condition, ...]:
    found: list[_Condition] = []
    if not _TRIGGERS & side.forms:
        return ()
    forms = [word.form for word in side.words]
    at = 0
    while at < len(forms):
        opener = next((o for o in _OPENERS if tuple(forms[at : at + len(o[0])]) == o[0]), None)
        if opener is None or _other_use(side, at, opener[0]):
            at += 1
            continue
        first = at + len(opener[0])
        end, last = sentence(side, at)[1], sentence(side, min(first, len(forms) - 1), _MARKS)[1]
        while last < end and len(_content(side, first, last)) < _SHORT:
            last = sentence(side, last + 1, _MARKS)[1]
        if first <= last:
            found.append(_Condition(at, first, last, opener[1], opener[2]))
        at = first
    parted = (min(c.last, n.at - 1) for c, n in pairwise(found))  # one condition within another
    ends = [*parted, found[-1].last] if found else []
    return tuple(replace(c, last=last) for c, last in zip(found, ends, strict=True) if last >= c.first)


def _other_use(side: Side, at: int, opener: tuple[str, ...]) -> bool:
    """Whether an opener opens no condition here: "asked if", "as long as 40 metres", "provided by"."""
    before = side.words[at - 1] if at else None
    if opener == ("if",):
        parted = not at or "," in gap(side, at - 1, at)
        if sentence(side, at, _MARKS)[1] == at + 1 and side.words[at + 1].form in _SET_PHRASES:
            return True
        return not parted and before is not None and (before.lemma in _ASKING or before.form in _ASKING)
    if opener[-2:] in (("was", "that"), ("is", "that")):  # "their condition for a meeting was that"
        return not any(w.form == "condition" for w in side.words[sentence(side, at, _MARKS)[0] : at])
    after = side.words[at + len(opener)] if at + len(opener) < len(side.words) else None
    if after is None:
        return True
    if opener[-1] == "once":  # "once a year", "had once been", "at once"
        last = sentence(side, at, _MARKS)[1]
        if after.form in _SUBJECTS and len(opener) == 1:  # "once the club pays", not "was once the capital"
            return not (
                at == 0 or side.words[at].initial or (gap(side, at - 1, at) == " " and _ends_clause(side, at - 1))
            )
        return after.form in _NOT_ONCE or not any(w.form in AUXILIARIES for w in side.words[at + 2 : last + 1])
    if opener[-1] in ("provided", "providing"):
        parted = before is None or before.initial or "," in gap(side, at - 1, at) or side.words[at].initial
        return not parted or after.form in _NO_CLAUSE
    if opener[-1] == "as":
        return after.is_number or after.form in ("a", "possible") or is_number_word(after.form)
    return False


def _ends_clause(side: Side, at: int) -> bool:
    """Whether a clause may end with a word: a noun, no auxiliary and no verb that "once" could stand behind."""
    return side.words[at].form not in AUXILIARIES and "n" in lexicon.parts_of_speech(side.words[at].lemma)


def _content(side: Side, first: int, last: int) -> list[int]:
    return [k for k in range(first, last + 1) if side.words[k].is_content or side.words[k].is_number]


def _shared(segment: AlignedSegment, own: _Condition, other: _Condition) -> tuple[int, int]:
    """(shared content words of two conditions, content words of the one that has fewer)."""
    ours, theirs = segment.variant, segment.reference
    mine, others = _content(ours, own.first, own.last), _content(theirs, other.first, other.last)
    lemmas = {theirs.words[j].lemma for j in others}
    shared = [
        i
        for i in mine
        if ours.words[i].lemma in lemmas or ((p := ours.partner[i]) is not None and other.first <= p <= other.last)
    ]
    return len(shared), min(len(mine), len(others))


def _turns(side: Side, condition: _Condition, other: Side, counterpart: _Condition) -> int:
    """How many words of a condition deny: negators, and negatively prefixed words without a like one ("wrong")."""
    words = side.words[condition.first : condition.last + 1]
    lemmas = [w.lemma for w in other.words[counterpart.first : counterpart.last + 1] if w.is_content]
    without = sum(a.form == "free" and b.form in ("of", "from") for a, b in pairwise(words))
    bounding = sum(is_negator(a) and b.form in _BOUNDING for a, b in pairwise(words))  # "no later than"
    affixed = [w for w in words if has_negative_affix(w) and not is_negator(w)]
    meant = sum(any(a == w.lemma or lexicon.related(w.lemma, a) >= _ALIKE for a in lemmas) for w in affixed)
    return without - bounding + sum(map(is_negator, words)) + len(affixed) - meant


def _vague(segment: AlignedSegment, own: _Condition, other: _Condition) -> bool:
    """Whether the two sentences differ in other words that deny, or in opposites, which may turn the condition too."""
    ours, theirs = segment.variant, segment.reference
    mine, others = _clause(ours, own), _clause(theirs, other)

    def alone(side: Side, stretch: tuple[int, int], lemmas: frozenset[str]) -> list[int]:
        return [k for k in range(stretch[0], stretch[1] + 1) if side.words[k].lemma not in lemmas]

    left, right = alone(ours, mine, theirs.lemmas), alone(theirs, others, ours.lemmas)
    for side, indexes in ((ours, left), (theirs, right)):
        for k in indexes:
            word = side.words[k]
            if word.form in _HARMLESS or is_negator(word) or has_negative_affix(word) or word.form in _TRIGGERS:
                continue
            if is_denial(side, k):
                return True
    return any(
        lexicon.antonyms(ours.words[i].lemma, theirs.words[j].lemma)
        for i in left
        if ours.words[i].is_content and not has_negative_affix(ours.words[i])
        for j in right
        if theirs.words[j].is_content and not has_negative_affix(theirs.words[j])
    )


def _clause(side: Side, condition: _Condition) -> tuple[int, int]:
    """A condition with the clause that it stands in or beside."""
    first, last = sentence(side, condition.at, _MARKS)
    if first == condition.at and first > sentence(side, first)[0]:
        first, _ = sentence(side, first - 1, _MARKS)
    elif first == condition.at and condition.last < sentence(side, first)[1]:
        _, last = sentence(side, condition.last + 1, _MARKS)
    return first, max(last, condition.last)


def _outside(side: Side, condition: _Condition) -> int:
    """How many negators stand in the rest of the sentence of a condition."""
    first, last = sentence(side, condition.at)
    return sum(is_negator(side.words[k]) for k in range(first, last + 1) if not condition.at <= k <= condition.last)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each condition that is turned."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    own, others = _conditions(ours), _conditions(theirs)
    if not own or not others:
        return
    for mine in own:
        scored = [(*_shared(segment, mine, other), other) for other in others]
        shared, fewest, other = max(scored, key=lambda s: s[0])
        idle = (mine.sign == _IDLE) != (other.sign == _IDLE)
        enough = 1 if idle and fewest <= _SHORT and segment.literalness >= _LITERAL else _FEWEST
        if shared < max(enough, _SHARE * fewest) or asks(ours, mine.at) or asks(theirs, other.at):
            continue
        how = _how(segment, mine, other)
        if how:
            yield _hit(segment, (mine.at, min(mine.last, mine.at + _SPAN)), (other.at, other.last), how)
        elif mine.sign == other.sign == _MET and (joint := _joint(segment, mine, other)):
            yield _hit(segment, *joint, "one of two for both")


def _how(segment: AlignedSegment, mine: _Condition, other: _Condition) -> str:
    """In what way a condition is another one than the reference's, or ""."""
    ours, theirs = segment.variant, segment.reference
    if (mine.sign == _IDLE) != (other.sign == _IDLE):
        strict = mine.strict if other.sign == _IDLE else other.strict
        return (
            "" if not strict or _outside(ours, mine) != _outside(theirs, other) else "does not matter, or must be met"
        )
    if mine.sign == _IDLE or _outside(ours, mine) != _outside(theirs, other):
        return ""
    turns = _turns(ours, mine, theirs, other) + _turns(theirs, other, ours, mine)
    if mine.sign * other.sign * (-1) ** turns > 0 or _vague(segment, mine, other):
        return ""
    return "holds where the other does not"


def _joint(
    segment: AlignedSegment, mine: _Condition, other: _Condition
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The words at an "and" and an "or" that join the same in the two conditions, or None."""
    ours, theirs = segment.variant, segment.reference
    stretches = [(m.first, sentence(s, m.at, ";")[1]) for s, m in ((ours, mine), (theirs, other))]
    joints = [
        [k for k in range(first + 1, last) if side.words[k].form in ("and", "or")]
        for side, (first, last) in zip((ours, theirs), stretches, strict=True)
    ]
    for i in joints[0]:
        for j in joints[1]:
            if ours.words[i].form == theirs.words[j].form:
                continue
            if any(
                is_denial(s, k) for s, (a, b) in zip((ours, theirs), stretches, strict=True) for k in range(a, b + 1)
            ):
                return None
            if _beside(segment, i, j, -1) and _beside(segment, i, j, 1):
                return (i, min(i + 2, stretches[0][1])), (j, min(j + 2, stretches[1][1]))
    return None


def _beside(segment: AlignedSegment, i: int, j: int, step: int) -> bool:
    """Whether the nearest content words before (or behind) two joints have one in common."""
    near = []
    for side, at in ((segment.variant, i), (segment.reference, j)):
        last = min(len(side.words) - 1, max(0, at + step * _BESIDE))
        content = [k for k in range(at + step, last + step, step) if 0 <= k < len(side.words)]
        near.append([k for k in content if side.words[k].is_content or side.words[k].is_number][:2])
    ours, theirs = segment.variant, segment.reference
    return any(ours.partner[a] == b or ours.words[a].lemma == theirs.words[b].lemma for a in near[0] for b in near[1])


def _hit(segment: AlignedSegment, mine: tuple[int, int], other: tuple[int, int], how: str) -> Hit:
    ours, theirs = segment.variant, segment.reference
    said = Span(ours.words[mine[0]].span.start, ours.words[mine[1]].span.end)
    meant = Span(theirs.words[other[0]].span.start, theirs.words[other[1]].span.end)
    return Hit(
        Severity.CRITICAL,
        f"The reference's condition is “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”.",
        variant_span=said,
        reference_span=meant,
        evidence={"how": how},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "He may leave, provided that his written notice is received no later than the third day.",
            "He may leave, on condition that his written notice is received by the third day.",
        ),
        Example(
            "The festival will be cancelled if the permit is refused.",
            "The festival will be cancelled ⟦unless the permit is refused⟧.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The keeper will leave the club unless it doubles his salary.",
            "The keeper will leave the club ⟦once it doubles his salary⟧.",
        ),
        Example(
            "The phone kept sending its place even when tracking was off.",
            "The phone kept sending its place ⟦unless tracking was off⟧.",
        ),
        Example("The town was once the capital of the duchy.", "Once, the town was the duchy's capital."),
        Example(
            "Farmers may use the pesticide provided that the wind stays below 20 km/h.",
            "The pesticide may be used by farmers ⟦even if the wind does not stay below 20 km⟧/h.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The merger can go ahead if both boards agree and the regulator gives its consent.",
            "If both boards agree ⟦or the regulator⟧ consents, the merger can proceed.",
            Profile.PARAPHRASE,
        ),
        Example(
            "She will only sign if the clause on rents is deleted.",
            "She will not sign unless the clause on rents is deleted.",
        ),
        Example(
            "The museum will lend the statue if the insurer does not object.",
            "Unless the insurer objects, the museum is going to lend out the statue.",
            Profile.PARAPHRASE,
        ),
        Example(
            "They are to be released unless prosecutors bring charges by Friday.",
            "If prosecutors fail to bring charges by Friday, they are to be released.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The festival will be cancelled if the permit is refused.",
            "The festival will be cancelled unless the permit is granted.",
            Profile.PARAPHRASE,
        ),
        Example(
            "If there are wrong and bad posts, they should be deleted.",
            "If there are incorrect and harmful posts, they should be deleted.",
        ),
        Example(
            "Pupils can study at home if necessary, it will be possible to work there in towns that have a fast line.",
            "Pupils can study at home if necessary, working will be possible in towns with an uninterrupted line.",
        ),
    ),
)
