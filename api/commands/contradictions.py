"""`ecograph contradictions`: what the registers contradict each other in."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from api.terminal import err, out, run, settings_of
from ontology.errors import InvalidInput

if TYPE_CHECKING:
    from api.settings import Settings
    from insight.supervision.finding import Finding

HELP = """
List what the registers contradict each other in: permits missing or expired, limits laxer than their standard,
outlets outside the permit, EIA approvals without permit, waste sent to receivers without licence.

    ecograph contradictions --kind permit-expired --region 松江 --format csv > findings.csv
"""


class Format(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add `contradictions`."""
    app.command("contradictions", help=HELP)(contradictions_command)


def contradictions_command(
    context: typer.Context,
    *,
    kind: Annotated[str | None, typer.Option(help="Only this kind; the table without it counts all kinds.")] = None,
    region: Annotated[str | None, typer.Option(help="Only regions whose name contains this.")] = None,
    severity: Annotated[str | None, typer.Option(help="`high`, `medium` or `low`.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Judge dates by this day, not today.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="`table`, `csv` or `json`.")] = Format.TABLE,
) -> None:
    """List contradictions between registers."""
    from insight.supervision.contradictions import select
    from insight.supervision.kinds import KINDS, SEVERITIES

    if kind is not None and kind not in KINDS:
        raise InvalidInput(f"there is no kind {kind!r}", remedy=f"The kinds are {', '.join(KINDS)}.")
    if severity is not None and severity not in SEVERITIES:
        raise InvalidInput(f"there is no severity {severity!r}", remedy=f"Give one of {', '.join(SEVERITIES)}.")
    day = as_of or datetime.now(UTC)
    found = select(run(_found(settings_of(context), day)), kind=kind, region=region, severity=severity)
    if output is Format.TABLE:
        _print_table(found)
    elif output is Format.CSV:
        _print_csv(found)
    else:
        _print_json(found)


async def _found(settings: "Settings", day: datetime) -> list["Finding"]:
    from api.services import open_services
    from api.supervision import Supervision

    async with open_services(settings) as services:
        return await Supervision(services.graph, services.graph_writer).current(day.date())


def _print_table(found: list["Finding"]) -> None:
    from api.supervision import table_row, totals

    table = Table("severity", "kind", "region", "subject", "values", box=None)
    for item in found:
        _, severity, _, title, _, region, subject, _, values, *_ = table_row(item)
        table.add_row(severity, title, region, subject, values)
    out.print(table)
    counted = ", ".join(f"{count:,} {kind}" for kind, count in totals(found).items() if count)
    err.print(f"{len(found):,} findings: {counted or 'none'}", highlight=False)


def _print_csv(found: list["Finding"]) -> None:
    import csv
    from io import StringIO

    from api.supervision import COLUMNS, table_row

    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(table_row(item) for item in found)
    typer.echo("\ufeff" + text.getvalue(), nl=False)


def _print_json(found: list["Finding"]) -> None:
    import orjson

    from api.supervision import shape_of
    from ontology.schema import load_schema

    schema = load_schema()
    shown = [shape_of(item, schema).model_dump() for item in found]
    typer.echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode())
