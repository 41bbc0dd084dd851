"""A name stands where the reference has another one.

The variant mentions somebody or something that the reference does not know, in the place of a name that the variant's
segment lacks. Accepted are a country for its people, its government or its capital, an acronym for what it abbreviates,
a surname for the full name, initials, other romanisations, and a description for a name ("the ministry" for its name),
but no place name translated word by word ("Harbour of the Vine" for "Port-Lavigne"). One part of a full name counts
too ("Marek Duval" for "Marek Weiss"). A misspelled name is a matter of garbled-name.

Severity: major; neutral where the segment is so freely worded that the one may be another way to say the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from evaltool import lexicon
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._mentions import Mention, is_person, is_proper, mentions, said_anywhere, said_here, supported
from evaltool.rules._names import accepted, is_listed, kin, plain, similar, zipf
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Side, Word

_GARBLED = 0.8  # likeness from which it is the same name misspelled
_UNRELATED = 0.6  # middle-layer cosine below which two common words are taken for different things
_ORDINARY = 4.0  # zipf frequency from which a word of the language may translate a part of a name
_SHORT = 4  # letters below which a word may be a name in another spelling
_WHERE = frozenset("in near outside".split())  # prepositions before a place
_LITERAL = 0.4  # share of common words from which one new and one lost name stand for each other anywhere


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name of the variant that stands for another name of the reference."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = mentions(segment.variant, segment), mentions(segment.reference, segment)
    everywhere = said_anywhere(segment.whole_reference)
    strange, surplus = [m for m in ours if not supported(m, theirs, everywhere)], _surplus(ours, theirs)
    new = strange + surplus
    gone = [g for g in theirs if not supported(g, ours, said_here(segment.variant))]
    words = [w for m in (*surplus, *gone) for w in m.words]
    if not strange and len({_text(m) for m in surplus}) == len(gone) == 1 and not any(w.is_acronym for w in words):
        # Said once too often, for another name.
        new = [max(surplus, key=lambda m: (_bond(segment, m, gone[0]), m.first))]
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
    yield from _parts(segment, [m for m in ours if m not in new], theirs)


def _parts(segment: AlignedSegment, ours: Sequence[Mention], theirs: Sequence[Mention]) -> Iterator[Hit]:
    """Yield each full name of which one part is another: "Marek Duval" for "Marek Weiss"."""
    for name in ours:
        said, due = next((pair for meant in theirs if (pair := _odd(segment, name, meant)) is not None), (None, None))
        if said is None or due is None:
            continue
        yield Hit(
            Severity.MAJOR if similar(said.text, due.text) < _GARBLED else Severity.MINOR,
            f"In the name “{name.span.of(segment.variant.text)}” the reference has “{due.text}” for “{said.text}”.",
            variant_span=said.span,
            reference_span=due.span,
            suggestion=due.text,
            evidence={"name": name.span.of(segment.variant.text)},
            confidence=0.8,
        )


def _odd(segment: AlignedSegment, name: Mention, meant: Mention) -> tuple[Word, Word] | None:
    """The word of a full name and what it stands for, if it is another name."""
    ours, theirs = segment.variant, segment.reference
    pair = _odd_part(_full(ours, name), _full(theirs, meant))
    if pair is not None and not _elsewhere(segment, *pair, is_person(theirs, meant)):
        return pair
    if pair is not None or not is_person(theirs, meant):
        return None
    # The names of persons are words of the language too: "Emil Beach" for "Emil Strand".
    due = _personal(theirs, meant)
    said = tuple(w for w in ours.words[name.first : name.last + 1] if w.is_capitalised)[-len(due) :]
    pair = _odd_part(said, due, any_word=True) if len(due) > 1 else None
    if pair is None or similar(pair[0].text, pair[1].text) >= _GARBLED or len(pair[0].form) < _SHORT:
        return None
    word = lexicon.is_word(pair[0].lemma) and zipf(plain(pair[0].form)) >= _ORDINARY
    return pair if word and not _elsewhere(segment, *pair, True) else None


def _personal(side: Side, name: Mention) -> tuple[Word, ...]:
    """The capitalised words of a person's name behind the last title."""
    words = [w for w in side.words[name.first : name.last + 1] if w.is_capitalised]
    titles = [k for k, w in enumerate(words) if lexicon.hypernym(w.lemma, "person", 6) or len(w.form) < 3]
    return tuple(words[max(titles, default=-1) + 1 :])


def _odd_part(said: tuple[Word, ...], due: tuple[Word, ...], *, any_word: bool = False) -> tuple[Word, Word] | None:
    """The only words in which two full names differ, if they share another name."""
    if len(said) != len(due):
        return None
    pairs = list(zip(said, due, strict=True))
    odd = [pair for pair in pairs if not accepted(*pair)]
    shared = any(_named(a) for a, b in pairs if (a, b) not in odd)
    return odd[0] if len(odd) == 1 and shared and (any_word or _named(odd[0][1])) else None


def _full(side: Side, name: Mention) -> tuple[Word, ...]:
    """The capitalised words of a name from the first one that no dictionary has."""
    words = [w for w in side.words[name.first : name.last + 1] if w.is_capitalised]
    return tuple(words[words.index(name.words[0]) :]) if name.proper else ()


def _named(word: Word) -> bool:
    """Whether a word is a name of its own, not the name of a country or a word of the language."""
    return is_proper(word) and not is_listed(word.form) and not word.is_acronym and len(word.form) > 1


def _elsewhere(segment: AlignedSegment, ours: Word, theirs: Word, person: bool) -> bool:
    """Whether a side has the other's word in some place or form, or the two are one name misspelled."""
    if is_listed(ours.form) or ours.is_acronym or (_named(ours) and similar(ours.text, theirs.text) >= _GARBLED):
        return True
    if not person and lexicon.is_word(ours.lemma) and zipf(plain(ours.form)) >= _ORDINARY:
        return True  # "Square" for "Ploshchad"; the names of persons are not translated ("Prince" for "Prins")
    if any(accepted(ours, w) for w in said_anywhere(segment.whole_reference).capitalised):
        return True
    return any(accepted(w, theirs) for w in said_here(segment.variant).capitalised) or kin(ours, theirs)


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
    if meant.proper and len(name.words) > 1 and _place(segment.reference, meant):
        return True  # "Harbour of the Vine" for "Port-Lavigne": the names of places are not translated
    # One is made of words of the language, so that it may describe what the other names.
    best = max(segment.variant.best[i] for i, w in enumerate(segment.variant.words) if w in name.words)
    return best < _UNRELATED and not any(kin(a, b) for a in name.words for b in segment.reference.words if b.is_content)


def _place(side: Side, name: Mention) -> bool:
    """Whether a name stands behind "in" or in apposition to a word for a place: "the capital, Oslo"."""
    if not name.first:
        return False
    before = side.words[name.first - 1]
    between = side.text[before.span.end : name.span.start].strip()
    if before.form in _WHERE:
        return not between
    return between in ("", ",") and before.text.islower() and lexicon.hypernym(before.lemma, "location", 8)


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
        Example("The minister met Marek Weiss in Odesa.", "The minister met Marek ⟦Duval⟧ in Odesa."),
        Example(
            "The verdict was welcomed by Tomasz Wilk, a farmer from the valley.",
            "The verdict was welcomed by Tomasz ⟦Wolf⟧, a farmer from the valley.",
        ),
        Example("Dr Erik Strand led the team that night.", "Dr Erik ⟦Beach⟧ led the team that night."),
        Example(
            "The march began at Ploshchad Lenina and ended at the river.",
            "The march began at Ploshchad Lenina and ended by the river.",
        ),
        Example(
            "Culture Minister Hannah Vogel said the museum was closed.",
            "Arts Minister Hannah Vogel said the museum was closed.",
        ),
        Example("The U.S. rejected the offer on Monday.", "⟦Bulgaria⟧ rejected the offer on Monday."),
        Example(
            "The treaty was signed in the capital, Port-Lavigne, on Monday.",
            "The treaty was signed in the capital, ⟦Harbour of the Vine⟧, on Monday.",
        ),
        Example("The minister met Anton Weiss in Odesa.", "The minister met Weiss in Odesa."),
        Example("The UN’s envoy arrived in Geneva.", "The United Nations envoy arrived in Geneva."),
        Example("Cuba was the only country to congratulate him.", "Havana was the only one to congratulate him."),
        Example("The Dutch government denied it.", "The government of the Netherlands denied it."),
        Example("The U.S. rejected the offer on Monday.", "America rejected the offer on Monday."),
    ),
)
