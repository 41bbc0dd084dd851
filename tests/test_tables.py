"""Segments and flags as tables: declared columns, whole offsets, cells that no spreadsheet runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evaltool import tables

SEGMENTS: list[dict[str, Any]] = [
    {
        "article": "one", "system": "a", "index": 0, "kind": "match", "role": "body", "moved": False, "certainty": 1.0,
        "similarity": 0.5, "drift": 0.25, "quality": 75.0, "bleu": 10.0, "chrf": 20.0, "ter": 30.0,
        "reference_span": [0, 8], "variant_span": [0, 9], "reference_text": "He left.", "variant_text": "She left.",
        "reference_sentences": [0], "reasons": {},
    },
    {
        "article": "one", "system": "a", "index": 1, "kind": "omission", "role": "body", "moved": False,
        "certainty": 1.0, "similarity": None, "drift": 0.8, "quality": 24.0, "bleu": None, "chrf": None, "ter": None,
        "reference_span": [9, 20], "variant_span": None, "reference_text": "“It”, a\r\nb", "variant_text": "",
        "reference_sentences": [1], "reasons": {"bleu": "the variant has nothing here"},
    },
]  # fmt: skip
FLAG: dict[str, Any] = {
    "article": "one", "system": "a", "segment": 0, "rule": "some-rule", "category": "accuracy/number",
    "severity": "major", "message": "Why.", "variant_span": None, "variant_text": "", "reference_span": [0, 2],
    "reference_text": "He", "suggestion": None, "confidence": 0.9, "fingerprint": "0123456789abcdef", "evidence": {},
}  # fmt: skip


@pytest.mark.parametrize("columns", [tables.SEGMENT_COLUMNS, tables.FLAG_COLUMNS])
@pytest.mark.parametrize("records", [[], SEGMENTS, [FLAG], [{"system": "a", "unheard-of": 1}]])
def test_a_frame_has_exactly_the_declared_columns(records: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    frame = tables.frame(records, columns)
    assert tuple(frame.columns) == columns
    assert len(frame) == len(records)


def test_offsets_are_whole_numbers_also_beside_missing_ones() -> None:
    frame = tables.frame(SEGMENTS, tables.SEGMENT_COLUMNS)
    offsets = [f"{side}_{end}" for side in ("reference", "variant") for end in ("start", "end")]
    assert {str(frame[name].dtype) for name in offsets} == {"Int64"}
    assert frame["variant_end"].tolist() == [9, pd.NA]
    assert frame["reference_start"].tolist() == [0, 9]


def test_a_frame_does_not_change_the_records() -> None:
    before = [dict(record) for record in SEGMENTS]
    tables.frame(SEGMENTS, tables.SEGMENT_COLUMNS)
    assert before == SEGMENTS


def test_csv_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    written = tables.write(tmp_path, ("csv", "parquet"), SEGMENTS, [FLAG])
    assert [p.name for p in written] == ["segments.csv", "segments.parquet", "flags.csv", "flags.parquet"]
    for name, columns in (("segments", tables.SEGMENT_COLUMNS), ("flags", tables.FLAG_COLUMNS)):
        csv = pd.read_csv(tmp_path / f"{name}.csv", keep_default_na=False, na_values=[""], dtype={"fingerprint": str})
        parquet = pd.read_parquet(tmp_path / f"{name}.parquet")
        assert tuple(csv.columns) == tuple(parquet.columns) == columns
        assert len(csv) == len(parquet)
    parquet = pd.read_parquet(tmp_path / "segments.parquet")
    assert str(parquet["variant_end"].dtype) == "Int64"
    assert parquet["reference_text"].tolist() == ["He left.", "“It”, a\r\nb"]
    csv = pd.read_csv(tmp_path / "segments.csv")
    assert [text.replace("\r\n", "\n") for text in csv["reference_text"]] == ["He left.", "“It”, a\nb"]
    assert csv["quality"].tolist() == [75.0, 24.0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_in_csv_alone(text: str, tmp_path: Path) -> None:
    flag = {**FLAG, "system": text, "variant_text": text, "message": text, "suggestion": text}
    tables.write(tmp_path, ("csv", "parquet"), [], [flag])
    with (tmp_path / "flags.csv").open(encoding="utf-8", newline="") as file:
        assert f"'{text}".replace('"', '""') in file.read()
    parquet = pd.read_parquet(tmp_path / "flags.parquet")
    for column in ("system", "variant_text", "message", "suggestion"):
        assert parquet[column].tolist() == [text]
    if "\r" not in text:
        csv = pd.read_csv(tmp_path / "flags.csv")
        for column in ("system", "variant_text", "message", "suggestion"):
            assert csv[column].tolist() == [f"'{text}"]


@pytest.mark.parametrize("text", ["He left.", "4 = 4", "a-b", "“-”", "'=quoted"])
def test_an_ordinary_cell_is_written_as_it_is(text: str, tmp_path: Path) -> None:
    tables.write(tmp_path, ("csv",), [], [{**FLAG, "variant_text": text}])
    assert pd.read_csv(tmp_path / "flags.csv")["variant_text"].tolist() == [text]


def test_a_negative_number_is_no_formula(tmp_path: Path) -> None:
    tables.write(tmp_path, ("csv",), [{**SEGMENTS[0], "similarity": -0.5}], [])
    assert pd.read_csv(tmp_path / "segments.csv")["similarity"].tolist() == [-0.5]
