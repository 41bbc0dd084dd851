"""Planted errors that change what a text says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from evaltool import lexicon
from evaltool._english import NEGATORS, PREPOSITIONS
from evaltool.model import Span
from evaltool.planting._text import Edit, Harm, Text, Token, phrase_end, verb_tag

Edits = list[Edit] | None

_CLOSED = {
    "quantifiers": "all/some all/none many/few most/some several/dozens hundreds/thousands"
    " both/neither every/no each/no",
    "modals": "must/may will/may can/must could/will should/must would/will may/will might/will cannot/must",
    "bounds": "over/under above/below more/less least/most minimum/maximum nearly/over almost/more up/over before/after"
    " since/until until/after during/after exactly/nearly",
    "links": "because/although if/unless and/or while/before after/before although/because despite/without with/without"
    " when/before by/against for/against from/to into/from inside/outside",
    "degrees": "only/also always/never often/seldom first/last already/not still/never most/least never/always"
    " fully/partly officially/unofficially directly/indirectly",
    "genders": "he/she his/her him/her himself/herself man/woman men/women boy/girl father/mother son/daughter"
    " brother/sister husband/wife king/queen",
    "times": "second/hour minute/hour hour/day day/week week/month month/year year/decade decade/century monday/friday"
    " tuesday/saturday wednesday/sunday thursday/monday morning/evening yesterday/tomorrow spring/autumn summer/winter"
    " january/june february/july march/august april/september may/october june/november today/yesterday",
    "places": "north/south east/west northern/southern eastern/western left/right inside/outside upper/lower"
    " domestic/foreign national/local public/private",
}
_HEDGES = re.compile(
    r"\b(?:allegedly|reportedly|apparently|supposedly|possibly|probably|likely|perhaps|about|around|some|nearly|almost"
    r"|approximately|roughly|an? (?:estimated|alleged|suspected)|suspected|alleged)\s+",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r",? according to [^,.;:“”\"]{3,60}(?=[,.;])|, [^,.;:“”\"]{3,40} (?:said|says|reported|claimed|added)(?=[.;])"
)
_CLAUSE = re.compile(
    r"(?:,| (?:and|but|while|although|which|who|because|after|before|as))\s[^,.;:“”\"]{12,90}(?=[,.;])"
)
_SAYING = "say deny claim confirm doubt announce admit suggest demand promise warn question".split()
_BE = frozenset(["is", "are", "was", "were"])
_NEGATABLE = _BE | {"will", "would", "can", "could", "should", "may", "might", "must", "has", "had", "have"}


def pairs_of(group: str) -> Callable[[Text], Edits]:
    """A planting function that exchanges a closed-class word for its counterpart."""
    other: dict[str, list[str]] = {}
    for pair in _CLOSED[group].split():
        a, b = pair.split("/")
        other.setdefault(a, []).append(b)
        if group in ("genders", "times", "places", "bounds"):
            other.setdefault(b, []).append(a)

    def plant(text: Text) -> Edits:
        chosen = text.pick(i for i, t in enumerate(text.tokens) if t.form in other or t.word.lemma in other)
        if chosen is None:
            return None
        token = text.tokens[chosen]
        if token.form in other:
            new = text.rng.choice(other[token.form])
            if token.form == "her" and token.word.lemma == "her":
                following = text.tokens[chosen + 1].pos if chosen + 1 < len(text.tokens) else "f"
                new = "his" if following in ("n", "a") else "him"
            new = new.capitalize() if token.word.is_capitalised else new
            return [*text.article(chosen, new), Edit(token.word.span, new, Harm.WRONG)]
        return text.swap_word(chosen, text.rng.choice(other[token.word.lemma]))

    return plant


def _from_lexicon(
    relation: Callable[[str, str], Sequence[str]], *pos: str, near: float = 0.5
) -> Callable[[Text], Edits]:
    """A planting function that replaces a content word by a related one that does not mean the same."""

    def plant(text: Text) -> Edits:
        places = text.content(*pos)
        text.rng.shuffle(places)
        for i in places[:6]:
            token = text.tokens[i]
            options = [
                word
                for word in relation(token.word.lemma, token.pos)
                if word.isalpha() and word != token.word.lemma and lexicon.related(word, token.word.lemma) < near
            ]
            known = [word for word in options if _usual(word)]
            if known:
                edits = text.swap_word(i, text.rng.choice(known))
                if edits:
                    return edits
        return None

    return plant


def _usual(word: str) -> bool:
    import wordfreq

    return bool(wordfreq.zipf_frequency(word, "en") > 2.8)


wrong_sense = _from_lexicon(lexicon.other_senses, "n", "v", "a", "r", near=0.9)
sister = _from_lexicon(lexicon.sisters, "n", "v", near=0.6)
hypernym = _from_lexicon(lexicon.wider, "n", "v", near=1.01)
opposite = _from_lexicon(lambda lemma, _: lexicon.opposites(lemma), "n", "v", "a", "r", near=1.01)


def wrong_word(text: Text) -> Edits:
    """A content word of another text, of the same part of speech."""
    i = text.pick(text.content("n", "v", "a", "r"))
    if i is None:
        return None
    token = text.tokens[i]
    others = text.donors.words[token.pos]
    for _ in range(8 if others else 0):
        word = text.rng.choice(others)
        if lexicon.related(word, token.word.lemma) < 0.3 and _usual(word) and (edits := text.swap_word(i, word)):
            return edits
    return None


def number(text: Text) -> Edits:
    """Another number of the same length, or two digits exchanged."""
    i = text.pick(i for i, t in enumerate(text.tokens) if t.word.is_number)
    if i is None:
        return None
    old = text.tokens[i].word.text
    digits = [k for k, c in enumerate(old) if c.isdecimal()]
    new = list(old)
    if len(digits) > 1 and text.rng.random() < 0.4:
        k = text.rng.randrange(len(digits) - 1)
        new[digits[k]], new[digits[k + 1]] = new[digits[k + 1]], new[digits[k]]
    else:
        k = text.rng.choice(digits)
        new[k] = text.rng.choice([d for d in "123456789" if d != old[k]])
    written = "".join(new)
    return None if written == old else [Edit(text.tokens[i].word.span, written, Harm.WRONG)]


def name(text: Text) -> Edits:
    """A name of another text."""
    i = text.pick(text.content("name"))
    if i is None or not text.donors.names:
        return None
    new = text.rng.choice(text.donors.names)
    return None if new == text.tokens[i].word.text else [Edit(text.tokens[i].word.span, new, Harm.WRONG)]


def name_dropped(text: Text) -> Edits:
    """A name is left out."""
    i = text.pick(text.content("name"))
    return None if i is None else text.delete(i, i)


def negation(text: Text) -> Edits:
    """A negator is put in, or one that stands there is taken out."""
    negated = [i for i, t in enumerate(text.tokens) if t.form in NEGATORS or t.form.endswith("n't")]
    i = text.pick(negated)
    if i is not None and text.rng.random() < 0.7:
        token = text.tokens[i]
        if token.form == "not":
            return text.delete(i, i)
        swaps = {"no": "some", "never": "always", "without": "with", "none": "all", "nobody": "everybody",
                 "nothing": "everything", "neither": "both", "cannot": "can", "hardly": "fully"}  # fmt: skip
        if token.form in swaps:
            new = swaps[token.form]
            return [Edit(token.word.span, new.capitalize() if token.word.is_capitalised else new, Harm.WRONG)]
        if token.form.endswith("n't") and token.form not in ("won't", "can't", "shan't"):
            return [Edit(token.word.span, token.word.text[:-3], Harm.WRONG)]
        return None
    i = text.pick(i for i, t in enumerate(text.tokens) if t.form in _NEGATABLE)
    if i is not None:
        end = text.tokens[i].word.span.end
        return [Edit(Span(end, end), " not", Harm.ADDED)]
    i = text.pick(i for i in text.content("v") if verb_tag(text.tokens, i) == "VBD")
    if i is None:
        return None
    token = text.tokens[i]
    return [Edit(token.word.span, f"did not {token.word.lemma}", Harm.WRONG)]


def hedge_dropped(text: Text) -> Edits:
    """A hedge or the source of a claim is left out."""
    found = [*_HEDGES.finditer(text.text), *_SOURCE.finditer(text.text)]
    if not found:
        return None
    chosen = text.rng.choice(found)
    return [Edit(Span(*chosen.span()), "", Harm.LOST)] if chosen.start() else None


def saying(text: Text) -> Edits:
    """Another verb of saying, so that a claim is denied, confirmed or demanded."""
    i = text.pick(i for i, t in enumerate(text.tokens) if t.word.lemma in _SAYING and t.pos == "v")
    if i is None:
        return None
    return text.swap_word(i, text.rng.choice([v for v in _SAYING if v != text.tokens[i].word.lemma]))


def _dropped(*pos: str) -> Callable[[Text], Edits]:
    def plant(text: Text) -> Edits:
        i = text.pick(i for i in text.content(*pos) if i)
        return None if i is None else text.delete(i, i)

    return plant


noun_dropped, verb_dropped, modifier_dropped = _dropped("n"), _dropped("v"), _dropped("a", "r")


def _phrases(text: Text) -> list[tuple[int, int]]:
    """First and last word of each prepositional phrase that does not begin the text."""
    found = []
    for i, token in enumerate(text.tokens):
        if i and token.form in PREPOSITIONS and (end := phrase_end(text.text, text.tokens, i)) is not None:
            found.append((i, end))
    return found


def phrase_dropped(text: Text) -> Edits:
    """A prepositional phrase is left out."""
    found = _phrases(text)
    return text.delete(*text.rng.choice(found)) if found else None


def clause_dropped(text: Text) -> Edits:
    """What stands between a comma or a conjunction and the next mark is left out."""
    found = [m for m in _CLAUSE.finditer(text.text) if m.end() - m.start() < 0.6 * len(text.text)]
    return [Edit(Span(*text.rng.choice(found).span()), "", Harm.LOST)] if found else None


def phrase_added(text: Text) -> Edits:
    """A prepositional phrase of another text is put behind a noun."""
    places = [i for i in text.content("n", "name") if text.gap(i)[:1] in (" ", ".", ",")]
    i = text.pick(places)
    if i is None or not text.donors.phrases:
        return None
    end = text.tokens[i].word.span.end
    return [Edit(Span(end, end), " " + text.rng.choice(text.donors.phrases), Harm.ADDED)]


def clause_added(text: Text) -> Edits:
    """A clause of another text is put before the final stop."""
    end = len(text.text.rstrip(' .!?"”'))
    if not text.donors.clauses or end < 20:
        return None
    return [Edit(Span(end, end), ", " + text.rng.choice(text.donors.clauses), Harm.ADDED)]


def word_added(text: Text) -> Edits:
    """An adjective of another text is put before a noun, or an adverb before a verb."""
    i = text.pick(i for i in text.content("n", "v") if text.tokens[i].word.initial is False)
    if i is None:
        return None
    others = text.donors.words["a" if text.tokens[i].pos == "n" else "r"]
    new = text.rng.choice(others) if others else ""
    if not new or not _usual(new) or (text.tokens[i].pos == "v" and not new.endswith("ly")):
        return None
    start = text.tokens[i].word.span.start
    return [*text.article(i, new), Edit(Span(start, start), new + " ", Harm.ADDED)]


def _exchange(text: Text, alike: Callable[[Token, Token], bool], pos: tuple[str, ...]) -> Edits:
    numbers = [i for i, t in enumerate(text.tokens) if t.word.is_number]
    places = numbers if "number" in pos else text.content(*pos)
    options = [
        (i, j)
        for at, i in enumerate(places)
        for j in places[at + 1 :]
        if j - i > 1 and alike(text.tokens[i], text.tokens[j])
    ]
    if not options:
        return None
    a, b = (text.tokens[i].word for i in text.rng.choice(options))
    if a.form == b.form:
        return None
    return [Edit(a.span, b.text, Harm.WRONG), Edit(b.span, a.text, Harm.WRONG)]


def names_exchanged(text: Text) -> Edits:
    """Two names change places."""
    return _exchange(text, lambda a, b: a.form != b.form, ("name",))


def numbers_exchanged(text: Text) -> Edits:
    """Two numbers change places."""
    return _exchange(text, lambda a, b: len(a.form) == len(b.form), ("number",))


def nouns_exchanged(text: Text) -> Edits:
    """Two nouns of the same number change places: who did what to whom."""
    return _exchange(text, lambda a, b: (a.form == a.word.lemma) == (b.form == b.word.lemma), ("n",))
