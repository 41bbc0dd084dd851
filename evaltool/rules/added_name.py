"""A person, place or organisation is named that the reference does not know and that stands for nothing in it.

No name of the reference's segment may be missing in the variant's: then the one may stand for the other, which is a
matter of replaced-name, garbled-name and wrong-name. Accepted are much-named countries, acronyms, names that the
reference has in another spelling or form, names that are words of it with a capital, and first words.

Severity: major for a person's full name, or one who speaks; neutral for any other name, which may only say what the
reference means ("in the capital"), and for all in a re-report, which may name more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool import lexicon
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._mentions import Mention, mentions, said_anywhere, said_here, supported
from evaltool.rules._names import is_listed, kin, plain, similar, zipf
from evaltool.words import AlignedSegment, Vocabulary, Word

#: Likeness of two spellings from which they may be the same word.
_SAME = 0.75
#: Zipf frequency from which a word with a capital may be any word of the language.
_COMMON = 4.0


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name that is added."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = mentions(segment.variant, segment), mentions(segment.reference, segment)
    if not all(supported(name, ours, said_here(segment.variant)) for name in theirs):
        return
    everywhere = said_anywhere(segment.whole_reference)
    for name in ours:
        if not name.proper or supported(name, theirs, everywhere) or not all(_strange(w, segment) for w in name.words):
            continue
        person = len(name.words) > 1 or _speaks(name, segment)
        said = name.span.of(segment.variant.text)
        yield Hit(
            Severity.MAJOR if person and segment.profile is not Profile.REREPORT else Severity.NEUTRAL,
            f"The variant names “{said}”; the reference does not.",
            variant_span=name.span,
            evidence={"words": len(name.words), "literalness of the segment": round(segment.literalness, 2)},
            confidence=0.75,
        )


def _strange(word: Word, segment: AlignedSegment) -> bool:
    """Whether nothing in the reference looks, sounds or means like a name's word."""
    if word.initial or word.is_acronym or is_listed(word.form) or zipf(plain(word.form)) >= _COMMON:
        return False
    if any(similar(word.form, w.form) >= _SAME for w in segment.reference.words if w.is_content):
        return False
    if any(similar(word.form, form) >= _SAME for form in _capitals(segment.whole_reference)):
        return False
    return not any(kin(word, w) for w in segment.reference.words if w.is_content)


@lru_cache(maxsize=8)
def _capitals(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(w.form for w in vocabulary.words if w.is_capitalised)


def _speaks(name: Mention, segment: AlignedSegment) -> bool:
    """Whether a verb of speech stands beside a name ("said Holt", "Holt said")."""
    side = segment.variant
    for at, left in ((name.first - 1, name.first - 1), (name.last + 1, name.last)):
        if 0 <= at < len(side.words) and gap(side, left, left + 1).isspace():
            word = side.words[at]
            if word.lemma in SPEECH and word.form != word.lemma and "v" in lexicon.parts_of_speech(word.lemma):
                return True
    return False


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The head of the district made a tour of the villages.",
            "The head of the district, ⟦Sergey Nikitenko⟧, made a tour of the villages.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The road along the river was closed for a week, a spokesman said.",
            "The road along the river was closed for a week, ⟦Castelo⟧ said.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The head of the district made a tour of the villages.",
            "The head of the district, ⟦Sergey Nikitenko⟧, made a tour of the villages.",
            profile=Profile.REREPORT,
            severity=Severity.NEUTRAL,
        ),
        Example("The troops entered the country at night.", "The troops entered Ukraine at night."),
        Example("Anna Lind met the mayor. Lind left early.", "Anna Lind met the mayor. Anna Lind left early."),
    ),
)
