"""The composition root: the only place that names an engine and puts one behind each seam.

async with open_services(settings) as services:
    await services.graph.entity(...)
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from api.settings import EMBEDDED, Settings
from graph.cypher import CypherReader
from graph.store import GraphStore, GraphWriter
from ingest.ledger import Ledger, open_ledger
from ontology.errors import EngineMisconfigured, NotSupported
from ontology.schema import Schema, load_schema
from search.index import SearchIndex, SearchWriter


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a command or a request may use, opened and ready.

    The writers take no lock before their first use, so any number of processes may hold services.
    """

    settings: Settings
    schema: Schema
    ledger: Ledger
    graph: GraphStore
    graph_writer: GraphWriter
    search: SearchIndex
    search_writer: SearchWriter
    cypher: CypherReader | None
    """None where the graph engine does not speak Cypher."""


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open ledger, graph and search as the settings say, and close them at the end, also after an error.

    The home folder is made when it is missing. Raises `EngineError` for an engine that cannot be used.
    """
    _make_home(settings)
    async with AsyncExitStack() as stack:
        schema = await asyncio.to_thread(load_schema)
        ledger = await stack.enter_async_context(open_ledger(settings.ledger_url))
        graph, graph_writer = await _open_graph(settings, stack=stack)
        search, search_writer = await _open_search(settings, stack=stack)
        yield Services(settings, schema, ledger, graph, graph_writer, search, search_writer, cypher=None)


def _make_home(settings: Settings) -> None:
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise EngineMisconfigured(
            f"the home folder {settings.home} cannot be made: {error.strerror}",
            engine="home",
            remedy="Set ECOGRAPH_HOME to a folder that you may write.",
        ) from error


async def _open_graph(settings: Settings, *, stack: AsyncExitStack) -> tuple[GraphStore, GraphWriter]:
    if settings.graph != EMBEDDED:
        raise NotSupported(f"the graph engine of {settings.graph!r} is not part of this version")
    from graph.embedded.store import open_graph

    opened = await asyncio.to_thread(open_graph, settings.graph_file)
    stack.callback(opened.close)
    return opened.store, opened.writer


async def _open_search(settings: Settings, *, stack: AsyncExitStack) -> tuple[SearchIndex, SearchWriter]:
    if settings.search != EMBEDDED:
        return _open_elastic(settings, stack=stack)
    from search.embedded.index import open_index
    from search.embedded.writer import open_writer

    index = await asyncio.to_thread(open_index, settings.search_folder)
    stack.push_async_callback(index.close)
    writer = await asyncio.to_thread(open_writer, settings.search_folder)
    stack.push_async_callback(writer.close)
    return index, writer


def _open_elastic(settings: Settings, *, stack: AsyncExitStack) -> tuple[SearchIndex, SearchWriter]:
    """Return index and writer on the search server; it is asked nothing before the first use."""
    from search.elastic.index import open_search

    password, api_key = settings.search_password, settings.search_api_key
    index, writer = open_search(
        settings.search,
        alias=settings.search_index,
        user=settings.search_user,
        password=password.get_secret_value() if password else None,
        api_key=api_key.get_secret_value() if api_key else None,
    )
    stack.push_async_callback(index.close)
    return index, writer
