"""The permit view: sites of an enterprise, their outlets, and what each outlet may discharge."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.facts import first_rows
from api.presentation import Sources
from api.provenance import Provenance
from api.schemas.common import Scalar
from api.schemas.entities import LimitShape, OutletShape, OutletsLimits, OutletsShape
from api.services import Services
from graph.store import Direction, RelationFilter, Subgraph
from ontology.model import Entity, EntityId, Relation

SITES = 50
OUTLETS = 1_000
LIMITS = 5_000
"""Limits an answer holds at most: the largest site of a city's register has some hundreds."""

OPERATED_BY, OUTLET_OF, LIMIT_AT, LIMIT_OF, OF_POLLUTANT = (
    "operatedBy",
    "outletOf",
    "limitAt",
    "limitOf",
    "ofPollutant",
)


@dataclass(frozen=True, slots=True)
class PermitGraph:
    """What was found below one or more sites: relations by type, entities by id."""

    entities: Mapping[EntityId, Entity]
    relations: Mapping[str, Sequence[Relation]]
    pollutants: Mapping[EntityId, EntityId]
    truncated: bool


async def permit_view(entity: EntityId, *, class_name: str, services: Services, provenance: Provenance) -> OutletsShape:
    """Return the outlets of a site, or of the sites of an enterprise; any other thing has none."""
    sites, more_sites = await _sites(entity, class_name=class_name, services=services)
    found = await _read(sites, services=services)
    relations = [r for name in (OUTLET_OF, LIMIT_AT, LIMIT_OF) for r in found.relations[name]]
    sources = await provenance.of_relations(relations)
    by_outlet: dict[EntityId, list[Relation]] = {}
    for relation in found.relations[LIMIT_AT]:
        by_outlet.setdefault(relation.target, []).append(relation)
    at_outlets = {relation.source for relation in found.relations[LIMIT_AT]}
    elsewhere = [relation for relation in found.relations[LIMIT_OF] if relation.source not in at_outlets]
    site_limits = _limit_shapes(elsewhere, found=found, sources=sources)
    outlets = [
        _outlet_shape(relation, limits=by_outlet.get(relation.source, ()), found=found, sources=sources)
        for relation in _by_code(found.relations[OUTLET_OF], found)
    ]
    total = len(outlets) if not found.truncated else await _count(sites, services=services)
    return OutletsShape(
        outlets=tuple(outlets),
        site_limits=site_limits,
        total=total,
        truncated=found.truncated or more_sites or total > len(outlets),
        limits=OutletsLimits(sites=SITES, outlets=OUTLETS, limits=LIMITS),
    )


async def _sites(entity: EntityId, *, class_name: str, services: Services) -> tuple[list[EntityId], bool]:
    """Return the sites to look below, and whether there are more than are looked at."""
    if class_name == "Site":
        return [entity], False
    where = RelationFilter(types=frozenset({OPERATED_BY}), direction=Direction.IN, classes=frozenset({"Site"}))
    page = await services.graph.neighbours(entity, where=where, limit=SITES)
    return [found.entity.id for found in page.items], page.total > len(page.items)


async def _read(sites: Sequence[EntityId], *, services: Services) -> PermitGraph:
    if not sites:
        return PermitGraph({}, {OUTLET_OF: (), LIMIT_AT: (), LIMIT_OF: ()}, {}, truncated=False)
    below = RelationFilter(types=frozenset({OUTLET_OF, LIMIT_AT, LIMIT_OF}), direction=Direction.IN)
    graph = await services.graph.expand(sites, depth=2, where=below, per_entity=OUTLETS, limit=LIMITS)
    limits = [found.id for found in graph.entities if found.class_name == "PermitLimit"]
    named = Subgraph((), ())
    if limits:
        upwards = RelationFilter(types=frozenset({OF_POLLUTANT}), direction=Direction.OUT)
        named = await services.graph.expand(limits, where=upwards, per_entity=1, limit=2 * LIMITS)
    relations = {name: [r for r in graph.relations if r.type == name] for name in (OUTLET_OF, LIMIT_AT, LIMIT_OF)}
    return PermitGraph(
        entities={found.id: found for found in graph.entities},
        relations=relations,
        pollutants={r.source: r.target for r in named.relations if r.type == OF_POLLUTANT},
        truncated=graph.truncated,
    )


async def _count(sites: Iterable[EntityId], *, services: Services) -> int:
    where = RelationFilter(types=frozenset({OUTLET_OF}), direction=Direction.IN)
    counted = await asyncio.gather(*(services.graph.neighbour_counts(site, where=where) for site in sites))
    return sum(count.count for counts in counted for count in counts)


def _by_code(relations: Iterable[Relation], found: PermitGraph) -> list[Relation]:
    def order(relation: Relation) -> tuple[str, str]:
        entity = found.entities.get(relation.source)
        code = _first(entity, "outlet_code") or _first(entity, "unified_outlet_code")
        return (str(code or ""), relation.source)

    return sorted((r for r in relations if r.source in found.entities), key=order)


def _outlet_shape(
    relation: Relation, *, limits: Sequence[Relation], found: PermitGraph, sources: Sources
) -> OutletShape:
    outlet = found.entities[relation.source]
    return OutletShape(
        id=outlet.id,
        site=relation.target,
        code=_text(outlet, "outlet_code") or _text(outlet, "unified_outlet_code"),
        name=_text(outlet, "name") or _text(outlet, "monitoring_point"),
        medium=_text(outlet, "medium"),
        standard=_text(outlet, "standard_name"),
        limits=_limit_shapes(limits, found=found, sources=sources),
        sources=first_rows(relation.records, sources=sources),
    )


def _limit_shapes(relations: Sequence[Relation], *, found: PermitGraph, sources: Sources) -> tuple[LimitShape, ...]:
    shapes = []
    for relation in relations:
        limit = found.entities.get(relation.source)
        if limit is not None:
            shapes.append(
                LimitShape(
                    id=limit.id,
                    pollutant=_text(limit, "pollutant_name") or limit.label,
                    pollutant_id=found.pollutants.get(limit.id),
                    minimum=_number(limit, "minimum"),
                    maximum=_number(limit, "maximum"),
                    unit=_text(limit, "unit"),
                    frequency=_text(limit, "frequency"),
                    sources=first_rows(relation.records, sources=sources),
                )
            )
    return tuple(sorted(shapes, key=lambda shape: (shape.pollutant, shape.id)))


def _first(entity: Entity | None, name: str) -> Scalar | None:
    values = () if entity is None else entity.properties.get(name, ())
    return values[0] if values else None


def _text(entity: Entity, name: str) -> str | None:
    """Return all values of a property as one text, None where there is none."""
    return "、".join(str(value) for value in entity.properties.get(name, ())) or None


def _number(entity: Entity, name: str) -> float | None:
    value = _first(entity, name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
