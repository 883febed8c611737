"""The command `ecograph`: global options, and the commands of every module in `api/commands/`."""

import importlib
import pkgutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

import api.commands
from api.settings import Settings
from api.terminal import err, exit_code_of, out, show_error
from ontology.errors import EcographError, InvalidInput

HELP = """
Registers, decisions and news into one graph and one search, for environmental supervision.

All data lives in one folder (ECOGRAPH_HOME, by default ~/.ecograph). Start with:

    ecograph ingest FOLDER      read registers: built-in mappings recognise them by their columns

    ecograph serve              open the page and the API on http://127.0.0.1:8000

    ecograph doctor             see whether everything works, and what to do where it does not
"""


def _print_version(wanted: bool) -> None:
    if wanted:
        out.print(f"ecograph {version('ecograph')}", highlight=False)
        raise typer.Exit


def _read_settings(home: Path | None) -> Settings:
    try:
        return Settings() if home is None else Settings(home=home)
    except ValidationError as error:
        lines = [f"ECOGRAPH_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        remedy = "docs/settings.md lists every setting and what it may be."
        raise InvalidInput("; ".join(lines).replace("ECOGRAPH_: ", ""), remedy=remedy) from error


def _callback(
    context: typer.Context,
    *,
    home: Annotated[Path | None, typer.Option(help="Folder of all data, instead of ECOGRAPH_HOME.")] = None,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    context.obj = _read_settings(home)


def create_cli() -> typer.Typer:
    """Return the whole command line: every module of `api/commands/` has added its commands."""
    cli = typer.Typer(
        name="ecograph", help=HELP, no_args_is_help=True, rich_markup_mode="markdown", pretty_exceptions_enable=False
    )
    cli.callback()(_callback)
    for module in pkgutil.iter_modules(api.commands.__path__):
        importlib.import_module(f"api.commands.{module.name}").register(cli)
    return cli


def main() -> None:
    """Run the command line; errors of the project become a message and an exit code, never a traceback."""
    try:
        create_cli()()
    except EcographError as error:
        show_error(error)
        sys.exit(exit_code_of(error))
    except KeyboardInterrupt:
        err.print("stopped")
        sys.exit(130)
