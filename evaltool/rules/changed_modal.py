"""What must happen may happen in the variant, or what may happen will: another modal before the same verb.

Compared are modals before a verb that both sides have, also with "to continue" and the like between them. Accepted are
modals of the same strength ("may" and "might", "must" and "have to"), a tense moved back in reported speech ("will" and
"would"), and sentences that ask or that say in another word that something is only possible. Of what is denied it is
compared whether it is forbidden or not necessary: "should not be used", "need not be used".

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._polarity import is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_LITERAL = 0.6
#: Where so much is literal, a verb may be another one of that closeness in WordNet.
_CLOSE, _RELATED = 0.5, 0.5
_STRENGTH = {
    "must": "duty", "shall": "duty", "may": "chance", "might": "chance", "will": "certainty", "can": "ability",
    "could": "chance", "would": "prospect",
}  # fmt: skip
#: Changes that say another thing; others are matters of style.
_CHANGES = frozenset(
    {("duty", "chance"), ("duty", "ability"), ("chance", "certainty"), ("certainty", "chance"), ("chance", "duty"),
     ("ability", "duty"), ("chance", "prospect")}
)  # fmt: skip
#: Those of them that are looked for in free wording too.
_PLAIN = frozenset([("chance", "certainty"), ("chance", "prospect"), ("duty", "chance")])
#: Words that say a chance themselves: with them "will" is no certainty.
_CHANCES = frozenset(
    """
    likely probably perhaps maybe possibly possible potentially potential possibility should ruled chance risk danger
    threat threaten threatened able likelihood hope hopes hoped hoping fear feared fears wish
    enable enabled enables depending
    """.split()
)
#: With them "would" says what is so in a case, and "could" what somebody is able to do.
_SUPPOSED = frozenset("if unless so provided whether when once should".split())
_BETWEEN = frozenset("also still now then only well be have has even soon already".split())
#: Verbs that may stand between a modal and the verb that it is said of, and their particles.
_GOING_ON = frozenset("continue continuing go going on keep keeping start begin to carry".split())
_FAR = 12  # words before an infinitive behind "and" among which its modal stands
_FOLLOWING = 5  # words behind the verb among which one has its counterpart in free wording
#: What says with a negation that something is forbidden, and that it is not necessary.
_FORBIDDEN = frozenset("must should may shall cannot".split())
_NEEDLESS = frozenset("need needn't".split())
_NEEDS = frozenset("need have has required obliged necessary".split())


def _modal(side: Side, verb: int) -> int | None:
    """Index of the modal before a verb, or None where there is none or it is negated."""
    words = side.words
    joined = verb > 1 and words[verb - 1].form == "to" and words[verb - 2].form in ("and", "but", "or")
    for k in range(verb - 1, max(-1, verb - (_FAR if joined else 6)), -1):
        word = words[k]
        if word.form in _STRENGTH:
            after = words[k + 1]
            noun = word.is_capitalised and not word.initial
            return None if noun or is_negator(after) or after.form in ("to", "of") else k
        if joined:
            if any(mark in gap(side, k, k + 1) for mark in ",;:.–—"):
                return None
            continue
        if word.form not in _BETWEEN and word.form not in _GOING_ON and not word.form.endswith("ly"):
            return None
    return None


def _same_verb(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether two linked verbs are one, or close in meaning in literal wording ("raise", "increase")."""
    lemma, other = verb_lemma(segment.variant.words[i]), verb_lemma(segment.reference.words[j])
    return lemma == other or (segment.literalness >= _CLOSE and lexicon.related(lemma, other) >= _RELATED)


def _kept(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether a word that follows a verb on one side has its counterpart behind the verb on the other."""
    ours, theirs = segment.variant, segment.reference
    behind = range(j + 1, min(j + 1 + 2 * _FOLLOWING, len(theirs.words)))
    lemmas = {theirs.words[n].lemma for n in behind}
    return any(
        (ours.words[k].is_content or ours.words[k].is_number)
        and (ours.partner[k] in behind or ours.words[k].lemma in lemmas)
        for k in range(i + 1, min(i + 1 + _FOLLOWING, len(ours.words)))
    )


def _open(segment: AlignedSegment, m: int, n: int) -> bool:
    """Whether the sentence of a modal of either side says otherwise that something is only possible."""
    for side, at in ((segment.variant, m), (segment.reference, n)):
        first, last = sentence(side, at)
        for k in range(first, last + 1):
            word = side.words[k]
            if word.form in _CHANCES or (word.form == "could" and k != at and side is segment.variant):
                return True
    return False


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each modal that says another thing."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    ours, theirs = segment.variant, segment.reference
    yield from _needless(segment)
    if not (_STRENGTH.keys() & ours.forms and _STRENGTH.keys() & theirs.forms):
        return
    seen = set()
    for i, j in enumerate(ours.partner):
        if j is None or not ours.words[i].is_content or not _same_verb(segment, i, j):
            continue
        m, n = _modal(ours, i), _modal(theirs, j)
        if m is None or n is None or m in seen or asks(ours, m) != asks(theirs, n):
            continue
        word, other = ours.words[m], theirs.words[n]
        change = _STRENGTH[other.form], _STRENGTH[word.form]
        if asks(ours, m) and "duty" not in change:
            continue  # "Will he come?", "Could he come?"
        if change not in _CHANGES or _open(segment, m, n) or _denies(ours, m) != _denies(theirs, n):
            continue
        if segment.literalness < _LITERAL and (change not in _PLAIN or not _kept(segment, i, j) or _denies(ours, m)):
            continue
        supposed = {w.form for side, at in ((ours, m), (theirs, n)) for w in side.words[slice(*sentence(side, at))]}
        if {"could", "would"} & {word.form, other.form} and _SUPPOSED & supposed:
            continue
        seen.add(m)
        yield _hit(segment, (m, i), (n, j), change)


def _denies(side: Side, at: int) -> bool:
    """Whether a negator stands in the clause of a modal, before or behind it."""
    first, last = sentence(side, at, ",;:—–")
    return any(is_negator(side.words[k]) for k in range(first, last + 1))


def _barred(side: Side) -> Iterator[tuple[int, int, str]]:
    """(first word, verb, "forbidden" or "not necessary") of what is denied with a modal."""
    words = side.words
    for k, word in enumerate(words[:-2]):
        if word.form in _FORBIDDEN | _NEEDLESS and (is_negator(words[k + 1]) or is_negator(word)):
            how = "not necessary" if word.form in _NEEDLESS else "forbidden"
            at = k + 1 + is_negator(words[k + 1])
            start = k
        elif word.form in _NEEDS and words[k + 1].form == "to" and k and _denied(side, k):
            if any(w.form in _FORBIDDEN for w in words[max(0, k - 3) : k]):
                continue  # "should not have to pay": that it should not be so
            how, at, start = "not necessary", k + 2, k - 1
        else:
            continue
        while at < len(words) - 1 and (words[at].form in _BETWEEN or words[at].form.endswith("ly")):
            at += 1
        if words[at].is_content:
            yield start, at, how


def _denied(side: Side, at: int) -> bool:
    return any(is_negator(w) for w in side.words[max(0, at - 2) : at])


def _needless(segment: AlignedSegment) -> Iterator[Hit]:
    """What is forbidden on one side and not necessary on the other."""
    ours, theirs = segment.variant, segment.reference
    if not any(forms & _NEEDS or forms & _NEEDLESS for forms in (ours.forms, theirs.forms)):
        return
    for m, i, how in _barred(ours):
        for n, j, due in _barred(theirs):
            alike = ours.partner[i] == j or ours.words[i].lemma == theirs.words[j].lemma
            if how != due and alike:
                yield _hit(segment, (m, i), (n, j), (due, how))
                return


def _hit(segment: AlignedSegment, mine: tuple[int, int], other: tuple[int, int], change: tuple[str, str]) -> Hit:
    ours, theirs = segment.variant, segment.reference
    said = Span(ours.words[mine[0]].span.start, ours.words[mine[1]].span.end)
    meant = Span(theirs.words[other[0]].span.start, theirs.words[other[1]].span.end)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”, {change[1]} for {change[0]}"
        ".",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"reference": change[0], "variant": change[1]},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Drivers must pay the fine by Friday.", "Drivers ⟦may pay⟧ the fine by Friday."),
        Example("Landlords may raise rents in May only.", "Landlords ⟦must increase⟧ rents in May only."),
        Example("The ferry may return in the spring.", "The ferry ⟦will return⟧ in the spring."),
        Example(
            "The union warned that 40 drivers could lose their jobs before the summer.",
            "More than 40 drivers ⟦would lose⟧ their jobs before the summer, the union warned.",
        ),
        Example(
            "Children under six should not be given the syrup.", "Children under six ⟦need not be given⟧ the syrup."
        ),
        Example(
            "The mill may sell its timber but must keep paying its taxes.",
            "The mill may sell its timber and ⟦may keep⟧ paying its taxes.",
        ),
        Example("The ferry may return in the spring.", "The ferry might return in the spring."),
        Example(
            "Visitors do not have to pay for the tour.",
            "Visitors need not pay for the tour.",
        ),
        Example(
            "She said the pass could be closed by snow in May.", "The pass, she said, might be closed by snow in May."
        ),
        Example(
            "If the offer is refused, the crew could leave the ship in Malta.",
            "The crew would be able to leave the ship in Malta if the offer is refused.",
        ),
        Example(
            "Citizens should not pay for the threats.",
            "Citizens should not have to pay for the threats.",
        ),
    ),
)
