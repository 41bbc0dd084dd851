"""Segments and flags as tables: the only module that imports pandas, with the columns declared once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaltool.model import InputError

if TYPE_CHECKING:
    import pandas as pd

SEGMENT_COLUMNS = (
    "article", "system", "index", "kind", "role", "moved", "certainty", "similarity", "drift", "quality", "bleu",
    "chrf", "ter", "reference_start", "reference_end", "variant_start", "variant_end", "reference_text", "variant_text",
)  # fmt: skip
FLAG_COLUMNS = (
    "article", "system", "segment", "rule", "category", "severity", "message", "variant_start", "variant_end",
    "variant_text", "reference_start", "reference_end", "reference_text", "suggestion", "confidence", "fingerprint",
)  # fmt: skip
#: A cell that begins with one of these is run as a formula by spreadsheet programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def frame(records: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Records of a run folder as a frame with exactly these columns; spans become a start and an end column."""
    import pandas as pd

    rows = []
    for record in records:
        row = dict(record)
        for side in ("reference", "variant"):
            row[f"{side}_start"], row[f"{side}_end"] = row.get(f"{side}_span") or (None, None)
        rows.append([row.get(column) for column in columns])
    table = pd.DataFrame(rows, columns=list(columns))
    for column in columns:
        if column.endswith(("_start", "_end")):
            table[column] = table[column].astype("Int64")
    return table


def write(
    folder: Path, formats: Iterable[str], segments: list[dict[str, Any]], flags: list[dict[str, Any]]
) -> list[Path]:
    """Write segments and flags in each format ("csv", "parquet") into a folder.

    Returns:
        The files written.

    Raises:
        InputError: parquet is asked for and its library is not installed.
    """
    written = []
    for name, records, columns in (("segments", segments, SEGMENT_COLUMNS), ("flags", flags, FLAG_COLUMNS)):
        table = frame(records, columns)
        for suffix in formats:
            path = folder / f"{name}.{suffix}"
            if suffix == "csv":
                text = table.select_dtypes(include=["object", "string"]).columns
                safe = table.copy()
                for column in text:
                    safe[column] = safe[column].map(_harmless)
                safe.to_csv(path, index=False, quoting=csv.QUOTE_NONNUMERIC)
            else:
                try:
                    table.to_parquet(path, index=False)
                except ImportError:
                    raise InputError("tables: parquet needs pyarrow; install evaltool[parquet]") from None
            written.append(path)
    return written


def _harmless(value: object) -> object:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
