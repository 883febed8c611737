"""Which mapping reads a table, and which of its rows is the header: told by the columns, whatever their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from ingest.mapping.columns import canonical_header, column_key, known_columns
from ingest.mapping.model import TableMapping
from ingest.sources.table import SourceTable
from ontology.errors import SourceUnusable


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table with its mapping. `header` is in the mapping's names; rows up to number `header_row` are above the data.

    `unknown` are columns that the mapping does not name: kept in the record, and told in the report.
    """

    mapping: TableMapping
    header: Sequence[str]
    raw_header: Sequence[str]
    header_row: int
    unknown: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    header: Sequence[str]
    row: int


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a mapping knows a header: all required columns there, columns known, columns not known."""

    complete: bool
    known: int
    missing: int
    unknown: int


def recognise(table: SourceTable, mappings: Sequence[TableMapping], *, source: str) -> Recognised:
    """Return the mapping that fits a table best.

    Raises SourceUnusable where none has all its required columns, or two know the columns equally well; the message
    names the columns and the nearest mapping.
    """
    known = [(known_columns(mapping), mapping) for mapping in mappings]
    fits = [
        (_fit(mapping, names, candidate.header), candidate, mapping)
        for candidate in _header_candidates(table)
        for names, mapping in known
    ]
    complete = [entry for entry in fits if entry[0].complete]
    if not complete:
        raise _not_recognised(table, fits, source)
    best = max(_merit(fit, candidate) for fit, candidate, _ in complete)
    chosen = [entry for entry in complete if _merit(entry[0], entry[1]) == best]
    if len({id(mapping) for _, _, mapping in chosen}) > 1:
        names = " and ".join(sorted({f"{mapping.dataset}/{mapping.table}" for _, _, mapping in chosen}))
        raise SourceUnusable(
            f"{source}: the columns fit {names} equally well", source=source, remedy="Choose one with --mapping."
        )
    _, candidate, mapping = chosen[0]
    header = canonical_header(mapping, candidate.header)
    named = {*mapping.required, *mapping.optional}
    unknown = [name for name in header if name not in named]
    return Recognised(mapping, header, candidate.header, candidate.row, unknown)


def header_of(table: SourceTable) -> tuple[Sequence[str], int]:
    """Return the most likely header of a table and its row number, without any mapping: the first full row of texts."""
    candidates = [c for c in _header_candidates(table) if any(cell.strip() for cell in c.header)]
    if not candidates:
        return (), 0
    width = max(len([cell for cell in c.header if cell.strip()]) for c in candidates)
    for candidate in candidates:
        filled = [cell for cell in candidate.header if cell.strip()]
        if len(filled) * 2 > width and not any(cell.strip().replace(".", "").isdigit() for cell in filled):
            return candidate.header, candidate.row
    return candidates[0].header, candidates[0].row


def _header_candidates(table: SourceTable) -> Iterator[_Candidate]:
    rows = table.preview[:1] if table.headed else table.preview
    # Where a format leaves out empty cells at the end of a row, the widest row tells how wide the table is.
    width = max((len(row.cells) for row in rows), default=0) if table.fills else 0
    lines = [_Candidate([*row.cells, *[""] * (width - len(row.cells))], row.number) for row in rows]
    yield from lines
    for upper, lower in pairwise(lines):
        yield from (_Candidate(names, lower.row) for names in _two_lines(upper.header, lower.header))


def _two_lines(upper: Sequence[str], lower: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the readings of a header of two lines: a merged cell above (its first holds the text), its parts below.

    A part is called by itself (`经度`) or together with what is above it (`地理坐标经度`).
    """
    if len(upper) != len(lower) or not any(cell.strip() for cell in lower) or all(cell.strip() for cell in upper):
        return
    if not any(cell.strip() for cell in upper):
        return
    yield [sub.strip() or top.strip() for top, sub in zip(upper, lower, strict=True)]
    joined, above = [], ""
    for top, sub in zip(upper, lower, strict=True):
        above = top.strip() or above
        joined.append(f"{above}{sub.strip()}" if sub.strip() else top.strip())
    yield joined


def _fit(mapping: TableMapping, known: Mapping[str, str], header: Sequence[str]) -> _Fit:
    keys = {column_key(cell) for cell in header if cell.strip()}
    have = {known[key] for key in keys if key in known}
    missing = [name for name in mapping.required if name not in have]
    return _Fit(not missing, len(have), len(missing), len([key for key in keys if key not in known]))


def _merit(fit: _Fit, candidate: _Candidate) -> tuple[int, int, int]:
    return fit.known, -fit.unknown, -candidate.row


def _not_recognised(
    table: SourceTable, fits: Sequence[tuple[_Fit, _Candidate, TableMapping]], source: str
) -> SourceUnusable:
    shown, _ = header_of(table)
    columns = ", ".join(cell.strip() for cell in shown if cell.strip())[:400] or "none"
    message = f"{source}: no mapping fits its columns ({columns})"
    near = [entry for entry in fits if entry[0].known]
    if not near:
        return SourceUnusable(message, source=source, remedy=f"Write one: ecograph mapping draft {source}")
    _, candidate, mapping = max(near, key=lambda entry: (entry[0].known - entry[0].missing, -entry[1].row))
    known = known_columns(mapping)
    have = {known[column_key(cell)] for cell in candidate.header if column_key(cell) in known}
    lacking = [name for name in mapping.required if name not in have]
    spelled = []
    for name in lacking:
        close = get_close_matches(name, [cell.strip() for cell in candidate.header if cell.strip()], n=1)
        spelled.append(f"{name} (perhaps {close[0]})" if close else name)
    remedy = f"Nearest is {mapping.dataset}/{mapping.table}, which also needs: {', '.join(spelled)}."
    return SourceUnusable(message, source=source, remedy=remedy)
