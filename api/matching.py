"""The matcher over the entities of the graph: built once for each state of the graph, kept in memory and on disk."""

import asyncio
import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from api.services import Services
from graph.resolve.matching.matcher import Matcher
from graph.resolve.matching.model import load_model
from graph.resolve.matching.record import Party, party_of
from graph.resolve.matching.register import Register, build_register
from graph.resolve.matching.stored import load_register, save_register
from graph.store import GraphStore, GraphWriter
from ontology.errors import SourceUnusable
from ontology.model import Entity
from ontology.schema import Schema

MATCHED: Final = ("Enterprise", "Agency", "Site")
"""Classes whose things are matched, with those below them."""
PAGE: Final = 200
PATIENCE_SECONDS: Final = 5.0
"""How long a request waits for names that have changed before it is answered by those of before."""


class RegisterMatcher:
    """Gives the matcher of the graph as it is now. One for a process.

    The entities are read at the first request after the graph has changed: page by page, and put in order in a thread.
    """

    def __init__(self, graph: GraphStore, writer: GraphWriter, schema: Schema, *, folder: Path) -> None:
        self._graph = graph
        self._writer = writer
        self._schema = schema
        self._folder = folder
        self._position = -1
        self._matcher: Matcher | None = None
        self._building: asyncio.Task[Matcher] | None = None

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the classes whose things are matched."""
        return tuple(dict.fromkeys(below for name in MATCHED for below in self._schema.subclasses(name)))

    async def current(self) -> Matcher:
        """Return the matcher. Raises `EngineError` where the graph cannot be read."""
        position = await self._writer.checkpoint()
        if self._matcher is not None and position == self._position:
            return self._matcher
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self._built(position))
        # A request that gives up does not end the work that others wait for.
        waited = asyncio.shield(self._building)
        if self._matcher is None:
            return await waited
        done, _ = await asyncio.wait({self._building}, timeout=PATIENCE_SECONDS)
        return await waited if done else self._matcher

    async def close(self) -> None:
        """End a build that is under way."""
        if self._building is not None and not self._building.done():
            self._building.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._building

    async def _built(self, position: int) -> Matcher:
        path = self._folder / f"matching-{position}-{(await self._graph.digest())[:16]}.npz"
        try:
            register = await asyncio.to_thread(load_register, path)
        except SourceUnusable:
            register = await self._read_register(path)
        self._matcher, self._position = Matcher(register, load_model()), position
        return self._matcher

    async def _read_register(self, path: Path) -> Register:
        parties: list[Party] = []
        for class_name in self.classes:
            cursor = None
            while True:
                page = await self._graph.listing(class_name, limit=PAGE, cursor=cursor)
                parties.extend(_parties(page.items))
                cursor = page.next_cursor
                if cursor is None:
                    break
        return await asyncio.to_thread(_build, parties, path)


def matcher_of(services: Services) -> RegisterMatcher:
    """Return the matcher of opened services; what it keeps on disk lies in the home folder."""
    folder = services.settings.home / "matching"
    return RegisterMatcher(services.graph, services.graph_writer, services.schema, folder=folder)


def _parties(entities: Iterable[Entity]) -> Iterator[Party]:
    for entity in entities:
        party = party_of(entity.id, entity.properties, class_name=entity.class_name, label=entity.label)
        if party.names or party.keys:
            yield party


def _build(parties: list[Party], path: Path) -> Register:
    register = build_register(parties)
    # A home that cannot be written costs the next start some seconds, no more.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("matching-*.npz"):
            old.unlink(missing_ok=True)
        save_register(register, path)
    return register
