"""An acronym stands for words of the reference that it does not abbreviate: "ETF managers" for "public fund managers".

The acronym stands before a noun that the reference has too, where the reference has other words before it, and these
are lost. Accepted are acronyms that the reference has, those with the initials of some of its words in any case or with
the letters of one of them, units beside a number, and Roman numerals.

Severity: major; neutral where some of the letters fit, so that it may be a name that the reference describes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import is_listed, plain, title_case
from evaltool.words import AlignedSegment, Side, Word

_ROMAN = frozenset("ivxlcdm")
_LETTERS = 3  # shorter ones stand for too much


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each acronym that abbreviates nothing in the reference."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or title_case(segment.variant.words):
        return
    ours, theirs = segment.variant, segment.reference
    if any(w.is_acronym and len(w.form) >= _LETTERS for w in theirs.words):
        return  # one acronym for another: see replaced-name
    seen = set()
    for at, word in enumerate(ours.words[:-1]):
        letters = plain(word.form)
        if not word.is_acronym or len(letters) < _LETTERS or not letters.isalpha() or letters in seen:
            continue
        if word.form in segment.whole_reference.forms or is_listed(word.form) or _ROMAN.issuperset(letters):
            continue
        head = ours.partner[at + 1]
        if head is None or theirs.words[head].lemma != ours.words[at + 1].lemma or not ours.words[at + 1].is_content:
            continue
        lost = _before(segment, head)
        if not lost or (len(lost) == 1 and _counted(ours, at)):
            continue  # "a 500 USD fine"
        seen.add(letters)
        share = _share(letters, segment.whole_reference.words)
        if share == 1:
            continue
        there = Span(lost[0].span.start, lost[-1].span.end)
        yield Hit(
            Severity.MAJOR if share <= 1 / 3 else Severity.NEUTRAL,
            f"“{word.text}” abbreviates nothing in the reference, which says “{there.of(theirs.text)}” here.",
            variant_span=word.span,
            reference_span=there,
            suggestion=there.of(theirs.text),
            evidence={"share of letters that fit": round(share, 2)},
            confidence=0.75,
        )


def _counted(side: Side, at: int) -> bool:
    """Whether a number or a sign stands beside it, as beside units and currencies."""
    beside = [side.words[i] for i in (at - 1, at + 1) if 0 <= i < len(side.words)]
    return any(w.is_number or w.is_sign for w in beside)


def _before(segment: AlignedSegment, head: int) -> list[Word]:
    """The content words in small letters directly before a reference word, if the variant has each less often."""
    side, found, after = segment.reference, list[Word](), segment.reference.words[head]
    for word in reversed(side.words[:head]):
        if not word.is_content or word.is_capitalised or side.text[word.span.end : after.span.start].strip(" -"):
            break
        found.insert(0, word)
        after = word
    often, here = (Counter(w.lemma for w in each.words) for each in (side, segment.variant))
    return found if all(often[w.lemma] > here[w.lemma] for w in found) else []


def _share(letters: str, words: Sequence[Word]) -> float:
    """0..1: the longest part of an acronym that the initials of words one behind the other have; 1 within one word."""
    content = [w for w in words if not w.is_number and not w.is_sign]
    best = 0
    for initials in (
        "".join(plain(w.form)[:1] for w in content),
        "".join(plain(w.form)[:1] for w in content if not w.is_function),
    ):
        for length in range(len(letters), best, -1):
            if any(letters[i : i + length] in initials for i in range(len(letters) - length + 1)):
                best = length
                break
    if any(_in_order(letters, plain(w.form)) for w in content):
        return 1.0
    return best / len(letters)


def _in_order(letters: str, text: str) -> bool:
    """Whether a word begins like an acronym and has its other letters in their order."""
    left = iter(text)
    return text[:1] == letters[:1] and all(c in left for c in letters)


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "According to the report, public fund managers lost money last year.",
            "According to the report, ⟦ETF⟧ managers lost money last year.",
            severity=Severity.MAJOR,
        ),
        Example(
            "He is a member of the security council staff.",
            "He is a member of the ⟦UNSC⟧ staff.",
            severity=Severity.NEUTRAL,
        ),
        Example("Gross domestic product growth slowed.", "GDP growth slowed."),
    ),
)
