"""A verb form that English does not build: "are fled", "did went", "can goes", "has collect six votes", "more easier".

Found are passives of verbs that have none, inflected forms behind "did", "can" and the like or behind "to", base forms
behind "has" with their object, and comparisons that are made twice. What the reference writes in the same way is
accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ALSO_PAST_OF, ARTICLES, FUNCTION
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._parts import BE, HAVE, SAME_PARTICIPLE, is_adverb, is_base_verb
from evaltool.rules._verbs import PAST_ONLY
from evaltool.words import AlignedSegment, Word, lemma_of


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Verbs without an object, and so without a passive, whose participle is no adjective either.
_NO_PASSIVE = _set("happen occur die disappear emerge exist arise arrive remain appear flee belong originate persist")
_BARE_ASKED = _set("do does did don't doesn't didn't can could should must will would may might can't couldn't")
_MODALS = _set("might may would could should must can will")
_SUBJECTS = _set("he she it they we who which that i you")
_SENSES, _PERSONS = _set("see hear watch feel let make help saw"), _set("him her them us me it his their its")
_NOT = _set("not also never still only then")
#: Past forms that are nouns or adjectives too, or American participles.
_OTHER_PAST = _set("saw left felt found met lost lay shook")
_LEADING = _MODALS | _NOT | _set("to can't couldn't cannot won't wouldn't don't didn't doesn't do does did")
_DO = _set("do does did don't doesn't didn't")
_NEGATED = _set("don't doesn't didn't won't wouldn't can't couldn't shouldn't mustn't")
_INVERTING = _set("only nor neither so not how what why when where")
_SAYING, _FINITE = _set("said says added adds"), _set("will would could should must is was has had are were")
_HEADS = ARTICLES | _set("my our his her its their he she they")
_LED = 6  # words of a subject at the beginning of a sentence
_LONGEST = 8  # letters of a comparative in -er


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb or comparison that is built wrongly."""
    if segment.kind is not Kind.MATCH:
        return
    side = segment.variant
    known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
    for i, (first, second) in enumerate(pairwise(side.words)):
        if not gap(side, i, i + 1).isspace() or not second.text.islower():
            continue
        third = side.words[i + 2] if i + 2 < len(side.words) and gap(side, i + 1, i + 2).isspace() else None
        before = side.words[i - 1] if i and gap(side, i - 1, i).isspace() else None
        last, why = i + 1, _passive(first, second) or _base_asked(first, second) or _perfect(first, second, third)
        why = why or _modal(before, first, second)
        follows = third.form if third is not None else ""
        if why is None and first.form in _MODALS and (second.form, follows) == ("likely", "to"):
            why = f"behind “{first.text} likely” the base form is due"
        elif why is None and _seen(segment, i + 1):
            why = "the verb before it asks for the base form"
        if why is None and first.form in _BARE_ASKED and second.form in _NOT and third is not None:
            last, why = i + 2, _base_asked(first, third) or _third_person(segment, i, i + 2)
            why = why or (_behind_not(first, third) if second.form == "not" else None)
        why = why or _third_person(segment, i, i + 1) or _twice(first, second) or _told(segment, i)
        why = why or (_behind_not(first, second) if first.form in _NEGATED else _behind_modal(side.words, i, third))
        if why is not None and (side.words[last - 1].form, side.words[last].form) not in known:
            span = Span(first.span.start, side.words[last].span.end)
            yield Hit(
                Severity.MINOR,
                f"“{span.of(side.text)}” is not English: {why}.",
                variant_span=span,
                evidence={"form": side.words[last].form},
                confidence=0.9,
            )


def _lemma(word: Word) -> str:
    return ALSO_PAST_OF.get(word.form, word.lemma)


def _passive(first: Word, second: Word) -> str | None:
    if first.form not in BE or second.form == second.lemma or second.form.endswith(("ing", "s")):
        return None
    return f"“{_lemma(second)}” has no passive" if _lemma(second) in _NO_PASSIVE else None


def _base_asked(first: Word, second: Word) -> str | None:
    """Why an inflected form cannot stand behind an auxiliary or "to"."""
    month = first.form == "may" and first.is_capitalised and not first.initial  # "in force since May came to an end"
    if month or first.form not in _BARE_ASKED | {"to"} or not second.form.isalpha() or second.is_function:
        return None
    past = second.form in PAST_ONLY and second.form not in _OTHER_PAST
    if past or (first.form != "to" and _inflected(second.form)):
        return f"behind “{first.text}” the base form is due"
    return None


def _third_person(segment: AlignedSegment, i: int, at: int) -> str | None:
    """Why a form in "-s" cannot stand behind a modal verb, where the reference has its base form: "can not pays"."""
    first, verb, j = segment.variant.words[i], segment.variant.words[at], segment.variant.partner[at]
    if first.form not in _BARE_ASKED - {"do", "does", "did"} or first.initial or j is None or not i:
        return None
    base = segment.reference.words[j]
    same = base.form == verb.lemma and verb.form in (f"{verb.lemma}s", f"{verb.lemma}es", f"{verb.lemma[:-1]}ies")
    verbal = "v" in lexicon.parts_of_speech(verb.lemma) and j and segment.reference.words[j - 1].form in _LEADING
    return f"behind “{first.text}” the base form is due" if same and verbal else None


def _behind_not(first: Word, second: Word) -> str | None:
    """Why an inflected verb or an adjective cannot stand behind "does not": "does not knows", "don't afraid"."""
    if first.form not in _BARE_ASKED or not second.form.isalpha() or second.is_function:
        return None
    if first.form in _DO and lexicon.parts_of_speech(second.form) == {"a"} and second.form == second.lemma:
        return f"behind “{first.text}” a verb is due"
    return f"behind “{first.text}” the base form is due" if _verb_in_s(second) else None


def _verb_in_s(word: Word) -> bool:
    """Whether a form in "-s" is a verb's more than a noun's ("knows", "stays", not "plans")."""
    stems = (f"{word.lemma}s", f"{word.lemma}es", f"{word.lemma[:-1]}ies")
    return word.form in stems and lexicon.main_part_of_speech(word.lemma) == "v"


def _behind_modal(words: tuple[Word, ...], i: int, third: Word | None) -> str | None:
    """Why a form in "-s" cannot stand behind a modal and its subject: "the shop will stays open"."""
    first, before = words[i], words[i - 1] if i else None
    if first.form not in _MODALS or first.initial or before is None or not _verb_in_s(words[i + 1]):
        return None
    subject = before.form in _SUBJECTS or (before.is_content and not is_adverb(before.form))
    leading = any(w.form in _INVERTING for w in words[max(0, i - 5) : i])  # "only in May will visits rise"
    verb = third is not None and third.form == third.lemma and "v" in lexicon.parts_of_speech(third.form)
    return f"behind “{first.text}” the base form is due" if subject and not leading and not verb else None


def _told(segment: AlignedSegment, i: int) -> str | None:
    """Why a modal cannot stand right behind "said" and its subject at the beginning: "the minister said will ask"."""
    side, verb = segment.variant, segment.variant.words[i + 1]
    word = side.words[i]
    if word.form not in _SAYING or verb.form not in _FINITE or not i:
        return None
    start = sentence(side, i)[0]
    led = side.words[start:i]
    plain = all(gap(side, k, k + 1) == " " for k in range(start, i))
    # "words the minister said will": two noun phrases; "she was said", "what she said".
    heads = [k for k, w in enumerate(led) if w.is_function]
    plain = plain and (heads == [0] or not heads) and (not heads or led[0].form in _HEADS)
    plain = plain and (led[-1].form not in _SUBJECTS or len(led) == 1) if led else False
    j = side.partner[i]
    behind = segment.reference.words[j + 1].form if j is not None and j + 1 < len(segment.reference.words) else ""
    clause = behind in _SUBJECTS | {"that", "there"} | ARTICLES
    return f"“{verb.text}” lacks its subject" if plain and clause and len(led) < _LED else None


def _modal(before: Word | None, first: Word, second: Word) -> str | None:
    """Why a past form in "-ed" cannot stand behind a modal and its subject: "they might acted early"."""
    if first.form not in _MODALS or not second.form.endswith("ed") or before is None or first.initial:
        return None
    if before.form in FUNCTION - _SUBJECTS or lexicon.main_part_of_speech(before.lemma) == "a":
        return None  # "how can trained dogs help", "the full might"
    lemma = lemma_of(second.form)
    verbal = second.form != lemma and "v" in lexicon.parts_of_speech(lemma) and not lexicon.is_word(second.form)
    return f"behind “{first.text}” the base form is due" if verbal else None


def _seen(segment: AlignedSegment, i: int) -> bool:
    """Whether a past form stands where the reference has the base form behind "saw the van" or "made him"."""
    side, theirs = segment.variant, segment.reference
    word, j = side.words[i], side.partner[i]
    if j is None or not word.form.endswith("ed") or theirs.words[j].form != word.lemma:
        return False
    return all(
        any(w.lemma in _SENSES for w in s.words[max(0, k - 4) : k - 1])
        and not any(w.form in FUNCTION - ARTICLES - _PERSONS for w in s.words[max(0, k - 2) : k])
        for s, k in ((side, i), (theirs, j))
    )


@lru_cache(maxsize=20_000)
def _inflected(form: str) -> bool:
    """Whether a form is an inflected verb and nothing else ("goes", "helped", not "plans", "limited")."""
    if form in FUNCTION or lexicon.is_word(form):
        return False
    lemma = lemma_of(form)
    verbal = form != lemma and lexicon.parts_of_speech(lemma) == {"v"}
    return verbal and form.endswith(("s", "ed")) and form not in SAME_PARTICIPLE


def _perfect(first: Word, second: Word, third: Word | None) -> str | None:
    """Why a base form cannot stand behind "has" where its object follows: "has collect 6,211 votes"."""
    if first.form not in HAVE - {"having"} or third is None or second.form in SAME_PARTICIPLE | FUNCTION:
        return None
    if second.form != second.lemma or lexicon.main_part_of_speech(second.form) != "v":
        return None
    object_follows = third.is_number or third.form in ARTICLES or (is_base_verb(second.form) and third.is_function)
    return f"behind “{first.text}” a participle is due" if object_follows else None


def _twice(first: Word, second: Word) -> str | None:
    """Why "more" cannot stand before a comparative, "most" before a superlative."""
    ending = {"more": "er", "most": "est"}.get(first.form)
    if ending is None or not second.form.endswith(ending) or len(second.form) > _LONGEST:
        return None
    if second.form in ("better", "worse", "best", "worst"):
        return "it is compared already" if first.form != "most" or second.form == "best" else None
    stem = second.form.removesuffix(ending)
    plain = {stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem, stem[:-1]}
    own = lexicon.parts_of_speech(second.form)
    adjective = any("a" in lexicon.parts_of_speech(p) and lexicon.main_part_of_speech(p) == "a" for p in plain)
    return "it is compared twice" if adjective and not own and not is_adverb(second.form) else None


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Hundreds have fled the area.", "Hundreds ⟦are fled⟧ the area."),
        Example("They did not go home.", "They ⟦did not went⟧ home."),
        Example("She saw the van cross the bridge.", "She saw the ⟦van crossed⟧ the bridge."),
        Example("The toll was likely to rise.", "The toll ⟦will likely⟧ to rise."),
        Example("They might have acted early.", "They ⟦might acted⟧ early."),
        Example("You cannot pay the rent.", "You ⟦can not pays⟧ the rent."),
        Example("How can trained dogs help?", "In what way can trained dogs help?"),
        Example("It can become dangerous.", "It ⟦can becomes⟧ dangerous."),
        Example("His petition drew 6,211 signatures.", "His petition ⟦has collect⟧ 6,211 signatures."),
        Example("She did not know him.", "She ⟦does not knows⟧ him."),
        Example("The shop will remain closed.", "The shop ⟦will stays⟧ closed."),
        Example("The mayor said he would ask for a recount.", "The mayor ⟦said will⟧ ask for a recount."),
        Example("It is easier to read.", "It is ⟦more easier⟧ to read."),
        Example("He wanted to leave; they had gone.", "He wanted to leave; they are gone."),
        Example("He has access to the house.", "He has access to the house, and did work there."),
        Example("The ban, in force since May, was lifted.", "The ban that had been in force since May came to an end."),
    ),
)
