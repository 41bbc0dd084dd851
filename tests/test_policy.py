"""Policies from TOML: what they set, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaltool import policy
from evaltool.model import InputError


def test_a_policy_changes_the_built_in_one_and_leaves_the_rest() -> None:
    found = policy.parse("[article]\nquality_min = 70", "p.toml")
    assert found.article.quality_min == 70
    assert found.article.critical_flags_max == 0 and found.system == policy.built_in().system


def test_an_empty_policy_is_the_built_in_one() -> None:
    assert policy.parse("", "p.toml") == policy.built_in()


def test_off_takes_a_limit_away() -> None:
    found = policy.parse('[article]\nquality_min = "off"', "p.toml")
    assert "quality_min" not in dict(policy.set_limits(found.article))


def test_limits_of_a_profile_come_over_the_general_ones_and_those_of_a_system_over_both() -> None:
    found = policy.parse(
        """
        [article]
        quality_min = 60
        drift_max = 0.4
        [profiles.paraphrase.article]
        quality_min = 50
        [systems.b.article]
        quality_min = 40
        """,
        "p.toml",
    )
    limits = [found.limits(system, profile).article.quality_min for system, profile in
              (("a", "translation"), ("a", "paraphrase"), ("b", "paraphrase"), ("b", None))]  # fmt: skip
    assert limits == [60, 50, 40, 40]
    assert found.limits("b", "paraphrase").article.drift_max == 0.4


def test_limits_of_a_category() -> None:
    found = policy.parse('[article.categories."accuracy/number"]\nmajor_flags_max = 0', "p.toml")
    (limits,) = found.limits("a", None).article.categories.values()
    assert dict(policy.set_limits(limits)) == {"major_flags_max": 0}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x =", "p.toml: no valid TOML"),
        ("[artcle]", "p.toml: unknown name `artcle`; the names here are segment, article, system"),
        ("[article]\nqualty_min = 3", "'article': unknown name `qualty_min`; the names here are critical_flags_max,"),
        ("[segment]\ncoverage_min = 0", "'segment': unknown name `coverage_min`; the names here are quality_min,"),
        ("[article]\nquality_min = 101", "'article.quality_min': Expected `float` <= 100.0; give a number in"),
        ("[article]\nquality_min = nan", "'article.quality_min': Expected `float`"),
        ("[article]\ndrift_max = -0.1", "'article.drift_max': Expected `float` >= 0.0"),
        ("[article]\nquality_min = true", "'article.quality_min': Expected `float | str`, got `bool`"),
        ('[article]\nquality_min = "none"', "'article.quality_min': Invalid enum value 'none'; give a number"),
        ("[article]\ncritical_flags_max = 0.5", "'article.critical_flags_max': Expected `int | str`, got `float`"),
        ("[article.categories.number]\nmajor_flags_max = 0", "'article.categories': Invalid enum value 'number'"),
        ("[profiles.poem.article]\nquality_min = 3", "it is one of translation, paraphrase, summary, rereport"),
        ("[systems.a.artcle]", "unknown name `artcle`; the names here are segment, article, system"),
        ("article = 3", "'article': Expected `object`, got `int`"),
    ],
)
def test_a_wrong_policy_is_told_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        policy.parse(text, "p.toml")
    assert message in str(error.value) and "\n" not in str(error.value)


def test_where_a_policy_is_looked_for(tmp_path: Path) -> None:
    assert policy.load(None, tmp_path) == (policy.built_in(), "built-in policy")
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"', encoding="utf-8")
    assert policy.load(None, tmp_path) == (policy.built_in(), "built-in policy")
    project.write_text("[tool.evaltool.gate.article]\nquality_min = 71", encoding="utf-8")
    found, place = policy.load(None, tmp_path)
    assert found.article.quality_min == 71 and place == str(project)
    own = tmp_path / "policy.toml"
    own.write_text("[article]\nquality_min = 72", encoding="utf-8")
    assert policy.load(own, tmp_path)[0].article.quality_min == 72


def test_a_policy_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such policy file"):
        policy.load(tmp_path / "none.toml")
    with pytest.raises(InputError, match="cannot be read"):
        policy.load(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9")
    with pytest.raises(InputError, match="it is not UTF-8"):
        policy.load(tmp_path / "latin.toml")


def test_the_gates_table_is_no_setting_of_a_run(tmp_path: Path) -> None:
    from evaltool import settings

    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.evaltool]\nprofile = "summary"\n[tool.evaltool.gate.article]\nquality_min = 7', "utf-8")
    assert settings.load(project, {}).profile == "summary"
