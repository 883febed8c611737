"""The composition root: the only place that names an engine and puts one behind each seam.

async with open_services(settings) as services:
    await services.graph.entity(...)
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy import Engine

from api.names import RegisterNames
from api.reading import Extract, Reader
from api.settings import EMBEDDED, Settings
from graph.cypher import CypherReader
from graph.store import GraphStore, GraphWriter
from ingest.journal.connection import open_database
from ingest.ledger import Ledger, open_ledger
from ontology.errors import EngineMisconfigured
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
    reader: Reader
    """Reads texts; models and names are loaded at the first one."""


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Open ledger, graph and search as the settings say, and close them at the end, also after an error.

    The home folder is made when it is missing. Raises `EngineError` for an engine that cannot be used.
    """
    make_home(settings)
    async with AsyncExitStack() as stack:
        schema = await asyncio.to_thread(load_schema)
        ledger = await stack.enter_async_context(open_ledger(settings.ledger_url))
        graph, graph_writer, cypher = await _open_graph(settings, schema=schema, stack=stack)
        search, search_writer = await _open_search(settings, stack=stack)
        reader = _reader(settings, ledger.database)
        yield Services(settings, schema, ledger, graph, graph_writer, search, search_writer, cypher, reader)


@contextmanager
def open_reader(settings: Settings) -> Iterator[Reader]:
    """Open what reading texts needs, the ledger alone, and close it at the end. Blocks.

    The home folder is made when it is missing; an empty ledger links nothing. Raises `EngineError`.
    """
    make_home(settings)
    database = open_database(settings.ledger_url)
    try:
        yield _reader(settings, database)
    finally:
        database.dispose()


def _reader(settings: Settings, ledger: Engine) -> Reader:
    names = RegisterNames(ledger, settings.home / "names")
    return Reader(_extractor, names.linker)


def _extractor() -> Extract:
    """Return the pipeline without the linker, which needs the register as it is at each text."""
    from nlp.pipeline import build, read

    pipeline = build()
    return lambda texts, written: list(read(pipeline, texts, written=written))


def make_home(settings: Settings) -> None:
    """Make the home folder where it is missing. Raises `EngineMisconfigured` where it cannot be made."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise EngineMisconfigured(
            f"the home folder {settings.home} cannot be made: {error.strerror}",
            engine="home",
            remedy="Set ECOGRAPH_HOME to a folder that you may write.",
        ) from error


async def _open_graph(
    settings: Settings, *, schema: Schema, stack: AsyncExitStack
) -> tuple[GraphStore, GraphWriter, CypherReader | None]:
    if settings.graph != EMBEDDED:
        return await _open_neo4j(settings, schema=schema, stack=stack)
    from graph.embedded.store import open_graph

    opened = await asyncio.to_thread(open_graph, settings.graph_file)
    stack.callback(opened.close)
    return opened.store, opened.writer, None


async def _open_neo4j(
    settings: Settings, *, schema: Schema, stack: AsyncExitStack
) -> tuple[GraphStore, GraphWriter, CypherReader]:
    from graph.neo4j.store import open_graph

    if settings.graph_password is None:
        raise EngineMisconfigured(
            "the graph server needs a password", engine="neo4j", remedy="Set ECOGRAPH_GRAPH_PASSWORD."
        )
    opened = await open_graph(
        settings.graph,
        user=settings.graph_user,
        password=settings.graph_password.get_secret_value(),
        database=settings.graph_database,
        classes=schema.classes,
    )
    stack.push_async_callback(opened.close)
    return opened.store, opened.writer, opened.cypher


async def _open_search(settings: Settings, *, stack: AsyncExitStack) -> tuple[SearchIndex, SearchWriter]:
    if settings.search != EMBEDDED:
        return await _open_elastic(settings, stack=stack)
    from search.embedded.index import open_index
    from search.embedded.writer import open_writer

    index = await asyncio.to_thread(open_index, settings.search_folder)
    stack.push_async_callback(index.close)
    writer = await asyncio.to_thread(open_writer, settings.search_folder)
    stack.push_async_callback(writer.close)
    return index, writer


async def _open_elastic(settings: Settings, *, stack: AsyncExitStack) -> tuple[SearchIndex, SearchWriter]:
    from search.elastic.index import open_search

    index, writer = open_search(
        settings.search,
        alias=settings.search_index,
        user=settings.search_user,
        password=_secret(settings.search_password),
        api_key=_secret(settings.search_api_key),
        shards=settings.search_shards,
    )
    stack.push_async_callback(index.close)
    return index, writer


def _secret(kept: SecretStr | None) -> str | None:
    return None if kept is None else kept.get_secret_value()
