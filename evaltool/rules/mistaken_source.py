"""What one party says in the reference another one says here, in any words: "her lawyer said" for "the club says".

Both sides name a source for it, and each is a name or a word for people or a body. The variant's one stands in the
reference too, as somebody else's: the two are not alike in meaning, and the reference nowhere puts them beside each
other, as it does with a name and what its bearer is. Accepted are general words for a source ("officials"), pronouns,
and a sentence that names the right source as well.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from evaltool import lexicon
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._claims import Claim, claims
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._names import plain, similar
from evaltool.rules._numbers import MONTHS, WEEKDAYS
from evaltool.rules._parties import GENERAL, KINDS, is_party
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

_FEWEST, _SHARE = 3, 0.6
_UNLIKE = 0.4  # closeness in WordNet from which two nouns may name the same
_ALIKE = 0.85  # Jaro-Winkler from which two names may be one
_STEM = 5  # letters from which two words are of one family
_BESIDE = 8  # words between two that a document puts beside each other
_REFERRING = frozenset("that this same latter former".split())
_PRONOUNS = frozenset("he she they it who which that".split())
#: Words between two that tell them apart, and verbs that make the one a source.
_APART = frozenset("and or but against than nor while from between with whereas".split())
_SPOKEN = frozenset("say tell deny claim accuse blame urge ask call put estimate speak".split())
_TELLING = frozenset("report state announce warn add explain admit confirm believe think accord".split())
#: Those who speak for the police.
_OFFICERS = frozenset("inspector superintendent detective commissioner chief officer constable sergeant".split())
_SPEAKING = frozenset("spokesman spokeswoman spokesperson".split())
#: Who speaks, acts or stands for somebody.
_FOR_OTHERS = _SPEAKING | frozenset(
    """
    lawyer attorney solicitor adviser advisor aide deputy assistant secretary wife husband widow brother sister son
    daughter mother father agent predecessor successor envoy bodyguard driver
    """.split()
)
_OFFICIAL = frozenset("official representative source".split())
_UNNAMED = frozenset("named anonymity anonymously unnamed".split())


def _phrase(side: Side, claim: Claim) -> list[Word]:
    """The words among which a claim's source is named, from the beginning of its sentence."""
    first, last = claim.source
    if last == claim.at:  # the source stands before the verb
        return list(side.words[min(first, sentence(side, claim.at, ";")[0]) : claim.at])
    end, stop = last, sentence(side, claim.at, ";")[1]
    while end < stop and side.words[end + 1].is_capitalised:
        end += 1  # ", according to its head, Ida Holt"
    return list(side.words[claim.at + 1 : end + 1])


def _parties(words: list[Word]) -> list[Word]:
    """The names and the words for people and bodies among some words."""
    return [
        w
        for w in words
        if w.form not in MONTHS
        and w.form not in WEEKDAYS
        and (_is_name(w) or (w.form not in _PRONOUNS and is_party(w.lemma)) or w.form == "police")
    ]


def _is_name(word: Word) -> bool:
    return word.is_capitalised and word.is_content and (not word.initial or not lexicon.is_word(word.lemma))


def _specific(words: list[Word]) -> list[Word]:
    return [w for w in words if _is_name(w) or w.lemma not in GENERAL]


def _one(whole: Vocabulary, a: Word, b: Word) -> bool:
    """Whether two words of two sources may name the same."""
    if a.lemma == b.lemma or plain(a.form) == plain(b.form):
        return True
    if _is_name(a) and _is_name(b):
        if similar(a.form, b.form) >= _ALIKE or a.is_acronym != b.is_acronym:
            return True
    elif not _is_name(a) and not _is_name(b):
        if a.lemma[:_STEM] == b.lemma[:_STEM]:
            return True  # "the ministry", "the minister"
        near = lexicon.related(a.lemma, b.lemma) >= _UNLIKE
        if near or lexicon.hypernym(a.lemma, b.lemma) or lexicon.hypernym(b.lemma, a.lemma):
            return True
    if {a.form, b.form} & {"police"} and {a.lemma, b.lemma} & _OFFICERS:
        return True
    places = [[k for k, w in enumerate(whole.words) if w.lemma == x.lemma or w.form == x.form] for x in (a, b)]
    return any(abs(i - j) <= _BESIDE and _joined(whole, *sorted((i, j))) for i, j in product(*places))


def _joined(whole: Vocabulary, i: int, j: int) -> bool:
    """Whether nothing between two words parts them: no end of a clause, no "and", no verb of speech."""
    between = whole.words[i + 1 : j]
    return sentence(whole, i, ";") == sentence(whole, j, ";") and not any(
        w.form in _APART or w.lemma in _SPOKEN or lexicon.main_part_of_speech(w.lemma) == "v" for w in between
    )


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each claim that another party makes."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    yield from _promoted(segment)
    ours, theirs = segment.variant, segment.reference
    known = claims(theirs)
    own = claims(ours) if known else ()
    for mine in own:
        linked = {p for k in mine.words if (p := ours.partner[k]) is not None}
        other = max(known, key=lambda c: len(linked & set(c.words)))
        count = len(linked & set(other.words))
        if count < _FEWEST or count < _SHARE * min(len(other.words), len(mine.words)):
            continue
        if _another(segment, own, mine, other):
            yield _hit(segment, mine, other, count)
            return


def _promoted(segment: AlignedSegment) -> Iterator[Hit]:
    """Who speaks or stands for somebody has become that one: "the governor, Ana Prado" for "the governor's lawyer"."""
    ours, theirs = segment.variant, segment.reference
    if not _FOR_OTHERS & theirs.lemmas or _FOR_OTHERS & ours.lemmas:
        return
    for at, word in enumerate(theirs.words):
        if word.lemma not in _FOR_OTHERS:
            continue
        name = next((k for k in range(at + 1, min(at + 7, len(theirs.words))) if _is_name(theirs.words[k])), None)
        before = theirs.words[at - 1] if at else None
        owner = before if before is not None and before.text.endswith(("'s", "’s", "s'", "s’")) else None
        behind = name is not None and "," in gap(theirs, name - 1, name)
        if name is not None and behind and theirs.words[at + 1].form in ("of", "for", "to"):
            owner = next((w for w in theirs.words[at + 2 : name] if w.is_content), None)
        if name is None or owner is None or _is_name(owner) or not is_party(owner.lemma):
            continue
        place = theirs.partner[name]
        if theirs.partner[at] is not None or place is None or ours.words[place].form != theirs.words[name].form:
            continue
        first, _ = sentence(ours, place)
        head = next((k for k in range(place - 1, max(first, place - 4) - 1, -1) if ours.words[k].is_content), None)
        if head is None or ours.words[head].lemma != owner.lemma or ours.words[head].text.endswith(("'s", "’s")):
            continue
        said = Span(ours.words[head].span.start, ours.words[place].span.end)
        meant = Span(min(owner.span.start, word.span.start), theirs.words[name].span.end)
        yield Hit(
            Severity.CRITICAL,
            f"The reference says “{meant.of(theirs.text)}”; here that one is “{said.of(ours.text)}”.",
            variant_span=said,
            reference_span=meant,
            evidence={"left out": word.text},
            confidence=0.8,
        )
        return


def _another(segment: AlignedSegment, own: tuple[Claim, ...], mine: Claim, other: Claim) -> bool:
    """Whether two claims have different sources."""
    ours, theirs, whole = segment.variant, segment.reference, segment.whole_reference
    phrase, named = _phrase(ours, mine), _phrase(theirs, other)
    said, meant = _parties(phrase), _parties(named)
    informed = ours.words[mine.at + 1 : mine.at + 3] if ours.words[mine.at].lemma == "tell" else ()
    if {w.lemma for w in informed} & {w.lemma for w in meant}:
        return False  # "an X-ray told the doctors that"
    unnamed = any(w.form in _UNNAMED for w in theirs.words[other.source[0] : other.source[1] + 1])
    if not _comparable(phrase, named, unnamed):
        return False
    if any(w.lemma not in whole.lemmas and w.form not in whole.forms for w in said):
        return False
    first, last = sentence(theirs, other.at)
    there = {w.lemma for w in theirs.words[first : last + 1]}
    if any(w.lemma in _beside(ours, own, mine) for w in meant):
        return False
    figures = {ours.words[k].form for k in mine.words if ours.words[k].is_number}
    same = bool(figures) and figures <= {theirs.words[k].form for k in other.words}
    if not same and any(w.lemma in there for w in said) and not _talked_about(theirs, other, said, meant):
        return False  # what each of two says in one sentence may be put in many ways
    specific = [*_specific(said), *_specific(meant)]
    bare = [w.lemma for w in specific if not _is_name(w)]
    if len(bare) == len(specific) and not _known_apart(segment, bare, meant):
        return False
    if not any(_is_name(w) for w in said) and all(_is_name(w) for w in _specific(meant)) and not unnamed:
        return False  # who bears the name may be just that
    return not any(_one(whole, a, b) for a, b in product(said, meant))


def _talked_about(side: Side, claim: Claim, said: list[Word], meant: list[Word]) -> bool:
    """Whether the party that says something is what another, named one talks about: "lawyers said the police had"."""
    forms = {w.lemma for w in said}
    told = [k for k in claim.words if side.words[k].lemma in forms]
    named = _specific(meant) and not any(w.lemma in _SPEAKING | _OFFICIAL for w in meant)
    spoken = any(w.lemma in _SPOKEN | _TELLING for k in told for w in side.words[k + 1 : k + 4])
    first, last = claim.source
    sources = {w.lemma for w in side.words[first : last + 1]}
    return bool(told) and bool(named) and not spoken and not forms & sources


def _comparable(phrase: list[Word], named: list[Word], unnamed: bool) -> bool:
    """Whether two phrases with sources are specific enough to tell that they are two, and have no word in common."""
    if any(words and words[-1].form in _PRONOUNS for words in (phrase, named)):
        return False
    if any(w.form in _REFERRING for w in phrase[-2:-1]):
        return False  # "that country"
    if {w.lemma for w in phrase if w.is_content} & {w.lemma for w in named if w.is_content}:
        return False
    if any(w.lemma in _SPEAKING for w in named) and not any(w.lemma in _SPEAKING for w in phrase) and _of_body(phrase):
        return False  # whom a spokesman speaks for
    stems = [{w.lemma[:_STEM] for w in words if w.is_content and len(w.lemma) >= _STEM} for words in (phrase, named)]
    if stems[0] & stems[1]:
        return False  # "the prosecution maintains" for "prosecutors claim"
    said, meant = _parties(phrase), _parties(named)
    if not _specific(meant) and not unnamed:
        return False
    speaks = unnamed and not {w.lemma for w in named} & (_SPEAKING | _OFFICIAL)
    return bool(_specific(said)) or (speaks and any(w.lemma in _SPEAKING for w in said))


def _of_body(phrase: list[Word]) -> bool:
    """Whether a source is named by one word alone: a body or a country, but no person with name and title."""
    return len([w for w in phrase if _is_name(w)]) <= 1


def _known_apart(segment: AlignedSegment, bare: list[str], meant: list[Word]) -> bool:
    """Whether two words for sources are of different kinds, or the variant has the reference's one elsewhere."""
    kinds = {next((k for k, kind in enumerate(KINDS) if lemma in kind), None) for lemma in bare}
    return (None not in kinds and len(kinds) > 1) or any(w.lemma in segment.whole_variant.lemmas for w in meant)


def _beside(side: Side, own: tuple[Claim, ...], mine: Claim) -> set[str]:
    """Lemmas of the other sources that the sentence of a claim names."""
    first, last = sentence(side, mine.at, ";")
    others = (c for c in own if c is not mine and first <= c.at <= last)
    return {w.lemma for c in others for w in side.words[c.source[0] : c.source[1] + 1]}


def _hit(segment: AlignedSegment, mine: Claim, other: Claim, count: int) -> Hit:
    def span(side: Side, claim: Claim) -> Span:
        return Span(side.words[claim.source[0]].span.start, side.words[claim.source[1]].span.end)

    said, meant = span(segment.variant, mine), span(segment.reference, other)
    there, here = meant.of(segment.reference.text), said.of(segment.variant.text)
    return Hit(
        Severity.CRITICAL,
        f"The reference has this from another source (“{there}”); here it is “{here}”.",
        variant_span=said,
        reference_span=meant,
        evidence={"shared words": count, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.ATTRIBUTION_HEDGE,
    find=find,
    yields=True,
    languages=ENGLISH,
    examples=(
        Example(
            "A lawyer for the captain, Jon Vik, said that nobody had slept.",
            "The ⟦captain, Jon⟧ Vik, said that nobody had slept.",
        ),
        Example(
            "The vet Ola Brun examined the horse. Her groom, Tim Falk, said the mare had limped since the auction.",
            "Ola Brun, the vet, looked the horse over. ⟦According to Brun⟧, the mare had had a limp since the auction.",
            Profile.PARAPHRASE,
            Severity.CRITICAL,
        ),
        Example(
            "Campaigners blocked the gate. About 900 cyclists took part, organisers said; police counted 300.",
            "Campaigners blocked the gate. ⟦Police said⟧ about 900 cyclists had taken part.",
            Profile.SUMMARY,
        ),
        Example(
            "The vet Ola Brun examined the horse. Her groom, Tim Falk, said the mare had limped since the auction.",
            "The vet, Ola Brun, looked the horse over. According to Falk, her groom, the mare had had a limp since the "
            "auction.",
            Profile.PARAPHRASE,
        ),
        Example(
            "Firefighters reached the mill at six. They said the roof had fallen in on two machines.",
            "The fire brigade reached the mill at six. Rescuers said that the roof had come down on two machines.",
            Profile.PARAPHRASE,
        ),
        Example(
            "A nurse at the clinic, Eva Lund, said three beds were free.",
            "Three beds were free, said a nurse who works at the clinic.",
            Profile.PARAPHRASE,
        ),
    ),
)
