"""Zip containers (DOCX, XLSX, OFD …): looked at before anything is unpacked."""

import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import IO, Final

from ontology.errors import SourceUnusable

LARGEST_RATIO: Final = 200
"""Unpacked to packed size of an entry: real sheets reach some 60, a bomb 1,000."""
SMALL: Final = 20_000_000
"""Below so many unpacked bytes the ratio does not matter: an empty styled sheet packs very well."""
LARGEST: Final = 4_000_000_000
"""Unpacked bytes of a whole container; a workbook of a million rows and 30 columns is some 1.5 GB."""
MOST_ENTRIES: Final = 10_000
_DAMAGED: Final = "Get it again: it was probably cut off while it was copied."


def container_entries(file: Path | IO[bytes], *, name: str, largest: int = LARGEST) -> Collection[str]:
    """Return the names in a zip container after checking that it is whole and no bomb. `largest` counts bytes.

    Raises SourceUnusable for a damaged container, for a bomb, and for one with too many or too large entries.
    """
    try:
        with zipfile.ZipFile(file) as container:
            _refuse_bomb(container, name, largest)
            broken = container.testzip()
            if broken is not None:
                raise SourceUnusable(f"{name} is damaged at {broken}", source=name, remedy=_DAMAGED)
            return frozenset(container.namelist())
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error) as error:
        raise SourceUnusable(f"{name} is damaged: {error}", source=name, remedy=_DAMAGED) from error


def _refuse_bomb(container: zipfile.ZipFile, name: str, largest: int) -> None:
    entries = container.infolist()
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > SMALL and ratio > LARGEST_RATIO:
            raise SourceUnusable(
                f"{name} unpacks to {entry.file_size:,} bytes from {entry.compress_size:,}: a zip bomb", source=name
            )
    total = sum(entry.file_size for entry in entries)
    if total > largest or len(entries) > MOST_ENTRIES:
        raise SourceUnusable(f"{name} unpacks to {total:,} bytes in {len(entries)} entries", source=name)
