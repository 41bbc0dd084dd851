"""What the reference says on a condition, the variant says without it: "provided that Brussels approves it" is lost.

The words of the condition stand in the variant, so that it states them as a fact; nothing in its sentence says if,
unless, when, would or the like. A condition that is left out with its words is a matter of omitted-phrase.

Severity: critical, since the reader takes for settled what is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.words import AlignedSegment, Side

#: Share of the segment's words that must stand in the reference too, and of the condition's that must be linked.
_LITERAL, _LINKED = 0.6, 0.6
_FEWEST = 2  # content words of a condition
#: What opens a condition. "If" behind a verb of asking or doubting is "whether".
_OPENERS = (
    ("if",), ("unless",), ("provided", "that"), ("providing", "that"), ("as", "long", "as"), ("so", "long", "as"),
    ("on", "condition", "that"), ("on", "the", "condition", "that"), ("subject", "to"), ("in", "the", "event", "that"),
)  # fmt: skip
_ASKING = frozenset(
    "ask wonder know see say tell doubt question check find determine decide unclear unknown sure clear as even".split()
)
#: Words with which the variant may say that something is not settled, or say it of a case.
_OPEN = frozenset(
    """
    if unless provided providing long condition conditional conditionally subject event case when whenever once until
    till should would could may might can depend depending dependent contingent pending whether where wherever without
    precondition prerequisite hinge
    otherwise were assume assuming suppose supposing require requires required requirement need needs must only
    except barring permitting allowing willing whoever anyone anybody nobody everyone everybody those hypothetical
    possible possibly perhaps hope hopes hoped plan plans planned or demand demands price
    """.split()
)


def _conditions(side: Side) -> Iterator[tuple[int, int, int]]:
    """(index of the opener, first, last index of the words behind it) of each condition."""
    forms = [word.form for word in side.words]
    for at in range(len(forms)):
        for opener in _OPENERS:
            if tuple(forms[at : at + len(opener)]) != opener:
                continue
            before = side.words[at - 1] if at else None
            if before is not None and (before.lemma in _ASKING or before.form in _ASKING):
                continue
            first = at + len(opener)
            last = sentence(side, at, ",;:–—()")[1]
            if first <= last:
                yield at, first, last
            break


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each condition that became a fact."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    for at, first, last in _conditions(theirs):
        content = [k for k in range(first, last + 1) if theirs.words[k].is_content or theirs.words[k].is_number]
        linked = [p for k in content if (p := theirs.partner[k]) is not None]
        if len(linked) < max(_FEWEST, _LINKED * len(content)):
            continue
        start, _ = sentence(ours, min(linked))
        _, end = sentence(ours, max(linked))
        if any(w.form in _OPEN or w.lemma in _OPEN or w.form.endswith("n't") for w in ours.words[start : end + 1]):
            continue
        span = Span(theirs.words[at].span.start, theirs.words[last].span.end)
        said = Span(ours.words[min(linked)].span.start, ours.words[max(linked)].span.end)
        yield Hit(
            Severity.CRITICAL,
            f"The reference makes it a condition, “{span.of(theirs.text)}”; the variant says it as a fact.",
            variant_span=said,
            reference_span=span,
            evidence={"opened by": theirs.words[at].form, "words of it that are kept": len(linked)},
            confidence=0.8,
        )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The state will pay the farmers by June, provided that the parliament approves the new budget.",
            "The state will pay the farmers by June, and the ⟦parliament has approved the new budget⟧.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The state will pay the farmers by June, provided that the parliament approves the new budget.",
            "The state will pay the farmers by June once the parliament has approved the new budget.",
        ),
        Example(
            "If the parliament approves the new budget, the state will pay the farmers by June.",
            "Should the parliament approve the new budget, the state will pay the farmers by June.",
        ),
        Example(
            "If you want to lead the union, you do not begin in the capital.",
            "Nobody who wants to lead the union begins in the capital.",
        ),
        Example(
            "The judge asked if the driver had seen the red light.",
            "The judge asked whether the driver had seen the red light.",
        ),
        Example(
            "The bridge will open on Friday if the weather permits.",
            "The bridge will open on Friday, weather permitting.",
        ),
    ),
)
