"""Taking back a record, a file or a dataset: nothing is deleted, and each taking back is an entry of the chain."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select, update

from ingest.journal.connection import storable
from ingest.journal.tables import CLAIM, FILE, QUARANTINE, RECORD, SIGHTING, TERM
from ingest.journal.write import JournalWriter, retract_orphans
from ontology.errors import NotFound


class Scope(StrEnum):
    """What is taken back at once."""

    RECORD = "record"
    FILE = "file"
    DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class Retracted:
    """What a retraction took back: sightings, and the records that were seen nowhere else."""

    sightings: int
    records: int


def retract(
    engine: Engine, writer: JournalWriter, scope: Scope, what: str, *, reason: str, now: Callable[[], str]
) -> Retracted:
    """Take back everything live in the scope. A record goes only with its last live sighting.

    `what` is a record id, a file's name or SHA-256 (or the first 12 or more digits of either hash), or a dataset.
    Raises `NotFound` where nothing live answers to it.
    """
    with engine.begin() as connection:
        moment, seq = now(), writer.next_seq
        chosen = _chosen(connection, scope, what)
        live = and_(chosen, SIGHTING.c.retracted_by.is_(None))
        connection.execute(update(SIGHTING).where(live).values(retracted_by=seq))
        files = _files(scope, what)
        if files is not None:
            stays = QUARANTINE.c.resolved_at.is_(None) & QUARANTINE.c.file.in_(select(FILE.c.seq).where(files))
            connection.execute(update(QUARANTINE).where(stays).values(resolved_at=moment))
            connection.execute(update(FILE).where(files).values(retracted_by=seq))
        retract_orphans(connection, seq)
        writer.log_retraction(connection, scope=scope.value, what=what, reason=reason, now=moment)
        return Retracted(_count(connection, SIGHTING.c.retracted_by == seq), _records_of(connection, seq))


def _chosen(connection: Connection, scope: Scope, what: str) -> ColumnElement[bool]:
    missing = NotFound(
        f"the ledger has no live {scope.value} {what!r}",
        remedy="`ecograph status` names the datasets; an entity's page names its records and files.",
    )
    if not storable(what):
        raise missing
    if scope is Scope.RECORD:
        seqs = _matching_records(connection, what)
        chosen = SIGHTING.c.record.in_(seqs)
        if not seqs or not _count(connection, and_(chosen, SIGHTING.c.retracted_by.is_(None))):
            raise missing
        return chosen
    files = _files(scope, what)
    known = select(func.count()).select_from(FILE).where(files) if files is not None else None
    if files is None or known is None or not connection.execute(known).scalar_one():
        raise missing
    return SIGHTING.c.file.in_(select(FILE.c.seq).where(files))


def _matching_records(connection: Connection, what: str) -> list[int]:
    digits = what.lower()
    if len(digits) < 12 or len(digits) % 2 or not all(c in "0123456789abcdef" for c in digits):
        return []
    start = bytes.fromhex(digits)
    end = (int.from_bytes(start, "big") + 1).to_bytes(len(start) + 1, "big")[1:]
    within = RECORD.c.record >= start
    if any(end):
        within = and_(within, RECORD.c.record < end)
    return [row[0] for row in connection.execute(select(RECORD.c.seq).where(within).limit(2))][:1]


def _files(scope: Scope, what: str) -> ColumnElement[bool] | None:
    live = FILE.c.retracted_by.is_(None)
    if scope is Scope.FILE:
        named = FILE.c.name == what
        hashed = FILE.c.sha256.startswith(what.lower(), autoescape=True)
        return and_(live, or_(named, hashed) if len(what) >= 12 else named)
    if scope is Scope.DATASET:
        return and_(live, FILE.c.dataset.in_(select(TERM.c.id).where(TERM.c.text == what)))
    return None


def _count(connection: Connection, where: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(SIGHTING).where(where)).scalar_one()


def _records_of(connection: Connection, seq: int) -> int:
    query = select(func.count(func.distinct(CLAIM.c.record))).where(CLAIM.c.retracted_by == seq)
    return connection.execute(query).scalar_one()
