"""Two parties, things or numbers have changed places: who did what to whom.

Two cases. Subject and object of the same verb are exchanged, also where a pronoun stands for one of them ("the
observatory had told her", "she had told the observatory"). Two names or numbers stand in each other's place while
everything around them is the same. Accepted are the passive ("was told by") and the members of a list in another order.

Severity: critical for subject and object, major otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._polarity import is_adverb
from evaltool.words import AlignedSegment, Side, Word

#: Share of the segment's words that must stand in the reference too.
_LITERAL, _LITERAL_PLACES = 0.6, 0.75
_REACH = 8  # words between two nouns that have changed places
#: The case of a pronoun says whether it is subject or object; "you" and "it" do not say.
_SUBJECTS = {"i": 1, "he": 2, "she": 3, "we": 4, "they": 5}
_OBJECTS = {"me": 1, "him": 2, "her": 3, "us": 4, "them": 5}
_BE = frozenset("be is are was were been being get gets got getting".split())
#: What either party does to the other, or both together: turned round, it says the same.
_MUTUAL = frozenset(
    "be meet marry divorce fight resemble join accompany match equal border play face with and or".split()
)

_ADVERBS = frozenset("once twice thrice yesterday today tomorrow again".split())
_SCALES = frozenset("thousand million billion trillion bn percent per cent".split())
_PARTING = ',;:.!?()-“”"'  # subject, verb and object stand together without these


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each pair that has changed places."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    hits = list(_subjects(segment))
    yield from hits
    if not hits and segment.literalness >= _LITERAL_PLACES:
        yield from _places(segment)


def _verbs(segment: AlignedSegment) -> Iterator[tuple[int, int]]:
    """(variant index, reference index) of linked verbs of the same lemma, both active or both passive."""
    for i, j in enumerate(segment.variant.partner):
        if j is None:
            continue
        word, other = segment.variant.words[i], segment.reference.words[j]
        if word.lemma != other.lemma or "v" not in lexicon.parts_of_speech(word.lemma) or word.lemma in _MUTUAL:
            continue
        if _passive(segment.variant, i) == _passive(segment.reference, j):
            yield i, j


def _passive(side: Side, at: int) -> bool:
    return any(w.form in _BE for w in side.words[max(0, at - 2) : at])


def _subject(side: Side, at: int) -> int | None:
    """Index of the word directly before a verb and its auxiliaries that can be its subject."""
    for k in range(at - 1, max(-1, at - 4), -1):
        word = side.words[k]
        if any(mark in gap(side, k, k + 1) for mark in _PARTING):
            return None
        if word.form in _SUBJECTS or (word.is_content and not word.form.endswith("ly")):
            return k
        if word.form not in ("had", "has", "have", "did", "does", "do", "will", "would", "also", "then", "already"):
            return None
    return None


def _object(side: Side, at: int) -> int | None:
    """Index of the word behind a verb that can be its object: a pronoun, or the head of the next noun phrase."""
    for k in range(at + 1, min(at + 5, len(side.words))):
        word = side.words[k]
        if any(mark in gap(side, k - 1, k) for mark in _PARTING):
            return None
        if word.form in _OBJECTS and k == at + 1 and not _possessive(side, k):
            return k
        if word.is_content:
            return _head(side, k)
        if word.form not in ("the", "a", "an", "his", "her", "its", "their", "our", "my", "your"):
            return None
    return None


def _head(side: Side, at: int) -> int:
    """Index of the last of a run of content words: the head of a noun phrase."""
    while at + 1 < len(side.words) and _goes_on(side.words[at + 1]) and gap(side, at, at + 1) == " ":
        at += 1
    return at


def _goes_on(word: Word) -> bool:
    """Whether a word can belong to a noun phrase that has begun: no adverb of number or time."""
    return word.is_content and word.form not in _ADVERBS and not is_adverb(word)


def _possessive(side: Side, at: int) -> bool:
    """Whether "her" belongs to a noun: a content word follows directly."""
    after = side.words[at + 1] if at + 1 < len(side.words) else None
    return side.words[at].form == "her" and after is not None and after.is_content


def _same_party(segment: AlignedSegment, i: int, j: int) -> bool:
    word, other = segment.variant.words[i], segment.reference.words[j]
    persons = [_SUBJECTS.get(w.form) or _OBJECTS.get(w.form) for w in (word, other)]
    if any(persons):
        return persons[0] == persons[1]
    return word.lemma == other.lemma or segment.variant.partner[i] == j


def _subjects(segment: AlignedSegment) -> Iterator[Hit]:
    """Verbs whose subject and object are exchanged."""
    ours, theirs = segment.variant, segment.reference
    for i, j in _verbs(segment):
        ends = _subject(ours, i), _object(ours, i), _subject(theirs, j), _object(theirs, j)
        if any(end is None for end in ends):
            continue
        a, b, c, d = (end for end in ends if end is not None)
        if _same_party(segment, a, d) and _same_party(segment, b, c) and not _same_party(segment, a, c):
            said = Span(ours.words[a].span.start, ours.words[b].span.end)
            meant = Span(theirs.words[c].span.start, theirs.words[d].span.end)
            yield _hit(segment, said, meant, Severity.CRITICAL, "who does it to whom is reversed", "subject and object")


def _places(segment: AlignedSegment) -> Iterator[Hit]:
    """Names or numbers in each other's place while the words around them are the same."""
    ours, theirs = segment.variant, segment.reference
    linked = [
        (i, j)
        for i, j in enumerate(ours.partner)
        if j is not None and ours.words[i].form == theirs.words[j].form and _nameable(ours.words[i], ours, i)
    ]
    counts = [word.form for word in ours.words], [word.form for word in theirs.words]
    for (a, p), (b, q) in combinations(linked, 2):
        if p < q or b - a < 2 or any(count.count(ours.words[k].form) > 1 for count in counts for k in (a, b)):
            continue
        if ours.words[a].is_number != ours.words[b].is_number or _listed(ours, a, b) or _listed(theirs, q, p):
            continue
        if any(_common(ours.words[k]) for k in (a, b)) and not _alone(segment, (a, b), (q, p)):
            continue
        if _by_between(ours, a, b) != _by_between(theirs, q, p):
            continue  # "the province is ruled by the party": the party rules the province
        if _with_their_words(segment, (a, b), (q, p)) or _inverse(ours, theirs):
            continue
        content = not ours.words[a].is_number or _beside_content(ours, a) or _beside_content(ours, b)
        if content and _surroundings(segment, a, q) and _surroundings(segment, b, p):
            said = Span(ours.words[a].span.start, ours.words[b].span.end)
            meant = Span(theirs.words[q].span.start, theirs.words[p].span.end)
            yield _hit(segment, said, meant, Severity.MAJOR, "the two have changed places", "places")
            return


def _with_their_words(segment: AlignedSegment, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether what stands before the two has changed places too: "lower than in A, higher than in B"."""

    def before(side: Side, at: int) -> str:
        return next((side.words[k].lemma for k in range(at - 1, max(-1, at - 5), -1) if side.words[k].is_content), "")

    here = [before(segment.variant, k) for k in ours]
    there = [before(segment.reference, k) for k in theirs]
    return here == there[::-1] and here[0] != here[1]


def _inverse(ours: Side, theirs: Side) -> bool:
    """Whether one side says "twice" and the other "half": "A is twice as high as B", "B is half as high as A"."""
    return any("twice" in a.forms and "half" in b.forms for a, b in ((ours, theirs), (theirs, ours)))


def _by_between(side: Side, first: int, last: int) -> bool:
    return any(side.words[k].form == "by" for k in range(first + 1, last))


def _nameable(word: Word, side: Side, at: int) -> bool:
    if at + 1 < len(side.words) and not gap(side, at, at + 1) and not side.words[at + 1].is_sign:
        return False  # "6th"
    if word.is_number or (word.is_capitalised and word.is_content and not word.initial):
        return True
    return word.is_content and not word.is_capitalised and lexicon.main_part_of_speech(word.lemma) == "n"


def _common(word: Word) -> bool:
    return not word.is_number and not word.is_capitalised


def _alone(segment: AlignedSegment, ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    """Whether two words are near each other and all content between them is the same on both sides."""
    between = 0
    for side, (first, last), (low, high) in (
        (segment.variant, ours, theirs),
        (segment.reference, theirs, ours),
    ):
        content = [k for k in range(first + 1, last) if side.words[k].is_content]
        between += len(content)
        partners = [side.partner[k] for k in content]
        if last - first > _REACH or any(p is None or not low < p < high for p in partners):
            return False
    return between > 0


def _listed(side: Side, first: int, last: int) -> bool:
    """Whether all between two words is names, commas and "and": a list, or one name."""
    return all(
        side.words[k].is_capitalised or side.words[k].is_number or side.words[k].form in _MUTUAL
        for k in range(first + 1, last)
    )


def _surroundings(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the words directly before and behind two words are the same on both sides."""
    ours, theirs = segment.variant.words, segment.reference.words

    def near(words: tuple[Word, ...], at: int, step: int) -> str:
        at += step
        while 0 <= at < len(words) and number and (words[at].is_sign or words[at].form in _SCALES):
            at += step  # "£3 million" stands where "£" and "million" do not
        return words[at].form if 0 <= at < len(words) else ""

    number = ours[i].is_number

    return all(near(ours, i, step) == near(theirs, j, step) for step in (-1, 1))


def _beside_content(side: Side, at: int) -> bool:
    near = [side.words[k] for k in (at - 1, at + 1) if 0 <= k < len(side.words)]
    return any(word.is_content or word.is_sign for word in near)


def _hit(segment: AlignedSegment, said: Span, meant: Span, severity: Severity, what: str, case: str) -> Hit:
    here = said.of(segment.variant.text)
    return Hit(
        severity,
        f"The reference says “{meant.of(segment.reference.text)}”; here it is “{here}”: {what}.",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(segment.reference.text),
        evidence={"exchanged": case, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "She said the harbour office had warned her that the pier was closed.",
            "She said ⟦she had warned the harbour office⟧ that the pier was closed.",
            severity=Severity.CRITICAL,
        ),
        Example("On Monday Arsenal beat Chelsea in London.", "On Monday ⟦Chelsea beat Arsenal⟧ in London."),
        Example("The bus to Oslo left Rome late.", "The bus to ⟦Rome left Oslo⟧ late."),
        Example("On Monday Arsenal beat Chelsea in London.", "On Monday Chelsea were beaten by Arsenal in London."),
        Example("The harbour office had warned her.", "She had been warned by the harbour office."),
        Example(
            "The party has governed the province for four years.",
            "The province has been ruled by the party for four years.",
        ),
        Example("Talks with Peru and Chile began.", "Talks with Chile and Peru began."),
        Example(
            "The firm, which bought the yard for £3 million, is said to want £50 million, of which a part is due.",
            "The firm is said to want £50 million, of which a part is due. It bought the yard for £3 million.",
        ),
    ),
)
