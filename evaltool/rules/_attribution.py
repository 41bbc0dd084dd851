"""What keeps a statement from being a plain fact: allegations, reports, beliefs, claims, sources, quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evaltool._english import ARTICLES
from evaltool.rules._clauses import gap
from evaltool.rules._names import title_case
from evaltool.rules._numbers import is_number_word
from evaltool.words import AlignedSegment, Side, Vocabulary, Word


class Kind(StrEnum):
    """How a statement is kept at a distance."""

    ALLEGATION = "allegation"  # somebody accuses
    REPORT = "report"  # it is said, by nobody in particular
    CLAIM = "claim"  # somebody says so, and the writer does not vouch for it
    BELIEF = "belief"  # it is thought, seems, is likely
    SPEECH = "speech"  # somebody says so
    MODAL = "modal"  # may, might, could


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that keeps a statement at a distance.

    Attributes:
        at: its index among its side's words.
        kind: what it says about the statement.
    """

    at: int
    kind: Kind


_BY_FORM = {
    Kind.ALLEGATION: "allege alleges alleged alleging allegedly allegation allegations accuse accuses accused accusing "
    "accusation accusations purported purportedly",
    Kind.REPORT: "reportedly rumoured rumored rumour rumor rumours rumors hearsay",
    Kind.BELIEF: "presumably presumed suspected suspects apparently seemingly supposedly ostensibly probably "
    "possibly perhaps maybe likely feared tentative tentatively putative conceivably",
    Kind.MODAL: "may might could",
}
_KIND = {form: kind for kind, forms in _BY_FORM.items() for form in forms.split()}
#: Verbs of thinking: a hedge in the passive ("is believed to", "it is thought that").
_THOUGHT = frozenset("believe think suspect fear understand consider presume assume expect estimate reckon".split())
#: Those of them that say that somebody holds it for true: a hedge in the active too ("one of them believes that").
_HELD = frozenset("believe think suspect fear".split())
_REPORTED = frozenset("say report claim allege describe rumour rumor".split())
_SEEMING = frozenset("seem appear".split())
CLAIMS = frozenset("claim contend argue insist maintain assert".split())
#: Verbs and nouns that name a source or its act of speaking.
SPEECH = frozenset(
    """
    say tell state report announce add note warn explain declare deny admit acknowledge confirm write suggest
    describe reveal indicate cite quote speak statement spokesman spokeswoman spokesperson source project predict
    forecast find show urge blame charge inform comment remark recount reply respond answer ask mention
    emphasize emphasise stress point recall testify reckon estimate mean opinion view word caution object protest
    complain promise pledge vow swear conclude observe tweet post publish disclose figure statistic survey study poll
    account telling reckoning version assure surmise speculate conjecture
    """.split()
)
#: Words that keep a distance less expressly: they stand for a hedge, but their loss is none.
_LOOSE = frozenset(
    """
    seem appear look sound guess like doubt anticipate convince sure opinion view unlikely possible probable potential
    potentially supposed should would can call so-called consider believe think expect fear suspect assume presume
    position stance suspicion judgement judgment adamant insistent contention argument thesis whether know aware
    knowledge
    afraid worry worried concern thought belief due risk contest dispute sue lawsuit indict prosecute prosecution
    ground grounds
    """.split()
)
_SUBJECT = 6  # words before "known to" among which a negation makes it a hedge
_WITH_CLAUSE = frozenset(["that", "to"])
#: Subjects of which something is "known to" be so only as far as anybody knows: "no one is known to have died".
_NONE = frozenset("no not none nobody neither nor n't".split())
_OWNING = frozenset("its their his her your my our".split())
_BE = frozenset("be is are was were been being 's 're".split())


def _form(side: Side | Vocabulary, index: int) -> str:
    return side.words[index].form if 0 <= index < len(side.words) else ""


def _passive(side: Side | Vocabulary, at: int) -> bool:
    """Whether a participle is a passive with what is said behind it: "is widely believed to"."""
    return any(_form(side, k) in _BE for k in (at - 1, at - 2)) and _form(side, at + 1) in _WITH_CLAUSE


def _is_no_mark(form: str, before: str) -> bool:
    """Whether a form is none of a hedge behind another word: "the three suspects", "more likely"."""
    if form == "suspects":
        return before in ARTICLES or is_number_word(before)
    return form == "likely" and before in ("more", "less", "most", "least", "as")


def _kind(side: Side | Vocabulary, at: int) -> Kind | None:
    word: Word = side.words[at]
    if word.form in _KIND:
        if _is_no_mark(word.form, _form(side, at - 1)):
            return None
        return None if word.form == "may" and word.is_capitalised else _KIND[word.form]
    if word.lemma in _SEEMING:
        after = _form(side, at + 1)
        return Kind.BELIEF if after in ("to", "that", "like", "as") else None
    if (word.form.endswith(("ed", "t")) or word.form == "understood") and _passive(side, at):
        if word.lemma in _REPORTED or word.form == "said":
            return Kind.REPORT
        if word.lemma in _THOUGHT or word.form in ("thought", "understood"):
            return Kind.BELIEF
    if word.form == "said" and _passive(side, at):
        return Kind.REPORT
    if word.form == "known" and _form(side, at + 1) == "to" and _passive(side, at):
        return Kind.BELIEF if any(_form(side, k) in _NONE for k in range(at - _SUBJECT, at)) else None
    if word.lemma == "find" and _form(side, at + 1) in _OWNING and _form(side, at + 2) == "way":
        return None
    if word.lemma in _HELD and _form(side, at + 1) == "that":
        return Kind.BELIEF
    if word.lemma in CLAIMS and _claims(side, at):
        return Kind.CLAIM
    if word.form in ("according", "per"):
        return Kind.SPEECH if _form(side, at + 1) == "to" else None
    return Kind.SPEECH if word.lemma in SPEECH or word.lemma in CLAIMS or word.lemma in _THOUGHT else None


def _claims(side: Side | Vocabulary, at: int) -> bool:
    """Whether a verb of claiming has a clause behind it, or stands between commas ("the gap, it claims, ...")."""
    after, before = _form(side, at + 1), _form(side, at - 1)
    if after == "that":
        return True
    if at + 1 < len(side.words) and "," in gap(side, at, at + 1) and at and "," in gap(side, max(at - 2, 0), at):
        return True
    return after in ("the", "they", "he", "she", "it", "there", "its", "their") and before not in (
        "the",
        "a",
        "any",
        "to",
    )


def marks(side: Side | Vocabulary, first: int = 0, last: int | None = None) -> Iterator[Mark]:
    """The marks of a stretch of a side, in order; a capital inside a sentence makes a word part of a name."""
    name = not title_case(side.words)
    for at in range(first, len(side.words) if last is None else last + 1):
        word = side.words[at]
        if name and word.is_capitalised and not word.initial:
            continue
        kind = _kind(side, at)
        if kind is not None:
            yield Mark(at, kind)


def is_loose(word: Word) -> bool:
    """Whether a word keeps a distance less expressly: it stands for a hedge, but its loss is none."""
    return word.lemma in _LOOSE or word.form in _LOOSE


def distanced(side: Side, first: int, last: int) -> bool:
    """Whether a stretch of a side keeps any distance to what it says: marks, quotation marks, words like "seem"."""
    loose = any(w.lemma in _LOOSE or w.form in _LOOSE for w in side.words[first : last + 1])
    return loose or any(True for _ in marks(side, first, last)) or quoted(side, first, last)


def distanced_anew(segment: AlignedSegment, first: int, last: int, at: int) -> bool:
    """Whether a stretch of the variant keeps a distance by anything that the reference does not have besides a mark.

    A word that stands in the reference too, and not for that mark, keeps its distance to something else: "a fifth
    suspect is in Dubai" for "a fifth suspect is believed to be in Dubai".

    Args:
        segment: with its word links.
        first: index of the stretch's first word among the variant's words.
        last: index of its last word.
        at: index of the mark among the reference's words.
    """
    ours, theirs = segment.variant, segment.reference

    def own(k: int) -> bool:
        partner = ours.partner[k]
        return partner is None or partner == at or theirs.words[partner].lemma != ours.words[k].lemma

    loose = any(
        (w.lemma in _LOOSE or w.form in _LOOSE) and own(k) for k, w in enumerate(ours.words[first : last + 1], first)
    )
    return loose or any(own(m.at) for m in marks(ours, first, last)) or quoted(ours, first, last)


def quoted(side: Side, first: int, last: int) -> bool:
    """Whether there are quotation marks in a stretch of a side."""
    start = side.words[first - 1].span.end if first else (side.span.start if side.span else 0)
    text = side.text[start : side.words[last].span.end + 2]
    return any(mark in text for mark in '“”"«»„')
