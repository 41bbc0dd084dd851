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
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ADVERBS, ARTICLES, CONJUNCTIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._names import plain, similar
from evaltool.rules._parties import KINDS, different, together
from evaltool.rules._verbs import groups, joined
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

_LITERAL, _FOLLOWED = 0.4, 0.6  # share of common words of the segment; of linked words of what is said
_NAMED = 0.65  # share of common words from which a name may be compared with another
_FEWEST = 3  # content words of what is said
_LONGEST = 6  # words of a source
_UNLIKE = 0.4  # closeness in WordNet from which two bodies may be one
_ALIKE = 0.85  # Jaro-Winkler from which two names may be one
#: Verbs that make a statement their subject's.
_VERBS = frozenset(
    """
    say tell add claim argue insist maintain assert announce acknowledge admit concede explain warn state deny allege
    testify contend estimate believe confirm stress complain promise report note
    """.split()
)


#: Who speaks for a body, which the word before names: "an institute spokesman".
_SPEAKING = frozenset("spokesman spokeswoman spokesperson official source representative".split())
#: Bodies of the state, any of which may stand for another.
_STATE = frozenset("government state ministry official authority department cabinet minister administration".split())
_PEOPLE = frozenset("police people".split())  # plural without an "s"


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
        if found and _agrees(side, found):
            yield found


def _agrees(side: Side, source: _Source) -> bool:
    """Whether a source fits its verb in number, so that the verb is no noun: "police claim", not "its final report"."""
    verb, head = side.words[source.verb], side.words[source.head]
    if source.verb < source.head or source.name:
        return not head.form.endswith(("'s", "’s"))
    plural = head.form != head.lemma or head.form in _PEOPLE
    if verb.form == verb.lemma:
        return plural
    return not (plural and verb.form.endswith("s")) and not head.form.endswith(("'s", "’s"))


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
    if verb + 1 >= len(side.words) or not joined(side, verb) or not _inside(side.words[verb + 1]):
        return None
    first, _ = sentence(side, verb)
    if gap(side, verb - 1, verb).strip() == "," and not any(first <= g.end < verb for g in groups(side)):
        return None  # "Its doctor, Emil Strand, said a fault ...": no statement before it
    return _after(side, verb, verb + 1)


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
    own = list(_sources(ours)) if known else []
    for mine in own:
        partner = ours.partner[mine.verb]
        other = known.get(partner) if partner is not None else None
        other = other or _of_claim(segment, mine, own, list(known.values()))
        if other is None:
            continue
        if _another(segment, mine, other) and _kept(segment, mine, other):
            yield _hit(segment, mine, other)
            return


def _of_claim(segment: AlignedSegment, mine: _Source, own: list[_Source], known: list[_Source]) -> _Source | None:
    """The one source of the reference's clause that says what the clause of a source of the variant says, or None."""
    ours, theirs = segment.variant, segment.reference
    clause = sentence(ours, mine.verb, ";")
    if sum(clause[0] <= source.verb <= clause[1] for source in own) != 1:
        return None
    counts: dict[tuple[int, int], int] = {}
    for k in range(clause[0], clause[1] + 1):
        partner = ours.partner[k]
        if partner is not None and ours.words[k].is_content and not mine.first <= k <= mine.head:
            place = sentence(theirs, partner, ";")
            counts[place] = counts.get(place, 0) + 1
    best = max(counts, key=lambda place: (counts[place], -place[0]), default=None)
    here = [source for source in known if best is not None and best[0] <= source.verb <= best[1]]
    return here[0] if len(here) == 1 else None


def _another(segment: AlignedSegment, mine: _Source, other: _Source) -> bool:
    """Whether two sources are different parties of the reference."""
    ours, theirs = segment.variant, segment.reference
    word, reference_word = ours.words[mine.head], theirs.words[other.head]
    if mine.name != other.name or (ours.partner[mine.head] == other.head and word.lemma == reference_word.lemma):
        return False
    whole = segment.whole_reference
    if mine.name:
        return segment.literalness >= _NAMED and _other_name(word, segment, other, mine)
    pair = word.lemma, reference_word.lemma
    if pair[0] == pair[1] and pair[0] in _SPEAKING:
        return _other_body(segment, mine, other)
    if pair[1] in ours.lemmas or pair[0] in _lemmas(theirs, other):
        return False
    return different(whole, *pair) or _of_other_class(whole, *pair)


def _of_other_class(whole: Vocabulary, one: str, two: str) -> bool:
    """Whether two general words name sources of different kinds: "the company", "the authority"."""
    classes = [next((k for k, words in enumerate(KINDS) if lemma in words), None) for lemma in (one, two)]
    if None in classes or classes[0] == classes[1]:
        return False
    return one in whole.lemmas and not together(whole, one, two)


def _other_body(segment: AlignedSegment, mine: _Source, other: _Source) -> bool:
    """Whether those who speak for a body speak for another: "a ministry spokesman" for "an institute spokesman"."""
    ours, theirs = segment.variant, segment.reference
    if mine.head - 1 < mine.first or other.head - 1 < other.first:
        return False
    one, two = ours.words[mine.head - 1].lemma, theirs.words[other.head - 1].lemma
    nouns = all(lexicon.main_part_of_speech(lemma) == "n" for lemma in (one, two))
    if (
        one == two
        or not nouns
        or two in ours.lemmas
        or {one, two} <= _STATE
        or one not in segment.whole_reference.lemmas
    ):
        return False
    if not (_is_body(one) and _is_body(two)):
        return False
    return lexicon.related(one, two) < _UNLIKE and not _of(segment.whole_reference, one, two)


def _of(whole: Vocabulary, one: str, two: str) -> bool:
    """Whether a document has one body as the other's: "the ministry's institute", "the institute of the ministry"."""
    words = [w for w in whole.words if w.form not in ("of", "the")]
    return any({a.lemma, b.lemma} == {one, two} for a, b in pairwise(words))


def _is_body(lemma: str) -> bool:
    """Whether a noun names an organisation."""
    return lexicon.hypernym(lemma, "organization", 5) or lexicon.hypernym(lemma, "social group", 5)


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
            "The group runs ten clinics. No medical records have appeared there so far, police said.",
            "The group runs ten clinics. Medical records have not appeared there so far, ⟦the group said⟧.",
        ),
        Example(
            "The army denied it. According to residents, three houses burned down in the night raid.",
            "The army denied it. Three houses burned down in the night raid, ⟦the army said⟧.",
        ),
        Example(
            "The agency closed the plant. Eleven tablets dissolved in under ten minutes, officials said.",
            "The agency closed the plant. Eleven tablets dissolved in less than ten minutes, according to the agency.",
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
