"""Files of many texts, one JSON object a line: read one after the other or by several processes, in order."""

import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

import orjson

from api.reading import Kept, Reader
from api.services import open_reader
from api.settings import Settings
from nlp.mention import Mention
from ontology.errors import EngineFailed, RecordRejected

MAX_LINE: Final = 32 * 1024 * 1024
"""Bytes of one line: beyond this it is no text but a whole file without line ends."""
PORTION: Final = 64
"""Texts read at once: fewer leave the recogniser's matrices small, more make the first answer late."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of every text: which mentions, the day it was written and its region where these are known."""

    kept: Kept = Kept.ALL
    written: date | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file, counted from 1: the answer as JSON without line end, or why there is none."""

    row: int
    answer: bytes = b""
    fault: str = ""
    remedy: str = ""


def rows_of(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield rows that are not empty with their numbers; a row that is too long comes cut, and is then no JSON."""
    for row in itertools.count(1):
        line = stream.readline(MAX_LINE)
        if not line:
            return
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
        line = line.removeprefix(b"\xef\xbb\xbf") if row == 1 else line
        if line.strip():
            yield row, line


def read_rows(reader: Reader, rows: Sequence[tuple[int, bytes]], wanted: Wanted) -> list[Line]:
    """Return the answers to some rows in order; a row that is no text is answered by its fault."""
    lines: dict[int, Line] = {}
    texts: dict[int, tuple[str | int | float | None, str]] = {}
    for row, line in rows:
        try:
            texts[row] = _text_of(line)
        except RecordRejected as error:
            lines[row] = Line(row, fault=error.message, remedy=error.remedy)
    readings = reader.read_many(
        [text for _, text in texts.values()], written=wanted.written, region=wanted.region, kept=wanted.kept
    )
    for (row, (identifier, _)), reading in zip(texts.items(), readings, strict=True):
        entities = [mention_json(mention) for mention in reading.mentions]
        lines[row] = Line(row, orjson.dumps({"id": row if identifier is None else identifier, "entities": entities}))
    return [lines[row] for row, _ in rows]


def _text_of(line: bytes) -> tuple[str | int | float | None, str]:
    remedy = 'Write one object a line: {"id": "1", "text": "…"}.'
    if len(line) >= MAX_LINE:
        raise RecordRejected(f"the line is longer than {MAX_LINE:,} bytes", code="too-long", remedy=remedy)
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise RecordRejected(f"not JSON: {error}", code="no-json", remedy=remedy) from error
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise RecordRejected("no object with a text", code="no-text", remedy=remedy)
    identifier = found.get("id")
    if identifier is not None and (isinstance(identifier, bool) or not isinstance(identifier, str | int | float)):
        raise RecordRejected("the id is neither text nor number", code="no-id", remedy=remedy)
    return identifier, found["text"]


def mention_json(mention: Mention) -> dict[str, object]:
    """Return a mention as it is written out."""
    return {
        "start": mention.start,
        "end": mention.end,
        "label": mention.label,
        "text": mention.text,
        "method": mention.method,
        "score": mention.score,
        "entity_id": mention.entity_id,
        "values": dict(mention.values),
    }


def read_lines(settings: Settings, stream: BinaryIO, *, wanted: Wanted, jobs: int) -> Iterator[Line]:
    """Yield the answer to every row that is not empty, in order; with several `jobs` by that many processes."""
    if jobs > 1:
        yield from _by_processes(settings, stream, wanted=wanted, jobs=jobs)
        return
    with open_reader(settings) as reader:
        for portion in _portions(rows_of(stream)):
            yield from read_rows(reader, portion, wanted)


def _by_processes(settings: Settings, stream: BinaryIO, *, wanted: Wanted, jobs: int) -> Iterator[Line]:
    with open_reader(settings) as reader:
        # The names are read and kept once here, and only loaded by the processes.
        reader.prepare()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(settings, wanted)) as pool:
        portions = _portions(rows_of(stream))
        waiting: deque[Future[list[Line]]] = deque()
        try:
            for portion in portions:
                waiting.append(pool.submit(_read_portion, portion))
                # A few portions ahead, not the whole file: memory stays flat whatever the file's length.
                if len(waiting) >= jobs * 3:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise EngineFailed(
                "a reading process ended by itself", engine="read", remedy="Try fewer --jobs: memory may be short."
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def _portions(rows: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    rows = iter(rows)
    while portion := list(itertools.islice(rows, PORTION)):
        yield portion


_OPEN: Final = ExitStack()
_STARTED: Final[list[tuple[Reader, Wanted]]] = []


def _start(settings: Settings, wanted: Wanted) -> None:
    """Open a reader for the life of this process."""
    _STARTED.append((_OPEN.enter_context(open_reader(settings)), wanted))


def _read_portion(portion: Sequence[tuple[int, bytes]]) -> list[Line]:
    reader, wanted = _STARTED[-1]
    return read_rows(reader, portion, wanted)
