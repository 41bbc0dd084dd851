"""What may be so in the reference is so in the variant: "may have been his last match" becomes "his last match".

Four cases, each where the words that the doubt is about have their counterparts. A "may", "might", "could be",
"probably", "appears to", "suggests that" or the like is gone, and the variant's sentence leaves nothing open in any
words; that somebody is named as the source makes up for none of these. What is unlikely will not be. A claim,
complaint or rumour that something happened becomes the event. And somebody who gives himself out as somebody ("a man
who identified himself as Colonel Ash") becomes that person. Accepted is every word for what is possible, uncertain,
allowed, planned, feared or asked.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import ARTICLES
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import marks, quoted
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._hedges import may_stays
from evaltool.rules._polarity import is_adverb, is_denial, is_negator
from evaltool.rules._verbs import POSSESSIVES
from evaltool.words import AlignedSegment, Side

_MODALS = frozenset("may might".split())
_ADVERBS = frozenset("probably possibly perhaps maybe likely presumably conceivably".split())
_DOUBTS = _MODALS | _ADVERBS | {"could"}
_SEEMING, _HINTING = frozenset("seem appear".split()), frozenset("suggest indicate imply hint".split())
#: Words that leave something open, allow it, or look ahead to it.
_OPEN = frozenset(
    """
    may might could can possible possibly possibility potential potentially perhaps maybe likely unlikely likelihood
    probable probably probability chance prospect risk danger threat threaten if unless whether question doubt unclear
    uncertain uncertainty suspect suspicion alleged allegedly reportedly apparently presumably presume seem appear
    suggest suggestion indicate indication imply hint believe think reckon guess assume expect estimate hope fear worry
    concern afraid consider contemplate depend unknown speculate speculation wonder warn predict forecast should bound
    allow permit permission entitle free able right let enable option able ability capable eligible liable
    plan want intend ready willing prepare poised set due about tend tentative provisional putative supposed theory
    hypothesis indicator conceivable conceivably plausible expectation open opportunity await yet decide threat promise
    eventually
    sometimes often occasionally occasional sign odds bet arguably judge judging
    """.split()
)
_AUXILIARY = frozenset("have has had be been being is are was were also well still soon even already now then".split())
_CLAIMS = frozenset("complaint claim allegation accusation rumour rumor suspicion suggestion assertion".split())
_TOLD = frozenset("complain claim allege accuse accusation say tell report suspect complaint".split())
_REFLEXIVE = frozenset("himself herself themselves itself".split())
_PRESENTING = frozenset("identify describe present introduce style call pose pass declare proclaim".split())
_OWN_NAME = _PRESENTING | frozenset(
    "claim say name self-styled self-proclaimed so-called purport purported alleged give pretend know".split()
)
_MARKS = ",;:()–—"
_LITERAL = 0.5  # share of common words from which one word is enough to tell what is in doubt
_SURE = frozenset("will would is are was were be can could do does did there".split())
_MANY = 3  # linked words from which the first, a subject in another word, need not be linked
_CONDITIONS = frozenset("if unless should provided".split())
_REACH, _LINKED = 8, 0.6  # words of what is in doubt; share of its content words that must be linked


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield what is in doubt in the reference alone."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    yield from _identities(segment)
    yield from _claims(segment)
    yield from _chances(segment)
    yield from _unlikely(segment)


def _chances(segment: AlignedSegment) -> Iterator[Hit]:
    """Modals and adverbs of doubt."""
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words[:-1]):
        after = theirs.words[at + 1]
        could = word.form == "could" and after.form in ("have", "be")
        seems = word.lemma in _SEEMING and after.form == "to"
        hinted = word.lemma in _HINTING and after.form == "that"
        doubt = could or seems or hinted or word.form in _MODALS or word.form in _ADVERBS
        strength = word.form == "might" and at and theirs.words[at - 1].form in POSSESSIVES | ARTICLES
        if not doubt or strength or _month(word.text) or is_negator(after):
            continue
        if word.form == "may" and _limited(theirs, at):
            continue  # "may raise rents by no more than 4%": a permission
        if asks(theirs, at) or _concedes(theirs, at) or (at and theirs.words[at - 1].form in ("more", "less", "most")):
            continue
        links = _kept(segment, at)
        if links is None or may_stays(segment, at):
            continue
        start, end = sentence(ours, links[0], ";")
        if any(_leaves_open(segment, k, at) for k in range(start, end + 1)):
            continue
        if _doubts(ours) >= _doubts(theirs) or (
            (seems or hinted) and quoted(ours, max(start, min(links) - _REACH), min(end, max(links) + 1))
        ):
            continue  # the doubt stands in another sentence
        if asks(ours, start) or _denied(segment, max(start, min(links) - 4), max(links)):
            continue
        if could and after.form == "be" and _done(theirs, at + 2) and not _ahead(ours, min(links)):
            continue  # what could be traced was traced
        said = Span(ours.words[min(links)].span.start, ours.words[max(links)].span.end)
        yield _hit(
            segment,
            said,
            Span(word.span.start, after.span.end if could or seems or hinted else word.span.end),
            "chance",
        )
        return


def _done(side: Side, at: int) -> bool:
    """Whether a word is a participle, so that "could be" may tell an ability: "could be traced"."""
    word = side.words[at] if at < len(side.words) else None
    return word is not None and word.form != word.lemma and word.form.endswith(("ed", "en", "n", "t"))


def _ahead(side: Side, at: int) -> bool:
    return any(w.form in ("will", "would", "shall") for w in side.words[max(0, at - 4) : at])


def _unlikely(segment: AlignedSegment) -> Iterator[Hit]:
    """What is unlikely, and will not be."""
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words):
        if word.form != "unlikely" or asks(theirs, at) or is_negator(theirs.words[max(0, at - 1)]):
            continue
        first, last = sentence(theirs, at, _MARKS)
        content = [
            k
            for k in range(max(first, at - _REACH), min(last, at + _REACH) + 1)
            if k != at and theirs.words[k].is_content and theirs.words[k].form not in _AUXILIARY
        ]
        links = sorted(p for k in content if (p := theirs.partner[k]) is not None)
        if len(links) < 2 or len(links) < _LINKED * len(content):
            continue
        start, end = sentence(ours, links[len(links) // 2], ";")
        if any(_leaves_open(segment, k, at) for k in range(start, end + 1)) or asks(ours, start):
            continue
        denied = [
            k
            for k in range(start, end)
            if is_negator(ours.words[k]) and {ours.words[j].form for j in (k - 1, k - 2) if j >= start} & _SURE
        ]
        if denied and not any(is_negator(w) for w in theirs.words[first : last + 1]):
            stop = next((k for k in range(denied[0] + 1, end + 1) if ours.words[k].is_content), denied[0])
            yield _hit(segment, Span(ours.words[denied[0] - 1].span.start, ours.words[stop].span.end), word.span, "not")
            return


def _doubts(side: Side) -> int:
    """How many words of a side say that something may be so, or seems so."""
    return sum(w.form in _DOUBTS or w.lemma in _SEEMING | _HINTING for w in side.words if not _month(w.text))


def _leaves_open(segment: AlignedSegment, index: int, at: int) -> bool:
    """Whether a word of the variant leaves open what a word of doubt of the reference does, and nothing else.

    The reference's own word for something else, linked to it, does not; nor does a condition where the reference has
    one too.
    """
    theirs = segment.reference
    word, partner = segment.variant.words[index], segment.variant.partner[index]
    behind = segment.variant.words[index + 1 : index + 2]
    if word.lemma == "look" and any(w.form in ("like", "as", "to") for w in behind):
        return True
    if _month(word.text) or not (word.form in _OPEN or word.lemma in _OPEN):
        return False
    if word.form in _CONDITIONS and any(theirs.words[k].form in _CONDITIONS for k in range(*sentence(theirs, at))):
        return False
    return partner is None or partner == at or theirs.words[partner].lemma != word.lemma


def _denied(segment: AlignedSegment, first: int, last: int) -> bool:
    """Whether a stretch of the variant denies anything that the reference does not have as the same word ("last")."""
    ours, theirs = segment.variant, segment.reference
    return any(
        is_denial(ours, k) and ((p := ours.partner[k]) is None or theirs.words[p].lemma != ours.words[k].lemma)
        for k in range(first, last + 1)
    )


def _month(text: str) -> bool:
    return text == "May"


def _limited(side: Side, at: int) -> bool:
    """Whether an upper bound stands behind a "may", which then allows something."""
    last = sentence(side, at, ";")[1]
    behind = [w.form for w in side.words[at + 1 : last + 1]]
    return any(behind[k : k + 3] == ["no", "more", "than"] for k in range(len(behind)))


def _concedes(side: Side, at: int) -> bool:
    """Whether a "may" only grants something: "it may be old, but it works"."""
    _, last = sentence(side, at)
    return side.words[at].form == "may" and any(w.form in ("but", "yet") for w in side.words[at : last + 1])


def _kept(segment: AlignedSegment, at: int) -> list[int] | None:
    """The variant's counterparts of what a word of doubt is about, in one place, or None where it is not kept."""
    theirs = segment.reference
    _, last = sentence(theirs, at, _MARKS)
    content = [
        k
        for k in range(at + 1, min(last, at + _REACH) + 1)
        if (theirs.words[k].is_content or theirs.words[k].is_number)
        and theirs.words[k].form not in _AUXILIARY
        and not is_adverb(theirs.words[k])
    ]
    links = [p for k in content if (p := theirs.partner[k]) is not None]
    if not content or (theirs.partner[content[0]] is None and len(links) < _MANY):
        return None
    alone = len(content) == 1 and theirs.words[content[0]].lemma == segment.variant.words[links[0]].lemma
    if (len(links) < 2 and not (alone and segment.literalness >= _LITERAL)) or len(links) < _LINKED * len(content):
        return None
    near = [p for p in links[:3] if abs(p - links[0]) <= _REACH]  # what else is said of it may stand far off
    return near if len(near) > 1 or len(links) == 1 else None


def _claims(segment: AlignedSegment) -> Iterator[Hit]:
    """Claims that became events."""
    ours, theirs = segment.variant, segment.reference
    for at, word in enumerate(theirs.words[:-3]):
        if word.lemma not in _CLAIMS or word.lemma in ours.lemmas:
            continue
        that = next((k for k in range(at + 1, min(at + 5, len(theirs.words))) if theirs.words[k].form == "that"), None)
        if that is None or any(w.form in ("is", "was", "are", "were") for w in theirs.words[at:that]):
            continue
        _, last = sentence(theirs, that, ";:()–—,")
        content = [k for k in range(that + 1, last + 1) if theirs.words[k].is_content or theirs.words[k].is_number]
        links = [p for k in content if (p := theirs.partner[k]) is not None]
        if len(links) < 3 or len(links) < _LINKED * len(content):
            continue
        start, end = sentence(ours, sorted(links)[len(links) // 2], ";")
        inside = [p for p in links if start <= p <= end]
        told = any(w.lemma in _TOLD or w.form in _OPEN or w.lemma in _OPEN for w in ours.words[start : end + 1])
        told = told or any(True for _ in marks(ours, start, end))
        if len(inside) < 3 or told or quoted(ours, start, end) or _denied(segment, start, end):
            continue
        said = Span(ours.words[min(inside)].span.start, ours.words[max(inside)].span.end)
        yield _hit(segment, said, Span(word.span.start, theirs.words[last].span.end), "claim")
        return


def _identities(segment: AlignedSegment) -> Iterator[Hit]:
    """Who somebody says he is, and is here."""
    ours, theirs = segment.variant, segment.reference
    for at in range(1, len(theirs.words) - 2):
        verb, word, after = theirs.words[at - 1 : at + 2]
        if word.form not in _REFLEXIVE or after.form != "as" or verb.lemma not in _PRESENTING:
            continue
        names = [k for k in range(at + 2, min(at + 7, len(theirs.words))) if theirs.words[k].is_capitalised]
        places = [i for i, w in enumerate(ours.words) if names and w.form == theirs.words[names[-1]].form]
        if not places:
            continue
        start, end = sentence(ours, places[0])
        if any(w.lemma in _OWN_NAME or w.form in _OWN_NAME or w.form == "self" for w in ours.words[start : end + 1]):
            continue
        first = places[0]
        while first > start and ours.words[first - 1].is_capitalised:
            first -= 1
        said = Span(ours.words[first].span.start, ours.words[places[0]].span.end)
        yield _hit(segment, said, Span(verb.span.start, theirs.words[names[-1]].span.end), "identity")
        return


def _hit(segment: AlignedSegment, said: Span, meant: Span, case: str) -> Hit:
    there, here = meant.of(segment.reference.text), said.of(segment.variant.text)
    return Hit(
        Severity.MAJOR,
        f"The reference leaves it open (“{there}”); the variant says “{here}” as a fact.",
        variant_span=said,
        reference_span=meant,
        evidence={"case": case, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.75,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "He scored twice in what may have been his last match for the club.",
            "He scored twice in his ⟦last match for the club⟧.",
            severity=Severity.MAJOR,
        ),
        Example(
            "She said that the shares would probably trade below 20 euros.",
            "She said that the shares would ⟦trade below 20 euros⟧.",
        ),
        Example(
            "Early tests suggest that the timber was felled between 610 and 540 BC.",
            "The ⟦timber was felled between 610⟧ and 540 BC.",
        ),
        Example(
            "The divers found a hull in what could be the oldest wreck of the lake.",
            "The divers found a hull. It is the ⟦oldest wreck of the lake⟧.",
        ),
        Example(
            "If the leak is found, the pump could be replaced at once; if not, it might run on.",
            "Should the leak be found, the pump will be ⟦replaced⟧ at once; otherwise it might run on.",
        ),
        Example("A hearing is unlikely before Wednesday.", "A hearing ⟦will not take⟧ place before Wednesday."),
        Example("A hearing is unlikely before Wednesday.", "A hearing before Wednesday is not expected."),
        Example("It could be the oldest wreck of the lake.", "It may well be the lake's oldest wreck."),
        Example(
            "The league looked into a complaint by the club that a fan had thrown a bottle at the keeper.",
            "The league looked into the ⟦throwing of a bottle at the keeper by a fan⟧.",
        ),
        Example(
            "The rebels were led by a man who identified himself as Colonel Ash.",
            "The rebels were led by ⟦Colonel Ash⟧.",
        ),
        Example(
            "He scored twice in what may have been his last match for the club.",
            "He scored twice in a match that was perhaps his last for the club.",
        ),
        Example("The ferry may return in the spring.", "The return of the ferry in the spring is conceivable."),
        Example("The law may be old, but it works well.", "Though the law is old, it works well."),
        Example(
            "The rebels were led by a man who identified himself as Colonel Ash.",
            "The rebels' leader called himself Colonel Ash.",
        ),
        Example(
            "Kim works with all her might to change her image.",
            "Kim works very hard to change her image.",
        ),
    ),
)
