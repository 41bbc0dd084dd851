"""A name stands in the variant that the reference does not have, and it says something else.

The learned judge of words finds it. Accepted are names that the reference has in any spelling or form:
transliterations, peoples and faiths of a place, abbreviations and what they stand for.

Severity: major; neutral where the reference says only what kind of thing it is (“the country”), which may be the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._arabic import joined, parted
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import abbreviates, accepted, is_name, kin, romanised, similar, title_case
from evaltool.rules._numbers import WEEKDAYS
from evaltool.words import AlignedSegment, Word

#: From this chance on the judge is believed.
_SURE = 0.6
#: What can be said of a name beside that it is wrong is surer (see reworded-name).
_UNEXPLAINED = 0.9
#: Likeness of two spellings from which they may be the same name.
_SAME, _LONG = 0.8, 4
#: What places and bodies are called without their names.
_KINDS = frozenset(
    """
    country nation state republic kingdom capital city town village region province district county island continent
    river sea company firm group party government agency ministry university club team newspaper church
    """.split()
)
#: What a day of the week may be said for.
_DAYS = frozenset("weekend week day today tomorrow yesterday tonight sabbath shabbat".split()) | WEEKDAYS


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each strange name."""
    judged = segment.judgement
    if judged is None or segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    titled = title_case(ours.words)  # there only a word that no dictionary has can be told to be a name
    for i, word in enumerate(ours.words):
        if judged.wrong[i] < _SURE or not is_name(word, segment) or _known(word, segment):
            continue
        if joined(word, segment.whole_reference) or parted(ours, i, segment.whole_reference):
            continue
        if word.form.removesuffix("s") in WEEKDAYS and _DAYS & theirs.lemmas:
            continue  # "Friday evenings" for weekends
        if titled and lexicon.is_word(word.lemma):
            continue
        instead = max(range(len(theirs.words)), key=lambda j: (judged.replaced[j], -j))
        other = theirs.words[instead] if judged.replaced[instead] >= _SURE / 2 else None
        yield Hit(
            # What the reference leaves general ("the country") may well be called by its name.
            Severity.NEUTRAL if other is not None and other.lemma in _KINDS else Severity.MAJOR,
            f"The name “{word.text}” has no counterpart in the reference"
            + (f", which says “{other.text}” here." if other is not None else "."),
            variant_span=word.span,
            reference_span=other.span if other is not None else None,
            evidence={"judged wrong": round(judged.wrong[i], 2)},
            confidence=round(_UNEXPLAINED * judged.wrong[i], 2),
        )


def _alike(word: Word, other: Word) -> bool:
    """Whether two names are spelled much the same; short ones are that by chance."""
    return min(len(word.form), len(other.form)) >= _LONG and similar(word.form, other.form) >= _SAME


def _known(word: Word, segment: AlignedSegment) -> bool:
    """Whether the reference has the name, somewhere, in some spelling or form."""
    if word.form in segment.whole_reference.forms or word.lemma in segment.whole_reference.lemmas:
        return True
    others = [w for w in segment.whole_reference.words if w.is_capitalised]
    if any(accepted(word, w) or romanised(word.form, w.form) or _alike(word, w) for w in others):
        return True
    near = segment.reference.words
    if word.is_acronym and abbreviates(word, near):
        return True
    return any(w.is_acronym and abbreviates(w, segment.variant.words) for w in near) or any(
        kin(word, w) for w in near if w.is_content
    )


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    judged=True,
    examples=(
        Example(
            "The problems of fund investors will be solved by the ministry in spring.",
            "The problems of ⟦Christian⟧ investors will be solved by the ministry in spring.",
        ),
        Example(
            "The World Health Organization opened an office in Kyiv in spring.",
            "The WHO opened an office in Kiev in spring.",
        ),
    ),
)
