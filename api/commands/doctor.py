"""`ecograph doctor`: what is wrong, and what to do about it."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from api.terminal import out, run, settings_of


def register(app: typer.Typer) -> None:
    """Add `doctor`."""
    app.command("doctor")(doctor)


def doctor(
    context: typer.Context, *, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Look at Python, the home folder, the engines and the page, and say what to do where something is wrong.

    Exit code 0 when all is well, 1 when something is not.
    """
    import orjson

    from api.doctor import examine

    findings = run(examine(settings_of(context)))
    if json:
        out.print(orjson.dumps([asdict(f) for f in findings], option=orjson.OPT_INDENT_2).decode(), markup=False)
    else:
        table = Table("", "what", "found", "remedy", box=None, pad_edge=False)
        for finding in findings:
            mark = "[green]ok[/]" if finding.good else "[red]fault[/]"
            table.add_row(mark, finding.name, finding.detail, finding.remedy)
        out.print(table)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)
