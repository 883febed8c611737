"""Judging which ids are one thing, for everything that the ledger said since the last time.

Only what hangs together with a changed claim is judged anew: the ids reached from it over claims of identity. Each such
group is judged whole by the pure function in `graph.resolve`, so the outcome does not depend on the order of events.

A composite key is made of another entity's id (an outlet of its site). When that entity turns out to be another one,
the composite means the key made of the canonical id, and is called the same as that: `congruent` holds these pairs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, insert, literal_column, or_, select, union, update

from graph.resolve.identity import NaturalKey, Resolution, resolve
from ingest.journal.interning import CHUNK, Nodes
from ingest.journal.tables import (
    CLAIM,
    CONFLICT,
    CONGRUENT,
    LAST_IDENTITY_TERM,
    NODE,
    PART,
    RESOLUTION,
    SAME_AS_TERM,
    SEED,
    STATEMENT,
    TERM,
)
from ingest.journal.values import PART_MARK, REFERENCE
from ingest.projection.position import RESOLVED, among, position, set_position, upsert
from ontology.model import EntityId, class_of, entity_id
from ontology.schema import LAST_RANK, Schema

SEEDS: Final = 2_000
"""Changed ids judged at once; with what hangs together with them some 10,000 in memory."""

_IDENTITY: Final[ColumnElement[bool]] = literal_column(f"statement.property <= {LAST_IDENTITY_TERM}")
"""Written out, not as a parameter: only so does SQLite use the index that is made of identity claims alone."""


@dataclass(slots=True)
class _Group:
    """The ids that hang together, with the claims between them, by node number."""

    nodes: set[int] = field(default_factory=set)
    same: set[tuple[int, int]] = field(default_factory=set)
    named: set[tuple[int, int]] = field(default_factory=set)


class IdentityJudge:
    """Brings the resolution of one ledger to its present end, inside one transaction."""

    def __init__(self, connection: Connection, nodes: Nodes, *, schema: Schema, head: int) -> None:
        self._connection = connection
        self._nodes = nodes
        self._ranks = {name: prop.key.rank for name, prop in schema.properties.items() if prop.key is not None}
        self._head = head

    def judge(self) -> int:
        """Judge all that changed since the last time; return how many ids changed their canonical id."""
        since = position(self._connection, RESOLVED)
        if since == self._head:
            return 0
        self._seed_changes(since)
        self._renew(self._new_composites(since))
        changed = 0
        while seeds := self._seeds():
            moved = self._judge_group(seeds)
            changed += len(moved)
            self._renew(self._composites_of(moved))
        set_position(self._connection, RESOLVED, self._head)
        return changed

    def _seeds(self) -> list[int]:
        query = select(SEED.c.node).order_by(SEED.c.node).limit(SEEDS)
        return [row[0] for row in self._connection.execute(query)]

    def _seed_changes(self, since: int) -> None:
        """Note every id in a claim of identity that was made or taken back since."""
        self._connection.execute(delete(SEED))
        recent = or_(CLAIM.c.seq > since, CLAIM.c.retracted_by > since)
        joined = STATEMENT.join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
        ends = (STATEMENT.c.subject, STATEMENT.c.target)
        both = union(*(select(end).select_from(joined).where(recent, _IDENTITY) for end in ends))
        self._connection.execute(insert(SEED).from_select(["node"], both))

    def _new_composites(self, since: int) -> list[int]:
        """Return ids newly spoken of whose key is made of an id that is known to mean another."""
        query = (
            select(STATEMENT.c.subject)
            .select_from(STATEMENT)
            .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
            .join(PART, PART.c.node == STATEMENT.c.subject)
            .join(RESOLUTION, RESOLUTION.c.node == PART.c.of)
            .where(CLAIM.c.seq > since, RESOLUTION.c.canonical != RESOLUTION.c.node)
            .distinct()
        )
        return [row[0] for row in self._connection.execute(query)]

    def _composites_of(self, nodes: Sequence[int]) -> list[int]:
        found: list[int] = []
        for chunk in _chunks(nodes):
            query = select(PART.c.node).where(among(PART.c.of, chunk)).distinct()
            found.extend(row[0] for row in self._connection.execute(query))
        return found

    def _judge_group(self, seeds: Sequence[int]) -> list[int]:
        group = self._closure(seeds)
        keys, numbers = self._keys(group.nodes)
        names = {number: entity for entity, number in numbers.items()}
        resolution = resolve(
            keys,
            same=((names[a], names[b]) for a, b in group.same),
            named=((names[a], names[b]) for a, b in group.named),
        )
        moved = self._write(resolution, numbers)
        self._write_conflicts(resolution, numbers)
        for chunk in _chunks(sorted(group.nodes)):
            self._connection.execute(delete(SEED).where(among(SEED.c.node, chunk)))
        return moved

    def _closure(self, seeds: Sequence[int]) -> _Group:
        """Return all ids reached from the seeds over live claims of identity, with these claims."""
        group, frontier = _Group(), set(seeds)
        while frontier:
            group.nodes |= frontier
            reached: set[int] = set()
            for chunk in _chunks(sorted(frontier)):
                for subject, word, target in self._claims_at(chunk):
                    (group.same if word == SAME_AS_TERM else group.named).add((subject, target))
                    reached.update((subject, target))
            frontier = reached - group.nodes
        return group

    def _claims_at(self, nodes: Sequence[int]) -> Iterable[tuple[int, int, int]]:
        live = CLAIM.c.retracted_by.is_(None)
        columns = (STATEMENT.c.subject, STATEMENT.c.property, STATEMENT.c.target)
        for end in (STATEMENT.c.subject, STATEMENT.c.target):
            query = (
                select(*columns)
                .select_from(STATEMENT.join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim))
                .where(among(end, nodes), _IDENTITY, live)
                .distinct()
            )
            claims = self._connection.execute(query)
            yield from ((row.subject, row.property, row.target) for row in claims)
        for end in (CONGRUENT.c.node, CONGRUENT.c.other):
            pairs = self._connection.execute(select(CONGRUENT).where(among(end, nodes)))
            yield from ((row.node, SAME_AS_TERM, row.other) for row in pairs)

    def _keys(self, nodes: Iterable[int]) -> tuple[dict[EntityId, NaturalKey], dict[EntityId, int]]:
        keys: dict[EntityId, NaturalKey] = {}
        numbers: dict[EntityId, int] = {}
        for chunk in _chunks(sorted(nodes)):
            query = (
                select(NODE.c.id, NODE.c.entity, TERM.c.text, NODE.c.key, CONGRUENT.c.other)
                .outerjoin(TERM, TERM.c.id == NODE.c.scheme)
                .outerjoin(CONGRUENT, CONGRUENT.c.node == NODE.c.id)
                .where(among(NODE.c.id, chunk))
            )
            for number, entity, scheme, key, meant in self._connection.execute(query):
                identifier = EntityId(entity)
                numbers[identifier] = number
                # A key that means another one must never be canonical: it may outlive the records that made it.
                rank = self._ranks.get(scheme, LAST_RANK) if meant is None else LAST_RANK + 1
                keys[identifier] = NaturalKey(rank, scheme or "", key or entity)
        return keys, numbers

    def _write(self, resolution: Resolution, numbers: Mapping[EntityId, int]) -> list[int]:
        """Store what changed; an id that was never united with another needs no row."""
        before: dict[int, int] = {}
        for chunk in _chunks(sorted(numbers.values())):
            query = select(RESOLUTION.c.node, RESOLUTION.c.canonical).where(among(RESOLUTION.c.node, chunk))
            before.update((node, canonical) for node, canonical in self._connection.execute(query))
        after = {numbers[entity]: numbers[to] for entity, to in resolution.canonical.items()}
        joined = {canonical for node, canonical in after.items() if canonical != node}
        moved = [node for node, canonical in sorted(after.items()) if before.get(node, node) != canonical]
        fresh = {node for node in joined if node not in before}
        # What others leave must be computed again too, even where nobody speaks of it any more.
        left = {before[node] for node in moved if node in before}
        for chunk in _chunks(sorted(left)):
            self._connection.execute(
                update(RESOLUTION).where(among(RESOLUTION.c.node, chunk)).values(changed_at=self._head)
            )
        rows = [{"node": node, "canonical": after[node], "changed_at": self._head} for node in sorted({*moved, *fresh})]
        upsert(self._connection, RESOLUTION, rows)
        return moved

    def _write_conflicts(self, resolution: Resolution, numbers: Mapping[EntityId, int]) -> None:
        for chunk in _chunks(sorted(numbers.values())):
            self._connection.execute(delete(CONFLICT).where(among(CONFLICT.c.left, chunk)))
        rows = [{"left": numbers[c.left], "right": numbers[c.right], "reason": c.reason} for c in resolution.conflicts]
        upsert(self._connection, CONFLICT, rows)

    def _renew(self, composites: Sequence[int]) -> None:
        """Say anew what composite keys mean, and judge again those that mean another id than before."""
        for chunk in _chunks(sorted(set(composites))):
            meant = self._meant(chunk)
            query = select(CONGRUENT.c.node, CONGRUENT.c.other).where(among(CONGRUENT.c.node, chunk))
            before = {row.node: row.other for row in self._connection.execute(query)}
            changed = [node for node in chunk if before.get(node) != meant.get(node)]
            self._connection.execute(delete(CONGRUENT).where(among(CONGRUENT.c.node, changed)))
            rows = [{"node": node, "other": meant[node]} for node in changed if node in meant]
            upsert(self._connection, CONGRUENT, rows)
            again = {*changed, *(before[node] for node in changed if node in before)}
            upsert(self._connection, SEED, [{"node": node} for node in sorted(again)])

    def _meant(self, composites: Sequence[int]) -> dict[int, int]:
        """Return the id that each composite key makes with the canonical ids of its parts, where that is another."""
        of, to = NODE.alias(), NODE.alias()
        canonical: dict[str, str] = {}
        query = (
            select(of.c.entity, to.c.entity)
            .select_from(PART)
            .join(RESOLUTION, RESOLUTION.c.node == PART.c.of)
            .join(of, of.c.id == PART.c.of)
            .join(to, to.c.id == RESOLUTION.c.canonical)
            .where(among(PART.c.node, composites))
        )
        canonical.update((entity, target) for entity, target in self._connection.execute(query))
        meant: dict[int, EntityId] = {}
        keys: dict[str, tuple[str, str]] = {}
        rows = select(NODE.c.id, NODE.c.entity, TERM.c.text, NODE.c.key).join(TERM, TERM.c.id == NODE.c.scheme)
        for number, entity, scheme, key in self._connection.execute(rows.where(among(NODE.c.id, composites))):
            parts = key.split(PART_MARK)
            new = PART_MARK.join(
                REFERENCE + canonical.get(part[1:], part[1:]) if part.startswith(REFERENCE) else part for part in parts
            )
            if new != key:
                meant[number] = entity_id(class_of(EntityId(entity)), scheme, new)
                keys[meant[number]] = (scheme, new)
        numbers = self._nodes.numbers(self._connection, meant.values(), keys)
        return {node: numbers[other] for node, other in meant.items()}


def _chunks(items: Sequence[int]) -> Iterable[Sequence[int]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
