"""CSV and TSV: delimiter found by trying, quoted line breaks kept, formulas left as the text they are."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from ingest.sources.content import Content
from ingest.sources.table import PREVIEW_ROWS, RawRow, SourceTable
from ontology.errors import SourceUnusable

LONGEST_CELL: Final = 4_000_000
"""Characters of one cell; more means a quote that was never closed."""
_DELIMITERS: Final = (",", "\t", ";", "|", "，")


def delimited_tables(path: Path, content: Content) -> Iterator[SourceTable]:
    """Yield the one table of a delimited text file."""
    delimiter = _delimiter(path, content)

    def rows() -> Iterator[RawRow]:
        return _rows(path, content, delimiter)

    preview = list(islice(rows(), PREVIEW_ROWS))
    yield SourceTable(part="", encoding=content.encoding, preview=preview, rows=rows)


def _delimiter(path: Path, content: Content) -> str:
    with path.open(encoding=content.encoding, errors="replace", newline="") as stream:
        text = stream.read(64_000)
    if path.suffix.lower() in (".tsv", ".tab") and "\t" in text:
        return "\t"
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in islice(_quiet_reader(text, delimiter), 60) if any(row))
        if not widths:
            continue
        width, often = max(widths.items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
        score = often / sum(widths.values()) * min(width, 40) if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _quiet_reader(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error:
        return


def _rows(path: Path, content: Content, delimiter: str) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=content.encoding, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        number, before = 0, None
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                if before is not None:
                    yield _last_row(before, closed=_ends_in_quote(path, content), lossy=content.lossy)
                return
            except csv.Error as error:
                raise SourceUnusable(
                    f"{path.name}, row {number}: {error}",
                    source=path.name,
                    remedy='A quotation mark (") is probably opened there and never closed.',
                ) from error
            if before is not None:
                yield _row(*before, lossy=content.lossy)
            before = number, cells


def _last_row(numbered: tuple[int, list[str]], *, closed: bool, lossy: bool) -> RawRow:
    """Return the last row, unusable where a quote was opened in it and never closed: it holds all that follows."""
    number, cells = numbered
    swallowed = max(len(cells[-1].splitlines()) - 1, 0) if cells else 0
    if swallowed and not closed:
        lines = "line" if swallowed == 1 else "lines"
        reason = (
            f"a quotation mark is opened in this row and never closed: the {swallowed} {lines} after it are lost in it"
        )
        return RawRow(number, cells, "open-quote", reason)
    return _row(number, cells, lossy=lossy)


def _ends_in_quote(path: Path, content: Content) -> bool:
    """Tell whether the last character but line breaks is a quotation mark, as it is after a quoted last cell."""
    with path.open("rb") as stream:
        stream.seek(max(content.size - 64, 0))
        return stream.read().replace(b"\0", b"").rstrip().endswith(b'"')


def _row(number: int, cells: list[str], *, lossy: bool) -> RawRow:
    whole = "".join(cells)
    if lossy and "\ufffd" in whole:
        return RawRow(number, cells, "undecodable", "bytes that are no character in the file's encoding")
    if "\x00" in whole:
        return RawRow(number, [cell.replace("\x00", "") for cell in cells], notes=("nul-bytes",))
    return RawRow(number, cells)
