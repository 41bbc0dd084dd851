"""An article's page in a real browser: marks, links, filters, word differences, the view across variants."""

from pathlib import Path
from typing import Any

import pytest

from evaltool.report.html import render
from evaltool.report.material import page_name


def visible_flags(page: Any) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('li.flag')].filter(e => e.checkVisibility()).map(e => e.id)")


def test_filter_hides_segments_and_marks_and_counts_them(article: Path, open_page: Any) -> None:
    page = open_page(article)
    assert len(visible_flags(page)) == 9
    page = open_page(article, "#severity=critical")
    assert visible_flags(page) == ["f1", "f3"]
    assert page.locator("#v0 .segment:visible").count() == 2
    assert page.inner_text("#v0 .skipped") == "Segments hidden by the filter: 4"
    assert page.inner_text("#v1 .skipped") == "Segments hidden by the filter: 1"
    assert not page.locator("#v1 .map").is_visible()
    # the piece that two flags share shows the one that is left
    assert page.locator(".hit[data-flags='0'] mark").first.get_attribute("class") == "off"
    assert page.inner_text("#systems tbody tr:first-child [data-severity=critical]") == "2"


def test_scores_say_what_they_are_made_of(article: Path, open_page: Any) -> None:
    page = open_page(article)
    own = "Quality 91.3: findings −6.1, wording −2.6; Drift 0.12: similarity +0.08, findings +0.03"
    assert page.inner_text("#v0-s1 .made-of") == own
    whole = "Quality 70.0: findings −18.2, similarity −8.0, facts −3.8; Drift 0.50: findings +0.49"
    assert page.inner_text("#v0 .fold > .made-of") == whole
    legend = page.locator(".makings summary")
    assert not page.get_by_text("Numbers, names and negations that only one side has").is_visible()
    legend.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("Numbers, names and negations that only one side has").is_visible()


def test_other_filters(article: Path, open_page: Any, until: Any) -> None:
    page = open_page(article, "#system=1")
    assert visible_flags(page) == ["f8", "f7"]  # what belongs to no segment stands first
    assert not page.locator("#v0").is_visible()
    page.select_option("[name=system]", "")
    page.get_by_label("flagged only").check()
    until(page, "location.hash === '#only=true'")
    assert page.locator("#v0 .segment:visible").count() == 4


def test_keys_move_between_flags(article: Path, open_page: Any) -> None:
    page = open_page(article)
    for key, flag in (("j", "f0"), ("j", "f1"), ("j", "f2"), ("k", "f1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == flag
    assert page.evaluate("location.hash") == "#at=f1"
    page.reload()
    assert page.evaluate("document.activeElement.id") == "f1"


def test_pointing_and_focus_light_the_partner(article: Path, open_page: Any) -> None:
    page = open_page(article)
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
    page.locator("#v0-s0 h3").hover()
    assert page.evaluate(lit) == []


def test_scrolling_under_a_resting_pointer_lights_nothing(article: Path, open_page: Any) -> None:
    page = open_page(article)
    page.locator("#f1").hover()
    for flag in range(7):
        page.keyboard.press("j")
        page.wait_for_timeout(30)
        assert page.evaluate("[...document.querySelectorAll('li.flag.lit')].map(e => e.id)") == [f"f{flag}"]


def test_links_show_what_a_filter_hides(article: Path, open_page: Any, until: Any) -> None:
    page = open_page(article, "#severity=critical")
    page.evaluate("document.querySelector('#v0 .shape.is-addition').focus()")
    page.keyboard.press("Enter")
    assert page.locator("#v0-s4").is_visible()
    assert page.evaluate("document.activeElement.id") == "v0-s4"
    assert page.evaluate("location.hash") == "#severity=critical&at=v0-s4"
    page.locator("#v0-s2 .hit").first.click()
    assert page.evaluate("document.activeElement.id") == "f3"
    page.go_back()
    until(page, "document.activeElement.id === 'v0-s4'")
    plain = open_page(article, "#f6")
    assert plain.evaluate("document.activeElement.id") == "f6"


def test_word_differences_on_demand(article: Path, open_page: Any) -> None:
    page = open_page(article)
    assert page.locator(".difference:visible").count() == 0
    page.get_by_label("word differences").check()
    line = page.locator("#v0-s2 .difference")
    assert line.locator("del").all_inner_texts() == ["Some 42", "Monday, the port authority said"]
    assert line.locator("ins").all_inner_texts() == ["24", "Tuesday"]
    page.reload()
    assert line.is_visible()


def test_across_variants_shows_who_made_the_error(files: dict[str, Any], run_folder: Any, open_page: Any) -> None:
    correct = "Some 42 ships were told to stay away on Monday, the port authority said."
    # engine-b has the sentence on ships right, and joins it with the next one
    files["segments.jsonl"].append(
        dict(files["segments.jsonl"][2], system="engine-b", index=1, reference_sentences=[1, 2], variant_text=correct)
    )
    report = render(run_folder(files))
    page = open_page(report.parent / "pages" / page_name("harbour"))
    page.get_by_role("button", name="Across variants").click()
    assert page.evaluate("location.hash") == "#view=across"
    row = page.locator("#rows .row", has_text="Reference 2, 3")  # joined, since one system joins them
    assert "systems disagree" in row.inner_text()
    renderings = row.locator(".renderings > div")
    assert [text.split("\n")[0] for text in renderings.all_inner_texts()] == ["engine-a", "engine-a", "engine-b"]
    assert renderings.nth(0).locator("mark").all_inner_texts() == ["24", "Tuesday"]
    assert renderings.nth(0).locator("ins").all_inner_texts() == ["24", "Tuesday"]
    assert "left out" in renderings.nth(1).inner_text()
    assert renderings.nth(2).locator("mark, ins, del").count() == 0
    page.get_by_label("systems disagree").check()
    page.locator("#rows .row", has_text="Reference 1").wait_for(state="hidden")
    assert page.inner_text("#rows-hidden") == "Rows hidden by the filter: 3"
    renderings.nth(0).get_by_role("link", name="critical: number-mismatch").click()
    assert page.evaluate("document.activeElement.id") == "f3"
    assert page.locator("#f3").is_visible()


def test_neighbours_and_the_way_back(files: dict[str, Any], run_folder: Any, open_page: Any) -> None:
    files["summary.json"]["articles"].append(dict(files["summary.json"]["articles"][0], article="zoo"))
    page = open_page(render(run_folder(files)))
    page.locator("#articles a", has_text="zoo").click()
    assert page.inner_text("h1") == "zoo"
    page.get_by_role("link", name="previous article").click()
    assert page.inner_text("h1") == "harbour"
    page.get_by_role("link", name="Report").click()
    assert page.inner_text("h1") == "Evaluation report"


def test_a_rule_leads_to_its_documentation(files: dict[str, Any], run_folder: Any, open_page: Any) -> None:
    files["flags.jsonl"][3]["rule"] = "changed-number"
    page = open_page(render(run_folder(files)))
    page.locator("#worst .rule", has_text="changed-number").click()
    page.wait_for_url("**/rules.html#r*")
    assert page.locator(":target").inner_text().startswith("changed-number")
    assert page.locator(":target details").count() == 1


def test_it_reads_without_scripts(article: Path, open_page: Any) -> None:
    page = open_page(article, java_script_enabled=False)
    page.click("#v0-s2 .hit >> nth=0")
    assert page.url.endswith("#f3")


@pytest.mark.parametrize("width", [1200, 400])
def test_it_fits_its_window(article: Path, open_page: Any, width: int) -> None:
    page = open_page(article, "#view=across", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_everything_is_unfolded_and_no_tool_is_left(article: Path, open_page: Any) -> None:
    page = open_page(article)
    page.evaluate("document.querySelectorAll('.fold').forEach(fold => (fold.open = false))")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(visible_flags(page)) == 9
    assert page.locator("#filters:visible, .tools:visible, .deciding:visible, .switch:visible").count() == 0
