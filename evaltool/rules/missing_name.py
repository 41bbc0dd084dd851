"""A name of the reference is missing, and the words around it have closed up.

The reference names somebody or something that the variant's segment does not, the words before and behind the name
stand beside each other in the variant, and nothing new is there that could stand for the name. One member of a list
counts too, and a source before or behind the text ("Tanjug: ..."). Accepted are a pronoun or a description in its
place, a name behind a title that stays ("the president" for "President Karimov"), and what a summary leaves out.

Severity: major; neutral in a paraphrase, where a name that is understood may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ARTICLES, PRONOUNS
from evaltool.model import Kind, Profile, Role
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._mentions import Mention, mentions, said_anywhere, said_here, supported
from evaltool.rules._names import is_listed, title_case
from evaltool.words import AlignedSegment, Side, Word

#: Share of common words from which a name cannot just be worded in another way.
_LITERAL = 0.5
_CLOSED = 3  # how far apart the partners of the words around the name may stand
_REACH = 2  # how far from the name a word with a partner is looked for
#: Words that lead up to a name; ``_NEVER`` are pairs of them that no phrase puts beside each other.
_LEADING = frozenset("of in at from by with to for against the a an".split())
_NEVER = frozenset(
    (a, b)
    for a in "of in at from by with to for against".split()
    for b in "of in at on by with from for".split()
    if a != b
) - {
    ("from", "in"),
    ("from", "by"),
    ("in", "by"),
    ("in", "from"),
    ("by", "with"),
    ("in", "for"),
    ("by", "for"),
    ("for", "in"),
}

_POINTING = frozenset("the this that these those".split())
_DASHES = frozenset("-–—|")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each name that the variant lacks."""
    summary = segment.profile in (Profile.SUMMARY, Profile.REREPORT)
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY or summary:
        return
    ours, theirs = segment.variant, segment.reference
    if title_case(ours.words) or title_case(theirs.words):
        return
    mine, named = mentions(ours, segment), mentions(theirs, segment)
    everywhere = said_anywhere(segment.whole_reference)
    if any(not supported(m, named, everywhere) for m in mine):
        return  # see replaced-name
    for name in named:
        if not name.proper or supported(name, mine, said_here(ours)):
            continue
        torn = _torn(ours, theirs, name) or _tag(theirs, name)
        if not torn and (segment.literalness < _LITERAL or all(is_listed(w.form) for w in name.words)):
            continue
        if not torn and (_currency(theirs, name) or _described(theirs, name) or not _closed(segment, name)):
            continue
        if any((partner := theirs.partner[i]) is not None and _stands_for(segment, partner, i) for i in _range(name)):
            continue
        if _referred_to(segment, name):
            continue
        said = name.span.of(theirs.text)
        yield Hit(
            Severity.MAJOR if torn or segment.profile is Profile.TRANSLATION else Severity.NEUTRAL,
            f"The reference names “{said}”; the variant does not, and has nothing in its place.",
            reference_span=name.span,
            evidence={
                "literalness of the segment": round(segment.literalness, 2),
                "stands by itself or tears": int(torn),
            },
            confidence=0.85 if torn else 0.75,
        )


def _tag(side: Side, name: Mention) -> bool:
    """Whether a name stands by itself before or behind the text, as a source does: "Tanjug: ...", "... - tanjug.rs"."""
    after = side.text[name.span.end : side.words[name.last + 1].span.start] if name.last + 1 < len(side.words) else ""
    if name.first == 0:
        return after.strip() == ":"
    before = side.text[side.words[name.first - 1].span.end : name.span.start].strip()
    rest = side.words[name.last + 1 :]
    return before in _DASHES and (not rest or (len(rest) == 1 and after == "." and rest[0].text.islower()))


def _currency(side: Side, name: Mention) -> bool:
    """Whether a name stands beside a number: "RMB 4,500", "110 million Singapore dollars"."""
    beside = [side.words[i] for i in (name.first - 1, name.last + 1) if 0 <= i < len(side.words)]
    return any(w.is_number or w.form in ("million", "billion", "thousand", "trillion") for w in beside)


def _torn(ours: Side, theirs: Side, name: Mention) -> bool:
    """Whether a word that needs a name behind it has none: "said to on Friday" for "said to Karimov on Friday"."""
    before = theirs.words[name.first - 1] if name.first else None
    if before is None or before.form not in _LEADING or _dangling(theirs):
        return False
    return any(w.form == before.form or {w.form, before.form} <= ARTICLES for w in _dangling(ours))


def _dangling(side: Side) -> list[Word]:
    """The prepositions and articles of a side that nothing follows."""
    found = []
    for word, after in zip(side.words, (*side.words[1:], None), strict=True):
        if word.form not in _LEADING:
            continue
        gap = side.text[word.span.end : after.span.start if after else word.span.end + 1].strip()
        article = word.form in ARTICLES
        if (
            gap[:1] in tuple(",.;:!?")
            or (after is not None and not gap and after.form in _LEADING - ARTICLES and article)
            or (after is not None and not gap and (word.form, after.form) in _NEVER)
        ):
            found.append(word)
    return found


def _range(name: Mention) -> range:
    return range(name.first, name.last + 1)


def _stands_for(segment: AlignedSegment, ours: int, theirs: int) -> bool:
    """Whether a word that is linked to a word of the name is no function word or other bystander."""
    return segment.variant.words[ours].is_content and segment.reference.words[theirs].is_capitalised


def _referred_to(segment: AlignedSegment, name: Mention) -> bool:
    """Whether the variant has "the country", "that town" more than the reference, behind the name's preposition."""
    ours, theirs = segment.variant.words, segment.reference.words
    before = theirs[name.first - 1].form if name.first else ""
    return any(
        ours[at].form == before
        and ours[at + 1].form in _POINTING
        and word.text.islower()
        and word.lemma not in segment.reference.lemmas
        and any(lexicon.hypernym(word.lemma, wide, 5) for wide in ("location", "group"))
        for at, word in enumerate(ours[2:])
    )


def _described(side: Side, name: Mention) -> bool:
    """Whether a word for a person or an office stands directly before or behind the name and can do without it."""
    for at in (name.first - 1, name.last + 1):
        if 0 <= at < len(side.words):
            word = side.words[at]
            gap = side.text[min(word.span.end, name.span.end) : max(word.span.start, name.span.start)]
            if gap.strip():
                continue  # another member of a list
            if lexicon.hypernym(word.lemma, "person", 6) or (word.is_capitalised and word.is_content):
                return True
    words = side.words[name.first : name.last + 1]
    return any(lexicon.hypernym(w.lemma, "person", 6) for w in words if w not in name.words)


def _closed(segment: AlignedSegment, name: Mention) -> bool:
    """Whether the words around the name have partners that stand beside each other, with no content between them."""
    side, other = segment.reference, segment.variant
    reach = range(1, _REACH + 1)
    left = next((p for k in reach if name.first >= k and (p := side.partner[name.first - k]) is not None), None)
    behind = (name.last + k for k in reach if name.last + k < len(side.words))
    right = next((p for i in behind if (p := side.partner[i]) is not None), None)
    if left is None and right is not None:
        left = -1 if name.first == 0 else None
    elif right is None and left is not None:
        right = len(other.words) if name.last == len(side.words) - 1 else None
    if left is None or right is None or not 0 < right - left <= _CLOSED:
        return False
    return not any(w.is_content or w.is_number or w.form in PRONOUNS for w in other.words[left + 1 : right])


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The envoys of Norway, ⟦Kenya⟧ and Peru signed the treaty.",
            "The envoys of Norway and Peru signed the treaty.",
        ),
        Example("⟦Tanjug⟧: The road will be closed for a week.", "The road will be closed for a week."),
        Example("The storm reached ⟦Lisbeck⟧ before noon.", "The storm reached before noon."),
        Example(
            "The envoys of Norway, Kenya and Peru signed it.", "The Norwegian, Kenyan and Peruvian envoys signed it."
        ),
        Example("President Karimov signed the treaty in May.", "The president signed the treaty in May."),
        Example(
            "Talks began in May, the mayor said, and the envoys of Norway spent four weeks in Kassora.",
            "Talks began in May, the mayor said, and the Norwegian envoys spent four weeks in the city.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
