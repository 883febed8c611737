"""Getting the text behind what a person names: a file, an address, or standard input."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from api.fetching import MAX_BYTES, Fetcher
from ontology.errors import SourceUnusable

STANDARD_INPUT: Final = "-"
_ADDRESS: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text with its title (empty where it has none) and the day it was written, None where unknown."""

    text: str
    title: str = ""
    written: date | None = None


def text_from(source: str, *, standard_input: BinaryIO, fetcher: Fetcher = Fetcher()) -> SourceText:  # noqa: B008
    """Return the text of a file, of an `http(s)` address, or of standard input (`-`). Blocks.

    Raises `SourceUnusable` where it cannot be had or has no text, `InvalidInput` for an address that is not fetched.
    """
    if source == STANDARD_INPUT:
        return _read(standard_input.read(MAX_BYTES + 1), "standard input")
    if source.lower().startswith(_ADDRESS):
        fetched = fetcher.fetch(source)
        return _read(fetched.content, fetched.address)
    path = Path(source)
    try:
        with path.open("rb") as stream:
            return _read(stream.read(MAX_BYTES + 1), source)
    except OSError as error:
        raise SourceUnusable(
            f"{source} cannot be read: {error.strerror}", source=source, remedy="Check the path."
        ) from error


def _read(data: bytes, name: str) -> SourceText:
    if len(data) > MAX_BYTES:
        raise SourceUnusable(f"{name} is larger than {MAX_BYTES:,} bytes", source=name, remedy="Give a part of it.")
    return SourceText(data.decode("utf-8-sig", "replace"))
