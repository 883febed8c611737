"""Names of columns: which spellings are one column."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ingest.mapping.model import TableMapping


@lru_cache(65_536)
def column_key(name: str) -> str:
    """Return the form in which two spellings of a column's name are equal: width, spaces and case never matter."""
    return "".join(unicodedata.normalize("NFKC", name).split()).strip("\ufeff\u200b").casefold()


def known_columns(mapping: TableMapping) -> Mapping[str, str]:
    """Return the name used in the mapping for every spelling (as `column_key`) that it knows."""
    known = {column_key(name): name for name in (*mapping.required, *mapping.optional)}
    for name, others in mapping.aliases.items():
        for other in others:
            known.setdefault(column_key(other), name)
    return known


def canonical_header(mapping: TableMapping, header: Sequence[str]) -> list[str]:
    """Return the header in the mapping's own names; unknown columns keep theirs, nameless ones are called by place.

    Of two columns with one name the first keeps it; the second is told apart by its place.
    """
    known, taken = known_columns(mapping), set[str]()
    names = []
    for place, text in enumerate(header, start=1):
        plain = " ".join(text.split()).strip("\ufeff\u200b") or f"column {place}"
        name = known.get(column_key(text), plain)
        if name in taken:
            name = f"{plain} ({place})"
        taken.add(name)
        names.append(name)
    return names
