"""Reading files into the ledger: recognise, mask, map, append in batches, quarantine, resume where a run broke off."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

import orjson
from sqlalchemy import Engine

from ingest.journal.catalogue import describe_dataset, record_run
from ingest.journal.chain import canonical_json
from ingest.journal.retract import Scope, retract
from ingest.journal.write import Batch, Extract, FileProgress, JournalWriter, Rejected
from ingest.mapping.extract import Extractor, Notes, compile_mapping
from ingest.mapping.masking import Masker, compile_masker
from ingest.mapping.model import TableMapping
from ingest.mapping.recognise import Recognised, recognise
from ingest.report import ROUTINE, RunReport, TableReport, Unusable
from ingest.sources.files import SourceFile, open_tables
from ingest.sources.table import RawRow, SourceTable
from ontology.errors import RecordRejected, SourceUnusable
from ontology.schema import Schema

BATCH_ROWS: Final = 1_000
"""Rows of one transaction: some 10,000 statements, 0.1 s; what a kill loses at most."""

Progress = Callable[[TableReport], None]


def silent(_report: TableReport) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Intake:
    """All that reading needs: where to append, the mappings to choose from, and whom to tell of progress.

    `dataset` overrides the dataset of the mapping.
    """

    database: Engine
    writer: JournalWriter
    mappings: Sequence[TableMapping]
    schema: Schema
    now: Callable[[], str]
    dataset: str | None = None
    progress: Progress = silent
    clock: Callable[[], float] = time.perf_counter


def take_in(intake: Intake, files: Sequence[SourceFile]) -> RunReport:
    """Read files into the ledger and return what was done; a file that cannot be read is reported, not raised."""
    report = RunReport()
    started, moment = intake.clock(), intake.now()
    for file in files:
        try:
            _take_file(intake, file, report)
        except SourceUnusable as error:
            report.unusable.append(Unusable(file.name, error.message, error.remedy, fatal=file.explicit))
    report.seconds = report.ledger_seconds = round(intake.clock() - started, 3)
    record_run(intake.database, started_at=moment, seconds=report.seconds, report=report.as_json())
    return report


def _take_file(intake: Intake, file: SourceFile, report: RunReport) -> None:
    content, tables = open_tables(file.path)
    faults: list[Unusable] = []
    read = 0
    for table in tables:
        source = f"{file.name} [{table.part}]" if table.part else file.name
        try:
            recognised = recognise(table, intake.mappings, source=source)
        except SourceUnusable as error:
            faults.append(Unusable(source, error.message, error.remedy, fatal=False))
            continue
        read += 1
        _take_table(intake, file, content.sha256, table, recognised, report)
    if not read:
        # A workbook's cover sheet is no fault where another sheet was read; a file of which nothing was read is one.
        faults = [replace(fault, fatal=file.explicit) for fault in faults]
        if not faults:
            raise SourceUnusable(f"{file.name} holds no table", source=file.name)
    report.unusable.extend(faults)


def _take_table(
    intake: Intake, file: SourceFile, sha256: str, table: SourceTable, recognised: Recognised, report: RunReport
) -> None:
    mapping = recognised.mapping if intake.dataset is None else replace(recognised.mapping, dataset=intake.dataset)
    own = TableReport(file.name, table.part, mapping.dataset, mapping.table, table.encoding)
    own.unknown_columns = tuple(recognised.unknown)
    report.tables.append(own)
    started = intake.clock()
    describe_dataset(intake.database, intake.writer, mapping)
    version = f"{mapping.table}@{mapping.version}"
    progress = intake.writer.open_file(
        sha256=sha256,
        dataset=mapping.dataset,
        part=table.part,
        name=file.name,
        encoding=table.encoding,
        mapping=version,
    )
    if progress.complete:
        own.state = "unchanged"
    else:
        own.state = "resumed" if progress.rows_done else "read"
        reading = _Reading.prepare(mapping, recognised, table, schema=intake.schema)
        try:
            _append_all(intake, reading, progress, own, version)
        except SourceUnusable as error:
            # What is no table to its end is no table: nothing of it may stay.
            reason = f"unusable: {error.message}"
            retract(intake.database, intake.writer, Scope.FILE, sha256, reason=reason, now=intake.now)
            raise
    own.seconds = round(intake.clock() - started, 3)
    intake.progress(own)


def _append_all(intake: Intake, reading: "_Reading", progress: FileProgress, report: TableReport, version: str) -> None:
    rows = (row for row in reading.table.rows() if row.number > max(progress.rows_done, reading.header_row))
    while True:
        chunk = list(islice(rows, BATCH_ROWS))
        batch = reading.batch(chunk, report, complete=len(chunk) < BATCH_ROWS, after=progress.rows_done)
        done = intake.writer.append(progress, batch, mapping=version)
        report.records += done.records
        report.duplicates += done.duplicates
        report.remapped += done.remapped
        report.statements += done.statements
        progress = replace(progress, rows_done=batch.last)
        intake.progress(report)
        if batch.complete:
            return


@dataclass(slots=True)
class _Reading:
    """One table being read under one mapping."""

    table: SourceTable
    header: Sequence[str]
    raw_header: Sequence[str]
    header_row: int
    extractor: Extractor
    mask: Masker
    notes: Notes = field(default_factory=Counter)

    @classmethod
    def prepare(
        cls, mapping: TableMapping, recognised: Recognised, table: SourceTable, *, schema: Schema
    ) -> "_Reading":
        """Compile a mapping for the header of a table."""
        return cls(
            table=table,
            header=recognised.header,
            raw_header=[cell.strip() for cell in recognised.raw_header],
            header_row=recognised.header_row,
            extractor=compile_mapping(mapping, recognised.header, schema=schema),
            mask=compile_masker(mapping, recognised.header, schema=schema),
        )

    def batch(self, rows: Sequence[RawRow], report: TableReport, *, complete: bool, after: int) -> Batch:
        """Return what a run of rows gives, counting all of them in the report."""
        extracts: list[Extract] = []
        rejected: list[Rejected] = []
        for row in rows:
            report.read += 1
            cells = self._cells(row)
            if cells is None:
                report.skipped += 1
                continue
            try:
                extract = self._extract(row, cells)
            except RecordRejected as fault:
                report.quarantined[fault.code] += 1
                payload = canonical_json(self._payload(cells)).decode()
                rejected.append(Rejected(row.number, fault.code, fault.message, payload))
                continue
            if extract is None:
                report.filtered += 1
            else:
                report.used += 1
                extracts.append(extract)
        odd = {f"{column}: {code}": count for (column, code), count in self.notes.items() if code not in ROUTINE}
        report.notes.update(odd)
        self.notes.clear()
        last = rows[-1].number if rows else max(after, self.header_row)
        return Batch(rows[0].number if rows else last, last, extracts, rejected, complete=complete)

    def _cells(self, row: RawRow) -> Sequence[str] | None:
        """Return the cells at the width of the header, masked; None for a blank line or the header once more."""
        cells, width = row.cells, len(self.header)
        if not any(cell.strip() for cell in cells):
            return None
        if len(cells) != width:
            if len(cells) < width and self.table.fills:
                cells = [*cells, *[""] * (width - len(cells))]
            elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
                cells = cells[:width]
            else:
                return cells
        if [cell.strip() for cell in cells] == self.raw_header:
            return None
        return self.mask(cells)

    def _extract(self, row: RawRow, cells: Sequence[str]) -> Extract | None:
        if row.fault:
            raise RecordRejected(row.reason, code=row.fault)
        if len(cells) != len(self.header):
            message = f"the row has {len(cells)} cells, the header {len(self.header)}"
            raise RecordRejected(message, code="ragged-row")
        for note in row.notes:
            self.notes["row", note] += 1
        if not self.extractor.used(cells):
            return None
        found = self.extractor.extract(cells, self.notes)
        return Extract(row.number, canonical_json(self._payload(cells)), found.statements, found.keys)

    def _payload(self, cells: Sequence[str]) -> Mapping[str, str]:
        """Return the row by column without its empty cells; cells beyond the header are called by their place."""
        if len(cells) == len(self.header):
            return {name: cell for name, cell in zip(self.header, cells, strict=True) if cell}
        named = dict(zip(self.header, self.mask(_fit_width(cells, len(self.header))), strict=True))
        beyond = {f"column {place}": cell for place, cell in enumerate(cells[len(self.header) :], len(self.header) + 1)}
        return {name: cell for name, cell in {**named, **beyond}.items() if cell}


def _fit_width(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def payload_cells(payload: str, header: Sequence[str]) -> list[str]:
    """Return the cells of a stored payload in the order of a header; what it lacks is empty."""
    stored: Mapping[str, str] = orjson.loads(payload)
    return [str(stored.get(name, "")) for name in header]


def batches(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    """Yield runs of at most `BATCH_ROWS` rows."""
    while chunk := list(islice(rows, BATCH_ROWS)):
        yield chunk
