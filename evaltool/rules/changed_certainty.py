"""What the reference leaves open is established in the variant, or the other way round: "proved" for "suggested".

Five cases, each in a sentence that keeps the reference's words. A verb of evidence stands for one at the other end of
the scale (suggest, indicate, imply, hint; prove, confirm, establish, verify). That no sign of something was found
becomes proof that there is none. A question ("whether others took part"), or what is claimed, becomes a fact ("others
who took part", "why others took part"). A description that the reference gives as somebody's ("what they say is an
attempt") stands as the writer's own. What is called possible or uncertain "would" happen.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import ARTICLES, NEGATORS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._slots import anchors
from evaltool.words import AlignedSegment, Side, Word

_LITERAL = 0.6  # share of the segment's words that must stand in the reference too
_REACH = 7  # words of the clause behind a conjunction that are looked at

#: Forms, since the lemmatiser does not know "proving".
_TENTATIVE = frozenset(
    """
    suggest suggests suggested suggesting indicate indicates indicated indicating imply implies implied implying hint
    hints hinted hinting
    """.split()
)
_CONCLUSIVE = frozenset(
    """
    prove proves proved proven proving confirm confirms confirmed confirming establish establishes established
    establishing verify verifies verified verifying
    """.split()
)
#: What may stand for it on the other side in another form.
_OPEN = frozenset(
    """
    may might could possible possibly possibility potential perhaps likely unlikely likelihood probable probably chance
    if whether question doubt doubtful unclear uncertain suspect suspected suspicion alleged allegedly allege
    claim claimed accusation accuse allegation reported reportedly appear seem suggest suggestion indicate imply hint
    believe think expect hope fear can potentially depend depending consider unknown
    """.split()
)
_TRACES = frozenset("sign evidence trace indication proof hint".split())
_PROVING = _CONCLUSIVE | frozenset("demonstrates demonstrated demonstrate show shows showed shown showing".split())
#: Conjunctions that take what follows for a fact.
_FACTIVE = frozenset("who which that why how because".split())
_CLAIMED = frozenset("claim allegation accusation suggestion assertion".split())
_CALLED = frozenset("say call describe claim see regard consider term allege believe".split())
_UNCERTAIN = frozenset("possible uncertain unclear conceivable".split())
_BE = frozenset("is are was were be been".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each statement that is more, or less, certain than in the reference."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    yield from _verbs(segment)
    yield from _traces(segment)
    yield from _questions(segment)
    yield from _called(segment)
    yield from _possible(segment)


def _verbs(segment: AlignedSegment) -> Iterator[Hit]:
    """Verbs from the two ends of the scale."""
    ours, theirs = segment.variant, segment.reference
    for i, word in enumerate(ours.words):
        for one, two in ((_TENTATIVE, _CONCLUSIVE), (_CONCLUSIVE, _TENTATIVE)):
            if word.form not in one or theirs.forms & one or ours.forms & two:
                continue
            for j, other in enumerate(theirs.words):
                placed = ours.partner[i] == j or anchors(segment, i, j)[1]
                if other.form not in two or not placed or _denied(ours, i) or _denied(theirs, j):
                    continue
                if _hedged(ours, i) or _hedged(theirs, j):
                    continue
                yield _hit(segment, Span(*word.span), Span(*other.span), "verb of evidence")
                return


def _denied(side: Side, at: int) -> bool:
    return any(w.form in NEGATORS or w.form.endswith("n't") for w in side.words[max(0, at - 4) : at + 2])


def _hedged(side: Side, at: int) -> bool:
    return any(_leaves_open(w) for w in side.words[max(0, at - 4) : at])


def _traces(segment: AlignedSegment) -> Iterator[Hit]:
    """Where no sign was found, and there being none is proved here."""
    ours, theirs = segment.variant, segment.reference
    if ours.lemmas & (_TRACES - {"proof"}) or ours.forms & {"not", "could", "unable", "failed", "without"}:
        return
    for j, word in enumerate(theirs.words):
        if word.lemma not in _TRACES or not any(w.form == "no" for w in theirs.words[max(0, j - 2) : j]):
            continue
        for i, mine in enumerate(ours.words):
            after = ours.words[i + 1 : i + 6]
            none = next((k for k, w in enumerate(after) if w.form in ("no", "none")), None)
            if mine.form in _PROVING and none is not None:
                start = next(k for k in range(j - 1, -1, -1) if theirs.words[k].form == "no")
                verb = start - 1 if start and theirs.words[start - 1].is_content else start
                said = Span(mine.span.start, after[none].span.end)
                yield _hit(segment, said, Span(theirs.words[verb].span.start, word.span.end), "absence of evidence")
                return


def _questions(segment: AlignedSegment) -> Iterator[Hit]:
    """Questions and claims that became facts."""
    ours, theirs = segment.variant, segment.reference
    for j, word in enumerate(theirs.words):
        claimed = word.form == "that" and j > 0 and theirs.words[j - 1].lemma in _CLAIMED
        if (word.form != "whether" and not claimed) or asks(theirs, j):
            continue
        clause = [k for k in _clause(theirs, j) if theirs.words[k].is_content]
        links = [p for k in clause if (p := theirs.partner[k]) is not None]
        if len(links) < 2 or len(links) < 0.75 * len(clause) or links != sorted(links):
            continue
        first, last = sentence(ours, links[0])
        if any(_leaves_open(w) or w.form in ("or", "either") for w in ours.words[first : last + 1]):
            continue
        if claimed and (theirs.words[j - 1].lemma in ours.lemmas or _spoken(ours, first, last)):
            continue
        # A conjunction that takes it for a fact stands before the verb: "others who took", "why others took".
        opening = [
            k
            for k in range(max(first, links[0] - 3), links[1])
            if ours.words[k].form in (_FACTIVE - {"that"} if claimed or links[0] > k else _FACTIVE)
            and not _linked_alike(segment, k)
        ]
        if opening:
            start, end = min(opening[0], links[0]), links[1]
            meant = Span(theirs.words[j].span.start, theirs.words[clause[1]].span.end)
            said = Span(ours.words[start].span.start, ours.words[end].span.end)
            yield _hit(segment, said, meant, "question" if not claimed else "claim")
            return


def _leaves_open(word: Word) -> bool:
    return (word.form in _OPEN or word.lemma in _OPEN) and not (word.form == "may" and word.is_capitalised)


def _spoken(side: Side, first: int, last: int) -> bool:
    return any(w.lemma in _CALLED and w.lemma != "say" for w in side.words[first : last + 1])


def _linked_alike(segment: AlignedSegment, at: int) -> bool:
    """Whether a conjunction stands in the reference too."""
    partner = segment.variant.partner[at]
    return partner is not None and segment.reference.words[partner].form == segment.variant.words[at].form


def _clause(side: Side, at: int) -> range:
    """Indexes of the words behind a conjunction, up to a mark of punctuation."""
    _, last = sentence(side, at, ",;:()–—")
    return range(at + 1, min(at + _REACH, last) + 1)


def _called(segment: AlignedSegment) -> Iterator[Hit]:
    """Descriptions "what they say is an attempt" that stand as the writer's own."""
    ours, theirs = segment.variant, segment.reference
    for j, word in enumerate(theirs.words[:-3]):
        if word.form != "what":
            continue
        verb = next((k for k in range(j + 1, min(j + 6, len(theirs.words) - 1)) if _calls(theirs, k)), None)
        if verb is None:
            continue
        things = [k for k in _clause(theirs, verb + 1) if theirs.words[k].is_content][:2]
        links = [theirs.partner[k] for k in things]
        if not links or links[0] is None:
            continue
        first, last = sentence(ours, links[0], ";")
        said = ours.words[first : last + 1]
        if any(w.lemma in _CALLED or _leaves_open(w) or w.form in ("what", "according", "so-called") for w in said):
            continue
        if any(mark in ours.text[said[0].span.start : said[-1].span.end + 2] for mark in '“”"‘'):
            continue
        if any(anchors(segment, links[0], things[0])):
            start, end = ours.words[max(first, links[0] - 1)], ours.words[links[0]]
            meant = Span(word.span.start, theirs.words[things[0]].span.end)
            yield _hit(segment, Span(start.span.start, end.span.end), meant, "description")
            return


def _calls(side: Side, at: int) -> bool:
    """Whether a verb says that what follows is somebody's description."""
    after = side.words[at + 1].form
    lemma = side.words[at].lemma
    if lemma in ("call", "term") and after in ARTICLES:
        return True
    return lemma in _CALLED and (after in _BE or (after == "as" and lemma in ("describe", "see", "regard")))


def _possible(segment: AlignedSegment) -> Iterator[Hit]:
    """What is possible in the reference and would happen here."""
    ours, theirs = segment.variant, segment.reference
    for j, word in enumerate(theirs.words):
        open_ = word.form in _UNCERTAIN and j > 0 and theirs.words[j - 1].form in _BE
        if not open_ or theirs.partner[j] is not None:
            continue
        first, _ = sentence(theirs, j, ",;:()")
        subject = [k for k in range(first, j) if theirs.words[k].is_content]
        links = {p for k in subject[-3:] if (p := theirs.partner[k]) is not None}
        if not links:
            continue
        start, end = sentence(ours, max(links), ",;:()")
        said = ours.words[start : end + 1]
        if any(_leaves_open(w) or w.form in NEGATORS for w in said):
            continue
        modal = next((w for w in said if w.form in ("will", "would")), None)
        if modal is not None:
            reach = [ours.words[k] for k in links] + [modal]
            span = Span(min(w.span.start for w in reach), max(w.span.end for w in reach))
            yield _hit(segment, span, Span(*word.span), "possibility")
            return


def _hit(segment: AlignedSegment, said: Span, meant: Span, case: str) -> Hit:
    there, here = meant.of(segment.reference.text), said.of(segment.variant.text)
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{there}”; here it is “{here}”: how far it is established has changed.",
        variant_span=said,
        reference_span=meant,
        suggestion=there,
        evidence={"case": case, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "A survey suggested that the pier had cost more than similar works.",
            "A survey ⟦proved⟧ that the pier had cost more than similar works.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The new survey found no sign of a leak in the dam.",
            "The new survey ⟦proved that there was no⟧ leak in the dam.",
        ),
        Example(
            "The police are still examining whether other guards took money from the prisoners.",
            "The police are still examining other ⟦guards who took⟧ money from the prisoners.",
        ),
        Example(
            "They marched against what they say is a plan to close the harbour.",
            "They marched against ⟦the plan⟧ to close the harbour.",
        ),
        Example(
            "The police are still examining whether other guards took money from the prisoners.",
            "The police are still examining if other guards took money from the prisoners.",
        ),
        Example(
            "The new survey found no sign of a leak in the dam.",
            "The new survey did not find a leak in the dam.",
        ),
        Example(
            "It is doubtful whether it will be possible to solve the case.",
            "It is doubtful that they will solve the case.",
        ),
    ),
)
