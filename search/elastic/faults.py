"""The client's exceptions as ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import elastic_transport as transport
from elasticsearch import exceptions as client
from elasticsearch.helpers import BulkIndexError, ScanError

from ontology.errors import Conflict, EcographError, EngineFailed, EngineMisconfigured, EngineUnavailable

ENGINE = "elasticsearch"

_REBUILD = "Run `ecograph rebuild --search`."
_DISK = "Free disk space on the search server; it takes writes again by itself, and ingestion goes on where it stopped."
_WAIT = "Check that the search server runs and has memory and disk left; try again later."

_MISCONFIGURED: Mapping[type[Exception], str] = {
    client.AuthenticationException: "Check the user and password of the search server, or its API key.",
    client.AuthorizationException: "Give the user of the search server the rights to read, write and make indexes.",
    client.UnsupportedProductError: "The address must be that of an Elasticsearch 9 server.",
    transport.TlsError: "Check the certificate of the search server, and that the address begins with https.",
}
_UNAVAILABLE: tuple[type[Exception], ...] = (
    transport.ConnectionError,
    transport.ConnectionTimeout,
    transport.SniffingError,
)
_FAILED: tuple[type[Exception], ...] = (
    transport.SerializationError,
    transport.TransportError,
    client.BadRequestError,
    client.NotFoundError,
    client.ApiError,
    transport.ApiError,
    BulkIndexError,
    ScanError,
)
MAPPED = frozenset((*_MISCONFIGURED, *_UNAVAILABLE, *_FAILED, client.ConflictError))
"""Every exception class of the client that has a place; a test walks the client's tree against it."""

_BUSY = frozenset({408, 429, 502, 503, 504})
LOST_STATE = frozenset({"search_context_missing_exception", "index_not_found_exception", "no_shard_available_action"})


def kind_of(body: object) -> str:
    """Return the type of error that the server names at the root, empty if it names none."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping):
        return ""
    causes = error.get("root_cause")
    first = causes[0] if isinstance(causes, list) and causes else error
    named = first.get("type") if isinstance(first, Mapping) else None
    return str(named or error.get("type") or "")


def translated(error: Exception) -> EcographError:
    """Return our error for one of the client's: by what the server says, else by the nearest class with a place."""
    said = error.message if isinstance(error, transport.TransportError) else error  # its str() hides the message
    text = f"the search server failed: {said}"
    if isinstance(error, transport.ApiError):
        special = of_server(kind_of(error.body), error.meta.status, text)
        if special is not None:
            return special
    for kind in type(error).__mro__:
        if kind in _MISCONFIGURED:
            return EngineMisconfigured(text, engine=ENGINE, remedy=_MISCONFIGURED[kind])
        if kind in _UNAVAILABLE:
            return EngineUnavailable(text, engine=ENGINE, remedy=_WAIT)
        if kind is client.ConflictError:
            return Conflict("another process has written to the search index", remedy="Only one projection may run.")
        if kind in _FAILED:
            break
    return EngineFailed(text, engine=ENGINE)


def of_server(kind: str, status: int, text: str) -> EcographError | None:
    """Return our error for what the server names, None where its class says enough."""
    if kind == "cluster_block_exception":
        return EngineUnavailable(text, engine=ENGINE, remedy=_DISK)
    if kind == "index_not_found_exception":
        return EngineMisconfigured(text, engine=ENGINE, remedy=_REBUILD)
    if status in _BUSY:
        return EngineUnavailable(text, engine=ENGINE, remedy=_WAIT)
    return None


@contextmanager
def translating() -> Iterator[None]:
    """Turn the client's exceptions into ours."""
    try:
        yield
    except (transport.TransportError, transport.ApiError, BulkIndexError, ScanError) as exc:
        raise translated(exc) from exc
    except OSError as exc:
        raise EngineUnavailable(f"the search server cannot be reached: {exc}", engine=ENGINE, remedy=_WAIT) from exc
