"""Somebody else does it, or undergoes it: "the league called on the union" for "the union called on the league".

The same verb has another party of the article for its subject or its object than in the reference, be it active or
passive ("the deal was rejected by the union", "the union rejected the deal"). The two must be told apart by the
reference. Accepted are a pronoun, a title or description for a name, synonyms, a body for the person who acts for it,
verbs that both sides do together ("met", "agreed") and lists.

Severity: critical where the two have changed places, major where one party stands for another.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._frames import Frame, Phrase, frames
from evaltool.rules._names import accepted, is_name, kin
from evaltool.rules._parties import different
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

_UNLIKE = 0.4
_KEPT = 0.5  # share of the clause's other content words that are linked
#: What either does to the other or both together, and verbs that say little of themselves.
_OPEN = frozenset(
    """
    be have do make meet marry divorce fight resemble join accompany match equal border play face merge agree differ
    negotiate talk share sign cooperate compete clash speak discuss debate quarrel border include become remain seem
    come go get take put let cost mean follow
    """.split()
)
#: Verbs by which one does what the other undergoes: turned round, another of them says the same.
_CONVERSE = frozenset(
    """
    buy sell give receive lend borrow win lose beat teach learn lead own belong employ work hire join invite attend tell
    hear ask answer show see owe inherit leave frighten fear please like send obtain accept offer hand provide supply
    import export rent lease precede succeed grant award pay earn gain arrive reach face defeat fall fail
    """.split()
)
_ACTING = ("person", "organization", "social group", "force", "institution", "administrative district", "urban area")
#: Verbs of speech that have the one who is spoken to for their object (for the others see changed-source).
_ASKING = frozenset("ask urge accuse call demand request warn invite order remind promise".split())
_POSTS = frozenset("mp mps mep meps ceo ceos".split())  # abbreviated, and no names
_OF = frozenset("its his her their our my".split())
_ANYBODY = frozenset("person man woman people official group party side body one member leader team victim".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb that another party does or undergoes."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    known = {frame.verb: frame for frame in frames(theirs)}
    if not known:
        return
    times = ours.forms ^ theirs.forms
    if {"before", "after"} <= times:
        return  # "Ash came before Bolt", "Bolt came after Ash"
    done: set[int] = set()
    for mine in frames(ours):
        partner = ours.partner[mine.verb]
        other = known.get(partner) if partner is not None else None
        if other is None or not _same_verb(mine, other):
            continue
        if mine.lemma != other.lemma and (other.lemma in ours.lemmas or mine.lemma in theirs.lemmas):
            continue  # "overturned the veto" for "overrode what the governor had vetoed"
        pairs = [(mine.agents, other.agents)]
        if mine.preposition == other.preposition:
            pairs.append((mine.patients, other.patients))
        for said, due in pairs:
            hit = _compared(segment, mine, other, said, due)
            if hit is None or mine.verb in done:
                continue
            done.add(mine.verb)
            yield hit


def _same_verb(mine: Frame, other: Frame) -> bool:
    lemmas = {mine.lemma, other.lemma}
    if not lemmas.isdisjoint(_OPEN) or not lemmas.isdisjoint(SPEECH - _ASKING):
        return False
    if len(lemmas) == 1:
        return True
    if not lemmas.isdisjoint(_CONVERSE | _ASKING):
        return False
    return not lexicon.antonyms(mine.lemma, other.lemma)


def _compared(
    segment: AlignedSegment, mine: Frame, other: Frame, said: tuple[Phrase, ...], due: tuple[Phrase, ...]
) -> Hit | None:
    if not said or not due or any(_one(segment, a, b) for a, b in product(said, due)):
        return None
    ours, theirs = segment.variant, segment.reference
    if sum(w.form == "by" for w in ours.words) > 1 and any(_gapped(theirs, b) for b in due):
        return None  # "187 were freed by Tamrun and 311 by Karsovia" for "Karsovia freed 311 and Tamrun 187"
    for frame in frames(theirs):
        # The verb may stand there twice.
        if frame.lemma == mine.lemma and frame is not other:
            rest = (*frame.agents, *frame.patients)
            if any(_one(segment, a, b) for a, b in product(said, rest)) or not rest:
                return None
    exchanged = any(_exchanged(segment, a, b, said, due) for a, b in product(said, due))
    exchanged = exchanged or (len({mine.lemma, other.lemma}) == 1 and _turned(segment, mine, other))
    if not exchanged:
        if mine.lemma != other.lemma or not _kept(segment, mine, said):
            return None
        if not all(_different(segment, a, b) for a, b in product(said, due)):
            return None
    span, meant = _span(ours, said, mine), _span(theirs, due, other)
    return Hit(
        Severity.CRITICAL if exchanged else Severity.MAJOR,
        f"The reference says “{meant.of(theirs.text)}”; here it is “{span.of(ours.text)}”: another party.",
        variant_span=span,
        reference_span=meant,
        suggestion=meant.of(theirs.text),
        evidence={"verb": mine.lemma, "exchanged": int(exchanged)},
        confidence=0.85 if exchanged else 0.75,
    )


def _gapped(side: Side, phrase: Phrase) -> bool:
    """Whether behind a phrase another name follows an "and" with a number and no verb: "Ash freed 3 and Bolt 4"."""
    last = sentence(side, phrase.last, ";")[1]
    return any(
        side.words[k].form == "and" and side.words[k + 1].is_capitalised and side.words[k + 2].is_number
        for k in range(phrase.last, last - 1)
    )


def _turned(segment: AlignedSegment, mine: Frame, other: Frame) -> bool:
    """Whether agent and patient are the same two words, each in the other's place."""

    def heads(side: Side, phrases: tuple[Phrase, ...]) -> set[str]:
        return {side.words[p.head].form for p in phrases}

    ours, theirs = segment.variant, segment.reference
    there = heads(ours, mine.agents) & heads(theirs, other.patients)
    return bool(there and heads(ours, mine.patients) & heads(theirs, other.agents) and mine.agents)


def _exchanged(
    segment: AlignedSegment, a: Phrase, b: Phrase, said: tuple[Phrase, ...], due: tuple[Phrase, ...]
) -> bool:
    """Whether either side has both parties, each of them in the other's place."""
    ours, theirs = segment.variant, segment.reference
    one, two = ours.words[a.head], theirs.words[b.head]
    there, here = _elsewhere(theirs, one, due), _elsewhere(ours, two, said)
    if not there or not here or not (_party(one, segment) and _party(two, segment)):
        return False
    names = [_name(w, segment) for w in (one, two)]
    if any(side.words[p.first].form in _OF for side, p in ((ours, a), (theirs, b))):
        return False  # "its neighbour" may be the one that is named
    if not any(names):
        close = lexicon.related(one.lemma, two.lemma) >= _UNLIKE
        return not (close or _wide(one.lemma, two.lemma) or _wide(two.lemma, one.lemma))
    # A description in another sentence may be one of what is named.
    return all(names) or any(sentence(theirs, b.head, ";") == sentence(theirs, k, ";") for k in there)


def _wide(wide: str, narrow: str) -> bool:
    """Whether a noun may describe what another names."""
    return wide in _ANYBODY or lexicon.hypernym(narrow, wide, 6)


def _span(side: Side, phrases: tuple[Phrase, ...], frame: Frame) -> Span:
    ends = [*(p.first for p in phrases), *(p.last for p in phrases), frame.start, frame.verb]
    return Span(side.words[min(ends)].span.start, side.words[max(ends)].span.end)


def _content(side: Side, phrase: Phrase) -> list[Word]:
    return [w for w in side.words[phrase.first : phrase.last + 1] if w.is_content]


def _one(segment: AlignedSegment, a: Phrase, b: Phrase) -> bool:
    """Whether two phrases can name the same: they share a word or a stem."""
    ours, theirs = segment.variant, segment.reference
    inside = range(b.first, b.last + 1)
    if any(ours.partner[k] in inside for k in range(a.first, a.last + 1) if ours.words[k].is_content):
        return True
    pairs = product(_content(ours, a), _content(theirs, b))
    return any(
        x.lemma == y.lemma or accepted(x, y) or (not (x.is_capitalised and y.is_capitalised) and kin(x, y))
        for x, y in pairs
    )


def _elsewhere(there: Side, word: Word, instead: tuple[Phrase, ...]) -> list[int]:
    """Where a side has a word of the other apart from what stands in its place."""
    taken = {k for p in instead for k in range(p.first, p.last + 1)}
    return [
        k
        for k, w in enumerate(there.words)
        if k not in taken and (w.form == word.form or (w.lemma == word.lemma and not w.is_capitalised))
    ]


def _name(word: Word, segment: AlignedSegment) -> bool:
    if not word.is_capitalised or not word.is_content or word.form in _POSTS:
        return False
    wholes = segment.whole_reference, segment.whole_variant
    return is_name(word, segment) or word.is_acronym or any(word.form in _named(whole) for whole in wholes)


@lru_cache(maxsize=8)
def _named(whole: Vocabulary) -> frozenset[str]:
    """Forms that a document writes with a capital inside a sentence, and never without."""
    return frozenset(w.form for w in whole.words if w.is_capitalised and not w.initial) - whole.lower_case


def _party(word: Word, segment: AlignedSegment) -> bool:
    return _name(word, segment) or acts(word.lemma) or not lexicon.is_word(word.lemma)


@lru_cache(maxsize=10_000)
def acts(lemma: str) -> bool:
    """Whether a noun can name a person, a group or a body that does something."""
    return any(lexicon.hypernym(lemma, wide, 5) for wide in _ACTING)


def _different(segment: AlignedSegment, a: Phrase, b: Phrase) -> bool:
    """Whether the reference tells two parties apart that are named by common nouns."""
    one, two = segment.variant.words[a.head], segment.reference.words[b.head]
    if any(_name(w, segment) or not acts(w.lemma) for w in (one, two)):
        return False
    if one.lemma in segment.reference.lemmas or two.lemma in segment.variant.lemmas:
        return False
    if all(lexicon.hypernym(w.lemma, "person", 6) for w in (one, two)):
        return False  # "savers", "depositors"
    return different(segment.whole_reference, one.lemma, two.lemma)


def _kept(segment: AlignedSegment, mine: Frame, said: tuple[Phrase, ...]) -> bool:
    """Whether what is said of the party is the same."""
    ours = segment.variant
    first, last = sentence(ours, mine.verb, ";")
    taken = {k for p in said for k in range(p.first, p.last + 1)}
    rest = [k for k in range(first, last + 1) if ours.words[k].is_content and k not in taken]
    return len(rest) > 2 and sum(ours.partner[k] is not None for k in rest) >= _KEPT * len(rest)


RULE = Rule(
    category=Category.ROLE_SWAP,
    find=find,
    yields=True,
    languages=ENGLISH,
    examples=(
        Example(
            "Norway sent two of the boats and Peru one, and a fourth was built.",
            "⟦Peru sent⟧ two of the boats and Norway one, and a fourth was built.",
        ),
        Example(
            "The bank was ready to extend the loan, but the insurers blocked the deal.",
            "The insurers were ready to extend the loan, but the deal ⟦was blocked by the bank⟧.",
        ),
        Example(
            "A suit brought by the owners against the regulator was dropped.",
            "A suit ⟦filed by the regulator⟧ against the owners was dropped.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "Divers reached the wreck before the navy and searched it.",
            "The navy reached the wreck after the divers, who searched it.",
        ),
        Example(
            "The club kept silent in May. The city council extended the licence of the stand by six months.",
            "The club kept silent in May. ⟦The club extended⟧ the licence of the stand by six months.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The tenants have sued the landlord over the broken lifts.",
            "The landlord has been sued by his tenants over the broken lifts.",
        ),
        Example(
            "The board dismissed the coach after he criticised the sponsors.",
            "The coach was dismissed by the board after criticising the sponsors.",
        ),
        Example(
            "The parliament overruled the president, and the president dissolved the commission.",
            "The president, whom the parliament had overruled, dissolved the commission.",
        ),
        Example(
            "The mayor, Ann Lee, opened the bridge; the governor praised the engineers.",
            "Ann Lee opened the bridge, and the engineers were praised by the governor.",
        ),
        Example(
            "Those who carried out the attacks in Alton and Selby were indeed considered dangerous people.",
            "Those who carried out the attacks in Alton and Selby were considered dangerous people.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
