"""The words inside quotation marks are not those that the reference quotes.

A quotation of the variant is compared with the quotation of the reference that it shares most with. Spelling, case,
punctuation, digits for a number in words and the kind of quotation marks do not count; a shortened quotation is
accepted where what is left stands in the reference's quotation as it is.

Severity: major where words with another meaning, another number of things or a negation stand in the quotation. Where
the wording is changed and the sense kept, minor for a few quoted words, which are quoted for their very wording, and
for most of a whole sentence where the variant is no translation and copies the rest. Neutral for a title, and in a
translation, where a quotation has many wordings; there an opposite, a number or a negation is major, and so is a single
word far from the reference's in meaning, which among a few quoted words is minor; a likely synonym is a note there,
unless they are three at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from evaltool import lexicon
from evaltool._english import ARTICLES, NEGATORS, spelling_key
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.rules._numbers import quantities_of
from evaltool.rules._polarity import has_negative_affix
from evaltool.rules._quotes import Quotation, quotations
from evaltool.words import AlignedSegment, Side, Word

#: From this middle-layer cosine on a replaced word keeps the sense as far as similarity can tell.
_SAME_SENSE = 0.6
#: Below this one a word of a quotation that was translated back is the word of another sense and no synonym.
_OTHER_SENSE = 0.5
#: From this share of common words on a quotation in the same language is a copy with changes, not another wording.
_VERBATIM = 0.6
#: A word of a translated quotation that is less likely to be wrong is a synonym.
_OTHER_WORD = 0.15
#: From here on a single word in place of another stands out in a translated quotation.
_ALMOST = 0.7
#: Share of common words from which on a quotation stands for another one, and length of those that do so without.
_SHARED, _PAIR = 0.3, 2
#: A quotation of so few words is quoted for its very words; one of so few even where it was translated back.
_FRAGMENT, _VERY_WORDS = 6, 3


def _inside(side: Side, quotation: Quotation) -> list[int]:
    return [
        i
        for i, word in enumerate(side.words)
        if quotation.inner.start <= word.span.start and word.span.end <= quotation.inner.end
    ]


def _keys(words: list[Word]) -> list[str]:
    return [spelling_key(word.form) for word in words]


def _expanded(words: list[Word]) -> list[str]:
    """Keys with contracted negations written out: "don't" is "do not"."""
    out: list[str] = []
    for word in words:
        if word.form == "cannot" or word.form.endswith("n't"):
            stem = word.form.removesuffix("not").removesuffix("n't")
            out += [{"ca": "can", "wo": "will", "sha": "shall"}.get(stem, stem), "not"]
        else:
            out.append(spelling_key(word.form))
    return out


def _severity(ours: list[Word], theirs: list[Word], similarity: list[float], length: int) -> Severity:
    """How grave it is that some words of a quotation of ``length`` words stand for others."""
    if sorted(w.form for w in ours if w.is_number) != sorted(w.form for w in theirs if w.is_number):
        return Severity.MAJOR
    if [w.lemma for w in ours] == [w.lemma for w in theirs] and any(
        a.form != b.form and (a.form + "s" == b.form or b.form + "s" == a.form)
        for a, b in zip(ours, theirs, strict=True)
    ):
        return Severity.MAJOR  # one for many
    old = [w.lemma for w in theirs]
    if any(lexicon.antonyms(w.lemma, lemma) for w in ours for lemma in old):
        return Severity.MAJOR
    for word, likeness in zip(ours, similarity, strict=True):
        close = max((lexicon.related(word.lemma, lemma) for lemma in old), default=0.0)
        if word.is_content and likeness < _SAME_SENSE and close < _SAME_SENSE:
            return Severity.MAJOR
    return Severity.MINOR if length <= _FRAGMENT else Severity.NEUTRAL


def _by_profile(
    severity: Severity,
    profile: Profile,
    quoted: list[Word],
    ours: list[Word],
    theirs: list[Word],
    ratio: float,
    likeness: float,
    chance: float | None,
) -> Severity:
    """Severity of changed words in a quotation: a translation words it anew, other variants copy it.

    ``likeness`` is that of the changed words to the reference, at most; ``chance`` that of the first of them to be
    wrong (evaltool.substitution), where it was weighed.
    """
    if profile is not Profile.TRANSLATION:
        return Severity.MINOR if severity is Severity.NEUTRAL and ratio >= _VERBATIM else severity
    if severity is Severity.NEUTRAL or _hard(ours, theirs):
        return severity
    if [w.lemma for w in ours] == [w.lemma for w in theirs]:
        return severity  # one for many
    one_for_one = len(ours) == len(theirs) == 1 and ours[0].is_content and theirs[0].is_content
    if not one_for_one or lexicon.related(ours[0].lemma, theirs[0].lemma) >= _SAME_SENSE:
        return Severity.NEUTRAL
    if len(quoted) > _VERY_WORDS and chance is not None and chance < _OTHER_WORD:
        return Severity.NEUTRAL
    if len(quoted) <= _FRAGMENT:
        return Severity.MINOR
    grave = severity is Severity.MAJOR and ratio >= _ALMOST and likeness < _OTHER_SENSE
    return Severity.MAJOR if grave else Severity.NEUTRAL


def _hard(ours: list[Word], theirs: list[Word]) -> bool:
    """Whether another number or an opposite stands in the quotation."""
    numbers = [sorted(w.form for w in words if w.is_number) for words in (ours, theirs)]
    return numbers[0] != numbers[1] or any(lexicon.antonyms(a.lemma, b.lemma) for a in ours for b in theirs)


def _titled(words: list[Word]) -> bool:
    """Whether all content words have a capital."""
    content = [word for word in words if word.is_content]
    return bool(content) and all(word.is_capitalised for word in content)


def _negations(words: list[Word]) -> int:
    """How often words negate; "nor" goes on with what "neither" began, and "unaware" and "groundless" negate too."""
    return sum(
        (w.form in NEGATORS and w.form != "nor") or w.form.endswith("n't") or has_negative_affix(w) for w in words
    )


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each run of words that a quotation of the variant has in place of the reference's."""
    if segment.kind is not Kind.MATCH or segment.variant.span is None or segment.reference.span is None:
        return
    theirs_all = quotations(segment.reference.text, segment.reference.span)
    whole = _keys(list(segment.reference.words))
    ours_all = quotations(segment.variant.text, segment.variant.span)
    for quotation in ours_all:
        ours = _inside(segment.variant, quotation)
        words = [segment.variant.words[i] for i in ours]
        keys = _keys(words)
        if not keys or not theirs_all or _contains(whole, keys):
            continue
        found = _counterpart(segment, quotation, theirs_all, len(ours_all))
        if found is None:
            continue
        theirs, ratio = found
        their_words = [segment.reference.words[i] for i in _inside(segment.reference, theirs)]
        matcher = SequenceMatcher(None, keys, _keys(their_words), autojunk=False)
        noted = False
        for operation, a0, a1, b0, b1 in matcher.get_opcodes():
            if operation == "equal" or _one_figure(segment, words[a0:a1], their_words[b0:b1]):
                continue
            edge = b0 == 0 or b1 == len(their_words)
            if operation == "insert" and (edge or all(w.form in ARTICLES for w in their_words[b0:b1])):
                continue  # the quotation was shortened at its edge
            new, old = words[a0:a1], their_words[b0:b1]
            if not new:
                new = words[max(a0 - 1, 0) : a0 + 1]
            span = Span(new[0].span.start, new[-1].span.end)
            said = Span(old[0].span.start, old[-1].span.end) if old else theirs.outer
            likeness = [segment.variant.best[i] for i in ours[a0:a1]]
            severity = _severity(words[a0:a1], old, likeness, len(words))
            if _negations(new) != _negations(old) and _negations(words) % 2 != _negations(their_words) % 2:
                severity = Severity.MAJOR
            elif _titled(words) and _titled(their_words):
                severity = Severity.NEUTRAL  # a title, which may be translated in more than one way
            else:
                severity = _by_profile(
                    severity, segment.profile, words, words[a0:a1], old, ratio, max(likeness, default=1.0),
                    next((s.chance for s in segment.substitutes if s.index in ours[a0:a1]), None),
                )  # fmt: skip
            if severity is Severity.NEUTRAL and noted:
                continue  # one note says that a whole sentence is worded otherwise
            noted = noted or severity is Severity.NEUTRAL
            yield Hit(
                severity,
                f"The reference quotes “{segment.reference.text[slice(*theirs.inner)]}”; here the"
                f" quotation says “{segment.variant.text[slice(*quotation.inner)]}”.",
                variant_span=span,
                reference_span=said,
                suggestion=said.of(segment.reference.text) if old and a1 > a0 else None,
                evidence={"shared with the reference's quotation": round(ratio, 2)},
                confidence=0.85,
            )


def _one_figure(segment: AlignedSegment, ours: list[Word], theirs: list[Word]) -> bool:
    """Whether both say the same number: "ten years", "10 years"."""
    return bool(ours and theirs) and _figures(segment.variant, ours) == _figures(segment.reference, theirs) != []


def _figures(side: Side, words: list[Word]) -> list[float]:
    """The numbers that words say, if they are nothing but one number; otherwise an empty list."""
    first, last = words[0].span.start, words[-1].span.end
    return [q.value for q in quantities_of(side) if (q.span.start, q.span.end) == (first, last)]


def _counterpart(
    segment: AlignedSegment, quotation: Quotation, theirs: list[Quotation], count: int
) -> tuple[Quotation, float] | None:
    """The quotation of the reference that one of the variant's ``count`` alters, and the share of words they share.

    Where they share next to nothing, a word or two stand for the only word or two that the variant does not say.
    """
    keys = _keys([segment.variant.words[i] for i in _inside(segment.variant, quotation)])
    sides = [_keys([segment.reference.words[i] for i in _inside(segment.reference, own)]) for own in theirs]
    ratio, negative = max((SequenceMatcher(None, keys, own, autojunk=False).ratio(), -n) for n, own in enumerate(sides))
    if ratio >= _SHARED:
        words = [
            [side.words[i] for i in _inside(side, own)]
            for side, own in ((segment.variant, quotation), (segment.reference, theirs[-negative]))
        ]
        return None if _expanded(words[0]) == _expanded(words[1]) else (theirs[-negative], ratio)
    told = _keys(list(segment.variant.words))
    left = [n for n, own in enumerate(sides) if not _contains(told, own)]
    if len(left) != 1 or len(theirs) != count or max(len(keys), len(sides[left[0]])) > _PAIR:
        return None
    return theirs[left[0]], 0.0


def _contains(whole: list[str], part: list[str]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


RULE = Rule(
    category=Category.QUOTE_ALTERED,
    find=find,
    examples=(
        Example(
            "The mayor said she was “very pleased” with the outcome.",
            "The mayor said she was “very ⟦drunk⟧” with the outcome.",
            severity=Severity.MINOR,
        ),
        Example(
            "He spoke of “vicious attacks” on the press.",
            "He spoke of a “vicious ⟦attack⟧” on the press.",
            severity=Severity.MAJOR,
        ),
        Example(
            "It could “destabilise” the region and end a “credible truce”.",
            "It could “⟦undermine⟧” the region and end a “credible truce”.",
            severity=Severity.MINOR,
        ),
        Example("It would “destabilise” the region.", 'It would "destabilize" the region.'),
        Example("He said: “We do not know.”", "He said: “We don’t know.”"),
        Example("She called it “a fair and lasting peace”.", "She called it a “lasting peace” and left."),
        Example(
            "She called it “the first good step in ten years”.", "She called it “the first good step in 10 years”."
        ),
    ),
)
