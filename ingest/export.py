"""Quarantine as a file that a person mends: CSV that no spreadsheet program runs, or JSON lines that read back."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson

from ingest.journal.facts import QuarantinedRow

_FORMULA: Final = re.compile(r"^[\s]*[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"^[+-]?\d+(?:[.,]\d+)*%?$")
_OWN: Final = ("quarantine_id", "dataset", "file", "part", "row", "code", "reason")


def harmless(text: str) -> str:
    """Return a cell that a spreadsheet program shows and never computes (OWASP, CSV injection)."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def write_quarantine(rows: Sequence[QuarantinedRow], path: Path) -> None:
    """Write rows in the format that the file's name asks for: `.jsonl`, everything else CSV with a byte order mark."""
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        path.write_bytes(b"".join(orjson.dumps({**_own(row), "payload": row.payload}) + b"\n" for row in rows))
        return
    columns = sorted({name for row in rows for name in row.payload})
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*_OWN, *(harmless(name) for name in columns)])
        for row in rows:
            own = [harmless(str(value)) for value in _own(row).values()]
            writer.writerow([*own, *(harmless(str(row.payload.get(name, ""))) for name in columns)])


def _own(row: QuarantinedRow) -> dict[str, object]:
    values = (row.id, row.dataset, row.file, row.part, row.row, row.code, row.reason)
    return dict(zip(_OWN, values, strict=True))
