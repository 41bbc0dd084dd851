"""How a negated verb of one side stands on the other: in the same words, or denied there too."""

from __future__ import annotations

from itertools import pairwise

from evaltool import lexicon
from evaltool._english import AUXILIARIES
from evaltool.model import Span
from evaltool.rules._clauses import sentence
from evaltool.rules._polarity import Negation, around, has_negative_affix, is_denial, is_negator, keeps_from
from evaltool.rules._remainder import share_of_the_rest
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Word

_UNTIL = frozenset("before until till".split())
#: Marks between clauses, and how many words before a verb a negator may stand that belongs to it.
CLAUSE_MARKS, _BEFORE_VERB = ",;:()—–", 6
#: They begin a clause of its own behind a verb.
_GOING_ON = frozenset("and but while".split())
#: What follows such a verb is denied, however far behind it stands.
_DENYING = frozenset("deny dispute refute rebut".split())
_QUANTIFIERS = frozenset("all every most many some several few".split())
#: What a negation without a verb stands behind.
_TURNING = frozenset("though but although albeit".split())
_EXCLUDING = frozenset("exclude preclude".split())
_BEFORE_EXCLUDING = 10
_NOT_EXCLUDING = frozenset("refuse decline fail unable impossible hard difficult too short avoid".split())
#: Verbs with which a negation may stand on what depends on them ("do not think it is" for "think it is not").
RAISING = frozenset("think believe suppose expect want feel seem appear like".split())
_FOLLOWING = 6  # words from a verb among which two of content follow it
_AHEAD = frozenset("will shall to".split())
_SPAN = 16  # words from a negator that say when
#: They say that something happens then and not before.
_WAITING = frozenset("until till only wait after once when".split())
#: They set what follows against what was said.
CONTRAST = frozenset("but instead rather however though although while whereas".split())
_ELSE = frozenset("else otherwise".split())
_AWAITING = frozenset("await pend pending outstanding".split())


def sides(segment: AlignedSegment, of_variant: bool) -> tuple[Side, Side]:
    """(the side that is meant, the other)."""
    return (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)


def verbatim(segment: AlignedSegment, target: int, partner: int, of_variant: bool) -> bool:
    """Whether a verb stands on both sides with the same auxiliary, and what follows it does too.

    "Has not won a seat" for "has won a seat"; "does not deny having paid" for "denies paying".
    """
    side, other = sides(segment, of_variant)
    negated, found = side.words[target], other.words[partner]
    own = [w.lemma for w in side.words[max(0, target - 3) : target] if w.form in AUXILIARIES]
    theirs = [w.lemma for w in other.words[max(0, partner - 2) : partner] if w.form in AUXILIARIES]
    if own and not theirs and own[-1] == "do":
        past = found.form != found.lemma and not found.form.endswith("s")
        alike = verb_lemma(negated) == verb_lemma(found) and "v" in lexicon.parts_of_speech(verb_lemma(found))
        alike = alike and past == any(w.form.startswith("did") for w in side.words[max(0, target - 3) : target])
    else:
        alike = bool(own and theirs) and own[-1] == theirs[-1] and negated.form == found.form
    if not alike:
        return False
    behind = [
        [k for k in range(at + 1, min(at + _FOLLOWING, len(s.words))) if s.words[k].is_content][:2]
        for s, at in ((side, target), (other, partner))
    ]
    return any(
        side.words[a].lemma == other.words[b].lemma or side.partner[a] == b for a in behind[0] for b in behind[1]
    )


def verb_phrase(side: Side, verb: int) -> Span:
    """A word with the auxiliaries and adverbs before it: "could be independently verified"."""
    first = verb
    for k in range(verb - 1, max(-1, verb - 1 - _BEFORE_VERB), -1):
        word = side.words[k]
        if word.form in AUXILIARIES:
            first = k
        elif not (word.form.endswith("ly") or word.form in ("also", "still", "now", "already", "to")):
            break
    return Span(side.words[first].span.start, side.words[verb].span.end)


def denied_in_clause(side: Side, verb: int, told: frozenset[str] = frozenset()) -> bool:
    """Whether the clause of a verb denies it, or a negator stands shortly before.

    Args:
        side: where the verb stands.
        verb: its index.
        told: forms of the other side; a "before" or "until" that it has too denies nothing.
    """
    first, last = sentence(side, verb, CLAUSE_MARKS)
    last = next((k - 1 for k in range(verb + 1, last + 1) if side.words[k].form in _GOING_ON), last)
    times = told & _UNTIL
    denying = (k for k in range(first, last + 1) if k != verb and side.words[k].form not in times)
    return any(is_denial(side, k) or keeps_from(side, k) for k in denying) or any(
        is_negator(w) for w in side.words[max(0, verb - _BEFORE_VERB) : verb]
    )


def exclusions(side: Side) -> tuple[tuple[int, int, int | None], ...]:
    """(first, last index, index of what denies it or None) of each "ruled out" and "excluded" of a side."""
    found: list[tuple[int, int, int | None]] = []
    for k, word in enumerate(side.words):
        after = side.words[k + 1].form if k + 1 < len(side.words) else ""
        out = (word.lemma == "rule" or word.form == "ruling") and after == "out"
        if not out and word.lemma not in _EXCLUDING:
            continue
        first, _ = sentence(side, k, CLAUSE_MARKS)
        first = max([first, *(n + 1 for n in range(first, k) if side.words[n].form in _GOING_ON)])
        near = range(k - 1, max(first, k - _BEFORE_EXCLUDING) - 1, -1)
        denying = (n for n in near if is_negator(side.words[n]) or side.words[n].lemma in _NOT_EXCLUDING)
        found.append((k, k + out, next(denying, None)))
    return tuple(found)


def elliptic(side: Side) -> bool:
    """Whether a negation stands for a clause of its own: "before the vote, though not after it"."""
    return any(a.form in _TURNING and b.form == "not" for a, b in pairwise(side.words))


def denied_as_said(segment: AlignedSegment, side: Side, index: int, *, of_variant: bool) -> bool:
    """Whether somebody denies what a clause says, or something is still to be done ("had buckets to fill")."""
    first, _ = sentence(side, index)
    other = segment.reference if of_variant else segment.variant
    denies = any(
        side.words[k].lemma in _DENYING and ((p := side.partner[k]) is None or other.words[p].lemma not in _DENYING)
        for k in range(first, index)
    )
    return denies or ("still" in side.forms and index > 0 and side.words[index - 1].form == "to")


def done_too(negated: Word, found: Word) -> bool:
    """Whether a verb behind "without" is plainly done on the other side: "without admitting", "having admitted"."""
    return negated.form.endswith("ing") and found.form.endswith("ed") and verb_lemma(negated) == verb_lemma(found)


def opposite_near(segment: AlignedSegment, target: int, partner: int, of_variant: bool) -> bool:
    """Whether near the two words the sides have opposites ("do not hold it upside down" for "hold it upright")."""
    side, other = sides(segment, of_variant)
    ours = {side.words[k].lemma for k in around(side, target) if side.words[k].is_content} - other.lemmas
    theirs = {other.words[k].lemma for k in around(other, partner) if other.words[k].is_content} - side.lemmas
    return any(lexicon.antonyms(a, b) for a in ours for b in theirs)


def quantified(segment: AlignedSegment, negation: Negation, of_variant: bool) -> bool:
    """Whether the other side says how many where one denies: "not all" is "some", "a third do not" "two thirds do"."""
    side, other = sides(segment, of_variant)
    partner = None if negation.target is None else side.partner[negation.target]
    if share_of_the_rest(side, negation.at, other):
        return True
    quantifying = {w.form for w in side.words[negation.at : negation.at + 2]} & {"no", "all", "every", "many", "most"}
    return (
        bool(quantifying)
        and partner is not None
        and any(w.form in _QUANTIFIERS for w in other.words[max(0, partner - 3) : partner])
    )


def affirmed(segment: AlignedSegment, negation: Negation, of_variant: bool) -> bool:
    """Whether the other side affirms with a verb of its own what is denied: "no A and no B", "no A, and there is B"."""
    side, other = sides(segment, of_variant)
    partner = None if negation.target is None else side.partner[negation.target]
    if partner is None or side.words[negation.at].form not in ("no", "neither"):
        return False
    before = [w.form for w in other.words[max(0, partner - 3) : partner]]
    return bool(AUXILIARIES.intersection(before)) and not any(
        is_denial(other, k) for k in range(max(0, partner - 4), partner)
    )


def still_to_come(side: Side, negator: int, other: Side, verb: int) -> bool:
    """Whether what is not done yet on one side will be done on the other: "has not yet decided", "will decide"."""
    near = {w.form for w in side.words[negator : negator + 3]}
    return "yet" in near and not _AHEAD.isdisjoint(w.form for w in other.words[max(0, verb - 3) : verb])


def postponed(side: Side, negator: int, other: Side) -> bool:
    """Whether a negation only says when, or what else it is.

    "Must not begin before the end" is "must wait until the end", "not yet reviewed" is "awaiting review", and "a virus,
    and not the nets" is "the nets were blamed, but it is a virus"; "if it does not pay" is "must pay, or else".
    """
    begin, _ = sentence(side, negator, CLAUSE_MARKS)
    if side.words[begin].form == "had" and negator > begin:
        return True  # "had he not been arrested": he was
    _, last = sentence(side, negator)
    behind = {w.form for w in side.words[negator + 1 : min(last, negator + _SPAN) + 1]}
    if "before" in behind and _WAITING & (other.forms - side.forms):
        return True
    if "yet" in behind and _AWAITING & other.lemmas:
        return True
    if "if" in {w.form for w in side.words[max(0, negator - _SPAN) : negator]} and not _ELSE.isdisjoint(other.forms):
        return True
    return negator > 0 and side.words[negator - 1].form == "and" and bool(CONTRAST & (other.forms - side.forms))


def of_neither(side: Side, negator: int, other: Side, at: int) -> bool:
    """Whether "neither" denies of two what the other side's sentence denies of both: "both were unhurt"."""
    first, last = sentence(other, at, ";:")
    denied = any(has_negative_affix(w) or is_negator(w) for w in other.words[first : last + 1])
    return side.words[negator].form in ("neither", "nor") and denied
