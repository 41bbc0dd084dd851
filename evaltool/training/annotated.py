"""What annotators marked in whole articles, passages and sentences, as examples for the judge of words.

The texts are those of ``tests/articles``, ``tests/passages`` and ``tests/sentences``, whose README.md files tell their
forms. They were invented for this project. Sentences with even numbers are left out: they are measured on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evaltool.evaluate import Evaluator
from evaltool.model import Span
from evaltool.training.judge_examples import OUT, Example
from evaltool.words import words_of

TESTS = Path(__file__).parents[2] / "tests"
PROFILES = {"mt": "translation", "para_good": "paraphrase", "para_subtle": "paraphrase", "summary": "summary"}
#: A quote of more words than this marks a claim; which of its words are wrong is known only where few of them are new.
_LONG, _FEW = 8, 4
_FEW_LOST = 6

FOLDS = 4

Error = dict[str, Any]
Placed = Sequence[tuple[Span, Error]]


def fold_of(article: str) -> int:
    """Which fold of the articles one belongs to, by its name."""
    return hashlib.sha256(article.encode()).digest()[0] % FOLDS


def place(text: str, quote: str, occurrence: int | None = 1) -> Span:
    """Where the n-th occurrence of a quote stands; it counts from 1."""
    at = -1
    for _ in range(occurrence or 1):
        at = text.index(quote, at + 1)
    return Span(at, at + len(quote))


def _forms(text: str) -> set[str]:
    return {w.form for w in words_of(text)}


def example(reference: str, variant: str, wrong: Placed = (), lost: Placed = (), *, may_omit: bool = False) -> Example:
    """An example from errors whose quotes have been found.

    Args:
        reference: its text.
        variant: its text.
        wrong: spans of the variant, each with the error that it quotes.
        lost: spans of the reference likewise.
        may_omit: whether the variant is a summary, of which nobody says what it lacks.
    """
    places, unsure = [], []
    for span, error in wrong:
        if error["mqm"] == "accuracy/omission":
            continue
        if not _of_meaning(error):
            places.append((span, OUT["form"]))
            continue
        out = OUT["added"] if error["mqm"] == "accuracy/addition" else OUT["wrong"]
        unsure.append(span)
        places += [(s, out) for s in _new(variant, span, error.get("ref_quote") or "", _FEW)]
    there, there_unsure = [], []
    for span, error in lost:
        if _of_meaning(error):
            out = OUT["lost"] if error["mqm"] == "accuracy/omission" else OUT["replaced"]
            there_unsure.append(span)
            most = len(reference) if out == OUT["lost"] else _FEW_LOST
            there += [(s, out) for s in _new(reference, span, error.get("quote") or "", most)]
    errors = [error for _, error in (*wrong, *lost)]
    return Example(
        reference,
        variant,
        tuple(places),
        reference_places=tuple(there),
        serious=float(any(e["severity"] != "minor" for e in errors)),
        any=float(bool(errors)),
        unsure=tuple(unsure),
        reference_unsure=tuple(there_unsure),
        gaps_known=not may_omit and not any(e["mqm"] == "accuracy/omission" for e in errors),
        losses_known=not may_omit,
    )


def _of_meaning(error: Error) -> bool:
    return str(error["mqm"]).startswith(("accuracy", "terminology"))


def _new(text: str, span: Span, other: str, few: int) -> list[Span]:
    """The words under a span that its counterpart lacks, or all of them; none where a long span has too many."""
    own = [w for w in words_of(text) if w.span.overlaps(span)]
    known = _forms(other)
    new = [w.span for w in own if w.form not in known] or [w.span for w in own]
    return new if len(own) <= _LONG or len(new) <= few else []


class Marked(NamedTuple):
    """A variant of an annotated article, with what is wrong in it.

    Attributes:
        article: its name.
        kind: which variant it is, a key of ``PROFILES``.
        reference: text of the reference.
        text: of the variant.
        errors: as annotated.
        wrong: spans of the variant, each with the error that it quotes.
    """

    article: str
    kind: str
    reference: str
    text: str
    errors: list[Error]
    wrong: Placed


def variants(folder: Path, chosen: Callable[[str], bool]) -> Iterator[Marked]:
    """The variants of those annotated articles whose names are chosen, in the order of the names."""
    for article in sorted(p.parent for p in folder.glob("*/reference.txt")):
        if not chosen(article.name):
            continue
        reference = (article / "reference.txt").read_text("utf-8")
        for kind in PROFILES:
            text = (article / f"{kind}.txt").read_text("utf-8")
            errors = json.loads((article / f"{kind}.json").read_text("utf-8"))["errors"]
            wrong = [(place(text, e["quote"], e.get("occurrence")), e) for e in errors if e["quote"]]
            yield Marked(article.name, kind, reference, text, errors, wrong)


def from_articles(folder: Path, evaluator: Evaluator, chosen: Callable[[str], bool]) -> Iterator[Example]:
    """The aligned segments of the annotated articles that are chosen by name."""
    for _, kind, reference, variant, errors, wrong in variants(folder, chosen):
        lost = [(place(reference, e["ref_quote"], e.get("ref_occurrence")), e) for e in errors if e.get("ref_quote")]
        for segment in evaluator.aligned(reference, variant, profile=PROFILES[kind]):
            there, here = segment.reference.span, segment.variant.span
            if there is not None and here is not None:
                yield example(
                    there.of(reference),
                    here.of(variant),
                    _within(here, wrong),
                    _within(there, lost),
                    may_omit=kind == "summary",
                )


def _within(whole: Span, placed: Placed) -> list[tuple[Span, Error]]:
    """The spans that reach into a segment, counted from its beginning."""
    return [
        (Span(max(span.start, whole.start) - whole.start, min(span.end, whole.end) - whole.start), error)
        for span, error in placed
        if span.overlaps(whole)
    ]


def from_passages(path: Path) -> Iterator[Example]:
    """Each passage with its two faithful renderings, and with the faulty one."""
    summaries = path.name.startswith("summaries")
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        for faithful in (item["good"], item["free"]):
            yield example(item["ref"], faithful, may_omit=summaries)
        wrong = [(place(item["bad"], e["quote"]), e) for e in item["errors"] if e["quote"]]
        lost = [(place(item["ref"], e["ref_quote"]), e) for e in item["errors"] if e["ref_quote"]]
        yield example(item["ref"], item["bad"], wrong, lost, may_omit=summaries)


def from_sentences(path: Path) -> Iterator[Example]:
    """Each sentence with an odd number, with its faithful rendering and with the faulty one."""
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        if int(item["id"].split("-")[-1]) % 2:
            yield example(item["ref"], item["good"])
            yield example(item["ref"], item["bad"], [(place(item["bad"], e["quote"]), e) for e in _errors(item)])


def _errors(item: Error) -> list[Error]:
    """The errors of a sentence in the form of those of passages."""
    quotes, severities = (v if isinstance(v, list) else [v] for v in (item["quote"], item["severity"]))
    mqm = "fluency/grammar" if "grammar" in item["kind"] else f"accuracy/{item['kind']}"
    return [
        {"quote": quote, "ref_quote": item["ref"], "mqm": mqm, "severity": severity}
        for quote, severity in zip(quotes, severities, strict=False)
        if quote
    ]
