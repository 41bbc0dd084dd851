"""A number of the reference stands where another one belongs: "95,000 people have fled since Thursday" for 18,000.

All that the variant's clause says of the number, the reference says of another number, which the variant does not
have; of its own number the reference says something else, here or in another sentence. Accepted is a clause that keeps
any word by which the reference tells the two apart ("organisers put it at 8,000").

Severity: critical for numbers of people or money; major otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._counted import of_people_or_money
from evaltool.rules._derived import followed_from
from evaltool.rules._hedges import is_hedge
from evaltool.rules._numbers import Quantity, agrees, is_number_word, quantities_of
from evaltool.rules._remainder import told_by_the_rest
from evaltool.rules._restated import multiplied, worked_out
from evaltool.rules._units import converted, money_of, unit_of
from evaltool.words import AlignedSegment, Side, Vocabulary

_MARKS = ",;:()—–"
_WINDOW = 10  # words to each side of a number that say something of it
_SHARED, _LEAST = 0.75, 2  # of the variant's words about its number, so many must be said of the other number
_OWN = 0.5  # of them at most so many may be said of the same number
_SMALL = 2


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number that stands where another one belongs."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    lost = [t for t in theirs if _is_figure(t) and not any(_same(segment, q, t) for q in ours)]
    for q in ours:
        if not _is_figure(q) or sum((o.value, o.kind) == (q.value, q.kind) for o in ours) > 1 or not lost:
            continue
        homes = [u for u in quantities_of(segment.whole_reference) if (u.value, u.kind) == (q.value, q.kind)]
        about = _about(segment.variant, q)
        if not homes or len(about) < _LEAST:
            continue
        place = next((t for t in lost if _comparable(segment, q, t) and _said(segment, about, t)), None)
        if place is None or worked_out(segment.variant, q, theirs, ours) or followed_from(segment, q, theirs):
            continue
        if multiplied(q, segment.variant, [place]) or multiplied(q, segment.reference, [place]):
            continue  # "five from each", "ten, half from each"
        if told_by_the_rest(segment.variant, q, ours, segment.reference, theirs):
            continue
        there = {segment.reference.words[k].lemma for k in _around(segment.reference, place)}
        words = {segment.variant.words[k].lemma for k in about}
        how = _introduced(segment.variant, q)
        if how != _introduced(segment.reference, place) and any(
            how == _introduced(segment.whole_reference, u) for u in homes
        ):
            continue  # "to 38%" stays "to 38%"
        if all(_elsewhere(segment, u, words, there, place) for u in homes):
            yield _hit(segment, q, place)


def _is_figure(q: Quantity) -> bool:
    return q.kind in ("count", "share") and not q.year and (q.kind == "share" or q.value > _SMALL)


def _same(segment: AlignedSegment, q: Quantity, t: Quantity) -> bool:
    return agrees(q, t) or converted(q, segment.variant.words, t, segment.reference.words)


def _comparable(segment: AlignedSegment, q: Quantity, t: Quantity) -> bool:
    """Whether two numbers count in the same way: both money, both of one dimension, both shares."""
    mine, others = segment.variant.words, segment.reference.words
    a, b = unit_of(mine, q), unit_of(others, t)
    money = (money_of(mine, q) is None) == (money_of(others, t) is None)
    return q.kind == t.kind and money and (a and a[0]) == (b and b[0])


def _about(side: Side | Vocabulary, q: Quantity) -> list[int]:
    """Indexes of the content words of a number's clause that stand near it, but what bounds it."""
    first, last = _own_part(side, q)
    near = range(max(first, q.first - _WINDOW), min(last, q.last + _WINDOW) + 1)
    inside = range(q.first - q.hedge_words, q.last + 1)
    return [k for k in near if k not in inside and _tells(side, k)]


def _own_part(side: Side | Vocabulary, q: Quantity) -> tuple[int, int]:
    """(first, last) index of the words of a number's clause between the numbers before and behind it."""
    first, last = sentence(side, q.first, _MARKS)
    others = [o for o in quantities_of(side) if o.kind in ("count", "share") and first <= o.first <= last]
    before = [o.last + 1 for o in others if o.last < q.first]
    behind = [o.first - o.hedge_words - 1 for o in others if o.first > q.last]
    return max([first, *before]), min([last, *behind])


def _tells(side: Side | Vocabulary, index: int) -> bool:
    word = side.words[index]
    return word.is_content and not is_number_word(word.form) and not is_hedge(word.form)


def _said(segment: AlignedSegment, about: list[int], t: Quantity) -> bool:
    """Whether the reference says of a number what the variant says of its own."""
    there = _around(segment.reference, t)
    lemmas = {segment.reference.words[k].lemma for k in there}
    side = segment.variant
    shared = sum(side.words[k].lemma in lemmas or side.partner[k] in there for k in about)
    return shared >= _LEAST and shared >= _SHARED * len(about)


def _introduced(side: Side | Vocabulary, q: Quantity) -> str:
    """The function word before a number and what bounds it, or ""."""
    at = q.first - q.hedge_words - 1
    at -= int(at >= 0 and side.words[at].is_sign)
    return side.words[at].form if at >= 0 and side.words[at].is_function else ""


def _around(side: Side, t: Quantity) -> list[int]:
    """Indexes of the content words of a number's sentence, but those of clauses that have another number."""
    first, last = sentence(side, t.first)
    taken = [sentence(side, o.first, _MARKS) for o in quantities_of(side)]
    own = range(_own_part(side, t)[0], _own_part(side, t)[1] + 1)
    words = (k for k in range(first, last + 1) if k in own or not any(a <= k <= b for a, b in taken))
    return [k for k in words if _tells(side, k)]


def _elsewhere(segment: AlignedSegment, own: Quantity, words: set[str], there: set[str], place: Quantity) -> bool:
    """Whether what the reference says of the variant's number is not what the variant says of it."""
    whole = segment.whole_reference
    first, last = sentence(whole, own.first)
    if whole.words[first].span.start <= place.span.start <= whole.words[last].span.end:
        first, last = sentence(whole, own.first, _MARKS)  # both in one sentence
    said = {w.lemma for w in whole.words[first : last + 1] if w.is_content}
    near = {whole.words[k].lemma for k in _about(whole, own)}
    return len(words & near) <= _OWN * len(words) and not (words & said) - there


def _hit(segment: AlignedSegment, q: Quantity, place: Quantity) -> Hit:
    due = place.span.of(segment.reference.text)
    return Hit(
        Severity.CRITICAL if of_people_or_money(segment.reference, place) else Severity.MAJOR,
        f"The reference says this of “{due}”; “{q.span.of(segment.variant.text)}” is its number of something else.",
        variant_span=q.span,
        reference_span=place.span,
        suggestion=due,
        evidence={"value": q.value, "reference value": place.value},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example(
            "The 800 people fled the island on Thursday, bringing the number of homeless to 5,000.",
            "About ⟦5,000⟧ people fled the island on Thursday.",
        ),
        Example(
            "The lake has fallen to 11% of its capacity, from 38% at the same time last year.",
            "The lake has fallen to ⟦38%⟧ of its capacity.",
        ),
        Example(
            "Some 300 people marched through the port, police said; organisers put the turnout at 800.",
            "Organisers said that 800 people marched through the port.",
            profile=Profile.SUMMARY,
        ),
        Example("Sales rose 5% in May, and 7% in June.", "Sales rose 7% in June."),
        Example(
            "Police said 14 men had been held on Sunday after a brawl in the port; 11 were freed without charge.",
            "After a brawl in the port 14 men were held on Sunday; all but three were freed without charge.",
            Profile.PARAPHRASE,
        ),
    ),
)
