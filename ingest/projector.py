"""Keeping graph and search in step with the ledger, each from its own checkpoint.

What a projection needs is computed from live statements alone, so it may be interrupted, repeated or begun anew: the
checkpoint moves only with the last batch, and until then the same work is simply done again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete

from graph.store import GraphBatch, GraphWriter
from ingest.journal.connection import single_writer, translated
from ingest.journal.interning import Nodes, Terms
from ingest.journal.tables import WORK
from ingest.ledger import Ledger
from ingest.projection.documents import DocumentWriter
from ingest.projection.entities import Computed, EntityReader
from ingest.projection.identity import IdentityJudge
from ingest.projection.worklist import AGAIN, REMOVED, Worklist, class_ranks
from ontology.model import Document, EntityId
from ontology.schema import Schema
from search.index import SearchBatch, SearchWriter

CHUNK: Final = 500
"""Entities computed and written at once."""

COMMIT_DOCUMENTS: Final = 20_000
"""Documents between two commits of the search: it remembers what it wrote until then, some 200 bytes each."""

Told = Callable[[int], None]


def silent(_entities: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Projected:
    """What a pass wrote: entities and documents, and the ledger position reached."""

    entities: int
    documents: int
    position: int


@dataclass(frozen=True, slots=True)
class _Step:
    """One chunk, ready to be written."""

    rank: int
    computed: Sequence[Computed]
    removed: Sequence[EntityId]
    documents: Sequence[Document]
    undocumented: Sequence[EntityId]


@dataclass(frozen=True, slots=True)
class Projector:
    """Projects one ledger into one graph and one search index."""

    ledger: Ledger
    graph: GraphWriter
    search: SearchWriter
    schema: Schema
    progress: Told = silent

    async def catch_up(self) -> Projected:
        """Bring graph and search to the end of the ledger; raises `Conflict` while another process writes."""
        with translated(), single_writer(self.ledger.database):
            return await self.catch_up_locked()

    async def rebuild(self, *, graph: bool = True, search: bool = True) -> Projected:
        """Make graph, search or both anew from the ledger."""
        with translated(), single_writer(self.ledger.database):
            if graph:
                await self.graph.clear()
            if search:
                await self.search.clear()
            projected = await self.catch_up_locked()
            if search:
                await self.search.commit()  # an empty ledger leaves nothing to project, and so nothing was committed
            return projected

    async def catch_up_locked(self) -> Projected:
        """Do the work of `catch_up` for a caller that is the single writer."""
        head = await self.ledger.head()
        behind = (await self.graph.checkpoint(), await self.search.checkpoint())
        write_graph, write_search = (reached != head for reached in behind)
        if not write_graph and not write_search:
            return Projected(0, 0, head)
        # A checkpoint beyond the ledger's end belongs to another ledger.
        since = min(0 if reached > head else reached for reached in behind if reached != head)
        if any(reached > head for reached in behind):
            await self.graph.clear()
            await self.search.clear()
            write_graph = write_search = True
        return await self._project(since, head, write_graph=write_graph, write_search=write_search)

    async def _project(self, since: int, head: int, *, write_graph: bool, write_search: bool) -> Projected:
        work = _Pass(self.ledger, self.schema, since, head)
        await asyncio.to_thread(work.begin)
        entities = documents = committed = 0
        try:
            step = await asyncio.to_thread(work.step)
            while step is not None:
                writes: list[Awaitable[None]] = []
                if write_graph and step.rank != AGAIN:
                    writes.append(self.graph.apply(_graph_batch(step, since)))
                if write_search:
                    removed = (*step.removed, *step.undocumented)
                    writes.append(self.search.apply(SearchBatch(step.documents, removed, since)))
                entities += len(step.computed)
                documents += len(step.documents)
                # The next chunk is computed while this one is written.
                step, *_ = await asyncio.gather(asyncio.to_thread(work.step), *writes)
                self.progress(entities)
                if write_search and documents - committed >= COMMIT_DOCUMENTS:
                    await self.search.commit()
                    committed = documents
            if write_search:
                await self.search.apply(SearchBatch(checkpoint=head))
                await self.search.commit()
            if write_graph:
                await self.graph.apply(GraphBatch(checkpoint=head))
        finally:
            await asyncio.to_thread(work.end)
        return Projected(entities, documents, head)


def _graph_batch(step: _Step, checkpoint: int) -> GraphBatch:
    return GraphBatch(
        entities=[item.entity for item in step.computed],
        relations=[relation for item in step.computed for relation in item.relations],
        removed=step.removed,
        checkpoint=checkpoint,
    )


class _Pass:
    """One pass over all that changed, computed chunk by chunk in a thread."""

    def __init__(self, ledger: Ledger, schema: Schema, since: int, head: int) -> None:
        self._ledger = ledger
        self._schema = schema
        self._since = since
        self._head = head
        self._ranks = class_ranks(schema)

    def begin(self) -> None:
        """Judge identities and note the work."""
        with translated(), self._ledger.database.begin() as connection:
            database = self._ledger.database
            nodes = Nodes(database, connection, Terms(database, connection))
            IdentityJudge(connection, nodes, schema=self._schema, head=self._head).judge()
            Worklist(connection, self._ranks).fill(self._since)

    def step(self) -> _Step | None:
        """Compute the next chunk; None at the end."""
        with translated(), self._ledger.database.begin() as connection:
            worklist = Worklist(connection, self._ranks)
            rank, nodes = worklist.next(CHUNK)
            # Struck off before it is computed, so that what repeats a neighbour of this chunk can be noted again.
            worklist.done(nodes)
            return None if not nodes else self._compute(connection, worklist, rank, nodes)

    def _compute(self, connection: Connection, worklist: Worklist, rank: int, nodes: Sequence[int]) -> _Step:
        reader = EntityReader(connection, self._schema)
        writer = DocumentWriter(connection, self._schema, self._ranks)
        if rank == REMOVED:
            names = reader.names(nodes)
            writer.write([], nodes, head=self._head)
            return _Step(rank, (), [names[node] for node in nodes], (), ())
        computed, removed = reader.compute(nodes)
        present = {item.node for item in computed}
        gone = [node for node in nodes if node not in present]
        documents, undocumented, changed = writer.write(computed, gone, head=self._head)
        if changed and rank != AGAIN:
            worklist.follow(changed, rank, all_noted=self._since == 0)
        return _Step(rank, computed, removed, documents, undocumented)

    def end(self) -> None:
        """Leave no work noted."""
        with translated(), self._ledger.database.begin() as connection:
            connection.execute(delete(WORK))
