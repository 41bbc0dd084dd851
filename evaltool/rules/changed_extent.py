"""How far something holds has changed, in any wording: "all residents" for "almost all", "fully" for "partly".

Words for an extent stand on a scale: all of it ("all", "every", "entirely"), nearly all ("almost all", "all but"), most
of it ("most", "largely"), a part ("some", "partly", "half"), little of it ("few", "hardly any") and nothing. Another
scale tells how often: always, often, sometimes, rarely, never. A word of one step stands for one that is too far from
it, with the same words beside it. Accepted are neighbouring steps ("most" and "nearly all"), sentences that deny
anything, which turns the scale round, and texts that have the reference's step of something else too.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, opposites_behind, sentence
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.words import AlignedSegment, Side

_FULL, _NEARLY, _MOST, _PART, _LITTLE, _NOTHING = "all", "nearly all", "most", "a part", "little", "nothing"
_STEPS = {
    _FULL: "all every everyone everybody everything entire entirely whole wholly completely totally fully both each",
    _MOST: "most mostly largely mainly chiefly predominantly broadly majority",
    _PART: "some partly partially half several",
    _LITTLE: "few hardly barely scarcely fraction handful",
    _NOTHING: "none nobody nothing",
    "always": "always invariably",
    "often": "often frequently usually regularly",
    "sometimes": "sometimes occasionally",
    "rarely": "rarely seldom",
    "never": "never",
}
_STEP = {form: step for step, forms in _STEPS.items() for form in forms.split()}
_ALMOST = frozenset("almost nearly virtually practically".split())
#: Steps of which one cannot stand for the other.
_APART = frozenset(
    frozenset(pair)
    for pair in (
        (_FULL, _NEARLY), (_FULL, _MOST), (_FULL, _PART), (_FULL, _LITTLE), (_FULL, _NOTHING), (_NEARLY, _PART),
        (_LITTLE, _NOTHING), (_NEARLY, _LITTLE), (_NEARLY, _NOTHING), (_MOST, _LITTLE), (_MOST, _NOTHING),
        (_PART, _NOTHING),
        ("always", "often"), ("always", "sometimes"), ("always", "rarely"), ("often", "sometimes"), ("often", "rarely"),
        ("never", "rarely"), ("never", "sometimes"), ("never", "often"), ("never", "always"),
    )
)  # fmt: skip
#: Set phrases in which the words tell no extent, by the word before and by the word behind.
_IDIOMS = frozenset(
    """
    at-all after-all of-all in-all above-all the-most almost-half for-most the-few a-few every-few last-few past-few
    first-few on-whole the-half and-half
    """.split()
)
_BEFORE_WHAT = frozenset(
    "day days week weeks month months year years hour hours minute minutes time times other so".split()
)
_COUNTING = frozenset("dozen hundred thousand million billion dozens hundreds thousands millions".split())
_REACH, _BESIDE = 4, 2  # words around an expression that must be linked to those around the other; linked ones


@dataclass(frozen=True, slots=True)
class _Extent:
    """(first, last) index of an expression of extent, and its step."""

    first: int
    last: int
    step: str


@lru_cache(maxsize=64)
def _extents(side: Side) -> tuple[_Extent, ...]:
    """The expressions of extent of a side, in order."""
    found: list[_Extent] = []
    words = side.words
    for at, word in enumerate(words):
        step = _STEP.get(word.form)
        if step is None:
            continue
        before = words[at - 1].form if at else ""
        after = words[at + 1] if at + 1 < len(words) else None
        if f"{before}-{word.form}" in _IDIOMS or after is None or gap(side, at, at + 1).startswith("-"):
            continue
        if after.is_number or after.form in _COUNTING or after.form in _BEFORE_WHAT:
            continue  # "some 400", "every day", "half an hour"
        if word.form == "all" and after.form == "but" and "," not in gap(side, at, at + 1):
            found.append(_Extent(at, at + 1, _NEARLY))
        elif word.form in ("barely", "hardly", "scarcely") and after.form not in ("any", "anyone", "anything"):
            continue
        elif word.form == "both" and any(w.form == "and" for w in words[at + 1 : at + 7]):
            continue  # "both here and there"
        elif before in _ALMOST and step in (_FULL, _NOTHING):
            found.append(_Extent(at - 1, at, _NEARLY if step == _FULL else _LITTLE))
        elif step == "never" and before in _ALMOST:
            found.append(_Extent(at - 1, at, "rarely"))
        else:
            found.append(_Extent(at, at, step))
    return tuple(found)


def _denials(side: Side, at: int) -> frozenset[str]:
    """The words of a sentence that deny, apart from expressions of extent."""
    first, last = sentence(side, at, ";")
    words = ((k, side.words[k]) for k in range(first, last + 1) if side.words[k].form not in _STEP)
    return frozenset(w.lemma for k, w in words if is_negator(w) or is_denial(side, k))


def _beside(segment: AlignedSegment, mine: _Extent, other: _Extent) -> int:
    """How many content words around one expression are linked to one around the other."""
    ours, theirs = segment.variant, segment.reference
    first, last = sentence(theirs, other.first, ";")
    there = range(max(first, other.first - _REACH), min(last, other.last + _REACH) + 1)
    start, end = sentence(ours, mine.first, ";")
    around = range(max(start, mine.first - _REACH), min(end, mine.last + _REACH) + 1)
    return sum(ours.partner[k] in there for k in around if ours.words[k].is_content)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each extent that is another one than the reference's."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    own, known = _extents(ours), _extents(theirs)
    for mine in own:
        if asks(ours, mine.last) or any(not _apart(mine, other) for other in known):
            continue
        for other in known:
            if any(not _apart(m, other) for m in own) or _denials(ours, mine.last) != _denials(theirs, other.last):
                continue
            if opposites_behind(segment, mine.last, other.last):
                continue  # "none survived", "all died"
            if _beside(segment, mine, other) >= _BESIDE and _head(segment, mine, other):
                yield _hit(segment, mine, other)
                break


def _apart(one: _Extent, two: _Extent) -> bool:
    return frozenset((one.step, two.step)) in _APART or _frequency(one) != _frequency(two)


def _frequency(extent: _Extent) -> bool:
    return extent.step in ("always", "often", "sometimes", "rarely", "never")


def _head(segment: AlignedSegment, mine: _Extent, other: _Extent) -> bool:
    """Whether the two are steps of one scale, and a content word beside the one is that beside the other."""
    if frozenset((mine.step, other.step)) not in _APART:
        return False
    ours, theirs = segment.variant, segment.reference
    there = _heads(theirs, other)
    return any(
        ours.partner[i] == j or ours.words[i].lemma == theirs.words[j].lemma for i in _heads(ours, mine) for j in there
    )


def _heads(side: Side, extent: _Extent) -> list[int]:
    """The nearest content word behind an expression and, of an adverb, the one before."""
    behind = range(extent.last + 1, min(extent.last + 1 + _REACH, len(side.words)))
    heads = [next((k for k in behind if side.words[k].is_content), None)]
    if side.words[extent.last].form.endswith("ly"):
        before = range(extent.first - 1, max(extent.first - 1 - _REACH, -1), -1)
        heads.append(next((k for k in before if side.words[k].is_content), None))
    return [k for k in heads if k is not None]


def _hit(segment: AlignedSegment, mine: _Extent, other: _Extent) -> Hit:
    ours, theirs = segment.variant, segment.reference
    said = Span(ours.words[mine.first].span.start, ours.words[mine.last].span.end)
    meant = Span(theirs.words[other.first].span.start, theirs.words[other.last].span.end)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{meant.of(theirs.text)}” ({other.step}); here it is “{said.of(ours.text)}”: {mine.step}.",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"reference": other.step, "variant": mine.step},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "Almost all residents of the valley have been brought to safety, the mayor said.",
            "⟦All⟧ residents of the valley have been taken to safety, the mayor said.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The mussels have largely vanished from the northern side of the pier.",
            "The mussels have ⟦entirely⟧ vanished from the northern side of the pier.",
        ),
        Example("The ward never closed during the siege.", "The ward ⟦seldom⟧ closed during the siege."),
        Example("The ward almost never closed during the siege.", "The ward seldom closed during the siege."),
        Example(
            "Almost all residents of the valley have been brought to safety, the mayor said.",
            "Most residents of the valley have been taken to safety, the mayor said.",
            Profile.PARAPHRASE,
        ),
        Example(
            "Some residents of the valley have left, but almost all of them want to return.",
            "Some people in the valley have left, nearly all of whom want to come back.",
            Profile.PARAPHRASE,
        ),
        Example(
            "It is good for us all, but the town has a say.",
            "It is good for all of us, but the town has a say.",
        ),
    ),
)
