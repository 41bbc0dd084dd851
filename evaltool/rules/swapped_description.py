"""What the reference says of one person, body or place is said of another: "the largest owner, Weiss".

Compared are descriptions beside a name: in apposition ("Weiss, the smaller of the two", "the former mayor, Ann Lee")
and in a clause with "who". The reference must know both names, give this description to one of them and never to the
other. A description counts if it can belong to one alone: with a superlative, a comparative or an ordinal, or a clause
of which most words are the same.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evaltool._english import CONJUNCTIONS
from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._clauses import gap, sentence
from evaltool.rules._mentions import Mention, mentions, said_anywhere, supported
from evaltool.rules._names import plain
from evaltool.words import AlignedSegment, Side, Word

_SAME = 0.65  # share of a clause's words that the other must have for it to be the same
_FEWEST = 3  # content words of a clause that tells one from another
_LONGEST = 12  # words of a description
_ORDINALS = frozenset("first second third fourth fifth last only former sole".split())
_ENDING = frozenset("of that which who whose in on at from for with to and or but by".split())
_JOINING = frozenset("of from at in for with".split())
_DEGREES = frozenset("more most less least largest best worst better worse".split())


@dataclass(frozen=True, slots=True)
class _Described:
    """A description beside a name.

    Attributes:
        span: of both.
        words: lemmas of the description.
        clause: whether it is a clause with "who".
        names: the mentions that it may belong to.
        chain: the mentions that are joined to the last of them by prepositions: "Ann Lee of Veritas in Oslo".
    """

    span: Span
    words: frozenset[str]
    clause: bool
    names: tuple[Mention, ...]
    chain: tuple[Mention, ...] = ()


def _chunks(side: Side) -> Iterator[list[tuple[int, int]]]:
    """(first, last) of the stretches between commas, sentence by sentence."""
    at = 0
    while at < len(side.words):
        first, last = sentence(side, at, ";:()–—")
        cuts = [k for k in range(first, last) if "," in gap(side, k, k + 1)]
        yield list(zip([first, *(k + 1 for k in cuts)], [*cuts, last], strict=True))
        at = last + 1


def _described(side: Side, segment: AlignedSegment) -> Iterator[_Described]:
    named = mentions(side, segment)

    def within(chunk: tuple[int, int], *, opening: bool) -> tuple[Mention, ...]:
        own = [m for m in named if chunk[0] <= m.first and m.last <= chunk[1]]
        # Beside a comma: the last name before it, the first one behind it.
        if opening:
            return tuple(m for m in own[:1] if m.first - chunk[0] <= 3)
        return tuple(m for m in own[-1:] if m.last == chunk[1])

    for chunks in _chunks(side):
        for at, (before, here) in enumerate(pairwise(chunks)):
            for chunk, other, opening in ((here, before, False), (before, here, True)):
                words, clause = _key(side, chunk, behind=not opening)
                names = within(other, opening=opening)
                # "Ann Lee, the mayor of Oslo, who": whoever stands before what she is called.
                called = within(chunks[at - 1], opening=False) if clause and at else ()
                if words and names:
                    first, last = min(chunk[0], names[0].first), max(chunk[0], names[0].last)
                    last = max(last, min(chunk[1], chunk[0] + _LONGEST)) if not opening else last
                    chain = _chain(side, [m for m in named if other[0] <= m.first and m.last <= other[1]])
                    yield _Described(
                        _span(side, first, last), words, clause, names, () if opening else (*called, *chain)
                    )


def _chain(side: Side, named: list[Mention]) -> tuple[Mention, ...]:
    """The names before a comma of which each is joined to the next by a preposition and no verb or conjunction."""
    kept = named[-1:]
    for mention in reversed(named[:-1]):
        between = side.words[mention.last + 1 : kept[0].first]
        compound = side.text[mention.span.end : mention.span.end + 1] in ("-", "‑")  # "the Hague-based group Veritas"
        if not (compound or any(w.form in _JOINING for w in between)) or any(w.form in CONJUNCTIONS for w in between):
            break
        kept.insert(0, mention)
    return tuple(kept)


def _span(side: Side, first: int, last: int) -> Span:
    return Span(side.words[first].span.start, side.words[last].span.end)


def _key(side: Side, chunk: tuple[int, int], *, behind: bool) -> tuple[frozenset[str], bool]:
    """What a stretch says of a name beside it, if that may belong to one alone, and whether it is a clause."""
    words = side.words[chunk[0] : chunk[1] + 1]
    if behind and words[0].form == "who":
        content = [w.lemma for w in words[1:] if w.is_content or w.is_number]
        return (frozenset(content) if len(content) >= _FEWEST else frozenset()), True
    start = 0
    if not behind:
        # Before the name the description ends at the comma: "On Sunday the larger, Lisbeck, was full."
        articles = [k for k, w in enumerate(words) if w.form == "the"]
        if not articles:
            return frozenset(), False
        start = articles[-1]
    if words[start].form != "the":
        return frozenset(), False
    head: list[Word] = []
    for word in words[start + 1 :]:
        if word.form in _ENDING or not (word.is_content or word.form in _ORDINALS | _DEGREES):
            break
        head.append(word)
    if not behind and start + 1 + len(head) < len(words):
        return frozenset(), False
    alone = any(_graded(w) for w in head)
    return (frozenset(w.lemma if not _graded(w) else w.form for w in head) if alone else frozenset()), False


def _graded(word: Word) -> bool:
    """Whether a word marks one of several: a superlative, a comparative, an ordinal."""
    if word.form in _ORDINALS or word.form in _DEGREES:
        return True
    return word.form.endswith(("er", "est")) and word.lemma != word.form and word.form.startswith(word.lemma[:3])


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each description that the reference gives to another name."""
    known = [(s, d) for s in document.segments for d in _described(s.reference, s)]
    if not known:
        return
    for segment in document.segments:
        everywhere = said_anywhere(segment.whole_reference)
        for mine in _described(segment.variant, segment):
            same = [(s, d) for s, d in known if d.clause == mine.clause and _alike(mine, d)]
            name = mine.names[0]
            if not same or not supported(name, (), everywhere):
                continue
            if any(_has(d, m) for _, d in same for m in (name, *mine.chain)):
                continue
            if len({plain(d.names[0].words[-1].form) for _, d in same}) > 1:
                continue  # given to several
            home, meant = same[0]
            due = meant.names[0].span.of(home.reference.text)
            said = name.span.of(segment.variant.text)
            yield Hit(
                Severity.MAJOR,
                f"The reference says “{meant.span.of(home.reference.text)}”; here it is said of {said}.",
                variant_span=mine.span,
                reference_span=meant.span,
                suggestion=due,
                evidence={"name": said, "meant": due},
                confidence=0.8,
            )


def _alike(mine: _Described, other: _Described) -> bool:
    if not mine.clause:
        return mine.words == other.words
    return len(mine.words & other.words) >= max(_FEWEST, _SAME * len(mine.words))


def _has(described: _Described, name: Mention) -> bool:
    """Whether a description belongs to a name, or to one that shares a word with it."""
    return any(name.keys & other.keys or name.tail & other.tail for other in (*described.names, *described.chain))


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "The court has refused the appeal of the former mayor of Oxholm, Ann Lee, who was banned for tax fraud.",
            "The court has refused the appeal filed by Ann Lee, former mayor of Oxholm, who was banned for tax fraud.",
        ),
        Example(
            "Lisbeck, the larger of the two harbours, was closed. Oxholm, the smaller, stayed open.",
            "⟦The larger, Oxholm⟧, was closed. The other one of the two harbours stayed open.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The mayor met Karimov. Ivo Weiss, who owns a stake in the old brewery, said nothing.",
            "The mayor met ⟦Karimov, who owns a stake in the old brewery⟧. Weiss said nothing.",
        ),
        Example(
            "Lisbeck, the larger of the two harbours, was closed. Oxholm, the smaller, stayed open.",
            "The larger, Lisbeck, was closed, but the smaller of the two harbours, Oxholm, stayed open.",
        ),
        Example(
            "It is unsafe, said Ivo Weiss of the Oslo institute Veritas, who examined the bridge twice last year.",
            "It is unsafe, said Ivo Weiss of Veritas in Oslo, who examined the bridge twice last year.",
        ),
        Example(
            "The mayor met Karimov. Ivo Weiss, who owns a stake in the old brewery, said nothing.",
            "The mayor met Karimov. Weiss, who owns a stake in the old brewery, said nothing.",
        ),
    ),
)
