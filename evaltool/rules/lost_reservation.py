"""What limits a claim is left out while the claim is kept: "a charge the firm rejects", "though the figure excludes".

A clause of the reference says that somebody denies it, cautions, makes it depend on something, or, behind a "but" or
"though", denies or excludes a part. None of its words has a counterpart, the rest of its sentence has, and neither the
segment nor the sentences beside it deny, except, set a condition or set against each other anything of their own.

Severity: major; nothing is said of a summary, which may leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_denial, is_negator
from evaltool.rules._verbs import verb_lemma
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

_DENYING = frozenset("deny reject dispute refute dismiss rebut contradict contest".split())
_CAUTIONING = frozenset("caution warn stress".split())
#: What a claim is called behind itself.
_CALLED = frozenset("claim charge allegation accusation figure account assertion version statement suggestion".split())
_CONTRAST = frozenset("but though although while whereas however".split())
_CONDITIONS = frozenset("if assuming provided providing unless".split())
_LIMITING = frozenset("exclude except only preliminary provisional inconclusive uncertain unclear tentative".split())
#: What says the same in other words.
_AGAINST = _DENYING | frozenset(
    """
    denial rejection innocent innocence baseless groundless unfounded untrue false wrong disagree object objection
    counter oppose protest repudiate disown disavow insist nonsense fiction rebuttal refuse decline refusal brush
    contrary otherwise misleading
    """.split()
)
_DEPENDING = frozenset(
    "if unless provided providing assuming assume assumption depend dependent condition conditional subject once only "
    "when should hinge contingent whether require until".split()
)
_SETTING = _CONTRAST | frozenset("yet despite nevertheless nonetheless still without even albeit except".split())
_CAUTIOUS = (
    _CAUTIONING
    | _LIMITING
    | frozenset(
        """
        caveat warning exclusion excluding omit leave pending reservation limitation apart bar barring early initial
        """.split()
    )
)
_MARKS = ",;:()–—"
_LEAST, _KEPT, _FEWEST, _SHORT = 0.25, 0.5, 3, 3


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the first reservation that is left out."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or segment.profile is Profile.SUMMARY:
        return
    theirs = segment.reference
    if not any(_key(w) for w in theirs.words) or "?" in segment.variant.quote:
        return
    for at, word in enumerate(theirs.words):
        if not _key(word):
            continue
        first, last = sentence(theirs, at, _MARKS)
        if not _reserves(theirs, at, first, last) or asks(theirs, at) or not _left_out(segment, at, first, last):
            continue
        if _answered(segment, word):
            continue
        span = Span(theirs.words[first].span.start, theirs.words[last].span.end)
        yield Hit(
            Severity.MAJOR,
            f"The variant keeps the claim and leaves out what limits it: “{span.of(theirs.text)}”.",
            variant_span=_claim(segment, first, last),
            reference_span=span,
            evidence={"key word": word.form},
            confidence=0.75,
        )
        return


def _key(word: Word) -> bool:
    return verb_lemma(word) in _DENYING | _CAUTIONING or word.form in _CONDITIONS | _CONTRAST or word.lemma in _LIMITING


def _reserves(side: Side, at: int, first: int, last: int) -> bool:
    """Whether a word makes its clause limit what the sentence says."""
    word = side.words[at]
    begin, end = sentence(side, at)
    conditional = word.form in _CONDITIONS and at == first < last
    if (first, last) == (begin, end) or (last - first < _FEWEST - 1 and not conditional):
        return False
    opening = [w.lemma for w in side.words[first : first + 2]]
    if verb_lemma(word) in _DENYING:
        called = opening[0] in ("a", "an") and opening[-1] in _CALLED
        tail = called or opening[0] == "which" or (opening[0] in _CONTRAST and first > begin)
        return tail and word.form != word.lemma and not any(is_negator(w) for w in side.words[first:at])
    if word.form in _CONDITIONS:
        return conditional and (first > begin or word.form == "if")
    if word.form in _CONTRAST:
        return at == first > begin and any(
            is_denial(side, k) or side.words[k].lemma in _LIMITING | _CAUTIONING for k in range(first, last + 1)
        )
    return False


def _left_out(segment: AlignedSegment, at: int, first: int, last: int) -> bool:
    """Whether a clause has no counterpart and the rest of its sentence has."""
    theirs = segment.reference
    begin, end = sentence(theirs, at)
    inside = [k for k in range(first, last + 1) if _tells(theirs.words[k])]
    outside = [k for k in range(begin, end + 1) if not first <= k <= last and _tells(theirs.words[k])]
    contrast = theirs.words[first].form in _CONTRAST and theirs.words[first].form in segment.variant.forms
    if contrast or theirs.partner[at] is not None or len(outside) < _FEWEST:
        return False
    kept = sum(theirs.partner[k] is not None for k in inside)
    denied = verb_lemma(theirs.words[at]) in _DENYING
    return (denied or kept <= max(len(inside) > _SHORT, _LEAST * len(inside))) and sum(
        theirs.partner[k] is not None for k in outside
    ) >= _KEPT * len(outside)


def _claim(segment: AlignedSegment, first: int, last: int) -> Span:
    """The variant's words for what the rest of a clause's sentence says."""
    ours, theirs = segment.variant, segment.reference
    begin, end = sentence(theirs, first)
    outside = (k for k in range(begin, end + 1) if not first <= k <= last and _tells(theirs.words[k]))
    links = [p for k in outside if (p := theirs.partner[k]) is not None]
    return Span(ours.words[min(links)].span.start, ours.words[max(links)].span.end)


def _tells(word: Word) -> bool:
    return word.is_content or word.is_number


def _answered(segment: AlignedSegment, key: Word) -> bool:
    """Whether the variant's segment, or a sentence beside it, has words of its own that may say the same."""
    whole: Vocabulary = segment.whole_variant
    span = segment.variant.span
    inside = [k for k, w in enumerate(whole.words) if span is not None and w.span.overlaps(span)]
    if not inside:
        return True
    if any(_says(segment, whole, k, key) for k in inside):
        return True
    first = sentence(whole, max(inside[0] - 1, 0))[0]
    last = sentence(whole, min(inside[-1] + 1, len(whole.words) - 1))[1]
    behind = whole.words[min(inside[-1] + 1, len(whole.words) - 1)]
    beside = [*range(first, inside[0]), *range(inside[-1] + 1, last + 1)]
    return behind.form in _SETTING or any(
        whole.words[k].lemma in _AGAINST | _CAUTIONING | {"caveat", "exclude"} for k in beside
    )


def _says(segment: AlignedSegment, whole: Vocabulary, index: int, key: Word) -> bool:
    """Whether a word of the variant, which the reference's segment does not have, may say the same."""
    word = whole.words[index]
    if word.lemma in segment.reference.lemmas and word.lemma not in _AGAINST:
        return False
    told = _AGAINST | _SETTING | _CAUTIOUS
    if verb_lemma(key) in _DENYING:
        return word.form in told or word.lemma in told or is_negator(word)
    told |= _DEPENDING
    return word.form in told or word.lemma in told or is_denial(whole, index)


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "Two former guards accuse the prison's director of selling visits, a charge her office rejects.",
            "The ⟦prison's director is accused by two former guards of having sold visits⟧.",
            Profile.PARAPHRASE,
            Severity.MAJOR,
        ),
        Example(
            "Two former guards accuse the prison's director of selling visits, a charge her office rejects.",
            "The prison's director, who says there is no truth in it, is accused by two former guards of having sold "
            "visits.",
            Profile.PARAPHRASE,
        ),
    ),
)
