"""Between rows of the embedded graph and the values of the model, and statements over many ids."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import orjson

from graph.embedded.schema import OUT
from graph.walk import RelationKey
from ontology.model import Entity, EntityId, RecordId, Relation

CHUNK = 512
"""Parameters of one `IN`; SQLite takes 32,766."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Class and synthetic mark by kind number, and back."""

    by_number: Mapping[int, tuple[str, bool]]
    by_name: Mapping[tuple[str, bool], int]


def read_kinds(connection: sqlite3.Connection) -> Kinds:
    """Return all kinds; there are twice as many as classes at most."""
    rows = connection.execute("SELECT number, class, synthetic FROM graph_kind").fetchall()
    by_number = {number: (class_name, bool(synthetic)) for number, class_name, synthetic in rows}
    return Kinds(by_number, {name: number for number, name in by_number.items()})


def chunks(ids: Iterable[EntityId]) -> Iterator[tuple[str, Sequence[str]]]:
    """Cut ids into pieces for `IN`: the marks `?, ?, …` and the ids, filled up so that few statements differ."""
    source = iter(ids)
    while piece := list(islice(source, CHUNK)):
        size = 1 << (len(piece) - 1).bit_length()
        yield ", ".join("?" * size), piece + piece[-1:] * (size - len(piece))


def read_entities(connection: sqlite3.Connection, ids: Iterable[EntityId], kinds: Kinds) -> dict[EntityId, Entity]:
    """Return those of `ids` that exist."""
    found = {}
    for marks, piece in chunks(ids):
        for row in connection.execute(
            f"SELECT id, kind, label, properties, datasets FROM graph_entity WHERE id IN ({marks})",  # noqa: S608
            piece,
        ):
            found[EntityId(row[0])] = entity_from(row, kinds)
    return found


def entity_from(row: tuple[str, int, str, str, str], kinds: Kinds) -> Entity:
    """Return the entity of a row (id, kind, label, properties, datasets)."""
    identifier, kind, label, properties, datasets = row
    class_name, synthetic = kinds.by_number[kind]
    return Entity(
        id=EntityId(identifier),
        class_name=class_name,
        label=label,
        properties={name: tuple(values) for name, values in orjson.loads(properties).items()},
        datasets=tuple(orjson.loads(datasets)),
        synthetic=synthetic,
    )


def entity_row(entity: Entity, kind: int) -> tuple[int, str, str, str, str]:
    """Return (kind, label, properties, datasets, id)."""
    return (
        kind,
        entity.label,
        orjson.dumps(dict(entity.properties), option=orjson.OPT_SORT_KEYS).decode(),
        orjson.dumps(entity.datasets).decode(),
        entity.id,
    )


def read_kind_numbers(connection: sqlite3.Connection, ids: Iterable[EntityId]) -> dict[EntityId, int]:
    """Return the kind number of those of `ids` that exist."""
    found: dict[EntityId, int] = {}
    for marks, piece in chunks(ids):
        found.update(connection.execute(f"SELECT id, kind FROM graph_entity WHERE id IN ({marks})", piece))  # noqa: S608
    return found


def read_relations(
    connection: sqlite3.Connection, keys: Iterable[RelationKey], kinds: Mapping[EntityId, int]
) -> dict[RelationKey, Relation]:
    """Return the relations of `keys`; `kinds` gives the kind number of every target."""
    found = {}
    for key in keys:
        row = connection.execute(
            """SELECT valid_from, valid_to, records, record_count FROM graph_adjacency
               WHERE node = ? AND direction = ? AND type = ? AND kind = ? AND other = ?""",
            (key.source, OUT, key.type, kinds[key.target], key.target),
        ).fetchone()
        if row is not None:
            found[key] = relation_from(key, row)
    return found


def relation_from(key: RelationKey, row: tuple[str | None, str | None, str, int]) -> Relation:
    """Return the relation of a row (valid_from, valid_to, records, record_count)."""
    valid_from, valid_to, records, record_count = row
    return Relation(
        source=key.source,
        type=key.type,
        target=key.target,
        valid_from=valid_from,
        valid_to=valid_to,
        records=tuple(RecordId(record) for record in orjson.loads(records)),
        record_count=record_count,
    )
