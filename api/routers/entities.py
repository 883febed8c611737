"""`/entities/{id}`: one thing, its facts with their sources, its neighbours, its outlets."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import URL
from starlette.exceptions import HTTPException

from api.dependencies import (
    NO_PARAMETERS,
    AsOf,
    EntityIdPath,
    FollowParameters,
    PageParameters,
    Parameters,
    ProvenanceDep,
    RecordedAsOf,
    ServicesDep,
)
from api.facts import FACTS, SOURCES_PER_FACT, fact_shape, label_of, records_of, shown_facts
from api.outlets import permit_view
from api.presentation import class_label, entity_brief, relation_label, relation_shape
from api.schemas.entities import (
    EntityLimits,
    EntityShape,
    NeighbourShape,
    NeighboursShape,
    OutletsShape,
    PageLimits,
    RelationCountShape,
)
from graph.store import Neighbour, NeighbourCount, RelationFilter
from ingest.journal.grouped import MAX_STATEMENTS
from ontology.errors import NotFound
from ontology.model import EntityId, class_of
from ontology.schema import Schema

router = APIRouter(prefix="/entities", tags=["entities"])

MOVED: dict[int | str, dict[str, object]] = {
    308: {"description": "The id was united with another; `Location` is the canonical one."}
}


async def _canonical(entity: EntityIdPath, request: Request, services: ServicesDep) -> EntityId:
    """Return the id if it is the canonical one of its thing, else send the reader there."""
    canonical = (await services.ledger.canonical([entity]))[entity]
    if canonical != entity:
        path = request.scope["path"].replace(f"/entities/{entity}", f"/entities/{canonical}", 1)
        raise HTTPException(308, headers={"Location": str(URL(path=path, query=request.url.query))})
    return canonical


CanonicalId = Annotated[EntityId, Depends(_canonical)]


class EntityParameters(Parameters):
    """As of when an entity is shown."""

    as_of: AsOf = None
    recorded_as_of: RecordedAsOf = None


class NeighbourParameters(FollowParameters, PageParameters):
    """Which neighbours, and which page of them."""


@router.get("/{entity}", summary="One entity, all its facts and their sources", responses=MOVED)
async def get_entity(
    entity: CanonicalId, services: ServicesDep, provenance: ProvenanceDep, asked: Annotated[EntityParameters, Query()]
) -> EntityShape:
    """Return the facts of an entity as of a day in the world and a moment of the ledger, and its relations counted.

    Facts come from the ledger, over all ids that were united. Relations are counted in the graph as it is now.
    """
    schema = services.schema
    members = await services.ledger.members(entity)
    said, known, counts = await asyncio.gather(
        services.ledger.facts(
            members, as_of=asked.as_of, recorded_as_of=asked.recorded_as_of, records=SOURCES_PER_FACT
        ),
        services.graph.entity(entity),
        services.graph.neighbour_counts(entity, where=RelationFilter(as_of=asked.as_of)),
    )
    if known is None and not said.facts and not (await services.ledger.facts(members, records=1)).facts:
        raise NotFound(f"there is no entity {entity}", remedy="Search for it by name or code.")
    class_name = class_of(entity) if known is None else known.class_name
    facts = shown_facts(said.facts, schema=schema, class_name=class_name)
    shown = facts[:FACTS]
    sources = await provenance.of_records(records_of(shown), recorded_as_of=asked.recorded_as_of)
    shapes = tuple(fact_shape(fact, schema=schema, sources=sources) for fact in shown)
    label = known.label if known else label_of(facts, schema=schema, class_name=class_name)
    said_by = {row.dataset for shape in shapes for row in shape.sources}
    return EntityShape(
        id=entity,
        class_name=class_name,
        class_label=class_label(schema, class_name),
        label=label or entity,
        synthetic=known is not None and known.synthetic,
        datasets=tuple(sorted(said_by.union(() if known is None else known.datasets))),
        same_as=tuple(member for member in members if member != entity),
        facts=shapes,
        total=len(facts),
        relation_counts=tuple(_count_shape(count, schema=schema) for count in counts),
        as_of=asked.as_of,
        recorded_as_of=asked.recorded_as_of,
        truncated=said.truncated or len(facts) > len(shown),
        limits=EntityLimits(facts=FACTS, sources_per_fact=SOURCES_PER_FACT, statements=MAX_STATEMENTS),
    )


@router.get("/{entity}/neighbours", summary="What an entity is related to", responses=MOVED)
async def get_neighbours(
    entity: CanonicalId,
    services: ServicesDep,
    provenance: ProvenanceDep,
    asked: Annotated[NeighbourParameters, Query()],
) -> NeighboursShape:
    """Return one page of neighbours by relation type, direction and id; the order does not change between pages."""
    where = asked.relation_filter(services.schema)
    page = await services.graph.neighbours(entity, where=where, limit=asked.limit, cursor=asked.cursor)
    if page.total == 0:
        await _check_exists(entity, services=services)
    sources = await provenance.of_relations([found.relation for found in page.items])

    def shape(found: Neighbour) -> NeighbourShape:
        relation = relation_shape(services.schema, found.relation, sources=sources, direction=found.direction)
        return NeighbourShape(
            relation=relation,
            direction=found.direction,
            entity=entity_brief(services.schema, found.entity),
            degree=found.degree,
        )

    items = tuple(map(shape, page.items))
    limits = PageLimits(limit=asked.limit)
    return NeighboursShape(total=page.total, items=items, next_cursor=page.next_cursor, limits=limits)


@router.get(
    "/{entity}/outlets",
    summary="The permit view of a site or enterprise",
    responses=MOVED,
    dependencies=[NO_PARAMETERS],
)
async def get_outlets(entity: CanonicalId, services: ServicesDep, provenance: ProvenanceDep) -> OutletsShape:
    """Return the outlets of a site, or of all sites of an enterprise, each with what it may discharge."""
    found = await services.graph.entity(entity)
    if found is None:
        await _check_exists(entity, services=services)
        return await permit_view(entity, class_name=class_of(entity), services=services, provenance=provenance)
    return await permit_view(entity, class_name=found.class_name, services=services, provenance=provenance)


async def _check_exists(entity: EntityId, *, services: ServicesDep) -> None:
    if await services.graph.entity(entity) is None and not (await services.ledger.facts([entity], records=1)).facts:
        raise NotFound(f"there is no entity {entity}", remedy="Search for it by name or code.")


def _count_shape(count: NeighbourCount, *, schema: Schema) -> RelationCountShape:
    return RelationCountShape(
        type=count.type,
        label=relation_label(schema, count.type, direction=count.direction),
        direction=count.direction,
        class_name=count.class_name,
        class_label=class_label(schema, count.class_name),
        count=count.count,
    )
