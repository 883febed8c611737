"""The graph on a Neo4j server: reads behind `GraphStore`, and `open_graph` that gives both sides of the seam."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TypeVar

from neo4j import AsyncGraphDatabase, NotificationMinimumSeverity

from graph.aggregates import groups_of, value_text
from graph.checks import MAX_PAGE, check_expand, check_filter, check_paths, check_range
from graph.cursors import read_cursor, request_mark, write_cursor
from graph.digest import digest_text
from graph.expansion import expansion
from graph.neo4j.adjacency import DEGREE, DIRECTIONS, pattern, surroundings
from graph.neo4j.cypher import Neo4jCypherReader
from graph.neo4j.faults import ENGINE, translating
from graph.neo4j.names import ENTITY, PROJECTION, label, original, property_key, quoted, sorts_in_utf16, token
from graph.neo4j.rows import entity_columns, entity_from, key_from, relation_columns, relation_from
from graph.neo4j.server import Neo4jServer, Parameter, Transaction, version_clause
from graph.neo4j.writer import Neo4jGraphWriter
from graph.paths import cheapest_paths
from graph.store import (
    EVERYTHING,
    Direction,
    GraphCounts,
    Neighbour,
    NeighbourCount,
    Path,
    Paths,
    PropertyGroup,
    RelationFilter,
    Subgraph,
)
from graph.walk import RelationKey, Walk
from ontology.errors import EngineMisconfigured
from ontology.model import Entity, EntityId, Page, Relation

R = TypeVar("R")
SCHEMES = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})
MANY = 10**9
"""No limit: for the odd position that the server compares otherwise than we do, everything is read and cut here."""


class Neo4jGraphStore:
    """`GraphStore` on a Neo4j server; every method is one read transaction, sent to a reading member of a cluster."""

    def __init__(self, server: Neo4jServer) -> None:
        self._server = server

    async def entity(self, entity: EntityId) -> Entity | None:
        """Return the entity, None if there is none of this id."""
        found = await self.entities([entity])
        return found[0] if found else None

    async def entities(self, ids: Sequence[EntityId]) -> Sequence[Entity]:
        """Return those of `ids` that exist, in the order asked for, without doubles."""
        wanted = dict.fromkeys(ids)
        found = await self._server.read(lambda transaction: _entities(transaction, wanted))
        return [found[entity] for entity in wanted if entity in found]

    async def listing(self, class_name: str, *, limit: int = 50, cursor: str | None = None) -> Page[Entity]:
        """Return the entities of one class by id."""
        check_range("limit", limit, 1, MAX_PAGE)
        mark = request_mark("listing", class_name)
        position = read_cursor(cursor, mark, 1)
        after = position[0] if position else ""
        bound = "n.id >= $after" if position is None else "n.id > $after"
        if not sorts_in_utf16(after):
            bound = "n.id >= ''"
        node = f"(n:{quoted(label(class_name))})"
        rows = await self._server.read(
            lambda transaction: transaction.rows(
                f"""CALL () {{ MATCH {node} RETURN count(n) AS total }}
                    CALL () {{ MATCH {node} WHERE {bound} WITH n ORDER BY n.id LIMIT $limit
                              RETURN collect([{entity_columns("n")}]) AS found }}
                    RETURN total, found""",
                {"after": after, "limit": limit + 1 if sorts_in_utf16(after) else MANY},
            )
        )
        total, found = rows[0]
        if not sorts_in_utf16(after):
            found = [columns for columns in found if columns[0] > after]
        items = [entity_from(columns) for columns in found[:limit]]
        return Page(
            items=items,
            total=total,
            next_cursor=write_cursor(mark, [items[-1].id]) if len(found) > limit else None,
        )

    async def neighbour_counts(
        self, entity: EntityId, *, where: RelationFilter = EVERYTHING
    ) -> Sequence[NeighbourCount]:
        """Return how many neighbours there are by (type, direction, class), in that order."""
        check_filter(where)
        found = pattern(where)
        rows = await self._server.read(
            lambda transaction: transaction.rows(
                f"""MATCH (n:{ENTITY} {{id: $id}})
                    {found.union("type(r) AS t, o._class AS c")} RETURN t, d, c, count(*)""",
                {"id": entity, **found.parameters},
            )
        )
        counts = [NeighbourCount(original(t), DIRECTIONS[d], c, count) for t, d, c, count in rows]
        return sorted(counts, key=lambda count: (count.type, count.direction, count.class_name))

    async def neighbours(
        self,
        entity: EntityId,
        *,
        where: RelationFilter = EVERYTHING,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Neighbour]:
        """Return neighbours by (type, direction, neighbour id); the order does not change between pages."""
        check_range("limit", limit, 1, MAX_PAGE)
        check_filter(where)
        mark = request_mark("neighbours", entity, where)
        position = read_cursor(cursor, mark, 3)
        parameters: dict[str, Parameter] = {"id": entity, "limit": limit + 1}
        bound = ""
        if position is not None:
            bound = "WHERE t > $t OR (t = $t AND (d > $d OR (d = $d AND i > $i)))"
            parameters |= {"t": token(position[0]), "d": DIRECTIONS.index(Direction(position[1])), "i": position[2]}
            if not sorts_in_utf16(position[2]):
                bound = "WHERE t > $t OR (t = $t AND d >= $d)"
                parameters["limit"] = MANY
        query = _neighbours_query(where, bound, parameters)
        rows = await self._server.read(lambda transaction: transaction.rows(query, parameters))
        total, columns = rows[0] if rows else (0, [])
        found = [_neighbour(entity, each) for each in columns]
        if position is not None and not sorts_in_utf16(position[2]):
            found = [one for one in found if (one.relation.type, one.direction, one.entity.id) > position]
        items = found[:limit]
        more = None
        if len(found) > limit:
            more = write_cursor(mark, [items[-1].relation.type, items[-1].direction.value, items[-1].entity.id])
        return Page(items=items, total=total, next_cursor=more)

    async def expand(
        self,
        seeds: Sequence[EntityId],
        *,
        depth: int = 1,
        where: RelationFilter = EVERYTHING,
        per_entity: int = 50,
        limit: int = 500,
    ) -> Subgraph:
        """Return what lies within `depth` steps of the seeds, see `graph/expansion.py`."""
        check_expand(depth, per_entity, limit, where)

        async def work(transaction: Transaction) -> Subgraph:
            walk = expansion(seeds, depth=depth, where=where, per_entity=per_entity, limit=limit)
            outline = await _walked(transaction, walk)
            entities, relations = await _materialised(transaction, outline.ids, outline.relations)
            return Subgraph(
                entities=[entities[entity] for entity in outline.ids if entity in entities],
                relations=[relations[key] for key in outline.relations if key in relations],
                truncated=outline.truncated,
                omitted=outline.omitted,
            )

        return await self._server.read_steadily(work)

    async def paths(
        self,
        source: EntityId,
        target: EntityId,
        *,
        max_hops: int = 6,
        count: int = 3,
        where: RelationFilter = EVERYTHING,
        hub_penalty: float = 0.5,
        hub_limit: int = 1000,
    ) -> Paths:
        """Return up to `count` cheapest simple paths, see `graph/paths.py`."""
        check_paths(max_hops, count, hub_penalty, hub_limit, where)

        async def work(transaction: Transaction) -> Paths:
            walk = cheapest_paths(
                source,
                target,
                max_hops=max_hops,
                count=count,
                where=where,
                hub_penalty=hub_penalty,
                hub_limit=hub_limit,
            )
            outline = await _walked(transaction, walk)
            entities, relations = await _materialised(
                transaction,
                {entity for path in outline.paths for entity in path.ids},
                {key for path in outline.paths for key in path.relations},
            )
            paths = [
                Path(
                    entities=[entities[entity] for entity in path.ids],
                    relations=[relations[key] for key in path.relations],
                    cost=path.cost,
                )
                for path in outline.paths
                if entities.keys() >= set(path.ids) and relations.keys() >= set(path.relations)
            ]
            return Paths(paths=paths, truncated=outline.truncated, hubs_avoided=outline.hubs_avoided)

        return await self._server.read_steadily(work)

    async def aggregate(self, class_name: str, property_name: str, *, limit: int = 50) -> Sequence[PropertyGroup]:
        """Return how many entities of a class carry each value of a property, most first, then by value."""
        check_range("limit", limit, 1, MAX_PAGE)
        rows = await self._server.read(
            lambda transaction: transaction.rows(
                f"""MATCH (n:{quoted(label(class_name))}) WHERE n[$key] IS NOT NULL
                    CALL (n) {{ UNWIND n[$key] AS v RETURN DISTINCT v }}
                    RETURN v, count(*)""",
                {"key": property_key(property_name)},
            )
        )
        counts: Counter[str] = Counter()
        for value, count in rows:
            counts[value_text(value)] += count
        return groups_of(counts, limit)

    async def counts(self) -> GraphCounts:
        """Return entities by class and relations by type, from the counts the server keeps."""
        return await self._server.read(_counts)

    async def digest(self) -> str:
        """Return the digest of the content, see `graph/digest.py`; it is kept, so this reads one node."""
        rows = await self._server.read(
            lambda transaction: transaction.rows(f"MATCH (p:{PROJECTION} {{id: 1}}) RETURN p.digest")
        )
        return str(rows[0][0]) if rows else digest_text(0)


@dataclass(frozen=True, slots=True)
class Neo4jGraph:
    """A graph on a server: `store` reads, `writer` writes, `cypher` lets experts ask. Close it, or use `async with`."""

    store: Neo4jGraphStore
    writer: Neo4jGraphWriter
    cypher: Neo4jCypherReader
    server: Neo4jServer

    async def close(self) -> None:
        """Close every connection."""
        await self.server.driver.close()

    async def __aenter__(self) -> "Neo4jGraph":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def open_graph(
    url: str,
    *,
    user: str,
    password: str,
    database: str | None = None,
    classes: Iterable[str] = (),
    retry_seconds: float = 5.0,
) -> Neo4jGraph:
    """Open the graph at `neo4j://…`, `neo4j+s://…` or `bolt://…`, checking the server and making what indexes it lacks.

    `classes` are the ontology's: each gets an index by id, without which listing it sorts it. `database` None is the
    server's default one. A read or write that fails for the moment is tried again for `retry_seconds`, then
    `EngineUnavailable`. Use it in the event loop it was opened in. Raises `EngineError` if the server cannot be used.
    """
    if url.partition("://")[0] not in SCHEMES:
        raise EngineMisconfigured(
            f"{url!r} is no address of a Neo4j server",
            engine=ENGINE,
            remedy="Write neo4j://HOST:7687 or bolt://HOST:7687.",
        )
    with translating():
        driver = AsyncGraphDatabase.driver(
            url,
            auth=(user, password),
            max_transaction_retry_time=retry_seconds,
            connection_timeout=retry_seconds,
            connection_acquisition_timeout=2 * retry_seconds,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            user_agent="ecograph",
        )
    server = Neo4jServer(driver, database=database)
    try:
        await server.prepare(classes)
    except BaseException:
        await driver.close()
        raise
    return Neo4jGraph(Neo4jGraphStore(server), Neo4jGraphWriter(server), Neo4jCypherReader(server), server)


async def _walked(transaction: Transaction, walk: Walk[R]) -> R:
    """Run an algorithm to its end, answering each request from the server."""
    try:
        request = next(walk)
        while True:
            request = walk.send(await surroundings(transaction, request))
    except StopIteration as done:
        result: R = done.value
        return result


async def _entities(transaction: Transaction, ids: Iterable[EntityId]) -> Mapping[EntityId, Entity]:
    wanted: list[Parameter] = [*ids]
    if not wanted:
        return {}
    rows = await transaction.rows(
        f"UNWIND $ids AS id MATCH (n:{ENTITY} {{id: id}}) RETURN {entity_columns('n')}", {"ids": wanted}
    )
    return {entity.id: entity for entity in map(entity_from, rows)}


async def _materialised(
    transaction: Transaction, ids: Iterable[EntityId], keys: Iterable[RelationKey]
) -> tuple[Mapping[EntityId, Entity], Mapping[RelationKey, Relation]]:
    """Return entities and relations in one query, which ends by noting the graph's version."""
    rows = await transaction.rows(
        f"""CALL () {{ UNWIND $ids AS id MATCH (n:{ENTITY} {{id: id}})
                       RETURN collect([{entity_columns("n")}]) AS entities }}
            CALL () {{ UNWIND $keys AS k
                       MATCH (s:{ENTITY} {{id: k[1]}}) MATCH (t:{ENTITY} {{id: k[2]}})
                       MATCH (s)-[r]->(t) WHERE type(r) = k[0]
                       RETURN collect([k[0], k[1], k[2], {relation_columns("r")}]) AS relations }}
            {version_clause("entities, relations,")} RETURN entities, relations, version""",
        {"ids": [*ids], "keys": [[token(key.type), key.source, key.target] for key in keys]},
    )
    entities, relations, version = rows[0]
    transaction.versions.add(version)
    found = map(entity_from, entities)
    return {entity.id: entity for entity in found}, {
        key_from(columns): relation_from(key_from(columns), columns[3:]) for columns in relations
    }


def _neighbours_query(where: RelationFilter, bound: str, parameters: dict[str, Parameter]) -> str:
    """Return the query of one page; adds what the filter needs to `parameters`."""
    found = pattern(where)
    parameters |= found.parameters
    total = f"{found.union('1 AS one')} RETURN count(*) AS total"
    if where == EVERYTHING:
        total = f"RETURN {DEGREE.format('n')} AS total"
    return f"""
        MATCH (n:{ENTITY} {{id: $id}})
        CALL (n) {{ {total} }}
        CALL (n) {{ {found.union("type(r) AS t, o.id AS i, r, o")}
            WITH t, d, i, r, o {bound} ORDER BY t, d, i LIMIT $limit
            RETURN collect([t, d, {relation_columns("r")}, {DEGREE.format("o")}, {entity_columns("o")}]) AS page }}
        RETURN total, page"""


def _neighbour(origin: EntityId, columns: Sequence[object]) -> Neighbour:
    """Return the neighbour of a page's columns."""
    type_token, direction_number, *rest = columns
    direction = DIRECTIONS[int(str(direction_number))]
    entity = entity_from(rest[5:])
    ends = (origin, entity.id) if direction is Direction.OUT else (entity.id, origin)
    relation = relation_from(RelationKey(original(str(type_token)), *ends), rest[:4])
    return Neighbour(relation=relation, direction=direction, entity=entity, degree=int(str(rest[4])))


async def _counts(transaction: Transaction) -> GraphCounts:
    labels = [str(row[0]) for row in await transaction.rows("CALL db.labels() YIELD label RETURN label")]
    types = [
        str(row[0])
        for row in await transaction.rows("CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t")
    ]
    nodes = {name: f"MATCH (x:{quoted(name)}) RETURN count(x)" for name in labels if not name.startswith("_")}
    links = {name: f"MATCH ()-[x:{quoted(name)}]->() RETURN count(x)" for name in types}
    return GraphCounts(entities=await _tally(transaction, nodes), relations=await _tally(transaction, links))


async def _tally(transaction: Transaction, queries: Mapping[str, str]) -> dict[str, int]:
    """Run one counting query for each name, together, and return the counts above 0 by original name."""
    if not queries:
        return {}
    names = list(queries)
    joined = " UNION ALL ".join(f"{query} AS n, {number} AS name" for number, query in enumerate(queries.values()))
    rows = await transaction.rows(joined)
    counts = {original(names[number]): int(count) for count, number in rows if count}
    return dict(sorted(counts.items()))
