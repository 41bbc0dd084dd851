"""Planted errors: one error of a known kind, put into a good text, with its place known exactly.

They train the judge of words (see ``evaltool.judge``) and measure the rules (``evaltool rules --selftest``). A planting
function knows grammar and WordNet, no text: what it makes is an error in any text that it finds a place in, mostly.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.planting import _form, _meaning
from evaltool.planting._harmless import REWORDINGS, reword
from evaltool.planting._text import Donors, Edit, Harm, Text, applied

__all__ = ["KINDS", "REWORDINGS", "Donors", "Harm", "Kind", "Planted", "plant", "plant_two", "reword"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of planted error: what it is in MQM, and how it is made."""

    category: Category
    severity: Severity
    make: Callable[[Text], list[Edit] | None]


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one planted error.

    Attributes:
        kind: its name in KINDS.
        text: with the error in it.
        places: where in ``text`` the wrong, added or misshapen words stand; none for a mere omission.
        gaps: offsets in ``text`` where words were taken away.
        before: where in the original text the words stood that were changed or taken away.
    """

    kind: str
    text: str
    places: tuple[tuple[Span, Harm], ...]
    gaps: tuple[int, ...]
    before: tuple[tuple[Span, Harm], ...]


def _kinds() -> dict[str, Kind]:
    critical, major, minor = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR
    polarity, wrong = Category.POLARITY_MODALITY, Category.MISTRANSLATION
    omission, addition, grammar = Category.OMISSION, Category.ADDITION, Category.GRAMMAR
    meaning, form = _meaning, _form
    return {
        "agreement": Kind(grammar, minor, form.agreement),
        "bound": Kind(Category.NUMBER, major, meaning.pairs_of("bounds")),
        "clause-added": Kind(addition, major, meaning.clause_added),
        "clause-dropped": Kind(omission, major, meaning.clause_dropped),
        "degree": Kind(polarity, major, meaning.pairs_of("degrees")),
        "gender": Kind(wrong, major, meaning.pairs_of("genders")),
        "hedge-dropped": Kind(Category.ATTRIBUTION_HEDGE, major, meaning.hedge_dropped),
        "hypernym": Kind(wrong, minor, meaning.hypernym),
        "link-reversed": Kind(wrong, major, meaning.pairs_of("links")),
        "little-word": Kind(grammar, minor, form.little_word),
        "little-word-added": Kind(grammar, minor, form.little_word_added),
        "modal": Kind(polarity, major, meaning.pairs_of("modals")),
        "modifier-dropped": Kind(omission, minor, meaning.modifier_dropped),
        "name": Kind(Category.NAMED_ENTITY, critical, meaning.name),
        "name-dropped": Kind(Category.NAMED_ENTITY, major, meaning.name_dropped),
        "names-exchanged": Kind(Category.ROLE_SWAP, critical, meaning.names_exchanged),
        "negation": Kind(polarity, critical, meaning.negation),
        "noun-dropped": Kind(omission, major, meaning.noun_dropped),
        "nouns-exchanged": Kind(Category.ROLE_SWAP, critical, meaning.nouns_exchanged),
        "number": Kind(Category.NUMBER, critical, meaning.number),
        "numbers-exchanged": Kind(Category.NUMBER, critical, meaning.numbers_exchanged),
        "opposite": Kind(polarity, critical, meaning.opposite),
        "other-class": Kind(grammar, minor, form.other_class),
        "phrase-added": Kind(addition, major, meaning.phrase_added),
        "phrase-dropped": Kind(omission, major, meaning.phrase_dropped),
        "place": Kind(wrong, major, meaning.pairs_of("places")),
        "quantifier": Kind(polarity, major, meaning.pairs_of("quantifiers")),
        "repeated": Kind(Category.REPETITION, minor, form.repeated),
        "saying": Kind(Category.ATTRIBUTION_HEDGE, major, meaning.saying),
        "sister": Kind(wrong, major, meaning.sister),
        "tense": Kind(wrong, major, form.tense),
        "time": Kind(Category.DATE_TIME, major, meaning.pairs_of("times")),
        "verb-dropped": Kind(omission, major, meaning.verb_dropped),
        "verb-form": Kind(grammar, minor, form.verb_form),
        "word-added": Kind(addition, minor, meaning.word_added),
        "words-scattered": Kind(Category.WORD_ORDER, minor, form.words_scattered),
        "words-swapped": Kind(Category.WORD_ORDER, minor, form.words_swapped),
        "wrong-sense": Kind(wrong, major, meaning.wrong_sense),
        "wrong-word": Kind(wrong, major, meaning.wrong_word),
    }


KINDS = _kinds()


def plant(kind: str, text: str, donors: Donors, rng: random.Random) -> Planted | None:
    """Put one error of a kind into a text.

    Args:
        kind: a key of KINDS.
        text: a good text, a sentence or a few.
        donors: words and phrases of other texts.
        rng: the only source of chance; the same state gives the same error.

    Returns:
        The text with the error, or None where the text has no place for one.
    """
    return _planted(kind, text, KINDS[kind].make(Text(text, donors, rng)))


def plant_two(first: str, second: str, text: str, donors: Donors, rng: random.Random) -> Planted | None:
    """Put an error of each of two kinds into a text; None where they would touch. Arguments as for :func:`plant`."""
    source = Text(text, donors, rng)
    one, two = KINDS[first].make(source), KINDS[second].make(source)
    if not one or not two:
        return None
    apart = all(a.span.end + 1 < b.span.start or b.span.end + 1 < a.span.start for a in one for b in two)
    return _planted(first, text, [*one, *two]) if apart else None


def _planted(kind: str, text: str, edits: list[Edit] | None) -> Planted | None:
    if not edits:
        return None
    done = applied(text, edits)
    return None if done.text == text else Planted(kind, done.text, done.places, done.gaps, done.before)
