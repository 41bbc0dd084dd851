"""A word stands in a form, or as a part of speech, that does not fit where it stands ("has collect", "the decide was").

The words before and behind it are those of the reference, where another word of the same family stands between them,
and the two have no part of speech in common; or "have" before it asks for another form of the verb.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ADVERBS, ALSO_PAST_OF, ARTICLES, PREPOSITIONS
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Word

_STEM = 4  # letters that words of one family share at least
_FAMILY = 0.8  # closeness in WordNet of a derivation
_VERBAL = frozenset(["v", "vs", "ved", "ving"])
_HAVE = frozenset("has have had having".split())


def roles(word: Word) -> frozenset[str]:
    """What a form can be: "n", "a", "r", or a verb form: "v" (base), "vs", "ved", "ving"."""
    form, lemma = word.form, ALSO_PAST_OF.get(word.form, word.lemma)
    found = set(lexicon.parts_of_speech(form))
    parts = lexicon.parts_of_speech(lemma)
    if form != lemma:
        if form.endswith("ing"):
            found |= {"ving", "n", "a"}
        elif form.endswith("s") and not form.endswith("ss"):
            found |= ({"n"} & parts) | ({"vs"} if "v" in parts else set())
        elif "v" in parts:
            found |= {"ved", "a"}
        elif "n" in parts:
            found.add("n")
    if form.endswith("ly") and not found:
        found.add("r")
    return frozenset(found)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word whose form does not fit its place."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant.words, segment.reference.words
    places: dict[tuple[str, str], list[Word]] = {}
    for j, other in enumerate(theirs):
        edges = (theirs[j - 1].form if j else "", theirs[j + 1].form if j + 1 < len(theirs) else "")
        places.setdefault(edges, []).append(other)
    for i, word in enumerate(ours):
        if not word.text.islower() or not word.form.isalpha() or word.is_function:
            continue
        before, behind = (ours[i - 1] if i else None), (ours[i + 1] if i + 1 < len(ours) else None)
        others = places.get((before.form if before else "", behind.form if behind else ""), [])
        better = next((o for o in others if _misfit(word, o, before, behind)), None)
        if better is None or word.form in {o.form for o in others}:
            continue
        yield Hit(
            Severity.MINOR,
            f"“{word.text}” does not fit here; the reference has “{better.text}” in this place.",
            variant_span=word.span,
            reference_span=better.span,
            suggestion=better.text,
            evidence={"form": word.form, "the reference's": better.form},
            confidence=0.8,
        )


def _misfit(word: Word, other: Word, before: Word | None, behind: Word | None) -> bool:
    """Whether a word cannot stand where the other one of its family stands."""
    if not other.text.islower() or other.is_function or word.form == other.form:
        return False
    own, its = roles(word), roles(other)
    if not own or not its:
        return False
    if word.lemma == other.lemma:
        # "has collect" for "has collected": the auxiliary asks for the participle.
        return (
            before is not None
            and before.form in _HAVE
            and own & {"v", "vs"} != set()
            and "ved" in its
            and not own & its
        )
    shared = 0
    for a, b in zip(word.form, other.form, strict=False):
        if a != b:
            break
        shared += 1
    stem = shared >= max(_STEM, 0.6 * min(len(word.form), len(other.form)))
    if not stem and lexicon.related(word.lemma, other.lemma) < _FAMILY:
        return False
    if word.form[:2] != other.form[:2] or (own & _VERBAL and its & _VERBAL):
        return False  # "and determines", "determining"
    if "n" in own and its <= {"a", "ved"} and (before is None or before.lemma != "be"):
        return False  # "get energy", "get energised"
    if "a" in own and "r" in its and before is not None and before.form in ARTICLES | PREPOSITIONS:
        return False  # "a similar strong quake", "a similarly strong quake"
    if behind is not None and behind.is_content and own & {"n", "a"} and its & {"n", "a"}:
        return False  # a noun or an adjective before a noun: "economy growth", "economic growth"
    if "r" in own | its and (before is None or before.form in ADVERBS):
        return False
    return not own & its


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The decision of the council was late.", "The ⟦decide⟧ of the council was late."),
        Example("The town rapidly improved its roads.", "The town ⟦rapid⟧ improved its roads."),
        Example("The economic growth of the town slowed.", "The economy growth of the town slowed."),
    ),
)
