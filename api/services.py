"""The composition root: the only place that names an engine and puts one behind each seam.

    async with open_services(settings) as services:
        await services.graph.entity(...)
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from api.settings import EMBEDDED, Settings
from graph.embedded.store import open_graph
from graph.store import GraphStore, GraphWriter
from ingest.ledger import Ledger, open_ledger
from ontology.errors import NotSupported
from ontology.schema import Schema, load_schema
from search.embedded.index import open_index
from search.index import SearchIndex, SearchWriter


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a command or a request may use, opened and ready."""

    settings: Settings
    schema: Schema
    ledger: Ledger
    graph: GraphStore
    graph_writer: GraphWriter
    search: SearchIndex
    search_writer: SearchWriter


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open ledger, graph and search as the settings say, and close them at the end, also after an error.

    The home folder is made when it is missing. Raises `EngineError` for an engine that cannot be used.
    """
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    async with AsyncExitStack() as stack:
        ledger = await stack.enter_async_context(open_ledger(settings.ledger_url))
        graph = await stack.enter_async_context(_open_graph(settings))
        search = await stack.enter_async_context(_open_search(settings))
        yield Services(
            settings=settings,
            schema=load_schema(),
            ledger=ledger,
            graph=graph,
            graph_writer=graph,
            search=search,
            search_writer=search,
        )
