"""`/match`, `/reconcile` and `ecograph match` on a small register that was really ingested."""

import csv
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from api.cli import create_cli
from api.settings import Settings
from ontology.model import entity_id

EAST = entity_id("Site", "source_code", "131900001001")
PLATER = entity_id("Enterprise", "uscc", "91319999000000015P")


def match(client: httpx.Client, queries: dict[str, Any], **parameters: Any) -> dict[str, Any]:
    """Return a good answer of `/match`."""
    answer = client.post("/api/v1/match", json={"queries": queries}, params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def company(*names: str, **more: Any) -> dict[str, Any]:
    """Return a query for an enterprise."""
    return {"schema": "Company", "properties": {"name": list(names), **more}}


def test_variants_are_matched_with_reasons(client: httpx.Client) -> None:
    found = match(client, {"a": company("示例電鍍厂"), "b": company("北京毫不相干食品有限公司")})
    (first, *_) = found["responses"]["a"]["results"]
    assert (first["id"], first["schema"], first["class"]) == (PLATER, "Company", "Enterprise")
    assert first["match"] is True
    assert first["verdict"] == "same"
    assert first["explanations"]["brand"]["candidate"] == "示例"
    assert found["responses"]["b"]["results"] == []
    assert found["responses"]["a"]["total"] == {"value": len(found["responses"]["a"]["results"]), "relation": "eq"}
    assert set(first["features"]) <= set(found["matcher"])


def test_a_code_matches_and_what_is_no_code_is_said_to_be_ignored(client: httpx.Client) -> None:
    query = company("某某公司", registrationNumber=["91319999000000015P"], uscc="123", colour="red")
    answer = match(client, {"q": query})["responses"]["q"]
    assert answer["results"][0]["id"] == PLATER
    assert answer["query"]["ignored"] == ["uscc: 123", "colour: red"]


def test_schema_and_filters_choose_the_records(client: httpx.Client) -> None:
    site = {"schema": "Site", "properties": {"name": "示例电镀东厂"}}
    assert match(client, {"q": site})["responses"]["q"]["results"][0]["id"] == EAST
    query = {"q": company("示例电镀有限公司")}

    def ids(**parameters: Any) -> list[str]:
        return [hit["id"] for hit in match(client, query, **parameters)["responses"]["q"]["results"]]

    assert PLATER in ids()
    assert PLATER not in ids(exclude_entity_ids=PLATER)
    assert ids(include_dataset="no-such") == []
    assert PLATER in ids(include_dataset="test-register")
    assert PLATER not in ids(exclude_schema="Company")
    assert match(client, query, threshold=0.999, cutoff=0)["responses"]["q"]["results"][0]["match"] is False
    assert "explanations" in match(client, query)["responses"]["q"]["results"][0]
    assert match(client, query, explain=False)["responses"]["q"]["results"][0]["explanations"] == {}


def test_a_dataset_may_stand_in_the_path(client: httpx.Client) -> None:
    body = {"queries": {"q": company("示例电镀有限公司")}}
    everywhere = client.post("/api/v1/match/default", json=body).json()
    assert everywhere["responses"]["q"]["results"][0]["id"] == PLATER
    assert client.post("/api/v1/match/other", json=body).json()["responses"]["q"]["results"] == []


@pytest.mark.parametrize(
    ("body", "parameters", "status"),
    [
        ({"queries": {}}, {}, 422),
        ({"queries": {"q": {"schema": "Vessel", "properties": {"name": "x"}}}}, {}, 400),
        ({"queries": {"q": {"schema": "Company", "properties": {}}}}, {}, 400),
        ({"queries": {"q": company("x" * 501)}}, {}, 400),
        ({"queries": {"q": company("示例")}}, {"algorithm": "logic-v1"}, 400),
        ({"queries": {"q": company("示例")}}, {"topics": "sanction"}, 422),
        ({"queries": {str(n): company("示例") for n in range(501)}}, {}, 422),
    ],
)
def test_what_cannot_be_asked_is_refused(
    client: httpx.Client, body: dict[str, Any], parameters: dict[str, str], status: int
) -> None:
    answer = client.post("/api/v1/match", json=body, params=parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_the_manifest_leads_to_services_that_answer(client: httpx.Client) -> None:
    manifest = client.get("/api/v1/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert {one["id"] for one in manifest["defaultTypes"]} == {"Enterprise", "Agency", "Site"}
    for name, service in manifest["suggest"].items():
        found = client.get(service["service_url"] + service["service_path"], params={"prefix": "示例电镀"}).json()
        assert bool(found["result"]) == (name == "entity")
    propose = manifest["extend"]["propose_properties"]
    proposed = client.get(propose["service_url"] + propose["service_path"], params={"type": "Enterprise"}).json()
    assert "uscc" in {one["id"] for one in proposed["properties"]}
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", PLATER))
    assert preview.headers["content-type"] == "text/html; charset=utf-8"
    assert "示例电镀有限公司" in preview.text
    assert manifest["view"]["url"].endswith("/entity/{{id}}")


def test_queries_are_reconciled(client: httpx.Client) -> None:
    queries = {
        "q0": {"query": "示例电镀公司", "type": "Enterprise", "limit": 2},
        "q1": {"query": "某某", "properties": [{"pid": "uscc", "v": "91319999000000015P"}]},
        "q2": {"query": ""},
        "q3": {"query": "示例电镀", "type": "NoSuchType"},
    }
    found = client.post("/api/v1/reconcile", data={"queries": json.dumps(queries)}).json()
    (first, *_) = found["q0"]["result"]
    assert (first["id"], first["name"], first["type"][0]["id"]) == (PLATER, "示例电镀有限公司", "Enterprise")
    assert 0 < first["score"] <= 100
    assert found["q1"]["result"][0]["id"] == PLATER
    assert found["q2"]["result"] == found["q3"]["result"] == []


def test_entities_are_extended(client: httpx.Client) -> None:
    asked = {
        "ids": [PLATER, "Enterprise-none"],
        "properties": [{"id": "uscc"}, {"id": "name", "settings": {"limit": "1"}}],
    }
    found = client.post("/api/v1/reconcile", data={"extend": json.dumps(asked)}).json()
    assert [one["id"] for one in found["meta"]] == ["uscc", "name"]
    assert found["rows"][PLATER]["uscc"] == [{"str": "91319999000000015P"}]
    assert found["rows"]["Enterprise-none"] == {"uscc": [], "name": []}


@pytest.mark.parametrize("form", [{}, {"queries": "{"}, {"queries": "[]"}, {"extend": "{}"}])
def test_forms_that_ask_for_nothing_are_refused(client: httpx.Client, form: dict[str, str]) -> None:
    answer = client.post("/api/v1/reconcile", data=form)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def run(settings: Settings, *arguments: str) -> Any:
    """Run the command line over the register."""
    return CliRunner().invoke(create_cli(), ["--home", str(settings.home), "match", *arguments])


@pytest.mark.usefixtures("moments")
def test_a_table_is_matched_and_no_cell_becomes_a_formula(settings: Settings, tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    rows = [["名称", "代码"], ["示例電鍍公司", ""], ["=1+1", ""], ["", "91319999000000015P"], ["无关企业", ""]]
    table.write_bytes("\r\n".join(",".join(row) for row in rows).encode("gb18030"))
    done = run(settings, str(table), "--column", "名称", "--code", "代码")
    assert done.exit_code == 0, done.output
    with (tmp_path / "names.matched.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert [row["match_id"] for row in found] == [PLATER, "", PLATER, ""]
    assert [row["match_verdict"] for row in found] == ["same", "none", "same", "none"]
    assert found[1]["名称"] == "'=1+1"
    assert "示例" in found[0]["match_explanation"]


@pytest.mark.usefixtures("moments")
def test_a_table_that_cannot_be_matched_says_why(settings: Settings, tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text("名称\n示例\n", "utf-8")
    missing = run(settings, str(table), "--column", "企业")
    assert missing.exit_code != 0
    assert "no column" in str(missing.exception)
    overwritten = run(settings, str(table), "--column", "名称", "--output", str(table))
    assert "overwrite" in str(overwritten.exception)
    assert "cannot be opened" in str(run(settings, str(tmp_path / "no.csv"), "--column", "名称").exception)
