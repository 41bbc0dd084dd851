"""Planted errors of form: the same content, in words that a careful writer would not have chosen so."""

from __future__ import annotations

from collections.abc import Callable

from evaltool import lexicon
from evaltool._english import ARTICLES, PREPOSITIONS
from evaltool.model import Span
from evaltool.planting._text import Edit, Harm, Text, inflections, like, verb_tag

Edits = list[Edit] | None

_LITTLE = "in on at of to for with by from about into over as".split()


def words_swapped(text: Text) -> Edits:
    """Two neighbouring words change places."""
    i = text.pick(i for i in range(len(text.tokens) - 1) if text.gap(i) == " ")
    if i is None:
        return None
    a, b = text.tokens[i].word, text.tokens[i + 1].word
    if a.form == b.form:
        return None
    first = b.text.capitalize() if a.initial and a.is_capitalised else b.text
    second = a.text.lower() if a.initial and not a.is_acronym and lexicon.is_word(a.lemma) else a.text
    return [Edit(a.span, first, Harm.FORM), Edit(b.span, second, Harm.FORM)]


def words_scattered(text: Text) -> Edits:
    """A word moves a few places away."""
    i = text.pick(i for i in range(1, len(text.tokens) - 4))
    if i is None:
        return None
    to = text.tokens[i + text.rng.randint(2, 3)].word.span.end
    moved = [Edit(edit.span, "", Harm.FORM) for edit in text.delete(i, i)]
    return [*moved, Edit(Span(to, to), " " + text.tokens[i].word.text, Harm.FORM)]


def repeated(text: Text) -> Edits:
    """A word, or a word by its neighbour's form, stands twice."""
    i = text.pick(range(len(text.tokens)))
    if i is None or text.tokens[i].word.is_sign:
        return None
    end = text.tokens[i].word.span.end
    return [Edit(Span(end, end), " " + text.tokens[i].word.text, Harm.FORM)]


def _verb(text: Text, change: Callable[[str, dict[str, tuple[str, ...]]], str | None]) -> Edits:
    places = text.content("v")
    text.rng.shuffle(places)
    for i in places[:4]:
        token = text.tokens[i]
        tag = verb_tag(text.tokens, i)
        if tag is None:
            continue
        new = change(tag, inflections(token.word.lemma))
        if new is not None and new != token.form:
            return [Edit(token.word.span, new.capitalize() if token.word.is_capitalised else new, Harm.FORM)]
    return None


def tense(text: Text) -> Edits:
    """Another tense: past for present, present or future for past."""
    finite = {"is": "was", "are": "were", "was": "is", "were": "are", "has": "had", "have": "had", "had": "has",
              "will": "would", "would": "will"}  # fmt: skip
    i = text.pick(i for i, t in enumerate(text.tokens) if t.form in finite)
    if i is not None and text.rng.random() < 0.5:
        word = text.tokens[i].word
        new = finite[word.form]
        return [Edit(word.span, new.capitalize() if word.is_capitalised else new, Harm.FORM)]

    def change(tag: str, forms: dict[str, tuple[str, ...]]) -> str | None:
        future = "will " + forms["VB"][0] if forms.get("VB") else None
        if tag == "VBD":
            return text.rng.choice([forms.get("VBZ", (None,))[0], forms.get("VBP", (None,))[0], future])
        return forms.get("VBD", (None,))[0] if tag in ("VBZ", "VBP") else None

    return _verb(text, change)


def verb_form(text: Text) -> Edits:
    """A participle, an infinitive or another person where the sentence needs the form it had."""

    def change(tag: str, forms: dict[str, tuple[str, ...]]) -> str | None:
        others = [forms[t][0] for t in ("VB", "VBZ", "VBG", "VBN") if t != tag and forms.get(t)]
        return text.rng.choice(others) if others else None

    return _verb(text, change)


def agreement(text: Text) -> Edits:
    """Singular for plural in a verb or a noun."""
    swaps = {"is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has", "this": "these",
             "these": "this", "that": "those", "those": "that", "does": "do", "do": "does"}  # fmt: skip
    i = text.pick(i for i, t in enumerate(text.tokens) if t.form in swaps)
    if i is not None and text.rng.random() < 0.5:
        word = text.tokens[i].word
        new = swaps[word.form]
        return [Edit(word.span, new.capitalize() if word.is_capitalised else new, Harm.FORM)]
    i = text.pick(text.content("n"))
    if i is None:
        return None
    token = text.tokens[i]
    forms = inflections(token.word.lemma)
    plural, single = forms.get("NNS", (None,))[0], token.word.lemma
    new_form = plural if token.form == single else single
    if new_form is None or new_form == token.form:
        return None
    written = new_form.capitalize() if token.word.is_capitalised else new_form
    return [Edit(token.word.span, written, Harm.FORM)]


def other_class(text: Text) -> Edits:
    """A word of the same family in another part of speech: decide for decision."""
    places = text.content("n", "v", "a", "r")
    text.rng.shuffle(places)
    for i in places[:6]:
        token = text.tokens[i]
        lemma = token.word.lemma
        options = [
            w
            for w in lexicon.derived(lemma)
            if w[:4] == lemma[:4] and lexicon.main_part_of_speech(w) not in (token.pos, None)
        ]
        if token.pos == "a" and lexicon.is_word(token.form + "ly"):
            options.append(token.form + "ly")
        if token.pos == "r" and token.form.endswith("ly") and lexicon.is_word(token.form[:-2]):
            options.append(token.form[:-2])
        if options:
            new = text.rng.choice(options)
            shaped = like(token.form, lemma, "n", new) or new
            written = shaped.capitalize() if token.word.is_capitalised else shaped
            return [Edit(token.word.span, written, Harm.FORM)]
    return None


def little_word(text: Text) -> Edits:
    """A wrong preposition, or a wrong or missing article or preposition."""
    i = text.pick(i for i, t in enumerate(text.tokens) if i and t.form in PREPOSITIONS | ARTICLES | {"to", "that"})
    if i is None:
        return None
    word = text.tokens[i].word
    if text.rng.random() < 0.5:
        return [Edit(edit.span, "", Harm.FORM) for edit in text.delete(i, i)]
    options = [w for w in [*_LITTLE, "the", "a"] if w != word.form and {w, word.form} != {"a", "an"}]
    return [Edit(word.span, text.rng.choice(options), Harm.FORM)]


def little_word_added(text: Text) -> Edits:
    """An article or a preposition too many."""
    i = text.pick(i for i in range(len(text.tokens) - 1) if text.gap(i) == " ")
    if i is None:
        return None
    end = text.tokens[i].word.span.end
    return [Edit(Span(end, end), " " + text.rng.choice(["the", "a", "of", "to", "in", "is", "it"]), Harm.FORM)]
