"""Every route on a small register that was really ingested."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from ontology.model import entity_id

EAST = entity_id("Site", "source_code", "131900001001")
EAST_BY_PORTAL = entity_id("Site", "disclosure_id", "test-register|P1")
PLATER = entity_id("Enterprise", "uscc", "91319999000000015P")
DYER = entity_id("Enterprise", "uscc", "91319999000000025Q")


def get(client: httpx.Client, path: str, **parameters: Any) -> dict[str, Any]:
    """Return a good answer as plain values."""
    answer = client.get(f"/api/v1{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def pages(client: httpx.Client, path: str, **parameters: Any) -> Iterator[dict[str, Any]]:
    """Yield every page of a list."""
    page = get(client, path, **parameters)
    yield page
    while page["next_cursor"]:
        page = get(client, path, **parameters, cursor=page["next_cursor"])
        yield page


def hit(client: httpx.Client, text: str, **parameters: Any) -> dict[str, Any]:
    """Return the first hit."""
    found: dict[str, Any] = get(client, "/search", q=text, **parameters)["hits"][0]
    return found


def test_search_finds_names_with_passages_and_facets(client: httpx.Client) -> None:
    found = get(client, "/search", q="电镀东厂")
    first = found["hits"][0]
    assert (first["id"], first["class"], first["class_label"]["zh"]) == (EAST, "Site", "厂区")
    assert first["label"] == "示例电镀东厂"
    assert first["location"] == pytest.approx([121.4737, 31.2304], abs=1e-6)
    assert first["properties"]["source_code"] == ["131900001001"]
    passage = first["highlights"][0]
    start, end = passage["spans"][0]
    assert passage["passage"][start:end] in "示例电镀东厂"
    assert {"value": "Site", "label": {"zh": "厂区", "en": "Site"}, "count": 1} in found["facets"]["class"]
    assert found["facets"]["dataset"][0]["label"]["zh"].startswith("测试登记册")
    assert found["limits"] == {"limit": 20, "facet_values": 20}


def test_search_finds_identifiers(client: httpx.Client) -> None:
    assert hit(client, "91319999000000015P")["id"] == PLATER


def test_search_filters_by_class_with_all_below_it(client: httpx.Client) -> None:
    found = get(client, "/search", **{"class": "Organisation"})
    assert {one["class"] for one in found["hits"]} == {"Enterprise"}
    both = get(client, "/search", **{"class": ["Site", "Enterprise"]})
    assert {one["class"] for one in both["hits"]} == {"Site", "Enterprise"}


def test_search_filters_by_date_and_marks_invented_things(client: httpx.Client) -> None:
    found = get(client, "/search", date_from="2021", date_to="2021-07")
    assert [(one["date"], one["synthetic"]) for one in found["hits"]] == [("2021-07-01", True)]
    assert all(not one["synthetic"] for one in get(client, "/search", synthetic=False, limit=200)["hits"])


def test_search_pages_without_doubles(client: httpx.Client) -> None:
    ids = [one["id"] for page in pages(client, "/search", limit=2) for one in page["hits"]]
    assert len(ids) == len(set(ids)) == get(client, "/search")["total"]


def test_facets_can_be_named(client: httpx.Client) -> None:
    assert set(get(client, "/search", facets="class,medium")["facets"]) == {"class", "medium"}


def test_an_entity_has_facts_each_with_its_row(client: httpx.Client) -> None:
    found = get(client, f"/entities/{EAST}")
    assert (found["class"], found["label"], found["synthetic"]) == ("Site", "示例电镀东厂", False)
    assert EAST_BY_PORTAL in found["same_as"] or found["same_as"]
    name = next(fact for fact in found["facts"] if fact["property"] == "name")
    assert name == found["facts"][0]
    assert name["label"] == {"zh": "名称", "en": "Name"} or name["label"]["zh"] == "名称"
    source = name["sources"][0]
    assert source["file"].startswith("sites.csv")
    assert source["row"] == 2
    assert source["dataset"] == "test-register"
    assert source["dataset_title"]["zh"]
    assert found["total"] == len(found["facts"])
    assert found["truncated"] is False


def test_a_united_id_leads_to_the_canonical_one(client: httpx.Client) -> None:
    found = get(client, f"/entities/{EAST}")
    for other in found["same_as"]:
        for below in ("", "/neighbours", "/outlets"):
            moved = client.get(
                f"/api/v1/entities/{other}{below}?as_of=2020" if not below else f"/api/v1/entities/{other}{below}",
                follow_redirects=False,
            )
            assert moved.status_code == 308
            assert moved.headers["Location"].startswith(f"/api/v1/entities/{EAST}{below}")
        assert get(client, f"/entities/{other}")["id"] == EAST


def test_relations_are_counted_by_kind_and_direction(client: httpx.Client) -> None:
    counts = {(c["type"], c["direction"], c["class"]): c for c in get(client, f"/entities/{PLATER}")["relation_counts"]}
    operated = counts["operatedBy", "in", "Site"]
    assert operated["count"] == 2
    assert operated["label"]["zh"] == "运营的厂区"
    assert counts["penalises", "in", "Penalty"]["count"] == 1


@pytest.mark.parametrize(("as_of", "sites"), [(None, 2), ("2020-06-01", 1), ("2012", 1), ("2016", 2), ("2009", 0)])
def test_relations_hold_in_their_time(client: httpx.Client, as_of: str | None, sites: int) -> None:
    parameters = {"type": "operatedBy"} | ({} if as_of is None else {"as_of": as_of})
    found = get(client, f"/entities/{PLATER}/neighbours", **parameters)
    assert found["total"] == len(found["items"]) == sites


def test_the_ledger_remembers_what_it_knew(client: httpx.Client, moments: dict[str, str]) -> None:
    def remarks(**parameters: str) -> list[str]:
        found = get(client, f"/entities/{EAST}", **parameters)
        return [fact["value"] for fact in found["facts"] if fact["property"] == "remark"]

    assert remarks() == []
    assert remarks(recorded_as_of=moments["before"]) == []
    assert remarks(recorded_as_of=moments["between"]) == ["后来撤回的备注"]
    assert remarks(recorded_as_of=moments["after"]) == []
    assert get(client, f"/entities/{EAST}", recorded_as_of="2001-01-01")["facts"] == []


def test_neighbours_page_in_order_with_sources(client: httpx.Client) -> None:
    items = [item for page in pages(client, f"/entities/{PLATER}/neighbours", limit=1) for item in page["items"]]
    keys = [(i["relation"]["type"], i["direction"], i["entity"]["id"]) for i in items]
    assert keys == sorted(set(keys))
    assert len(keys) == 3
    first = items[0]
    assert first["relation"]["sources"][0]["file"].startswith("sites.csv")
    assert first["relation"]["record_count"] >= 1
    assert first["degree"] >= 1
    assert first["entity"]["class_label"]["en"]


def test_neighbours_are_filtered(client: httpx.Client) -> None:
    path = f"/entities/{PLATER}/neighbours"
    assert {i["entity"]["class"] for i in get(client, path, **{"class": "Decision"})["items"]} == {"Penalty"}
    assert get(client, path, direction="out")["total"] == 0
    assert get(client, path, synthetic=False)["total"] == 2


def test_the_permit_view_of_a_site_and_of_its_enterprise(client: httpx.Client) -> None:
    site = get(client, f"/entities/{EAST}/outlets")
    assert [(o["code"], o["medium"], len(o["limits"])) for o in site["outlets"]] == [
        ("FQ-01", "废气", 1),
        ("WS-01", "废水", 2),
    ]
    chromium = site["outlets"][1]["limits"][0]
    assert chromium["pollutant"] == "六价铬"
    assert chromium["maximum"] == pytest.approx(0.1)
    assert chromium["sources"][0]["file"].startswith("limits.csv")
    enterprise = get(client, f"/entities/{PLATER}/outlets")
    assert (enterprise["total"], enterprise["truncated"]) == (3, False)
    assert get(client, f"/entities/{DYER}/outlets")["outlets"] == []


def test_expand_names_what_it_left_out(client: httpx.Client) -> None:
    found = get(client, "/expand", id=PLATER, depth=2)
    ids = {entity["id"] for entity in found["entities"]}
    assert {PLATER, EAST} <= ids
    assert all(r["source"] in ids and r["target"] in ids and r["sources"] for r in found["relations"])
    assert found["truncated"] is False
    cut = get(client, "/expand", id=PLATER, per_entity=1)
    assert cut["truncated"] is True
    assert cut["omitted"] == {PLATER: 2}
    assert cut["limits"]["per_entity"] == 1


def test_paths_name_the_records_of_each_hop(client: httpx.Client) -> None:
    penalty = hit(client, "六价铬超标排放", **{"class": "Penalty"})["id"]
    found = get(client, "/paths", source=EAST, target=penalty)
    best = found["paths"][0]
    assert [entity["id"] for entity in best["entities"]] == [EAST, PLATER, penalty]
    assert [r["type"] for r in best["relations"]] == ["operatedBy", "penalises"]
    assert all(r["sources"][0]["record"] for r in best["relations"])
    assert get(client, "/paths", source=EAST, target=DYER)["paths"] == []


def test_a_record_is_shown_as_it_came(client: httpx.Client) -> None:
    record = get(client, f"/entities/{EAST}")["facts"][0]["sources"][0]["record"]
    found = get(client, f"/records/{record}")
    assert found["payload"]["厂区编码"] == "131900001001"
    assert found["files"][0]["row"] == 2
    assert found["dataset_title"]["en"]


def test_datasets_count_records_and_quarantine(client: httpx.Client) -> None:
    found = {one["id"]: one for one in get(client, "/datasets")["items"]}
    assert set(found) == {"test-register", "test-invented"}
    assert (found["test-register"]["records"], found["test-register"]["quarantined"]) == (7, 1)
    assert found["test-register"]["publisher"]["en"] == "Test bureau"
    assert set(found["test-register"]["tables"]) == {"sites", "limits"}
    assert found["test-invented"]["synthetic"] is True


def test_quarantine_gives_reason_and_row(client: httpx.Client) -> None:
    found = get(client, "/quarantine")
    assert found["total"] == 1
    row = found["items"][0]
    assert (row["code"], row["row"], row["payload"]["厂区名称"]) == ("no-key", 5, "无名厂")
    assert row["reason"]
    assert get(client, "/quarantine", dataset="test-invented")["total"] == 0
    assert get(client, "/quarantine", code="no-key")["total"] == 1


def test_stats_add_up(client: httpx.Client) -> None:
    found = get(client, "/stats")
    assert found["records"] == sum(found["datasets"].values()) == 9
    assert {one["name"]: one["count"] for one in found["entities"]}["Site"] == 3
    assert {one["name"]: one["count"] for one in found["relations"]}["operatedBy"] == 3
    assert set(found["digests"]) == {"ledger", "graph", "search"}
    assert all(len(digest) == 64 for digest in found["digests"].values())


def test_the_ontology_has_labels(client: httpx.Client) -> None:
    found = get(client, "/ontology")
    site = next(one for one in found["classes"] if one["name"] == "Site")
    assert site["label"]["zh"] == "厂区"
    assert "source_code" in site["properties"]


def test_health_and_readiness(client: httpx.Client) -> None:
    assert get(client, "/healthz")["status"] == "alive"
    ready = get(client, "/readyz")
    assert ready["ready"] is True
    assert [(one["name"], one["lag"]) for one in ready["engines"]] == [("ledger", None), ("graph", 0), ("search", 0)]


def test_cypher_on_the_embedded_engine_names_the_alternative(client: httpx.Client) -> None:
    answer = client.post("/api/v1/cypher", json={"query": "MATCH (n) RETURN n"})
    assert answer.status_code == 501
    assert "/paths" in answer.json()["detail"]
    assert "neo4j" in answer.json()["remedy"]


def test_the_docs_page_and_its_parts_are_ours(client: httpx.Client) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "://" not in page.text
    for part in ("explorer.js", "explorer.css"):
        assert part in page.text
        assert client.get(f"/api/v1/docs/{part}").status_code == 200
