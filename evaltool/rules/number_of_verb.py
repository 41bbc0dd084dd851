"""A verb changes its number though its subject does not ("many of them looks", "she do not plan", "the news were bad").

Found are verbs that the reference has in the other number behind the same nouns, pronouns and numbers; plural verbs
behind "each of them" and the like, singular ones behind "many of them"; "do" and "don't" behind "he", "she" and "it";
and plural verbs behind "news" and other nouns that are not counted. What the reference writes in the same way is
accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ADVERBS, AUXILIARIES, CONJUNCTIONS, PREPOSITIONS, PRONOUNS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._parts import SAME_PARTICIPLE, is_adjective
from evaltool.words import AlignedSegment, Side, Word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PLURAL_OF = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't"}
_PLURAL_OF |= {"hasn't": "haven't", "doesn't": "don't"}
_SINGULAR_OF = {plural: singular for singular, plural in _PLURAL_OF.items()}
#: What asks for the bare verb or lets the verb be of another number: then nothing can be told from its form.
_BARE = AUXILIARIES | _set("to let make help see hear watch lest")
_HELPING = _set("do does did can could will would shall should may might must to what there here")
_ASKED = _set("demand insist suggest recommend propose ask require urge request order call advise essential important")
_EACH, _SEVERAL = (
    _set("each one"),
    _set("many several few both some hundreds thousands dozens two three"),
)
_THEM = _set("them us you these those which whom")
_UNREAL = _set("if wish wishes wished though unless")
_GROUPED = _set(
    "majority minority number half rest pair couple public press staff police none neither either any all most some"
)
_UNCOUNTED = _set("news information advice furniture equipment luggage evidence knowledge machinery traffic ammunition")
_NEAR, _LED = 3, 8  # nouns and the like before a verb that must be the same, and words among which they are sought


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb in another number than its subject."""
    if segment.kind is not Kind.MATCH:
        return
    side = segment.variant
    known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
    for i in range(1, len(side.words)):
        word = side.words[i]
        if not word.text.islower() or (side.words[i - 1].form, word.form) in known:
            continue
        subject = None
        if gap(side, i - 1, i) == " ":
            found = (_of_them(side, i), _third_person(side, i), _not_counted(side, i))
            subject = next((k for k in found if k is not None), None)
        start = i if subject is None else subject
        subject = _linked(segment, i) if subject is None else subject
        if subject is not None:
            span = Span(side.words[start].span.start, word.span.end)
            yield Hit(
                Severity.MINOR,
                f"“{word.text}” does not agree in number with its subject.",
                variant_span=span,
                evidence={"subject": side.words[subject].text, "verb": word.text},
                confidence=0.85,
            )


def _number(word: Word) -> str:
    """Tell the number of a finite verb in the present, or of "was" and "were": "s", "p", or "" for other words."""
    if word.form in _PLURAL_OF or word.form in _SINGULAR_OF:
        return "s" if word.form in _PLURAL_OF else "p"
    if word.is_function or "v" not in lexicon.parts_of_speech(word.lemma) or not word.form.isalpha():
        return ""
    if word.form == word.lemma:
        return "p"
    stems = (word.lemma + "s", word.lemma + "es", word.lemma[:-1] + "ies")
    return "s" if word.form in stems else ""


def _linked(segment: AlignedSegment, i: int) -> int | None:
    """The noun before a verb that the reference has in the other number behind the same nouns and pronouns."""
    side, theirs, j = segment.variant, segment.reference, segment.variant.partner[i]
    if not j:
        return None
    word, other = side.words[i], theirs.words[j]
    if side.words[i - 1].form in PREPOSITIONS and not word.is_function:
        return None  # "between punches": a noun
    if (word.form == "were" and side.forms & _UNREAL) or "?" in side.quote or "?" in theirs.quote:
        return None
    if other.form == word.form or {_number(word), _number(other)} != {"s", "p"}:
        return None
    paired = _PLURAL_OF.get(word.form, _SINGULAR_OF.get(word.form)) == other.form
    if not (paired or (not word.is_function and word.lemma == other.lemma and _verbal(side, i, theirs, j))):
        return None
    ours, yours = _before(side, i), _before(theirs, j)
    if ours is None or yours is None or len(ours) < min(_NEAR, len(yours)) or not ours or not yours:
        return None
    if [side.words[k].form for k in ours] != [theirs.words[k].form for k in yours]:
        return None
    if side.words[ours[0]].is_capitalised and _number(word) == "s":
        return None  # "Maccabi is", where the reference has "are": a club
    open_number = any(
        w.form in _GROUPED or lexicon.hypernym(w.form, "group") for w in (side.words[k] for k in ours)
    )  # "the team are"
    return None if open_number or _joined_subjects(side, i) != _joined_subjects(theirs, j) else ours[0]


def _verbal(side: Side, i: int, theirs: Side, j: int) -> bool:
    """Whether a word is a verb on both sides, and no noun there: what follows is no "of" and begins no new clause."""
    if side.words[i].form in SAME_PARTICIPLE or theirs.words[j].form in SAME_PARTICIPLE:
        return False
    verb = lexicon.main_part_of_speech(side.words[i].lemma) == "v"
    return verb and all(
        k + 1 < len(s.words) and gap(s, k, k + 1) == " " and s.words[k + 1].form != "of"
        for s, k in ((side, i), (theirs, j))
    )


def _before(side: Side, i: int) -> list[int] | None:
    """Indexes of the nouns, pronouns, names and numbers nearest before a verb, or None where the verb may be bare."""
    found: list[int] = []
    first = sentence(side, i)[0]
    for k in range(i - 1, max(first, i - _LED) - 1, -1):
        word = side.words[k]
        if word.form in _BARE and not found:
            return None
        if word.lemma in _ASKED or word.form in _HELPING:
            return None
        if len(found) < _NEAR and (word.is_number or word.is_content or word.form in PRONOUNS):
            skipped = is_adjective(word.form) or word.form in ADVERBS or word.form.endswith("ly")
            if not skipped and word.form not in PREPOSITIONS | CONJUNCTIONS - {"that"}:
                found.append(k)
    return found


def _joined_subjects(side: Side, i: int) -> bool:
    """Whether "and" or "or" stands among the words before a verb."""
    first = sentence(side, i)[0]
    return any(side.words[k].form in ("and", "or", "nor") for k in range(max(first, i - _LED), i))


def _of_them(side: Side, i: int) -> int | None:
    """The quantifier of "each of them accuse", "many of them looks"."""
    words = side.words
    at = i - 1
    while at > 2 and words[at].form in ("also", "still", "now", "always", "often") and gap(side, at - 1, at) == " ":
        at -= 1
    if at < 2 or words[at].form not in _THEM or words[at - 1].form != "of":
        return None
    if any(gap(side, k, k + 1) != " " for k in range(at - 2, i)):
        return None
    quantity, verb = words[at - 2], words[i]
    number = _number(verb)
    if not verb.is_function and (lexicon.main_part_of_speech(verb.lemma) != "v" or verb.form in SAME_PARTICIPLE):
        return None
    before = words[max(sentence(side, i)[0], at - 5) : at - 2]
    if any(w.form in _BARE or w.lemma in _ASKED for w in before) or not number:
        return None
    if quantity.form in _EACH and number == "p":
        return None if verb.form == "were" and side.forms & _UNREAL else at - 2
    return at - 2 if quantity.form in _SEVERAL and number == "s" else None


def _third_person(side: Side, i: int) -> int | None:
    """The pronoun of "she do not" and "it don't"."""
    word, before = side.words[i], side.words[i - 1]
    if before.form not in ("he", "she", "it") or before.text.lower() != before.form:
        return None
    negated = word.form in ("don't", "haven't", "aren't")
    follows = i + 1 < len(side.words) and gap(side, i, i + 1) == " " and side.words[i + 1].form == "not"
    return i - 1 if negated or (word.form in ("do", "are") and follows) else None


def _not_counted(side: Side, i: int) -> int | None:
    """The noun of "the news were", where it stands alone at the beginning of its clause."""
    noun = side.words[i - 1]
    if noun.form not in _UNCOUNTED or side.words[i].form not in _SINGULAR_OF or not noun.text.isalpha():
        return None
    at = i - 2
    while at >= 0 and gap(side, at, at + 1) == " " and not side.words[at + 1].initial:
        word = side.words[at]
        led = word.form in (
            "the",
            "this",
            "that",
            "all",
            "not",
            "some",
            "any",
            "no",
            "such",
            "my",
            "his",
            "her",
            "their",
        )
        if not led and not is_adjective(word.form):
            return i - 1 if word.form in ("that", "because", "but", "said", "when") else None
        at -= 1
    return i - 1


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "Farms pay so little that many of them look for help.",
            "Farms pay so little that ⟦many of them looks⟧ for help.",
        ),
        Example(
            "The cable lies on the bed and carries most calls.", "The cable lies on the bed and ⟦carry⟧ most calls."
        ),
        Example("Not all the news was bad.", "Not all ⟦news were⟧ bad."),
        Example("The team is ready to let each of them go.", "The team are ready to let each of them go."),
        Example(
            "He moves between punch lines and talks about peace.",
            "He moves between punches to talks about peace.",
        ),
        Example(
            "After the match Alton are in first place.",
            "After the match Alton is in first place.",
        ),
    ),
)
