"""Writing the Neo4j graph: a batch becomes the smallest change, in one managed transaction with its checkpoint."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from graph.changes import Changes, changes, key_of
from graph.checks import check_not_stale, checked_batch
from graph.digest import digest_text
from graph.neo4j.names import ENTITY, PENDING, PROJECTION, label, token
from graph.neo4j.rows import (
    entity_columns,
    entity_from,
    key_from,
    node_properties,
    relation_columns,
    relation_from,
    relationship_properties,
)
from graph.neo4j.server import Neo4jServer, Parameter, Transaction
from graph.store import GraphBatch
from graph.walk import RelationKey
from ontology.model import Entity, EntityId, Relation

ROWS = 5_000
"""Rows of one `UNWIND`; the whole batch is one transaction all the same."""

REACHED = f"MATCH (p:{PROJECTION} {{id: 1}}) RETURN p.checkpoint, p.digest, coalesce(p.clearing, false)"

NODE_IDS = "RETURN collect([n.id, elementId(n)])"
"""One row with thousands of pairs: as rows of their own they cost the driver more than making the nodes."""


class _Interrupted(Exception):
    """The graph was being cleared when its writer died; clearing must be finished first."""


class Neo4jGraphWriter:
    """`GraphWriter` on a Neo4j server. The projection's node is locked first, so batches queue up across processes."""

    def __init__(self, server: Neo4jServer) -> None:
        self._server = server

    async def apply(self, batch: GraphBatch) -> None:
        """Apply one batch and its checkpoint together; `Conflict` for a batch older than what is there."""
        checked = checked_batch(batch)
        try:
            await self._server.write(lambda transaction: _Write(transaction, checked).apply())
        except _Interrupted:
            await self.clear()
            await self._server.write(lambda transaction: _Write(transaction, checked).apply())

    async def checkpoint(self) -> int:
        """Return the ledger position reached, 0 for an empty graph and for one whose clearing was cut off."""
        rows = await self._server.read(lambda transaction: transaction.rows(REACHED))
        return 0 if not rows or rows[0][2] else int(rows[0][0])

    async def clear(self) -> None:
        """Remove everything of ours in many transactions; the checkpoint is 0 from the first of them on."""
        await self._server.run(
            f"""MERGE (p:{PROJECTION} {{id: 1}})
                SET p.clearing = true, p.version = coalesce(p.version, 0) + 1, p.checkpoint = 0, p.digest = $digest""",
            {"digest": digest_text(0)},
        )
        for match in (f"MATCH (:{ENTITY})-[x]->()", f"MATCH (x:{PENDING})", f"MATCH (x:{ENTITY})"):
            await self._server.run(f"{match} CALL (x) {{ DELETE x }} IN TRANSACTIONS OF {ROWS} ROWS")
        await self._server.run(f"MATCH (p:{PROJECTION} {{id: 1}}) SET p.clearing = false, p.version = p.version + 1")


@dataclass(slots=True)
class _Write:
    """One batch on its way into the server, inside a write transaction."""

    transaction: Transaction
    batch: GraphBatch
    nodes: dict[EntityId, str] = field(default_factory=dict)
    """Element ids of nodes, looked up before anything is written: the index answers 20 times slower for a transaction
    that has made thousands of nodes."""
    elements: dict[RelationKey, str] = field(default_factory=dict)
    """Element ids of stored relations: of a relationship, or of the pending node that stands for it."""
    pending: set[RelationKey] = field(default_factory=set)

    async def apply(self) -> None:
        """Bring nodes, relationships, digest and checkpoint to the state the batch asks for."""
        rows = await self.transaction.rows(
            f"""MERGE (p:{PROJECTION} {{id: 1}})
                ON CREATE SET p.version = 0, p.checkpoint = 0, p.digest = $digest
                SET p.version = p.version + 1
                RETURN p.checkpoint, p.digest, coalesce(p.clearing, false)""",
            {"digest": digest_text(0)},
        )
        reached, digest, is_clearing = rows[0]
        if is_clearing:
            raise _Interrupted
        check_not_stale(self.batch, reached)
        made = changes(self.batch, await self._stored_entities(), await self._stored_relations())
        await self._find_targets(made)
        await self._delete_relations(made.gone_relations)
        await self._update_relations(made.changed_relations)
        await self._delete_entities(made.gone_entities)
        await self._write_entities(made)
        await self._join_pending(made.new_entities)
        await self._create_relations(made)
        await self.transaction.rows(
            f"MATCH (p:{PROJECTION} {{id: 1}}) SET p.checkpoint = $checkpoint, p.digest = $digest",
            {"checkpoint": self.batch.checkpoint, "digest": digest_text(int(digest, 16) + made.digest)},
        )

    async def _each(self, query: str, rows: Iterable[Parameter]) -> AsyncIterator[Sequence[object]]:
        """Run a query that begins `UNWIND $rows AS row` over all rows, some thousands at a time."""
        waiting = list(rows)
        for first in range(0, len(waiting), ROWS):
            for record in await self.transaction.rows(
                f"UNWIND $rows AS row {query}", {"rows": waiting[first : first + ROWS]}
            ):
                yield record

    async def _do(self, query: str, rows: Iterable[Parameter]) -> None:
        async for _ in self._each(query, rows):
            pass

    def _ids(self) -> list[Parameter]:
        return [*(entity.id for entity in self.batch.entities), *self.batch.removed]

    async def _stored_entities(self) -> Mapping[EntityId, Entity]:
        query = f"MATCH (n:{ENTITY} {{id: row}}) RETURN {entity_columns('n')}, elementId(n)"
        found: dict[EntityId, Entity] = {}
        async for record in self._each(query, self._ids()):
            entity = entity_from(record[:6])
            found[entity.id], self.nodes[entity.id] = entity, str(record[6])
        return found

    async def _stored_relations(self) -> Mapping[RelationKey, Relation]:
        found: dict[RelationKey, Relation] = {}
        # Told to begin at n: a plan made while the graph was small goes through all relationships.
        joined = f"""MATCH (n:{ENTITY} {{id: row}})-[x]->(t) USING INDEX n:{ENTITY}(id)
                     RETURN type(x), n.id, t.id, {relation_columns("x")}, elementId(x)"""
        waiting = f"""MATCH (x:{PENDING} {{source: row}})
                      RETURN x.token, x.source, x.target, {relation_columns("x")}, elementId(x)"""
        for query in (joined, waiting):
            async for record in self._each(query, self._ids()):
                key = key_from(record)
                found[key] = relation_from(key, record[3:7])
                self.elements[key] = str(record[7])
                if query is waiting:
                    self.pending.add(key)
        return found

    async def _find_targets(self, made: Changes) -> None:
        """Look up the nodes outside of the batch that new relations point to."""
        asked = sorted({relation.target for relation in made.new_relations}.difference(self._ids()))
        await self._note_nodes(f"MATCH (n:{ENTITY} {{id: row}}) {NODE_IDS}", asked)

    async def _note_nodes(self, query: str, rows: Iterable[Parameter]) -> None:
        """Run a query that ends in `NODE_IDS` and keep what it returns."""
        async for (pairs,) in self._each(query, rows):
            self.nodes.update((EntityId(identifier), element) for identifier, element in cast("list[list[str]]", pairs))

    def _by_kind(self, keys: Iterable[RelationKey]) -> Sequence[tuple[str, list[RelationKey]]]:
        """Split relations into those that are relationships and those that are pending, with the match for each."""
        every = list(keys)
        return (
            ("MATCH ()-[x]->()", [key for key in every if key not in self.pending]),
            (f"MATCH (x:{PENDING})", [key for key in every if key in self.pending]),
        )

    async def _delete_relations(self, gone: Sequence[Relation]) -> None:
        for match, keys in self._by_kind(map(key_of, gone)):
            await self._do(f"{match} WHERE elementId(x) = row DELETE x", [self.elements[key] for key in keys])

    async def _update_relations(self, changed: Sequence[tuple[Relation, Relation]]) -> None:
        after = {key_of(relation): relation for _, relation in changed}
        for match, keys in self._by_kind(after):
            await self._do(
                f"""{match} WHERE elementId(x) = row.element
                    SET x.valid_from = row.facts.valid_from, x.valid_to = row.facts.valid_to,
                        x.records = row.facts.records, x.record_count = row.facts.record_count""",
                [{"element": self.elements[key], "facts": relationship_properties(after[key])} for key in keys],
            )

    async def _delete_entities(self, gone: Sequence[Entity]) -> None:
        """Take entities away; relations that point to them wait from then on."""
        ids: list[Parameter] = [entity.id for entity in gone]
        left = f"""MATCH (s)-[x]->(n:{ENTITY} {{id: row}}) USING INDEX n:{ENTITY}(id)
                   CREATE (p:{PENDING}) SET p = x, p.token = type(x), p.source = s.id, p.target = row DELETE x"""
        await self._do(left, ids)
        await self._do(f"MATCH (n:{ENTITY} {{id: row}}) DELETE n", ids)
        for entity in gone:
            del self.nodes[entity.id]

    async def _write_entities(self, made: Changes) -> None:
        await self._note_nodes(
            f"CREATE (n:{ENTITY}:$(row.label)) SET n = row.properties {NODE_IDS}",
            [
                {"label": label(entity.class_name), "properties": node_properties(entity)}
                for entity in made.new_entities
            ],
        )
        await self._do(
            f"MATCH (n:{ENTITY} {{id: row.properties.id}}) SET n = row.properties",
            [{"properties": node_properties(after)} for _, after in made.changed_entities],
        )
        await self._do(
            f"MATCH (n:{ENTITY} {{id: row.id}}) REMOVE n:$(row.before) SET n:$(row.after)",
            [
                {"id": after.id, "before": label(before.class_name), "after": label(after.class_name)}
                for before, after in made.changed_entities
                if before.class_name != after.class_name
            ],
        )

    async def _join_pending(self, arrived: Sequence[Entity]) -> None:
        """Make relationships of the relations that waited for these entities."""
        await self._do(
            f"""MATCH (x:{PENDING} {{target: row}})
                MATCH (s:{ENTITY} {{id: x.source}}) MATCH (t:{ENTITY} {{id: row}})
                CREATE (s)-[r:$(x.token)]->(t)
                SET r = {{valid_from: x.valid_from, valid_to: x.valid_to, records: x.records,
                          record_count: x.record_count}}
                DELETE x""",
            [entity.id for entity in arrived],
        )

    async def _create_relations(self, made: Changes) -> None:
        joined: list[Parameter] = []
        waiting: list[Parameter] = []
        for relation in made.new_relations:
            row: dict[str, Parameter] = {"token": token(relation.type), "facts": relationship_properties(relation)}
            target = self.nodes.get(relation.target)
            if target is None:
                waiting.append({**row, "source": relation.source, "target": relation.target})
            else:
                joined.append({**row, "source": self.nodes[relation.source], "target": target})
        await self._do(
            """MATCH (s) WHERE elementId(s) = row.source MATCH (t) WHERE elementId(t) = row.target
               CREATE (s)-[r:$(row.token)]->(t) SET r = row.facts""",
            joined,
        )
        await self._do(
            f"""CREATE (x:{PENDING})
                SET x = row.facts, x.token = row.token, x.source = row.source, x.target = row.target""",
            waiting,
        )
