import pytest

from evaltool.records import ScoreRecord
from evaltool.report.scores import COLUMNS, cell, written

KINDS = {kind.name: kind for kind in COLUMNS}


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("quality", 100, "100.0"),
        ("quality", 99.96, ">99.9"),
        ("quality", 91.26, "91.3"),
        ("drift", 0, "0.00"),
        ("drift", 0.004, "<0.01"),
        ("drift", 0.996, ">0.99"),
        ("coverage", 0.9, "90.0%"),
        ("coverage", 0.9999, ">99.9%"),
        ("ter", 130.04, "130.0"),
    ],
)
def test_rounding_never_makes_a_value_perfect(name: str, value: float, text: str) -> None:
    assert written(KINDS[name], value) == text


def test_a_missing_score_is_a_dash_with_its_reason() -> None:
    found = cell(KINDS["bleu"], ScoreRecord(reason="too short"))
    assert (found.text, found.value, found.reason) == ("–", None, "too short")
    assert cell(KINDS["bleu"], None).reason
    assert cell(KINDS["bleu"], ScoreRecord(value=0.0)).text == "0.0"
