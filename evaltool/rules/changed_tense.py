"""A verb stands in another tense than in the reference: what happened is announced, what is planned has happened.

Compared are verb groups of the same verb beside the same neighbours. A perfect goes with the past and the present, and
forms with can, may, would and their like with everything. Past and present are not told apart in headings and behind a
verb of saying, where English shifts the tense back.

Severity: critical between past and future; minor between present and past; neutral between present and future, which
English often leaves open, and in a freely worded segment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaltool import lexicon
from evaltool._english import ADVERBS, ALSO_PAST_OF
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Side, Word

_TENSE = {
    **dict.fromkeys(["was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't"], "past"),
    **dict.fromkeys(["is", "are", "am", "does", "do", "isn't", "aren't", "doesn't", "don't"], "present"),
    **dict.fromkeys(["will", "shall", "won't"], "future"),
}
_PERFECT = frozenset("has have hasn't haven't".split())
_OTHER = frozenset("to be been being would could should can may might must cannot let".split())
_BE = frozenset("is are am was were be".split())
#: Verbs of saying and thinking, behind which the tense may be shifted back.
_SAYING = frozenset(
    """
    say tell report announce state claim explain believe think know note add write warn confirm show find argue insist
    suggest declare assert indicate reveal estimate hope learn hear see feel understand acknowledge admit stress
    """.split()
)
_SEVERITY = {
    frozenset({"past", "future"}): Severity.CRITICAL,
    frozenset({"perfect", "future"}): Severity.CRITICAL,
    frozenset({"past", "present"}): Severity.MINOR,
    frozenset({"present", "future"}): Severity.NEUTRAL,
}
#: Share of the variant's content words that stand in the reference too: below the first nothing is said, below the
#: second a change between past and present is only shown.
_LITERAL, _CLOSE = 0.5, 0.65


@dataclass(frozen=True, slots=True)
class _Group:
    """A finite verb with its auxiliaries: where it begins and ends among the words, its lemma, its tense."""

    start: int
    end: int
    lemma: str
    tense: str


def _groups(side: Side) -> Iterator[_Group]:
    """Yield the verb groups whose tense can be told."""
    for end, word in enumerate(side.words):
        lemma = "be" if word.form in _BE else ALSO_PAST_OF.get(word.form, word.lemma)
        if lemma != "be" and "v" not in lexicon.parts_of_speech(lemma):
            continue
        start, stop, chain = end, end - 1, list[str]()
        for at in range(end - 1, max(-1, end - 5), -1):
            form, stop = side.words[at].form, at
            if not side.text[side.words[at].span.end : side.words[at + 1].span.start].isspace():
                break
            if form in _TENSE or form in _PERFECT or form in _OTHER:
                start, chain = at, [form, *chain]
            elif form not in ADVERBS and not form.endswith("ly"):
                break
        # "it's not claimed": an auxiliary that is written to the word before it.
        contracted = stop >= 0 and "'" in side.words[stop].text.replace("’", "'")
        tense = None if contracted else _tense(word, lemma, chain)
        if tense is not None:
            yield _Group(start, end, lemma, tense)


def _tense(word: Word, lemma: str, chain: list[str]) -> str | None:
    form = word.form
    if chain:
        if any(aux in _OTHER - {"be", "been", "being"} for aux in chain):
            return None
        if chain[0] in _PERFECT:
            return "perfect"
        if chain[0] in _TENSE and (form == lemma) == (_TENSE[chain[0]] == "future" or chain[0][0] == "d"):
            return _TENSE[chain[0]]  # "will say", "did say"; "was said", "is saying"
        return _TENSE[chain[0]] if "be" in chain[1:] or "been" in chain[1:] else None
    if form in _TENSE:
        return _TENSE[form] if lemma == "be" else None
    if form == lemma or form.endswith("ing"):
        return None
    if lexicon.parts_of_speech(form) & {"n", "v"} and form not in ALSO_PAST_OF:
        return None  # "thought", "works"
    if form.endswith("s"):
        return "present"
    return "past" if not word.is_capitalised else None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb group whose tense is another than the reference's."""
    if segment.kind is not Kind.MATCH or segment.role is Role.HEADING or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    known = list(_groups(theirs))
    found = list(_groups(ours))
    for own in found:
        same = [g for g in known if g.lemma == own.lemma and _beside(segment, own, g)]
        severity = _SEVERITY.get(frozenset({own.tense, same[0].tense})) if same else None
        if severity is None or any(g.tense == own.tense for g in same):
            continue
        other = same[0]
        if (own.start == own.end) != (other.start == other.end) and own.lemma != "be" and severity is Severity.MINOR:
            continue  # "with the device turned off", "as it is turned off"
        if any(own is not g and own.end < g.end and own.start == g.start for g in found):
            continue  # the auxiliary of a longer group, which is judged itself
        if severity is Severity.CRITICAL:
            single = sum(g.lemma == own.lemma for g in found) == sum(g.lemma == own.lemma for g in known) == 1
            if not single and not _between(segment, own, other):
                continue
        elif not _between(segment, own, other):
            continue
        if severity is Severity.MINOR:
            if _reported(ours, own) or _reported(theirs, other):
                continue
            severity = Severity.MINOR if segment.literalness >= _CLOSE else Severity.NEUTRAL
        spans = [Span(s.words[g.start].span.start, s.words[g.end].span.end) for s, g in ((ours, own), (theirs, other))]
        yield Hit(
            severity,
            f"The reference says “{spans[1].of(theirs.text)}” ({other.tense}); here it is "
            f"“{spans[0].of(ours.text)}” ({own.tense}).",
            variant_span=spans[0],
            reference_span=spans[1],
            suggestion=spans[1].of(theirs.text),
            evidence={"tense": own.tense, "the reference's": other.tense},
            confidence=0.75,
        )


def _edges(side: Side, group: _Group) -> tuple[str, str]:
    """The words right before and behind a verb group."""
    words = side.words
    before = words[group.start - 1].form if group.start else ""
    behind = words[group.end + 1].form if group.end + 1 < len(words) else ""
    return before, behind


def _beside(segment: AlignedSegment, own: _Group, other: _Group) -> bool:
    """Whether one neighbour at least is the same."""
    return any(a == b for a, b in zip(_edges(segment.variant, own), _edges(segment.reference, other), strict=True))


def _between(segment: AlignedSegment, own: _Group, other: _Group) -> bool:
    """Whether both neighbours are the same."""
    return _edges(segment.variant, own) == _edges(segment.reference, other)


def _reported(side: Side, group: _Group) -> bool:
    """Whether a verb of saying stands before the group, or it is one that reports."""
    return group.lemma in _SAYING or any(word.lemma in _SAYING for word in side.words[: group.start])


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The talks took place in Geneva on Monday.",
            "The talks ⟦will take⟧ place in Geneva on Monday.",
            severity=Severity.CRITICAL,
        ),
        Example("The bridge was closed to cars.", "The bridge ⟦is closed⟧ to cars."),
        Example("He said that the town was quiet.", "He said that the town is quiet."),
        Example("The council has closed the road.", "The council closed the road."),
    ),
)
