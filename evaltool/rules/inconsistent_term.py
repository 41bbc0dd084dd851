"""A term of two words is rendered in another way once, while the variant mostly keeps the reference's ("oral implant").

A term is two words side by side, the last a noun, that the reference has at least three times, and the variant has most
of those times as they are. Marked is another pair of words in its place that the reference never uses. So is another
word for a currency that the variant mostly leaves as it is ("crown", elsewhere "kroner"). Names do not count (see
inconsistent-name).

Severity: minor in a translation; neutral in other profiles, where one thing may be called by several words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._clauses import gap
from evaltool.rules._numbers import CURRENCIES
from evaltool.words import AlignedSegment, Side, Word

_TIMES = 3  # uses in the reference from which two words are a term
_KEPT = 2  # of which the variant keeps so many, at least
_MOST = 0.5  # and more than this share

Term = tuple[str, str]
_Pair = tuple[Word, Word]


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each place where a term is rendered in another way."""
    uses: dict[Term, list[tuple[AlignedSegment, int]]] = defaultdict(list)
    pairs: set[Term] = set()
    for segment in document.segments:
        for at, pair in _pairs(segment.reference):
            pairs.add(_term(pair))
            if segment.kind is Kind.MATCH and _is_term(pair):
                uses[_term(pair)].append((segment, at))
    for term, places in uses.items():
        if len(places) < _TIMES:
            continue
        found = [(segment, at, _rendering(segment, at)) for segment, at in places]
        kept = sum(other is not None and _term(other) == term for _, _, other in found)
        if kept < _KEPT or kept <= _MOST * len(places):
            continue
        for segment, at, other in found:
            if other is not None and _term(other) not in pairs:
                yield _hit(segment, at, other, kept)
    yield from _currencies(document)


def _currencies(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each word for a currency that the variant mostly calls as the reference does."""
    said = {w.lemma for segment in document.segments for w in segment.reference.words}
    places: dict[str, list[tuple[AlignedSegment, Word]]] = defaultdict(list)
    kept: dict[str, int] = defaultdict(int)
    for segment in document.segments:
        if segment.kind is not Kind.MATCH:
            continue
        ours = {w.lemma for w in segment.variant.words}
        for lemma, word in {w.lemma: w for w in segment.reference.words if w.lemma in CURRENCIES}.items():
            kept[lemma] += lemma in ours
            if lemma not in ours:
                places[lemma].append((segment, word))
    for lemma, found in places.items():
        if kept[lemma] < _KEPT or kept[lemma] <= len(found):
            continue
        for segment, word in found:
            other = next((w for w in segment.variant.words if w.lemma in CURRENCIES and w.lemma not in said), None)
            if other is not None and other.text.islower():
                yield _marked(segment, other.span, word.span, kept[lemma])


def _pairs(side: Side) -> Iterator[tuple[int, _Pair]]:
    """(index, the word and the next) of all neighbours that carry content."""
    for at in range(len(side.words) - 1):
        pair = side.words[at], side.words[at + 1]
        if pair[0].is_content and pair[1].is_content and gap(side, at, at + 1) in (" ", "-"):
            yield at, pair


def _term(pair: _Pair) -> Term:
    return pair[0].lemma, pair[1].lemma


def _is_term(pair: _Pair) -> bool:
    last = pair[1].lemma
    return not any(w.is_capitalised and not w.initial for w in pair) and "n" in lexicon.parts_of_speech(last)


def _rendering(segment: AlignedSegment, at: int) -> _Pair | None:
    """The two words of the variant that are linked to a term's, if they stand side by side too."""
    first, second = segment.reference.partner[at : at + 2]
    if first is None or second != first + 1 or gap(segment.variant, first, second) not in (" ", "-"):
        return None
    return segment.variant.words[first], segment.variant.words[second]


def _hit(segment: AlignedSegment, at: int, pair: _Pair, kept: int) -> Hit:
    words = segment.reference.words
    there = Span(words[at].span.start, words[at + 1].span.end)
    return _marked(segment, Span(pair[0].span.start, pair[1].span.end), there, kept)


def _marked(segment: AlignedSegment, span: Span, there: Span, kept: int) -> Hit:
    due = there.of(segment.reference.text)
    return Hit(
        Severity.MINOR if segment.profile is Profile.TRANSLATION else Severity.NEUTRAL,
        f"“{due}” of the reference is “{span.of(segment.variant.text)}” here, and kept elsewhere in the variant.",
        variant_span=span,
        reference_span=there,
        suggestion=due,
        evidence={"times kept": kept},
        confidence=0.7,
    )


RULE = Rule(
    category=Category.INCONSISTENT,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "The clinic fits a dental implant in a day. Each dental implant costs 900 euros. The dental implant lasts"
            " for ten years.",
            "The clinic fits a dental implant in a day. Each dental implant costs 900 euros. The ⟦oral implant⟧ lasts"
            " for ten years.",
            severity=Severity.MINOR,
        ),
        Example(
            "He paid 5 kroner. She paid 6 kroner. The krone rose. It cost them 7 kroner.",
            "He paid 5 kroner. She paid 6 kroner. The ⟦crown⟧ rose. It cost them 7 kroner.",
        ),
        Example(
            "The city opened a bus lane on Monday. The bus lane is red. Taxis may use the bus lane at night.",
            "The city opened a bus lane on Monday. The bus lane is red. At night, taxis may use the bus lane.",
        ),
    ),
)
