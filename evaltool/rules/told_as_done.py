"""What is planned, due or expected in the reference has taken place here: "was opened" for "is to be opened".

The reference's sentence has something ahead ("is due to", "plans to", "will", "agreed to"), and the variant's segment,
however it is worded, has no word that looks ahead, plans or leaves open: it has a verb in a past or perfect form that
no past form of the reference stands for, among the words of what was ahead.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_adverb, is_negator
from evaltool.rules._verbs import Group, Tense, groups, verb_lemma
from evaltool.words import AlignedSegment, Side, Word

#: With "to" and a verb behind them these look ahead; those of the second kind after a form of "be".
_WILLING = frozenset("plan intend hope aim want propose agree pledge promise vow threaten seek prepare expect".split())
_DUE = frozenset("due set scheduled expected planned going about poised slated likely".split())
_MODALS = frozenset(["will", "would", "shall"])
#: Words that look ahead, or leave open whether something took place.
_AHEAD = frozenset(
    """
    will would shall may might could should can must plan planned intend intention intent due set schedule scheduled
    expect expected expectation hope aim propose proposal proposed seek want goal target about going poised ready soon
    next upcoming forthcoming future tomorrow if unless forecast predict project projection outlook prospect await wait
    pending pend pledge promise vow threaten threat consider likely agree agreement prepare preparation draft try
    attempt effort bid slate eventually possible possibly probably perhaps undertake commit commitment deadline
    call urge demand request recommend recommendation order ask decide decision resolve resolution want wish earmark
    envisage foresee anticipate planning near offer
    """.split()
)
_BE = frozenset("is are was were be been".split())
_PAST = frozenset({Tense.PAST, Tense.PERFECT, Tense.PLUPERFECT})
_MARKS = ",;:()–—"
_REACH, _NEAR, _PHRASE, _LINKED, _SHARE = 14, 4, 3, 2, 0.5


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first thing that is ahead in the reference and past here."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    for at, head in _planned(theirs):
        if any(_ahead(ours, k) and not _elsewhere(segment, k, at, head) for k in range(len(ours.words))):
            continue
        links = _links(segment, head)
        if len(links) < _LINKED or asks(theirs, at) or asks(ours, links[0]):
            continue
        for group in groups(ours):
            if _done(segment, group, head, links):
                yield _hit(segment, group, at, head)
                return


def _ahead(side: Side, at: int) -> bool:
    word = side.words[at]
    if word.form == "may" and word.is_capitalised:
        return False
    after = side.words[at + 1] if at + 1 < len(side.words) else None
    if word.form == "to" and after is not None and after.form == after.lemma and verb_lemma(after) == after.form:
        return at > 0 and not after.is_capitalised and (after.is_content or after.form == "be")
    return word.form in _AHEAD or word.lemma in _AHEAD


def _elsewhere(segment: AlignedSegment, index: int, at: int, head: int) -> bool:
    """Whether a word of the variant that looks ahead is the reference's own, beside what is ahead there."""
    ours, theirs = segment.variant, segment.reference
    infinitive = ours.words[index].form == "to"
    partner = ours.partner[index + 1 if infinitive else index]
    if partner is None or at <= partner <= head:
        return False
    if infinitive:
        return partner > 0 and theirs.words[partner - 1].form == "to"
    return theirs.words[partner].lemma == ours.words[index].lemma and ours.words[index].is_content


def _planned(side: Side) -> Iterator[tuple[int, int]]:
    """(first word, verb) of what is ahead."""
    words = side.words
    for k, word in enumerate(words[:-1]):
        to = words[k + 1].form == "to"
        gap = next((n for n in range(1, _NEAR) if k + n < len(words) and words[k + n].form == "to"), 0)
        due = word.form in _BE and to
        due = due or (to and word.form in _DUE and any(w.form in _BE for w in words[max(0, k - 2) : k]))
        willing = bool(gap) and verb_lemma(word) in _WILLING
        modal = word.form in _MODALS and not (word.is_capitalised and not word.initial)
        if not (due or willing or modal) or any(is_negator(w) for w in words[max(0, k - 2) : k + 3]):
            continue
        start = k + 1 if modal else k + gap + 1
        verb = next(
            (
                n
                for n in range(start, min(start + _NEAR, len(words)))
                if words[n].is_content and not is_adverb(words[n])
            ),
            None,
        )
        if verb is not None and words[verb].form not in ("have", "has"):
            yield k, verb


def _links(segment: AlignedSegment, head: int) -> list[int]:
    """The counterparts of what stands behind a verb in its clause, in the sentence that has most of them."""
    ours, theirs = segment.variant, segment.reference
    _, last = sentence(theirs, head, _MARKS)
    content = [
        k
        for k in range(head + 1, min(last, head + _REACH) + 1)
        if theirs.words[k].is_content or theirs.words[k].is_number
    ]
    links = sorted(p for k in content if (p := theirs.partner[k]) is not None)
    if not links or len(links) < _SHARE * len(content):
        return []
    first, end = sentence(ours, links[len(links) // 2], ";")
    return [p for p in links if first <= p <= end]


def _done(segment: AlignedSegment, group: Group, head: int, links: list[int]) -> bool:
    """Whether a verb of the variant says that what is ahead took place."""
    ours, theirs = segment.variant, segment.reference
    i = group.end
    word: Word = ours.words[i]
    if group.tense not in _PAST or not group.certain or group.lemma in SPEECH or group.lemma in ("have", "be"):
        return False
    if not min(links) - _NEAR <= i <= max(links) + _NEAR or any(is_negator(w) for w in ours.words[group.start : i]):
        return False
    partner, there = ours.partner[i], theirs.partner[head]
    carried = there is not None and i < there <= i + _PHRASE  # "went on tour" for "is to tour"
    if partner != head and not carried and there is not None and there != i:
        return False
    past = {g.end: g for g in groups(theirs) if g.tense in _PAST}
    if partner != head and (partner is not None or any(g.lemma == group.lemma for g in past.values())):
        return False
    if any(w.form == word.form for k, w in enumerate(theirs.words) if k != head):
        return False
    first, _ = sentence(ours, i, _MARKS)
    return not any(
        w.form in ("before", "until", "after", "which", "who", "that", "when") for w in ours.words[first : group.start]
    )


def _hit(segment: AlignedSegment, group: Group, at: int, head: int) -> Hit:
    ours, theirs = segment.variant, segment.reference
    said = Span(ours.words[group.start].span.start, ours.words[group.end].span.end)
    meant = Span(theirs.words[at].span.start, theirs.words[head].span.end)
    return Hit(
        Severity.CRITICAL,
        f"The reference has this ahead (“{meant.of(theirs.text)}”); here it has taken place: “{said.of(ours.text)}”.",
        variant_span=said,
        reference_span=meant,
        evidence={"literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "The ferry company is due to commission its third ship in Norsund in August.",
            "The ferry company ⟦brought⟧ its third ship into service in Norsund in August.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The ferry company is due to commission its third ship in Norsund in August.",
            "In August the ferry company's third ship goes into service in Norsund, as planned.",
        ),
    ),
)
