"""`/ontology`: what there can be."""

from fastapi import APIRouter

from api.dependencies import NO_PARAMETERS, ServicesDep
from api.presentation import label_shape
from api.schemas.about import ClassShape, OntologyShape, PropertyShape, RelationTypeShape
from ontology.schema import ClassDef, PropertyDef, RelationDef, Schema

router = APIRouter(tags=["about"])


@router.get("/ontology", summary="Classes, properties and relation types", dependencies=[NO_PARAMETERS])
async def get_ontology(services: ServicesDep) -> OntologyShape:
    """Return every class, property and relation type with labels, domains and ranges."""
    schema = services.schema
    return OntologyShape(
        classes=tuple(_class_shape(schema, found) for found in schema.classes.values()),
        properties=tuple(_property_shape(found) for found in schema.properties.values()),
        relations=tuple(_relation_shape(found) for found in schema.relations.values()),
    )


def _class_shape(schema: Schema, found: ClassDef) -> ClassShape:
    return ClassShape(
        name=found.name,
        label=label_shape(found.label),
        comment=label_shape(found.comment),
        parents=found.parents,
        label_properties=found.label_properties,
        date_property=found.date_property,
        abstract=found.abstract,
        properties=tuple(p.name for p in schema.properties_of(found.name)),
    )


def _property_shape(found: PropertyDef) -> PropertyShape:
    return PropertyShape(
        name=found.name,
        label=label_shape(found.label),
        comment=label_shape(found.comment),
        type=found.value_type,
        domains=found.domains,
        identifier=found.key is not None,
        facet=found.facet,
    )


def _relation_shape(found: RelationDef) -> RelationTypeShape:
    return RelationTypeShape(
        name=found.name,
        label=label_shape(found.label),
        inverse_label=label_shape(found.inverse_label),
        comment=label_shape(found.comment),
        domains=found.domains,
        ranges=found.ranges,
        facet=found.facet,
    )
