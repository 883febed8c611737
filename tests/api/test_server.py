"""The service as a whole: keys over HTTP, the page beside the API, other pages kept out."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.problems import MEDIA_TYPE
from api.settings import ApiKey, Settings, hash_of_key

Serve = Callable[[FastAPI], AbstractContextManager[str]]
READER, WRITER = "r" * 43, "w" * 43
KEYS = (
    ApiKey(name="reader", scopes=frozenset({"read"}), sha256=hash_of_key(READER)),
    ApiKey(name="writer", scopes=frozenset({"write"}), sha256=hash_of_key(WRITER)),
)


def _app(home: Path, **changes: object) -> FastAPI:
    return create_app(Settings(home=home, **changes), static_folder=home / "page")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[str]:
    """A service with keys."""
    with serve(_app(tmp_path_factory.mktemp("keyed"), api_keys=KEYS)) as address:
        yield f"{address}/api/v1"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": f"Bearer {READER}"}, 200),
        ({"X-API-Key": READER}, 200),
        ({"Authorization": f"bearer {READER}"}, 200),
        ({"Authorization": f"Bearer {READER}x"}, 401),
        ({"Authorization": f"Basic {READER}"}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"X-API-Key": ""}, 401),
        ({"X-API-Key": WRITER}, 403),
        ({"Authorization": f"Bearer {READER}x", "X-API-Key": READER}, 401),
    ],
)
@pytest.mark.parametrize("path", ["/search", "/stats", "/ontology", "/datasets", "/quarantine", "/records/zz"])
def test_reads_need_a_key_once_there_is_one(keyed: str, path: str, headers: dict[str, str], status: int) -> None:
    answer = httpx.get(keyed + path, headers=headers, timeout=60)
    expected = 404 if status == 200 and path == "/records/zz" else status
    assert answer.status_code == expected
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Content-Type"] == MEDIA_TYPE


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/docs", "/openapi.json"])
def test_health_and_description_need_none(keyed: str, path: str) -> None:
    assert httpx.get(keyed + path, timeout=60).status_code == 200


def test_a_public_service_answers_to_any_name_but_only_with_a_key(tmp_path: Path, serve: Serve) -> None:
    with serve(_app(tmp_path, host="0.0.0.0", api_keys=KEYS)) as address:
        headers = {"Host": "ecograph.example", "X-API-Key": READER}
        assert httpx.get(f"{address}/api/v1/stats", headers=headers, timeout=60).status_code == 200
        assert httpx.get(f"{address}/api/v1/stats", headers={"Host": "ecograph.example"}, timeout=60).status_code == 401


def test_a_public_service_keeps_to_the_names_it_was_given(tmp_path: Path, serve: Serve) -> None:
    with serve(_app(tmp_path, host="0.0.0.0", api_keys=KEYS, allowed_hosts="eco.example")) as address:
        found = {
            name: httpx.get(f"{address}/api/v1/healthz", headers={"Host": name}, timeout=60)
            for name in ("eco.example", "x")
        }
    assert {name: answer.status_code for name, answer in found.items()} == {"eco.example": 200, "x": 403}


def test_other_pages_are_told_nothing_unless_they_are_named(tmp_path: Path, serve: Serve) -> None:
    desk = {"Origin": "https://desk.example"}
    with serve(_app(tmp_path)) as address:
        assert (
            "access-control-allow-origin"
            not in httpx.get(f"{address}/api/v1/healthz", headers=desk, timeout=60).headers
        )
    with serve(_app(tmp_path, cors_origins="https://desk.example")) as address:
        told = httpx.get(f"{address}/api/v1/healthz", headers=desk, timeout=60).headers["access-control-allow-origin"]
        other = httpx.get(f"{address}/api/v1/healthz", headers={"Origin": "https://evil.example"}, timeout=60).headers
    assert told == "https://desk.example"
    assert "access-control-allow-origin" not in other


def test_without_the_page_the_address_says_what_to_do(tmp_path: Path, serve: Serve) -> None:
    with serve(_app(tmp_path)) as address:
        answer = httpx.get(address, timeout=60)
        below = httpx.get(f"{address}/entity/x", timeout=60)
    assert (answer.status_code, below.status_code) == (200, 404)
    assert "make setup" in answer.text


def test_the_page_stands_beside_the_api(tmp_path: Path, serve: Serve) -> None:
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<title>ecograph</title>")
    (page / "assets" / "app-1a2b.js").write_text("1")
    (tmp_path / "secret").write_text("no")
    with serve(_app(tmp_path)) as address, httpx.Client(base_url=address, timeout=60) as client:
        index = client.get("/")
        inside = client.get("/entity/Site-1")
        script = client.get("/assets/app-1a2b.js")
        assert (index.text, inside.text) == ("<title>ecograph</title>", "<title>ecograph</title>")
        assert index.headers["Cache-Control"] == "no-cache"
        assert index.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "immutable" in script.headers["Cache-Control"]
        for path in ("/assets/gone.js", "/favicon.ico"):
            answer = client.get(path)
            assert (answer.status_code, answer.headers["Content-Type"]) == (404, MEDIA_TYPE), path
        for path in ("/../secret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret", "/%2f%2e%2e/secret", "//etc/passwd"):
            assert client.get(path).text in ("<title>ecograph</title>", ""), path
        assert client.get("/api/v2/search").status_code == 404
        assert client.post("/entity/Site-1").status_code == 405
