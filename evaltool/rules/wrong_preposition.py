"""A preposition with a sense of its own stands where the reference has another that does not mean the same.

"Without", "after", "behind" or "between" say something; "of", "in", "to" and the like hardly do, and change places in
any rewording. So a preposition of the first kind is told of where the reference has another one between the same two
words, or nothing that says its sense, or where it spoils a set phrase ("behind the other hand"). Prepositions that can
stand for each other ("via", "through") are accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import PREPOSITIONS
from evaltool.model import Kind
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._numbers import MONTHS, WEEKDAYS
from evaltool.rules._polarity import is_denial
from evaltool.rules._units import size_of
from evaltool.rules._verbs import Tense, groups
from evaltool.words import AlignedSegment, Side, Word

_ALL = PREPOSITIONS | {"to", "like", "unlike", "alongside", "underneath"}
_LIGHT = frozenset("of in on for with at by from to about as into like".split())
_PARTICLES = frozenset("up out off down over past per near along".split())  # they often belong to a verb
_TELLING = _ALL - _LIGHT - _PARTICLES
#: Each line: what the first can stand for.
_LIKE = {
    own: frozenset(others.split())
    for own, _, others in (
        line.strip().partition(": ")
        for line in """
        above: over beyond past on at
        across: through throughout around over along in on of
        after: following since later behind once then on at upon from before for of in
        against: versus to with on from for at
        alongside: along with together beside as and by
        amid: among amidst during in between with while within
        among: amongst amid between of in with from within
        amongst: among amid between of in with from
        around: about near round behind on by at over across
        before: ahead prior until by in for earlier to
        behind: after beyond at
        below: under beneath down
        beneath: under below
        beside: besides by next near at alongside with
        besides: beyond except with
        between: among of from amid and
        beyond: over past outside above further after
        despite: in with for although though even
        during: in over while throughout amid at within on for of
        except: but besides than
        inside: in within into at to around
        onto: on to upon in into
        outside: out beyond off from at
        since: from after because as for in on
        through: via by throughout across over with with in during from
        throughout: during across over through in around of
        till: until to before by for
        toward: towards to for at on in
        towards: toward to for at on in
        under: in into below beneath with by during within for at on
        underneath: under below beneath
        unlike: than from to
        until: till before to by for into
        unto: to
        upon: on after at in
        via: through by over with on from using in
        within: in inside during under of into with
        without: with no
        """.strip().splitlines()
    )
}
#: Set phrases by what follows the preposition, and the prepositions that can begin them.
_PHRASES = {
    tuple(phrase.split()): frozenset(allowed.split())
    for phrase, allowed in (
        ("terms of", "in on under by of with to for"),
        ("the basis of", "on as for"),
        ("the other hand", "on in by with from"),
        ("the one hand", "on in by with from"),
        ("the occasion of", "on for to upon at with"),
        ("the vicinity of", "in to from within into of near around"),
        ("accordance with", "in"),
        ("spite of", "in"),
        ("addition to", "in with"),
        ("behalf of", "on in"),
    )
}
_BEGINNINGS = {phrase[0] for phrase in _PHRASES}
#: Words that ask for one preposition.
_ASKS = {"such": "as", "according": "to", "instead": "of", "regardless": "of", "owing": "to"}
_LITERAL = 0.3  # share of the variant's content words that must stand in the reference too
_CLOSE = 0.6  # likewise, where the reference has no preposition in the place
#: Prepositions that say much, and the words that can say it too.
_STRONG = {
    own: frozenset(others.split())
    for own, others in {
        "above": "over beyond more than exceed past top high higher",
        "amid": "among amidst during in between while within as",
        "behind": "after back backstage rear beyond leave remain because cause reason due responsible blame drive",
        "below": "under beneath less lower down fewer bottom",
        "beneath": "under below down",
        "beside": "by besides next near alongside side",
        "besides": "beyond except also addition apart other as well",
        "despite": "in although though even but however while yet still spite regardless",
        "inside": "in within into interior inner indoors at",
        "outside": "beyond out off from abroad external exterior outdoor outdoors street outer front miss short",
        "throughout": "during across through whole entire all every over always entirely",
        "unlike": "than contrast different contrary other not compare",
        "unto": "to",
        "without": "no lack",
    }.items()
}
_REACH = 3  # how far from the preposition the words it stands between may be


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each preposition that says something else than the reference's."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours = segment.variant
    for index, word in enumerate(ours.words):
        if word.form not in _ALL or not (word.text.islower() or word.initial):
            continue
        phrase = _phrase(ours, index)
        if phrase and not any(_phrase(segment.reference, j) == phrase for j in range(len(segment.reference.words))):
            yield Hit(
                Severity.MINOR,
                f"“{phrase}” is no English phrase.",
                variant_span=word.span,
                evidence={"phrase": phrase},
                confidence=0.9,
            )
        elif not phrase and word.form in _TELLING and _more_often(segment, word.form):
            other = _between_the_same(segment, index) or _beside_the_same(segment, index)
            if word.form == "without" and _denied(segment.reference):
                continue  # "without interruption", "uninterrupted"
            if word.form == "between" and any(w.form == "and" for w in ours.words[index + 1 : index + 9]):
                continue  # "a meeting between A and B"
            if _bounds(ours, index) or (word.form in ("until", "till") and _denied_before(ours, index)):
                continue  # a matter of numbers and dates: "below 60"; "not until Monday", "only on Monday"
            if word.form == "since" and other is not None and _lasting(ours, index):
                continue  # "has been under way since May", "began in May"
            if other is None and _new(segment, index):
                yield Hit(
                    Severity.MINOR,
                    f"Nothing in the reference says “{word.text}”.",
                    variant_span=word.span,
                    evidence={"preposition": word.form},
                    confidence=0.7,
                )
            elif other is not None and not _alike(word.form, other.form) and not _spans(ours, index, other.form):
                yield Hit(
                    Severity.MINOR,
                    f"The reference says “{other.text}” here, not “{word.text}”.",
                    variant_span=word.span,
                    reference_span=other.span,
                    suggestion=other.text,
                    evidence={"preposition": word.form, "the reference's": other.form},
                    confidence=0.85,
                )


def _denied(side: Side) -> bool:
    return any(is_denial(side, k) for k in range(len(side.words)))


def _bounds(side: Side, index: int) -> bool:
    """Whether a preposition says on which side of a number something is: "below 60,000", "above the 5% mark"."""
    bound = side.words[index].form in ("above", "below", "beyond", "under", "over", "within", "between", "beneath")
    return bound and any(w.is_number or w.is_sign for w in side.words[index + 1 : index + 4])


def _spans(side: Side, index: int, other: str) -> bool:
    """Whether two prepositions say the same of a time: "within two years", "through Friday", "only after the vote"."""
    pair = {side.words[index].form, other}
    if pair in ({"after", "until"}, {"after", "till"}):
        return any(w.form in ("only", "not") for w in side.words[max(0, index - _REACH) : index])
    ends = pair <= {"through", "until", "till"}
    lasts = pair <= {"within", "over"}
    behind = side.words[index + 1 : index + 5]
    return (ends or lasts) and any(_of_time(w) for w in behind)


def _of_time(word: Word) -> bool:
    """Whether a word is a unit of time, a day, a month, or "end"."""
    unit = size_of(word)
    return (unit is not None and unit[0] == "time") or word.form in MONTHS | WEEKDAYS | {"end"}


def _denied_before(side: Side, index: int) -> bool:
    return any(is_denial(side, k) for k in range(sentence(side, index)[0], index))


def _lasting(side: Side, index: int) -> bool:
    """Whether a perfect stands before a word in its sentence, which says from when on something lasts."""
    first = sentence(side, index)[0]
    return any(first <= g.start < index and g.tense in (Tense.PERFECT, Tense.PLUPERFECT) for g in groups(side))


def _new(segment: AlignedSegment, index: int) -> bool:
    """Whether a preposition with a strong sense joins two words of the reference, which nowhere says that sense."""
    ours, theirs = segment.variant, segment.reference
    form = ours.words[index].form
    if form not in _STRONG or segment.literalness < _CLOSE or (_STRONG[form] | {form}) & (theirs.forms | theirs.lemmas):
        return False
    left, right = _next_content(ours, index, -1), _next_content(ours, index, 1)
    return left is not None and right is not None and None not in (ours.partner[left], ours.partner[right])


def _more_often(segment: AlignedSegment, form: str) -> bool:
    """Whether a form stands in the variant more often than in the reference."""
    here, there = (sum(w.form == form for w in side.words) for side in (segment.variant, segment.reference))
    return here > there


def _alike(form: str, other: str) -> bool:
    return form == other or other in _LIKE.get(form, ()) or form in _LIKE.get(other, ())


def _phrase(side: Side, index: int) -> str:
    """A set phrase that a preposition spoils, or ""."""
    words = side.words
    form = words[index].form
    ahead = words[index - 1].form if index else ""
    if ahead in _ASKS and form in _TELLING and _spaced(side, index - 1):
        return f"{ahead} {form}"
    if index + 1 == len(words) or words[index + 1].form not in _BEGINNINGS:
        return ""
    for phrase, allowed in _PHRASES.items():
        follows = tuple(word.form for word in words[index + 1 : index + 1 + len(phrase)])
        if follows == phrase and form not in allowed and _spaced(side, index):
            # "come to terms with" and "agree on the basis of" keep their own; an adverb may come between.
            return " ".join((form, *phrase))
    return ""


def _spaced(side: Side, left: int) -> bool:
    return side.text[side.words[left].span.end : side.words[left + 1].span.start].isspace()


def _between_the_same(segment: AlignedSegment, index: int) -> Word | None:
    """The one preposition that the reference has between the words that stand around this one."""
    ours, theirs = segment.variant, segment.reference
    left = _next_content(ours, index, -1)
    right = _next_content(ours, index, 1)
    if left is None or right is None:
        return None
    start, end = ours.partner[left], ours.partner[right]
    if start is None or end is None or not start < end <= start + _REACH + 2:
        return None
    between = theirs.words[start + 1 : end]
    found = [word for word in between if word.form in _ALL]
    if found and lexicon.particle_verb(theirs.words[start].lemma, found[0].form):
        return None  # "go on"
    if len(found) != 1 or any(word.is_content or word.is_number for word in between):
        return None
    return found[0]


def _next_content(side: Side, index: int, step: int) -> int | None:
    """Index of the nearest word that carries content to one side, with no other preposition on the way."""
    for at in range(index + step, index + step * (_REACH + 1), step):
        if not 0 <= at < len(side.words) or side.words[at].form in _ALL:
            return None
        word = side.words[at]
        if word.is_content or word.is_number or (step < 0 and word.form in ("is", "are", "was", "were")):
            return at
    return None


def _beside_the_same(segment: AlignedSegment, index: int) -> Word | None:
    """The preposition that the reference has between the same two words."""
    ours, theirs = segment.variant.words, segment.reference.words
    if not 0 < index < len(ours) - 1:
        return None
    edges = (ours[index - 1].form, ours[index + 1].form)
    for at in range(1, len(theirs) - 1):
        if theirs[at].form in _ALL and (theirs[at - 1].form, theirs[at + 1].form) == edges:
            return theirs[at]
    return None


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    literal=True,
    languages=ENGLISH,
    examples=(
        Example("The bridge was closed to lorries on Monday.", "The bridge was closed ⟦behind⟧ lorries on Monday."),
        Example("The shop, on the other hand, stayed open.", "The shop, ⟦behind⟧ the other hand, stayed open."),
        Example("They sell tools such as saws.", "They sell tools such ⟦alongside⟧ saws."),
        Example("The news was sent by radio.", "The news was sent via radio."),
        Example("The work began only on Monday.", "The work did not begin until Monday."),
        Example("He put it at fewer than 60,000.", "His figure was below 60,000."),
        Example("She spoke of her work.", "She spoke about her work."),
        Example("The trial opened on 2 May.", "The trial has been under way since 2 May."),
        Example("He did not play because of the transfer.", "He did not play, and the transfer was behind it."),
        Example("The ferry will run until the end of May.", "The ferry will run through the end of May."),
        Example(
            "It will close nine shops over the next two years.", "It will close nine shops within the next two years."
        ),
    ),
)
