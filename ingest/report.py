"""What a run did, in numbers that add up: read = used + filtered + quarantined + skipped."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Final

ROUTINE: Final = frozenset({"from-uscc", "permanent", "masked-already"})
"""What value types note of sound values: an organisation code taken from a credit code, a validity without end."""


@dataclass(slots=True)
class TableReport:
    """Counts of one table. `state` is `read`, `resumed` or `unchanged` (known already under this mapping).

    `skipped` are repeated headers and blank lines, `duplicates` rows among `used` whose record was known, `notes` how
    often a column had a value that was left out or mended, by "column: code"; what is `ROUTINE` is not counted.
    """

    file: str
    part: str = ""
    dataset: str = ""
    table: str = ""
    encoding: str = ""
    state: str = "read"
    read: int = 0
    used: int = 0
    filtered: int = 0
    skipped: int = 0
    duplicates: int = 0
    records: int = 0
    remapped: int = 0
    statements: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    unknown_columns: Sequence[str] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file or table that was not read, with the reason. `fatal` where it was asked for by name."""

    file: str
    reason: str
    remedy: str
    fatal: bool


@dataclass(slots=True)
class RunReport:
    """One run over all its files."""

    tables: list[TableReport] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)
    entities: int = 0
    documents: int = 0
    seconds: float = 0.0
    ledger_seconds: float = 0.0
    projection_seconds: float = 0.0

    def total(self, name: str) -> int:
        """Return the sum of one of the counts over all tables."""
        return sum(int(getattr(table, name)) for table in self.tables)

    def quarantined(self) -> Mapping[str, int]:
        """Return how many rows went to quarantine, by code."""
        total: Counter[str] = Counter()
        for table in self.tables:
            total.update(table.quarantined)
        return dict(sorted(total.items()))

    def as_json(self) -> Mapping[str, object]:
        """Return the report as plain values."""
        tables = [
            # asdict makes a Counter of a Counter's pairs, so the two are taken over as they are.
            {
                **asdict(replace(table, quarantined=Counter(), notes=Counter())),
                "quarantined": dict(sorted(table.quarantined.items())),
                "notes": dict(sorted(table.notes.items())),
            }
            for table in self.tables
        ]
        return {**asdict(replace(self, tables=[])), "tables": tables}
