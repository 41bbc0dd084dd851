"""The values that flow from stage to stage: documents, segments, flags, evaluations.

All are frozen. Offsets are half-open, count Unicode code points and point into the original text, so that
``text[start:end]`` is always exactly the quoted text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from evaltool.mqm import Category, Severity


class InputError(Exception):
    """Bad input, settings or usage: one line that names the file, the place in it and the remedy.

    The command line prints it and ends with exit code 2.
    """


class Span(NamedTuple):
    """A half-open range of code points in a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Role(StrEnum):
    """What a sentence is on the page."""

    BODY = "body"
    HEADING = "heading"  # a title, teaser or subheading: a line of its own without a full stop
    FURNITURE = "furniture"  # what the site adds: dates, buttons, "Published", bylines


class Profile(StrEnum):
    """What the variant is meant to be."""

    TRANSLATION = "translation"  # all of it, nothing more
    PARAPHRASE = "paraphrase"  # the same content in free wording
    SUMMARY = "summary"  # may leave out, may not distort
    REREPORT = "rereport"  # may add, may not distort


class Kind(StrEnum):
    """What an aligned segment is."""

    MATCH = "match"
    OMISSION = "omission"
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into sentences.

    Attributes:
        text: the original text, untouched.
        sentences: the span of each sentence, in order, without overlap; together they hold every character that is
            not white space.
        roles: one Role per sentence.
        glued: offsets at which a sentence begins although no space stands before it.
    """

    text: str
    sentences: tuple[Span, ...]
    roles: tuple[Role, ...]
    glued: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """One specific error.

    Attributes:
        rule: the kebab-case id of the rule that found it.
        category: MQM category.
        severity: MQM severity.
        message: one plain sentence that says why, with what was seen on both sides.
        variant_span: where in the variant text, or None where the variant has nothing.
        variant_text: the text there ("" where there is none).
        reference_span: where in the reference text, or None where the reference has nothing.
        reference_text: the text there ("" where there is none).
        suggestion: what to write instead, or None where it cannot be known.
        evidence: plain values that show what the rule saw.
        confidence: 0..1.
        fingerprint: 16 hexadecimal digits, stable across runs, edits elsewhere in the text and renumbering.
    """

    rule: str
    category: Category
    severity: Severity
    message: str
    variant_span: Span | None
    variant_text: str
    reference_span: Span | None
    reference_text: str
    suggestion: str | None = None
    evidence: Mapping[str, str | float | int] = field(default_factory=dict)
    confidence: float = 1.0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of aligned sentences: n of the reference and m of the variant; n or m may be 0.

    A value that could not be computed is None, and ``reasons`` says why, by the name of the value.

    Attributes:
        reference_sentences: 0-based sentence indexes.
        variant_sentences: 0-based sentence indexes.
        reference_span: from the first to the last of its reference sentences, or None.
        variant_span: likewise in the variant.
        reference_text: the text of that span ("" where there is none).
        variant_text: likewise.
        kind: match, omission or addition.
        role: what its sentences are on the page; furniture is shown and never counted.
        moved: whether it stands in another order than its neighbours.
        certainty: 0..1, how sure its alignment is.
        similarity: cosine of the two sides' sentence vectors, -1..1.
        drift: 0..1, probability of a major or critical meaning error.
        quality: 0..100, all errors counted.
        bleu: sentence BLEU, 0..100.
        chrf: sentence chrF, 0..100.
        ter: translation edit rate, 0..; 0 is identical.
        reference_words: how many words the reference side has.
        variant_words: how many words the variant side has.
        content_words: how many of the reference's words carry content (no function words).
        covered_words: how many of those have a counterpart in the variant.
        flags: the errors found in it, in text order.
        reasons: why a value is None, or why the segment is not counted.
        drift_parts: group of evidence -> what it added to drift (see evaltool.drift).
        quality_parts: group of evidence -> how many points of quality it took; they add up to 100 - quality.
    """

    reference_sentences: tuple[int, ...]
    variant_sentences: tuple[int, ...]
    reference_span: Span | None
    variant_span: Span | None
    reference_text: str
    variant_text: str
    kind: Kind
    role: Role = Role.BODY
    moved: bool = False
    certainty: float | None = None
    similarity: float | None = None
    drift: float | None = None
    quality: float | None = None
    bleu: float | None = None
    chrf: float | None = None
    ter: float | None = None
    reference_words: int = 0
    variant_words: int = 0
    content_words: int = 0
    covered_words: int = 0
    flags: tuple[Flag, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    drift_parts: Mapping[str, float] = field(default_factory=dict)
    quality_parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that is known about one variant of one article.

    Attributes:
        reference: the trusted text and its sentences.
        variant: the judged text and its sentences.
        profile: what the variant is meant to be.
        segments: the alignment, in the order of the variant; omissions stand where the reference has them.
        flags: all flags, in text order.
        scores: score name -> value of the whole variant (see evaltool.scores); None where there is nothing to score.
        not_applied: rule -> why it was not applied.
        mismatch: why the two texts hardly correspond (another article, another language), in one sentence; nothing is
            flagged or scored then. None where they do.
    """

    reference: Document
    variant: Document
    profile: Profile
    segments: tuple[Segment, ...]
    flags: tuple[Flag, ...]
    scores: Mapping[str, float | None]
    not_applied: Mapping[str, str]
    mismatch: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a reader delivers it.

    Attributes:
        name: the article's name.
        reference: the trusted text.
        variants: system name -> the text of its rendering.
        files: system name ("" for the reference) -> where the text came from, for messages.
    """

    name: str
    reference: str
    variants: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
