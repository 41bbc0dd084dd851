"""The evidence that drift and quality are computed from: numbers that are 0 where nothing speaks against a segment.

They come in groups, which are also what a score is explained by: how alike the two sides are, whether names, numbers
and negations agree, what the learned judge holds of the words, what the rules found, and the wording.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from evaltool._english import NEGATORS
from evaltool.model import Flag, Profile
from evaltool.mqm import Category, Severity
from evaltool.rules._names import similar, zipf
from evaltool.rules._numbers import quantities
from evaltool.words import AlignedSegment, Side, Word

#: All other branches are of form: their findings lower quality and leave drift alone.
MEANING = ("accuracy", "terminology")
#: Facts that can be compared exactly: their findings are surer than those of wording.
_FACTS = frozenset(
    {Category.NUMBER, Category.DATE_TIME, Category.NAMED_ENTITY, Category.POLARITY_MODALITY, Category.ROLE_SWAP,
     Category.ATTRIBUTION_HEDGE, Category.QUOTE_ALTERED}
)  # fmt: skip
FINDINGS = ("fact", "meaning", "form")
#: The groups of evidence, as a report names them.
GROUPS = ("similarity", "facts", "judged words", "findings", "wording")
#: What speaks of words left out is no evidence against a summary, nor what speaks of words added against a re-report;
#: what is lost or added in a way that distorts is found by rules.
_MAY: dict[Profile, frozenset[str]] = {
    Profile.SUMMARY: frozenset(
        {"shorter", "fewer letters", "worst reference words", "weighty reference words without a partner",
         "weightiest reference word without a partner", "names of the reference", "judged lost", "words judged lost",
         "judged gap"}
    ),
    Profile.REREPORT: frozenset(
        {"longer", "worst variant words", "weighty variant words without a partner", "names of the variant",
         "judged added"}
    ),
}  # fmt: skip
#: More findings of one severity than this in one segment tell nothing more about it.
_MOST = 3
#: Zipf frequency from which a word carries the least; below this one a word in first place may be a name.
_EVERYDAY, _RARE = 7.5, 3.5
_SAME_NAME = 0.85

Features = dict[str, float]
Evidence = Mapping[str, Features]


def similarity_features(segment: AlignedSegment) -> Features:
    """How far the two sides are apart by the vectors of their words and sentences, and by their lengths."""
    reference, variant = _best(segment.reference), _best(segment.variant)
    similarity = segment.similarity if segment.similarity is not None else 0.0
    layers = {f"unlikeness, layer {at}": 1 - value for at, value in enumerate(segment.likeness)}
    return {
        "distance": 1 - similarity,
        **(layers or {f"unlikeness, layer {at}": 0.0 for at in range(4)}),
        "other words": 1 - segment.literalness,
        "worst reference words": 1 - _mean(sorted(reference)[:3]),
        "worst variant words": 1 - _mean(sorted(variant)[:3]),
        "weighty reference words without a partner": _unmatched(segment.reference, segment.language),
        "weighty variant words without a partner": _unmatched(segment.variant, segment.language),
        "weightiest reference word without a partner": _weightiest(segment.reference, segment.language),
        "shorter": max(0.0, math.log((len(reference) + 2) / (len(variant) + 2))),
        "longer": max(0.0, math.log((len(variant) + 2) / (len(reference) + 2))),
        "fewer letters": max(0.0, math.log((_letters(segment.reference) + 10) / (_letters(segment.variant) + 10))),
        "other order": _other_pairs(segment),
    }


def fact_features(segment: AlignedSegment) -> Features:
    """Names, numbers and negators that only one side has; what the sentence before says in another way counts too.

    In languages other than English only numbers are compared: a capital or a negator means something else there.
    """
    ours, theirs = segment.reference, segment.variant
    numbers = [Counter(q.value for q in quantities(side.words, side.text)) for side in (ours, theirs)]
    out = {
        "numbers of one side": float(min(3, ((numbers[0] - numbers[1]) + (numbers[1] - numbers[0])).total())),
        "names of the reference": 0.0,
        "names of the variant": 0.0,
        "negators of one side": 0.0,
    }
    if segment.language == "en":
        out["names of the reference"] = float(min(4, _names_alone(ours, theirs)))
        out["names of the variant"] = float(min(4, _names_alone(theirs, ours)))
        out["negators of one side"] = float(min(2, abs(_negators(ours) - _negators(theirs))))
    return out


def judged_features(segment: AlignedSegment) -> Features:
    """What the learned judge holds of the words; none where it does not apply."""
    judged = segment.judgement
    if judged is None:
        return {}
    return {
        "judged serious": _softplus(judged.serious),
        "judged faulty": _softplus(judged.any),
        "judged lost": _top(judged.lost, segment.reference),
        "judged replaced": _top(judged.replaced, segment.reference),
        "judged wrong": _top(judged.wrong, segment.variant),
        "judged added": _top(judged.added, segment.variant),
        "judged gap": max(judged.gap, default=0.0),
        "judged form": max(judged.form, default=0.0),
        "words judged lost": _sum(judged.lost, segment.reference),
        "words judged wrong": _sum(judged.wrong, segment.variant),
    }


def finding_features(flags: Iterable[Flag]) -> Features:
    """How many findings there are, by what they are of and their severity; neutral ones do not count."""
    counts: dict[tuple[str, Severity], int] = {}
    for flag in flags:
        kind = "fact" if flag.category in _FACTS else "meaning" if flag.category.branch in MEANING else "form"
        counts[kind, flag.severity] = counts.get((kind, flag.severity), 0) + 1
    return {
        f"{severity.value} findings of {kind}": float(min(counts.get((kind, severity), 0), _MOST))
        for kind in FINDINGS
        for severity in (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
    }


def wording_features(chrf: float | None) -> Features:
    """How far the letters differ: 0 at chrF 100."""
    return {"wording": 0.0 if chrf is None else 1 - chrf / 100}


def evidence(segment: AlignedSegment, flags: Iterable[Flag], chrf: float | None) -> Evidence:
    """All evidence of a matched segment: group -> feature -> value, 0 or more.

    Args:
        segment: with its words linked and judged.
        flags: all flags of the segment.
        chrf: 0..100, or None where one side is empty.

    What a profile allows is no evidence: words left out of a summary, words added by a re-report.
    """
    # The same words in the same order: capitals, marks and spacing are findings of form, and no evidence on meaning.
    same = same_words(segment)
    allowed = _MAY.get(segment.profile, frozenset())

    def counted(features: Features) -> Features:
        return {name: value for name, value in features.items() if name not in allowed}

    return {
        "similarity": {} if same else counted(similarity_features(segment)),
        "facts": {} if same else counted(fact_features(segment)),
        "judged words": {} if same else counted(judged_features(segment)),
        "findings": finding_features(flags),
        "wording": wording_features(chrf),
    }


def same_words(segment: AlignedSegment) -> bool:
    """Whether both sides have the same words in the same order; capitals, marks and spacing do not count."""
    return [w.form for w in segment.reference.words] == [w.form for w in segment.variant.words]


def _weight(word: Word, language: str) -> float:
    """0.5..4: how much a word tells, by how rare it is in English; 1 for any word of another language."""
    return max(0.5, (_EVERYDAY - zipf(word.form)) / 2) if language == "en" else 1.0


def _unmatched(side: Side, language: str) -> float:
    """0..1: share of what a side's words tell that has no counterpart."""
    weights = [_weight(word, language) for word in side.words]
    lost = sum(weight * (1 - best) for weight, best in zip(weights, side.best, strict=True))
    return lost / sum(weights) if weights else 0.0


def _weightiest(side: Side, language: str) -> float:
    return max(
        (
            _weight(word, language) * (1 - best) / 4
            for word, best in zip(side.words, side.best, strict=True)
            if word.is_content or word.is_number
        ),
        default=0.0,
    )


def _letters(side: Side) -> int:
    return side.span.end - side.span.start if side.span else 0


def _other_pairs(segment: AlignedSegment) -> float:
    """0..1: share of neighbouring words that are no neighbours on the other side."""
    sides = [[w.lemma for w in side.words] for side in (segment.reference, segment.variant)]
    pairs = [Counter(pairwise(lemmas)) for lemmas in sides]
    total = pairs[0].total() + pairs[1].total()
    return 1 - 2 * (pairs[0] & pairs[1]).total() / total if total else 0.0


def _names_alone(side: Side, other: Side) -> int:
    """How many names of a side look like no word of the other."""
    count = 0
    for word in side.words:
        if not word.is_capitalised or word.is_function or (word.initial and zipf(word.form) >= _RARE):
            continue
        if word.form in other.forms or word.lemma in other.lemmas:
            continue
        count += not any(similar(word.form, o.form) >= _SAME_NAME for o in other.words if not o.is_function)
    return count


def _negators(side: Side) -> int:
    return sum(word.form in NEGATORS or word.form.endswith("n't") for word in side.words)


def _softplus(log_odds: float) -> float:
    return math.log1p(math.exp(min(log_odds, 30.0)))


def _top(chances: Iterable[float], side: Side) -> float:
    return max((c for c, w in zip(chances, side.words, strict=True) if w.is_content or w.is_number), default=0.0)


def _sum(chances: Iterable[float], side: Side) -> float:
    return min(3.0, sum(c for c, w in zip(chances, side.words, strict=True) if w.is_content or w.is_number))


def _best(side: Side) -> list[float]:
    return [best for word, best in zip(side.words, side.best, strict=True) if word.is_content or word.is_number]


def _mean(values: list[float], empty: float = 1.0) -> float:
    return sum(values) / len(values) if values else empty
