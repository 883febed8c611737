"""Time the embedded graph on a synthetic power-law graph: `python -m benchmarks.graph --nodes 100000 --edges 500000`.

Classes and relation types are those of registers; the number of relations pointing to an entity follows a power law
(the largest hub of 1M entities has about 1% of them). The same seed gives the same graph. Times are those of one
caller through the public interface, threads and all, in milliseconds, on pairs and entities drawn at random.
"""

import argparse
import asyncio
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from graph.embedded.store import open_graph
from graph.store import GraphBatch, GraphStore, GraphWriter, RelationFilter
from ontology.model import Entity, EntityId, RecordId, Relation

CLASSES = ("Enterprise", "Site", "Outlet", "Permit", "PermitLimit", "Inspection", "Penalty", "Region")
TYPES = ("about", "concerns", "hasOutlet", "hasPermit", "issuedBy", "locatedIn", "mentions", "operatedBy")
T = TypeVar("T")
DATASETS = ("synthetic-power-law",)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which graph to make; `skew` 3 puts half of all relations on 1/8 of the entities."""

    nodes: int
    edges: int
    skew: float = 3.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the result; milliseconds, and how many answers were cut by a limit.

    `cpu_p50` and `cpu_p95` are processor time, which other work on the machine does not lengthen much.
    """

    name: str
    runs: int
    p50: float
    p95: float
    p99: float
    slowest: float
    cpu_p50: float
    cpu_p95: float
    truncated: int


def entity_ids(shape: Shape) -> list[EntityId]:
    """Return the ids, classes in turn."""
    return [
        EntityId(f"{CLASSES[index % len(CLASSES)]}-{hashlib.sha256(str(index).encode()).hexdigest()[:20]}")
        for index in range(shape.nodes)
    ]


def by_rank(shape: Shape) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return entity numbers, the largest hub first."""
    return np.random.default_rng(shape.seed + 1).permutation(shape.nodes)


def synthetic_batches(shape: Shape, ids: Sequence[EntityId], size: int) -> Iterator[GraphBatch]:
    """Yield the graph in batches of `size` entities with their outgoing relations."""
    random = np.random.default_rng(shape.seed)
    sources = np.sort(random.integers(0, shape.nodes, shape.edges))
    ranks = np.minimum((shape.nodes * random.random(shape.edges) ** shape.skew).astype(np.int64), shape.nodes - 1)
    targets = by_rank(shape)[ranks]
    types = random.integers(0, len(TYPES), shape.edges)
    years = random.integers(2000, 2025, shape.edges)
    starts = np.searchsorted(sources, np.arange(0, shape.nodes + size, size))
    for number, first in enumerate(range(0, shape.nodes, size)):
        part = slice(starts[number], starts[number + 1])
        found = {}
        columns = (sources[part].tolist(), types[part].tolist(), targets[part].tolist(), years[part].tolist())
        for source, type_number, target, year in zip(*columns, strict=True):
            found[source, type_number, target] = Relation(
                source=ids[source],
                type=TYPES[type_number],
                target=ids[target],
                valid_from=str(year),
                records=(RecordId(f"{source:016x}"),),
                record_count=1,
            )
        last = min(first + size, shape.nodes)
        yield GraphBatch(
            entities=[made_entity(index, ids[index]) for index in range(first, last)],
            relations=list(found.values()),
            checkpoint=last,
        )


def made_entity(index: int, identifier: EntityId) -> Entity:
    """Return one entity with a few facts."""
    return Entity(
        id=identifier,
        class_name=CLASSES[index % len(CLASSES)],
        label=f"企业 {index}",
        properties={"name": (f"企业 {index}",), "code": (f"{index:018}",), "area": (float(index % 97),)},
        datasets=DATASETS,
        synthetic=index % 10 == 0,
    )


async def timed(name: str, items: Sequence[T], call: Callable[[T], Awaitable[object]], *, warm_up: int = 5) -> Measure:
    """Await the call for each item and return the spread of the times."""
    for item in items[:warm_up]:
        await call(item)
    times, processor, cut = [], [], 0
    for item in items:
        start, begun = time.perf_counter(), time.process_time()
        answer = await call(item)
        times.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - begun) * 1000)
        cut += bool(getattr(answer, "truncated", False))
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    cpu_p50, cpu_p95 = np.percentile(processor, (50, 95))
    return Measure(
        name, len(times), float(p50), float(p95), float(p99), max(times), float(cpu_p50), float(cpu_p95), cut
    )


async def read_measures(store: GraphStore, ids: Sequence[EntityId], hub: EntityId, runs: int) -> list[Measure]:
    """Time every kind of read."""
    random = np.random.default_rng(7)
    picked = [ids[index] for index in random.integers(0, len(ids), runs).tolist()]
    pairs = [(ids[a], ids[b]) for a, b in random.integers(0, len(ids), (runs, 2)).tolist() if a != b]
    real_sites = RelationFilter(classes=frozenset(["Site"]), synthetic=False)
    dated = RelationFilter(as_of="2012-06-30")
    hubs = [hub] * max(20, runs // 10)
    return [
        await timed("entity", picked, store.entity),
        await timed("neighbours", picked, store.neighbours),
        await timed("neighbours of the largest hub", hubs, store.neighbours),
        await timed("… real sites only", hubs, partial(store.neighbours, where=real_sites)),
        await timed("… as of a day", hubs, partial(store.neighbours, where=dated)),
        await timed("neighbour_counts", picked, store.neighbour_counts),
        await timed("neighbour_counts of the hub", hubs, store.neighbour_counts),
        await timed("expand, depth 1", picked, lambda one: store.expand([one])),
        await timed("expand, depth 2", picked, lambda one: store.expand([one], depth=2)),
        await timed("expand the hub, depth 2", hubs, lambda one: store.expand([one], depth=2)),
        await timed("paths, up to 6 hops", pairs, lambda pair: store.paths(*pair)),
        await timed("paths, one, no penalty", pairs, lambda pair: store.paths(*pair, count=1, hub_penalty=0.0)),
        await timed("paths to the hub", picked[: len(hubs)], lambda one: store.paths(one, hub)),
        await timed("paths, as of a day", pairs[: len(hubs)], lambda pair: store.paths(*pair, where=dated)),
        await timed("aggregate", ["area"] * 3, partial(store.aggregate, "Region"), warm_up=0),
        await timed("counts", hubs, lambda _: store.counts()),
    ]


async def load(writer: GraphWriter, batches: Iterator[GraphBatch]) -> tuple[float, float]:
    """Apply all batches and return the seconds spent in the engine alone, by the clock and of processor time."""
    spent = processor = 0.0
    for batch in batches:
        start, begun = time.perf_counter(), time.process_time()
        await writer.apply(batch)
        spent += time.perf_counter() - start
        processor += time.process_time() - begun
    return spent, processor


async def measured(shape: Shape, path: Path, *, batch: int, runs: int) -> dict[str, object]:
    """Load the graph into `path`, unless it holds one already, and time reads; returns all figures."""
    ids = entity_ids(shape)
    with open_graph(path) as graph:
        seconds = processor = 0.0
        if await graph.writer.checkpoint() < shape.nodes:
            seconds, processor = await load(graph.writer, synthetic_batches(shape, ids, batch))
        counts = await graph.store.counts()
        hub = ids[int(by_rank(shape)[0])]
        measures = await read_measures(graph.store, ids, hub, runs)
        degree = sum(count.count for count in await graph.store.neighbour_counts(hub))
    return {
        "nodes": sum(counts.entities.values()),
        "edges": sum(counts.relations.values()),
        "largest_hub": degree,
        "load_seconds": round(seconds, 1),
        "load_cpu_seconds": round(processor, 1),
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "reads": [asdict(measure) for measure in measures],
    }


def show(figures: dict[str, object], console: Console) -> None:
    """Print the figures as tables."""
    reads = figures["reads"]
    console.print("  ".join(f"{name} [bold]{value}[/]" for name, value in figures.items() if name != "reads"))
    table = Table("read", "runs", "p50 ms", "p95 ms", "p99 ms", "slowest ms", "cpu p50", "cpu p95", "truncated")
    for read in reads if isinstance(reads, list) else []:
        times = [f"{read[name]:.2f}" for name in ("p50", "p95", "p99", "slowest", "cpu_p50", "cpu_p95")]
        table.add_row(read["name"], str(read["runs"]), *times, str(read["truncated"]))
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.graph", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=500_000)
    parser.add_argument("--batch", type=int, default=20_000, help="entities a batch")
    parser.add_argument("--runs", type=int, default=300, help="calls of each read")
    parser.add_argument("--file", type=Path, help="graph file to keep, and to use again if it is filled")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "graph.sqlite"
        shape = Shape(options.nodes, options.edges)
        figures = asyncio.run(measured(shape, path, batch=options.batch, runs=options.runs))
    show(figures, Console())
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
