"""Somebody stands in another relation to somebody: "a grandson of the king" for "the king's nephew".

Compared are nouns that say who somebody is to another (kin, employers and staff, owners, advisers, friends, rivals)
where both sides say whose: "the suspect's employer" and "an employee of the suspect". The same owner must have one such
noun only on each side, and the two must exclude each other. "Himself" in the place of such a noun counts as well.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.words import AlignedSegment, Side, Word

#: Relations; the words of one class say much the same, or may be said of the same person.
_CLASSES = tuple(
    frozenset(words.split())
    for words in (
        "father dad stepfather parent",
        "mother mum mom stepmother parent",
        "son stepson child boy",
        "daughter stepdaughter child girl",
        "brother stepbrother twin sibling",
        "sister stepsister twin sibling",
        "husband widower spouse partner",
        "wife widow spouse partner",
        "grandfather grandparent",
        "grandmother grandparent",
        "grandson grandchild",
        "granddaughter grandchild",
        "uncle",
        "aunt",
        "nephew",
        "niece",
        "cousin",
        "fiancé fiance fiancée fiancee boyfriend girlfriend partner",
        "employer boss",
        "employee worker staff subordinate",
        "landlord landlady owner",
        "tenant lodger",
        "lawyer attorney solicitor barrister counsel defender",
        "client customer",
        "bodyguard guard",
        "chauffeur driver",
        "biographer",
        "doctor physician",
        "patient",
        "predecessor",
        "successor heir",
        "rival opponent challenger competitor enemy",
        "ally supporter friend",
        "customer buyer",
        "supplier",
        "creditor lender",
        "debtor borrower",
    )
)
#: The classes of kin and partners, who may be aides as well: "the brother of the mayor", "the mayor's adviser".
_KIN = frozenset(range(18))
_NOUNS = frozenset().union(*_CLASSES)
_SELF = frozenset(["himself", "herself"])
_IN_PERSON = _SELF | {"person", "personally", "own", "deputy", "behalf"}
_STAFF = frozenset("deputy aide adviser advisor assistant secretary spokesman spokeswoman spokesperson".split())
#: Words of a noun phrase between the owner and the noun, and behind "of".
_LONGEST = 3


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each relation to somebody that the reference has otherwise."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = _related(segment.variant), _related(segment.reference)
    if not ours or not theirs:
        return
    said, known = ({w.lemma for w in side.words} for side in (segment.variant, segment.reference))
    for at, owners in ours:
        word = segment.variant.words[at]
        same = [(k, of) for k, of in theirs if owners & of]
        if len(same) != 1 or sum(bool(owners & of) for _, of in ours) != 1:
            continue
        meant = same[0][0]
        noun = segment.reference.words[meant]
        if not _exclude(word, noun) or _near(noun) & said or _near(word) & known:
            continue
        yield Hit(
            Severity.CRITICAL,
            f"The reference says “{noun.text}”; “{word.text}” is another relation to {'/'.join(sorted(owners))}.",
            variant_span=word.span,
            reference_span=noun.span,
            suggestion=noun.text,
            evidence={"relation to": ", ".join(sorted(owners & same[0][1]))},
            confidence=0.85,
        )


@lru_cache(maxsize=64)
def _related(side: Side) -> tuple[tuple[int, frozenset[str]], ...]:
    """(index, lemmas of the owner) of the nouns of relation of a side that say whose."""
    found = []
    for at, word in enumerate(side.words):
        if word.form in _SELF:
            owners = _before(side, at + 1) if at and gap(side, at - 1, at) == " " else frozenset()
        elif (word.lemma in _NOUNS or word.lemma in _STAFF) and not (word.is_capitalised and not word.initial):
            owners = _genitive(side, at) or _of(side, at)
        else:
            continue
        if owners:
            found.append((at, owners))
    return tuple(found)


def _genitive(side: Side, at: int) -> frozenset[str]:
    """The owner before a noun: "General Tala's former bodyguard"."""
    first, _ = sentence(side, at, ",;:()–—")
    for k in range(at - 1, max(first, at - _LONGEST) - 1, -1):
        if side.words[k].text.endswith(("'s", "’s", "s’", "s'")):
            return _before(side, k + 1)
        if not side.words[k].is_content:
            break
    return frozenset()


def _before(side: Side, end: int) -> frozenset[str]:
    """The lemmas of the content words that end before an index, with nothing between them."""
    words: set[str] = set()
    for k in range(end - 1, max(end - _LONGEST, 0) - 1, -1):
        word = side.words[k]
        if word.form in _SELF:
            continue
        if not word.is_content or (words and gap(side, k, k + 1) != " "):
            break
        words.add(_name(word))
    return frozenset(words)


def _of(side: Side, at: int) -> frozenset[str]:
    """The owner behind a noun: "an employee of the suspect"."""
    if at + 2 >= len(side.words) or side.words[at + 1].form != "of":
        return frozenset()
    start = at + 3 if side.words[at + 2].form in ("the", "a", "an") else at + 2
    words: set[str] = set()
    for k in range(start, min(start + _LONGEST, len(side.words))):
        if not side.words[k].is_content or gap(side, k - 1, k) != " ":
            break
        words.add(_name(side.words[k]))
    return frozenset(words)


def _name(word: Word) -> str:
    return word.lemma.removesuffix("'s").removesuffix("’s")


def _near(word: Word) -> frozenset[str]:
    """The words that may be said for a relation."""
    if word.form in _SELF:
        return _IN_PERSON - _STAFF
    if word.lemma in _STAFF:
        return _STAFF
    return frozenset().union(*(c for c in _CLASSES if word.lemma in c))


def _exclude(word: Word, noun: Word) -> bool:
    """Whether who is the one cannot be meant by the other."""
    if noun.form in _SELF:
        return False
    if word.form in _SELF:
        return True
    return not _near(word) & _near(noun) and (_is_kin(word) == _is_kin(noun) or not {word.lemma, noun.lemma} & _STAFF)


def _is_kin(word: Word) -> bool:
    return any(word.lemma in _CLASSES[k] for k in _KIN)


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "Prince Adal, the king's nephew, will attend the ceremony in Lisbon.",
            "Prince Adal, a ⟦grandson⟧ of the king, will attend the ceremony in Lisbon.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The company's rival, Nord, filed a complaint.", "A ⟦supplier⟧ of the company, Nord, filed a complaint."
        ),
        Example(
            "The skipper's widow, Gro Haaland, received the medal on his behalf.",
            "Gro Haaland, the wife of the late skipper, accepted the medal on his behalf.",
        ),
        Example(
            "The car was registered in the name of the suspect's employer, a bakery in Lund.",
            "The car was registered to the boss of the suspect at a bakery in Lund.",
        ),
        Example(
            "A client of the company was paid in May.",
            "A customer of the company was paid in May.",
        ),
    ),
)
