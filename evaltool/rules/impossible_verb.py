"""A verb form that English does not build: "are fled", "did went", "can goes", "has collect six votes", "more easier".

Found are passives of verbs that have none, inflected forms behind "did", "can" and the like or behind "to", base forms
behind "has" with their object, and comparisons that are made twice. What the reference writes in the same way is
accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ALSO_PAST_OF, ARTICLES, FUNCTION
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parts import BE, HAVE, SAME_PARTICIPLE, is_adverb, is_base_verb
from evaltool.rules._verbs import PAST_ONLY
from evaltool.words import AlignedSegment, Word, lemma_of


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Verbs without an object, and so without a passive, whose participle is no adjective either.
_NO_PASSIVE = _set("happen occur die disappear emerge exist arise arrive remain appear flee belong originate persist")
_BARE_ASKED = _set("do does did don't doesn't didn't can could should must will would may might can't couldn't")
_NOT = _set("not also never still only then")
#: Past forms that are nouns or adjectives too, or American participles.
_OTHER_PAST = _set("saw left felt found met lost lay shook")
_LONGEST = 8  # letters of a comparative in -er


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb or comparison that is built wrongly."""
    if segment.kind is not Kind.MATCH:
        return
    side = segment.variant
    known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
    for i, (first, second) in enumerate(pairwise(side.words)):
        if not gap(side, i, i + 1).isspace() or not second.text.islower():
            continue
        third = side.words[i + 2] if i + 2 < len(side.words) and gap(side, i + 1, i + 2).isspace() else None
        last, why = i + 1, _passive(first, second) or _base_asked(first, second) or _perfect(first, second, third)
        if why is None and first.form in _BARE_ASKED and second.form in _NOT and third is not None:
            last, why = i + 2, _base_asked(first, third)
        why = why or _twice(first, second)
        if why is not None and (side.words[last - 1].form, side.words[last].form) not in known:
            span = Span(first.span.start, side.words[last].span.end)
            yield Hit(
                Severity.MINOR,
                f"“{span.of(side.text)}” is not English: {why}.",
                variant_span=span,
                evidence={"form": side.words[last].form},
                confidence=0.9,
            )


def _lemma(word: Word) -> str:
    return ALSO_PAST_OF.get(word.form, word.lemma)


def _passive(first: Word, second: Word) -> str | None:
    if first.form not in BE or second.form == second.lemma or second.form.endswith(("ing", "s")):
        return None
    return f"“{_lemma(second)}” has no passive" if _lemma(second) in _NO_PASSIVE else None


def _base_asked(first: Word, second: Word) -> str | None:
    """Why an inflected form cannot stand behind an auxiliary or "to"."""
    if first.form not in _BARE_ASKED | {"to"} or not second.form.isalpha() or second.is_function:
        return None
    past = second.form in PAST_ONLY and second.form not in _OTHER_PAST
    if past or (first.form != "to" and _inflected(second.form)):
        return f"behind “{first.text}” the base form is due"
    return None


@lru_cache(maxsize=20_000)
def _inflected(form: str) -> bool:
    """Whether a form is an inflected verb and nothing else ("goes", "helped", not "plans", "limited")."""
    if form in FUNCTION or lexicon.is_word(form):
        return False
    lemma = lemma_of(form)
    verbal = form != lemma and lexicon.parts_of_speech(lemma) == {"v"}
    return verbal and form.endswith(("s", "ed")) and form not in SAME_PARTICIPLE


def _perfect(first: Word, second: Word, third: Word | None) -> str | None:
    """Why a base form cannot stand behind "has" where its object follows: "has collect 6,211 votes"."""
    if first.form not in HAVE - {"having"} or third is None or second.form in SAME_PARTICIPLE | FUNCTION:
        return None
    if second.form != second.lemma or lexicon.main_part_of_speech(second.form) != "v":
        return None
    object_follows = third.is_number or third.form in ARTICLES or (is_base_verb(second.form) and third.is_function)
    return f"behind “{first.text}” a participle is due" if object_follows else None


def _twice(first: Word, second: Word) -> str | None:
    """Why "more" cannot stand before a comparative, "most" before a superlative."""
    ending = {"more": "er", "most": "est"}.get(first.form)
    if ending is None or not second.form.endswith(ending) or len(second.form) > _LONGEST:
        return None
    if second.form in ("better", "worse", "best", "worst"):
        return "it is compared already" if first.form != "most" or second.form == "best" else None
    stem = second.form.removesuffix(ending)
    plain = {stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem, stem[:-1]}
    own = lexicon.parts_of_speech(second.form)
    adjective = any("a" in lexicon.parts_of_speech(p) and lexicon.main_part_of_speech(p) == "a" for p in plain)
    return "it is compared twice" if adjective and not own and not is_adverb(second.form) else None


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Hundreds have fled the area.", "Hundreds ⟦are fled⟧ the area."),
        Example("They did not go home.", "They ⟦did not went⟧ home."),
        Example("It can become dangerous.", "It ⟦can becomes⟧ dangerous."),
        Example("His petition drew 6,211 signatures.", "His petition ⟦has collect⟧ 6,211 signatures."),
        Example("It is easier to read.", "It is ⟦more easier⟧ to read."),
        Example("He wanted to leave.", "He wanted to leave; they are gone."),
        Example("He has access to the house.", "He has access to the house, and did work there."),
    ),
)
