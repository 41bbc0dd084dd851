"""The same word comes back after a word or two, unlike in the reference: "a commercial on a television commercial".

Counted are content words that are not too common, in any form, with nothing but words between them. Accepted are pairs
("day after day", "free meals and free care", "a product among products"), names, and what the reference repeats too.

Severity: minor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import CONJUNCTIONS, PREPOSITIONS
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._names import zipf
from evaltool.words import AlignedSegment, Side, Word

_REACH = 3  # places behind a word, from the next but one on, where it is looked for
_COMMON = 5.0  # zipf frequency from which a word may come back unnoticed
#: What joins two equal words to a pair, wherever it stands between them; alone, any preposition does.
_JOINING = CONJUNCTIONS | frozenset("to after by upon for with among amongst per versus vs".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word that comes back at once, with what stands between."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    side = segment.variant
    theirs = Counter(word.lemma for word in segment.reference.words)
    for first, word in enumerate(side.words):
        if not _tells(word) or theirs[word.lemma] > 1:
            continue
        for second in range(first + 2, min(first + 2 + _REACH, len(side.words))):
            if side.words[second].lemma == word.lemma and _tells(side.words[second]) and _plain(side, first, second):
                span = Span(word.span.start, side.words[second].span.end)
                yield Hit(
                    Severity.MINOR,
                    f"“{word.text}” comes back at once in “{span.of(side.text)}”, unlike in the reference.",
                    variant_span=span,
                    evidence={"words between": second - first - 1},
                    confidence=0.7,
                )
                break


def _tells(word: Word) -> bool:
    """Whether a reader notices that a word comes back."""
    return (
        word.is_content
        and not word.is_capitalised
        and len(word.form) > 3
        and zipf(word.form) < _COMMON
        and lexicon.is_word(word.lemma)
    )


def _plain(side: Side, first: int, second: int) -> bool:
    """Whether nothing joins two equal words to a pair, no mark parts them, and the word is not merely doubled."""
    between = [w.form for w in side.words[first + 1 : second]]
    if side.words[first].lemma in {w.lemma for w in side.words[first + 1 : second]}:
        return False
    if any(form in _JOINING for form in between) or (len(between) == 1 and between[0] in PREPOSITIONS):
        return False
    return all(gap(side, k, k + 1).isspace() for k in range(first, second))


RULE = Rule(
    category=Category.AWKWARD,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "She saw on television how the machine works.",
            "She saw a ⟦commercial on a television commercial⟧ of how the machine works.",
        ),
        Example("The talks went on day after day.", "The talks went on hour after hour."),
        Example("There were free meals and medical aid.", "There were free meals and free medical aid."),
    ),
)
