"""Waivers: what they match, until when, and the file that is written to be edited."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from gating import TODAY, flag
from hostile import HOSTILE

from evaltool import waivers
from evaltool.decisions import Decision, Verdict
from evaltool.model import InputError

WHOLE = 'reason = "the desk wants it"\nowner = "A. Lind"\nexpires = 2026-12-31\n'


def one(text: str) -> waivers.Waiver:
    (found,) = waivers.parse(f"[[waiver]]\n{WHOLE}{text}", "w.toml")
    return found


def test_a_waiver_by_fingerprint_matches_that_flag() -> None:
    waiver = one(f'fingerprint = "{1:016x}"')
    assert waiver.matches(flag(number=1)) and not waiver.matches(flag(number=2))


def test_everything_that_it_names_must_agree() -> None:
    waiver = one(f'fingerprint = "{1:016x}"\nsystem = "b"')
    assert waiver.matches(flag(number=1, system="b")) and not waiver.matches(flag(number=1))


def test_a_waiver_by_rule_article_and_system_matches_all_flags_there() -> None:
    waiver = one('rule = "changed-number"\narticle = "one"\nsystem = "a"')
    assert waiver.matches(flag(number=1)) and waiver.matches(flag(number=2))
    assert not waiver.matches(flag(article="two")) and not waiver.matches(flag(rule="changed-date"))


def test_the_expiry_date_is_the_last_day() -> None:
    waiver = one('fingerprint = "a"')
    assert not waiver.expired(date(2026, 12, 31)) and waiver.expired(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[waiver]", "'waiver' is one table; write [[waiver]]"),
        ("[[wavier]]", "unknown name 'wavier'"),
        ("waiver = [1]", "w.toml, waiver 1: Expected `object`, got `int`"),
        ("[[waiver]]\n" + WHOLE, "waiver 1: names too little; give a fingerprint, or rule, article and system"),
        ("[[waiver]]\n" + WHOLE + 'rule = "r"\nsystem = "a"', "names too little"),
        ("[[waiver]]\n" + WHOLE + 'finger = "r"', "unknown field `finger`; a waiver has reason, owner, expires"),
        ("[[waiver]]\n" + WHOLE.replace("the desk wants it", " ") + 'fingerprint = "a"', "'reason' is empty; say why"),
        ("[[waiver]]\n" + WHOLE.replace("A. Lind", "") + 'fingerprint = "a"', "'owner' is empty; say who answers"),
        ("[[waiver]]\n" + WHOLE.replace("2026-12-31", '"soon"') + 'fingerprint = "a"', "'expires': Invalid"),
        ("[[waiver]]\n" + WHOLE.replace("2026-12-31", "2026-12-32") + 'fingerprint = "a"', "no valid TOML"),
        ('[[waiver]]\nfingerprint = "a"', "missing required field `reason`"),
    ],
)
def test_a_wrong_waiver_is_told_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        waivers.parse(text, "w.toml")
    assert message in str(error.value) and "\n" not in str(error.value)


def test_files_are_read_together_and_a_missing_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text(f'[[waiver]]\n{WHOLE}fingerprint = "a"', encoding="utf-8")
    assert len(waivers.read([path, path])) == 2
    with pytest.raises(InputError, match="no such waivers file; name one, or make one"):
        waivers.read([tmp_path / "none.toml"])


def test_the_written_file_is_refused_until_it_is_filled_in() -> None:
    text = waivers.template([flag()], [], TODAY)
    with pytest.raises(InputError, match="'reason' is empty"):
        waivers.parse(text, "w.toml")
    (found,) = waivers.parse(text.replace('reason = ""', 'reason = "r"').replace('owner = ""', 'owner = "o"'), "w.toml")
    assert found.matches(flag()) and found.expires == TODAY and not found.matches(flag(number=1))
    assert "# critical: The reference says “42”; here it is “24”." in text


def test_a_false_alarm_brings_its_reason_and_owner() -> None:
    decision = Decision("one", "a", f"{0:016x}", "changed-number", Verdict.REJECT, "both are right", "A. Lind")
    (found,) = waivers.parse(waivers.template([], [(flag(), decision)], TODAY + timedelta(30)), "w.toml")
    assert (found.reason, found.owner) == ("both are right", "A. Lind") and found.matches(flag())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_was(text: str) -> None:
    own = flag(article=text, system=text, rule=text, message=text, variant_text=text, reference_text=text)
    written = waivers.template([own], [], TODAY).encode()  # what is written is UTF-8
    (entry,) = tomllib.loads(written.decode())["waiver"]
    expected = text.replace("\ud800", "\ufffd")
    assert (entry["article"], entry["system"], entry["rule"]) == (expected, expected, expected)
