"""A change becomes a level: "an increase of nearly half" is "almost half as many" in the variant.

The reference gives a share, a multiple or an amount as what something rose or fell by ("up 6%", "a drop of 40", "rose
by half"). The variant has the same number, and no word in its sentence says that anything changed or is more or less
than before; a count must also be said to be there ("had 20"). See changed-bound for "by" and "to" exchanged.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import Quantity, agrees, bounded_words, quantities_of
from evaltool.words import AlignedSegment, Side, Word

#: Verbs and nouns of change in amount that are little else: a closed class as far as reports of figures go.
_CHANGE = frozenset(
    """
    rise fall increase decrease reduce reduction grow growth shrink drop climb gain decline jump slump surge plunge
    soar plummet rose fell grew fallen risen grown shrank shrunk dwindle skyrocket
    exceed surpass outstrip overshoot
    """.split()
)
#: More words that say that something is more or less than it was, or how much so.
_CHANGED = _CHANGE | frozenset(
    """
    up down more less fewer higher lower larger smaller greater bigger longer shorter faster slower better worse cheaper
    dearer above below over under beyond extra additional another further plus minus add addition subtract
    cut cutting raise raising lower lowering push bring slash trim hike lift boost double doubled triple tripled
    quadruple multiply widen narrow expand expansion swell ease slip slide dip dive tumble sink leap spike
    advance retreat
    lose lost loss shed contract contraction expand recover recovery improve improvement change changed difference
    acceleration accelerate slow slowdown inflation discount off again year-on-year yoy exceed surpass outnumber
    short surplus ahead behind margin premium progress appreciate depreciate devalue strengthen weaken
    """.split()
)
_DIRECTION = frozenset(["up", "down"])
_FILLERS = frozenset("a an the some".split())
_BEFORE = 4  # words between a word of change and its "by" or "of"
_COMPARING = 4  # letters of the shortest comparative: "hotter", but not "her"
_LEVEL = frozenset("be have stand total amount number count contain hold at".split())
_LITERAL = 0.4


def _changes(word: Word, words: frozenset[str]) -> bool:
    return word.form in words or word.lemma in words


def _as_change(side: Side, q: Quantity) -> Span | None:
    """Span of a number with its word of change, if it says by how much something rose or fell."""
    words = side.words
    start, _ = sentence(side, q.first)
    at = q.first - q.hedge_words
    while at > start and (words[at - 1].is_sign or words[at - 1].form in _FILLERS):
        at -= 1
    if at > start and words[at - 1].form in ("by", "of"):
        for k in range(at - 2, max(start, at - 1 - _BEFORE) - 1, -1):
            if words[k].is_number:
                break
            if _changes(words[k], _CHANGE):
                # "The fall of two empires" is no fall by two.
                amount = words[at - 1].form == "by" or q.kind == "share" or _indefinite(side, k)
                return Span(words[k].span.start, q.span.end) if amount else None
    if q.kind != "share":
        return None  # "dropped two bombs"
    if at > start and (_changes(words[at - 1], _CHANGE) or _direction(side, at - 1)):
        return Span(words[at - 1].span.start, q.span.end)
    after = words[q.last + 1 : q.last + 2]
    if after and _changes(after[0], _CHANGE) and "n" in lexicon.parts_of_speech(after[0].lemma):
        return Span(q.span.start, after[0].span.end)
    return None


def _direction(side: Side, at: int) -> bool:
    """Whether a word is "up" or "down" by itself, not as the particle of a verb ("make up 6%")."""
    form, before = side.words[at].form, side.words[at - 1].lemma if at else ""
    return form in _DIRECTION and (before in ("be", "go") or not lexicon.is_word(f"{before} {form}"))


def _indefinite(side: Side, noun: int) -> bool:
    """Whether "a" or "an" stands before a noun, or before its adjective."""
    return any(w.form in ("a", "an") for w in side.words[max(0, noun - 2) : noun])


def _says_change(side: Side, q: Quantity) -> bool:
    """Whether anything in a number's sentence says that something changed; what bounds a number does not."""
    first, last = sentence(side, q.first)
    taken = bounded_words(side)
    for k in range(first, last + 1):
        word = side.words[k]
        if k in taken:
            continue
        if _changes(word, _CHANGED) or word.form in ("than", "from"):
            return True
        if word.form.endswith("er") and len(word.form) > _COMPARING and word.lemma != word.form:
            return True
    before = side.text[max(0, q.span.start - 2) : q.span.start]
    return any(sign in before for sign in "+-−–▲▼↑↓")


def _says_level(side: Side, q: Quantity) -> bool:
    """Whether a word directly before a number says that so much is there."""
    first = q.first - q.hedge_words
    return any(w.lemma in _LEVEL for w in side.words[max(0, first - 2) : first])


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each number that the reference gives as a change and the variant as a level."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    for t in theirs:
        if t.kind not in ("share", "count") or t.year or (meant := _as_change(segment.reference, t)) is None:
            continue
        same = [q for q in ours if agrees(q, t)]
        if len(same) != 1 or sum(u.value == t.value for u in theirs) != 1 or _says_change(segment.variant, same[0]):
            continue
        (q,) = same
        if q.kind == "count" and not _says_level(segment.variant, q):
            continue  # "grew by 20 members": "20 members joined"
        said = segment.variant.words[q.first - q.hedge_words].span.start
        yield Hit(
            Severity.MAJOR,
            f"The reference gives “{q.span.of(segment.variant.text)}” as a change"
            f" (“{meant.of(segment.reference.text)}”); here it is a level.",
            variant_span=Span(said, q.span.end),
            reference_span=meant,
            evidence={"value": t.value},
            confidence=0.8,
        )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Output exceeded the target by a fifth.", "Output was a ⟦fifth⟧ of the target."),
        Example(
            "They sold 920 boats last year, an increase of nearly half compared to the year before.",
            "They sold 920 boats last year, ⟦almost half⟧ as many as the year before.",
        ),
        Example("Exports were up 6% in May.", "Exports were ⟦6%⟧ in May."),
        Example("The team grew by 20 members.", "The team had ⟦20⟧ members."),
        Example("The team grew by 20 members.", "Some 20 members joined the team."),
        Example("Exports were up 6% in May.", "Exports in May were 6% higher."),
        Example("Exports rose by 6% in May.", "Exports gained 6% in May."),
        Example("The 6% increase came in May.", "In May it grew 6%."),
        Example("Exports rose by half to 40 ships.", "Exports came to 40 ships, half as many again."),
    ),
)
