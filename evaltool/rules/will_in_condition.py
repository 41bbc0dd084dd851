"""A condition or a point of time has "will" ("if the talks will fail", "as soon as the rain will stop").

Behind "if", "unless", "when", "once", "until", "as soon as", "before" and "after" English has the present for what is
ahead. The reference has that word without "will" or "would" in its clause.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_OPENERS = frozenset("if unless when once until till before after".split())
#: Behind these "if" and "when" ask, and may have "will".
_ASKING = frozenset(
    """
    ask asks asked asking know knows knew known say says said tell told decide decided decides wonder wondered unclear
    clear see question whether is was of on as even
    """.split()
)
_REACH = 6  # words behind such a word among which "will" stands


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each "will" in such a clause."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or "will" not in side.forms:
        return
    for at, will in _willing(side):
        opener = side.words[at].form
        verb = next((w for w in side.words[will + 1 : will + 3] if w.is_content or w.form == "be"), None)
        if verb is None or not _there(theirs, opener, verb_lemma(verb)) or asks(side, at):
            continue
        span = Span(side.words[at].span.start, side.words[min(will + 1, len(side.words) - 1)].span.end)
        yield Hit(
            Severity.MINOR,
            f"“{span.of(side.text)}”: behind “{opener}” English has the present for what is ahead.",
            variant_span=span,
            evidence={"behind": opener},
            confidence=0.85,
        )
        return


def _there(theirs: Side, opener: str, lemma: str) -> bool:
    """Whether the reference has the verb behind the same word without "will"."""
    for k, word in enumerate(theirs.words):
        if word.form == opener:
            _, last = sentence(theirs, k, ",;:()—–")
            clause = theirs.words[k + 1 : min(last, k + _REACH) + 1]
            told = any(verb_lemma(w) == lemma or (lemma == "be" and w.form in ("is", "are")) for w in clause)
            if told and not any(w.form in ("will", "would") for w in clause):
                return True
    return False


def _willing(side: Side) -> Iterator[tuple[int, int]]:
    """(index of the word that opens the clause, index of "will")."""
    for k, word in enumerate(side.words):
        if word.form not in _OPENERS or (k and side.words[k - 1].form in _ASKING):
            continue
        _, last = sentence(side, k, ",;:()—–")
        inside = range(k + 2, min(last, k + _REACH) + 1)
        will = next((n for n in inside if side.words[n].form in ("will", "would")), None)
        clause = side.words[k + 1 : will] if will is not None else ()
        if will is not None and side.words[will].form == "will" and sum(w.is_content for w in clause) <= 2:
            yield k, will


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "If the talks fail, the pilots will walk out again.",
            "⟦If the talks will fail⟧, the pilots will walk out again.",
            severity=Severity.MINOR,
        ),
        Example("She will return once the war is over.", "She will return ⟦once the war will be⟧ over."),
        Example("When she arrives, she will call.", "When she arrives she will call."),
        Example("He asked when it will start.", "He asked when it will start."),
        Example("If the talks fail, they will strike.", "They will strike should the talks fail."),
    ),
)
