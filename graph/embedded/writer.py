"""Writing the embedded graph: a batch becomes the smallest change of rows, in one transaction with its checkpoint."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import orjson

from graph.changes import Changes, changes, key_of
from graph.checks import check_not_stale, checked_batch
from graph.digest import digest_text
from graph.embedded.connections import Connections
from graph.embedded.rows import Kinds, chunks, entity_row, read_entities, read_kind_numbers, read_kinds, relation_from
from graph.embedded.schema import CONTENT, HUB_ROWS, IN, MISSING_KIND, OUT
from graph.store import GraphBatch
from graph.walk import RelationKey
from ontology.model import Entity, EntityId, Relation

_Row = tuple[EntityId, int, str, int, EntityId]
"""Key of a row of `graph_adjacency`: node, direction, type, kind of the other end, other end."""


class EmbeddedGraphWriter:
    """`GraphWriter` over an SQLite file; batches of one process are applied one after the other."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def apply(self, batch: GraphBatch) -> None:
        """Apply one batch and its checkpoint together; `Conflict` for a batch older than what is there."""
        await self._connections.write(lambda connection: _Change(connection, checked_batch(batch)).apply())

    async def checkpoint(self) -> int:
        """Return the ledger position reached, 0 for an empty graph."""
        return await self._connections.read(stored_checkpoint)

    async def clear(self) -> None:
        """Remove everything; the checkpoint is 0 afterwards."""

        def work(connection: sqlite3.Connection) -> None:
            for table in CONTENT:
                kept = " WHERE name <> 'schema'" if table == "graph_meta" else ""
                connection.execute(f"DELETE FROM {table}{kept}")  # noqa: S608

        await self._connections.write(work)


def stored_checkpoint(connection: sqlite3.Connection) -> int:
    """Return the ledger position that the file has reached."""
    row = connection.execute("SELECT value FROM graph_meta WHERE name = 'checkpoint'").fetchone()
    return 0 if row is None else int(row[0])


def stored_digest(connection: sqlite3.Connection) -> str:
    """Return the digest kept with the content."""
    row = connection.execute("SELECT value FROM graph_meta WHERE name = 'digest'").fetchone()
    return digest_text(0) if row is None else str(row[0])


@dataclass(slots=True)
class _Change:
    """One batch on its way into the tables, inside a write transaction."""

    connection: sqlite3.Connection
    batch: GraphBatch
    moves: dict[EntityId, tuple[int, int]] = field(default_factory=dict)
    """Entities whose kind changes, from and to; they come, go, or change class or synthetic mark."""
    counted: Counter[tuple[EntityId, int, str, int]] = field(default_factory=Counter)
    """Rows more or fewer by (node, direction, type, kind)."""

    def apply(self) -> None:
        """Bring entities, relations, counts, digest and checkpoint to the state the batch asks for."""
        check_not_stale(self.batch, stored_checkpoint(self.connection))
        kinds = self._kinds()
        entities = read_entities(self.connection, self._ids(), kinds)
        stored = self._stored_relations()
        made = changes(self.batch, entities, {key: relation for key, (_, relation) in stored.items()})
        self._write_entities(made, kinds)
        self._note_moves(made, kinds)
        before = {entity.id: kinds.by_name[entity.class_name, entity.synthetic] for entity in entities.values()}
        self._delete_relations(
            (key.source, before[key.source], key.type, stored[key][0], key.target)
            for key in map(key_of, made.gone_relations)
        )
        self._move_kinds()
        self._insert_relations(made.new_relations)
        self._update_relations([after for _, after in made.changed_relations])
        self._count()
        self._write_meta(made.digest)

    def _ids(self) -> list[EntityId]:
        return [*(entity.id for entity in self.batch.entities), *self.batch.removed]

    def _kinds(self) -> Kinds:
        """Return the kinds, with new ones for classes that come with this batch."""
        names = sorted({(entity.class_name, entity.synthetic) for entity in self.batch.entities})
        self.connection.executemany("INSERT OR IGNORE INTO graph_kind (class, synthetic) VALUES (?, ?)", names)
        return read_kinds(self.connection)

    def _stored_relations(self) -> dict[RelationKey, tuple[int, Relation]]:
        """Return the outgoing relations of the batch's entities, each with the kind of its target."""
        found = {}
        for marks, piece in chunks(self._ids()):
            for node, type_name, kind, other, *facts in self.connection.execute(
                f"""SELECT node, type, kind, other, valid_from, valid_to, records, record_count
                    FROM graph_adjacency WHERE node IN ({marks}) AND direction = {OUT}""",  # noqa: S608
                piece,
            ):
                key = RelationKey(type_name, node, other)
                found[key] = (kind, relation_from(key, tuple(facts)))
        return found

    def _write_entities(self, made: Changes, kinds: Kinds) -> None:
        def rows(entities: Iterable[Entity]) -> list[tuple[int, str, str, str, str]]:
            ordered = sorted(entities, key=lambda entity: entity.id)
            return [entity_row(entity, kinds.by_name[entity.class_name, entity.synthetic]) for entity in ordered]

        self.connection.executemany(
            "INSERT INTO graph_entity (kind, label, properties, datasets, id) VALUES (?, ?, ?, ?, ?)",
            rows(made.new_entities),
        )
        self.connection.executemany(
            "UPDATE graph_entity SET kind = ?, label = ?, properties = ?, datasets = ? WHERE id = ?",
            rows(after for _, after in made.changed_entities),
        )
        self.connection.executemany(
            "DELETE FROM graph_entity WHERE id = ?", [(entity.id,) for entity in made.gone_entities]
        )

    def _note_moves(self, made: Changes, kinds: Kinds) -> None:
        pairs: list[tuple[Entity | None, Entity | None]] = [
            *((None, entity) for entity in made.new_entities),
            *made.changed_entities,
            *((entity, None) for entity in made.gone_entities),
        ]
        for pair in pairs:
            before, after = (kinds.by_name[one.class_name, one.synthetic] if one else MISSING_KIND for one in pair)
            entity = pair[0] or pair[1]
            if entity is not None and before != after:
                self.moves[entity.id] = (before, after)

    def _delete_relations(self, relations: Iterable[tuple[EntityId, int, str, int, EntityId]]) -> None:
        """Take away relations, each given as source, its kind, type, kind of the target, target."""
        rows: list[_Row] = []
        for source, source_kind, type_name, target_kind, target in relations:
            rows.append((source, OUT, type_name, target_kind, target))
            rows.append((target, IN, type_name, source_kind, source))
        self.connection.executemany(
            """DELETE FROM graph_adjacency
               WHERE node = ? AND direction = ? AND type = ? AND kind = ? AND other = ?""",
            sorted(rows),
        )
        for row in rows:
            self.counted[row[:4]] -= 1

    def _move_kinds(self) -> None:
        """Give the rows under the other ends of moved entities their new kind."""
        rows = []
        for marks, piece in chunks(self.moves):
            for node, direction, type_name, other in self.connection.execute(
                f"SELECT node, direction, type, other FROM graph_adjacency WHERE node IN ({marks})",  # noqa: S608
                piece,
            ):
                before, after = self.moves[node]
                rows.append((after, other, OUT if direction == IN else IN, type_name, before, node))
        self.connection.executemany(
            """UPDATE graph_adjacency SET kind = ?
               WHERE node = ? AND direction = ? AND type = ? AND kind = ? AND other = ?""",
            rows,
        )
        for after, other, direction, type_name, before, _ in rows:
            self.counted[other, direction, type_name, before] -= 1
            self.counted[other, direction, type_name, after] += 1

    def _insert_relations(self, relations: Sequence[Relation]) -> None:
        ends = {end for relation in relations for end in (relation.source, relation.target)}
        kinds = read_kind_numbers(self.connection, sorted(ends))
        rows: list[tuple[object, ...]] = []
        for relation in relations:
            source, target = relation.source, relation.target
            out_row: _Row = (source, OUT, relation.type, kinds.get(target, MISSING_KIND), target)
            in_row: _Row = (target, IN, relation.type, kinds[source], source)
            rows.append((*out_row, *_facts(relation)))
            rows.append((*in_row, relation.valid_from, relation.valid_to, None, None))
            self.counted[out_row[:4]] += 1
            self.counted[in_row[:4]] += 1
        rows.sort(key=lambda row: row[:5])
        self.connection.executemany("INSERT INTO graph_adjacency VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _update_relations(self, changed: Sequence[Relation]) -> None:
        ends = {end for relation in changed for end in (relation.source, relation.target)}
        kinds = read_kind_numbers(self.connection, sorted(ends))
        self.connection.executemany(
            """UPDATE graph_adjacency SET valid_from = ?, valid_to = ?, record_count = ?, records = ?
               WHERE node = ? AND direction = ? AND type = ? AND kind = ? AND other = ?""",
            [(*_facts(r), r.source, OUT, r.type, kinds.get(r.target, MISSING_KIND), r.target) for r in changed],
        )
        self.connection.executemany(
            """UPDATE graph_adjacency SET valid_from = ?, valid_to = ?
               WHERE node = ? AND direction = ? AND type = ? AND kind = ? AND other = ?""",
            [(r.valid_from, r.valid_to, r.target, IN, r.type, kinds[r.source], r.source) for r in changed],
        )

    def _count(self) -> None:
        """Carry the changes of rows and entities into the counts."""
        entities: Counter[int] = Counter()
        for before, after in self.moves.values():
            entities[before] -= 1
            entities[after] += 1
        self.connection.executemany(
            "UPDATE graph_kind SET entities = entities + ? WHERE number = ?",
            [(change, number) for number, change in sorted(entities.items()) if number != MISSING_KIND],
        )
        types: Counter[str] = Counter()
        for (_, direction, type_name, kind), change in self.counted.items():
            if direction == OUT and kind != MISSING_KIND:
                types[type_name] += change
        self.connection.executemany(
            """INSERT INTO graph_type VALUES (?, ?)
               ON CONFLICT (name) DO UPDATE SET relations = relations + excluded.relations""",
            sorted(types.items()),
        )
        self._count_hubs()

    def _count_hubs(self) -> None:
        nodes = sorted({name[0] for name, change in self.counted.items() if change})
        hubs: set[EntityId] = set()
        for marks, piece in chunks(nodes):
            found = self.connection.execute(f"SELECT DISTINCT node FROM graph_hub WHERE node IN ({marks})", piece)  # noqa: S608
            hubs.update(node for (node,) in found)
        changes = [(*name, change) for name, change in self.counted.items() if name[0] in hubs and change]
        self.connection.executemany(
            """INSERT INTO graph_hub VALUES (?, ?, ?, ?, ?)
               ON CONFLICT (node, direction, type, kind) DO UPDATE SET rows = rows + excluded.rows""",
            sorted(changes),
        )
        for marks, piece in chunks(sorted(hubs)):
            self.connection.execute(f"DELETE FROM graph_hub WHERE node IN ({marks}) AND rows = 0", piece)  # noqa: S608
        for marks, piece in chunks(node for node in nodes if node not in hubs):
            self.connection.execute(
                f"""INSERT INTO graph_hub
                    SELECT node, direction, type, kind, count(*) FROM graph_adjacency WHERE node IN (
                        SELECT node FROM graph_adjacency WHERE node IN ({marks})
                        GROUP BY node HAVING count(*) >= {HUB_ROWS})
                    GROUP BY node, direction, type, kind""",  # noqa: S608
                piece,
            )

    def _write_meta(self, change: int) -> None:
        digest = digest_text(int(stored_digest(self.connection), 16) + change)
        self.connection.executemany(
            "INSERT INTO graph_meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [("checkpoint", str(self.batch.checkpoint)), ("digest", digest)],
        )


def _facts(relation: Relation) -> tuple[str | None, str | None, int, str]:
    """Return what an outgoing row says beyond its key."""
    return relation.valid_from, relation.valid_to, relation.record_count, orjson.dumps(relation.records).decode()
