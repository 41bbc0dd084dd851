"""Categories, severities, multipliers and the names other formats know them by: the one table.

Source: Multidimensional Quality Metrics (https://themqm.org), with the accuracy branch split where a release gate must
tell errors apart; the multipliers are MQM's (neutral 0, minor 1, major 5, critical 25).
"""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much an error matters; the order of definition is the order of weight."""

    NEUTRAL = "neutral"  # shown, never counted
    MINOR = "minor"  # noticeable, meaning intact
    MAJOR = "major"  # the meaning or a named thing is clearly wrong, or the reader stumbles badly
    CRITICAL = "critical"  # a reader is misled about who did what to whom, how many, when, or whether it is established

    @property
    def multiplier(self) -> int:
        """Penalty points of one error of this severity."""
        return MULTIPLIERS[self]

    @property
    def serious(self) -> bool:
        """Whether it is major or critical."""
        return self in (Severity.MAJOR, Severity.CRITICAL)


MULTIPLIERS = {Severity.NEUTRAL: 0, Severity.MINOR: 1, Severity.MAJOR: 5, Severity.CRITICAL: 25}


class Category(StrEnum):
    """What kind of error it is, ``branch/type``."""

    MISTRANSLATION = "accuracy/mistranslation"
    NAMED_ENTITY = "accuracy/named-entity"
    NUMBER = "accuracy/number"
    DATE_TIME = "accuracy/date-time"
    POLARITY_MODALITY = "accuracy/polarity-modality"
    ATTRIBUTION_HEDGE = "accuracy/attribution-hedge"
    QUOTE_ALTERED = "accuracy/quote-altered"
    ROLE_SWAP = "accuracy/role-swap"
    OMISSION = "accuracy/omission"
    ADDITION = "accuracy/addition"
    UNTRANSLATED = "accuracy/untranslated"
    REPETITION = "fluency/repetition"
    GRAMMAR = "fluency/grammar"
    SPELLING = "fluency/spelling"
    PUNCTUATION_SPACING = "fluency/punctuation-spacing"
    WORD_ORDER = "fluency/word-order"
    INCONSISTENT = "terminology/inconsistent"
    WRONG_TERM = "terminology/wrong-term"
    AWKWARD = "style/awkward"
    LOCALE_FORMAT = "locale/format"

    @property
    def branch(self) -> str:
        """The part before the slash."""
        return self.value.split("/")[0]


def penalty_per_100_words(points: float, words: float) -> float | None:
    """Penalty points per 100 words of the reference, or None for a reference without words."""
    return 100 * points / words if words else None


def mqm_score(points: float, words: float) -> float | None:
    """``100 - penalty_per_100_words``, not below 0; None for a reference without words."""
    penalty = penalty_per_100_words(points, words)
    return None if penalty is None else max(0.0, 100 - penalty)
