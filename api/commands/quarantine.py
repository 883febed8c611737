"""`ecograph quarantine`: the rows that could not be used."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.terminal import err, out, run, settings_of
from ontology.errors import InvalidInput

if TYPE_CHECKING:
    from api.settings import Settings
    from ingest.journal.facts import QuarantinedRow
    from ingest.retry import Retried

HELP = """
Rows that could not be used, each with its reason and its place. Nothing is lost: mend the cause and try them again.

    ecograph quarantine list --dataset shanghai-disclosure-2020

    ecograph quarantine export rows.csv

    ecograph quarantine retry
"""
PAGE = 1_000

DatasetOption = Annotated[str | None, typer.Option("--dataset", help="Only rows of this dataset.")]
CodeOption = Annotated[str | None, typer.Option("--code", help="Only rows held for this reason, such as `no-key`.")]


def register(app: typer.Typer) -> None:
    """Add `quarantine list`, `quarantine export` and `quarantine retry`."""
    own = typer.Typer(no_args_is_help=True, help=HELP)
    own.command("list")(list_rows)
    own.command("export")(export_rows)
    own.command("retry")(retry_rows)
    app.add_typer(own, name="quarantine")


def list_rows(
    context: typer.Context,
    *,
    dataset: DatasetOption = None,
    code: CodeOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows shown.")] = 50,
) -> None:
    """Show rows with reason and place."""
    rows, total = run(_rows(settings_of(context), dataset, code, limit))
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "file", "row", "code", "reason"):
        table.add_column(name, overflow="fold")
    for row in rows:
        place = f"{row.file} [{row.part}]" if row.part else row.file
        table.add_row(str(row.id), escape(place), str(row.row), row.code, escape(row.reason))
    out.print(table)
    err.print(f"{len(rows):,} of {total:,} rows", highlight=False)


def export_rows(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="File to write: `.csv`, or `.jsonl` for JSON lines.")],
    *,
    dataset: DatasetOption = None,
    code: CodeOption = None,
) -> None:
    """Write rows with all their columns, to mend them; formulas are made harmless."""
    from ingest.export import write_quarantine

    rows, total = run(_rows(settings_of(context), dataset, code, None))
    try:
        write_quarantine(rows, file)
    except OSError as error:
        raise InvalidInput(f"cannot write {file}: {error.strerror}") from error
    err.print(f"{total:,} rows written to {escape(str(file))}", highlight=False)


def retry_rows(
    context: typer.Context,
    *,
    dataset: DatasetOption = None,
    code: CodeOption = None,
    mapping: Annotated[list[Path] | None, typer.Option(help="Mapping file to use; repeat for several.")] = None,
) -> None:
    """Read the rows anew under the mappings of today; those that can be used now are."""
    retried = run(_retry(settings_of(context), dataset, code, mapping or []))
    out.print(f"{retried.tried:,} rows tried, {retried.used:,} used, {retried.kept:,} stay", highlight=False)


async def _rows(
    settings: "Settings", dataset: str | None, code: str | None, limit: int | None
) -> tuple[list["QuarantinedRow"], int]:
    from ingest.ledger import open_ledger

    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows: list[QuarantinedRow] = []
    cursor = None
    async with open_ledger(settings.ledger_url) as ledger:
        while True:
            size = PAGE if limit is None else min(PAGE, limit - len(rows))
            page = await ledger.quarantine(dataset=dataset, code=code, limit=size, cursor=cursor)
            rows.extend(page.items)
            cursor = page.next_cursor
            if cursor is None or (limit is not None and len(rows) >= limit):
                return rows, page.total


async def _retry(settings: "Settings", dataset: str | None, code: str | None, mapping: list[Path]) -> "Retried":
    from api.services import open_services
    from ingest.ingestion import choose_mappings, retry
    from ingest.projector import Projector

    async with open_services(settings) as services:
        projector = Projector(services.ledger, services.graph_writer, services.search_writer, services.schema)
        return await retry(
            ledger=services.ledger,
            projector=projector,
            mappings=choose_mappings(services.schema, mapping),
            dataset=dataset,
            code=code,
        )
