"""Shapes of `/ontology`, `/stats`, `/healthz` and `/readyz`."""

from pydantic import Field

from api.schemas.common import LabelShape, Shape


class ClassShape(Shape):
    """A class of things."""

    name: str
    label: LabelShape
    comment: LabelShape
    parents: tuple[str, ...]
    label_properties: tuple[str, ...]
    date_property: str | None
    abstract: bool
    properties: tuple[str, ...]


class PropertyShape(Shape):
    """A property with a literal value."""

    name: str
    label: LabelShape
    comment: LabelShape
    type: str
    domains: tuple[str, ...]
    identifier: bool
    facet: str | None


class RelationTypeShape(Shape):
    """A kind of relation."""

    name: str
    label: LabelShape
    inverse_label: LabelShape
    comment: LabelShape
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    facet: str | None


class OntologyShape(Shape):
    """What things, properties and relations there can be."""

    classes: tuple[ClassShape, ...]
    properties: tuple[PropertyShape, ...]
    relations: tuple[RelationTypeShape, ...]


class HealthShape(Shape):
    """The process lives."""

    status: str = Field(examples=["alive"])
    version: str


class EngineShape(Shape):
    """Whether one engine answers; `lag` counts ledger entries its projection has not yet seen."""

    name: str = Field(examples=["graph"])
    engine: str = Field(examples=["embedded"])
    ready: bool
    detail: str | None
    remedy: str | None
    lag: int | None


class ReadinessShape(Shape):
    """Whether every engine answers."""

    ready: bool
    engines: tuple[EngineShape, ...]
