"""Connections to the SQLite file, and the one place where its blocking work leaves the event loop."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from typing import TypeVar

from graph.embedded.schema import ENGINE, make_tables
from ontology.errors import Conflict, EcographError, EngineFailed, EngineMisconfigured, EngineUnavailable, InvalidQuery

T = TypeVar("T")
PAGE_BYTES = 8192
"""Measured against 4096: the load 15% faster, reads 5%."""
CACHE_KIB = 65_536
WRITER_CACHE_KIB = 24_576
"""An ingest holds little besides; with 64 MiB loading is no faster."""
MAPPED_BYTES = 8 << 30
"""For readers only: pages the writer maps would count as memory of the ingest, up to the size of the file."""
BUSY_MS = 5_000


def translated(error: sqlite3.Error) -> EcographError:
    """Return our error for one of SQLite's; every one has a place, those of unknown cause as `EngineFailed`."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    text = f"the graph file failed: {error}"
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Conflict("another process is writing to the graph file", remedy="Wait for it to end, or stop it.")
    if primary in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM):
        return EngineUnavailable(text, engine=ENGINE, remedy="Free space on the disk and try again.")
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return EngineMisconfigured(text, engine=ENGINE, remedy="Check that the folder exists and may be written.")
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return EngineMisconfigured(
            text, engine=ENGINE, remedy="Delete the graph file and rebuild the graph from the ledger."
        )
    return EngineFailed(text, engine=ENGINE)


class Connections:
    """A pool of reading connections with a thread each, and one writing connection with its own thread.

    A read is one function run inside one read transaction, so all its statements see the same graph; readers do
    not wait for the writer (write-ahead log). Writes of one process queue up; another process's write is waited
    for five seconds, then `Conflict`.
    """

    def __init__(self, path: Path, *, readers: int) -> None:
        self._path = path
        self._closed = False
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._all: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        with _translating():
            self._writing = self._open(cache_kib=WRITER_CACHE_KIB, mapped_bytes=0)
            try:
                make_tables(self._writing)
            except BaseException:
                self._writing.close()
                raise
        self._read_threads = ThreadPoolExecutor(readers, thread_name_prefix="graph-read")
        self._write_thread = ThreadPoolExecutor(1, thread_name_prefix="graph-write")

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in a thread, inside one read transaction."""
        return await asyncio.get_running_loop().run_in_executor(self._pool(self._read_threads), self._read, work)

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in the writing thread, inside one write transaction: all of it is kept, or nothing."""
        return await asyncio.get_running_loop().run_in_executor(self._pool(self._write_thread), self._write, work)

    def close(self) -> None:
        """Wait for running work and close every connection; closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        self._read_threads.shutdown()
        self._write_thread.shutdown()
        for connection in self._all:
            connection.close()

    def _pool(self, pool: ThreadPoolExecutor) -> ThreadPoolExecutor:
        if self._closed:
            raise EngineUnavailable("the graph file has been closed", engine=ENGINE)
        return pool

    def _open(self, *, cache_kib: int = CACHE_KIB, mapped_bytes: int = MAPPED_BYTES) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        with self._opening:
            self._all.append(connection)
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{cache_kib}")
        connection.execute(f"PRAGMA mmap_size = {mapped_bytes}")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with _translating():
            connection = self._idle.get_nowait() if self._idle.qsize() else self._open()
            try:
                connection.execute("BEGIN")
                try:
                    return work(connection)
                finally:
                    connection.execute("COMMIT")
            finally:
                self._idle.put(connection)

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with _translating():
            self._writing.execute("BEGIN IMMEDIATE")
            try:
                result = work(self._writing)
                self._writing.execute("COMMIT")
            except BaseException:
                if self._writing.in_transaction:
                    self._writing.execute("ROLLBACK")
                raise
            return result


@contextmanager
def _translating() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as exc:
        raise translated(exc) from exc
    except UnicodeEncodeError as exc:
        raise InvalidQuery("a text holds half a surrogate pair, which nothing stored can hold") from exc
