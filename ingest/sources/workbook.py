"""XLSX: every sheet a table. The container is checked before anything is unpacked."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

import defusedxml
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.sources.table import PREVIEW_ROWS, RawRow, SourceTable
from nlp.documents.container import container_entries
from ontology.errors import SourceUnusable

_UNREADABLE: Final = (
    zipfile.BadZipFile,
    InvalidFileException,
    defusedxml.common.DefusedXmlException,
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, SyntaxError, OSError),
)
"""What openpyxl raises for a damaged workbook; it has no exception of its own for most of it."""


def workbook_tables(path: Path) -> Iterator[SourceTable]:
    """Yield the sheets that have at least two rows.

    Raises SourceUnusable for a truncated or damaged file, a zip bomb, or a zip file that is no workbook.
    """
    _check_container(path)
    for name in _sheet_names(path):
        preview = list(islice(_rows(path, name), PREVIEW_ROWS))
        if len([row for row in preview if any(row.cells)]) > 1:
            yield SourceTable(part=name, encoding="xlsx", preview=preview, rows=_opener(path, name), fills=True)


def _opener(path: Path, sheet: str) -> "_Rows":
    return _Rows(path, sheet)


class _Rows:
    """Opens a sheet anew at every call."""

    def __init__(self, path: Path, sheet: str) -> None:
        self._path = path
        self._sheet = sheet

    def __call__(self) -> Iterator[RawRow]:
        return _rows(self._path, self._sheet)


def _check_container(path: Path) -> None:
    entries = container_entries(path, name=path.name)
    if "[Content_Types].xml" not in entries or not any(entry.startswith("xl/workbook") for entry in entries):
        remedy = "Unpack it and give the files or the folder."
        raise SourceUnusable(f"{path.name} is a zip archive, not a workbook", source=path.name, remedy=remedy)


def _open(path: Path) -> openpyxl.Workbook:
    if not openpyxl.DEFUSEDXML:
        raise SourceUnusable("XML is not read without defusedxml", source=path.name)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations it does not keep; nothing here needs them.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except _UNREADABLE as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: BaseException) -> SourceUnusable:
    return SourceUnusable(
        f"{path.name} is a damaged workbook: {error}", source=path.name, remedy="Open it, and save it again as .xlsx."
    )


def _sheet_names(path: Path) -> Sequence[str]:
    book = _open(path)
    try:
        return [sheet.title for sheet in book.worksheets]
    finally:
        book.close()


def _rows(path: Path, name: str) -> Iterator[RawRow]:
    book = _open(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = book[name]
            # Some programs write a wrong extent, and rows beyond it would be lost.
            sheet.reset_dimensions()
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield RawRow(number, [_text(value) for value in values])
    except _UNREADABLE as error:
        raise _unusable(path, error) from error
    finally:
        book.close()


def _text(value: object) -> str:
    """Return a cell as the text a reader of the sheet would write down."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
