"""`evaltool compare` on real runs: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from evaltool.cli import main

TEXT = (
    "The river rose by 4 metres overnight. Schools stayed open on Monday. The mayor, Ada Lind, asked for help. "
    "Some 750 people left their homes. Trains ran as usual. No one was hurt. The bridge will be closed until May."
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs `old` and `new` of two systems: the new one of system a has one error less and another one more."""
    home = tmp_path_factory.mktemp("compare")
    (home / "reference").mkdir()
    (home / "reference" / "flood.txt").write_text(TEXT, encoding="utf-8")
    wrong = TEXT.replace("4 metres", "5 metres")
    for name, a in (("old", wrong), ("new", TEXT.replace("Some 750", "Some 950"))):
        (home / f"variants-{name}").mkdir()
        for system, text in (("a", a), ("b<i>", wrong)):
            (home / f"variants-{name}" / f"{system}.txt").write_text(text, encoding="utf-8")
        with pytest.MonkeyPatch.context() as here, pytest.raises(SystemExit) as end:
            here.chdir(home)  # away from this repository's own settings
            main(["run", "--variants", f"variants-{name}", "--out", name, "--quiet"])
        assert end.value.code == 0
    return home


def compare(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["compare", *map(str, arguments)])
    out = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, out.out, out.err


def changed(run: Path, target: Path, file: str, old: str, new: str) -> Path:
    """A copy of a run folder with one text replaced in one file, as if the run had written it so."""
    shutil.copytree(run, target)
    text = (target / file).read_text(encoding="utf-8")
    assert old in text
    before = hashlib.sha256((target / file).read_bytes()).hexdigest()
    (target / file).write_text(text.replace(old, new), encoding="utf-8")
    after = hashlib.sha256((target / file).read_bytes()).hexdigest()
    run_file = target / "run.json"
    run_file.write_text(run_file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return target


def test_a_release_beside_the_last_one(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = compare(capsys, runs / "old", runs / "new")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{runs / 'old'} / a → {runs / 'new'} / a"
    (quality,) = (line for line in lines if line.startswith("quality"))
    assert quality.endswith("no difference shown")
    assert "1 article, tested over 7 segments" in lines
    assert "Flags: 1 new, 1 fixed, 0 still there" in lines
    assert any(line.startswith("  new: ") and "950" in line for line in lines)
    assert any(line.startswith("  fixed: ") and "changed-number" in line for line in lines)
    assert lines[lines.index(f"{runs / 'old'} / b<i> → {runs / 'new'} / b<i>") + 2] == "nothing changed (1 article)"


def test_the_systems_of_one_run(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = compare(capsys, runs / "new", "--most", "0")
    assert code == 0
    assert out.startswith(f"{runs / 'new'} / a → {runs / 'new'} / b<i>\n")
    assert "Flags: 1 only in the candidate, 1 only in the baseline, 0 in both" in out
    assert "corrected" not in out and "differ most" not in out
    assert "  and 1 more only in the candidate" in out


def test_the_json_holds_what_the_text_says(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = compare(capsys, runs / "old", runs / "new", "--format", "json")
    report = json.loads(out)
    assert (code, report["schema_version"], report["missing"], report["not_comparable"]) == (0, 1, [], [])
    first, second = report["comparisons"]
    summaries = [json.loads((runs / name / "summary.json").read_text(encoding="utf-8")) for name in ("old", "new")]
    for side, summary in zip(("baseline", "candidate"), summaries, strict=True):
        row = next(r for r in summary["systems"] if r["system"] == "a")
        for score in first["scores"]:
            assert score["paired"][side] == pytest.approx(row["scores"][score["name"]]["value"], abs=1e-4), score[
                "name"
            ]
    assert {score["verdict"] for score in second["scores"]} == {"unchanged"}
    assert [flag["rule"] for flag in first["flags"]["new"]] == ["changed-number"]


def test_the_same_comparison_says_the_same(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (compare(capsys, runs / "old", runs / "new", "--format", "json") for _ in range(2))
    assert first == second


def test_names_mean_nothing_in_markdown(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = compare(capsys, runs / "old", runs / "new", "--format", "markdown")
    assert code == 0
    assert "| score | baseline | candidate |" in out
    assert "b\\<i\\>" in out and "b<i>" not in out


def test_another_model_is_refused(runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sha = json.loads((runs / "new" / "run.json").read_text(encoding="utf-8"))["model"]["sha256"]
    other = changed(runs / "new", tmp_path / "other", "run.json", sha, "0" * 64)
    code, out, err = compare(capsys, runs / "old", other)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "not comparable: model: " in err and "0000000000000000" in err and "--anyway" in err
    code, out, err = compare(capsys, runs / "old", other, "--anyway")
    assert (code, err) == (0, "")
    assert out.startswith("Not comparable:\n  model: ")


def test_another_reference_is_refused(runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sha = json.loads((runs / "new" / "run.json").read_text(encoding="utf-8"))["texts"]["flood"]["reference"]["sha256"]
    other = changed(runs / "new", tmp_path / "other", "run.json", sha, "0" * 64)
    code, _, err = compare(capsys, runs / "old", other)
    assert code == 2 and "references: the text of flood is another one" in err


def test_what_cannot_be_compared_is_one_line(runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [
        ([runs / "old", runs / "old"], "given twice"),
        ([tmp_path / "nowhere"], "run.json: not found"),
        ([runs / "old", runs / "new", "--format", "yaml"], "yaml"),
        ([runs / "old", runs / "new", "--baseline", "c"], "no system 'c'"),
        ([runs / "old", "--baseline", "c"], "no system 'c' to compare with; its systems are a, b<i>"),
        ([], "Missing argument"),
        ([changed(runs / "old", tmp_path / "odd", "flags.jsonl", "accuracy/number", "accuracy/mood")], "accuracy/mood"),
    ]
    for arguments, said in cases:
        code, out, err = compare(capsys, *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1), arguments
        assert said in err, arguments
