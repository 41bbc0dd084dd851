"""What a run folder guarantees: whole or not finished, and a record of what the texts were."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from evaltool import gate, policy, records, run
from evaltool.model import Article, InputError
from evaltool.report import html
from evaltool.settings import Settings

HERE = Path(__file__).parent


def test_a_run_killed_at_any_moment_leaves_no_folder_that_the_gate_passes(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, HERE / "killed_run.py", tmp_path], capture_output=True, text=True, timeout=200, check=False
    )
    assert process.returncode == 0, process.stderr
    *killed, whole = json.loads(process.stdout)
    assert whole == "passed"
    before = killed.count("untouched")
    assert killed == ["untouched"] * before + ["refused"] * (len(killed) - before)
    assert before <= 3 and len(killed) > 30


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over two small articles."""
    folder = tmp_path_factory.mktemp("articles")
    for name, text in (("one", "The river rose.\nSchools stayed open."), ("two", "Prices fell by 4 percent in May.")):
        (folder / "reference").mkdir(exist_ok=True)
        (folder / "variants" / name).mkdir(parents=True)
        (folder / "reference" / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / "variants" / name / "a.txt").write_text(text.replace("4", "5"), encoding="utf-8")
    settings = Settings(reference=str(folder / "reference"), variants=str(folder / "variants"), out=str(folder / "out"))
    return run.run(settings, finish=lambda out: html.render(out, run_file=run.UNFINISHED))


def test_run_json_says_what_the_texts_were(finished: Path) -> None:
    texts = records.read(finished).run.texts
    assert set(texts) == {"one", "two"}
    reference = texts["one"].reference
    assert reference.sha256 == hashlib.sha256(b"The river rose.\nSchools stayed open.").hexdigest()
    assert reference.lines == (0, 16) and reference.file.endswith("one.txt")
    assert [reference.position(offset) for offset in (0, 15, 16, 35)] == [(1, 1), (1, 16), (2, 1), (2, 20)]
    assert texts["two"].variants["a"].sha256 != texts["two"].reference.sha256


def test_run_json_counts_what_was_expected_and_done(finished: Path) -> None:
    counts = records.read(finished).run.counts
    assert (counts["expected"], counts["evaluated"], counts["articles"]) == (2, 2, 2)


@pytest.mark.parametrize("name", ["summary.json", "segments.jsonl", "flags.jsonl"])
def test_a_file_that_the_run_did_not_write_is_refused(name: str, finished: Path, tmp_path: Path) -> None:
    for path in finished.glob("*.json*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert gate.decide(records.read(tmp_path), policy.built_in(), today=date(2026, 11, 22)).problems == ()
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    with pytest.raises(InputError, match=f"{name}: is not the file that this run wrote"):
        records.read(tmp_path)


def test_a_failing_report_leaves_the_results(finished: Path, tmp_path: Path) -> None:
    settings = json.loads((finished / "run.json").read_text(encoding="utf-8"))["settings"]
    given = Settings(reference=settings["reference"], variants=settings["variants"], out=str(tmp_path / "out"))

    def fail(out: Path) -> None:
        raise InputError("no space for the report")

    with pytest.raises(InputError, match="no space"):
        run.run(given, finish=fail)
    assert records.read(tmp_path / "out").run.counts["evaluated"] == 2


def test_lines_are_counted_in_code_points() -> None:
    article = Article("one", "\U0001f600\r\nb\n", {"a": "x"})
    assert run.texts(article)["reference"]["lines"] == [0, 3, 5]
