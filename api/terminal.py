"""What every command shares: its settings, its two consoles, running asynchronous work, and errors as exit codes."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from api.settings import Settings
from ontology.errors import (
    AccessDenied,
    Conflict,
    EcographError,
    EngineError,
    InvalidInput,
    NotFound,
    NotSupported,
    RecordRejected,
    SourceUnusable,
)

T = TypeVar("T")

out = Console()
"""For what was asked for; nothing else goes there, so that it can be piped."""
err = Console(stderr=True)
"""For progress, remarks and errors."""

EXIT_CODES: tuple[tuple[type[EcographError], int], ...] = (
    (InvalidInput, 2),
    (SourceUnusable, 2),
    (RecordRejected, 2),
    (NotFound, 3),
    (NotSupported, 4),
    (AccessDenied, 5),
    (Conflict, 6),
    (EngineError, 7),
    (EcographError, 1),
)
"""The first class that fits gives the exit code; docs/commands.md repeats this table."""


def exit_code_of(error: EcographError) -> int:
    """Return the exit code of an error, 1 where no row of the table is more exact."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def settings_of(context: typer.Context) -> Settings:
    """Return the settings the command was started with."""
    settings = context.find_object(Settings)
    if settings is None:
        raise EcographError("the command was started without settings", remedy="Start it through `ecograph`.")
    return settings


def run(work: Coroutine[None, None, T]) -> T:
    """Run asynchronous work to its end and return its result; Ctrl-C cancels it cleanly."""
    return asyncio.run(work)


def show_error(error: EcographError) -> None:
    """Print what went wrong and, if there is one, the remedy, to the error console; a path is never broken in two."""
    err.print(f"[bold red]error:[/] {escape(error.message)}", highlight=False, soft_wrap=True)
    if error.remedy:
        err.print(f"[bold]remedy:[/] {escape(error.remedy)}", highlight=False, soft_wrap=True)
