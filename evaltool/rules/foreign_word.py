"""A word is left in another language or script, and the reference does not have it.

Words in another script than the reference's; words in small letters (in German nouns and compounds also with a capital)
that are rare in English, common in another language, and no misspelling of an English word; names in the form of
another language where the reference has the English one ("Jordanien"); function words of another language between
English words ("both und sold"); and an acronym in brackets that does not abbreviate the name before it, as the
reference's acronym does ("Organization of American States (OEA)").

Severity: major; minor for a name or an acronym.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool import lexicon
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._names import abbreviates, plain, zipf
from evaltool.rules._spelling import respelled, slip
from evaltool.words import AlignedSegment, Word

_LATIN = regex.compile(r"\p{Latin}")
_LETTER = regex.compile(r"\p{L}")
_UNKNOWN = 2.4  # zipf frequency in English below which a form is foreign if another language has it more often
#: Function words of other languages that are no English words, neither by themselves nor in phrases taken over whole
#: ("per se", "en route", "du jour", "bin Laden").
_FUNCTION_WORDS = frozenset(
    """
    und oder nicht mit für auf aus ist sind ein eine einer einen dem des das wie aber auch nach bei zum zur durch über
    et est une dans pour avec sur qui que pas ou où aux ces leur leurs mais donc
    y los las una con por para como pero sus muy más ya
    e di una che della delle dei nel nella sono anche
    não uma com mais seu sua
    w z i na że nie jest są przez oraz ale dla jako
    een het niet voor maar ook zijn naar
    och att som inte för är ett
    ve bir için ile
    a v se je že na pro
    yang dan dengan untuk dari
    """.split()
) - frozenset(
    "a i e as so y pas con as v w z na se je ale son no ve on na pour des das is ist mit i como sus dan pro".split()
)
_NAME_WORDS = 6  # words before an acronym in brackets that it may abbreviate
_ENGLISH = 3.5  # zipf frequency of the English words around it
_RARE = 3.0  # zipf frequency above which wordfreq's small lists have every word that its large ones have
_KNOWN_NOUN = 3.3  # likewise in the other language, where the word stands as a noun does
_BEGINNING, _SHORT_NAME, _PART = 4, 3, 4  # letters by which two names are one, of a name, of half a compound
_FOREIGN_NAME = "name"
_LEADING = frozenset("the a an this that his her its their our my your no any every each".split())
_NAME, _COMMON_NOUN = 1.7, 4.0  # zipf frequencies: below the first in English, above the second in the other language
#: A word that English texts cite more often than _UNKNOWN, or that its dictionary has, must be as common as this in
#: another language, and so many powers of ten more common than in English ("avec", "durante"; not "barrio", "kroner").
_CITED, _EVERYDAY, _FAR = 3.5, 5.0, 2.8
#: Frequency, letters, and powers of ten above English from which a foreign word is no slip of the keys.
_SOLID, _LONG, _ABOVE = 4.3, 5, 2.5
#: Languages whose words are looked for; all have frequency lists. The first ones are looked up in large lists too.
_LARGE = ("de", "fr", "es", "it", "nl", "pt", "pl", "sv", "cs", "tr", "id")
_LANGUAGES = (*_LARGE, *"ca da fi fil hu is lt lv ms nb ro sh sk sl vi".split())


def _other_script(word: Word, segment: AlignedSegment) -> bool:
    if word.text.isascii():
        return False
    letters = _LETTER.findall(word.text)
    foreign = [c for c in letters if not _LATIN.match(c)]
    if not letters or len(foreign) < len(letters):
        return False
    return not any(c in segment.whole_reference.text for c in set(foreign))


def _other_language(word: Word, segment: AlignedSegment) -> str | None:
    form = word.form
    if _foreign_function(word, segment):
        return "function word"
    if word.is_capitalised:
        return _foreign_noun(word, segment)
    if not word.is_content or len(form) < 3 or not form.isalpha() or form in segment.whole_reference.forms:
        return None
    english = max(zipf(form), zipf(plain(form)))
    if english >= _CITED or (english >= _UNKNOWN and _in_phrase(word, segment)):
        return None
    if any(slip(form, w.form) for w in segment.reference.words if w.is_content):
        return None  # a slip of the keys: see misspelled-word
    least = english + 1.5
    if english >= _UNKNOWN or lexicon.is_word(word.lemma) or lexicon.is_word(plain(form)):
        least = max(_EVERYDAY, english + _FAR)
    if respelled(form):
        if len(form) < _LONG:
            return None
        least = max(_SOLID, english + _ABOVE, least)
    best, frequency = _commonest(form, _LANGUAGES, least)
    return best if frequency > least else None


def _in_phrase(word: Word, segment: AlignedSegment) -> bool:
    """Whether a word beside it is no English one either, as in phrases that English takes over whole ("déjà vu")."""
    words = segment.variant.words
    at = words.index(word)
    beside = words[max(0, at - 1) : at] + words[at + 1 : at + 2]
    return any(w.text.islower() and zipf(w.form) < _ENGLISH for w in beside)


def _foreign_function(word: Word, segment: AlignedSegment) -> bool:
    """Whether it is a function word of another language among English words in small letters."""
    if word.form not in _FUNCTION_WORDS or not word.text.islower() or word.form in segment.whole_reference.forms:
        return False
    words = segment.variant.words
    at = words.index(word)
    around = words[max(0, at - 1) : at] + words[at + 1 : at + 2]
    return len(around) == 2 and all(w.text.islower() and zipf(w.form) >= _ENGLISH for w in around)


def _foreign_noun(word: Word, segment: AlignedSegment) -> str | None:
    """The language of a capitalised word that is common there and all but unknown in English, as names are not."""
    form = word.form
    if form in segment.whole_reference.forms or not form.isalpha() or len(form) < 5 or zipf(plain(form)) >= _NAME:
        return None
    # Only German writes its nouns so; in other languages a capital inside the sentence means a name.
    noun = _like_a_noun(word, segment)
    least = max(_KNOWN_NOUN if noun else _COMMON_NOUN, zipf(form) + _ABOVE)
    best, frequency = _commonest(form, _LARGE if word.initial else _LARGE[:1], least)
    if frequency >= least:
        return best
    if noun and _compound(form):
        return _LARGE[0]
    return _exonym(word, segment)


def _like_a_noun(word: Word, segment: AlignedSegment) -> bool:
    """Whether a capitalised word stands alone where a noun does and for no name: "the long Streik"."""
    side, theirs = segment.variant, segment.reference
    at = side.words.index(word)
    beside = side.words[max(0, at - 1) : at] + side.words[at + 1 : at + 2]
    if word.initial or not at or any(not (w.text.islower() or w.initial) for w in beside):
        return False
    before = beside[0].form
    joined = at > 1 and gap(side, at - 2, at - 1) == "-"  # "the six-day Streik"
    led = before in _LEADING or joined or "a" in lexicon.parts_of_speech(before)
    partner = side.partner[at]
    names = [w.form for w in segment.whole_reference.words if w.is_capitalised]
    named = (partner is not None and theirs.words[partner].is_capitalised) or any(
        slip(word.form, name) or name.startswith(word.form[:_BEGINNING]) for name in names
    )
    return led and not named


def _compound(form: str) -> bool:
    """Whether a word is made of two German words, as its lists lack most compounds."""
    if len(form) < 2 * _PART:
        return False
    for cut in range(_PART, len(form) - _PART + 1):
        first, second = form[:cut], form[cut:]
        parts = (first, first.removesuffix("s"), first.removesuffix("n"))
        own = max(zipf(first), zipf(second))
        if own < _ENGLISH and all(
            max((_german(p) for p in part), default=0.0) >= _COMMON_NOUN - 0.5 for part in (parts, (second,))
        ):
            return True
    return False


def _german(form: str) -> float:
    import wordfreq

    return float(wordfreq.zipf_frequency(form, "de", "small")) if len(form) >= _PART else 0.0


def _exonym(word: Word, segment: AlignedSegment) -> str | None:
    """The language of a name that stands for one with an English form in the reference: "Jordanien" for "Jordan"."""
    form = word.form
    missing = {
        w.form: w
        for w in segment.reference.words
        if w.is_capitalised and w.form not in segment.variant.forms and len(w.form) > _SHORT_NAME
    }
    partner = segment.variant.partner[segment.variant.words.index(word)]
    linked = segment.reference.words[partner].form if partner is not None else ""
    meant = [
        name
        for name in missing
        if (name == linked or plain(name)[:_BEGINNING] == plain(form)[:_BEGINNING] or slip(plain(form), plain(name)))
        and zipf(name) >= max(_ENGLISH, zipf(form) + _FAR - 0.8)
    ]
    if not meant:
        return None
    _, frequency = _commonest(form, _LARGE, _RARE)
    return _FOREIGN_NAME if frequency >= max(_RARE, zipf(form) + 1.5) else None


def _commonest(form: str, languages: tuple[str, ...], least: float) -> tuple[str, float]:
    """The language that has a form most often, and its zipf frequency there; exact from ``least`` on."""
    import wordfreq

    best, frequency = "", 0.0
    for wordlist in ("small", "best"):  # the large lists take a second to load and only add words up to _RARE
        names = languages if wordlist == "small" else tuple(name for name in languages if name in _LARGE)
        found = {language: wordfreq.zipf_frequency(form, language, wordlist) for language in names}
        best = max(found, key=found.__getitem__)
        frequency = found[best]
        if max(frequency, least) > _RARE:
            break
    return best, frequency


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word of another script or language."""
    if segment.kind is Kind.OMISSION:
        return
    for word in segment.variant.words:
        if word.is_number or word.is_sign:
            continue
        if _other_script(word, segment):
            message, evidence = f"“{word.text}” is left in another script.", "script"
        elif (language := _other_language(word, segment)) is not None:
            message, evidence = f"“{word.text}” is no English word; it is one in another language.", language
        else:
            continue
        # A foreign form of a name is read without trouble.
        severity = Severity.MINOR if evidence == _FOREIGN_NAME else Severity.MAJOR
        yield Hit(severity, message, variant_span=word.span, evidence={"looks like": evidence}, confidence=0.85)
    yield from _acronyms(segment)


def _acronyms(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each acronym in brackets that abbreviates the name before it in another language only."""
    lost = [w for w in segment.reference.words if w.is_acronym and w.form not in segment.variant.forms]
    side = segment.variant
    for at, word in enumerate(side.words):
        if not at or not word.is_acronym or not word.text.isalpha() or word.form in segment.whole_reference.forms:
            continue
        before = side.words[max(0, at - _NAME_WORDS) : at]
        bracket = side.text[before[-1].span.end : word.span.start].strip() + side.text[word.span.end :][:1]
        meant = next((w for w in lost if abbreviates(w, before)), None)
        turned = meant is not None and sorted(word.form) == sorted(meant.form)  # "UAF" for "AFU", both English
        if bracket == "()" and meant is not None and not turned and not abbreviates(word, before):
            yield Hit(
                Severity.MINOR,
                f"“{word.text}” does not abbreviate the name before it; the reference has “{meant.text}”.",
                variant_span=word.span,
                reference_span=meant.span,
                suggestion=meant.text,
                evidence={"looks like": "acronym"},
                confidence=0.85,
            )


RULE = Rule(
    category=Category.UNTRANSLATED,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The council closed the road.", "The council closed the ⟦дорогу⟧."),
        Example("The council closed the road.", "The council closed the ⟦carretera⟧."),
        Example("Analysts said that the group might raise money.", "Analysts said that the ⟦konsern⟧ may raise money."),
        Example(
            "Observers from the Organization of American States (OAS) were there.",
            "Observers of the Organization of American States (⟦OEA⟧) were there.",
            severity=Severity.MINOR,
        ),
        Example("The long strike of 2017 was in Jordan.", "The long ⟦Streik⟧ of 2017 was in ⟦Jordanien⟧."),
        Example("The fire service came.", "The ⟦Feuerwehr⟧ came."),
        Example("The firm told the data protection authority.", "The firm told the ⟦Datenschutzbehörde⟧."),
        Example("The mayor of Kyiv called Zelensky.", "The mayor of Kiev called Zelenskiy."),
        Example("The fine of 3,000 NOK gave him a feeling of having been there.", "It was 3,000 kroner, and déjà vu."),
        Example("He ordered a café crème.", "He ordered a café crème."),
        Example("The council closed the road.", "The council closed the street."),
    ),
)
