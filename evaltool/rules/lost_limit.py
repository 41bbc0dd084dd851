"""What the reference says within a limit, the variant says without it: "until the review is complete" is left out.

A limit is a condition ("unless a court rules otherwise", "if asked to"), the end of something ("until ..."), "for the
time being", or the lack of evidence for a claim ("without offering proof"). It counts where most of what it limits is
said in one sentence of the variant, nothing of the limit stands there, and that sentence leaves nothing open in another
way ("depends on", "so far", "would have to"). In a translation the words that are missing are a matter of
omitted-phrase.

Severity: major, since the claim reaches further than the reference's.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap, sentence
from evaltool.words import AlignedSegment, Side

_TRIGGERS = frozenset(
    "unless if provided providing long condition subject until till pending being present without".split()
)
#: What opens a limit that has words of its own. "If" behind a verb of asking or doubting is "whether".
_OPENERS = tuple(
    tuple(phrase.split())
    for phrase in (
        "unless", "if", "provided that", "provided", "providing that", "as long as", "so long as", "on condition that",
        "on the condition that", "subject to", "until", "till", "pending",
    )
)  # fmt: skip
#: Limits of set words.
_FIXED = tuple(
    tuple(phrase.split())
    for phrase in ("for the time being", "for the present", "for the moment", "until further notice")
)
#: With one of these before its subject a clause is a condition: "should it be rejected".
_INVERTED = frozenset("should were had".split())
_SHOWING = frozenset("offer provide produce present give cite show supply furnish name".split())
_SHOWN = frozenset("evidence proof detail substantiation basis example source".split())
_ASKING = frozenset(
    """
    ask wonder know see say tell doubt question check find determine decide unclear unknown sure clear as even only not
    what and or matter but
    """.split()
)
_BACK = frozenset("that this so then it they".split())  # "if that happened" goes back to what was said
_NO_CLAUSE = frozenset("by with to for in on at from and or of as under not".split())
#: Words with which the variant leaves something open, or limits it in another way.
_OPEN = frozenset(
    """
    if unless provided providing condition conditional conditionally subject whether when whenever once until till
    depend dependent contingent pending otherwise assume assuming suppose require requires requirement except barring
    permitting allowing meanwhile meantime interim temporary temporarily provisional provisionally now yet moment
    currently before after long evidence proof prove proven unproven substantiate unsubstantiated baseless lest
    threat threaten threatened ultimatum deadline
    """.split()
)
#: Content words next to the limit that make up what it limits, the share of them that the variant has, and how many.
_NEXT, _KEPT, _FEWEST = 6, 0.6, 2
#: Likeness to a word of the variant from which a word of the limit is said there, and the share of them that may be.
_LIKE, _LEFT = 0.6, 0.34


def _limits(side: Side) -> Iterator[tuple[int, int, int]]:
    """(index of the opener, first and last index of its own words) of each limit; no words where it is a set phrase."""
    words = side.words
    forms = [word.form for word in words]
    for at, form in enumerate(forms):
        fixed = next((len(p) for p in _FIXED if tuple(forms[at : at + len(p)]) == p), 0)
        if fixed:
            yield at, at + fixed, at + fixed - 1  # no words of its own
            continue
        if form == "without" and at + 1 < len(forms) and words[at + 1].lemma in _SHOWING:
            last = sentence(side, at, ",;:–—()")[1]
            if any(word.lemma in _SHOWN for word in words[at + 2 : last + 1]):
                yield at, at, min(last, at + 4)
        for opener in _OPENERS:
            if tuple(forms[at : at + len(opener)]) != opener:
                continue
            before = words[at - 1] if at else None
            first = at + len(opener)
            if before is not None and (before.lemma in _ASKING or before.form in _ASKING):
                break
            if first >= len(forms) or (opener[-1] in ("provided", "pending") and forms[first] in _NO_CLAUSE):
                break
            last = sentence(side, at, ",;:–—()")[1]
            if first <= last and forms[first] not in _BACK:
                yield at, first, last
            break


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each limit of which nothing is left though what it limits is said."""
    if segment.profile in (Profile.TRANSLATION, Profile.REREPORT) or segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    if segment.role is not Role.BODY or not _TRIGGERS & theirs.forms:
        return
    for at, first, last in _limits(theirs):
        own = [k for k in range(first, last + 1) if _tells(theirs, k)]
        if sum(_said(segment, k) for k in own) > _LEFT * len(own) or (not own and first <= last):
            continue
        start, end = sentence(theirs, at, ";")
        limited = [k for k in range(start, at) if _tells(theirs, k)][-_NEXT:]
        if at == start:
            limited = [k for k in range(last + 1, end + 1) if _tells(theirs, k)][:_NEXT]
        kept = [p for k in limited if (p := theirs.partner[k]) is not None]
        if len(kept) < max(_FEWEST, _KEPT * len(limited)):
            continue
        near = sentence(ours, kept[-1], ";")
        inside = sorted(p for p in kept if near[0] <= p <= near[1])
        if len(inside) < max(_FEWEST, _KEPT * len(limited)):
            continue
        if any(_runs(ours, phrase, *near) for phrase in _FIXED) or _inverted(ours, *near):
            continue
        elsewhere = {theirs.words[k].lemma for k in range(len(theirs.words)) if not at <= k <= last}
        if any(
            (w.form in _OPEN or w.lemma in _OPEN) and w.lemma not in elsewhere
            for w in ours.words[near[0] : near[1] + 1]
        ):
            continue
        span = Span(theirs.words[at].span.start, theirs.words[last].span.end)
        yield Hit(
            Severity.MAJOR,
            f"The reference limits this: “{span.of(theirs.text)}”; the variant says it without a limit.",
            variant_span=Span(ours.words[inside[0]].span.start, ours.words[inside[-1]].span.end),
            reference_span=span,
            evidence={"words of the limited clause that are kept": len(inside)},
            confidence=0.75,
        )


def _runs(side: Side, phrase: tuple[str, ...], first: int, last: int) -> bool:
    """Whether a phrase stands among the words from first to last."""
    forms = [word.form for word in side.words[first : last + 1]]
    return any(tuple(forms[k : k + len(phrase)]) == phrase for k in range(len(forms)))


def _inverted(side: Side, first: int, last: int) -> bool:
    """Whether a clause from first to last begins as a condition does without "if"."""
    return any(
        side.words[k].form in _INVERTED and (k == first or gap(side, k - 1, k) != " ") for k in range(first, last + 1)
    )


def _tells(side: Side, k: int) -> bool:
    return side.words[k].is_content or side.words[k].is_number


def _said(segment: AlignedSegment, k: int) -> bool:
    """Whether a word of the reference is said in the variant's side: linked, likened, or by a kindred word."""
    theirs = segment.reference
    if theirs.partner[k] is not None or theirs.best[k] >= _LIKE:
        return True
    lemma = theirs.words[k].lemma
    return any(lexicon.related(lemma, other.lemma) >= 0.8 for other in segment.variant.words if other.is_content)


RULE = Rule(
    category=Category.OMISSION,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The city council has promised to follow the commission's advice unless a court rules otherwise.",
            "The ⟦city council has promised that the commission's advice will be followed⟧.",
            profile=Profile.PARAPHRASE,
            severity=Severity.MAJOR,
        ),
        Example(
            "The minister accused the union of bribery, without offering any evidence.",
            "The ⟦union was accused of bribery by the minister⟧.",
            profile=Profile.PARAPHRASE,
            severity=Severity.MAJOR,
        ),
        Example(
            "The city council has promised to follow the commission's advice unless a court rules otherwise.",
            "The city council will follow the commission's advice, it has promised, as long as no court objects.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "The pension age remains unchanged for the time being.",
            "For now the pension age remains unchanged.",
            profile=Profile.PARAPHRASE,
        ),
        Example(
            "The minister accused the union of bribery, without offering any evidence.",
            "The union was accused of bribery by the minister, who had no proof to show.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
