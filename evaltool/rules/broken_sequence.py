"""Two words stand next to each other that English grammar keeps apart, as where a word was lost or put elsewhere.

Looked at are pairs of function words: an article before a preposition, conjunction or verb ("the of", "a is"), a
preposition before a verb or another preposition ("of is", "at by"), a modal before a preposition or past form ("would
helped"), "has" before a base form ("has collect the"), a pronoun with the other number's verb ("they was"). Pairs that
the reference has too are accepted, as are hyphenated words, capitals, words parted by any mark, and prepositions whose
object was moved away.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import AUXILIARIES, FUNCTION, PRONOUNS
from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._parts import BE, SAME_PARTICIPLE, is_participle
from evaltool.words import AlignedSegment, Word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FINITE = _set("is are was were am has had would should could")
_BE = _set("is are was were am")
#: More verb forms that stand behind a preposition only where its object was moved to the front.
_STRANDING = _set("have can may do does did must")
_PREPOSITIONS = _set("of to in on for with at by from into during between among without against")
_SUBJECTS = _set("he she they we")
_POSSESSIVES = _set("my our your their its")
_ARTICLES = _set("a an the")
_DETERMINERS = _ARTICLES | _POSSESSIVES
#: What no noun phrase goes on with behind its determiner.
_NO_NOUN_PHRASE = (
    _FINITE
    | _set("have been did does of to in for with at by from into during among than because and or but who which")
    | _set("them him me these those this my your his our their its the a an also there such as during without")
)
#: For each pair of sets: no word of the first stands right before a word of the second. All of it was counted in
#: some 770,000 words of news, speech and shop texts, or in the commonest bigrams of printed English: none of these
#: pairs reaches 3% of what chance would give.
_APART = (
    (_ARTICLES, _NO_NOUN_PHRASE | _SUBJECTS | _set("it on be that")),
    (_POSSESSIVES, _NO_NOUN_PHRASE | _set("on be")),
    (_PREPOSITIONS, _FINITE | _set("been")),
    (_set("of for from with at into by between among during without against"), _SUBJECTS),
    (_set("of"), _set("to for on with at by")),
    (_set("to"), _set("of with at by on")),
    (_set("in"), _set("of at")),
    (_set("for"), _set("of to on with")),
    (_set("with"), _set("of to on from")),
    (_set("from"), _set("of to in for with by")),
    (_set("at"), _set("of to for from by with")),
    (_set("by"), _set("of to in for from at")),
    (_set("on into during among without against"), _set("of")),
    (_set("of from at by into"), _set("and or but because")),
    (_set("is are was were be been"), _BE | _set("be has had have would could will")),
    (_set("would should could must"), _FINITE | _set("of to a for on with from by been will can as")),
    (_set("has had"), _BE | _set("of be will with from")),
    (_set("have"), _BE | _set("of be will")),
    (_set("he she they"), _ARTICLES | _set("of my")),
    (_set("they we you"), _set("is was has does")),
    (_set("he she it"), _set("are am")),
    (_set("and"), _set("or than")),
    (_set("than"), _set("of to and")),
    (_set("because"), _set("to and than")),
    (_set("these"), _set("of the a an is was")),
    (_set("those"), _set("the a an is was")),
    (_set("many some any each another"), _set("the a an")),
    (_set("very such"), _set("the of to")),
    (_set("into"), _set("to is was in by from")),
    (_set("the"), _set("you about if may any when through between since another shall around however")),
    (_set("a an"), _set("you us all about if other up may out any when here over her")),
    (_set("of in for on by with from at"), _STRANDING),
    (_set("of to in"), _set("than into we they she")),
    (_set("my your his their our"), _set("that you it the of a for")),
    (_set("when where after before under"), _set("of")),
    (_set("very may"), _set("and")),
    (_set("no"), _set("the is")),
    (_set("we"), _set("the a of")),
)
_AFTER: dict[str, frozenset[str]] = {}
for _first, _second in _APART:
    for _word in _first:
        _AFTER[_word] = _AFTER.get(_word, frozenset()) | (_second - {_word})
#: Where one of these stands before a preposition in the sentence, its object may have been moved to the front.
_FRONTING = _set("what which who whom that where how whatever whoever")
#: Phrases that may stand anywhere.
_PARENTHETIC = frozenset(
    [("of", "course"), ("at", "least"), ("at", "most"), ("in", "fact"), ("in", "turn"), ("for", "example")]
)
_HAVE = _set("has had")
_QUANTIFIERS = _set("several many few two three four five six seven eight nine ten dozens hundreds thousands")
_MODALS = _set("would should could must cannot")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each pair of words that cannot stand together and that the reference does not have."""
    side = segment.variant
    known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
    for index, (first, second) in enumerate(pairwise(side.words)):
        if (first.form, second.form) in known or not (_plain(first, side.text) and _plain(second, side.text)):
            continue
        if not side.text[first.span.end : second.span.start].isspace():
            continue
        before = side.words[index - 1] if index else None
        third = side.words[index + 2] if index + 2 < len(side.words) else None
        passive = any(w.form in BE for w in side.words[max(0, index - 3) : max(0, index - 1)])
        if not (_apart(first, second, before, third, passive=passive) or _wrong_form(first, second, third)):
            continue
        yield Hit(
            Severity.MINOR,
            f"“{first.text}” and “{second.text}” cannot stand next to each other here: a word is missing or misplaced.",
            variant_span=Span(first.span.start, second.span.end),
            evidence={"pair": f"{first.form} {second.form}"},
            confidence=0.95,
        )


def _plain(word: Word, text: str) -> bool:
    """Whether a word is written as function words are: in small letters, or first in its sentence, with no hyphen."""
    spelled = word.text[:1].lower() + word.text[1:] if word.initial else word.text
    if spelled != word.form:  # also "she's", whose form is "she"
        return False
    return text[word.span.end : word.span.end + 1] not in ("-", "/", "‑") and text[word.span.start - 1] not in "-/‑"


def _apart(first: Word, second: Word, before: Word | None, third: Word | None, *, passive: bool) -> bool:
    if second.form not in _AFTER.get(first.form, frozenset()):
        return False
    if third is not None and (second.form, third.form) in _PARENTHETIC:
        return False  # "they of course know", "of at least ten"
    if first.form in PRONOUNS and before is not None and before.form in AUXILIARIES:
        return False  # "is he a friend?"
    if third is not None and third.is_number and second.form == "from":
        return False  # "it has from 150 to 200"
    if passive and before is not None and is_participle(before.form) and second.form in _PREPOSITIONS:
        return first.form not in _PREPOSITIONS  # "what he was accused of by the mayor"
    if first.initial and first.form in _MODALS:
        return False  # "Should a storm come, stay inside"
    if first.form in ("must", "cannot") and before is not None and before.form in _DETERMINERS:
        return False  # "a must for all"
    if (
        second.form in _FINITE | _STRANDING | {"been"}
        and first.form in _PREPOSITIONS
        and before is not None
        and _verb(before)
    ):
        return False  # "the man they looked for could be seen"
    if second.form in ("and", "or", "but") and third is not None and third.form in _PREPOSITIONS:
        return False  # "of and for the people"
    if first.form in ("has", "had", "have", "is", "was") and second.form in _FINITE and before is not None:
        return before.form not in _FRONTING and before.form not in ("all", "it", "they", "he", "she", "we", "i", "you")
    return True


def _verb(word: Word) -> bool:
    return word.form != word.lemma and "v" in lexicon.parts_of_speech(word.lemma)


def _wrong_form(first: Word, second: Word, third: Word | None) -> bool:
    """Whether a verb stands in a form that the word before it does not take, and its object follows."""
    if third is None or third.form not in _DETERMINERS | PRONOUNS | AUXILIARIES | _QUANTIFIERS:
        return False
    if first.form in _HAVE and second.form == second.lemma and second.form not in SAME_PARTICIPLE | FUNCTION:
        # "has collect the": a noun would not be followed by a determiner or a number word.
        return lexicon.main_part_of_speech(second.form) == "v" and third.form not in PRONOUNS - _DETERMINERS
    past = second.form.endswith("ed") and second.form != second.lemma and "v" in lexicon.parts_of_speech(second.lemma)
    return past and first.form in _MODALS | {"to"} and not lexicon.is_word(second.form)


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example("It was confirmed in the states of Ceará and Pará.", "It was confirmed in ⟦the of⟧ Ceará and Pará."),
        Example("They were in the village.", "⟦They was⟧ in the village."),
        Example("The plan would help the town.", "The plan ⟦would helped⟧ the town."),
        Example("The council has collected several signatures.", "The council ⟦has collect⟧ several signatures."),
        Example("They know it of course.", "They of course know it."),
        Example("The man he came with is here.", "The man he came with is here."),
        Example("It is used for and against the law.", "It is used for and against the law."),
        Example("It has between 150 and 200 members.", "It has from 150 to 200 members."),
        Example("He denied what the mayor accused him of.", "He denied what he was accused of by the mayor."),
        Example("The house belongs to The Who.", "The house belongs to The Who."),
    ),
)
