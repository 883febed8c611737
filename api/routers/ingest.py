"""`POST /ingest`: upload of a table."""

from typing import Any

from fastapi import APIRouter, Request

from api.dependencies import WRITE, ServicesDep
from api.schemas.ledger import IngestShape, IngestTableShape, UnusableShape
from api.services import Services, open_services
from api.uploads import Upload, received
from ingest.ingestion import built_in_mappings, ingest
from ingest.projector import Projector
from ingest.report import RunReport, TableReport
from ontology.errors import SourceUnusable

router = APIRouter(tags=["ingest"])

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "A CSV, TSV, XLSX or JSON file that a built-in mapping recognises.",
                        },
                        "dataset": {"type": "string", "description": "Dataset instead of that of the mapping."},
                    },
                }
            }
        },
    }
}


@router.post("/ingest", summary="Upload a table", dependencies=[WRITE], openapi_extra=FORM)
async def post_ingest(request: Request, services: ServicesDep) -> IngestShape:
    """Take a table in, and bring graph and search up to date; rows that cannot be used go to quarantine.

    The same file twice is taken in once. 409 while another process writes; a file that no mapping recognises is 422
    and nothing of it is kept.
    """
    # The form is read here and not by the framework, so that nobody without a key can make the server store a file.
    async with received(request, folder=services.settings.home / "uploads") as upload:
        report = await _take_in(services, upload)
    for fault in report.unusable:
        if fault.fatal:
            raise SourceUnusable(fault.reason, source=fault.file, remedy=fault.remedy)
    return _report_shape(report)


async def _take_in(services: Services, upload: Upload) -> RunReport:
    # Services of its own, so that the locks of the writers are held no longer than the upload takes.
    async with open_services(services.settings) as own:
        return await ingest(
            [upload.path],
            ledger=own.ledger,
            projector=Projector(own.ledger, own.graph_writer, own.search_writer, own.schema),
            mappings=built_in_mappings(own.schema),
            dataset=upload.dataset,
        )


def _report_shape(report: RunReport) -> IngestShape:
    return IngestShape(
        tables=tuple(map(_table_shape, report.tables)),
        unusable=tuple(UnusableShape(part=f.file, reason=f.reason, remedy=f.remedy or None) for f in report.unusable),
        entities=report.entities,
        documents=report.documents,
        seconds=report.seconds,
    )


def _table_shape(table: TableReport) -> IngestTableShape:
    return IngestTableShape(
        file=table.file,
        part=table.part,
        dataset=table.dataset,
        table=table.table,
        encoding=table.encoding,
        state=table.state,
        read=table.read,
        used=table.used,
        filtered=table.filtered,
        skipped=table.skipped,
        duplicates=table.duplicates,
        records=table.records,
        statements=table.statements,
        quarantined=dict(sorted(table.quarantined.items())),
        notes=dict(sorted(table.notes.items())),
        unknown_columns=tuple(table.unknown_columns),
    )
