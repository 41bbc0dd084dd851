"""Two figures have changed places: "doctors get 6 percent and nurses 4" for "nurses get 6 percent and doctors 4".

Both sides have the same two figures, each with words of its own: those of its part of the sentence, between marks and
"and", "while" and the like, or the noun that it is of where one part has both. What stands at the one figure in the
reference stands at the other one in the variant, for both figures. Nothing is said where "respectively" sorts them.

Severity: critical where they count people or money; major otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._counted import of_people_or_money
from evaltool.rules._hedges import is_hedge
from evaltool.rules._numbers import CURRENCIES, Quantity, is_number_word, quantities_of
from evaltool.rules._units import size_of
from evaltool.words import AlignedSegment, Side

_MARKS = ",;:()—–"
#: They begin another part of a sentence.
_PARTING = frozenset("and but while whereas with against compared".split())
_ARTICLES = frozenset("the a an its their his her all those of".split())
#: They say nothing of whose a figure is: "40 people missing", "40 missing".
_GENERAL = frozenset("people person other others number total toll figure count".split())
_KIN = 0.75
_SMALL = 2


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each pair of figures that have changed places."""
    mine, others = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or "respectively" in mine.forms | others.forms:
        return
    pairs = [(q, t) for q in _figures(mine) for t in _figures(others) if (q.value, q.kind) == (t.value, t.kind)]
    for (q, t), (o, u) in combinations(pairs, 2):
        together = sentence(mine, q.first) == sentence(mine, o.first)
        if q.kind != o.kind or not together or sentence(others, t.first) != sentence(others, u.first):
            continue
        ours, theirs = _own(mine, q, o), _own(others, t, u)
        crossed = _linked(segment, ours[0], theirs[1]), _linked(segment, ours[1], theirs[0])
        straight = _linked(segment, ours[0], theirs[0]), _linked(segment, ours[1], theirs[1])
        # What one has alone may be of both, but not its names: "Denmark took in 250 sailors, Norway 120".
        if (
            min(crossed)
            and not min(straight)
            and (sum(crossed) > sum(straight) or _names_crossed(segment, ours, theirs))
        ):
            yield _hit(segment, (q, o), (t, u))
            return


def _figures(side: Side) -> list[Quantity]:
    """The figures of a side that it has once."""
    own = [q for q in quantities_of(side) if q.kind in ("count", "share") and not q.year]
    return [
        q
        for q in own
        if (q.digits or q.value > _SMALL) and sum((o.value, o.kind) == (q.value, q.kind) for o in own) == 1
    ]


def _own(side: Side, one: Quantity, other: Quantity) -> tuple[list[int], list[int]]:
    """The words of each of two figures; what only one of them counts is of both ("61 members for it, 54 against")."""
    counted = [k if (k := q.last + 1) < len(side.words) and _tells(side, k) else None for q in (one, other)]
    shared = counted if None in counted else []
    first, second = ([k for k in _owners(side, q) if k not in shared] for q in (one, other))
    return first, second


def _owners(side: Side, q: Quantity) -> list[int]:
    """Indexes of the words of a figure's own part of the sentence, or of the noun that it is of."""
    first, last = sentence(side, q.first, _MARKS)
    start = next((k + 1 for k in range(q.first - 1, first - 1, -1) if side.words[k].form in _PARTING), first)
    end = next((k - 1 for k in range(q.last + 1, last + 1) if side.words[k].form in _PARTING), last)
    if start == first > 0:
        source, _ = sentence(side, first - 1, _MARKS)
        if [w.form for w in side.words[source : source + 2]] == ["according", "to"]:
            start = source  # "According to the ministry, 12 people died"
    if any(o is not q and start <= o.first <= end and o.kind in ("count", "share") for o in quantities_of(side)):
        noun = _of(side, q)
        return [noun] if noun is not None else []
    return [k for k in range(start, end + 1) if not q.first <= k <= q.last and _tells(side, k)]


def _of(side: Side, q: Quantity) -> int | None:
    """Index of the noun in "53 percent of the vote" and "a turnout of 38 percent"."""
    behind, before = q.last + 1, q.first - q.hedge_words - 1
    if behind < len(side.words) and side.words[behind].form == "of":
        while behind < len(side.words) and side.words[behind].form in _ARTICLES:
            behind += 1
        return behind if behind < len(side.words) and _tells(side, behind) else None
    if before > 0 and side.words[before].form == "of" and _tells(side, before - 1):
        return before - 1
    return None


def _tells(side: Side, k: int) -> bool:
    """Whether a word says whose a figure is: no unit, no number, no time, no owner of something else."""
    word = side.words[k]
    unit = size_of(word) is not None or word.lemma in CURRENCIES or word.form in ("percent", "cent", "per")
    owner = word.text.endswith(("'s", "’s", "s'", "s’"))
    general = word.lemma in _GENERAL or word.form in _GENERAL or word.lemma in SPEECH
    return word.is_content and not (unit or owner or general or is_number_word(word.form) or is_hedge(word.form))


def _linked(segment: AlignedSegment, ours: list[int], theirs: list[int]) -> int:
    """How many words of one figure are those of another one."""
    mine, others = segment.variant, segment.reference
    lemmas = {others.words[k].lemma for k in theirs}
    return sum(
        mine.partner[k] in theirs
        or mine.words[k].lemma in lemmas
        or any(lexicon.related(mine.words[k].lemma, lemma) >= _KIN for lemma in lemmas)
        for k in ours
    )


def _names_crossed(
    segment: AlignedSegment, ours: tuple[list[int], list[int]], theirs: tuple[list[int], list[int]]
) -> bool:
    """Whether each figure has exactly the names that the other one has in the reference."""

    def names(side: Side, words: list[int]) -> frozenset[str]:
        return frozenset(side.words[k].lemma for k in words if side.words[k].is_capitalised)

    mine = [names(segment.variant, words) for words in ours]
    others = [names(segment.reference, words) for words in theirs]
    return all(mine) and mine == others[::-1] and mine[0] != mine[1]


def _hit(segment: AlignedSegment, ours: tuple[Quantity, Quantity], theirs: tuple[Quantity, Quantity]) -> Hit:
    said = Span(min(q.span.start for q in ours), max(q.span.end for q in ours))
    meant = Span(min(t.span.start for t in theirs), max(t.span.end for t in theirs))
    first, second = sorted(ours, key=lambda q: q.first)
    text = segment.variant.text
    return Hit(
        Severity.CRITICAL if any(of_people_or_money(segment.reference, t) for t in theirs) else Severity.MAJOR,
        f"“{first.span.of(text)}” and “{second.span.of(text)}” have changed places: the reference says of the one what"
        " is said of the other here.",
        variant_span=said,
        reference_span=meant,
        evidence={"one": first.value, "other": second.value},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Nurses will get a 6 percent rise and doctors 4 percent.",
            "Doctors will get a ⟦6 percent rise and nurses 4 percent⟧.",
        ),
        Example(
            "Denmark took in 250 of the sailors, and Norway 120.",
            "Norway took in ⟦250 of the sailors, and Denmark 120⟧.",
        ),
        Example(
            "According to the ministry, 12 people died; the Red Cross said it was 20.",
            "According to the Red Cross, ⟦12 people died; the ministry said it was 20⟧.",
        ),
        Example(
            "The mayor got 53 percent of the vote on a turnout of 38 percent.",
            "The mayor was backed by ⟦38 percent of voters on a turnout of 53 percent⟧.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "Nurses will get a 6 percent rise and doctors 4 percent.",
            "Doctors will get a rise of 4 percent and nurses one of 6 percent.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "Insurers paid out 640 million pounds, while the cost to the economy was 1.1 billion.",
            "The economy lost 1.1 billion pounds; insurers covered 640 million.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "The bill failed, with 61 members against and 54 in favour.",
            "The bill failed: 54 members backed it, 61 opposed it.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
