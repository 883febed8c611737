"""Computing entities whole from all live statements about all their ids."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ingest.journal.interning import CHUNK
from ingest.journal.tables import CLAIM, DATASET, NODE, RECORD, RESOLUTION, STATEMENT, TERM
from ingest.journal.values import EXISTS, NAMED_AS, SAME_AS, TEXT, value_from_text
from ingest.projection.position import among
from ontology.model import MAX_RELATION_RECORDS, Entity, EntityId, RecordId, Relation, Value, class_of
from ontology.schema import Schema

_RESERVED = frozenset({SAME_AS, NAMED_AS, EXISTS})


class _Link:
    """What the records say of one relation: earliest start, latest end, and who says it."""

    __slots__ = ("end", "records", "start")

    def __init__(self) -> None:
        self.start: str | None = None
        self.end: str | None = None
        self.records: set[bytes] = set()

    def add(self, record: bytes, start: str | None, end: str | None) -> None:
        """Take in one statement."""
        self.records.add(record)
        if start is not None and (self.start is None or start < self.start):
            self.start = start
        if end is not None and (self.end is None or end > self.end):
            self.end = end


class Facts:
    """All that is said of one entity. `support` counts the statements behind each value of a property."""

    __slots__ = ("datasets", "id", "links", "support")

    def __init__(self, identifier: EntityId) -> None:
        self.id = identifier
        self.support: dict[str, dict[Value, int]] = {}
        self.links: dict[tuple[str, int], _Link] = {}
        self.datasets: set[int] = set()

    def say(self, name: str, value: Value) -> None:
        """Take in one literal."""
        values = self.support.get(name)
        if values is None:
            self.support[name] = {value: 1}
        else:
            values[value] = values.get(value, 0) + 1

    def link(self, name: str, target: int) -> _Link:
        """Return what is said of one relation."""
        key = (name, target)
        found = self.links.get(key)
        if found is None:
            found = self.links[key] = _Link()
        return found


@dataclass(frozen=True, slots=True)
class Computed:
    """One entity with its outgoing relations and the numbers of their ends."""

    node: int
    entity: Entity
    relations: Sequence[Relation]
    targets: Sequence[tuple[str, int]]


class EntityReader:
    """Reads entities from one connection; what it knows of terms and datasets is of the moment it was made."""

    def __init__(self, connection: Connection, schema: Schema) -> None:
        self._connection = connection
        self._schema = schema
        self._terms = {row.id: row.text for row in connection.execute(select(TERM.c.id, TERM.c.text))}
        synthetic = select(DATASET.c.term).where(DATASET.c.synthetic)
        self._identifiers = sorted(p.name for p in schema.properties.values() if p.identifier)
        self._synthetic = {row[0] for row in connection.execute(synthetic)}

    def compute(self, nodes: Sequence[int]) -> tuple[list[Computed], list[EntityId]]:
        """Return the entities of these canonical numbers, and the ids of those of which nothing is said any more."""
        names = self.names(nodes)
        facts = self._facts(nodes, names)
        ends = self.names({target for found in facts.values() for _, target in found.links})
        computed = [self._computed(node, facts[node], ends) for node in nodes if node in facts]
        return computed, [names[node] for node in nodes if node not in facts]

    def names(self, nodes: Iterable[int]) -> dict[int, EntityId]:
        """Return the entity ids of numbers."""
        found: dict[int, EntityId] = {}
        for chunk in _chunks(sorted(nodes)):
            rows = self._connection.execute(select(NODE.c.id, NODE.c.entity).where(among(NODE.c.id, chunk)))
            found.update((number, EntityId(entity)) for number, entity in rows)
        return found

    def _members(self, nodes: Sequence[int]) -> dict[int, int]:
        members = {node: node for node in nodes}
        for chunk in _chunks(nodes):
            query = select(RESOLUTION.c.node, RESOLUTION.c.canonical).where(among(RESOLUTION.c.canonical, chunk))
            members.update((node, canonical) for node, canonical in self._connection.execute(query))
        return members

    def _facts(self, nodes: Sequence[int], names: Mapping[int, EntityId]) -> dict[int, Facts]:
        members = self._members(nodes)
        facts: dict[int, Facts] = {}
        terms = self._terms
        for chunk in _chunks(sorted(members)):
            for subject, word, target, value, kind, start, end, record, dataset in self._statements(chunk):
                name = terms[word]
                canonical = members[subject]
                found = facts.get(canonical)
                if found is None:
                    found = facts[canonical] = Facts(names[canonical])
                found.datasets.add(dataset)
                if name in _RESERVED:
                    continue
                if target is not None:
                    if target != canonical:
                        found.link(name, target).add(record, start, end)
                else:
                    found.say(name, value if kind == TEXT else value_from_text(kind, value))
        return facts

    def _statements(self, subjects: Sequence[int]) -> Iterable[Row[*tuple[Any, ...]]]:
        target = RESOLUTION.alias()
        query = (
            select(
                STATEMENT.c.subject,
                STATEMENT.c.property,
                # A relation leads to what its end is now.
                func.coalesce(target.c.canonical, STATEMENT.c.target),
                STATEMENT.c.value,
                STATEMENT.c.kind,
                STATEMENT.c.valid_from,
                STATEMENT.c.valid_to,
                RECORD.c.record,
                RECORD.c.dataset,
            )
            .select_from(STATEMENT)
            .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
            .join(RECORD, RECORD.c.seq == CLAIM.c.record)
            .outerjoin(target, target.c.node == STATEMENT.c.target)
            .where(among(STATEMENT.c.subject, subjects), CLAIM.c.retracted_by.is_(None))
        )
        # In portions: a region may have millions of statements.
        return self._connection.execute(query, execution_options={"yield_per": 10_000})

    def _computed(self, node: int, facts: Facts, ends: Mapping[int, EntityId]) -> Computed:
        class_name = class_of(facts.id)
        properties = {
            name: tuple(values) if len(values) == 1 else tuple(sorted(values, key=_order))
            for name, values in sorted(facts.support.items())
        }
        entity = Entity(
            id=facts.id,
            class_name=class_name,
            label=self._label(class_name, facts),
            properties=properties,
            datasets=tuple(sorted(self._terms[number] for number in facts.datasets)),
            synthetic=bool(facts.datasets) and facts.datasets <= self._synthetic,
        )
        links = sorted(facts.links.items(), key=lambda item: (item[0][0], ends[item[0][1]]))
        relations = [
            Relation(
                source=facts.id,
                type=name,
                target=ends[target],
                valid_from=link.start,
                valid_to=link.end,
                records=tuple(RecordId(bytes(r).hex()) for r in sorted(link.records)[:MAX_RELATION_RECORDS]),
                record_count=len(link.records),
            )
            for (name, target), link in links
        ]
        return Computed(node, entity, relations, [key for key, _ in links])

    def _label(self, class_name: str, facts: Facts) -> str:
        """Return what most records call the thing, the first in order where several are as frequent."""
        definition = self._schema.classes.get(class_name)
        names = () if definition is None else definition.label_properties
        for name in (*names, *(name for name in self._identifiers if name in facts.support)):
            values = facts.support.get(name)
            if values and len(values) == 1:
                return str(next(iter(values)))
            if values:
                return str(min(values.items(), key=lambda item: (-item[1], _order(item[0])))[0])
        return class_name if definition is None else definition.label.zh


def _order(value: Value) -> tuple[str, Value]:
    """Order values of one property; numbers, texts and truth values do not compare with one another."""
    return type(value).__name__, value


def _chunks(items: Sequence[int]) -> Iterable[Sequence[int]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
