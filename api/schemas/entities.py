"""Shapes of `/entities/{id}` and what hangs below it."""

from pydantic import Field

from api.schemas.common import EntityBrief, LabelShape, RelationShape, Scalar, Shape, SourceShape
from graph.store import Direction


class FactShape(Shape):
    """One value of one property, with every record that says so (at most `limits.sources_per_fact` are named)."""

    property: str = Field(examples=["uscc"])
    label: LabelShape
    value: Scalar
    type: str = Field(description="Value type of the property.", examples=["uscc"])
    valid_from: str | None
    valid_to: str | None
    quote: str | None = Field(description="The piece of text that says so, where a text was read.")
    source_count: int
    sources: tuple[SourceShape, ...]


class RelationCountShape(Shape):
    """How many neighbours there are of one kind."""

    type: str
    label: LabelShape = Field(description="Of the relation, read in the direction given.")
    direction: Direction
    class_name: str = Field(serialization_alias="class")
    class_label: LabelShape
    count: int


class EntityLimits(Shape):
    """What was cut in an entity's answer."""

    facts: int
    sources_per_fact: int
    statements: int = Field(description="Statements that were read at most, the earliest.")


class EntityShape(Shape):
    """An entity with all its facts, as of a day in the world and a moment of the ledger."""

    id: str
    class_name: str = Field(serialization_alias="class")
    class_label: LabelShape
    label: str
    synthetic: bool
    datasets: tuple[str, ...]
    same_as: tuple[str, ...] = Field(description="Other ids that were united with this one.")
    facts: tuple[FactShape, ...]
    total: int = Field(description="Facts in all.")
    relation_counts: tuple[RelationCountShape, ...]
    as_of: str | None
    recorded_as_of: str | None
    truncated: bool
    limits: EntityLimits


class NeighbourShape(Shape):
    """One step away."""

    relation: RelationShape
    direction: Direction
    entity: EntityBrief
    degree: int = Field(description="Relations of the neighbour, all kinds.")


class PageLimits(Shape):
    """Items a page holds at most."""

    limit: int


class NeighboursShape(Shape):
    """One page of neighbours."""

    total: int
    items: tuple[NeighbourShape, ...]
    next_cursor: str | None
    limits: PageLimits


class LimitShape(Shape):
    """What an outlet may discharge of one pollutant."""

    id: str
    pollutant: str
    pollutant_id: str | None
    minimum: float | None
    maximum: float | None
    unit: str | None
    frequency: str | None = Field(description="How often it is measured.")
    sources: tuple[SourceShape, ...]


class OutletShape(Shape):
    """An outlet and its limits."""

    id: str
    site: str = Field(description="Id of the site it belongs to.")
    code: str | None
    name: str | None
    medium: str | None
    standard: str | None
    limits: tuple[LimitShape, ...]
    sources: tuple[SourceShape, ...]


class OutletsLimits(Shape):
    """What was cut in a permit view."""

    sites: int
    outlets: int
    limits: int


class OutletsShape(Shape):
    """The permit view of a site or an enterprise; `site_limits` are limits that name no outlet."""

    outlets: tuple[OutletShape, ...]
    site_limits: tuple[LimitShape, ...]
    total: int = Field(description="Outlets in all.")
    truncated: bool
    limits: OutletsLimits
