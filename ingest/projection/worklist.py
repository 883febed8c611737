"""Which entities a projection must compute again, and in which order."""

from collections.abc import Mapping, Sequence
from typing import Final

import networkx
from sqlalchemy import ColumnElement, Connection, Select, case, delete, func, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from ingest.journal.tables import CLAIM, LAST_IDENTITY_TERM, NODE, PROJECTED, RESOLUTION, STATEMENT, TERM, WORK
from ingest.projection.position import among
from ontology.schema import Schema

REMOVED: Final = -1
"""The rank of ids that are another entity now: whatever stood under them goes."""
AGAIN: Final = 30_000
"""The rank of entities of which only the document is computed, after all others."""


def class_ranks(schema: Schema) -> Mapping[str, int]:
    """Return how far each class is from what it hangs on: limit 3, outlet 2, site 1, enterprise 0.

    Relations point from the dependent thing to the thing it hangs on, so a thing's document can name its owners once
    these are computed. Classes that hang on one another, by whatever way round, have one rank.
    """
    hangs_on = {
        name: {
            below
            for relation in schema.relations_from(name)
            for end in relation.ranges
            for below in schema.subclasses(end)
        }
        for name in sorted(schema.classes)
    }
    order = _components(hangs_on)
    ranks: dict[str, int] = {}
    for together in order:
        below = {target for name in together for target in hangs_on[name]} - together
        depth = max((ranks[target] + 1 for target in below), default=0)
        ranks.update(dict.fromkeys(together, depth))
    return ranks


def _components(hangs_on: Mapping[str, set[str]]) -> list[set[str]]:
    """Return the classes in groups that hang on one another, each group after those it hangs on."""
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(hangs_on)
    graph.add_edges_from((name, target) for name, targets in hangs_on.items() for target in targets)
    condensed = networkx.condensation(graph)
    return [set(condensed.nodes[group]["members"]) for group in reversed(list(networkx.topological_sort(condensed)))]


class Worklist:
    """The entities still to be computed, kept in the database: there may be millions."""

    def __init__(self, connection: Connection, ranks: Mapping[str, int]) -> None:
        self._connection = connection
        terms = connection.execute(select(TERM.c.id, TERM.c.text).where(TERM.c.text.in_(sorted(ranks))))
        whens = {number: ranks[word] for number, word in terms}
        self._rank: ColumnElement[int] = case(whens, value=NODE.c["class"], else_=0) if whens else literal(0)

    def fill(self, since: int) -> None:
        """Note everything that changed since a ledger position, in the statements or in what is one thing."""
        self._connection.execute(delete(WORK))
        recent = or_(CLAIM.c.seq > since, CLAIM.c.retracted_by > since)
        spoken = select(STATEMENT.c.subject).join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim).where(recent)
        self._note(spoken)
        if since == 0:
            return
        moved = select(RESOLUTION.c.node).where(RESOLUTION.c.changed_at > since)
        self._note(moved)
        self._note(self._sources(STATEMENT.c.target.in_(moved)))
        renamed = select(PROJECTED.c.node).where(PROJECTED.c.changed_at > since)
        self._note(self._sources(_end_in(renamed)))

    def _sources(self, where: ColumnElement[bool]) -> Select[int]:
        return (
            select(STATEMENT.c.subject)
            .join(CLAIM, CLAIM.c.seq == STATEMENT.c.claim)
            .where(where, CLAIM.c.retracted_by.is_(None), STATEMENT.c.property > LAST_IDENTITY_TERM)
        )

    def _note(self, query: Select[int]) -> None:
        """Add the entities that the ids of a query name now; ids that name another one are to be removed."""
        asked = query.distinct().subquery()
        node = asked.c[0]
        moved = select(node, literal(REMOVED)).join(RESOLUTION, RESOLUTION.c.node == node)
        self._insert(moved.where(RESOLUTION.c.canonical != node))
        canonical = func.coalesce(RESOLUTION.c.canonical, node)
        named = (
            select(canonical, self._rank)
            .select_from(asked)
            .outerjoin(RESOLUTION, RESOLUTION.c.node == node)
            .join(NODE, NODE.c.id == canonical)
            .distinct()
        )
        self._insert(named)

    def _insert(self, rows: Select[*tuple[int, ...]]) -> None:
        dialect = sqlite.insert if self._connection.dialect.name == "sqlite" else postgresql.insert
        # SQLite cannot tell the ON of a join from ON CONFLICT where the SELECT has no WHERE.
        fresh = dialect(WORK).from_select(["node", "rank"], rows.where(literal(1) == 1))
        self._connection.execute(fresh.on_conflict_do_nothing())

    def next(self, limit: int) -> tuple[int, Sequence[int]]:
        """Return the lowest rank left and up to `limit` entities of it, in order; nothing at the end."""
        first = self._connection.execute(select(WORK.c.rank).order_by(WORK.c.rank).limit(1)).scalar()
        if first is None:
            return 0, ()
        query = select(WORK.c.node).where(WORK.c.rank == first).order_by(WORK.c.node).limit(limit)
        return first, [row[0] for row in self._connection.execute(query)]

    def done(self, nodes: Sequence[int]) -> None:
        """Strike entities off."""
        self._connection.execute(delete(WORK).where(among(WORK.c.node, nodes)))

    def follow(self, nodes: Sequence[int], rank: int, *, all_noted: bool) -> None:
        """Add what points to entities whose label or owners changed, because its document repeats them.

        What comes later in order is computed then, unless `all_noted` says that it is noted anyway. What came before
        gets its document once more at the end.
        """
        sources = self._sources(_end_in(nodes)).distinct().subquery()
        canonical = func.coalesce(RESOLUTION.c.canonical, sources.c[0])
        own = self._rank
        found = (
            select(canonical.label("node"), own.label("rank"))
            .select_from(sources)
            .outerjoin(RESOLUTION, RESOLUTION.c.node == sources.c[0])
            .join(NODE, NODE.c.id == canonical)
            .distinct()
        )
        if not all_noted:
            self._insert(found.where(own > rank))
        self._insert(found.with_only_columns(canonical, literal(AGAIN)).where(own <= rank))


def _end_in(nodes: Sequence[int] | Select[int]) -> ColumnElement[bool]:
    """Tell whether a statement's target is one of these entities, under whichever of its ids."""
    direct: ColumnElement[bool]
    canonical: ColumnElement[bool]
    if isinstance(nodes, Select):
        direct, canonical = STATEMENT.c.target.in_(nodes), RESOLUTION.c.canonical.in_(nodes)
    else:
        direct, canonical = among(STATEMENT.c.target, nodes), among(RESOLUTION.c.canonical, nodes)
    return or_(direct, STATEMENT.c.target.in_(select(RESOLUTION.c.node).where(canonical)))
