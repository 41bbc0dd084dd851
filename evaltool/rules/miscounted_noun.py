"""A noun stands in a number that the word before it does not allow ("several councillor", "this towns", "10 millions").

Found are singular nouns behind words that ask for a plural, and behind "one of the" with a superlative; plural nouns
behind words that ask for a singular; plurals and articles of nouns that are not counted ("informations", "an advice");
plurals in "70-years-old", "10 millions" and singulars in "thousand of people"; and a plural before a noun where the
reference has the singular ("the Alawites minority", "by rebels fire"). What the reference writes in the same way is
accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from evaltool import lexicon
from evaltool._english import ARTICLES, FUNCTION, PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parts import INVARIANT, is_adjective, is_counted, is_participle, is_plural
from evaltool.words import AlignedSegment, Side


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MANY = _set("these those several many various numerous two three four five six seven eight nine ten eleven twelve")
_ONE = _set("this a an every each another")
_SCALE = _set("hundred thousand million billion trillion dozen")
_PARTS = _set("third quarter fifth sixth seventh eighth ninth tenth hundredth thousandth")
_PARTS_COUNTED = _set("two three four five six seven eight nine")
_YEARS = 1000  # from here on a number may be a year
_CLAUSE = _set("as after before since until till than while like")  # "as revenues fell"
_OBJECT = ARTICLES | _set("him her them it me us this that these those his its their on at from")
#: Nouns that English does not count, whose plural is no other word.
_UNCOUNTED = _set(
    """
    information advice furniture equipment luggage baggage homework software hardware knowledge evidence machinery
    traffic legislation merchandise scenery jewellery jewelry ammunition
    """
)
_AGED = regex.compile(
    r"(?<![\p{L}\p{N}])(?:\d+(?:[.,]\d+)?|(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{L}+teen|\p{L}+ty))"
    r"-(?:year|month|week|day|meter|metre|kilometer|kilometre|mile|hour)s-\p{L}+"
)
_MILLIONS = regex.compile(r"(?<![\p{L}\p{N}])\d+(?:[.,]\d+)*\s(?:hundreds|thousands|millions|billions|trillions)\b")


_UNITS = r"(year|month|week|day|hour|minute|metre|meter|mile|kilometre|kilometer)"
_MEASURED = regex.compile(rf"(?<![\p{{L}}\p{{N}}-])(?i:an?|the)\s(\d+|\p{{Ll}}+)\s{_UNITS}s\s(\p{{L}}+)")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each noun whose number is wrong."""
    side, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or side.span is None:
        return
    known = {(a.form, b.form) for a, b in pairwise(theirs.words)}
    for pattern, why in ((_AGED, "the unit stays singular here"), (_MILLIONS, "the numeral stays singular here")):
        if not pattern.search(theirs.quote):
            for match in pattern.finditer(side.text, *side.span):
                yield _hit(side, Span(*match.span()), why)
    for match in _MEASURED.finditer(side.text, *side.span):
        number, unit, behind = match.groups()
        if f"{number}-{unit}".casefold() in theirs.quote.casefold() and _goes_on(behind):
            yield _hit(side, Span(match.start(1), match.end(2) + 1), f"before a noun it is “{number}-{unit}”")
    for i in range(len(side.words)):
        found = _singular(side, i) or _plural(side, i) or _one_of(side, i)
        found = found or _fraction(segment, i) or _attribute(segment, i) or _compound(segment, i)
        found = found or _numbered(segment, i) or _described(segment, i)
        if found is not None:
            last, why = found
            if (side.words[last - 1].form, side.words[last].form) not in known:
                yield _hit(side, Span(side.words[i].span.start, side.words[last].span.end), why)
        word = side.words[i]
        if word.lemma in _UNCOUNTED and word.form == f"{word.lemma}s" and word.form not in theirs.forms:
            yield _hit(side, word.span, f"“{word.lemma}” has no plural")


def _goes_on(behind: str) -> bool:
    """Whether a word behind "the 22 years" can be the noun phrase that it is put before ("the 22 years winger")."""
    form = behind.lower()
    if behind == "old" or form in FUNCTION or is_participle(form) or form.endswith("ing"):
        return behind == "old"
    return form not in ("long", "earlier", "later", "prior")


def _hit(side: Side, span: Span, why: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{span.of(side.text)}” has the wrong number: {why}.",
        variant_span=span,
        evidence={"phrase": span.of(side.text)},
        confidence=0.85,
    )


def _head(side: Side, index: int) -> int | None:
    """The index of the noun that adjectives from an index on belong to, if it ends its noun phrase."""
    at = index
    while at < len(side.words):
        word = side.words[at]
        if not word.text.islower() or word.is_function or not gap(side, at - 1, at).isspace():
            return None
        if not is_adjective(word.form):
            break
        at += 1
    if at >= len(side.words):
        return None
    tight = at + 1 < len(side.words) and gap(side, at, at + 1) in (" ", "-", "/", "\u00a0")
    behind = side.words[at + 1].form if tight else ""
    end = side.words[at].span.end
    possessive = not side.words[at].text.isalpha() or side.text[end : end + 1] in ("'", "’")
    quoted = side.text[end : end + 2].lstrip()[:1] in tuple("\"“‘'")
    ends = not tight or behind in PREPOSITIONS | {"to", "and", "who", "that", "which"}
    return at if ends and not (possessive or quoted) and (not tight or gap(side, at, at + 1) == " ") else None


def _singular(side: Side, i: int) -> tuple[int, str] | None:
    """A singular noun behind "several"."""
    first = side.words[i]
    if first.form not in _MANY or first.text.lower() != first.form or i + 1 >= len(side.words):
        return None
    at = _head(side, i + 1)
    if at is None or not is_counted(side.words[at].form):
        return None
    return at, f"“{first.form}” asks for a plural"


def _plural(side: Side, i: int) -> tuple[int, str] | None:
    """A plural noun behind "this"."""
    first = side.words[i]
    if i + 1 >= len(side.words) or first.text.lower() != first.form or gap(side, i, i + 1) != " ":
        return None
    if first.form == "much" or first.form in _ONE:
        at = _head(side, i + 1)
        if at is None or not is_plural(side.words[at]) or (first.form == "much" and at > i + 1):
            return None
        if first.form in ("a", "an", "this", "every", "another") and at > i + 1:
            return None  # "a great many reports", "another good ten minutes"
        if side.words[at].form == "heads":
            return None  # "a heads up"
        return at, f"“{first.form}” asks for a singular"
    behind = side.words[i + 1]
    if first.form in ("a", "an") and behind.form in _UNCOUNTED:
        return (i + 1, f"“{behind.form}” takes no “{first.form}”") if _head(side, i + 1) == i + 1 else None
    if first.form in _SCALE and behind.form == "of" and (not i or side.words[i - 1].form not in _MANY | {"a", "one"}):
        number = i > 0 and (side.words[i - 1].is_number or side.words[i - 1].form in _SCALE)
        return (i + 1, f"the plural of “{first.form}” is due") if not number else None
    return None


def _one_of(side: Side, i: int) -> tuple[int, str] | None:
    """A singular noun behind "one of the most"."""
    forms = [w.form for w in side.words[i : i + 4]]
    if forms[:2] != ["one", "of"] or len(forms) < 4:
        return None
    superlative = forms[3] in ("most", "best", "worst") or (forms[3].endswith("est") and len(forms[3]) > 5)
    at = _head(side, i + 4) if superlative and i + 4 < len(side.words) else None
    if at is None or not is_counted(side.words[at].form):
        return None
    return at, "“one of the” asks for a plural"


def _attribute(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A plural name before a noun or adjective that the reference has behind the singular."""
    side, theirs = segment.variant, segment.whole_reference
    if i + 2 >= len(side.words) or side.words[i].form not in ARTICLES | PREPOSITIONS or gap(side, i + 1, i + 2) != " ":
        return None
    name, noun = side.words[i + 1], side.words[i + 2]
    if not name.is_capitalised or not name.text.endswith("s") or not name.text.isalpha() or noun.is_function:
        return None
    for at, (a, b) in enumerate(pairwise(theirs.words)):
        if b.form == noun.form and a.form == name.form[:-1] and a.is_capitalised and gap(theirs, at, at + 1) == " ":
            return (i + 1, f"the reference has “{a.text} {b.text}”") if noun.text.islower() else None
    return None


def _compound(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A plural noun behind a preposition and before the noun that the reference has behind its singular."""
    side, theirs = segment.variant, segment.reference
    if i + 2 >= len(side.words) or side.words[i].form not in (PREPOSITIONS | {"a", "an"}) - _CLAUSE:
        return None
    first, noun = side.words[i + 1], side.words[i + 2]
    if not is_plural(first) or not noun.text.islower() or any(gap(side, k, k + 1) != " " for k in (i, i + 1)):
        return None
    follows = side.words[i + 3] if i + 3 < len(side.words) and gap(side, i + 2, i + 3).isspace() else None
    if follows is not None and (follows.form in _OBJECT or not follows.is_function):
        return None  # "of those that rebels fire the"
    for at, (a, b) in enumerate(pairwise(theirs.words)):
        if (a.form, b.form) == (first.lemma, noun.form) and gap(theirs, at, at + 1) == " ":
            return i + 2, f"the reference has “{a.text} {b.text}”"
    return None


def _fraction(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A singular part behind a number: "two third of"."""
    side = segment.variant
    if side.words[i].form not in _PARTS_COUNTED or i + 1 >= len(side.words) or gap(side, i, i + 1) not in (" ", "-"):
        return None
    part = side.words[i + 1].form
    tight = i + 2 < len(side.words) and gap(side, i + 1, i + 2) in (" ", "-")
    alone = not tight or side.words[i + 2].is_function
    plural = f"{part}s" in segment.reference.forms
    return (i + 1, f"“{side.words[i].form}” asks for a plural") if part in _PARTS and alone and plural else None


def _numbered(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A singular noun behind a number above one, where the reference has its plural: "12 kilogram", "two person"."""
    side, number = segment.variant, segment.variant.words[i]
    several = number.form in _MANY or (number.text.isdecimal() and 1 < int(number.text) < _YEARS)
    if not several or i + 1 >= len(side.words) or gap(side, i, i + 1) != " ":
        return None
    if i and gap(side, i - 1, i) == " " and side.words[i - 1].is_content and side.words[i - 1].is_capitalised:
        return None  # "Article 12 section"
    at = _head(side, i + 1)
    noun = side.words[at] if at is not None else None
    if at is None or noun is None or noun.form != noun.lemma or noun.form in _SCALE | INVARIANT | FUNCTION:
        return None
    plural = "people" if noun.form == "person" else ""
    theirs = any(
        (w.lemma == noun.form and w.form != noun.form and w.form.endswith(("s", "en"))) or w.form == plural
        for w in segment.reference.words
    )
    counted = lexicon.main_part_of_speech(noun.form) == "n" and noun.form not in segment.reference.forms
    return (at, f"“{number.text}” asks for a plural") if theirs and counted else None


def _described(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """An adjective with the ending of a plural, before the noun that it describes in the reference: "the youngs"."""
    side = segment.variant
    if i + 2 >= len(side.words) or gap(side, i, i + 1) != " " or gap(side, i + 1, i + 2) != " ":
        return None
    word, noun = side.words[i + 1], side.words[i + 2]
    plain = word.form.removesuffix("s")
    if plain == word.form or not word.text.islower() or not noun.text.islower() or noun.is_function:
        return None
    adjective = lexicon.main_part_of_speech(plain) == "a" and "v" not in lexicon.parts_of_speech(plain)
    there = adjective and any(a.form == plain and b.lemma == noun.lemma for a, b in pairwise(segment.reference.words))
    return (i + 1, f"“{plain}” has no plural before a noun") if there and not plain.endswith("s") else None


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Several councillors left.",
            "⟦Several councillor⟧ of the town left.",
        ),
        Example("It is one of the most famous cities.", "It is ⟦one of the most famous city⟧."),
        Example("This warning of the police came late.", "⟦This warnings⟧ of the police came late."),
        Example("He had much information.", "He had many ⟦informations⟧."),
        Example("A 70-year-old man fled.", "A ⟦70-years-old⟧ man fled."),
        Example("An eight-month-old girl fled.", "An ⟦eight-months-old⟧ girl fled."),
        Example("The 22-year-old Uruguayan winger came on.", "The ⟦22 years⟧ Uruguayan winger came on."),
        Example("The 10-year war is over.", "The 10 years spent at war are over."),
        Example("It cost 10 million.", "It cost ⟦10 millions⟧."),
        Example("The Alawite minority fled.", "⟦The Alawites⟧ minority fled."),
        Example("Almost two thirds of it burnt.", "Almost ⟦two third⟧ of it burnt."),
        Example("Most were killed by rebel fire.", "Most were killed ⟦by rebels fire⟧."),
        Example("He hid 12 crates and two people.", "He hid ⟦12 crate⟧ and ⟦two person⟧."),
        Example("They lost with young players.", "They lost with ⟦the youngs⟧ players."),
        Example("It is rebel fire.", "It is what rebels fire."),
        Example("Thousands of people fled.", "⟦Thousand of⟧ people fled."),
        Example(
            "The two men met several times, and ten percent left.",
            "The two men met several times, and ten percent left them.",
        ),
    ),
)
