"""What was only near, tried, planned or threatened is told as done: "collapsed" for "was close to collapse".

The reference says with a closed group of phrases that something did not, or did not yet, take place ("nearly", "about
to", "on the brink of", "tried to", "threatened to", "planned to", "is considering", "would have", "was to have"). The
variant has the verb of it in a finite past or perfect form, with other words of the sentence in their places, and
nothing near it leaves it open. Nothing is said where the reference has that form of the verb too.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._polarity import is_adverb, is_denial, is_negator
from evaltool.rules._verbs import Tense, groups, verb_lemma
from evaltool.words import AlignedSegment, Side, Word

#: Phrases behind which stands what did not take place.
_NEARLY = frozenset("nearly almost".split())
_CLOSE = (
    ("close", "to"), ("on", "the", "brink", "of"), ("on", "the", "verge", "of"), ("at", "the", "point", "of"),
    ("about", "to"), ("on", "the", "edge", "of"), ("near", "to"),
)  # fmt: skip
#: Verbs with "to" behind them, and those with a noun or an "-ing".
_WILLING = frozenset(
    "plan intend threaten try attempt seek want hope prepare propose vow aim wish offer pledge".split()
)
#: With "have" and a participle behind them these say what did not take place.
_UNREAL = frozenset("would should".split())
_WEIGHING = frozenset("consider contemplate envisage".split())
_TRIGGERS = _NEARLY | _WILLING | _WEIGHING | _UNREAL | frozenset("have close brink verge point about edge near".split())
#: Words with which the variant leaves open whether it took place, or says that it did not.
_OPEN = frozenset(
    """
    nearly almost close brink verge edge near plan intend intent intention threaten threat try trying tried
    attempt bid effort seek sought want hope prepare propose proposal vow aim wish offer pledge consider contemplate
    envisage will would could may might can should if unless whether due set going ready poised possible possibly
    potential potentially likely would-be suspected alleged allegedly reportedly goal purpose
    """.split()
)
_TIGHT = 3  # words behind a phrase among which the verb stands
_LITERAL = 0.6  # share of common words from which nothing else need be kept
_KEPT = 2  # further words of the sentence that must be linked
_RELATED = 0.5
_DONE = frozenset({Tense.PAST, Tense.PERFECT, Tense.PLUPERFECT})
_MARKS = ",;:—–()"


def _head(side: Side, start: int) -> int | None:
    """The first content word from a place on that is no adverb, in the same clause."""
    if start >= len(side.words):
        return None  # "but he has said that he wants to."
    last = min(sentence(side, start, _MARKS)[1], start + _TIGHT)
    return next((k for k in range(start, last + 1) if side.words[k].is_content and not is_adverb(side.words[k])), None)


def _undone(side: Side) -> Iterator[tuple[int, int]]:
    """(first index of the phrase, index of what did not take place) of a side."""
    words = side.words
    forms = [word.form for word in words]
    for k, word in enumerate(words[:-1]):
        head: int | None = None
        phrase = next((p for p in _CLOSE if tuple(forms[k : k + len(p)]) == p), None)
        if phrase is not None:
            head = _head(side, k + len(phrase))
        elif word.form in _NEARLY:
            after = words[k + 1]
            head = k + 1 if after.is_content and gap(side, k, k + 1) == " " and _past(after) else None
        elif verb_lemma(word) in _WILLING and forms[k + 1] == "to":
            head = _head(side, k + 2)
        elif verb_lemma(word) in _WEIGHING:
            head = _head(side, k + 1)
        elif word.form in _UNREAL and forms[k + 1] == "have":
            head = _head(side, k + 2)
        elif word.form in ("was", "were") and forms[k + 1 : k + 3] == ["to", "have"]:
            head = _head(side, k + 3)
        if head is not None and not any(is_negator(w) for w in words[max(0, k - 3) : head]):
            yield k, head


def _past(word: Word) -> bool:
    return verb_lemma(word) != word.form and "v" in lexicon.parts_of_speech(verb_lemma(word))


def _same(segment: AlignedSegment, i: int, head: int) -> bool:
    mine, other = segment.variant.words[i], segment.reference.words[head]
    if verb_lemma(mine) == verb_lemma(other) or mine.lemma == other.lemma:
        return True
    linked = segment.variant.partner[i] == head
    return linked and lexicon.related(mine.lemma, other.lemma) >= _RELATED


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each thing that is told as done."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    if not any(verb_lemma(w) in _TRIGGERS or w.form in _TRIGGERS for w in theirs.words):
        return
    tried = {verb_lemma(ours.words[head]) for _, head in _undone(ours)}
    for at, head in _undone(theirs):
        if verb_lemma(theirs.words[head]) in tried:
            continue  # the variant says so elsewhere
        for group in groups(ours):
            i = group.end
            if group.tense not in _DONE or not group.certain or not _same(segment, i, head) or asks(ours, i):
                continue
            form = ours.words[i].form
            if any(w.form == form for k, w in enumerate(theirs.words) if k != head) or _told(segment, head, form):
                continue
            if _left_open(ours, group.start, i) or not _kept(segment, i, head):
                continue
            said = Span(ours.words[group.start].span.start, ours.words[i].span.end)
            meant = Span(theirs.words[at].span.start, theirs.words[head].span.end)
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{meant.of(theirs.text)}”, not that it took place; here it has: "
                f"“{said.of(ours.text)}”.",
                variant_span=said,
                reference_span=meant,
                evidence={"phrase": theirs.words[at].form},
                confidence=0.8,
            )
            return


def _told(segment: AlignedSegment, head: int, form: str) -> bool:
    """Whether the reference tells elsewhere in that form that it took place."""
    return segment.reference.words[head].form != form and form in segment.whole_reference.forms


def _left_open(side: Side, start: int, end: int) -> bool:
    """Whether the clause of a verb denies it or leaves it open."""
    first, last = sentence(side, end, _MARKS)
    return any(
        k not in range(start, end + 1) and (w.form in _OPEN or w.lemma in _OPEN or verb_lemma(w) in _OPEN)
        for k, w in enumerate(side.words[first : last + 1], first)
    ) or any(is_denial(side, k) for k in range(first, end) if side.words[k].form not in ("last", "first"))


def _kept(segment: AlignedSegment, i: int, head: int) -> bool:
    """Whether other words around a verb have their counterparts around what did not take place."""
    ours, theirs = segment.variant, segment.reference
    first, last = sentence(ours, i, ";")
    start, end = sentence(theirs, head, ";")
    linked = [k for k in range(first, last + 1) if k != i and ours.words[k].is_content and ours.partner[k] is not None]
    near = sum(start <= (ours.partner[k] or 0) <= end for k in linked)
    others = [k for k in range(*sentence(ours, i, _MARKS)) if k != i and ours.words[k].is_content]
    alone = near >= len(others) and (bool(others) or segment.literalness >= _LITERAL)
    return near >= _KEPT or alone  # "her lawyer has appealed", "millions died"


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Rebels tried to seize the radio station on Monday.", "Rebels ⟦seized⟧ the radio station on Monday."),
        Example(
            "The court fined the blogger on Monday; her lawyer plans to appeal.",
            "On Monday the court fined the blogger; her lawyer ⟦has appealed⟧.",
        ),
        Example(
            "Without the vaccine, millions would have died of the fever.",
            "Without the vaccine, millions ⟦died⟧ of the fever.",
        ),
        Example("The bridge was to have been opened in April.", "The bridge ⟦was opened⟧ in April."),
        Example(
            "Without the vaccine, millions would have died of the fever.",
            "Had there been no vaccine, millions might have died of the fever.",
        ),
        Example("The ship nearly sank off the coast of Oman.", "The ship ⟦sank⟧ off the coast of Oman."),
        Example(
            "Talks between the two states on sharing the waters were close to collapse on Friday.",
            "The talks between the two states about how to share the waters ⟦collapsed⟧ on Friday.",
        ),
        Example(
            "Rebels tried to seize the radio station on Monday.",
            "On Monday rebels attempted a seizure of the radio station.",
        ),
        Example(
            "The airline was on the brink of bankruptcy in May, according to its owner.",
            "The airline almost went bankrupt in May, its owner said.",
        ),
        Example(
            "She may stay in Oslo, and has said she wants to.", "She may stay in Oslo, and has said she would like to."
        ),
        Example(
            "The hacker attacked the bank and tried to target the power plant.",
            "The hacker was targeting the bank and attempted to target the power plant.",
        ),
    ),
)
