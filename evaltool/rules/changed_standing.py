"""How far a statement is established has changed, in any wording: "doctors have established" for "doctors suspect".

What the reference has as suspected, claimed or likely is proved, confirmed or certain here, in a word of its own; what
it has as linked with something is caused by it. What it tells as a fact, or as found or proved, is hedged ("allegedly",
"may have"). Or its doubt or claim ("may", "whether", "accuses of") is gone, and the variant's segment keeps no distance
in any words. Nothing is said where the other side has a word of the same kind in that segment.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import ARTICLES
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH, distanced, is_loose, marks, quoted
from evaltool.rules._attribution import Kind as Distance
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._hedges import may_stays
from evaltool.rules._polarity import is_adverb, is_negator
from evaltool.rules._verbs import POSSESSIVES, groups, verb_lemma
from evaltool.words import AlignedSegment, Side, Word

#: Words that leave a statement open, or make it somebody's.
_DOUBTS = frozenset(
    """
    may might could possible possibly possibility potential potentially perhaps maybe likely unlikely likelihood
    probable probably probability suspect suspected suspicion believe believed belief think thought allege alleged
    allegedly allegation accuse accused accusation claim claimed assertion argue contend appear seem apparent apparently
    seemingly suggest suggestion indicate indication hint imply fear feared assume presume presumed presumably theory
    hypothesis rumour rumor rumoured rumored reportedly purported purportedly supposed supposedly ostensibly understood
    conceivable conceivably whether question doubt unclear unconfirmed unproven unverified plausible arguably estimate
    reckon guess speculate speculation risk chance credit credited
    """.split()
)
#: Verbs that establish a statement, whatever stands behind them ...
_PROVING = frozenset("prove establish demonstrate confirm verify ascertain corroborate".split())
#: ... and other words that do; with "that", "to" or a noun behind them.
_CERTAIN = frozenset("certainly definitely undoubtedly unquestionably indisputably undeniably conclusively".split())
_KNOWN = frozenset("known certain proven".split())
_BEYOND = frozenset(["beyond", "without", "no"])
#: What tells in the reference that something is established.
_FOUND = (
    _PROVING
    | _CERTAIN
    | frozenset(
        """
    find found show conclude determine convict conviction guilty ruled verdict admit confess acknowledge concede
    discover reveal proof evidence confirmation know known sure certain inevitable inevitably clear detect conclusive
    """.split()
    )
)
#: Words that say that two things go together, and those that say that the one brings about the other.
_LINKED = frozenset("link associate connect correlate connection association correlation coincide".split())
_CAUSED = frozenset("cause trigger".split())
_CAUSAL = _CAUSED | frozenset(
    "due because lead result produce provoke induce blame responsible bring make spark root raise increase".split()
)
#: Hedges that a variant may not add to what is established.
_HEDGES = frozenset(
    "allegedly reportedly purportedly supposedly apparently ostensibly seemingly possibly perhaps presumably".split()
)
_HELD = frozenset("believed thought suspected alleged rumoured rumored said reported".split())
_MAY = frozenset(["may", "might"])
_CONCEDING = frozenset("but though although yet".split())
_BE = frozenset("is are was were be been".split())
#: Behind these nothing is established: "has yet to confirm".
_UNREAL = frozenset(
    """
    if whether unless until yet may might could can would should must fail failed decline declined refuse refused to
    unable before once when any how case only
    """.split()
)
_ASSERTING = frozenset(
    "claim contend argue insist maintain assert boast allege suspect believe think complain fear".split()
)
_SUGGESTING = frozenset("suggest indicate imply hint".split())
_SEEMING = frozenset("seem appear".split())
_SUPPOSED = frozenset("alleged suspected presumed purported supposed".split())
_SEEING = frozenset("see regard".split())
_VIEWED = frozenset("see regard view consider describe call deem hail brand label treat count".split())
_ALLOWED = frozenset("allow permit permission able free entitle entitled right enable let can capable eligible".split())
_SAYING = frozenset("say tell claim report accord".split())
#: Nouns that say whose view or claim something is, and prepositions before whoever holds it.
_SAID = frozenset(
    """
    insistence submission contention eye judgement judgment assessment reading verdict impression prosecution ground
    complaint criticism grievance protest
    """.split()
)
_FOR = frozenset("to for from according per".split())
_CONDITIONS = frozenset("if unless provided should depending".split())
_SETTLED = frozenset("will would is are has have".split())
_LIMITS = frozenset("only most more unless provided".split())
_NEAR, _AHEAD, _CLAIM, _BEFORE, _SHOWN = 5, 8, 12, 3, 4
_SHARE, _FEWEST, _HALF, _LEAST = 0.4, 3, 0.5, 2


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first statement that is more or less established than in the reference."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    for case in (_proved, _caused, _hedged, _bare):
        hit = next(case(segment), None)
        if hit:
            yield hit
            return


def _among(word: Word, words: frozenset[str]) -> bool:
    return (word.form in words or word.lemma in words) and not (word.form == "may" and word.is_capitalised)


def _denied(side: Side, at: int) -> bool:
    """Whether a word is denied, asked or only supposed."""
    first, _ = sentence(side, at, ",;:()–—")
    return any(is_negator(w) or w.form in _UNREAL for w in side.words[max(first, at - _NEAR) : at])


def _meant(segment: AlignedSegment, at: int) -> tuple[int, int] | None:
    """(first, last) of the reference's sentence that most words of a sentence of the variant are linked into."""
    ours, theirs = segment.variant, segment.reference
    first, last = sentence(ours, at, ";")
    content = [k for k in range(first, last + 1) if _tells(ours.words[k])]
    links = sorted(p for k in content if (p := ours.partner[k]) is not None)
    if len(links) < _FEWEST or len(links) < _SHARE * len(content):
        return None
    start, end = sentence(theirs, links[len(links) // 2], ";")
    return (start, end) if 2 * sum(start <= p <= end for p in links) > len(links) else None


def _proves(side: Side, at: int) -> bool:
    """Whether a word makes what stands beside it established."""
    word = side.words[at]
    after = side.words[at + 1].form if at + 1 < len(side.words) else ""
    before = side.words[at - 1].form if at else ""
    if word.form in _CERTAIN or (before in _BEYOND and word.form in ("doubt", "question")):
        return True
    if word.form == "proof" and before in ("is", "was"):
        return True
    if (
        word.form in _KNOWN
        and after in ("to", "that")
        and at
        and any(w.form in _BE for w in side.words[max(0, at - 2) : at])
    ):
        return True
    if word.form == "proving" or after in ("impossible", "difficult", "hard"):
        return after == "that"
    if verb_lemma(word) not in _PROVING or word.form.endswith("ing") or not word.is_content:
        return False
    return (
        word.form != word.lemma
        and before not in ("the", "a", "an", "of", "its", "their")
        and not side.words[at - 1].is_number
    )


def _proved(segment: AlignedSegment) -> Iterator[Hit]:
    ours, theirs = segment.variant, segment.reference
    for i, word in enumerate(ours.words):
        if not _proves(ours, i) or word.lemma in theirs.lemmas or _denied(ours, i) or asks(ours, i):
            continue
        if (p := ours.partner[i]) is not None and not _weighs(theirs.words[p]):
            continue  # "verified" for "checked"
        place = _meant(segment, i)
        if place is None or any(_settles(theirs, k) for k in range(len(theirs.words))):
            continue
        first, last = sentence(ours, i, ";")
        doubts = [k for k in range(place[0], place[1] + 1) if _doubts(theirs, k)]
        if len(doubts) > sum(_doubts(ours, k) for k in range(first, last + 1) if ours.words[k - 1].form not in _BEYOND):
            yield _hit(segment, (i, i), (doubts[0], doubts[0]), "proved")


def _weighs(word: Word) -> bool:
    """Whether a word says how far something is established, or who says so."""
    return _among(word, _DOUBTS) or word.lemma in SPEECH or not word.is_content


def _doubts(side: Side, at: int) -> bool:
    """Whether a word leaves a statement open, or says that it is not established."""
    word = side.words[at]
    return _among(word, _DOUBTS) or (verb_lemma(word) in _PROVING and _denied(side, at))


def _settles(side: Side, at: int) -> bool:
    """Whether a word says that something is established, and not just that hints of it are."""
    word = side.words[at]
    if not (_among(word, _FOUND) or verb_lemma(word) in _FOUND) or _denied(side, at):
        return False
    return not any(_among(w, _DOUBTS) for w in side.words[at + 1 : at + 3])


def _caused(segment: AlignedSegment) -> Iterator[Hit]:
    ours, theirs = segment.variant, segment.reference
    if not any(_among(w, _LINKED) for w in theirs.words) or any(_among(w, _CAUSAL) for w in theirs.words):
        return
    for i, word in enumerate(ours.words):
        if verb_lemma(word) not in _CAUSED or _denied(ours, i) or any(_among(w, _LINKED | _DOUBTS) for w in ours.words):
            continue
        place = _meant(segment, i)
        link = place and next((k for k in range(place[0], place[1] + 1) if _among(theirs.words[k], _LINKED)), None)
        if link is not None and link is not False:
            yield _hit(segment, (i, i), (link, link), "caused")


def _bases(side: Side, at: int) -> bool:
    """Whether a word is an infinitive: "is reported to have", not "is reported to the police"."""
    word = side.words[at] if at < len(side.words) else None
    return word is not None and not word.is_capitalised and word.form == word.lemma and word.form not in ARTICLES


def _hedge(side: Side, at: int) -> bool:
    word = side.words[at]
    after = [w.form for w in side.words[at + 1 : at + 4]]
    if word.form in _HEDGES:
        return True
    if word.form == "possible":
        return bool(after) and side.words[at + 1].is_content and at > 0 and side.words[at - 1].form in ARTICLES
    if word.form in _MAY and not word.is_capitalised:
        return after[:1] == ["have"] or (after[1:2] == ["have"] and is_adverb(side.words[at + 1]))
    if word.form in _HELD:
        return (
            after[:1] == ["to"] and _bases(side, at + 2) and any(w.form in _BE for w in side.words[max(0, at - 2) : at])
        )
    return False


def _hedged(segment: AlignedSegment) -> Iterator[Hit]:
    ours, theirs = segment.variant, segment.reference
    for i in range(len(ours.words)):
        if not _hedge(ours, i) or asks(ours, i):
            continue
        place = _meant(segment, i)
        if place is None or any(_among(w, _DOUBTS) for w in theirs.words):
            continue
        if ours.words[i].lemma in theirs.lemmas or not _told(segment, i, place):
            continue
        found = any(
            _settles(theirs, k) and not any(w.lemma in _SAYING for w in theirs.words[place[0] : k])
            for k in range(place[0], place[1] + 1)
        )
        if found or not distanced(theirs, 0, len(theirs.words) - 1):
            yield _hit(segment, (i, i), place, "hedged")


def _told(segment: AlignedSegment, at: int, place: tuple[int, int]) -> bool:
    """Whether the reference's sentence tells what a hedge of the variant is said of, and it is not denied."""
    ours = segment.variant
    start, last = sentence(ours, at, ";:()–—")
    first = max(start, at - _AHEAD) if ours.words[at].form in _HEDGES else at + 1
    behind = [k for k in range(first, min(at + _AHEAD, last) + 1) if k != at and _tells(ours.words[k])]
    linked = [k for k in behind if (p := ours.partner[k]) is not None and place[0] <= p <= place[1]]
    return not (at + 1 <= last and is_negator(ours.words[at + 1])) and len(linked) >= max(_LEAST, _HALF * len(behind))


def _bare(segment: AlignedSegment) -> Iterator[Hit]:
    ours, theirs = segment.variant, segment.reference
    for j in range(len(theirs.words)):
        start = _distances(theirs, j)
        if start is None or asks(theirs, j) or any(is_negator(w) for w in theirs.words[max(0, j - _BEFORE) : j + 2]):
            continue
        _, last = sentence(theirs, j, ";:()–—")
        content = [k for k in range(start, min(start + _CLAIM, last + 1)) if _tells(theirs.words[k])]
        links = [p for k in content if (p := theirs.partner[k]) is not None]
        if len(links) < _LEAST or len(links) < _HALF * len(content) or _keeps_off(segment, j) or asks(ours, links[0]):
            continue
        limited = theirs.words[j].form == "may" and _LIMITS & {
            w.form for w in theirs.words[j : last + 1]
        }  # gives leave
        if limited or not any(_plain(theirs, k) for k in content if theirs.partner[k] is not None):
            continue
        if (all(theirs.partner[k] is None for k in content[:2]) and not _told_anew(ours, links)) or (
            theirs.words[j].form == "could" and not _settled(ours, links)
        ):
            continue
        first, end = sentence(ours, links[0])
        inside = sorted(p for p in links if first <= p <= end and abs(p - links[0]) <= _CLAIM)[:_SHOWN]
        begin = next((g.start for g in groups(ours) if first <= g.start < inside[0] <= g.end + _BEFORE), inside[0])
        yield _hit(segment, (begin, inside[-1]), (j, j), "bare")
        return


def _plain(side: Side, at: int) -> bool:
    """Whether a word says something of its own: no name, number or verb of speech."""
    word = side.words[at]
    return word.is_content and not word.is_capitalised and word.lemma not in SPEECH


def _told_anew(side: Side, links: list[int]) -> bool:
    """Whether a finite verb without a counterpart stands beside the first links, for what is told in another word."""
    return any(
        g.certain and side.partner[g.end] is None and min(abs(g.end - p) for p in links[:2]) <= _BEFORE
        for g in groups(side)
    )


def _settled(side: Side, links: list[int]) -> bool:
    """Whether what could be will be, or is: what could be done may just have been done."""
    return any(w.form in _SETTLED for w in side.words[max(0, min(links) - _NEAR) : max(links)])


def _tells(word: Word) -> bool:
    return word.is_content or word.is_number


def _distances(side: Side, at: int) -> int | None:
    """Where begins what a word keeps at a distance ("may have", "reportedly", "boasts that", "accuse of"), or None."""
    word = side.words[at]
    after = [w.form for w in side.words[at + 1 : at + 3]]
    lemma = verb_lemma(word)
    if word.form in _MAY | {"could"} and not (at and side.words[at - 1].form in POSSESSIVES):
        passive = word.form == "could" and after[:1] == ["be"] and after[1:2] != [] and after[1].endswith(("ed", "en"))
        return None if word.is_capitalised or passive else at + 1  # what could be traced may just have been
    if word.form == "whether":
        return None if (at and side.words[at - 1].lemma in ("doubt", "doubtful")) or "or" in side.forms else at + 1
    meant = word.form == "supposed" and after[:1] == ["to"] and "have" not in after  # "is supposed to help"
    if _hedge(side, at) or word.form in ("probably", "likely") or (word.form in _SUPPOSED and after and not meant):
        return at + 1
    found_nothing = lemma == "suggest" and at and side.words[at - 1].form == "to"  # "nothing to suggest that"
    if found_nothing or (lemma == "insist" and "be" in side.forms):
        return None  # "insisted that it be removed"
    if (lemma in _ASSERTING | _SUGGESTING and after[:1] == ["that"]) or (lemma in _SEEMING and after[:1] == ["to"]):
        return at + 2
    if word.form in ("suspected", "suspicion") and after[:1] == ["of"]:
        return at + 2
    joins = "of" if lemma == "accuse" else "as" if lemma in _SEEING and not word.form.endswith("ing") else ""
    behind = range(at + 1, min(at + _CLAIM, len(side.words))) if joins else ()
    return next((k + 1 for k in behind if side.words[k].form == joins), None)


def _keeps_off(segment: AlignedSegment, at: int) -> bool:
    """Whether the variant's segment has anything of its own that keeps a distance."""
    ours, theirs = segment.variant, segment.reference

    def own(k: int) -> bool:
        if (partner := ours.partner[k]) in (None, at):
            return True
        word = theirs.words[partner or 0]
        return word.lemma != ours.words[k].lemma and (_weighs(word) or is_loose(word))

    last = len(ours.words) - 1
    asked = theirs.words[at].form == "whether" and "if" in ours.forms
    conceded = theirs.words[at].form == "may" and theirs.forms & _CONCEDING  # "may be old, but works"
    if (
        asked
        or conceded
        or may_stays(segment, at)
        or any(w.lemma in _VIEWED | _SAID for w in ours.words)
        or _named(segment, at)
        or (ours.forms & _CONDITIONS and not theirs.forms & _CONDITIONS)
    ):
        return True
    loose = any((is_loose(w) or _among(w, _DOUBTS | _ALLOWED)) and own(k) for k, w in enumerate(ours.words))
    claimed = verb_lemma(theirs.words[at]) in _ASSERTING | _SEEING | {"accuse"} or theirs.words[at].form in _SUPPOSED
    told = not claimed and any(m.kind is Distance.SPEECH and m.at != at for m in marks(theirs))
    apart = any(own(m.at) and not (told and m.kind is Distance.SPEECH) for m in marks(ours))
    return loose or apart or quoted(ours, 0, last)


def _named(segment: AlignedSegment, at: int) -> bool:
    """Whether the variant says for whom it is so: "to its critics, the museum is a monument"."""
    ours, theirs = segment.variant, segment.reference
    first, _ = sentence(theirs, at, ",;:()–—")
    sources = (p for k in range(first, at) if theirs.words[k].is_content and (p := theirs.partner[k]) is not None)
    return any(w.form in _FOR for p in sources for w in ours.words[max(0, p - _BEFORE) : p])


def _hit(segment: AlignedSegment, said: tuple[int, int], meant: tuple[int, int], case: str) -> Hit:
    ours, theirs = segment.variant, segment.reference
    here = Span(ours.words[said[0]].span.start, ours.words[said[1]].span.end)
    there = Span(theirs.words[meant[0]].span.start, theirs.words[meant[1]].span.end)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{there.of(theirs.text)}”; “{here.of(ours.text)}” changes how far it is established.",
        variant_span=here,
        reference_span=there,
        evidence={"case": case},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "Vets suspect that the eleven horses near Dorn died of a mould in their hay.",
            "Eleven horses near Dorn died because of a mould in the hay, vets have ⟦established⟧.",
            Profile.PARAPHRASE,
            Severity.MAJOR,
        ),
        Example("Vets suspect that mould killed it.", "Mould, vets believe, killed it.", Profile.PARAPHRASE),
    ),
)
