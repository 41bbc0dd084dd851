"""Whether two capitalised words can be the same name: spelling, transliteration, demonyms, known vocabulary."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from evaltool import lexicon
from evaltool._english import spelling_key
from evaltool.words import AlignedSegment, Word

# What romanisations of the same name differ in: one letter or group stands for each set of variants.
_TRANSLITERATION = tuple(
    pair.split(">")
    for pair in """
    tsch>c tch>c sch>s sz>s cz>c ch>c ye>e ts>z tz>z sh>s zh>z kh>h gh>g dh>d th>t ph>f ck>k qu>k q>k x>ks w>v ou>u
    oo>u au>av ee>i ei>i ey>i ai>e ay>e ae>e oe>o ue>u iy>i yi>i ao>au dj>j y>i j>i
    """.split()
)
#: What one alphabet writes by its sound and another by a letter that is also another sound ("Zarnitsa": "Zarnica").
#: Likewise "Khalidi" and "Chalidi", "Cemal" and "Jemal", "Marrakesh" and "Marrakech", "Dhar" and "Dahr".
_LETTER_OR_SOUND = (
    ("yo", "e"), ("ts", "c"), ("zh", "j"), ("ch", "k"), ("ch", "kh"), ("ch", "h"), ("j", "c"), ("sh", "ch"), ("h", ""),
)  # fmt: skip
#: Letters that are written with an e where a keyboard lacks them.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
#: Zipf frequencies: below the first no English text uses a spelling, from the second on it is established.
UNKNOWN, ESTABLISHED = 1.0, 2.0
#: And from which a word is common, below which it is rare.
_COMMON, _RARE = 3.5, 3.0
#: Endings that make a people, a faith, a language or an adjective of a name ...
_DERIVED = ("ian", "an", "n", "ese", "ish", "ite", "ist", "ism", "ic", "i", "er")
#: ... and those that they take the place of.
_NAMING = ("ia", "a", "y", "o", "e", "land")
#: Names that share no stem with what is called after them, and capitals that stand for their governments: the first of
#: each line stands for all. A closed class: there are only so many countries.
_ALIASES = """
us usa america american washington
britain british uk briton london english england
eu europe european brussels
russia russian moscow kremlin rf
china chinese beijing prc
germany german berlin deutschland
france french frenchman paris
netherlands dutch holland dutchman
spain spanish spaniard madrid
poland polish pole warsaw
greece greek hellenic athens
switzerland swiss
denmark danish dane
sweden swedish swede
finland finnish finn
turkey turkish turk turkiye ankara
ukraine ukrainian kyiv kiev
israel israeli jerusalem
iran iranian tehran teheran persia persian
ireland irish irishman dublin
wales welsh welshman
scotland scottish scot scots
czechia czech bohemia
slovakia slovak
croatia croatian croat
serbia serbian serb
kurdistan kurdish kurd
thailand thai
myanmar burma burmese
philippines filipino filipina philippine
cyprus cypriot
malta maltese
norway norwegian
portugal portuguese lisbon
belgium belgian flemish
luxembourg luxembourgish
lebanon lebanese
yemen yemeni
iraq iraqi baghdad
afghanistan afghan kabul
kazakhstan kazakh
uzbekistan uzbek
tajikistan tajik
kyrgyzstan kyrgyz
turkmenistan turkmen
macedonia macedonian
japan japanese tokyo nippon
korea korean
vietnam vietnamese
mongolia mongolian mongol
argentina argentine argentinian
peru peruvian
chad chadian
congo congolese
eswatini swaziland swazi
madagascar malagasy
majorca mallorca majorcan
jew jewish judaism
islam islamic muslim moslem
mecca makkah
saint st
mount mt
fort ft
doctor dr
professor prof
captain capt
general gen
colonel col
lieutenant lt
sergeant sgt
governor gov
senator sen
""".strip().splitlines()
_KEY = {word: line.split()[0] for line in _ALIASES for word in line.split()}
#: Capitals that stand for their governments where a country acts ("Havana was alone in congratulating him"), and a word
#: of their countries' names, behind it. Unlike those above they are names of their own otherwise. A closed class.
_CAPITALS = """
abuja nigeria accra ghana addis ethiopia ababa ethiopia algiers algeria amman jordan antananarivo madagascar
ashgabat turkmenistan asmara eritrea astana kazakhstan asuncion paraguay baku azerbaijan bamako mali bangkok thailand
bangui africa banjul gambia beirut lebanon belgrade serbia belmopan belize bern switzerland berne switzerland
bishkek kyrgyzstan bissau guinea bogota colombia brasilia brazil bratislava slovakia brazzaville congo
bridgetown barbados bucharest romania budapest hungary buenos argentina aires argentina bujumbura burundi
gitega burundi cairo egypt canberra australia caracas venezuela chisinau moldova colombo lanka conakry guinea
copenhagen denmark dakar senegal damascus syria delhi india dhaka bangladesh dili timor dodoma tanzania doha qatar
dushanbe tajikistan freetown leone gaborone botswana georgetown guyana hanoi vietnam harare zimbabwe havana cuba
helsinki finland honiara solomon islamabad pakistan jakarta indonesia juba sudan kampala uganda kathmandu nepal
khartoum sudan kigali rwanda kingston jamaica kinshasa congo lima peru libreville gabon lilongwe malawi
ljubljana slovenia lome togo luanda angola lusaka zambia malabo guinea managua nicaragua manama bahrain
manila philippines maputo mozambique maseru lesotho mbabane eswatini minsk belarus mogadishu somalia
monrovia liberia montevideo uruguay moresby guinea moroni comoros muscat oman nairobi kenya nassau bahamas
naypyidaw myanmar ndjamena chad niamey niger nicosia cyprus nouakchott mauritania oslo norway ottawa canada
ouagadougou burkina paramaribo suriname penh cambodia phnom cambodia podgorica montenegro
prague czechia pretoria africa pristina kosovo pyongyang korea seoul korea quito ecuador rabat morocco reykjavik iceland
riga latvia riyadh saudi rome italy sanaa yemen santiago chile sarajevo bosnia skopje macedonia sofia bulgaria
stockholm sweden sucre bolivia paz bolivia suva fiji taipei taiwan tallinn estonia tashkent uzbekistan
tbilisi georgia tegucigalpa honduras thimphu bhutan tirana albania tripoli libya tunis tunisia
ulaanbaatar mongolia vaduz liechtenstein valletta malta vatican holy vienna austria vientiane laos
vilnius lithuania windhoek namibia yaounde cameroon yamoussoukro ivory yerevan armenia zagreb croatia
lumpur malaysia dhabi emirates wellington zealand domingo dominican prince haiti cotonou benin novo benin
victoria seychelles praia verde apia samoa nukualofa tonga majuro marshall palikir micronesia tarawa kiribati
vila vanuatu castries lucia roseau dominica kingstown vincent basseterre kitts funafuti tuvalu yaren nauru
""".split()
_COUNTRY_OF = dict(zip(_CAPITALS[::2], _CAPITALS[1::2], strict=True))
#: Given names that languages or romanisations write with other vowels or other endings, with short forms that begin
#: otherwise, a line each; and what has two names in use.
_SAME_NAMES = """
muhammad mohammed mohammad mohamed mohamad muhammed mohamud mehmed mehmet
ahmad ahmed ahmet achmed
hussein hossein husain husayn hussain
aisha aicha ayesha aysha aishah
gennady gennadiy gennadii hennadiy hennadii
yusuf youssef yousef youssouf yousuf yosef joseph
abdullah abdallah abdulla
abdul abdel abdal
sayyid seyyed sayed sayyed seyed
said saeed saed
omar umar omer
ibrahim ebrahim abraham
ismail esmail
ali aly
george georgy georgi georgiy heorhiy jorge
william bill billy will
robert bob bobby
richard dick
edward ted
john jack
james jim jimmy
alexander aleksandr oleksandr alexandr
alexei alexey aleksei aleksey oleksiy oleksii
andrei andrey andriy andrii
dmitry dmitri dmytro
sergei sergey serhiy serhii
volodymyr vladimir
mykola nikolai nikolay
mykhailo mikhail mihail michael
pavlo pavel
petro pyotr petr peter
yuri yuriy yury yurii
yevgeny evgeny evgeniy yevhen
ivan iwan
elena olena yelena helena
maria mariya mary marie
tatiana tatyana tetiana tetyana
kharkiv kharkov
lviv lvov lwow
mykolaiv nikolaev nikolayev
chernobyl chornobyl
zaporizhzhia zaporizhzhya zaporozhye zaporozhe
dnipro dnieper dnepr
zakarpattia zakarpattya transcarpathia
gdansk danzig
mumbai bombay
macau macao
covid corona coronavirus
""".strip().splitlines()
_SAME = {word: line.split()[0] for line in _SAME_NAMES for word in line.split()}
_VOWELS = str.maketrans("eo", "iu")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "dj", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """Lower case without diacritics, apostrophes and a possessive ending."""
    form = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    form = "".join(c for c in form if not unicodedata.combining(c))
    return re.sub(r"['’ʼ‘`]s?$|['’ʼ‘`-]", "", form)


@cache
def transliteration_key(name: str) -> str:
    """A form under which romanisations of one name are mostly the same."""
    key = re.sub("c(?=[aouklrt])", "k", plain(name))
    for old, new in _TRANSLITERATION:
        key = key.replace(old, new)
    key = re.sub(r"(.)\1+", r"\1", key)
    return re.sub(r"[eh]$", "", key)


@cache
def consonants(name: str) -> str:
    """What is left of a name without its vowels, however it is romanised."""
    return re.sub("[aeiouy]", "", transliteration_key(name))


@cache
def zipf(form: str) -> float:
    """Zipf frequency of a word in English, 0 (unknown) to about 8; a plural counts as its singular."""
    import wordfreq

    found = float(wordfreq.zipf_frequency(form, "en"))
    if found == 0 and form.endswith("s"):
        found = float(wordfreq.zipf_frequency(form[:-1], "en"))
    return found


def same_family(a: str, b: str) -> bool:
    """Whether two names share a stem: a country and its people, a faith and its followers, singular and plural."""
    first, second = _family(plain(a)), _family(plain(b))
    if first.singular == second.singular:
        return True
    # One of the two must be derived: Niger and Nigeria share a stem and are two countries.
    return not (
        first.derived.isdisjoint(second.names)
        and first.derived.isdisjoint(second.derived)
        and second.derived.isdisjoint(first.names)
    )


class _Family(NamedTuple):
    """A plain form in the singular, the names that it can stand for, and those that it can be derived from."""

    singular: str
    names: frozenset[str]
    derived: frozenset[str]


@lru_cache(maxsize=50_000)
def _family(form: str) -> _Family:
    singular = _singular(form)

    def stems(suffixes: tuple[str, ...]) -> set[str]:
        fitting = (s for s in suffixes if singular.endswith(s) and len(singular) - len(s) > 2)
        return {singular[: -len(suffix)] for suffix in fitting}

    return _Family(singular, frozenset({singular, form, *stems(_NAMING)}), frozenset(stems(_DERIVED)))


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """What a name is looked up by: the country for its people and its government, otherwise the plain form."""
    form = plain(name)
    return _KEY.get(form) or _KEY.get(_singular(form)) or form


def is_listed(form: str) -> bool:
    """Whether a word names a country, a people, a faith or a title that has several forms."""
    return plain(form) in _KEY or _singular(plain(form)) in _KEY


def accepted(ours: Word, theirs: Word) -> bool:
    """Whether the variant's word is a legitimate form of the reference's name."""
    a, b = plain(ours.text), plain(theirs.text)
    if name_key(a) == name_key(b) or (min(len(a), len(b)) > 3 and (a.startswith(b) or b.startswith(a))):
        return True  # a country and its people; written together or apart, or in short
    if _governs(a, b) or _governs(b, a):
        return True
    if theirs.is_acronym:
        return a.removesuffix("s") == b.removesuffix("s")
    if same_family(ours.text, theirs.text) or spelling_key(a) == spelling_key(b):
        return True
    if plain(ours.form.translate(_UMLAUTS)) == b or plain(theirs.form.translate(_UMLAUTS)) == a:
        return True  # "Brandstaetter"
    return romanised(a, b)


def _governs(capital: str, name: str) -> bool:
    """Whether one form names the capital of the country that the other names, or of its people."""
    country = _COUNTRY_OF.get(capital)
    return country is not None and (name_key(country) == name_key(name) or same_family(country, name))


@lru_cache(maxsize=50_000)
def romanised(ours: str, theirs: str) -> bool:
    """Whether a spelling is another romanisation of a name, or its form in another language ("Serhiy", "Sergey").

    A spelling that no English text uses is none of a name that English has an established spelling for; one with other
    vowels must be established too.
    """
    a, b = plain(ours), plain(theirs)
    if _SAME.get(a, a) == _SAME.get(b, b):
        return True
    one, other = transliteration_key(a), transliteration_key(b)
    exchanged = any(
        transliteration_key(a.replace(x, y)) == transliteration_key(b.replace(x, y)) for x, y in _LETTER_OR_SOUND
    )
    if min(len(one), len(other)) < 1 or (not exchanged and _sounds(one)[:1] != _sounds(other)[:1]):
        return one == other
    if lexicon.is_word(b) and not lexicon.is_word(a) and zipf(b) >= _COMMON and zipf(a) < _RARE:
        return False  # a word of the language, misspelled ("Comission"), has no romanisations
    if "rz" in a + b and transliteration_key(re.sub("rzh?", "r", a)) == transliteration_key(re.sub("rzh?", "r", b)):
        return True  # a Czech ř
    established = zipf(b) >= ESTABLISHED
    if one == other or exchanged:
        return not (established and zipf(a) < UNKNOWN)
    alike = min(len(one), len(other)) > 2 and max(len(a), len(b)) > 3 and _sounds(one) == _sounds(other)
    return alike and not (established and zipf(a) < ESTABLISHED)


@cache
def _sounds(key: str) -> str:
    """A transliteration key whose vowels are front, back or open, and in which g and h are one letter (Ihor, Igor)."""
    return re.sub(r"(.)\1+", r"\1", key.translate(_VOWELS).replace("h", "g"))


def _singular(form: str) -> str:
    return form[:-1] if len(form) > 3 and form.endswith("s") and not form.endswith("ss") else form


@lru_cache(maxsize=50_000)
def similar(a: str, b: str) -> float:
    """0..1, how much two names look or sound alike (Jaro-Winkler; 0.85 at least where their metaphones are equal)."""
    import jellyfish
    from rapidfuzz.distance import JaroWinkler

    first, second = plain(a), plain(b)
    score = float(JaroWinkler.similarity(first, second))
    sound = jellyfish.metaphone(first)
    return max(score, 0.85) if sound and sound == jellyfish.metaphone(second) else score


def abbreviates(acronym: Word, words: tuple[Word, ...]) -> bool:
    """Whether some run of capitalised words has the acronym's letters as its initials ("of" may be skipped)."""
    letters = [c for c in plain(acronym.text) if c.isalpha()]
    initials = [plain(word.text)[:1] for word in words if word.is_capitalised]
    return any(initials[i : i + len(letters)] == letters for i in range(len(initials) - len(letters) + 1))


def is_name(word: Word, segment: AlignedSegment) -> bool:
    """Whether a capitalised word is a name as far as its form tells: not merely the first word or a title's capital."""
    if not word.is_capitalised or word.is_number or len(word.form) < 2 or word.is_function:
        return False
    if word.form in segment.whole_reference.lower_case or word.form in segment.whole_variant.lower_case:
        return False
    return not word.initial or (
        zipf(word.form) < 3.0 and not lexicon.is_word(word.lemma)
    )  # a rare word in first place is a name


def title_case(words: tuple[Word, ...]) -> bool:
    """Whether a run of words is set in title case or capitals, so that a capital says nothing."""
    content = [word for word in words if word.is_content]
    return len(content) > 3 and sum(word.is_capitalised for word in content) > 0.7 * len(content)


#: Closeness in WordNet from which two words are taken for the same in other words.
_SYNONYM = 0.35


def kin(word: Word, other: Word) -> bool:
    """Whether the two are forms of one word, or mean much the same."""
    shared = 0
    for a, b in zip(word.form, other.form, strict=False):
        if a != b:
            break
        shared += 1
    stem = shared >= 5 and shared >= 0.6 * min(len(word.form), len(other.form))
    return (
        stem
        or same_family(plain(word.form), plain(other.form))
        or lexicon.related(word.lemma, other.lemma) >= _SYNONYM
        or lexicon.hypernym(word.lemma, other.lemma)
        or lexicon.hypernym(other.lemma, word.lemma)
    )
