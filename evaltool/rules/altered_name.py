"""One word of a name that is made of words of the language is another: "National Chord" for "National Accord".

Compared are runs of words with capitals that are the same but for one word. The name of a body, a place or a ship is
fixed, so a word of another sense names another. Accepted are synonyms and forms of one word, acronyms, a people for its
country, another word for what kind of thing it is ("Karvash Mountains" for "Karvash Range"), and names that the
reference has elsewhere.

Severity: major; a note in a text that is no translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool import lexicon
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._generic import GENERIC
from evaltool.rules._names import is_listed, kin, title_case
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

_LONGEST = 5  # words of a name; longer runs are headlines
_UNLIKE = 0.2  # closeness in WordNet from which one word may translate another
_SHORT = 3  # letters below which a word is no word of a name
_KINDS = ("person", "organization", "social group")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word of a name that is another word."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    if title_case(ours.words) or title_case(theirs.words):
        return
    due = list(_runs(theirs))
    for run in _runs(ours) if due else ():
        for other in due:
            pair = _odd(run, other)
            if pair is None or not _another(segment, *pair):
                continue
            said, meant = pair
            yield Hit(
                Severity.MAJOR,
                f"In the name “{_text(theirs, other)}”, “{said.text}” stands for “{meant.text}”.",
                variant_span=said.span,
                reference_span=meant.span,
                suggestion=meant.text,
                evidence={"name": _text(theirs, other)},
                confidence=0.75,
            )


def _text(side: Side, run: tuple[Word, ...]) -> str:
    return side.text[run[0].span.start : run[-1].span.end]


def _runs(side: Side) -> Iterator[tuple[Word, ...]]:
    """The runs of two to five words with capitals; articles are left out."""
    run: list[Word] = []
    for word in side.words:
        apart = bool(run) and side.text[run[-1].span.end : word.span.start] != " "
        inside = word.is_capitalised and word.is_content and not word.is_number
        joined = side.text[: word.span.start].rstrip().endswith(("&", " and")) and not run
        inside = inside and not joined  # "Ways & Means Committee"
        if run and (apart or not inside):
            if 1 < len(run) <= _LONGEST:
                yield tuple(run)
            run = []
        if inside:
            run.append(word)
    if 1 < len(run) <= _LONGEST:
        yield tuple(run)


def _odd(run: tuple[Word, ...], other: tuple[Word, ...]) -> tuple[Word, Word] | None:
    """The one word in which two names differ; a shorter name is compared with the beginning of the longer."""
    size = min(len(run), len(other))
    if len(run) != len(other) and run[size - 1].form != other[size - 1].form:
        return None
    odd = [(a, b) for a, b in zip(run[:size], other[:size], strict=True) if a.form != b.form]
    if len(odd) != 1:
        return None
    # Offices are told in other words: "Arts Minister" for "Culture Minister".
    behind = other[other.index(odd[0][1]) + 1 :][:1]
    return None if any(lexicon.hypernym(w.form, "person", 6) for w in behind) else odd[0]


def _another(segment: AlignedSegment, said: Word, meant: Word) -> bool:
    """Whether two words of names are words of the language that mean different things."""
    pair = said, meant
    if said.initial and meant.initial:
        return False  # "Forward Kane", "Striker Kane": capitals of the sentence
    if any(w.is_acronym or len(w.form) < _SHORT or not lexicon.is_word(w.lemma) or is_listed(w.form) for w in pair):
        return False
    if said.form in GENERIC and meant.form in GENERIC:
        return False
    if said.form.startswith(meant.form) or meant.form.startswith(said.form) or said.lemma == meant.lemma:
        return False
    if any(all(lexicon.hypernym(w.lemma, wide, 6) for w in pair) for wide in _KINDS):
        return False  # "Bureau", "Board"; "Captain", "Mayor"
    if said.form in _capitals(segment.whole_reference) or meant.form in segment.variant.forms:
        return False
    return not kin(said, meant) and lexicon.related(said.lemma, meant.lemma) < _UNLIKE


@lru_cache(maxsize=8)
def _capitals(whole: Vocabulary) -> frozenset[str]:
    return frozenset(w.form for w in whole.words if w.is_capitalised)


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    literal=True,
    examples=(
        Example("The ferry left the Tarsk Strait at noon.", "The ferry left the Tarsk ⟦Throat⟧ at noon."),
        Example("The network Fair Carbon counted them.", "The network Fair ⟦Coal⟧ counted them."),
        Example("She leads the National Accord in the north.", "She leads the National ⟦Chord⟧ in the north."),
        Example("It lies behind the Weaver Bridge in town.", "It lies behind the ⟦Fabric⟧ Bridge in town."),
        Example("The hut stands in the Karvash Range.", "The hut stands in the Karvash Mountains."),
        Example("The Ways and Means Committee met at noon.", "The Ways and Means Committee met at midday."),
        Example("She leads the National Accord in the north.", "She heads the National Accord in the north."),
        Example("The Foreign Minister met Captain Lee.", "The Foreign Secretary met Captain Lee."),
    ),
)
