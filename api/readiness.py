"""Whether each engine answers, and how far each projection is behind the ledger."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from api.services import Services
from api.settings import EMBEDDED
from ontology.errors import EcographError


@dataclass(frozen=True, slots=True)
class EngineState:
    """One engine: ready or not, and why. `lag` counts ledger entries its projection has not seen, None if unknown."""

    name: str
    engine: str
    ready: bool
    detail: str | None = None
    remedy: str | None = None
    lag: int | None = None


def engine_name(address: str) -> str:
    """Return what to call the engine at an address: never the address itself, which may hold a password."""
    return address if address == EMBEDDED else address.partition(":")[0]


async def engine_states(services: Services) -> tuple[EngineState, ...]:
    """Ask ledger, graph and search in turn; an engine that fails is reported, never raised."""
    settings = services.settings
    head = 0

    async def ask_ledger() -> int | None:
        nonlocal head
        head = await services.ledger.head()
        return None

    async def ask_graph() -> int | None:
        await services.graph.entities([])
        return max(0, head - await services.graph_writer.checkpoint())

    async def ask_search() -> int | None:
        await services.search.counts()
        return max(0, head - await services.search_writer.checkpoint())

    return (
        await _state("ledger", engine_name(settings.ledger), ask=ask_ledger),
        await _state("graph", engine_name(settings.graph), ask=ask_graph),
        await _state("search", engine_name(settings.search), ask=ask_search),
    )


async def _state(name: str, engine: str, *, ask: Callable[[], Awaitable[int | None]]) -> EngineState:
    try:
        return EngineState(name, engine, ready=True, lag=await ask())
    except EcographError as error:
        return EngineState(name, engine, ready=False, detail=error.message, remedy=error.remedy or None)
