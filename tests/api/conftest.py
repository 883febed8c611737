"""A small register, really ingested once, and the application over it, really served."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings
from tests.api.register import HERE, fill, serving

Serve = Callable[[FastAPI], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serve an application from a thread on a free port of loopback; gives its address."""
    return serving


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a home that holds the register."""
    return Settings(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def moments(settings: Settings) -> dict[str, str]:
    """Ingest the register, then a late file, and take the late file back; the moments between are returned."""
    return asyncio.run(fill(settings))


@pytest.fixture(scope="session")
def address(settings: Settings, moments: dict[str, str], serve: Serve) -> Iterator[str]:
    """Where an application without keys serves the register."""
    with serve(create_app(settings, static_folder=HERE / "no-page")) as found:
        yield found


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client on this machine, of an application without keys; redirects are followed."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=30) as opened:
        yield opened
