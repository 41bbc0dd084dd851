"""A name stands where the reference has another one.

The variant mentions somebody or something that the reference does not know, in the place of a name that the variant's
segment lacks. Accepted are a country for its people or its government, an acronym for what it abbreviates, a surname
for the full name, initials, other romanisations, and a description for a name ("the ministry" for its name). A name
that is merely misspelled is a matter of garbled-name.

Severity: major; neutral where the segment is so freely worded that the one may be another way to say the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._mentions import Mention, mentions, said_anywhere, said_here, supported
from evaltool.rules._names import kin, plain, similar
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Word

_GARBLED = 0.8  # likeness from which it is the same name misspelled
_UNRELATED = 0.6  # middle-layer cosine below which two common words are taken for different things
_LITERAL = 0.4  # share of common words from which one new and one lost name stand for each other anywhere


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name of the variant that stands for another name of the reference."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = mentions(segment.variant, segment), mentions(segment.reference, segment)
    everywhere = said_anywhere(segment.whole_reference)
    new = [m for m in ours if not supported(m, theirs, everywhere)] + _surplus(ours, theirs)
    gone = [g for g in theirs if not supported(g, ours, said_here(segment.variant))]
    taken: set[int] = set()
    for name in new:
        rivals = [(_bond(segment, name, g), -g.first, g) for g in gone if g.first not in taken]
        if not rivals:
            continue
        bond, _, meant = max(rivals)
        if not supported(name, theirs, everywhere) and _titled(segment, name, meant):
            bond = 2  # "President Weber" for "President Stein"
        alone = len(new) == len(gone) == 1 and (bond or (name.proper and meant.proper))
        if not _differ(segment, name, meant) or not (bond == 2 or (alone and segment.literalness >= _LITERAL)):
            continue
        taken.add(meant.first)
        said, due = name.span.of(segment.variant.text), meant.span.of(segment.reference.text)
        yield Hit(
            Severity.MAJOR,
            f"The reference names “{due}”; here it is “{said}”, which the reference does not know.",
            variant_span=name.span,
            reference_span=meant.span,
            suggestion=due,
            evidence={"anchored sides": bond, "literalness of the segment": round(segment.literalness, 2)},
            confidence=0.8 if bond == 2 else 0.7,
        )


def _bond(segment: AlignedSegment, name: Mention, meant: Mention) -> int:
    """On how many sides the words around the two names are linked to each other."""
    return anchors(segment, name.first, meant.first)[0] + anchors(segment, name.last, meant.last)[1]


def _surplus(ours: Sequence[Mention], theirs: Sequence[Mention]) -> list[Mention]:
    """Names that the variant mentions more often than the reference does: one of them may stand for another name."""
    often, due = (Counter(_text(m) for m in side) for side in (ours, theirs))
    return [m for m in ours if m.proper and due[_text(m)] and often[_text(m)] > due[_text(m)]]


def _text(mention: Mention) -> str:
    return " ".join(plain(word.form) for word in mention.words)


def _titled(segment: AlignedSegment, name: Mention, meant: Mention) -> bool:
    """Whether both begin with the same words, a title or an office, and go on with other names."""
    ours = segment.variant.words[name.first : name.last + 1]
    theirs = segment.reference.words[meant.first : meant.last + 1]
    count = next((k for k, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a.form != b.form), 0)
    rest = {w.form for w in ours[count:]} & {w.form for w in theirs[count:]}
    return count > 0 and not rest and similar(ours[-1].text, theirs[-1].text) < _GARBLED


def _differ(segment: AlignedSegment, name: Mention, meant: Mention) -> bool:
    """Whether the two can be told to be different things."""
    if _titled(segment, name, meant):
        return True
    if any(similar(a.text, b.text) >= _GARBLED for a in name.words for b in meant.words):
        return False
    short, long = sorted((name, meant), key=lambda m: sum(len(w.form) for w in m.words))
    if len(short.words) == 1 and _may_shorten(short.words[0], long):
        return False
    if name.proper and meant.proper:
        return True
    # One is made of words of the language, so that it may describe what the other names.
    best = max(segment.variant.best[i] for i, w in enumerate(segment.variant.words) if w in name.words)
    return best < _UNRELATED and not any(kin(a, b) for a in name.words for b in segment.reference.words if b.is_content)


def _may_shorten(word: Word, name: Mention) -> bool:
    """Whether a word can be an acronym, perhaps one of another language, or the beginning of a name."""
    short, first = plain(word.text), plain(name.words[0].text)
    if len(short) > 1 and first.startswith(short):
        return True
    if sum(c.isupper() for c in word.text) < 2:
        return False
    if len(name.initials) == 1:
        return short[:1] == first[:1] and _in_order(short, first)
    turned = sorted(short) == sorted(name.initials)  # "UAF" for the Armed Forces of Ukraine
    return turned or short[:1] == name.initials[:1] or _in_order(name.initials, short)


def _in_order(parts: Iterable[str], text: str) -> bool:
    """Whether a text holds some letters in their order."""
    left = iter(text)
    return all(part in left for part in parts)


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The ship left Odesa for Istanbul.", "The ship left ⟦Madrid⟧ for Istanbul."),
        Example("Kovacs lost the first set in a tie-break.", "⟦Lindqvist⟧ lost the first set in a tie-break."),
        Example("The court fined the firm of Anton Weiss.", "The court fined the firm of ⟦Marie Duval⟧."),
        Example("The U.S. rejected the offer on Monday.", "⟦Bulgaria⟧ rejected the offer on Monday."),
        Example("The minister met Anton Weiss in Odesa.", "The minister met Weiss in Odesa."),
        Example("The UN’s envoy arrived in Geneva.", "The United Nations envoy arrived in Geneva."),
        Example("The Dutch government denied it.", "The government of the Netherlands denied it."),
        Example("The U.S. rejected the offer on Monday.", "America rejected the offer on Monday."),
    ),
)
