"""A newspaper, news agency or broadcaster is called by another name: "Free Times" for "Liberty Times".

Compared are what comes before the word that names the kind ("Times", "Daily", "News Agency"). Such a title is a fixed
name, so a synonym is another paper. Accepted are acronyms, a title in short ("the Times"), another romanisation, a
country for its people, and titles that the reference has elsewhere.

Severity: major.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._mentions import said_anywhere, said_here
from evaltool.rules._names import accepted
from evaltool.words import AlignedSegment, Side, Word

#: What papers and broadcasters are called; a closed class.
_PAPERS = frozenset(
    """
    times post herald gazette tribune journal news chronicle observer telegraph guardian mirror express daily weekly
    newspaper press tv television radio broadcasting
    """.split()
)
#: What stands behind one of those that then says what kind of paper it is ...
_BEHIND = frozenset("network agency channel magazine review media online corporation".split())
#: ... if it is one of these.
_NEWS = frozenset("news press tv television radio broadcasting".split())
#: Words of a title at most; longer runs are headlines.
_LONGEST = 5


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the title of the variant that stands for another title of the reference."""
    if segment.kind is not Kind.MATCH:
        return
    due = [run for run in _runs(segment.reference) if _paper(run)]
    heads = {run[-1].form for run in due}
    said = [run for run in _runs(segment.variant) if _paper(run) or run[-1].form in heads]
    known, here = said_anywhere(segment.whole_reference).capitalised, said_here(segment.variant).capitalised
    new = [run for run in said if _own(run) and not _known(run, known)]
    gone = [run for run in due if _own(run) and not _known(run, here)]
    if len(new) != 1 or len(gone) != 1 or len(said) > len(due):
        return
    ours, theirs = _span(new[0]), _span(gone[0])
    mine, title = ours.of(segment.variant.text), theirs.of(segment.reference.text)
    yield Hit(
        Severity.MAJOR,
        f"The reference names “{title}”; here it is “{mine}”, which is another paper or broadcaster.",
        variant_span=ours,
        reference_span=theirs,
        suggestion=title,
        evidence={"new words": " ".join(w.text for w in _own(new[0]))},
        confidence=0.8,
    )


def _runs(side: Side) -> Iterator[tuple[Word, ...]]:
    """The runs of two to five words with capitals; articles are left out."""
    run: list[Word] = []
    for word in side.words:
        apart = bool(run) and side.text[run[-1].span.end : word.span.start] not in (" ", "-", "–")
        inside = word.is_capitalised and not word.is_number and not word.is_function
        if run and (apart or not inside):
            if 1 < len(run) <= _LONGEST:
                yield tuple(run)
            run = []
        if inside:
            run.append(word)
    if 1 < len(run) <= _LONGEST:
        yield tuple(run)


def _paper(run: tuple[Word, ...]) -> bool:
    """Whether a run of words is the title of a paper, an agency or a broadcaster."""
    return run[-1].form in _PAPERS or (run[-1].form in _BEHIND and any(w.form in _NEWS for w in run[:-1]))


def _own(run: tuple[Word, ...]) -> list[Word]:
    """What tells a title from others."""
    return [w for w in run if w.form not in _PAPERS | _BEHIND]


def _known(run: tuple[Word, ...], others: tuple[Word, ...]) -> bool:
    """Whether one of its own words, or an acronym that it may be short for, stands on the other side."""
    rest = [w for w in others if w.form not in _PAPERS | _BEHIND]
    initials = "".join(w.form[0] for w in run)
    if any(w.is_acronym for w in _own(run)) or any(w.is_acronym and w.form[0] == initials[0] for w in rest):
        return True
    return any(accepted(a, b) or accepted(b, a) for a in _own(run) for b in rest)


def _span(run: tuple[Word, ...]) -> Span:
    return Span(run[0].span.start, run[-1].span.end)


RULE = Rule(
    category=Category.NAMED_ENTITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example(
            "The harbour will be closed for a year, the Morning Herald reported.",
            "The harbour will be closed for a year, the ⟦Dawn Herald⟧ reported.",
            severity=Severity.MAJOR,
        ),
        Example(
            "The Norwegian News Agency first wrote about it.",
            "The ⟦Associated Press⟧ first wrote about it.",
        ),
        Example(
            "The harbour will be closed for a year, the Morning Herald reported.",
            "The Herald reported that the harbour will be closed for a year.",
        ),
        Example("The Norwegian News Agency first wrote about it.", "The Norway News Agency wrote about it first."),
        Example("The Norwegian News Agency first wrote about it.", "The NNA wrote about it first."),
    ),
)
