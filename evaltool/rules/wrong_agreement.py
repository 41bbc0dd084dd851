"""A verb does not agree with its subject in number ("there was warnings", "everyone were", "people was").

Found are singular verbs behind "there" and before a plural noun, behind "people", and behind a plural subject with a
relative clause ("the banks, whose owners fled, has"), plural verbs behind "everyone" and the like, and base forms
behind "he", "she" and "it" where the clause begins; and, where the reference has the right form, a singular verb behind
a plural noun that begins the sentence ("Investigators has questioned"), another form of the verb right behind "the" or
the like and a noun ("the monitor add"), a base form behind "everything that", a plural verb behind a singular noun
("the request have"), a singular verb behind two names, and "this" before a plural. Words that stand together in the
reference too are accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import ends_sentence, gap, sentence
from evaltool.rules._parts import SAME_PARTICIPLE, is_adjective, is_base_verb, is_plural
from evaltool.rules._verbs import PAST_ONLY
from evaltool.words import AlignedSegment, Side, Word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SINGULAR = _set("is was has")
_QUANTITY = _set("many several some no other these those various numerous not also still already only")
_BEHIND_NOUN = PREPOSITIONS | _set("that who which to and or")
_EVERYONE = _set("everyone everybody someone somebody anyone anybody nobody")
_EVERYTHING = _EVERYONE | _set("everything something anything nothing")
_PLURAL_VERBS = _set("are were have")
_RELATIVE = _set("who whose which")
#: The plural verbs that stand for singular ones of the reference; what a plain noun phrase has before its noun.
_SINGULAR_OF = {"have": "has had", "are": "is was", "were": "was is"}
_BEFORE_NOUN = _set("only first second third last next same whole other new")
_THESE = _set("these those the")
_PLURAL_OF = {"has": "have", "was": "were", "is": "are"}
_DETERMINING = _set("the this that its his her their our my your a an another each every these those")
#: What leaves it open which noun is the subject, or asks for the bare verb; and how far before the noun it is sought.
_OPEN = AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | _set("to that who which of than as did does let lest and or nor")
_BARE_BEHIND = _set("let make help see hear watch have demand insist suggest recommend propose ask require urge")
_LED = 4
#: Singulars that take a plural verb too, beside the words for groups.
_MANY = _set("majority minority number half rest pair couple public press staff people police cattle youth")
_LONGEST = 14  # words of a relative clause


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb that its subject does not agree with."""
    if segment.kind is not Kind.MATCH:
        return
    side = segment.variant
    known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
    for i in range(len(side.words)):
        found = _behind_there(side, i) or _pronoun(side, i) or _people(side, i) or _relative(side, i)
        found = found or _first(side, i, known) or _everything(segment, i) or _noun_and_verb(segment, i)
        found = found or _one_and_plural(side, i, known) or _two_names(segment, i) or _this(side, i, known)
        if found is None:
            continue
        subject, verb = found
        first, last = sorted((subject, verb))
        if (side.words[last - 1].form, side.words[last].form) in known and last - first < _LONGEST // 2:
            continue
        noun, form = side.words[subject].text, side.words[verb].text
        yield Hit(
            Severity.MINOR,
            f"“{form}” does not agree in number with “{noun}”.",
            variant_span=Span(side.words[verb if last - first > 2 else first].span.start, side.words[last].span.end),
            evidence={"subject": noun, "verb": form},
            confidence=0.9,
        )


def _next_to(side: Side, index: int) -> bool:
    """Whether nothing but a space stands between a word and the next."""
    return index + 1 < len(side.words) and gap(side, index, index + 1).isspace()


def _behind_there(side: Side, i: int) -> tuple[int, int] | None:
    """(noun, verb) of "there was warnings"."""
    words = side.words
    if words[i].form != "there" or words[i].text[1:] != "here" or not _next_to(side, i):
        return None
    verb = i + 1
    at = verb + 1
    if words[verb].form not in _SINGULAR or not _next_to(side, verb):
        return None
    if words[verb].form == "has":
        if words[at].form != "been":
            return None
        at += 1
    while at < len(words) and (words[at].form in _QUANTITY or is_adjective(words[at].form)) and _next_to(side, at):
        at += 1
    if at >= len(words) or not is_plural(words[at]):
        return None
    alone = side.text[words[at].span.end :][:1] in tuple(".,;:!?") or words[at + 1].form in _BEHIND_NOUN
    return (at, verb) if alone else None


def _pronoun(side: Side, i: int) -> tuple[int, int] | None:
    """(pronoun, verb) of "everyone were" and of a clause that begins with "he have"."""
    words = side.words
    if not _next_to(side, i) or words[i].text.lower() != words[i].form:
        return None
    verb = words[i + 1]
    before = words[i - 1].form if i and gap(side, i - 1, i).isspace() else ""
    if words[i].form in _EVERYONE and verb.form in _PLURAL_VERBS:
        return None if before in AUXILIARIES or before == "that" else (i, i + 1)
    if words[i].form not in ("he", "she", "it") or not (words[i].initial or before in ("and", "but", "because")):
        return None
    if verb.form == "were" and words[i].form == "it":
        return (i, i + 1) if words[i].initial and words[i].is_capitalised and "?" not in side.quote else None
    begins = words[i].initial or before == "because" or (i > 1 and not gap(side, i - 2, i - 1).isspace())
    base = verb.form in ("have", "do", "don't") or (is_base_verb(verb.form) and len(verb.form) > 3)
    return (i, i + 1) if begins and base and "?" not in side.quote and verb.text.islower() else None


def _people(side: Side, i: int) -> tuple[int, int] | None:
    """(noun, verb) of "people was"."""
    words = side.words
    if words[i].text.lower() != "people" or not _next_to(side, i) or words[i + 1].form not in _SINGULAR:
        return None
    at = i
    while at > 0 and gap(side, at - 1, at).isspace():
        at -= 1
        if words[at].form in PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | {"to", "a", "one", "this", "that"}:
            return None  # "the number of people was", "killing people is"
        if words[at].form.endswith("ing") or (words[at].is_content and not is_adjective(words[at].form)):
            return None
    return i, i + 1


def _relative(side: Side, i: int) -> tuple[int, int] | None:
    """(noun, verb) of a plural subject, a relative clause between commas, and a singular verb."""
    words = side.words
    if not i or words[i].form not in _RELATIVE or gap(side, i - 1, i).strip() != ",":
        return None
    noun = words[i - 1]
    if not (is_plural(noun) or _plural_name(noun)):
        return None
    start = i - 1
    while start > 0 and not words[start].initial:
        start -= 1
    if any(w.form in PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | {"to", "of"} for w in words[start : i - 1]):
        return None  # "The mayor of the towns, who ..., has"
    for at in range(i, min(i + _LONGEST, len(words) - 1)):
        between = gap(side, at, at + 1)
        if ends_sentence(between) or any(mark in between for mark in ";:()–—"):
            return None
        if "," in between:
            return (i - 1, at + 1) if _singular_verb(side, at + 1) else None
    return None


def _everything(segment: AlignedSegment, i: int) -> tuple[int, int] | None:
    """("everything", verb) of "everything that move", where the reference has another form behind "that"."""
    words = segment.variant.words
    if words[i].form not in _EVERYTHING or i + 2 >= len(words) or words[i + 1].form not in ("that", "which", "who"):
        return None
    verb = words[i + 2]
    joined = _next_to(segment.variant, i) and _next_to(segment.variant, i + 1)
    base = joined and verb.form == verb.lemma and "v" in lexicon.parts_of_speech(verb.lemma) and verb.is_content
    other = {b.form for a, b in pairwise(segment.reference.words) if b.lemma == verb.lemma and not a.is_content}
    return (i, i + 2) if base and other and verb.form not in other else None


def _first(side: Side, i: int, known: set[tuple[str, str]]) -> tuple[int, int] | None:
    """(noun, verb) of a plural noun at the beginning that has the plural verb behind it in the reference."""
    words = side.words
    if not i or not _next_to(side, i - 1) or words[i].form not in _PLURAL_OF:
        return None
    noun = words[i - 1]
    if noun.form == noun.lemma or not noun.form.endswith("s") or "n" not in lexicon.parts_of_speech(noun.lemma):
        return None
    start = i - 1
    while start > 0 and is_adjective(words[start - 1].form) and _next_to(side, start - 1):
        start -= 1
    if not words[start].initial and start:
        start -= words[start - 1].form in _QUANTITY | {"the", "two", "three"}
    alone = words[start].initial and (words[i - 1].form, _PLURAL_OF[words[i].form]) in known
    return (i - 1, i) if alone else None


def _one_and_plural(side: Side, i: int, known: set[tuple[str, str]]) -> tuple[int, int] | None:
    """(noun, verb) of "the request have" at the beginning of a clause, where the reference has "the request had"."""
    words = side.words
    if i < 2 or words[i].form not in _SINGULAR_OF or not words[i].text.islower() or not _next_to(side, i - 1):
        return None
    noun = words[i - 1]
    if not any((noun.form, verb) in known for verb in _SINGULAR_OF[words[i].form].split()):
        return None
    single = noun.text.islower() and noun.form == noun.lemma and "n" in lexicon.parts_of_speech(noun.form)
    if not single or noun.form in _MANY or lexicon.hypernym(noun.form, "group"):
        return None
    at = i - 2
    while at > 0 and _next_to(side, at) and (words[at].form in _BEFORE_NOUN or is_adjective(words[at].form)):
        at -= 1
    if words[at].form not in _DETERMINING - {"that"} or not _next_to(side, at):
        return None
    if at and words[at - 1].form in ("only", "even", "just") and _next_to(side, at - 1):
        at -= 1
    free = words[at].initial or not at or gap(side, at - 1, at).strip() == "," or words[at - 1].form == "that"
    return (i - 1, i) if free else None  # "the words and the request have", "if the request were"


def _two_names(segment: AlignedSegment, i: int) -> tuple[int, int] | None:
    """(name, verb) of "Ann and Bert threatens", where the reference has another form behind the same names."""
    side, theirs = segment.variant, segment.reference.words
    if i < 3 or not _next_to(side, i - 1) or not _singular_verb(side, i) or side.words[i - 2].form != "and":
        return None
    first, joining, last, verb = side.words[i - 3 : i + 1]
    if not (first.is_capitalised and last.is_capitalised) or verb.is_capitalised:
        return None
    for j in range(3, len(theirs)):
        same = [w.form for w in theirs[j - 3 : j]] == [first.form, joining.form, last.form]
        plural = theirs[j].form in _PLURAL_VERBS or (theirs[j].form == theirs[j].lemma and not theirs[j].is_function)
        if same and plural and "v" in lexicon.parts_of_speech(theirs[j].lemma):
            return i - 1, i
    return None


def _this(side: Side, i: int, known: set[tuple[str, str]]) -> tuple[int, int] | None:
    """(noun, "this") of "this minutes", where the reference has the plural too."""
    words = side.words
    if not i or words[i - 1].form != "this" or not _next_to(side, i - 1) or not _several(words[i]):
        return None
    ended = i + 1 == len(words) or not _next_to(side, i) or words[i + 1].form in AUXILIARIES | PREPOSITIONS
    ended = ended or words[i + 1].form in _SINGULAR | _PLURAL_VERBS
    return (i, i - 1) if ended and any((these, words[i].form) in known for these in _THESE) else None


def _several(word: Word) -> bool:
    """Whether a form is a noun in the plural, whatever else it may be."""
    plural = word.text.islower() and word.form.endswith("s") and word.form != word.lemma
    return plural and lexicon.main_part_of_speech(word.lemma) == "n"


def _noun_and_verb(segment: AlignedSegment, i: int) -> tuple[int, int] | None:
    """(noun, verb) of "the monitor add" and "the monitors adds", where the reference has another form of the verb."""
    side = segment.variant
    word, j = side.words[i], side.partner[i]
    if i < 2 or j is None or not word.text.islower() or word.is_function or not _next_to(side, i - 1):
        return None
    noun, led, other = side.words[i - 1], side.words[i - 2], segment.reference.words[j]
    if lexicon.main_part_of_speech(noun.lemma) in ("a", "r"):
        return None  # "the first fall"
    if any(w.form == noun.form for w in segment.reference.words[j + 1 : j + 2]):
        return None  # "a coup attempt" for "an attempted coup"
    if other.lemma != word.lemma or other.form == word.form or "v" not in lexicon.parts_of_speech(word.lemma):
        return None
    if not noun.text.islower() or not _next_to(side, i - 2) or led.form not in _DETERMINING:
        return None
    start = sentence(side, i)[0]
    start = next((k + 1 for k in range(i - 3, start - 1, -1) if gap(side, k, k + 1) != " "), start)
    before = side.words[max(start, i - 2 - _LED) : i - 2]
    if any(w.form in _OPEN or w.lemma in _BARE_BEHIND for w in before):
        return None  # "let the monitor add", "asked that the monitor add", "the mayor and the monitor add"
    if word.form == word.lemma and other.form != word.lemma:
        ending = noun.form.endswith("s") and not noun.form.endswith("ss")
        single = noun.form == noun.lemma and not ending and "n" in lexicon.parts_of_speech(noun.form)
        grouped = noun.form in _MANY or lexicon.hypernym(noun.form, "group")
        finite = other.form.endswith(("s", "ed")) or other.form in PAST_ONLY or other.lemma in ("say", "tell")
        verbal = lexicon.main_part_of_speech(word.form) == "v" and word.form not in SAME_PARTICIPLE
        plain = not before or before[-1].form not in AUXILIARIES
        return (i - 1, i) if single and not grouped and finite and verbal and plain else None
    ending = word.form in (f"{word.lemma}s", f"{word.lemma}es")
    verbal = lexicon.main_part_of_speech(word.lemma) == "v" and not lexicon.is_word(word.form)
    several = noun.form == f"{noun.lemma}s" and "n" in lexicon.parts_of_speech(noun.lemma)
    return (i - 1, i) if ending and verbal and several and not lexicon.is_word(noun.form) else None


def _plural_name(word: Word) -> bool:
    """Whether a name is the plural of a people or the like ("Alawites"), as far as its ending tells."""
    return word.is_capitalised and word.form.endswith(("ites", "ists", "ians", "ers", "ans", "ees"))


def _singular_verb(side: Side, at: int) -> bool:
    verb = side.words[at]
    if verb.form in _SINGULAR:
        return True
    stem = verb.form.removesuffix("s")
    follows = side.words[at + 1].form if _next_to(side, at) else ""
    inflected = verb.form.endswith("s") and verb.text.islower() and "v" in lexicon.parts_of_speech(stem)
    return inflected and (lexicon.main_part_of_speech(stem) == "v" or follows in ("for", "the", "a", "to"))


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("Warnings had in fact been issued.", "In fact, there ⟦was warnings⟧."),
        Example("Everyone was at home.", "⟦Everyone were⟧ at home."),
        Example("It was his men who left.", "⟦It were⟧ his men who left."),
        Example(
            "She said that only the first plea had been heard.", "She said that only the first ⟦plea have⟧ been heard."
        ),
        Example("Weber and Lindt face a long trial.", "Weber and ⟦Lindt faces⟧ a long trial."),
        Example("He described the minutes as false.", "He described ⟦this minutes⟧ as false."),
        Example("They put down an attempted coup on Monday.", "They put down a coup attempt on Monday."),
        Example("If the plea were heard, he would go.", "He would go if the plea were heard."),
        Example("The banks, whose owners fled, have closed.", "The banks, whose owners fled, ⟦has⟧ closed."),
        Example("People were in the street.", "⟦People was⟧ in the street."),
        Example("Officials have questioned them.", "⟦Officials has⟧ questioned them."),
        Example("A third bomb did not explode, the monitor added.", "A third bomb failed, the ⟦monitor add⟧."),
        Example("A bomb failed, the monitors added.", "A bomb failed, the ⟦monitors adds⟧."),
        Example("The clerk added a line.", "They let the clerk add a line, and asked that the clerk add a date."),
        Example("They fired at anything that moved.", "They fired at ⟦everything that move⟧."),
        Example("He has no money.", "⟦He have⟧ no money."),
        Example("The number of people was low.", "The number of people was low."),
        Example("The mayor of the towns, who fled, is back.", "The mayor of the towns, who fled, is back."),
        Example("There was heavy sports betting.", "There was sports betting on a large scale."),
    ),
)
