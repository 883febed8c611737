"""From rows of a table to what the ledger takes: masked, filtered, mapped, or rejected with a reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.journal.chain import canonical_json
from ingest.journal.write import Extract, Rejected
from ingest.mapping.extract import Extractor, Notes, compile_mapping
from ingest.mapping.masking import Masker, compile_masker
from ingest.mapping.model import TableMapping
from ingest.report import ROUTINE, TableReport
from ingest.sources.table import RawRow
from ontology.errors import RecordRejected
from ontology.schema import Schema


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that reading a table needs but its rows: the mapping, and the header it was recognised by.

    `fills` is True where short rows are whole (`SourceTable.fills`).
    """

    mapping: TableMapping
    header: Sequence[str]
    raw_header: Sequence[str]
    fills: bool


@dataclass(slots=True)
class ReadRows:
    """What a run of rows gave, and its counts."""

    extracts: list[Extract] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    read: int = 0
    filtered: int = 0
    skipped: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    def count_in(self, report: TableReport) -> None:
        """Add the counts to a table's report."""
        report.read += self.read
        report.used += len(self.extracts)
        report.filtered += self.filtered
        report.skipped += self.skipped
        report.quarantined.update(row.code for row in self.rejected)
        report.notes.update(self.notes)


@dataclass(slots=True)
class Reading:
    """A recipe compiled: the function from rows to what they say."""

    recipe: Recipe
    raw_header: Sequence[str]
    extractor: Extractor
    mask: Masker
    notes: Notes = field(default_factory=Counter)

    @classmethod
    def prepare(cls, recipe: Recipe, *, schema: Schema) -> "Reading":
        """Compile a mapping for the header of a table."""
        return cls(
            recipe=recipe,
            raw_header=[cell.strip() for cell in recipe.raw_header],
            extractor=compile_mapping(recipe.mapping, recipe.header, schema=schema),
            mask=compile_masker(recipe.mapping, recipe.header, schema=schema),
        )

    def read(self, rows: Sequence[RawRow]) -> ReadRows:
        """Return what a run of rows gives; a row that cannot be used is among the rejected, with its reason."""
        done = ReadRows(read=len(rows))
        for row in rows:
            cells = self._cells(row)
            if cells is None:
                done.skipped += 1
                continue
            try:
                extract = self._extract(row, cells)
            except RecordRejected as fault:
                payload = canonical_json(self._payload(cells)).decode()
                done.rejected.append(Rejected(row.number, fault.code, fault.message, payload))
                continue
            if extract is None:
                done.filtered += 1
            else:
                done.extracts.append(extract)
        odd = {f"{column}: {code}": count for (column, code), count in self.notes.items() if code not in ROUTINE}
        done.notes.update(odd)
        self.notes.clear()
        return done

    def _cells(self, row: RawRow) -> Sequence[str] | None:
        """Return the cells at the width of the header, masked; None for a blank line or the header once more."""
        cells, width = row.cells, len(self.recipe.header)
        if not any(cell.strip() for cell in cells):
            return None
        if len(cells) != width:
            if len(cells) < width and self.recipe.fills:
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
        if len(cells) != len(self.recipe.header):
            message = f"the row has {len(cells)} cells, the header {len(self.recipe.header)}"
            raise RecordRejected(message, code="ragged-row")
        for note in row.notes:
            self.notes["row", note] += 1
        if not self.extractor.used(cells):
            return None
        found = self.extractor.extract(cells, self.notes)
        return Extract(row.number, canonical_json(self._payload(cells)), found.statements, found.keys)

    def _payload(self, cells: Sequence[str]) -> Mapping[str, str]:
        """Return the row by column without its empty cells; cells beyond the header are called by their place."""
        header = self.recipe.header
        if len(cells) == len(header):
            return {name: cell for name, cell in zip(header, cells, strict=True) if cell}
        named = dict(zip(header, self.mask(_fit_width(cells, len(header))), strict=True))
        beyond = {f"column {place}": cell for place, cell in enumerate(cells[len(header) :], len(header) + 1)}
        return {name: cell for name, cell in {**named, **beyond}.items() if cell}


def _fit_width(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]
