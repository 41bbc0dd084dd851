"""A person bears the title or office that the reference gives to somebody else: "Colonel Lee" for Colonel Hale.

Looked at are nouns for a person beside a name: directly before it ("the medic Ann Lee", "Colonel Hale") or parted from
it by commas ("Ann Lee, the medic,"). The reference must give the noun to one name alone, the variant to another one,
which the reference knows too and calls otherwise. Accepted are synonyms, wider words and general ones such as "leader".

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evaltool import lexicon
from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._clauses import gap
from evaltool.rules._names import plain
from evaltool.rules._parties import GENERAL
from evaltool.words import AlignedSegment, Side

_UNLIKE = 0.4  # closeness in WordNet from which two nouns may say the same of somebody
_LONGEST = 5  # words between a name and the noun that is parted from it by a comma
_ARTICLES = frozenset("the a an its his her their".split())
#: What each of two is to the other says of both.
_MUTUAL = frozenset(
    "teammate colleague rival opponent friend neighbour neighbor partner twin sibling cousin ally".split()
)


@dataclass(frozen=True, slots=True)
class _Office:
    """A noun for a person beside a name: lemma, index of the noun, (first, last) index of the name, its words."""

    lemma: str
    at: int
    name: tuple[int, int]
    words: frozenset[str]


@lru_cache(maxsize=4000)
def _person(lemma: str) -> bool:
    person = lexicon.main_part_of_speech(lemma) == "n" and lexicon.hypernym(lemma, "person", 6)
    return person and lemma not in GENERAL | _MUTUAL


def _names(side: Side) -> Iterator[tuple[int, int]]:
    """(first, last) of each run of capitalised words, titles left out."""
    at = 0
    while at < len(side.words):
        last = at
        if _capital(side, at):
            while last + 1 < len(side.words) and _capital(side, last + 1) and gap(side, last, last + 1) in (" ", "-"):
                last += 1
            first = next((k for k in range(at, last + 1) if not _person(side.words[k].lemma)), None)
            if first is not None and not (side.words[last].initial and first == last):
                yield first, last
        at = last + 1


def _capital(side: Side, at: int) -> bool:
    word = side.words[at]
    return word.is_capitalised and not word.is_function and not word.is_acronym


def _offices(side: Side) -> Iterator[_Office]:
    """The nouns for a person that stand beside a name."""
    words = side.words
    for first, last in _names(side):
        name = frozenset(plain(w.form) for w in words[first : last + 1])
        of = first > 1 and words[first - 2].form == "of"  # "the Minister of Justice Ann Lee"
        if first and gap(side, first - 1, first) == " " and _person(words[first - 1].lemma) and not of:
            yield _Office(words[first - 1].lemma, first - 1, (first, last), name)
        if last + 2 >= len(words) or "," not in gap(side, last, last + 1) or words[last + 1].form not in _ARTICLES:
            continue
        for k in range(last + 2, min(last + 2 + _LONGEST, len(words))):
            if gap(side, k - 1, k) not in (" ", "-", "’s ", "'s ") or not words[k].is_content:
                break
            ends = k + 1 == len(words) or gap(side, k, k + 1) != " " or words[k + 1].is_function
            if ends:
                if _person(words[k].lemma):
                    yield _Office(words[k].lemma, k, (first, last), name)
                break


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each title or office that belongs to somebody else."""
    known = [(office, segment.reference) for segment in document.segments for office in _offices(segment.reference)]
    for segment in document.segments:
        for mine in _offices(segment.variant):
            own = [(o, side) for o, side in known if o.words & mine.words]
            bearers = [o for o, _ in known if o.lemma == mine.lemma]
            if not own or not bearers or any(o.words & mine.words for o in bearers):
                continue
            if any(_alike(mine.lemma, o.lemma) for o, _ in own):
                continue
            if any(not (a.words & b.words) for a in bearers for b in bearers):
                continue  # more than one bears it
            yield _hit(segment, mine, *own[0])


def _alike(one: str, two: str) -> bool:
    close = lexicon.related(one, two) >= _UNLIKE
    return close or lexicon.hypernym(one, two, 6) or lexicon.hypernym(two, one, 6)


def _hit(segment: AlignedSegment, mine: _Office, own: _Office, side: Side) -> Hit:
    ours = segment.variant
    said = _span(ours, mine)
    meant = _span(side, own)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{meant.of(side.text)}”; here it is “{said.of(ours.text)}”, as somebody else is called.",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(side.text),
        evidence={"office": mine.lemma, "meant": own.lemma},
        confidence=0.85,
    )


def _span(side: Side, office: _Office) -> Span:
    first, last = min(office.at, office.name[0]), max(office.at, office.name[1])
    return Span(side.words[first].span.start, side.words[last].span.end)


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "The boat was brought in by the medic Ann Lee and Captain Hale.",
            "The boat was brought in by ⟦Captain Ann Lee⟧ and Hale.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The boat was brought in by the medic Ann Lee and Captain Hale.",
            "It was the medic, Ann Lee, and Hale, the captain, who brought the boat in.",
        ),
    ),
)
