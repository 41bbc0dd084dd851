"""A batch run: read, evaluate, write the run folder.

Files are written beside their final name and renamed, run.json last: a folder without it is an unfinished run. It holds
the SHA-256 of the files that the results stand in, so that a mixture of two runs is never read as one.
"""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from evaltool import __version__, data, metrics
from evaltool.embedding import Encoder
from evaltool.evaluate import Evaluator
from evaltool.model import Article, Evaluation, InputError
from evaltool.readers import folder
from evaltool.settings import TABLES, Settings
from evaltool.summary import Result, summarise

SCHEMA_VERSION = 1
#: The results; run.json pins their content.
RESULTS = ("summary.json", "segments.jsonl", "flags.jsonl")
#: The complete run.json before it has its name: there while the report is made.
UNFINISHED = "run.json.part"
#: Written by a run; removed before a new one begins, run.json first, so that an unfinished run is never taken for a
#: finished one.
FILES = (
    *("run.json", UNFINISHED, *RESULTS, "index.html", "gate.json"),
    *(f"{name}.{suffix}" for name in ("segments", "flags") for suffix in TABLES),
)
LIBRARIES = ("sacrebleu", "sentence-transformers", "torch", "simplemma", "wordfreq", "pandas")

Progress = Callable[[int, int, str], None]


def run(
    settings: Settings,
    progress: Progress = lambda done, total, name: None,
    finish: Callable[[Path], object] = lambda out: None,
) -> Path:
    """Evaluate everything that the settings name and write the run folder.

    Args:
        settings: validated settings.
        progress: called with (done, total, "article / system") after each variant.
        finish: called with the run folder when all is there but run.json, which is still named ``UNFINISHED``: what it
            writes (the report) belongs to the run, and a run killed meanwhile is unfinished.

    Returns:
        The run folder.

    Raises:
        InputError: bad input or a folder that cannot be written. What was computed before stays on disk.
    """
    started = time.perf_counter()
    reading = folder.read(Path(settings.reference), Path(settings.variants), settings.encoding)
    systems = {system for article in reading.articles for system in article.variants}
    if unknown := sorted(set(settings.profiles) - systems):
        raise InputError(
            f"settings: a profile is given for {unknown[0]!r}, and no variant has that name; the systems are"
            f" {', '.join(sorted(systems))}"
        )
    encoder = Encoder(settings.model)
    encoder.check()
    if settings.model is not None:
        encoder.load()  # a model that fails must fail before the last run's files are cleared away
    out = prepare(Path(settings.out))
    failures = [{"article": a, "system": s, "reason": r} for a, s, r in reading.failures]
    total = sum(len(article.variants) for article in reading.articles)
    results: list[Result] = []
    segments: list[dict[str, Any]] = []
    flags: list[dict[str, Any]] = []
    with _writer(out / "segments.jsonl") as segment_file, _writer(out / "flags.jsonl") as flag_file:
        for article, system, evaluation in _evaluations(reading.articles, settings):
            if isinstance(evaluation, str):
                failures.append({"article": article, "system": system, "reason": evaluation})
            else:
                results.append(Result(article, system, evaluation))
                if evaluation.mismatch:
                    failures.append({"article": article, "system": system, "reason": evaluation.mismatch})
                own_segments, own_flags = records(article, system, evaluation)
                segment_file(own_segments)
                flag_file(own_flags)
                segments += own_segments
                flags += own_flags
            progress(len(results), total, f"{article} / {system}")
    if not results:
        raise InputError(f"{out}: nothing could be evaluated: {failures[0]['reason']}")
    evaluated = time.perf_counter()
    summary = summarise(results)
    write_json(out / "summary.json", summary)
    if settings.tables:
        from evaltool import tables

        tables.write(out, settings.tables, segments, flags)
    write_json(
        out / UNFINISHED,
        {
            "schema_version": SCHEMA_VERSION,
            "signature": signature(settings, encoder),
            "tool": {"name": "evaltool", "version": __version__},
            "libraries": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
            "model": {"id": encoder.id, "sha256": encoder.sha256},
            "settings": msgspec.to_builtins(settings),
            "judging": settings.judging(),
            "weights": data.weights(),
            "counts": {
                "expected": total + len(reading.failures),
                "evaluated": len(results),
                "articles": len({r.article for r in results}),
                "systems": len({r.system for r in results}),
                "segments": len(segments),
                "flags": len(flags),
            },
            "failures": failures,
            "timings": {
                "evaluate_seconds": round(evaluated - started, 3),
                "summarise_seconds": round(time.perf_counter() - evaluated, 3),
            },
            "files": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in RESULTS},
            "texts": {article.name: texts(article) for article in reading.articles},
        },
    )
    try:
        finish(out)
    except Exception:
        # The results are whole; whoever failed to present them can try again.
        (out / UNFINISHED).replace(out / "run.json")
        raise
    (out / UNFINISHED).replace(out / "run.json")
    return out


def prepare(out: Path) -> Path:
    """Make the run folder ready: there, writable, and without the files of an earlier run.

    Raises:
        InputError: it cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (out / name).unlink(missing_ok=True)
            (out / f"{name}.part").unlink(missing_ok=True)
        for page in (out / "pages").glob("*.html"):  # of the report
            page.unlink()
        probe = out / ".evaltool-probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise InputError(
            f"{out}: the output folder cannot be written ({error.strerror}); choose another with --out"
        ) from None
    return out


def signature(settings: Settings, encoder: Encoder) -> str:
    """One line that pins what the figures depend on: version, model, fitted weights, settings, metric signatures."""
    judging = msgspec.json.encode(settings.judging()).decode()
    parts = [f"evaltool:{__version__}", f"model:{encoder.id}", f"sha256:{(encoder.sha256 or 'unknown')[:16]}"]
    parts += [f"{name}:{digest[:16]}" for name, digest in data.weights().items()]
    parts += [f"settings:{judging}"]
    parts += [f"{name}:{text}" for name, text in metrics.signatures().items()]
    return " || ".join(parts)


def texts(article: Article) -> dict[str, Any]:
    """What an article's texts were: file, SHA-256 of the text as UTF-8, and the offset of each line.

    Runs of other reference texts cannot be compared, and a place in a text is a line and a column to other programs.
    """

    def text(side: str, content: str) -> dict[str, Any]:
        return {
            "file": article.files.get(side, ""),
            "sha256": hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest(),
            "lines": [0, *(at + 1 for at, character in enumerate(content) if character == "\n")],
        }

    return {
        "reference": text("", article.reference),
        "variants": {system: text(system, content) for system, content in sorted(article.variants.items())},
    }


def records(article: str, system: str, evaluation: Evaluation) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines of segments.jsonl and flags.jsonl of one evaluation."""
    segments, flags = [], []
    for index, segment in enumerate(evaluation.segments):
        record: dict[str, Any] = msgspec.to_builtins(segment)
        record.pop("flags")
        segments.append(rounded({"article": article, "system": system, "index": index, **record}))
        for flag in segment.flags:
            own: dict[str, Any] = msgspec.to_builtins(flag)
            flags.append(rounded({"article": article, "system": system, "segment": index, **own}))
    return segments, flags


def rounded(value: Any) -> Any:
    """Floats to six decimals, anywhere inside: what is below is noise and only makes files hard to compare."""
    if isinstance(value, float):
        return round(value, 6) + 0.0  # no negative zero
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(inner) for inner in value]
    return value


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file in one step: it is there complete or not at all."""
    data = msgspec.json.format(msgspec.json.encode(rounded(value)), indent=1)
    replace_file(path, data + b"\n")


def replace_file(path: Path, data: bytes) -> None:
    """Write a file beside its name and rename it."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); free space or choose another --out") from None


@contextmanager
def _writer(path: Path) -> Iterator[Callable[[Iterable[dict[str, Any]]], None]]:
    """A JSON-lines file that gets its final name when it is complete."""
    part = path.with_name(path.name + ".part")
    encoder = msgspec.json.Encoder()
    with part.open("wb") as file:

        def write(lines: Iterable[dict[str, Any]]) -> None:
            file.writelines(encoder.encode(line) + b"\n" for line in lines)
            file.flush()

        yield write
    part.replace(path)


_worker: dict[str, Any] = {}  # one Evaluator and its settings in each worker process


def _start_worker(settings: Settings) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    import torch

    torch.set_num_threads(1)
    _worker["evaluator"] = Evaluator(settings.model, settings.language, settings.terms())
    _worker["settings"] = settings


def _work(article: Article) -> list[tuple[str, str, Evaluation | str]]:
    return list(evaluate_article(_worker["evaluator"], article, _worker["settings"]))


def evaluate_article(
    evaluator: Evaluator, article: Article, settings: Settings
) -> Iterator[tuple[str, str, Evaluation | str]]:
    """(article, system, evaluation or the reason why there is none) of each variant, by name."""
    for system, text in sorted(article.variants.items()):
        try:
            evaluation = evaluator.evaluate(article.reference, text, settings.profile_of(system))
        except InputError:
            raise
        except Exception as error:  # one variant that breaks must not cost the others
            reason = f"{article.files.get(system, system)}: could not be evaluated ({type(error).__name__}: {error})"
            yield article.name, system, reason
        else:
            yield article.name, system, evaluation


def _evaluations(articles: list[Article], settings: Settings) -> Iterator[tuple[str, str, Evaluation | str]]:
    """Evaluate in the order of the articles, in this process or in several; the order and the results are the same."""
    if settings.workers == 1 or len(articles) == 1:
        evaluator = Evaluator(settings.model, settings.language, settings.terms())
        for article in articles:
            yield from evaluate_article(evaluator, article, settings)
        return
    with ProcessPoolExecutor(
        min(settings.workers, len(articles)), get_context("spawn"), _start_worker, (settings,)
    ) as pool:
        for part in pool.map(_work, articles):
            yield from part
