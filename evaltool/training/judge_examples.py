"""What the judge of words is trained on: good pairs, planted errors, published judgements, as rows of numbers.

Used by ``train_judge.py``, which says where the data comes from.
"""

from __future__ import annotations

import difflib
import gzip
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaltool.embedding import Encoder
from evaltool.judge import OUTPUTS, inputs
from evaltool.model import Span
from evaltool.mqm import Severity
from evaltool.planting import KINDS, REWORDINGS, Donors, Harm, Planted, plant, plant_two, reword
from evaltool.words import Word, word_vectors, words_of

GOOD = ("GPT4-5shot", "ONLINE-W", "ONLINE-B", "ref_b")
LONGEST = 70  # words a side
_TWO_ERRORS = 0.25  # share of the examples with errors that have two of them, in the second pass
#: Kinds of form are marked in the variant only; all others are also planted into the reference, which turns the other
#: way round: what the reference lost, the variant has added, in words that read well.
MIRRORED = {k for k, kind in KINDS.items() if kind.category.branch == "accuracy" and k != "tense"}
IGNORE = -1.0

Numbers = NDArray[Any]
Known = dict[str, tuple[tuple[Word, ...], Numbers]]  # words of a text, and their vectors at four layers


@dataclass
class Example:
    """A pair of texts and what is wrong in it, by spans; ``None`` for what is not known."""

    reference: str
    variant: str
    places: tuple[tuple[Span, int], ...] = ()  # of the variant: index of the output
    gaps: tuple[int, ...] = ()
    reference_places: tuple[tuple[Span, int], ...] = ()
    other: tuple[str, tuple[tuple[Span, int], ...]] | None = None  # spans of a third text to be found by its words
    other_side: str = "reference"  # where to find them
    serious: float = 0.0
    any: float = 0.0
    unsure: tuple[Span, ...] = ()  # of the variant: not to be learned from
    reference_unsure: tuple[Span, ...] = ()
    reference_known: bool = True
    gaps_known: bool = True
    losses_known: bool = True


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def kept_out(key: str) -> bool:
    """Whether a document or item belongs to the half that is not trained on."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 0


OUT = {name: at for at, name in enumerate(OUTPUTS)}
_IN_VARIANT = {Harm.WRONG: OUT["wrong"], Harm.ADDED: OUT["added"], Harm.FORM: OUT["form"]}
_IN_REFERENCE = {Harm.WRONG: OUT["replaced"], Harm.LOST: OUT["lost"]}


def planted(reference: str, variant: str, kind: str, donors: Donors, rng: random.Random) -> Example | None:
    """An example with one planted error, in the variant or, turned round, in the reference."""
    serious = float(KINDS[kind].severity in (Severity.CRITICAL, Severity.MAJOR))
    if kind in MIRRORED and rng.random() < 0.3:
        found = plant(kind, reference, donors, rng)
        if found is None:
            return None
        mirror = {Harm.WRONG: OUT["replaced"], Harm.ADDED: OUT["lost"], Harm.FORM: OUT["replaced"]}
        back = {Harm.WRONG: OUT["wrong"], Harm.LOST: OUT["added"]}
        return Example(
            found.text,
            variant,
            reference_places=tuple((s, mirror[h]) for s, h in found.places),
            other=(reference, tuple((s, back[h]) for s, h in found.before if h in back)),
            other_side="variant",
            serious=serious,
            any=1.0,
        )
    found = plant(kind, variant, donors, rng)
    return None if found is None else _example(reference, variant, found, serious)


def planted_two(
    reference: str, variant: str, kinds: tuple[str, str], donors: Donors, rng: random.Random
) -> Example | None:
    """An example with two planted errors in the variant."""
    found = plant_two(*kinds, variant, donors, rng)
    serious = float(any(KINDS[kind].severity in (Severity.CRITICAL, Severity.MAJOR) for kind in kinds))
    return None if found is None else _example(reference, variant, found, serious)


def _example(reference: str, variant: str, found: Planted, serious: float) -> Example:
    return Example(
        reference,
        found.text,
        places=tuple((s, _IN_VARIANT[h]) for s, h in found.places),
        gaps=found.gaps,
        other=(variant, tuple((s, _IN_REFERENCE[h]) for s, h in found.before if h in _IN_REFERENCE)),
        serious=serious,
        any=1.0,
    )


def carriers(rows: list[dict[str, Any]], rng: random.Random) -> Iterator[tuple[str, str]]:
    """(reference, good variant) of each row: two systems' outputs or translations, sometimes several rows together."""
    for at, row in enumerate(rows):
        texts = [row[name].strip() for name in GOOD if row.get(name, "").strip()]
        reference = row["ref"].strip()
        if len(reference.split()) < 4:
            continue
        for variant in rng.sample(texts, min(2, len(texts))):
            draw = rng.random()
            if draw < 0.08:
                yield reference, reference
            elif draw < 0.25 and len(texts) > 1:
                yield rng.choice([t for t in texts if t is not variant]), variant
            elif draw < 0.35 and at + 1 < len(rows) and len(reference.split()) < 25:
                after = rows[at + 1]
                name = next(n for n in GOOD if row.get(n, "").strip() == variant)
                if after.get(name, "").strip() and len(after["ref"].split()) < 25:
                    yield f"{reference} {after['ref'].strip()}", f"{variant} {after[name].strip()}"
            else:
                yield reference, variant


def from_pairs(rows: list[dict[str, Any]], rng: random.Random, per_carrier: int) -> Iterator[Example]:
    """Good pairs and pairs with planted errors."""
    donors = Donors.of(row["ref"] for row in rows)
    kinds = sorted(KINDS)
    for reference, variant in carriers(rows, rng):
        yield Example(reference, variant)
        wanted = rng.sample(kinds, len(kinds))
        made = 0
        for kind in wanted:
            if made < per_carrier and (example := planted(reference, variant, kind, donors, rng)) is not None:
                made += 1
                yield example


def reworded(text: str, rng: random.Random, times: int) -> str:
    """A text after some rewordings that change nothing in what it says."""
    for kind in rng.sample(sorted(REWORDINGS), len(REWORDINGS)):
        new = reword(kind, text, rng) if times else None
        if new is not None:
            text, times = new, times - 1
    return text


def from_reworded(rows: list[dict[str, Any]], rng: random.Random, per_carrier: int) -> Iterator[Example]:
    """More of the same on freer carriers: either side reworded without harm, and texts with two errors."""
    donors = Donors.of(row["ref"] for row in rows)
    kinds = sorted(KINDS)
    for reference, variant in carriers(rows, rng):
        one, other = reworded(reference, rng, rng.randint(0, 2)), reworded(variant, rng, rng.randint(0, 3))
        if (one, other) != (reference, variant):
            yield Example(one, other)
        made = 0
        for kind in rng.sample(kinds, len(kinds)):
            if made == per_carrier:
                break
            two = rng.random() < _TWO_ERRORS
            example = (
                planted_two(one, other, (kind, rng.choice(kinds)), donors, rng)
                if two
                else planted(one, other, kind, donors, rng)
            )
            if example is not None:
                made += 1
                yield example


def from_demetr(rows: list[dict[str, Any]]) -> Iterator[Example]:
    """DEMETR's pairs of a good and a bad translation; the words that differ are the error."""
    seen = set()
    for row in rows:
        if kept_out(f"demetr{row['id']}") or row["severity"] == "base":
            continue
        if row["id"] not in seen:
            seen.add(row["id"])
            yield Example(row["ref"], row["good"])
        minor = row["severity"] == "minor"
        good, bad = words_of(row["good"]), words_of(row["bad"])
        steps = difflib.SequenceMatcher(
            None, [w.text for w in good], [w.text for w in bad], autojunk=False
        ).get_opcodes()
        places, before, gaps = [], [], []
        for step, a, b, c, d in steps:
            if step in ("replace", "insert"):
                out = OUT["form"] if minor else OUT["wrong"] if step == "replace" else OUT["added"]
                places.append((Span(bad[c].span.start, bad[d - 1].span.end), out))
            if step == "delete":
                gaps.append(bad[c].span.start if c < len(bad) else bad[-1].span.end)
            if step in ("replace", "delete") and not minor:
                lost = OUT["replaced"] if step == "replace" else OUT["lost"]
                before.append((Span(good[a].span.start, good[b - 1].span.end), lost))
        yield Example(
            row["ref"], row["bad"], tuple(places), tuple(gaps), other=(row["good"], tuple(before)),
            serious=float(not minor), any=1.0,
        )  # fmt: skip


def from_wmt(rows: list[dict[str, Any]]) -> Iterator[Example]:
    """Segments that three experts judged; what only one of them marked is not learned from."""
    for row in rows:
        if not row["scored"] or row["same_as_ref"] or kept_out("wmt" + row["doc"]):
            continue
        spans = [s for s in row["spans"] if s["side"] == "hyp"]
        major = [s for s in spans if s["severity"] == "Major" and s["category"].startswith(("Accuracy", "Terminology"))]
        sure = [
            (Span(s["start"], s["end"]), OUT["wrong"])
            for s in major
            if any(o["rater"] != s["rater"] and o["start"] < s["end"] and s["start"] < o["end"] for o in major)
            and s["end"] - s["start"] < 60
        ]
        yield Example(
            row["ref"], row["hyp"], tuple(sure), serious=float(row["has_major_acc"]), any=float(not row["error_free"]),
            unsure=tuple(Span(s["start"], s["end"]) for s in spans), reference_known=False,
        )  # fmt: skip


@dataclass
class Row:
    """One example as the network reads it."""

    vectors: Numbers
    plain: Numbers
    cosines: Numbers
    lemmas: Numbers
    n: int
    labels: Numbers  # (n + m, 6), IGNORE where nothing is known
    whole: tuple[float, float]


def counterparts(
    spans: Sequence[tuple[Span, int]], old: Sequence[Word], words: Sequence[Word], near: Numbers
) -> Iterator[tuple[int | None, int, Word]]:
    """For each word under the spans, the index of its counterpart among ``words`` (None where there is none)."""
    for i, word in enumerate(old):
        for span, out in spans:
            if word.span.overlaps(span):
                same = [j for j, w in enumerate(words) if w.lemma == word.lemma]
                if same:
                    place = i / len(old)
                    yield min(same, key=lambda j: abs(j / len(words) - place)), out, word
                elif near[i].max() > 0.6:
                    yield int(near[i].argmax()), out, word
                else:
                    yield None, out, word


def rows_of(examples: list[Example], encoder: Encoder, longest: int = LONGEST) -> Iterator[Row]:
    """Encode examples, a chunk at a time; those with more words on a side are left out."""
    for start in range(0, len(examples), 400):
        part = examples[start : start + 400]
        texts = dict.fromkeys(t for e in part for t in (e.reference, e.variant, e.other[0] if e.other else e.variant))
        known: Known = {}
        for text, encoding in zip(texts, encoder.encode(list(texts)), strict=True):
            words = words_of(text)
            known[text] = words, word_vectors(words, 0, encoding)
        for example in part:
            sizes = [len(known[text][0]) for text in (example.reference, example.variant)]
            if min(sizes) and max(sizes) <= longest:
                yield row_of(example, known)


def row_of(example: Example, known: Known) -> Row:
    """The network's input and the labels of one example."""
    (ours, a), (theirs, b) = known[example.reference], known[example.variant]
    n, m = len(ours), len(theirs)
    vectors, plain, cosines = inputs(ours, theirs, a, b, (example.reference, example.variant))
    labels = np.zeros((n + m, len(OUTPUTS)), dtype=np.float32)
    labels[:n, :4], labels[n:, 4:] = IGNORE, IGNORE
    if not example.reference_known:
        labels[:n, 4:] = IGNORE
        labels[n:, 3] = IGNORE
    if not example.gaps_known:
        labels[n:, 3] = IGNORE
    if not example.losses_known:
        labels[:n, 4] = IGNORE
    for j, word in enumerate(theirs):
        if any(word.span.overlaps(s) for s in example.unsure):
            labels[n + j, :4] = IGNORE
        for span, out in example.places:
            if word.span.overlaps(span):
                labels[n + j, out] = 1
    for gap in example.gaps:
        after = next((j for j, w in enumerate(theirs) if w.span.start >= gap), m - 1)
        labels[n + after, OUT["gap"]] = 1
    for i, word in enumerate(ours):
        if any(word.span.overlaps(s) for s in example.reference_unsure):
            labels[i, 4:] = IGNORE
        for span, out in example.reference_places:
            if word.span.overlaps(span):
                labels[i, out] = 1
    _label_counterparts(example, known, labels)
    ids: dict[str, int] = {}
    lemmas = np.array([ids.setdefault(w.lemma, len(ids)) for w in (*ours, *theirs)], dtype=np.int32)
    half = np.float16
    whole = example.serious, example.any
    return Row(vectors.astype(half), plain.astype(half), cosines.astype(half), lemmas, n, labels, whole)


def _label_counterparts(example: Example, known: Known, labels: Numbers) -> None:
    """Label the words of one side that stand for those changed on the other."""
    (ours, a), (theirs, b) = known[example.reference], known[example.variant]
    n = len(ours)
    if example.other is not None:
        old, vector = known[example.other[0]]
        to_reference = example.other_side == "reference"
        words, offset, target = (ours, 0, a) if to_reference else (theirs, n, b)
        for found, out, word in counterparts(example.other[1], old, words, vector[1] @ target[1].T):
            if found is not None:
                labels[offset + found, out] = 1
            elif word.is_content:  # its counterpart is somewhere, nobody knows where
                side = labels[:n, 4:] if to_reference else labels[n:, :2]
                side[side == 0] = IGNORE
