"""The one becomes one of several, or the other way round: "the worst storm" and "one of the worst storms".

Compared are superlatives and "the only" with and without "one of" or "among", before the same noun or without one.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.words import AlignedSegment, Side

_LITERAL = 0.4
_AMONG = frozenset("one some many several two three few".split())
_IRREGULAR = frozenset("best worst most least first last only".split())
_OWNERS = frozenset("its their his her our my your".split())
_NO_SUPERLATIVES = frozenset(
    "forest interest harvest protest request contest honest modest rest west test guest nest chest priest".split()
)


def _superlatives(side: Side) -> Iterator[tuple[int, int, bool]]:
    """(first word of its phrase, superlative, whether it is one of several) of each superlative, in order."""
    for i, word in enumerate(side.words[:-1]):
        after = side.words[i + 1]
        owner = word.form in _OWNERS or word.text.endswith(("'s", "’s"))
        if not (word.form == "the" or owner) or after.form in _NO_SUPERLATIVES or gap(side, i, i + 1) != " ":
            continue
        regular = after.form.endswith("est") and len(after.form) > 4 and after.lemma != after.form
        if regular or after.form in _IRREGULAR:
            start = i
            while owner and start and (side.words[start - 1].is_content or side.words[start - 1].form == "the"):
                start -= 1  # "one of the world's largest", "among Europe's oldest"
            before = [w.form for w in side.words[max(0, start - 2) : start]]
            one_of = before[-1:] == ["of"] and before[0] in _AMONG
            among = before[-1:] == ["among"]
            yield start - 2 * one_of - among, i + 1, one_of or among


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each superlative that is weakened or strengthened."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    for start, i, several in _superlatives(ours):
        same = [found for found in _superlatives(theirs) if _same(segment, i, found[1])]
        if len(same) != 1 or same[0][2] == several:
            continue
        begin, j, _ = same[0]
        if i + 1 >= len(ours.words) or j + 1 >= len(theirs.words):
            continue
        heads = ours.words[i + 1], theirs.words[j + 1]
        alone = not any(head.is_content for head in heads)  # "the worst in forty years"
        if alone and heads[0].form != heads[1].form:
            continue
        if not alone and heads[0].lemma != heads[1].lemma and ours.partner[i + 1] != j + 1:
            continue
        span = Span(ours.words[start].span.start, ours.words[i if alone else i + 1].span.end)
        meant = Span(theirs.words[begin].span.start, theirs.words[j if alone else j + 1].span.end)
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{meant.of(theirs.text)}”; here it is “{span.of(ours.text)}”.",
            variant_span=span,
            reference_span=meant,
            suggestion=meant.of(theirs.text),
            evidence={"superlative": ours.words[i].form},
            confidence=0.85,
        )


def _same(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether two superlatives are the same, or stand for each other."""
    words = segment.variant.words[i], segment.reference.words[j]
    return words[0].form == words[1].form or (segment.variant.partner[i] == j and words[0].form not in _IRREGULAR)


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("It was the worst storm since May.", "It was ⟦one of the worst storms⟧ since May."),
        Example("It was one of the worst storms since May.", "It was ⟦the worst storm⟧ since May."),
        Example("It was one of the worst storms since May.", "It was among the worst storms since May."),
        Example("The drought is the worst in forty years.", "The drought is ⟦one of the worst⟧ in forty years."),
        Example("It is one of Europe's oldest mills.", "It is ⟦Europe's oldest mill⟧."),
    ),
)
