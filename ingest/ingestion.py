"""The whole way of a file: into the ledger, then into graph and search."""

import asyncio
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from ingest.journal.connection import single_writer, translated
from ingest.journal.write import JournalWriter
from ingest.ledger import Ledger
from ingest.mapping.load import inspect_mappings, load_mappings
from ingest.mapping.model import TableMapping
from ingest.projector import Projector
from ingest.report import RunReport
from ingest.retry import Retried, retry_quarantine
from ingest.runner import Intake, Progress, silent, take_in
from ingest.sources.files import SourceFile, find_files
from ontology.errors import InvalidMapping
from ontology.schema import Schema


def built_in_mappings(schema: Schema) -> list[TableMapping]:
    """Return the mappings that come with the package, by dataset and table."""
    found: list[TableMapping] = []
    for entry in sorted(files("ingest").joinpath("mappings").iterdir(), key=lambda item: item.name):
        if not entry.name.endswith((".yml", ".yaml")):
            continue
        mappings, faults = inspect_mappings(entry.read_text(encoding="utf-8"), file=entry.name, schema=schema)
        if faults:
            raise InvalidMapping(faults[0].message, file=entry.name, line=faults[0].line, remedy=faults[0].remedy)
        found.extend(mappings)
    return sorted(found, key=lambda mapping: (mapping.dataset, mapping.table))


def choose_mappings(schema: Schema, given: Sequence[Path]) -> list[TableMapping]:
    """Return the mappings of the files given, or else those that come with the package."""
    if not given:
        return built_in_mappings(schema)
    return [mapping for path in given for mapping in load_mappings(path, schema=schema)]


async def ingest(
    paths: Sequence[Path],
    *,
    ledger: Ledger,
    projector: Projector,
    mappings: Sequence[TableMapping],
    dataset: str | None = None,
    progress: Progress = silent,
) -> RunReport:
    """Read files and folders into ledger, graph and search, and return what was done.

    Running it again after it was killed, or twice, gives the same as once. `dataset` overrides that of the mapping.
    Raises `SourceUnusable` for a path that is not there and `Conflict` while another process writes; a file that cannot
    be read is named in the report, and nothing of it is kept.
    """
    found = find_files(paths)
    with translated(), single_writer(ledger.database):
        report = await asyncio.to_thread(_take_in, found, ledger, projector.schema, mappings, dataset, progress)
        clock = asyncio.get_running_loop().time
        started = clock()
        projected = await projector.catch_up_locked()
        report.projection_seconds = round(clock() - started, 3)
        report.seconds = round(report.ledger_seconds + report.projection_seconds, 3)
        report.entities, report.documents = projected.entities, projected.documents
    return report


async def retry(
    *,
    ledger: Ledger,
    projector: Projector,
    mappings: Sequence[TableMapping],
    dataset: str | None = None,
    code: str | None = None,
) -> Retried:
    """Read open quarantine anew under the mappings of today, and bring graph and search along.

    Raises `Conflict` while another process writes.
    """

    def work() -> Retried:
        with translated():
            writer = JournalWriter(ledger.database, now=ledger.now)
            return retry_quarantine(
                ledger.database, writer, mappings, schema=projector.schema, dataset=dataset, code=code
            )

    with translated(), single_writer(ledger.database):
        retried = await asyncio.to_thread(work)
        await projector.catch_up_locked()
    return retried


def _take_in(
    found: Sequence[SourceFile],
    ledger: Ledger,
    schema: Schema,
    mappings: Sequence[TableMapping],
    dataset: str | None,
    progress: Progress,
) -> RunReport:
    with translated():
        writer = JournalWriter(ledger.database, now=ledger.now)
        intake = Intake(ledger.database, writer, mappings, schema, ledger.now, dataset, progress)
        return take_in(intake, found)
