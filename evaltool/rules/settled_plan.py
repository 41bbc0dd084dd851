"""What somebody only weighs or wants is decided here, or the other way round: "will close" for "wants to close".

Three stages are told apart before the same verb: it is weighed ("is considering closing", "is mulling whether to"), it
is wanted ("wants to", "hopes to", "would like to"), or it is settled ("will", "is going to", "has decided to", "has
agreed to"). What is weighed or wanted on one side is settled on the other. Accepted are plans and intentions, which
stand between the two, and sentences that leave it open in another way.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool import lexicon
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_adverb, is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Word

_WEIGHED, _WANTED, _SETTLED = "weighed", "wanted", "settled"
#: Verbs with "-ing" or "whether to" behind them, verbs with "to" behind them, and both for what is settled.
_WEIGHING = frozenset("consider weigh mull contemplate discuss debate ponder explore".split())
_WANTING = frozenset("want wish hope aspire long like prefer".split())
_DECIDING = frozenset("decide resolve agree determine commit".split())
_TRIGGERS = _WEIGHING | _WANTING | _DECIDING | frozenset("will shall going".split())
_BE = frozenset("is are am was were be".split())
#: Words with which a sentence leaves it open, or has it planned: between the stages.
_BETWEEN = frozenset(
    """
    plan intend intention aim propose proposal may might could would should can possibly perhaps likely probably if
    unless whether seek bid try attempt ambition goal hope wish want desire keen eager consider consideration weigh mull
    contemplate threaten threat vow pledge promise offer prepare ready expect due
    """.split()
)
_CONDITIONS = frozenset("if unless whether provided".split())
_REACH = 4  # words between a phrase and its verb
_MARKS = ",;:—–()"


@lru_cache(maxsize=64)
def _stages(side: Side) -> tuple[tuple[str, int, int], ...]:
    """(stage, first word, index of the verb) of what somebody weighs, wants or has settled."""
    found = []
    for k, word in enumerate(side.words[:-1]):
        stage = _stage(side, k, word)
        if stage is None:
            continue
        end = min(sentence(side, k, _MARKS)[1], k + _REACH)
        heads = (
            n
            for n in range(k + 1, end + 1)
            if side.words[n].is_content and not is_adverb(side.words[n]) and verb_lemma(side.words[n]) != "go"
        )
        head = next(heads, None)
        if head is None or any(is_negator(w) for w in side.words[max(0, k - 3) : head]):
            continue
        verb = side.words[head]
        ing = verb.form.endswith("ing")
        fits = ing or side.words[head - 1].form == "to" if stage == _WEIGHED else verb.form == verb_lemma(verb)
        if fits and "v" in lexicon.parts_of_speech(verb_lemma(verb)):
            found.append((stage, k, head))
    return tuple(found)


def _stage(side: Side, k: int, word: Word) -> str | None:
    """The stage that a word begins, as far as it and the next words tell."""
    after = [w.form for w in side.words[k + 1 : k + 3]]
    before = side.words[k - 1].form if k else ""
    lemma = verb_lemma(word)
    if lemma in _WEIGHING:
        return _WEIGHED
    if after[:1] == ["to"]:
        if lemma in _WANTING and (lemma != "like" or before in ("would", "'d")):
            return _WANTED
        return _SETTLED if lemma in _DECIDING or (word.form == "going" and before in _BE) else None
    return _SETTLED if word.form in ("will", "shall") and before not in ("the", "a", "his", "her", "their") else None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first thing that is at another stage."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    if not all(_TRIGGERS & (side.lemmas | side.forms) for side in (segment.variant, segment.reference)):
        return
    ours, theirs = _stages(segment.variant), _stages(segment.reference)
    for due, j_first, j in theirs:
        if any(stage != due and _same(segment, None, other, j) for stage, _, other in theirs):
            continue  # the reference has it at both stages
        for said, i_first, i in ours:
            if _SETTLED not in (said, due) or said == due or not _same(segment, i, None, j):
                continue
            left_open = segment.variant if said == _SETTLED else segment.reference
            if _open(left_open, i if said == _SETTLED else j) or _told(segment, i, j, said):
                continue
            if asks(segment.variant, i) == asks(segment.reference, j):
                yield _hit(segment, (i_first, i), (j_first, j), due, said)
                return


def _same(segment: AlignedSegment, i: int | None, other: int | None, j: int) -> bool:
    """Whether a word of the variant, or another one of the reference, is the verb of the reference."""
    meant = segment.reference.words[j]
    if i is None:
        return other is not None and other != j and segment.reference.words[other].lemma == meant.lemma
    word = segment.variant.words[i]
    if verb_lemma(word) == verb_lemma(meant):
        return True
    return segment.variant.partner[i] == j


def _open(side: Side, head: int) -> bool:
    """Whether the sentence of what is settled leaves it open in another way."""
    first, last = sentence(side, head, ";")
    before = any(w.form in _BETWEEN or verb_lemma(w) in _BETWEEN for w in side.words[first:head])
    return before or any(w.form in _CONDITIONS for w in side.words[head + 1 : last + 1])


def _told(segment: AlignedSegment, i: int, j: int, said: str) -> bool:
    """Whether the reference has the verb at the variant's stage in another sentence."""
    if said != _SETTLED:
        return False
    lemmas = {verb_lemma(segment.variant.words[i]), verb_lemma(segment.reference.words[j])}
    words = segment.whole_reference.words
    own = segment.reference.words[0].span.start, segment.reference.words[-1].span.end
    return any(
        verb_lemma(word) in lemmas and any(w.form in ("will", "shall") for w in words[max(0, k - 2) : k])
        for k, word in enumerate(words)
        if not own[0] <= word.span.start < own[1]
    )


def _hit(segment: AlignedSegment, said: tuple[int, int], due: tuple[int, int], stage: str, other: str) -> Hit:
    spans = [
        Span(side.words[first].span.start, side.words[last].span.end)
        for side, (first, last) in ((segment.variant, said), (segment.reference, due))
    ]
    there, meant = spans[0].of(segment.variant.text), spans[1].of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"In the reference it is {stage} (“{meant}”); here it is {other} (“{there}”).",
        variant_span=spans[0],
        reference_span=spans[1],
        evidence={"reference": stage, "variant": other},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The parish council wants to close the library in winter, its chair told the paper.",
            "The parish council ⟦will close⟧ the library in winter, its chair told the paper.",
        ),
        Example(
            "Norway is considering lifting its ban on the sale of boats, two officials said.",
            "Norway has ⟦decided to lift⟧ its ban on the sale of boats, two officials said.",
        ),
        Example(
            "The bank will move its head office to Lund next year.",
            "The bank would ⟦like to move⟧ its head office to Lund next year.",
        ),
        Example(
            "The bank plans to move its head office to Lund next year.",
            "The bank will move its head office to Lund next year.",
        ),
        Example(
            "Norway is considering lifting its ban on the sale of boats, two officials said.",
            "Norway may decide to lift its ban on the sale of boats, according to two officials.",
        ),
        Example(
            "The parish council wants to close the library in winter, its chair told the paper.",
            "If the parish council has its way, the library will close in winter, said its chair.",
        ),
    ),
)
