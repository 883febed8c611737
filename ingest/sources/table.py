"""What a reader yields: tables, and rows of text cells with the faults the reader saw."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

PREVIEW_ROWS: Final = 25
"""Rows looked at to find the header: bureau workbooks put titles, dates and units above it."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands. `number` counts from 1 as a spreadsheet does, titles and header too.

    `fault` is the code of what makes the row unusable, empty where it can be read; `reason` says it in words.
    `notes` are what was mended on the way.
    """

    number: int
    cells: Sequence[str]
    fault: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table of a source file: a CSV file, a sheet of a workbook, an array of a JSON file.

    `rows` opens the table and yields every row, header and titles too; `preview` is its beginning.
    `headed` is True where the first row is the header for certain (JSON). `fills` is True where short rows are whole,
    because the format leaves out empty cells at their end (workbooks).
    """

    part: str
    encoding: str
    preview: Sequence[RawRow]
    rows: Callable[[], Iterator[RawRow]] = field(repr=False)
    headed: bool = False
    fills: bool = False
