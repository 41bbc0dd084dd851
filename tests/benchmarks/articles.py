"""How many annotated errors are found in whole articles, and how many alarms nobody can explain.

    python tests/benchmarks/articles.py [FOLDER ...] [-v]

Each folder holds one folder an article, as ``tests/articles`` does (the default; its README.md tells the form). An
error is found where an alarm overlaps its quote, or, for an omission, half of the shorter of the two passages of the
reference. An alarm is unexplained where it finds no error. Notes (severity neutral) are no alarms. With ``-v`` each
error that was missed and each unexplained alarm is printed.
"""

# ruff: noqa: T201 -- a script that prints its results
from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaltool import Evaluator
from evaltool.model import Flag
from evaltool.mqm import Severity

PROFILES = {"mt": "translation", "para_good": "paraphrase", "para_subtle": "paraphrase", "summary": "summary"}
DEFAULT = Path(__file__).parent.parent / "articles"
SERIOUS = (Severity.MAJOR, Severity.CRITICAL)


def place(text: str, quote: str, occurrence: int | None) -> tuple[int, int]:
    """Where the n-th occurrence of a quote stands, counted from 1."""
    at = -1
    for _ in range(occurrence or 1):
        at = text.index(quote, at + 1)
    return at, at + len(quote)


def shared(a: tuple[int, int] | None, b: tuple[int, int] | None) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) if a and b else 0


def found_by(error: dict[str, Any], alarm: Flag, reference: str, variant: str) -> bool:
    """Whether an alarm points at an annotated error."""
    if error["quote"] and shared(place(variant, error["quote"], error.get("occurrence")), alarm.variant_span):
        return True
    if not error["ref_quote"] or (error["quote"] and error["mqm"] != "accuracy/omission"):
        return False
    own, at = place(reference, error["ref_quote"], error.get("ref_occurrence")), alarm.reference_span
    return at is not None and 2 * shared(own, at) >= min(own[1] - own[0], at[1] - at[0]) > 0


def measure(folders: Sequence[Path], evaluator: Evaluator, verbose: bool) -> dict[str, Counter[str]]:
    """Counts by kind of variant."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in PROFILES}
    for article in sorted(p.parent for folder in folders for p in folder.glob("*/reference.txt")):
        reference = (article / "reference.txt").read_text("utf-8")
        for kind, profile in PROFILES.items():
            variant = (article / f"{kind}.txt").read_text("utf-8")
            errors = json.loads((article / f"{kind}.json").read_text("utf-8"))["errors"]
            evaluation, tally = evaluator.evaluate(reference, variant, profile=profile), counts[kind]
            alarms = [flag for flag in evaluation.flags if flag.severity is not Severity.NEUTRAL]
            tally["sentences"] += sum(len(segment.variant_sentences) for segment in evaluation.segments)
            explained: set[int] = set()
            for error in errors:
                own = {i for i, alarm in enumerate(alarms) if found_by(error, alarm, reference, variant)}
                explained |= own
                grave = "minor" if error["severity"] == "minor" else "serious"
                tally[grave] += 1
                tally[f"{grave} found"] += bool(own)
                tally["named"] += any(str(alarms[i].category) == error["mqm"] for i in own)
                if verbose and not own:
                    print(f"missed  {article.name}/{kind} {error['mqm']} “{error['quote']}” / “{error['ref_quote']}”")
            for i, alarm in enumerate(alarms):
                if i not in explained:
                    tally["unexplained"] += 1
                    tally["unexplained serious"] += alarm.severity in SERIOUS
                    if verbose:
                        print(f"alarm   {article.name}/{kind} {alarm.rule} {alarm.message}")
    return counts


def share(tally: Counter[str], part: str, whole: str) -> str:
    """A share with two decimals, or a dash where there is nothing to count."""
    return f"{tally[part] / tally[whole]:.2f}" if tally[whole] else "-"


def main() -> None:
    """Measure and print one row for each kind of variant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[DEFAULT])
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    counts = measure(options.folders, Evaluator(), options.verbose)
    print(f"{'variant':12} sentences  serious  minor  category  unexplained alarms (serious) per 100 sentences")
    for kind, tally in counts.items():
        tally["found"] = tally["serious found"] + tally["minor found"]
        per = 100 / max(1, tally["sentences"])
        print(
            f"{kind:12} {tally['sentences']:9}  {share(tally, 'serious found', 'serious'):>7}"
            f"  {share(tally, 'minor found', 'minor'):>5}  {share(tally, 'named', 'found'):>8}"
            f"  {tally['unexplained'] * per:.1f} ({tally['unexplained serious'] * per:.1f})"
        )


if __name__ == "__main__":
    main()
