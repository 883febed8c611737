"""The seam to the graph: what can be read (`GraphStore`) and how projections write (`GraphWriter`).

Semantics are those of the contract in `graph/contract.py`, not of an engine. Orders are total, so that two
engines give the same answer: entities by id, relations by (type, target or source, direction).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from ontology.model import Entity, EntityId, Page, Relation


class Direction(StrEnum):
    """Which way a relation is followed, seen from the entity one stands on."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class RelationFilter:
    """Which relations and neighbours count; an empty set or None lets everything pass.

    `as_of` keeps relations that hold on that day; `valid_from`/`valid_to` keep those whose period touches the
    window. A relation without dates always passes: a register that gives no date does not deny the fact.
    `classes` restricts the neighbour (for paths: every interior entity), `synthetic=False` leaves out invented
    demo entities.
    """

    types: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    direction: Direction = Direction.BOTH
    as_of: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    synthetic: bool = True


EVERYTHING = RelationFilter()


@dataclass(frozen=True, slots=True)
class NeighbourCount:
    """How many neighbours of one kind an entity has: relation type, direction seen from it, their class."""

    type: str
    direction: Direction
    class_name: str
    count: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One step away: the relation, the way it was followed, and the entity at its other end."""

    relation: Relation
    direction: Direction
    entity: Entity
    degree: int
    """Relations of the neighbour, all kinds, unfiltered, a loop twice: shown before expanding it."""


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A piece of the graph. `truncated` is True when a limit cut it; `omitted` counts per entity what was left.

    `omitted` maps an entity that was expanded to the number of its relations not shown.
    """

    entities: Sequence[Entity]
    relations: Sequence[Relation]
    truncated: bool = False
    omitted: Mapping[EntityId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Path:
    """A walk from one entity to another without repeating one; `relations[i]` joins `entities[i]` and `[i+1]`.

    `cost` is what the ordering used: hops plus the penalty for each hub passed (see `graph/paths.py`).
    """

    entities: Sequence[Entity]
    relations: Sequence[Relation]
    cost: float


@dataclass(frozen=True, slots=True)
class Paths:
    """The cheapest paths found. `truncated` is True when a work limit ended the search before it was complete.

    `hubs_avoided` names entities not passed through because they have too many relations.
    """

    paths: Sequence[Path]
    truncated: bool = False
    hubs_avoided: Sequence[EntityId] = ()


@dataclass(frozen=True, slots=True)
class GraphCounts:
    """Entities by class and relations by type, names sorted."""

    entities: Mapping[str, int]
    relations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PropertyGroup:
    """One row of an aggregate: a property value and how many entities of the class carry it."""

    value: str
    count: int


class GraphStore(Protocol):
    """Read access. Unknown ids give None, an empty page or an empty answer, never an error.

    Raises `InvalidQuery` for a limit or cursor that makes no sense, `EngineError` when the engine fails.
    """

    async def entity(self, entity: EntityId) -> Entity | None:
        """Return the entity, None if there is none of this id."""
        ...

    async def entities(self, ids: Sequence[EntityId]) -> Sequence[Entity]:
        """Return those of `ids` that exist, in the order asked for, without doubles."""
        ...

    async def listing(self, class_name: str, *, limit: int = 50, cursor: str | None = None) -> Page[Entity]:
        """Return the entities of one class by id."""
        ...

    async def neighbour_counts(
        self, entity: EntityId, *, where: RelationFilter = EVERYTHING
    ) -> Sequence[NeighbourCount]:
        """Return how many neighbours there are by (type, direction, class), in that order."""
        ...

    async def neighbours(
        self,
        entity: EntityId,
        *,
        where: RelationFilter = EVERYTHING,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Neighbour]:
        """Return neighbours by (type, direction, neighbour id); the order does not change between pages."""
        ...

    async def expand(
        self,
        seeds: Sequence[EntityId],
        *,
        depth: int = 1,
        where: RelationFilter = EVERYTHING,
        per_entity: int = 50,
        limit: int = 500,
    ) -> Subgraph:
        """Return what lies within `depth` steps (1 to 4) of the seeds, at most `limit` entities.

        At most `per_entity` relations of each entity are followed, by (type, direction, neighbour id).
        """
        ...

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
        """Return up to `count` cheapest simple paths of at most `max_hops` (1 to 8) relations, cheapest first.

        Direction is that of `where` seen along the path. An interior entity with more than `hub_limit`
        relations is never passed.
        """
        ...

    async def aggregate(self, class_name: str, property_name: str, *, limit: int = 50) -> Sequence[PropertyGroup]:
        """Return how many entities of a class carry each value of a property, most first, then by value."""
        ...

    async def counts(self) -> GraphCounts:
        """Return entities by class and relations by type."""
        ...

    async def digest(self) -> str:
        """Return 64 hexadecimal digits that are equal for equal content, whatever the engine or the order written."""
        ...


@dataclass(frozen=True, slots=True)
class GraphBatch:
    """One step of a projection, applied whole or not at all.

    Each entity of `entities` replaces what was there under its id, and `relations` replace *all outgoing*
    relations of these entities. `removed` entities go with their outgoing relations. A relation may point to an
    entity that does not exist (yet): it is kept, and is not seen by readers until its end exists. `checkpoint` is the
    ledger position that the graph has reached once this batch is in.

    Refused with `InvalidQuery`: an entity or relation twice, an entity both written and removed, a relation that
    starts at an entity not in `entities`, texts and numbers that cannot be stored. With `Conflict`: a checkpoint
    below the one reached.
    """

    entities: Sequence[Entity] = ()
    relations: Sequence[Relation] = ()
    removed: Sequence[EntityId] = ()
    checkpoint: int = 0


class GraphWriter(Protocol):
    """Write access for projections. Applying a batch twice is applying it once."""

    async def apply(self, batch: GraphBatch) -> None:
        """Apply one batch and its checkpoint together: both are there after a crash, or neither."""
        ...

    async def checkpoint(self) -> int:
        """Return the ledger position reached, 0 for an empty graph."""
        ...

    async def clear(self) -> None:
        """Remove everything; the checkpoint is 0 afterwards."""
        ...
