"""Each exception of the Elasticsearch client has a place among ours, and says what to do."""

from collections.abc import Iterator

import elastic_transport
import elasticsearch
import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch.helpers import BulkIndexError, ScanError

from ontology.errors import Conflict, EcographError, EngineError, EngineFailed, EngineMisconfigured, EngineUnavailable
from search.elastic.faults import MAPPED, translated, translating
from search.elastic.index import open_search
from search.index import SearchRequest


def subclasses(kind: type[Exception]) -> Iterator[type[Exception]]:
    """Yield a class and all below it that the client or its transport define."""
    yield kind
    for each in kind.__subclasses__():
        yield from subclasses(each)


def test_every_exception_of_the_client_has_a_place() -> None:
    roots = (elastic_transport.TransportError, elastic_transport.ApiError, BulkIndexError, ScanError)
    found = {each for root in roots for each in subclasses(root) if each.__module__.startswith("elastic")}
    assert len(found) > 10
    assert found - MAPPED == set()


def api_error(kind: type[elasticsearch.ApiError], status: int, body: object = None) -> elasticsearch.ApiError:
    """Return an error as the client raises it."""
    node = NodeConfig("http", "localhost", 9200)
    return kind("x", ApiResponseMeta(status, "1.1", HttpHeaders(), 0.0, node), body)


def said(kind: str) -> dict[str, object]:
    """Return a body in which the server names an error."""
    return {"error": {"root_cause": [{"type": kind, "reason": "r"}], "type": "other"}, "status": 0}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (elastic_transport.ConnectionError("x"), EngineUnavailable),
        (elastic_transport.ConnectionTimeout("x"), EngineUnavailable),
        (elastic_transport.TlsError("x"), EngineMisconfigured),
        (elastic_transport.SerializationError("x"), EngineFailed),
        (api_error(elasticsearch.AuthenticationException, 401), EngineMisconfigured),
        (api_error(elasticsearch.AuthorizationException, 403), EngineMisconfigured),
        (api_error(elasticsearch.AuthorizationException, 403, said("cluster_block_exception")), EngineUnavailable),
        (api_error(elasticsearch.ApiError, 429, said("cluster_block_exception")), EngineUnavailable),
        (api_error(elasticsearch.ApiError, 429, said("es_rejected_execution_exception")), EngineUnavailable),
        (api_error(elasticsearch.ApiError, 503), EngineUnavailable),
        (api_error(elasticsearch.ApiError, 500), EngineFailed),
        (api_error(elasticsearch.BadRequestError, 400), EngineFailed),
        (api_error(elasticsearch.ConflictError, 409), Conflict),
        (api_error(elasticsearch.NotFoundError, 404, said("index_not_found_exception")), EngineMisconfigured),
        (api_error(elasticsearch.NotFoundError, 404, "no JSON"), EngineFailed),
        (api_error(elasticsearch.UnsupportedProductError, 200), EngineMisconfigured),
        (BulkIndexError("x", []), EngineFailed),
    ],
)
def test_exceptions_become_ours(error: Exception, expected: type[EcographError]) -> None:
    found = translated(error)
    assert type(found) is expected
    assert found.remedy or expected is EngineFailed
    if isinstance(found, EngineError):
        assert found.engine == "elasticsearch"


def test_the_cause_is_kept() -> None:
    cause = elastic_transport.ConnectionError("refused")
    with pytest.raises(EngineUnavailable, match="refused") as caught, translating():
        raise cause
    assert caught.value.__cause__ is cause


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    index, writer = open_search("http://127.0.0.1:9")
    with pytest.raises(EngineUnavailable) as caught:
        await index.search(SearchRequest())
    assert caught.value.remedy
    with pytest.raises(EngineUnavailable):
        await writer.checkpoint()
    await index.close()


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://x:1", "http://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EngineMisconfigured) as caught:
        open_search(url)
    assert "ECOGRAPH_SEARCH" in caught.value.remedy
