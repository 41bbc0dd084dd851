"""An invented run folder, small enough to read, and its parts to bend."""

import hashlib
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from evaltool.report.html import render
from evaltool.report.material import page_name

REFERENCE = (
    "Floods close the harbour\n\n"
    "Some 42 ships were told to stay away on Monday, the port authority said. "
    "No one was hurt. "
    "The mayor, Ada Lind, may ask for help from the capital.\n\n"
    "Published"
)
VARIANT = (
    "Floods close the harbor\n\n"
    "The mayor, Ada Lindt, will ask for help from the capital. "
    "24 ships were told to stay away on Tuesday. "
    "It was the worst day in years."
)


def _span(text: str, part: str) -> list[int]:
    start = text.index(part)
    return [start, start + len(part)]


def segment(
    index: int, reference: str, variant: str, sides: tuple[list[int], list[int]], **more: Any
) -> dict[str, Any]:
    kind = "match" if reference and variant else "omission" if reference else "addition"
    return {
        "article": "harbour", "system": "engine-a", "index": index, "kind": kind, "role": "body", "moved": False,
        "reference_sentences": sides[0], "variant_sentences": sides[1],
        "reference_span": _span(REFERENCE, reference) if reference else None,
        "variant_span": _span(VARIANT, variant) if variant else None,
        "reference_text": reference, "variant_text": variant,
        "certainty": 0.97, "similarity": 0.8, "drift": 0.12, "quality": 91.26, "bleu": 40.0, "chrf": 61.5, "ter": 30.0,
        "reference_words": len(reference.split()), "variant_words": len(variant.split()), "content_words": 4,
        "covered_words": 2, "reasons": {}, "drift_parts": {"similarity": 0.08, "findings": 0.03, "wording": 0.004},
        "quality_parts": {"wording": 2.64, "findings": 6.1},
    } | more  # fmt: skip


def flag(
    index: int,
    rule: str,
    category: str,
    severity: str,
    reference: str,
    variant: str,
    confidence: float = 0.9,
    **more: Any,
) -> dict[str, Any]:
    return {
        "article": "harbour", "system": "engine-a", "segment": index, "rule": rule, "category": category,
        "severity": severity, "message": f"“{reference}” became “{variant}”.",
        "variant_span": _span(VARIANT, variant) if variant else None, "variant_text": variant,
        "reference_span": _span(REFERENCE, reference) if reference else None, "reference_text": reference,
        "suggestion": reference or None, "evidence": {"seen": variant, "count": 2}, "confidence": confidence,
        "fingerprint": hashlib.sha256(f"{index} {rule} {reference}".encode()).hexdigest()[:16],
    } | more  # fmt: skip


def row(system: str, article: str | None, quality: float | None, **more: Any) -> dict[str, Any]:
    value = {"value": 0.5, "low": 0.4, "high": 0.6, "reason": None}
    scores = {name: dict(value) for name in ("drift", "mqm_score", "coverage", "similarity", "bleu", "chrf", "ter")}
    scores["quality"] = {"value": quality, "low": quality, "high": quality, "reason": None}
    return {
        "article": article, "system": system, "profile": "translation" if article else None, "reference_words": 36,
        "segments": {"match": 3, "omission": 2, "addition": 1}, "scores": scores, "severities": {}, "categories": {},
        "not_applied": {"glossary": "no glossary is set"}, "unscored": [],
        "parts": {"quality": {"findings": 18.25, "similarity": 8.0, "facts": 3.75}, "drift": {"findings": 0.49}},
    } | more  # fmt: skip


def records() -> dict[str, Any]:
    """Two articles, two systems; engine-b has no BLEU and one article failed."""
    sentences = {
        "heading": "Floods close the harbour",
        "ships": "Some 42 ships were told to stay away on Monday, the port authority said.",
        "hurt": "No one was hurt.",
        "mayor": "The mayor, Ada Lind, may ask for help from the capital.",
    }
    segments = [
        segment(0, sentences["heading"], "Floods close the harbor", ([0], [0]), role="heading"),
        segment(
            1, sentences["mayor"], "The mayor, Ada Lindt, will ask for help from the capital.", ([3], [1]), moved=True
        ),
        segment(
            2, sentences["ships"], "24 ships were told to stay away on Tuesday.", ([1], [2]), drift=0.94, quality=21
        ),
        segment(3, sentences["hurt"], "", ([2], []), drift=None, chrf=None, reasons={"drift": "nothing to compare"}),
        segment(4, "", "It was the worst day in years.", ([], [3])),
        segment(5, "Published", "", ([4], []), role="furniture", quality=None, reasons={"quality": "not counted"}),
    ]
    flags = [
        flag(1, "name-changed", "accuracy/named-entity", "major", "Ada Lind", "Ada Lindt", 0.8),
        # overlaps the one before on both sides
        flag(1, "speaker", "accuracy/role-swap", "critical", "mayor, Ada", "mayor, Ada", 0.7),
        flag(1, "hedge-lost", "accuracy/attribution-hedge", "major", "may ask", "will ask", 0.95),
        flag(2, "number-mismatch", "accuracy/number", "critical", "42", "24", 0.99),
        flag(2, "date-mismatch", "accuracy/date-time", "minor", "Monday", "Tuesday"),
        flag(3, "omission", "accuracy/omission", "minor", "No one was hurt.", ""),
        flag(4, "addition", "accuracy/addition", "neutral", "", "It was the worst day in years."),
    ]
    other = [dict(one, system="engine-b", quality=99.99) for one in segments[:1]]
    other_flags = [
        dict(flag(0, "spelling", "fluency/spelling", "minor", "harbour", "harbor"), system="engine-b"),
        # points into another segment than its own, which does not exist
        dict(flag(7, "spelling", "fluency/spelling", "minor", "Floods", "Floods"), system="engine-b"),
    ]
    second = row("engine-b", "harbour", 95.0)
    second["scores"]["bleu"] = {"value": None, "low": None, "high": None, "reason": "one segment is too few"}
    return {
        "run.json": {
            "schema_version": 1, "signature": "evaltool:0.1|model:m|seed:0",
            "tool": {"name": "evaltool", "version": "0.1.0"}, "libraries": {"torch": "2.9"},
            "model": {"id": "all-minilm", "sha256": "ab" * 32}, "settings": {"language": "en", "profiles": {"a": "b"}},
            "counts": {"articles": 1, "systems": 2, "segments": 7, "flags": 9},
            "failures": [{"article": "glacier", "system": "engine-b", "reason": "the file is empty"}],
            "timings": {"total": 1.5},
        },
        "summary.json": {
            "schema_version": 1, "interval": "95%, bootstrap over segments, 1000 resamples, seed 0",
            "systems": [row("engine-a", None, 70.0), row("engine-b", None, 95.0)],
            "articles": [row("engine-a", "harbour", 70.0), second],
        },
        "segments.jsonl": segments + other,
        "flags.jsonl": flags + other_flags,
    }  # fmt: skip


def write(folder: Path, files: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        lines = content if isinstance(content, list) else [content]
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture
def files() -> dict[str, Any]:
    """The records of the invented run, to be changed at will."""
    return records()


@pytest.fixture
def run_folder(tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    """Write records as a run folder."""
    return lambda files: write(tmp_path / "run", deepcopy(files))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests; where it is missing, they fail."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 "--no-first-run"]  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


class Pages:
    """Opens pages of a report in the browser and remembers what they said and asked for."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.contexts: list[Any] = []
        self.noise: list[str] = []
        self.requests: list[tuple[str, str]] = []

    def __call__(self, path: Path, address: str = "", width: int = 1200, **options: Any) -> Any:
        """Open a file of a run folder; `context` of another page shares its storage."""
        context = options.pop("context", None)
        if context is None:
            context = self.browser.new_context(viewport={"width": width, "height": 800}, **options)
            self.contexts.append(context)
        folder = path.parent.parent if path.parent.name == "pages" else path.parent
        page = context.new_page()
        page.on("console", lambda message: self.noise.append(message.text))
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("dialog", lambda dialog: (self.noise.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append((request.url, folder.as_uri())))
        page.goto(path.as_uri() + address)
        return page


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Pages]:
    """Open pages; at the end there must have been no error on the console and no request to any host."""
    pages = Pages(chromium)
    yield pages
    for context in pages.contexts:
        context.close()
    assert pages.noise == []
    assert [url for url, folder in pages.requests if not url.startswith((folder, "blob:null/"))] == []


@pytest.fixture
def report(run_folder: Any, files: dict[str, Any]) -> Path:
    """The top page of the invented run's report."""
    return render(run_folder(files))


@pytest.fixture
def article(report: Path) -> Path:
    """The page of its article."""
    return page_of(report)


def page_of(report: Path, name: str = "harbour") -> Path:
    """An article's page."""
    return report.parent / "pages" / page_name(name)


@pytest.fixture
def until() -> Callable[[Any, str], None]:
    """Wait for a condition; Playwright's own way needs `eval`, which the pages' policy rightly forbids."""

    def wait(page: Any, condition: str) -> None:
        for _ in range(200):
            if page.evaluate(condition):
                return
            page.wait_for_timeout(20)
        pytest.fail(f"still not: {condition}; the address is {page.evaluate('location.hash')}")

    return wait
