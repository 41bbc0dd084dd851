"""The layout of a text: its lines and paragraphs, what each is on the page, and parts that are not too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evaltool.model import Role, Span

# White space of every kind, and characters of no width that carry nothing at the edge of a sentence.
_EDGES = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u2060\ufeff"
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ITEM = re.compile(r"[•▪●‣◦■*\-–—·]\s|(?:\d{1,3}|[a-zA-Z])[.)]\s")
_TERMINAL = re.compile(
    r"""[.!?…‼⁇⁈⁉。！？｡؟۔।॥։።፧။៕:;,–—-][\s"'“”‘’«»›)\]}」』）】》〉\u200b-\u200f\u2060\u202c\u2069\ufeff]*\Z"""
)
# Where an overlong sentence may be cut, the best first.
_CUTS = tuple(re.compile(pattern) for pattern in (r"[;:—](?=\s)|[；：]", r",(?=\s)|[，、]", r"\s"))
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_HEADING_WORDS = 20
_WRAP_WIDTHS = (40, 120)  # narrower is verse or a list, wider is a paragraph on one line


def word_set(words: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(words.split())


_DATE_WORDS = word_set(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs
    fri sat sun date time published updated posted modified edited created yesterday today am pm a.m p.m ago gmt utc bst
    est edt cet cest pst pdt ist et"""
)
_INTERFACE_WORDS = word_set(
    """share shares save print email e-mail facebook twitter whatsapp linkedin instagram telegram copy link comment
    comments like likes views subscribe subscribers subscription follow followers connect contact login log sign
    register newsletter newsletters read reading more related topics topic stories articles tags menu search
    advertisement advert ad ads sponsored promoted cookies cookie privacy policy terms conditions accept close open next
    previous back top skip content homepage play video audio watch listen live breaking latest trending popular
    recommended download app rss feed bookmark reply report source credit image photo photograph getty reuters afp"""
)
# Say nothing by themselves: a line needs a date or an interface word as well.
_SMALL_WORDS = word_set(
    """a an the this us our with on at in of to for and or by from up out your you me via last first here all now about
    rights x story article page hour hours hr hrs minute minutes min mins second seconds day days week weeks month
    months year years"""
)
_NUMBER = re.compile(r"\d[\d.,:/-]*(?:st|nd|rd|th|am|pm|h|k|m|z|min)?", re.IGNORECASE)
_DATE_NUMBER = re.compile(
    r"(?:19|20)\d\d|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:am|pm|h|z)?|\d{1,2}(?:am|pm)",
    re.IGNORECASE,
)
_OUTLET = (
    r"(?:[A-Z]{2,5}(?: (?:News|Sport|World|Online|Business|Radio|Arabic|Verify|World Service))?"
    r"|(?:Sky|Fox|Channel \d) News|The [A-Z]\w+ (?:Times|Post|Herald|Tribune)"
    r"|Reuters|Associated Press|Agence France-Presse|Xinhua|Bloomberg|Press Association)"
)
_NAME = r"[^\W\d_a-z][\w.'’-]+"
# Forms of a whole line with a part that is free.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+",
        r"(?i:©|\(c\)|copyright\b).{0,120}|(?i:all rights reserved)\.?",
        # Bylines and credits
        r"(?:By|BY|(?:Words|Written|Reported|Reporting|Editing|Photographs?|Photos?) by) "
        rf"{_NAME}(?: (?:and |& |de |van |von |al-)?{_NAME}){{0,4}}(?:(?:,| in| at| -| \|).{{0,60}})?",
        rf"(?:{_NAME},? ){{0,3}}{_OUTLET}",
        r"(?i:(?:image|picture|photo|video) (?:source|credit|copyright)).{0,80}",
        r"(?i:photo|picture|photograph|image|credit|source)s? ?:.{0,80}",
        # Links to other pages
        r"(?i:(?:read|see|watch|listen)(?: more| also| next| now)?|also read|more on this(?: story)?|more from"
        r"|related(?: \w+)?|recommended|you may also like|don['’]t miss) ?[:|>»→].{0,160}",
        # Requests
        r"(?i:follow|like|join|find|connect with|contact) (?:us|me|[A-Z][\w.]+(?: [A-Z][\w.]+){0,3})"
        r" (?i:on|via|at|in) \S+(?:,? \S+){0,6}",
        r"(?i:sign up|subscribe|register|log in|click here|tap here|get|download)\b.{0,40}(?i:newsletters?|alerts?"
        r"|notifications?|(?:our|the) app|inbox|free trial|for free|podcast|channel|account)\b.{0,30}",
        r"(?i:last updated|first published|published|updated|posted|modified)(?: on| at| by)?:? .{0,40}\d.{0,30}",
    )
)


def stripped(text: str, start: int, end: int) -> Span | None:
    """The range without white space and zero-width spaces at its edges; None where nothing is left."""
    piece = text[start:end]
    kept = piece.lstrip(_EDGES)
    start += len(piece) - len(kept)
    kept = kept.rstrip(_EDGES)
    return Span(start, start + len(kept)) if kept else None


def blocks(text: str) -> list[Span]:
    """The lines of a text that are not empty; the lines of a hard-wrapped paragraph are one block."""
    paragraphs = list(_paragraphs(text))
    widest = max((width for lines in paragraphs if (width := _wrap_width(text, lines)) is not None), default=None)
    found: list[Span] = []
    for lines in paragraphs:
        start = lines[0].start
        for line, following in pairwise(lines):
            if widest is None or not _is_soft(text, line, following, widest):
                found.append(Span(start, line.end))
                start = following.start
        found.append(Span(start, lines[-1].end))
    return found


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Lines without an empty one between them."""
    lines: list[Span] = []
    start = 0
    ends = [match.span() for match in _LINE_BREAK.finditer(text)]
    for end, following in (*ends, (len(text), len(text))):
        line = stripped(text, start, end)
        if line is not None:
            lines.append(line)
        elif lines:
            yield lines
            lines = []
        start = following
    if lines:
        yield lines


def _wrap_width(text: str, lines: Sequence[Span]) -> int | None:
    """The width at which a paragraph was wrapped, or None where it was not.

    A line was broken for want of room when the first word of the next would not have fitted. To be sure, sentences must
    also run on from line to line.
    """
    breaks = len(lines) - 1
    width = max(line.end - line.start for line in lines)
    if breaks < 2 or not _WRAP_WIDTHS[0] <= width <= _WRAP_WIDTHS[1]:
        return None
    pairs = list(pairwise(lines))
    full = sum(_is_full(text, line, following, width) for line, following in pairs)
    open_ended = sum(_TERMINAL.search(line.of(text)) is None for line, _ in pairs)
    runs_on = sum(text[following.start].islower() for _, following in pairs)
    return width if full >= 0.8 * breaks and open_ended >= 0.5 * breaks and runs_on >= 0.5 * breaks else None


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line had no room left in this one."""
    first_word = following.of(text)[:width].split(maxsplit=1)[0]
    return (line.end - line.start) + 1 + len(first_word) > width


def _is_soft(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether a line break in a hard-wrapped text is there only for want of room."""
    if _ITEM.match(text, following.start, following.end) or line.end - line.start > _WRAP_WIDTHS[1]:
        return False
    if _is_full(text, line, following, width):
        return True
    return (
        text[following.start].islower()
        and _TERMINAL.search(line.of(text)[-40:]) is None
        and line.end - line.start > width / 2
    )


def roles(text: str, found: Sequence[Span]) -> list[Role]:
    """What each block is.

    A text of one block is always body, so is a text that seems to be nothing but furniture. Where no line at all ends
    in a stop, its writer or its script does not use them, and nothing is a heading.
    """
    if len(found) == 1:
        return [Role.BODY]
    has_stops = any(_TERMINAL.search(block.of(text)[-40:]) for block in found)
    result = [_role(block.of(text), has_stops=has_stops) for block in found]
    for place, (role, following) in enumerate(zip(result, found[1:], strict=False)):
        if role is Role.HEADING and text[following.start].islower():
            result[place] = Role.BODY  # the line goes on in the next one
    return result if any(role is not Role.FURNITURE for role in result) else [Role.BODY] * len(found)


def _role(line: str, *, has_stops: bool) -> Role:
    if len(line) > 400:
        return Role.BODY
    if is_furniture(line):
        return Role.FURNITURE
    is_open = _TERMINAL.search(line) is None and _ITEM.match(line) is None
    return Role.HEADING if has_stops and is_open and len(line.split()) <= _HEADING_WORDS else Role.BODY


def is_furniture(line: str) -> bool:
    """Whether a line is what a site adds to an article: dates, bylines, links, buttons, credits."""
    if any(form.fullmatch(line) for form in _FORMS):
        return True
    words = [match.group().lower() for match in _WORD.finditer(line)]
    if not words:
        # A rule of dashes or asterisks; emoji are content.
        return all(ord(character) < 0x2600 for character in line)
    if len(words) > 12:
        return False
    is_core = False
    for word in words:
        if word in _DATE_WORDS or word in _INTERFACE_WORDS or _DATE_NUMBER.fullmatch(word):
            is_core = True
        elif word not in _SMALL_WORDS and not _NUMBER.fullmatch(word):
            return False
    return is_core


def shortened(text: str, span: Span, longest: int) -> Iterator[Span]:
    """The span itself, or its parts where it has more than ``longest`` code points."""
    while span.end - span.start > longest:
        cut = _best_cut(text, span.start, longest)
        part = stripped(text, span.start, cut)
        if part is not None:
            yield part
        rest = stripped(text, cut, span.end)
        if rest is None:
            return
        span = rest
    yield span


def _best_cut(text: str, start: int, longest: int) -> int:
    """Where to cut an overlong sentence: after punctuation, at white space, or between two characters."""
    limit = start + longest
    half = start + longest // 2  # earlier cuts would leave crumbs
    for pattern in _CUTS:
        found = [match.end() for match in pattern.finditer(text, half, limit)]
        if found:
            return found[-1]
    return next((cut for cut in range(limit, limit - 64, -1) if not _is_inside_character(text, start, cut)), limit)


def _is_inside_character(text: str, start: int, cut: int) -> bool:
    """Whether two code points belong together for the eye: accents, surrogates, joined emoji, flags."""
    before, after = text[cut - 1], text[cut]
    if before == "\u200d" or after in "\u200c\u200d" or unicodedata.category(after)[0] == "M":
        return True
    if "\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":  # skin tones, tags
        return True
    if not "\U0001f1e6" <= after <= "\U0001f1ff":
        return False
    flags = re.search("[\U0001f1e6-\U0001f1ff]*\\Z", text[start:cut])  # two letters make one flag
    return flags is not None and len(flags.group()) % 2 == 1
