"""The judged flags as SARIF 2.1.0 (OASIS), for code scanning and editors.

Columns and offsets count Unicode code points, lines end at a line feed. A flag that a waiver or reviewers let through
is there with its suppression; what stands beyond a limit without a flag is a notification of the run.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath
from typing import Any

import msgspec

from evaltool.mqm import Severity
from evaltool.records import FlagRecord, RunFolder
from evaltool.report.places import Place, Places, quoted, uri
from evaltool.report.visible import plain
from evaltool.verdict import Judged, Standing, State, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Level(StrEnum):
    """SARIF's levels, the mildest first."""

    NONE = "none"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


LEVELS = {
    Severity.NEUTRAL: Level.NONE,
    Severity.MINOR: Level.NOTE,
    Severity.MAJOR: Level.WARNING,
    Severity.CRITICAL: Level.ERROR,
}
_ORDER = list(Level)


def document(run: RunFolder, verdict: Verdict, root: PurePath, cap: Level = Level.ERROR) -> bytes:
    """The flags of a run as a SARIF log with one run.

    Args:
        run: the judged run.
        verdict: the verdict on it.
        root: the folder that files are named relative to.
        cap: no result has a higher level.
    """
    rules = sorted({j.flag.rule for j in verdict.judged})
    places = Places(run)
    index = {rule: at for at, rule in enumerate(rules)}
    categories = {j.flag.rule: j.flag.category for j in verdict.judged}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "evaltool",
                        "version": str(run.run.tool.get("version", "unknown")),
                        "rules": [_rule(rule, categories[rule]) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n"],
                "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder in which the gate ran."}}},
                "invocations": [
                    {
                        "executionSuccessful": not verdict.problems,
                        "exitCode": verdict.outcome.exit_code,
                        "toolExecutionNotifications": [_notification(*n) for n in _notifications(verdict)],
                    }
                ],
                "results": [_result(j, index, places, root, cap) for j in verdict.judged],
                "properties": {"verdict": verdict.outcome.value, "signature": run.run.signature},
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(_carried(log)), indent=1) + b"\n"


def _rule(name: str, category: str) -> dict[str, Any]:
    from evaltool.rules import all_rules

    known = next((rule for rule in all_rules() if rule.id == name), None)
    if known is None:  # of another version, or of a file from elsewhere
        return {"id": name, "shortDescription": {"text": name}, "properties": {"category": category}}
    first, _, rest = known.doc.partition("\n\n")
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "shortDescription": {"text": " ".join(first.split())},
        "fullDescription": {"text": " ".join((rest or first).split())},
        "help": {"text": known.doc, "markdown": known.doc},
        "properties": {"category": category, "tags": ["translation", category.partition("/")[0]]},
    }


def _result(judged: Judged, index: dict[str, int], places: Places, root: PurePath, cap: Level) -> dict[str, Any]:
    flag = judged.flag
    level = min(LEVELS[judged.severity], cap, key=_ORDER.index)
    reference = places.reference(flag)
    result: dict[str, Any] = {
        "ruleId": flag.rule,
        "ruleIndex": index[flag.rule],
        "kind": "informational" if level is Level.NONE else "fail",
        "level": level.value,
        "message": {"text": f"{flag.message} {quoted(flag)}".strip()},
        "locations": [
            {
                **_location(places.variant(flag), flag.variant_text, root),
                "logicalLocations": [
                    {"name": flag.article, "kind": "article"},
                    {"name": flag.system, "fullyQualifiedName": f"{flag.system}/{flag.article}", "kind": "system"},
                ],
            }
        ],
        "suppressions": list(_suppressions(judged)),
        "properties": _properties(judged),
    }
    if flag.fingerprint:
        # GitHub tells alerts apart by the second name; ours outlives edits, the hash of a line would not
        result["partialFingerprints"] = {
            "evaltool/v1": flag.fingerprint,
            "primaryLocationLineHash": f"{flag.fingerprint}:1",
        }
    if reference:
        related = _location(reference, flag.reference_text, root)
        result["relatedLocations"] = [{"id": 1, **related, "message": {"text": "The reference says this here."}}]
    if judged.new is not None:
        result["baselineState"] = "new" if judged.new else "unchanged"
    return result


def _location(place: Place, text: str, root: PurePath) -> dict[str, Any]:
    region: dict[str, Any] = {"charOffset": place.offset, "charLength": place.length}
    if place.start and place.end:
        region |= {"startLine": place.start[0], "startColumn": place.start[1]}
        region |= {"endLine": place.end[0], "endColumn": place.end[1]}
    if text:
        region["snippet"] = {"text": text}
    where = {"uri": uri(place.file, root)}
    if not where["uri"].startswith("file:"):
        where["uriBaseId"] = "SRCROOT"
    return {"physicalLocation": {"artifactLocation": where, "region": region}}


def _suppressions(judged: Judged) -> list[dict[str, Any]]:
    if judged.standing is Standing.REJECTED and judged.decision:
        reason = judged.decision.reason or "called a false alarm"
        return [_suppression(f"{reason} ({judged.decision.by or 'a reviewer'})")]
    if judged.standing is Standing.WAIVED and judged.waiver:
        waiver = judged.waiver
        return [_suppression(f"{waiver.reason} ({waiver.owner}, until {waiver.expires})")]
    return []


def _suppression(reason: str) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": reason}


def _properties(judged: Judged) -> dict[str, Any]:
    flag: FlagRecord = judged.flag
    return {
        "article": flag.article,
        "system": flag.system,
        "category": flag.category,
        "severity": judged.severity.value,
        "standing": judged.standing.value,
        "confidence": flag.confidence,
    }


def _notifications(verdict: Verdict) -> list[tuple[Level, str]]:
    found = [(Level.ERROR, problem) for problem in verdict.problems]
    found += [
        (Level.ERROR, f"{c.place}: {c.title}: {c.reason}")
        for c in (*verdict.of(State.BROKEN), *verdict.of(State.UNDECIDED))
    ]
    found += [(Level.WARNING, f"{u.system} / {u.article}: no score: {u.reason}") for u in verdict.unevaluated]
    return [*found, *((Level.NOTE, note) for note in verdict.notes)]


def _notification(level: Level, text: str) -> dict[str, Any]:
    return {"level": level.value, "message": {"text": plain(text) or "-"}}


def _carried(value: Any) -> Any:
    """Text without lone surrogates, which no JSON in UTF-8 can carry; one character stays one, so offsets hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _carried(own) for key, own in value.items()}
    return [_carried(own) for own in value] if isinstance(value, list) else value
