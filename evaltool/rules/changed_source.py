"""A statement is given to another source: "police say" for "his lawyer says", another person's name as its speaker.

What is said stands there in the reference's words, and so does the verb of speech; who says it is another party, one
that the reference names elsewhere. Accepted are a pronoun, a title or description for a name, a wider or narrower word
or a synonym ("officials" for "the authorities"), a body for the person who speaks for it (words that the reference
itself puts together, "the bank's governor"), and a source that the variant names in the same sentence in another place.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaltool import lexicon
from evaltool._english import ADVERBS, ARTICLES, CONJUNCTIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._names import plain, similar
from evaltool.rules._parties import different, together
from evaltool.rules._verbs import joined
from evaltool.words import AlignedSegment, Side, Word

_LITERAL, _FOLLOWED = 0.65, 0.6  # share of common words of the segment; of linked words of what is said
_FEWEST = 3  # content words of what is said
_LONGEST = 6  # words of a source
_ALIKE = 0.85  # Jaro-Winkler from which two names may be one
#: Verbs that make a statement their subject's.
_VERBS = frozenset(
    """
    say tell add claim argue insist maintain assert announce acknowledge admit concede explain warn state deny allege
    testify contend estimate believe confirm stress complain promise report note
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Source:
    """Who says something.

    Attributes:
        verb: index of the verb of speech.
        first: index of the source's first word.
        head: index of its head, a common noun or the last word of a name.
        name: whether it is a name.
    """

    verb: int
    first: int
    head: int
    name: bool


def _sources(side: Side) -> Iterator[_Source]:
    """The sources directly before a verb of speech, or behind one that follows a quotation or a statement."""
    for at, word in enumerate(side.words):
        if word.form == "according" and at + 2 < len(side.words) and side.words[at + 1].form == "to":
            found = _after(side, at, at + 2)
            if found:
                yield found
            continue
        if word.lemma not in _VERBS or word.form.endswith("ing") or word.form == "told":
            continue
        found = _before(side, at) or _behind(side, at)
        if found:
            yield found


def _before(side: Side, verb: int) -> _Source | None:
    head = verb - 1
    while head > 0 and joined(side, head) and side.words[head].form in ("also", "later", "then", "has", "have", "had"):
        head -= 1
    if head < 0 or not joined(side, head):
        return None
    first = head
    while first > 0 and head - first < _LONGEST and joined(side, first - 1) and _inside(side.words[first - 1]):
        first -= 1
    opening = side.words[first - 1] if first and joined(side, first - 1) else None
    if opening is not None and opening.form not in CONJUNCTIONS | ADVERBS:
        return None  # the noun belongs to something before it ("the lawyer of the mayor said")
    return _source(side, verb, first, head)


def _behind(side: Side, verb: int) -> _Source | None:
    if verb == 0 or not any(mark in gap(side, verb - 1, verb) for mark in ",”\"'’"):
        return None
    return _after(side, verb, verb + 1) if verb + 1 < len(side.words) and joined(side, verb) else None


def _after(side: Side, verb: int, first: int) -> _Source | None:
    head = first
    while head + 1 < len(side.words) and joined(side, head) and _inside(side.words[head + 1]):
        head += 1
    return _source(side, verb, first, head)


def _inside(word: Word) -> bool:
    return word.form in ARTICLES or word.form in ("his", "her", "its", "their", "our", "my") or word.is_content


def _source(side: Side, verb: int, first: int, head: int) -> _Source | None:
    word = side.words[head]
    if not word.is_content or head - first >= _LONGEST:
        return None
    name = word.is_capitalised and (not word.initial or not lexicon.is_word(word.lemma))
    if not name and "n" not in lexicon.parts_of_speech(word.lemma):
        return None
    return _Source(verb, first, head, name)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each statement of another source."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    known = {source.verb: source for source in _sources(theirs)}
    for mine in _sources(ours):
        partner = ours.partner[mine.verb]
        other = known.get(partner) if partner is not None else None
        if other is None:
            continue
        if _another(segment, mine, other) and _kept(segment, mine, other):
            yield _hit(segment, mine, other)
            return


def _another(segment: AlignedSegment, mine: _Source, other: _Source) -> bool:
    """Whether two sources are different parties of the reference."""
    ours, theirs = segment.variant, segment.reference
    word, reference_word = ours.words[mine.head], theirs.words[other.head]
    if mine.name != other.name or (ours.partner[mine.head] == other.head and word.lemma == reference_word.lemma):
        return False
    whole = segment.whole_reference
    if mine.name:
        return _other_name(word, segment, other, mine)
    pair = word.lemma, reference_word.lemma
    if pair[1] in ours.lemmas or pair[0] in _lemmas(theirs, other):
        return False
    return different(whole, *pair)


def _lemmas(side: Side, source: _Source) -> set[str]:
    return {w.lemma for w in side.words[source.first : source.head + 1]}


def _other_name(word: Word, segment: AlignedSegment, other: _Source, mine: _Source) -> bool:
    """Whether a name is another one of the reference, and not part of the same."""
    ours, theirs = segment.variant, segment.reference
    meant = [plain(w.form) for w in theirs.words[other.first : other.head + 1] if w.is_capitalised]
    said = [plain(w.form) for w in ours.words[mine.first : mine.head + 1] if w.is_capitalised]
    if any(similar(a, b) >= _ALIKE for a in meant for b in said) or word.is_acronym:
        return False
    if _body(said) != _body(meant):
        return False  # a body and who speaks for it
    if any(plain(w.form) in meant for w in ours.words) or theirs.words[other.head].is_acronym:
        return False
    names = {plain(w.form) for w in segment.whole_reference.words if w.is_capitalised and not w.initial}
    whole = segment.whole_reference
    return plain(word.form) in names and not together(whole, word.lemma, theirs.words[other.head].lemma)


def _body(name: list[str]) -> bool:
    """Whether a name's words say that it is an organisation's ("Harbour Bank")."""
    return any(lexicon.hypernym(form, "organization") for form in name)


def _kept(segment: AlignedSegment, mine: _Source, other: _Source) -> bool:
    """Whether what is said is the same: the content words of its sentence are linked."""
    share = []
    for side, source in ((segment.variant, mine), (segment.reference, other)):
        first, last = sentence(side, source.verb, ";")
        said = [
            k
            for k in range(first, last + 1)
            if side.words[k].is_content and not source.first <= k <= source.head and k != source.verb
        ]
        if len(said) < _FEWEST:
            return False
        share.append(sum(side.partner[k] is not None for k in said) / len(said))
    return min(share) >= _FOLLOWED


def _hit(segment: AlignedSegment, mine: _Source, other: _Source) -> Hit:
    def span(side: Side, source: _Source) -> Span:
        ends = sorted((source.first, source.head, source.verb))
        return Span(side.words[ends[0]].span.start, side.words[ends[-1]].span.end)

    said, meant = span(segment.variant, mine), span(segment.reference, other)
    there = meant.of(segment.reference.text)
    return Hit(
        Severity.CRITICAL,
        f"The reference has this from another source (“{there}”); here it is “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=there,
        evidence={"source": segment.variant.words[mine.head].text, "meant": segment.reference.words[other.head].text},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Police searched the barge on Sunday. His lawyer says the barge turned without warning.",
            "Police searched the barge on Sunday. ⟦Police say⟧ the barge turned without warning.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The mayor met Ivo Marsh at noon. Later Anna Holt said that the old pier would not be sold.",
            "The mayor met Ivo Marsh at noon. Later ⟦Marsh said⟧ that the old pier would not be sold.",
        ),
        Example(
            "The mayor met Ivo Marsh at noon. Later Anna Holt said that the old pier would not be sold.",
            "The mayor met Ivo Marsh at noon. Later the mayor said that the old pier would not be sold.",
        ),
        Example(
            "The governor of the bank spoke at noon. The governor said the rate would rise.",
            "The governor of the bank spoke at noon. The bank said the rate would rise.",
        ),
    ),
)
