"""Elasticsearch that cannot be reached, and what may answer in its place: a proxy, a server of another kind."""

import json
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ontology.errors import EngineError, EngineMisconfigured, EngineUnavailable
from ontology.model import EntityId
from search.contracts.pair import SAMPLE
from search.elastic.index import ElasticIndex, open_search
from search.elastic.writer import ElasticWriter
from search.index import SearchBatch, SearchRequest

Use = Callable[[ElasticIndex, ElasticWriter], Awaitable[object]]
USES: dict[str, Use] = {
    "search": lambda index, _: index.search(SearchRequest()),
    "document": lambda index, _: index.document(EntityId("Site-1")),
    "counts": lambda index, _: index.counts(),
    "digest": lambda index, _: index.digest(),
    "checkpoint": lambda _, writer: writer.checkpoint(),
    "apply": lambda _, writer: writer.apply(SearchBatch(SAMPLE, checkpoint=1)),
    "commit": lambda _, writer: writer.commit(),
    "clear": lambda _, writer: writer.clear(),
}


async def error_of(work: Awaitable[object]) -> EngineError:
    """Return the error that the work ends with."""
    with pytest.raises(EngineError) as caught:
        await work
    assert caught.value.remedy
    return caught.value


def closed_port() -> int:
    """Return a port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("use", USES.values(), ids=USES)
async def test_an_absent_server_is_unavailable(use: Use) -> None:
    index, writer = open_search(f"http://127.0.0.1:{closed_port()}")
    assert isinstance(await error_of(use(index, writer)), EngineUnavailable)
    await index.close()


@contextmanager
def answering(status: int, headers: dict[str, str], body: object) -> Iterator[str]:
    """Answer every request the same, as a proxy before the server or a server of another kind does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    for method in ("HEAD", "PUT", "POST"):
        setattr(Handler, f"do_{method}", Handler.do_GET)
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (200, {}, EngineMisconfigured),
        (401, {"WWW-Authenticate": "Basic"}, EngineMisconfigured),
        (403, {}, EngineMisconfigured),
        (502, {}, EngineUnavailable),
        (503, {}, EngineUnavailable),
        (429, {}, EngineUnavailable),
    ],
)
async def test_what_stands_in_the_servers_place_is_told_from_it(
    status: int, headers: dict[str, str], kind: type[EngineError]
) -> None:
    with answering(status, headers, {"message": "not here"}) as address:
        index, writer = open_search(address, user="somebody", password="not-to-be-shown")
        for use in (index.search(SearchRequest()), writer.checkpoint()):
            error = await error_of(use)
            assert isinstance(error, kind), error
            assert "not-to-be-shown" not in f"{error}{error.remedy}{error.__cause__}"
        await index.close()
