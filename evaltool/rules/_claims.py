"""What a text gives as somebody's claim: who says it, and which words of it are what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from evaltool._english import PREPOSITIONS
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._numbers import is_number_word
from evaltool.words import Side, Vocabulary, Word

#: Finite forms of verbs that make what they report their subject's claim.
_SAYING = frozenset(
    """
    say says said claim claims claimed allege alleges alleged argue argues argued insist insists insisted maintain
    maintains maintained contend contends contended believe believes believed fear fears feared suspect suspects
    suspected complain complains complained add adds added think thinks thought reckon reckons reckoned told tell tells
    """.split()
)
_TELLING = frozenset("told tell tells".split())
_BE = frozenset("be is are was were been being 's".split())
#: Before a verb they say that it is no finite statement: "to say", "did not say", "declined to say", "that said".
_BARRING = frozenset("to not never n't without having being that cannot would could can may might if".split())
_NO_CLAIM = frozenset("to can could may might will would were are was is of nothing little".split())
#: Before a form they say that it is a noun: "the three suspects", "its claims".
_NOMINAL = frozenset("the a an these those its their his her our any no such other all".split())
_DENYING = frozenset("deny denies denied dismissed dismisses rejected rejects disputed disputes".split())
_ACCUSING = frozenset("accuse accuses accused accusing".split())
#: What is denied, before "that".
_TOLD = frozenset("claims claim reports report rumours rumors allegations allegation suggestions accusations".split())
#: What a claim is called behind it: "..., a charge that the minister rejected".
_CALLED = frozenset("claim charge allegation accusation figure account assertion version statement suggestion".split())
_CONTRAST = frozenset("although though but while whereas".split())
_REACH, _LONGEST, _THAT = 8, 14, 10  # words of a source before "said" at the end, of any source; up to "that"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with its source.

    Attributes:
        at: index of the word that makes it a claim: "said", "according".
        source: index of the first and the last word of the phrase with the source and that word.
        words: indexes of the words of content and numbers of what is said.
    """

    at: int
    source: tuple[int, int]
    words: tuple[int, ...]


@lru_cache(maxsize=64)
def claims(side: Side | Vocabulary) -> tuple[Claim, ...]:
    """The claims of a text, in order."""
    return tuple(_claims(side))


def _claims(side: Side | Vocabulary) -> Iterator[Claim]:
    for at, word in enumerate(side.words):
        if word.form == "according" and at + 1 < len(side.words) and side.words[at + 1].form == "to":
            first, last = sentence(side, at, ";")
            end = at + 1
            while end < last and end < at + _LONGEST and "," not in gap(side, end, end + 1):
                end += 1
            if (
                at > first and end < last and not side.words[end + 1].is_capitalised
            ):  # "when the firm was already, according to its books, paying late"
                yield _claim(side, at, (at, end), sentence(side, at - 1, ",;")[0], last)
            elif at > first:
                yield _claim(side, at, (at, end), first, at - 1)
            else:
                yield _claim(side, at, (at, end), end + 1, last)
        else:
            found = next((read(side, at) for forms, read in _READ if word.form in forms), None)
            if found:
                yield found


def _said(side: Side | Vocabulary, at: int) -> Claim | None:
    words = side.words
    first, last = sentence(side, at, ";")
    clause = sentence(side, at, ",;")[0]
    before = [w.form for w in words[max(clause, at - 2) : at]]
    after = words[at + 1].form if at < last else ""
    if (
        after in _NO_CLAIM
        or (at > first and gap(side, at - 1, at).strip() in ("'", "’"))  # "the rebels' suspected leader"
        or (before and before[-1] in _NOMINAL)
        or (at > clause and (words[at - 1].is_number or is_number_word(words[at - 1].form)))
    ):
        return None
    if _BE & set(before) or (before and (before[-1] in _BARRING or before[-1].endswith("n't"))):
        return None
    ends = at == last or "," in gap(side, at, at + 1)
    if at > first and "," in gap(side, at - 1, at) and not ends:  # "..., said the mayor"
        end = at
        while end < last and end < at + _LONGEST and "," not in gap(side, end, end + 1):
            end += 1
        opening = sentence(side, at - 1, ",;")[0]
        inserted = opening > first  # "the mayor, Ida Holt, said ...": the subject stands before
        return _behind(side, at, first, last) if inserted else _claim(side, at, (at, end), first, at - 1)
    start = at
    while start > first and start > at - _REACH and "," not in gap(side, start - 1, start):
        start -= 1
    if ends and start > first:
        more = list(range(at + 1, last + 1))
        found = _claim(side, at, (start, at), first, start - 1)
        return Claim(at, found.source, (*found.words, *_content(side, more)))
    return None if ends else _behind(side, at, first, last)


def _denied(side: Side | Vocabulary, at: int) -> Claim | None:
    """What somebody denies: "denied that ...", "rejected reports that ...", "denied having ..."."""
    words = side.words
    first, last = sentence(side, at, ";")
    if at > first and (words[at - 1].form in _BARRING | _NOMINAL or words[at - 1].form.endswith("n't")):
        return None
    that = next((k for k in range(at + 1, min(at + _THAT, last)) if words[k].form == "that"), None)
    if that is None or (that > at + 1 and not any(w.form in _TOLD for w in words[at + 1 : that])):
        return None
    return _claim(side, at, (max(first, at - _LONGEST), at), that + 1, last)


def _accused(side: Side | Vocabulary, at: int) -> Claim | None:
    """What somebody accuses somebody of."""
    words = side.words
    first, last = sentence(side, at, ";")
    if at > first and words[at - 1].form in _BE | _NOMINAL:
        return None
    of = next((k for k in range(at + 2, min(at + _THAT, last)) if words[k].form == "of"), None)
    if of is None or not words[of + 1].form.endswith("ing"):
        return None
    return _claim(side, at, (max(first, at - _LONGEST), at), at + 1, last)


def _behind(side: Side | Vocabulary, at: int, first: int, last: int) -> Claim | None:
    """What follows a verb of saying."""
    words = side.words
    that = next((k for k in range(at + 1, min(at + _THAT, last)) if words[k].form == "that"), None)
    counted = words[min(at + 2, last)].is_number  # "said about 4,000 people had marched"
    if that is None and (words[at].form in _TELLING or (words[at + 1].form in PREPOSITIONS and not counted)):
        return None
    start = at + 1 if that is None else that + 1
    return _claim(side, at, (max(first, at - _LONGEST), at), start, last)


def _content(side: Side | Vocabulary, places: list[int] | range) -> tuple[int, ...]:
    return tuple(k for k in places if side.words[k].is_content or side.words[k].is_number)


def _claim(side: Side | Vocabulary, at: int, source: tuple[int, int], first: int, last: int) -> Claim:
    """A claim whose words stand from first to last, up to a contrast: "fears that it closes, though the owner ..."."""
    words = side.words
    stop = next(
        (
            k
            for k in range(first + 2, last + 1)
            if "," in gap(side, k - 1, k)
            and (
                (words[k].form in _CONTRAST and words[min(k + 1, last)].form != "that")
                or (words[k].form in ("a", "an") and words[min(k + 1, last)].form in _CALLED)
            )
        ),
        last + 1,
    )
    return Claim(at, source, _content(side, [k for k in range(first, stop) if not source[0] <= k <= source[1]]))


def puts_at(words: Sequence[Word]) -> bool:
    """Whether somebody puts something at a number: "the bank put its losses at 300 million"."""
    put = next((k for k, w in enumerate(words) if w.lemma == "put"), None)
    return put is not None and any(
        a.form == "at" and (b.is_number or b.form in ("no", "more", "less", "about", "around", "between"))
        for a, b in pairwise(words[put:])
    )


_READ = ((_SAYING, _said), (_DENYING, _denied), (_ACCUSING, _accused))
