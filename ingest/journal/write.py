"""Appending to the ledger: files, batches of records with what they state, and retractions, each a chain entry."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain as concatenated
from typing import Final

from sqlalchemy import Connection, Engine, Select, Table, func, select, update

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
from ingest.journal.connection import Row, appender
from ingest.journal.interning import CHUNK, Nodes, Terms
from ingest.journal.tables import CLAIM, FILE, QUARANTINE, RECORD, RETRACTION, SIGHTING, STATEMENT

MAPPED: Final = "mapping"
"""The producer of statements that a mapping makes."""

CHAINED: Final = (FILE, RECORD, CLAIM, SIGHTING, RETRACTION)
"""The tables whose rows are entries of the hash chain."""


@dataclass(frozen=True, slots=True)
class Extract:
    """One usable row: where it stands, its canonical payload, and what a mapping reads from it.

    `keys` gives the scheme and key of each entity id named, so that the id can be checked and ranked.
    """

    row: int
    payload: bytes
    statements: Sequence[StatementFields]
    keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that cannot be used, with a stable code, the reason in words and its payload as JSON."""

    row: int
    code: str
    reason: str
    payload: str


@dataclass(frozen=True, slots=True)
class FileProgress:
    """How far a table of a file was read under the mapping in force. `seq` names it in the ledger."""

    seq: int
    dataset: str
    rows_done: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive rows `first` to `last` of one table; rows in neither list were filtered out."""

    first: int
    last: int
    extracts: Sequence[Extract]
    rejected: Sequence[Rejected] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Appended:
    """What a batch changed: records new to the ledger, rows that repeat a record, records mapped anew, statements."""

    records: int
    duplicates: int
    remapped: int
    statements: int


@dataclass(slots=True)
class _Known:
    """What the ledger knows of a record before a batch: its seq, its live claim and the version of that."""

    seq: int
    claim: int | None = None
    version: int | None = None


@dataclass(slots=True)
class _Rows:
    """Rows gathered for one transaction, by table."""

    records: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    sightings: list[Row] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    duplicates: int = 0


class JournalWriter:
    """Appends to one ledger under the single writer lock; to be thrown away after any error.

    `now` gives the moment to record, as UTC text with microseconds.
    """

    def __init__(self, engine: Engine, *, now: Callable[[], str]) -> None:
        self._engine = engine
        self._now = now
        with engine.begin() as connection:
            self._terms = Terms(engine, connection)
            self._nodes = Nodes(engine, connection, self._terms)
            self._seq, self._head = head_of(connection)
            self._next_quarantine = (connection.execute(select(func.max(QUARANTINE.c.id))).scalar() or 0) + 1
        self._append = {t.name: appender(engine, t) for t in (*CHAINED, STATEMENT, QUARANTINE)}

    def term(self, connection: Connection, word: str) -> int:
        """Return the number of a word."""
        return self._terms.number(connection, word)

    def open_file(
        self, *, sha256: str, dataset: str, part: str, name: str, encoding: str, mapping: str
    ) -> FileProgress:
        """Return how far this table was read under this version of its mapping; a new file or version starts at 0."""
        with self._engine.begin() as connection:
            number, version = self.term(connection, dataset), self.term(connection, mapping)
            found = connection.execute(
                select(FILE.c.seq, FILE.c.mapping, FILE.c.rows_done, FILE.c.complete).where(
                    FILE.c.sha256 == sha256,
                    FILE.c.dataset == number,
                    FILE.c.part == part,
                    FILE.c.retracted_by.is_(None),
                )
            ).first()
            now = self._now()
            if found is None:
                content = file_content(sha256, dataset, part, name, encoding, now)
                seq, chained = self._next_entry(content)
                row = (seq, sha256, number, part, name, encoding, now, chained, version, 0, False, None)
                self._append["file"](connection, [row])
                return FileProgress(seq, dataset, 0, complete=False)
            if found.mapping == version:
                return FileProgress(found.seq, dataset, found.rows_done, complete=found.complete)
            restart = update(FILE).where(FILE.c.seq == found.seq)
            connection.execute(restart.values(mapping=version, rows_done=0, complete=False))
            self._resolve_quarantine(connection, found.seq, now)
            return FileProgress(found.seq, dataset, 0, complete=False)

    def append(self, file: FileProgress, batch: Batch, *, mapping: str) -> Appended:
        """Append a batch whole, with the file's new resume point, or nothing of it."""
        with self._engine.begin() as connection:
            now = self._now()
            rows = self._gather(connection, file, batch, version=self.term(connection, mapping), now=now)
            self._store(connection, rows)
            self._take_back(connection, rows, what=f"file {file.seq} rows {batch.first}-{batch.last}", now=now)
            self.quarantine(connection, file.seq, batch.rejected, now=now)
            progress = update(FILE).where(FILE.c.seq == file.seq)
            connection.execute(progress.values(rows_done=batch.last, complete=batch.complete))
        return Appended(len(rows.records), rows.duplicates, len(rows.replaced), len(rows.statements))

    def adopt(self, file: FileProgress, held: Mapping[int, Extract], *, mapping: str) -> Appended:
        """Append rows of a file that were in quarantine, by their number there, and settle these."""
        with self._engine.begin() as connection:
            now = self._now()
            version = self.term(connection, mapping)
            records = duplicates = statements = 0
            for number, extract in sorted(held.items()):
                batch = Batch(extract.row, extract.row, (extract,))
                rows = self._gather(connection, file, batch, version=version, now=now)
                self._store(connection, rows)
                connection.execute(update(QUARANTINE).where(QUARANTINE.c.id == number).values(resolved_at=now))
                records, duplicates = records + len(rows.records), duplicates + rows.duplicates
                statements += len(rows.statements)
        return Appended(records, duplicates, 0, statements)

    def _store(self, connection: Connection, rows: _Rows) -> None:
        for name, new in (
            ("record", rows.records),
            ("claim", rows.claims),
            ("statement", rows.statements),
            ("sighting", rows.sightings),
        ):
            self._append[name](connection, new)

    def _gather(self, connection: Connection, file: FileProgress, batch: Batch, *, version: int, now: str) -> _Rows:
        rows = _Rows()
        producer = self.term(connection, MAPPED)
        hashes = [record_hash(file.dataset, extract.payload) for extract in batch.extracts]
        known = _known_records(connection, hashes, producer)
        seen = _seen_rows(connection, file.seq, batch.first, batch.last)
        numbers = self._numbers(connection, batch.extracts)
        dataset = self.term(connection, file.dataset)
        for extract, digest in zip(batch.extracts, hashes, strict=True):
            record = known.get(digest)
            if record is None:
                seq, chained = self._next_entry(record_content(digest, now))
                rows.records.append((seq, digest, dataset, extract.payload.decode(), now, chained))
                record = known[digest] = _Known(seq)
            elif extract.row not in seen:
                rows.duplicates += 1
            if not self._sight(rows, seen, record.seq, file.seq, extract.row) or record.version == version:
                continue
            if record.claim is not None:
                rows.replaced.append(record.claim)
            record.claim = self._claim(connection, rows, digest, record.seq, (producer, version), now, extract, numbers)
            record.version = version
        rows.gone.extend(seq for seq, _, live in seen.values() if live)
        return rows

    def _numbers(self, connection: Connection, extracts: Sequence[Extract]) -> Mapping[str, int]:
        keys: dict[str, tuple[str, str]] = {}
        for extract in extracts:
            keys.update(extract.keys)
        statements = [s for extract in extracts for s in extract.statements]
        targets = (s[2] for s in statements if s[2] is not None)
        return self._nodes.numbers(connection, concatenated((s[0] for s in statements), targets), keys)

    def _sight(self, rows: _Rows, seen: dict[int, tuple[int, int, bool]], record: int, file: int, row: int) -> bool:
        """Note the record at its row; False where it stood there before and was retracted since."""
        before = seen.get(row)
        if before is not None and before[1] == record:
            del seen[row]
            return before[2]
        seq, chained = self._next_entry(sighting_content(record, file, row))
        rows.sightings.append((seq, record, file, row, chained, None))
        return True

    def _claim(
        self,
        connection: Connection,
        rows: _Rows,
        digest: bytes,
        record: int,
        source: tuple[int, int],
        now: str,
        extract: Extract,
        numbers: Mapping[str, int],
    ) -> int:
        content = claim_content(digest, MAPPED, extract.statements)
        seq, chained = self._next_entry(claim_entry(content, now))
        rows.claims.append((seq, record, *source, content, now, chained, None))
        for ordinal, (subject, name, target, value, kind, start, end, quote) in enumerate(extract.statements):
            to = None if target is None else numbers[target]
            word = self._terms.number(connection, name)
            rows.statements.append((seq, ordinal, numbers[subject], word, to, value, kind, start, end, quote))
        return seq

    def _take_back(self, connection: Connection, rows: _Rows, *, what: str, now: str) -> None:
        """Retract what a new mapping replaced, and sightings of rows that it reads otherwise or leaves out."""
        if not rows.replaced and not rows.gone:
            return
        seq = self._seq + 1
        _mark(connection, CLAIM, rows.replaced, seq)
        _mark(connection, SIGHTING, rows.gone, seq)
        retract_orphans(connection, seq)
        self.log_retraction(connection, scope="mapping", what=what, reason="mapped anew", now=now)

    def log_retraction(self, connection: Connection, *, scope: str, what: str, reason: str, now: str) -> int:
        """Append the chain entry of a retraction whose entries are already marked with the next seq."""
        taken = taken_back(connection, self._seq + 1)
        content = retraction_content(scope, what, reason, now, taken)
        seq, chained = self._next_entry(content)
        self._append["retraction"](connection, [(seq, scope, what, reason, now, content, chained)])
        return seq

    @property
    def nodes(self) -> Nodes:
        """The interned entity ids."""
        return self._nodes

    @property
    def next_seq(self) -> int:
        """The seq that the next entry will have."""
        return self._seq + 1

    def quarantine(self, connection: Connection, file: int, rejected: Sequence[Rejected], *, now: str) -> None:
        """Append rows to quarantine."""
        new: list[Row] = []
        for fault in rejected:
            code = self.term(connection, fault.code)
            new.append((self._next_quarantine, file, fault.row, code, fault.reason, fault.payload, now, None))
            self._next_quarantine += 1
        self._append["quarantine"](connection, new)

    def _resolve_quarantine(self, connection: Connection, file: int, now: str) -> None:
        still_open = (QUARANTINE.c.file == file) & QUARANTINE.c.resolved_at.is_(None)
        connection.execute(update(QUARANTINE).where(still_open).values(resolved_at=now))

    def _next_entry(self, content: bytes) -> tuple[int, bytes]:
        self._seq += 1
        self._head = link(self._head, self._seq, content)
        return self._seq, self._head


def head_of(connection: Connection) -> tuple[int, bytes]:
    """Return seq and chain value of the last entry; 0 and the genesis value for an empty ledger."""
    best = (0, GENESIS)
    for table in CHAINED:
        last = connection.execute(select(table.c.seq, table.c.chain).order_by(table.c.seq.desc()).limit(1)).first()
        if last is not None and last.seq > best[0]:
            best = (last.seq, bytes(last.chain))
    return best


def _mark(connection: Connection, table: Table, seqs: Sequence[int], retraction: int) -> None:
    for start in range(0, len(seqs), CHUNK):
        chosen = table.c.seq.in_(seqs[start : start + CHUNK])
        connection.execute(update(table).where(chosen).values(retracted_by=retraction))


def retract_orphans(connection: Connection, retraction: int) -> None:
    """Retract the live claims of records that lost their last live sighting by this retraction."""
    lost = select(SIGHTING.c.record).where(SIGHTING.c.retracted_by == retraction)
    other = SIGHTING.alias()
    live = select(other.c.seq).where(other.c.record == CLAIM.c.record, other.c.retracted_by.is_(None)).exists()
    orphaned = CLAIM.c.retracted_by.is_(None) & CLAIM.c.record.in_(lost) & ~live
    connection.execute(update(CLAIM).where(orphaned).values(retracted_by=retraction))


def taken_back(connection: Connection, retraction: int) -> Iterable[int]:
    """Stream, ascending, the seqs of all entries that a retraction took back."""
    parts: list[Select[int]] = [
        select(table.c.seq).where(table.c.retracted_by == retraction) for table in (SIGHTING, CLAIM, FILE)
    ]
    union = parts[0].union_all(*parts[1:])
    ordered = union.order_by(union.selected_columns[0])
    return (row[0] for row in connection.execute(ordered, execution_options={"yield_per": 10_000}))


def _known_records(connection: Connection, hashes: Sequence[bytes], producer: int) -> dict[bytes, _Known]:
    live = (CLAIM.c.record == RECORD.c.seq) & (CLAIM.c.producer == producer) & CLAIM.c.retracted_by.is_(None)
    known: dict[bytes, _Known] = {}
    for start in range(0, len(hashes), CHUNK):
        rows = connection.execute(
            select(RECORD.c.record, RECORD.c.seq, CLAIM.c.seq, CLAIM.c.version)
            .select_from(RECORD.outerjoin(CLAIM, live))
            .where(RECORD.c.record.in_(hashes[start : start + CHUNK]))
        )
        known.update((bytes(digest), _Known(seq, claim, version)) for digest, seq, claim, version in rows)
    return known


def _seen_rows(connection: Connection, file: int, first: int, last: int) -> dict[int, tuple[int, int, bool]]:
    """Return what stands at these rows from an earlier reading: row -> (sighting, record, live)."""
    rows = connection.execute(
        select(SIGHTING.c.row, SIGHTING.c.seq, SIGHTING.c.record, SIGHTING.c.retracted_by)
        .where(SIGHTING.c.file == file, SIGHTING.c.row.between(first, last))
        .order_by(SIGHTING.c.seq)
    )
    return {row: (seq, record, retracted is None) for row, seq, record, retracted in rows}
