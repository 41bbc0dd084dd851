"""`evaltool gate` on the repository's own articles: exit codes, waivers and their dates, the files it writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from importlib import resources
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
from gate_schemas import junit_errors, sarif_errors
from ruamel.yaml import YAML

from evaltool.cli import main

ROOT = Path(__file__).parent.parent
SEED = "000_7ea719a95a1f4347"
#: Flags alone, so that waivers can let a release through.
FLAGS_ONLY = """
[segment]
quality_min = "off"
drift_max = "off"
[article]
quality_min = "off"
drift_max = "off"
coverage_min = "off"
major_flags_max = 0
[system]
quality_min = "off"
drift_max = "off"
major_flags_per_1000_words_max = "off"
"""


class Result(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Gate = Callable[..., Result]


@pytest.fixture(scope="module")
def seed_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seeds") / "latest"
    with chdir(ROOT), pytest.raises(SystemExit) as end:
        main(["run", "--quiet", "--out", str(out)])
    assert end.value.code == 0
    return out


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gate:
    """The command, called in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Result:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(["gate", *map(str, arguments)])
        return Result(int(end.value.code or 0), *capsys.readouterr())

    return call


@pytest.fixture
def waivers(gate: Gate, seed_run: Path, tmp_path: Path) -> list[str]:
    """The waivers of all failing flags of the seed, each filled in, to expire in the year's end."""
    (tmp_path / "policy.toml").write_text(FLAGS_ONLY, encoding="utf-8")
    options = ("--policy", "policy.toml", "--system", SEED, "--today", "2026-12-01")
    assert gate(seed_run, *options, "--write-waivers", "new.toml").code == 1
    text = (tmp_path / "new.toml").read_text(encoding="utf-8")
    filled = text.replace('reason = ""', 'reason = "the desk wants it"').replace('owner = ""', 'owner = "A. Lind"')
    return filled.split("\n[[waiver]]\n")


def write_waivers(path: Path, parts: list[str]) -> Path:
    path.write_text("\n[[waiver]]\n".join(parts), encoding="utf-8")
    return path


def test_the_built_in_policy_fails_the_seed_and_says_why_in_its_first_three_lines(gate: Gate, seed_run: Path) -> None:
    result = gate(seed_run)
    first, second, third, *_ = result.out.splitlines()
    assert result.code == 1 and first.startswith("FAILED: ")
    (reason,) = [part for part in second.split(" | ") if part.startswith(SEED)]
    assert "flag" in reason and "allowed" in reason
    assert third.startswith("first: “")


def test_waivers_let_through_exactly_the_flags_that_they_name(
    gate: Gate, seed_run: Path, waivers: list[str], tmp_path: Path
) -> None:
    options = ("--policy", "policy.toml", "--system", SEED, "--today", "2026-12-01", "--json", "v.json")
    assert len(waivers) > 3
    assert gate(seed_run, *options, "--waivers", write_waivers(tmp_path / "all.toml", waivers)).code == 0
    left_out = waivers.pop()
    assert gate(seed_run, *options, "--waivers", write_waivers(tmp_path / "most.toml", waivers)).code == 1
    document = json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))
    (broken,) = [c for c in document["criteria"] if c["held"] is False]
    (fingerprint,) = broken["flags"]
    assert fingerprint in left_out


def test_on_the_day_after_its_expiry_a_waiver_holds_no_more(
    gate: Gate, seed_run: Path, waivers: list[str], tmp_path: Path
) -> None:
    options = ("--policy", "policy.toml", "--system", SEED, "--waivers", write_waivers(tmp_path / "w.toml", waivers))
    assert gate(seed_run, *options, "--today", "2026-12-31").code == 0
    late = gate(seed_run, *options, "--today", "2027-01-01")
    assert late.code == 1 and "waiver expired on 2026-12-31, its flags count again" in late.out


def test_a_stale_waiver_is_reported_and_fails_where_it_is_taken_strictly(
    gate: Gate, seed_run: Path, waivers: list[str], tmp_path: Path
) -> None:
    waivers.append('fingerprint = "ffffffffffffffff"\nreason = "gone"\nowner = "A. Lind"\nexpires = 2030-01-01\n')
    options = ("--policy", "policy.toml", "--system", SEED, "--waivers", write_waivers(tmp_path / "w.toml", waivers))
    result = gate(seed_run, *options, "--today", "2026-12-01")
    assert result.code == 0
    assert "waiver matches no flag, remove it: fingerprint ffffffffffffffff (A. Lind)" in result.out
    assert gate(seed_run, *options, "--today", "2026-12-01", "--strict-waivers").code == 1


def test_decisions_of_reviewers_count_and_become_waivers(gate: Gate, seed_run: Path, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(FLAGS_ONLY, encoding="utf-8")
    lines = (seed_run / "flags.jsonl").read_text(encoding="utf-8").splitlines()
    flags = [f for f in map(json.loads, lines) if f["system"] == SEED and f["severity"] in ("critical", "major")]
    made = [
        {**{name: f[name] for name in ("article", "system", "fingerprint", "rule")}, "decision": "reject",
         "reason": "both are right", "by": "A. Lind", "at": "2026-11-22T10:00:00Z"}
        for f in flags
    ]  # fmt: skip
    (tmp_path / "d.json").write_text(json.dumps({"schema_version": 1, "decisions": made}), encoding="utf-8")
    options = ("--policy", "policy.toml", "--system", SEED, "--today", "2026-12-01")
    result = gate(seed_run, *options, "--decisions", "d.json", "--write-waivers", "w.toml")
    assert result.code == 0 and f"{len(flags)} flags called a false alarm by reviewers" in result.out
    assert gate(seed_run, *options, "--waivers", "w.toml").code == 0


def test_what_it_writes_is_valid_and_always_the_same(gate: Gate, seed_run: Path, tmp_path: Path) -> None:
    names = {"--json": "v.json", "--junit": "v.xml", "--sarif": "v.sarif", "--markdown": "v.md"}
    options = [part for pair in names.items() for part in pair]
    contents = []
    for _ in range(2):
        result = gate(seed_run, "--baseline", seed_run, "--today", "2026-12-01", "--github", *options)
        contents.append([(tmp_path / name).read_bytes() for name in names.values()])
    assert contents[0] == contents[1]
    _, junit, log, summary = contents[0]
    assert junit_errors(junit) == [] and sarif_errors(log) == []
    assert summary.decode().startswith("## ❌ evaltool gate: failed\n")
    assert "\n::error file=" in result.out
    assert {r["baselineState"] for r in json.loads(log)["runs"][0]["results"]} == {"unchanged"}


def test_a_place_in_the_log_quotes_the_file(gate: Gate, seed_run: Path, tmp_path: Path) -> None:
    gate(seed_run, "--sarif", "v.sarif")
    results = json.loads((tmp_path / "v.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert results
    for result in results:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            text = (ROOT / place["artifactLocation"]["uri"]).read_bytes().decode("utf-8-sig")
            region = place["region"]
            start = region["charOffset"]
            quoted = text[start : start + region["charLength"]]
            assert quoted == region.get("snippet", {"text": ""})["text"]
            line = text.split("\n")[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 :].startswith(quoted.split("\n")[0])


def refused(result: Result, message: str) -> None:
    assert result.code == 2 and result.out == ""
    assert result.err.startswith("evaltool: ") and message in result.err and result.err.count("\n") == 1


def test_what_cannot_be_decided_ends_with_2_and_one_line(gate: Gate, seed_run: Path, tmp_path: Path) -> None:
    refused(gate(), "no run folder; name the one that `evaltool run` wrote")
    refused(gate("nowhere"), "run.json: not found, the run did not finish")
    shutil.copytree(seed_run, tmp_path / "unfinished")
    (tmp_path / "unfinished" / "run.json").unlink()
    refused(gate("unfinished"), "run.json: not found, the run did not finish")
    refused(gate(seed_run, "--baseline", "unfinished"), "run.json: not found")
    refused(gate(seed_run, "--policy", "none.toml"), "no such policy file")
    refused(gate(seed_run, "--waivers", "none.toml"), "no such waivers file")
    refused(gate(seed_run, "--decisions", "none.json"), "none.json")
    refused(gate(seed_run, "--today", "yesterday"), "yesterday")
    refused(gate(seed_run, "--junit", "no/such/folder.xml", "-q"), "cannot be written")
    other = gate(seed_run, "--system", "nobody")
    assert other.code == 2 and other.out.startswith("UNDECIDED: no system 'nobody'; there are 000_")


def test_an_old_verdict_is_never_left_beside_a_run_that_was_refused(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text('{"verdict": "passed"}', encoding="utf-8")
    assert gate("nowhere", "--json", "v.json").code == 2
    assert not (tmp_path / "v.json").exists()


def test_neither_waivers_nor_inputs_are_written_over(gate: Gate, seed_run: Path, tmp_path: Path) -> None:
    for name in ("w.toml", "p.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    refused(gate(seed_run, "--write-waivers", "w.toml"), "w.toml: is there already")
    refused(gate(seed_run, "--policy", "p.toml", "--json", "p.toml"), "p.toml: is read by the gate")
    refused(gate(seed_run, "--json", seed_run / "run.json"), "is read by the gate")


def test_the_policy_of_the_project_is_used(gate: Gate, seed_run: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.evaltool.gate.article]\nqualty_min = 3", encoding="utf-8")
    refused(gate(seed_run), "pyproject.toml: 'tool.evaltool.gate.article': unknown name `qualty_min`")


def test_the_printed_policy_is_the_built_in_one(gate: Gate, seed_run: Path, tmp_path: Path) -> None:
    printed = gate("--print-policy")
    assert printed.code == 0
    (tmp_path / "policy.toml").write_text(printed.out, encoding="utf-8")
    assert gate(seed_run, "--policy", "policy.toml").out == gate(seed_run).out


@pytest.mark.parametrize(
    ("path", "schema"), [(".github/actions/gate/action.yml", "github-actions"), (".gitlab/gate.yml", "gitlab-ci")]
)
def test_the_pipelines_are_valid(path: str, schema: str) -> None:
    """The schemas are SchemaStore's and GitLab's, as the package check-jsonschema carries them."""
    document = YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))
    folder = resources.files("check_jsonschema").joinpath("builtin_schemas/vendor")
    jsonschema.validate(document, json.loads(folder.joinpath(f"{schema}.json").read_text(encoding="utf-8")))


def test_the_steps_of_the_pipelines_do_what_they_say(seed_run: Path, tmp_path: Path) -> None:
    """The shell of both pipelines, on a finished run; installing and evaluating are left out."""
    yaml = YAML(typ="safe")
    steps = yaml.load((ROOT / ".github/actions/gate/action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    job = yaml.load((ROOT / ".gitlab/gate.yml").read_text(encoding="utf-8"))[".evaltool-gate"]
    for name, script in (("github", steps[-1]["run"]), ("gitlab", job["script"][-1])):
        folder = tmp_path / name
        shutil.copytree(seed_run, folder / "latest")
        environment = {
            **os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "OUT": "latest", "POLICY": "", "BASELINE": str(seed_run), "WAIVERS": "none.toml",
            "GITHUB_OUTPUT": str(folder / "output"), "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        }  # fmt: skip
        process = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, check=False
        )
        assert process.returncode == 1, process.stderr
        assert {"gate.json", "gate.xml", "gate.sarif", "gate.md"} <= {p.name for p in (folder / "latest").iterdir()}
        document = json.loads((folder / "latest" / "gate.json").read_text(encoding="utf-8"))
        assert document["verdict"] == "failed" and document["baseline"]["new"] == []
    assert (tmp_path / "github" / "output").read_text(encoding="utf-8") == "verdict=failed\n"
    assert (tmp_path / "github" / "summary").stat().st_size > 0


def test_the_hooks_name_commands_that_exist() -> None:
    hooks = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"].split()[:2] for hook in hooks] == [["evaltool", "run"], ["evaltool", "gate"]]


@pytest.mark.slow
def test_one_error_planted_among_2000_segments_is_caught_the_same_by_any_workers(tmp_path: Path, gate: Gate) -> None:
    """Real runs of 40 articles of 50 sentences; the release differs in one number, and is run in two ways."""
    names = ("port", "mill", "school", "bakery", "farm", "shop", "station")
    towns = ("Bonn", "Leeds", "Turin", "Porto", "Basel", "Ghent", "Cork")
    verbs = ("sold", "bought", "lost", "found", "shipped", "stored", "moved")
    goods = ("tea", "salt", "rice", "wool", "coal", "wine")
    every = islice(product(names, towns, verbs, goods), 2000)
    sentences = [
        f"The {name} of {town} {verb} {number} crates of {what} on Monday."
        for number, (name, town, verb, what) in enumerate(every, 100)
    ]
    for article in range(40):
        text = "\n".join(sentences[50 * article : 50 * article + 50])
        for folder, content in (
            ("reference", text),
            ("old", text),
            ("new", text.replace(" 957 crates", " 9570 crates")),
        ):
            path = tmp_path / folder / f"{article:02}" / "a.txt" if folder != "reference" else None
            path = path or tmp_path / "reference" / f"{article:02}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    for variants, workers, out in (("old", 1, "accepted"), ("new", 1, "one"), ("new", 2, "two")):
        with pytest.raises(SystemExit) as end:
            main(["run", "-q", "--variants", variants, "--workers", str(workers), "--out", out])
        assert end.value.code == 0
    for out in ("one", "two"):
        assert gate(out, "--baseline", "accepted", "--json", f"{out}.json", "--today", "2026-12-01").code == 1
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    document = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert len(document["baseline"]["new"]) == 1 and document["baseline"]["fixed"] == []
    assert ["9570" in flag["variant_text"] for flag in document["flags"] if flag["new"]] == [True]
