"""What a rule is: the value types that every rule file fills in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evaltool.glossary import Glossary
from evaltool.model import Document, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.words import AlignedSegment


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found; it becomes a Flag.

    Attributes:
        severity: by the criteria in the rule's docstring.
        message: one plain sentence that says why, with what was seen on both sides.
        variant_span: in the whole variant text, or None.
        reference_span: in the whole reference text, or None.
        suggestion: what to write instead of the variant span, or None.
        evidence: plain values that show what the rule saw.
        confidence: 0..1.
        wording: as for :class:`Rule`, for this hit alone.
        evident: whether what speaks for it is strong enough for an alarm in a text that is no translation too, even
            though the rule is ``literal``; with high confidence, also where the wording is free.
    """

    severity: Severity
    message: str
    variant_span: Span | None = None
    reference_span: Span | None = None
    suggestion: str | None = None
    evidence: Mapping[str, str | float | int] = field(default_factory=dict)
    confidence: float = 0.8
    wording: bool = False
    evident: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A reference and a variant whose expected flags of the rule are marked ⟦so⟧.

    Marks in the variant are expected variant spans; marks in the reference are expected reference spans of flags that
    have no variant span. An example without marks is a counter-example: the rule must stay silent.
    """

    reference: str
    variant: str
    profile: Profile = Profile.TRANSLATION
    severity: Severity | None = None  # expected of every marked flag, where it matters
    glossary: Glossary | None = None


class Scope(StrEnum):
    """What a rule looks at."""

    SEGMENT = "segment"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class AlignedDocument:
    """What a rule of document scope sees.

    Attributes:
        reference: the reference with its sentences.
        variant: the variant with its sentences.
        segments: all segments of the pair.
        glossary: terms to use and to avoid, or None.
    """

    reference: Document
    variant: Document
    segments: tuple[AlignedSegment, ...]
    glossary: Glossary | None = None


@dataclass(frozen=True)
class Rule:
    """One kind of error. Its file's docstring is its user documentation.

    Attributes:
        category: MQM category of its flags.
        find: yields the hits of one segment, or of the document where scope says so.
        examples: run as tests and printed by ``evaltool rules ID``.
        scope: segment or document.
        languages: ISO 639-1 codes it holds for, or None for every language.
        needs_glossary: whether it is applied only where there is a glossary.
        wording: whether it judges by how a passage is worded: its alarms are notes in a text that is worded freely as a
            whole, and in such a passage of one that is no translation, where they mostly mark legitimate wording.
        literal: whether it takes a single word's choice or form for an error: its alarms are notes in any text that is
            not meant as a translation, where they mostly mark legitimate wording, but for hits that are ``evident``.
        judged: whether it rests on the learned judge of words alone; it then yields to what other rules see.
        yields: whether others find some of the same errors more exactly: where flags overlap, theirs stay.
        id: kebab-case, from the file name.
        doc: the file's docstring.
    """

    category: Category
    find: Callable[[AlignedSegment], Iterable[Hit]] | Callable[[AlignedDocument], Iterable[Hit]]
    examples: tuple[Example, ...]
    scope: Scope = Scope.SEGMENT
    languages: frozenset[str] | None = None
    needs_glossary: bool = False
    wording: bool = False
    literal: bool = False
    judged: bool = False
    yields: bool = False
    id: str = ""
    doc: str = ""


ENGLISH = frozenset({"en"})
