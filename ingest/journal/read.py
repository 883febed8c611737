"""Reading the ledger: statements of entities, records with their sightings, datasets, counts, quarantine."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from ingest.journal.facts import (
    Dataset,
    IdentityConflict,
    LedgerCounts,
    QuarantinedRow,
    Record,
    Sighting,
    StoredStatement,
)
from ingest.journal.interning import CHUNK
from ingest.journal.tables import (
    CLAIM,
    CONFLICT,
    DATASET,
    FILE,
    NODE,
    QUARANTINE,
    RECORD,
    RESOLUTION,
    RETRACTION,
    SIGHTING,
    STATEMENT,
    TERM,
)
from ingest.journal.values import value_from_text
from ontology.errors import InvalidQuery
from ontology.model import EntityId, Page, RecordId, Statement

MODULUS: Final = 1 << 256
_SUBJECT, _TARGET, _PROPERTY, _DATASET = NODE.alias("s"), NODE.alias("t"), TERM.alias("p"), TERM.alias("d")


def statements_about(
    connection: Connection, ids: Sequence[EntityId], *, as_of: str | None, recorded_as_of: str | None
) -> list[StoredStatement]:
    """Return the statements whose subject is one of `ids`, in the order they were recorded.

    `as_of` keeps what held on that day, and what has no dates; `recorded_as_of` shows the ledger as it was then, None
    as it is now.
    """
    found: list[StoredStatement] = []
    for start in range(0, len(ids), CHUNK):
        query = _statement_query(recorded_as_of).where(_SUBJECT.c.entity.in_(ids[start : start + CHUNK]))
        if as_of is not None:
            query = query.where(
                or_(STATEMENT.c.valid_from.is_(None), STATEMENT.c.valid_from <= as_of),
                # A year or month as end includes its last day, so the end is compared at its own precision.
                or_(
                    STATEMENT.c.valid_to.is_(None),
                    STATEMENT.c.valid_to >= func.substr(as_of, 1, func.length(STATEMENT.c.valid_to)),
                ),
            )
        found.extend(_stored(row) for row in connection.execute(query))
    return found


def _statement_query(recorded_as_of: str | None) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            _SUBJECT.c.entity.label("subject"),
            _PROPERTY.c.text.label("property"),
            _TARGET.c.entity.label("target"),
            STATEMENT.c.value,
            STATEMENT.c.kind,
            STATEMENT.c.valid_from,
            STATEMENT.c.valid_to,
            STATEMENT.c.quote,
            RECORD.c.record,
            _DATASET.c.text.label("dataset"),
            CLAIM.c.recorded_at,
            RETRACTION.c.recorded_at.label("retracted_at"),
        )
        .select_from(STATEMENT)
        .join(_SUBJECT, _SUBJECT.c.id == STATEMENT.c.subject)
        .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
        .join(RECORD, RECORD.c.seq == CLAIM.c.record)
        .join(_PROPERTY, _PROPERTY.c.id == STATEMENT.c.property)
        .join(_DATASET, _DATASET.c.id == RECORD.c.dataset)
        .outerjoin(_TARGET, _TARGET.c.id == STATEMENT.c.target)
        .outerjoin(RETRACTION, RETRACTION.c.seq == CLAIM.c.retracted_by)
        .order_by(STATEMENT.c.claim, STATEMENT.c.ordinal)
    )
    if recorded_as_of is None:
        return query.where(CLAIM.c.retracted_by.is_(None))
    later = RETRACTION.c.recorded_at > recorded_as_of
    return query.where(CLAIM.c.recorded_at <= recorded_as_of, or_(CLAIM.c.retracted_by.is_(None), later))


def _stored(row: Row[*tuple[Any, ...]]) -> StoredStatement:
    value = None if row.value is None else value_from_text(row.kind, row.value)
    target = None if row.target is None else EntityId(row.target)
    statement = Statement(EntityId(row.subject), row.property, value, target, row.valid_from, row.valid_to, row.quote)
    record = RecordId(bytes(row.record).hex())
    return StoredStatement(statement, record, row.dataset, row.recorded_at, row.retracted_at)


def record(connection: Connection, record_id: str) -> Record | None:
    """Return the record of this id with its sightings, None if there is none."""
    try:
        digest = bytes.fromhex(record_id)
    except ValueError:
        return None
    query = select(RECORD, TERM.c.text.label("name")).join(TERM, TERM.c.id == RECORD.c.dataset)
    row = connection.execute(query.where(RECORD.c.record == digest)).first()
    if row is None:
        return None
    seen = sightings(connection, [record_id])[record_id]
    return Record(RecordId(record_id), row.name, orjson.loads(row.payload), row.received_at, tuple(seen))


def sightings(connection: Connection, record_ids: Iterable[str]) -> dict[str, list[Sighting]]:
    """Return where each record was seen, retracted sightings too, in the order they were noted."""
    digests = [bytes.fromhex(record_id) for record_id in dict.fromkeys(record_ids)]
    found: dict[str, list[Sighting]] = {digest.hex(): [] for digest in digests}
    for start in range(0, len(digests), CHUNK):
        rows = connection.execute(
            select(
                RECORD.c.record,
                _DATASET.c.text,
                FILE.c.name,
                FILE.c.part,
                SIGHTING.c.row,
                FILE.c.received_at,
                RETRACTION.c.recorded_at,
            )
            .select_from(SIGHTING)
            .join(RECORD, RECORD.c.seq == SIGHTING.c.record)
            .join(_DATASET, _DATASET.c.id == RECORD.c.dataset)
            .join(FILE, FILE.c.seq == SIGHTING.c.file)
            .outerjoin(RETRACTION, RETRACTION.c.seq == SIGHTING.c.retracted_by)
            .where(RECORD.c.record.in_(digests[start : start + CHUNK]))
            .order_by(SIGHTING.c.seq)
        )
        for digest, dataset, name, part, row, received, retracted in rows:
            found[bytes(digest).hex()].append(Sighting(dataset, name, part, row, received, retracted))
    return found


def datasets(connection: Connection) -> list[Dataset]:
    """Return all datasets by id, with counts of live content."""
    per_record = dict(_pairs(connection, _live_records_by_dataset()))
    quarantined = dict(_pairs(connection, _open_quarantine_by_dataset()))
    files = {
        row.dataset: row
        for row in connection.execute(
            select(
                FILE.c.dataset,
                func.count().label("files"),
                func.min(FILE.c.received_at).label("first"),
                func.max(FILE.c.received_at).label("last"),
            )
            .where(FILE.c.retracted_by.is_(None))
            .group_by(FILE.c.dataset)
        )
    }
    found = []
    for row in connection.execute(select(DATASET, TERM.c.text).join(TERM, TERM.c.id == DATASET.c.term)):
        file = files.get(row.term)
        found.append(
            Dataset(
                id=row.text,
                description=orjson.loads(row.description),
                synthetic=row.synthetic,
                files=0 if file is None else file.files,
                records=per_record.get(row.term, 0),
                quarantined=quarantined.get(row.term, 0),
                first_received=None if file is None else file.first,
                last_received=None if file is None else file.last,
            )
        )
    return sorted(found, key=lambda dataset: dataset.id)


def _pairs(connection: Connection, query: Select[int, int]) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in connection.execute(query)]


def _live_records_by_dataset() -> Select[int, int]:
    live = select(SIGHTING.c.seq).where(SIGHTING.c.record == RECORD.c.seq, SIGHTING.c.retracted_by.is_(None)).exists()
    return select(RECORD.c.dataset, func.count()).where(live).group_by(RECORD.c.dataset)


def _open_quarantine_by_dataset() -> Select[int, int]:
    return (
        select(FILE.c.dataset, func.count())
        .select_from(QUARANTINE.join(FILE, FILE.c.seq == QUARANTINE.c.file))
        .where(QUARANTINE.c.resolved_at.is_(None))
        .group_by(FILE.c.dataset)
    )


def counts(connection: Connection) -> LedgerCounts:
    """Return how much is live."""
    words = dict(_pairs(connection, select(TERM.c.id, TERM.c.text)))
    by_dataset = {str(words[number]): count for number, count in _pairs(connection, _live_records_by_dataset())}
    live = and_(CLAIM.c.seq == STATEMENT.c.claim, CLAIM.c.retracted_by.is_(None))
    statements = connection.execute(select(func.count()).select_from(STATEMENT.join(CLAIM, live))).scalar_one()
    held = connection.execute(select(func.count()).where(QUARANTINE.c.resolved_at.is_(None))).scalar_one()
    return LedgerCounts(sum(by_dataset.values()), statements, held, dict(sorted(by_dataset.items())))


def content_digest(connection: Connection) -> str:
    """Return 64 hexadecimal digits, equal for equal live claims and open quarantine, whenever and in whatever order."""
    total = 0
    rows = connection.execute(
        select(CLAIM.c.content).where(CLAIM.c.retracted_by.is_(None)), execution_options={"yield_per": 10_000}
    )
    for (content,) in rows:
        total += int.from_bytes(bytes(content), "big")
    return f"{total % MODULUS:064x}"


def quarantined(
    connection: Connection, *, dataset: str | None, code: str | None, limit: int, cursor: str | None
) -> Page[QuarantinedRow]:
    """Return open quarantine in the order it was filled."""
    code_term, dataset_term = TERM.alias(), TERM.alias()
    where: list[ColumnElement[bool]] = [QUARANTINE.c.resolved_at.is_(None)]
    if dataset is not None:
        where.append(dataset_term.c.text == dataset)
    if code is not None:
        where.append(code_term.c.text == code)
    tables = (
        QUARANTINE.join(FILE, FILE.c.seq == QUARANTINE.c.file)
        .join(code_term, code_term.c.id == QUARANTINE.c.code)
        .join(dataset_term, dataset_term.c.id == FILE.c.dataset)
    )
    total = connection.execute(select(func.count()).select_from(tables).where(*where)).scalar_one()
    if not 1 <= limit <= 10_000:
        raise InvalidQuery("a page has between 1 and 10,000 rows")
    if cursor is not None:
        if not cursor.isdecimal() or len(cursor) > 18:  # beyond, it fits no 64-bit integer
            raise InvalidQuery(f"{cursor!r} is no cursor of this list")
        where.append(QUARANTINE.c.id > int(cursor))
    columns = (QUARANTINE, FILE.c.name, FILE.c.part, code_term.c.text.label("word"), dataset_term.c.text.label("of"))
    query = select(*columns).select_from(tables).where(*where).order_by(QUARANTINE.c.id).limit(limit + 1)
    rows = connection.execute(query).all()
    items = [
        QuarantinedRow(r.id, r.of, r.name, r.part, r.row, r.word, r.reason, orjson.loads(r.payload), r.recorded_at)
        for r in rows[:limit]
    ]
    return Page(items, total, str(items[-1].id) if len(rows) > limit else None)


def canonical_ids(connection: Connection, ids: Iterable[EntityId]) -> Mapping[EntityId, EntityId]:
    """Return the canonical id of each id: itself where nothing else is the same thing, or where it is unknown."""
    asked = list(dict.fromkeys(ids))
    found = {entity: entity for entity in asked}
    canonical = NODE.alias()
    for start in range(0, len(asked), CHUNK):
        rows = connection.execute(
            select(NODE.c.entity, canonical.c.entity)
            .join(RESOLUTION, RESOLUTION.c.node == NODE.c.id)
            .join(canonical, canonical.c.id == RESOLUTION.c.canonical)
            .where(NODE.c.entity.in_(asked[start : start + CHUNK]))
        )
        found.update((EntityId(entity), EntityId(to)) for entity, to in rows)
    return found


def members(connection: Connection, entity: EntityId) -> list[EntityId]:
    """Return all ids of the thing that `entity` names, by id; only itself where nothing else is the same thing."""
    canonical = canonical_ids(connection, [entity])[entity]
    of, to = NODE.alias(), NODE.alias()
    rows = connection.execute(
        select(of.c.entity)
        .join(RESOLUTION, RESOLUTION.c.node == of.c.id)
        .join(to, to.c.id == RESOLUTION.c.canonical)
        .where(to.c.entity == canonical)
        .order_by(of.c.entity)
    )
    return [EntityId(row[0]) for row in rows] or [entity]


def conflicts(connection: Connection) -> list[IdentityConflict]:
    """Return the claims of identity that were not followed, by id."""
    left, right = NODE.alias(), NODE.alias()
    rows = connection.execute(
        select(left.c.entity, right.c.entity, CONFLICT.c.reason)
        .select_from(CONFLICT)
        .join(left, left.c.id == CONFLICT.c.left)
        .join(right, right.c.id == CONFLICT.c.right)
        .order_by(left.c.entity, right.c.entity)
    )
    return [IdentityConflict(EntityId(a), EntityId(b), reason) for a, b, reason in rows]
