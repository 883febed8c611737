"""`ecograph ledger verify` and `ecograph retract`: proof that nothing was altered, and taking back what was wrong."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from api.terminal import err, out, run, settings_of

if TYPE_CHECKING:
    from api.settings import Settings
    from ingest.journal.facts import Verification
    from ingest.journal.retract import Retracted

LEDGER_HELP = """
The ledger: everything that sources said, append-only, each entry chained to the one before by SHA-256.

    ecograph ledger verify
"""
RETRACT_HELP = """
Take back a record, a file or a dataset. Nothing is deleted: the taking back is an entry of the ledger itself, and the
graph and the search forget what nothing else says.

    ecograph retract file outlets.csv --reason "sent by mistake"

    ecograph retract dataset shanghai-disclosure-2020 --reason "replaced by the list of 2021"

    ecograph retract record 3f2a9c04d1e7 --reason "wrong company"
"""

Reason = Annotated[str, typer.Option(help="Why; it stays in the ledger.")]


def register(app: typer.Typer) -> None:
    """Add `ledger verify` and `retract`."""
    ledger = typer.Typer(no_args_is_help=True, help=LEDGER_HELP)
    ledger.callback()(_ledger)
    ledger.command("verify")(verify)
    app.add_typer(ledger, name="ledger")
    retract = typer.Typer(no_args_is_help=True, help=RETRACT_HELP)
    retract.command("record")(retract_record)
    retract.command("file")(retract_file)
    retract.command("dataset")(retract_dataset)
    app.add_typer(retract, name="retract")


def _ledger() -> None:
    """Keep `verify` a command of its own although it is the only one."""


def verify(context: typer.Context) -> None:
    """Recompute the hash chain over every record, statement and retraction; end with 1 at the first altered entry.

    Note the head down elsewhere: compared later, it also proves that nobody made the whole chain anew.
    """
    verification = run(_verify(settings_of(context)))
    out.print(f"{verification.entries} entries, head {verification.head}", highlight=False, soft_wrap=True)
    if verification.fault is not None:
        err.print(f"[bold red]altered:[/] {escape(verification.fault)}", highlight=False)
        raise typer.Exit(1)
    err.print("The chain is whole.")


def retract_record(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Id of the record, or its first 12 or more digits.")],
    *,
    reason: Reason,
) -> None:
    """Take back one record wherever it was seen."""
    _retract_and_tell(context, "record", record, reason)


def retract_file(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="Name of the file in the ledger, or the beginning of its SHA-256.")],
    *,
    reason: Reason,
) -> None:
    """Take back a file; records that another file holds too stay."""
    _retract_and_tell(context, "file", file, reason)


def retract_dataset(
    context: typer.Context, dataset: Annotated[str, typer.Argument(help="Id of the dataset.")], *, reason: Reason
) -> None:
    """Take back a whole dataset."""
    _retract_and_tell(context, "dataset", dataset, reason)


def _retract_and_tell(context: typer.Context, scope: str, what: str, reason: str) -> None:
    done = run(_retract(settings_of(context), scope, what, reason))
    out.print(f"{done.records:,} records taken back ({done.sightings:,} sightings)", highlight=False)


async def _verify(settings: "Settings") -> "Verification":
    from ingest.ledger import open_ledger

    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    async with open_ledger(settings.ledger_url) as ledger:
        return await ledger.verify()


async def _retract(settings: "Settings", scope: str, what: str, reason: str) -> "Retracted":
    from api.services import open_services
    from ingest.journal.retract import Scope
    from ingest.projector import Projector

    async with open_services(settings) as services:
        done = await services.ledger.retract(Scope(scope), what, reason=reason)
        await Projector(services.ledger, services.graph_writer, services.search_writer, services.schema).catch_up()
        return done
