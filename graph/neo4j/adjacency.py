"""Cypher over what lies around entities: filters, counts, pages in order, batches for algorithms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.checks import DATE_END, periods
from graph.neo4j.names import ENTITY, label, original, quoted, token
from graph.neo4j.server import Parameter, Transaction, version_clause
from graph.store import EVERYTHING, Direction, RelationFilter
from graph.walk import Request, Step, Surroundings
from ontology.model import EntityId

DEGREE = "COUNT {{ ({0})-->() }} + COUNT {{ ({0})<--() }}"
"""Relations of a node, a loop twice; both are read from its degree store, not walked."""

DIRECTIONS = (Direction.IN, Direction.OUT)
"""Direction by the number that queries order by."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A filter as pieces of Cypher: relations `r` of node `n` to node `o`, with direction number `d`."""

    matches: Sequence[str]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def union(self, columns: str) -> str:
        """Return a subquery over all passing relations of `n`; `columns` may use `r`, `o` and gets `d` besides."""
        parts = [
            f"{match} RETURN {columns}, {number} AS d"
            for match, number in zip(self.matches, (0, 1), strict=True)
            if match
        ]
        return "CALL (n) { " + " UNION ALL ".join(parts) + " }"


def pattern(where: RelationFilter, exempt: Sequence[EntityId] = ()) -> Pattern:
    """Return the pattern of a filter; `exempt` ids pass its class and synthetic parts."""
    types = "" if not where.types else ":" + "|".join(quoted(token(name)) for name in sorted(where.types))
    conditions, parameters = _date_conditions(where)
    ends = []
    if where.classes:
        ends.append("o:" + "|".join(quoted(label(name)) for name in sorted(where.classes)))
    if not where.synthetic:
        ends.append("NOT o._synthetic")
    if ends:
        condition = " AND ".join(f"({end})" for end in ends)
        if exempt:
            condition = f"(({condition}) OR o.id IN $exempt)"
            parameters["exempt"] = [*sorted(exempt)]
        conditions.append(condition)
    # Only visible entities have relationships: those that wait for their end are nodes of their own.
    suffix = " WHERE " + " AND ".join(conditions) if conditions else ""
    inward = f"MATCH (n)<-[r{types}]-(o){suffix}" if where.direction is not Direction.OUT else ""
    outward = f"MATCH (n)-[r{types}]->(o){suffix}" if where.direction is not Direction.IN else ""
    return Pattern((inward, outward), parameters)


def _date_conditions(where: RelationFilter) -> tuple[list[str], dict[str, Parameter]]:
    conditions: list[str] = []
    parameters: dict[str, Parameter] = {}
    for number, (first, last) in enumerate(periods(where)):
        if last is not None:
            conditions.append(f"(r.valid_from IS NULL OR r.valid_from <= $last{number})")
            parameters[f"last{number}"] = last + DATE_END
        if first is not None:
            conditions.append(f"(r.valid_to IS NULL OR r.valid_to + '{DATE_END}' >= $first{number})")
            parameters[f"first{number}"] = first
    return conditions, parameters


async def surroundings(transaction: Transaction, request: Request) -> dict[EntityId, Surroundings]:
    """Answer an algorithm's request; ids that do not exist are missing."""
    ids: list[Parameter] = [*request.ids]
    head = f"{version_clause()} UNWIND $ids AS id MATCH (n:{ENTITY} {{id: id}})"
    degree = DEGREE.format("n")
    if not request.limit:
        rows = await transaction.rows(f"{head} RETURN id, {degree}, version", {"ids": ids})
        transaction.versions.update(row[2] for row in rows)
        return {EntityId(row[0]): Surroundings(row[1], ()) for row in rows}
    found = pattern(request.where, tuple(request.exempt))
    steps = found.union("type(r) AS t, o.id AS i")
    is_counted = request.totals and request.where != EVERYTHING
    if is_counted:
        inner = f"{steps} WITH t, d, i ORDER BY t, d, i RETURN count(*) AS total, collect([t, d, i])[..$limit] AS steps"
    else:
        inner = f"{steps} WITH t, d, i ORDER BY t, d, i LIMIT $limit RETURN collect([t, d, i]) AS steps"
    rows = await transaction.rows(
        f"{head} CALL (n) {{ {inner} }} RETURN id, {degree}, steps, {'total' if is_counted else '-1'}, version",
        {"ids": ids, "limit": request.limit, **found.parameters},
    )
    transaction.versions.update(row[4] for row in rows)
    return {
        EntityId(row[0]): Surroundings(
            row[1],
            [Step(original(t), DIRECTIONS[d], EntityId(i)) for t, d, i in row[2]],
            row[3] if is_counted else row[1] if request.totals else -1,
        )
        for row in rows
    }
