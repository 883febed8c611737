"""`ecograph read`: what a text, a file or a page says."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer
from rich.markup import escape

from api.terminal import err, settings_of
from ontology.errors import InvalidInput, SourceUnusable

if TYPE_CHECKING:
    from api.reading_lines import Wanted
    from api.settings import Settings

HELP = """
Read a text and print what was understood: names linked to the graph, identifiers, amounts, dates, pollutants.

SOURCE is a file (text, HTML, PDF, DOCX, EML), an http or https address, or `-` for standard input:

    ecograph read 处罚决定书.pdf --date 2024-07-01

    ecograph read https://example.org/notice.html

A file of many texts (`.jsonl`) has one object a line, `{"id": …, "text": …}`, and is answered line by line:

    ecograph read texts.jsonl > mentions.jsonl

A line that cannot be read is told with file, row and remedy, and the run goes on; it ends with 2 then.
"""
STANDARD_INPUT = "-"
LINES = (".jsonl", ".ndjson")


def register(app: typer.Typer) -> None:
    """Add `read`."""
    app.command("read", help=HELP)(read_command)


def read_command(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="A file, an http(s) address, or `-`.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON; a .jsonl file always is.")] = False,
    entities: Annotated[
        str, typer.Option(help="`learned` (a trained recogniser found it), `rules` (rules and register), or `all`.")
    ] = "all",
    written: Annotated[str | None, typer.Option("--date", help="Day the text was written, as 2024-07-01.")] = None,
    region: Annotated[str | None, typer.Option(help="Where it comes from, as 310000 or 上海市.")] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Standard input has one JSON object a line.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes, for a file of many texts.")] = 1,
) -> None:
    """Read a text and print what was understood."""
    from api.reading import Kept, region_code, written_on
    from api.reading_lines import Wanted

    if entities not in list(Kept):
        raise InvalidInput(f"{entities!r} is none of learned, rules, all", remedy="Give --entities one of these.")
    wanted = Wanted(Kept(entities), written_on(written), region_code(region))
    settings = settings_of(context)
    if (lines and source == STANDARD_INPUT) or source.lower().endswith(LINES):
        _read_lines(settings, source, wanted=wanted, jobs=jobs)
    else:
        _read_one(settings, source, wanted=wanted, as_json=as_json)


def _opened(source: str) -> BinaryIO:
    if source == STANDARD_INPUT:
        return sys.stdin.buffer
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise SourceUnusable(
            f"{source} cannot be opened: {error.strerror}", source=source, remedy="Check the path."
        ) from error


def _read_lines(settings: "Settings", source: str, *, wanted: "Wanted", jobs: int) -> None:
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from api.reading_lines import read_lines

    faults = 0
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with _opened(source) as stream, Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("texts", total=None)
        for line in read_lines(settings, stream, wanted=wanted, jobs=jobs):
            progress.advance(task)
            if line.answer:
                sys.stdout.buffer.write(line.answer + b"\n")
                continue
            faults += 1
            _tell(f"{source} row {line.row}: {line.fault}", line.remedy if faults == 1 else "")
    sys.stdout.buffer.flush()
    if faults:
        err.print(f"{faults:,} lines could not be read", highlight=False)
        raise typer.Exit(2)


def _tell(fault: str, remedy: str) -> None:
    err.print(f"[yellow]not read:[/] {escape(fault)}", highlight=False, soft_wrap=True)
    if remedy:
        err.print(f"  {escape(remedy)}", highlight=False, soft_wrap=True)


def _read_one(settings: "Settings", source: str, *, wanted: "Wanted", as_json: bool) -> None:
    import orjson

    from api.reading_lines import mention_json
    from api.readout import show
    from api.services import open_reader
    from api.texts import document_from

    document = document_from(source, standard_input=sys.stdin.buffer)
    for note in document.notes:
        err.print(escape(note), style="dim", highlight=False, soft_wrap=True)
    written = wanted.written or document.date
    with open_reader(settings) as reader, err.status("reading"):
        reading = reader.read(document.text, written=written, region=wanted.region, kept=wanted.kept)
    if not as_json:
        show(reading, title=document.title)
        return
    answer = {
        "source": source,
        "format": document.format,
        "title": document.title or None,
        "publisher": document.source or None,
        "author": document.author or None,
        "date": None if written is None else written.isoformat(),
        "text": reading.text,
        "entities": [mention_json(mention) for mention in reading.mentions],
    }
    sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
