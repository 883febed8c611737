"""What the contract compares engines with: a graph in plain dictionaries, and strategies that make graphs.

The reference answers by looking at everything; it is right by being simple. Only tests import this.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx
from hypothesis import strategies as st

from graph.store import Direction, GraphBatch, NeighbourCount, RelationFilter
from graph.walk import RelationKey, Step
from ontology.model import Entity, EntityId, RecordId, Relation

CLASSES = ("Agency", "Permit", "Site")
TYPES = ("holds", "locatedIn", "near")
DATES = (None, "2018", "2019", "2019-07", "2019-07-15", "2020-01-01")


def entity(name: str, class_name: str = "Site", *, synthetic: bool = False) -> Entity:
    """Return a small entity whose id is `Class-name`."""
    return Entity(id=EntityId(f"{class_name}-{name}"), class_name=class_name, label=name, synthetic=synthetic)


def relation(source: Entity, type_name: str, target: Entity, **dates: str) -> Relation:
    """Return a relation with one record."""
    return Relation(
        source=source.id,
        type=type_name,
        target=target.id,
        valid_from=dates.get("valid_from"),
        valid_to=dates.get("valid_to"),
        records=(RecordId("r1"),),
        record_count=1,
    )


def star(leaves: int, *, class_name: str = "Site") -> tuple[Entity, list[Entity], GraphBatch]:
    """Return a hub, its leaves, and the batch with a relation from each leaf to the hub."""
    hub = entity("hub", "Region")
    ends = [entity(f"{index:05}", class_name) for index in range(leaves)]
    return hub, ends, GraphBatch(entities=[hub, *ends], relations=[relation(end, "locatedIn", hub) for end in ends])


@dataclass(slots=True)
class ReferenceGraph:
    """Entities by id and relations by key, dangling ones included."""

    entities: dict[EntityId, Entity] = field(default_factory=dict)
    relations: dict[RelationKey, Relation] = field(default_factory=dict)

    def apply(self, batch: GraphBatch) -> None:
        """Do what `GraphWriter.apply` promises."""
        gone = {entity.id for entity in batch.entities} | set(batch.removed)
        self.relations = {key: relation for key, relation in self.relations.items() if key.source not in gone}
        for entity in batch.removed:
            self.entities.pop(entity, None)
        self.entities.update({entity.id: entity for entity in batch.entities})
        self.relations.update({RelationKey(r.type, r.source, r.target): r for r in batch.relations})

    def visible(self) -> Iterable[Relation]:
        """Return the relations that readers see."""
        return (relation for relation in self.relations.values() if relation.target in self.entities)

    def degree(self, entity: EntityId) -> int:
        """Return how many relations an entity has, a loop twice."""
        return sum((r.source == entity) + (r.target == entity) for r in self.visible())

    def steps(self, entity: EntityId, where: RelationFilter, exempt: frozenset[EntityId] = frozenset()) -> list[Step]:
        """Return all steps from an entity that pass a filter, in order."""
        found = []
        for relation in self.visible():
            for here, other, direction in (
                (relation.source, relation.target, Direction.OUT),
                (relation.target, relation.source, Direction.IN),
            ):
                if here == entity and passes(relation, direction, self.entities[other], where, other in exempt):
                    found.append(Step(relation.type, direction, other))
        return sorted(found)

    def neighbour_counts(self, entity: EntityId, where: RelationFilter) -> list[NeighbourCount]:
        """Return what `GraphStore.neighbour_counts` promises."""
        counts = Counter(
            (step.type, step.direction, self.entities[step.other].class_name) for step in self.steps(entity, where)
        )
        return [NeighbourCount(*name, count=count) for name, count in sorted(counts.items())]

    def path_costs(
        self,
        source: EntityId,
        target: EntityId,
        *,
        max_hops: int,
        where: RelationFilter,
        hub_penalty: float,
        hub_limit: int,
    ) -> Mapping[tuple[EntityId, ...], float]:
        """Return the cost of every allowed simple path, found by listing them all."""
        ends = frozenset((source, target))
        net: networkx.DiGraph[EntityId] = networkx.DiGraph()
        net.add_nodes_from(ends)
        for entity in self.entities:
            net.add_edges_from((entity, step.other) for step in self.steps(entity, where, ends))
        net.remove_edges_from(list(networkx.selfloop_edges(net)))
        costs = {}
        for path in networkx.all_simple_paths(net, source, target, cutoff=max_hops):
            degrees = [self.degree(entity) for entity in path[1:-1]]
            if all(degree <= hub_limit for degree in degrees):
                costs[tuple(path)] = len(path) - 1 + hub_penalty * sum(math.log10(max(d, 2)) for d in degrees)
        return costs


def passes(relation: Relation, direction: Direction, other: Entity, where: RelationFilter, is_exempt: bool) -> bool:
    """Return whether a relation, walked in `direction` to `other`, passes a filter."""
    if where.direction not in (Direction.BOTH, direction) or (where.types and relation.type not in where.types):
        return False
    if not is_exempt:
        if where.classes and other.class_name not in where.classes:
            return False
        if other.synthetic and not where.synthetic:
            return False
    windows = [(where.as_of, where.as_of), (where.valid_from, where.valid_to)]
    return all(_touches(relation, first, last) for first, last in windows)


def _touches(relation: Relation, first: str | None, last: str | None) -> bool:
    """Return whether a period touches a window, each date standing for the whole of its year or month."""
    starts_late = last is not None and relation.valid_from is not None and _day(relation.valid_from, "01") > _day(last)
    ends_early = first is not None and relation.valid_to is not None and _day(relation.valid_to) < _day(first, "01")
    return not (starts_late or ends_early)


def _day(date: str, missing: str = "99") -> str:
    """Return a date filled up to a day, with the last imaginable month and day if not told otherwise."""
    return "-".join([*date.split("-"), missing, missing][:3])


def identifiers(count: int) -> list[EntityId]:
    """Return ids that sort otherwise than they count, a few of them hostile."""
    hostile = ("Site-'); DROP TABLE graph_entity;--", "Site-`}) DETACH DELETE n //", "Site-\x00zero", "Site-🏭企业")
    plain = (f"Site-{(index * 37) % 101:03}" for index in itertools.count())
    return [EntityId(text) for text in itertools.islice(itertools.chain(plain), count - min(count, 4))] + [
        EntityId(text) for text in hostile[: min(count, 4)]
    ]


@st.composite
def batches(draw: st.DrawFn, *, size: int = 9) -> list[GraphBatch]:
    """Make one to four batches over at most `size` ids: changes, removals, loops, dangling relations."""
    ids = identifiers(size)
    made = []
    for position in range(draw(st.integers(1, 4))):
        written = draw(st.lists(st.sampled_from(ids), unique=True, min_size=0 if position else size // 2))
        removed = draw(st.lists(st.sampled_from(ids), unique=True, max_size=2)) if position else []
        keys = draw(
            st.lists(
                st.tuples(st.sampled_from(written), st.sampled_from(TYPES), st.sampled_from(ids)),
                unique=True,
                max_size=3 * size,
            )
            if written
            else st.just([])
        )
        made.append(
            GraphBatch(
                entities=[draw(entities(identifier)) for identifier in written],
                relations=[draw(relations(*key)) for key in keys],
                removed=[identifier for identifier in removed if identifier not in written],
                checkpoint=position,
            )
        )
    return made


@st.composite
def entities(draw: st.DrawFn, identifier: EntityId) -> Entity:
    """Make an entity of an id."""
    return Entity(
        id=identifier,
        class_name=draw(st.sampled_from(CLASSES)),
        label=draw(st.sampled_from(("", "上海某厂", "a'b\"c`d", "\x00"))),
        properties=draw(
            st.dictionaries(
                st.sampled_from(("code", "area", "operating")),
                st.sampled_from((("x",), ("1.5", "x"), (1.5,), (3.0,), (True,), ("",))),
                max_size=2,
            )
        ),
        datasets=draw(st.sampled_from(((), ("a",), ("a", "b")))),
        synthetic=draw(st.booleans()),
    )


@st.composite
def relations(draw: st.DrawFn, source: EntityId, type_name: str, target: EntityId) -> Relation:
    """Make a relation of a key."""
    records = draw(st.sampled_from(((), ("r1",), ("r1", "r2"))))
    return Relation(
        source=source,
        type=type_name,
        target=target,
        valid_from=draw(st.sampled_from(DATES)),
        valid_to=draw(st.sampled_from(DATES)),
        records=tuple(RecordId(record) for record in records),
        record_count=len(records),
    )


def filters() -> st.SearchStrategy[RelationFilter]:
    """Make filters, most of them with one or two parts."""
    return st.builds(
        RelationFilter,
        types=st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(TYPES), max_size=2)),
        classes=st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from((*CLASSES, "Absent")), max_size=2)),
        direction=st.sampled_from(Direction),
        as_of=st.one_of(st.none(), st.sampled_from(DATES)),
        valid_from=st.one_of(st.none(), st.sampled_from(DATES)),
        valid_to=st.one_of(st.none(), st.sampled_from(DATES)),
        synthetic=st.booleans(),
    )
