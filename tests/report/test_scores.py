import pytest

from evaltool.evidence import GROUPS
from evaltool.records import ScoreRecord
from evaltool.report.scores import COLUMNS, PARTS, cell, made_of, written

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


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ((71.3, {"wording": 4.1, "similarity": 12.0, "findings": 12.6}, 0.63, {"judged words": 0.2, "facts": 0.42}),
         "Quality 71.3: findings −12.6, similarity −12.0, wording −4.1; Drift 0.63: facts +0.42, judged words +0.20"),
        # a twentieth of the whole is not worth a word, nor is what rounds to nothing
        ((40.0, {"findings": 57.5, "wording": 2.5}, 0.02, {"facts": 0.004, "findings": 0.006}),
         "Quality 40.0: findings −57.5; Drift 0.02: findings +0.01"),
        ((50.0, {"wording": 25.0, "facts": 25.0}, None, {}), "Quality 50.0: facts −25.0, wording −25.0"),
        ((100.0, {}, 0.0, {}), ""),
        ((None, {"findings": 3.0}, None, {"findings": 0.1}), ""),
    ],
)  # fmt: skip
def test_a_score_says_what_it_is_made_of_the_largest_part_first(
    parts: tuple[float | None, dict[str, float], float | None, dict[str, float]], line: str
) -> None:
    assert made_of(*parts) == line


def test_every_group_of_evidence_is_explained() -> None:
    assert sorted(name for name, _ in PARTS) == sorted(GROUPS)
