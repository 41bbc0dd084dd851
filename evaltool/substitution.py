"""Whether a word of the variant stands for a word of the reference that means something else: all evidence weighed.

The learned judge (``evaltool.judge``) sees words in their sentence; it does not see what WordNet says of the two words
in question, nor how alike their vectors are in the last layer, nor whether the rest of the document uses them. A
logistic regression weighs its chances with all that. Its weights stand in ``data/substitution.json`` with the record of
how ``training/fit_substitution.py`` fitted them, on words that annotators marked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from evaltool import lexicon
from evaltool._english import spelling_key
from evaltool.rules._names import kin, similar
from evaltool.words import Judgement, Substitute, Vocabulary, Word

Floats = NDArray[np.float32]
Features = dict[str, float]

#: How much a word's place and the judge's view count in the choice of its counterpart, beside the cosine.
_PLACE, _REPLACED = 0.25, 0.15
#: Chances are kept this far from 0 and 1 before their log-odds are taken.
_EDGE = 0.002
#: Neighbouring content words on the left that are looked at.
_NEAR = 3
_LONG, _RATIO = 60, 1.5
#: Closeness in WordNet from which two words are synonyms, and likeness of form from which they look alike.
_SYNONYMS, _LOOKALIKE = 0.75, 0.75


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What substitution.json holds.

    Attributes:
        record: how the weights were made, with cross-validated figures.
        intercept: of the log-odds.
        weights: feature -> weight in the log-odds.
    """

    record: dict[str, Any]
    intercept: float
    weights: dict[str, float]


@cache
def parameters() -> Parameters:
    """The parameters that are shipped."""
    return msgspec.json.decode((files("evaltool") / "data" / "substitution.json").read_bytes(), type=Parameters)


def _odds(chance: float) -> float:
    kept = min(1 - _EDGE, max(_EDGE, chance))
    return math.log(kept / (1 - kept))


def _missing(words: Sequence[Word], others: Sequence[Word]) -> list[int]:
    """Content words that the other side has in no form, neither in two words ("hair style") nor as a part of one."""
    lemmas = {w.lemma for w in others} | {a.form + b.lemma for a, b in pairwise(others)}
    keys = {spelling_key(w.form) for w in others}
    parts = {k for i, (a, b) in enumerate(pairwise(words)) if a.form + b.lemma in lemmas for k in (i, i + 1)}
    return [
        i
        for i, w in enumerate(words)
        if w.is_content and w.lemma not in lemmas and spelling_key(w.form) not in keys and i not in parts
    ]


def substitutes(
    reference: Sequence[Word],
    variant: Sequence[Word],
    cosines: Floats,
    judgement: Judgement,
    similarity: float,
    documents: tuple[Vocabulary, Vocabulary],
) -> tuple[Substitute, ...]:
    """Weigh each content word of a segment's variant that the reference's side lacks.

    Args:
        reference: n words of a segment.
        variant: m words of it.
        cosines: (4, n, m) cosines of their vectors at the layers of ``Encoding.layers``.
        judgement: of the same words.
        similarity: cosine of the two sides.
        documents: vocabularies of the whole reference and the whole variant.

    Returns:
        One for each such word, in order.
    """
    n, m = len(reference), len(variant)
    lost = _missing(reference, variant)
    lemmas = {w.lemma for w in reference}
    places = np.array(lost) / n
    replaced = np.array([judgement.replaced[j] for j in lost])
    carrying = [i for i, w in enumerate(variant) if w.is_content or w.is_number]
    found = []
    for i in _missing(variant, reference):
        word = variant[i]
        before = [k for k in carrying if k < i][-_NEAR:]
        pos = lexicon.main_part_of_speech(word.lemma)
        features: Features = {
            "judged wrong": _odds(judgement.wrong[i]),
            "judged gap": _odds(judgement.gap[i]),
            "best cosine, first layer": float(cosines[0, :, i].max()),
            "best cosine, last layer": float(cosines[3, :, i].max()),
            "capital": float(word.is_capitalised),
            "in the dictionary": float(lexicon.is_word(word.lemma)),
            "verb": float(pos == "v"),
            "neighbours kept": sum(variant[k].lemma in lemmas for k in before) / max(1, len(before)),
            "longer": max(-_RATIO, min(_RATIO, math.log(m / n))),
            "length": min(m, _LONG) / _LONG,
            "similarity": similarity,
            "elsewhere in the reference": float(word.lemma in documents[0].lemmas),
            "closest by meaning": max((lexicon.related(word.lemma, reference[j].lemma) for j in lost), default=0.0),
        }
        counterpart = None
        if lost:
            fit = cosines[1, lost, i] - _PLACE * np.abs(places - i / m) + _REPLACED * replaced
            counterpart = lost[int(fit.argmax())]
            features |= _beside(word, reference[counterpart], documents[1])
            features["cosine, first layer"] = float(cosines[0, counterpart, i])
            features["cosine, last layer"] = float(cosines[3, counterpart, i])
            crossed = lexicon.crossed(word.lemma, reference[counterpart].lemma)
            features["cosine, last layer, of a seldom sense"] = features["cosine, last layer"] if crossed else 0.0
            features["counterpart's best cosine"] = float(cosines[1, counterpart].max())
        found.append(Substitute(i, counterpart, _chance(features), features))
    return tuple(found)


def _chance(features: Features) -> float:
    known = parameters()
    odds = known.intercept + sum(known.weights.get(name, 0.0) * value for name, value in features.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 4)


def _beside(word: Word, other: Word, whole_variant: Vocabulary) -> Features:
    """What two words are to each other."""
    shared = lexicon.parts_of_speech(word.lemma) & lexicon.parts_of_speech(other.lemma)
    related, alike = lexicon.related(word.lemma, other.lemma), similar(word.form, other.form)
    family = other.lemma in lexicon.derived(word.lemma) or word.lemma in lexicon.derived(other.lemma)
    both = lexicon.is_word(word.lemma) and lexicon.is_word(other.lemma)
    lookalike = max(0.0, alike - _LOOKALIKE) * (1 - related)
    return {
        "has a counterpart": 1.0,
        "opposites": float(lexicon.antonyms(word.lemma, other.lemma)),
        "synonyms": float(related >= _SYNONYMS),
        "kin": float(kin(word, other)),
        "alike in form": alike,
        "look-alikes": lookalike,
        "look-alikes, both words": lookalike if both and not family else 0.0,
        "same part of speech": float(bool(shared)),
        "counterpart's capital": float(other.is_capitalised),
        "counterpart elsewhere in the variant": float(other.lemma in whole_variant.lemmas),
    }
