"""The one primitive that graph algorithms ask of an engine, and how they ask: as generators.

An algorithm yields a `Request` and is sent the answer; it never touches an engine. So the embedded engine can
run it in a thread inside one read transaction, a server engine can await between the steps, and both give the
same result because the decisions are made in one place.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from graph.store import Direction, RelationFilter
from ontology.model import EntityId

R = TypeVar("R")


class RelationKey(NamedTuple):
    """What identifies a relation; tuples sort by type first, which is the order relations are listed in."""

    type: str
    source: EntityId
    target: EntityId


class Step(NamedTuple):
    """One relation seen from the entity one stands on; tuples sort in the contract's order."""

    type: str
    direction: Direction
    other: EntityId

    def key(self, origin: EntityId) -> RelationKey:
        """Return the key of the relation this step follows from `origin`."""
        if self.direction is Direction.OUT:
            return RelationKey(self.type, origin, self.other)
        return RelationKey(self.type, self.other, origin)


@dataclass(frozen=True, slots=True)
class Request:
    """Ask for the surroundings of `ids`; ids that do not exist are missing from the answer.

    At most `limit` steps of each id that pass `where`, by (type, direction, other); 0 asks for the degree only.
    `exempt` ids pass the class and synthetic parts of `where`. `totals` asks for the number of passing steps before
    the limit.
    """

    ids: tuple[EntityId, ...]
    where: RelationFilter
    limit: int
    exempt: frozenset[EntityId] = frozenset()
    totals: bool = False

    def restricted(self, ids: tuple[EntityId, ...]) -> "Request":
        """Return the same request for fewer ids."""
        return replace(self, ids=ids)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around one entity: `degree` counts all its relations, `total` those that pass (-1: not asked)."""

    degree: int
    steps: Sequence[Step]
    total: int = -1


Walk = Generator[Request, Mapping[EntityId, Surroundings], R]


def reversed_filter(where: RelationFilter) -> RelationFilter:
    """Return the filter for walking the same relations from their far end."""
    flipped = {Direction.OUT: Direction.IN, Direction.IN: Direction.OUT, Direction.BOTH: Direction.BOTH}
    return replace(where, direction=flipped[where.direction])
