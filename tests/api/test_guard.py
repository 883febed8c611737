"""What stands before every request, tried on a small application of its own."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.guard import SECURITY_HEADERS, Guard, Limits

LIMITS = Limits(
    hosts=frozenset({"localhost", "127.0.0.1", "::1"}),
    origins=frozenset({"https://desk.example"}),
    body_bytes=100,
    upload_bytes=1000,
    upload_path="/upload",
    seconds=0.2,
)


async def _answer(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _slow(_: Request) -> Response:
    await asyncio.sleep(5)
    return PlainTextResponse("late")


async def _broken(_: Request) -> Response:
    raise RuntimeError("the password is hunter2")


def _client() -> httpx.AsyncClient:
    routes = [
        Route("/", _answer, methods=["GET", "POST"]),
        Route("/upload", _answer, methods=["POST"]),
        Route("/slow", _slow),
        Route("/broken", _broken),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, limits=LIMITS)])
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("localhost.evil.example", 403),
        ("localhost@evil.example", 403),
        ("[::1", 403),
        ("", 403),
    ],
)
async def test_only_our_names_are_answered(host: str, status: int) -> None:
    async with _client() as client:
        answer = await client.get("/", headers={"Host": host})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://127.0.0.1:8000", 200),
        ("https://desk.example", 200),
        ("http://127.0.0.1:9000", 403),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
async def test_foreign_pages_may_not_write(origin: str | None, status: int) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with _client() as client:
        written = await client.post("/", headers=headers)
        read = await client.get("/", headers=headers)
    assert (written.status_code, read.status_code) == (status, 200)


@pytest.mark.parametrize(
    ("path", "size", "status"), [("/", 100, 200), ("/", 101, 413), ("/upload", 1000, 200), ("/upload", 1001, 413)]
)
@pytest.mark.parametrize("announced", [True, False])
async def test_bodies_end_at_their_limit(path: str, size: int, status: int, announced: bool) -> None:
    async def pieces() -> object:
        for _ in range(size):
            yield b"x"

    async with _client() as client:
        answer = await client.post(path, content=b"x" * size if announced else pieces())  # type: ignore[arg-type]
    assert answer.status_code == status


async def test_every_answer_has_the_security_headers() -> None:
    async with _client() as client:
        for path, headers in (("/", {}), ("/", {"Host": "evil.example"}), ("/broken", {}), ("/slow", {})):
            answer = await client.get(path, headers=headers)
            assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


async def test_what_takes_too_long_is_503() -> None:
    async with _client() as client:
        answer = await client.get("/slow")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["type"] == "urn:ecograph:problem:engine-unavailable"


async def test_what_nobody_foresaw_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    async with _client() as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.json()["instance"] in caplog.text
    assert "hunter2" in caplog.text
