import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from evaltool.model import InputError
from evaltool.report.html import render


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


def test_every_link_has_a_target_and_ids_are_unique(run_folder: Any, files: dict[str, Any]) -> None:
    _, page = read(render(run_folder(files)))
    assert [count for count in Counter(page.ids).values() if count > 1] == []
    assert {link[0] for link in page.links} == {"#"}
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_structure(run_folder: Any, files: dict[str, Any]) -> None:
    text, page = read(render(run_folder(files)))
    assert page.tags["script"] == page.tags["style"] == page.tags["h1"] == 1
    assert text.startswith("<!DOCTYPE html>")
    assert len(re.findall('<li class="flag ', text)) == len(files["flags.jsonl"])
    assert len(re.findall('<section class="segment is-', text)) == len(files["segments.jsonl"])
    assert len(re.findall('<section class="variant"', text)) == 2
    for expected in (
        "glacier · engine-b",
        "the file is empty",
        "evaltool:0.1|model:m|seed:0",
        "all-minilm",
        "not counted",
    ):
        assert expected in text
    # a whole marked text, as it is printed: nothing may come between the pieces
    sides = re.findall(r'<div class="text"[^>]*>(.*?)</div>', text, re.DOTALL)
    assert re.sub("<[^>]*>", "", sides[2]) == "The mayor, Ada Lind, may ask for help from the capital."
    assert '<abbr title="one segment is too few">–</abbr>' in text


def test_nothing_needs_unsafe_inline(run_folder: Any, files: dict[str, Any]) -> None:
    text, page = read(render(run_folder(files)))
    assert "style" not in page.attributes
    assert [name for name in page.attributes if name.startswith("on")] == []
    policy = re.search('Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "default-src 'none'; script-src 'sha256-" in policy[1]
    assert "unsafe" not in policy[1]


def test_render_is_deterministic_and_leaves_nothing_else(run_folder: Any, files: dict[str, Any]) -> None:
    folder = run_folder(files)
    first = render(folder).read_bytes()
    assert render(folder).read_bytes() == first
    assert sorted(path.name for path in folder.iterdir()) == sorted([*files, "index.html"])


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
    _, page = read(render(run_folder(files)))
    assert {"v0", "v1", "f0"} <= set(page.ids)


def test_an_empty_run(run_folder: Any) -> None:
    files = {
        "run.json": {"schema_version": 1},
        "summary.json": {"schema_version": 1},
        "segments.jsonl": [],
        "flags.jsonl": [],
    }
    text, _ = read(render(run_folder(files)))
    assert "Nothing was evaluated." in text
    assert "No critical or major flags." in text


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
    assert not list(folder.glob(".index*"))
