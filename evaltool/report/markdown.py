"""The gate's verdict as Markdown, for a pull request or a job summary: the worst first, cut at a stated size.

Text from input is printed in ``<code>`` with its punctuation as character references, so that it is neither
Markdown nor HTML, and mentions nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evaltool.records import RunFolder
from evaltool.report.places import Places
from evaltool.report.visible import excerpt, plain
from evaltool.verdict import Criterion, State, Verdict, plural

#: Characters that a comment on GitHub or GitLab may safely have.
SIZE = 60_000
#: Room kept for the last lines.
_ROOM = 400
_FLAGS_SHOWN = 20
#: ASCII punctuation but for ( ) , - ; and the point of a number.
_MARKS = re.compile(r"[!-'*+/:<-@\[-`{-~]|(?<!\d)\.|\.(?!\d)")


def document(run: RunFolder, verdict: Verdict, size: int = SIZE) -> str:
    """The verdict as Markdown.

    Args:
        run: the judged run.
        verdict: the verdict on it.
        size: most characters of the document, at least 1,000.

    Returns:
        The document; what does not fit is counted in its last line.
    """
    head = list(_head(verdict))
    blocks = [*_tables(verdict, Places(run)), *_tail(verdict)]
    used, hidden = sum(len(line) + 1 for line in head), 0
    lines = [line if len(line) < size // 4 else excerpt(line, size // 4) for line in head[:3]]
    lines += [line for line in head[3:] if used + _ROOM < size]
    used = sum(len(line) + 1 for line in lines)
    for line, counts in blocks:
        if hidden or used + len(line) + 1 + _ROOM > size:
            hidden += counts
            used = size  # what follows is less important than what is cut
        else:
            lines.append(line)
            used += len(line) + 1
    if hidden:
        lines += ["", f"{plural(hidden, 'entry', 'entries')} not shown here; the run folder has all."]
    return "\n".join(lines) + "\n"


def _head(verdict: Verdict) -> Iterator[str]:
    sign = {"passed": "✅", "failed": "❌", "undecided": "⚠️"}[verdict.outcome]
    yield f"## {sign} evaltool gate: {verdict.outcome}"
    yield ""
    counts = {state: len(verdict.of(state)) for state in State}
    systems = len({c.system for c in verdict.criteria if c.system})
    yield ", ".join(
        [f"{plural(counts[state], 'criterion', 'criteria')} {state}" for state in State if counts[state]]
        + [plural(systems, "system")]
    )
    for problem in verdict.problems:
        yield ""
        yield _text(problem)


def _tables(verdict: Verdict, places: Places) -> Iterator[tuple[str, int]]:
    """Lines, each with how many entries it stands for."""
    rows = [*verdict.of(State.BROKEN), *verdict.of(State.UNDECIDED)]
    if rows:
        yield from _heading("| system | article | criterion | figure and limit |", 4)
        for criterion in rows:
            yield _row(criterion), 1
    flags = [(flag, c) for c in verdict.of(State.BROKEN) for flag in c.flags]
    unique = list({id(flag): flag for flag, _ in flags}.values())
    if unique:
        yield from _heading("| severity | variant | reference | rule | place |", 5)
    for flag in unique[:_FLAGS_SHOWN]:
        cells = [flag.severity.value, _code(flag.variant_text), _code(flag.reference_text), _code(flag.rule)]
        yield f"| {' | '.join([*cells, _code(str(places.variant(flag)))])} |", 1
    if len(unique) > _FLAGS_SHOWN:
        yield f"\n{plural(len(unique) - _FLAGS_SHOWN, 'flag')} more.", len(unique) - _FLAGS_SHOWN


def _tail(verdict: Verdict) -> Iterator[tuple[str, int]]:
    sections: Sequence[tuple[str, Sequence[str]]] = (
        (
            "Without a score",
            [f"{_code(u.system)} / {_code(u.article)}: {_text(u.reason)}" for u in verdict.unevaluated],
        ),
        ("Expired waivers", [f"{_code(str(w))}, {w.expires}, {_code(w.owner)}" for w in verdict.expired]),
        ("Waivers without a flag", [f"{_code(str(w))}, {_code(w.owner)}" for w in verdict.stale]),
        ("Notes", [_text(note) for note in verdict.notes]),
    )
    for title, entries in sections:
        if entries:
            yield f"\n**{title}**\n", 0
            yield from ((f"- {entry}", 1) for entry in entries)


def _heading(titles: str, columns: int) -> Iterator[tuple[str, int]]:
    yield "", 0
    yield titles, 0
    yield f"|{' --- |' * columns}", 0


def _row(criterion: Criterion) -> str:
    article = _code(criterion.article) if criterion.article else "all"
    system = _code(criterion.system) if criterion.system else "all"
    return f"| {system} | {article} | {_code(criterion.title)} | {_text(criterion.reason)} |"


def _references(text: str) -> str:
    """The text with every mark that Markdown or HTML could read as a character reference."""
    return _MARKS.sub(lambda found: f"&#{ord(found[0])};", text)


def _code(text: str) -> str:
    return f"<code>{_references(plain(excerpt(text)))}</code>" if text.strip() else "–"


def _text(text: str) -> str:
    """A sentence of ours that may name things from input: an at sign stands alone, so that it mentions nobody."""
    return _references(plain(excerpt(text, 300))).replace("&#64;", "<span>&#64;</span>")
