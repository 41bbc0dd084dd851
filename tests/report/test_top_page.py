"""The top page in a real browser: lists, tables and charts follow the filter, and the address keeps it."""

from pathlib import Path
from typing import Any

import pytest

from evaltool.report.html import render


def listed(page: Any) -> list[str]:
    """The rules of the flags in the list, in its order."""
    return page.locator("#worst li .rule").all_inner_texts()


def column(page: Any, table: str, name: str) -> list[str]:
    return [text.split("\n")[0] for text in page.locator(f"#{table} tbody [data-label={name}]").all_inner_texts()]


def test_the_worst_flags_stand_first_with_all_that_is_needed_to_judge_them(
    report: Path, open_page: Any, until: Any
) -> None:
    page = open_page(report)
    assert listed(page)[:4] == ["number-mismatch", "speaker", "hedge-lost", "name-changed"]
    first = page.locator("#worst li").first.inner_text()
    for part in ("critical", "accuracy/number", "“42”", "“24”", "confidence 0.99", "harbour · engine-a"):
        assert part in first
    page.locator("#worst li").first.get_by_text("In context").click()
    page.locator("#worst li .sides").wait_for()
    assert "24 ships were told to stay away on Tuesday." in page.locator("#worst li").first.inner_text()
    assert page.locator("#worst li").first.locator("mark").all_inner_texts() == ["42", "24"]
    page.locator("#worst li .source a").first.click()
    until(page, "document.activeElement.id === 'f3'")
    assert page.url.endswith("#at=f3") or page.url.endswith("#f3")


def test_systems_say_what_their_scores_are_made_of(report: Path, open_page: Any) -> None:
    page = open_page(report)
    page.locator(".makings summary").click()
    assert page.locator(".of-systems dt").all_inner_texts() == ["engine-a", "engine-b"]
    assert page.locator(".of-systems dd").nth(1).inner_text().startswith("Quality 95.0: findings −18.2")
    assert page.locator(".made-of").count() == 0  # the parts of segments stay on their own pages


def test_tables_sort_by_click_and_key(report: Path, open_page: Any) -> None:
    page = open_page(report)
    header = page.locator("#articles th").nth(2)
    header.get_by_role("button").click()
    assert column(page, "articles", "Quality") == ["95.0", "70.0"]
    assert header.get_attribute("aria-sort") == "descending"
    header.get_by_role("button").press("Enter")
    assert column(page, "articles", "Quality") == ["70.0", "95.0"]
    for _ in range(2):  # what has no value stands last, either way
        page.locator("#articles th").nth(6).get_by_role("button").click()
        assert page.locator("#articles [data-label=BLEU] abbr").count() == 1
        assert page.locator("#articles tr").last.locator("[data-label=BLEU] abbr").count() == 1


def test_counts_scores_and_address_follow_the_filter_and_survive_a_reload(
    report: Path, open_page: Any, until: Any
) -> None:
    page = open_page(report)
    assert page.inner_text("#shown") == "9 of 9 flags"
    for severity in ("minor", "neutral", "major"):
        page.get_by_label(severity).uncheck()
    until(page, "location.hash.includes('severity=critical')")
    for _ in range(2):
        until(page, "document.querySelector('#shown').innerText === '2 of 9 flags'")
        assert listed(page) == ["number-mismatch", "speaker"]
        assert column(page, "systems", "Critical") == ["2", "0"]
        assert column(page, "systems", "Minor") == ["0", "0"]
        # the two segments with critical flags have 14 and 11 words, drift 0.94 and 0.12, and 50 points on 25 words
        assert column(page, "systems", "Drift") == ["0.58", "–"]
        assert column(page, "systems", "MQM") == ["0.0", "–"]
        assert column(page, "systems", "BLEU") == ["–", "–"]
        assert page.locator("#caption-filtered").is_visible()
        page.reload()
    page.get_by_role("button", name="Show all", exact=True).click()
    until(page, "location.hash === ''")
    assert column(page, "systems", "Quality") == ["70.0", "95.0"]
    assert not page.locator("#caption-filtered").is_visible()


def test_other_filters_and_search(report: Path, open_page: Any, until: Any) -> None:
    page = open_page(report, "#system=1")
    assert listed(page) == ["spelling", "spelling"]
    assert page.locator("#articles tbody tr:visible").count() == 1
    page.select_option("[name=system]", "")
    page.select_option("[name=category]", "accuracy/number")
    until(page, "location.hash === '#category=accuracy%2Fnumber'")
    assert listed(page) == ["number-mismatch"]
    assert page.locator("[name=rule] option", has_text="number-mismatch (1)").count() == 1
    assert page.locator("[name=rule] option", has_text="speaker (0)").count() == 1
    page.select_option("[name=category]", "")
    page.fill("[name=q]", "AUTHORITY")
    until(page, "location.hash === '#q=authority'")
    assert listed(page) == ["number-mismatch", "date-mismatch"]
    page.fill("[name=q]", "")
    page.select_option("[name=kind]", "omission")
    until(page, "location.hash === '#kind=omission'")
    assert listed(page) == ["omission"]


def test_a_bar_filters_to_what_is_behind_it_and_lets_go_again(report: Path, open_page: Any, until: Any) -> None:
    page = open_page(report)
    bar = page.get_by_role("button", name="Drift 0.9–1")
    assert bar.locator(".count").inner_text() == "1"
    bar.click()
    until(page, "location.hash === '#drift=0.9-1&view=segments'")
    assert page.locator("#segments li").count() == 1
    assert "drift 0.94" in page.locator("#segments li").inner_text()
    assert page.locator("[data-choose=drift] .count").all_inner_texts()[1] == "5"  # the others stay to choose from
    bar.press("Enter")
    until(page, "location.hash === '#view=segments'")
    assert page.locator("#segments li").count() == 7
    page.locator(".chart [data-value='fluency/spelling']").click()
    until(page, "location.hash === '#category=fluency%2Fspelling'")
    assert listed(page) == ["spelling", "spelling"]
    page.locator("#systems .link").first.click()
    until(page, "location.hash === '#category=fluency%2Fspelling&system=0'")
    assert page.inner_text("#list-empty") == "Nothing to show."


def test_only_where_systems_disagree(report: Path, open_page: Any, until: Any, files: Any, run_folder: Any) -> None:
    other = [dict(one, system="engine-b") for one in files["segments.jsonl"][:6]]
    files["segments.jsonl"] = files["segments.jsonl"][:6] + other
    page = open_page(render(run_folder(files)))
    page.get_by_label("systems disagree").check()
    until(page, "location.hash === '#disagree=true'")
    # engine-b has no critical or major flag anywhere, engine-a has some on two passages
    assert listed(page) == ["number-mismatch", "speaker", "hedge-lost", "name-changed", "date-mismatch"]


def test_new_flags_since_a_baseline(
    files: dict[str, Any], run_folder: Any, tmp_path: Path, open_page: Any, until: Any
) -> None:
    known = [one for one in files["flags.jsonl"] if one["rule"] != "speaker"]
    baseline = run_folder(files | {"flags.jsonl": known}).rename(tmp_path / "before")
    page = open_page(render(run_folder(files), baseline=baseline))
    page.get_by_label("new since baseline").check()
    until(page, "location.hash === '#fresh=true'")
    assert listed(page) == ["speaker"]


def test_lists_are_cut_and_say_so(run_folder: Any, files: dict[str, Any], open_page: Any) -> None:
    files["flags.jsonl"] *= 9
    page = open_page(render(run_folder(files)))
    assert page.locator("#worst li").count() == 20
    assert page.inner_text("#list-more") == "61 more hidden. Show 100 more"
    page.get_by_role("button", name="Show 100 more").click()
    assert page.locator("#worst li").count() == 81
    assert not page.locator("#list-more").is_visible()


def test_keys_walk_the_list_and_lengthen_it(run_folder: Any, files: dict[str, Any], open_page: Any) -> None:
    files["flags.jsonl"] *= 9
    page = open_page(render(run_folder(files)))
    for _ in range(22):
        page.keyboard.press("j")
    assert page.evaluate("[...byId('worst').children].indexOf(document.activeElement)") == 21
    page.keyboard.press("k")
    assert page.evaluate("[...byId('worst').children].indexOf(document.activeElement)") == 20
    at = page.evaluate("document.activeElement.id")
    page.reload()
    assert page.evaluate("document.activeElement.id") == at
    page.keyboard.press("o")
    page.wait_for_url("**/pages/**")


def test_help_opens_by_key_and_letters_stay_letters_in_a_field(report: Path, open_page: Any) -> None:
    page = open_page(report)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.click("#help button")
    assert not page.locator("#help").is_visible()
    page.click("#help-button")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.input_value("[name=q]") == "jk?"


def test_it_reads_without_scripts(report: Path, open_page: Any) -> None:
    page = open_page(report, java_script_enabled=False)
    assert page.locator("#worst li").count() == 9
    page.click("#worst .source a >> nth=0")
    assert page.url.endswith("#f3")
    assert page.locator("#f3").is_visible()


@pytest.mark.parametrize("width", [1200, 400])
def test_it_fits_its_window(report: Path, open_page: Any, width: int) -> None:
    page = open_page(report, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
