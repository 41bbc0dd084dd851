"""A space stands where none belongs, or is missing where one belongs.

Found are a space before a comma, full stop, colon, semicolon, question or exclamation mark, before or behind the hyphen
of a compound, inside brackets and quotation marks, two spaces inside a sentence, and a missing space behind a comma.
What the reference does in the same way is accepted, and so is French spacing in French.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from evaltool.model import Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import Example, Hit, Rule
from evaltool.words import AlignedSegment

# Words are matched from their first letter and never given back, so that a word of any length costs one look.
_BEFORE_COMMA = "a space before the mark instead of behind it"
# The name of each group is what the message says of it.
_PATTERNS = (
    (
        "a space before the punctuation mark",
        regex.compile(r"(?<![\p{L}\p{N}”’\")\]])[\p{L}\p{N}”’\")\]]++(?P<gap>[ \u00a0]+)[,.;:!?](?![\p{L}\p{N}.])"),
    ),
    ("a space before the hyphen", regex.compile(r"(?<![\p{L}\p{N}])[\p{L}\p{N}]++(?P<gap>[ \u00a0]+)-[\p{L}\p{N}]+")),
    (
        "a space behind the hyphen",
        regex.compile(
            r"(?<![\p{L}\p{N}])[\p{L}\p{N}]{2,}+-(?P<gap>[ \u00a0]+)(?!(?:and|or|to|und|bis|et|ou|y)\b)\p{L}+"
        ),
    ),
    (
        "a space inside the brackets",
        regex.compile(
            r"[(\[](?P<gap>[ \u00a0]+)[\p{L}\p{N}]+|(?<![\p{L}\p{N}.])[\p{L}\p{N}.]++(?P<gap>[ \u00a0]+)[)\]]"
        ),
    ),
    (
        "a space inside the quotation marks",
        regex.compile(
            r"“(?<!„[^“”]{1,300}“)(?P<gap>[ \u00a0]+)\p{L}+|(?<![\p{L}.,!?])[\p{L}.,!?]++(?P<gap>[ \u00a0]+)”"
        ),
    ),
    ("no space behind the comma", regex.compile(r"(?<!\p{Ll})\p{Ll}{2,}+,(?P<gap>)\p{L}{2,}")),
    ("no space behind the comma", regex.compile(r"(?<!\p{L})\p{L}++[”\"],(?P<gap>)\p{L}{2,}")),
    (
        _BEFORE_COMMA,
        regex.compile(r"(?<![\p{L}\p{N}”’\")\]])[\p{L}\p{N}”’\")\]]++(?P<gap>[ \u00a0]+)[,;](?=\p{L}{2,})"),
    ),
    ("a double space", regex.compile(r"[\p{L},;](?P<gap> {2,})\p{Ll}+")),
)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each stray or missing space of a kind that the reference segment does not have."""
    side = segment.variant
    if side.span is None:
        return
    for what, pattern in _PATTERNS:
        if segment.language == "fr" and "punctuation" in what:
            continue
        matches = list(pattern.finditer(side.text, *side.span))
        if matches and pattern.search(segment.reference.quote):
            continue
        for match in matches:
            gap = match.span("gap")
            missing = gap[0] == gap[1]
            fixed = side.text[match.start() : gap[0]] + (" " if missing else "") + side.text[gap[1] : match.end()]
            if what == "a double space":
                fixed = side.text[match.start() : gap[0]] + " " + side.text[gap[1] : match.end()]
            if what == _BEFORE_COMMA:
                fixed += " "
            yield Hit(
                Severity.MINOR,
                f"There is {what} in “{match.group()}”.",
                variant_span=Span(*match.span()),
                suggestion=fixed,
                evidence={"found": what},
                confidence=0.9,
            )


RULE = Rule(
    category=Category.PUNCTUATION_SPACING,
    find=find,
    examples=(
        Example("A tax-raising budget was passed.", "A ⟦tax -raising⟧ budget was passed."),
        Example("He left, she stayed.", "He ⟦left ,⟧ she stayed."),
        Example("He left, she stayed.", "He ⟦left,she⟧ stayed."),
        Example("“We won,” said Ann.", "“We ⟦won”,said⟧ Ann."),
        Example("He left; she stayed.", "He ⟦left ;⟧she stayed."),
        Example("The group (founded in 1990) grew.", "The group ⟦( founded⟧ in 1990) grew."),
        Example("The mid- and long-term plans failed.", "The mid- and long-term plans failed."),
        Example("Prices rose – by .5 points – in May.", "Prices rose – by .5 points – in May."),
        Example("It cost 1,200 euros, he said.", "It cost 1,200 euros, he said."),
    ),
)
