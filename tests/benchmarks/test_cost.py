"""What the rules cost beside the model, measured in one run over the repository's own articles."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaltool import Evaluator, judge
from evaltool.embedding import Encoder

ROOT = Path(__file__).parents[2]


def timed(patch: pytest.MonkeyPatch, spent: Counter[str], owner: Any, name: str, stage: str) -> None:
    """Add the seconds of each call of a function to those of its stage."""
    call: Callable[..., Any] = getattr(owner, name)

    def wrapper(*args: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return call(*args, **options)
        finally:
            spent[stage] += time.perf_counter() - started

    patch.setattr(owner, name, wrapper)


@pytest.mark.xfail(reason="A third is the goal; with 172 rules .64 is measured.", strict=False)
@pytest.mark.slow
def test_all_rules_together_cost_at_most_a_third_of_the_model_pass(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (reference,) = (path.read_text(encoding="utf-8") for path in (ROOT / "reference").glob("*.txt"))
    variants = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    assert variants
    evaluator = Evaluator()
    # The model is loaded before, and so are the tables and word lists of the rules, which other languages have too.
    evaluator.evaluate("The mayor said that the bridge would be shut.", "The mayor said que el puente estaría cerrado.")
    evaluator.evaluate("The mayor said that the bridge would be shut.", "The mayor siad that the brigde would be shut.")
    spent: Counter[str] = Counter()
    timed(monkeypatch, spent, Encoder, "encode", "model")
    timed(monkeypatch, spent, judge, "judge", "judge")
    timed(monkeypatch, spent, Evaluator, "_flags", "rules")
    for variant in variants:
        evaluator.evaluate(reference, variant)
    with capsys.disabled():
        print(  # noqa: T201 -- a measurement
            f"\nmodel pass {spent['model']:.2f} s, judge {spent['judge']:.2f} s, all rules {spent['rules']:.2f} s:"
            f" {spent['rules'] / spent['model']:.2f} of the model pass"
        )
    assert spent["rules"] <= spent["model"] / 3
