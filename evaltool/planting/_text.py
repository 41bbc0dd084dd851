"""A text as the planting functions see it: words with a part of speech, and edits that keep track of what they did."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from evaltool import lexicon
from evaltool._english import ARTICLES, AUXILIARIES, PREPOSITIONS, PRONOUNS
from evaltool.model import Span
from evaltool.words import Word, words_of

_SUBJECTS = frozenset(["i", "you", "he", "she", "it", "we", "they", "who"])
_DETERMINERS = ARTICLES | {"this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"}
_BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am"])
_HAVE = frozenset(["have", "has", "had", "having"])


class Harm(StrEnum):
    """What an edit did to the words it left behind or took away."""

    WRONG = "wrong"  # other words, which say something else
    ADDED = "added"  # words that nothing in the reference stands for
    LOST = "lost"  # words taken away
    FORM = "form"  # the same words in another form or order


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``span`` of the text by ``new``; an empty span inserts, an empty text deletes."""

    span: Span
    new: str
    harm: Harm


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its guessed part of speech.

    Attributes:
        word: the word.
        pos: "n", "v", "a", "r", "name", "number" or "f" for a closed class.
    """

    word: Word
    pos: str

    @property
    def form(self) -> str:
        """Lower-case form."""
        return self.word.form


@dataclass(frozen=True)
class Text:
    """A text to plant errors into.

    Attributes:
        text: as written.
        donors: where foreign material comes from.
        rng: the only source of chance.
    """

    text: str
    donors: Donors
    rng: random.Random

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words, with parts of speech."""
        return tagged(self.text)

    def pick(self, chosen: Iterable[int]) -> int | None:
        """One of the indexes by chance, or None."""
        options = list(chosen)
        return self.rng.choice(options) if options else None

    def content(self, *pos: str) -> list[int]:
        """Indexes of content words of some parts of speech that are long enough to carry meaning."""
        return [i for i, t in enumerate(self.tokens) if t.pos in pos and len(t.form) > 2]

    def swap_word(self, index: int, lemma: str, harm: Harm = Harm.WRONG) -> list[Edit] | None:
        """Put another lemma in the place of a word, in the same form, with the article before it made to fit."""
        token = self.tokens[index]
        new = like(token.word.form, token.word.lemma, token.pos, lemma)
        if new is None or new == token.form:
            return None
        if token.word.is_capitalised:
            new = new[0].upper() + new[1:]
        return [*self.article(index, new), Edit(token.word.span, new, harm)]

    def article(self, index: int, following: str) -> list[Edit]:
        """The edit that turns a into an, or back, before a word that is replaced."""
        if index and self.tokens[index - 1].form in ("a", "an") and following:
            right = "an" if following[0].lower() in "aeiou" else "a"
            before = self.tokens[index - 1].word
            if before.form != right:
                written = right.capitalize() if before.is_capitalised else right
                return [Edit(before.span, written, Harm.FORM)]
        return []

    def delete(self, first: int, last: int) -> list[Edit]:
        """Take away the words from ``first`` to ``last`` and the space before them."""
        start, end = self.tokens[first].word.span.start, self.tokens[last].word.span.end
        if start and self.text[start - 1].isspace():
            start -= 1
        elif end < len(self.text) and self.text[end].isspace():
            end += 1
        return [Edit(Span(start, end), "", Harm.LOST)]

    def gap(self, first: int) -> str:
        """What stands between a word and the next one."""
        if first + 1 >= len(self.tokens):
            return self.text[self.tokens[first].word.span.end :]
        return self.text[self.tokens[first].word.span.end : self.tokens[first + 1].word.span.start]


@dataclass(frozen=True)
class Donors:
    """Words and phrases of other texts.

    Attributes:
        names: single capitalised words.
        words: part of speech -> lemmas.
        phrases: prepositional phrases of two to six words.
        clauses: what stands behind a comma, without it.
    """

    names: Sequence[str]
    words: dict[str, Sequence[str]]
    phrases: Sequence[str]
    clauses: Sequence[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Donors:
        """Collect from texts, in a stable order."""
        names: dict[str, None] = {}
        words: dict[str, dict[str, None]] = defaultdict(dict)
        phrases: dict[str, None] = {}
        clauses: dict[str, None] = {}
        for text in texts:
            tokens = tagged(text)
            for i, token in enumerate(tokens):
                if token.pos == "name":
                    names.setdefault(token.word.text)
                elif token.pos in "nvar":
                    words[token.pos].setdefault(token.word.lemma)
                if token.form in PREPOSITIONS and (end := phrase_end(text, tokens, i)) is not None:
                    phrases.setdefault(text[token.word.span.start : tokens[end].word.span.end])
            for clause in text.rstrip(".!?").split(", ")[1:]:
                if 4 <= len(clause.split()) <= 12 and not any(c in clause for c in '."“”();:'):
                    clauses.setdefault(clause)
        return cls(list(names), {pos: list(words[pos]) for pos in "nvar"}, list(phrases), list(clauses))


def phrase_end(text: str, tokens: Sequence[Token], start: int) -> int | None:
    """Index of the last word of the prepositional phrase that begins at ``start``: up to its noun, without a verb."""
    last = None
    for i in range(start + 1, min(start + 6, len(tokens))):
        between = text[tokens[i - 1].word.span.end : tokens[i].word.span.start]
        token = tokens[i]
        if not between.isspace() or token.pos in ("v", "r") or (token.pos == "f" and token.form not in _DETERMINERS):
            break
        if token.pos in ("n", "name", "number"):
            last = i
    return last


@cache
def tagged(text: str) -> tuple[Token, ...]:
    """The words of a text with parts of speech guessed from their form, their neighbours and WordNet."""
    out: list[Token] = []
    for word in words_of(text):
        before = out[-1] if out else None
        out.append(Token(word, _pos(word, before)))
    return tuple(out)


def _pos(word: Word, before: Token | None) -> str:
    if word.is_number or word.is_sign:
        return "number"
    if word.is_function:
        return "f"
    if word.is_capitalised and (not word.initial or not lexicon.is_word(word.lemma)):
        return "name"
    known = lexicon.parts_of_speech(word.lemma) | lexicon.parts_of_speech(word.form)
    if not known:
        return "n"
    if before is not None and "n" in known and before.form in _DETERMINERS | PREPOSITIONS and before.form != "to":
        return "a" if "a" in known and lexicon.main_part_of_speech(word.form) == "a" else "n"
    if before is not None and "v" in known and before.form in _SUBJECTS | AUXILIARIES | {"to"}:
        return "v"
    if word.form != word.lemma and "v" in known and not word.form.endswith("s"):
        return "v"
    return lexicon.main_part_of_speech(word.form) or lexicon.main_part_of_speech(word.lemma) or "n"


def verb_tag(tokens: Sequence[Token], index: int) -> str | None:
    """Penn tag of a verb's form: VB, VBD, VBG, VBN, VBP or VBZ; None where the form is none of its lemma's."""
    token = tokens[index]
    tags = {tag for tag, forms in inflections(token.word.lemma).items() if token.form in forms}
    before = {t.form for t in tokens[max(0, index - 3) : index]}
    if "VBN" in tags and (before & (_BE | _HAVE) or "VBD" not in tags):
        return "VBN"
    for tag in ("VBD", "VBZ", "VBG"):
        if tag in tags:
            return tag
    if token.form == token.word.lemma:
        return "VB" if before & (AUXILIARIES | {"to"}) else "VBP"
    return None


@cache
def inflections(lemma: str) -> dict[str, tuple[str, ...]]:
    """Penn tag -> forms of a dictionary word; nothing is invented for a word that the inflection table lacks."""
    from lemminflect import getAllInflections

    return dict(getAllInflections(lemma))


def like(form: str, lemma: str, pos: str, other: str) -> str | None:
    """Another lemma in the form that a word has, or None where it has no such form."""
    if form == lemma:
        return other
    wanted = {"n": ("NNS",), "v": ("VBD", "VBZ", "VBG", "VBN"), "a": ("JJR", "JJS"), "r": ("RBR", "RBS")}.get(pos, ())
    mine, theirs = inflections(lemma), inflections(other)
    for tag in wanted:
        if form in mine.get(tag, ()) and theirs.get(tag):
            return theirs[tag][0]
    return None


def is_pronoun(token: Token) -> bool:
    """Whether it is a pronoun."""
    return token.form in PRONOUNS


@dataclass(frozen=True, slots=True)
class Applied:
    """An edited text.

    Attributes:
        text: as it reads now.
        places: where in it the words stand that edits put there.
        gaps: offsets in it where words were taken away.
        before: where in the old text the words stood that were replaced or taken away.
    """

    text: str
    places: tuple[tuple[Span, Harm], ...]
    gaps: tuple[int, ...]
    before: tuple[tuple[Span, Harm], ...]


def applied(text: str, edits: Sequence[Edit]) -> Applied:
    """Carry out edits that do not overlap."""
    out: list[str] = []
    places: list[tuple[Span, Harm]] = []
    before: list[tuple[Span, Harm]] = []
    gaps: list[int] = []
    at = length = 0
    for edit in sorted(edits, key=lambda e: e.span):
        out += [text[at : edit.span.start], edit.new]
        length += edit.span.start - at
        if edit.new.strip():
            lead = len(edit.new) - len(edit.new.lstrip())
            places.append((Span(length + lead, length + len(edit.new.rstrip())), edit.harm))
        else:
            gaps.append(length)
        if edit.span.end > edit.span.start:
            before.append((edit.span, edit.harm))
        length += len(edit.new)
        at = edit.span.end
    out.append(text[at:])
    return Applied("".join(out), tuple(places), tuple(gaps), tuple(before))
