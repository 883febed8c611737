"""Whatever goes wrong on any route, the answer is a problem detail that says what and why."""

from pathlib import Path

import httpx
import pytest

from api.problems import MEDIA_TYPE
from ontology.model import entity_id

ROOT = Path(__file__).resolve().parents[2]
EAST = entity_id("Site", "source_code", "131900001001")
PLATER = entity_id("Enterprise", "uscc", "91319999000000015P")
NOBODY = "Site-00000000000000000000"

FAULTS: tuple[tuple[str, int, str], ...] = (
    (f"/entities/{NOBODY}", 404, "not-found"),
    (f"/entities/{NOBODY}/neighbours", 404, "not-found"),
    (f"/entities/{NOBODY}/outlets", 404, "not-found"),
    ("/entities/x", 404, "not-found"),
    ("/entities/%00", 404, "not-found"),
    (f"/entities/{EAST}?as_of=2020-13", 422, "invalid-request"),
    (f"/entities/{EAST}?as_of=20-1-1", 422, "invalid-request"),
    (f"/entities/{EAST}?as_of=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%90", 422, "invalid-request"),
    (f"/entities/{EAST}?recorded_as_of=yesterday", 422, "invalid-request"),
    (f"/entities/{EAST}?recorded_as_of=0001-01-01T00:00:00%2B14:00", 422, "invalid-request"),
    (f"/entities/{EAST}?asof=2020", 422, "invalid-request"),
    (f"/entities/{EAST}/neighbours?cursor=nonsense", 400, "invalid-query"),
    (f"/entities/{EAST}/neighbours?limit=0", 422, "invalid-request"),
    (f"/entities/{EAST}/neighbours?limit=201", 422, "invalid-request"),
    (f"/entities/{EAST}/neighbours?limit=many", 422, "invalid-request"),
    (f"/entities/{EAST}/neighbours?type=operatedBi", 400, "invalid-query"),
    (f"/entities/{EAST}/neighbours?class=Sight", 400, "invalid-query"),
    (f"/entities/{EAST}/neighbours?direction=up", 422, "invalid-request"),
    (f"/entities/{EAST}/neighbours?as_of=2021-02-30", 422, "invalid-request"),
    ("/search?cursor=nonsense", 400, "invalid-query"),
    ("/search?limit=0", 422, "invalid-request"),
    ("/search?limit=-5", 422, "invalid-request"),
    ("/search?date_from=1.1.2020", 422, "invalid-request"),
    ("/search?sort=best", 422, "invalid-request"),
    ("/search?class=Sight", 400, "invalid-query"),
    ("/search?facets=colour", 400, "invalid-query"),
    ("/search?q=region:", 400, "invalid-query"),
    (f"/search?q={'x' * 2001}", 422, "invalid-request"),
    ("/expand", 422, "invalid-request"),
    (f"/expand?id={NOBODY}", 404, "not-found"),
    (f"/expand?id={EAST}&depth=5", 422, "invalid-request"),
    (f"/expand?id={EAST}&limit=0", 422, "invalid-request"),
    (f"/expand?id={EAST}&as_of=never", 422, "invalid-request"),
    (f"/paths?source={EAST}", 422, "invalid-request"),
    (f"/paths?source={EAST}&target={NOBODY}", 404, "not-found"),
    (f"/paths?source={NOBODY}&target={EAST}", 404, "not-found"),
    (f"/paths?source={EAST}&target={PLATER}&max_hops=9", 422, "invalid-request"),
    (f"/paths?source={EAST}&target={PLATER}&hub_penalty=NaN", 422, "invalid-request"),
    (f"/paths?source={EAST}&target={PLATER}&as_of=2020-00", 422, "invalid-request"),
    ("/records/zz", 404, "not-found"),
    ("/records/zz?x=1", 400, "invalid-query"),
    (f"/entities/{EAST}/outlets?limit=1", 400, "invalid-query"),
    (f"/records/{'0' * 64}", 404, "not-found"),
    (f"/records/{'AB' * 32}", 404, "not-found"),
    ("/quarantine?cursor=nonsense", 400, "invalid-query"),
    ("/quarantine?limit=0", 422, "invalid-request"),
    ("/quarantine?cursor=99999999999999999999999", 400, "invalid-query"),
    ("/datasets?limit=1", 400, "invalid-query"),
    ("/stats?x=1", 400, "invalid-query"),
    ("/ontology?x=1", 400, "invalid-query"),
    ("/reconcile?queries=x", 400, "invalid-query"),
    ("/reconcile/suggest/entity?limit=0", 422, "invalid-request"),
    ("/reconcile/suggest/type?x=1", 422, "invalid-request"),
    ("/reconcile/suggest/property?x=1", 422, "invalid-request"),
    ("/reconcile/extend/propose?type=Nope", 400, "invalid-query"),
    ("/reconcile/preview?id=nobody", 404, "not-found"),
    ("/contradictions?cursor=nonsense", 400, "invalid-query"),
    ("/nothing", 404, "not-found"),
    ("/", 404, "not-found"),
    ("", 404, "not-found"),
)


@pytest.mark.parametrize(("path", "status", "word"), FAULTS, ids=[path or "(root)" for path, _, _ in FAULTS])
def test_a_fault_is_a_problem_detail(client: httpx.Client, path: str, status: int, word: str) -> None:
    answer = client.get(f"/api/v1{path}")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"urn:ecograph:problem:{word}"), answer.text
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["title"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/search", f"/entities/{EAST}", "/stats", "/healthz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_a_problem_detail(client: httpx.Client, path: str, method: str) -> None:
    answer = client.request(method, f"/api/v1{path}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, MEDIA_TYPE)
    assert "GET" in answer.headers["Allow"]


def test_a_fault_in_a_query_says_where(client: httpx.Client) -> None:
    problem = client.get("/api/v1/search", params={"q": "电镀 region:"}).json()
    assert problem["position"] == len("电镀 region:")


def test_every_invalid_part_is_named(client: httpx.Client) -> None:
    problem = client.get("/api/v1/search?limit=0&sort=best").json()
    assert [part["location"] for part in problem["errors"]] == [["query", "limit"], ["query", "sort"]]


def test_every_route_has_a_fault_here_and_a_line_in_the_document(client: httpx.Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    document = (ROOT / "docs" / "api.md").read_text("utf-8")
    tried = {path.split("?")[0] for path, _, _ in FAULTS}
    for path, methods in paths.items():
        short = path.removeprefix("/api/v1")
        shape = short.replace("{entity}", "{id}")
        for method in methods:
            assert f"`{method.upper()} {shape}" in document, f"docs/api.md does not name {method.upper()} {shape}"
        if "get" in methods and short not in ("/healthz", "/readyz"):
            filled = short.replace("{entity}", NOBODY).replace("{record_id}", "zz")
            assert filled in tried, f"no fault is tried on {short}"
