"""The ledger: what every source said, once, append-only. Everything else is a projection of it.

Reading is asynchronous for the API: the blocking SQL runs in threads here and nowhere else. Ingestion works on
`Ledger.database` directly, in its own thread.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from ingest.journal import grouped, read, verify
from ingest.journal.connection import open_database, reading, single_writer, storable, translated
from ingest.journal.facts import (
    Dataset,
    IdentityConflict,
    LedgerCounts,
    QuarantinedRow,
    Record,
    SaidFacts,
    Sighting,
    StoredStatement,
    Verification,
)
from ingest.journal.retract import Retracted, Scope, retract
from ingest.journal.write import JournalWriter, head_of
from ontology.model import EntityId, Page, RecordId

P = ParamSpec("P")
T = TypeVar("T")


def utc_now() -> str:
    """Return the present moment as the ledger writes it: UTC with microseconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Ledger:
    """One open ledger. `now` gives the moments that are recorded. Raises `EngineError` when the database fails."""

    database: Engine
    now: Callable[[], str] = utc_now

    async def statements(
        self, ids: Sequence[EntityId], *, as_of: str | None = None, recorded_as_of: str | None = None
    ) -> list[StoredStatement]:
        """Return the statements about exactly these ids (see `members`), in the order they were recorded.

        `as_of` (an ISO day) keeps what held then and what has no dates. `recorded_as_of` (a moment) shows the ledger
        as it was then, None only what is live now.
        """
        return await self._read(read.statements_about, _nameable(ids), as_of=as_of, recorded_as_of=recorded_as_of)

    async def facts(
        self,
        ids: Sequence[EntityId],
        *,
        as_of: str | None = None,
        recorded_as_of: str | None = None,
        records: int = 20,
    ) -> SaidFacts:
        """Return the literal facts of the thing that all of `ids` name, each with its first `records` records.

        The statements read are limited (`grouped.MAX_STATEMENTS`).
        """
        return await self._read(
            grouped.facts_about, _nameable(ids), as_of=as_of, recorded_as_of=recorded_as_of, records=records
        )

    async def record(self, record: RecordId) -> Record | None:
        """Return a record with its sightings, None if there is none of this id."""
        return await self._read(read.record, record)

    async def sightings(self, records: Iterable[RecordId]) -> Mapping[str, list[Sighting]]:
        """Return where each record was seen; unknown ids have no sightings."""
        return await self._read(read.sightings, list(records))

    async def datasets(self) -> list[Dataset]:
        """Return all datasets by id."""
        return await self._read(read.datasets)

    async def counts(self) -> LedgerCounts:
        """Return how much is live."""
        return await self._read(read.counts)

    async def digest(self) -> str:
        """Return 64 hexadecimal digits, equal for equal live statements of equal records, whenever recorded."""
        return await self._read(read.content_digest)

    async def quarantine(
        self, *, dataset: str | None = None, code: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> Page[QuarantinedRow]:
        """Return the rows that could not be used and are not settled; raises `InvalidQuery` for a bad cursor."""
        if not storable(f"{dataset}{code}"):
            return Page([], 0)
        return await self._read(read.quarantined, dataset=dataset, code=code, limit=limit, cursor=cursor)

    async def canonical(self, ids: Iterable[EntityId]) -> Mapping[EntityId, EntityId]:
        """Return the canonical id of each id: itself where nothing else is the same thing."""
        asked = list(ids)
        found = await self._read(read.canonical_ids, _nameable(asked))
        return {entity: found.get(entity, entity) for entity in asked}

    async def members(self, entity: EntityId) -> list[EntityId]:
        """Return all ids of the thing that `entity` names, `entity` alone where nothing else is the same thing."""
        return await self._read(read.members, entity) if storable(entity) else [entity]

    async def conflicts(self) -> list[IdentityConflict]:
        """Return the claims of identity that were not followed."""
        return await self._read(read.conflicts)

    async def head(self) -> int:
        """Return the position of the last entry, 0 for an empty ledger."""
        return (await self._read(head_of))[0]

    async def verify(self) -> Verification:
        """Recompute the hash chain and say where it breaks."""
        return await asyncio.to_thread(self._translated, verify.verify, self.database)

    async def retract(self, scope: Scope, what: str, *, reason: str) -> Retracted:
        """Take back a record, file or dataset; projections follow at their next run.

        Raises `NotFound` where nothing live answers to `what`, `Conflict` while another process writes.
        """
        return await asyncio.to_thread(self._retract, scope, what, reason)

    def _retract(self, scope: Scope, what: str, reason: str) -> Retracted:
        with translated(), single_writer(self.database):
            writer = JournalWriter(self.database, now=self.now)
            return retract(self.database, writer, scope, what, reason=reason, now=self.now)

    async def _read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def work() -> T:
            with reading(self.database) as connection:
                return query(connection, *args, **kwargs)

        return await asyncio.to_thread(work)

    @staticmethod
    def _translated(work: Callable[[Engine], T], database: Engine) -> T:
        with translated():
            return work(database)


def _nameable(ids: Iterable[EntityId]) -> list[EntityId]:
    """Return the ids that a ledger may hold: a text that no database takes names nothing."""
    return [entity for entity in ids if storable(entity)]


@asynccontextmanager
async def open_ledger(url: str, *, now: Callable[[], str] = utc_now) -> AsyncIterator[Ledger]:
    """Open the ledger at an SQLAlchemy URL (`sqlite:///FILE`, `postgresql+psycopg://…`), made where it is missing.

    Raises `EngineMisconfigured` or `EngineUnavailable`.
    """
    database = await asyncio.to_thread(open_database, url)
    try:
        yield Ledger(database, now)
    finally:
        await asyncio.to_thread(database.dispose)
