"""Words and entity ids as integers, handed out by the single writer."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, Engine, func, select

from ingest.journal.connection import appender
from ingest.journal.tables import NODE, PART, TERM
from ingest.journal.values import PART_MARK, REFERENCE
from ontology.model import EntityId, class_of

CACHE_LIMIT: Final = 200_000
"""Entity ids remembered between batches, some 30 MB; beyond it the cache starts anew and the table is asked."""
CHUNK: Final = 5_000
"""Ids asked for at once: SQLite allows 32,766 parameters, PostgreSQL 65,535."""


class Terms:
    """Interned words. There are a few hundred, so all are held."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        self._append = appender(engine, TERM)
        rows = connection.execute(select(TERM.c.text, TERM.c.id))
        self._ids: dict[str, int] = {row.text: row.id for row in rows}

    def number(self, connection: Connection, word: str) -> int:
        """Return the number of a word, a new one where it has none."""
        found = self._ids.get(word)
        if found is None:
            found = self._ids[word] = len(self._ids) + 1
            self._append(connection, [(found, word)])
        return found


class Nodes:
    """Interned entity ids with the natural keys they are made of."""

    def __init__(self, engine: Engine, connection: Connection, terms: Terms) -> None:
        self._append = appender(engine, NODE)
        self._append_part = appender(engine, PART)
        self._terms = terms
        self._next = (connection.execute(select(func.max(NODE.c.id))).scalar() or 0) + 1
        self._cache: dict[str, int] = {}

    def numbers(
        self, connection: Connection, entities: Iterable[str], keys: Mapping[str, tuple[str, str]]
    ) -> Mapping[str, int]:
        """Return the number of each entity id; new ones are appended with their scheme and key from `keys`."""
        if len(self._cache) > CACHE_LIMIT:
            self._cache.clear()
        cache = self._cache
        missing = [entity for entity in dict.fromkeys(entities) if entity not in cache]
        parts = {entity: _parts_of(keys[entity][1]) for entity in missing if entity in keys}
        missing.extend(p for p in dict.fromkeys(p for own in parts.values() for p in own) if p not in cache)
        missing = list(dict.fromkeys(missing))
        for start in range(0, len(missing), CHUNK):
            rows = connection.execute(
                select(NODE.c.entity, NODE.c.id).where(NODE.c.entity.in_(missing[start : start + CHUNK]))
            )
            cache.update((entity, number) for entity, number in rows)
        fresh: list[tuple[object, ...]] = []
        for entity in missing:
            if entity not in cache:
                scheme, key = keys.get(entity, (None, None))
                number = None if scheme is None else self._terms.number(connection, scheme)
                kind = self._terms.number(connection, class_of(EntityId(entity)))
                fresh.append((self._next, entity, kind, number, key))
                cache[entity] = self._next
                self._next += 1
        self._append(connection, fresh)
        new = {str(row[1]) for row in fresh}
        pairs = {(cache[entity], cache[part]) for entity, own in parts.items() if entity in new for part in own}
        self._append_part(connection, sorted(pairs))
        return cache


def _parts_of(key: str) -> list[str]:
    """Return the entity ids that a composite key is made of."""
    if REFERENCE not in key:
        return []
    return [part[1:] for part in key.split(PART_MARK) if part.startswith(REFERENCE)]
