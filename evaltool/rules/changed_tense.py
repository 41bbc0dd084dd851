"""A verb stands in another tense than in the reference: what happened is announced, what is planned has happened.

Compared are finite verbs with their auxiliaries that stand for each other: forms of one verb, or linked words, between
words that are linked too. A perfect goes with the past and the present, and forms with can, may, would and their like
with everything. Past and present are not told apart in headings, in conditions and behind a verb of saying, where
English shifts the tense back; nor where all verbs of the segment changed in the same way, which is a way of telling.
Where everything in the reference is past, an announcement needs no counterpart.

Severity: critical between past and future; minor between present and past, present and future, and between the past
perfect and the perfect; neutral in a freely worded segment.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._numbers import is_number_word
from evaltool.rules._quotes import quotations
from evaltool.rules._slots import anchors
from evaltool.rules._verbs import Group, Tense, groups, joined, verb_lemma
from evaltool.words import AlignedSegment, Side, Word

#: Verbs of speech, which a report tells in the past or the present as it pleases.
_SPEECH = frozenset(
    """
    say tell report announce state claim explain add write warn confirm argue insist suggest declare assert indicate
    reveal acknowledge admit stress quote note emphasize emphasise recommend propose urge demand signal
    """.split()
)
#: Behind these and the verbs of speech the tense may be shifted back.
_SHIFTING = _SPEECH | frozenset("believe think know show find estimate hope learn hear see feel understand".split())
_PAST = frozenset([Tense.PAST, Tense.PLUPERFECT])
_SEVERITY = {
    frozenset({Tense.PAST, Tense.FUTURE}): Severity.CRITICAL,
    frozenset({Tense.PLUPERFECT, Tense.FUTURE}): Severity.CRITICAL,
    frozenset({Tense.PERFECT, Tense.FUTURE}): Severity.CRITICAL,
    frozenset({Tense.PAST, Tense.PRESENT}): Severity.MINOR,
    frozenset({Tense.PLUPERFECT, Tense.PRESENT}): Severity.MINOR,
    frozenset({Tense.PLUPERFECT, Tense.PERFECT}): Severity.MINOR,
    frozenset({Tense.PRESENT, Tense.FUTURE}): Severity.MINOR,
}
#: Words that look ahead without a future tense.
_AHEAD = frozenset(
    """
    soon tomorrow upcoming coming next future forthcoming plan planned plans expect expected scheduled due intend
    intends likely unlikely forecast predict prospect going set before until promise promised promises pledge pledged
    vow vowed
    """.split()
)
_DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december today tonight week month year spring summer autumn winter
    """.split()
)
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth last latest".split())
_CONDITION = frozenset("if unless whether".split())
#: Share of the variant's content words that stand in the reference too: below the first nothing is said, below the
#: second a minor change is only shown.
_LITERAL, _CLOSE = 0.35, 0.5
_TERM = 8  # words behind a verb within which it says until when
_NEAR = 4  # words from a verb within which its subject and its object are looked for
_SURE_CRITICAL, _SURE = 3, 4  # how sure it must be that two verbs stand for each other


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb group whose tense is another than the reference's."""
    if segment.kind is not Kind.MATCH or segment.role is Role.HEADING or segment.literalness < _LITERAL:
        return
    told, known = groups(segment.variant), groups(segment.reference)
    own = tuple(g for g in told if g.tense is not Tense.FUTURE or not _to_be_done(segment.reference, g.lemma))
    pairs = list(_pairs(segment, own, known))
    changed = [(g, r, sure) for g, r, sure in pairs if frozenset({g.tense, r.tense}) in _SEVERITY]
    flagged: set[int] = set()
    kept = any(g.tense is r.tense for g, r, _ in pairs)
    for group, other, sure in changed:
        severity = _SEVERITY[frozenset({group.tense, other.tense})]
        if _lasts_until(segment, group, other) or _retold(segment, group, other) or _nouns(segment, group, other):
            continue
        if sure < (_SURE_CRITICAL if severity is Severity.CRITICAL else _SURE):
            continue
        if not (group.certain and other.certain) and (group.passive or other.passive):
            continue  # "sent by him", "will be sent by him"
        if severity is Severity.CRITICAL:
            if any(r.lemma == group.lemma and r.tense is group.tense for r in known):
                continue
            if sum(g.tense is group.tense for g in own) <= sum(r.tense is group.tense for r in known):
                continue  # the same is told of that time by another verb: "will be lent", "will receive on loan"
        elif (
            _left_open(segment, group, other, pairs)
            or (len(changed) > 1 and not kept)
            or (not group.certain and _may_be_participle(segment.variant, group))
        ):
            continue
        elif segment.literalness < _CLOSE and sure <= _SURE:
            severity = Severity.NEUTRAL
        yield _hit(segment, severity, group, other)
        flagged.add(group.start)
    for group, severity in _alone_in_its_time(segment, own, known):
        if group.start not in flagged:
            yield _hit(segment, severity, group, next(r for r in known if r.certain))


def _alone_in_its_time(
    segment: AlignedSegment, own: tuple[Group, ...], known: tuple[Group, ...]
) -> Iterator[tuple[Group, Severity]]:
    """Verb groups of a time that nothing in the reference speaks of, whatever they stand for."""
    if segment.literalness < _CLOSE or not any(r.certain for r in known):
        return
    times = {r.tense for r in known if not (r.tense is Tense.OPEN and _could(segment.reference, r))}
    if any(w.form in _AHEAD for w in segment.reference.words):
        return
    for group in own:
        if group.tense is not Tense.FUTURE or not _among_linked(segment.variant, group):
            continue
        if times <= _PAST:
            yield group, Severity.CRITICAL
        elif times <= {Tense.PRESENT, Tense.PERFECT} and (group.passive or group.lemma == "be"):
            yield group, Severity.MINOR  # what somebody does may be announced: "he starts", "he will start"


def _to_be_done(side: Side, verb: str) -> bool:
    """Whether a verb stands behind "to": "has promised to publish"."""
    return any(a.form == "to" and verb_lemma(b) == verb for a, b in pairwise(side.words))


def _among_linked(side: Side, group: Group) -> bool:
    """Whether the words that carry content next to a verb group have counterparts, so that it is about the same."""
    before = [k for k in range(max(0, group.start - _NEAR), group.start) if side.words[k].is_content]
    behind = [
        k for k in range(group.end + 1, group.end + 1 + _NEAR) if k < len(side.words) and side.words[k].is_content
    ]
    return all(side.partner[k] is not None for k in (*before[-1:], *behind[:1]))


def _could(side: Side, group: Group) -> bool:
    return side.words[group.start].form in ("could", "couldn't")


def _hit(segment: AlignedSegment, severity: Severity, group: Group, other: Group) -> Hit:
    ours, theirs = segment.variant, segment.reference
    spans = [Span(s.words[g.start].span.start, s.words[g.end].span.end) for s, g in ((ours, group), (theirs, other))]
    return Hit(
        severity,
        f"The reference says “{spans[1].of(theirs.text)}” ({other.tense}); here it is "
        f"“{spans[0].of(ours.text)}” ({group.tense}).",
        variant_span=spans[0],
        reference_span=spans[1],
        evidence={"tense": group.tense.value, "the reference's": other.tense.value},
        confidence=0.75,
    )


_Pair = tuple[Group, Group, int]


def _pairs(segment: AlignedSegment, own: tuple[Group, ...], known: tuple[Group, ...]) -> Iterator[_Pair]:
    """Each verb group of the variant with the reference's that stands for it, and how sure that is (2 to 6)."""
    for group in own:
        rated = [(sure, other.tense is group.tense, other) for other in known if (sure := _sure(segment, group, other))]
        if rated:
            sure, _, other = max(rated, key=lambda r: r[:2])
            yield group, other, sure


def _sure(segment: AlignedSegment, group: Group, other: Group) -> int:
    """2 to 6: how much speaks for two groups standing for each other, 0 for too little."""
    before, _ = anchors(segment, group.start, other.start)
    _, behind = anchors(segment, group.end, other.end)
    partner = segment.variant.partner
    linked, same = partner[group.end] == other.end, group.lemma == other.lemma
    if not (same or linked) and not (before and behind):
        return 0
    helper = group.start < group.end and other.start < other.end and partner[group.start] == other.start
    sure = 2 * linked + same + before + behind + helper
    return sure if sure >= 2 else 0


def _left_open(segment: AlignedSegment, group: Group, other: Group, pairs: list[_Pair]) -> bool:
    """Whether English leaves it open which of two tenses is used here."""
    both = ((segment.variant, group), (segment.reference, other))
    if Tense.FUTURE in (group.tense, other.tense):
        if segment.reference.words[other.end].form.endswith("ing"):
            return True  # "they are leaving"
        told = {r.start for g, r, _ in pairs if g.tense is r.tense}
        ahead = any(g.tense is Tense.FUTURE and g.start not in told for g in groups(segment.reference))
        # "It starts on 1 May."
        dated = any(w.is_number or w.form in _DATES for w in _own_sentence(segment.reference, other))
        return other.tense is Tense.FUTURE or ahead or dated or any(w.form in _AHEAD for w in segment.reference.words)
    if (group.start == group.end) != (other.start == other.end) and "be" not in (group.lemma, other.lemma):
        return True  # "they expected", "they are expecting"; "turned off", "is turned off"
    for side, own in both:
        if _told_either_way(side, own):
            return True
        if (own.lemma in _SPEECH and not own.passive) or _shifted(side, own) or asks(side, own.start):
            return True
        if any(w.form in _CONDITION for w in side.words[max(0, own.start - 5) : own.start]):
            return True
    # A heading is told in the present, and a pair of texts does not say what it is on the page.
    return not segment.variant.quote.rstrip("\"'”’») ").endswith((".", "!", "?", "…", ":"))


def _lasts_until(segment: AlignedSegment, group: Group, other: Group) -> bool:
    """Whether both sides say until when: what was shut until Monday is shut until then, and opens then."""
    return all(
        any(w.form in ("until", "till") for w in side.words[g.end : g.end + _TERM])
        for side, g in ((segment.variant, group), (segment.reference, other))
    )


def _retold(segment: AlignedSegment, group: Group, other: Group) -> bool:
    """Whether a quotation's verb is told in indirect speech, which shifts the tense back."""
    if other.tense not in (Tense.PRESENT, Tense.PERFECT) or group.tense not in _PAST:
        return False
    inside = [
        any(q.outer.overlaps(side.words[g.start].span) for q in quotations(side.text, side.span))
        for side, g in ((segment.variant, group), (segment.reference, other))
        if side.span is not None
    ]
    return inside == [False, True]


def _may_be_participle(side: Side, group: Group) -> bool:
    """Whether nothing that a participle could not have follows a past form behind a noun: "the water pumped"."""
    if group.tense is not Tense.PAST or group.start != group.end or group.end + 1 == len(side.words):
        return group.tense is Tense.PAST and group.start == group.end
    behind = side.words[group.end + 1]
    return not joined(side, group.end) or behind.is_function


def _nouns(segment: AlignedSegment, group: Group, other: Group) -> bool:
    return _may_be_noun(segment.variant, group) or _may_be_noun(segment.reference, other)


def _may_be_noun(side: Side, group: Group) -> bool:
    """Whether a single form in -s stands where a plural may: "by eleven votes", "Vietnam's rice exports"."""
    word, before = side.words[group.start], side.words[max(0, group.start - 2) : group.start]
    if group.start != group.end or not before or not word.form.endswith("s"):
        return False
    counted = before[-1].is_number or is_number_word(before[-1].form)
    return (
        counted
        or before[0].text.endswith(("'s", "’s"))
        or (not group.certain and lexicon.main_part_of_speech(word.lemma) == "n")
    )


def _told_either_way(side: Side, group: Group) -> bool:
    """Whether a verb stands in a phrase of the news that has no tense of its own."""
    behind = [word.form for word in side.words[group.end + 1 : group.end + 3]]
    if group.lemma == "come":
        return behind[:1] in (["after"], ["as"], ["amid"])  # "the news comes after"
    before = side.words[group.start - 1].form if group.start else ""
    return group.lemma == "be" and before in ("this", "it") and behind[:1] == ["the"] and behind[-1] in _ORDINALS


def _own_sentence(side: Side, group: Group) -> tuple[Word, ...]:
    start, end = sentence(side, group.start)
    return side.words[start : end + 1]


def _shifted(side: Side, group: Group) -> bool:
    """Whether a verb of saying in the past stands before the group in its sentence."""
    start, end = sentence(side, group.start)
    if group.tense is Tense.PAST and any(w.form == "would" for w in side.words[start : end + 1]):
        return True  # "the effect they were looking for would be"
    # "Ten had died, the police said."
    end = end if group.tense is Tense.PLUPERFECT else group.start - 1
    others = [g for g in groups(side) if start <= g.start <= end and g is not group]
    if any(w.form.endswith("ing") and w.lemma in _SHIFTING for w in side.words[start : group.start]):
        return True  # "rejected it, saying that it was too late"
    if any(
        a.lemma in _SHIFTING and a.form != a.lemma and not a.form.endswith("s") and b.form == "that"
        for a, b in pairwise(side.words[start : group.start])
    ):
        return True  # "raised the rate, and signalled that it was not enough"
    return any(g.lemma in _SHIFTING and g.tense in _PAST for g in others)


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    literal=True,
    languages=ENGLISH,
    examples=(
        Example(
            "The talks took place in Geneva on Monday.",
            "The talks ⟦will take⟧ place in Geneva on Monday.",
            severity=Severity.CRITICAL,
        ),
        Example("The bridge was closed to cars.", "The bridge ⟦is closed⟧ to cars."),
        Example("He said that the town was quiet.", "He said that the town is quiet."),
        Example("The council has closed the road.", "The council closed the road."),
        Example("The clocks are made by hand.", "The clocks ⟦will be made⟧ by hand.", severity=Severity.MINOR),
        Example("The market opens on 1 May.", "The market will open on 1 May."),
        Example("Flights were suspended until Monday.", "Flights will not resume until Monday."),
        Example("He left early, saying the work was done.", "He left early, saying the work is done."),
        Example("“We are short of water,” he said.", "They were short of water, he said."),
        Example("He was detained for a day, she said.", "He was detained against his will for a day, she said."),
        Example("A third of the water it pumps is lost.", "A third of the water pumped is lost."),
        Example("This was the second time in a week.", "This is the second time in a week."),
    ),
)
