"""The report in a real browser: nothing runs that should not, and what should work does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evaltool.report.html import render

HOSTILE = (
    "<script>window.hacked=1</script></script></style></title>--><img src=x onerror=window.hacked=1>"
    "\"><img src=x onerror=window.hacked=1>' onmouseover='window.hacked=1 javascript:window.hacked=1 {{7*7}} "
    "\u202egpj.exe\u2066 NUL:\x00 " + "w" * 10_000
)


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a report; at the end there must have been no error on the console and no request but for the file."""
    contexts, noise, requests = [], [], []

    def open_it(path: Path, address: str = "", width: int = 1200, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("dialog", lambda dialog: (noise.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: requests.append((request.url.split("#")[0], path.as_uri())))
        page.goto(path.as_uri() + address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert noise == []
    assert [asked for asked, allowed in requests if asked != allowed] == []


@pytest.fixture
def report(run_folder: Any, files: dict[str, Any]) -> Path:
    return render(run_folder(files))


def until(page: Any, condition: str) -> None:
    """Wait for a condition; Playwright's own way needs `eval`, which the page's policy rightly forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"still not: {condition}; the address is {page.evaluate('location.hash')}")


def visible_flags(page: Any) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('li.flag')].filter(e => e.checkVisibility()).map(e => e.id)")


def column(page: Any, table: str, number: int) -> list[str]:
    return page.evaluate(
        f"[...document.querySelectorAll('#{table} tbody tr')].map(row => row.cells[{number}].dataset.value)"
    )


def test_tables_sort_by_click_and_key(report: Path, open_page: Any) -> None:
    page = open_page(report)
    header = page.locator("#articles th").nth(2)
    header.get_by_role("button").click()
    assert column(page, "articles", 2) == ["95.0", "70.0"]
    assert header.get_attribute("aria-sort") == "descending"
    header.get_by_role("button").press("Enter")
    assert column(page, "articles", 2) == ["70.0", "95.0"]
    # BLEU: what has no value stands last, either way
    for _ in range(2):
        page.locator("#articles th").nth(6).get_by_role("button").click()
        assert column(page, "articles", 6) == ["0.5", ""]


def test_filter_counts_and_address_survive_a_reload(report: Path, open_page: Any) -> None:
    page = open_page(report)
    assert len(visible_flags(page)) == 9
    for severity in ("minor", "neutral", "major"):
        page.get_by_label(severity).uncheck()
    until(page, "location.hash.includes('severity=critical')")
    for _ in range(2):
        assert visible_flags(page) == ["f1", "f3"]
        assert page.inner_text("#shown") == "2 of 9 flags"
        assert page.locator("#worst li:visible").count() == 2
        assert page.inner_text("#systems [data-tally='s0 critical']") == "2"
        assert page.inner_text("#systems [data-tally='s0 minor']") == "0"
        assert page.locator("#v0 .segment:visible").count() == 2
        assert page.inner_text("#v0 .skipped") == "Segments hidden by the filter: 4"
        assert page.inner_text("#v1 .skipped") == "Segments hidden by the filter: 1"
        assert not page.locator("#v1 .map").is_visible()
        # the piece that two flags share shows the one that is left
        assert page.locator(".hit[data-flags='0'] mark").first.get_attribute("class") == "off"
        page.reload()
    page.get_by_role("button", name="Show all").first.click()
    until(page, "document.querySelectorAll('li.flag[hidden]').length === 0")
    assert page.evaluate("location.hash") == ""


def test_other_filters_and_search(report: Path, open_page: Any) -> None:
    page = open_page(report, "#system=1")
    assert visible_flags(page) == ["f8", "f7"]  # what belongs to no segment stands first
    assert not page.locator("#v0").is_visible()
    page.select_option("[name=system]", "")
    page.select_option("[name=category]", "accuracy/number")
    until(page, "location.hash === '#category=accuracy%2Fnumber'")
    assert visible_flags(page) == ["f3"]
    assert page.locator("[name=rule] option", has_text="number-mismatch (1)").count() == 1
    assert page.locator("[name=rule] option", has_text="speaker (0)").count() == 1
    page.select_option("[name=category]", "")
    page.fill("[name=q]", "AUTHORITY")
    until(page, "location.hash === '#q=authority'")
    assert visible_flags(page) == ["f3", "f4"]
    page.fill("[name=q]", "")
    page.get_by_label("flagged segments only").check()
    until(page, "location.hash === '#only=true'")
    assert page.locator("#v0 .segment:visible").count() == 4


def test_keys_move_between_flags(report: Path, open_page: Any) -> None:
    page = open_page(report)
    focus = "document.activeElement.id"
    for key, flag in (("j", "f0"), ("j", "f1"), ("j", "f2"), ("k", "f1")):
        page.keyboard.press(key)
        assert page.evaluate(focus) == flag
    assert page.evaluate("location.hash") == "#at=f1"
    page.reload()
    assert page.evaluate(focus) == "f1"
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.click("#help button")
    assert not page.locator("#help").is_visible()
    page.click("#help-button")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("jk?")  # in a field they are letters
    assert page.input_value("[name=q]") == "jk?"


def test_pointing_and_focus_light_the_partner(report: Path, open_page: Any) -> None:
    page = open_page(report)
    lit = "[...document.querySelectorAll('.hit.lit')].map(e => e.textContent)"
    page.locator(".hit", has_text="42").hover()
    assert page.evaluate(lit) == ["42", "24"]
    page.locator(".hit", has_text="may ask").focus()
    assert page.evaluate(lit) == ["may ask", "will ask"]
    page.locator("#f4").hover()
    assert page.evaluate(lit) == ["Monday", "Tuesday"]
    page.mouse.move(2, 2)  # back to what has the focus
    assert page.evaluate(lit) == ["may ask", "will ask"]
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(4, 4)
    page.mouse.move(300, 2)
    page.locator("#v0-s0 h4").hover()
    assert page.evaluate(lit) == []


def test_scrolling_under_a_resting_pointer_lights_nothing(report: Path, open_page: Any) -> None:
    page = open_page(report)
    page.locator("#f1").hover()
    for flag in range(7):
        page.keyboard.press("j")
        page.wait_for_timeout(30)
        assert page.evaluate("[...document.querySelectorAll('li.flag.lit')].map(e => e.id)") == [f"f{flag}"]


def test_links_show_what_a_filter_hides(report: Path, open_page: Any) -> None:
    page = open_page(report, "#severity=critical")
    page.evaluate("document.querySelector('#v0 .shape.is-addition').focus()")
    page.keyboard.press("Enter")
    assert page.locator("#v0-s4").is_visible()
    assert page.evaluate("document.activeElement.id") == "v0-s4"
    assert page.evaluate("location.hash") == "#severity=critical&at=v0-s4"
    page.locator("#worst a").first.click()
    assert page.evaluate("document.activeElement.id") == "f3"
    page.go_back()
    until(page, "document.activeElement.id === 'v0-s4'")
    plain = open_page(report, "#f6")
    assert plain.evaluate("document.activeElement.id") == "f6"


def test_worst_first_is_cut_and_unfolds(run_folder: Any, files: dict[str, Any], open_page: Any) -> None:
    files["flags.jsonl"] *= 9
    page = open_page(render(run_folder(files)))
    assert page.locator("#worst li:visible").count() == 20
    assert page.inner_text("#worst-more") == "16 more hidden. Show all"
    page.click("#worst-all")
    assert page.locator("#worst li:visible").count() == 36
    assert not page.locator("#worst-more").is_visible()


def test_it_reads_without_scripts(report: Path, open_page: Any) -> None:
    page = open_page(report, java_script_enabled=False)
    page.click("#worst a >> nth=0")
    assert page.url.endswith("#f3")


def replace_texts(value: Any, keep: frozenset[str]) -> Any:
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


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (400, "dark")])
def test_hostile_text_runs_nothing_and_stays_in_the_page(
    run_folder: Any, files: dict[str, Any], open_page: Any, width: int, scheme: str
) -> None:
    bad = replace_texts(files, frozenset({"severity", "kind", "role", "scores", "severities", "categories"}))
    for row in bad["summary.json"]["articles"]:
        row["scores"]["ter"] = {"value": None, "reason": HOSTILE}
    for one in bad["flags.jsonl"]:
        size = 4  # real spans, so that hostile text is also inside marks
        one["reference_span"], one["variant_span"] = [0, size + len(HOSTILE)], [3, 3 + size]
    page = open_page(render(run_folder(bad)), width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.locator(".hit").first.hover()
    page.keyboard.press("j")
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.querySelectorAll('img, script:not(body > script), a[href^=java]').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.inner_text("#f0 .message")
    assert "U+202E" in shown
    assert "U+0000" in shown
    source = page.content()
    assert "\u202e" not in source
    assert "\x00" not in source


@pytest.mark.parametrize("width", [1200, 400])
def test_ordinary_page_fits(report: Path, open_page: Any, width: int) -> None:
    page = open_page(report, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
