"""What the scripts of a page know: its segments and flags as one block of JSON.

The block is compact (rows, numbered names, texts stored once) since the top page carries it for the whole run.
``static/data.js`` is its counterpart and reads the rows in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from markupsafe import Markup

from evaltool.model import Kind, Role
from evaltool.mqm import Severity
from evaltool.records import FlagRecord, SegmentRecord
from evaltool.report.marks import WORST_FIRST
from evaltool.report.material import PAGES, Material, Pair, unique
from evaltool.report.rule_pages import links
from evaltool.report.visible import UNSEEN

_SEVERITY = {severity: number for number, severity in enumerate(WORST_FIRST)}
_KINDS = tuple(Kind)
_CLOSING = re.compile("[<>&]")


def block(material: Material, articles: Iterable[int], top: bool) -> Markup:
    """The data of some articles as the content of a ``<script type="application/json">``.

    Args:
        material: the run.
        articles: numbers of the articles.
        top: whether it is for the page that lies above the folder of pages.

    Returns:
        JSON that cannot end its element, and in which every character that cannot be seen is escaped.
    """
    pairs = [pair for article in articles for pair in material.pairs[article]]
    rules = unique(flag.rule for pair in pairs for flag in pair.flags)
    categories = unique(flag.category for pair in pairs for flag in pair.flags)
    texts: dict[str, int] = {}
    segments: list[Any] = []
    flags: list[Any] = []
    for pair in pairs:
        first, place_of = len(segments), {segment.index: place for place, segment in enumerate(pair.segments)}
        serious = {flag.segment for flag in pair.flags if flag.severity is not Severity.NEUTRAL}
        segments += [_segment(pair, segment, segment.index in serious, texts) for segment in pair.segments]
        for flag in pair.flags:
            place = None if flag.segment is None else place_of.get(flag.segment)
            own = None if place is None else pair.segments[place]
            flags.append(
                [
                    -1 if place is None else first + place,
                    pair.article,
                    pair.system,
                    _SEVERITY[flag.severity],
                    categories[flag.category],
                    rules[flag.rule],
                    round(flag.confidence, 2),
                    flag.fingerprint,
                    flag.message,
                    *_sides(flag, own),
                    flag.suggestion,
                    int(material.is_fresh(flag)),
                ]
            )
    known = unique(pair.article for pair in pairs)
    names = {material.articles[number] for number in known}
    rule_links = links(material.rules)
    content = {
        "store": material.store,
        "articles": {number: material.articles[number] for number in known},
        "systems": material.systems,
        "pages": {number: (f"{PAGES}/" if top else "") + material.pages[number] for number in known},
        "rules": [(rule, (f"{PAGES}/" if top else "") + rule_links[rule]) for rule in rules],
        "categories": list(categories),
        "severities": WORST_FIRST,
        "kinds": _KINDS,
        "texts": list(texts),
        "segments": segments,
        "flags": flags,
        "decisions": [one for one in material.decisions if one.article in names],
    }
    return Markup(_harmless(msgspec.json.encode(content).decode()))  # noqa: S704 - what HTML could read is escaped


def _segment(pair: Pair, segment: SegmentRecord, flagged: bool, texts: dict[str, int]) -> list[Any]:
    """A row; ``flagged``: by a flag that counts."""
    scored = segment.quality is not None and segment.drift is not None
    counted = scored and (segment.kind is Kind.MATCH or flagged)  # as in evaltool.scores.counted
    body = segment.role is Role.BODY
    return [
        pair.article,
        pair.system,
        segment.index,
        _KINDS.index(segment.kind),
        None if segment.drift is None else round(segment.drift, 3),
        None if segment.quality is None else round(segment.quality, 1),
        int(counted),
        segment.reference_words,
        segment.variant_words,
        segment.content_words if body else 0,
        segment.covered_words if body else 0,
        segment.reference_sentences,
        texts.setdefault(segment.reference_text, len(texts)),
        texts.setdefault(segment.variant_text, len(texts)),
    ]


def _sides(flag: FlagRecord, segment: SegmentRecord | None) -> tuple[Any, Any]:
    """Both quotes: [start, end] in the segment's text in UTF-16 units, which scripts count, or else the text itself."""
    if segment is None:
        return flag.reference_text, flag.variant_text
    return (
        _side(flag.reference_span, flag.reference_text, segment.reference_span, segment.reference_text),
        _side(flag.variant_span, flag.variant_text, segment.variant_span, segment.variant_text),
    )


def _side(span: tuple[int, int] | None, quote: str, own: tuple[int, int] | None, text: str) -> Any:
    if span is None or own is None:
        return quote
    start, end = span[0] - own[0], span[1] - own[0]
    if start < 0 or text[start:end] != quote:
        return quote
    return [start, end] if text.isascii() else [_utf16(text[:start]), _utf16(text[:end])]


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _harmless(json: str) -> str:
    """JSON without anything that HTML could read or an editor would not show; it means the same."""
    return UNSEEN.sub(_escaped, _CLOSING.sub(_escaped, json))


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
