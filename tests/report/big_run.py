"""A generator of run folders of any size: invented articles, of which every system's rendering has planted flags."""

import json
import random
from pathlib import Path
from typing import Any

_WORDS = (
    "harbour mayor council water report minister people city police school storm bridge region company workers price "
    "market hospital night morning coast train line power island village road river winter summer witness court law"
).split()
_KINDS = (
    ("changed-number", "accuracy/number", "critical"),
    ("garbled-name", "accuracy/named-entity", "major"),
    ("wrong-word", "accuracy/mistranslation", "major"),
    ("omitted-sentence", "accuracy/omission", "major"),
    ("stray-space", "fluency/punctuation-spacing", "minor"),
    ("doubled-word", "fluency/repetition", "minor"),
    ("added-sentence", "accuracy/addition", "neutral"),
)
_PARTS = ("similarity", "facts", "judged words", "findings", "wording")


def sentence(random_: random.Random) -> str:
    return " ".join(random_.choices(_WORDS, k=17)).capitalize() + "."


def write(folder: Path, articles: int, systems: int, sentences: int, flags_per_sentence: float = 0.75) -> Path:
    """Write a run folder; the same arguments give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)
    rows: list[dict[str, Any]] = []
    segments, flags = [], []
    for article_number in range(articles):
        article = f"article-{article_number:03}"
        reference = [sentence(chance) for _ in range(sentences)]
        for system_number in range(systems):
            system = f"system-{system_number}"
            start = 0
            severities = dict.fromkeys(("critical", "major", "minor", "neutral"), 0)
            for index, text in enumerate(reference):
                variant = text.replace(text.split()[4], chance.choice(_WORDS), 1)
                span = [start, start + len(text)]
                words = len(text.split())
                segments.append({
                    "article": article, "system": system, "index": index, "kind": "match", "role": "body",
                    "moved": False, "reference_sentences": [index], "variant_sentences": [index],
                    "reference_span": span, "variant_span": [start, start + len(variant)], "reference_text": text,
                    "variant_text": variant, "certainty": 0.98, "similarity": 0.9,
                    "drift": round(chance.random() ** 3, 3), "quality": round(100 * chance.random() ** 0.3, 2),
                    "bleu": 40.0, "chrf": 60.0, "ter": 30.0, "reference_words": words, "variant_words": words,
                    "content_words": words, "covered_words": words - 2, "reasons": {},
                    "drift_parts": dict.fromkeys(_PARTS, 0.05), "quality_parts": dict.fromkeys(_PARTS, 5.25),
                })  # fmt: skip
                for _ in range((chance.random() < flags_per_sentence / 2) * 2):
                    rule, category, severity = chance.choice(_KINDS)
                    severities[severity] += 1
                    quote = variant.split()[5]
                    at = start + variant.index(quote)
                    flags.append({
                        "article": article, "system": system, "segment": index, "rule": rule, "category": category,
                        "severity": severity, "message": f"The reference says something else; here it is “{quote}”.",
                        "variant_span": [at, at + len(quote)], "variant_text": quote, "reference_span": None,
                        "reference_text": "", "suggestion": None, "evidence": {"likeness of form": 0.43},
                        "confidence": round(0.5 + chance.random() / 2, 2), "fingerprint": f"{len(flags):016x}",
                    })  # fmt: skip
                start += len(text) + 1
            rows.append(_row(article, system, chance, severities))
    names = [f"system-{number}" for number in range(systems)]
    summary = {"schema_version": 1, "interval": "95%", "systems": [_row(None, n, chance, {}) for n in names],
               "articles": rows}  # fmt: skip
    run = {"schema_version": 1, "signature": "invented", "settings": {"language": "en"}}
    for name, lines in (("segments", segments), ("flags", flags)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return folder


def _row(article: str | None, system: str, chance: random.Random, severities: dict[str, int]) -> dict[str, Any]:
    value = round(100 * chance.random(), 2)
    score = {"value": value, "low": value - 1, "high": value + 1, "reason": None}
    share = {"value": value / 100, "low": value / 101, "high": value / 99, "reason": None}
    scores = dict.fromkeys(("quality", "mqm_score", "bleu", "chrf", "ter"), score)
    scores |= dict.fromkeys(("drift", "coverage"), share)
    return {"article": article, "system": system, "profile": "translation", "scores": scores, "segments": {"match": 40},
            "severities": severities}  # fmt: skip
