"""Services that are opened when the application starts, and again and again while an engine is away."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from api.matching import RegisterMatcher, matcher_of
from api.provenance import DatasetTitles, Provenance
from api.services import Services, open_services
from api.settings import Settings
from api.statistics import StatisticsKeeper
from api.supervision import Supervision
from ontology.errors import EngineError, EngineUnavailable

log = logging.getLogger("ecograph.api")


@dataclass(frozen=True, slots=True)
class Opened:
    """The services and what is kept beside them for as long as they are open."""

    services: Services
    provenance: Provenance
    statistics: StatisticsKeeper
    matching: RegisterMatcher
    supervision: Supervision


@dataclass(slots=True)
class Opening:
    """Holds the services of one application: open, or the reason why not yet."""

    settings: Settings
    retry_seconds: float
    _opened: Opened | None = None
    _fault: EngineError = field(
        default_factory=lambda: EngineUnavailable("the service is starting", engine="api", remedy="Try again.")
    )
    _settled: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def current(self) -> Opened:
        """Return the services, or raise the `EngineError` that keeps them from opening."""
        if self._opened is None:
            raise self._fault.with_traceback(None)
        return self._opened

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open in the background while the context lasts; the first attempt is over when it is entered.

        A failure that is no engine's is raised here: waiting would not mend it.
        """
        task = asyncio.create_task(self._keep_open())
        settled = asyncio.create_task(self._settled.wait())
        await asyncio.wait({task, settled}, return_when=asyncio.FIRST_COMPLETED)
        settled.cancel()
        if task.done():
            await task
        try:
            yield
        finally:
            self._stopping.set()
            await task

    async def _keep_open(self) -> None:
        while not self._stopping.is_set():
            try:
                async with open_services(self.settings) as services:
                    provenance = Provenance(services.ledger, DatasetTitles(services.ledger))
                    matching = matcher_of(services)
                    supervision = Supervision(services.graph, services.graph_writer)
                    statistics = StatisticsKeeper(services)
                    self._opened = Opened(services, provenance, statistics, matching, supervision)
                    self._settled.set()
                    await self._stopping.wait()
                    self._opened = None
                    await matching.close()
            except EngineError as error:
                log.warning("the engines do not open: %s %s", error.message, error.remedy)
                self._fault = error
                self._settled.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self.retry_seconds)
