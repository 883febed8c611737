"""`ecograph keys`: API keys. Only their hashes are kept."""

import secrets
from typing import Annotated

import typer

from api.access import load_keys, read_keys_file
from api.settings import ApiKey, Scope, Settings, hash_of_key, parse_api_key
from api.terminal import err, out, settings_of
from ontology.errors import Conflict, InvalidInput, NotFound

KEY_BYTES = 32


def register(app: typer.Typer) -> None:
    """Add `keys new`, `keys list` and `keys revoke`."""
    keys = typer.Typer(no_args_is_help=True, help="Make, list and revoke API keys; only their hashes are kept.")
    keys.command("new")(new)
    keys.command("list")(list_keys)
    keys.command("revoke")(revoke)
    app.add_typer(keys, name="keys")


def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Whose key it is; it appears in logs.")],
    *,
    scope: Annotated[list[str] | None, typer.Option(help="`read` (default) or `write`; repeat for both.")] = None,
) -> None:
    """Make a key, keep its hash in the home folder, and print the key: it is shown this once."""
    settings = settings_of(context)
    scopes = frozenset[Scope](known for known in ("read", "write") if known in (scope or ["read"]))
    if len(scopes) != len(set(scope or ["read"])):
        raise InvalidInput("a scope is `read` or `write`", remedy="For both: `--scope read --scope write`.")
    if any(key.name == name for key in load_keys(settings)):
        raise Conflict(f"there is a key {name!r} already", remedy="Choose another name, or revoke that one first.")
    secret = secrets.token_urlsafe(KEY_BYTES)
    # Read back through the parser, so that a name that would not survive the file is refused here.
    made = parse_api_key(str(ApiKey(name=name, scopes=scopes, sha256=hash_of_key(secret))))
    if made.name != name or len(name.splitlines()) != 1 or name.startswith("#") or "," in name:
        raise InvalidInput("a key's name has no colon, comma or line break and does not start with #")
    _write(settings, keys=[*read_keys_file(settings), made])
    out.print(secret, highlight=False, soft_wrap=True, markup=False)
    err.print(f"Key {name!r} ({'+'.join(sorted(scopes))}) is kept as a hash in {settings.keys_file}.", markup=False)
    err.print("A running `ecograph serve` knows it after a restart.")


def list_keys(context: typer.Context) -> None:
    """List the names and scopes of all keys, those of ECOGRAPH_API_KEYS too."""
    for key in load_keys(settings_of(context)):
        out.print(f"{key.name}  {'+'.join(sorted(key.scopes))}", highlight=False, markup=False)


def revoke(context: typer.Context, name: Annotated[str, typer.Argument(help="Name of the key.")]) -> None:
    """Take a key out of the home folder."""
    settings = settings_of(context)
    keys = read_keys_file(settings)
    kept = [key for key in keys if key.name != name]
    if len(kept) == len(keys):
        raise NotFound(f"there is no key {name!r} in {settings.keys_file}", remedy="`ecograph keys list` names all.")
    _write(settings, keys=kept)
    err.print(f"Key {name!r} is revoked. A running `ecograph serve` refuses it after a restart.", markup=False)


def _write(settings: Settings, *, keys: list[ApiKey]) -> None:
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = settings.keys_file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text("".join(f"{key}\n" for key in keys), encoding="utf-8")
    fresh.replace(settings.keys_file)
