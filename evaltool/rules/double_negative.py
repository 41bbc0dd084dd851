"""A negation is said twice ("none of the passengers wasn't injured", "neither side didn't answer").

Behind "none", "nobody", "nothing", "neither" or "never" as a subject or adverb the verb of the same clause is denied
again; or "not" is followed by "nobody", "nothing" or "never". The reference denies it once.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import AUXILIARIES
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.words import AlignedSegment, Side

_SUBJECTS = frozenset("none nobody nothing neither never nowhere".split())
#: They begin another clause, whose negator is its own: "did not know she had never paid".
_BEFORE = frozenset("that who which but and because if when nor or than he she it they we you i there".split())
_REACH = 7


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each clause that denies its verb twice."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or not _SUBJECTS & side.forms:
        return
    if next(_doubled(theirs), None) is not None:
        return
    for first, last in _doubled(side):
        span = Span(side.words[first].span.start, side.words[last].span.end)
        yield Hit(
            Severity.MINOR,
            f"“{span.of(side.text)}” denies twice what the reference denies once.",
            variant_span=span,
            evidence={"negators": f"{side.words[first].form}, {side.words[last].form}"},
            confidence=0.85,
        )
        return


def _doubled(side: Side) -> Iterator[tuple[int, int]]:
    """(first, last index) of each two negators of one clause."""
    for k, word in enumerate(side.words):
        if word.form not in _SUBJECTS:
            continue
        _, last = sentence(side, k, ",;:()—–")
        for n in range(k + 1, min(last, k + _REACH) + 1):
            form = side.words[n].form
            if form in _BEFORE:
                break
            if _of_verb(side, n) or (word.form == "never" and form in _SUBJECTS - {"never"}):
                yield k, n
                break
        first, _ = sentence(side, k, ",;:()—–")
        for n in range(k - 1, max(first, k - _REACH) - 1, -1):
            form = side.words[n].form
            if form in _BEFORE or form in ("without", "no"):
                break
            if _of_verb(side, n) and word.form != "neither" and n + 1 < k:
                yield n, k
                break


def _of_verb(side: Side, at: int) -> bool:
    """Whether a "not" denies a finite verb: none in "about not paying", "decided not to go"."""
    form = side.words[at].form
    return form.endswith("n't") or (form == "not" and at > 0 and side.words[at - 1].form in AUXILIARIES)


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "None of the passengers was injured.",
            "⟦None of the passengers wasn't⟧ injured.",
            severity=Severity.MINOR,
        ),
        Example("Neither side gave any figures.", "⟦Neither side didn't⟧ give any figures."),
        Example("The doctor did not tell anybody.", "The doctor did ⟦not tell nobody⟧."),
        Example("She was unaware that he had never paid.", "She did not know he had never paid."),
        Example("Nothing was said about not paying.", "Nothing was said about not paying them."),
        Example("None of those who did not pay was heard.", "None of those who did not pay was heard."),
    ),
)
