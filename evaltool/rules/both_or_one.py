"""What is said of both, of each or of neither is said of one only, or the other way round: "one side" for "both sides".

Compared is the word before the same noun: "both", "neither", "each", "every" and "all" are more than "one" of them.
Each side has the noun once. Nothing is said of stretches of time ("one day", "every day"), nor where the text with
"one" goes on to another one ("one side agreed, and so did the other").

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks
from evaltool.rules._numbers import ORDINALS
from evaltool.rules._units import size_of
from evaltool.words import AlignedSegment, Side

_SEVERAL = frozenset("both neither each every all".split())
#: What may stand between the word and its noun, beside adjectives.
_BETWEEN = frozenset("of the its their his her our these those two three four five".split())
#: Words with which a text goes on to another one, or says that there are more.
_MORE = frozenset("other others another second also too both either neither each every all two".split())
_REACH = 5  # words behind the word among which its noun stands
#: Nouns of which "one" and "every" say the same or another thing ("one person in ten", "every time").
_VAGUE = frozenset("time thing way case point place side hand occasion person moment end step part reason".split())


def _counted(side: Side) -> dict[str, tuple[str, int, int]]:
    """Noun -> (the word before it, its index, the noun's) of each "both", "every" or "one" of a side."""
    found: dict[str, tuple[str, int, int]] = {}
    for k, word in enumerate(side.words):
        after = side.words[k + 1].form if k + 1 < len(side.words) else ""
        if (word.form not in _SEVERAL and word.form != "one") or after in ORDINALS:
            continue  # "every second family"
        for n in range(k + 1, min(k + 1 + _REACH, len(side.words))):
            noun = side.words[n]
            if set(side.text[side.words[n - 1].span.end : noun.span.start]) - {" "}:
                break
            pos = lexicon.main_part_of_speech(noun.lemma)
            if noun.is_content and pos == "n" and not noun.is_capitalised:
                if size_of(noun) is None and noun.lemma not in _VAGUE:
                    found.setdefault(noun.lemma, (word.form, k, n))
                break
            if not (noun.form in _BETWEEN or (noun.is_content and pos == "a")):
                break
    return found


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first noun that is one on one side only."""
    if segment.kind is not Kind.MATCH:
        return
    mine, others = segment.variant, segment.reference
    if ("one" in mine.forms) == ("one" in others.forms):
        return
    ours, theirs = _counted(mine), _counted(others)
    for noun in sorted(ours.keys() & theirs.keys()):
        said, due = ours[noun], theirs[noun]
        if (said[0] == "one") == (due[0] == "one") or any(
            sum(w.lemma == noun for w in side.words) != 1 for side in (mine, others)
        ):
            continue
        single, at = (mine, said[1]) if said[0] == "one" else (others, due[1])
        several = others if single is mine else mine
        own = range(at, at + _REACH)
        more = any(w.form in _MORE for k, w in enumerate(single.words) if k not in own)
        if more or (several.forms & {"half", "some"}) - single.forms or asks(mine, said[1]) != asks(others, due[1]):
            continue
        spans = [
            Span(side.words[first].span.start, side.words[last].span.end)
            for side, (_, first, last) in ((mine, said), (others, due))
        ]
        here, meant = spans[0].of(mine.text), spans[1].of(others.text)
        yield Hit(
            Severity.MAJOR,
            f"The reference says it of “{meant}”; here it is “{here}”.",
            variant_span=spans[0],
            reference_span=spans[1],
            suggestion=meant,
            evidence={"noun": noun},
            confidence=0.85,
        )
        return


RULE = Rule(
    category=Category.NUMBER,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Both delegations called the talks useful.", "⟦One delegation⟧ called the talks useful."),
        Example("One mare had a foal in the spring.", "⟦Every mare⟧ had a foal in the spring."),
        Example(
            "Neither council has approved the plan for the bypass.",
            "⟦One of the two councils⟧ has not approved the plan for the bypass.",
        ),
        Example(
            "Both delegations called the talks useful.", "One delegation called the talks useful, as did the other."
        ),
        Example("Every day they go to the market.", "They go to the market on one day in the week."),
    ),
)
