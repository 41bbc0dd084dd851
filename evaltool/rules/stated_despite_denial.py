"""What the reference says is not so is stated as a fact: "after finding that the mine had polluted the river".

Denials of the whole reference are looked at, wherever they stand: negated verbs, nouns and adjectives ("did not find
that the mine had polluted", "under no pressure", "not exceptional"), what somebody denies or rejects as a claim, what
somebody refuses or fails to do, stops short of doing or votes against. The variant states it where a clause with no
denial and no doubt has the denied word and the words around it. Nothing is said where the reference states the same
elsewhere too, nor of translations.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evaltool.lexicon import main_part_of_speech
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import marks
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._negated import CONTRAST
from evaltool.rules._polarity import has_negative_affix, is_denial, is_negator, negations
from evaltool.rules._remainder import share_of_the_rest
from evaltool.rules._told import Place, one_word, place
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

_DENYING = frozenset("deny dispute reject refute rebut dismiss contradict".split())
_CLAIMS = frozenset(
    "claim allegation report accusation rumour rumor suggestion charge assertion speculation that having".split()
)
_UNDONE = frozenset("refuse decline fail unable unwilling reluctant".split())
_FROM = frozenset("refrain abstain desist".split())
#: A negation of these, or before these, is about what depends on them.
_THROUGH = frozenset("find say believe think prove show establish evidence proof sign indication".split())
#: What is not so in every case or in full, or only for the time being.
_PARTLY = frozenset(
    """
    all every always necessarily only just merely more less fewer longer later least most much many clear known enough
    yet
    """.split()
)
_DOUBT = frozenset(
    """
    if whether may might could would should can unless until before alleged allegedly allege accuse claim rumour rumor
    suspect question doubt possible possibly likely perhaps plan want intend threaten hope call demand ask urge fear
    others another else risk false untrue wrong wrongly mistaken incorrect unfounded only afraid earliest latest first
    """.split()
)
_CONDITIONS = frozenset("without unless except until till before".split())
_NEVER = frozenset("point time way stage".split())
_OPEN = frozenset(["whether", "if"])
_AUXILIARY = frozenset("had has have having was were is are been be being did".split())
_TIMES = frozenset("before until till".split())
_ASSENT = frozenset("admit acknowledge confirm concede".split())
_AHEAD, _BEFORE = 12, 6
_FEWEST, _FEWEST_WIDE, _SHARE = 2, 3, 0.5
_FEWEST_CLAIMED, _SHARE_CLAIMED = 4, 0.6


@dataclass(frozen=True, slots=True)
class _Denied:
    """A word of the reference that is denied.

    Attributes:
        by: index of the word that denies it.
        place: of the word, with the clause around it.
        claimed: whether it is somebody's claim that somebody denies.
    """

    by: int
    place: Place
    claimed: bool = False


@lru_cache(maxsize=16)
def _denials(whole: Vocabulary) -> tuple[_Denied, ...]:
    """The denied words of a document."""
    found: list[_Denied] = []
    for n in negations(whole):
        if n.target is None or n.turned:
            continue
        between = {whole.words[k].form for k in range(n.at + 1, n.target + 1)}
        heads = [n.target]
        if whole.words[n.at].form == "no" and whole.words[n.target].form in _NEVER:
            heads = _behind(whole, n.target)
        elif whole.words[n.target].lemma in _THROUGH:
            heads = _through(whole, n.target)
        elif (
            between & _PARTLY
            or _conditioned(whole, n.target)
            or (whole.words[n.at].form == "without" and not _gerund(whole.words[n.at + 1]))
        ):
            continue
        between = {w.form for head in heads for w in whole.words[n.at + 1 : head]}
        compared = any(w.form == "than" for w in whole.words[n.target + 1 : n.target + 4])
        if not between & _OPEN and not compared:
            found += [_Denied(n.at, place(whole, head)) for head in heads]
    for at, word in enumerate(whole.words):
        if word.lemma in _UNDONE or word.form in ("against", "from", "of"):
            head = _kept(whole, at)
            if head is not None:
                found.append(_Denied(at, place(whole, head)))
        elif word.lemma in _DENYING and not _negated(whole, at):
            found += [_Denied(at, place(whole, head), claimed=True) for head in _claimed(whole, at)]
    return tuple(found)


def _conditioned(whole: Vocabulary, at: int) -> bool:
    """Whether something is not so under a condition only: "must not enter without a pilot"."""
    behind = (whole.words[k].form for k in range(at + 1, sentence(whole, at, ";:")[1] + 1))
    return any(form in _CONDITIONS for form in behind)


def _gerund(word: Word) -> bool:
    return word.form.endswith("ing") and word.form != word.lemma


def _behind(whole: Vocabulary, at: int) -> list[int]:
    """The verbs that may be what does "at no point" happen."""
    _, last = sentence(whole, at, ";:")
    return [
        k
        for k in range(at + 2, min(last, at + _AHEAD) + 1)
        if whole.words[k].form == whole.words[k].lemma
        and whole.words[k - 1].form != "to"
        and main_part_of_speech(whole.words[k].lemma) == "v"
    ][:2]


def _claimed(whole: Vocabulary, at: int) -> list[int]:
    """The verb of a claim that is denied: "denied reports that he had left", "denies having left"; or nothing."""
    _, last = sentence(whole, at, ";:")
    for k in range(at + 1, min(last - 1, at + 8)):
        form = whole.words[k].form
        if _gerund(whole.words[k]) and form != "having" and k == at + 1:
            return [k]
        if form in ("that", "having"):
            near = {w.lemma for w in whole.words[at + 1 : k]}
            if k > at + 1 and not near & _CLAIMS:
                return []
            return _finite(whole, k, last)[:1]
    return []


def _finite(whole: Vocabulary, at: int, last: int) -> list[int]:
    """Participles behind an auxiliary, from a place on."""
    return [
        k
        for k in range(at + 1, min(last, at + _AHEAD) + 1)
        if whole.words[k].is_content
        and whole.words[k].form != whole.words[k].lemma
        and not whole.words[k].form.endswith("s")
        and whole.words[k - 1].form in _AUXILIARY
    ]


def _through(whole: Vocabulary, at: int) -> list[int]:
    """The verb that a negation of another one is about: of what has not been found."""
    return _finite(whole, at, sentence(whole, at, ";:")[1])[:1]


def _kept(whole: Vocabulary, at: int) -> int | None:
    """The verb of what somebody refuses to do, stops short of doing or votes against doing, or None."""
    word = whole.words[at]
    if at + 1 >= len(whole.words):
        return None
    after = whole.words[at + 1]
    if word.lemma in _UNDONE:
        return at + 2 if after.form == "to" and at + 2 < len(whole.words) and not _negated(whole, at) else None
    before = whole.words[max(0, at - 8) : at]
    if word.form == "against":
        verb = any(w.lemma in ("vote", "decide", "rule") for w in before)
    elif word.form == "of":
        verb = [w.lemma for w in before[-2:]] == ["stop", "short"]
    else:
        verb = bool(before) and before[-1].lemma in _FROM
    return at + 1 if _gerund(after) and verb else None


def _negated(side: Side | Vocabulary, at: int) -> bool:
    return any(is_negator(side.words[k]) for k in range(max(0, at - 4), at))


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each thing that the reference denies and the variant states."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.profile is Profile.TRANSLATION:
        return
    ours, whole = segment.variant, segment.whole_reference
    content = [k for k, w in enumerate(ours.words) if w.is_content]
    for denied in _denials(whole):
        head = whole.words[denied.place.at]
        at = next((k for k in content if one_word(ours.words[k].lemma, head.lemma)), None)
        if at is None or asks(ours, at):
            continue
        mine = place(ours, at)
        if not _same(mine, denied.place) or _open(ours, whole, mine, denied):
            continue
        if _stated(whole, mine, denied) or _also(segment, denied) or share_of_the_rest(ours, at, segment.reference):
            continue
        assent = (ours.words[k] for k in range(max(0, mine.first - _BEFORE), at) if ours.words[k].lemma in _ASSENT)
        word = ours.words[at]
        said = Span(next(assent, word).span.start, word.span.end)
        start, end = sorted((denied.by, denied.place.at))
        meant = Span(whole.words[start].span.start, whole.words[end].span.end)
        yield Hit(
            Severity.CRITICAL,
            f"The reference says that this is not so: “{meant.of(whole.text)}”.",
            variant_span=said,
            reference_span=meant,
            evidence={"told with": ", ".join(sorted(mine.keys & denied.place.keys)[:5])},
            confidence=0.8,
        )
        return


def _same(mine: Place, other: Place) -> bool:
    shared = mine.keys & other.keys
    wide = mine.wide & other.wide
    if len(shared) >= _FEWEST and len(shared) >= _SHARE * min(len(mine.keys), len(other.keys)):
        return True
    return bool(shared) and len(wide) >= max(_FEWEST_WIDE, _SHARE * min(len(mine.wide), len(other.wide)))


def _open(ours: Side, whole: Vocabulary, mine: Place, denied: _Denied) -> bool:
    """Whether the variant denies it too, in whatever words, or leaves it open."""
    first, last = sentence(whole, denied.place.at)
    theirs = {w.lemma for w in whole.words[first : last + 1] if has_negative_affix(w)}
    forms = {w.form for w in whole.words[first : last + 1]} - _OPEN
    begin, end = sentence(ours, mine.at)
    if whole.words[denied.by - 1].form == "and" and any(w.form in CONTRAST for w in ours.words[begin : end + 1]):
        return True  # "due to a virus, and not to nets", "nets were blamed, but it is a virus"
    for k in range(begin, end + 1):
        word = ours.words[k]
        near = mine.first - _BEFORE <= k <= mine.last
        if is_negator(word) or (near and is_denial(ours, k) and word.lemma not in theirs):
            return True
        if near and (word.lemma in _DOUBT or word.form in _DOUBT) and word.form not in forms:
            return True
    if denied.claimed and any(ours.words[m.at].lemma not in _ASSENT for m in marks(ours, mine.first, mine.last)):
        return True
    if _conditional(ours, mine) != _conditional(whole, denied.place):
        return True
    times = {w.form for w in whole.words[denied.place.at : denied.place.last + 1]} & _TIMES
    return bool(times) and not times & {w.form for w in ours.words[mine.at : mine.last + 1]}


def _conditional(side: Side | Vocabulary, of: Place) -> bool:
    """Whether a clause is a condition."""
    return any(side.words[k].form in ("if", "unless") for k in range(max(0, of.first - 1), of.at))


def _stated(whole: Vocabulary, mine: Place, denied: _Denied) -> bool:
    """Whether the reference states it of the same too."""
    head = whole.words[denied.place.at].lemma
    fewest = len(mine.keys & denied.place.keys)
    for k, word in enumerate(whole.words):
        if k == denied.place.at or not word.is_content or not one_word(word.lemma, head):
            continue
        other = place(whole, k)
        if any(d.place.at == k for d in _denials(whole)):
            continue
        if 2 * len(other.keys & mine.keys) >= fewest or len(other.wide & mine.wide) > _FEWEST_WIDE:
            return True
    return False


def _also(segment: AlignedSegment, denied: _Denied) -> bool:
    """Whether the variant has the denial too, anywhere."""
    head = segment.whole_reference.words[denied.place.at].lemma
    theirs = segment.whole_variant
    for k, word in enumerate(theirs.words):
        if not word.is_content or not one_word(word.lemma, head):
            continue
        there = place(theirs, k)
        near = range(max(0, there.first - _BEFORE), there.last + 1)
        if any(is_denial(theirs, j) and not has_negative_affix(theirs.words[j]) for j in near if j != k):
            first, last = sentence(theirs, k)
            if any(first <= j <= last and is_denial(theirs, j) for j in near) and there.wide & denied.place.keys:
                return True
    return False


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The panel met on Friday. It did not find, however, that the dye had harmed the workers at the mill.",
            "The panel met on Friday and found that the dye had ⟦harmed⟧ the workers at the mill.",
            Profile.SUMMARY,
            Severity.CRITICAL,
        ),
        Example(
            "The guests voted by 40 to 12 against leaving the hotel before dawn. The road was closed.",
            "The road was closed, but the guests voted to ⟦leave⟧ the hotel before dawn.",
            Profile.SUMMARY,
        ),
        Example(
            "The minister said 112 soldiers were held. She denied reports that three were executed in the camp’s yard.",
            "Three of the 112 soldiers held were ⟦executed⟧ in the camp’s yard, and the minister spoke to the press.",
            Profile.SUMMARY,
        ),
        Example(
            "The panel met on Friday. It did not find, however, that the dye had harmed the workers at the mill.",
            "When it met on Friday the panel found no sign of harm to the workers at the mill from the dye.",
            Profile.SUMMARY,
        ),
        Example(
            "The tram will cost 9 million. The mayor denied claims that the contract had been signed in secret.",
            "The mayor rejected claims that the contract for the tram, which costs 9 million, was signed in secret.",
            Profile.SUMMARY,
        ),
        Example(
            "The police say they were attacked with stones. Residents deny having used explosives.",
            "Stones were used to attack them, the police say, but residents deny that they used explosives.",
            Profile.SUMMARY,
        ),
        Example(
            "The decline of the birds is due to a virus, and not to fishing nets as farmers have long argued.",
            "Farmers have long blamed fishing nets for the decline of the birds, but it is due to a virus.",
            Profile.PARAPHRASE,
        ),
        Example(
            "The new drug did not shorten the fever in children under five. It shortened the fever in adults.",
            "In adults the new drug shortened the fever.",
            Profile.SUMMARY,
        ),
    ),
)
