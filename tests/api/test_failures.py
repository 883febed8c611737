"""An engine that is away: requests say so and when to try again, and recover without a restart."""

import socket
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.problems import MEDIA_TYPE
from api.settings import Settings

Serve = Callable[[FastAPI], AbstractContextManager[str]]


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_an_absent_server_is_503_and_says_when_to_try_again(tmp_path: Path, serve: Serve) -> None:
    pytest.importorskip("psycopg", reason="the ledger on PostgreSQL is an extra")
    away = f"postgresql+psycopg://nobody@127.0.0.1:{_closed_port()}/ecograph?connect_timeout=2"
    with serve(create_app(Settings(home=tmp_path, ledger=away))) as address:
        for path in ("/search", "/entities/Site-1", "/paths?source=a&target=b", "/stats", "/readyz"):
            answer = httpx.get(f"{address}/api/v1{path}", timeout=60)
            assert answer.status_code == 503, path
            assert int(answer.headers["Retry-After"]) > 0
            assert "nobody" not in answer.text
        assert httpx.get(f"{address}/api/v1/search", timeout=60).headers["Content-Type"] == MEDIA_TYPE
        assert httpx.get(f"{address}/api/v1/healthz", timeout=60).status_code == 200
        ready = httpx.get(f"{address}/api/v1/readyz", timeout=60).json()
        assert (ready["ready"], ready["engines"][0]["name"]) == (False, "ledger")
        assert ready["engines"][0]["detail"]


def test_an_engine_that_comes_back_is_used_without_a_restart(tmp_path: Path, serve: Serve) -> None:
    broken = tmp_path / "graph.sqlite"
    broken.write_text("this is no database" * 100)
    with serve(create_app(Settings(home=tmp_path), retry_seconds=0.1)) as address:
        answer = httpx.get(f"{address}/api/v1/search", timeout=60)
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:ecograph:problem:engine-misconfigured")
        assert answer.json()["remedy"]
        broken.unlink()
        ends = time.monotonic() + 20
        while httpx.get(f"{address}/api/v1/readyz", timeout=60).status_code != 200 and time.monotonic() < ends:
            time.sleep(0.1)
        assert httpx.get(f"{address}/api/v1/search", timeout=60).status_code == 200
