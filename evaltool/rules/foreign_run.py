"""A run of five words or more is left in another language, and the reference does not have it.

Looked at are words one behind the other that the reference has nowhere. The language that letters and endings speak for
must be another one than the text's, and word frequencies must bear it out: most of the words are common there and rare
here. Names and addresses are none, nor is what the reference leaves in that language too.

Severity: major; minor for a few words in quotation marks, which may be a title that is kept as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from statistics import fmean

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.rules._quotes import quotations
from evaltool.words import AlignedSegment, Word

_SHORTEST = 5  # words from which on a language can be told
_TITLE = 7  # a quotation of up to so many words may be a title
#: How much more common (in zipf, powers of ten) the words are in the other language than in the text's own, on average.
_MARGIN = 1.5
#: Words that are as common as this in the text's own language, on average, are in that language.
_OWN = 5.0


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each run of words in another language."""
    side = segment.variant
    if segment.kind is Kind.OMISSION or side.span is None or segment.language not in _languages():
        return
    for first, last in _runs(segment):
        if fmean(_zipf(w.form, segment.language) for w in side.words[first : last + 1]) >= _OWN:
            continue  # spares loading the classifier
        language = _language(side.text[side.words[first].span.start : side.words[last].span.end])
        if language == segment.language or language not in _languages():
            continue
        found = _trimmed(segment, first, last, language)
        if found is None:
            continue
        span = Span(side.words[found[0]].span.start, side.words[found[1]].span.end)
        quoted = any(q.outer.overlaps(span) and found[1] - found[0] < _TITLE for q in quotations(side.text, side.span))
        yield Hit(
            Severity.MINOR if quoted else Severity.MAJOR,
            f"“{span.of(side.text)}” is left in another language ({language}).",
            variant_span=span,
            evidence={"language": language, "words": found[1] - found[0] + 1},
            confidence=0.9,
        )


def _runs(segment: AlignedSegment) -> Iterator[tuple[int, int]]:
    """(first, last) index of words that the reference does not have; one that it has may stand between two others."""
    known = segment.whole_reference.forms
    strange = [i for i, w in enumerate(segment.variant.words) if not (w.form in known or w.is_number or w.is_sign)]
    start = 0
    for at in range(1, len(strange) + 1):
        if at < len(strange) and strange[at] - strange[at - 1] <= 2:
            continue
        if at - start >= _SHORTEST:
            yield strange[start], strange[at - 1]
        start = at


def _trimmed(segment: AlignedSegment, first: int, last: int, language: str) -> tuple[int, int] | None:
    """The run without words at its edges that are the text's own, or None where it is not in the other language."""
    words = segment.variant.words
    while first <= last and not _foreign(words[first], segment, language):
        first += 1
    while last > first and not _foreign(words[last], segment, language):
        last -= 1
    # A capital may make a name of a word of any language.
    told = [w for w in words[first : last + 1] if w.initial or not w.is_capitalised]
    if last - first + 1 < _SHORTEST or len(told) <= _SHORTEST // 2:
        return None
    gain = fmean(_zipf(w.form, language) - _zipf(w.form, segment.language) for w in told)
    most = 2 * sum(_foreign(w, segment, language) for w in told) > len(told)
    return (first, last) if gain >= _MARGIN and most else None


def _foreign(word: Word, segment: AlignedSegment, language: str) -> bool:
    return _zipf(word.form, language) > _zipf(word.form, segment.language)


@cache
def _zipf(form: str, language: str) -> float:
    import wordfreq

    return float(wordfreq.zipf_frequency(form, language))


@cache
def _languages() -> frozenset[str]:
    import wordfreq

    return frozenset(wordfreq.available_languages())


def _language(text: str) -> str:
    import py3langid

    return str(py3langid.classify(text)[0])


RULE = Rule(
    category=Category.UNTRANSLATED,
    find=find,
    examples=(
        Example(
            "The mayor said that the bridge would be closed for a month, and left.",
            "The mayor said ⟦que el puente estaría cerrado durante un mes⟧, and left.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The council met in the old town hall on Monday. Nobody spoke of the missing money. The mayor left early.",
            "The council met in the old town hall on Monday. ⟦Niemand sprach von dem verschwundenen Geld⟧. The mayor"
            " left early.",
        ),
        Example(
            "She lives in Rua da Boa Vista, near the church of Santa Maria dos Olivais.",
            "Her home is in Rua da Boa Vista, not far from the church of Santa Maria dos Olivais.",
        ),
        Example(
            "The mayor said that the bridge would be closed for a month.",
            "According to the mayor, there will be no crossing it for some four weeks.",
        ),
    ),
)
