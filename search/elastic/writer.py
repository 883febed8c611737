"""Writing an Elasticsearch cluster: batches in bulk, commits, and rebuilds into a new version of the index.

Nothing is seen before a commit: indexes do not refresh by themselves. A commit makes the batches visible and then
writes the checkpoint, so after a crash the checkpoint is never ahead of the content, and what is replayed replaces
itself. Batches go one bulk request after the other (`BULK_BYTES`, `BULK_DOCUMENTS`): the server's answer is the
signal to go on, and the next documents are segmented while it works. What it refuses because it is busy (429) is
sent again with growing pauses.
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from typing import Any

from elasticsearch.helpers import async_streaming_bulk

from ontology.errors import EngineError, EngineFailed
from ontology.model import Document, EntityId
from search.elastic.faults import ENGINE, of_server, translating
from search.elastic.mapping import document_source
from search.elastic.server import ElasticServer, write_alias
from search.fields import RESERVED, checked_row, indexed_fields
from search.index import SearchBatch

BULK_DOCUMENTS = 1_000
BULK_BYTES = 1_000_000
"""Of one request: from 1 MiB on aiohttp warns that sending it may hold up everything else of the process."""

SEGMENTED_AT_ONCE = 250
"""Documents segmented in one go: some 0.1 s of work, about as long as the server takes for them."""

WRITE_SECONDS = 120.0
ATTEMPTS = 6
"""Times a busy server is asked again, after 0.5, 1, 2, 4, 8, 16 seconds."""

_SHOWN_FAULTS = 3

Action = dict[str, object]


class ElasticWriter:
    """`SearchWriter` on an Elasticsearch cluster; see `open_search`."""

    def __init__(self, server: ElasticServer) -> None:
        self._server = server
        self._reached: int | None = None
        self._rebuilt: str | None = None

    async def apply(self, batch: SearchBatch) -> None:
        """Apply one batch; it becomes visible at the next `commit`.

        Raises `EngineFailed` naming the documents that the server refused; the others of the batch are in.
        """
        latest = await asyncio.to_thread(_checked, batch)
        removed = [
            each for each in dict.fromkeys(batch.removed) if each and each not in latest and each not in RESERVED
        ]
        with translating():
            await self._server.prepare()
            await self._send(_actions(removed, list(latest.values())), await self._target())
        self._reached = batch.checkpoint

    async def commit(self) -> None:
        """Make all applied batches visible, together with the last checkpoint; ends a rebuild."""
        with translating():
            await self._server.prepare()
            target = await self._target()
            reached = await self.checkpoint() if self._reached is None else self._reached
            await self._server.client.options(request_timeout=WRITE_SECONDS).indices.refresh(index=target)
            await self._server.mark(target, reached)
            if self._rebuilt is not None:
                await self._server.serve_version(target)
        self._reached, self._rebuilt = None, None
        self._server.commits += 1

    async def checkpoint(self) -> int:
        """Return the ledger position of the last commit, 0 for an empty index and after `clear`."""
        if self._rebuilt is not None:
            return 0
        with translating():
            await self._server.prepare()
            return (await self._server.marker(committed=False)).checkpoint

    async def clear(self) -> None:
        """Begin anew in the next version of the index, which the next `commit` puts in the place of the present one."""
        with translating():
            await self._server.prepare()
            self._rebuilt = await self._server.begin_version()
        self._reached = 0

    async def close(self) -> None:
        """Nothing is held; the index closes the connections."""

    async def _target(self) -> str:
        """Return the index that is written: that of a rebuild, else the one behind the alias, of a format we know."""
        if self._rebuilt is not None:
            return self._rebuilt
        target = (await self._server.marker(committed=False)).index
        await self._server.check_format(target)
        return target

    async def _send(self, actions: AsyncIterable[Action], target: str) -> None:
        faults: list[Mapping[str, Any]] = []
        async for done, answer in async_streaming_bulk(
            self._server.client.options(request_timeout=WRITE_SECONDS),
            actions,
            index=write_alias(target),
            require_alias=True,
            chunk_size=BULK_DOCUMENTS,
            max_chunk_bytes=BULK_BYTES,
            max_retries=ATTEMPTS,
            initial_backoff=0.5,
            max_backoff=30,
            raise_on_error=False,
        ):
            ((kind, item),) = answer.items()
            if not done and not (kind == "delete" and item.get("status") == 404):
                faults.append(item)
        if faults:
            raise _refused(faults)


def _checked(batch: SearchBatch) -> dict[EntityId, Document]:
    """Return the last document of each id; raises `InvalidInput` before anything is sent."""
    latest = {document.id: document for document in batch.documents}
    for document in latest.values():
        checked_row(document)
    return latest


async def _actions(removed: Sequence[EntityId], documents: Sequence[Document]) -> AsyncIterator[Action]:
    """Yield what is sent; the next documents are segmented in a thread while the ones before are on their way."""
    for identifier in removed:
        yield {"_op_type": "delete", "_id": identifier}
    ahead: asyncio.Task[list[Action]] | None = None
    try:
        for at in range(0, len(documents) + SEGMENTED_AT_ONCE, SEGMENTED_AT_ONCE):
            ready = [] if ahead is None else await ahead
            part = documents[at : at + SEGMENTED_AT_ONCE]
            ahead = asyncio.create_task(asyncio.to_thread(_indexing, part)) if part else None
            for action in ready:
                yield action
    finally:
        if ahead is not None:
            ahead.cancel()


def _indexing(documents: Sequence[Document]) -> list[Action]:
    return [{"_id": document.id, "_source": document_source(indexed_fields(document))} for document in documents]


def _refused(faults: list[Mapping[str, Any]]) -> EngineError:
    """Return the error for items that the server refused: by what it says of the first, with some of them named."""
    first = faults[0].get("error") or {}
    kind = str(first.get("type", "")) if isinstance(first, Mapping) else str(first)
    named = "; ".join(f"{each.get('_id')}: {_reason(each)}" for each in faults[:_SHOWN_FAULTS])
    text = f"the search server refused {len(faults)} documents: {named}"
    found = of_server(kind, int(faults[0].get("status", 500)), text)
    return found if isinstance(found, EngineError) else EngineFailed(text, engine=ENGINE)


def _reason(item: Mapping[str, Any]) -> str:
    error = item.get("error") or {}
    return str(error.get("reason", error)) if isinstance(error, Mapping) else str(error)
