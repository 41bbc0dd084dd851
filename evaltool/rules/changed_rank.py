"""A rank is another one: "the biggest port" for "the second-biggest port", "the third time" for "the second time".

Compared are superlatives with and without an ordinal ("the third-deadliest"), what says the same with a comparative
("only two have been deadlier", "none has been deadlier", "only Brazil exports more"), and ordinals before a noun.
Each side has one rank that the other has not. Accepted are ranks told in other words ("second only to", "third place",
"the biggest after the capital's"), and "one of the biggest", which changed-degree looks at.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._comparison import is_comparative, is_superlative
from evaltool.rules._numbers import ORDINALS, Quantity, is_number_word, quantities_of
from evaltool.words import AlignedSegment, Side

_DETERMINERS = frozenset("the its their his her our your my this ever single very far".split())
_SUFFIXES = frozenset("st nd rd th".split())
#: Superlatives and comparatives that mostly bound a number, tell a time or are no adjectives.
_NO_RANKS = frozenset(
    """
    least best later latest earlier earliest longer further rather other former upper inner outer lower former after
    under over ever never however whether together sooner soonest nearest next better closer
    """.split()
)
_NO_SUPERLATIVES = frozenset(
    "forest interest harvest protest request contest honest modest rest west test guest nest chest priest".split()
)
_NONE = frozenset("no none nothing never nobody".split())
_SOME = frozenset("some many several few most any".split())
_DEGREES = {"more": 1, "less": -1, "fewer": -1}
#: With these the rank of something is told by what stands before it.
_TOLD_OTHERWISE = frozenset(
    """
    after behind except excepting bar barring save besides runner-up runner only alone place second-placed apart aside
    next surpassed exceeded outdone beaten eclipsed number no rank ranked ranks ranking other others another
    """.split()
)
_REACH = 12  # words from "only two" or "no" to the comparative
_NAMES = 3
_KIN = 0.55  # how close two adjectives or nouns may be to be of one rank
_MARKS = ";:()—–"
_MANY = 20


class _Rank(NamedTuple):
    """A rank that a side tells.

    Attributes:
        value: 1 for the first.
        first: index of its first word.
        last: index of its last word.
        base: dictionary forms of the adjective, empty for "more" and "less".
        head: index of the noun that it ranks, or None.
        way: 1 for "more", -1 for "less", 0 for a superlative and other comparatives.
    """

    value: float
    first: int
    last: int
    base: frozenset[str]
    head: int | None
    way: int = 0


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each rank that is another one."""
    if segment.kind is not Kind.MATCH:
        return
    yield from _ranked(segment)
    yield from _numbered(segment)


def _ranked(segment: AlignedSegment) -> Iterator[Hit]:
    """Superlatives, and comparatives that say as much."""
    ours, theirs = _ranks(segment.variant), _ranks(segment.reference)
    new = [o for o in ours if not any(_same(segment, o, t) and o.value == t.value for t in theirs)]
    gone = [t for t in theirs if not any(_same(segment, o, t) and o.value == t.value for o in ours)]
    if len(new) != 1 or len(gone) != 1:
        return
    (said,), (due,) = new, gone
    alone = len(ours) == len(theirs) == 1
    if said.value == due.value or not (_same(segment, said, due) or (alone and not (said.base and due.base))):
        turned = said.way * due.way < 0 and _same_head(segment, said, due)
        if said.value == due.value and turned:
            yield _hit(segment, said.first, said.last, due.first, due.last)
        return
    if not _told(segment.variant, said, due.value) and not _told(segment.reference, due, said.value):
        yield _hit(segment, said.first, said.last, due.first, due.last)


def _ranks(side: Side) -> list[_Rank]:
    """The ranks that a side tells, in order."""
    found = []
    ordinals = _ordinals(side)
    for k, word in enumerate(side.words):
        if word.form in _NO_RANKS or word.form in _NO_SUPERLATIVES:
            continue
        rank = _superlative(side, k, ordinals) if is_superlative(word) else None
        if rank is None and is_comparative(word):
            rank = _comparative(side, k)
        if rank is not None:
            found.append(rank)
    return found


def _ordinals(side: Side) -> dict[int, Quantity]:
    """Index of the last word of each ordinal -> it, with its "nd"."""
    found = {}
    for q in quantities_of(side):
        if q.kind == "ordinal":
            after = side.words[q.last + 1].form if q.last + 1 < len(side.words) else ""
            found[q.last + 1 if after in _SUFFIXES else q.last] = q
    return found


def _superlative(side: Side, at: int, ordinals: dict[int, Quantity]) -> _Rank | None:
    """The rank that a superlative tells, or None for one of several and for "most people"."""
    word, last = side.words[at], at
    base = _bases(word.form, "est")
    if word.form == "most":
        if at + 1 >= len(side.words) or lexicon.main_part_of_speech(side.words[at + 1].lemma) not in ("a", "r"):
            return None
        last, base = at + 1, frozenset([side.words[at + 1].lemma])
    head = last + 1 if last + 1 < len(side.words) and side.words[last + 1].is_content else None
    if at - 1 in ordinals:
        q = ordinals[at - 1]
        return _Rank(q.value, q.first, last, base, head) if gap(side, at - 1, at) in (" ", "-", "‑") else None
    before = side.words[at - 1] if at else None
    if before is None or not (before.form in _DETERMINERS or before.text.endswith(("'s", "’s", "s'", "s’"))):
        return None
    start = at - 1 if before.form in _DETERMINERS else at
    lead = [w.form for w in side.words[max(0, start - 2) : start]]
    several = lead[-1:] == ["of"] and (lead[0] in _SOME or is_number_word(lead[0]) or lead[0].isdecimal())
    if several or lead[-1:] in (["among"], ["amongst"], ["at"], ["to"]) or "joint" in lead:
        return None  # "one of the biggest", "at the latest", "to the best"
    return _Rank(1, start, last, base, head)


def _comparative(side: Side, at: int) -> _Rank | None:
    """The rank that "only two have been worse", "none has been worse" or "only Brazil sells more" tells, or None."""
    word = side.words[at]
    first, last = sentence(side, at, _MARKS + ",")
    head = at + 1 if at < last and side.words[at + 1].is_content else None
    base = frozenset() if word.form in _DEGREES else _bases(word.form, "er")
    end = at
    if word.form in _DEGREES and head is not None and lexicon.main_part_of_speech(side.words[head].lemma) == "a":
        base, end, head = frozenset([side.words[head].lemma]), head, None
    way = _DEGREES.get(word.form, 0)
    numbers = {q.first: q for q in quantities_of(side) if q.kind == "count" and not q.year}
    for k in range(max(first, at - _REACH), at - 1):
        form = side.words[k].form
        if form in ("only", "just") and (q := numbers.get(k + 1)) is not None and q.value < _MANY and at - q.last > 1:
            return _Rank(q.value + 1, k, end, base, head, way)
        one = form == "not" and side.words[k + 1].form in ("one", "a")
        if form in _NONE or one:
            return _Rank(1, k, end, base, head, way) if at - k > 1 + one else None
        than = any(w.form == "than" for w in side.words[at + 1 : last + 1])
        if than and k == first and _only_name(side, k, at):
            return _Rank(2, k, end, base, head, way)
    return None


def _only_name(side: Side, first: int, at: int) -> bool:
    """Whether a clause begins with "only Brazil" or "Brazil alone"."""
    lead = side.words[first : min(at, first + _NAMES + 1)]
    forms = [w.form for w in lead]
    name = lead[1 if forms[0] == "only" else 0 :]
    return "and" not in forms and bool(name) and name[0].is_capitalised and bool({"only", "alone"} & set(forms))


def _bases(form: str, ending: str) -> frozenset[str]:
    """The adjectives that a form can be of: "big" for "biggest"."""
    irregular = {"worst": "bad", "worse": "bad"}
    if form in irregular:
        return frozenset([irregular[form]])
    stem = form.removesuffix(ending)
    stems = {stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem, stem[:-1]}
    return frozenset(s for s in stems if "a" in lexicon.parts_of_speech(s))


def _same(segment: AlignedSegment, ours: _Rank, theirs: _Rank) -> bool:
    """Whether two ranks are of one kind: by their adjectives, or where one has none by what they rank."""
    if ours.way * theirs.way < 0:
        return False
    if ours.base and theirs.base:
        linked = segment.variant.partner[ours.last] == theirs.last
        kin = any(lexicon.related(a, b) >= _KIN for a in ours.base for b in theirs.base)
        return linked or kin or (ours.head is not None and _same_head(segment, ours, theirs))
    return not ours.base and not theirs.base and _same_head(segment, ours, theirs)


def _same_head(segment: AlignedSegment, ours: _Rank, theirs: _Rank) -> bool:
    """Whether the nouns behind two ranks are linked, or neither has one."""
    if ours.head is None or theirs.head is None:
        return ours.head is theirs.head
    words = segment.variant.words[ours.head], segment.reference.words[theirs.head]
    return words[0].lemma == words[1].lemma or segment.variant.partner[ours.head] == theirs.head


def _told(side: Side, rank: _Rank, other: float) -> bool:
    """Whether anything else in the sentence of a rank can say that the rank is another one."""
    first, last = sentence(side, rank.first)
    for k in range(first, last + 1):
        if not rank.first <= k <= rank.last and side.words[k].form in _TOLD_OTHERWISE:
            return True
    numbers = [
        q
        for q in quantities_of(side)
        if first <= q.first <= last and not rank.first <= q.first <= rank.last and not _of_times(side, q)
    ]
    return any(q.value in (other, other - 1) and q.kind in ("count", "ordinal") for q in numbers)


def _of_times(side: Side, q: Quantity) -> bool:
    return any(w.lemma == "time" for w in side.words[q.last + 1 : q.last + 3])


def _numbered(segment: AlignedSegment) -> Iterator[Hit]:
    """Ordinals before the same noun, of which each side has one: "the second time" for "the first time"."""
    ours, theirs = _before_nouns(segment.variant), _before_nouns(segment.reference)
    for noun, said in ours.items():
        due = theirs.get(noun, [])
        if len(said) != 1 or len(due) != 1 or said[0].value == due[0].value:
            continue
        if said[0].value not in _ranks_of(segment.reference, noun) and due[0].value not in _ranks_of(
            segment.variant, noun
        ):
            yield _hit(segment, said[0].first, said[0].last + 1, due[0].first, due[0].last + 1)


def _ranks_of(side: Side, noun: str) -> set[float]:
    """The ordinals of a side, and the numbers of a noun: "two terms" for "a second term"."""
    return {
        q.value
        for q in quantities_of(side)
        if q.kind == "ordinal" or (q.kind == "count" and noun in [w.lemma for w in side.words[q.last + 1 : q.last + 3]])
    }


def _before_nouns(side: Side) -> dict[str, list[Quantity]]:
    """Noun -> the ordinals directly before it."""
    found: dict[str, list[Quantity]] = {}
    for last, q in _ordinals(side).items():
        noun = side.words[last + 1] if last + 1 < len(side.words) else None
        if noun is not None and noun.form == "of" and q.first and side.words[q.first - 1].form == "the":
            found.setdefault("of", []).append(q)  # "the second of the three tests"
        if noun is None or not noun.is_content or gap(side, last, last + 1) != " ":
            continue
        plain = not is_number_word(noun.form) and noun.form not in ORDINALS and not is_superlative(noun)
        if plain and lexicon.main_part_of_speech(noun.lemma) == "n":
            found.setdefault(noun.lemma, []).append(q)
    return found


def _hit(segment: AlignedSegment, first: int, last: int, due_first: int, due_last: int) -> Hit:
    ours, theirs = segment.variant, segment.reference
    said = Span(ours.words[first].span.start, ours.words[last].span.end)
    meant = Span(theirs.words[due_first].span.start, theirs.words[due_last].span.end)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: another rank.",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"rank": said.of(ours.text)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Oslo is the country's second-largest port.", "Oslo is ⟦the biggest⟧ port in the country."),
        Example(
            "With 418 deaths, it was the third-deadliest flood in the town's history.",
            "⟦Only three floods in the town's history were deadlier⟧ than this one with its 418 deaths.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "It was the second-warmest July since records began.",
            "⟦No July had been hotter⟧ than this since records began.",
            profile=Profile.PARAPHRASE,
        ),
        Example("Only Brazil exports more coffee than Peru.", "Brazil alone exports more coffee than Peru."),
        Example("Only Brazil exports more coffee than Peru.", "⟦Only Brazil exports less⟧ coffee than Peru."),
        Example("She won it for the second time.", "She won it for the ⟦third time⟧."),
        Example(
            "It was the second-warmest July since records began.",
            "Only one July was hotter since records began.",
            profile=Profile.PARAPHRASE,
        ),
        Example("Only Bergen has a larger port than Oslo.", "Oslo has the largest port after Bergen."),
        Example("She is one of the best players there.", "She is among the best players there."),
        Example("He was the best player of the year.", "No player was better than he was that year."),
    ),
)
