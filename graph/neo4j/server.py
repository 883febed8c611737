"""The connection to a Neo4j server: managed transactions, indexes, the check of its version."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeVar

from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, Record

from graph.neo4j.faults import ENGINE, translating
from graph.neo4j.names import ENTITY, PENDING, PROJECTION, label, quoted
from ontology.errors import EngineMisconfigured, EngineUnavailable

T = TypeVar("T")
OLDEST = (5, 26)
ATTEMPTS = 5
Parameter = str | float | bool | None | list["Parameter"] | dict[str, "Parameter"]

CONSTRAINTS = (
    f"CREATE CONSTRAINT ecograph_entity IF NOT EXISTS FOR (n:{ENTITY}) REQUIRE n.id IS UNIQUE",
    f"CREATE CONSTRAINT ecograph_projection IF NOT EXISTS FOR (n:{PROJECTION}) REQUIRE n.id IS UNIQUE",
    f"CREATE INDEX ecograph_pending_target IF NOT EXISTS FOR (n:{PENDING}) ON (n.target)",
    f"CREATE INDEX ecograph_pending_source IF NOT EXISTS FOR (n:{PENDING}) ON (n.source)",
)


class Transaction:
    """One open transaction; runs queries and gives all rows at once."""

    def __init__(self, transaction: AsyncManagedTransaction) -> None:
        self._transaction = transaction
        self.versions: set[int | None] = set()
        """Versions of the graph that its queries met, where they asked."""

    async def rows(self, query: str, parameters: Mapping[str, Parameter] | None = None) -> list[Record]:
        """Run a query; its text is ours, values are parameters, names went through `graph/neo4j/names.py`."""
        result = await self._transaction.run(query, dict(parameters or {}))
        return [record async for record in result]


class Neo4jServer:
    """A driver and a database. Reads go to reading members of a cluster, writes to its leader; both see what was
    written through this object (bookmarks). Failed transactions are tried again by the driver for `retry_seconds`."""

    def __init__(self, driver: AsyncDriver, *, database: str | None) -> None:
        self.driver = driver
        self.database = database
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()

    async def read(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work` in a read transaction."""
        with translating():
            async with self.driver.session(database=self.database, bookmark_manager=self._bookmarks) as session:
                return await session.execute_read(lambda transaction: work(Transaction(transaction)))

    async def read_steadily(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work`, several queries, so that all see the same graph.

        A Neo4j transaction sees what others commit meanwhile. So the first query of `work` begins, and the last ends,
        by adding the graph's version (`version_clause`) to the transaction's `versions`, and the work is done again
        if a batch came between; `EngineUnavailable` if that happens five times.
        """

        async def attempt(transaction: Transaction) -> tuple[bool, T]:
            answer = await work(transaction)
            return len(transaction.versions) <= 1, answer

        for _ in range(ATTEMPTS):
            is_steady, answer = await self.read(attempt)
            if is_steady:
                return answer
        raise EngineUnavailable("the graph changes faster than it can be read; try again later", engine=ENGINE)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Run `work` in a write transaction: all of it is kept, or nothing. It may be run several times."""
        with translating():
            async with self.driver.session(database=self.database, bookmark_manager=self._bookmarks) as session:
                return await session.execute_write(lambda transaction: work(Transaction(transaction)))

    async def run(self, query: str, parameters: Mapping[str, Parameter] | None = None) -> list[Record]:
        """Run one query in a transaction of its own kind, as indexes and batched deletes need."""
        with translating():
            async with self.driver.session(database=self.database, bookmark_manager=self._bookmarks) as session:
                result = await session.run(query, dict(parameters or {}))
                return [record async for record in result]

    async def prepare(self, classes: Iterable[str]) -> None:
        """Check the server's version, make constraints, and an index by id for each class, and wait for them."""
        rows = await self.run(
            "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]"
        )
        found = str(rows[0][0]) if rows else "unknown"
        numbers = tuple(int(part) for part in re.findall(r"\d+", found)[:2])
        if numbers < OLDEST:
            raise EngineMisconfigured(
                f"the graph server is Neo4j {found}", engine=ENGINE, remedy="Use Neo4j 5.26 or newer."
            )
        for statement in CONSTRAINTS:
            await self.run(statement)
        for class_name in sorted(set(classes)):
            await self.run(f"CREATE INDEX IF NOT EXISTS FOR (n:{quoted(label(class_name))}) ON (n.id)")
        await self.run("CALL db.awaitIndexes(300)")


def version_clause(carried: str = "") -> str:
    """Return a clause that carries on variables (`a, b,`) and adds `version`, a number that every batch raises."""
    return f"OPTIONAL MATCH (p:{PROJECTION} {{id: 1}}) WITH {carried} p.version AS version"
