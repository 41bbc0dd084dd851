"""Where something comes from is where it goes: "went to private donors" for "came from private donors".

Both texts have a verb with the same noun behind it, the one with "from", the other with "to", and
neither text has the noun behind the other preposition as well. The verbs are the same, or "come" and "go".

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_WAYS = frozenset(["from", "to"])
_SAME = {"come": "go"}
_DETERMINERS = frozenset("the a an his her its their this that".split())
_LITERAL = 0.6
_NOUN = 3  # words between a preposition and the noun


class _Way(NamedTuple):
    """A verb, its preposition and the last word of the noun phrase behind."""

    verb: int
    lemma: str
    way: str
    noun: int


@lru_cache(maxsize=64)
def _ways(side: Side) -> tuple[_Way, ...]:
    found = []
    words = side.words
    for n, word in enumerate(words[:-1]):
        if word.form not in _WAYS:
            continue
        verb = next((k for k in range(n - 1, max(-1, n - 4), -1) if _verb(side, k, n)), None)
        noun = _noun(side, n) if verb is not None else None
        if verb is not None and noun is not None:
            lemma = verb_lemma(words[verb])
            found.append(_Way(verb, _SAME.get(lemma, lemma), word.form, noun))
    return tuple(found)


def _verb(side: Side, at: int, preposition: int) -> bool:
    """Whether a word is a verb that a preposition behind it goes with."""
    together = all(gap(side, k, k + 1) == " " for k in range(at, preposition))
    return (
        together and lexicon.main_part_of_speech(verb_lemma(side.words[at])) == "v" and not side.words[at].is_function
    )


def _noun(side: Side, preposition: int) -> int | None:
    """The last word of the noun phrase behind a preposition."""
    noun = None
    first = side.words[preposition + 1]
    if first.is_content and not first.is_capitalised and lexicon.main_part_of_speech(first.lemma) == "v":
        return None  # "to hear", "from hearing"
    for k in range(preposition + 1, min(preposition + 2 + _NOUN, len(side.words))):
        word = side.words[k]
        inner = word.is_content or word.is_number or (noun is None and word.form in _DETERMINERS)
        if gap(side, k - 1, k).strip(" $€£") or not inner:
            break
        if word.form not in _DETERMINERS:
            noun = k
    return noun


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first origin that is an end, or the other way round."""
    ours, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL or "from" not in ours.forms | theirs.forms:
        return
    for mine in _ways(ours):
        for other in _ways(theirs):
            words = ours.words[mine.noun], theirs.words[other.noun]
            if mine.way == other.way or mine.lemma != other.lemma or words[0].lemma != words[1].lemma:
                continue
            if _behind(ours, other.way, words[0].lemma) or _behind(theirs, mine.way, words[1].lemma):
                continue
            if asks(ours, mine.verb) or asks(theirs, other.verb):
                continue
            said = Span(ours.words[mine.verb].span.start, ours.words[mine.noun].span.end)
            meant = Span(theirs.words[other.verb].span.start, theirs.words[other.noun].span.end)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: the direction is"
                " turned.",
                variant_span=said,
                reference_span=meant,
                suggestion=meant.of(theirs.text),
                evidence={"reference": other.way, "variant": mine.way},
                confidence=0.85,
            )
            return


def _behind(side: Side, way: str, lemma: str) -> bool:
    """Whether a word stands shortly behind a preposition somewhere."""
    return any(
        word.form == way and any(w.lemma == lemma for w in side.words[k + 1 : k + 2 + _NOUN])
        for k, word in enumerate(side.words)
    )


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Most of the money came from private donors.", "Most of the money ⟦went to private donors⟧."),
        Example(
            "The ministry has doubled the reward to 20,000 dollars.",
            "The ministry has ⟦doubled the reward from 20,000 dollars⟧.",
            severity=Severity.MAJOR,
        ),
        Example("The ship sailed from Oslo to Hull.", "The ship sailed to Hull from Oslo."),
        Example("Most of the money came from private donors.", "Private donors gave most of the money."),
    ),
)
