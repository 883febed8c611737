"""JSON: an array of objects, also inside an object, read as a stream; and JSON lines."""

import io
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final

import ijson
import orjson

from ingest.sources.content import Content
from ingest.sources.table import PREVIEW_ROWS, RawRow, SourceTable
from ontology.errors import SourceUnusable

HEADER_OBJECTS: Final = 1_000
"""Objects whose keys together make the header: optional keys are missing from many."""
LONGEST_LINE: Final = 16_000_000

Objects = Callable[[], Iterator[tuple[int, object]]]
"""Yields (number of the object or line, the object, or None where the line is no JSON)."""


def json_tables(path: Path, content: Content) -> Iterator[SourceTable]:
    """Yield the table of a JSON file; raises SourceUnusable where it is no JSON or holds no array of objects."""
    prefix = _prefix(path, content)
    objects = _array(path, content, prefix)
    yield _table(path, content, objects, part=prefix.removesuffix(".item") if prefix != "item" else "")


def json_line_tables(path: Path, content: Content) -> Iterator[SourceTable]:
    """Yield the table of a JSON lines file; a line that is no object becomes an unusable row."""
    yield _table(path, content, _lines(path, content), part="")


def _table(path: Path, content: Content, objects: Objects, *, part: str) -> SourceTable:
    header: dict[str, None] = {}
    for _, item in islice(objects(), HEADER_OBJECTS):
        if isinstance(item, Mapping):
            header.update(dict.fromkeys(str(key) for key in item))
    if not header:
        raise SourceUnusable(f"{path.name} holds no objects with named values", source=path.name)
    names = list(header)

    def rows() -> Iterator[RawRow]:
        yield RawRow(0, names)
        for number, item in objects():
            yield _row(number, item, names, header)

    preview = list(islice(rows(), PREVIEW_ROWS))
    return SourceTable(part=part, encoding=content.encoding, preview=preview, rows=rows, headed=True)


def _row(number: int, item: object, names: list[str], known: Mapping[str, None]) -> RawRow:
    if not isinstance(item, Mapping):
        return RawRow(number, [str(item)[:500]], "not-an-object", "this is no JSON object")
    notes = ("late-column",) if any(key not in known for key in item) else ()
    return RawRow(number, [_text(item.get(name)) for name in names], notes=notes)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal | float):
        return str(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str).decode()


def _stream(path: Path, content: Content) -> io.BufferedReader:
    """Return the file's bytes in UTF-8, whatever encoding they are in."""
    if content.encoding == "utf-8":
        return path.open("rb")
    return io.BufferedReader(_Recoded(path, content.encoding))


class _Recoded(io.RawIOBase):
    """A text file of any encoding, read as UTF-8 bytes."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._text = path.open(encoding=encoding, errors="replace")
        self._rest = b""

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if not self._rest:
            self._rest = self._text.read(65_536).encode()
        taken = min(len(view), len(self._rest))
        view[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken

    def close(self) -> None:
        """Close the file."""
        self._text.close()
        super().close()


def _prefix(path: Path, content: Content) -> str:
    """Return where the first array of objects is, having read the whole file once: half a file is no file."""
    found = ""
    try:
        with _stream(path, content) as stream:
            for prefix, event, _ in ijson.parse(stream):
                if not found and event == "start_map" and (prefix == "item" or prefix.endswith(".item")):
                    found = str(prefix)
    except (ijson.JSONError, UnicodeDecodeError) as error:
        remedy = "Get it again: it was probably cut off while it was copied."
        raise SourceUnusable(f"{path.name} is not JSON: {error}", source=path.name, remedy=remedy) from error
    if not found:
        raise SourceUnusable(f"{path.name} holds no array of objects", source=path.name)
    return found


def _array(path: Path, content: Content, prefix: str) -> Objects:
    def objects() -> Iterator[tuple[int, object]]:
        with _stream(path, content) as stream:
            yield from enumerate(ijson.items(stream, prefix), start=1)

    return objects


def _lines(path: Path, content: Content) -> Objects:
    def objects() -> Iterator[tuple[int, object]]:
        with path.open(encoding=content.encoding, errors="replace") as stream:
            number = 0
            while line := stream.readline(LONGEST_LINE):
                number += 1
                if line.strip():
                    yield number, _parse_line(line)

    return objects


def _parse_line(line: str) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return line
