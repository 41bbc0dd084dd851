"""What other programs read of a verdict: SARIF, JUnit, Markdown, workflow commands and JSON, also on hostile text."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any

import msgspec
import pytest
from gate_schemas import junit_errors, sarif_errors
from gating import TODAY, flag, run
from hostile import HOSTILE
from lxml import etree
from markdown_it import MarkdownIt

from evaltool import gate
from evaltool.decisions import Decision, Verdict
from evaltool.policy import built_in
from evaltool.records import ArticleRecord, FailureRecord, RunFolder, TextRecord
from evaltool.report import gate_text, github, junit, markdown, sarif
from evaltool.waivers import Waiver

ROOT = PurePosixPath("/srv/work")


def judged(folder: RunFolder, **more: Any) -> gate.Verdict:
    return gate.decide(folder, built_in(), today=TODAY, **more)


def hostile_run() -> RunFolder:
    """Every name, quote, message and reason is hostile."""
    flags = [
        flag("critical", n, article=text, system=text, rule=text, message=text, variant_text=text, reference_text=text)
        for n, text in enumerate(HOSTILE)
    ]
    return run(
        [(text, text) for text in HOSTILE],
        flags,
        failures=[FailureRecord(text, f"{text} failed", text) for text in HOSTILE],
    )


HOSTILE_MORE: dict[str, Any] = {
    "waivers": [Waiver(HOSTILE[0], HOSTILE[1], TODAY, fingerprint=f"{0:016x}"), Waiver("r", "o", TODAY, HOSTILE[5])],
    "decided": [Decision(HOSTILE[2], HOSTILE[2], f"{2:016x}", HOSTILE[2], Verdict.REJECT, HOSTILE[3], HOSTILE[4])],
}


@pytest.fixture(params=["held", "broken", "undecided", "hostile"])
def verdict(request: pytest.FixtureRequest) -> tuple[RunFolder, gate.Verdict]:
    folders = {
        "held": (run(), {"baseline": run()}),
        "broken": (run(flags=[flag(), flag("minor", 1)]), {"baseline": run()}),
        "undecided": (run(), {"systems": ["b"]}),
        "hostile": (hostile_run(), HOSTILE_MORE),
    }
    folder, more = folders[request.param]
    return folder, judged(folder, **more)


def test_the_sarif_is_valid(verdict: tuple[RunFolder, gate.Verdict]) -> None:
    assert sarif_errors(sarif.document(*verdict, ROOT)) == []


def test_the_schema_would_find_an_error(verdict: tuple[RunFolder, gate.Verdict]) -> None:
    log = sarif.document(*verdict, ROOT).replace(b'"version": "2.1.0"', b'"version": "2.0.0"')
    assert sarif_errors(log) != []


def test_the_junit_is_valid(verdict: tuple[RunFolder, gate.Verdict]) -> None:
    assert junit_errors(junit.document(*verdict, TODAY)) == []


def test_the_schemas_would_find_an_error() -> None:
    document = junit.document(run(), judged(run()), TODAY).replace(b' errors="0"', b"")
    assert len(junit_errors(document)) == 2


def test_the_markdown_is_no_markup_of_ours(verdict: tuple[RunFolder, gate.Verdict]) -> None:
    text = markdown.document(*verdict)
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    tags = set(re.findall(r"<(/?[a-zA-Z!][^\s>]*)", html))
    allowed = {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "ul", "li", "strong", "span"}
    assert {tag.strip("/") for tag in tags} <= allowed
    assert not re.search(r"@[A-Za-z]", re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL))


def test_workflow_commands_are_one_line_each(verdict: tuple[RunFolder, gate.Verdict]) -> None:
    commands = list(github.commands(*verdict, ROOT, most=1000))
    for command in commands:
        assert len(command.splitlines()) == 1
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", command)
        assert found is not None
        names = [pair.partition("=")[0] for pair in found[2].split(",")]
        assert set(names) <= {"file", "line", "endLine", "col", "endColumn", "title"} and len(set(names)) == len(names)


def test_the_json_is_json(verdict: tuple[RunFolder, gate.Verdict]) -> None:
    document = json.loads(gate_text.as_json(*verdict))
    assert document["verdict"] == verdict[1].outcome
    assert len(document["criteria"]) == len(verdict[1].criteria)


def test_the_text_has_no_control_characters(verdict: tuple[RunFolder, gate.Verdict]) -> None:
    for line in gate_text.lines(*verdict, everything=True):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e]", line)


def test_a_result_has_its_place_in_both_files() -> None:
    text = TextRecord("variants/one/a.txt", "bb", (0, 10, 25))
    reference = TextRecord("/srv/work/reference/o ne.txt", "aa", (0, 4))
    folder = run(flags=[flag(variant_span=(12, 18), variant_text="Alavit", reference_span=(2, 6))])
    folder = _with_texts(folder, reference, text)
    (result,) = _log(folder)["results"]
    (location,), (related,) = result["locations"], result["relatedLocations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "variants/one/a.txt", "uriBaseId": "SRCROOT"},
        "region": {
            **{"charOffset": 12, "charLength": 6, "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 9},
            "snippet": {"text": "Alavit"},
        },
    }
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "reference/o%20ne.txt"
    region = related["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (1, 3, 2, 3)
    assert result["partialFingerprints"]["evaltool/v1"] == f"{0:016x}"
    assert result["level"] == "error"


def test_what_is_left_out_stands_where_it_belongs() -> None:
    missing = flag(variant_span=None, variant_text="", segment=3)
    (result,) = _log(run(flags=[missing]))["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["charOffset"] == 30
    assert result["locations"][0]["physicalLocation"]["region"]["charLength"] == 0


def test_a_file_elsewhere_is_named_as_such() -> None:
    folder = _with_texts(run(flags=[flag()]), TextRecord("r"), TextRecord("/elsewhere/a.txt"))
    where = _log(folder)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": "file:///elsewhere/a.txt"}


@pytest.mark.parametrize(
    ("severity", "cap", "level"),
    [("critical", "error", "error"), ("major", "error", "warning"), ("minor", "error", "note"),
     ("neutral", "error", "none"), ("critical", "warning", "warning"), ("critical", "note", "note"),
     ("minor", "warning", "note"), ("neutral", "note", "none")],
)  # fmt: skip
def test_levels_are_capped(severity: str, cap: str, level: str) -> None:
    (result,) = _log(run(flags=[flag(severity)]), cap=cap)["results"]
    assert result["level"] == level


def test_a_waived_flag_is_there_with_its_suppression() -> None:
    waivers = [Waiver("the desk wants it so", "A. Lind", TODAY, fingerprint=f"{0:016x}")]
    results = _log(run(flags=[flag(), flag(number=1)]), waivers=waivers)["results"]
    assert [len(result["suppressions"]) for result in results] == [1, 0]
    assert results[0]["suppressions"][0]["justification"] == "the desk wants it so (A. Lind, until 2026-11-22)"
    late = _log(run(flags=[flag()]), waivers=waivers, today=TODAY + timedelta(1))["results"]
    assert late[0]["suppressions"] == []


def test_rules_have_help_and_criteria_without_a_flag_are_notifications() -> None:
    log = _log(run(flags=[flag()], scores={"coverage": 0.1}))
    (rule,) = log["tool"]["driver"]["rules"]
    assert rule["id"] == "changed-number" and "Severity" in rule["help"]["text"]
    texts = [n["message"]["text"] for n in log["invocations"][0]["toolExecutionNotifications"]]
    assert "a / one: article.coverage_min: coverage 0.100; at least 0.6 needed" in texts


def test_the_junit_has_a_case_for_each_article_system_and_criterion() -> None:
    folder = run([("one", "a"), ("two", "a"), ("one", "b")], [flag()], failures=[FailureRecord("it broke", "two", "b")])
    verdict = judged(folder)
    root = etree.fromstring(junit.document(folder, verdict, TODAY))
    cases = [(suite.get("name"), case) for suite in root for case in suite.iter("testcase")]
    names = [(system, case.get("classname"), case.get("name")) for system, case in cases]
    assert len(set(names)) == len(names) == len(verdict.criteria) + 1
    (failed,) = [case for _, case in cases if case.get("name") == "article.critical_flags_max" and len(case)]
    failure = failed.find("failure")
    assert failure is not None and failure.text is not None
    assert "variant:   24" in failure.text and "reference: 42" in failure.text
    (error,) = [case.find("error") for _, case in cases if case.find("error") is not None]
    assert error is not None and error.get("message") == "it broke"
    suite = root.find("testsuite[@name='b']")
    assert suite is not None and (suite.get("failures"), suite.get("errors")) == ("1", "1")


def test_the_markdown_is_cut_at_its_size_with_the_number_hidden() -> None:
    flags = [flag("critical", n, article=f"article {n:03}") for n in range(300)]
    folder = run([(f"article {n:03}", "a") for n in range(300)], flags)
    verdict = judged(folder)
    whole, cut = (markdown.document(folder, verdict, size) for size in (10**7, 5000))
    assert len(cut) <= 5000 < len(whole)
    assert "not shown" not in whole
    (hidden,) = re.findall(r"(\d+) entries not shown", cut.replace(",", ""))
    assert cut.count("| <code>a</code> | <code>article") + int(hidden) == 300 + 300  # broken criteria and flags


def test_a_command_is_escaped_as_the_runner_reads_it() -> None:
    folder = run([("one", "a,b:c")], [flag(message="100% of: a,b\nnext", system="a,b:c")])
    (command, *_) = github.commands(folder, judged(folder), ROOT)
    assert command.startswith("::error file=variants/one/a%2Cb%3Ac.txt,line=1,endLine=1,col=1,endColumn=3,title=")
    assert "critical accuracy/number in a%2Cb%3Ac::100%25 of: a,b%0Anext%0A“24” for “42”" in command


def test_annotations_beyond_the_most_are_counted() -> None:
    folder = run(flags=[flag(number=n) for n in range(60)])
    commands = list(github.commands(folder, judged(folder), ROOT, most=50))
    assert len(commands) == 51 and "more in the report" in commands[-1]


def _with_texts(folder: RunFolder, reference: TextRecord, variant: TextRecord) -> RunFolder:
    record = msgspec.structs.replace(folder.run, texts={"one": ArticleRecord(reference, {"a": variant})})
    return msgspec.structs.replace(folder, run=record)


def _log(folder: RunFolder, cap: str = "error", today: date = TODAY, **more: Any) -> dict[str, Any]:
    verdict = gate.decide(folder, built_in(), today=today, **more)
    log = sarif.document(folder, verdict, ROOT, sarif.Level(cap))
    assert sarif_errors(log) == []
    (found,) = json.loads(log)["runs"]
    return dict(found)
