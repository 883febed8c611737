"""Expanding around entities: breadth first, bounded per entity and in all, the same for every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.store import Direction, RelationFilter
from graph.walk import RelationKey, Request, Surroundings, Walk
from ontology.model import EntityId


@dataclass(frozen=True, slots=True)
class ExpansionOutline:
    """What an expansion found, before the engine fetches entities and relations: ids and keys, sorted."""

    ids: Sequence[EntityId]
    relations: Sequence[RelationKey]
    truncated: bool = False
    omitted: Mapping[EntityId, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Expansion:
    limit: int
    ids: set[EntityId] = field(default_factory=set)
    relations: set[RelationKey] = field(default_factory=set)
    totals: dict[EntityId, int] = field(default_factory=dict)
    passing: set[EntityId] = field(default_factory=set)
    """Entities that some step led to, which shows that they pass the filter; seeds need not."""
    truncated: bool = False

    def admit(self, entity: EntityId) -> bool:
        """Take an entity in; False when there is no room left."""
        if entity in self.ids:
            return True
        if len(self.ids) >= self.limit:
            self.truncated = True
            return False
        self.ids.add(entity)
        return True

    def take(self, entity: EntityId, around: Surroundings) -> list[EntityId]:
        """Follow the steps around one entity and return the entities that are new."""
        self.totals[entity] = around.total
        if around.total > len(around.steps):
            self.truncated = True
        found = []
        for step in around.steps:
            is_new = step.other not in self.ids
            self.passing.add(step.other)
            if self.admit(step.other):
                self.relations.add(step.key(entity))
                if is_new:
                    found.append(step.other)
        return found


def expansion(
    seeds: Sequence[EntityId], *, depth: int, where: RelationFilter, per_entity: int, limit: int
) -> Walk[ExpansionOutline]:
    """Walk `depth` layers out from the seeds.

    Within a layer entities are expanded in the order found and their steps by (type, direction, neighbour id).
    The seeds themselves need not pass `where`. A relation is part of the answer if it was followed from one of
    its ends and both ends found room.
    """
    state = _Expansion(limit=limit)
    wanted = tuple(dict.fromkeys(seeds))
    layer: list[EntityId] = list(wanted[:limit])
    for level in range(depth):
        if not layer:
            break
        answer = yield Request(ids=tuple(layer), where=where, limit=per_entity, totals=True)
        present = [entity for entity in layer if entity in answer]
        if level == 0:
            state.truncated = len(wanted) > limit
            state.ids.update(present)
        layer = [found for entity in present for found in state.take(entity, answer[entity])]
    return ExpansionOutline(
        ids=sorted(state.ids),
        relations=sorted(state.relations),
        truncated=state.truncated,
        omitted=_omitted(state, where.direction),
    )


def _omitted(state: _Expansion, direction: Direction) -> dict[EntityId, int]:
    """Return, for each expanded entity, how many of its passing relations are not shown (a loop counts twice)."""
    shown = dict.fromkeys(state.totals, 0)
    for relation in state.relations:
        if direction is not Direction.IN and relation.source in shown and relation.target in state.passing:
            shown[relation.source] += 1
        if direction is not Direction.OUT and relation.target in shown and relation.source in state.passing:
            shown[relation.target] += 1
    left = {entity: total - shown[entity] for entity, total in state.totals.items()}
    return {entity: left[entity] for entity in sorted(left) if left[entity] > 0}
