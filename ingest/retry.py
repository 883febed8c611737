"""Trying quarantined rows again under the mappings of today."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Engine, select

from ingest.journal.chain import canonical_json
from ingest.journal.tables import FILE, QUARANTINE, TERM
from ingest.journal.write import Extract, FileProgress, JournalWriter
from ingest.mapping.extract import Extractor, Notes, compile_mapping
from ingest.mapping.model import TableMapping
from ontology.errors import RecordRejected
from ontology.schema import Schema


@dataclass(frozen=True, slots=True)
class Retried:
    """How many rows were tried, how many are now records, and how many stay in quarantine."""

    tried: int
    used: int
    kept: int


@dataclass(frozen=True, slots=True)
class _Held:
    id: int
    row: int
    payload: Mapping[str, str]


def retry_quarantine(
    engine: Engine,
    writer: JournalWriter,
    mappings: Sequence[TableMapping],
    *,
    schema: Schema,
    dataset: str | None = None,
    code: str | None = None,
) -> Retried:
    """Read open quarantine anew; rows that a mapping can use now become records at the place they were seen.

    A row whose mapping is not among `mappings` stays.
    """
    tried = used = 0
    by_table = {(mapping.dataset, mapping.table): mapping for mapping in mappings}
    by_name = {mapping.table: mapping for mapping in mappings}
    for file, table, rows in _open_rows(engine, dataset, code):
        tried += len(rows)
        mapping = by_table.get((file.dataset, table)) or by_name.get(table)
        if mapping is None:
            continue
        held = _usable(mapping, rows, schema)
        writer.adopt(file, held, mapping=f"{mapping.table}@{mapping.version}")
        used += len(held)
    return Retried(tried, used, tried - used)


def _usable(mapping: TableMapping, rows: Sequence[_Held], schema: Schema) -> dict[int, Extract]:
    header = sorted({*mapping.required, *mapping.optional, *(name for row in rows for name in row.payload)})
    extractor = compile_mapping(mapping, header, schema=schema)
    known = {*mapping.required, *mapping.optional}
    found: dict[int, Extract] = {}
    for row in rows:
        # A row of another width than its header was never put under its columns.
        ragged = any(name.startswith("column ") and name not in known for name in row.payload)
        if not ragged and (extract := _read(extractor, header, row)) is not None:
            found[row.id] = extract
    return found


def _read(extractor: Extractor, header: Sequence[str], row: _Held) -> Extract | None:
    cells = [row.payload.get(name, "") for name in header]
    if not extractor.used(cells):
        return None
    try:
        extraction = extractor.extract(cells, Notes())
    except RecordRejected:
        return None
    return Extract(row.row, canonical_json(dict(row.payload)), extraction.statements, extraction.keys)


def _open_rows(
    engine: Engine, dataset: str | None, code: str | None
) -> list[tuple[FileProgress, str, Sequence[_Held]]]:
    of, why, under = TERM.alias(), TERM.alias(), TERM.alias()
    query = (
        select(
            QUARANTINE, FILE.c.seq, FILE.c.rows_done, FILE.c.complete, of.c.text.label("of"), under.c.text.label("by")
        )
        .join(FILE, FILE.c.seq == QUARANTINE.c.file)
        .join(of, of.c.id == FILE.c.dataset)
        .join(why, why.c.id == QUARANTINE.c.code)
        .join(under, under.c.id == FILE.c.mapping)
        .where(QUARANTINE.c.resolved_at.is_(None), why.c.text.not_in(("ragged-row", "undecodable", "not-an-object")))
        .order_by(QUARANTINE.c.id)
    )
    if dataset is not None:
        query = query.where(of.c.text == dataset)
    if code is not None:
        query = query.where(why.c.text == code)
    groups: dict[int, list[_Held]] = defaultdict(list)
    files: dict[int, tuple[FileProgress, str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(query):
            groups[row.seq].append(_Held(row.id, row.row, orjson.loads(row.payload)))
            progress = FileProgress(row.seq, row.of, row.rows_done, complete=row.complete)
            files[row.seq] = (progress, row.by.partition("@")[0])
    return [(*files[seq], rows) for seq, rows in groups.items()]
