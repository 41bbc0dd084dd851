"""An "only" that narrows a statement is lost, or added: "open on Thursdays" for "open only on Thursdays".

Looked at are "only", "solely" and "exclusively", and "alone" behind what it narrows, where the words before and behind
stand together on the other side too. Accepted is everything that says the same: other such words, "just", "merely",
"but", "no more than", "not until", "limited to", and any negation on the other side.

Severity: critical where "only if" and "even if" stand for each other; major before a noun or a place, time or means
("only in May", "only women"), where the statement then holds for more, or for less; minor before a number, a verb or a
judgement, which stands as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import NEGATORS
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import ends_sentence, gap
from evaltool.rules._comparison import is_comparative
from evaltool.words import AlignedSegment, Side, Word

_NARROWING = frozenset("only solely exclusively alone".split())
#: What says the same as a narrowing word, or may do.
_SAME = (
    _NARROWING
    | NEGATORS
    | frozenset(
        """
        just merely purely simply strictly mere sole but except other than until till unless single singular lone few
        fewer little less low small rarely seldom exclusive limited limit restrict restricted confine confined reserve
        reserved entirely wholly one unique mainly
        """.split()
    )
)
#: Before "only" and behind it these make something else of it: "not only", "if only", "only to find", "only because".
_BEFORE = frozenset("not if the an a".split())
_BEHIND = frozenset("to too just recently then because if when after".split())
#: "alone" behind these says with whom, not what else ("left alone", "he lives alone").
_LONELY = frozenset("leave let live be stand go travel work stay sleep sit walk die alone".split())
_CONDITIONS = frozenset("if when after because with".split())
_WHERE = frozenset("in on at by for from with within under through via during".split())
_LITERAL = 0.6  # share of common words below which the wording is free
_REACH = 3  # words among which a neighbour with content is looked for
_NEAR = 4  # how far apart the partners of the two neighbours may stand


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each narrowing word that one side alone has."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    yield from _conditions(segment)
    for side, other, added in ((theirs, ours, False), (ours, theirs, True)):
        places = [at for at in range(len(side.words)) if _narrows(side, at)]
        if not places or any(w.form in _SAME or w.lemma in _SAME or w.form.endswith("n't") for w in other.words):
            continue
        for at in places:
            framed = _framed(side, other, at)
            if framed is not None:
                yield _hit(segment, side, at, framed, added)


def _conditions(segment: AlignedSegment) -> Iterator[Hit]:
    """A condition that is the only one, and does not matter here, or the other way round: "only if" and "even if"."""
    ours, theirs = (list(_focused(side)) for side in (segment.variant, segment.reference))
    for at in ours:
        said = segment.variant.words[at : at + 2]
        for place in theirs:
            meant = segment.reference.words[place : place + 2]
            if said[1].form != meant[1].form or said[0].form == meant[0].form or len(ours) != len(theirs):
                continue
            there = Span(meant[0].span.start, meant[1].span.end)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{there.of(segment.reference.text)}”; here it is"
                f" “{said[0].text} {said[1].text}”, which turns the condition round.",
                variant_span=Span(said[0].span.start, said[1].span.end),
                reference_span=there,
                suggestion=there.of(segment.reference.text),
                evidence={"condition": meant[1].form},
                confidence=0.85,
            )
            return


def _focused(side: Side) -> Iterator[int]:
    """Indexes of "only" and "even" directly before a conjunction of condition or time."""
    for at, word in enumerate(side.words[:-1]):
        denied = any(w.form in NEGATORS or w.form.endswith("n't") for w in side.words[max(0, at - 6) : at])
        if word.form in ("only", "even") and side.words[at + 1].form in _CONDITIONS and not denied:
            yield at


def _narrows(side: Side, at: int) -> bool:
    """Whether a word narrows what stands beside it."""
    word = side.words[at]
    if word.form not in _NARROWING or not 0 < at < len(side.words) - 1 or word.is_capitalised:
        return False
    before, after = side.words[at - 1], side.words[at + 1]
    if word.form == "alone":
        return (before.is_number or before.is_content) and before.lemma not in _LONELY and _noun(before)
    if any(map(is_comparative, side.words[at + 1 : at + 4])) and not any(
        w.form == "than" for w in side.words[at + 1 : at + 6]
    ):
        return False  # "is only getting better": all the more
    return before.form not in _BEFORE and after.form not in _BEHIND


def _noun(word: Word) -> bool:
    return word.is_number or word.is_capitalised or lexicon.main_part_of_speech(word.lemma) == "n"


def _framed(side: Side, other: Side, at: int) -> Span | None:
    """The stretch of the other side between the partners of the words before and behind, if they stand together."""
    ends = []
    for step in (-1, 1):
        partner = None
        for k in range(at + step, at + step * (_REACH + 1), step):
            if not 0 <= k < len(side.words) or ends_sentence(gap(side, min(k, k - step), max(k, k - step))):
                break
            if side.words[k].is_content or side.words[k].is_number:
                partner = side.partner[k]
                break
        if partner is None:
            return None
        ends.append(partner)
    before, behind = ends
    if not 0 < behind - before <= _NEAR:
        return None
    return Span(other.words[before].span.start, other.words[behind].span.end)


def _hit(segment: AlignedSegment, side: Side, at: int, framed: Span, added: bool) -> Hit:
    word, after = side.words[at], side.words[at + 1 : at + 3]
    number = any(w.is_number for w in (*after, side.words[at - 1]))
    kind = after[0].form in _WHERE or (after[0].is_content and _noun(after[0]))
    severity = Severity.MAJOR if kind and not number and word.form != "alone" else Severity.MINOR
    if added:
        said = framed.of(segment.reference.text)
        return Hit(
            severity,
            f"“{word.text}” narrows the statement here; the reference says “{said}” without it.",
            variant_span=word.span,
            reference_span=framed,
            evidence={"behind it": after[0].text},
            confidence=0.75,
        )
    return Hit(
        severity,
        f"The reference narrows the statement by “{word.text}”; the variant says “{framed.of(segment.variant.text)}”"
        " without it.",
        variant_span=framed,
        reference_span=word.span,
        evidence={"behind it": after[0].text},
        confidence=0.75,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The market on the harbour is open only on Thursdays in winter.",
            "The market on the harbour is ⟦open on Thursdays⟧ in winter.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The market on the harbour is open on Thursdays in winter.",
            "The market on the harbour is open ⟦only⟧ on Thursdays in winter.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The crew said only 12 of the sailors survived the storm.",
            "The crew ⟦said 12⟧ of the sailors survived the storm.",
            severity=Severity.MINOR,
        ),
        Example(
            "The market on the harbour is open only on Thursdays in winter.",
            "The market on the harbour is open on no day but Thursday in winter.",
        ),
        Example(
            "The minister said he would do so only if jobs were in danger.",
            "The minister said he would do this ⟦even if⟧ jobs were in danger.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The crew said only 12 of the sailors survived the storm.",
            "The crew said just 12 of the sailors survived the storm.",
        ),
        Example(
            "The situation in the town keeps improving.",
            "The situation in the town is only getting better.",
        ),
    ),
)
