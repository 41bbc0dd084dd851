import base64
import hashlib
import json
import posixpath
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evaltool.model import InputError
from evaltool.report.html import render
from evaltool.report.material import page_name


class Reader(HTMLParser):
    """Collects ids, links, attributes and tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href"):
                self.links.append(value or "")


def read(path: Path) -> tuple[str, Reader]:
    text = path.read_text(encoding="utf-8")
    return text, Reader(text)


def pages(report: Path) -> dict[str, Path]:
    """Every page of a report by its address in the run folder."""
    return {str(path.relative_to(report.parent)): path for path in [report, *report.parent.glob("pages/*.html")]}


def test_every_link_leads_to_a_page_and_a_place_on_it(run_folder: Any, files: dict[str, Any]) -> None:
    files["summary.json"]["articles"].append(dict(files["summary.json"]["articles"][0], article="zoo"))
    report = render(run_folder(files))
    found = {name: read(path)[1] for name, path in pages(report).items()}
    assert len(found) == 4
    for name, page in found.items():
        assert [count for count in Counter(page.ids).values() if count > 1] == []
        for link in page.links:
            target, _, anchor = link.partition("#")
            address = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
            assert address in found, (name, link)
            assert not anchor or anchor in found[address].ids, (name, link)


def test_the_top_page(report: Path) -> None:
    text, page = read(report)
    assert page.tags["style"] == page.tags["h1"] == 1
    assert text.startswith("<!DOCTYPE html>")
    for expected in ("glacier · engine-b", "the file is empty", "evaltool:0.1|model:m|seed:0", "all-minilm"):
        assert expected in text
    assert '<abbr title="one segment is too few">–</abbr>' in text
    assert "No gate has judged this run" in text


def test_an_articles_page(article: Path, files: dict[str, Any]) -> None:
    text, _ = read(article)
    assert len(re.findall('<li class="flag ', text)) == len(files["flags.jsonl"])
    assert len(re.findall('<section class="segment is-', text)) == len(files["segments.jsonl"])
    assert len(re.findall('<section class="variant"', text)) == 2
    assert "not counted" in text
    # a whole marked text, as it is printed: nothing may come between the pieces
    sides = re.findall(r'<div class="text"[^>]*>(.*?)</div>', text, re.DOTALL)
    assert re.sub("<[^>]*>", "", sides[2]) == "The mayor, Ada Lind, may ask for help from the capital."


def test_nothing_needs_unsafe_inline(report: Path) -> None:
    for path in pages(report).values():
        text, page = read(path)
        assert "style" not in page.attributes
        assert [name for name in page.attributes if name.startswith("on")] == []
        policy = re.search('Content-Security-Policy" content="([^"]*)"', text)
        assert policy
        assert "default-src 'none'; script-src 'sha256-" in policy[1]
        assert "unsafe" not in policy[1]
        scripts = re.findall("<script>(.*?)</script>", text, re.DOTALL)
        for script in scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy[1]
        assert re.findall("<script[^>]*>", text.replace("<script>", "")) in (
            [], ['<script type="application/json" id="data">']
        )  # fmt: skip


def test_render_is_deterministic_and_leaves_nothing_else(run_folder: Any, files: dict[str, Any]) -> None:
    folder = run_folder(files)
    first = {name: path.read_bytes() for name, path in pages(render(folder)).items()}
    assert {name: path.read_bytes() for name, path in pages(render(folder)).items()} == first
    assert sorted(path.name for path in folder.iterdir()) == sorted([*files, "index.html", "pages"])
    assert len(list((folder / "pages").iterdir())) == 2


def test_pages_of_articles_that_are_gone_go_too(run_folder: Any, files: dict[str, Any]) -> None:
    report = render(run_folder(files))
    (report.parent / "pages" / "notes.txt").write_text("mine", encoding="utf-8")
    for record in [*files["summary.json"]["articles"], *files["segments.jsonl"], *files["flags.jsonl"]]:
        record["article"] = "zoo"
    render(run_folder(files))
    assert sorted(path.name for path in (report.parent / "pages").iterdir()) == sorted(
        [page_name("zoo"), "rules.html", "notes.txt"]
    )


def test_names_of_pages_are_harmless_and_differ() -> None:
    names = ["a", "A", "a/b", "a-b", "../a", "", "ä", "x" * 500, "con", "rules", "نص", "a\x00"]
    made = [page_name(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{10}[.]html", name) and len(name) < 60 for name in made)


def test_the_verdict_of_the_gate_stands_first(run_folder: Any, files: dict[str, Any]) -> None:
    folder = run_folder(files)
    criteria = [
        {"name": "system.critical_max", "system": "engine-a", "figure": 2.0, "limit": 0.0, "held": False, "reason": "x"}
    ] * 55 + [{"name": "system.quality_min", "figure": None, "limit": 60.0, "held": None}]
    gate = {"verdict": "failed", "criteria": criteria, "signature": "evaltool:0.1|model:m|seed:0", "notes": ["two"]}
    (folder / "gate.json").write_text(json.dumps(gate), encoding="utf-8")
    text, _ = read(render(folder))
    assert "Gate: failed" in text
    assert text.count('<th scope="row">system.critical_max</th>') == 50
    assert "<summary>52 more broken</summary>" in text
    assert "5 more broken; gate.json has all of them." in text
    assert 'class="short outcome">undecided' in text
    assert "judged another run" not in text
    (folder / "gate.json").write_text(json.dumps(gate | {"signature": "other"}), encoding="utf-8")
    assert "judged another run" in read(render(folder))[0]
    (folder / "gate.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"gate\.json: malformed .*; make it again with `evaltool gate`"):
        render(folder)


def test_rules_are_documented_also_those_that_this_version_lacks(report: Path) -> None:
    text, _ = read(report.parent / "pages" / "rules.html")
    assert "changed-number" in text
    assert "This version of evaltool has no such rule." in text  # the invented ones


def test_missing_optional_keys_do_not_matter(run_folder: Any) -> None:
    files = {
        "run.json": {"schema_version": 1, "new": 1},
        "summary.json": {
            "schema_version": 1,
            "systems": [{"system": "s"}],
            "articles": [{"system": "s", "article": "a"}],
        },
        "segments.jsonl": [{"article": "a", "system": "s", "index": 0}],
        "flags.jsonl": [
            {"article": "a", "system": "t", "rule": "r", "category": "c/d", "severity": "major", "message": "m"}
        ],
    }
    _, page = read(render(run_folder(files)).parent / "pages" / page_name("a"))
    assert {"v0", "v1", "f0"} <= set(page.ids)


def test_an_empty_run(run_folder: Any) -> None:
    files = {
        "run.json": {"schema_version": 1},
        "summary.json": {"schema_version": 1},
        "segments.jsonl": [],
        "flags.jsonl": [],
    }
    text, _ = read(render(run_folder(files)))
    assert "0 articles, 0 systems, 0 segments, 0 flags" in text
    assert "Nothing to show." in text


@pytest.mark.parametrize("name", ["run.json", "summary.json", "segments.jsonl", "flags.jsonl"])
def test_a_missing_or_broken_file_is_one_clear_line(run_folder: Any, files: dict[str, Any], name: str) -> None:
    folder = run_folder(files)
    (folder / name).write_bytes(b'{"article": "\xff')
    with pytest.raises(InputError, match=rf"^\S*{re.escape(name)}(, line 1)?: malformed .*; make .*$"):
        render(folder)
    (folder / name).unlink()
    with pytest.raises(InputError, match=rf"^\S*{re.escape(name)}: not found, .*; make .*$"):
        render(folder)
    assert not (folder / "index.html").exists()


def test_a_wrong_value_names_its_line(run_folder: Any, files: dict[str, Any]) -> None:
    files["flags.jsonl"][3]["severity"] = "dreadful"
    with pytest.raises(InputError, match=r"flags\.jsonl, line 4: malformed .*severity"):
        render(run_folder(files))


def test_another_format_is_refused(run_folder: Any, files: dict[str, Any]) -> None:
    files["summary.json"]["schema_version"] = 2
    with pytest.raises(InputError, match=r"summary\.json: schema_version is 2"):
        render(run_folder(files))


def test_a_failed_write_keeps_the_old_report(
    run_folder: Any, files: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = run_folder(files)
    before = render(folder).read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        render(folder)
    assert (folder / "index.html").read_bytes() == before
    assert not list(folder.glob(".report*"))
