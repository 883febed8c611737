"""What is read from the ledger, as frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ontology.model import EntityId, RecordId, Statement, Value


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement with where it is from. `retracted_at` is None while it is live."""

    statement: Statement
    record: RecordId
    dataset: str
    recorded_at: str
    retracted_at: str | None = None


@dataclass(frozen=True, slots=True)
class SaidFact:
    """One value of one property in one period: `count` records say so, `records` are the first of them."""

    property: str
    value: Value
    valid_from: str | None
    valid_to: str | None
    quote: str | None
    count: int
    records: tuple[RecordId, ...]


@dataclass(frozen=True, slots=True)
class SaidFacts:
    """What is said of a thing. `truncated` is True when it is so much that only the earliest statements were read."""

    facts: Sequence[SaidFact]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a record was seen: a row (counted from 1 as a spreadsheet does) of a part of a file."""

    dataset: str
    file: str
    part: str
    row: int
    received_at: str
    retracted_at: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What a source said, as it was stored (personal data masked), with every place where it was seen."""

    id: RecordId
    dataset: str
    payload: Mapping[str, object]
    received_at: str
    sightings: Sequence[Sighting]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset with its live content. `description` holds title, publisher, license and the titles of its tables.

    `first_received` and `last_received` are None while no file of it is live.
    """

    id: str
    description: Mapping[str, object]
    synthetic: bool
    files: int
    records: int
    quarantined: int
    first_received: str | None
    last_received: str | None


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """Live content: records, statements, open quarantine, records by dataset."""

    records: int
    statements: int
    quarantined: int
    datasets: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """One row that could not be used. `payload` is its columns (personal data masked)."""

    id: int
    dataset: str
    file: str
    part: str
    row: int
    code: str
    reason: str
    payload: Mapping[str, object]
    recorded_at: str


@dataclass(frozen=True, slots=True)
class IdentityConflict:
    """Two things that some record calls the same, and that were kept apart, with the reason."""

    left: EntityId
    right: EntityId
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of recomputing the hash chain. `fault` names the first altered or missing entry, None if none.

    `head` is the chain value of the last entry in hexadecimal: noted down elsewhere, it also proves that nobody
    cut the end off or made the whole chain anew.
    """

    entries: int
    head: str
    fault: str | None = None
