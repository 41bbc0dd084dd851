"""A name's qualifier is lost or gained: "Swiss" for "Swiss-based", "government-backed" for "government".

Compared are words joined by a hyphen to a participle that says how a name belongs to what follows (-based, -born, -led,
-backed and the like). Accepted is the same said in other words: "based in Britain", "run by the state".

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._names import is_listed, name_key
from evaltool.words import AlignedSegment, Side, Word

#: Participles that tie a name to what follows, with the words that say the same apart from it.
_TIES = {
    "based": "base headquarter live operate locate seat from in", "born": "bear birth native origin from",
    "led": "lead leader leadership head under command headed", "backed": "back support backing sponsor aid",
    "funded": "fund finance pay money funding", "owned": "own belong owner property possession",
    "run": "run operate manage under", "made": "make manufacture produce from build",
    "built": "build make construct manufacture", "trained": "train training", "controlled": "control hold under",
    "held": "hold control under", "occupied": "occupy hold under occupation", "sponsored": "sponsor back support",
    "aligned": "align ally side loyal", "allied": "ally alliance align loyal", "educated": "educate study school",
    "registered": "register", "listed": "list", "affiliated": "affiliate link tie belong",
}  # fmt: skip


def _tied(side: Side) -> Iterator[tuple[Word, Word, Word | None]]:
    """(name, participle, the word behind them) of each "X-based Y"."""
    for i in range(1, len(side.words)):
        name, tie = side.words[i - 1 : i + 1]
        if tie.form in _TIES and side.text[name.span.end : tie.span.start] in ("-", "‑"):
            yield name, tie, side.words[i + 1] if i + 1 < len(side.words) else None


def _bare(side: Side, name: Word, following: Word) -> Word | None:
    """The word of a side that is the same name and stands directly before the same word, without a participle."""
    for word, after in zip(side.words, side.words[1:], strict=False):
        if name_key(word.form) == name_key(name.form) and after.lemma == following.lemma:
            gap = side.text[word.span.end : after.span.start]
            return word if gap in (" ", "\u00a0") else None
    return None


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each qualifier that only one side has."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    for name, tie, following in _tied(theirs):
        word = _bare(ours, name, following) if following is not None else None
        if word is None or following is None or _said(ours, tie):
            continue
        if _generic(name, tie):
            continue
        yield _hit(segment, word.span, Span(name.span.start, tie.span.end), "lost")
    for name, tie, following in _tied(ours):
        word = _bare(theirs, name, following) if following is not None else None
        if word is not None and not _said(theirs, tie) and not _generic(name, tie):
            yield _hit(segment, Span(name.span.start, tie.span.end), word.span, "gained")


def _generic(name: Word, tie: Word) -> bool:
    """Whether the bare word says as much: "state" for "state-owned", the name of a town for "Oslo-based"."""
    if tie.form == "based" and name.is_capitalised and not is_listed(name.form) and not lexicon.is_word(name.lemma):
        return True
    return not name.is_capitalised and tie.form in ("based", "owned", "run", "controlled", "held", "funded")


def _said(side: Side, tie: Word) -> bool:
    """Whether a side says in other words what a participle says; function words count only beside it."""
    ways = set(_TIES[tie.form].split()) - {"in", "from", "under"}
    return tie.form in side.forms or bool(ways & side.lemmas)


def _hit(segment: AlignedSegment, at: Span, there: Span, how: str) -> Hit:
    said, due = at.of(segment.variant.text), there.of(segment.reference.text)
    return Hit(
        Severity.MAJOR,
        f"The reference says “{due}”; here it is “{said}”: the qualifier is {how}.",
        variant_span=at,
        reference_span=there,
        suggestion=due,
        evidence={"qualifier": how},
        confidence=0.85,
    )


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("A Swiss-based charity sent food.", "A ⟦Swiss⟧ charity sent food."),
        Example("A Turkish militia held the road.", "A ⟦Turkish-backed⟧ militia held the road."),
        Example("A Swiss-based charity sent food.", "A charity based in Switzerland sent food."),
        Example("The state oil company lost barrels.", "The state-owned oil company lost barrels."),
        Example("An Italian-born painter won.", "A painter born in Italy won."),
        Example("In a computer meeting nobody meets an eye.", "In a computer-based meeting nobody meets an eye."),
    ),
)
