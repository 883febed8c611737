"""Nobody can tell from the API's answers which engine is behind it; and what it says when an engine goes away."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from api.app import create_app
from api.services import open_services
from api.settings import Settings
from ingest.projector import Projector
from ontology.model import entity_id
from tests.api.register import fill, serving
from tests.engines.servers import ElasticsearchServer, Neo4jServer

pytestmark = [pytest.mark.engines, pytest.mark.timeout(900)]

EAST = entity_id("Site", "source_code", "131900001001")
PLATER = entity_id("Enterprise", "uscc", "91319999000000015P")
DYER = entity_id("Enterprise", "uscc", "91319999000000025Q")

QUESTIONS = (
    "/search?q=电镀",
    "/search?q=电镀东厂 六价铬",
    '/search?q="六价铬超标"',
    "/search?q=示例 -印染&limit=3",
    "/search?q=class:Site OR class:Penalty&sort=newest",
    "/search?sort=oldest&limit=200",
    "/search?class=Organisation&facets=class,medium,synthetic",
    "/search?date_from=2020&date_to=2020-03",
    "/search?synthetic=true",
    "/search?q=不存在的东西",
    f"/entities/{EAST}",
    f"/entities/{PLATER}?as_of=2016",
    f"/entities/{PLATER}/neighbours",
    f"/entities/{PLATER}/neighbours?type=operatedBy&as_of=2020-06-01",
    f"/entities/{PLATER}/neighbours?direction=in&class=Decision",
    f"/entities/{EAST}/outlets",
    f"/entities/{PLATER}/outlets",
    f"/expand?id={PLATER}&depth=3",
    f"/expand?id={PLATER}&id={DYER}&per_entity=1",
    f"/expand?id={EAST}&depth=2&limit=3",
    f"/paths?source={EAST}&target={PLATER}",
    f"/paths?source={EAST}&target={DYER}",
    "/datasets",
    "/quarantine",
    "/stats",
)


@dataclass(frozen=True, slots=True)
class Both:
    """The same ledger behind two services: on the embedded engines, and on the servers."""

    embedded: str
    servers: str


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, neo4j_server: Neo4jServer, elasticsearch_server: ElasticsearchServer
) -> Iterator[Both]:
    """One ledger, projected into both pairs of engines."""
    own = Settings(home=tmp_path_factory.mktemp("home"))
    asyncio.run(fill(own))
    on_servers = own.model_copy(
        update={
            "graph": neo4j_server.url,
            "graph_user": neo4j_server.user,
            "graph_password": SecretStr(neo4j_server.password),
            "search": elasticsearch_server.url,
            "search_index": "api-test",
        }
    )
    asyncio.run(_rebuild(on_servers))
    with serving(create_app(own)) as embedded, serving(create_app(on_servers)) as servers:
        yield Both(f"{embedded}/api/v1", f"{servers}/api/v1")


async def _rebuild(settings: Settings) -> None:
    async with open_services(settings) as services:
        await Projector(services.ledger, services.graph_writer, services.search_writer, services.schema).rebuild()


def _answer(address: str) -> Any:
    answer = httpx.get(address, timeout=60, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    # A cursor is an engine's own, and scores are comparable within one answer only.
    found.pop("next_cursor", None)
    for hit in found.get("hits", ()):
        hit.pop("score")
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_answer_the_same(both: Both, question: str) -> None:
    assert _answer(both.servers + question) == _answer(both.embedded + question)


@pytest.mark.parametrize("path", ["/search?limit=2", f"/entities/{PLATER}/neighbours?limit=1"])
def test_both_page_the_same(both: Both, path: str) -> None:
    assert list(_pages(both.servers, path)) == list(_pages(both.embedded, path))


def _pages(address: str, path: str) -> Iterator[list[str]]:
    cursor = None
    while True:
        url = httpx.URL(address + path)
        page = httpx.get(url.copy_merge_params({"cursor": cursor} if cursor else {}), timeout=60)
        found = page.json()
        yield [item.get("id") or item["entity"]["id"] for item in found.get("hits") or found.get("items")]
        cursor = found["next_cursor"]
        if cursor is None:
            return


@pytest.mark.parametrize(
    "path", ["/entities/Site-0", "/search?cursor=x", f"/entities/{PLATER}/neighbours?cursor=x", "/expand?id=Site-0"]
)
def test_both_refuse_the_same(both: Both, path: str) -> None:
    ours, theirs = httpx.get(both.embedded + path, timeout=60), httpx.get(both.servers + path, timeout=60)
    assert (ours.status_code, ours.json()["type"]) == (theirs.status_code, theirs.json()["type"])


def test_cypher_reads_within_limits_and_never_writes(both: Both) -> None:
    def ask(query: str, **more: object) -> httpx.Response:
        return httpx.post(f"{both.servers}/cypher", json={"query": query, **more}, timeout=60)

    found = ask("MATCH (n) WHERE n.id = $id RETURN n.id AS id", parameters={"id": PLATER}).json()
    assert (found["columns"], found["rows"], found["truncated"]) == (["id"], [[PLATER]], False)
    cut = ask("UNWIND range(1, 50) AS n RETURN n", limit=10).json()
    assert (len(cut["rows"]), cut["truncated"], cut["limits"]["limit"]) == (10, True, 10)
    before = _answer(f"{both.servers}/stats")["digests"]["graph"]
    for query in ("MATCH (n) DETACH DELETE n", "CREATE (n) RETURN n", "MATCH (n RETURN", "CALL dbms.listConfig()"):
        refused = ask(query)
        assert (refused.status_code, refused.json()["type"]) == (400, "urn:ecograph:problem:invalid-query"), query
    assert _answer(f"{both.servers}/stats")["digests"]["graph"] == before


def test_a_graph_that_goes_away_is_503_until_it_is_back(both: Both, neo4j_server: Neo4jServer) -> None:
    path = f"{both.servers}/entities/{PLATER}/neighbours"
    neo4j_server.stop()
    away = httpx.get(path, timeout=60)
    assert (away.status_code, away.json()["type"]) == (503, "urn:ecograph:problem:engine-unavailable")
    assert int(away.headers["Retry-After"]) > 0
    ready = httpx.get(f"{both.servers}/readyz", timeout=60)
    assert ready.status_code == 503
    assert {one["name"]: one["ready"] for one in ready.json()["engines"]} == {
        "ledger": True,
        "graph": False,
        "search": True,
    }
    neo4j_server.start()
    assert _until_good(path) == 200


def test_a_search_that_goes_away_is_503_until_it_is_back(both: Both, elasticsearch_server: ElasticsearchServer) -> None:
    path = f"{both.servers}/search?q=电镀"
    elasticsearch_server.stop()
    away = httpx.get(path, timeout=60)
    assert (away.status_code, away.json()["type"]) == (503, "urn:ecograph:problem:engine-unavailable")
    assert httpx.get(f"{both.servers}/entities/{PLATER}", timeout=60).status_code == 200
    elasticsearch_server.start()
    assert _until_good(path) == 200


def test_a_wrong_password_says_what_to_change(both: Both, neo4j_server: Neo4jServer, tmp_path: Any) -> None:
    wrong = Settings(home=tmp_path, graph=neo4j_server.url, graph_password=SecretStr("not the password"))
    with serving(create_app(wrong)) as address:
        answer = httpx.get(f"{address}/api/v1/stats", timeout=60)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:ecograph:problem:engine-misconfigured")
    assert answer.json()["remedy"]
    assert "not the password" not in answer.text


def _until_good(address: str) -> int:
    ends = time.monotonic() + 120
    while (status := httpx.get(address, timeout=60).status_code) != 200 and time.monotonic() < ends:
        time.sleep(0.5)
    return status
