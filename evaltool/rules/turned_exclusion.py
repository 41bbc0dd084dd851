"""What the reference leaves out is included in the variant, or the other way round: "as well as" for "rather than".

Compared are phrases that exclude ("except for", "rather than", "instead of", ", not a …", "all but", "does not
include") and phrases that include ("including", "as well as", "besides") before the same words, or behind them ("the
cook among them"). What is excluded by "not" or "rather than" must not
stand alone in the place of what it is contrasted with: "as a suspect" for "as a witness, not a suspect". Nothing is
said where the other sentence denies too.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evaltool._english import PREPOSITIONS
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, gap, sentence
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.words import AlignedSegment, Side

_EXCLUDING, _CONTRASTING, _INCLUDING = "excluding", "contrasting", "including"
#: Includes among those who do not: "nobody, not even the captain".
_NOT_EVEN = "not even"
_PHRASES = tuple(
    (tuple(phrase.split()), kind)
    for kind, phrases in {
        _EXCLUDING: (
            "with the exception of",
            "except for",
            "other than",
            "except",
            "excepting",
            "excluding",
            "barring",
            "save for",
            "not including",
            "not include",
            "bar",
            "but",
        ),
        _CONTRASTING: ("rather than", "instead of", "and not", "but not", "not"),
        _INCLUDING: (
            "as well as",
            "in addition to",
            "together with",
            "along with",
            "including",
            "and also",
            "besides",
            "on top of",
            "even during",
            "even in",
            _NOT_EVEN,
        ),
    }.items()
    for phrase in phrases
)
_TRIGGERS = frozenset("exception except other excepting excluding barring rather instead not save bar but".split())
#: Phrases that include what stands before them.
_BEHIND_HEADS = tuple(
    tuple(phrase.split()) for phrase in ("among them", "included", "are among", "is among", "were among", "was among")
)
#: Before a "but" or "bar" that excludes; a "bar" elsewhere is a thing, a "but" a turn.
_WHOLES = frozenset("all every everyone everybody everything nobody nothing none no any each anyone anybody".split())
_NONE = frozenset("nobody nothing none no".split())
#: A bare "not" contrasts only where a comma parts it and one of these follows.
_NOUN_OPENERS = frozenset("a an the his her its their".split()) | PREPOSITIONS
#: They say otherwise that something is not so for some.
_TURNING = frozenset("only but although though however while whereas unless than".split())
_HARMLESS = frozenset("first last before until till after too".split())
_MARKS = ",;:—–()"
_HEADS, _BEHIND = 2, 7  # content words behind a phrase that are looked at, and words among which they stand
_AFTER = 10  # words behind them among which a phrase stands that includes what is before it
_REACH = 4  # words before them on the other side among which the other phrase stands


@lru_cache(maxsize=64)
def _phrases(side: Side) -> tuple[tuple[int, int, str], ...]:
    """(first, last index, kind) of each phrase that excludes, contrasts or includes."""
    found: list[tuple[int, int, str]] = []
    forms = [word.form for word in side.words]
    for k in range(len(forms) - 1):
        fitting = ((p, kind) for p, kind in _PHRASES if tuple(forms[k : k + len(p)]) == p)
        match = max(fitting, key=lambda m: len(m[0]), default=None)
        if match is None or (found and k <= found[-1][1]):
            continue
        last = k + len(match[0]) - 1
        bare = match[0] == ("not",)
        if bare and (not k or "," not in gap(side, k - 1, k) or forms[k + 1] not in _NOUN_OPENERS):
            continue
        if match[0] in (("but",), ("bar",)) and not _of_whole(side, k):
            continue
        if forms[k] == "other" and k and forms[k - 1] in ("no", "none", "any", "some", "every", "all"):
            continue
        found.append((k, last, match[1]))
    return tuple(found)


def _of_whole(side: Side, at: int) -> bool:
    """Whether "but" or "bar" excludes from a whole named before it: "all streets but two"."""
    first, last = sentence(side, at, _MARKS)
    return at < last and any(side.words[k].form in _WHOLES for k in range(max(first, at - _BEHIND), at))


def _heads(side: Side, at: int) -> list[int]:
    """The first content words behind a phrase, in its clause; of a name and what follows, the name."""
    last = min(sentence(side, at, _MARKS)[1], at + _BEHIND)
    heads = [k for k in range(at + 1, last + 1) if side.words[k].is_content][:_HEADS]
    named = [k for k in heads if side.words[k].is_capitalised]
    return named if named[:1] == heads[:1] else heads


def _counterparts(side: Side, other: Side, heads: list[int]) -> list[int]:
    """The words of the other side that stand for the heads: linked, or the same where none is."""
    out = []
    for k in heads:
        partner = side.partner[k]
        same = (n for n, w in enumerate(other.words) if w.lemma == side.words[k].lemma)
        found = partner if partner is not None else next(same, None)
        if found is not None:
            out.append(found)
    return out


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each exclusion that is an inclusion, and the other way round."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    for side, other in ((segment.reference, segment.variant), (segment.variant, segment.reference)):
        if not _TRIGGERS & side.forms:
            continue
        for first, last, kind in _phrases(side):
            if kind == _INCLUDING or asks(side, first):
                continue
            heads = _heads(side, last)
            there = _counterparts(side, other, heads)
            if not heads or len(there) < len(heads) or max(there) - min(there) > _BEHIND:
                continue
            hit = _included(segment, (side, other), (first, heads[-1]), there, kind) or (
                _alone(segment, side, other, (first, last), there) if kind == _CONTRASTING else None
            )
            if hit:
                yield hit
                return


def _denied(side: Side, at: int) -> bool:
    """Whether the sentence of a word denies anything, or turns."""
    first, last = sentence(side, at, ";")
    return any(
        w.form in _TURNING or (w.form not in _HARMLESS and is_denial(side, k))
        for k, w in enumerate(side.words[first : last + 1], first)
    )


def _turns(side: Side, at: int) -> bool:
    """Whether the sentence of a word has a negator or turns."""
    first, last = sentence(side, at, ";")
    return any(w.form in _TURNING or is_negator(w) for w in side.words[first : last + 1])


def _of_none(side: Side, at: int) -> bool:
    """Whether it is of nobody and nothing that a phrase excludes or includes."""
    first, _ = sentence(side, at, ";")
    return any(w.form in _NONE for w in side.words[first:at])


def _included(
    segment: AlignedSegment, sides: tuple[Side, Side], phrase: tuple[int, int], there: list[int], excluding: str
) -> Hit | None:
    """The hit for what stands behind, or before, a phrase of inclusion on the other side."""
    side, other = sides
    turns = _turns if excluding == _EXCLUDING else _denied
    for first, last, kind in _phrases(other):
        of_none = [w.form for w in other.words[first : last + 1]] == _NOT_EVEN.split() and excluding == _EXCLUDING
        open_to = _of_none(side, phrase[0]) and _of_none(other, first) if of_none else not turns(other, first)
        if kind == _INCLUDING and 0 < min(there) - last <= _REACH and open_to:
            return _hit(segment, side, phrase, (first, min(there) if of_none else max(there)))
    forms = [word.form for word in other.words]
    start, end = sentence(other, max(there), ";")
    for k in range(max(there) + 1, min(end, max(there) + _AFTER) + 1):
        behind = next((p for p in _BEHIND_HEADS if tuple(forms[k : k + len(p)]) == p), None)
        if behind and not _turns(other, start):
            return _hit(segment, side, phrase, (min(there), k + len(behind) - 1))
    return None


def _alone(segment: AlignedSegment, side: Side, other: Side, phrase: tuple[int, int], there: list[int]) -> Hit | None:
    """The hit for what stands in the place of what it is contrasted with."""
    first, last = phrase
    start = sentence(side, first, ";")[0]
    before = [k for k in range(start, first) if side.words[k].is_content]
    opener = next((k for k in range(first - 1, start, -1) if side.words[k].form in PREPOSITIONS), None)
    if not before or opener is None or first - opener > _REACH:
        return None
    kept = [k for k in before if k > opener]
    if not kept or any(side.partner[k] is not None or side.words[k].lemma in other.lemmas for k in kept):
        return None
    at = min(there)
    led = [w.form for w in other.words[max(0, at - 3) : at]]
    if side.words[opener].form not in led or _denied(other, at) or is_denial(other, at):
        return None
    return _hit(
        segment,
        side,
        (opener, _heads(side, last)[-1]),
        (at - len(led) + led.index(side.words[opener].form), max(there)),
    )


def _hit(segment: AlignedSegment, side: Side, own: tuple[int, int], other: tuple[int, int]) -> Hit:
    mine, theirs = (own, other) if side is segment.variant else (other, own)
    ours = segment.variant
    said = Span(ours.words[mine[0]].span.start, ours.words[mine[1]].span.end)
    there = segment.reference
    meant = Span(there.words[theirs[0]].span.start, there.words[theirs[1]].span.end)
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{meant.of(there.text)}”; here it is “{said.of(ours.text)}”: what the one leaves out, the "
        "other includes.",
        variant_span=said,
        reference_span=meant,
        evidence={"literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The school will hire nurses instead of teachers.",
            "The school will hire nurses ⟦in addition to teachers⟧.",
        ),
        Example(
            "All streets, with the exception of the harbour road, will be lit at night.",
            "All streets ⟦including the harbour road⟧ will be lit at night.",
        ),
        Example("She appeared in court as an expert, not as an accused.", "She appeared in court ⟦as an accused⟧."),
        Example("Nobody but the captain knew it.", "Nobody, ⟦not even the captain⟧, knew it."),
        Example("The school will hire nurses instead of teachers.", "The school will hire no teachers, but nurses."),
        Example(
            "The fund will pay for roads rather than railways.",
            "Roads, not railways, will be paid for by the fund.",
        ),
        Example(
            "Pensioners, including those living abroad, will get the bonus.",
            "The bonus goes to pensioners, also if they live abroad.",
        ),
    ),
)
