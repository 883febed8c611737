"""The names of the register for reading texts: read from the ledger once, kept in the home folder until it changes."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from ingest.journal.connection import reading
from ingest.journal.names import NamedThing, named_things, names_position, texts_of
from nlp.linking.candidates import Names
from nlp.linking.linker import Linker
from nlp.linking.names import CLASS_ORDER, NameKind, NameTable, RegisteredName, build_names, load_names, save_names
from ontology.errors import SourceUnusable

_KINDS: Final = {
    "name": NameKind.FULL,
    "also_named": NameKind.ALSO,
    "former_name": NameKind.FORMER,
    "short_name": NameKind.SHORT,
}
_COMMON: Final = "LawArticle"
"""Statutes name no firm, so what occurs in them is a phrase of the language and no short form."""


class RegisterNames:
    """Gives the linker of the ledger as it is now. One for a process; calls block, and are for threads."""

    def __init__(self, ledger: Engine, folder: Path) -> None:
        self._ledger = ledger
        self._folder = folder
        self._lock = threading.Lock()
        self._position = ""
        self._linker: Linker | None = None

    def linker(self) -> Linker:
        """Return the linker; the names are read and the automata built at the first call after the ledger changed."""
        with self._lock:
            with reading(self._ledger) as connection:
                position = names_position(connection)
            if self._linker is None or position != self._position:
                self._linker = Linker(Names.of(self._table(position)))
                self._position = position
            return self._linker

    def _table(self, position: str) -> NameTable:
        path = self._folder / f"names-{position}.npz"
        with contextlib.suppress(SourceUnusable):
            return load_names(path)
        with reading(self._ledger) as connection:
            table = build_names(registered(named_things(connection, CLASS_ORDER)), common=texts_of(connection, _COMMON))
        # A home that cannot be written costs the next start some seconds, no more.
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            save_names(table, path)
            for old in self._folder.glob("names-*.npz"):
                if old != path:
                    old.unlink(missing_ok=True)
        return table


def registered(things: Iterator[NamedThing]) -> Iterator[RegisteredName]:
    """Yield every name of every thing, as the linker takes it."""
    for thing in things:
        label = next((values[0] for values in thing.names.values() if values), "")
        label = thing.names.get("name", (label,))[0]
        for place, (name, kind) in enumerate(_KINDS.items()):
            for order, value in enumerate(thing.names.get(name, ())):
                # What most records call it is its name; a rarer spelling is another.
                known = NameKind.ALSO if place == 0 and order else kind
                yield RegisteredName(value, thing.entity, thing.class_name, known, label, thing.region)
