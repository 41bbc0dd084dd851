"""How many errors are found in single sentences, one each, and how many faithful renderings are alarmed.

    python tests/benchmarks/sentences.py [FILE ...] [-v]

Each file holds one item a line, as those of ``tests/sentences`` do (the default; its README.md tells the form). Twenty
items stand in one text, as paragraphs, so that sentences are aligned and what is worked out from other numbers is
found as in an article. An error is found where an alarm overlaps its quote; where it has none, where the sentence has
an alarm. Notes (severity neutral) are no alarms. With ``-v`` each error that was missed and each alarm on a faithful
rendering is printed.
"""

# ruff: noqa: T201 -- a script that prints its results
from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evaltool import Evaluator
from evaltool.model import Flag
from evaltool.mqm import Severity

Item = dict[str, Any]
DEFAULT = Path(__file__).parent.parent / "sentences"
PROFILES = {"close": "translation", "moderate": "paraphrase", "free": "paraphrase"}
TOGETHER = 20


def joined(texts: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Texts as paragraphs of one, and where each stands in it."""
    whole, places = "", []
    for text in texts:
        places.append((len(whole), len(whole) + len(text)))
        whole += text + "\n\n"
    return whole, places


def alarms(items: Sequence[Item], side: str, profile: str, evaluator: Evaluator) -> Iterator[list[tuple[Flag, int]]]:
    """The alarms on each item's rendering, each with where the rendering begins in its text."""
    for at in range(0, len(items), TOGETHER):
        part = items[at : at + TOGETHER]
        (reference, theirs), (variant, ours) = joined([i["ref"] for i in part]), joined([i[side] for i in part])
        flags = [f for f in evaluator.evaluate(reference, variant, profile).flags if f.severity is not Severity.NEUTRAL]
        for (start, end), (first, last) in zip(ours, theirs, strict=True):
            yield [
                (f, start)
                for f in flags
                if (f.variant_span and f.variant_span.start < end and start < f.variant_span.end)
                or (not f.variant_span and f.reference_span and first <= f.reference_span.start < last)
            ]


def found(item: Item, quote: str, own: Sequence[tuple[Flag, int]]) -> bool:
    """Whether an alarm points at an error of an item."""
    if not quote:
        return bool(own)
    at = item["bad"].index(quote)
    return any(
        f.variant_span and f.variant_span.start - start < at + len(quote) and at < f.variant_span.end - start
        for f, start in own
    )


def measure(items: Sequence[Item], evaluator: Evaluator, verbose: bool) -> dict[str, Counter[str]]:
    """Counts by degree and by kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for degree, profile in PROFILES.items():
        chosen = [item for item in items if item["degree"] == degree]
        good, bad = (alarms(chosen, side, profile, evaluator) for side in ("good", "bad"))
        for item, false, own in zip(chosen, good, bad, strict=True):
            tallies = counts[degree], counts[item["kind"]]
            for tally in tallies:
                tally["good"] += 1
                tally["alarmed"] += bool(false)
            if verbose and false:
                print(f"alarm   {item['id']} {', '.join(f.rule for f, _ in false)}: {item['good']}")
            for quote in [item["quote"]] if isinstance(item["quote"], str) else item["quote"]:
                hit = found(item, quote, own)
                for tally in tallies:
                    tally["errors"] += 1
                    tally["found"] += hit
                if verbose and not hit:
                    print(f"missed  {item['id']} “{quote}”: {item['bad']}")
    return counts


def main() -> None:
    """Measure each file and print a row for each degree and kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(DEFAULT.glob("*.jsonl")))
    parser.add_argument("-v", "--verbose", action="store_true")
    options, evaluator = parser.parse_args(), Evaluator()
    for file in options.files:
        items = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        print(f"{file.stem:32} errors  found  good  alarmed")
        for name, tally in measure(items, evaluator, options.verbose).items():
            print(
                f"  {name:30} {tally['errors']:6}  {tally['found'] / tally['errors']:5.2f}"
                f"  {tally['good']:4}  {tally['alarmed'] / tally['good']:7.2f}"
            )


if __name__ == "__main__":
    main()
