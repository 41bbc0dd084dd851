"""Another name of the article stands where the reference has this one: "agreed with Northam" for "agreed with Southey".

The variant's segment mentions a name that the reference has elsewhere and not here, and lacks one that the reference
has here; the two stand in the same place: behind the same word and preposition, before the same verb, or with the same
words on both sides. Accepted are a name for what the reference names beside it ("the bank" and its governor), a country
for its capital, and a name for a pronoun or a description.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ARTICLES
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._mentions import Mention, mentions, said_anywhere, said_here, supported
from evaltool.rules._names import similar, title_case
from evaltool.rules._parties import together
from evaltool.rules._slots import anchors
from evaltool.rules._verbs import groups, joined
from evaltool.words import AlignedSegment, Side

_ALIKE = 0.85  # likeness from which two names may be one
_SAID = frozenset("say says said tell tells told add adds added".split())
_TITLE = 5  # words before a name that may say whose person it is
_PREPOSITIONS = frozenset("in at from by with to for against of on between near outside via under".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name that stands in the place of another one of the article."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    if title_case(ours.words) or title_case(theirs.words):
        return
    mine, named = mentions(ours, segment), mentions(theirs, segment)
    everywhere = said_anywhere(segment.whole_reference)
    strays = [m for m in mine if not supported(m, named, said_here(theirs)) and supported(m, (), everywhere)]
    gone = [m for m in named if not supported(m, mine, said_here(ours))]
    for stray in strays:
        meant = next((m for m in gone if _same_place(segment, stray, m) and not _one(segment, stray, m)), None)
        if meant is None:
            continue
        gone.remove(meant)
        said, due = stray.span.of(ours.text), meant.span.of(theirs.text)
        yield Hit(
            Severity.MAJOR,
            f"The reference names “{due}” here; “{said}” is another name of the article.",
            variant_span=stray.span,
            reference_span=meant.span,
            suggestion=due,
            evidence={"literalness of the segment": round(segment.literalness, 2)},
            confidence=0.8,
        )


def _one(segment: AlignedSegment, stray: Mention, meant: Mention) -> bool:
    """Whether two names may stand for the same, or look too much alike to be told apart."""
    pairs = [(a, b) for a in stray.words for b in meant.words]
    if any(w.is_acronym for w in (*stray.words, *meant.words)):
        return True  # what it is short for cannot be told
    alike = any(similar(a.text, b.text) >= _ALIKE for a, b in pairs)
    return alike or any(together(segment.whole_reference, a.lemma, b.lemma) for a, b in pairs)


def _same_place(segment: AlignedSegment, stray: Mention, meant: Mention) -> bool:
    """Whether two names stand in the same place of what their sides say."""
    words = segment.variant.words
    if any(words[k].form in _SAID for k in (stray.first - 1, stray.last + 1) if 0 <= k < len(words)):
        return False  # see changed-speaker and changed-source
    left = anchors(segment, stray.first, meant.first)[0]
    right = anchors(segment, stray.last, meant.last)[1]
    return (left and right) or _governed(segment, stray, meant) or _acting(segment, stray, meant)


def _governed(segment: AlignedSegment, stray: Mention, meant: Mention) -> bool:
    """Whether both stand behind the same preposition, and that behind the same word."""
    ours, theirs = _before(segment.variant, stray.first), _before(segment.reference, meant.first)
    if ours is None or theirs is None:
        return False
    return (
        segment.variant.words[ours].form == segment.reference.words[theirs].form
        and ours > 0
        and segment.variant.partner[ours - 1] == theirs - 1
        and segment.variant.words[ours - 1].is_content
    )


def _before(side: Side, first: int) -> int | None:
    """Index of the preposition before a name, over an article and adjectives, or None."""
    at = first - 1
    while at >= 0 and joined(side, at):
        word = side.words[at]
        if word.form in _PREPOSITIONS:
            return at
        if word.form not in ARTICLES and not (word.is_content and lexicon.main_part_of_speech(word.lemma) == "a"):
            return None
        at -= 1
    return None


def _acting(segment: AlignedSegment, stray: Mention, meant: Mention) -> bool:
    """Whether the same verb follows both directly."""
    if any(w.form in ("its", "their") for w in segment.reference.words[max(0, meant.first - _TITLE) : meant.first]):
        return False  # "Its director, Ann Lee, denied it": it may be the firm that does
    ours = next((g for g in groups(segment.variant) if g.start == stray.last + 1), None)
    theirs = next((g for g in groups(segment.reference) if g.start == meant.last + 1), None)
    if ours is None or theirs is None or not joined(segment.variant, stray.last):
        return False
    same = segment.variant.partner[ours.end] == theirs.end and ours.lemma == theirs.lemma
    return same and ours.passive == theirs.passive and ours.lemma not in ("be", "have", "do")


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Northam sold the player in May. He has agreed terms with Southey, reports say.",
            "Northam sold the player in May. Reports say that he has agreed terms with ⟦Northam⟧.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The talks were held in Lisbeck. A treaty brokered by Norway came into force on Monday.",
            "The talks were held in Lisbeck. A treaty brokered by ⟦Lisbeck⟧ came into force on Monday.",
        ),
        Example(
            "Karimov met the envoys at noon. Weiss rejected the plan, which he called absurd.",
            "Karimov met the envoys at noon. The plan is absurd, said the mayor when ⟦Karimov⟧ rejected it.",
        ),
        Example(
            "The Weiss Bank lost money. Its director, Ann Karimov, denied the reports of a sale.",
            "The Weiss Bank lost money. The Weiss Bank denied the reports of a sale.",
        ),
        Example(
            "Northam sold the player in May. He has agreed terms with Southey, reports say.",
            "Northam sold the player in May. Reports say that Southey has agreed terms with him.",
        ),
    ),
)
