"""`/records/{record_id}`: what a source said, word for word."""

import re

from fastapi import APIRouter

from api.dependencies import NO_PARAMETERS, ProvenanceDep, RecordIdPath, ServicesDep
from api.provenance import file_name
from api.schemas.ledger import RecordFileShape, RecordShape
from ontology.errors import NotFound

router = APIRouter(prefix="/records", tags=["ledger"])

RECORD_ID = re.compile(r"[0-9a-f]{64}")


@router.get("/{record_id}", summary="One record as its source gave it", dependencies=[NO_PARAMETERS])
async def get_record(record_id: RecordIdPath, services: ServicesDep, provenance: ProvenanceDep) -> RecordShape:
    """Return a record with every file and row it was seen in, those taken back too."""
    found = await services.ledger.record(record_id) if RECORD_ID.fullmatch(record_id) else None
    if found is None:
        raise NotFound(f"there is no record {record_id}", remedy="Take the id from the sources of a fact.")
    titles = await provenance.titles.of([found.dataset])
    files = tuple(
        RecordFileShape(
            file=file_name(seen), row=seen.row, received_at=seen.received_at, retracted_at=seen.retracted_at
        )
        for seen in found.sightings
    )
    return RecordShape(
        id=found.id,
        dataset=found.dataset,
        dataset_title=titles[found.dataset],
        payload=found.payload,
        files=files,
    )
