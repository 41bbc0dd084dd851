"""A re-report states as a fact, without a source, a crime or an attack that the reference only reports as alleged.

A sentence is added that says that people were killed, attacked or the like; it names no source, keeps no distance and
quotes nobody, while the reference speaks of such acts only as alleged, reported or claimed by somebody. What else a
re-report adds is shown as neutral.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool import lexicon
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import Kind as Distance
from evaltool.rules._attribution import distanced, marks
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Vocabulary, Word

#: What it is grave to say of somebody; words close to these in WordNet count too.
_ACTS = "kill murder massacre torture rape loot execute abduct bribe embezzle".split()
_CLOSE = 0.6
_SENTENCE = 40  # words around an act among which its source is looked for


@lru_cache(maxsize=10_000)
def _grave(lemma: str) -> bool:
    return any(lemma == act or lexicon.related(lemma, act) >= _CLOSE for act in _ACTS)


def _act(words: tuple[Word, ...]) -> Word | None:
    return next((word for word in words if word.is_content and _grave(word.lemma)), None)


@lru_cache(maxsize=64)
def _alleged(whole: Vocabulary) -> bool:
    """Whether a document reports such acts, and calls them alleged, reported or claimed."""
    acts = [i for i, word in enumerate(whole.words) if word.is_content and _grave(word.lemma)]
    doubts = [m.at for m in marks(whole) if m.kind in (Distance.ALLEGATION, Distance.REPORT, Distance.CLAIM)]
    return any(abs(a - d) <= _SENTENCE for a in acts for d in doubts)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield an added sentence that accuses without a source."""
    if segment.kind is not Kind.ADDITION or segment.profile is not Profile.REREPORT or segment.role is not Role.BODY:
        return
    side = segment.variant
    act = _act(side.words)
    if act is None or distanced(side, 0, len(side.words) - 1) or not _alleged(segment.whole_reference):
        return
    yield Hit(
        Severity.MAJOR,
        f"This is stated as a fact and without a source (“{act.text}”); the reference has such acts only as alleged.",
        variant_span=side.span,
        evidence={"act": act.lemma},
        confidence=0.7,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The army is alleged to have killed dozens of villagers. The river rose overnight.",
            "The army is alleged to have killed dozens of villagers. ⟦Soldiers looted the shops in revenge.⟧ "
            "The river rose overnight.",
            profile=Profile.REREPORT,
        ),
        Example(
            "The army is alleged to have killed dozens of villagers. The river rose overnight.",
            "The army is alleged to have killed dozens of villagers. Soldiers also looted shops, residents said. "
            "The river rose overnight.",
            profile=Profile.REREPORT,
        ),
    ),
)
