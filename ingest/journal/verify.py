"""Recomputing the hash chain from the content of every entry."""

import heapq
from collections.abc import Generator
from contextlib import ExitStack, closing
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, Engine, func, select

from ingest.journal.chain import (
    GENESIS,
    StatementFields,
    claim_content,
    claim_entry,
    file_content,
    link,
    record_content,
    record_hash,
    retraction_content,
    sighting_content,
)
from ingest.journal.facts import Verification
from ingest.journal.tables import CLAIM, FILE, NODE, RECORD, RETRACTION, SIGHTING, STATEMENT, TERM
from ingest.journal.write import head_of, taken_back
from ontology.model import EntityId, class_of, entity_id

STREAM: Final = {"yield_per": 5_000}

Entry = tuple[int, str, bytes | None, bytes]
"""(seq, what it is, digest of its content or None where it contradicts itself, chain value as stored)."""


def verify(engine: Engine) -> Verification:
    """Walk all entries in order; stop at the first that is missing, altered or does not fit the one before."""
    previous, seq = GENESIS, 0
    with engine.connect() as connection:
        # What is appended meanwhile would be seen by some of the streams and not by others.
        end, _ = head_of(connection)
    with ExitStack() as stack:
        a, b, c, d = (stack.enter_context(engine.connect()) for _ in range(4))
        generators = (_files(a), _records(b), _claims(c, d), _sightings(a), _retractions(b, d))
        # Closed one by one: at a fault their cursors stand open in the middle of a table.
        streams = [stack.enter_context(closing(generator)) for generator in generators]
        for number, kind, content, stored in heapq.merge(*streams, key=lambda entry: entry[0]):
            if number > end:
                break
            if number != seq + 1:
                return Verification(seq, previous.hex(), f"entry {seq + 1} is missing")
            if content is None or link(previous, number, content) != stored:
                return Verification(seq, previous.hex(), f"entry {number} ({kind}) was altered")
            previous, seq = stored, number
        fault = _unlogged_retraction(a) or _false_key(a)
    return Verification(seq, previous.hex(), fault)


def _files(connection: Connection) -> Generator[Entry, None, None]:
    query = select(FILE, TERM.c.text).outerjoin(TERM, TERM.c.id == FILE.c.dataset).order_by(FILE.c.seq)
    with connection.execute(query, execution_options=STREAM) as rows:
        for row in rows:
            content = file_content(row.sha256, row.text or "", row.part, row.name, row.encoding, row.received_at)
            yield row.seq, f"file {row.name}", content, bytes(row.chain)


def _records(connection: Connection) -> Generator[Entry, None, None]:
    query = select(RECORD, TERM.c.text).outerjoin(TERM, TERM.c.id == RECORD.c.dataset).order_by(RECORD.c.seq)
    with connection.execute(query, execution_options=STREAM) as rows:
        for row in rows:
            digest = bytes(row.record)
            sound = record_hash(row.text or "", row.payload.encode()) == digest
            content = record_content(digest, row.received_at) if sound else None
            yield row.seq, f"record {digest.hex()}", content, bytes(row.chain)


def _claims(connection: Connection, other: Connection) -> Generator[Entry, None, None]:
    query = (
        select(CLAIM, RECORD.c.record.label("digest"), TERM.c.text)
        .outerjoin(RECORD, RECORD.c.seq == CLAIM.c.record)
        .outerjoin(TERM, TERM.c.id == CLAIM.c.producer)
        .order_by(CLAIM.c.seq)
    )
    with closing(_statements(other)) as stream, connection.execute(query, execution_options=STREAM) as rows:
        groups = groupby(stream, key=lambda pair: pair[0])
        at, statements = next(groups, (0, iter(())))
        for row in rows:
            while at and at < row.seq:
                at, statements = next(groups, (0, iter(())))
            fields = [pair[1] for pair in statements] if at == row.seq else []
            digest = bytes(row.digest or b"")
            content = claim_content(digest, row.text or "", fields)
            sound = content == bytes(row.content)
            entry = claim_entry(content, row.recorded_at) if sound else None
            yield row.seq, f"statements of record {digest.hex()}", entry, bytes(row.chain)


def _statements(connection: Connection) -> Generator[tuple[int, StatementFields], None, None]:
    subject, target = NODE.alias(), NODE.alias()
    query = (
        select(
            STATEMENT.c.claim,
            subject.c.entity,
            TERM.c.text,
            target.c.entity,
            STATEMENT.c.value,
            STATEMENT.c.kind,
            STATEMENT.c.valid_from,
            STATEMENT.c.valid_to,
            STATEMENT.c.quote,
        )
        .select_from(STATEMENT)
        .outerjoin(subject, subject.c.id == STATEMENT.c.subject)
        .outerjoin(TERM, TERM.c.id == STATEMENT.c.property)
        .outerjoin(target, target.c.id == STATEMENT.c.target)
        .order_by(STATEMENT.c.claim, STATEMENT.c.ordinal)
    )
    with connection.execute(query, execution_options=STREAM) as rows:
        for claim, *fields in rows:
            yield claim, (fields[0] or "", fields[1] or "", *fields[2:])


def _sightings(connection: Connection) -> Generator[Entry, None, None]:
    with connection.execute(select(SIGHTING).order_by(SIGHTING.c.seq), execution_options=STREAM) as rows:
        for row in rows:
            yield row.seq, "sighting", sighting_content(row.record, row.file, row.row), bytes(row.chain)


def _retractions(connection: Connection, other: Connection) -> Generator[Entry, None, None]:
    with connection.execute(select(RETRACTION).order_by(RETRACTION.c.seq), execution_options=STREAM) as rows:
        for row in rows:
            taken = taken_back(other, row.seq)
            content = retraction_content(row.scope, row.what, row.reason, row.recorded_at, taken)
            yield row.seq, f"retraction of {row.scope} {row.what}", content, bytes(row.chain)


def _unlogged_retraction(connection: Connection) -> str | None:
    """Return the first entry that is marked as taken back by a retraction that is not in the ledger."""
    for table in (FILE, CLAIM, SIGHTING):
        logged = select(RETRACTION.c.seq).where(RETRACTION.c.seq == table.c.retracted_by).exists()
        query = select(func.min(table.c.seq)).where(table.c.retracted_by.is_not(None), ~logged)
        found = connection.execute(query).scalar()
        if found is not None:
            return f"entry {found} ({table.name}) is marked as retracted, but no retraction says so"
    return None


def _false_key(connection: Connection) -> str | None:
    """Return the first entity id that is not the hash of the natural key stored beside it, None if all are."""
    query = select(NODE.c.entity, TERM.c.text, NODE.c.key).join(TERM, TERM.c.id == NODE.c.scheme).order_by(NODE.c.id)
    with connection.execute(query, execution_options=STREAM) as rows:
        for entity, scheme, key in rows:
            if entity_id(class_of(EntityId(entity)), scheme, key) != entity:
                return f"the natural key of entity {entity} was altered"
    return None
