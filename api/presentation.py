"""From the frozen values inside to the JSON shapes outside: labels in both languages, entities, relations, sources."""

from collections.abc import Mapping, Sequence

from api.schemas.common import EntityBrief, LabelShape, Position, RelationShape, Scalar, SourceShape
from graph.store import Direction
from ontology.model import Entity, RecordId, Relation
from ontology.schema import Label, Schema

LOCATION = "location"
"""The property that holds a place, as `longitude,latitude` in WGS-84 degrees."""

Sources = Mapping[RecordId, Sequence[SourceShape]]
"""For each record the rows it was seen in, first sighting first."""


def label_shape(label: Label) -> LabelShape:
    """Return a label as it is sent."""
    return LabelShape(zh=label.zh, en=label.en)


def plain_label(text: str) -> LabelShape:
    """Return a text that has no translation as a label: both languages read the same."""
    return LabelShape(zh=text, en=text)


def class_label(schema: Schema, name: str) -> LabelShape:
    """Return the label of a class; a class that the ontology no longer knows keeps its name."""
    found = schema.classes.get(name)
    return plain_label(name) if found is None else label_shape(found.label)


def property_label(schema: Schema, name: str) -> LabelShape:
    """Return the label of a property; one that the ontology no longer knows keeps its name."""
    found = schema.properties.get(name)
    return plain_label(name) if found is None else label_shape(found.label)


def relation_label(schema: Schema, name: str, *, direction: Direction = Direction.OUT) -> LabelShape:
    """Return the label of a relation as it reads in `direction`; one no longer known keeps its name."""
    found = schema.relations.get(name)
    if found is None:
        return plain_label(name)
    return label_shape(found.inverse_label if direction is Direction.IN else found.label)


def position_of(properties: Mapping[str, Sequence[Scalar]]) -> Position | None:
    """Return the first place among an entity's properties, None where there is none that can be read."""
    for text in properties.get(LOCATION, ()):
        parts = str(text).split(",")
        if len(parts) == 2:
            try:
                return float(parts[0]), float(parts[1])
            except ValueError:
                continue
    return None


def entity_brief(schema: Schema, entity: Entity) -> EntityBrief:
    """Return an entity as lists and graphs show it."""
    return EntityBrief(
        id=entity.id,
        class_name=entity.class_name,
        class_label=class_label(schema, entity.class_name),
        label=entity.label,
        synthetic=entity.synthetic,
        properties={name: tuple(values) for name, values in entity.properties.items()},
        location=position_of(entity.properties),
        datasets=entity.datasets,
    )


def relation_shape(
    schema: Schema, relation: Relation, *, sources: Sources, direction: Direction = Direction.OUT
) -> RelationShape:
    """Return a relation with the first row of each of its records; the label reads in `direction`."""
    return RelationShape(
        source=relation.source,
        type=relation.type,
        label=relation_label(schema, relation.type, direction=direction),
        target=relation.target,
        valid_from=relation.valid_from,
        valid_to=relation.valid_to,
        record_count=relation.record_count,
        sources=tuple(row for record in relation.records for row in sources.get(record, ())[:1]),
    )
