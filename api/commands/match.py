"""`ecograph match`: a table of names against the register, with score, verdict and reasons beside each row."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from api.terminal import err, run, settings_of
from ontology.errors import InvalidInput

if TYPE_CHECKING:
    from api.matched_tables import Columns
    from api.settings import Settings

HELP = """
Find for each row of a table the enterprise or site of the register that it means.

The table comes back with five columns more: id, name, score, verdict and explanation of the best record:

    ecograph match suppliers.csv --column 企业名称 --output matched.csv

`verdict` is `same`, `same-other-site`, `unsure` (look at it) or `different`; codes and addresses make it surer:

    ecograph match suppliers.csv --column 企业名称 --code 统一社会信用代码 --address 地址
"""


def register(app: typer.Typer) -> None:
    """Add `match`."""
    app.command("match", help=HELP)(match_command)


def match_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file, in UTF-8 or GB18030.")],
    *,
    column: Annotated[str, typer.Option(help="The column of names.")],
    code: Annotated[str | None, typer.Option(help="A column of credit, organisation, source or permit codes.")] = None,
    address: Annotated[str | None, typer.Option(help="A column of addresses.")] = None,
    output: Annotated[Path | None, typer.Option(help="File to write; FILE.matched.csv where none is given.")] = None,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Probability from which a record is the same.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the explanation: `zh` or `en`.")] = "zh",
) -> None:
    """Match a table of names with the register."""
    from api.matched_tables import Columns

    if language not in ("zh", "en"):
        raise InvalidInput(f"{language!r} is neither zh nor en", remedy="Give --language zh or --language en.")
    target = output or file.with_name(f"{file.stem}.matched.csv")
    if target.resolve() == file.resolve():
        raise InvalidInput("the result would overwrite the table", remedy="Give another --output.")
    columns = Columns(name=column, code=code, address=address, language=language)
    run(_match(settings_of(context), file, target, columns=columns, threshold=threshold))


async def _match(
    settings: "Settings", file: Path, target: Path, *, columns: "Columns", threshold: float | None
) -> None:
    import asyncio
    from dataclasses import replace

    from api.matched_tables import match_table, read_table, write_table
    from api.matching import matcher_of
    from api.services import open_services

    heading, rows = read_table(file, columns=columns)
    async with open_services(settings) as services:
        matching = matcher_of(services)
        try:
            matcher = await matching.current()
        finally:
            await matching.close()
    if threshold is not None:
        doubtful = min(matcher.model.doubtful, threshold)
        matcher = replace(matcher, model=replace(matcher.model, threshold=threshold, doubtful=doubtful))
    matched, counts = await asyncio.to_thread(match_table, rows, matcher, columns=columns)
    write_table(target, heading, matched)
    found = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items())
    err.print(f"{len(rows):,} rows: {found or 'none'}; written to {escape(str(target))}", highlight=False)
