"""Whether two words fill the same slot: what stands around them is aligned."""

from __future__ import annotations

from evaltool import lexicon
from evaltool.rules._clauses import wonders
from evaltool.rules._numbers import is_number_word
from evaltool.words import AlignedSegment, Side

#: Adverbs and prepositions of place that turn a verb round.
PARTICLES = frozenset("in out on off up down over under into inside outside above below".split())
#: Behind these words "for" and "against" take sides; "opened for him" does not.
_SIDING = frozenset(
    """
    advise recommend counsel vote rule decide argue campaign speak lobby ballot protest rally majority case argument
    stand fight play score bet
    """.split()
)

_REACH = 3  # how many words away an anchor may stand


def aside(segment: AlignedSegment, variant_index: int, reference_index: int) -> bool:
    """Whether two opposites oppose nothing: sides that are not taken, or what is asked for ("whether it is wrong")."""
    places = (segment.variant, variant_index), (segment.reference, reference_index)
    words = [side.words[k] for side, k in places]
    if {w.form for w in words} == {"for", "against"}:
        return not all(
            any(w.lemma in _SIDING for w in side.words[max(0, k - 3) : k]) or side.words[max(0, k - 1)].lemma == "be"
            for side, k in places
        )
    return all(wonders(side, k) for side, k in places) and all("a" in lexicon.parts_of_speech(w.lemma) for w in words)


def between_numbers(side: Side, index: int) -> bool:
    """Whether a particle stands between two numbers: "one out of five", "one in five"."""
    if side.words[index].form not in PARTICLES or not index:
        return False
    near = (side.words[index - 1 : index], side.words[index + 1 : index + 3])
    return all(any(w.is_number or is_number_word(w.form) for w in words) for words in near)


def anchors(segment: AlignedSegment, variant_index: int, reference_index: int) -> tuple[bool, bool]:
    """(left, right): whether a word shortly before, and one shortly behind, are linked to each other across the sides.

    Args:
        segment: with its word links.
        variant_index: index of the word among the variant's words.
        reference_index: index of the word among the reference's words.
    """
    found = []
    for step in (-1, 1):
        near = {reference_index + step * k for k in range(1, _REACH + 1)}
        linked = False
        for k in range(1, _REACH + 1):
            at = variant_index + step * k
            if not 0 <= at < len(segment.variant.words):
                # Both words stand at the segment's edge: the edge itself is the anchor.
                linked = k == 1 and not 0 <= reference_index + step < len(segment.reference.words)
                break
            partner = segment.variant.partner[at]
            if partner is not None and partner in near:
                linked = True
                break
        found.append(linked)
    return found[0], found[1]


def same_slot(segment: AlignedSegment, variant_index: int, reference_index: int) -> bool:
    """Whether a word is anchored on both sides."""
    return all(anchors(segment, variant_index, reference_index))


def weighed(segment: AlignedSegment, i: int, j: int) -> float:
    """The chance that a word of the variant is wrong in the place of one of the reference's; 0 where not weighed."""
    return max((s.chance for s in segment.substitutes if (s.index, s.counterpart) == (i, j)), default=0.0)


def turned_round(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether what stands before and behind the word has changed places ("Bolt bought it from Ash")."""
    links = [
        (k, partner)
        for k, (word, partner) in enumerate(zip(segment.variant.words, segment.variant.partner, strict=True))
        if partner is not None and word.is_content and k != i
    ]
    return any(k < i and partner > j for k, partner in links) and any(k > i and partner < j for k, partner in links)
