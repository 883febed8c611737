"""Shapes of `/expand`, `/paths` and `/cypher`."""

from pydantic import Field

from api.schemas.common import EntityBrief, RelationShape, Shape


class ExpandLimits(Shape):
    """What was applied."""

    depth: int
    per_entity: int
    limit: int


class SubgraphShape(Shape):
    """A piece of the graph; `omitted` counts, per entity expanded, its relations not shown."""

    entities: tuple[EntityBrief, ...]
    relations: tuple[RelationShape, ...]
    truncated: bool
    omitted: dict[str, int]
    limits: ExpandLimits


class PathShape(Shape):
    """A walk: `relations[i]` joins `entities[i]` and `entities[i + 1]`."""

    cost: float = Field(description="Hops, plus a penalty for each hub passed.")
    entities: tuple[EntityBrief, ...]
    relations: tuple[RelationShape, ...]


class PathLimits(Shape):
    """What was applied."""

    max_hops: int
    count: int
    hub_penalty: float


class PathsShape(Shape):
    """The cheapest paths; `hubs_avoided` were not passed through because they have too many relations."""

    paths: tuple[PathShape, ...]
    truncated: bool
    hubs_avoided: tuple[EntityBrief, ...]
    limits: PathLimits


class CypherLimits(Shape):
    """What was applied."""

    limit: int
    seconds: float


class CypherShape(Shape):
    """A table: nodes and relationships come as maps."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool
    limits: CypherLimits
