"""Data flows down, imports point up: a module imports only what stands above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "evaltool"
#: From the values at the top to the command line at the bottom; a folder is one place.
ORDER = [
    "mqm", "model", "_english", "data", "_wordnet", "lexicon", "_layout", "sentences", "embedding", "_chains",
    "_absorb", "alignment", "words", "completion", "judge", "planting", "metrics", "glossary", "rules",
    "substitution", "findings", "evidence", "drift", "scored", "scores", "significance", "evaluate", "settings",
    "readers", "summary", "score", "tables", "run", "records", "decisions", "changes", "pairing", "comparable",
    "compare", "selftest", "policy", "waivers", "verdict", "criteria", "gate", "report", "pytest_plugin", "cli",
    "__main__", "training",
]  # fmt: skip
LONGEST = 400


def imports(path: Path) -> set[str]:
    """The places inside the package that a file imports, also late and for types alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "evaltool":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


def place(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_above_it(path: Path) -> None:
    own = place(path)
    assert own in ORDER, f"{own} has no place yet: add it to ORDER"
    below = {name for name in imports(path) - {"__version__", own} if ORDER.index(name) > ORDER.index(own)}
    assert below == set()


def test_no_rule_imports_another_rule() -> None:
    for path in (PACKAGE / "rules").glob("[a-z]*.py"):
        text = path.read_text(encoding="utf-8")
        names = {other.stem for other in (PACKAGE / "rules").glob("[a-z]*.py")} - {path.stem}
        assert [n for n in names if f"evaltool.rules.{n} " in text or f"evaltool.rules import {n}" in text] == [], path


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
