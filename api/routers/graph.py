"""`/expand` and `/paths`: pieces of the graph."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.dependencies import FollowParameters, Name, ProvenanceDep, ServicesDep
from api.presentation import Sources, entity_brief, relation_shape
from api.schemas.graph import ExpandLimits, PathLimits, PathShape, PathsShape, SubgraphShape
from graph.store import Path
from ontology.errors import NotFound
from ontology.model import EntityId
from ontology.schema import Schema

router = APIRouter(tags=["graph"])


class ExpandParameters(FollowParameters):
    """From where, and how far."""

    id: tuple[Name, ...] = Field(min_length=1, max_length=100, description="Entities to start from.")
    depth: int = Field(default=1, ge=1, le=4)
    per_entity: int = Field(default=50, ge=1, le=500, description="Relations followed from one entity.")
    limit: int = Field(default=500, ge=1, le=2000, description="Entities in all.")


class PathParameters(FollowParameters):
    """Between what, and how long."""

    source: Name
    target: Name
    max_hops: int = Field(default=6, ge=1, le=8)
    count: int = Field(default=3, ge=1, le=20)
    hub_penalty: float = Field(default=0.5, ge=0, le=10, description="Added for each hub a path passes.")


@router.get("/expand", summary="What lies around some entities")
async def get_expand(
    services: ServicesDep, provenance: ProvenanceDep, asked: Annotated[ExpandParameters, Query()]
) -> SubgraphShape:
    """Return the entities within `depth` steps of the seeds, and the relations between them."""
    seeds = await _canonical(asked.id, services=services)
    found = await services.graph.expand(
        seeds,
        depth=asked.depth,
        where=asked.relation_filter(services.schema),
        per_entity=asked.per_entity,
        limit=asked.limit,
    )
    if not found.entities:
        raise NotFound("none of these entities exists", remedy="Search for them by name or code.")
    sources = await provenance.of_relations(found.relations)
    return SubgraphShape(
        entities=tuple(entity_brief(services.schema, entity) for entity in found.entities),
        relations=tuple(relation_shape(services.schema, r, sources=sources) for r in found.relations),
        truncated=found.truncated,
        omitted={str(entity): count for entity, count in found.omitted.items()},
        limits=ExpandLimits(depth=asked.depth, per_entity=asked.per_entity, limit=asked.limit),
    )


@router.get("/paths", summary="How two entities are connected")
async def get_paths(
    services: ServicesDep, provenance: ProvenanceDep, asked: Annotated[PathParameters, Query()]
) -> PathsShape:
    """Return the cheapest paths between two entities; each hop names its records."""
    source, target = await _canonical((asked.source, asked.target), services=services)
    existing = {entity.id for entity in await services.graph.entities([source, target])}
    for end in (source, target):
        if end not in existing:
            raise NotFound(f"there is no entity {end}", remedy="Search for it by name or code.")
    found = await services.graph.paths(
        source,
        target,
        max_hops=asked.max_hops,
        count=asked.count,
        where=asked.relation_filter(services.schema),
        hub_penalty=asked.hub_penalty,
    )
    sources = await provenance.of_relations([r for path in found.paths for r in path.relations])
    hubs = await services.graph.entities(list(found.hubs_avoided))
    return PathsShape(
        paths=tuple(_path_shape(path, schema=services.schema, sources=sources) for path in found.paths),
        truncated=found.truncated,
        hubs_avoided=tuple(entity_brief(services.schema, hub) for hub in hubs),
        limits=PathLimits(max_hops=asked.max_hops, count=asked.count, hub_penalty=asked.hub_penalty),
    )


async def _canonical(ids: tuple[str, ...], *, services: ServicesDep) -> list[EntityId]:
    """Return the canonical ids of `ids`, in their order."""
    asked = [EntityId(name) for name in ids]
    canonical = await services.ledger.canonical(asked)
    return [canonical[name] for name in asked]


def _path_shape(path: Path, *, schema: Schema, sources: Sources) -> PathShape:
    return PathShape(
        cost=path.cost,
        entities=tuple(entity_brief(schema, entity) for entity in path.entities),
        relations=tuple(relation_shape(schema, relation, sources=sources) for relation in path.relations),
    )
