"""What the reference leaves unanswered is answered: "declined to say whether it would bid" becomes "would not bid".

Four cases, each where the words in question have their counterparts in one sentence of the variant. A "whether" that
somebody would not, could not or did not answer, or that is unclear, is decided one way or the other. A reason, person
or amount that somebody would not give is given ("declined to say why" becomes "explained why"). What somebody neither
did nor refused is done or refused. What somebody "stopped short of" doing is done. Accepted
is a sentence that leaves anything open, denies that it was said, or asks.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._polarity import is_adverb, is_denial, is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Word

#: Verbs of answering and of finding out; with a negation a question behind them stays open.
_ANSWERING = frozenset(
    """
    say tell specify disclose reveal explain elaborate establish determine know confirm state comment predict clarify
    indicate speculate discuss ascertain learn verify decide detail divulge answer mention identify judge speak
    """.split()
)
_UNWILLING = frozenset("decline refuse unable fail unwilling hesitate".split())
_NOT_KNOWN = frozenset(
    "unclear unknown uncertain undecided unresolved undetermined unanswered unsure unaware open".split()
)
_KNOWN = frozenset("clear known certain sure obvious decided apparent established settled".split())
_WHETHER = frozenset("whether if".split())
_ASKED = frozenset("why how who what which when where whom whose".split())
#: Words that leave something open, ask, or say that it was not told.
_OPEN = _NOT_KNOWN | _UNWILLING | frozenset(
    """
    whether if unless may might could can perhaps maybe possible possibly possibility potential potentially probably
    likely unlikely doubt doubtful question query seem appear apparently reportedly allege alleged allegedly suggest
    suspect suspicion believe think consider presume suppose expect claim silent silence secret mystery wait await
    remain pend pending comment undisclosed unspecified unexplained withhold withheld evade avoid dodge sidestep should
    would-be yet hesitate waver torn debate dither deliberate weigh choose
    guess speculation speculate investigate examine study either
    """.split()
)  # fmt: skip
#: Words that say that somebody did not go so far.
_HELD_BACK = frozenset("refrain abstain avoid without short but although though despite shy shrink hold".split())
_JOINING = frozenset("and but while whereas".split())
_ANSWERS = frozenset("word answer reply response information details indication sign news explanation reason".split())
_MARKS = ",;:()–—"
_ANSWERED, _LINKED = 2, 0.6  # linked content words of what is in question, at least, and their share
_AHEAD = 14  # words of it that are looked at
_NEAR = 4  # words between a negation and the verb of answering
_CLOSE = 0.5  # closeness in WordNet from which one verb stands for another


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first answer that the reference does not give."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    for case in (_decided, _given, _neither, _stopped):
        hit = next(case(segment), None)
        if hit:
            yield hit
            return


def _kept_back(side: Side, at: int) -> int | None:
    """The first word of the phrase before a question word that leaves the question open, or None."""
    words, last = side.words, at - 1
    while last >= 0 and (is_adverb(words[last]) or words[last].form in ("yet", "immediately", "as", "to")):
        last -= 1
    first = sentence(side, at, ",;:()–—")[0]
    if last < first:
        return None
    if words[last].lemma in _NOT_KNOWN or words[last].form in _NOT_KNOWN:
        return last
    known = words[last].form in _KNOWN
    if not known and verb_lemma(words[last]) not in _ANSWERING and words[last].lemma not in _ANSWERING:
        return None
    for k in range(last - 1, max(first, last - _NEAR) - 1, -1):
        if is_negator(words[k]) or (words[k].lemma in _UNWILLING and not known):
            return k
        if words[k].is_content and words[k].lemma not in _ANSWERING and not is_adverb(words[k]):
            return None
    return None


def _open(word: Word) -> bool:
    return word.form in _OPEN or word.lemma in _OPEN


def _untold(segment: AlignedSegment, first: int, last: int, asked: int) -> bool:
    """Whether a stretch leaves anything open, asks, or says that something was not told or is not known.

    A verb of answering that is part of what is asked, behind the question word, says nothing ("whether he was told").
    """
    side = segment.variant
    words = side.words

    def tells(k: int) -> bool:
        partner = side.partner[k]
        told = words[k].form in _KNOWN or words[k].lemma in _ANSWERING or words[k].form in _ANSWERS
        return told and (partner is None or partner < asked)

    if asks(side, first) or any(_open(words[k]) for k in range(first, last + 1)):
        return True
    return any(
        is_negator(words[k]) and any(tells(n) for n in range(k + 1, min(k + _NEAR, last) + 1))
        for k in range(first, last + 1)
    )


def _place(segment: AlignedSegment, first: int, last: int) -> list[int]:
    """The counterparts of a stretch of the reference in the one sentence of the variant that has most of them."""
    ours, theirs = segment.variant, segment.reference
    content = [k for k in range(first, min(last, first + _AHEAD) + 1) if theirs.words[k].is_content]
    links = sorted(p for k in content if (p := theirs.partner[k]) is not None)
    if not links:
        return []
    start, end = sentence(ours, links[len(links) // 2], ";")
    inside = [p for p in links if start <= p <= end]
    return inside if len(inside) >= max(min(_ANSWERED, len(content)), _LINKED * len(content)) else []


def _decided(segment: AlignedSegment) -> Iterator[Hit]:
    """A "whether" that is decided."""
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words[:-1]):
        if word.form not in _WHETHER or asks(theirs, at) or (opening := _kept_back(theirs, at)) is None:
            continue
        last = sentence(theirs, at, _MARKS)[1]
        inside = _place(segment, at + 1, last)
        if len(inside) < _ANSWERED:
            continue
        start, end = sentence(ours, inside[len(inside) // 2], ";")
        if _untold(segment, start, end, at):
            continue
        yield _hit(segment, inside[0], inside[-1], opening, last, "decided")


def _given(segment: AlignedSegment) -> Iterator[Hit]:
    """A reason, person or amount that is told."""
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words[:-1]):
        if word.form not in _ASKED or asks(theirs, at) or (opening := _kept_back(theirs, at)) is None:
            continue
        last = sentence(theirs, at, _MARKS)[1]
        inside = _place(segment, at + 1, last)
        told = next((i for i, w in enumerate(ours.words) if w.form == word.form and i), None)
        if not inside or told is None or not inside[0] - _NEAR <= told < inside[-1]:
            continue
        verb = told - 1
        if ours.words[verb].lemma not in _ANSWERING and verb_lemma(ours.words[verb]) not in _ANSWERING:
            continue
        first = sentence(ours, told, ";")[0]
        start, end = sentence(ours, told, _MARKS)
        if _untold(segment, first, told, at) or any(is_denial(ours, k) for k in range(start, end + 1)):
            continue  # "saying who had won was not its business"
        yield _hit(segment, verb, told, opening, at, "given")


def _neither(segment: AlignedSegment) -> Iterator[Hit]:
    """What was neither done nor refused, and is done or refused."""
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words[:-3]):
        nor = next((k for k in range(at + 2, min(at + 6, len(theirs.words) - 1)) if theirs.words[k].form == "nor"), 0)
        if word.form != "neither" or not nor:
            continue
        verbs = [verb_lemma(theirs.words[at + 1]), verb_lemma(theirs.words[nor + 1])]
        if not all("v" in lexicon.parts_of_speech(v) for v in verbs) or not _opposed(*verbs):
            continue
        for i, mine in enumerate(ours.words):
            lemma = verb_lemma(mine)
            if not mine.is_content or not (lemma in verbs or any(_stands_for(lemma, v) for v in verbs)):
                continue
            first, last = sentence(ours, i, ";")
            linked = ours.partner[i]
            placed = (linked is not None and at <= linked <= nor + 1) or lemma in verbs
            if not placed or any(is_negator(ours.words[k]) or _open(ours.words[k]) for k in range(first, last + 1)):
                continue
            yield _hit(segment, i, i, at, nor + 1, "neither")
            return


def _opposed(one: str, other: str) -> bool:
    """Whether two verbs are the two answers to a question: "accepted nor rejected", "confirmed nor denied"."""
    return lexicon.antonyms(one, other) or {one, other} & {"deny", "reject", "refuse", "rule", "dismiss"} != set()


def _stands_for(lemma: str, verb: str) -> bool:
    return "v" in lexicon.parts_of_speech(lemma) and lexicon.related(lemma, verb) >= _CLOSE


def _stopped(segment: AlignedSegment) -> Iterator[Hit]:
    """What somebody stopped short of, and did."""
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words[:-4]):
        if word.lemma not in ("stop", "fall") or [w.form for w in theirs.words[at + 1 : at + 3]] != ["short", "of"]:
            continue
        verb = theirs.words[at + 3]
        if not verb.form.endswith("ing"):
            continue
        last = sentence(theirs, at, _MARKS)[1]
        content = [k for k in range(at + 3, last + 1) if theirs.words[k].is_content]
        links = sorted(p for k in content if (p := theirs.partner[k]) is not None)
        object_kept = len(content) == _ANSWERED and theirs.partner[content[-1]] is not None
        if len(links) < (1 if object_kept else max(min(_ANSWERED, len(content)), _LINKED * len(content))):
            continue
        first, end = sentence(ours, links[len(links) // 2], ";:–—")
        inside = [p for p in links if first <= p <= end]
        if len(inside) < len(links) or asks(ours, first):
            continue
        done = verb_lemma(verb)
        kept = theirs.partner[at + 3] is not None
        if not kept and not any(
            verb_lemma(w) == done or _stands_for(verb_lemma(w), done) for w in ours.words[first : end + 1]
        ):
            continue  # of whom that is said, something else is said here
        first = _clause(ours, first, inside[0])
        if any(is_denial(ours, k) or _open(ours.words[k]) for k in range(first, end + 1)):
            continue
        if any(w.lemma in _HELD_BACK or w.form in _HELD_BACK for w in ours.words[first : end + 1]):
            continue
        yield _hit(segment, inside[0], inside[-1], at, last, "stopped short")


def _clause(side: Side, first: int, at: int) -> int:
    """Where the clause that holds a word begins, if a comma and an "and" or the like part it from what is before it."""
    parting = (k for k in range(at, first, -1) if side.words[k].form in _JOINING and "," in gap(side, k - 1, k))
    return next(parting, first)


def _hit(segment: AlignedSegment, first: int, last: int, begin: int, end: int, case: str) -> Hit:
    ours, theirs = segment.variant, segment.reference
    said = Span(ours.words[first].span.start, ours.words[last].span.end)
    meant = Span(theirs.words[begin].span.start, theirs.words[end].span.end)
    return Hit(
        Severity.CRITICAL,
        f"The reference leaves this open (“{meant.of(theirs.text)}”); here it is answered: “{said.of(ours.text)}”.",
        variant_span=said,
        reference_span=meant,
        evidence={"case": case, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The minister declined to say whether the tunnel would be closed in winter.",
            "The minister said that the ⟦tunnel would be closed in winter⟧.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "It was not clear whether the pilot had been told about the storm.",
            "The ⟦pilot had not been told about the storm⟧.",
        ),
        Example(
            "The company would not say who had signed the contract.",
            "The company ⟦confirmed who⟧ had signed the contract.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The firm, which employs 400 people, has neither confirmed nor denied the report of a sale.",
            "According to a statement by the firm, which has 400 employees, it ⟦denied⟧ the report of a sale.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The senator stopped short of calling the treaty a mistake.",
            "The senator ⟦called the treaty a mistake⟧.",
        ),
        Example(
            "The minister declined to say whether the tunnel would be closed in winter.",
            "Whether the tunnel would be closed in winter, the minister would not say.",
        ),
        Example(
            "It was not clear whether the pilot had been told about the storm.",
            "The pilot may have been told about the storm.",
        ),
        Example(
            "The surveyor said she could not rule out a crack in the dam.",
            "According to the surveyor, a crack in the dam cannot be ruled out.",
        ),
        Example(
            "She stopped short of backing the mayor, whose resignation the owners demanded.",
            "The owners demanded the resignation of the mayor.",
            Profile.SUMMARY,
        ),
        Example(
            "She could not decide if she wanted to work in May or in June.",
            "She hesitated between working in May and in June.",
        ),
    ),
)
