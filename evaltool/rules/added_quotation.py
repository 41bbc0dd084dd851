"""Quotation marks are put around words that are no quotation in the reference: scare quotes, or speech nobody said.

A quotation of the variant counts where nothing in the reference's segment is set in quotation marks, whatever their
kind, or where the reference has the same words outside its quotations. Accepted are names and titles, words that are
named as words ("the term", "so-called"), and quotations whose words the reference quotes elsewhere.

Severity: major where somebody is quoted with a statement of several words and the reference reports no speech there;
minor where the reference reports in its own words what is given here as the speaker's, and where a noun that the
reference uses in its own voice is set in marks, which casts doubt on it; neutral for other words, which are often set
in marks to say how they are meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from evaltool import lexicon
from evaltool._english import spelling_key
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import SPEECH, marks
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import sentence
from evaltool.rules._quotes import Quotation, quotations
from evaltool.words import AlignedSegment, Side, Vocabulary, Word

#: Any sign that sets words apart: quotation marks of all scripts, an apostrophe before a word, a dialogue's dash.
_MARK = regex.compile(r"[“”\"«»„‟‘‹›‚「」『』《》〈〉״＂`]|(?<!\p{L})['’](?=\p{L})|^[—–-]\s")
#: Words before a quotation that say that it is a word, a name or a title.
_NAMING = frozenset(
    """
    call classify name term dub word phrase expression title entitle nickname label so-called known letter sign slogan
    motto headline hashtag book film song album play show series magazine programme program project campaign
    brand meaning mean article chapter column category version
    """.split()
)
#: Besides verbs of speech these report what is on somebody's mind.
_MIND = frozenset("hope wish feel want wonder think thank thought idea demand call express greet invite".split())
_SPEECH_WORDS = 4  # from so many words on a quotation is a statement
_SHARED = 0.4  # share of its content words from which a quotation may be one of the reference's in other words
_NEAR = 4  # words between a quotation and the verb of speech that attributes it


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each quotation that the reference does not have as one."""
    ours, theirs = segment.variant, segment.reference
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or ours.span is None:
        return
    if theirs.span is None or _inside_quotation(theirs):
        return
    quoted = quotations(theirs.text, theirs.span)
    marked = bool(_MARK.search(theirs.quote))
    for quotation in quotations(ours.text, ours.span):
        inside = [i for i, w in enumerate(ours.words) if quotation.inner.overlaps(w.span)]
        words = [ours.words[i] for i in inside]
        if not words or _named(words) or _quoted_elsewhere(words, segment):
            continue
        severity = _severity(segment, inside)
        if severity is None or (marked and not _left_out(words, theirs, quoted)):
            continue
        said = quotation.inner.of(ours.text).strip()
        speech = len(words) >= _SPEECH_WORDS and _attributed(ours, inside)
        yield Hit(
            severity,
            f"Here “{said}” is {'quoted as somebody’s words' if speech else 'set in quotation marks'}; the reference"
            " quotes nothing there.",
            variant_span=quotation.outer,
            suggestion=None if speech else said,
            evidence={"quoted words": len(words)},
            confidence=0.75,
        )


def _severity(segment: AlignedSegment, inside: list[int]) -> Severity | None:
    ours, theirs = segment.variant, segment.reference
    words = [ours.words[i] for i in inside]
    if len(words) >= _SPEECH_WORDS and _attributed(ours, inside):
        reported = any(marks(theirs)) or any(w.lemma in _MIND for w in theirs.words)
        return Severity.MINOR if reported else Severity.MAJOR
    if any(w.lemma in _NAMING or w.form in _NAMING for w in ours.words[max(0, inside[0] - 3) : inside[0]]):
        return None
    doubted = len(words) < _SPEECH_WORDS and _heads(ours, inside[-1]) and _stands(words, theirs.words)
    return Severity.MINOR if doubted else Severity.NEUTRAL


def _heads(side: Side, last: int) -> bool:
    """Whether the last of some words is a noun, and describes no other noun behind it."""
    word, after = side.words[last], side.words[last + 1] if last + 1 < len(side.words) else None
    if after is not None and after.is_content and not after.form.endswith(("ed", "ing")):
        plural = word.form.endswith("s") and word.lemma != word.form
        parts = lexicon.parts_of_speech(after.lemma)
        if lexicon.main_part_of_speech(after.lemma) == "n" or ("n" in parts and not plural):
            return False
    return "n" in lexicon.parts_of_speech(word.lemma) and lexicon.main_part_of_speech(word.lemma) not in ("a", "r")


def _inside_quotation(side: Side) -> bool:
    """Whether a side's segment stands inside a quotation that a sentence before it in its paragraph has opened."""
    if side.span is None:
        return False
    before = side.text[side.text.rfind("\n", 0, side.span.start) + 1 : side.span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _named(words: list[Word]) -> bool:
    """Whether quoted words are a name or a title: capitals, digits, or a capital that is no sentence's first."""
    if any(w.is_number or w.is_sign for w in words[:1]) or all(not w.is_content for w in words):
        return True
    later = [w for w in words[1:] if w.is_content]
    if len(words) < _SPEECH_WORDS and words[0].is_capitalised:
        return True
    return bool(later) and 2 * sum(w.is_capitalised for w in later) >= len(later)


def _quoted_elsewhere(words: list[Word], segment: AlignedSegment) -> bool:
    """Whether the reference quotes the words anywhere: their beginning behind a mark, or a good part of them."""
    key = " ".join(w.form for w in words[:3])
    text = segment.whole_reference.text.casefold().replace("’", "'")
    if any(text[m.end() : m.end() + len(key) + 1].lstrip().startswith(key) for m in _MARK.finditer(text)):
        return True
    content = {w.lemma for w in words if w.is_content}
    return any(len(content & quoted) >= _SHARED * len(content) for quoted in _quoted(segment.whole_reference))


@lru_cache(maxsize=8)
def _quoted(whole: Vocabulary) -> tuple[frozenset[str], ...]:
    """The lemmas of each quotation of a document."""
    inner = [q.inner for q in quotations(whole.text, Span(0, len(whole.text)))]
    return tuple(frozenset(w.lemma for w in whole.words if quotation.overlaps(w.span)) for quotation in inner)


def _attributed(side: Side, inside: list[int]) -> bool:
    """Whether a verb of speech stands beside a quotation, in its sentence and outside the marks."""
    first, last = sentence(side, inside[0])[0], sentence(side, inside[-1])[1]
    before = range(max(first, inside[0] - _NEAR), inside[0])
    behind = range(inside[-1] + 1, min(last, inside[-1] + _NEAR) + 1)
    return any(side.words[k].lemma in SPEECH for k in (*before, *behind))


def _left_out(words: list[Word], side: Side, quoted: list[Quotation]) -> bool:
    """Whether words stand on a side, and only outside the quotations that hold all of its marks."""
    if not quoted or len(_MARK.findall(side.quote)) != 2 * len(quoted):
        return False
    inside, outside = (
        [w for w in side.words if any(q.outer.overlaps(w.span) for q in quoted) is x] for x in (True, False)
    )
    return _stands(words, outside) and not any(w.lemma in {x.lemma for x in inside} for w in words if w.is_content)


def _stands(words: Sequence[Word], among: Sequence[Word]) -> bool:
    """Whether words stand one behind the other among others."""
    keys, wanted = [spelling_key(w.form) for w in among], [spelling_key(w.form) for w in words]
    return any(keys[at : at + len(wanted)] == wanted for at in range(len(keys) - len(wanted) + 1))


RULE = Rule(
    category=Category.QUOTE_ALTERED,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The rebels fired on the harbour before dawn.",
            "The ⟦“rebels”⟧ fired on the harbour before dawn.",
            severity=Severity.MINOR,
        ),
        Example(
            "The rebels “did not care” about the ships in the harbour.",
            "The ⟦“rebels”⟧ “did not care” about the ships in the harbour.",
        ),
        Example(
            "The mayor said that the pier would not be sold this year.",
            "The mayor said: ⟦“The pier will not be sold this year.”⟧",
            severity=Severity.MINOR,
        ),
        Example(
            "The council spent the money on the harbour.",
            "⟦“We have spent all of the money on ourselves”⟧, said the council.",
            severity=Severity.MAJOR,
        ),
        Example("She saw the film Night Ferry on Monday.", "She saw the film “Night Ferry” on Monday."),
        Example("It was a so-called sleeping fund.", "It was a so-called “sleeping fund”."),
        Example("He spoke of ‘old friends’ in the town.", "He spoke of “old friends” in the town."),
    ),
)
