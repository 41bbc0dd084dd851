"""A term of the glossary is rendered by one that the glossary forbids.

Terms are found in all their inflected forms and whatever their case. A forbidden term that the reference uses itself
in the same place is accepted. Needs a glossary (the setting ``glossary``); without one the rule is not applied.

Severity: major where the reference has the preferred term there; minor elsewhere. Neutral where the reference has a
preferred term and the variant has none of the glossary's terms, since a pronoun or another wording may stand for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.glossary import Concept, Glossary
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import AlignedDocument, Example, Hit, Rule, Scope
from evaltool.words import AlignedSegment, Side, Word, words_of


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each forbidden term, and each preferred term that the variant lacks."""
    if document.glossary is None:
        return
    for segment in document.segments:
        for concept in document.glossary.concepts:
            yield from _judge(segment, concept)


def _judge(segment: AlignedSegment, concept: Concept) -> Iterator[Hit]:
    language = segment.language
    wanted = [s for term in concept.preferred for s in _places(segment.reference, term, language)]
    best = concept.preferred[0]
    wrong = [(term, s) for term in concept.forbidden for s in _places(segment.variant, term, language)]
    for term, span in wrong:
        if any(_places(segment.reference, term, language)):
            continue
        yield Hit(
            Severity.MAJOR if wanted else Severity.MINOR,
            f"The glossary wants “{best}”; “{span.of(segment.variant.text)}” is a term it forbids.",
            variant_span=span,
            reference_span=wanted[0] if wanted else None,
            suggestion=best,
            evidence={"forbidden": term, "preferred": best},
            confidence=0.95,
        )
    used = any(_places(segment.variant, term, language) for term in concept.preferred)
    if wanted and not wrong and not used and segment.kind is Kind.MATCH and segment.profile is Profile.TRANSLATION:
        yield Hit(
            Severity.NEUTRAL,
            f"The reference uses the glossary's term “{best}”; the variant does not have it here.",
            reference_span=wanted[0],
            suggestion=best,
            evidence={"preferred": best},
            confidence=0.5,
        )


def _places(side: Side, term: str, language: str) -> list[Span]:
    """Where a side has a term, in any inflected form."""
    parts = _parts(term, language)
    size = len(parts)
    return [
        Span(side.words[i].span.start, side.words[i + size - 1].span.end)
        for i in range(len(side.words) - size + 1)
        if all(_same(a, b) for a, b in zip(side.words[i : i + size], parts, strict=True))
    ] if size else []  # fmt: skip


def _same(word: Word, part: Word) -> bool:
    """Whether a word is a form of a term's word; a term in capitals is one only in capitals (WHO, who)."""
    if part.is_acronym:
        return word.is_acronym and word.form == part.form
    return word.form == part.form or word.lemma == part.lemma


@lru_cache(maxsize=10_000)
def _parts(term: str, language: str) -> tuple[Word, ...]:
    return words_of(term, None, language)


_GLOSSARY = Glossary((Concept(("coastguard", "coast guard"), ("shore watch",)), Concept(("rebel",), ("insurgent",))))

RULE = Rule(
    category=Category.WRONG_TERM,
    find=find,
    scope=Scope.DOCUMENT,
    needs_glossary=True,
    examples=(
        Example("The rebels left the town.", "The ⟦insurgents⟧ left the town.", glossary=_GLOSSARY),
        Example("A coastguard ship arrived.", "A ⟦shore watch⟧ ship arrived.", glossary=_GLOSSARY),
        Example("A coastguard ship arrived.", "A coast guard ship arrived.", glossary=_GLOSSARY),
        Example("The insurgents left the town.", "The insurgents left the town.", glossary=_GLOSSARY),
    ),
)
