"""Between nodes and relationships and the values of the model.

A node carries `id`, our own keys (`_label`, `_class`, `_datasets`, `_synthetic`, and `_facts`, the properties as JSON,
because lists of Neo4j hold one type only), and each property under its own name for people who write Cypher.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import orjson

from graph.aggregates import value_text
from graph.neo4j.names import original, property_key
from graph.neo4j.server import Parameter
from graph.walk import RelationKey
from ontology.model import Entity, EntityId, RecordId, Relation, Value

ENTITY_COLUMNS = "{0}.id, {0}._class, {0}._label, {0}._facts, {0}._datasets, {0}._synthetic"
RELATION_COLUMNS = "{0}.valid_from, {0}.valid_to, {0}.records, {0}.record_count"


def entity_columns(variable: str) -> str:
    """Return the columns that `entity_from` reads."""
    return ENTITY_COLUMNS.format(variable)


def relation_columns(variable: str) -> str:
    """Return the columns that `relation_from` reads."""
    return RELATION_COLUMNS.format(variable)


def entity_from(columns: Sequence[object]) -> Entity:
    """Return the entity of six columns."""
    identifier, class_name, label, facts, datasets, synthetic = columns
    return Entity(
        id=EntityId(cast("str", identifier)),
        class_name=cast("str", class_name),
        label=cast("str", label),
        properties={name: tuple(values) for name, values in orjson.loads(cast("str", facts)).items()},
        datasets=tuple(cast("list[str]", datasets)),
        synthetic=bool(synthetic),
    )


def relation_from(key: RelationKey, columns: Sequence[object]) -> Relation:
    """Return the relation of four columns."""
    valid_from, valid_to, records, record_count = columns
    return Relation(
        source=key.source,
        type=key.type,
        target=key.target,
        valid_from=cast("str | None", valid_from),
        valid_to=cast("str | None", valid_to),
        records=tuple(RecordId(record) for record in cast("list[str]", records)),
        record_count=cast("int", record_count),
    )


def key_from(columns: Sequence[object]) -> RelationKey:
    """Return the key of three columns: relationship type, source id, target id."""
    return RelationKey(original(str(columns[0])), EntityId(str(columns[1])), EntityId(str(columns[2])))


def native_value(values: Sequence[Value]) -> Parameter:
    """Return the values of a property as a list that Neo4j can hold: of one type, or all as texts."""
    kinds = {type(value) for value in values}
    texts = {value_text(value) for value in values}
    return [*values] if len(kinds) <= 1 else [*sorted(texts)]


def node_properties(entity: Entity) -> dict[str, Parameter]:
    """Return all properties of an entity's node."""
    native = {property_key(name): native_value(values) for name, values in entity.properties.items()}
    return {
        **native,
        "id": entity.id,
        "_class": entity.class_name,
        "_label": entity.label,
        "_facts": orjson.dumps(dict(entity.properties), option=orjson.OPT_SORT_KEYS).decode(),
        "_datasets": list(entity.datasets),
        "_synthetic": entity.synthetic,
    }


def relationship_properties(relation: Relation) -> dict[str, Parameter]:
    """Return all properties of a relationship; absent dates are no properties."""
    facts: Mapping[str, Parameter] = {
        "valid_from": relation.valid_from,
        "valid_to": relation.valid_to,
        "records": list(relation.records),
        "record_count": relation.record_count,
    }
    return {name: value for name, value in facts.items() if value is not None}
