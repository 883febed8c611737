"""The real servers as fixtures of the session: started when first asked for, one of each for all tests.

A missing JDK, Maven or PostgreSQL fails the tests with what to install: whoever asks for `-m engines` wants the real
servers, and a skipped contract would look like a kept one.
"""

from collections.abc import Iterator

import pytest

from tests.engines.postgres import PostgresServer
from tests.engines.servers import ElasticsearchServer, Neo4jServer


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """A running Neo4j: `url`, `user`, `password`; empty the graph in your own fixture."""
    server = Neo4jServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[ElasticsearchServer]:
    """A running Elasticsearch: `url`; take index names of your own."""
    server = ElasticsearchServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running PostgreSQL: `url` for SQLAlchemy; create a schema or database of your own in it."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(autouse=True)
def _left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that stopped or paused a server, bring it back for the next one."""
    yield
    for name in ("neo4j_server", "elasticsearch_server", "postgres_server"):
        if name in request.fixturenames:
            server = request.getfixturevalue(name)
            if not isinstance(server, PostgresServer):
                server.resume()
            server.start()
