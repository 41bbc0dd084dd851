"""What somebody only claims to have done, the variant says they have done: "shot down" for "claimed to have shot down".

The reference says with "claim", "profess", "purport" or "pretend" and an infinitive, or with "boast of", what somebody
gives out; the variant has the same verb in a finite form, of the same matter, in a sentence that names no source and
leaves nothing open.

Severity: major; critical where the reference has somebody deny it.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import is_loose, marks, quoted
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_adverb, is_negator
from evaltool.rules._verbs import Group, groups, verb_lemma
from evaltool.words import AlignedSegment, Side

_CLAIMING = frozenset("claim profess purport pretend".split())
_BOASTING = frozenset("boast brag".split())
_DENYING = frozenset("deny denial dispute reject contradict refute".split())
_REACH = 4  # words behind the "to" or "of" among which the verb stands
_KEPT = 2  # further words of the matter that must be linked, or all there are
_MARKS = ",;:—–()"


def _claimed(side: Side) -> Iterator[tuple[int, int]]:
    """(the verb of claiming, the verb of what is claimed) of a side."""
    words = side.words
    for k, word in enumerate(words[:-2]):
        lemma, after = verb_lemma(word), words[k + 1].form
        begins = (lemma in _CLAIMING and after == "to") or (lemma in _BOASTING and after in ("of", "about"))
        if not begins or any(is_negator(w) for w in words[max(0, k - 2) : k + 2]):
            continue
        last = min(sentence(side, k, _MARKS)[1], k + 1 + _REACH)
        head = next((n for n in range(k + 2, last + 1) if words[n].is_content and not is_adverb(words[n])), None)
        if head is not None and not any(is_negator(w) for w in words[k + 2 : head]):
            yield k, head


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first claim that is a fact."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    if not (_CLAIMING | _BOASTING) & theirs.lemmas:
        return
    for at, head in _claimed(theirs):
        for group in groups(ours):
            if group.certain and _same(segment, group, head) and not _open(ours, group) and not asks(ours, group.end):
                said = Span(ours.words[group.start].span.start, ours.words[group.end].span.end)
                meant = Span(theirs.words[at].span.start, theirs.words[head].span.end)
                denied = any(w.lemma in _DENYING for w in theirs.words)
                yield Hit(
                    Severity.CRITICAL if denied else Severity.MAJOR,
                    f"The reference says “{meant.of(theirs.text)}”; here it is a fact: “{said.of(ours.text)}”.",
                    variant_span=said,
                    reference_span=meant,
                    evidence={"verb of claiming": theirs.words[at].form},
                    confidence=0.8,
                )
                return


def _same(segment: AlignedSegment, group: Group, head: int) -> bool:
    """Whether a verb group is the verb of what is claimed, with much of what is said of it."""
    ours, theirs = segment.variant, segment.reference
    if ours.partner[group.end] != head and verb_lemma(ours.words[group.end]) != verb_lemma(theirs.words[head]):
        return False
    last = sentence(theirs, head, _MARKS)[1]
    behind = [k for k in range(head + 1, last + 1) if theirs.words[k].is_content or theirs.words[k].is_number]
    first, end = sentence(ours, group.end, ";")
    kept = sum((p := theirs.partner[k]) is not None and first <= p <= end for k in behind)
    return kept >= min(_KEPT, len(behind)) and kept > 0


def _open(side: Side, group: Group) -> bool:
    """Whether the sentence of a verb group names a source, hedges, quotes or denies."""
    first, last = sentence(side, group.end, ";")
    if any(True for _ in marks(side, first, last)) or quoted(side, group.start, group.end):
        return True
    words = side.words[first : last + 1]
    return any(is_loose(w) or is_negator(w) or verb_lemma(w) in _CLAIMING | _BOASTING for w in words)


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The pirates claimed to have sunk two trawlers off the island in May.",
            "The pirates ⟦sank⟧ two trawlers off the island in May.",
        ),
        Example(
            "The firm boasts of having halved the emissions of its plants.",
            "The firm ⟦has halved⟧ the emissions of its plants.",
        ),
        Example(
            "The pirates claimed to have sunk two trawlers off the island in May.",
            "The pirates sank two trawlers off the island in May, according to themselves.",
        ),
        Example(
            "The pirates claimed to have sunk two trawlers off the island in May.",
            "In May the pirates said that they had sunk two trawlers off the island.",
        ),
    ),
)
