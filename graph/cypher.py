"""The seam for experts who write Cypher: only engines that speak it offer this, so it is no part of `GraphStore`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Cell = str | float | bool | None | Sequence["Cell"] | Mapping[str, "Cell"]
"""What a row holds: plain values, lists and maps; nodes and relationships come as maps with `id` and `properties`."""


@dataclass(frozen=True, slots=True)
class CypherTable:
    """The answer to a query. `truncated` is True when there were more rows than asked for."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    truncated: bool = False


class CypherReader(Protocol):
    """Runs queries that only read. Raises `InvalidQuery` for a query that is faulty or would write."""

    async def run(self, query: str, *, parameters: Mapping[str, Cell], limit: int, seconds: float) -> CypherTable:
        """Run a query in a read transaction: at most `limit` rows, at most `seconds`.

        The query is explained first, and refused when its plan writes or calls a procedure that may. Raises
        `EngineUnavailable` when the time is over.
        """
        ...
