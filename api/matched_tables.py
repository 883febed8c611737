"""Tables of names, matched with the register row by row: what `ecograph match` reads and writes."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Final

from api.examples import coded
from graph.resolve.matching.explanation import in_words
from graph.resolve.matching.matcher import Matcher, Verdict, best_of
from ingest.export import harmless
from ontology.errors import InvalidInput, SourceUnusable

ADDED: Final = ("match_id", "match_name", "match_score", "match_verdict", "match_explanation")
NOTHING: Final = "none"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of the table are compared, and the language of the explanation."""

    name: str
    code: str | None = None
    address: str | None = None
    language: str = "zh"

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the names of all columns that the table must have."""
        return tuple(name for name in (self.name, self.code, self.address) if name is not None)


Row = Sequence[str]


def read_table(file: Path, *, columns: Columns) -> tuple[list[str], list[dict[str, str]]]:
    """Return heading and rows of a CSV file. Raises `SourceUnusable`; `InvalidInput` for a missing column."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceUnusable(f"{file} cannot be opened: {error.strerror}", source=str(file)) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SourceUnusable(f"{file} is neither UTF-8 nor GB18030", source=str(file), remedy="Save it as UTF-8.")
    try:
        reader = csv.DictReader(StringIO(text, newline=""), restkey="", restval="", strict=True)
        heading = list(reader.fieldnames or ())
        rows = [{name: row.get(name) or "" for name in heading} for row in reader]
    except csv.Error as error:
        raise SourceUnusable(f"{file} is no CSV table: {error}", source=str(file)) from error
    for name in columns.wanted:
        if name not in heading:
            shown = ", ".join(heading[:20]) or "no columns"
            raise InvalidInput(f"there is no column {name!r} in {file}", remedy=f"It has {shown}.")
    return heading, rows


def match_table(
    rows: Sequence[Mapping[str, str]], matcher: Matcher, *, columns: Columns
) -> tuple[list[list[str]], dict[str, int]]:
    """Return each row with the columns of its best record, and how many rows there are of each verdict."""
    counts: Counter[str] = Counter()
    found = []
    for row in rows:
        added = _best(row, matcher, columns=columns)
        counts[added[3]] += 1
        found.append([*row.values(), *added])
    order = [*(verdict.value for verdict in Verdict), NOTHING]
    return found, {verdict: counts[verdict] for verdict in order if counts[verdict]}


def _best(row: Mapping[str, str], matcher: Matcher, *, columns: Columns) -> tuple[str, str, str, str, str]:
    name = row[columns.name].strip()[:500]
    party = coded(row[columns.code].strip() if columns.code else "")
    address = row[columns.address].strip()[:500] if columns.address else ""
    party = replace(party, names=(name,) if name else (), addresses=(address,) if address else ())
    match = best_of(matcher.match(party)) if name or party.keys else None
    if match is None or match.verdict is Verdict.DIFFERENT:
        return "", "", "", NOTHING, ""
    shown = match.party.label or (match.party.names or ("",))[0]
    words = in_words(match.reasons, language=columns.language)
    return match.party.id, shown, f"{match.score:.3f}", match.verdict.value, words


def write_table(file: Path, heading: Sequence[str], rows: Sequence[Row]) -> None:
    """Write a table that a spreadsheet program reads and never computes. Raises `InvalidInput`."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([harmless(name) for name in (*heading, *ADDED)])
            writer.writerows([harmless(cell) for cell in row] for row in rows)
    except OSError as error:
        raise InvalidInput(f"cannot write {file}: {error.strerror}") from error
