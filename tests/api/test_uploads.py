"""Uploading a table: who may, what is taken in, what is refused, and that nothing stays behind."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.settings import ApiKey, Settings, hash_of_key
from api.uploads import LONGEST_NAME, safe_name
from ingest.journal.connection import open_database, single_writer

Serve = Callable[[FastAPI], AbstractContextManager[str]]
READER, WRITER = "r" * 43, "w" * 43
KEYS = (
    ApiKey(name="reader", scopes=frozenset({"read"}), sha256=hash_of_key(READER)),
    ApiKey(name="writer", scopes=frozenset({"read", "write"}), sha256=hash_of_key(WRITER)),
)
TABLE = (
    "单位名称,注册号/统一社会信用代码,污染源编码,污染源名称\n"
    "示例上传有限公司,91319999000000015P,131900009001,示例上传厂\n"
    "没有编码的公司,,,\n"
)
AS_WRITER = {"X-API-Key": WRITER}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def client(home: Path, serve: Serve) -> Iterator[httpx.Client]:
    """A service with keys and a small limit."""
    settings = Settings(home=home, api_keys=KEYS, upload_megabytes=1)
    with serve(create_app(settings)) as address, httpx.Client(base_url=f"{address}/api/v1", timeout=60) as opened:
        yield opened


def _send(client: httpx.Client, text: str | bytes, *, name: str = "表.csv", **options: object) -> httpx.Response:
    return client.post("/ingest", files={"file": (name, text)}, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("headers", "status"), [({}, 401), ({"X-API-Key": "x"}, 401), ({"X-API-Key": READER}, 403)])
def test_only_a_key_that_may_write_writes(
    client: httpx.Client, home: Path, headers: dict[str, str], status: int
) -> None:
    assert _send(client, TABLE, headers=headers).status_code == status
    assert not (home / "uploads").exists()


def test_a_table_is_taken_in_once(client: httpx.Client, home: Path) -> None:
    first = _send(client, TABLE, headers=AS_WRITER)
    assert first.status_code == 200, first.text
    (table,) = first.json()["tables"]
    assert (table["file"], table["read"], table["used"], table["quarantined"]) == ("表.csv", 2, 1, {"no-key": 1})
    assert first.json()["entities"] >= 2
    again = _send(client, TABLE, headers=AS_WRITER).json()["tables"][0]
    assert (again["state"], again["records"]) == ("unchanged", 0)
    found = client.get("/search", params={"q": "示例上传厂"}, headers=AS_WRITER).json()
    assert found["hits"][0]["class"] == "Site"
    assert client.get("/readyz").json()["engines"][1]["lag"] == 0
    assert list((home / "uploads").iterdir()) == []


def test_a_dataset_can_be_named(client: httpx.Client) -> None:
    answer = _send(client, TABLE.replace("示例", "另例"), headers=AS_WRITER, data={"dataset": "mine"})
    assert answer.json()["tables"][0]["dataset"] == "mine"


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.csv", b"colour,shape\nred,round\n", 422),
        ("a.csv", b"", 422),
        ("a.xlsx", b"PK\x03\x04 not really", 422),
        ("a.bin", bytes(range(256)) * 40, 422),
        ("a.json", b"{", 422),
        ("a.csv", b"x" * (1 << 20) + b"\n", 413),
    ],
)
def test_what_is_no_table_is_refused(client: httpx.Client, home: Path, name: str, content: bytes, status: int) -> None:
    before = client.get("/stats", headers=AS_WRITER).json()["digests"]
    answer = _send(client, content, name=name, headers=AS_WRITER)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]
    assert str(home) not in answer.text
    assert client.get("/stats", headers=AS_WRITER).json()["digests"] == before
    assert list((home / "uploads").iterdir()) == []


def test_a_form_without_a_file_is_refused(client: httpx.Client) -> None:
    assert client.post("/ingest", headers=AS_WRITER).status_code == 400
    assert client.post("/ingest", headers=AS_WRITER, data={"file": "text"}).status_code == 400
    twice = [("file", ("a.csv", TABLE)), ("file", ("b.csv", TABLE))]
    assert client.post("/ingest", headers=AS_WRITER, files=twice).status_code == 400
    broken = {**AS_WRITER, "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/ingest", headers=broken, content=b"nonsense").status_code == 400


def test_a_path_in_the_name_leads_nowhere(client: httpx.Client, home: Path) -> None:
    table = _send(client, TABLE, name="../../../outside.csv", headers=AS_WRITER).json()["tables"][0]
    assert table["file"] == "outside.csv"
    assert list(home.parent.rglob("outside.csv")) == []


def test_another_writer_comes_first(client: httpx.Client, home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'ledger.sqlite'}")
    with single_writer(database):
        answer = _send(client, TABLE.replace("示例", "后例"), headers=AS_WRITER)
    database.dispose()
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:ecograph:problem:conflict")


def test_demo_mode_needs_no_key_but_keeps_other_pages_out(tmp_path: Path, serve: Serve) -> None:
    with serve(create_app(Settings(home=tmp_path, demo=True))) as address:
        client = httpx.Client(base_url=f"{address}/api/v1", timeout=60)
        assert _send(client, TABLE, headers={"Origin": "https://evil.example"}).status_code == 403
        assert _send(client, TABLE, headers={"Origin": address}).status_code == 200
        client.close()


def test_without_demo_mode_and_keys_nobody_writes(tmp_path: Path, serve: Serve) -> None:
    with serve(create_app(Settings(home=tmp_path))) as address:
        assert httpx.post(f"{address}/api/v1/ingest", files={"file": ("a.csv", TABLE)}, timeout=60).status_code == 401


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("表.csv", "表.csv"),
        ("a/b/c.csv", "c.csv"),
        ("C:\\data\\c.csv", "c.csv"),
        ("../..", "upload"),
        ("..", "upload"),
        ("/", "upload"),
        ("a\x00b.csv", "a_b.csv"),
        (".hidden.csv", "hidden.csv"),
        ("plain", "plain"),
    ],
)
def test_names_keep_their_last_part(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_long_names_keep_their_ending() -> None:
    name = safe_name("长" * 400 + ".csv")
    assert len(name) <= LONGEST_NAME
    assert name.endswith(".csv")
