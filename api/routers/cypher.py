"""`/cypher`: questions that no other request can ask, on engines that speak Cypher."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.dependencies import ServicesDep
from api.schemas.graph import CypherLimits, CypherShape
from ontology.errors import NotSupported

router = APIRouter(tags=["graph"])

MAX_ROWS = 1_000


class CypherQuestion(BaseModel):
    """A query that only reads, and the values it names with `$`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str = Field(
        min_length=1,
        max_length=20_000,
        examples=["MATCH (s:Site)-[:operatedBy]->(e) RETURN e.label, count(s) LIMIT 10"],
    )
    parameters: dict[str, JsonValue] = Field(default={}, examples=[{"code": "91310000132261800D"}])
    limit: int = Field(default=100, ge=1, le=MAX_ROWS, description="Rows at most.")


@router.post("/cypher", summary="A read-only Cypher query (graph engine neo4j)")
async def post_cypher(services: ServicesDep, asked: CypherQuestion) -> CypherShape:
    """Run a query in a read transaction with limits of time and rows; 501 where the graph engine has no Cypher."""
    if services.cypher is None:
        raise NotSupported(
            "the embedded graph has no Cypher; /expand and /paths answer most questions on every engine",
            remedy="Set ECOGRAPH_GRAPH to a neo4j:// address and run `ecograph rebuild --graph`.",
        )
    seconds = services.settings.timeout_seconds
    table = await services.cypher.run(
        asked.query, parameters=asked.parameters, limit=asked.limit, seconds=seconds * 0.9
    )
    return CypherShape(
        columns=tuple(table.columns),
        rows=tuple(tuple(row) for row in table.rows),
        truncated=table.truncated,
        limits=CypherLimits(limit=asked.limit, seconds=seconds),
    )
