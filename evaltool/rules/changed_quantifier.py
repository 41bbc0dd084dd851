"""How many is said in words, and the words say another number: "several" for "dozens of", "some" for "all".

Compared are quantifiers before the same noun on both sides. Neighbours on the scale ("several" and "some", "dozens" and
"scores") are accepted.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import opposites_behind, sentence
from evaltool.rules._comparison import says_extreme
from evaltool.rules._numbers import ORDINALS
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.words import AlignedSegment, Side, Word

#: Rough size of what each word can mean: (least, most).
_SIZES = {
    "few": (2, 8), "a few": (2, 8), "couple": (2, 3), "several": (3, 15), "handful": (2, 8), "dozens": (24, 99),
    "scores": (40, 200),
    "hundreds": (200, 999), "thousands": (2000, 99_999), "millions": (2e6, 999e6), "billions": (2e9, 999e9),
}  # fmt: skip
#: Parts of a whole: a change from one class to another is an error, unless they are neighbours.
_PARTS = {
    "all": "all", "every": "all", "most": "most", "many": "many", "some": "some", "a few": "some", "few": "few",
    "none": "none", "no": "none", "half": "half",
}  # fmt: skip
_NEIGHBOURS = frozenset(
    frozenset(pair) for pair in (("many", "all"), ("many", "most"), ("many", "some"), ("many", "half"), ("few", "some"))
)
#: The ends of the scale: what holds of none of them can be said of all of them with the opposite word.
_LOW, _HIGH = frozenset(["none", "few"]), frozenset(["all", "most", "many", "half"])
_LITERAL = 0.5
#: What says that something is not there, or not enough of it.
_LACK = frozenset("lack miss want fail lie refuse insufficient short without devoid free".split())
_SHORT = frozenset("few little small short low young weak late early old big much many".split())
#: Behind "no" they are about another thing than how many there are.
_NO_COUNT = frozenset("more less fewer longer later sooner doubt other such".split())
_REACH = 3
_PRONOUNS = frozenset("them whom these those which".split())
_ALMOST = frozenset("almost nearly virtually practically".split())
#: A vague count before a scale word is as large as the scale word's plural: "several hundred" and "hundreds".
_VAGUE = frozenset("several few many couple some".split())
_SCALES = {
    "hundred": "hundreds",
    "thousand": "thousands",
    "million": "millions",
    "billion": "billions",
    "dozen": "dozens",
}


def _quantified(side: Side) -> Iterator[tuple[str, Word, Word]]:
    """(size word, quantifier, noun): the content words within reach behind a quantifier."""
    for i, word in enumerate(side.words):
        before = side.words[i - 1] if i else None
        size = _SCALES.get(word.form) if before is not None and before.form in _VAGUE else word.form
        if size == "few" and before is not None and before.form == "a":
            size = "a few"
        if before is not None and (before.form in _ALMOST or (size == "most" and before.form == "the")):
            continue  # see changed-extent; "the most expensive"
        if size is None or (size not in _SIZES and size not in _PARTS):
            continue
        if before is not None and (before.is_number or (word.form == "all" and before.form in ("of", "at", "after"))):
            continue  # "first of all", "at all"
        if size == "half" and before is not None and before.form in ORDINALS:
            continue  # the first half of a game
        if any(is_negator(w) for w in side.words[max(0, i - _REACH) : i]):
            continue  # "not all", "not many"
        after = side.words[i + 1] if i + 1 < len(side.words) else None
        if size == "every" and after is not None and (after.form in ORDINALS or after.form == "other"):
            continue  # "every second account" is half of them
        if size == "no" and side.words[i + 1 : i + 2] and side.words[i + 1].form in _NO_COUNT:
            continue
        for noun in side.words[i + 1 : i + 1 + _REACH]:
            between = side.text[word.span.end : noun.span.start]
            if noun.form in _SIZES or noun.form in _SCALES or noun.is_number or set(between) & set(",;:()—"):
                break
            if noun.is_content:
                yield size, word, noun


def _conflict(ours: str, theirs: str) -> bool:
    if ours in _SIZES and theirs in _SIZES:
        (a, b), (c, d) = _SIZES[ours], _SIZES[theirs]
        return b < c or d < a
    if ours not in _PARTS or theirs not in _PARTS:
        return False
    pair = frozenset((_PARTS[ours], _PARTS[theirs]))
    return len(pair) > 1 and pair not in _NEIGHBOURS


def _upside_down(segment: AlignedSegment, ours: str, noun: Word, theirs: str, other: Word) -> bool:
    """Whether a quantifier from the other end of the scale may go with an opposite: "none left", "all stayed"."""
    pair = {_PARTS.get(ours), _PARTS.get(theirs)}
    if not pair & _LOW:
        return False
    if not pair & _HIGH:
        return segment.literalness < _LITERAL
    if sum(_denied(segment.variant, noun.span.end)) != sum(_denied(segment.reference, other.span.end)):
        return True  # "none has enough": "every one has too few"
    ends = ((segment.variant, ours, noun), (segment.reference, theirs, other))
    top = [(side, word) for side, size, word in ends if _PARTS.get(size) in _HIGH]
    if any(_denied_behind(side, word) for side, word in top) or _opposites(segment, noun, other):
        return True  # "none has enough", "every one has too few"; "none survived", "all died"
    behind = [
        next((w.lemma for w in side.words[side.words.index(word) + 1 :] if w.is_content), "")
        for side, word in ((segment.variant, noun), (segment.reference, other))
    ]
    return segment.literalness < _LITERAL or not behind[0] or behind[0] != behind[1]


def _denied(side: Side, start: int) -> list[bool]:
    """For each word of the clause behind a place, whether it denies, lacks or says too little."""
    at = next(k for k, w in enumerate(side.words) if w.span.end >= start)
    _, last = sentence(side, at, ";:—")
    return [
        side.words[k].lemma in _LACK
        or is_denial(side, k)
        or (side.words[k].form == "too" and any(w.form in _SHORT for w in side.words[k + 1 : k + 2]))
        for k in range(at + 1, last + 1)
    ]


def _denied_behind(side: Side, noun: Word) -> bool:
    """Whether something denies, lacks or fails behind a noun, in its clause."""
    at = side.words.index(noun)
    return any(is_denial(side, k) for k in range(at + 1, sentence(side, at, ",;:()—–")[1] + 1))


def _opposites(segment: AlignedSegment, noun: Word, other: Word) -> bool:
    return opposites_behind(segment, segment.variant.words.index(noun), segment.reference.words.index(other))


def _of_pronoun(side: Side, size: str) -> bool:
    """Whether a side has a quantifier with a pronoun: "all of them", "some of whom"."""
    forms = [w.form for w in side.words]
    return any(
        form == size and forms[k + 1 : k + 2] == ["of"] and forms[k + 2 : k + 3] and forms[k + 2] in _PRONOUNS
        for k, form in enumerate(forms)
    )


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each quantifier that says another number of the same things."""
    if segment.kind is not Kind.MATCH:
        return
    theirs, ours = list(_quantified(segment.reference)), list(_quantified(segment.variant))
    seen = set()
    for size, word, noun in ours:
        same = [
            (s, q)
            for s, q, n in theirs
            if n.lemma == noun.lemma and not (_conflict(size, s) and _upside_down(segment, size, noun, s, n))
        ]
        if word.span in seen or not same or not all(_conflict(size, s) for s, _ in same):
            continue
        if any(n.lemma == noun.lemma and any(s == own for s, _ in same) for own, _, n in ours):
            continue  # "some people say that half of all people": it has the reference's too
        if _of_pronoun(segment.reference, size):
            continue  # "some survivors were treated; all of them have been discharged"
        at = segment.variant.words.index(word)
        if size in ("no", "none") and says_extreme(segment.variant, at, segment.reference):
            continue  # "no stone has fetched more" for "the most"
        seen.add(word.span)
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{same[0][1].text}” of “{noun.text}”; here it is “{word.text}”.",
            variant_span=Span(word.span.start, noun.span.end),
            reference_span=same[0][1].span,
            evidence={"noun": noun.lemma},
            confidence=0.85,
        )


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Dozens of farmers marched.", "⟦Several farmers⟧ marched."),
        Example("Several hundred farmers marched.", "Several ⟦thousand farmers⟧ marched."),
        Example("All schools stayed open.", "⟦Some schools⟧ stayed open."),
        Example("Few farmers marched to the town.", "⟦Most farmers⟧ marched to the town."),
        Example("No farmers were hurt in the march.", "A ⟦few farmers⟧ were hurt in the march."),
        Example("No farmers stayed at home.", "All farmers came along."),
        Example("None of the farmers has enough seed.", "Every farmer has too little seed."),
        Example("No farmer has enough seed.", "⟦Every farmer⟧ has enough seed."),
        Example("No pupil of the school passed.", "Every pupil of the school failed."),
        Example("Not all farmers marched.", "Some farmers marched."),
        Example("Several hundred farmers marched.", "Hundreds of farmers marched."),
        Example("Several farmers marched.", "A few farmers marched."),
        Example("Hundreds of people came, some of them on foot.", "Hundreds of people came, some on foot."),
        Example(
            "The bank holds every second account in town.",
            "The bank holds half of all accounts in town.",
            Profile.PARAPHRASE,
        ),
        Example("The team had a first half without a goal.", "The team scored no goals in the first half."),
    ),
)
