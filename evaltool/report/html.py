"""A run folder as HTML pages that open from disk, with no network and nothing that a text could run.

``index.html`` shows the whole run, ``pages/`` has a page for each article and one for the rules. Each page carries its
style sheet, its scripts and its data, for a page opened from disk may load none of them.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from evaltool import decisions as decision_files
from evaltool import records
from evaltool.model import InputError
from evaltool.report import data, rule_pages, top, verdict, view, visible
from evaltool.report.material import PAGES, Material, gather

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_STYLES = ("page.css", "controls.css", "text.css", "top.css")
_SHARED = (
    *("base.js", "data.js", "rows.js", "select.js", "filter.js", "words.js"),
    *("decisions.js", "decide.js", "table.js", "download.js"),
)
_SCRIPTS = {
    "top": (*_SHARED, "charts.js", "top.js", "navigate.js"),
    "article": (*_SHARED, "across.js", "article.js", "navigate.js"),
    "rules": (),
}
#: Runs before the page is laid out: what only scripts can show again may be hidden from now on.
_FIRST = 'document.documentElement.classList.add("js");'


def render(
    folder: Path, decisions: Sequence[Path] = (), baseline: Path | None = None, *, run_file: str = "run.json"
) -> Path:
    """Write the report of a finished run.

    Args:
        folder: the run folder, with run.json, summary.json, segments.jsonl and flags.jsonl, and gate.json where a gate
            ran.
        decisions: decision files of reviewers.
        baseline: the folder of an earlier run; flags that it does not have are marked as new.
        run_file: what run.json is named; it has another name until the run is finished.
        run_file: what run.json is named, for it gets its name only when the report is there.

    Returns:
        The path of the report, ``folder/index.html``.

    Raises:
        InputError: a file is missing or malformed, or the report cannot be written.
    """
    run = records.read(folder, run_file)
    earlier = None if baseline is None else records.read(baseline)
    material = gather(run, earlier, decision_files.read(decisions))
    judged = verdict.read(folder)
    # all pages are written beside their places and moved there at the end, so that nobody opens half a report
    unfinished = folder / f".report.{os.getpid()}"
    path = folder / "index.html"
    try:
        (unfinished / PAGES).mkdir(parents=True)
        _write(unfinished, material, judged)
        _put_in_place(unfinished, folder, {*material.pages, rule_pages.NAME})
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); check permissions and space") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return path


def _write(folder: Path, material: Material, judged: verdict.Verdict | None) -> None:
    environment = _environment()
    every = range(len(material.articles))
    for article in every:
        values = {"page": view.build(material, article), "data": data.block(material, [article], top=False)}
        _print(environment, "article", values, folder / PAGES / material.pages[article])
    _print(environment, "rules", {"rules": material.rules}, folder / PAGES / rule_pages.NAME)
    values = {"page": top.build(material, judged), "data": data.block(material, every, top=True)}
    _print(environment, "top", values, folder / "index.html")


def _put_in_place(unfinished: Path, folder: Path, names: Iterable[str]) -> None:
    pages = folder / PAGES
    pages.mkdir(exist_ok=True)
    for name in names:
        (unfinished / PAGES / name).replace(pages / name)
    (unfinished / "index.html").replace(folder / "index.html")
    for old in pages.glob("*.html"):  # of articles that this run does not have
        if old.name not in names:
            old.unlink()


def _print(environment: Environment, kind: str, values: dict[str, Any], path: Path) -> None:
    style, script = _asset(_STYLES), _asset(_SCRIPTS[kind])
    allowed = " ".join(f"'{_hash(source)}'" for source in (_FIRST, script))
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    )
    ours = {"style": style, "script": script, "first": Markup(_FIRST), "policy": Markup(policy)}  # noqa: S704 - ours
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(environment.get_template(f"{kind}.html.j2").generate(**values, **ours))


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # whatever a template prints has its unseen characters shown, also where nobody thought of it
        finalize=lambda value: visible.plain(value) if type(value) is str else value,
    )
    environment.filters["boxed"] = visible.boxed
    return environment


@cache
def _asset(names: tuple[str, ...]) -> Markup:
    """Style sheets or scripts of ours as one text, to be inlined as it is."""
    return Markup("\n".join((_HERE / "static" / name).read_text(encoding="utf-8") for name in names))  # noqa: S704 - ours


@cache
def _hash(source: str) -> str:
    """The source as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
