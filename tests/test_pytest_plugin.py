"""The plugin in test sessions of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from evaltool import Evaluator
from evaltool.model import InputError
from evaltool.pytest_plugin import assert_no_drift

pytest_plugins = ["pytester"]
REFERENCE = "The minister did not resign on Monday. Some 42 people were hurt."


def test_the_same_text_passes_and_gives_its_evaluation(evaluator: Evaluator) -> None:
    assert assert_no_drift(REFERENCE, REFERENCE, evaluator=evaluator).flags == ()


def test_a_failure_shows_both_sides_with_the_spans_marked(evaluator: Evaluator) -> None:
    with pytest.raises(AssertionError) as failure:
        assert_no_drift(REFERENCE, REFERENCE.replace("42", "24"), evaluator=evaluator)
    message = str(failure.value)
    assert "accuracy/number (changed-number)" in message
    assert "⟦42⟧" in message.replace("⟦42 people⟧", "⟦42⟧") and "⟦24" in message


def test_an_ignored_rule_or_a_milder_severity_does_not_fail(evaluator: Evaluator) -> None:
    variant = REFERENCE.replace("some", "some").replace("were hurt", "were were hurt")
    assert_no_drift(REFERENCE, variant, evaluator=evaluator)
    with pytest.raises(AssertionError, match="doubled-word"):
        assert_no_drift(REFERENCE, variant, severity="minor", evaluator=evaluator)
    assert_no_drift(REFERENCE, variant, severity="minor", ignore={"doubled-word"}, evaluator=evaluator)


def test_drift_alone_fails(evaluator: Evaluator) -> None:
    with pytest.raises(AssertionError, match=r"drift 0\.\d+, at most 0\.0 allowed"):
        assert_no_drift(REFERENCE, REFERENCE.replace("hurt", "injured"), drift_max=0.0, evaluator=evaluator)


def test_texts_of_which_nothing_can_be_scored_fail(evaluator: Evaluator) -> None:
    with pytest.raises(InputError, match="the variant text is empty"):
        assert_no_drift(REFERENCE, " ", evaluator=evaluator)
    with pytest.raises(ValueError, match="serious"):
        assert_no_drift(REFERENCE, REFERENCE, severity="serious", evaluator=evaluator)


def test_the_fixture_is_there_without_an_import(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_good(no_drift):
            no_drift("Prices fell by 4 percent.", "Prices fell by 4 percent.")

        def test_bad(no_drift):
            no_drift("Prices fell by 4 percent.", "Prices fell by 5 percent.")
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["E *the variant drifts from its reference", "*variant:*⟦5*⟧*"])
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_loading_the_plugin_imports_nothing_heavy() -> None:
    code = "import sys, evaltool.pytest_plugin; print([m for m in ('torch', 'numpy', 'pandas') if m in sys.modules])"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout.strip() == "[]"
