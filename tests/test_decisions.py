import json
from pathlib import Path
from typing import Any

import pytest

from evaltool.decisions import Verdict, agreed, agreements, conflicts, read
from evaltool.model import InputError


def one(flag: str, decision: str, by: str, at: str = "2026-11-22T10:00:00Z") -> dict[str, str]:
    own = {"article": "harbour", "system": "engine-a", "fingerprint": flag, "rule": "omission"}
    return own | {"decision": decision, "reason": "", "by": by, "at": at}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def to_file(name: str, *decisions: dict[str, str]) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps({"schema_version": 1, "decisions": decisions}), encoding="utf-8")
        return path

    return to_file


def test_the_latest_decision_of_a_reviewer_counts_whatever_file_it_stands_in(write: Any) -> None:
    early = one("f1", "accept", "Ada", "2026-11-22T10:00:00Z")
    late = one("f1", "reject", "Ada", "2026-11-22T10:00:01Z")
    for files in ((write("1", early), write("2", late)), (write("2", late), write("1", early))):
        assert [decision.decision for decision in read(files)] == [Verdict.REJECT]


def test_reviewers_who_differ_are_in_conflict_and_decide_nothing(write: Any) -> None:
    found = read([write("x", one("f1", "accept", "Ada"), one("f1", "reject", "Ben"), one("f2", "reject", "Ben"))])
    assert agreed(found) == {("harbour", "engine-a", "f2"): Verdict.REJECT}
    assert [[decision.by for decision in flag] for flag in conflicts(found)] == [["Ada", "Ben"]]


def test_kappa_is_that_of_a_worked_example(write: Any) -> None:
    # 20 both accept, 5 only Ada, 10 only Ben, 15 both reject: observed 0.7, by chance 0.5
    pairs = [("accept", "accept")] * 20 + [("accept", "reject")] * 5
    pairs += [("reject", "accept")] * 10 + [("reject", "reject")] * 15
    decisions = [one(str(n), said, by) for n, pair in enumerate(pairs) for said, by in zip(pair, "AB", strict=True)]
    (found,) = agreements(read([write("x", *decisions)]))
    assert (found.reviewers, found.both, found.same) == (("A", "B"), 50, 35)
    assert found.kappa == pytest.approx(0.4)


def test_kappa_is_that_of_scikit_learn(write: Any) -> None:
    from sklearn.metrics import cohen_kappa_score

    ada = ["accept", "reject", "downgrade", "accept", "reject", "accept", "downgrade"]
    ben = ["accept", "downgrade", "downgrade", "reject", "reject", "accept", "accept"]
    decisions = [one(str(n), said, "Ada") for n, said in enumerate(ada)]
    decisions += [one(str(n), said, "Ben") for n, said in enumerate(ben)]
    (found,) = agreements(read([write("x", *decisions)]))
    assert found.kappa == pytest.approx(cohen_kappa_score(ada, ben))


def test_kappa_is_not_made_up_where_both_gave_one_verdict_only(write: Any) -> None:
    decisions = [one(flag, "accept", by) for flag in ("f1", "f2") for by in ("Ada", "Ben")]
    (found,) = agreements(read([write("x", *decisions)]))
    assert (found.both, found.same, found.kappa) == (2, 2, None)


def test_reviewers_without_a_common_flag_have_no_agreement(write: Any) -> None:
    assert agreements(read([write("x", one("f1", "accept", "Ada"), one("f2", "accept", "Ben"))])) == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "malformed"),
        (b'{"schema_version": 1, "decisions": "\xff"}', "malformed"),
        (b'{"schema_version": 2, "decisions": []}', "schema_version is 2"),
        (json.dumps({"schema_version": 1, "decisions": [one("f", "maybe", "A")]}).encode(), "decisions.*maybe"),
        (json.dumps({"schema_version": 1, "decisions": [one("f", "accept", "A", "now")]}).encode(), "malformed"),
    ],
)
def test_a_bad_file_is_one_line_that_names_it(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "decisions.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        read([path])
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.json: not found"):
        read([tmp_path / "gone.json"])
