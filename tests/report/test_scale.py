"""How big a run the report bears: sizes of the files, time to open and to filter."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from evaltool.report.html import render

_spec = importlib.util.spec_from_file_location("big_run", Path(__file__).parent / "big_run.py")
assert _spec
assert _spec.loader
big_run = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(big_run)


def milliseconds(page: Any, statement: str) -> float:
    """How long a statement takes until the page is laid out again."""
    return page.evaluate(f"() => {{ const t = performance.now(); {statement}; document.body.offsetHeight;"
                         "return performance.now() - t }")  # fmt: skip


def sizes(report: Path) -> tuple[int, list[int]]:
    """Bytes of the top page and of each article's page."""
    pages = [path.stat().st_size for path in (report.parent / "pages").iterdir() if path.name != "rules.html"]
    return report.stat().st_size, pages


def test_a_bigger_run_makes_more_pages_and_no_bigger_ones(tmp_path: Path, open_page: Any) -> None:
    small = sizes(render(big_run.write(tmp_path / "small", articles=2, systems=3, sentences=20)))
    report = render(big_run.write(tmp_path / "large", articles=12, systems=3, sentences=20))
    top, pages = sizes(report)
    assert len(pages) == 12
    assert max(pages) < 1.2 * max(small[1]) < 600_000
    per_variant = (top - small[0]) / (12 - 2) / 3
    assert per_variant < 20_000  # a variant of 20 sentences costs the top page less than 20 kB
    page = open_page(report)
    assert page.locator("#articles tbody tr:visible").count() == 36
    assert page.locator("#worst li").count() == 20
    shown = int(page.inner_text("#list-hidden")) + 20
    assert page.inner_text("#shown") == f"{shown} of {shown} flags"


def test_rows_of_articles_are_cut_and_say_so(tmp_path: Path, open_page: Any) -> None:
    page = open_page(render(big_run.write(tmp_path, articles=40, systems=3, sentences=2)))
    assert page.locator("#articles tbody tr:visible").count() == 50
    assert page.inner_text("#articles-more") == "70 more rows hidden. Show 100 more"
    page.locator("#articles-more button").click()
    assert page.locator("#articles tbody tr:visible").count() == 120


@pytest.mark.slow
def test_a_thousand_variants_open_in_two_seconds_and_filter_in_a_fifth(
    tmp_path: Path, open_page: Any, until: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    report = render(big_run.write(tmp_path, articles=200, systems=5, sentences=40))
    page = open_page(report)
    loaded = []
    for _ in range(3):
        page.reload()
        loaded.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    until(page, "ready === segments.length + flags.length")  # idle moments before the reader has typed a word
    first = {"first search": milliseconds(page, "field('q').value = 'harbour'; changed()")}
    times = first | {
        name: min(milliseconds(page, statement) for _ in range(3))
        for name, statement in {
            "severity": "field('severity')[1].checked = !field('severity')[1].checked; changed()",
            "system": "field('system').value = field('system').value ? '' : '1'; changed()",
            "search": "field('q').value = field('q').value ? '' : 'council'; changed()",
            "drift": "document.querySelectorAll('[data-choose=drift]')[8].click()",
            "systems disagree": "field('disagree').checked = !field('disagree').checked; changed()",
            "sort": "document.querySelectorAll('#articles th button')[3].click()",
        }.items()
    }
    top, pages = sizes(report)
    with capsys.disabled():
        print(f"\nopens in {min(loaded):.0f} ms; {', '.join(f'{name} {time:.0f} ms' for name, time in times.items())}")  # noqa: T201
        print(f"top page {top / 1e6:.1f} MB, articles' pages {max(pages) / 1e6:.2f} MB at most")  # noqa: T201
    assert min(loaded) < 2000
    assert max(times.values()) < 200
