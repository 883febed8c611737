"""A register on disk: flat arrays, so that the next process need not read the names again."""

from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from graph.resolve.matching.blocking import KeyIndex
from graph.resolve.matching.register import Packed, Register
from ontology.errors import SourceUnusable

FORMAT: Final = 1
"""Version of the arrays and of what names are read into; a file of another is made anew."""


def save_register(register: Register, path: Path) -> None:
    """Write a register, whole or not at all: a file half written is never seen under its name. Raises `OSError`."""
    half = path.with_suffix(".part")
    with half.open("wb") as stream:
        np.savez(
            stream,
            format=np.array([FORMAT, register.keys.size], dtype=np.int64),
            first=register.keys.first,
            rows=register.keys.rows,
            names=np.frombuffer(register.names.data, dtype=np.uint8),
            name_ends=register.names.first,
            parties=np.frombuffer(register.parties.data, dtype=np.uint8),
            party_ends=register.parties.first,
            party_of_row=register.party_of_row,
            former=register.former,
        )
    half.replace(path)


def load_register(path: Path) -> Register:
    """Return a register that was saved. Raises `SourceUnusable` for a file that is none, or of another version."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as read:
            version, size = (int(value) for value in read["format"])
            if version != FORMAT:
                raise SourceUnusable(f"{path.name} is of another version", source=path.name)
            return Register(
                keys=KeyIndex(read["first"], read["rows"], size),
                names=Packed(read["names"].tobytes(), read["name_ends"]),
                parties=Packed(read["parties"].tobytes(), read["party_ends"]),
                party_of_row=read["party_of_row"],
                former=read["former"],
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise SourceUnusable(f"{path.name} cannot be read: {error}", source=path.name) from error
