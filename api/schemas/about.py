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


class CountShape(Shape):
    """How many there are of one class or type."""

    name: str
    label: LabelShape
    count: int


class StatsShape(Shape):
    """How much there is."""

    records: int
    statements: int
    quarantined: int
    datasets: dict[str, int] = Field(description="Live records by dataset.")
    entities: tuple[CountShape, ...]
    relations: tuple[CountShape, ...]
    documents: tuple[CountShape, ...]
    digests: dict[str, str] = Field(description="Equal for equal content, by store.")
