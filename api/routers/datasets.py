"""`/datasets`: what was taken in."""

from collections.abc import Mapping

from fastapi import APIRouter

from api.dependencies import NO_PARAMETERS, ServicesDep
from api.provenance import label_of, title_of
from api.schemas.ledger import DatasetShape, DatasetsShape
from ingest.journal.facts import Dataset

router = APIRouter(tags=["ledger"])


@router.get("/datasets", summary="All datasets and what the ledger holds of each", dependencies=[NO_PARAMETERS])
async def get_datasets(services: ServicesDep) -> DatasetsShape:
    """Return every dataset with its publisher, licence and counts of live records and open quarantine."""
    found = await services.ledger.datasets()
    return DatasetsShape(items=tuple(map(_dataset_shape, found)), total=len(found))


def _dataset_shape(dataset: Dataset) -> DatasetShape:
    description = dataset.description
    tables = description.get("tables")
    license_text = description.get("license")
    return DatasetShape(
        id=dataset.id,
        title=title_of(dataset.id, description),
        publisher=label_of(description.get("publisher")),
        license=license_text if isinstance(license_text, str) else None,
        synthetic=dataset.synthetic,
        tables=tuple(map(str, tables)) if isinstance(tables, Mapping | list | tuple) else (),
        records=dataset.records,
        quarantined=dataset.quarantined,
        first_received=dataset.first_received,
        last_received=dataset.last_received,
    )
