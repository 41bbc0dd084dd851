"""Negations of a segment: what each denies, and which words on the other side say the same in other terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evaltool import lexicon
from evaltool._english import AUXILIARIES, NEGATIVE_SENSE, NEGATORS, PREPOSITIONS
from evaltool.rules._clauses import ends_sentence, gap, sentence
from evaltool.rules._numbers import is_number_word
from evaltool.words import AlignedSegment, Side, Vocabulary, Word, lemma_of

#: How many words behind a negator the word it denies may stand, and how far around a word a denial concerns it.
_AHEAD, _AROUND = 6, 8
#: Words of negative sense that have it only in some company, which ``is_denial`` looks at.
_CONDITIONAL = frozenset("anything rule free too far only".split())
#: More words that deny: what is lacking, hard or left undone.
_DENIALS = (NEGATIVE_SENSE - _CONDITIONAL) | frozenset(
    """
    devoid lacking missing non nor unwilling reluctant ignore neglect omit skip overlook trouble difficulty difficult
    hard struggle beyond against deprive empty off away minus barely outside shun decline inability unable last
    before until till withhold conceal hide elude evade lest untold nowhere secret
    """.split()
)
#: Words that say that something does not happen after all, or is over: in free wording they stand for a negation, in
#: literal wording they have a counterpart of their own.
_GIVEN_UP = frozenset(
    """
    drop scrap shelve axe ditch quash annul revoke repeal suspend overturn veto block end finish relinquish renounce
    forgo forsake untouched
    """.split()
)
_FREE = 0.6  # literalness below which the wording is free in this sense
#: Verbs that say with "back" that somebody or something does not get through.
_REPELLING = frozenset("turn send hold push drive beat keep".split())
_NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
#: Negators that can be what a verb before them is about ("it loses nothing").
_OBJECTS = frozenset("nothing nobody none neither no".split())
#: Set phrases in which a negator denies nothing.
_IDIOMS_AFTER = {
    "not": frozenset("only just merely least necessarily simply unlike solely".split()),
    "no": frozenset("doubt matter wonder less fewer sooner later earlier problem question".split()),
    "nothing": frozenset(["but", "less", "short"]),
    "none": frozenset(["other"]),
    "never": frozenset(["mind"]),
}
_CANNOT = frozenset("cannot can't couldn't".split())
#: What turns "not A" into a statement of something else: "not A but B", "not until B".
_TURNS = frozenset("but rather instead until till unless except".split())


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator and what it denies.

    Attributes:
        at: index of the negator among its side's words.
        target: index of the first content word behind it, or None where there is none near.
        others: indexes of other words that may be what it denies: the next content word; for "nothing" and the like
            the word before.
        turned: whether what follows turns it into a statement of something else ("not A but B").
    """

    at: int
    target: int | None
    others: tuple[int, ...]
    turned: bool


def is_adverb(word: Word) -> bool:
    """Whether a word ends in "-ly" and is no verb or noun that does so too ("reply", "family")."""
    return word.form.endswith("ly") and not {"v", "n"} & lexicon.parts_of_speech(word.lemma)


def is_negator(word: Word) -> bool:
    """Whether a word negates, also as an ending ("don't")."""
    return word.form in NEGATORS or (word.form.endswith("n't") and len(word.form) > 3)


@lru_cache(maxsize=64)
def negations(side: Side) -> tuple[Negation, ...]:
    """The negations of a side, in order; those of set phrases ("no doubt", "not only", "or not") are left out."""
    return tuple(_negation(side, i) for i, word in enumerate(side.words) if is_negator(word) and not _idiom(side, i))


@lru_cache(maxsize=64)
def denied(side: Side) -> tuple[Negation, ...]:
    """The negations of a side with those of set phrases, which can say what a plain negation says: "no problem"."""
    plain = (i for i, w in enumerate(side.words) if is_negator(w) and not _restricts(side, i))
    return tuple(_negation(side, i) for i in plain)


def _restricts(side: Side, at: int) -> bool:
    """Whether a negator only says that there is more: "not only"."""
    after = side.words[at + 1].form if at + 1 < len(side.words) else ""
    return side.words[at].form == "not" and after in _IDIOMS_AFTER["not"]


def _idiom(side: Side, at: int) -> bool:
    form = side.words[at].form
    after = side.words[at + 1].form if at + 1 < len(side.words) else ""
    before = side.words[at - 1].form if at else ""
    parted = not at or "," in gap(side, at - 1, at)
    if form == "not" and [w.form for w in side.words[at + 1 : at + 3]] == ["the", "only"]:
        return True  # "is not the only one": there is another one too
    if form == "without" and before == "or" and "with" in {w.form for w in side.words[max(0, at - 6) : at - 1]}:
        return True  # "with or without rain", "with rain or without"
    elliptic = (
        form == "not" and after in PREPOSITIONS - {"to"} and (parted or before not in AUXILIARIES)
    )  # "but not from him"
    idioms = _IDIOMS_AFTER.get("not" if form.endswith("n't") else form, ())
    return elliptic or after in idioms or (form == "not" and before in ("or", "if", "why"))


def _negation(side: Side, at: int) -> Negation:
    target: int | None = None
    others: list[int] = []
    turned = closed = False
    can = side.words[at].form in _CANNOT  # "cannot praise it enough"
    if side.words[at].form in _OBJECTS:
        parted = at > 0 and side.words[at - 1].form in ("and", "or", "but")
        before = [] if parted else [k for k in range(max(0, at - 2), at) if side.words[k].is_content]
        others += before[-1:]
    if side.words[at].form == "not" and at and side.words[at - 1].form in ("but", "though", "yet"):
        # "had stopped searching the bakery but not the houses": they are searched still
        turned = any(is_denial(side, k) for k in range(sentence(side, at, ";:")[0], at - 1))
    for k in range(at + 1, min(at + 1 + _AROUND, len(side.words))):
        stop = gap(side, k - 1, k)
        word = side.words[k]
        if ends_sentence(stop):
            break
        turned = turned or (word.form in _TURNS and "," not in stop) or (word.form == "enough" and can)
        if any(mark in stop for mark in ",;:()—–") or word.form == "nor":
            closed = True
        if target is None and k <= at + _AHEAD:
            if word.is_number or closed or (is_number_word(word.form) and word.form != "one"):
                break
            if word.is_content and not is_adverb(word):
                target = k
        elif target is not None and not closed and len(others) < 2 and word.is_content and k <= target + 3:
            others.append(k)
    return Negation(at, target, tuple(others), turned)


def denies_same(segment: AlignedSegment, own: Negation, other: Negation, *, of_variant: bool) -> bool:
    """Whether two negations, one of each side, deny the same.

    Args:
        segment: with its word links.
        own: of the variant if ``of_variant``, else of the reference.
        other: of the other side.
        of_variant: which side ``own`` belongs to.
    """
    side, counterpart = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    times = _not_before(side, own.at), _not_before(counterpart, other.at)
    if times[0] and times[0] == times[1]:
        return True  # "it will open, but not before May", "it will not open before May"
    ours = [k for k in (own.target, *own.others) if k is not None]
    theirs = [k for k in (other.target, *other.others) if k is not None]
    return any(same(segment, a, b, of_variant) for a in ours for b in theirs)


def _not_before(side: Side, at: int) -> str:
    """The time before which a negation says that something does not happen: its first number or content word, or ""."""
    end = min(sentence(side, at)[1], at + _AROUND)
    before = next((k for k in range(at + 1, end + 1) if side.words[k].form in ("before", "until", "till")), None)
    if before is None:
        return ""
    time = (w for w in side.words[before + 1 : before + 5] if w.is_number or w.is_content)
    return next((w.lemma for w in time), "")


def is_denial(side: Side | Vocabulary, index: int) -> bool:
    """Whether a word negates or denies by its sense, prefix or suffix ("fail", "impossible", "homeless")."""
    word = side.words[index]
    after = side.words[index + 1].form if index + 1 < len(side.words) else ""
    if word.lemma in ("rule", "pass"):
        return after == {"rule": "out", "pass": "over"}[word.lemma]
    if word.form == "free":
        return after in ("of", "from") or (index > 0 and gap(side, index - 1, index) == "-")
    if word.form == "too":
        return any(w.form == "to" for w in side.words[index + 1 : index + 5])
    if word.form == "anything":
        return after == "but"
    if word.form == "far":
        return after == "from"
    if word.form == "yet":
        return after == "to"  # "has yet to produce it"
    if word.form == "out" and after == "of":
        return _lacking(side, index + 2)
    if word.form == "from" and index:
        return side.words[index - 1].lemma == "keep"  # "was kept from the press"
    if word.form == "back" and index:
        return side.words[index - 1].lemma in _REPELLING
    if word.form == "only":
        return after != "to"
    if word.form in ("little", "few"):
        return not index or side.words[index - 1].form != "a"
    if word.form == "first":
        return after == "time"  # "the first time I have seen it"
    return is_negator(word) or word.lemma in _DENIALS or word.form in _DENIALS or has_negative_affix(word)


def _lacking(side: Side | Vocabulary, index: int) -> bool:
    """Whether a noun behind "out of" has no article, which says that it is lacking: "out of reach", "out of work"."""
    if index >= len(side.words):
        return False
    word = side.words[index]
    return word.is_content and not word.is_capitalised and "n" in lexicon.parts_of_speech(word.lemma)


def keeps_from(side: Side, index: int) -> bool:
    """Whether a "from" stands before a verb, as in "kept them from leaving", "bars them from voting"."""
    after = side.words[index + 1] if index + 1 < len(side.words) else None
    return (
        side.words[index].form == "from"
        and after is not None
        and after.form.endswith("ing")
        and after.lemma != after.form
    )


def _denies(side: Side, index: int) -> bool:
    """Whether a word denies by its own sense, not by being a negator of another."""
    return is_denial(side, index) and not is_negator(side.words[index])


def has_negative_affix(word: Word) -> bool:
    """Whether a word is another one with a negative prefix or suffix ("unable", "disagree", "homeless")."""
    return _stem(word.form, word.lemma) is not None


@lru_cache(maxsize=2000)
def _stem(form: str, lemma: str) -> str | None:
    """The word that a word denies by its prefix or suffix: "able" of "unable", "home" of "homelessness"."""
    bare = form.removesuffix("ness").removesuffix("ly")
    if bare.endswith("less") and lexicon.is_word(bare[:-4]):
        return bare[:-4]
    for whole in (form, lemma):
        for p in _NEGATIVE_PREFIXES:
            rest = whole[len(p) :]
            if whole.startswith(p) and len(rest) > 3 and lexicon.antonyms(whole, rest):
                return rest
    rest = form.removeprefix("un")
    if rest in (form, "rest") or len(rest) <= 3:
        return None  # "unrest" denies nothing
    base = lemma_of(rest)
    if "v" in lexicon.parts_of_speech(lemma) | lexicon.parts_of_speech("un" + base):
        return None  # "unveil" denies nothing
    return rest if lexicon.is_word(rest) or lexicon.is_word(base) else None  # "unable", "unanswered"


def prefixed_opposites(word: Word, other: Word) -> bool:
    """Whether one of two words is the other with a negative prefix, and the two are opposites ("legal", "illegal")."""
    for a, b in ((word.form, other.form), (word.lemma, other.lemma)):
        short, long = sorted((a, b), key=len)
        if len(short) > 3 and any(long == p + short for p in _NEGATIVE_PREFIXES) and lexicon.antonyms(short, long):
            return True
    return False


def around(side: Side, index: int, reach: int = _AROUND) -> Iterator[int]:
    """Indexes of the words near a word, in its own sentence."""
    start, end = sentence(side, index)
    yield from range(max(start, index - reach), min(end, index + reach + 1))


def denied_near(segment: AlignedSegment, index: int, *, of_variant: bool, reach: int = _AROUND) -> bool:
    """Whether near a word of one side something denies that the other side does not deny by the same word.

    Args:
        segment: with its word links.
        index: of the word.
        of_variant: whether it stands in the variant.
        reach: how many words to each side are looked at.
    """
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    theirs = denied(other)
    for k in around(side, index, reach):
        given_up = segment.literalness < _FREE and side.words[k].lemma in _GIVEN_UP
        if k == index or not (given_up or is_denial(side, k)):
            continue
        word = side.words[k]
        stem = _stem(word.form, word.lemma)
        if stem and any(m.target != side.partner[index] and _denied_word(other, m) == stem for m in theirs):
            continue  # "colourless" for "no colour": it denies that, not this
        if is_negator(word):
            own = _negation(side, k)
            if any(denies_same(segment, own, n, of_variant=of_variant) for n in theirs):
                continue  # the other side negates that too
            return True
        partner = side.partner[k]
        if partner is not None and k != index - 1 and not is_negator(side.words[k]) and _denies(other, partner):
            continue  # "bans" and "prohibits"
        if partner is not None and k != index - 1 and _means(word, other.words[partner]):
            continue  # "escaped" and "fled"
        if k == index - 1 or not any(w.lemma == word.lemma and is_denial(other, j) for j, w in enumerate(other.words)):
            return True
    return False


def _means(word: Word, other: Word) -> bool:
    """Whether two linked words of content mean much the same, so that the one is no other wording of a negation."""
    if has_negative_affix(word):
        return False  # "unanswered" and "answer"
    return word.is_content and other.is_content and lexicon.related(word.lemma, other.lemma) >= 0.5


def _denied_word(side: Side, negation: Negation) -> str | None:
    return None if negation.target is None else side.words[negation.target].lemma


def same(segment: AlignedSegment, index: int, other_index: int, of_variant: bool) -> bool:
    """Whether two words, one of each side, are linked or forms of one word or close in meaning."""
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    a, b = side.words[index], other.words[other_index]
    return side.partner[index] == other_index or a.lemma == b.lemma or lexicon.related(a.lemma, b.lemma) >= 0.5
