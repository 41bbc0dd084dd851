"""The command line: what it writes, what it says, how it ends.

Where the process itself is the point (its exit, its streams, the same bytes from another one) it is a real one; what is
evaluated besides is called in this process, which loads the model's libraries once.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evaltool.cli import main

ROOT = Path(__file__).parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


def evaltool(*arguments: object, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evaltool", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, input=stdin, timeout=280, check=False)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same command, called in this process."""

    def call(*arguments: object, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments)])
        return subprocess.CompletedProcess(arguments, int(end.value.code or 0), *capsys.readouterr())

    return call


@pytest.fixture(scope="module")
def seed_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    out = tmp_path_factory.mktemp("run") / "latest"
    return out, evaltool("run", "--out", out, "--tables", "csv,parquet", cwd=ROOT)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A small, valid pair of folders to break in one place."""
    (tmp_path / "reference").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "reference" / "one.txt").write_text("The river rose overnight. Schools stayed open.", encoding="utf-8")
    (tmp_path / "seeds" / "a.txt").write_text("The river rose overnight. Schools stayed open.", encoding="utf-8")
    return tmp_path


def flags(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "flags.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_repositorys_articles_are_evaluated(seed_run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    out, process = seed_run
    assert process.returncode == 0, process.stderr
    assert {p.name for p in out.iterdir()} == {
        *("run.json", "summary.json", "segments.jsonl", "flags.jsonl", "index.html", "pages"),
        *("segments.csv", "flags.csv", "segments.parquet", "flags.parquet"),
    }
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["counts"]["systems"] == 4 and run["failures"] == []
    assert run["signature"].startswith("evaltool:")
    assert process.stderr.splitlines()[-1].startswith("4/4 ")


@pytest.mark.parametrize(
    ("text", "category", "against"),
    [
        ("Alavit", "accuracy/named-entity", "Alawite"),
        ("Alavites", "accuracy/named-entity", "Alawites"),
        ("artillery artillery", "fluency/repetition", ""),
        ("artillery", "accuracy/mistranslation", "gunmen"),
        ("shoot", "accuracy/mistranslation", "offshoot"),
        ("region region", "fluency/repetition", ""),
        ("FridayHundreds", "fluency/punctuation-spacing", ""),
        ("al -Assad", "fluency/punctuation-spacing", ""),
        ("war -monitoring", "fluency/punctuation-spacing", ""),
    ],
)
def test_an_error_of_the_seed_articles_is_flagged(
    text: str, category: str, against: str, seed_run: tuple[Path, subprocess.CompletedProcess[str]]
) -> None:
    found = [(f["variant_text"], f["category"], f["reference_text"]) for f in flags(seed_run[0])]
    assert (text, category, against) in found


@pytest.mark.parametrize("text", ["Khmeimim", "Tartus", "Shiite", "some 750 civilians"])
def test_a_legitimate_wording_of_the_seed_articles_is_not_flagged(
    text: str, seed_run: tuple[Path, subprocess.CompletedProcess[str]]
) -> None:
    for flag in flags(seed_run[0]):
        if flag["severity"] != "neutral" and flag["variant_span"]:
            start, end = flag["variant_span"]  # type: ignore[misc]
            variant = (ROOT / "seeds" / f"{flag['system']}.txt").read_text(encoding="utf-8")
            assert text not in variant[start:end]
            at = variant.find(text)
            assert at < 0 or end <= at or start >= at + len(text), flag


def test_site_furniture_is_shown_and_not_counted(seed_run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    lines = (seed_run[0] / "segments.jsonl").read_text(encoding="utf-8").splitlines()
    segments = [json.loads(line) for line in lines]
    furniture = [s for s in segments if s["role"] == "furniture"]
    assert {s["reference_text"] for s in furniture} == {"date 2025-03-09 Connect with us", "Published"}
    assert all(s["quality"] is None and s["reasons"]["quality"] for s in furniture)
    quoted = {f["reference_text"] for f in flags(seed_run[0])}
    assert not quoted & {s["reference_text"] for s in furniture}


def test_two_runs_write_the_same_bytes(seed_run: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert evaltool("run", "--out", again, "--quiet", cwd=ROOT).returncode == 0
    for name in ("segments.jsonl", "flags.jsonl", "summary.json"):
        assert (again / name).read_bytes() == (seed_run[0] / name).read_bytes()


def test_the_number_of_workers_changes_nothing(articles: Path, here: Run) -> None:
    for name, text in (("one", "The river rose."), ("two", "Prices fell by 4 percent in May."), ("three", "He left.")):
        (articles / "reference" / f"{name}.txt").write_text(text, encoding="utf-8")
        (articles / "many" / name).mkdir(parents=True)
        (articles / "many" / name / "a.txt").write_text(text.replace("4", "5"), encoding="utf-8")
    for workers, call in ((1, here), (2, evaltool)):
        process = call("run", "--variants", "many", "--workers", workers, "--out", f"w{workers}", cwd=articles)
        assert process.returncode == 0, process.stderr
    for name in ("segments.jsonl", "flags.jsonl", "summary.json"):
        assert (articles / "w1" / name).read_bytes() == (articles / "w2" / name).read_bytes()
    assert [f["variant_text"] for f in flags(articles / "w1")] == ["5 percent"]


def break_nothing(folder: Path) -> list[str]:
    return []


def without_reference_folder(folder: Path) -> list[str]:
    shutil.rmtree(folder / "reference")
    return []


def without_reference(folder: Path) -> list[str]:
    (folder / "reference" / "one.txt").unlink()
    return []


def without_variants_folder(folder: Path) -> list[str]:
    return ["--variants", "nowhere"]


def without_variants(folder: Path) -> list[str]:
    (folder / "seeds" / "a.txt").unlink()
    return []


def two_references_with_flat_variants(folder: Path) -> list[str]:
    (folder / "reference" / "two.txt").write_text("Another text.", encoding="utf-8")
    return []


def an_empty_file(folder: Path) -> list[str]:
    (folder / "seeds" / "a.txt").write_text(" \n", encoding="utf-8")
    return []


def no_text(folder: Path) -> list[str]:
    (folder / "seeds" / "a.txt").write_bytes(b"PK\x03\x04\0\0\0")
    return []


def not_utf8(folder: Path) -> list[str]:
    (folder / "seeds" / "a.txt").write_bytes("Ein Café".encode("cp1252"))
    return []


def an_unknown_setting(folder: Path) -> list[str]:
    (folder / "evaltool.toml").write_text('referense = "x"\n', encoding="utf-8")
    return ["evaltool.toml"]


def a_wrong_profile(folder: Path) -> list[str]:
    (folder / "evaltool.toml").write_text('[profiles]\na = "poem"\n', encoding="utf-8")
    return ["evaltool.toml"]


def no_toml(folder: Path) -> list[str]:
    (folder / "evaltool.toml").write_text("reference = \n", encoding="utf-8")
    return ["evaltool.toml"]


def an_unwritable_output(folder: Path) -> list[str]:
    return ["--out", "seeds/a.txt/out"]


def a_model_folder_that_is_none(folder: Path) -> list[str]:
    return ["--model", "./reference"]


def a_profile_of_no_system(folder: Path) -> list[str]:
    (folder / "evaltool.toml").write_text('[profiles]\nnobody = "summary"\n', encoding="utf-8")
    return ["evaltool.toml"]


def a_variant_that_is_no_file(folder: Path) -> list[str]:
    (folder / "seeds" / "b.txt").symlink_to(folder / "nowhere.txt")
    return []


@pytest.mark.parametrize(
    ("breakage", "says"),
    [
        (a_profile_of_no_system, ["'nobody'", "no variant has that name", "the systems are a"]),
        (a_variant_that_is_no_file, ["seeds/b.txt", "cannot be read", "check the name"]),
        (without_reference_folder, ["reference", "no such reference folder", "--reference"]),
        (without_reference, ["reference", "holds no reference", "<article>.txt"]),
        (without_variants_folder, ["nowhere", "no such folder", "--variants"]),
        (without_variants, ["seeds", "holds no variant", "put .txt files there"]),
        (two_references_with_flat_variants, ["seeds", "2 references", "<variants>/<article>/<system>.txt"]),
        (an_empty_file, ["seeds/a.txt", "empty", "remove it"]),
        (no_text, ["seeds/a.txt", "not a text file", "zero byte at 4"]),
        (not_utf8, ["seeds/a.txt", "not UTF-8 at byte 7 (0xe9)", "cp1252"]),
        (an_unknown_setting, ["evaltool.toml", "unknown setting `referense`", "the settings are reference"]),
        (a_wrong_profile, ["evaltool.toml", "'poem'", "translation, paraphrase, summary, rereport"]),
        (no_toml, ["evaltool.toml", "cannot be read as TOML", "line 1", "correct the file"]),
        (an_unwritable_output, ["seeds/a.txt/out", "cannot be written", "--out"]),
        (a_model_folder_that_is_none, ["./reference", "not a sentence-transformers model", "leave the model out"]),
        (lambda folder: ["--colour"], ["No such option", "--colour"]),
        (lambda folder: ["nowhere.toml"], ["nowhere.toml", "no such settings file"]),
        (lambda folder: ["--tables", "xlsx"], ["tables", "'xlsx'", "csv, parquet"]),
        (lambda folder: ["--encoding", "latin-9"], ["encoding", "'latin-9'", "utf-8, cp1252"]),
        (lambda folder: ["--workers", "0"], ["workers", ">= 1"]),
    ],
)
def test_bad_input_is_one_clear_line(breakage: Callable[[Path], list[str]], says: list[str], articles: Path) -> None:
    process = evaltool("run", *breakage(articles), cwd=articles)
    assert process.returncode == 2
    assert process.stdout == ""
    line = process.stderr.removesuffix("\n")
    assert "\n" not in line and line.startswith("evaltool: ")
    assert [part for part in says if part not in line] == [], line


def test_a_failed_run_leaves_the_folder_of_the_last_one_alone(articles: Path) -> None:
    done = articles / "out"
    done.mkdir()
    (done / "run.json").write_text("{}", encoding="utf-8")
    an_empty_file(articles)
    assert evaltool("run", "--out", "out", cwd=articles).returncode == 2
    assert (done / "run.json").exists()


def test_a_model_that_is_not_there_costs_the_last_run_nothing(articles: Path, here: Run) -> None:
    done = articles / "out"
    done.mkdir()
    (done / "run.json").write_text("{}", encoding="utf-8")
    process = here("run", "--out", "out", "--model", "nobody/no-such-model", cwd=articles)
    assert process.returncode == 2
    assert (
        process.stderr.startswith("evaltool: nobody/no-such-model: cannot be loaded")
        and process.stderr.count("\n") == 1
    )
    assert (done / "run.json").exists()


def test_bom_crlf_and_cp1252_are_read_when_asked(articles: Path, here: Run) -> None:
    (articles / "reference" / "one.txt").write_bytes(b"\xef\xbb\xbfThe caf\xc3\xa9 closed.\r\nIt rained.\r\n")
    (articles / "seeds" / "a.txt").write_bytes("The café closed.\r\nIt rained.\r\n".encode())
    assert here("run", "--out", "o", cwd=articles).returncode == 0
    assert flags(articles / "o") == []
    for path in (articles / "reference" / "one.txt", articles / "seeds" / "a.txt"):
        path.write_bytes("The café closed.".encode("cp1252"))
    assert here("run", "--out", "o", "--encoding", "cp1252", cwd=articles).returncode == 0


def test_an_article_without_variants_is_listed_not_dropped(articles: Path, here: Run) -> None:
    (articles / "reference" / "two.txt").write_text("Another text.", encoding="utf-8")
    (articles / "seeds" / "a.txt").unlink()
    (articles / "seeds" / "one").mkdir()
    (articles / "seeds" / "one" / "a.txt").write_text("The river rose overnight.", encoding="utf-8")
    process = here("run", "--out", "o", cwd=articles)
    assert process.returncode == 0
    assert "not evaluated" in process.stderr
    failures = json.loads((articles / "o" / "run.json").read_text(encoding="utf-8"))["failures"]
    assert [(f["article"], f["system"]) for f in failures] == [("two", "")]


def test_an_endless_sentence_and_a_single_word_work(articles: Path, here: Run) -> None:
    (articles / "reference" / "one.txt").write_text("word " * 20_000, encoding="utf-8")
    (articles / "seeds" / "a.txt").write_text("x" * 100_000, encoding="utf-8")
    (articles / "seeds" / "b.txt").write_text("Yes", encoding="utf-8")
    process = here("run", "--out", "o", cwd=articles)
    assert process.returncode == 0, process.stderr


def test_score_takes_two_line_aligned_files(tmp_path: Path, here: Run) -> None:
    (tmp_path / "ref.txt").write_text("It hit 42 towns in May.\nHe left.\n\n", encoding="utf-8")
    (tmp_path / "hyp.txt").write_text("It hit 24 towns in May.\nHe left.\n\n", encoding="utf-8")
    process = here("score", "ref.txt", "-i", "hyp.txt", "--format", "json", cwd=tmp_path)
    assert process.returncode == 0, process.stderr
    result = json.loads(process.stdout)
    assert result["segments"] == 3 and result["flags"]["major"] == 1
    assert "3" in result["unscored"], "an empty line pair has no score"
    lost = sum(result["parts"]["quality"].values())
    assert lost == pytest.approx(100 - result["scores"]["quality"], abs=1e-3) and lost > 0
    assert {"model", "drift", "judge", "ter"} <= result["signature"].keys()
    hypotheses = "It hit 24 towns in May.\nHe left.\n\n"
    lines = here("score", "ref.txt", "--segments", cwd=tmp_path, stdin=hypotheses).stdout
    first = json.loads(lines.splitlines()[0])
    assert [f["variant_text"] for f in first["flags"]] == ["24"]


def test_score_reads_standard_input_as_it_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "ref.txt").write_text("One.\n", encoding="utf-8")
    for data, says in (("Café.\n".encode("cp1252"), "not UTF-8 at byte 3"), (b"a\0b\n", "zero byte at 1")):
        command = [sys.executable, "-m", "evaltool", "score", "ref.txt"]
        process = subprocess.run(command, cwd=tmp_path, capture_output=True, input=data, check=False)
        assert process.returncode == 2
        assert says in process.stderr.decode() and "standard input" in process.stderr.decode()


def test_a_closed_pipe_is_no_failed_gate(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "evaltool", "rules", "changed-number"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    process.stderr.read()
    assert process.wait() in (0, 2)
    process.stderr.close()


def test_tables_of_an_earlier_run_do_not_outlive_it(articles: Path, here: Run) -> None:
    assert here("run", "--out", "o", "--tables", "csv", cwd=articles).returncode == 0
    assert (articles / "o" / "flags.csv").exists()
    assert here("run", "--out", "o", cwd=articles).returncode == 0
    assert not (articles / "o" / "flags.csv").exists()


def test_score_refuses_files_of_different_length(tmp_path: Path) -> None:
    (tmp_path / "ref.txt").write_text("One.\nTwo.\n", encoding="utf-8")
    (tmp_path / "hyp.txt").write_text("One.\n", encoding="utf-8")
    process = evaltool("score", "ref.txt", "-i", "hyp.txt", cwd=tmp_path)
    assert process.returncode == 2
    assert "hyp.txt: has 1 lines and ref.txt has 2" in process.stderr


LINES = [
    "The river rose overnight.", "Prices fell in May.", "The mayor opened a bridge.", "Two farms were cut off.",
    "A ship left the harbour.", "The team won its first match.", "Doctors warned of a heat wave.",
]  # fmt: skip


def test_score_refuses_lines_that_are_out_of_step_or_of_another_text(tmp_path: Path, here: Run) -> None:
    (tmp_path / "ref.txt").write_text("\n".join([*LINES, "He left."]), encoding="utf-8")
    (tmp_path / "hyp.txt").write_text("\n".join(["He left.", *LINES]), encoding="utf-8")
    process = here("score", "ref.txt", "-i", "hyp.txt", cwd=tmp_path)
    assert process.returncode == 2
    assert "hyp.txt: line n renders line n-1 of ref.txt" in process.stderr
    other = "\n".join(f"Chapter {n} explains how enzymes fold proteins." for n in range(8))
    process = here("score", "ref.txt", cwd=tmp_path, stdin=other)
    assert process.returncode == 2
    assert "standard input: most lines say nothing that their line of ref.txt says" in process.stderr


def test_another_article_is_reported_once_and_not_scored(articles: Path, here: Run) -> None:
    (articles / "reference" / "one.txt").write_text(" ".join(LINES), encoding="utf-8")
    other = " ".join(f"Step {n}: fold the egg whites into {n} spoons of sugar." for n in range(1, 8))
    (articles / "seeds" / "b.txt").write_text(other, encoding="utf-8")
    (articles / "seeds" / "a.txt").write_text(" ".join(LINES), encoding="utf-8")
    process = here("run", "--out", "o", cwd=articles)
    assert process.returncode == 0
    assert process.stderr.count("hardly correspond") == 1
    assert flags(articles / "o") == []
    rows = json.loads((articles / "o" / "summary.json").read_text(encoding="utf-8"))["systems"]
    assert [(r["system"], r["scores"]["quality"]["value"]) for r in rows] == [("a", 100.0), ("b", None)]


def test_rules_are_listed_and_explained(tmp_path: Path) -> None:
    listing = evaltool("rules", cwd=tmp_path)
    assert listing.returncode == 0 and "changed-number" in listing.stdout
    one = evaltool("rules", "changed-number", cwd=tmp_path)
    assert "Severity:" in one.stdout and "⟦24⟧" in one.stdout
    unknown = evaltool("rules", "spelling-of-owls", cwd=tmp_path)
    assert unknown.returncode == 2 and "'evaltool rules' lists them" in unknown.stderr


def test_the_report_of_a_finished_run_is_rendered_again(
    seed_run: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    copy = tmp_path / "run"
    shutil.copytree(seed_run[0], copy)
    (copy / "index.html").unlink()
    assert evaltool("report", copy, cwd=tmp_path).returncode == 0
    assert (copy / "index.html").read_bytes() == (seed_run[0] / "index.html").read_bytes()
    (copy / "run.json").unlink()
    unfinished = evaltool("report", copy, cwd=tmp_path)
    assert unfinished.returncode == 2 and "run.json" in unfinished.stderr


def test_help_imports_neither_torch_nor_pandas() -> None:
    code = (
        "import sys\n"
        "from evaltool.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print([m for m in ('torch', 'pandas', 'transformers', 'sacrebleu', 'numpy') if m in sys.modules])"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout.splitlines()[-1] == "[]"
