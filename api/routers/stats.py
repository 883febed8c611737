"""`/stats`: how much there is."""

import asyncio

from fastapi import APIRouter

from api.dependencies import NO_PARAMETERS, ServicesDep
from api.presentation import class_label, relation_label
from api.schemas.about import CountShape, StatsShape

router = APIRouter(tags=["about"])


@router.get("/stats", summary="Counts of everything, with digests", dependencies=[NO_PARAMETERS])
async def get_stats(services: ServicesDep) -> StatsShape:
    """Return counts by class, type and dataset; the digests are equal for equal content, whatever the engine."""
    schema = services.schema
    ledger, graph, documents, graph_digest, search_digest, ledger_digest = await asyncio.gather(
        services.ledger.counts(),
        services.graph.counts(),
        services.search.counts(),
        services.graph.digest(),
        services.search.digest(),
        services.ledger.digest(),
    )
    return StatsShape(
        records=ledger.records,
        statements=ledger.statements,
        quarantined=ledger.quarantined,
        datasets=dict(ledger.datasets),
        entities=tuple(
            CountShape(name=name, label=class_label(schema, name), count=count)
            for name, count in graph.entities.items()
        ),
        relations=tuple(
            CountShape(name=name, label=relation_label(schema, name), count=count)
            for name, count in graph.relations.items()
        ),
        documents=tuple(
            CountShape(name=name, label=class_label(schema, name), count=count) for name, count in documents.items()
        ),
        digests={"ledger": ledger_digest, "graph": graph_digest, "search": search_digest},
    )
