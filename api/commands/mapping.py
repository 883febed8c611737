"""`ecograph mapping`: checking mappings, proposing one for a table, listing those that are built in."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.terminal import err, out
from ontology.errors import InvalidInput, InvalidMapping

HELP = """
A mapping is a YAML file that says what the columns of a table mean (docs/mappings.md).

    ecograph mapping draft 名录.xlsx -o 名录.yml

    ecograph mapping check 名录.yml

    ecograph ingest 名录.xlsx --mapping 名录.yml
"""


def register(app: typer.Typer) -> None:
    """Add `mapping check`, `mapping draft` and `mapping list`."""
    own = typer.Typer(no_args_is_help=True, help=HELP)
    own.command("check")(check)
    own.command("draft")(draft)
    own.command("list")(list_mappings)
    app.add_typer(own, name="mapping")


def check(files: Annotated[list[Path], typer.Argument(help="Mapping files.")]) -> None:
    """Explain every fault of a mapping by its line; end with 2 where there is one."""
    from ingest.mapping.load import inspect_mappings
    from ingest.mapping.yaml_text import read_text
    from ontology.schema import load_schema

    faulty = False
    for file in files:
        try:
            mappings, faults = inspect_mappings(read_text(file), file=str(file), schema=load_schema())
        except InvalidMapping as error:
            err.print(
                f"{escape(str(file))}:{error.line or 1}: {escape(error.message)}", highlight=False, soft_wrap=True
            )
            faulty = True
            continue
        for fault in faults:
            remedy = f" {fault.remedy}" if fault.remedy else ""
            text = f"{file}:{fault.line}: {fault.message}.{remedy}"
            err.print(escape(text), highlight=False, soft_wrap=True)
        faulty = faulty or bool(faults)
        if not faults:
            tables = ", ".join(f"{mapping.dataset}/{mapping.table}" for mapping in mappings)
            out.print(f"{escape(str(file))}: good ({escape(tables)})", highlight=False, soft_wrap=True)
    if faulty:
        raise typer.Exit(2)


def draft(
    file: Annotated[Path, typer.Argument(help="A table: CSV, TSV, XLSX, JSON or JSON lines.")],
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; printed where none.")] = None,
    dataset: Annotated[str, typer.Option(help="Id of the dataset.")] = "my-dataset",
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook; the first where none is given.")] = None,
) -> None:
    """Propose a mapping from a table's columns and first rows, to be looked through by you."""
    from ingest.ingestion import built_in_mappings
    from ingest.mapping.draft import draft_mapping
    from ingest.sources.files import open_tables
    from ontology.schema import load_schema

    schema = load_schema()
    _, tables = open_tables(file)
    table = next((table for table in tables if sheet is None or table.part == sheet), None)
    if table is None:
        raise InvalidInput(f"{file.name} has no table{'' if sheet is None else f' {sheet!r}'}")
    text = draft_mapping(table, name=file.stem, dataset=dataset, mappings=built_in_mappings(schema), schema=schema)
    if output is None:
        out.print(text, highlight=False, soft_wrap=True, markup=False, end="")
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"cannot write {output}: {error.strerror}") from error
    err.print(f"written to {escape(str(output))}; look it through, then: ecograph mapping check {escape(str(output))}")


def list_mappings() -> None:
    """List the built-in mappings with the columns by which each recognises its tables."""
    from ingest.ingestion import built_in_mappings
    from ontology.schema import load_schema

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("dataset", "table", "title", "recognised by"):
        table.add_column(name, overflow="fold")
    for mapping in built_in_mappings(load_schema()):
        title = mapping.title.get("zh") or mapping.title.get("en", "")
        table.add_row(mapping.dataset, mapping.table, escape(title), escape(", ".join(mapping.required)))
    out.print(table)
