"""Writing a tantivy folder: `open_writer(path)` gives the `SearchWriter`; one process writes at a time.

A batch is applied to tantivy's memory and reaches the disk at `commit`. The checkpoint is an entry of the index
itself and is committed with the documents, in one replacement of `meta.json`: after a crash the index is at its last
commit, with that commit's checkpoint, and the batches after it are applied again.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import tantivy

from ontology.errors import Conflict, EngineFailed, EngineMisconfigured
from ontology.model import EntityId
from search.embedded.index import ENGINE, marker_of, open_folder
from search.embedded.ranking import found_by
from search.embedded.schema import marker_document, tantivy_document
from search.fields import ANCHOR, MARKER, indexed_fields
from search.index import SearchBatch

T = TypeVar("T")

HEAP_BYTES = 32_000_000
"""Memory of the indexing thread; when it is full a segment is written. Below 15 MB tantivy refuses. Four times as
much is no faster for 41,000 documents of registers, and keeps an ingest from staying below 400 MB."""

_CHECKED_AT_ONCE = 5_000


def open_writer(path: Path) -> "TantivyWriter":
    """Return a writer of the search index in folder `path`, which is made empty if there is none.

    The folder is opened at the first use and locked at the first `apply`, `commit` or `clear`, until `close`;
    `Conflict` is raised there if another process writes. Each use but `clear` raises `EngineMisconfigured` for a folder
    of another format or a damaged one.
    """
    return TantivyWriter(path)


class TantivyWriter:
    """`SearchWriter` on a tantivy folder; see `open_writer`. Also a context manager that closes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: tantivy.Index | None = None
        self._lock = threading.Lock()
        self._writer: tantivy.IndexWriter | None = None
        self._reached: int | None = None
        self._cleared = False
        self._written: set[str] = set()
        self._removed: set[str] = set()

    async def apply(self, batch: SearchBatch) -> None:
        """Apply one batch; it becomes visible and durable at the next `commit`."""
        await self._in_thread(lambda: self._apply(batch))

    async def commit(self) -> None:
        """Make all applied batches visible and durable, together with the last checkpoint.

        Raises `EngineFailed` if the index then does not hold each written document exactly once.
        """
        await self._in_thread(self._commit)

    async def checkpoint(self) -> int:
        """Return the ledger position of the last commit, 0 for an empty index and after `clear`."""
        return await self._in_thread(self._checkpoint)

    async def clear(self) -> None:
        """Begin anew: the next `commit` replaces everything by what is applied from now on."""
        await self._in_thread(self._clear)

    async def close(self) -> None:
        """Wait for merges and let other processes write. What was not committed is lost."""
        await self._in_thread(self._close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def _index(self) -> tantivy.Index:
        if self._opened is None:
            self._opened = open_folder(self._path)
        return self._opened

    def _locked(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                # One indexing thread: more make more segments and gain nothing, segmentation is the slow part.
                self._writer = self._index.writer(HEAP_BYTES, 1)
                self._prepare(self._writer)
            except ValueError as exc:
                if "LockBusy" not in str(exc):
                    raise
                raise Conflict(
                    "another process writes to the search index", remedy="Wait for it to end, or end it."
                ) from exc
        return self._writer

    @staticmethod
    def _prepare(writer: tantivy.IndexWriter) -> None:
        """Make a new writer safe to use (tantivy 0.27).

        Files that a killed writer left are named by stamps that come again, and are in the way. The first operation
        gets the stamp of the last commit, and a merge takes deletes up to that for done: the first document written
        anew would stand twice. So the first operation is one that may be lost: no document has this id.
        """
        writer.garbage_collect_files()
        writer.delete_documents_by_term("id", ANCHOR)

    def _apply(self, batch: SearchBatch) -> None:
        writer = self._locked()
        latest = {document.id: document for document in batch.documents}
        ready = [tantivy_document(indexed_fields(document)) for document in latest.values()]
        self._delete(writer, (*batch.removed, *latest))
        for document in ready:
            writer.add_document(document)
        self._removed.update(batch.removed)
        self._removed.difference_update(latest)
        self._written.difference_update(batch.removed)
        self._written.update(latest)
        self._reached = batch.checkpoint

    def _delete(self, writer: tantivy.IndexWriter, ids: Iterable[EntityId]) -> None:
        for identifier in ids:
            if identifier != MARKER:
                writer.delete_documents_by_term("id", identifier)

    def _commit(self) -> None:
        writer = self._locked()
        reached = self._checkpoint() if self._reached is None else self._reached
        writer.delete_documents_by_term("id", MARKER)
        writer.add_document(marker_document(reached))
        writer.commit()
        self._index.reload()
        self._assert_counts()
        self._forget()

    def _forget(self) -> None:
        self._reached = None
        self._cleared = False
        self._written.clear()
        self._removed.clear()

    def _assert_counts(self) -> None:
        """Count what was written and removed: tantivy's delete says nothing when it deletes nothing."""
        searcher = self._index.searcher()
        for ids, each in ((self._written, 1), (self._removed, 0)):
            for some in _chunks(ids):
                found = found_by(searcher, tantivy.Query.term_set_query(self._index.schema, "id", some), 1).count
                if found != each * len(some):
                    raise EngineFailed(
                        f"{found} documents stand where {each * len(some)} should",
                        engine=ENGINE,
                        remedy="Run `ecograph rebuild --search`.",
                    )

    def _checkpoint(self) -> int:
        if self._cleared:
            return 0
        stored = marker_of(self._index)
        return 0 if stored is None else stored["checkpoint"]

    def _clear(self) -> None:
        if self._opened is None:
            try:
                self._opened = open_folder(self._path)
            except EngineMisconfigured:
                self._make_anew()
        self._locked().delete_all_documents()
        self._forget()
        self._cleared = True

    def _make_anew(self) -> None:
        """Replace a folder that cannot be used by an empty one; only files that tantivy writes are removed."""
        for file in self._path.iterdir():
            if file.is_file():
                file.unlink()
        self._opened = open_folder(self._path)

    def _close(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.rollback()
            writer.wait_merging_threads()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Run blocking tantivy work in a thread, one piece at a time; the one place where the writer does so.

        Raises `EngineFailed` for what tantivy reports.
        """

        def alone() -> T:
            with self._lock:
                return work()

        try:
            return await asyncio.to_thread(alone)
        except (ValueError, OSError) as exc:
            raise EngineFailed(f"tantivy failed: {exc}", engine=ENGINE) from exc


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(sorted(ids))
    while some := list(islice(iterator, _CHECKED_AT_ONCE)):
        yield some
