"""A relative clause begins with a word that cannot begin it ("the union, which members left", "..., what he denied").

Found are "what" and "which" where the reference has "which" and "whose" behind a comma, "which" for "who" behind a
person, "what" behind "everything" and its like, "who" for "whom" behind a preposition, and "included" for "including"
where the reference goes on with examples.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import AUXILIARIES, PRONOUNS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parts import BE
from evaltool.words import AlignedSegment, Side, Word

_EVERYTHING = frozenset("everything all nothing anything something much".split())
_SUBJECTS = frozenset("i you he she it we they".split())
_MANY = frozenset("many most some all both none several few half two three four five each one".split())
_BEFORE_WHO = frozenset("to with from for by of against at on behind among without".split())


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word that cannot begin its relative clause."""
    if segment.kind is not Kind.MATCH:
        return
    side, theirs = segment.variant, segment.reference
    for i, word in enumerate(side.words):
        if word.form not in _FOUND or not word.text.islower() or i + 1 == len(side.words) or not i:
            continue
        due, other = _FOUND[word.form](side, theirs, i)
        if due:
            yield Hit(
                Severity.MINOR,
                f"“{word.text}” cannot stand here; it takes “{due}”.",
                variant_span=Span(word.span.start, side.words[i + 1].span.end),
                reference_span=other.span if other is not None else None,
                suggestion=f"{due} {side.words[i + 1].text}" if due != "whom" else None,
                evidence={"form": word.form, "due": due},
                confidence=0.85,
            )


_Found = tuple[str, Word | None]
_NOTHING: _Found = ("", None)


def _comma(side: Side, i: int) -> bool:
    return i > 0 and gap(side, i - 1, i).strip() in (",", "”,", ",”")


def _is_thing(word: Word) -> bool:
    """Whether a noun can mean no person, group or animal."""
    kinds = ("person", "group", "animal", "location")
    known = lexicon.main_part_of_speech(word.lemma) == "n" and word.text.islower()
    return known and not any(lexicon.hypernym(word.lemma, kind, 6) for kind in kinds)


def _what(side: Side, theirs: Side, i: int) -> _Found:
    """Tell of “what” behind a comma where the reference has "which", or behind "everything"."""
    before, behind = side.words[i - 1], side.words[i + 1]
    if "what" in theirs.forms:
        return _NOTHING
    if before.form in _EVERYTHING and gap(side, i - 1, i) == " " and behind.form in _SUBJECTS:
        known = {(a.form, b.form) for a, b in zip(theirs.words, theirs.words[1:], strict=False)}
        leads = i > 1 and side.words[i - 2].form in ("at", "after", "not")
        return _NOTHING if (before.form, "what") in known or leads else ("that", None)
    other = next((w for j, w in enumerate(theirs.words) if w.form == "which" and _comma(theirs, j)), None)
    if other is None or not _comma(side, i) or any(w.form == "which" for w in side.words):
        return _NOTHING
    asks = "?" in side.quote or behind.form in BE or any(w.form in ("what", "ask", "asked") for w in side.words[:i])
    return _NOTHING if asks else ("which", other)


def _which(side: Side, theirs: Side, i: int) -> _Found:
    """Tell of “which” behind a person, where the reference has "who" behind the same word, or for "whose"."""
    found = _no_whose(side, theirs, i)
    if found[0] or gap(side, i - 1, i).strip() not in ("", ","):
        return found
    noun = side.words[i - 1]
    for j in range(1, len(theirs.words) - 1):
        if theirs.words[j].form != "who" or theirs.words[j - 1].form != noun.form:
            continue
        verb = theirs.words[j + 1]
        single = verb.form in ("has", "is", "was") or (verb.form == f"{verb.lemma}s" and verb.text.islower())
        human = lexicon.hypernym(noun.lemma, "person", 6) and not lexicon.hypernym(noun.lemma, "group", 6)
        person = human or noun.form in ("people", "persons")
        full = noun.is_capitalised and i > 1 and side.words[i - 2].is_capitalised and gap(side, i - 2, i - 1) == " "
        if person or (full and not noun.is_acronym and single and not lexicon.is_word(noun.lemma)):
            return "who", theirs.words[j]
    return _NOTHING


def _no_whose(side: Side, theirs: Side, i: int) -> _Found:
    """Tell of “which” or “who” before the noun that the reference has behind "whose"."""
    noun = side.words[i + 1]
    if gap(side, i, i + 1) != " " or "whose" in side.forms or noun.is_function or i + 2 == len(side.words):
        return _NOTHING
    for j, other in enumerate(theirs.words[:-2]):
        if other.form != "whose" or theirs.words[j + 1].form != noun.form:
            continue
        ours, its = side.words[i + 2], theirs.words[j + 2]
        both = ours.form in AUXILIARIES and its.form in AUXILIARIES
        if both or ours.lemma == its.lemma or side.partner[i + 2] == j + 2:
            return "whose", other
    return _NOTHING


def _who(side: Side, theirs: Side, i: int) -> _Found:
    """Tell of “who” behind a preposition, where it is no subject."""
    found = _no_whose(side, theirs, i)
    before = side.words[i - 1]
    for j in range(1, len(theirs.words)):
        thing = theirs.words[j].form in ("which", "that") and theirs.words[j - 1].form == before.form
        if thing and _is_thing(before) and gap(side, i - 1, i).strip() in ("", ","):
            return "which", theirs.words[j]
    if found[0] or before.form not in _BEFORE_WHO or gap(side, i - 1, i) != " ":
        return found
    if before.form == "of" and i > 1 and side.words[i - 2].form in _MANY:
        return "whom", None  # "ten men, many of who left"
    clause = side.words[i + 1 : i + 5]
    subject = clause[0].form in _SUBJECTS and len(clause) > 1
    being = any(w.form in BE for w in clause[1:2]) or (
        len(clause) > 2 and clause[2].form in BE and not clause[1].form.endswith("ed")
    )
    stranded = any(w.form in _BEFORE_WHO for w in clause[2:])
    # "the question of who they belonged to" is how people speak.
    return ("whom", None) if subject and not being and not stranded else _NOTHING


def _included(side: Side, theirs: Side, i: int) -> _Found:
    """Tell of “included” behind a comma, where the reference goes on with "including"."""
    other = next((w for w in theirs.words if w.form == "including"), None)
    if other is None or not _comma(side, i) or "including" in side.forms or "included" in theirs.forms:
        return _NOTHING
    behind = side.words[i + 1]
    follows = gap(side, i, i + 1) == " " and behind.form not in {"in", "on", "by", "with", "as", "for", "among", "at"}
    return ("including", other) if follows and behind.form not in PRONOUNS - {"its", "their", "his"} else _NOTHING


_FOUND = {"what": _what, "which": _which, "that": _no_whose, "who": _who, "included": _included}

RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The firm cut 300 jobs, which angered the union.", "The firm cut 300 jobs, ⟦what angered⟧ the union."),
        Example("The town, whose mayor has left, is quiet.", "The town, ⟦which mayor⟧ has left, is quiet."),
        Example("Ann Lewinska, who grows apples, left.", "Ann Lewinska, ⟦which grows⟧ apples, left."),
        Example("The union, who went on strike, won.", "The union, which went on strike, won."),
        Example("He forgot everything that he had seen.", "He forgot everything ⟦what he⟧ had seen."),
        Example("They did not say to whom it belonged.", "They did not say to ⟦who it⟧ belonged."),
        Example("He freed ten men, including two sailors.", "He freed ten men, ⟦included two⟧ sailors."),
        Example("The town, whose plans failed, is quiet.", "The town, which plans to move, is quiet."),
        Example("The mayor denied it, which surprised them.", "What surprised them was that the mayor denied it."),
        Example("Nobody knew whose it was.", "It was a question of who it belonged to."),
        Example("He had ten guests, including two sailors.", "He had ten guests, two sailors included."),
    ),
)
