"""Read-only Cypher for experts, guarded: explained first, refused if it could write or reach outside the graph."""

from collections.abc import Iterator, Mapping
from typing import cast

import neo4j
from neo4j.graph import Node, Path, Relationship

from graph.cypher import Cell, CypherTable
from graph.neo4j.faults import ENGINE, translating_query
from graph.neo4j.server import Neo4jServer
from ontology.errors import EngineUnavailable, InvalidQuery

PROCEDURES = frozenset(
    {
        "db.labels",
        "db.propertyKeys",
        "db.relationshipTypes",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.schema.visualization",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.index.vector.queryNodes",
    }
)
"""Procedures that only read the graph; every other one is refused."""


class Neo4jCypherReader:
    """`CypherReader` on a Neo4j server."""

    def __init__(self, server: Neo4jServer) -> None:
        self._server = server

    async def run(self, query: str, *, parameters: Mapping[str, Cell], limit: int, seconds: float) -> CypherTable:
        """Run a query in a read transaction: at most `limit` rows, at most `seconds`."""
        session = self._server.driver.session(
            database=self._server.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=min(limit + 1, 1000)
        )
        with translating_query():
            try:
                async with session, await session.begin_transaction(timeout=seconds) as transaction:
                    explained = await transaction.run(f"EXPLAIN {query}", dict(parameters))
                    check_plan(await explained.consume())
                    result = await transaction.run(query, dict(parameters))
                    records = await result.fetch(limit + 1)
            except neo4j.exceptions.Neo4jError as exc:
                if (exc.code or "").startswith("Neo.ClientError.Transaction.TransactionTimedOut"):
                    raise EngineUnavailable(
                        f"the query took longer than {seconds:g} seconds", engine=ENGINE, remedy="Ask for less."
                    ) from exc
                raise
        rows = [[cell(value) for value in record] for record in records[:limit]]
        return CypherTable(columns=tuple(result.keys()), rows=rows, truncated=len(records) > limit)


def check_plan(summary: neo4j.ResultSummary) -> None:
    """Raise `InvalidQuery` unless an explained query reads the graph and nothing else."""
    if summary.query_type != "r":
        raise InvalidQuery("the query would write", remedy="Only queries that read are run here.")
    if summary.plan is None:
        raise InvalidQuery("the query cannot be explained", remedy="Leave out EXPLAIN and PROFILE.")
    for operator, details in operators(summary.plan):
        if operator.startswith("ProcedureCall"):
            if details.partition("(")[0].strip() not in PROCEDURES:
                raise InvalidQuery(f"the procedure {details.partition('(')[0]!r} is not allowed here")
        elif operator.startswith(("LoadCSV", "Show", "Terminate")):
            raise InvalidQuery(f"{operator} is not allowed here", remedy="Ask only for what is in the graph.")


def operators(plan: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Return (operator, details) of every step of a plan."""
    arguments = cast("Mapping[str, object]", plan.get("args") or {})
    yield str(plan.get("operatorType", "")).partition("@")[0], str(arguments.get("Details", ""))
    for child in cast("list[Mapping[str, object]]", plan.get("children") or []):
        yield from operators(child)


def cell(value: object) -> Cell:
    """Return a value of a row as plain data; dates and points as texts."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Node):
        properties = {name: cell(one) for name, one in value.items()}
        return {"id": value.element_id, "labels": sorted(value.labels), "properties": properties}
    if isinstance(value, Relationship):
        ends = {name: node.element_id for name, node in zip(("start", "end"), value.nodes, strict=True) if node}
        properties = {name: cell(one) for name, one in value.items()}
        return {"id": value.element_id, "type": value.type, **ends, "properties": properties}
    if isinstance(value, Path):
        return {
            "nodes": [cell(node) for node in value.nodes],
            "relationships": [cell(one) for one in value.relationships],
        }
    if isinstance(value, Mapping):
        return {str(name): cell(one) for name, one in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "srid"):
        return [cell(one) for one in value]
    return str(value)
