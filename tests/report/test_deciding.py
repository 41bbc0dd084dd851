"""A reviewer at work in a real browser: decisions by key and button, kept, exported, read by the gate."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from evaltool import decisions
from evaltool.report.html import render
from evaltool.report.material import page_name


def downloaded(page: Any, button: str) -> str:
    with page.expect_download() as download:
        page.click(button)
    return Path(download.value.path()).read_text(encoding="utf-8")


def pressed(page: Any) -> list[tuple[str, str]]:
    """(id of the flag, verdict) of every pressed button."""
    return page.evaluate(
        "[...document.querySelectorAll('.deciding [aria-pressed=true]')].map(b => [b.closest('li').id, b.value])"
    )


def test_decide_by_keyboard_reload_export_and_the_gate_reads_it(
    report: Path, open_page: Any, until: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = open_page(report)
    page.keyboard.press("j")
    page.keyboard.press("r")  # the first decision asks who decides
    until(page, "document.activeElement.matches('dialog input')")
    page.keyboard.type("Ada Reviewer")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.deciding [aria-pressed=true]') !== null")
    assert pressed(page) == [["f3", "reject"]]
    page.keyboard.press("e")
    page.keyboard.type("the ships were counted later")
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("u")
    page.reload()
    assert sorted(pressed(page)) == [["f1", "accept"], ["f2", "downgrade"], ["f3", "reject"]]
    assert page.input_value("#f3 .deciding input") == "the ships were counted later"

    exported = tmp_path / "decisions.json"
    exported.write_text(downloaded(page, "#export"), encoding="utf-8")
    read = decisions.read([exported])
    assert {(one.rule, one.decision.value, one.by, one.reason) for one in read} == {
        ("speaker", "accept", "Ada Reviewer", ""),
        ("hedge-lost", "downgrade", "Ada Reviewer", ""),
        ("number-mismatch", "reject", "Ada Reviewer", "the ships were counted later"),
    }

    from evaltool.cli import main

    verdict = tmp_path / "verdict.json"
    with pytest.raises(SystemExit) as end:
        main(["gate", str(report.parent), "--decisions", str(exported), "--json", str(verdict), "--quiet"])
    assert (end.value.code in (0, 1, 2), capsys.readouterr().err) == (True, "")
    standing = {one["rule"]: one["standing"] for one in json.loads(verdict.read_text(encoding="utf-8"))["flags"]}
    assert standing["number-mismatch"] == "rejected"
    assert standing["hedge-lost"] == "downgraded"
    assert standing["speaker"] == standing["name-changed"] == "counts"


def test_decisions_are_shared_with_the_article_and_filter(report: Path, open_page: Any, until: Any) -> None:
    page = open_page(report)
    page.fill("#reviewer", "Ada")
    page.locator("#f3 button[value=reject]").click()
    article = open_page(report.parent / "pages" / page_name("harbour"), context=page.context)
    assert pressed(article) == [["f3", "reject"]]
    assert article.input_value("#reviewer") == "Ada"
    article.select_option("[name=decision]", "undecided")
    until(article, "location.hash === '#decision=undecided'")
    assert not article.locator("#f3").is_visible()
    # a decided flag leaves the filter and the focus goes on to the next one
    article.keyboard.press("j")
    assert article.evaluate("document.activeElement.id") == "f0"
    article.keyboard.press("a")
    assert article.evaluate("document.activeElement.id") == "f1"
    assert not article.locator("#f0").is_visible()
    until(page, "document.querySelector('#f0 [value=accept]').ariaPressed === 'true'")  # the other page heard of it


def test_all_that_match_at_once_and_the_precision_of_rules(report: Path, open_page: Any, until: Any) -> None:
    page = open_page(report, "#system=1")
    page.fill("#reviewer", "Ada")
    page.click("#decide-all")
    assert "2 flags" in page.inner_text("#bulk h2")
    page.get_by_label("reject", exact=True).check()
    page.fill("#bulk [name=reason]", "British spelling")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#said').innerText === '2 flags rejected'")
    assert [verdict for _, verdict in pressed(page)] == ["reject", "reject"]
    assert page.inner_text("#said") == "2 flags rejected"
    cells = page.locator("#rules tr[data-rule=spelling] td").all_inner_texts()
    assert cells == ["2", "0", "2", "0% of 2"]
    page.locator("#f7 button[value=accept]").click()
    assert page.locator("#rules tr[data-rule=spelling] td").last.inner_text() == "50% of 2"


def test_an_import_brings_another_reviewer_and_shows_the_conflict(
    report: Path, open_page: Any, until: Any, tmp_path: Path
) -> None:
    page = open_page(report)
    page.fill("#reviewer", "Ada")
    page.locator("#f3 button[value=accept]").click()
    other = json.loads(downloaded(page, "#export"))
    other["decisions"][0] |= {"by": "Ben", "decision": "reject", "reason": "a joke"}
    file = tmp_path / "ben.json"
    file.write_text(json.dumps(other), encoding="utf-8")
    page.set_input_files("#import", file)
    page.locator("#f3 .conflict").wait_for()
    assert page.inner_text("#f3 .others") == "In conflict. Ben: rejected, “a joke”"
    file.write_text('{"schema_version": 2}', encoding="utf-8")
    page.set_input_files("#import", file)
    until(page, "byId('said').textContent.includes('not read')")
    assert page.inner_text("#said") == "ben.json was not read: not a decisions file"


def test_decision_files_come_with_the_report(
    files: dict[str, Any], run_folder: Any, open_page: Any, until: Any, tmp_path: Path
) -> None:
    def decision(number: int, verdict: str, by: str, fingerprint: str = "") -> dict[str, str]:
        flag = files["flags.jsonl"][number]
        own = {"article": "harbour", "system": "engine-a", "fingerprint": fingerprint or flag["fingerprint"]}
        return own | {"rule": flag["rule"], "decision": verdict, "by": by, "at": "2020-11-22T10:00:00Z"}

    given = [decision(3, "accept", "Ada"), decision(2, "reject", "Ada"), decision(0, "accept", "Ada", "gone")]
    given += [decision(3, "reject", "Ben"), decision(2, "reject", "Ben")]
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps({"schema_version": 1, "decisions": given}), encoding="utf-8")
    page = open_page(render(run_folder(files), [path]))
    told = page.locator("aside section").last.inner_text()
    assert "5 decisions came with this report, 1 of them about flags that this run does not have" in told
    assert "Ada and Ben agree on 1 of 2 flags (Cohen’s kappa 0.00)" in told
    assert "1 in conflict" in told
    page.select_option("[name=decision]", "conflict")
    until(page, "location.hash === '#decision=conflict'")
    assert page.inner_text("#f3 .others") == "In conflict. Ada: accepted; Ben: rejected"
    # Ben may change his mind here
    page.fill("#reviewer", "Ben")
    page.locator("#f3 button[value=accept]").click()
    assert page.inner_text("#shown") == "0 of 9 flags"


def test_download_of_the_flags_that_match(files: dict[str, Any], run_folder: Any, open_page: Any) -> None:
    files["flags.jsonl"][3]["message"] = '=HYPERLINK("x")'
    page = open_page(render(run_folder(files)), "#severity=critical")
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "#csv"), newline="")))
    assert [(row["rule"], row["reference_text"], row["variant_text"]) for row in rows] == [
        ("number-mismatch", "42", "24"),
        ("speaker", "mayor, Ada", "mayor, Ada"),
    ]
    assert rows[0]["message"] == '\'=HYPERLINK("x")'  # no spreadsheet runs it
    flags = json.loads(downloaded(page, "#json"))
    assert [flag["fingerprint"] for flag in flags] == [files["flags.jsonl"][at]["fingerprint"] for at in (3, 1)]
    assert flags[0]["message"] == '=HYPERLINK("x")'


def test_a_browser_that_keeps_nothing_says_so(report: Path, open_page: Any) -> None:
    page = open_page(report)
    page.fill("#reviewer", "Ada")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.locator("#f3 button[value=accept]").click()
    assert "export them before you close" in page.inner_text("#not-kept")
