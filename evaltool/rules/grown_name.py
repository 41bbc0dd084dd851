"""A name has grown into another one: "Bergen School of Applied Arts" for "in Bergen".

The variant puts capitalised words behind a name of the reference that the reference does not have in any form: two or
more behind a place ("in Bergen"), or a body that "of the" joins to another ("the Central Board of the New Movement" for
"the Central Board"). Accepted are titles and offices, what the reference's acronym stands for, and headlines.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import accepted, is_listed, kin, title_case
from evaltool.words import AlignedSegment, Side, Word

_PLACE = frozenset("in at from near to outside around".split())
_INSIDE = frozenset("of for the and".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name that has grown."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.profile is Profile.REREPORT:
        return
    ours, theirs = segment.variant, segment.reference
    if title_case(ours.words) or title_case(theirs.words):
        return
    for first, last in _runs(ours):
        name = _name(segment, first, last)
        if name is None:
            continue
        stop, place = name
        rest = [w for w in ours.words[stop + 1 : last + 1] if w.is_capitalised]
        strange = [w for w in rest if _strange(w, segment)]
        body = stop > first and _of_the(ours, stop) and len(strange) > 0 and not _said(rest, theirs)
        body = body and all(lexicon.is_word(w.lemma) for w in rest)  # "the West Bank of the Jordan River"
        if not body and (place is None or stop > first or len(strange) < 2):
            continue
        due = theirs.words[place] if place is not None else _twin(ours.words[stop], theirs)
        if due is None or _abbreviated(ours.words[first : last + 1], theirs):
            continue
        span = Span(ours.words[first].span.start, ours.words[last].span.end)
        yield Hit(
            Severity.MAJOR,
            f"“{span.of(ours.text)}” is another name than the reference’s “{due.text}”.",
            variant_span=span,
            reference_span=due.span,
            suggestion=due.text if not body else None,
            evidence={"new words": " ".join(w.text for w in strange)},
            confidence=0.7,
        )


def _runs(side: Side) -> Iterator[tuple[int, int]]:
    """(first, last) of each run of capitalised words, with small words inside."""
    at, words = 0, side.words
    while at < len(words):
        last = at
        while words[at].is_capitalised and not words[at].is_function:
            to = last + 1
            while to < len(words) and words[to].form in _INSIDE and to - last < 3:
                to += 1
            if to >= len(words) or not words[to].is_capitalised or words[to].is_function:
                break
            if any(
                not side.text[a.span.end : b.span.start].isspace()
                for a, b in zip(words[last:to], words[last + 1 : to + 1], strict=True)
            ):
                break
            if "and" in (w.form for w in words[last + 1 : to]):
                break
            last = to
        if last > at:
            yield at, last
        at = last + 1


def _name(segment: AlignedSegment, first: int, last: int) -> tuple[int, int | None] | None:
    """(index, place): the last word of the run's beginning that the reference has, and where it has it as a place."""
    ours, theirs = segment.variant, segment.reference
    stop = first - 1
    while stop < last and (_twin(ours.words[stop + 1], theirs) is not None):
        stop += 1
    if stop < first:
        return None
    for at, word in enumerate(theirs.words[1:], 1):
        alone = at + 1 == len(theirs.words) or not theirs.words[at + 1].is_capitalised
        if alone and word.is_capitalised and accepted(ours.words[first], word) and theirs.words[at - 1].form in _PLACE:
            return stop, at
    return stop, None


def _twin(word: Word, side: Side) -> Word | None:
    """The same name on the other side."""
    return next((w for w in side.words if w.is_capitalised and accepted(word, w)), None)


def _of_the(side: Side, stop: int) -> bool:
    return [w.form for w in side.words[stop + 1 : stop + 3]] == ["of", "the"]


def _said(words: list[Word], side: Side) -> bool:
    """Whether the other side has one of some words with a capital."""
    return any(_twin(word, side) is not None and word.form != "new" for word in words)


def _strange(word: Word, segment: AlignedSegment) -> bool:
    """Whether it is a word of the language, for no person, that the reference has in no form."""
    if not lexicon.is_word(word.lemma) or is_listed(word.form) or lexicon.hypernym(word.lemma, "person", 6):
        return False
    if word.lemma in segment.whole_reference.lemmas or word.form in segment.whole_variant.lower_case:
        return False
    return not any(kin(word, w) for w in segment.reference.words if w.is_content)


def _abbreviated(run: tuple[Word, ...], side: Side) -> bool:
    """Whether an acronym of the other side begins as the run does."""
    return any(w.is_acronym and w.form[:1] == run[0].form[:1] for w in side.words)


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The rent in Bergen is the highest of all towns.",
            "The rent of the ⟦Bergen School of Applied Arts⟧ is the highest of all towns.",
            severity=Severity.MAJOR,
        ),
        Example(
            "New members of the Central Board were told to wait.",
            "New members of the ⟦Central Board of the Motion Party⟧ were told to wait.",
        ),
        Example("The envoys from Bergen met in May.", "The Bergen envoys met in May."),
        Example("The UN opened an office in Geneva.", "The United Nations opened an office in Geneva."),
    ),
)
