"""Drift as a test: ``assert_no_drift`` for any test, and the fixture ``no_drift``, which pytest finds by itself.

::

    def test_the_summary_page(no_drift):
        no_drift(source.read_text(), render(source), profile="summary")
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from evaltool.evaluate import Evaluator
    from evaltool.model import Evaluation, Flag

_SHOWN = 20
_AROUND = 40


def assert_no_drift(
    reference: str,
    variant: str,
    *,
    profile: str = "translation",
    severity: str = "major",
    drift_max: float = 0.8,
    ignore: Collection[str] = (),
    evaluator: Evaluator | None = None,
) -> Evaluation:
    """Fail unless a variant says what its reference says.

    Args:
        reference: the trusted text.
        variant: the text to judge.
        profile: translation, paraphrase, summary or rereport.
        severity: the mildest severity of a flag that fails: minor, major or critical.
        drift_max: 0..1, the highest drift that a segment may have.
        ignore: rules whose flags do not fail.
        evaluator: the evaluator to use; None uses one with the embedded model, loaded once.

    Returns:
        The evaluation, for further assertions.

    Raises:
        AssertionError: the message shows every failing flag with its spans marked ⟦so⟧ on both sides. Texts of which
            nothing can be scored fail too.
        InputError: an empty text or an unknown profile.
        ValueError: an unknown severity.
    """
    __tracebackhide__ = True
    from evaltool import scores
    from evaltool.mqm import Severity

    least = Severity(severity)
    evaluation = (evaluator or _evaluator()).evaluate(reference, variant, profile=profile)
    failing = [f for f in evaluation.flags if f.severity.multiplier >= least.multiplier > 0 and f.rule not in ignore]
    drifted = [s for s in evaluation.segments if scores.counted(s) and s.drift is not None and s.drift > drift_max]
    lines = [_shown(flag, reference, variant) for flag in failing[:_SHOWN]]
    if len(failing) > _SHOWN:
        lines.append(f"and {len(failing) - _SHOWN} more flags")
    lines += [
        f"drift {segment.drift:.3f}, at most {drift_max} allowed\n"
        f"  reference: {segment.reference_text}\n  variant:   {segment.variant_text}"
        for segment in drifted
    ]
    if evaluation.mismatch or evaluation.scores.get("drift") is None:
        lines.append(f"nothing could be scored: {evaluation.mismatch or 'no segment of the texts counts'}")
    if lines:
        raise AssertionError("the variant drifts from its reference\n" + "\n".join(lines))
    return evaluation


@pytest.fixture(scope="session")
def no_drift() -> Callable[..., Evaluation]:
    """:func:`assert_no_drift` with an evaluator that all tests of the session share."""
    return partial(assert_no_drift, evaluator=_evaluator())


@cache
def _evaluator() -> Evaluator:
    from evaltool.evaluate import Evaluator

    return Evaluator()


def _shown(flag: Flag, reference: str, variant: str) -> str:
    lines = [f"{flag.severity} {flag.category} ({flag.rule}): {flag.message}"]
    for side, text, span in (("reference", reference, flag.reference_span), ("variant", variant, flag.variant_span)):
        if span is not None:
            before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
            marked = f"{before}⟦{span.of(text)}⟧{after}"
            lines.append(f"  {side + ':':10} {' '.join(marked.split())}")
    return "\n".join(lines)
