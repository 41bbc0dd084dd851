"""What a run folder guarantees: whole or not finished, and a record of what the texts were."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from evaltool import gate, metrics, pairing, policy, records, run
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


def test_run_json_pins_all_that_the_figures_depend_on(finished: Path) -> None:
    found = records.read(finished).run
    for name, file in (("drift", "drift.json"), ("judge", "judge.safetensors")):
        digest = hashlib.sha256((Path(run.__file__).parent / "data" / file).read_bytes()).hexdigest()
        assert found.weights[name] == digest
        assert f" || {name}:{digest[:16]} || " in found.signature
    assert found.model is not None and f"sha256:{found.model['sha256'][:16]}" in found.signature
    assert json.dumps(found.judging, separators=(",", ":")) in found.signature
    assert all(f"{name}:{text}" in found.signature for name, text in metrics.signatures().items())


def test_segments_and_rows_say_what_their_scores_are_made_of(finished: Path) -> None:
    folder = records.read(finished)
    wrong = next(s for s in folder.segments if "5 percent" in s.variant_text)
    assert wrong.quality is not None and sum(wrong.quality_parts.values()) == pytest.approx(
        100 - wrong.quality, abs=1e-3
    )
    assert wrong.quality_parts["findings"] > 0 and wrong.drift_parts["findings"] > 0
    (system,) = folder.summary.systems
    quality = system.scores["quality"].value
    assert quality is not None and sum(system.parts["quality"].values()) == pytest.approx(100 - quality, abs=1e-3)


def test_a_folder_of_a_run_that_knew_no_parts_still_opens(finished: Path, tmp_path: Path) -> None:
    for path in finished.glob("*.json*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    lines = [json.loads(line) for line in (tmp_path / "segments.jsonl").read_text(encoding="utf-8").splitlines()]
    old = [{name: value for name, value in line.items() if not name.endswith("_parts")} for line in lines]
    (tmp_path / "segments.jsonl").write_text("".join(json.dumps(line) + "\n" for line in old), encoding="utf-8")
    for name, gone in (("run.json", ("files", "weights")), ("summary.json", ())):
        content = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        for row in content.get("systems", []) + content.get("articles", []):
            del row["parts"]
        kept = {key: value for key, value in content.items() if key not in gone}
        (tmp_path / name).write_text(json.dumps(kept), encoding="utf-8")
    found = records.read(tmp_path)
    assert found.segments[0].quality_parts == {} == found.summary.systems[0].parts == found.run.weights
    assert pairing.variants(found)["one", "a"][0].drift_parts == {}
    html.render(tmp_path)


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
