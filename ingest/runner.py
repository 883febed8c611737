"""Reading files into the ledger: recognise, mask, map, append in batches, quarantine, resume where a run broke off."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from sqlalchemy import Engine

from ingest.aside import Aside
from ingest.journal.catalogue import describe_dataset, record_run
from ingest.journal.retract import Scope, retract
from ingest.journal.write import Batch, FileProgress, JournalWriter
from ingest.mapping.model import TableMapping
from ingest.mapping.recognise import Recognised, recognise
from ingest.reading import Reading, ReadRows, Recipe
from ingest.report import RunReport, TableReport, Unusable
from ingest.sources.files import SourceFile, open_tables
from ingest.sources.table import RawRow, SourceTable
from ontology.errors import SourceUnusable
from ontology.schema import Schema

BATCH_ROWS: Final = 1_000
"""Rows of one transaction: some 10,000 statements, 0.1 s; what a kill loses at most."""

ASIDE_BYTES: Final = 2_000_000
"""Bytes of files from which rows are mapped in a process of their own, whose start costs about a second of one core.
Files of less than a tenth are mapped here all the same, while that one starts."""

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
    with ExitStack() as stack:
        aside = stack.enter_context(Aside()) if _is_large(files) else None
        for file in files:
            try:
                _take_file(intake, file, report, aside)
            except SourceUnusable as error:
                report.unusable.append(Unusable(file.name, error.message, error.remedy, fatal=file.explicit))
    report.seconds = report.ledger_seconds = round(intake.clock() - started, 3)
    record_run(intake.database, started_at=moment, seconds=report.seconds, report=report.as_json())
    return report


def _is_large(files: Sequence[SourceFile]) -> bool:
    """Tell whether a process beside saves more than its start costs."""
    size = 0
    for file in files:
        with suppress(OSError):
            size += file.path.stat().st_size
    return size > ASIDE_BYTES


def _take_file(intake: Intake, file: SourceFile, report: RunReport, aside: Aside | None) -> None:
    content, tables = open_tables(file.path)
    beside = aside if content.size > ASIDE_BYTES // 10 else None
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
        _take_table(intake, file, content.sha256, table, recognised, report, beside)
    if not read:
        # A workbook's cover sheet is no fault where another sheet was read; a file of which nothing was read is one.
        faults = [replace(fault, fatal=file.explicit) for fault in faults]
        if not faults:
            raise SourceUnusable(f"{file.name} holds no table", source=file.name)
    report.unusable.extend(faults)


def _take_table(
    intake: Intake,
    file: SourceFile,
    sha256: str,
    table: SourceTable,
    recognised: Recognised,
    report: RunReport,
    aside: Aside | None,
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
        recipe = Recipe(mapping, recognised.header, recognised.raw_header, table.fills)
        reading = _TableReading(table, recipe, recognised.header_row, version, intake.schema, aside)
        try:
            _append_all(intake, reading, progress, own)
        except SourceUnusable as error:
            # What is no table to its end is no table: nothing of it may stay.
            reason = f"unusable: {error.message}"
            retract(intake.database, intake.writer, Scope.FILE, sha256, reason=reason, now=intake.now)
            raise
    own.seconds = round(intake.clock() - started, 3)
    intake.progress(own)


def _append_all(intake: Intake, reading: "_TableReading", progress: FileProgress, report: TableReport) -> None:
    for rows, done in reading.runs(after=progress.rows_done):
        done.count_in(report)
        last = rows[-1].number if rows else max(progress.rows_done, reading.header_row)
        first = rows[0].number if rows else last
        batch = Batch(first, last, done.extracts, done.rejected, complete=len(rows) < BATCH_ROWS)
        appended = intake.writer.append(progress, batch, mapping=reading.version)
        report.records += appended.records
        report.duplicates += appended.duplicates
        report.remapped += appended.remapped
        report.statements += appended.statements
        progress = replace(progress, rows_done=last)
        intake.progress(report)


@dataclass(frozen=True, slots=True)
class _TableReading:
    """One table being read under one mapping, here or in the process beside."""

    table: SourceTable
    recipe: Recipe
    header_row: int
    version: str
    schema: Schema
    aside: Aside | None

    def runs(self, *, after: int) -> Iterator[tuple[Sequence[RawRow], ReadRows]]:
        """Yield runs of `BATCH_ROWS` rows that follow a row, with what each gave; the last is shorter, maybe empty."""
        runs = _runs(row for row in self.table.rows() if row.number > max(after, self.header_row))
        if self.aside is not None:
            yield from self.aside.read(self.recipe, runs)
            return
        reading = Reading.prepare(self.recipe, schema=self.schema)
        for run in runs:
            yield run, reading.read(run)


def _runs(rows: Iterator[RawRow]) -> Iterator[Sequence[RawRow]]:
    while True:
        run = list(islice(rows, BATCH_ROWS))
        yield run
        if len(run) < BATCH_ROWS:
            return
