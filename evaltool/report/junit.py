"""The gate's verdict as JUnit XML: a suite for each system, a case for each article and criterion.

Valid against the schema of Apache Ant's JUnit task and of Jenkins' xUnit plugin. What is beyond its limit is a failure,
what could not be decided or evaluated an error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from xml.etree import ElementTree as ET

from evaltool.records import RunFolder
from evaltool.report.places import Places
from evaltool.report.visible import plain
from evaltool.verdict import Criterion, State, Verdict

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(run: RunFolder, verdict: Verdict, today: date) -> bytes:
    """The verdict as an XML document.

    Args:
        run: the judged run.
        verdict: the verdict on it.
        today: what the suites are dated.
    """
    root = ET.Element("testsuites")
    places = Places(run)
    cases: dict[str, list[ET.Element]] = defaultdict(list)
    for criterion in sorted(verdict.criteria, key=lambda c: (c.system or "", c.article or "", c.title)):
        cases[criterion.system or "the run"].append(_case(criterion, places))
    for missing in verdict.unevaluated:
        case = _element("testcase", name="evaluated", classname=missing.article, time="0")
        _outcome(case, "error", missing.reason, "unevaluated", "")
        cases[missing.system].append(case)
    for problem in verdict.problems:
        case = _element("testcase", name="decided", classname="the run", time="0")
        _outcome(case, "error", problem, "undecided", "")
        cases["the run"].append(case)
    for number, (system, own) in enumerate(sorted(cases.items())):
        root.append(_suite(number, system, own, verdict, run, today))
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(
    number: int, system: str, cases: list[ET.Element], verdict: Verdict, run: RunFolder, today: date
) -> ET.Element:
    suite = _element(
        "testsuite",
        name=system,
        package="evaltool",
        id=str(number),
        timestamp=f"{today.isoformat()}T00:00:00",
        hostname="localhost",
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors=str(sum(case.find("error") is not None for case in cases)),
        time="0",
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in (("verdict", verdict.outcome.value), ("signature", run.run.signature)):
        properties.append(_element("property", name=name, value=value))
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = _text("\n".join(verdict.notes))
    ET.SubElement(suite, "system-err")
    return suite


def _case(criterion: Criterion, places: Places) -> ET.Element:
    case = _element("testcase", name=criterion.title, classname=criterion.article or "all articles", time="0")
    if criterion.state is State.BROKEN:
        body = []
        for flag in criterion.flags:
            body.append(f"{flag.severity} {flag.category} ({flag.rule}, {flag.fingerprint}) at {places.variant(flag)}")
            body.append(f"  {flag.message}")
            body += [f"  variant:   {flag.variant_text}"] if flag.variant_text else []
            body += [f"  reference: {flag.reference_text}"] if flag.reference_text else []
        _outcome(case, "failure", criterion.reason, criterion.title, "\n".join(body))
    elif criterion.state is State.UNDECIDED:
        _outcome(case, "error", criterion.reason, criterion.title, "")
    return case


def _outcome(case: ET.Element, kind: str, message: str, what: str, body: str) -> None:
    element = _element(kind, message=message, type=what)
    element.text = _text(body or message)
    case.append(element)


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {name: _text(value) or "-" for name, value in attributes.items()})


def _text(text: str) -> str:
    """A text that XML can carry, with what cannot be seen in it shown."""
    return _FORBIDDEN.sub("\ufffd", plain(text))
