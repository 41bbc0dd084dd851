"""Texts and names that want to run, break out or mislead, in every place that a user controls."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaltool.report.html import render

HOSTILE = (
    "<script>window.hacked=1</script></script></style></title>--><img src=x onerror=window.hacked=1>"
    "\"><img src=x onerror=window.hacked=1>' onmouseover='window.hacked=1 javascript:window.hacked=1 {{7*7}} "
    "../../../etc/passwd \u202egpj.exe\u2066 NUL:\x00 " + "w" * 10_000
)
KEEP = frozenset({"severity", "kind", "role", "scores", "severities", "categories", "decision", "at"})


def replace_texts(value: Any, keep: frozenset[str] = KEEP) -> Any:
    """Every text of a record, also keys of free mappings, as hostile as it gets; names stay distinct."""
    if isinstance(value, dict):
        free = {"evidence", "settings", "libraries", "not_applied", "reasons", "timings"}
        return {
            key: {HOSTILE: HOSTILE} if key in free else item if key in keep else replace_texts(item, keep)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [replace_texts(item, keep) for item in value]
    return value + HOSTILE if isinstance(value, str) else value


@pytest.fixture
def hostile(run_folder: Callable[[dict[str, Any]], Path], files: dict[str, Any], tmp_path: Path) -> Path:
    """The top page of a report on nothing but hostile texts."""
    bad = replace_texts(files)
    for row in bad["summary.json"]["articles"]:
        row["scores"]["ter"] = {"value": None, "reason": HOSTILE}
        row["parts"] = {"quality": {HOSTILE: 9}}
    for one in bad["segments.jsonl"]:
        one["drift_parts"] = {HOSTILE: 0.5}
    for one in bad["flags.jsonl"]:  # real spans, so that hostile text is also inside marks
        one["reference_span"], one["variant_span"] = [0, 4 + len(HOSTILE)], [3, 7]
    same = {"article": bad["flags.jsonl"][0]["article"], "system": bad["flags.jsonl"][0]["system"]}
    own = same | {"fingerprint": bad["flags.jsonl"][0]["fingerprint"], "rule": HOSTILE, "reason": HOSTILE[:9000]}
    given = [own | {"decision": verdict, "by": verdict + HOSTILE[:300]} for verdict in ("accept", "reject")]
    decisions = tmp_path / "decisions.json"
    decisions.write_text(json.dumps({"schema_version": 1, "decisions": given}), encoding="utf-8")
    folder = run_folder(bad)
    criterion = {"name": HOSTILE, "article": HOSTILE, "system": HOSTILE, "figure": HOSTILE, "limit": 1, "held": False,
                 "reason": HOSTILE}  # fmt: skip
    gate = {"verdict": HOSTILE, "criteria": [criterion], "problems": [HOSTILE], "notes": [HOSTILE], "signature": "x"}
    (folder / "gate.json").write_text(json.dumps(gate), encoding="utf-8")
    return render(folder, [decisions])


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (400, "dark")])
def test_it_runs_nothing_and_stays_in_the_page(hostile: Path, open_page: Any, width: int, scheme: str) -> None:
    article = next(path for path in (hostile.parent / "pages").glob("*.html") if path.name != "rules.html")
    for path, address in ((hostile, ""), (hostile, "#view=segments"), (article, ""), (article, "#view=across")):
        page = open_page(path, address, width=width, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.keyboard.press("j")
        page.fill("#reviewer", HOSTILE[:100])
        page.keyboard.press("Escape")
        assert page.evaluate("window.hacked") is None
        strange = "img, body script:not(body > script), a[href^=java], [onmouseover], [onerror]"
        assert page.locator(strange).count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert "U+202E" in page.inner_text("main")
        assert "U+0000" in page.inner_text("main")
        # the field of the reviewer's name takes what is typed; nothing else holds the characters themselves
        page.evaluate("byId('reviewer').value = ''")
        assert [sign for sign in "\u202e\x00" if sign in page.content()] == []


def test_it_writes_inside_the_folder_only(hostile: Path) -> None:
    pages = list((hostile.parent / "pages").iterdir())
    assert len(pages) == 2
    assert all(re.fullmatch(r"[a-z0-9.-]{1,60}", path.name) for path in pages)
    assert sorted(path.name for path in hostile.parent.parent.iterdir()) == ["decisions.json", "run"]


def test_a_hostile_decisions_file_cannot_be_imported(report: Path, open_page: Any, until: Any, tmp_path: Path) -> None:
    page = open_page(report)
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"schema_version": 1, "decisions": [{"decision": "__proto__"}]}), encoding="utf-8")
    page.set_input_files("#import", file)
    until(page, "byId('said').textContent !== ''")
    assert page.inner_text("#said") == "x.json was not read: a decision in it is malformed"
    assert page.inner_text("#kept") == "0"
