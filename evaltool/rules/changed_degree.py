"""The one becomes one of several, or the other way round: "the worst storm" and "one of the worst storms".

Compared are superlatives and "the only" with and without "one of" before the same noun or adjective.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.words import AlignedSegment, Side

_LITERAL = 0.4
_AMONG = frozenset("one some many several two three few among".split())
_IRREGULAR = frozenset("best worst most least first last only".split())
_NO_SUPERLATIVES = frozenset(
    "forest interest harvest protest request contest honest modest rest west test guest nest chest priest".split()
)


def _superlatives(side: Side) -> Iterator[tuple[int, int, bool]]:
    """(index of "the", index of the superlative, whether it is one of several) in the order of the text."""
    for i, word in enumerate(side.words[:-1]):
        after = side.words[i + 1]
        if word.form != "the" or after.form in _NO_SUPERLATIVES:
            continue
        regular = after.form.endswith("est") and len(after.form) > 4 and after.lemma != after.form
        if regular or after.form in _IRREGULAR:
            before = [w.form for w in side.words[max(0, i - 2) : i]]
            yield i, i + 1, before[-1:] == ["among"] or (before[-1:] == ["of"] and before[0] in _AMONG)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each superlative that is weakened or strengthened."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    for start, i, several in _superlatives(ours):
        same = [(j, s) for _, j, s in _superlatives(theirs) if theirs.words[j].form == ours.words[i].form]
        if len(same) != 1 or same[0][1] == several:
            continue
        j = same[0][0]
        if i + 1 >= len(ours.words) or j + 1 >= len(theirs.words):
            continue
        heads = ours.words[i + 1], theirs.words[j + 1]
        if not heads[0].is_content or not heads[1].is_content:
            continue
        if heads[0].lemma != heads[1].lemma and ours.partner[i + 1] != j + 1:
            continue
        span = Span(ours.words[start - 2 if several and start > 1 else start].span.start, heads[0].span.end)
        meant = Span(theirs.words[max(0, j - 3) if same[0][1] else j - 1].span.start, heads[1].span.end)
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{meant.of(theirs.text)}”; here it is “{span.of(ours.text)}”.",
            variant_span=span,
            reference_span=meant,
            suggestion=meant.of(theirs.text),
            evidence={"superlative": ours.words[i].form},
            confidence=0.85,
        )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It was the worst storm since May.", "It was ⟦one of the worst storms⟧ since May."),
        Example("It was one of the worst storms since May.", "It was ⟦the worst storm⟧ since May."),
        Example("It was one of the worst storms since May.", "It was among the worst storms since May."),
    ),
)
