"""Contradictions over the API and the command line, on a register really ingested."""

import asyncio
import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import create_cli
from api.services import open_services
from api.settings import Settings
from ingest.ingestion import choose_mappings, ingest
from ingest.projector import Projector
from tests.api.conftest import Serve
from tests.api.register import HERE

DAY = "2031-01-01"
PERMITS = """许可证编号,单位名称,有效期限,发证日期
913100000000000000001P,=甲化工厂,2020-07-27至2023-07-26,2020-07-26
913100000000000000002P,乙纸业有限公司,2020-07-27至2031-03-01,2030-07-26
"""
SITES = """污染源名称,单位名称,注册号/统一社会信用代码,污染源编码,污染源类别,行政区划,是否已核发全国许可证
丙电镀有限公司,丙电镀有限公司,,778929080001,废水,闵行区,否
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a home that holds two permits and a site, read with the built-in mappings."""
    folder = tmp_path_factory.mktemp("registers")
    (folder / "permits.csv").write_text(PERMITS, "utf-8")
    (folder / "sites.csv").write_text(SITES, "utf-8")
    found = Settings(home=tmp_path_factory.mktemp("home"))
    asyncio.run(_take_in(found, folder))
    return found


@pytest.fixture(scope="module")
def client(settings: Settings, serve: Serve) -> Iterator[httpx.Client]:
    """A client of an application over these registers."""
    with (
        serve(create_app(settings, static_folder=HERE / "no-page")) as address,
        httpx.Client(base_url=address, timeout=30) as opened,
    ):
        yield opened


async def _take_in(settings: Settings, folder: Path) -> None:
    async with open_services(settings) as services:
        projector = Projector(services.ledger, services.graph_writer, services.search_writer, services.schema)
        mappings = choose_mappings(services.schema, [])
        report = await ingest([folder], ledger=services.ledger, projector=projector, mappings=mappings)
        assert report.unusable == []


def test_each_kind_is_found_and_counted(client: httpx.Client) -> None:
    found = client.get("/api/v1/contradictions", params={"as_of": DAY}).raise_for_status().json()
    kinds = [(item["kind"], item["subject"]["label"]) for item in found["items"]]
    assert kinds == [
        ("permit-missing", "丙电镀有限公司"),
        ("permit-expired", "=甲化工厂"),
        ("permit-expiring", "乙纸业有限公司"),
    ]
    assert {kind["kind"] for kind in found["kinds"] if kind["count"]} == {kind for kind, _ in kinds}
    chosen = client.get("/api/v1/contradictions", params={"as_of": DAY, "region": "闵行", "severity": "high"}).json()
    assert [item["subject"]["label"] for item in chosen["items"]] == ["丙电镀有限公司"]


def test_pages_hold_all_findings_once(client: httpx.Client) -> None:
    whole = client.get("/api/v1/contradictions", params={"as_of": DAY, "limit": 200}).raise_for_status().json()
    assert whole["total"] == len(whole["items"]) == sum(kind["count"] for kind in whole["kinds"]) > 0
    seen: list[str] = []
    cursor: str | None = None
    while True:
        asked = {"as_of": DAY, "limit": "1"} | ({} if cursor is None else {"cursor": cursor})
        page = client.get("/api/v1/contradictions", params=asked).raise_for_status().json()
        seen.extend(item["id"] for item in page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [item["id"] for item in whole["items"]]


def test_evidence_leads_to_entities_that_exist(client: httpx.Client) -> None:
    found = client.get("/api/v1/contradictions", params={"as_of": DAY}).raise_for_status().json()["items"]
    for item in found:
        assert item["entities"][0]["id"] == item["subject"]["id"]
        for entity in item["entities"]:
            assert client.get(f"/api/v1/entities/{entity['id']}").status_code == 200
    subject = found[0]["subject"]["id"]
    of_one = client.get("/api/v1/contradictions", params={"as_of": DAY, "entity": subject}).json()
    assert found[0]["id"] in [item["id"] for item in of_one["items"]]


@pytest.mark.parametrize("asked", [{"kind": "nonsense"}, {"cursor": "x"}, {"severity": "grave"}, {"as_of": "soon"}])
def test_slips_are_refused(client: httpx.Client, asked: dict[str, str]) -> None:
    answer = client.get("/api/v1/contradictions", params=asked)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_command_gives_the_same_as_the_api(
    client: httpx.Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECOGRAPH_HOME", str(settings.home))
    whole = client.get("/api/v1/contradictions", params={"as_of": DAY, "limit": 200}).json()["items"]
    runner = CliRunner()
    printed = runner.invoke(create_cli(), ["contradictions", "--as-of", DAY, "--format", "json"])
    assert json.loads(printed.stdout) == whole
    table = runner.invoke(create_cli(), ["contradictions", "--as-of", DAY, "--format", "csv"])
    rows = list(csv.DictReader(StringIO(table.stdout.lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == [item["id"] for item in whole]
    assert [row["subject"] for row in rows if row["kind"] == "permit-expired"] == ["'=甲化工厂"]
