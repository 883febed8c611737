"""Counts and digests of everything, kept until something changes: each takes a pass over its store."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.services import Services
from graph.store import GraphCounts
from ingest.journal.facts import LedgerCounts

KEPT_SECONDS = 60.0
"""How long an answer serves while no store has moved: settling quarantine moves none, and is seen after this."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much there is, and a digest of each store."""

    ledger: LedgerCounts
    graph: GraphCounts
    documents: Mapping[str, int]
    digests: Mapping[str, str]


@dataclass(slots=True)
class StatisticsKeeper:
    """Takes statistics once for many who ask: whoever asks meanwhile waits for the same answer."""

    services: Services
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _kept: Statistics | None = None
    _positions: tuple[int, int, int] = (-1, -1, -1)
    _taken_at: float = float("-inf")

    async def current(self) -> Statistics:
        """Return the statistics of now; kept ones only where no store has moved since."""
        async with self._lock:
            positions = await self._read_positions()
            if self._kept is None or positions != self._positions or self._age() > KEPT_SECONDS:
                self._kept, self._positions, self._taken_at = await self._take(), positions, time.monotonic()
            return self._kept

    def _age(self) -> float:
        return time.monotonic() - self._taken_at

    async def _read_positions(self) -> tuple[int, int, int]:
        services = self.services
        return (
            await services.ledger.head(),
            await services.graph_writer.checkpoint(),
            await services.search_writer.checkpoint(),
        )

    async def _take(self) -> Statistics:
        services = self.services
        ledger, graph, documents, ledger_digest, graph_digest, search_digest = await asyncio.gather(
            services.ledger.counts(),
            services.graph.counts(),
            services.search.counts(),
            services.ledger.digest(),
            services.graph.digest(),
            services.search.digest(),
        )
        digests = {"ledger": ledger_digest, "graph": graph_digest, "search": search_digest}
        return Statistics(ledger, graph, documents, digests)
