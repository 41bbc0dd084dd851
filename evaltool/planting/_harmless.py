"""Rewordings that change nothing in what a text says: what a good paraphrase does, and no rule may flag.

They are the counterpart of the planted errors: the judge of words learns from them what is no error, and the self-test
counts how many of them are flagged. Each takes a text and says what it became, or None where it has no place for it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from evaltool import lexicon
from evaltool._english import ARTICLES, PRONOUNS
from evaltool.planting._text import like, tagged

Reworded = str | None
Rewording = Callable[[str, random.Random], Reworded]

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_WORDS = {word: str(value) for value, word in enumerate(_SMALL) if value}
_DIGITS = {digits: word for word, digits in _WORDS.items()}
_UNIT = r"(?=\s+(?:people|men|women|children|days|weeks|months|years|hours|minutes|times|\w+s)\b)"
_SAYING = "said says told stated announced declared explained noted added reported".split()
_NAME = r"[A-Z][a-z]+(?: [A-Z][a-z]+)*"
_WORD = rf"((?:{_NAME})|[a-z]{{4,}})"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_END = r"(?=[.,]| (?:in|on|at|to|for|with|and|has|is|was|will) )"

#: Closed-class words and phrases that can stand for one another anywhere, and those that can before a number.
_SAME = (
    "despite/in spite of", "due to/because of/owing to", "per cent/percent", "toward/towards", "although/even though",
    "in addition to/besides", "as well/too", "among/amongst", "whereas/while", "the United States/the US",
    "the United Kingdom/the UK", "each other/one another", "every day/daily", "every year/annually",
    "immediately/at once", "often/frequently", "perhaps/maybe", "until/till", "two weeks/a fortnight",
    "therefore/as a result", "however/nevertheless", "regarding/concerning", "for example/for instance",
    "a large number of/a great many", "in order to/so as to", "prior to/ahead of",
)  # fmt: skip
_BEFORE_NUMBERS = ("more than/over", "about/around/approximately/roughly", "at least/no fewer than", "nearly/almost")
#: These hold one way only.
_ONE_WAY = (
    ("because", "since"), ("in order to", "to"), ("such as", "like"), ("as well as", "and"), ("whether", "if"),
    ("but", "yet"), ("again", "once more"), ("most of the", "the majority of the"), ("several", "a number of"),
    ("many", "a large number of"), ("it is", "this is"), ("located in", "in"), ("in the course of", "during"),
)  # fmt: skip
_NOT_NAMES = frozenset(["It", "He", "She", "That", "There", "What", "Who", "Here", "Let", "This", "Today", "One"])
_CONTRACTIONS = (
    ("did not", "didn't"), ("does not", "doesn't"), ("do not", "don't"), ("is not", "isn't"), ("are not", "aren't"),
    ("was not", "wasn't"), ("were not", "weren't"), ("has not", "hasn't"), ("have not", "haven't"),
    ("had not", "hadn't"), ("will not", "won't"), ("would not", "wouldn't"), ("could not", "couldn't"),
    ("should not", "shouldn't"), ("cannot", "can't"), ("it is", "it's"), ("they are", "they're"), ("we are", "we're"),
    ("I am", "I'm"), ("he is", "he's"), ("she is", "she's"), ("that is", "that's"), ("we have", "we've"),
)  # fmt: skip


def _exchange(text: str, old: str, new: str, rng: random.Random, after: str = "") -> Reworded:
    """One place where ``old`` stands as whole words, before ``after``, becomes ``new``."""
    places = list(re.finditer(rf"\b{re.escape(old)}\b{after}", text, re.IGNORECASE))
    if not places:
        return None
    place = rng.choice(places)
    written = new[0].upper() + new[1:] if place[0][0].isupper() and old[0].islower() else new
    return text[: place.start()] + written + text[place.end() :]


def _first(text: str, options: list[tuple[str, str]], rng: random.Random, after: str = "") -> Reworded:
    """The first of some exchanges, in an order by chance, that finds a place."""
    rng.shuffle(options)
    done = (_exchange(text, old, new, rng, after) for old, new in options)
    return next((new for new in done if new is not None), None)


def _both_ways(groups: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(a, b) for group in groups for a in group.split("/") for b in group.split("/") if a != b]


def little_phrase(text: str, rng: random.Random) -> Reworded:
    """A closed-class word or phrase becomes one that says the same."""
    return _first(text, [*_both_ways(_SAME), *_ONE_WAY], rng)


def bound(text: str, rng: random.Random) -> Reworded:
    """A bound before a number becomes one that says the same."""
    return _first(text, _both_ways(_BEFORE_NUMBERS), rng, after=r"(?= \d)")


def contraction(text: str, rng: random.Random) -> Reworded:
    """A contraction is written out, or the other way round."""
    return _first(text, [*_CONTRACTIONS, *((b, a) for a, b in _CONTRACTIONS)], rng)


def number_form(text: str, rng: random.Random) -> Reworded:
    """A small number in words becomes digits, or the other way round; % becomes percent."""
    if "%" in text and rng.random() < 0.5:
        return re.sub(r"(?<=\d)\s?%", rng.choice([" percent", " per cent"]), text)
    if re.search(r"\d per ?cent\b", text):
        return re.sub(r"(?<=\d) per ?cent\b", "%", text)
    options = [*re.finditer(rf"(?<!-)\b(?:{'|'.join(list(_WORDS)[1:])})\b{_UNIT}", text)]
    options += re.finditer(rf"(?<=[a-z] )(?:{'|'.join(list(_DIGITS)[1:])}){_UNIT}", text)
    if not options:
        return None
    place = rng.choice(options)
    new = _WORDS.get(place[0]) or _DIGITS[place[0]]
    return text[: place.start()] + (new.capitalize() if not place.start() else new) + text[place.end() :]


def _sentence(text: str) -> tuple[str, str] | None:
    """A text of one sentence without its final stop, and the stop."""
    match = re.fullmatch(r"([^.!?;:“”\"]{20,})([.])", text.strip())
    return (match[1], match[2]) if match else None


def source_moved(text: str, rng: random.Random) -> Reworded:
    """The source of a statement moves from the front to the end, or back."""
    del rng
    sentence = _sentence(text)
    if sentence is None:
        return None
    body, stop = sentence
    if body.startswith(("In ", "From ", "On ", "At ", "It ", "As ")):
        return None
    if match := re.fullmatch(rf"([^,]{{3,60}}) ({'|'.join(_SAYING)}) that (.+)", body):
        return f"{match[3][0].upper()}{match[3][1:]}, {_lower(match[1])} {match[2]}{stop}"
    if match := re.fullmatch(rf"(.+), ([^,]{{3,40}}) ({'|'.join(_SAYING)})", body):
        return f"{_upper(match[2])} {match[3]} that {_lower(match[1])}{stop}"
    if match := re.fullmatch(r"According to ([^,]{3,60}), (.+)", body):
        return f"{_upper(match[2])}, according to {match[1]}{stop}"
    if match := re.fullmatch(r"(.+),? according to ([^,]{3,60})", body):
        return f"According to {match[2]}, {_lower(match[1].rstrip(','))}{stop}"
    return None


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _lower(text: str) -> str:
    """With a small first letter, unless the first word is a name or an acronym."""
    first = text.split(maxsplit=1)[0]
    form = first.lower().strip(",")
    plain = form in ARTICLES | PRONOUNS or not (first[1:] != first[1:].lower() or not lexicon.is_word(form))
    return text[0].lower() + text[1:] if plain and form != "i" else text


def phrase_moved(text: str, rng: random.Random) -> Reworded:
    """A phrase of time or place moves from the front of the sentence to its end, or back."""
    del rng
    sentence = _sentence(text)
    if sentence is None:
        return None
    body, stop = sentence
    time = rf"(?:\w+day|{_MONTH}(?: \d{{1,2}})?|\d{{4}}|(?:the )?(?:last|past|next|same) \w+|the (?:morning|evening))"
    start = rf"(?:(?:In|On|During|Since|By) {time}|Yesterday|Today|Last \w+)"
    if match := re.fullmatch(rf"({start}), ([^,]+(?:, [^,]+, [^,]+)?)", body):
        return f"{_upper(match[2])} {_lower(match[1])}{stop}"
    end = rf"(?:(?:on|in) (?:\w+day|{_MONTH}|\d{{4}})|yesterday|last \w+|this (?:week|month|year|morning|evening))"
    if match := re.fullmatch(rf"([^,]+) ({end})", body):
        return f"{_upper(match[2])}, {_lower(match[1])}{stop}"
    return None


def saying_verb(text: str, rng: random.Random) -> Reworded:
    """Another neutral verb of saying in the past."""
    place = re.search(r"(?<= )(said|stated|noted|added)(?= that |[.,])", text)
    if place is None:
        return None
    new = rng.choice([v for v in ("said", "stated", "noted") if v != place[0]])
    return text[: place.start()] + new + text[place.end() :]


def that_word(text: str, rng: random.Random) -> Reworded:
    """The "that" after a verb of saying goes or comes."""
    del rng
    if re.search(r"\b(?:said|says|believes?|believed|hopes?|hoped|thinks?|thought) that ", text):
        return re.sub(r"\b(said|says|believes?|believed|hopes?|hoped|thinks?|thought) that ", r"\1 ", text, count=1)
    found = re.search(r"\b(said|says|believed?) (?=(?:the|he|she|it|they|there|we) )", text)
    return text[: found.end()] + "that " + text[found.end() :] if found else None


def possessive(text: str, rng: random.Random) -> Reworded:
    """The possessive of a name becomes a phrase with "of", or the other way round."""
    found = re.finditer(rf"(?<=[a-z] )({_NAME})['’]s ([a-z]+){_END}", text)
    places = [m for m in found if m[1] not in _NOT_NAMES]
    if places:
        place = rng.choice(places)
        new = f"the {place[2]} of {place[1]}"
        return text[: place.start()] + new + text[place.end() :]
    places = list(re.finditer(rf"\b[Tt]he ([a-z]+) of ({_NAME}){_END}", text))
    if not places:
        return None
    place = rng.choice(places)
    return f"{text[: place.start()]}{place[2]}'s {place[1]}{text[place.end() :]}"


def pair_turned(text: str, rng: random.Random) -> Reworded:
    """Two words or names joined by "and" change places."""
    places = [
        m
        for m in re.finditer(rf"(?<= ){_WORD} (and|or) {_WORD}(?=[.,;]| \w+ed )", text)
        if m[1][0].isupper() == m[3][0].isupper() and m[1] != m[3]
    ]  # fmt: skip
    sound = [m for m in places if m[1][0].isupper() or {_pos(m[1]), _pos(m[3])} in ({"n"}, {"a"})]
    if not sound:
        return None
    place = rng.choice(sound)
    return f"{text[: place.start()]}{place[3]} {place[2]} {place[1]}{text[place.end() :]}"


def _pos(word: str) -> str | None:
    return next((t.pos for t in tagged(word)), None)


def split(text: str, rng: random.Random) -> Reworded:
    """A sentence of two clauses becomes two sentences."""
    del rng
    found = re.search(r"(?<=[a-z]{3}), (and|but) (?=(?:he|she|it|they|we|the|there|this|that) \w+)", text)
    if found is None or found.start() < 25 or text.count(".") > 1:
        return None
    return f"{text[: found.start()]}. {_upper(found[1])} {text[found.end() :]}"


def relative(text: str, rng: random.Random) -> Reworded:
    """A relative pronoun with its auxiliary goes: "the men who were held" becomes "the men held"."""
    del rng
    new = re.sub(r"(?<=[a-z]{3}) (?:who|which|that) (?:is|are|was|were) (?=[a-z]+(?:ed|ing) )", " ", text, count=1)
    return None if new == text else new


def synonym(text: str, rng: random.Random) -> Reworded:
    """A content word becomes a word that WordNet holds for the same in both words' usual senses."""
    tokens = tagged(text)
    places = [i for i, t in enumerate(tokens) if t.pos in ("n", "a", "r") and len(t.form) > 3 and t.form.isalpha()]
    rng.shuffle(places)
    for i in places[:8]:
        token = tokens[i]
        options = [
            w
            for w in lexicon.synonyms(token.word.lemma, token.pos)
            if w.isalpha() and lexicon.related(w, token.word.lemma) >= _SAME_SENSE and _as_usual(w, token.word.lemma)
        ]
        if not options or token.word.is_capitalised:
            continue
        new = like(token.form, token.word.lemma, token.pos, rng.choice(options))
        before = tokens[i - 1].form if i else ""
        if new and new != token.form and not (before in ("a", "an") and (new[0] in "aeiou") != (before == "an")):
            return text[: token.word.span.start] + new + text[token.word.span.end :]
    return None


_SAME_SENSE = 0.9


def _as_usual(word: str, other: str) -> bool:
    """Whether a word is known well and about as frequent as the other one: else it belongs to other texts."""
    import wordfreq

    found = float(wordfreq.zipf_frequency(word, "en"))
    return found > 3.3 and abs(found - float(wordfreq.zipf_frequency(other, "en"))) < 1.2


def date_form(text: str, rng: random.Random) -> Reworded:
    """A date in the other order: June 14 and 14 June."""
    del rng
    month = f"({_MONTH})"
    if re.search(rf"\b{month} \d{{1,2}}(?!\d|st|nd|rd|th)", text):
        return re.sub(rf"\b{month} (\d{{1,2}})(?!\d|st|nd|rd|th),?", r"\2 \1", text, count=1)
    new = re.sub(rf"\b(\d{{1,2}}) {month}\b", r"\2 \1", text, count=1)
    return None if new == text else new


def link_word(text: str, rng: random.Random) -> Reworded:
    """A word that only links sentences goes or comes."""
    found = re.match(r"(?:However|Meanwhile|Moreover|In addition|Furthermore|Therefore|In fact), (?=\w)", text)
    if found:
        return _upper(text[found.end() :])
    if rng.random() < 0.3 and re.match(r"(?:The|This|It|He|She|They|We) ", text):
        return rng.choice(("Meanwhile, ", "In addition, ", "Furthermore, ")) + _lower(text)
    return None


def backshift(text: str, rng: random.Random) -> Reworded:
    """What somebody said moves one tense back, or returns: "said it is" and "said it was"."""
    del rng
    shifts = {"is": "was", "are": "were", "has": "had", "have": "had", "will": "would", "can": "could"}
    found = re.search(
        r"\b(?:said|stated|added|announced|reported) that [^,.“”\"]*?\b(is|are|has|have|will|can)\b", text
    )
    if found:
        return text[: found.start(1)] + shifts[found[1]] + text[found.end(1) :]
    return None


REWORDINGS: dict[str, Rewording] = {
    "bound": bound,
    "contraction": contraction,
    "date-form": date_form,
    "link-word": link_word,
    "little-phrase": little_phrase,
    "number-form": number_form,
    "pair-turned": pair_turned,
    "phrase-moved": phrase_moved,
    "possessive": possessive,
    "relative": relative,
    "saying-verb": saying_verb,
    "source-moved": source_moved,
    "split": split,
    "synonym": synonym,
    "tense-in-report": backshift,
    "that": that_word,
}


def reword(kind: str, text: str, rng: random.Random) -> Reworded:
    """Reword a text without changing what it says.

    Args:
        kind: a key of REWORDINGS.
        text: a good text, a sentence or a few.
        rng: the only source of chance.
    """
    done = REWORDINGS[kind](text, rng)
    return None if done == text else done
