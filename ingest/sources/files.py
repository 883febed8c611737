"""From paths to tables: which files a folder holds, and which reader a file needs."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.sources.content import Content, inspect_content
from ingest.sources.decisions import decision_tables, is_letter
from ingest.sources.delimited import delimited_tables
from ingest.sources.json_text import json_line_tables, json_tables
from ingest.sources.statutes import statute_tables
from ingest.sources.table import SourceTable
from ingest.sources.workbook import workbook_tables
from ontology.errors import SourceUnusable

SUFFIXES: Final = frozenset(
    {".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson", ".geojson", ".xls", ".et", ".md"}
)
"""What is looked at in a folder; a file named by itself is always looked at."""
_ABOUT: Final = frozenset({"README.MD", "LICENSE.MD", "CHANGELOG.MD"})
"""Markdown that is about the folder, no statute."""
_LINES: Final = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. `name` is how it is called in the ledger: its path below the folder given, else its name.

    `explicit` is True where the file itself was named, so that failing to read it is an error.
    """

    path: Path
    name: str
    explicit: bool


def find_files(paths: Sequence[Path]) -> list[SourceFile]:
    """Return the files to read, folders walked in order of names; raises SourceUnusable for a path that is missing."""
    found: dict[Path, SourceFile] = {}
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                found.setdefault(file.resolve(), SourceFile(file, file.relative_to(path).as_posix(), explicit=False))
        elif path.exists():
            found.setdefault(path.resolve(), SourceFile(path, path.name, explicit=True))
        else:
            raise SourceUnusable(f"there is no file or folder {path}", source=str(path))
    return list(found.values())


def _walk(folder: Path) -> Iterator[Path]:
    for current, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(files):
            # Office leaves ~$NAME beside a workbook that is open.
            if name.startswith((".", "~$")) or name.upper() in _ABOUT:
                continue
            if Path(name).suffix.lower() in SUFFIXES:
                yield Path(current) / name


def open_tables(path: Path) -> tuple[Content, Iterator[SourceTable]]:
    """Return what a file is and its tables, each read as a stream; raises SourceUnusable, also while iterating."""
    content = inspect_content(path)
    if content.zipped:
        return content, workbook_tables(path)
    suffix = path.suffix.lower()
    if suffix == ".md":
        return content, statute_tables(path, content)
    if suffix == ".txt" and is_letter(path, content):
        return content, decision_tables(path, content)
    if suffix in _LINES:
        return content, json_line_tables(path, content)
    if suffix in (".json", ".geojson") or (suffix not in SUFFIXES and _looks_like_json(path, content)):
        return content, json_tables(path, content)
    return content, delimited_tables(path, content)


def _looks_like_json(path: Path, content: Content) -> bool:
    with path.open(encoding=content.encoding, errors="replace") as stream:
        return stream.read(100).lstrip().startswith(("[", "{"))
