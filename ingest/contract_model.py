"""What the ledger's contract is tried with: a ticking clock, rows about sites, and short ways to append them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine

from ingest.journal.chain import StatementFields, canonical_json
from ingest.journal.values import TARGET, TEXT, value_to_text
from ingest.journal.write import Appended, Batch, Extract, FileProgress, JournalWriter, Rejected
from ingest.ledger import Ledger
from ontology.model import EntityId, Value, entity_id

ZONE = entity_id("Region", "region_code", "310000")
"""Where all sites lie."""
FIRST, SECOND = "sites@1", "sites@2"
"""Two versions of a mapping."""


@dataclass(slots=True)
class Clock:
    """A second later at every look, so that every moment is told from every other."""

    looks: int = 0

    def __call__(self) -> str:
        self.looks += 1
        hours, seconds = divmod(self.looks, 3600)
        return f"2026-01-01T{hours:02}:{seconds // 60:02}:{seconds % 60:02}.000000Z"

    @property
    def last(self) -> str:
        """The last moment that was given."""
        return Clock(self.looks - 1)()


def site(name: str) -> EntityId:
    """Return the id of a site."""
    return entity_id("Site", "source_code", name)


@dataclass(frozen=True, slots=True)
class Said:
    """One row: a site with the values of one property, true for a time; `payload` keeps equal rows apart."""

    name: str
    values: Sequence[Value] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    property: str = "name"
    payload: str = ""

    def extract(self, row: int) -> Extract:
        """Return the row as a mapping would read it."""
        subject = site(self.name)
        span = (self.valid_from, self.valid_to, None)
        literals = [value_to_text(value) for value in self.values] or [(TEXT, self.name)]
        said: list[StatementFields] = [(subject, self.property, None, text, kind, *span) for kind, text in literals]
        said.append((subject, "locatedIn", ZONE, None, TARGET, *span))
        keys: dict[str, tuple[str, str]] = {subject: ("source_code", self.name), ZONE: ("region_code", "310000")}
        return Extract(row, canonical_json({"site": self.name, "note": self.payload}), said, keys)


@dataclass(slots=True)
class Book:
    """A ledger with one writer to it; `anew` opens a writer as a process does that was started again."""

    ledger: Ledger
    clock: Clock
    writer: JournalWriter = field(init=False)

    def __post_init__(self) -> None:
        self.anew()

    @property
    def database(self) -> Engine:
        """The database behind the ledger."""
        return self.ledger.database

    def anew(self) -> None:
        """Forget what the writer remembers."""
        self.writer = JournalWriter(self.ledger.database, now=self.clock)

    def open(self, file: str, *, mapping: str = FIRST, dataset: str = "register") -> FileProgress:
        """Open a table for reading into the ledger."""
        digest = file.encode().hex().ljust(64, "0")[:64]
        return self.writer.open_file(
            sha256=digest, dataset=dataset, part="", name=file, encoding="utf-8", mapping=mapping
        )

    def append(
        self,
        file: str,
        *rows: Said | Rejected,
        mapping: str = FIRST,
        dataset: str = "register",
        first: int = 2,
        complete: bool = True,
    ) -> Appended:
        """Append rows of a file from row `first` on, in one batch."""
        progress = self.open(file, mapping=mapping, dataset=dataset)
        extracts = [row.extract(number) for number, row in enumerate(rows, first) if isinstance(row, Said)]
        rejected = [row for row in rows if isinstance(row, Rejected)]
        batch = Batch(first, first + len(rows) - 1, extracts, rejected, complete=complete)
        return self.writer.append(progress, batch, mapping=mapping)

    async def names(self, name: str, *, as_of: str | None = None, recorded_as_of: str | None = None) -> list[Value]:
        """Return the literal values that are said of a site."""
        found = await self.ledger.statements([site(name)], as_of=as_of, recorded_as_of=recorded_as_of)
        return [stored.statement.value for stored in found if stored.statement.value is not None]


def sites(*names: str) -> list[Said]:
    """Return a row for each name."""
    return [Said(name) for name in names]


def fault(row: int, code: str = "no-key") -> Rejected:
    """Return a row that cannot be used."""
    return Rejected(row, code, f"row {row} has no key", '{"site":"-"}')


ALTERATIONS = {
    "a payload": ("UPDATE record SET payload = replace(payload, 'a', 'b') WHERE seq = {record}", "record"),
    "the moment of a record": ("UPDATE record SET received_at = '2000' WHERE seq = {record}", "record"),
    "a value": ("UPDATE statement SET value = 'z' WHERE claim = {claim} AND ordinal = 0", "statements"),
    "the end of a statement": ("UPDATE statement SET valid_to = '2000' WHERE claim = {claim}", "statements"),
    "a lost statement": ("DELETE FROM statement WHERE claim = {claim} AND ordinal = 1", "statements"),
    "an entity": ("UPDATE node SET entity = 'Site-00000000000000000000' WHERE id = 1", "statements"),
    "a word": ("UPDATE term SET text = 'other' WHERE text = 'name'", "statements"),
    "a lost record": ("DELETE FROM record WHERE seq = {record}", "missing"),
    "a lost claim": ("DELETE FROM claim WHERE seq = {claim}", "missing"),
    "a moved sighting": ('UPDATE sighting SET "row" = "row" + 1', "sighting"),
    "a renamed file": ("UPDATE file SET name = 'other'", "file"),
    "a hidden claim": ("UPDATE claim SET retracted_by = 7777 WHERE seq = {claim}", "no retraction says so"),
    "a claim of the retraction": ("UPDATE claim SET retracted_by = NULL", "retraction"),
    "a file of the retraction": ("UPDATE file SET retracted_by = NULL", "retraction"),
    "the reason of a retraction": ("UPDATE retraction SET reason = 'other'", "retraction"),
    "a natural key": ("UPDATE node SET key = 'other' WHERE key = 'a'", "natural key"),
}
"""Ways to alter a ledger behind its back, with what the fault found must speak of."""
