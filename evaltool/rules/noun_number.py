"""A noun is singular behind a number, or has a plural that English does not use ("two person", "its staffs").

The reference has the same noun in the other number: behind a number above one or a word for several the plural, or
the singular of a noun whose plural is a rarity.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._names import zipf
from evaltool.rules._numbers import quantities_of
from evaltool.rules._parts import INVARIANT
from evaltool.words import AlignedSegment, Side, Word

_SEVERAL = frozenset("several many few these those both various numerous dozens hundreds thousands".split())
_NEITHER = frozenset("neither either".split())
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children"}
_PAIRS = _IRREGULAR | {plural: singular for singular, plural in _IRREGULAR.items()}
#: So much rarer (in powers of ten) than its singular is a plural that English does not use.
_RARER, _COMMON = 1.8, 4.5


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each noun in the wrong number."""
    if segment.kind is not Kind.MATCH:
        return
    side, theirs = segment.variant, segment.reference
    counted = {q.last + 1: q.first for q in quantities_of(side) if q.kind == "count" and q.value > 1 and not q.year}
    others = _others(theirs)
    pairs = {(a.form, b.form) for a, b in pairwise(theirs.words) if a.form in _NEITHER}
    for k, word in enumerate(side.words):
        other = others.get(word.form)
        if other is None or word.form in INVARIANT or not word.text.islower() or word.form in theirs.forms:
            continue
        start = counted.get(k, k - 1 if k and side.words[k - 1].form in _SEVERAL else None)
        tight = start is not None and all(gap(side, n, n + 1) == " " for n in range(start, k))
        singular = (word.form == word.lemma and other.form != other.lemma) or word.form in _IRREGULAR
        if singular and tight and start is not None and _ends(side, k):
            span = Span(side.words[start].span.start, word.span.end)
            yield _hit(side, span, f"the plural is due, “{other.text}”")
        elif not singular and _unusual(word, other):
            yield _hit(side, word.span, f"“{other.text}” has no usual plural")
        elif not singular and k and (side.words[k - 1].form, other.form) in pairs and gap(side, k - 1, k) == " ":
            span = Span(side.words[k - 1].span.start, word.span.end)
            yield _hit(side, span, f"“{side.words[k - 1].form}” asks for a singular")


@lru_cache(maxsize=64)
def _others(theirs: Side) -> dict[str, Word]:
    """The form in the other number of each noun of the reference -> that noun."""
    found: dict[str, Word] = {}
    for word in theirs.words:
        if word.is_content and word.form.isalpha() and "n" in lexicon.parts_of_speech(word.lemma):
            for form in _in_other_number(word.form):
                found.setdefault(form, word)
    return found


def _in_other_number(form: str) -> tuple[str, ...]:
    """The forms that a noun may have in the other number; some are no words."""
    plural = (form + "s", form + "es", form[:-1] + "ies")
    singular = (form[:-1], form[:-2], form[:-3] + "y") if form.endswith("s") else ()
    return (*plural, *singular, _PAIRS.get(form, form))


def _unusual(word: Word, other: Word) -> bool:
    """Whether a plural is hardly ever used beside its singular."""
    plain = len(word.form) > len(other.form) and lexicon.main_part_of_speech(other.form) == "n"
    return plain and zipf(other.form) >= _COMMON and zipf(word.form) < zipf(other.form) - _RARER


def _ends(side: Side, at: int) -> bool:
    """Whether a noun ends its phrase: no word of content and no hyphen behind it."""
    if at + 1 >= len(side.words):
        return True
    between = gap(side, at, at + 1)
    return not between.startswith(("-", "'", "’")) and (between != " " or side.words[at + 1].is_function)


def _hit(side: Side, span: Span, why: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{span.of(side.text)}” has the wrong number: {why}.",
        variant_span=span,
        evidence={"phrase": span.of(side.text)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "Data of 22,000 patients were stolen.", "Data of ⟦22,000 patient⟧ were stolen.", severity=Severity.MINOR
        ),
        Example("The company informed its staff.", "The company informed its ⟦staffs⟧."),
        Example("Neither side won.", "⟦Neither sides⟧ won."),
        Example("She bought two tickets.", "She bought a ticket twice."),
        Example(
            "They fly there with four aircrafts.",
            "They fly there with four aircraft.",
        ),
    ),
)
