"""The real servers themselves: they answer, ask for passwords, survive a kill, and leave nothing behind."""

import subprocess
import sys
import time
from pathlib import Path

import neo4j
import psutil
import psycopg
import pytest
from elasticsearch import AsyncElasticsearch, ConnectionTimeout
from elasticsearch.helpers import async_bulk
from neo4j.exceptions import AuthError, ServiceUnavailable
from sqlalchemy import create_engine, text

from tests.engines import toolchain
from tests.engines.postgres import PostgresServer
from tests.engines.servers import ElasticsearchServer, Neo4jServer, Server
from tests.engines.toolchain import EngineNotAvailable

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]
ROOT = Path(__file__).parents[2]


def count_nodes(server: Neo4jServer, label: str) -> int:
    with neo4j.GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        found = driver.execute_query("MATCH (n) WHERE $label IN labels(n) RETURN count(n) AS n", label=label)
        return int(found.records[0]["n"])


def create_node(server: Neo4jServer, label: str) -> None:
    with neo4j.GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query(f"CREATE (:{label} {{name: $name}})", name="上海")


def test_neo4j_answers_a_query(neo4j_server: Neo4jServer) -> None:
    create_node(neo4j_server, "Answer")
    assert count_nodes(neo4j_server, "Answer") == 1


def test_neo4j_asks_for_the_password(neo4j_server: Neo4jServer) -> None:
    wrong = neo4j.GraphDatabase.driver(neo4j_server.url, auth=("neo4j", "wrong"))
    with wrong, pytest.raises(AuthError):
        wrong.verify_connectivity()


def test_neo4j_keeps_its_data_and_password_over_a_restart_and_a_kill(neo4j_server: Neo4jServer) -> None:
    create_node(neo4j_server, "Kept")
    neo4j_server.stop()
    assert not neo4j_server.is_running()
    driver = neo4j.GraphDatabase.driver(neo4j_server.url, auth=("neo4j", neo4j_server.password))
    with driver, pytest.raises(ServiceUnavailable):
        driver.verify_connectivity()
    neo4j_server.start()
    assert count_nodes(neo4j_server, "Kept") == 1
    neo4j_server.kill()
    neo4j_server.start()
    assert count_nodes(neo4j_server, "Kept") == 1


async def test_elasticsearch_indexes_and_finds(elasticsearch_server: ElasticsearchServer) -> None:
    async with AsyncElasticsearch(elasticsearch_server.url) as client:
        assert (await client.cluster.health())["status"] in ("green", "yellow")
        await client.indices.create(
            index="smoke",
            settings={"number_of_replicas": 0},
            mappings={"properties": {"words": {"type": "text", "analyzer": "whitespace"}, "year": {"type": "integer"}}},
        )
        actions = [{"_index": "smoke", "_id": str(n), "words": f"废水 排放 {n}", "year": 2000 + n} for n in range(50)]
        indexed, faults = await async_bulk(client, actions, refresh="wait_for")
        assert (indexed, faults) == (50, [])
        found = await client.search(
            index="smoke",
            query={
                "bool": {"must": {"match_phrase": {"words": "废水 排放"}}, "filter": {"range": {"year": {"gte": 2040}}}}
            },
            aggs={"years": {"stats": {"field": "year"}}},
            highlight={"fields": {"words": {}}},
        )
        assert found["hits"]["total"]["value"] == 10
        assert found["aggregations"]["years"]["max"] == 2049
        assert found["hits"]["hits"][0]["highlight"]["words"][0].startswith("<em>废水 排放</em>")
        await client.indices.delete(index="smoke")


async def test_elasticsearch_keeps_its_data_over_a_kill(elasticsearch_server: ElasticsearchServer) -> None:
    async with AsyncElasticsearch(elasticsearch_server.url) as client:
        await client.indices.create(index="kept", settings={"number_of_replicas": 0})
        await client.index(index="kept", id="1", document={"name": "上海"})
        elasticsearch_server.kill()
        elasticsearch_server.start()
        await client.cluster.health(index="kept", wait_for_status="green")
        assert (await client.get(index="kept", id="1"))["_source"] == {"name": "上海"}
        await client.indices.delete(index="kept")


async def test_a_paused_server_hangs_and_comes_back(elasticsearch_server: ElasticsearchServer) -> None:
    async with AsyncElasticsearch(elasticsearch_server.url, request_timeout=1, max_retries=0) as client:
        elasticsearch_server.pause()
        with pytest.raises(ConnectionTimeout):
            await client.cluster.health()
        elasticsearch_server.resume()
        assert (await client.options(request_timeout=30).cluster.health())["number_of_nodes"] == 1


def test_postgres_answers_and_asks_for_the_password(postgres_server: PostgresServer) -> None:
    engine = create_engine(postgres_server.url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT '上海' || 1")).scalar_one() == "上海1"
    engine.dispose()
    wrong = postgres_server.url.replace("+psycopg", "").replace(postgres_server.password, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_postgres_keeps_its_data_over_a_kill(postgres_server: PostgresServer) -> None:
    address = postgres_server.url.replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept (name text)")
        connection.execute("INSERT INTO kept VALUES ('上海')")
    postgres_server.kill()
    assert not postgres_server.is_running()
    postgres_server.start()
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT name FROM kept").fetchall() == [("上海",)]
        connection.execute("DROP TABLE kept")


def gone(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("kind", [Neo4jServer, ElasticsearchServer])
def test_a_server_dies_with_a_starter_that_was_killed(kind: type[Server]) -> None:
    script = (
        f"from tests.engines.servers import {kind.__name__}\n"
        f"server = {kind.__name__}()\nserver.start()\n"
        "print(server._process.pid, server.home, flush=True)\nimport time\ntime.sleep(600)\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert starter.stdout is not None
    with starter, starter.stdout:
        pid, _, home = starter.stdout.readline().strip().partition(" ")
        assert psutil.pid_exists(int(pid))
        starter.kill()
        starter.wait()
    assert gone(int(pid), 60)
    assert home.startswith("/")
    subprocess.run(["rm", "-r", home], check=True)


def test_closing_leaves_no_process_and_no_file() -> None:
    server = PostgresServer()
    server.start()
    home = server.home
    server.close()
    assert not home.exists()
    assert not [process for process in psutil.process_iter(["cmdline"]) if str(home) in (process.info["cmdline"] or ())]


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    server = ElasticsearchServer()
    monkeypatch.setattr(server, "command", lambda: [sys.executable, "-c", "raise SystemExit('no room for the heap')"])
    with pytest.raises(EngineNotAvailable, match="no room for the heap"):
        server.start()
    server.close()


def test_missing_tools_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineNotAvailable, match="apt-get install maven"):
        toolchain.find_maven()
    monkeypatch.setattr(toolchain, "_jdk_homes", lambda environment: iter(()))
    toolchain.find_java.cache_clear()
    with pytest.raises(EngineNotAvailable, match="found: none"):
        toolchain.find_java()


def test_a_fetch_that_fails_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pom = tmp_path / "recipe" / "pom.xml"
    pom.parent.mkdir()
    pom.write_text("<project><modelVersion>4.0.0</modelVersion></project>", "utf-8")
    monkeypatch.setenv(toolchain.CACHE_VARIABLE, str(tmp_path / "cache"))
    toolchain.find_java.cache_clear()
    with pytest.raises(EngineNotAvailable, match="Maven could not fetch"):
        toolchain.jars(pom)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["lock"]
