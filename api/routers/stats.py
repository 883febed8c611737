"""`/stats`: how much there is."""

from fastapi import APIRouter

from api.dependencies import NO_PARAMETERS, ServicesDep, StatisticsDep
from api.presentation import class_label, relation_label
from api.schemas.about import CountShape, StatsShape

router = APIRouter(tags=["about"])


@router.get("/stats", summary="Counts of everything, with digests", dependencies=[NO_PARAMETERS])
async def get_stats(services: ServicesDep, keeper: StatisticsDep) -> StatsShape:
    """Return counts by class, type and dataset; the digests are equal for equal content, whatever the engine."""
    schema = services.schema
    found = await keeper.current()
    return StatsShape(
        records=found.ledger.records,
        statements=found.ledger.statements,
        quarantined=found.ledger.quarantined,
        datasets=dict(found.ledger.datasets),
        entities=tuple(
            CountShape(name=name, label=class_label(schema, name), count=count)
            for name, count in found.graph.entities.items()
        ),
        relations=tuple(
            CountShape(name=name, label=relation_label(schema, name), count=count)
            for name, count in found.graph.relations.items()
        ),
        documents=tuple(
            CountShape(name=name, label=class_label(schema, name), count=count)
            for name, count in found.documents.items()
        ),
        digests=dict(found.digests),
    )
