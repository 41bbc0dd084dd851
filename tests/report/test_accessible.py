"""axe-core, run in every page and state: no violation of WCAG level A or AA."""

from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import pytest

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Any) -> list[str]:
    page.evaluate("scrollTo(0, 0)")  # a button half behind the bar that stays in view would count as too small
    page.evaluate((package_files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(found => found.violations)", RULES)
    return [f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (400, "dark")])
def test_no_violation(report: Path, article: Path, open_page: Any, width: int, scheme: str) -> None:
    rules = article.parent / "rules.html"
    for path, address in (
        (report, ""),
        (report, "#view=segments&severity=critical&system=0"),
        (article, "#words=true&at=f1"),
        (article, "#view=across"),
        (rules, ""),
    ):
        page = open_page(path, address, width=width, color_scheme=scheme)
        if path == rules:  # one template makes all entries, and axe takes long for a hundred
            page.evaluate("document.querySelectorAll('main section').forEach((one, n) => n < 12 || one.remove())")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if path != rules:
            page.fill("#reviewer", "Ada")
            for verdict, flag in (("accept", "f1"), ("reject", "f3"), ("downgrade", "f2")):
                button = page.locator(f"#{flag} button[value={verdict}]")
                if button.is_visible() and button.get_attribute("aria-pressed") == "false":
                    button.click()
        assert violations(page) == [], (path.name, address)


def test_no_violation_in_the_dialogs(report: Path, open_page: Any) -> None:
    page = open_page(report)
    for button, dialog in (("#help-button", "#help"), ("#decide-all", "#bulk"), ("#f3 button[value=accept]", "#who")):
        page.click(button)
        assert page.locator(dialog).is_visible()
        assert violations(page) == [], dialog
        page.keyboard.press("Escape")
