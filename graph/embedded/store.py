"""The embedded graph: reads behind `GraphStore`, and `open_graph` that gives both sides of the seam."""

import heapq
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path as FilePath
from types import TracebackType
from typing import TypeVar

import orjson

from graph.aggregates import value_groups
from graph.checks import MAX_PAGE, check_expand, check_filter, check_paths, check_range
from graph.cursors import read_cursor, request_mark, write_cursor
from graph.embedded.adjacency import Surveyor
from graph.embedded.connections import Connections
from graph.embedded.rows import Kinds, entity_from, read_entities, read_kind_numbers, read_kinds, read_relations
from graph.embedded.schema import DIRECTIONS
from graph.embedded.writer import EmbeddedGraphWriter, stored_digest
from graph.expansion import expansion
from graph.paths import PathsOutline, cheapest_paths
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
from graph.walk import RelationKey, Step, Walk
from ontology.model import Entity, EntityId, Page, Relation

R = TypeVar("R")


class EmbeddedGraphStore:
    """`GraphStore` over an SQLite file. Every method is one read transaction in a thread."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def entity(self, entity: EntityId) -> Entity | None:
        """Return the entity, None if there is none of this id."""
        found = await self.entities([entity])
        return found[0] if found else None

    async def entities(self, ids: Sequence[EntityId]) -> Sequence[Entity]:
        """Return those of `ids` that exist, in the order asked for, without doubles."""
        wanted = dict.fromkeys(ids)

        def work(connection: sqlite3.Connection) -> Sequence[Entity]:
            found = read_entities(connection, wanted, read_kinds(connection))
            return [found[entity] for entity in wanted if entity in found]

        return await self._connections.read(work)

    async def listing(self, class_name: str, *, limit: int = 50, cursor: str | None = None) -> Page[Entity]:
        """Return the entities of one class by id."""
        check_range("limit", limit, 1, MAX_PAGE)
        mark = request_mark("listing", class_name)
        position = read_cursor(cursor, mark, 1)
        return await self._connections.read(lambda connection: _listing(connection, class_name, limit, mark, position))

    async def neighbour_counts(
        self, entity: EntityId, *, where: RelationFilter = EVERYTHING
    ) -> Sequence[NeighbourCount]:
        """Return how many neighbours there are by (type, direction, class), in that order."""
        check_filter(where)
        return await self._connections.read(lambda connection: _neighbour_counts(connection, entity, where))

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
        return await self._connections.read(
            lambda connection: _neighbours(connection, entity, where, limit, mark, position)
        )

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
        walk = expansion(seeds, depth=depth, where=where, per_entity=per_entity, limit=limit)

        def work(connection: sqlite3.Connection) -> Subgraph:
            kinds = read_kinds(connection)
            outline = _walked(connection, kinds, walk)
            entities, relations = _materialised(connection, kinds, outline.ids, outline.relations)
            return Subgraph(
                entities=[entities[entity] for entity in outline.ids],
                relations=[relations[key] for key in outline.relations],
                truncated=outline.truncated,
                omitted=outline.omitted,
            )

        return await self._connections.read(work)

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
        walk = cheapest_paths(
            source,
            target,
            max_hops=max_hops,
            count=count,
            where=where,
            hub_penalty=hub_penalty,
            hub_limit=hub_limit,
        )

        def work(connection: sqlite3.Connection) -> Paths:
            kinds = read_kinds(connection)
            return _paths(connection, kinds, _walked(connection, kinds, walk))

        return await self._connections.read(work)

    async def aggregate(self, class_name: str, property_name: str, *, limit: int = 50) -> Sequence[PropertyGroup]:
        """Return how many entities of a class carry each value of a property, most first, then by value."""
        check_range("limit", limit, 1, MAX_PAGE)

        def work(connection: sqlite3.Connection) -> Sequence[PropertyGroup]:
            rows = connection.execute(
                """SELECT properties FROM graph_entity
                   WHERE kind IN (SELECT number FROM graph_kind WHERE class = ?)""",
                (class_name,),
            )
            return value_groups((orjson.loads(row[0]).get(property_name, ()) for row in rows), limit)

        return await self._connections.read(work)

    async def counts(self) -> GraphCounts:
        """Return entities by class and relations by type, without relations whose end does not exist."""

        def work(connection: sqlite3.Connection) -> GraphCounts:
            entities = connection.execute(
                "SELECT class, sum(entities) FROM graph_kind GROUP BY class HAVING sum(entities) > 0 ORDER BY class"
            ).fetchall()
            relations = connection.execute(
                "SELECT name, relations FROM graph_type WHERE relations > 0 ORDER BY name"
            ).fetchall()
            return GraphCounts(entities=dict(entities), relations=dict(relations))

        return await self._connections.read(work)

    async def digest(self) -> str:
        """Return the digest of the content, see `graph/digest.py`; it is kept, so this reads one row."""
        return await self._connections.read(stored_digest)


@dataclass(frozen=True, slots=True)
class EmbeddedGraph:
    """An open graph file: `store` reads, `writer` writes. Close it, or use it in a `with` statement."""

    store: EmbeddedGraphStore
    writer: EmbeddedGraphWriter
    connections: Connections

    def close(self) -> None:
        """Close every connection; closing twice does nothing."""
        self.connections.close()

    def __enter__(self) -> "EmbeddedGraph":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_graph(path: FilePath, *, readers: int = 4) -> EmbeddedGraph:
    """Open the graph in the SQLite file `path`, made if missing; its folder must exist.

    `readers` is the number of reads that run at once. The file may hold tables of others: ours begin with `graph_`.
    Raises `EngineMisconfigured` if the file cannot be used.
    """
    connections = Connections(path, readers=readers)
    return EmbeddedGraph(EmbeddedGraphStore(connections), EmbeddedGraphWriter(connections), connections)


def _walked(connection: sqlite3.Connection, kinds: Kinds, walk: Walk[R]) -> R:
    """Run an algorithm to its end, answering each request from the file."""
    surveyor = Surveyor(connection, kinds)
    known: set[EntityId] = set()
    try:
        request = next(walk)
        while True:
            # Neighbours exist: only ids that came from outside are looked up.
            unknown = [entity for entity in request.ids if entity not in known]
            present = read_kind_numbers(connection, unknown) if not known else dict.fromkeys(unknown)
            known.update(present)
            existing = tuple(entity for entity in request.ids if entity in known)
            request = walk.send(
                surveyor.surroundings(request if len(existing) == len(request.ids) else request.restricted(existing))
            )
    except StopIteration as done:
        result: R = done.value
        return result


def _materialised(
    connection: sqlite3.Connection, kinds: Kinds, ids: Sequence[EntityId], keys: Sequence[RelationKey]
) -> tuple[Mapping[EntityId, Entity], Mapping[RelationKey, Relation]]:
    entities = read_entities(connection, ids, kinds)
    numbers = {entity.id: kinds.by_name[entity.class_name, entity.synthetic] for entity in entities.values()}
    return entities, read_relations(connection, keys, numbers)


def _listing(
    connection: sqlite3.Connection, class_name: str, limit: int, mark: str, position: Sequence[str] | None
) -> Page[Entity]:
    kinds = read_kinds(connection)
    after = "" if position is None else position[0]
    bound = "id >= ?" if position is None else "id > ?"
    found = [
        connection.execute(
            f"""SELECT id, kind, label, properties, datasets FROM graph_entity INDEXED BY graph_entity_kind
                WHERE kind = ? AND {bound} ORDER BY id LIMIT ?""",  # noqa: S608
            (number, after, limit + 1),
        )
        for number, (name, _) in sorted(kinds.by_number.items())
        if name == class_name
    ]
    rows = list(islice(heapq.merge(*found), limit + 1))
    (total,) = connection.execute(
        "SELECT coalesce(sum(entities), 0) FROM graph_kind WHERE class = ?", (class_name,)
    ).fetchone()
    items = [entity_from(row, kinds) for row in rows[:limit]]
    more = write_cursor(mark, [items[-1].id]) if len(rows) > limit else None
    return Page(items=items, total=total, next_cursor=more)


def _neighbour_counts(
    connection: sqlite3.Connection, entity: EntityId, where: RelationFilter
) -> Sequence[NeighbourCount]:
    if not read_kind_numbers(connection, [entity]):
        return []
    kinds = read_kinds(connection)
    surveyor = Surveyor(connection, kinds)
    sums: Counter[tuple[str, Direction, str]] = Counter()
    for group in surveyor.passing(surveyor.groups([entity]), where).get(entity, ()):
        sums[group.type, DIRECTIONS[group.direction], kinds.by_number[group.kind][0]] += group.rows
    return [NeighbourCount(*name, count=count) for name, count in sorted(sums.items())]


def _neighbours(
    connection: sqlite3.Connection,
    entity: EntityId,
    where: RelationFilter,
    limit: int,
    mark: str,
    position: Sequence[str] | None,
) -> Page[Neighbour]:
    after = None if position is None else (position[0], _direction_number(position[1]), position[2])
    if not read_kind_numbers(connection, [entity]):
        return Page(items=[], total=0)
    kinds = read_kinds(connection)
    surveyor = Surveyor(connection, kinds)
    groups = surveyor.passing(surveyor.groups([entity]), where).get(entity, ())
    steps = surveyor.page(entity, groups, where, limit=limit + 1, after=after)
    items = _with_ends(surveyor, entity, steps[:limit])
    last = steps[limit - 1] if len(steps) > limit else None
    more = None if last is None else write_cursor(mark, [last.type, last.direction.value, last.other])
    return Page(items=items, total=sum(group.rows for group in groups), next_cursor=more)


def _direction_number(name: str) -> int:
    return DIRECTIONS.index(Direction(name))


def _with_ends(surveyor: Surveyor, origin: EntityId, steps: Sequence[Step]) -> Sequence[Neighbour]:
    others = list(dict.fromkeys(step.other for step in steps))
    keys = [step.key(origin) for step in steps]
    entities, relations = _materialised(surveyor.connection, surveyor.kinds, [origin, *others], keys)
    degrees = surveyor.degrees(others)
    return [
        Neighbour(
            relation=relations[key],
            direction=step.direction,
            entity=entities[step.other],
            degree=degrees[step.other],
        )
        for step, key in zip(steps, keys, strict=True)
    ]


def _paths(connection: sqlite3.Connection, kinds: Kinds, outline: PathsOutline) -> Paths:
    ids = list(dict.fromkeys(entity for path in outline.paths for entity in path.ids))
    keys = list(dict.fromkeys(key for path in outline.paths for key in path.relations))
    entities, relations = _materialised(connection, kinds, ids, keys)
    paths = [
        Path(
            entities=[entities[entity] for entity in path.ids],
            relations=[relations[key] for key in path.relations],
            cost=path.cost,
        )
        for path in outline.paths
    ]
    return Paths(paths=paths, truncated=outline.truncated, hubs_avoided=outline.hubs_avoided)
