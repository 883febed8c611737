"""The web application: routes over the services, opened at start and closed at the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

from api import pages, problems
from api.access import access_of
from api.addresses import LOOPBACK_NAMES, is_loopback
from api.dependencies import READ
from api.explorer.routes import router as explorer
from api.guard import Guard, Limits
from api.opening import Opening
from api.problems import Problem
from api.routers import (
    contradictions,
    cypher,
    datasets,
    entities,
    graph,
    health,
    ingest,
    match,
    ontology,
    quarantine,
    read,
    reconcile,
    records,
    search,
    stats,
)
from api.settings import Settings

PREFIX = "/api/v1"
COMPRESSED_FROM = 1024
"""Bytes from which an answer is compressed: the page is then a third as long, a shorter answer gains nothing."""
WILDCARD_ADDRESSES = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, never listened on

READING = (
    search,
    entities,
    graph,
    cypher,
    records,
    datasets,
    quarantine,
    stats,
    ontology,
    read,
    match,
    reconcile,
    contradictions,
)
"""Routes that a key with the scope `read` may ask."""
DESCRIPTION = """
Registers, decisions, complaints and news as one graph and one search.

Every fact names the record, the file and the row it comes from. Lists name their total, their limits and whether
something was cut (`truncated`). Errors are problem details (RFC 9457).
"""


def create_app(
    settings: Settings,
    *,
    static_folder: Path = pages.STATIC_FOLDER,
    retry_seconds: float = problems.RETRY_SECONDS,
) -> FastAPI:
    """Return the application for these settings; the engines are opened when it starts, not here.

    While an engine is away requests answer 503, and it is tried again every `retry_seconds`.
    """
    access = access_of(settings)

    opening = Opening(settings, retry_seconds)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with opening.running():
            yield

    app = _App(
        title="ecograph",
        version=version("ecograph"),
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        # A redirect would name the scheme and host this server sees, not those of a proxy before it.
        redirect_slashes=False,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        generate_unique_id_function=lambda route: route.name,
        responses={"4XX": _problem_answer("The request cannot be answered"), "5XX": _problem_answer("A failure")},
    )
    app.state.access = access
    app.state.opening = opening
    for module in READING:
        app.include_router(module.router, prefix=PREFIX, dependencies=[READ])
    app.include_router(ingest.router, prefix=PREFIX)
    app.include_router(health.router, prefix=PREFIX)
    app.include_router(explorer, prefix=PREFIX)
    problems.install(app)
    pages.install(app, folder=static_folder)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "X-API-Key", "Content-Type"],
        )
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM, compresslevel=5)
    app.add_middleware(Guard, limits=_limits(settings, keyed=bool(access.keys)))
    return app


class _App(FastAPI):
    """The application, whose description names one media type for problems: FastAPI adds a second."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description."""
        described = super().openapi()
        for methods in described["paths"].values():
            for operation in methods.values():
                for answer in operation["responses"].values():
                    if problems.MEDIA_TYPE in answer.get("content", {}):
                        answer["content"].pop("application/json", None)
        return described


def _problem_answer(description: str) -> dict[str, object]:
    return {
        "description": description,
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        "model": Problem,
    }


def _limits(settings: Settings, *, keyed: bool) -> Limits:
    return Limits(
        hosts=_host_names(settings, keyed=keyed),
        origins=frozenset(settings.cors_origins),
        body_bytes=settings.body_kilobytes * 1024,
        upload_bytes=settings.upload_megabytes * 1024 * 1024,
        upload_path=f"{PREFIX}/ingest",
        text_bytes=settings.text_kilobytes * 1024,
        text_paths=(f"{PREFIX}/read", f"{PREFIX}/match", f"{PREFIX}/reconcile"),
        seconds=settings.timeout_seconds,
    )


def _host_names(settings: Settings, *, keyed: bool) -> frozenset[str] | None:
    """Return the names the service answers to, None for any.

    Without keys a name is the only thing that tells our page from a foreign one whose name was made to resolve
    here. With keys a foreign page has no key, so on a public address any name goes unless names are given.
    """
    named = frozenset(name.lower() for name in settings.allowed_hosts)
    if keyed and not named and not is_loopback(settings.host):
        return None
    own = frozenset() if settings.host in WILDCARD_ADDRESSES else frozenset({settings.host.lower()})
    return LOOPBACK_NAMES | own | named
