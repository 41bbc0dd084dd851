"""A word has another preposition than the one it takes ("took part at the race", "41 from the 101 seats").

The reference has the word with its own preposition before the same object. Compared are verbs, nouns and adjectives
that take one or two prepositions and no other ("depend on", "guilty of", "access to", "a ban on"), verbs that need
one ("wait for"), "of" and "in" between two numbers, and means and places ("by train", "on a farm").

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side

_GOVERNED = {
    word: frozenset(right.split())
    for words, right in (
        ("depend rely comment insist concentrate focus", "on upon"),
        ("ban tax impact pressure restriction embargo", "on upon against of for"),
        ("attack assault", "on upon against of at in by from near"),
        ("influence effect limit", "on upon of to over from for in"),
        ("consist capable aware proud guilty afraid critical accuse convict suspect deprive", "of"),
        ("lack shortage fear risk cause member number majority", "of for to in"),
        ("wait search apologise apologize responsible responsibility reason demand request", "for to by of in from"),
        ("blame fine thank praise award", "for on by"),
        ("warn", "of about against over on in by"),
        ("prevent refrain abstain differ recover suffer", "from in on under with after by"),
        ("protect", "from against by"),
        ("part participate succeed specialise specialize invest engage interested interest involve", "in with"),
        ("increase rise fall reduction decline decrease drop growth", "in of by to from on for at"),
        ("belong listen similar equal related married loyal subject", "to of by in"),
        ("access answer reply response reaction", "to of by from in for"),
        ("solution threat damage contribution reference alternative attention", "to of for from by against in"),
        ("contact cooperation relation dispute link", "with between over about to of in among"),
        ("depth height speed temperature age distance rate", "of at to from for"),
    )
    for word in words.split()
}
#: Prepositions, those that stand for them by mistake, and the nouns behind.
_BEFORE_NOUNS = (
    ("by", frozenset(["with"]), frozenset("train bus car plane boat ship bicycle bike taxi tram ferry rail".split())),
    (
        "on",
        frozenset(["in"]),
        frozenset("farm island coast border radio television strike holiday".split()),
    ),
)
#: Verbs that need a preposition before what they are about.
_NEEDING = frozenset("wait listen depend rely belong consist insist comment search apologise apologize".split())
_DETERMINERS = frozenset("the a an his her its their our this that these those all some any no".split())
_SIMPLE = PREPOSITIONS & frozenset("of in on at to from for with by about against over into upon between".split())
_NUMBERED = frozenset(["of", "in"])
_REACH = 4  # words behind a preposition among which its object stands


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word with a preposition that it does not take."""
    if segment.kind is not Kind.MATCH:
        return
    side, theirs = segment.variant, segment.reference
    for first, last, at in _placed(segment):
        span = Span(side.words[first].span.start, side.words[last].span.end)
        yield _hit(span, segment, theirs.words[at].text, at, side.words[last].lemma)
    known = {(a.lemma, b.form) for a, b in zip(theirs.words, theirs.words[1:], strict=False)}
    for at, word in enumerate(side.words[:-2]):
        if gap(side, at, at + 1) != " ":
            continue
        lemma = next((w for w in (word.lemma, verb_lemma(word), word.form) if w in _GOVERNED), None)
        behind = side.words[at + 1]
        if lemma is not None and (behind.form in _SIMPLE or (lemma in _NEEDING and behind.form in _DETERMINERS)):
            right = _GOVERNED[lemma]
        elif (word.is_number or word.form == "one") and behind.form == "from":
            lemma, right = word.lemma, _NUMBERED
        else:
            continue
        if lemma == "part" and (not at or verb_lemma(side.words[at - 1]) != "take"):
            continue  # "is part of"
        if behind.form in right or (word.lemma, behind.form) in known:
            continue
        due = _there(segment, at, lemma, right)
        if due is None:
            continue
        yield _hit(Span(word.span.start, behind.span.end), segment, theirs.words[due].text, due, lemma)


def _hit(span: Span, segment: AlignedSegment, right: str, at: int, word: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{span.of(segment.variant.text)}”: the reference has “{right}” with “{word}”.",
        variant_span=span,
        reference_span=segment.reference.words[at].span,
        suggestion=right,
        evidence={"word": word, "preposition": right},
        confidence=0.85,
    )


def _placed(segment: AlignedSegment) -> Iterator[tuple[int, int, int]]:
    """(preposition, noun of the variant, preposition of the reference) of nouns that take another one: "by train"."""
    side, theirs = segment.variant, segment.reference
    for due, wrong, nouns in _BEFORE_NOUNS:
        for k, word in enumerate(theirs.words[:-1]):
            if word.form != due or due in side.forms:
                continue
            noun = next((n for n in (k + 1, k + 2) if n < len(theirs.words) and theirs.words[n].lemma in nouns), None)
            if noun is None or (due == "by" and noun != k + 1):
                continue
            for i, own in enumerate(side.words):
                before = [n for n in (i - 1, i - 2) if n >= 0 and side.words[n].form in wrong]
                joined = before and (before[0] == i - 1 or side.words[i - 1].form in _DETERMINERS)
                if own.form == theirs.words[noun].lemma and joined:
                    yield before[0], i, k


def _there(segment: AlignedSegment, at: int, lemma: str, right: frozenset[str]) -> int | None:
    """Index of the preposition that the reference has behind the same word and before the same object, or None."""
    side, theirs = segment.variant, segment.reference
    start = at + 1 if side.words[at + 1].form in _DETERMINERS else at + 2
    own = _object(side, start)
    for k, word in enumerate(theirs.words[:-2]):
        same = lemma in (word.lemma, word.form, verb_lemma(word))
        if not same or theirs.words[k + 1].form not in right or gap(theirs, k, k + 1) != " ":
            continue
        other = _object(theirs, k + 2)
        if own is not None and other is not None and (own & other):
            return k + 1
    return None


def _object(side: Side, start: int) -> frozenset[str] | None:
    """The lemmas of the words of an object that begins at a word, up to the next preposition or mark."""
    found = set()
    for k in range(start, min(start + _REACH, len(side.words))):
        word = side.words[k]
        if (k > start and gap(side, k - 1, k).strip(" $€£-")) or (word.form in _SIMPLE and k > start):
            break
        if word.is_content or word.is_number:
            found.add(word.lemma)
    return frozenset(found) or None


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "3,000 runners took part in the race.", "3,000 runners took ⟦part at⟧ the race.", severity=Severity.MINOR
        ),
        Example("The party won 41 of the 101 seats.", "The party won ⟦41 from⟧ the 101 seats."),
        Example(
            "Refugees in the town are waiting for the buses to Hull.",
            "Refugees in the town ⟦wait the⟧ buses to Hull.",
        ),
        Example("He went to Hull by train.", "He went to Hull ⟦with the train⟧."),
        Example("The ban on smoking was lifted.", "The smoking ban was lifted."),
        Example(
            "The firm is proud to take part in the project.",
            "The firm is proud to be part of the project.",
        ),
    ),
)
