"""A description is turned into a proper name: "National Rescue Services" for "government rescue services".

The variant writes three words or more with capitals that the whole reference has in lower case only, and replaces the
first of them: a body that the reference does not know. Accepted are a name that the reference has elsewhere, its own
words with capitals, an office before a person's name, headlines and acronyms.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import title_case
from evaltool.rules._numbers import MONTHS, WEEKDAYS
from evaltool.words import AlignedSegment, Side, Word

_LOWER = 2  # words of the run that the reference has in lower case, at least


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name that the variant makes of a description."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or title_case(segment.variant.words):
        return
    ours, theirs = segment.variant, segment.reference
    for first, last in _runs(ours):
        run = ours.words[first : last + 1]
        after = ours.words[last + 1] if last + 1 < len(ours.words) else None
        ahead = ours.words[first - 1] if first else None
        if any(w.is_acronym or not w.is_content for w in run) or (after is not None and after.is_capitalised):
            continue
        if ahead is not None and ahead.is_capitalised and not ahead.is_function:
            continue
        lower = [_lower(theirs, w) for w in run]
        kept = [w for w in lower if w is not None]
        if lower[0] is not None or len(kept) < max(_LOWER, len(run) - 1):
            continue
        if any(w.is_capitalised and w.form in {r.form for r in run} for w in segment.whole_reference.words):
            continue
        before = _before(theirs, kept)
        if before is None or before.lemma in ours.lemmas:
            continue
        there = Span(before.span.start, kept[-1].span.end)
        said, due = Span(run[0].span.start, run[-1].span.end), there.of(theirs.text)
        yield Hit(
            Severity.MAJOR,
            f"The reference describes “{due}”; here it is a name, “{said.of(ours.text)}”.",
            variant_span=said,
            reference_span=there,
            suggestion=due,
            evidence={"new word": run[0].text},
            confidence=0.75,
        )


def _runs(side: Side) -> Iterator[tuple[int, int]]:
    """(first, last) of each run of three words or more with capitals, separated by nothing but spaces."""
    at = 0
    while at < len(side.words):
        last = at
        while (
            last + 1 < len(side.words)
            and side.words[last].is_capitalised
            and side.words[last + 1].is_capitalised
            and side.text[side.words[last].span.end : side.words[last + 1].span.start] == " "
        ):
            last += 1
        if last - at >= _LOWER and not side.words[at].initial and _named(side.words[at : last + 1]):
            yield at, last
        at = last + 1


def _named(run: tuple[Word, ...]) -> bool:
    return not any(w.form in MONTHS or w.form in WEEKDAYS or w.is_number for w in run)


def _lower(side: Side, word: Word) -> Word | None:
    """The same word in lower case on the other side."""
    return next((w for w in side.words if w.lemma == word.lemma and not w.is_capitalised), None)


def _before(side: Side, kept: list[Word]) -> Word | None:
    """The content word in lower case before some words that stand one behind the other, or None."""
    at = side.words.index(kept[0])
    if at == 0 or side.words[at : at + len(kept)] != tuple(kept):
        return None
    word = side.words[at - 1]
    return word if word.is_content and not word.is_capitalised else None


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The report blames government rescue services for the delay.",
            "The report blames ⟦National Rescue Services⟧ for the delay.",
        ),
        Example(
            "The report blames government rescue services for the delay.",
            "The report blames Government Rescue Services for the delay.",
        ),
        Example("The prime minister Anna Lind spoke.", "Prime Minister Anna Lind spoke."),
    ),
)
