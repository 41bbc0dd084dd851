"""What the reference gives as one side's claim is a fact here: "the police say they were attacked" loses the police.

A claim is one side's if its source is the person concerned, a lawyer, a relative, a witness or nobody named, if the
verb keeps a distance ("says" in the present, "alleges", "fears"), or if the reference goes on to tell that somebody
denies, disputes or cannot confirm it. It counts wherever in the variant it stands, also in a summary, if the words of
the claim come back in a sentence that has no source, no hedge and no quotation marks and if the sentences beside it do
not name the source either. What officials announce may be told as a fact, and so may what somebody does who says so.

Severity: major; critical where somebody rejects what is a fact here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH, is_loose, marks, quoted
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._claims import Claim, claims, puts_at
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._polarity import is_negator
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

_CONTRAST = frozenset("although though but while whereas".split())
_ADDING = frozenset("say add insist claim explain".split())  # "A, and the minister says that B"
_LITERAL = 0.5  # share of common words from which changed-hedge looks
_FEWEST, _SHORT, _SHARE = 3, 2, 0.6
#: Verbs that keep a distance.
_DOUBTING = frozenset("claim allege argue insist maintain contend believe fear suspect complain think reckon".split())
_DENYING = frozenset("deny dispute reject contest refute contradict blame disagree rebut counter".split())
_FALSE = frozenset("false untrue unfounded baseless groundless wrong fabricated invented denial".split())
_UNPROVEN = frozenset("confirm verify claim allegation accusation account version unconfirmed unverified".split())
#: In a source that is not named.
_UNNAMED = frozenset("source sources close familiar anonymity anonymously insider insiders named briefed".split())
#: Those who hear witnesses.
_HEARING = frozenset("investigator police court judge inquiry prosecutor hearing tribunal committee jury".split())
#: Sources that speak for one person.
_PARTY = frozenset(
    """
    lawyer solicitor attorney barrister family relative descendant heir widow spouse wife husband son daughter brother
    sister mother father parent
    """.split()
)
#: What they say is so by being said there.
_TEXTS = frozenset(
    "law act regulation rule statute decree treaty contract constitution agreement bill timetable".split()
)
_OWN = frozenset("it he she they".split())
_DONE = frozenset("had has have was were been did".split())
_POSSESSIVES = frozenset("his her their its".split())
#: Nouns with which a sentence says whose figures or grounds it gives.
_RECKONED = frozenset(
    """
    count tally estimate ground grounds view eye eyes term terms complaint allegation accusation charge criticism
    grievance rumour rumor suspicion testimony evidence
    """.split()
)
_NEAR = 6


@lru_cache(maxsize=64)
def _places(whole: Vocabulary) -> tuple[dict[str, tuple[int, ...]], dict[int, int]]:
    """Where each lemma stands in a document, and which word begins where."""
    places: dict[str, tuple[int, ...]] = {}
    for k, word in enumerate(whole.words):
        if word.is_content or word.is_number:
            places[word.lemma] = (*places.get(word.lemma, ()), k)
    return places, {w.span.start: k for k, w in enumerate(whole.words)}


@lru_cache(maxsize=64)
def _sentences(whole: Vocabulary) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    while not out or out[-1][1] + 1 < len(whole.words):
        out.append(sentence(whole, out[-1][1] + 1 if out else 0, ";"))
    return tuple(out)


@lru_cache(maxsize=64)
def _one_sided(whole: Vocabulary) -> tuple[tuple[Claim, str], ...]:
    """The claims of a document that are one side's, with what tells it."""
    return tuple((c, why) for c in claims(whole) if (why := _contested(whole, c)))


def _contested(whole: Vocabulary, claim: Claim) -> str:
    """What tells that a claim is one side's, or "" where nothing does."""
    words = whole.words
    verb = words[claim.at]
    _, last = sentence(whole, claim.at)
    end = sentence(whole, last + 1)[1] if last + 1 < len(words) else last
    if verb.lemma in _DENYING:
        return "rejected"
    if verb.lemma == "accuse":
        return "accusation"
    source = words[claim.source[0] : claim.source[1] + 1]
    if _own_will(whole, claim) or any(w.lemma in _TEXTS for w in source):  # "a new regulation says"
        return ""
    if any(w.lemma in _DENYING for w in words[claim.at + 1 : end + 1]):
        return "denied"
    if any(w.lemma in _UNPROVEN for w in words[max(claim.at, claim.source[1]) + 1 : last + 1]):
        return "unproven"
    if any(w.form in _UNNAMED for w in source):
        return "unnamed"
    if _own_deed(whole, claim):
        return ""
    if verb.lemma in _DOUBTING:
        return "doubting verb"
    if verb.form in ("say", "says"):
        return "present"
    office = any(a.form in _POSSESSIVES and b.form == "office" for a, b in pairwise(source))
    if office or any(w.lemma in _PARTY for w in source[-_NEAR:]):
        return "party"
    if verb.form == "told" and any(w.lemma in _HEARING for w in words[claim.at + 1 : claim.at + 4]):
        return "witness"
    what = words[claim.at + 1 : sentence(whole, claim.at, ";")[1] + 1] if claim.source[1] == claim.at else ()
    if any(is_negator(w) for w in what) and any(w.form in _POSSESSIVES for w in what):
        return "self-defence"
    return ""


def _own_deed(whole: Vocabulary, claim: Claim) -> bool:
    """Whether what somebody says is what they do: "inspectors say they have sealed the well"."""
    after = [w.form for w in whole.words[claim.at + 1 : claim.at + 4] if w.form != "that"]
    return bool(after) and after[0] in _OWN and after[1:2] not in (["was"], ["were"])


def _own_will(whole: Vocabulary, claim: Claim) -> bool:
    """Whether what somebody says is what they want or mean: "the agency said it expected more"."""
    after = [w.form for w in whole.words[claim.at + 1 : claim.at + 4] if w.form != "that"]
    return bool(after) and after[0] in _OWN and not set(after[1:2]) & _DONE


def _scopes(side: Side) -> Iterator[tuple[int, int, int]]:
    """(first, last, end of the sentence) of the parts that say something each: up to a contrast."""
    at = 0
    while at < len(side.words):
        first, last = sentence(side, at, ";")
        while last + 1 < len(side.words) and _runs_on(side, last):
            last = sentence(side, last + 1, ";")[1]  # "at 3 p.m. on Sunday"
        contrast = next((k for k in range(first + 3, last) if "," in gap(side, k - 1, k) and _turns(side, k)), None)
        yield first, (contrast - 1 if contrast else last), last
        at = last + 1


def _turns(side: Side, at: int) -> bool:
    """Whether a word opens a contrast, or what somebody denies: "..., which he denies", or another claim."""
    denied = any(w.lemma in _DENYING for w in side.words[at + 1 : at + 4])
    told = side.words[at].form == "and" and any(w.lemma in _ADDING for w in side.words[at + 2 : at + 5])
    return told or side.words[at].form in _CONTRAST or (side.words[at].form == "which" and denied)


def _runs_on(side: Side, last: int) -> bool:
    """Whether a full stop only ends an abbreviation."""
    return ";" not in gap(side, last, last + 1) and side.words[last + 1].text[:1].islower()


def _told(side: Side, first: int, last: int, whole: Vocabulary, claim: Claim) -> bool:
    """Whether what stands beside a stretch names the source of a claim and reports what it says."""
    begin = sentence(side, first - 1)[0] if first else first
    end = sentence(side, last + 1)[1] if last + 1 < len(side.words) else last
    named = whole.words[claim.source[0] : claim.source[1] + 1]
    source = {w.lemma for w in named if w.is_content and w.lemma not in SPEECH}
    for a, b in ((begin, first - 1), (last + 1, end)):
        for mark in marks(side, a, b) if b >= a else ():
            if side.words[mark.at].lemma in _DENYING:
                continue
            by_pronoun = mark.at and side.words[mark.at - 1].form in _OWN
            if by_pronoun or not source or source & {w.lemma for w in side.words[a : b + 1]}:
                return True
    return False


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each claim that is a fact here."""
    if segment.kind is Kind.OMISSION or segment.role is not Role.BODY or not _one_sided(segment.whole_reference):
        return
    ours, whole = segment.variant, segment.whole_reference
    for first, last, stop in _scopes(ours):
        content = [k for k in range(first, last + 1) if ours.words[k].is_content or ours.words[k].is_number]
        if len(content) < _SHORT or asks(ours, first):
            continue
        found = _stated(segment, content)
        if found is None:
            continue
        claim, why, hits = found
        if why == "doubting verb" and segment.literalness >= _LITERAL and segment.profile is not Profile.SUMMARY:
            continue  # see changed-hedge
        if why == "rejected" and any(_is_false(w) for w in ours.words[first : last + 1]):
            continue
        if _kept_off(segment, first, last, claim) or _told(ours, first, stop, whole, claim):
            continue
        source = Span(whole.words[claim.source[0]].span.start, whole.words[claim.source[1]].span.end)
        yield Hit(
            Severity.CRITICAL if why == "rejected" else Severity.MAJOR,
            f"The reference has this as a claim (“{source.of(whole.text)}”); here it is stated as a fact.",
            variant_span=Span(ours.words[hits[0]].span.start, ours.words[hits[-1]].span.end),
            reference_span=source,
            evidence={"why": why, "literalness of the segment": round(segment.literalness, 2)},
            confidence=0.75,
        )


def _stated(segment: AlignedSegment, content: list[int]) -> tuple[Claim, str, list[int]] | None:
    """The claim that words of the variant state, what tells that it is one side's, and which of the words do."""
    ours, whole = segment.variant, segment.whole_reference
    places, begins = _places(whole)
    linked: dict[int, set[int]] = {}
    for k in content:
        linked[k] = set(places.get(ours.words[k].lemma, ()))
        partner = ours.partner[k]
        if partner is not None:
            linked[k].add(begins[segment.reference.words[partner].span.start])
    claim, why = max(_one_sided(whole), key=lambda c: _shared(linked, c[0].words))
    hits = [k for k in content if linked[k] & set(claim.words)]
    count = _shared(linked, claim.words)
    short = len(claim.words) <= _FEWEST and count == _SHORT
    here = segment.reference.span is not None and segment.reference.span.overlaps(whole.words[claim.at].span)
    if count < _FEWEST and not (short and here):
        return None
    if count < _SHARE * len(claim.words) and len(hits) < _SHARE * len(content):
        return None
    claimed = {k for c in claims(whole) for k in c.words}
    home = sentence(whole, claim.at, ";")
    stated = {k: linked[k] for k in hits}
    for a, b in _sentences(whole):
        if (a, b) != home and _shared(stated, [k for k in range(a, b + 1) if k not in claimed]) >= count:
            return None  # the reference says so itself
    return claim, why, hits


def _is_false(word: Word) -> bool:
    """Whether a word says that something is not so."""
    return is_negator(word) or word.lemma in _DENYING or word.form in _FALSE


def _kept_off(segment: AlignedSegment, first: int, last: int, claim: Claim) -> bool:
    """Whether a stretch of the variant keeps a distance of its own, or gives a figure as somebody's."""
    ours, theirs, whole = segment.variant, segment.reference, segment.whole_reference
    inside = {whole.words[k].span for k in claim.words}

    def own(k: int) -> bool:
        partner = ours.partner[k]
        return partner is None or theirs.words[partner].span not in inside

    words = ours.words[first : last + 1]
    return (
        any(own(k) for k in range(first, last + 1) if is_loose(ours.words[k]))
        or any(own(m.at) for m in marks(ours, first, last))
        or quoted(ours, first, last)
        or puts_at(words)
        or any(w.lemma in _RECKONED for w in words)
    )


def _shared(linked: dict[int, set[int]], words: tuple[int, ...] | list[int]) -> int:
    inside = set(words)
    return len({p for meant in linked.values() for p in meant if p in inside})


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The guards say they were pelted with bottles and chairs; the fans deny having thrown anything.",
            "The guards were ⟦pelted with bottles and chairs⟧, although the fans deny having thrown anything.",
            Profile.PARAPHRASE,
            Severity.MAJOR,
        ),
        Example(
            "The choir came on Monday. According to a nurse who asked not to be named, the ward had run out of oxygen "
            "twice that week.",
            "The choir came on Monday. ⟦Twice that week the ward had run out of oxygen⟧.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The choir came on Monday. He told the inquiry that the signal had been green when the tram passed it.",
            "The choir came on Monday. The ⟦signal was green when the tram⟧ went past it.",
            Profile.SUMMARY,
        ),
        Example(
            "The choir came on Monday. According to a nurse who asked not to be named, the ward had run out of oxygen "
            "twice that week.",
            "The choir came on Monday. A nurse spoke to us anonymously. Twice that week, by her account, the ward had "
            "run out of oxygen.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The mill says it will reopen in May after the repair of its wheel.",
            "After the repair of its wheel, the mill will reopen in May.",
            Profile.SUMMARY,
        ),
        Example(
            "Teachers complain that the new timetable leaves no time for lunch.",
            "The new timetable has met with complaints from teachers: it leaves no time for lunch.",
            Profile.PARAPHRASE,
        ),
    ),
)
