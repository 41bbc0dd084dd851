"""A verb agrees with the noun beside it instead of its subject ("the prices of fertiliser has fallen").

The reference has the verb in the other number. The head of the noun phrase before the verb, to which all words between
the two belong by "of", "in", "for", other prepositions or a participle, asks for that number too. Found are also
"machines that was" and "there is 400". Nothing is said behind "number of", "majority of" and other words for amounts,
behind names, groups and two nouns with "and".

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ARTICLES, PREPOSITIONS
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, neighbours, sentence
from evaltool.rules._numbers import quantities_of
from evaltool.rules._parts import is_participle, is_plural
from evaltool.rules._units import size_of
from evaltool.words import AlignedSegment, Side

_SINGULAR = {"has": "have", "was": "were", "is": "are"}
_PLURAL = {plural: singular for singular, plural in _SINGULAR.items()}
#: Heads that say how many of what stands behind them, which then decides.
_AMOUNTS = frozenset(
    """
    number majority minority half third quarter fifth percent per cent total lot couple series range rest group variety
    part proportion share percentage amount plenty none any all most some each either neither handful string army band
    crew staff police team government family public press set pair dozen hundred thousand million kind type sort
    """.split()
)
_IRREGULAR = frozenset("people men women children feet teeth mice geese".split())
_DETERMINERS = ARTICLES | frozenset("its his her their our my your these those".split())
_LINKS = PREPOSITIONS - frozenset("than like as except but since until till before after".split())
_LONGEST = 9  # words between the beginning of the clause and the verb


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb in another number than the head of its subject."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    side, theirs = segment.variant, segment.reference
    for i, word in enumerate(side.words):
        due = _SINGULAR.get(word.form) or _PLURAL.get(word.form)
        if due is None or not i or word.form in theirs.forms:
            continue
        if side.words[i - 1].form == "there" and ("there", due) in neighbours(theirs) and _several(side, i):
            yield _hit(side, i - 1, i, due, side.words[i - 1].text)
            return
        if _relative(side, i) and (side.words[i - 1].form, word.form) not in neighbours(theirs):
            yield _hit(side, i - 2, i, due, side.words[i - 2].text)
            return
        # A past form of the reference has no number: then only a plural subject is sure.
        head = _head(side, i) if i > 1 and (due in theirs.forms or word.form in _SINGULAR) else None
        if head is None:
            continue
        noun = side.words[head]
        plural = (is_plural(noun) and noun.form != noun.lemma) or noun.form in _IRREGULAR
        if size_of(noun) is not None or plural != (noun.form.endswith("s") or noun.form in _IRREGULAR):
            continue  # "series", "news": the form does not tell
        if plural == (word.form in _PLURAL) or not _as_there(segment, head, due if due in theirs.forms else ""):
            continue
        yield _hit(side, head, i, due, noun.text)
        return


def _hit(side: Side, first: int, verb: int, due: str, subject: str) -> Hit:
    word = side.words[verb]
    return Hit(
        Severity.MINOR,
        f"“{word.text}” does not agree in number with its subject.",
        variant_span=Span(side.words[first].span.start, word.span.end),
        suggestion=due,
        evidence={"subject": subject, "verb": word.text},
        confidence=0.85,
    )


def _relative(side: Side, verb: int) -> bool:
    """Whether a singular verb stands behind "that" or "which" and a plural noun that belongs to nothing before it."""
    if side.words[verb].form not in _SINGULAR or verb < 3 or side.words[verb - 1].form not in ("that", "which"):
        return False
    noun = side.words[verb - 2]
    plain = noun.text.islower() and is_plural(noun) and noun.form != noun.lemma and noun.form.endswith("s")
    before = {w.form for w in side.words[max(0, verb - 7) : verb - 2]}
    alone = before.isdisjoint(_LINKS | {"of", "one", "and", "with"}) and not before & _AMOUNTS
    return plain and alone and gap(side, verb - 2, verb - 1) == " " and size_of(noun) is None


def _several(side: Side, verb: int) -> bool:
    """Whether a number of things above one stands shortly behind a verb."""
    return any(q.kind == "count" and q.value > 1 and verb < q.first <= verb + 4 for q in quantities_of(side))


def _head(side: Side, verb: int) -> int | None:
    """The first noun of the clause, if only nouns joined to it by prepositions stand between it and a verb."""
    first, _ = sentence(side, verb, ',;:()—–“”"')
    said = (k for k in range(verb - 2, first, -1) if side.words[k].form == "that")
    told = next((k for k in said if any(w.lemma in SPEECH for w in side.words[max(first, k - 3) : k])), None)
    first = first if told is None else told + 1
    while first < verb and side.words[first].form in ("but", "and", "that", "while", "because", "although", "when"):
        first += 1
    if verb - first > _LONGEST or any(gap(side, k, k + 1) != " " for k in range(first, verb)):
        return None
    head = None
    for k in range(first, verb):
        word = side.words[k]
        joined = word.form in _LINKS or word.form in ("to", "of")
        apart = head is not None and is_participle(word.form) and side.words[k + 1].form in _LINKS
        if joined or apart:  # "the machines damaged in May"
            if head is None:
                return None
            break
        if word.is_content and not word.is_number:
            head = k
        elif word.form not in _DETERMINERS:
            return None
    beside = head is not None and head + 1 == verb and side.words[head].form not in _IRREGULAR
    if head is None or beside or side.words[head].form in _AMOUNTS or side.words[head].lemma in _AMOUNTS:
        return None
    inner = side.words[head + 1 : verb]
    content = [w.is_content or w.is_number or w.is_capitalised for w in inner]
    plain = all(c or w.form in _LINKS | _DETERMINERS | {"to", "of"} for c, w in zip(content, inner, strict=True))
    noun = lexicon.main_part_of_speech(side.words[head].lemma) == "n"
    capital = side.words[head].is_capitalised and not side.words[head].initial
    return head if plain and noun and not capital and (not inner or content[-1]) else None


def _as_there(segment: AlignedSegment, head: int, due: str) -> bool:
    """Whether the reference has the head in the same number, in the sentence of a verb in the other number, if any."""
    side, theirs = segment.variant, segment.reference
    for k, word in enumerate(theirs.words):
        inner = k > 0 and theirs.words[k - 1].form in _LINKS | {"of", "to"}  # "the number of cod has"
        if word.form == side.words[head].form and not inner:
            first, last = sentence(theirs, k)
            if not due or any(w.form == due for w in theirs.words[first : last + 1]):
                return True
    return False


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    yields=True,
    examples=(
        Example(
            "Prices of fertiliser have fallen by 12 percent.",
            "The ⟦prices of fertiliser has⟧ fallen by 12 percent.",
            severity=Severity.MINOR,
        ),
        Example("Unemployment in the towns has doubled.", "⟦Unemployment in the towns have⟧ doubled."),
        Example(
            "He said on Friday that the machines damaged in May had been replaced.",
            "He said on Friday that the ⟦machines damaged in May was⟧ replaced.",
        ),
        Example("They found two machines that had been stolen.", "They found two ⟦machines that was⟧ stolen."),
        Example("There are still 400 people there.", "⟦There is⟧ still 400 people there."),
        Example("A number of towns have no station.", "A number of towns has no station."),
    ),
)
