"""`ecograph ingest`: registers into ledger, graph and search."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.memory import return_freed_memory
from api.terminal import err, out, run, settings_of

if TYPE_CHECKING:
    from api.settings import Settings
    from ingest.report import RunReport, TableReport

HELP = """
Read files and folders: tables as CSV, TSV, XLSX, JSON or JSON lines.

A table is recognised by its columns, whatever its name, place or their order, so a folder needs no option:

    ecograph ingest registers/

For a table that no built-in mapping knows, let one be proposed, look it through, and use it:

    ecograph mapping draft 名录.xlsx -o 名录.yml

    ecograph ingest 名录.xlsx --mapping 名录.yml

Running it twice, or again after it was killed, gives the same as once. Rows that cannot be used are held with their
reason: `ecograph quarantine list`. Ends with 2 when a file named here cannot be read.
"""


def register(app: typer.Typer) -> None:
    """Add `ingest`."""
    app.command("ingest", help=HELP)(ingest_command)


def ingest_command(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    *,
    dataset: Annotated[str | None, typer.Option(help="Id of the dataset, instead of the mapping's.")] = None,
    mapping: Annotated[list[Path] | None, typer.Option(help="Mapping file to use; repeat for several.")] = None,
) -> None:
    """Read files and folders into ledger, graph and search."""
    return_freed_memory()
    report = run(_ingest(settings_of(context), paths, dataset, mapping or []))
    _show(report)
    if any(fault.fatal for fault in report.unusable) or not report.tables:
        raise typer.Exit(2)


async def _ingest(settings: "Settings", paths: list[Path], dataset: str | None, mapping: list[Path]) -> "RunReport":
    from api.services import open_services
    from ingest.ingestion import choose_mappings, ingest
    from ingest.projector import Projector

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    async with open_services(settings) as services:
        with Progress(*columns, console=err, transient=True) as progress:
            task = progress.add_task("reading")

            def tell(table: "TableReport") -> None:
                progress.update(task, description=f"{escape(table.file)} {table.read:,} rows")

            def tell_projection(entities: int) -> None:
                progress.update(task, description=f"graph and search: {entities:,} entities")

            projector = Projector(
                services.ledger, services.graph_writer, services.search_writer, services.schema, tell_projection
            )
            return await ingest(
                paths,
                ledger=services.ledger,
                projector=projector,
                mappings=choose_mappings(services.schema, mapping),
                dataset=dataset,
                progress=tell,
            )


def _show(report: "RunReport") -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("file", overflow="fold", ratio=1)
    for name in ("read", "used", "filtered", "repeated", "held", "new", "s"):
        table.add_column(name, justify="right", no_wrap=True)
    for own in report.tables:
        name = f"{own.file} [{own.part}]" if own.part else own.file
        state = "" if own.state == "read" else f" ({own.state})"
        numbers = (own.read, own.used, own.filtered, own.duplicates, sum(own.quarantined.values()), own.records)
        table.add_row(escape(name) + state, *(f"{n:,}" for n in numbers), f"{own.seconds:.1f}")
    totals = [report.total(n) for n in ("read", "used", "filtered", "duplicates")]
    sums = (*totals, sum(report.quarantined().values()), report.total("records"))
    table.add_row("total", *(f"{n:,}" for n in sums), f"{report.seconds:.1f}", style="bold")
    out.print(table)
    out.print(
        f"{report.entities:,} entities and {report.documents:,} documents written", highlight=False, soft_wrap=True
    )
    _show_remarks(report)


def _show_remarks(report: "RunReport") -> None:
    for own in report.tables:
        if own.unknown_columns:
            shown = ", ".join(own.unknown_columns)
            err.print(
                f"{escape(own.file)}: kept in the record, but not read: {escape(shown)}",
                highlight=False,
                soft_wrap=True,
            )
        notes = ", ".join(f"{name} {count:,}" for name, count in sorted(own.notes.items()))
        if notes:
            err.print(f"{escape(own.file)}: noted: {escape(notes)}", highlight=False, style="dim", soft_wrap=True)
    quarantined = report.quarantined()
    if quarantined:
        reasons = ", ".join(f"{code} {count:,}" for code, count in quarantined.items())
        err.print(
            f"[yellow]held in quarantine:[/] {escape(reasons)} (see: ecograph quarantine list)",
            highlight=False,
            soft_wrap=True,
        )
    for fault in report.unusable:
        word = "[bold red]error:[/]" if fault.fatal else "[yellow]not read:[/]"
        err.print(f"{word} {escape(fault.reason)}", highlight=False, soft_wrap=True)
        if fault.remedy:
            err.print(f"  {escape(fault.remedy)}", highlight=False, soft_wrap=True)
