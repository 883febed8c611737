"""`ecograph status` and `ecograph rebuild`: what there is, and making graph and search anew from the ledger."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from api.memory import return_freed_memory
from api.terminal import out, run, settings_of

if TYPE_CHECKING:
    from api.services import Services
    from api.settings import Settings
    from ingest.projector import Projected


def register(app: typer.Typer) -> None:
    """Add `status` and `rebuild`."""
    app.command("status")(status)
    app.command("rebuild")(rebuild)


def status(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, equal for equal content.")] = False,
) -> None:
    """Show how much there is: records, entities, relations, documents, and how far graph and search are behind.

    Two homes have equal content exactly when `ecograph status --json` prints the same for both.
    """
    found = run(_status(settings_of(context)))
    if as_json:
        import orjson

        out.print(
            orjson.dumps(found, option=orjson.OPT_INDENT_2).decode(), highlight=False, soft_wrap=True, markup=False
        )
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for part, title in (("ledger", "Ledger"), ("graph", "Graph"), ("search", "Search")):
        table.add_row(f"[bold]{title}[/]", "")
        _add_rows(table, found[part])
    table.add_row("[bold]Behind the ledger[/] (entries)", "")
    _add_rows(table, found["lag"])
    out.print(table)


def _add_rows(table: Table, part: object, indent: str = "  ") -> None:
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if isinstance(value, dict):
            table.add_row(f"{indent}{name}", f"{sum(value.values()):,}")
            _add_rows(table, value, indent + "  ")
        else:
            table.add_row(f"{indent}{name}", f"{value:,}" if isinstance(value, int) else str(value)[:16])


def rebuild(
    context: typer.Context,
    *,
    graph: Annotated[bool, typer.Option("--graph", help="Only the graph.")] = False,
    search: Annotated[bool, typer.Option("--search", help="Only the search.")] = False,
) -> None:
    """Throw graph and search away and make them again from the ledger.

    Without an option both. The ledger is not touched.
    """
    return_freed_memory()
    both = graph == search
    done = run(_rebuild(settings_of(context), graph=graph or both, search=search or both))
    out.print(f"{done.entities:,} entities and {done.documents:,} documents written", highlight=False)


async def _status(settings: "Settings") -> dict[str, object]:
    from api.services import open_services

    async with open_services(settings) as services:
        return {**await content_of(services), "lag": await lag_of(services)}


async def lag_of(services: "Services") -> dict[str, int]:
    """Return how many ledger entries graph and search have not yet seen; 0 after every finished command."""
    head = await services.ledger.head()
    return {
        "graph": max(0, head - await services.graph_writer.checkpoint()),
        "search": max(0, head - await services.search_writer.checkpoint()),
    }


async def content_of(services: "Services") -> dict[str, object]:
    """Return counts and digests of ledger, graph and search: equal exactly for equal content."""
    ledger = await services.ledger.counts()
    graph = await services.graph.counts()
    return {
        "ledger": {
            "records": ledger.records,
            "statements": ledger.statements,
            "quarantined": ledger.quarantined,
            "datasets": dict(ledger.datasets),
            "digest": await services.ledger.digest(),
        },
        "graph": {
            "entities": dict(sorted(graph.entities.items())),
            "relations": dict(sorted(graph.relations.items())),
            "digest": await services.graph.digest(),
        },
        "search": {
            "documents": dict(sorted((await services.search.counts()).items())),
            "digest": await services.search.digest(),
        },
    }


async def _rebuild(settings: "Settings", *, graph: bool, search: bool) -> "Projected":
    from api.services import open_services
    from ingest.projector import Projector

    async with open_services(settings) as services:
        projector = Projector(services.ledger, services.graph_writer, services.search_writer, services.schema)
        return await projector.rebuild(graph=graph, search=search)
