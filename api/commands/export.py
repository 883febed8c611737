"""`ecograph export-openapi` and `ecograph export-settings`: descriptions of the product, made from the product."""

from pathlib import Path
from typing import Annotated

import typer

from api.settings import Settings
from api.terminal import out, settings_of
from ontology.errors import InvalidInput

Target = Annotated[Path | None, typer.Argument(help="File to write; printed where none is given.")]


def register(app: typer.Typer) -> None:
    """Add `export-openapi` and `export-settings`."""
    app.command("export-openapi")(export_openapi)
    app.command("export-settings")(export_settings)


def export_openapi(context: typer.Context, file: Target = None) -> None:
    """Write the OpenAPI description of the API as JSON, the same for the same version."""
    import orjson

    from api.app import create_app

    description = create_app(settings_of(context)).openapi()
    _write(orjson.dumps(description, option=orjson.OPT_INDENT_2).decode() + "\n", file=file)


def export_settings(file: Target = None) -> None:
    """Write every setting as Markdown: name, default, meaning."""
    _write(settings_page(), file=file)


def settings_page() -> str:
    """Return docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Every setting is an environment variable. None is needed for a plain `ecograph serve`.",
        "This page is written by `ecograph export-settings docs/settings.md`.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.get_default()
        shown = "" if default in (None, ()) else f"`{str(default).lower() if default is False else default}`"
        meaning = (field.description or "").replace("|", "\\|")
        lines.append(f"| `ECOGRAPH_{name.upper()}` | {shown} | {meaning} |")
    return "\n".join(lines) + "\n"


def _write(text: str, *, file: Path | None) -> None:
    if file is None:
        out.print(text, end="", highlight=False, markup=False, soft_wrap=True)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"cannot write {file}: {error.strerror}") from error
