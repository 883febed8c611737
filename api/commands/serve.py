"""`ecograph serve`: the page and the API, until Ctrl-C."""

import logging
import socket
import webbrowser
from collections.abc import Callable
from typing import Annotated

import typer

from api.settings import Settings
from api.terminal import err, run, settings_of, show_error
from ontology.errors import Conflict, EcographError, EngineUnavailable, InvalidInput

GRACE_SECONDS = 10
"""How long running requests may take to end after Ctrl-C."""


def register(app: typer.Typer) -> None:
    """Add `serve`."""
    app.command("serve")(serve)


def serve(
    context: typer.Context,
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of ECOGRAPH_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Demo mode: on this machine, uploads need no key.")] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
) -> None:
    """Serve the page and the API until Ctrl-C.

    It listens on this machine only; any other address needs an API key first (`ecograph keys new NAME`).
    """
    given = {"host": host, "port": port, "demo": demo or None}
    changes = {name: value for name, value in given.items() if value is not None}
    settings = settings_of(context).model_copy(update=changes)
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    run_server(settings, on_ready=lambda address: _tell(address, open_page=open_page))


def run_server(settings: Settings, *, on_ready: Callable[[str], None]) -> None:
    """Serve until a signal ends it; `on_ready` is told the address once requests are answered.

    Raises `AccessForbidden` for an address that needs keys, `Conflict` for a port that is taken, `EngineMisconfigured`
    for an engine that refuses to open; one that is merely away is waited for.
    """
    import uvicorn

    from api.access import access_of, check_may_listen
    from api.app import create_app

    check_may_listen(settings, access=access_of(settings))
    try:
        run(_open_once(settings))
    except EngineUnavailable as error:
        show_error(error)
        err.print("Serving all the same: requests answer 503 until it is there.")
    listening = _bind(settings)
    address = _address(settings.host, port=listening.getsockname()[1])
    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        log_level=settings.log_level,
        access_log=settings.log_level == "debug",
        # Who asks is who is connected: a header that says otherwise could claim to be this machine.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                on_ready(address)

    server = Server(config)
    server.run(sockets=[listening])
    if not server.started:
        raise EcographError("the server did not start", remedy="`ecograph doctor` says what is wrong.")


async def _open_once(settings: Settings) -> None:
    """Open and close the engines, so that what is wrong with them is a message and not a server's traceback."""
    from api.services import open_services

    async with open_services(settings):
        pass


def _bind(settings: Settings) -> socket.socket:
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise InvalidInput(f"{settings.host!r} is no address of this machine", remedy="Use 127.0.0.1.") from error
    family, kind, protocol, _, address = found[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise Conflict(
            f"cannot listen on {settings.host} port {settings.port}: {error.strerror}",
            remedy="Choose another port with `ecograph serve --port 8001`, or 0 for a free one.",
        ) from error
    return listening


def _address(host: str, *, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"


def _tell(address: str, *, open_page: bool) -> None:
    err.print(f"ecograph is at [bold]{address}[/]  (API: {address}api/v1/docs; Ctrl-C ends it)", highlight=False)
    if open_page:
        webbrowser.open(address)
