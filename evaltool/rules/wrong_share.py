"""What share of a whole is meant is said in words that the figures do not bear out: "most of" for a third of them.

The reference gives a part and its whole in figures ("6,200 of its 14,800 members"); the variant has the whole and says
"most", "all", "half" or "few" of it where the reference gives the part. Found are also other odds ("three in four" for
"one in four"), and a share that is one of all where the reference has one of a part ("84% of all members" for "84% of
those voting").

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._derived import odds
from evaltool.rules._numbers import Quantity, agrees, quantities_of
from evaltool.rules._polarity import is_denial
from evaltool.rules._remainder import REMAINING, turned, whole_of
from evaltool.words import AlignedSegment, Side

#: What share each word can mean: (least, most).
_SHARES = {
    "most": (0.5, 1.0), "majority": (0.5, 1.0), "all": (0.97, 1.0), "half": (0.4, 0.6), "few": (0.0, 0.3),
    "minority": (0.0, 0.5), "none": (0.0, 0.0),
}  # fmt: skip
_OF_THEM = frozenset("whom which them these those".split())
_REACH = 6
_BASE = 5  # words behind "of" that say what a share is of
_MARKS = ",;:()—–"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each share in words that the reference's figures contradict."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = quantities_of(segment.variant), quantities_of(segment.reference)
    yield from _other_odds(segment, ours, theirs)
    yield from _of_all(segment, ours, theirs)
    parts = [(t, whole) for t in theirs if (whole := _whole(segment.reference, t, theirs)) is not None]
    parts = [(t, whole) for t, whole in parts if not any(agrees(q, t) for q in ours)]
    for q in ours:
        for t, whole in parts:
            if q.kind != "count" or not agrees(q, whole):
                continue
            at = _share_word(segment.variant, q)
            if at is None or not _same_said(segment, at, t, whole):
                continue
            least, most = _SHARES[segment.variant.words[at].form]
            share = t.value / whole.value
            if least <= share <= most or (t.above and share < least) or (t.below and share > most):
                continue
            yield _hit(segment, at, t, whole)


def _other_odds(segment: AlignedSegment, ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> Iterator[Hit]:
    """Odds of the same whole that are others, where both sides have one each and none says the contrary."""
    said, due = odds(segment.variant, ours), odds(segment.reference, theirs)
    if len(said) != 1 or len(due) != 1:
        return
    (part, whole), (t, base) = said[0], due[0]
    if part.value + t.value == base.value and segment.profile is not Profile.TRANSLATION:
        return  # "over nine in ten never existed" for "fewer than one in ten existed"
    if whole.value == base.value and part.value != t.value and not turned(segment.variant, part, segment.reference, t):
        span = Span(part.span.start, whole.span.end)
        meant = Span(t.span.start, base.span.end)
        yield _figures_hit(segment, span, meant, "odds")


def _of_all(segment: AlignedSegment, ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> Iterator[Hit]:
    """Shares "of all" of something that the reference gives of a part of it, which the variant does not name."""
    if "all" not in segment.variant.forms:
        return
    for q in ours:
        same = [t for t in theirs if (t.value, t.kind) == (q.value, q.kind)]
        behind = segment.variant.words[q.last + 1 : q.last + 3]
        if q.kind != "share" or len(same) != 1 or [w.form for w in behind] != ["of", "all"]:
            continue
        base = _base(segment.reference, same[0])
        if not base or segment.reference.partner[base[0]] is not None:
            continue
        head, first = segment.reference.words[base[-1]], segment.reference.words[base[0]]
        kept = len(base) > 1 and head.lemma in segment.variant.lemmas and lexicon.main_part_of_speech(head.lemma) == "n"
        those = len(base) == 1 and segment.reference.words[base[0] - 1].form == "those"
        if (kept or those) and first.lemma not in segment.variant.lemmas:
            last = segment.variant.words[min(q.last + 4, sentence(segment.variant, q.last)[1])]
            meant = Span(same[0].span.start, segment.reference.words[base[-1]].span.end)
            yield _figures_hit(segment, Span(q.span.start, last.span.end), meant, "all")


def _base(side: Side, t: Quantity) -> list[int]:
    """Indexes of the content words behind "of" that say what a share is of, without an "all"."""
    first, last = t.last + 1, sentence(side, t.last, _MARKS)[1]
    if first > last or side.words[first].form != "of":
        return []
    found: list[int] = []
    for k in range(first + 1, min(last, first + _BASE) + 1):
        word = side.words[k]
        if word.form in ("all", "every"):
            return []
        if word.is_content:
            found.append(k)
        elif found:
            break
    return found


def _whole(side: Side, part: Quantity, quantities: tuple[Quantity, ...]) -> Quantity | None:
    """The whole that a number is a part of; of "21 of whom" the number before it."""
    if part.kind != "count" or part.year:
        return None
    after = [w.form for w in side.words[part.last + 1 : part.last + 3]]
    if after[:1] == ["of"] and after[1:] and after[1] in _OF_THEM:
        first, _ = sentence(side, part.first)
        before = [q for q in quantities if first <= q.first < part.first and q.kind == "count" and q.value > part.value]
        return before[-1] if before and not before[-1].year else None
    whole = whole_of(side, part, quantities)
    return whole if whole is not None and after[:1] == ["of"] and not whole.year else None


def _share_word(side: Side, whole: Quantity) -> int | None:
    """Index of the word that says what share of a whole: "most of its 9 members", "of its 9 members, most"."""
    first, last = sentence(side, whole.first)
    before = range(max(first, whole.first - _REACH), whole.first)
    of = next((k for k in reversed(before) if side.words[k].form in ("of", "among")), None)
    if of is None:
        return None
    if of > first and side.words[of - 1].form in _SHARES:
        return of - 1
    if of == first:
        behind = (k for k in range(whole.last + 1, last + 1) if side.text[side.words[k - 1].span.end] == ",")
        at = next(behind, None)
        if at is not None and side.words[at].form in _SHARES:
            return at
    return None


def _same_said(segment: AlignedSegment, at: int, t: Quantity, whole: Quantity) -> bool:
    """Whether both clauses say the same: they share a content word beside what is counted, and deny alike."""
    mine, others = segment.variant, segment.reference
    ours, theirs = range(*_ends(mine, at)), range(*_ends(others, t.first))
    counted = {w.lemma for w in others.words[whole.last + 1 : whole.last + 2]}
    said = {mine.words[k].lemma for k in ours if mine.words[k].is_content} - counted
    meant = {others.words[k].lemma for k in theirs if others.words[k].is_content}
    alike = sum(is_denial(mine, k) for k in ours) == sum(is_denial(others, k) for k in theirs)
    left = bool(said & REMAINING) == bool(meant & REMAINING)
    return alike and left and bool(said & meant)


def _ends(side: Side, index: int) -> tuple[int, int]:
    first, last = sentence(side, index, ",;:")
    return first, last + 1


def _figures_hit(segment: AlignedSegment, said: Span, meant: Span, how: str) -> Hit:
    due = meant.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said.of(segment.variant.text)}”.",
        variant_span=said,
        reference_span=meant,
        suggestion=due,
        evidence={"how": how},
        confidence=0.85,
    )


def _hit(segment: AlignedSegment, at: int, t: Quantity, whole: Quantity) -> Hit:
    word, due = segment.variant.words[at], t.span.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says {due} of {whole.span.of(segment.reference.text)}; that is not “{word.text}”.",
        variant_span=Span(word.span.start, word.span.end),
        reference_span=t.span,
        suggestion=due,
        evidence={"share": round(t.value / whole.value, 2)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("He put the chance of a deal at one in four.", "He put the chance of a deal at ⟦three in four⟧."),
        Example("The fund holds 3% of insured loans.", "The fund holds ⟦3% of all loans⟧."),
        Example("It helped 40% of patients treated in May.", "It helped 40% of all those treated in May."),
        Example("He put the chance of a deal at one in four.", "He saw a chance of a quarter of a deal."),
        Example(
            "The league, which represents around 6,200 of its 14,800 workers, opposes the deal.",
            "The league, which represents ⟦most⟧ of its 14,800 workers, opposes the deal.",
        ),
        Example(
            "They have pulled 168 people from the water, 21 of whom are in hospital.",
            "Of the 168 people pulled from the water, ⟦most⟧ are in hospital.",
        ),
        Example(
            "The league, which represents around 9,200 of its 14,800 workers, opposes the deal.",
            "The league, which represents most of its 14,800 workers, opposes the deal.",
            profile=Profile.SUMMARY,
        ),
        Example(
            "They have pulled 168 people from the water, 21 of whom are in hospital.",
            "Of the 168 people pulled from the water, few are in hospital.",
            profile=Profile.SUMMARY,
        ),
    ),
)
