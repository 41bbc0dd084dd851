"""Parts of speech that an English word's form leaves no doubt about, and places where one of them cannot stand."""

from __future__ import annotations

from functools import lru_cache

from evaltool import lexicon
from evaltool._english import ADVERBS, ALSO_PAST_OF, ARTICLES, FUNCTION, PREPOSITIONS
from evaltool.words import Side, Word, lemma_of

_ADJECTIVE = ("al", "ful", "ous", "ive", "ic", "able", "ible", "ary", "ent", "ant", "less", "ate", "ar")
_NOUN = ("tion", "sion", "ment", "ity", "ness", "ance", "ence", "ship", "ism", "ency", "ancy", "ure")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


BE = _set("is are was were am be been being")
HAVE = _set("has have had having")
MODALS = _set("will would can could should must may might cannot")
_DETERMINERS = ARTICLES | _set("my our your their its his her")
#: What begins an object, which a noun does not take and a verb does.
OBJECT = _DETERMINERS | _set("this these those him them me us something anything everything many enough several")
#: Nouns whose plural is their singular, so that nothing is told by their form.
INVARIANT = _set(
    "aircraft spacecraft hovercraft series species sheep deer fish salmon trout offspring means crossroads"
)
#: Verbs whose participle is spelled like their base form.
SAME_PARTICIPLE = _set(
    """
    become beat bet bid broadcast burst cast come cost cut fit forecast hit hurt let overcome put quit read rid run
    set shed shut slit spit split spread thrust upset wed wet outrun rerun input output sweat knit help befit
    """
)
_PLURAL = _set("they we you")
_DO = _set("do does did done doing")  # "all he had done was sell it"
#: Beginnings of verbs that are used as nouns too ("a rewrite", "an overhaul", "a thank you").
_NOUN_MAKING = ("re", "over", "under", "out", "thank")
_SHORT = 4  # letters up to which a verb may be a noun that WordNet lacks
REFLEXIVE = _set("himself herself themselves itself")
#: Adverbs that go before nouns, as they weigh a whole phrase.
WEIGHING = _set(
    """
    mostly mainly largely predominantly primarily nearly roughly approximately especially particularly exclusively
    purely solely only namely possibly probably allegedly reportedly simply merely partly entirely basically
    practically virtually literally specifically usually previously formerly originally presumably supposedly
    """
)


@lru_cache(maxsize=20_000)
def is_adverb(form: str) -> bool:
    """Whether a form is an adverb in -ly and nothing else ("rapidly", not "daily")."""
    if not form.endswith("ly") or len(form) < 6 or form in FUNCTION:
        return False
    parts = lexicon.parts_of_speech(form)
    return parts == {"r"} or (not parts and "a" in lexicon.parts_of_speech(form[:-2]))


@lru_cache(maxsize=20_000)
def is_adjective(form: str) -> bool:
    """Whether a form is an adjective and neither a noun in use nor an adverb nor a verb ("careful", not "general")."""
    if form in FUNCTION or len(form) < 4:
        return False
    parts = lexicon.parts_of_speech(form)
    return parts == {"a"} or (
        parts == {"a", "n"} and form.endswith(_ADJECTIVE) and lexicon.main_part_of_speech(form) == "a"
    )


@lru_cache(maxsize=20_000)
def is_abstract(form: str) -> bool:
    """Whether a form is a singular noun with an ending that makes nouns of verbs and adjectives ("decision")."""
    if form in FUNCTION or not form.endswith(_NOUN) or len(form) < 6:
        return False
    return lexicon.parts_of_speech(form) == {"n"}


@lru_cache(maxsize=20_000)
def is_noun(form: str) -> bool:
    """Whether a form is used as a noun, singular or plural, and is no adjective, adverb or participle."""
    lemma = lemma_of(form)
    parts = lexicon.parts_of_speech(lemma) | lexicon.parts_of_speech(form)
    if form in FUNCTION or "n" not in parts or parts & {"a", "r"} or form.endswith("ing") or is_participle(form):
        return False
    return lexicon.main_part_of_speech(lemma) == "n" and (form == lemma or form.endswith("s"))


@lru_cache(maxsize=20_000)
def is_participle(form: str) -> bool:
    """Whether a form is the past form or past participle of a verb and no base form."""
    lemma = ALSO_PAST_OF.get(form, lemma_of(form))
    if form == lemma or form in FUNCTION or "v" not in lexicon.parts_of_speech(lemma):
        return False
    return form.endswith("ed") or (form[-1] not in "sg" and "n" not in lexicon.parts_of_speech(form))


@lru_cache(maxsize=20_000)
def is_base_verb(form: str) -> bool:
    """Whether a form is a verb's base form and no noun or adjective ("reduce", not "sleep")."""
    return form not in FUNCTION and form == lemma_of(form) and lexicon.parts_of_speech(form) == {"v"}


def is_plural(word: Word) -> bool:
    """Whether a word in small letters is a plural in -s and nothing else ("warnings", not "goods", "reports")."""
    if not word.text.islower() or not word.form.isalpha() or word.form in FUNCTION:
        return False
    return _plural(word.form)


@lru_cache(maxsize=20_000)
def _plural(form: str) -> bool:
    lemma = lemma_of(form)
    noun = form != lemma and form.endswith("s") and "n" in lexicon.parts_of_speech(lemma)
    return noun and lexicon.main_part_of_speech(lemma) == "n" and not lexicon.is_word(form)


def asked_for(side: Side, index: int) -> str | None:
    """What part of speech English asks for in the place of a word, where the word cannot be that.

    Args:
        side: of a segment.
        index: of the word.

    Returns:
        "an adverb", "an adjective", "a verb", "the base form", "a participle" or "a noun", or None where it may stand.
    """
    form = side.words[index].form
    if not side.words[index].text.islower() or not form.isalpha():
        return None
    left, right = _near(side, index, -1), _near(side, index, 1)
    before = next(iter(left), "")
    behind, after = [*right, "", ""][:2]
    if is_adverb(form):
        noun = is_noun(behind) and not is_adjective(after) and not is_participle(after)
        if noun and (before in _DETERMINERS or is_adjective(before)):
            return "an adjective"
        if noun and before in PREPOSITIONS and form not in WEIGHING and behind.endswith("s"):
            return "an adjective"  # "before locally taxes"
        return "a verb" if before == "to" and behind in OBJECT else None
    if before in HAVE and behind.islower() and is_participle(behind) and is_participle(form):
        adverb = lexicon.is_word(f"{form}ly") and behind != "compared"
        return "an adverb" if adverb else None  # "has repeated emphasized"
    if is_adjective(form):
        return _for_adjective(form, before, behind)
    if is_abstract(form):
        degree = index > 0 and side.words[index - 1].form in ("more", "most", "very")
        return "an adjective" if degree and is_noun(behind) else _for_abstract(before, behind)
    if is_base_verb(form) and len(form) > _SHORT:
        if before in BE | HAVE and form not in SAME_PARTICIPLE and not _DO & set(left):
            return "a participle"  # "will be renew", "has collect"
        described = lexicon.parts_of_speech(before) == {"a"} and not is_participle(before)
        described = described and len(left) > 1 and left[1] in _DETERMINERS
        noun = (before in _DETERMINERS or described) and not form.startswith(_NOUN_MAKING)
        return "a noun" if noun else None  # "the decide of", "a serious violate of"
    if before in MODALS | _PLURAL | {"to"} and form.endswith("s") and not form.endswith(("us", "ss")):
        verb = lemma_of(form)
        return "the base form" if form != verb and lexicon.parts_of_speech(verb) == {"v"} else None
    return "a participle" if before in HAVE and behind in ARTICLES and form.endswith("ing") else None


def _for_adjective(form: str, before: str, behind: str) -> str | None:
    participle = is_participle(behind) and behind != "compared" and not is_participle(form)
    if participle and before in BE | HAVE:
        return "an adverb"  # "is careful designed", "has previous sent"
    if is_base_verb(behind) and before in MODALS | {"to"}:
        return "an adverb"  # "will significant reduce"; not "due to heavy rain"
    if form.endswith(_ADJECTIVE) and before in MODALS and behind in OBJECT:
        return "a verb"
    if form.endswith(_ADJECTIVE) and behind in REFLEXIVE:
        return "a verb"
    return None


def _for_abstract(before: str, behind: str) -> str | None:
    if behind in OBJECT and before in BE:
        return "a participle"  # "are expectation a slowdown"
    if before in MODALS or (before == "to" and (behind in OBJECT or is_adverb(behind))):
        return "a verb"  # "will reaction with", "to stimulation his anger"
    return None


def _near(side: Side, index: int, step: int) -> list[str]:
    """The forms of the next two words to one side, adverbs before the word left out, as far as nothing parts them."""
    found: list[str] = []
    at = index
    while len(found) < 2 and 0 <= at + step < len(side.words):
        a, b = sorted((at, at + step))
        if side.text[side.words[a].span.end : side.words[b].span.start] != " ":
            break
        at += step
        word = side.words[at]
        if step < 0 and (word.form in ADVERBS or is_adverb(word.form)):
            continue
        found.append(word.form if word.text.islower() or word.is_function else word.text)
    return found


_SCALE = _set("hundred thousand million billion trillion dozen")


@lru_cache(maxsize=20_000)
def is_counted(form: str) -> bool:
    """Whether a form is a singular noun whose plural is about as common, so that it must be counted."""
    import simplemma
    import wordfreq

    if (
        form in FUNCTION | _SCALE | INVARIANT
        or form.endswith(("s", "ing", "ed"))
        or lexicon.parts_of_speech(form) != {"n"}
    ):
        return False
    plural = form[:-1] + "ies" if form.endswith("y") and form[-2:-1] not in "aeiou" else form + "s"
    frequency = wordfreq.zipf_frequency(form, "en")
    own = simplemma.lemmatize(plural, lang="en") == form
    return own and frequency > 2.5 and wordfreq.zipf_frequency(plural, "en") > frequency - 1
