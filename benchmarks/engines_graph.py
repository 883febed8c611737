"""Time Neo4j through our store and through its own driver: `python -m benchmarks.engines_graph`.

The power-law graph of `benchmarks/graph.py`, loaded and asked three ways in one run, in turn call by call, so that what
else runs on the machine meets all of them alike. Without `--url` a server is started as the tests start theirs (needs
JDK 21 and Maven); it is emptied either way, so give no server whose graph you want to keep.

*driver* is what one would write without us: one managed transaction, the Cypher that answers the same question with
the same properties, rows left as they come. It makes no entities, checks no limit, and keeps no version, so it may see
half of a batch. *store* is our `GraphStore` on the server, *embedded* the SQLite file. In loading, *driver* sends rows
made before the clock started, by `UNWIND` in the store's sizes, entities first, and keeps neither digest nor
checkpoint and looks up nothing.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from neo4j import AsyncDriver, AsyncManagedTransaction, Record
from rich.console import Console
from rich.table import Table

from benchmarks.graph import CLASSES, Shape, entity_ids, load, synthetic_batches
from graph.embedded.store import open_graph as open_embedded
from graph.neo4j.names import ENTITY, label, token
from graph.neo4j.rows import node_properties, relationship_properties
from graph.neo4j.server import Parameter
from graph.neo4j.store import Neo4jGraph, open_graph
from graph.neo4j.writer import ROWS
from graph.store import GraphBatch, GraphStore
from ontology.model import EntityId
from tests.engines.servers import Neo4jServer

WAYS = ("driver", "store", "embedded")
Ask = Callable[[EntityId], Awaitable[object]]

NODE = "{id: o.id, class: o._class, label: o._label, facts: o._facts, datasets: o._datasets, synthetic: o._synthetic}"
LINK = "{from: r.valid_from, to: r.valid_to, records: r.records, count: r.record_count}"
QUERIES: Mapping[str, str] = {
    "entity": f"MATCH (o:{ENTITY} {{id: $id}}) RETURN {NODE}",
    "neighbour_counts": f"""
        MATCH (n:{ENTITY} {{id: $id}})-[r]-(o)
        RETURN type(r), startNode(r) = n, o._class, count(*)""",
    "neighbours": f"""
        MATCH (n:{ENTITY} {{id: $id}})
        CALL (n) {{
            MATCH (n)-[r]-(o) WITH n, r, o ORDER BY type(r), startNode(r) = n, o.id LIMIT 51
            RETURN collect([type(r), startNode(r) = n, {LINK}, {NODE}, COUNT {{ (o)--() }}]) AS page }}
        RETURN COUNT {{ (n)--() }}, page""",
    "expand, depth 1": f"""
        MATCH (n:{ENTITY} {{id: $id}})-[r]-(o) WITH n, r, o ORDER BY type(r), startNode(r) = n, o.id LIMIT 50
        RETURN type(r), startNode(r) = n, {LINK}, {NODE}""",
    "expand, depth 2": f"""
        MATCH (n:{ENTITY} {{id: $id}})
        CALL (n) {{ MATCH (n)-[r]-(m) RETURN r, m ORDER BY type(r), startNode(r) = n, m.id LIMIT 50 }}
        CALL (m) {{ MATCH (m)-[s]-(o) RETURN s, o ORDER BY type(s), startNode(s) = m, o.id LIMIT 50 }}
        WITH r, m, s, o LIMIT 500
        RETURN m.id, type(r), type(s), startNode(s) = m, {LINK}, {NODE}""",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One kind of call: medians in milliseconds by way, the 95th percentile of the store, and the ratio aimed at."""

    name: str
    p50: dict[str, float]
    store_p95: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Loading:
    """Seconds to load the whole graph each way."""

    driver: float
    store: float
    embedded: float


@contextmanager
def server_at(url: str | None, user: str, password: str) -> Iterator[tuple[str, str, str]]:
    """Yield address, user and password of a running server; one of our own ends with the context."""
    if url is not None:
        yield url, user, password
        return
    server = Neo4jServer()
    server.compiler = ()
    try:
        server.start()
        yield server.url, server.user, server.password
    finally:
        server.close()


async def load_by_driver(driver: AsyncDriver, batches: Sequence[GraphBatch]) -> float:
    """Create all nodes and then all relationships from rows that are ready; return the seconds."""
    nodes = [
        {"label": label(entity.class_name), "properties": node_properties(entity)}
        for batch in batches
        for entity in batch.entities
    ]
    links = [
        {
            "source": relation.source,
            "target": relation.target,
            "token": token(relation.type),
            "facts": relationship_properties(relation),
        }
        for batch in batches
        for relation in batch.relations
    ]
    create = f"UNWIND $rows AS row CREATE (n:{ENTITY}:$(row.label)) SET n = row.properties"
    join = f"""UNWIND $rows AS row MATCH (s:{ENTITY} {{id: row.source}}) MATCH (t:{ENTITY} {{id: row.target}})
               CREATE (s)-[r:$(row.token)]->(t) SET r = row.facts"""
    start = time.perf_counter()
    async with driver.session() as session:
        for query, rows in ((create, nodes), (join, links)):
            for first in range(0, len(rows), ROWS):
                await session.execute_write(_do, query, {"rows": [*rows[first : first + ROWS]]})
    return time.perf_counter() - start


async def _do(transaction: AsyncManagedTransaction, query: str, parameters: Mapping[str, Parameter]) -> list[Record]:
    result = await transaction.run(query, dict(parameters))
    return [record async for record in result]


def by_driver(driver: AsyncDriver, query: str) -> Ask:
    """Return a call that asks a query of the driver alone."""

    async def ask(entity: EntityId) -> object:
        async with driver.session() as session:
            return await session.execute_read(_do, query, {"id": entity})

    return ask


def by_store(store: GraphStore, ids: Sequence[EntityId]) -> dict[str, Ask]:
    """Return each kind of call through a store; paths lead to an entity chosen by the first one's place."""
    after = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
    return {
        "entity": store.entity,
        "neighbour_counts": store.neighbour_counts,
        "neighbours": store.neighbours,
        "expand, depth 1": lambda entity: store.expand([entity]),
        "expand, depth 2": lambda entity: store.expand([entity], depth=2),
        "paths, up to 6 hops": lambda entity: store.paths(entity, after[entity]),
    }


async def read(name: str, ids: Sequence[EntityId], ways: Mapping[str, Ask]) -> Reading:
    """Ask for every id every way, in turn, and return the medians."""
    for entity in ids[:20]:
        for ask in ways.values():
            await ask(entity)
    times: dict[str, list[float]] = {way: [] for way in ways}
    for at, entity in enumerate(ids):
        order = list(ways.items())
        for way, ask in order[at % len(order) :] + order[: at % len(order)]:
            start = time.perf_counter()
            await ask(entity)
            times[way].append((time.perf_counter() - start) * 1000)
    p50 = {way: float(np.median(found)) for way, found in times.items()}
    ratio = p50["store"] / p50["driver"] if "driver" in p50 else None
    return Reading(name, p50, float(np.percentile(times["store"], 95)), ratio)


async def measure(graph: Neo4jGraph, folder: Path, options: argparse.Namespace) -> tuple[list[Loading], list[Reading]]:
    """Load and ask, and return both tables' lines."""
    shape = Shape(options.nodes, options.edges)
    ids = entity_ids(shape)
    batches = list(synthetic_batches(shape, ids, options.batch))
    driver = graph.server.driver
    loaded = []
    with open_embedded(folder / "graph.sqlite") as embedded:
        for _ in range(options.rounds):
            await graph.writer.clear()
            by_hand = await load_by_driver(driver, batches)
            await graph.writer.clear()
            await embedded.writer.clear()
            through_us, _ = await load(graph.writer, iter(batches))
            in_file, _ = await load(embedded.writer, iter(batches))
            loaded.append(Loading(driver=by_hand, store=through_us, embedded=in_file))
        picked = [ids[at] for at in np.random.default_rng(7).choice(len(ids), options.runs, replace=False).tolist()]
        server, file = by_store(graph.store, picked), by_store(embedded.store, picked)
        found = []
        for name in server:
            ways = {"store": server[name], "embedded": file[name]}
            if name in QUERIES:
                ways = {"driver": by_driver(driver, QUERIES[name]), **ways}
            found.append(await read(name, picked, ways))
    return loaded, found


def loading_table(rows: int, found: Sequence[Loading]) -> Table:
    """Return the rates as a table."""
    made = Table(title="loading, entities and relations per second (aim: store at least 0.8 of driver)")
    for column in ("round", *WAYS, "store / driver"):
        made.add_column(column, justify="right")
    for at, each in enumerate(found, start=1):
        rates = (f"{rows / seconds:,.0f}" for seconds in (each.driver, each.store, each.embedded))
        made.add_row(str(at), *rates, f"{each.driver / each.store:.2f}")
    return made


def reading_table(found: Sequence[Reading]) -> Table:
    """Return the medians as a table."""
    made = Table(title="Neo4j: p50 in ms (aim: store at most 1.15 of driver)")
    made.add_column("read")
    for column in (*WAYS, "store p95", "store / driver"):
        made.add_column(column, justify="right")
    for each in found:
        times = (f"{each.p50[way]:.2f}" if way in each.p50 else "" for way in WAYS)
        made.add_row(each.name, *times, f"{each.store_p95:.2f}", "" if each.ratio is None else f"{each.ratio:.2f}")
    return made


async def run(address: tuple[str, str, str], options: argparse.Namespace) -> tuple[list[Loading], list[Reading]]:
    """Open the server's graph, measure, and leave it empty."""
    url, user, password = address
    async with await open_graph(url, user=user, password=password, classes=CLASSES) as graph:
        with tempfile.TemporaryDirectory() as folder:
            try:
                return await measure(graph, Path(folder), options)
            finally:
                await graph.writer.clear()


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--url", default=None, help="a running Neo4j 5.26 or newer, which is emptied; else one is started"
    )
    parser.add_argument("--user", default="neo4j")
    parser.add_argument("--password", default="")
    parser.add_argument("--nodes", type=int, default=20_000)
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=5_000, help="entities a batch")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3, help="times everything is loaded")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with server_at(options.url, options.user, options.password) as address:
        loaded, found = asyncio.run(run(address, options))
    if options.json:
        print(json.dumps({"loading": [asdict(each) for each in loaded], "reading": [asdict(each) for each in found]}))
        return 0
    console = Console(width=120)
    console.print(loading_table(options.nodes + options.edges, loaded))
    console.print(reading_table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
