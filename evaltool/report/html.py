"""A run folder as one HTML file that opens from disk, with no network and nothing that a text could run."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from evaltool import records
from evaltool.model import InputError
from evaltool.report import view, visible

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_STYLES = ("page.css", "text.css")
_SCRIPTS = ("filter.js", "navigate.js", "table.js")


def render(folder: Path) -> Path:
    """Write the report of a finished run.

    Args:
        folder: the run folder, with run.json, summary.json, segments.jsonl and flags.jsonl.

    Returns:
        The path of the report, ``folder/index.html``.

    Raises:
        InputError: a file is missing or malformed, or the report cannot be written.
    """
    page = view.build(records.read(folder))
    path = folder / "index.html"
    # written beside the target and moved over it, so that nobody opens half a report
    unfinished = folder / f".index.html.{os.getpid()}"
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_chunks(page))
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); check permissions and space") from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return path


def _chunks(page: view.Page) -> Iterator[str]:
    """The page piece by piece, for a big run is a big page."""
    style, script = _asset(_STYLES), _asset(_SCRIPTS)
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("index.html.j2")
    return template.generate(page=page, style=style, script=script, policy=Markup(policy))  # noqa: S704 - no input in it


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # whatever a template prints has its unseen characters shown, also where nobody thought of it
        finalize=lambda value: visible.plain(value) if type(value) is str else value,
    )
    environment.filters["boxed"] = visible.boxed
    return environment


def _asset(names: tuple[str, ...]) -> Markup:
    """Style sheets or scripts of ours as one text, to be inlined as it is."""
    return Markup("\n".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in names))  # noqa: S704 - ours


def _hash(source: str) -> str:
    """The source as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
