"""The source of a statement is dropped: "the union said" or "according to police" is gone, and the claim stays.

The claim's sentence follows the reference closely, and neither it nor the sentences beside it in the segment name the
source, report speech, quote or hedge. A verb of speech in place of another one is accepted, unless a neutral one
becomes one that doubts ("told" to "claimed").

Severity: minor, also in a summary, which may leave out but not state as a fact, unless the source is officials or a
company; see changed-hedge for allegations and
claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool.model import Kind as SegmentKind
from evaltool.model import Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import CLAIMS, distanced
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, counterpart, followed, gap, sentence
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Side

#: Share of the claim's words that must be linked, in a sentence that follows the reference's wording and in a freer
#: one; below the second literalness nothing is said.
_FOLLOWED, _FOLLOWED_FREELY = 0.5, 0.65
_LITERAL, _FREE = 0.5, 0.3
_CHOSEN = 0.7  # from which a doubting verb is no choice of wording ("claims a margin of" for "says it won by")
#: Verbs that report a statement and say nothing about its truth.
_NEUTRAL = frozenset("say state tell report announce explain note add".split())
_DOUBTING = frozenset("claim allege purport".split())
_ACCUSING = frozenset("accuse accusation blame".split())
#: Sources for plain facts, which a summary may leave out.
_GENERAL = frozenset("official authority company firm spokesman spokeswoman spokesperson".split())
#: Before "claims" they tell that it is a verb.
_SUBJECTS = frozenset("it he she who which that also now further still".split())
_REACH, _LONGEST = 8, 12  # words of a source: before "said", and behind "according to"


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield dropped sources and neutral verbs of speech that became doubting ones."""
    if segment.kind is not SegmentKind.MATCH:
        return
    if segment.literalness >= _CHOSEN:
        yield from _doubted(segment)
    if segment.literalness < _FREE:
        return
    for at, first, last in _sources(segment.reference):
        hit = _dropped(segment, at, first, last)
        if hit:
            yield hit
            return


def _doubted(segment: AlignedSegment) -> Iterator[Hit]:
    ours, theirs = segment.variant, segment.reference
    if any(w.lemma in CLAIMS or w.lemma in _DOUBTING or w.lemma in _ACCUSING for w in theirs.words):
        return
    for i, word in enumerate(ours.words):
        if word.lemma not in _DOUBTING or word.form not in ("claimed", "claims", "alleged", "alleges"):
            continue
        after = ours.words[i + 1].form if i + 1 < len(ours.words) else ""
        before = ours.words[i - 1].form if i else ""
        if word.initial or after == "to":
            continue  # "Claims to the contrary": a noun
        if word.form.endswith("s") and (i == sentence(ours, i)[0] or before not in _SUBJECTS):
            continue  # "claims to the contrary"
        if (
            before in ("the", "a", "these", "those", "is", "are", "was", "were", "have", "its", "their")
            and after != "that"
        ):
            continue
        for j, other in enumerate(theirs.words):
            told = other.lemma in _NEUTRAL and (ours.partner[i] == j or any(anchors(segment, i, j)))
            if told:
                yield Hit(
                    Severity.MINOR,
                    f"The reference reports with “{other.text}”; “{word.text}” casts doubt on what is said.",
                    variant_span=word.span,
                    reference_span=other.span,
                    suggestion=other.text,
                    evidence={"how": "doubted"},
                    confidence=0.75,
                )
                return


def _sources(side: Side) -> Iterator[tuple[int, int, int]]:
    """(key word, first, last) of the phrases that name a source: "according to X", "X said (that)", ", X said"."""
    for at, word in enumerate(side.words):
        if word.form not in ("according", "said", "says"):
            continue
        first, last = sentence(side, at, ";")
        if word.form == "according" and at < last and side.words[at + 1].form == "to":
            end = at + 1
            while end < last and end < at + _LONGEST and "," not in gap(side, end, end + 1):
                end += 1
            yield at, at, end
        elif word.form != "according" and first < at:
            start = at
            while start > first and start > at - _REACH and "," not in gap(side, start - 1, start):
                start -= 1
            if any(w.form in ("be", "is", "are", "was", "were", "been") for w in side.words[start:at]):
                continue  # "is said to"
            if start == at or {w.form for w in side.words[start:at]} & {
                "that",
                "having",
                "being",
                "as",
                "not",
                "never",
            }:
                continue  # "that said", "having said so", "has not said"
            yield at, start, at


def _dropped(segment: AlignedSegment, at: int, first: int, last: int) -> Hit | None:
    """The hit for a source that the variant does not name, if the claim is there."""
    side, other = segment.reference, segment.variant
    start, end = sentence(side, at, ";")
    claim = [k for k in range(start, end + 1) if not first <= k <= last and side.words[k].is_content]
    home = counterpart(segment, start, end, of_variant=False)
    if home is None or len(claim) < 3 or asks(side, at):
        return None
    linked = [p for k in claim if (p := side.partner[k]) is not None and home[0] <= p <= home[1]]
    enough = _FOLLOWED if segment.literalness >= _LITERAL else _FOLLOWED_FREELY
    if len(linked) < enough * len(claim) or followed(segment, first, last, of_variant=False) > 0:
        return None
    if distanced(other, 0, len(other.words) - 1) or "accord" in other.lemmas or _put(other):
        return None
    if segment.profile is Profile.SUMMARY and any(w.lemma in _GENERAL for w in side.words[first : last + 1]):
        return None
    # What stands before the source is what it is the source of; a remark may follow.
    before = [p for k in claim if k < first and (p := side.partner[k]) is not None and home[0] <= p <= home[1]]
    shown = before or linked
    span = Span(other.words[min(shown)].span.start, other.words[max(shown)].span.end)
    source = Span(side.words[first].span.start, side.words[last].span.end)
    return Hit(
        Severity.MINOR,
        f"The reference gives this as “{source.of(side.text)}”; the variant states it as a fact.",
        variant_span=span,
        reference_span=source,
        evidence={"how": "dropped"},
        confidence=0.7,
    )


def _put(side: Side) -> bool:
    """Whether somebody puts something at a number: "the bank put its losses at 300 million"."""
    put = next((k for k, w in enumerate(side.words) if w.lemma == "put"), None)
    return put is not None and any(
        a.form == "at" and (b.is_number or b.form in ("no", "more", "less", "about", "around", "between"))
        for a, b in pairwise(side.words[put:])
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The fire destroyed nine houses near the harbour, according to the mayor.",
            "The ⟦fire destroyed nine houses near the harbour⟧.",
        ),
        Example(
            "The fire destroyed nine houses near the harbour, officials said on Monday.",
            "The fire destroyed nine houses near the harbour.",
            Profile.SUMMARY,
        ),
        Example(
            "Shares of the airline fell 4%, although it said its debts did not exceed 20 million dollars.",
            "Shares of the airline fell 4%, although the company put its debts at no more than 20 million dollars.",
        ),
        Example("The union said the bridge was safe.", "The union ⟦claimed⟧ the bridge was safe."),
        Example(
            "The fire destroyed nine houses near the harbour, according to the mayor.",
            "The mayor said that the fire destroyed nine houses near the harbour.",
        ),
    ),
)
