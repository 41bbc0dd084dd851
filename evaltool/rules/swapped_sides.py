"""Two things have changed places around a word that orders or contrasts them: rather than, before, because.

The word itself stays: rather than, instead of, than, before, after, until, because, in return for, and the rest, from
... to, not ... but, but, while, whereas and the like. What stands directly behind it in the reference stands before it
in the variant, and the other way round, in the same words ("the army, rather than the militia" for "the militia, rather
than the army"). Accepted is whatever turns the word round too ("not B but A", "after B, A"). With "but", "while" and
"whereas" the two clauses may change places as wholes; it is an error where their subjects do and what is said of them
stays.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evaltool._english import ARTICLES
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._verbs import groups
from evaltool.words import AlignedSegment, Side, Word

_LITERAL = 0.6  # share of the segment's words that must stand in the reference too
_REACH = 14  # words before the connective among which its first side is looked for
_BALANCE = 2  # words of either clause that stay where clauses are balanced
_PHRASE = 4  # content words of the phrase behind it that count

#: Connectives between two things: both things, with all that is said of them, may not be exchanged.
_ORDERING = (
    ("rather", "than"),
    ("but", "not"),
    ("instead", "of"),
    ("and", "the", "rest"),
    ("and", "the", "remainder"),
    ("and", "the", "others"),
    ("followed", "by"),
    ("ahead", "of"),
    ("on", "behalf", "of"),
    ("in", "favour", "of"),
    ("in", "favor", "of"),
    ("in", "return", "for"),
    ("in", "exchange", "for"),
    ("in", "response", "to"),
    ("at", "the", "expense", "of"),
    ("due", "to"),
    ("thanks", "to"),
    ("before",),
    ("after",),
    ("until",),
    ("because",),
    ("unlike",),
    ("than",),
    ("not",),
)
#: Connectives between two clauses that may change places as wholes.
_BALANCED = (("but",), ("while",), ("whereas",))
#: Connectives whose first word opens the first side.
_OPENED = {("to",): "from", ("but",): "not"}
_LINKING = frozenset("in on at by for from with of to into about because".split())
_DETERMINERS = ARTICLES | frozenset("his her its their our my your this that these those some all any both".split())


@dataclass(frozen=True, slots=True)
class _Joined:
    """Two sides joined by a connective.

    Attributes:
        words: the connective's forms, with the word that opens its first side if there is one.
        at: index of its first word.
        before: indexes of the content words of the first side, in order.
        behind: indexes of the content words of the phrase directly behind it.
        rest: indexes of the content words behind that phrase, to the end of the clause.
    """

    words: tuple[str, ...]
    at: int
    before: tuple[int, ...]
    behind: tuple[int, ...]
    rest: tuple[int, ...]


def _carries(word: Word) -> bool:
    return word.is_content or word.is_number


@cache
def _by_first_word() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in (*_ORDERING, *_BALANCED, *_OPENED):
        found.setdefault(words[0], []).append(words)
    return found


def _joined(side: Side) -> Iterator[_Joined]:
    for at in range(len(side.words) - 1):
        for words in _by_first_word().get(side.words[at].form, ()):
            if tuple(w.form for w in side.words[at : at + len(words)]) != words:
                continue
            if words == ("than",) and at and side.words[at - 1].form == "rather":
                continue
            if words == ("not",) and at and "," not in gap(side, at - 1, at):
                continue  # "the army, not the militia"
            found = _sides(side, at, words)
            if found:
                yield found


def _sides(side: Side, at: int, words: tuple[str, ...]) -> _Joined | None:
    first, last = sentence(side, at, ";:")
    if at == first:
        return _fronted(side, words, at, last) if words in _ORDERING else None
    start = max(first, at - _REACH)
    name = words
    if words in _OPENED:
        opened = [k for k in range(start, at) if side.words[k].form == _OPENED[words]]
        if opened:
            start, name = opened[-1] + 1, (_OPENED[words], *words)
        elif words not in _BALANCED:
            return None
    elif words not in _BALANCED:
        # The clause that the first side is in; a comma directly before the connective is its own.
        while start < at and any("," in gap(side, k, k + 1) for k in range(start, at - 1)):
            start += 1
    before = tuple(k for k in range(start, at) if _carries(side.words[k]))
    behind, end = _phrase(side, at + len(words), last)
    stop = end
    while stop < last and "," not in gap(side, stop, stop + 1):
        stop += 1
    rest = tuple(k for k in range(end + 1, stop + 1) if _carries(side.words[k]))
    return _Joined(name, at, before, behind, rest) if before and behind else None


def _fronted(side: Side, words: tuple[str, ...], at: int, last: int) -> _Joined | None:
    """The sides of a connective that begins a sentence: what it opens ends at the first comma."""
    comma = next((k for k in range(at, last) if "," in gap(side, k, k + 1)), None)
    if comma is None:
        return None
    behind, end = _phrase(side, at + len(words), comma)
    main = tuple(k for k in range(comma + 1, min(comma + _REACH, last) + 1) if _carries(side.words[k]))
    rest = tuple(k for k in range(end + 1, comma + 1) if _carries(side.words[k]))
    return _Joined(words, at, main, behind, rest) if main and behind else None


def _phrase(side: Side, start: int, last: int) -> tuple[tuple[int, ...], int]:
    """Content words of the noun phrase that begins at an index, and the index of its last word."""
    k = start
    verbs = {group.start for group in groups(side)}
    while k <= last and (side.words[k].form in _DETERMINERS or side.words[k].form in _LINKING):
        k += 1
    found: list[int] = []
    while k <= last and _carries(side.words[k]) and k not in verbs and len(found) < _PHRASE:
        if found and side.words[k].lemma in SPEECH:
            break
        found.append(k)
        if k < last and gap(side, k, k + 1) not in (" ", "-", "’s ", "'s "):
            k += 1
            break
        k += 1
    return tuple(found), max(start, k - 1)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each connective whose two sides are exchanged."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    for mine in _joined(ours):
        for other in _joined(theirs):
            if mine.words == other.words and _exchanged(segment, mine, other):
                yield _hit(segment, mine, other)
                return


def _exchanged(segment: AlignedSegment, mine: _Joined, other: _Joined) -> bool:
    ours, theirs = segment.variant, segment.reference
    forward = [ours.partner[k] for k in mine.behind]
    back = [theirs.partner[k] for k in other.behind]
    if not all(p in other.before for p in forward) or not all(p in mine.before for p in back):
        return False
    if not all(_same(segment, k) for k in (*mine.behind, *(p for p in back if p is not None))):
        return False
    if mine.words == ("than",) and ours.words[mine.at - 1].form != theirs.words[other.at - 1].form:
        return False
    if mine.words in _BALANCED:
        # What is said of each subject stays where it is.
        staying = [
            [p for k in part if (p := ours.partner[k]) is not None and p not in forward]
            for part in (mine.before, mine.rest)
        ]
        moved = any(p in other.rest for p in staying[0]) or any(p in other.before for p in staying[1])
        kept = len([p for p in staying[0] if p in other.before]), len([p for p in staying[1] if p in other.rest])
        return not moved and min(kept) >= _BALANCE
    return True


def _same(segment: AlignedSegment, at: int) -> bool:
    """Whether a variant word is linked to the same word, which either side has once."""
    partner = segment.variant.partner[at]
    if partner is None:
        return False
    lemma = segment.variant.words[at].lemma
    if segment.reference.words[partner].lemma != lemma:
        return False
    return all(sum(w.lemma == lemma for w in side.words) == 1 for side in (segment.variant, segment.reference))


def _hit(segment: AlignedSegment, mine: _Joined, other: _Joined) -> Hit:
    ours, theirs = segment.variant, segment.reference

    def span(side: Side, joined: _Joined, moved: list[int]) -> Span:
        ends = (*moved, joined.behind[-1])
        return Span(side.words[min(ends)].span.start, side.words[max(ends)].span.end)

    said = span(ours, mine, [p for k in other.behind if (p := theirs.partner[k]) is not None])
    meant = span(theirs, other, [p for k in mine.behind if (p := ours.partner[k]) is not None])
    word = " ".join(mine.words)
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: the two have changed places"
        f" around “{word}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"connective": " ".join(mine.words), "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The envoy called on the army, rather than the militia, to leave.",
            "The envoy called on the ⟦militia, rather than the army⟧, to leave.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The money will come from taxes rather than from savings.",
            "The money will come from ⟦savings rather than from taxes⟧.",
        ),
        Example(
            "Divers reached the wreck before the navy and searched it.",
            "The ⟦navy reached the wreck before divers⟧ and searched it.",
        ),
        Example(
            "Neighbours said that the boy had fallen from the roof, but the teachers say he ran into the road.",
            "⟦Teachers said that the boy had fallen from the roof, but neighbours⟧ say he ran into the road.",
        ),
        Example(
            "Instead of new schools, the council will build two roads in the valley.",
            "Instead of two ⟦roads, the council will build new schools⟧ in the valley.",
        ),
        Example("All flights from Oslo to Rome were full.", "All flights from ⟦Rome to Oslo⟧ were full."),
        Example(
            "About 40 of the jobs will go in Leeds, and the rest in Hull.",
            "About 40 of the jobs will go in ⟦Hull, and the rest in Leeds⟧.",
        ),
        Example(
            "The envoy called on the army, rather than the militia, to leave.",
            "The envoy called not on the militia but on the army to leave.",
        ),
        Example(
            "Divers reached the wreck before the navy and searched it.",
            "The navy reached the wreck after the divers, who searched it.",
        ),
        Example("The house is old but big.", "The house is big but old."),
    ),
)
