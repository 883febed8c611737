"""What stands before every request, as plain ASGI: host names, foreign pages, size, time, and headers of the answer."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_of, response_of, simple_problem, unexpected
from ontology.errors import AccessForbidden, EngineUnavailable

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Only what this server itself sends may run; styles set by scripts are let through, they cannot act."""

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may use. `hosts` are the names it may ask for, None for any; sizes in bytes, time in seconds.

    `upload_path` is the one path whose body may have `upload_bytes`, and which has no time limit: a large table
    takes as long as it takes. Paths that begin with one of `text_paths` take texts and batches of up to `text_bytes`.
    """

    hosts: frozenset[str] | None
    origins: frozenset[str]
    body_bytes: int
    upload_bytes: int
    upload_path: str
    seconds: float
    text_bytes: int = 0
    text_paths: tuple[str, ...] = ()

    def body_limit(self, path: str) -> int:
        """Return the bytes that the body of a request to a path may have."""
        if path == self.upload_path:
            return self.upload_bytes
        return max(self.text_bytes, self.body_bytes) if path.startswith(self.text_paths) else self.body_bytes


class BodyTooLarge(HTTPException):
    """A body is longer than its limit; an `HTTPException`, so that FastAPI's own body reading lets it pass."""

    def __init__(self, limit: int) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=f"the body is larger than {limit:,} bytes")


class Guard:
    """The outermost layer. What it refuses never reaches a route, and no exception passes it."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it is acceptable, else answer it with a problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        limit = self.limits.body_limit(scope["path"])
        try:
            self._check_host(scope)
            self._check_origin(scope)
            self._check_length(scope, limit=limit)
            await self._within_time(scope, counted(receive, limit=limit), send_with_headers)
        except BodyTooLarge as error:
            problem = simple_problem(error.status_code, detail=error.detail)
            response = response_of(problem, headers={"Connection": "close"})
        except (AccessForbidden, EngineUnavailable) as error:
            response = response_of(problem_of(error))
        except Exception as error:  # noqa: BLE001 - the last place that can keep a traceback from the client
            response = unexpected(error, method=scope["method"], path=scope["path"])
        else:
            return
        if not started:
            await response(scope, receive, send_with_headers)

    def _check_host(self, scope: Scope) -> None:
        hosts = self.limits.hosts
        if hosts is None:
            return
        given = Headers(scope=scope).get("host", "")
        if _host_name(given) not in hosts:
            # A name that resolves here but is not ours is how a foreign page reaches a loopback service.
            raise AccessForbidden(
                f"this service is not called {given!r}", remedy="Add the name to ECOGRAPH_ALLOWED_HOSTS."
            )

    def _check_origin(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if scope["method"] in SAFE_METHODS or origin is None or origin in self.limits.origins:
            return
        if origin.partition("://")[2] != headers.get("host", ""):
            raise AccessForbidden(
                f"pages of {origin} may not change anything here", remedy="Add it to ECOGRAPH_CORS_ORIGINS."
            )

    def _check_length(self, scope: Scope, *, limit: int) -> None:
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdecimal() and int(length) > limit:
            raise BodyTooLarge(limit)

    async def _within_time(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == self.limits.upload_path:
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self.app(scope, receive, send)
        except TimeoutError as error:
            raise EngineUnavailable(
                f"no answer within {self.limits.seconds:g} seconds", engine="api", remedy="Ask for less, or try later."
            ) from error


def _host_name(host: str) -> str:
    """Return the name of a Host header without its port, nothing for one that cannot be read."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def counted(receive: Receive, *, limit: int) -> Receive:
    """Return a `receive` that raises `BodyTooLarge` once more than `limit` bytes have come."""
    total = 0

    async def receive_counted() -> Message:
        nonlocal total
        message = await receive()
        if message["type"] == "http.request":
            total += len(message.get("body", b""))
            if total > limit:
                raise BodyTooLarge(limit)
        return message

    return receive_counted
