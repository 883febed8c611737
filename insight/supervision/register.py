"""The registers as detectors need them: read once from the graph, then walked in memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.store import Direction, GraphStore, RelationFilter
from insight.supervision.national_limits import COVERED
from ontology.model import Entity, EntityId, Relation

PAGE = 1000
SEEDS = 500
OUTGOING = {
    "Site": ("operatedBy", "locatedIn"),
    "Listing": ("lists", "locatedIn"),
    "Permit": ("permitFor", "grantedTo"),
    "Outlet": ("outletOf", "appliesStandard"),
    "EiaApproval": ("grantedTo",),
    "EiaProject": ("projectOf",),
    "WasteLicence": ("grantedTo",),
    "WasteTransfer": ("wasteFrom", "wasteTo"),
}
"""Classes read whole, and the relations followed from them."""


@dataclass(frozen=True, slots=True)
class Register:
    """Entities by id and relations by (entity, type), each in the order of the graph."""

    entities: dict[EntityId, Entity] = field(default_factory=dict)
    outgoing: dict[tuple[EntityId, str], list[Relation]] = field(default_factory=lambda: defaultdict(list))
    incoming: dict[tuple[EntityId, str], list[Relation]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entities: Iterable[Entity], relations: Iterable[Relation]) -> None:
        """Take in a piece of the graph; each relation is given once."""
        self.entities.update((entity.id, entity) for entity in entities)
        for relation in relations:
            self.outgoing[relation.source, relation.type].append(relation)
            self.incoming[relation.target, relation.type].append(relation)

    def of_class(self, class_name: str) -> Sequence[Entity]:
        """Return the entities of one class by id."""
        found = (entity for entity in self.entities.values() if entity.class_name == class_name)
        return sorted(found, key=lambda entity: entity.id)

    def out(self, entity: EntityId, *types: str) -> list[Relation]:
        """Return the relations that leave an entity; empty for an unknown one."""
        return [relation for name in types for relation in self.outgoing.get((entity, name), ())]

    def into(self, entity: EntityId, *types: str) -> list[Relation]:
        """Return the relations that reach an entity; empty for an unknown one."""
        return [relation for name in types for relation in self.incoming.get((entity, name), ())]

    def party(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Return the entity, the enterprise that operates it, and all sites of that enterprise, once each."""
        owners = [entity, *(r.target for r in self.out(entity, "operatedBy"))]
        sites = [r.source for owner in owners for r in self.into(owner, "operatedBy")]
        return tuple(dict.fromkeys([*owners, *sites]))

    def held(self, entity: EntityId, class_name: str) -> list[tuple[Entity, Relation]]:
        """Return what of a class (`Permit`, `EiaApproval`, `WasteLicence` …) was granted to the party, by id."""
        found: dict[EntityId, tuple[Entity, Relation]] = {}
        for member in self.party(entity):
            for relation in self.into(member, "permitFor", "grantedTo", "projectOf"):
                granted = self.entities[relation.source]
                if granted.class_name == class_name:
                    found.setdefault(granted.id, (granted, relation))
        return [found[key] for key in sorted(found)]

    def region(self, entity: EntityId) -> str | None:
        """Return the name of the region of an entity or, where it has none, of its party; None where unknown."""
        for member in self.party(entity):
            for relation in self.out(member, "locatedIn"):
                return self.entities[relation.target].label
        return None


def text(entity: Entity, name: str) -> str | None:
    """Return the last value of a property as text (the latest day of a date), None where there is none."""
    values = entity.properties.get(name, ())
    return str(values[-1]) if values else None


async def read_register(graph: GraphStore) -> Register:
    """Read all that detectors look at: whole classes, and limits only where the outlet's standard is covered."""
    register = Register()
    for class_name, types in OUTGOING.items():
        ids = [entity.id for entity in await _listed(graph, class_name, register)]
        where = RelationFilter(types=frozenset(types), direction=Direction.OUT)
        await _follow(graph, ids, where, register)
    standards = [
        e.id
        for e in register.of_class("Standard")
        if COVERED.intersection(map(str, e.properties.get("standard_number", ())))
    ]
    outlets = sorted({r.source for s in standards for r in register.into(s, "appliesStandard")})
    await _follow(graph, outlets, RelationFilter(types=frozenset({"limitAt"}), direction=Direction.IN), register)
    return register


async def _listed(graph: GraphStore, class_name: str, register: Register) -> list[Entity]:
    found: list[Entity] = []
    cursor: str | None = None
    while True:
        page = await graph.listing(class_name, limit=PAGE, cursor=cursor)
        found.extend(page.items)
        cursor = page.next_cursor
        if cursor is None:
            register.add(found, ())
            return found


async def _follow(graph: GraphStore, ids: Sequence[EntityId], where: RelationFilter, register: Register) -> None:
    """Take in the relations of these entities; a piece that a limit cut is asked for again in halves."""
    pending = [ids[start : start + SEEDS] for start in range(0, len(ids), SEEDS)]
    while pending:
        seeds = pending.pop(0)
        around = await graph.expand(seeds, where=where, per_entity=PAGE, limit=10_000)
        if around.truncated and len(seeds) > 1:
            half = len(seeds) // 2
            pending[:0] = [seeds[:half], seeds[half:]]
            continue
        register.add(around.entities, around.relations)
