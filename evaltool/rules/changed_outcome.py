"""What became of somebody or something is told otherwise: "injured" for "killed", "dismissed" for "suspended".

Words of a few closed sets exclude each other: what happens to people in a disaster (killed, injured, missing, rescued),
with the law (detained, escaped; a suspect, a witness), with an office (dismissed, suspended, resigned), with a plan
(cancelled, postponed, suspended), in a contest (quarter-final, semi-final), between the sides of a parliament. The
sentence that tells the same is looked up in the whole reference by the words and numbers around, since a sentence of a
summary joins what stands apart there. Nothing is said where the reference has the variant's word of the same thing.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool._english import ARTICLES, PREPOSITIONS
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._numbers import is_number_word
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.rules._told import Place, place
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Vocabulary

#: Sets of outcomes that exclude each other; the words of one class say much the same.
_EVENTS: tuple[dict[str, str], ...] = (
    {
        "killed": "kill die dead death perish drown execute murder slay fatal fatality",
        "injured": "injure wound hurt injury maim",
        "missing": "missing",
        "detained": "detain arrest capture custody",
        "escaped": "escape flee",
        "rescued": "rescue",
        "unhurt": "unhurt unharmed unscathed uninjured",
    },
    {"dismissed": "dismiss sack fire oust", "suspended": "suspend", "resigned": "resign quit resignation"},
    {
        "cancelled": "cancel cancelled canceled scrap abandon",
        "postponed": "postpone delay defer",
        "suspended": "suspend pause interrupt",
        "resumed": "resume restart",
    },
    {"suspect": "suspect defendant", "witness": "witness"},
    {"quarter": "quarter quarterfinal", "semi": "semi semifinal"},
    {"opposition": "opposition", "governing": "governing ruling"},
    {"convicted": "convict guilty", "acquitted": "acquit", "charged": "charge indict"},
    {"upheld": "uphold affirm", "overturned": "overturn quash annul reverse"},
    {"approved": "approve adopt pass ratify", "rejected": "reject defeat"},
    {"granted": "grant", "refused": "refuse reject deny"},
    {"lifted": "lift revoke repeal", "imposed": "impose", "extended": "extend prolong"},
    {"held": "detain arrest jail imprison", "freed": "free release"},
    {"joined": "join", "left": "leave quit"},
    {"gold": "gold", "silver": "silver", "bronze": "bronze"},
    {"promoted": "promote", "demoted": "demote relegate"},
    {"qualified": "qualify", "eliminated": "eliminate disqualify"},
    {"married": "marry wed", "divorced": "divorce"},
    {"appeal": "appeal", "abide": "abide comply obey"},
    {"asked": "ask request seek", "offered": "offer grant"},
)
#: Sets of people, who may be named for more than one reason.
_PEOPLE: tuple[dict[str, str], ...] = (
    {"civilian": "civilian", "soldier": "soldier", "rebel": "rebel insurgent", "officer": "policeman policewoman"},
    {"man": "man boy", "woman": "woman girl"},
    {"passenger": "passenger", "crew": "crew", "driver": "driver"},
    {
        "brother": "brother", "sister": "sister", "father": "father dad", "mother": "mother mum mom", "son": "son",
        "daughter": "daughter", "husband": "husband", "wife": "wife", "uncle": "uncle", "aunt": "aunt",
        "cousin": "cousin", "nephew": "nephew", "niece": "niece",
    },
)  # fmt: skip
#: Sets of what is counted, which must stand with a number that both sides have; of the first a word tells how often.
_COUNTED: tuple[dict[str, str], ...] = (
    {"day": "day daily", "week": "week weekly", "month": "month monthly", "year": "year yearly annual annually"},
    {
        "tonne": "tonne ton", "cubic": "cubic", "square": "square", "litre": "litre liter", "barrel": "barrel",
        "kilometre": "kilometre kilometer km", "kilogram": "kilogram kilo kg", "metre": "metre meter", "mile": "mile",
        "hectare": "hectare", "acre": "acre",
    },
)  # fmt: skip
#: Verbs that say so with the word behind them; with more than one class where it may be either.
_PAIRED = {
    ("call", "off"): (2, ("cancelled", "suspended", "postponed")),
    ("put", "off"): (2, ("postponed",)),
    ("put", "back"): (2, ("postponed",)),
    ("on", "hold"): (2, ("suspended", "postponed")),
    ("break", "off"): (2, ("suspended", "cancelled")),
    ("step", "down"): (1, ("resigned",)),
    ("stand", "down"): (1, ("resigned",)),
    ("let", "go"): (1, ("dismissed",)),
    ("vote", "down"): (8, ("rejected",)),
    ("turn", "down"): (8, ("rejected",)),
    ("throw", "out"): (8, ("rejected",)),
}
_SETS = _EVENTS + _PEOPLE + _COUNTED
_TIMES = len(_EVENTS + _PEOPLE)
_ONCE = PREPOSITIONS | {"half", "quarter"}
_PER = frozenset("a an per each every".split())
#: Each of two is the other's, so that both may be told: "Ann, whose son Tom died", "Tom's mother, Ann".
_CONVERSE = (
    ("father mother", "son daughter"),
    ("husband", "wife"),
    ("uncle aunt", "nephew niece"),
    ("brother", "sister"),
)
_PRONOUNS = frozenset("he she it they him her them his their its".split())
_NO_SUBJECT = frozenset("neither none nobody".split())
_SUPPOSING = frozenset("if unless whether".split())
_FINAL = frozenset(["final", "finals", "finalist", "finalists"])
_SHARE, _FEWEST = 0.5, 2


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[tuple[int, str], ...]]:
    """(set, class) of each lemma."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, classes in enumerate(_SETS):
        for name, lemmas in classes.items():
            for lemma in lemmas.split():
                found.setdefault(lemma, []).append((number, name))
    return {lemma: tuple(of) for lemma, of in found.items()}


@lru_cache(maxsize=64)
def _outcomes(side: Side | Vocabulary) -> tuple[tuple[int, int, str], ...]:
    """(index, set, class) of the words of outcome of a side."""
    classes = _classes()
    found: list[tuple[int, int, str]] = []
    for at, word in enumerate(side.words):
        lemma = verb_lemma(word)
        after = side.words[at + 1].form if at + 1 < len(side.words) else ""
        number, names = _PAIRED.get((lemma, after), (0, ()))
        found += [(at, number, name) for name in names]
        found += [
            of
            for n, name in classes.get(lemma, classes.get(word.form, ()))
            if _is_outcome(side, *(of := (at, n, name)))
        ]
    return tuple(found)


def _is_outcome(side: Side | Vocabulary, at: int, number: int, name: str) -> bool:
    word = side.words[at]
    after = side.words[at + 1] if at + 1 < len(side.words) else None
    if word.is_capitalised and not word.initial:
        return False
    if name in ("quarter", "semi") and word.form in ("quarter", "semi"):
        return after is not None and after.form in _FINAL
    if number == _TIMES and word.form == word.lemma and not word.form.endswith(("ly", "al")):
        if at < 2 or side.words[at - 1].form not in _PER:
            return False
        return side.words[at - 1].form not in ARTICLES or side.words[at - 2].form not in _ONCE  # "for a year"
    return True


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each outcome that the reference does not tell of the same thing, where it tells another one."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    own = _outcomes(segment.variant)
    if not own:
        return
    theirs, said = _outcomes(segment.whole_reference), _outcomes(segment.whole_variant)
    for at, number, name in own:
        if name == "charged" or _denied(segment.variant, at) or asks(segment.variant, at):
            continue  # who is acquitted was charged
        mine = place(segment.variant, at)
        whole = segment.whole_reference
        others = [(place(whole, k), other) for k, n, other in theirs if n == number]
        near = [
            (len(mine.keys & p.keys), -p.at, p, other)
            for p, other in others
            if other != name
            and not _converse(name, other)
            and _same(mine, p, counted=number >= _TIMES)
            and (number < _TIMES or _as_many(segment.variant, at, whole, p.at))
            and not _of_kind(whole, name)
            and not _denied(whole, p.at)
        ]
        if not near:
            continue
        _, _, meant, other = max(near, key=lambda found: found[:2])
        shared = mine.keys & meant.keys
        if len(_EVENTS) <= number < _TIMES and any(o == name and mine.keys & p.keys for p, o in others):
            continue
        if any(o == name and _may_be(mine, p, shared, whole) for p, o in others):
            continue
        if any(n == number and o == other for _, n, o in own):
            continue
        elsewhere = (k for k, n, o in said if n == number and o == other)
        if any(len(shared & place(segment.whole_variant, k).keys) >= _FEWEST for k in elsewhere):
            continue
        word, there = segment.variant.words[at], segment.whole_reference.words[meant.at]
        yield Hit(
            Severity.CRITICAL,
            f"The reference says “{there.text}” of the same; “{word.text}” is another outcome.",
            variant_span=word.span,
            reference_span=there.span,
            suggestion=there.text,
            evidence={"told with": ", ".join(sorted(shared)[:5])},
            confidence=0.8,
        )


def _may_be(mine: Place, other: Place, shared: frozenset[str], reference: Vocabulary) -> bool:
    """Whether the reference may tell the same outcome of the same thing, as much as it tells another one."""
    if _denied(reference, other.at):
        return False
    if 2 * len(mine.keys & other.keys) >= len(shared) or len((mine.wide & other.wide) - shared) >= len(shared):
        return True
    if not any(reference.words[k].form in _PRONOUNS for k in range(other.first, other.last + 1)):
        return False
    first, _ = sentence(reference, other.at)
    return first > 0 and len(place(reference, first - 1).wide & mine.wide) >= _FEWEST


def _as_many(side: Side, at: int, other: Vocabulary, there: int) -> bool:
    """Whether two periods or units are counted alike; "the same months" are not counted at all."""
    counts = _count(side, at), _count(other, there)
    plural = side.words[at].form.endswith("s") or other.words[there].form.endswith("s")
    return counts[0] == counts[1] and not (plural and not counts[0])


def _count(side: Side | Vocabulary, at: int) -> str:
    """The number directly before a word, as it is written."""
    before = side.words[at - 1] if at else None
    return before.form if before is not None and (before.is_number or is_number_word(before.form)) else ""


def _of_kind(side: Vocabulary, name: str) -> bool:
    """Whether a side has a man or a woman by their office: "a spokeswoman"."""
    return name in ("man", "woman") and any(w.form.endswith(name) and w.form != name for w in side.words)


def _converse(a: str, b: str) -> bool:
    """Whether each of two kinsmen is the other's."""
    return any((a in x and b in y) or (b in x and a in y) for x, y in (map(str.split, pair) for pair in _CONVERSE))


def _same(mine: Place, other: Place, *, counted: bool) -> bool:
    """Whether two clauses tell of the same thing."""
    shared = mine.keys & other.keys
    if counted and not any(k[0].isdecimal() for k in shared):
        return False
    return len(shared) >= _FEWEST and len(shared) >= _SHARE * min(len(mine.keys), len(other.keys))


def _denied(side: Side | Vocabulary, at: int) -> bool:
    """Whether a word is denied or only supposed: a negator or "if" stands shortly before it, with no mark between."""
    if any(w.form in _NO_SUBJECT for w in side.words[sentence(side, at, ";:")[0] : at]):
        return True  # "neither Ash nor Bolt, her mate, was hurt"
    for k in range(at - 1, max(at - 8, -1), -1):
        if any(mark in gap(side, k, k + 1) for mark in ",;:()—–.!?"):
            return False
        supposed = side.words[k].form in _SUPPOSING
        undone = k + 1 < at and side.words[k + 1].form == "to"  # "declined to grant"
        if supposed or is_negator(side.words[k]) or ((k == at - 1 or undone) and is_denial(side, k)):
            return True
    return False


RULE = Rule(
    category=Category.MISTRANSLATION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "A hostel burned down. Seven people were rescued by neighbours, and a fireman was hurt by falling glass.",
            "Seven people were ⟦hurt⟧ when a hostel burned down.",
            Profile.SUMMARY,
            Severity.CRITICAL,
        ),
        Example(
            "The festival in Orle was put off because of the drought. Organisers will refund tickets.",
            "Organisers will refund tickets for the festival in Orle, which was ⟦cancelled⟧ because of the drought.",
            Profile.SUMMARY,
        ),
        Example(
            "The head of the port authority, Ilan Brodsky, has been suspended. The council meets on Monday.",
            "The head of the port authority has been ⟦sacked⟧, and the council meets on Monday.",
            Profile.SUMMARY,
        ),
        Example(
            "The spill put 1,400 litres of acid into the river. Fish died.",
            "Fish died when 1,400 ⟦tonnes⟧ of acid flowed into the river.",
            Profile.SUMMARY,
        ),
        Example(
            "A hostel burned down. Seven people were rescued by neighbours, and a fireman was hurt by falling glass.",
            "When a hostel burned down neighbours saved seven people, and a fireman was hurt.",
            Profile.SUMMARY,
        ),
        Example(
            "The head of the port authority, Ilan Brodsky, has been suspended. He was dismissed a week later.",
            "The head of the port authority has been sacked.",
            Profile.SUMMARY,
        ),
        Example(
            "The search for the boat was called off at dusk on Friday. It will resume at dawn.",
            "The search for the boat was suspended at dusk on Friday and will resume at dawn.",
            Profile.SUMMARY,
        ),
        Example(
            "“They lie,” said Ada Moss, Tim’s mother, who is leading the campaign for an inquiry.",
            "“They lie,” said Ada Moss, whose son is Tim and who is leading the campaign for an inquiry.",
            Profile.PARAPHRASE,
        ),
    ),
)
