"""Active and passive are exchanged while the subject stays: "he was sold" for "he sold it".

The same verb has the same subject on both sides, directly before it, but one side makes the subject do it and the other
makes it undergo it. The active side must say to whom or what it is done, so that verbs that mean the same without an
object ("the door opened", "the door was opened") are accepted, and so is the passive of the same event, whose subject
is another. Persons may also do or undergo it without an object ("they attacked", "they were attacked"), unless the verb
is one that somebody does of themselves ("they gathered").

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._subjects import OPENING as _OPENING
from evaltool.rules._subjects import PRONOUNS as _PRONOUNS
from evaltool.rules._subjects import subjects
from evaltool.rules._verbs import Group, Tense, groups, joined, verb_lemma
from evaltool.words import AlignedSegment, Side, Word

_LITERAL = 0.6  # share of the segment's words that must stand in the reference too
_REACH = 6  # words between a passive and its "by"
_OBJECTS = frozenset("me him her it us them this that these those".split())
_PARTICLES = frozenset("up over out off down in away back on".split())
#: Verbs whose passive participle says much what the active does ("committed to", "married to").
_STATIVE = frozenset(
    """
    be have marry bear commit dedicate devote engage involve determine decide prepare finish graduate concern interest
    oppose base locate close complete do expect use relate connect join unite equip dress seat suppose start begin end
    stop change move turn grow increase continue play show lead head top win face serve cost total number measure weigh
    """.split()
)
#: Verbs whose subject is also that of what is wished.
_WISHES = frozenset(
    """
    prefer want wish hope refuse decline agree ask offer promise threaten try attempt plan intend like demand choose
    decide
    """.split()
)
#: Verbs that somebody can do or undergo to the same end ("they evacuated", "they were evacuated").
_OF_ITSELF = frozenset(
    """
    gather assemble move drown retire graduate qualify register enrol enroll train settle separate divide split evacuate
    shelter hide wash recover break burn freeze develop worry isolate quarantine relocate transfer disperse scatter
    crowd pack board crash land disembark withdraw retreat reunite gamble transform improve adapt adjust resettle
    educate baptise convert confess surrender vaccinate insure bury lodge house station base rest feed supply test
    infect injure wound sicken tire exhaust upset calm heal cure choke suffocate starve die sink roll spin swing slide
    shake fill empty drain mix blend warm heat cool dry melt swell shrink expand strengthen weaken multiply double halve
    compete qualify license certify accustom acquaint fit match pair group cluster line queue seat lie bend turn strike
    """.split()
)
_PERSONS = frozenset("i he she we they who others".split())
_TIMES = frozenset("day week month year hour minute time night morning evening today yesterday tomorrow".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb that is active on one side and passive on the other, with the same subject."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    yield from _patients(segment)
    yield from _agents(segment)
    yield from _wishes(segment)
    yield from _undergone(segment)
    for mine, other in _pairs(segment):
        pairs = product(subjects(segment.variant, mine), subjects(segment.reference, other))
        subject = next((pair for pair in pairs if _same(segment, *pair)), None)
        if subject is None:
            continue
        active = (segment.reference, other) if mine.passive else (segment.variant, mine)
        end = _object(*active) or _paid(segment, *active)
        if end is None or _where(segment, active[0], end):
            continue
        yield _hit(segment, (subject[0], mine), (subject[1], other), end)


def _patients(segment: AlignedSegment) -> Iterator[Hit]:
    """Verbs whose agent in the reference's passive ("found by a farmer") is their object here ("found a farmer")."""
    ours, theirs = segment.variant, segment.reference
    for other in groups(theirs):
        at = theirs.partner[other.end] if other.passive else None
        if at is None or ours.words[at].form != theirs.words[other.end].form or ours.words[at].form.endswith("ing"):
            continue
        mine = Group(at, at, other.lemma, other.tense)
        if any(group.passive and group.end == at for group in groups(ours)):
            continue
        agent, end = _agent(theirs, other), _object(ours, mine)
        if agent is None or end is None or ours.partner[end] != agent:
            continue
        if ours.words[end].lemma == theirs.words[agent].lemma:
            yield _hit(segment, (at, mine), (other.start, replace(other, end=agent)), end)


def _undergone(segment: AlignedSegment) -> Iterator[Hit]:
    """Verbs without an object that a person does on one side and undergoes on the other: "they (were) attacked"."""
    for mine, other in (*_pairs(segment, going_on=True), *_doing(segment)):
        if not {mine.lemma, other.lemma}.isdisjoint(_OF_ITSELF | _STATIVE):
            continue
        active, passive = (other, mine) if mine.passive else (mine, other)
        doing = segment.reference if mine.passive else segment.variant
        undergoing = segment.variant if mine.passive else segment.reference
        if _object(doing, active) is not None and not doing.words[active.end].form.endswith("ing"):
            continue  # see find
        for i, j in product(subjects(segment.variant, mine), subjects(segment.reference, other)):
            one = doing.words[j if mine.passive else i]
            if not _same(segment, i, j) or not (one.form in _PERSONS or _human(one, segment)):
                continue
            # Without an auxiliary it may be a participle: "two men injured".
            if active.start == active.end and one.form not in _PERSONS:
                continue
            if passive.end + 1 < len(undergoing.words) and undergoing.words[passive.end + 1].form == "into":
                continue
            yield _hit(segment, (i, mine), (j, other), mine.end if active is mine else other.end)
            break


def _doing(segment: AlignedSegment) -> Iterator[tuple[Group, Group]]:
    """Pairs of "were hunting" and "were being hunted", in the order of the sides."""
    for passive, active in ((segment.reference, segment.variant), (segment.variant, segment.reference)):
        for one, two in product(groups(passive), groups(active)):
            end = two.end + 1
            if not one.passive or two.lemma != "be" or end >= len(active.words) or not joined(active, two.end):
                continue
            if _is_doing(active.words[end].form, one.lemma):
                whole = replace(two, end=end, lemma=one.lemma)
                yield (whole, one) if active is segment.variant else (one, whole)


def _human(word: Word, segment: AlignedSegment) -> bool:
    return (not word.is_capitalised or word.initial) and lexicon.hypernym(word.lemma, "person", 6)


def _agents(segment: AlignedSegment) -> Iterator[Hit]:
    """Verbs whose agent on the passive side ("his pass was met by the captain") owns the object on the active side.

    There the subject is another: "he met the pass of the captain".
    """
    for passive, active in ((segment.reference, segment.variant), (segment.variant, segment.reference)):
        for other in groups(passive):
            agent = _agent(passive, other) if other.passive else None
            at = passive.partner[other.end]
            mine = next((g for g in groups(active) if g.end == at and not g.passive), None)
            if agent is None or mine is None or verb_lemma(active.words[mine.end]) != other.lemma:
                continue
            subject, end = next(iter(subjects(active, mine)), None), _object(active, mine)
            owner = passive.partner[agent]
            if subject is None or end is None or owner is None:
                continue
            if active.words[owner].lemma != passive.words[agent].lemma:
                continue
            patient = active.partner[end]
            undergone = patient is not None and patient < other.start and end < owner <= end + _REACH
            if not undergone or subject == owner or not all(joined(active, k) for k in range(end, owner)):
                continue
            if active.words[end + 1].form not in ("of", "from", "by"):
                continue
            undergoes = other.start, replace(other, end=agent)
            if active is segment.variant:
                yield _hit(segment, (subject, mine), undergoes, owner)
            else:
                yield _hit(segment, undergoes, (subject, replace(mine, end=owner)), owner)


def _wishes(segment: AlignedSegment) -> Iterator[Hit]:
    """Wishes to do that became wishes to undergo, of the same verb: "preferred to use him", "preferred to be used"."""
    theirs = {(wish, lemma): (at, end, passive) for at, end, wish, lemma, passive in _wished(segment.reference)}
    for at, end, wish, lemma, passive in _wished(segment.variant):
        other = theirs.get((wish, lemma))
        if other is None or other[2] == passive or segment.variant.partner[end] != other[1]:
            continue
        ours, reference = segment.variant, segment.reference
        active, last = (reference, other[1]) if passive else (ours, end)
        if _object(active, Group(last, last, lemma, Tense.OPEN)) is None:
            continue
        yield _hit(
            segment,
            (at, Group(at, end, lemma, Tense.OPEN, passive)),
            (other[0], Group(other[0], other[1], lemma, Tense.OPEN, not passive)),
            other[1] if passive else end,
        )


def _wished(side: Side) -> Iterator[tuple[int, int, str, str, bool]]:
    """(index of the verb, of what is wished, both lemmas, whether it is a passive) of "prefer (not) to (be) V"."""
    for at, word in enumerate(side.words):
        k, wish = at + 1, word.lemma.replace("rr", "r")  # "preferred"
        if wish not in _WISHES or k >= len(side.words):
            continue
        k += side.words[k].form == "not"
        if k + 1 >= len(side.words) or side.words[k].form != "to":
            continue
        passive = side.words[k + 1].form == "be"
        k += 1 + passive
        if k < len(side.words) and side.words[k].is_content:
            yield at, k, wish, verb_lemma(side.words[k]), passive


def _agent(side: Side, group: Group) -> int | None:
    """Index of the head of what stands behind "by" after a passive."""
    k = group.end
    while k + 2 < len(side.words) and k - group.end < _REACH and joined(side, k):
        k += 1
        if side.words[k].form == "by":
            return _object(side, Group(k, k, "by", group.tense))
    return None


def _pairs(segment: AlignedSegment, *, going_on: bool = False) -> Iterator[tuple[Group, Group]]:
    """Verb groups of the same main verb, one active and one passive."""
    theirs = groups(segment.reference)
    for mine in groups(segment.variant):
        for other in theirs:
            word, reference_word = segment.variant.words[mine.end], segment.reference.words[other.end]
            if mine.passive == other.passive or segment.variant.partner[mine.end] != other.end:
                continue
            lemma = verb_lemma(word)
            told = going_on or not _going_on(segment, mine, other)
            if lemma == verb_lemma(reference_word) and lemma not in _STATIVE and told:
                yield mine, other


def _is_doing(form: str, lemma: str) -> bool:
    """Whether a form is the present participle of a verb."""
    return form in (lemma + "ing", lemma[:-1] + "ing", lemma + lemma[-1] + "ing")


def _going_on(segment: AlignedSegment, mine: Group, other: Group) -> bool:
    return any(
        side.words[group.end].form.endswith("ing")
        for side, group in ((segment.variant, mine), (segment.reference, other))
    )


def _same(segment: AlignedSegment, i: int, j: int) -> bool:
    ours, theirs = segment.variant, segment.reference
    if ours.words[i].form in _PRONOUNS or theirs.words[j].form in _PRONOUNS:
        same = ours.words[i].form == theirs.words[j].form
        if ours.words[i].form == "who":
            same = same and i > 0 and j > 0 and ours.partner[i - 1] == j - 1
        return same
    return ours.partner[i] == j and ours.words[i].lemma == theirs.words[j].lemma


def _object(side: Side, group: Group) -> int | None:
    """Index of the last word of the object that stands directly behind an active verb, or None."""
    at = group.end
    if at + 1 < len(side.words) and joined(side, at) and side.words[at + 1].form in _PARTICLES:
        at += lexicon.particle_verb(group.lemma, side.words[at + 1].form)  # not "recorded in the log"
    if at + 1 >= len(side.words) or not joined(side, at):
        return None
    word = side.words[at + 1]
    if word.form in _OBJECTS and not (word.form == "her" and at + 2 < len(side.words) and _thing(side.words[at + 2])):
        nxt = side.words[at + 2] if at + 2 < len(side.words) and joined(side, at + 1) else None
        if word.form in ("this", "that", "these", "those") and (word.form == "that" or nxt is None or not _thing(nxt)):
            return None
        return at + 1
    if word.form not in _OPENING and not _thing(word):
        return None
    k = at + 1
    while k + 1 < len(side.words) and gap(side, k, k + 1) in (" ", "-") and _goes_on(side.words[k + 1]):
        k += 1
    while k > at + 1 and lexicon.main_part_of_speech(side.words[k].lemma) == "a" and not side.words[k].is_capitalised:
        k -= 1  # "found a farmer alive"
    head = side.words[k]
    if head.form in _OPENING or head.lemma in _TIMES or head.is_number:
        return None
    return k


def _paid(segment: AlignedSegment, side: Side, group: Group) -> int | None:
    """Index of a number directly behind the verb on both sides ("paid 500 pesos", "was paid 500 pesos"), or None."""
    at = group.end + 1
    other = segment.reference if side is segment.variant else segment.variant
    partner, verb = (side.partner[at] if at < len(side.words) else None), side.partner[group.end]
    if partner is None or verb is None or not side.words[at].is_number or partner != verb + 1:
        return None
    if at + 1 < len(side.words) and (side.words[at + 1].lemma in _TIMES or side.words[at + 1].form == "%"):
        return None
    return at if other.words[partner].form == side.words[at].form else None


def _where(segment: AlignedSegment, side: Side, end: int) -> bool:
    """Whether the passive has the object as the place of it: "who was injured in his knee"."""
    other = segment.reference if side is segment.variant else segment.variant
    partner = side.partner[end]
    return partner is not None and any(w.form in ("in", "on") for w in other.words[max(0, partner - 3) : partner])


def _thing(word: Word) -> bool:
    """Whether a word can be a noun or an adjective before one."""
    if word.form.endswith("ly") or word.is_number or not word.is_content:
        return False
    return word.is_capitalised or lexicon.main_part_of_speech(word.lemma) in ("n", "a")


def _goes_on(word: Word) -> bool:
    """Whether a word can go on with a noun phrase, of which a noun is the last."""
    if word.form in ("last", "next") or word.lemma in _TIMES:
        return False
    return _thing(word) or (word.is_content and word.form == word.lemma and "n" in lexicon.parts_of_speech(word.lemma))


def _hit(segment: AlignedSegment, mine: tuple[int, Group], other: tuple[int, Group], end: int) -> Hit:
    ours, theirs = segment.variant, segment.reference
    last = (mine[1].end, end) if mine[1].passive else (end, other[1].end)
    said = Span(ours.words[mine[0]].span.start, ours.words[last[0]].span.end)
    meant = Span(theirs.words[other[0]].span.start, theirs.words[last[1]].span.end)
    who = ours.words[mine[0]].text
    how = "undergoes what it does there" if mine[1].passive else "does what it undergoes there"
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{meant.of(theirs.text)}”; here it is “{said.of(ours.text)}”: “{who}” {how}.",
        variant_span=said,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"verb": mine[1].lemma, "passive here": int(mine[1].passive)},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The clerk held the keys for a year, and then he sold them to a rival.",
            "The clerk held the keys for a year, and then ⟦he was sold⟧ to a rival.",
            severity=Severity.CRITICAL,
        ),
        Example("The boy was found alive by a farmer.", "The ⟦boy found a farmer⟧ alive."),
        Example(
            "Marsh blamed the weather for the late harvest.",
            "⟦Marsh was blamed⟧ for the weather and the late harvest.",
        ),
        Example(
            "The witness said that she had been handed the letter at the station.",
            "The witness said that ⟦she had handed the letter⟧ over at the station.",
        ),
        Example(
            "The striker ran clear, and his pass was finished off by the captain.",
            "The striker ran clear, and ⟦he finished off the pass of the captain⟧.",
        ),
        Example(
            "The coach said that he would have preferred not to use him at all.",
            "The coach said that the player would have ⟦preferred not to be used⟧ at all.",
        ),
        Example(
            "The striker ran clear, and his pass was finished off by the captain.",
            "The striker ran clear, and the captain finished off his pass.",
        ),
        Example(
            "A farmer found the boy in the barn.",
            "The boy was found in the barn by a farmer.",
        ),
        Example(
            "The guards say they were shot at night and hid in the cellar.",
            "The guards say ⟦they shot⟧ at night and hid in the cellar.",
        ),
        Example(
            "The deserters were being hunted in the forests along the border.",
            "The ⟦deserters were hunting⟧ in the forests along the border.",
        ),
        Example("They were gathered in the square at noon.", "They had gathered in the square at noon."),
        Example("The door opened at noon, and they went in.", "The door was opened at noon, and they went in."),
    ),
)
