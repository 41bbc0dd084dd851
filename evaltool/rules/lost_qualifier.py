"""A word is lost that makes something else of the next one: "an officer" for "a former officer".

Looked at are words that limit what the noun behind them is or does: former, deputy, attempted, potential, fake,
provisional, a second or third one and the like. The noun has its counterpart in the variant, with nothing in the place
of that word, and no word of the segment says the same ("ex-", "once", "tried", "another").

Severity: major; nothing is said of a summary or of a freely worded sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._units import size_of
from evaltool.words import AlignedSegment, Side

#: Words that limit a noun, in groups that say much the same; what follows the bar says so too.
_GROUPS = (
    "former retired | ex once previously previous then formerly erstwhile used past earlier old late ousted deposed"
    " until one-time onetime one sometime pensioner retire retirement veteran leave resign",
    "acting interim caretaker provisional temporary | transitional time transition replacement substitute stand"
    " standing",
    "deputy assistant vice | second-in-command junior under aide number two",
    "attempted foiled abortive unsuccessful thwarted botched | attempt try fail foil bid thwart effort want",
    "potential prospective would-be aspiring | possible possibly may might could future hopeful want maybe candidate",
    "fake false bogus counterfeit forged mock sham dummy | forgery hoax pretend falsify imitation simulate wrong",
    "preliminary initial tentative | provisional first early so far interim partial",
    "partial | part partly partially some section in-part half",
    "second third fourth fifth | another again more further additional other repeat new twice two three four five next"
    " later last",
    "foster adopted adoptive | adopt foster",
    "unpaid | pay without voluntary volunteer salary wage",
    "unarmed | weapon arm without",
)
_WORDS: dict[str, frozenset[str]] = {}
for _group in _GROUPS:
    for _word in _group.split(" | ")[0].split():
        _WORDS[_word] = frozenset(_group.replace("|", " ").split())
_DETERMINERS = frozenset("the a an his her its their our my your this that".split())
_LITERAL = 0.7  # share of common words below which the wording is free


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each such word that is lost."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.profile is Profile.SUMMARY:
        return
    ours, theirs = segment.variant, segment.reference
    if segment.literalness < _LITERAL or _WORDS.keys().isdisjoint(theirs.forms):
        return
    for j, word in enumerate(theirs.words[:-1]):
        same = _WORDS.get(word.form)
        if same is None or word.is_capitalised or theirs.partner[j] is not None:
            continue
        if j and theirs.words[j - 1].form == "every":
            continue  # "every second household": see every-other
        noun = _noun(theirs, j)
        i = theirs.partner[noun] if noun is not None else None
        if noun is None or i is None or not i or ours.words[i].is_capitalised != theirs.words[noun].is_capitalised:
            continue
        if not same.isdisjoint(ours.forms | ours.lemmas) or any(form.startswith("ex-") for form in ours.forms):
            continue
        before = ours.words[i - 1]
        kept = before.form in _DETERMINERS or (j and ours.partner[i - 1] in (j - 1, noun - 1))
        if not kept or ours.words[i].is_capitalised or ours.words[i].lemma != theirs.words[noun].lemma:
            continue
        yield Hit(
            Severity.MAJOR,
            f"The reference says “{theirs.text[word.span.start : theirs.words[noun].span.end]}”; here “{word.text}” is"
            " missing.",
            variant_span=Span(before.span.start, ours.words[i].span.end),
            reference_span=word.span,
            suggestion=theirs.text[word.span.start : theirs.words[noun].span.end],
            evidence={"lost": word.form},
            confidence=0.85,
        )


def _noun(side: Side, at: int) -> int | None:
    """The noun behind a word, at most one other word between them; None before a measure of time or a number."""
    found = None
    for k in range(at + 1, min(at + 3, len(side.words))):
        word = side.words[k]
        if gap(side, k - 1, k) != " " or not word.is_content or word.is_number or size_of(word) is not None:
            break
        found = k
    return found


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Her brother, a former officer, is wanted for fraud.",
            "Her brother, ⟦an officer⟧, is wanted for fraud.",
            severity=Severity.MAJOR,
        ),
        Example("The drug lowers the risk of a second stroke.", "The drug lowers the risk of ⟦a stroke⟧."),
        Example("Her brother, a former officer, is wanted.", "Her brother, an ex-officer, is wanted."),
        Example("The drug lowers the risk of a second stroke.", "The drug lowers the risk of another stroke."),
    ),
)
