"""A quotation is put into the mouth of somebody else.

A quotation of the variant is the reference's, but the sentence around it names as the speaker another person or body of
the reference, and not the one whom the reference names. A speaker named by a part of the name, by a pronoun, by a
description or only in a neighbouring sentence is accepted.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._clauses import sentence
from evaltool.rules._names import plain, similar
from evaltool.rules._quotes import Quotation, quotations
from evaltool.words import Side, Word

_SAME_QUOTATION = 80  # of 100, token similarity from which two quotations are the same
_SHORTEST = 3  # words of a quotation that belongs to somebody
_NEAR = 4  # words between a speaker's name and the verb of speech
_ALIKE = 0.85  # Jaro-Winkler from which two names may be one


def _speakers(side: Side, quotation: Quotation, inside: list[Quotation]) -> list[Word]:
    """Names near a verb of speech in the sentence of a quotation, outside all quotations."""
    within = [k for k, w in enumerate(side.words) if quotation.inner.overlaps(w.span)]
    if not within:
        return []
    first, last = sentence(side, within[0])[0], sentence(side, within[-1])[1]
    outside = [k for k in range(first, last + 1) if not any(q.outer.overlaps(side.words[k].span) for q in inside)]
    verbs = [k for k in outside if side.words[k].lemma in SPEECH]
    return [side.words[k] for k in outside if _name(side.words[k]) and any(abs(k - verb) <= _NEAR for verb in verbs)]


def _name(word: Word) -> bool:
    return word.is_capitalised and word.is_content


def _known(word: Word, names: set[str]) -> bool:
    return any(plain(word.form) == name or similar(word.form, name) >= _ALIKE for name in names)


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each quotation that another speaker says."""
    from rapidfuzz import fuzz

    def alike(said: str, whole: str) -> float:
        """0..100; a quotation of some length may be cut short."""
        short = len(whole) > len(said) and len(said.split()) > _SHORTEST
        return fuzz.partial_ratio(said, whole) if short else fuzz.ratio(said, whole)

    sides = [
        (segment, side, quotations(side.text, side.span))
        for segment in document.segments
        for side in (segment.reference,)
        if side.span is not None
    ]
    everybody = {
        plain(w.form) for segment, _, _ in sides for w in segment.reference.words if _name(w) and not w.initial
    }
    for segment in document.segments:
        if segment.variant.span is None:
            continue
        own = quotations(segment.variant.text, segment.variant.span)
        for quotation in own:
            said = quotation.inner.of(segment.variant.text)
            if len(said.split()) < _SHORTEST:
                continue
            ours = _speakers(segment.variant, quotation, own)
            for _, side, theirs in sides:
                same = next((q for q in theirs if alike(said, q.inner.of(side.text)) >= _SAME_QUOTATION), None)
                if same is None or not ours:
                    continue
                meant = _speakers(side, same, theirs)
                names = {plain(w.form) for w in side.words if _name(w)}
                others = [w for w in ours if not _known(w, names) and plain(w.form) in everybody]
                near = {plain(w.form) for w in segment.variant.words if _name(w)}
                if meant and others and not any(_known(w, near) for w in meant):
                    yield Hit(
                        Severity.CRITICAL,
                        f"The reference quotes {meant[-1].text} with these words; here {others[-1].text} says them.",
                        variant_span=others[-1].span,
                        reference_span=meant[-1].span,
                        suggestion=meant[-1].text,
                        evidence={"quotation": said[:80]},
                        confidence=0.8,
                    )
                break


RULE = Rule(
    category=Category.QUOTE_ALTERED,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "The mayor, Anna Holt, met the trader Ivo Marsh. “We will not sell the pier,” said Holt.",
            "The mayor, Anna Holt, met the trader Ivo Marsh. “We will not sell the pier,” said ⟦Marsh⟧.",
        ),
        Example(
            "The mayor, Anna Holt, met the trader Ivo Marsh. “We will not sell the pier,” said Holt.",
            "The mayor, Anna Holt, met the trader Ivo Marsh. Anna Holt said: “We will not sell the pier.”",
        ),
    ),
)
