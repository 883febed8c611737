"""`POST /read` and `ecograph read` over the register of these tests."""

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.reading import MAX_TEXT, Kept
from api.reading_lines import MAX_LINE, Wanted, read_rows, rows_of
from api.services import open_reader
from api.settings import Settings
from tests.api.register import fill

ECOGRAPH = Path(sys.executable).with_name("ecograph")
TEXT = "2020年3月2日，对示例电镀有限公司检查，该公司六价铬超标。"
FIRM = "示例电镀有限公司"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ecograph(settings: Settings, moments: dict[str, str], tmp_path: Path) -> Run:
    """Run the command over the register to its end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ECOGRAPH_")}
    environment = {**kept, "ECOGRAPH_HOME": str(settings.home), "COLUMNS": "200", "NO_COLOR": "1"}

    def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ECOGRAPH, "read", *arguments],
            env=environment,
            cwd=tmp_path,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def ask(client: httpx.Client, **body: object) -> httpx.Response:
    """Ask for a text to be read."""
    return client.post("/api/v1/read", json=body)


def by_text(answer: Any) -> dict[str, Any]:
    """The mentions by their text."""
    return {one["text"]: one for one in answer["entities"]}


def test_a_text_comes_back_with_its_mentions_linked(client: httpx.Client) -> None:
    answer = ask(client, text=TEXT).json()
    assert answer["text"] == TEXT
    found = by_text(answer)
    firm, word = found[FIRM], found["该公司"]
    assert TEXT[firm["start"] : firm["end"]] == FIRM
    assert (firm["label"], firm["label_name"]["zh"], firm["values"]["outcome"]) == ("enterprise", "企业", "linked")
    assert firm["entity"]["label"] == FIRM
    assert firm["entity"]["class"] == "Enterprise"
    assert word["entity_id"] == firm["entity_id"]
    assert client.get(f"/api/v1/entities/{firm['entity_id']}").json()["label"] == FIRM
    assert answer["total"] == len(answer["entities"])
    assert answer["linked"] >= 2
    assert sum(one["count"] for one in answer["labels"]) == answer["total"]


def test_the_same_text_is_read_the_same(client: httpx.Client) -> None:
    assert ask(client, text=TEXT).content == ask(client, text=TEXT).content


@pytest.mark.parametrize("text", ["", " \n", "\u0000", "🏭" * 50, "（" * 5_000, "a" * 10_000, "该公司"])
def test_a_text_that_names_nothing_is_no_fault(client: httpx.Client, text: str) -> None:
    answer = ask(client, text=text)
    assert answer.status_code == 200
    assert answer.json()["linked"] == 0


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        ({}, 422, "text"),
        ({"text": 3}, 422, "text"),
        ({"text": "x" * (MAX_TEXT + 1)}, 422, "text"),
        ({"text": "x", "date": "2024-02-30"}, 422, "date"),
        ({"text": "x", "date": "2024"}, 422, "date"),
        ({"text": "x", "entities": "some"}, 422, "entities"),
        ({"text": "x", "other": 1}, 422, "other"),
    ],
)
def test_what_cannot_be_read_is_said(client: httpx.Client, body: dict[str, object], status: int, where: str) -> None:
    answer = ask(client, **body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert where in str(answer.json()["errors"])


def test_a_region_that_is_none_is_said(client: httpx.Client) -> None:
    answer = ask(client, text="x", region="月球")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:ecograph:problem:invalid-input")


def test_a_long_text_is_taken_and_a_longer_body_is_not(client: httpx.Client) -> None:
    assert ask(client, text="环" * MAX_TEXT).status_code == 200
    assert client.post("/api/v1/read", content=b'{"text":"' + b"x" * 1_100_000 + b'"}').status_code == 413


def test_names_that_came_late_are_linked_without_a_restart(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with open_reader(settings) as reader:
        assert [one.entity_id for one in reader.read(TEXT).mentions if one.entity_id] == []
        asyncio.run(fill(settings))
        assert FIRM in {one.values.get("registered_name") for one in reader.read(TEXT).mentions}
    assert len(list((tmp_path / "names").iterdir())) == 1


def test_the_command_prints_what_it_understood(ecograph: Run, tmp_path: Path) -> None:
    (tmp_path / "决定.txt").write_text(TEXT, "utf-8")
    shown = ecograph("决定.txt")
    assert shown.returncode == 0, shown.stderr
    assert TEXT in shown.stdout
    assert "enterprise" in shown.stdout
    assert "Enterprise-" in shown.stdout


def test_a_page_is_read_as_the_document_it_is(ecograph: Run, tmp_path: Path) -> None:
    body = f"<nav>首页</nav><article><p>{TEXT * 8}</p></article>"
    page = f"<html><head><title>处罚公示</title></head><body>{body}</body></html>"
    (tmp_path / "公示.html").write_text(page, "utf-8")
    answer = json.loads(ecograph("公示.html", "--json").stdout)
    assert (answer["format"], answer["title"]) == ("html", "处罚公示")
    assert "<p>" not in answer["text"]
    assert FIRM in by_text(answer)


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, b"%PDF-1.7\nbroken"])
def test_a_file_that_is_no_document_is_refused(ecograph: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.bin").write_bytes(content)
    shown = ecograph("file.bin")
    assert shown.returncode == 2
    assert "remedy:" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_json_is_one_object(ecograph: Run) -> None:
    shown = ecograph("-", "--json", given=TEXT)
    answer = json.loads(shown.stdout)
    assert (answer["source"], answer["text"]) == ("-", TEXT)
    assert by_text(answer)[FIRM]["entity_id"].startswith("Enterprise-")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_lines_are_answered_in_order_and_bad_ones_are_told(ecograph: Run, tmp_path: Path, jobs: str) -> None:
    rows = [json.dumps({"id": f"n{number}", "text": TEXT}, ensure_ascii=False) for number in range(70)]
    rows[3:3] = ["", "not json", '{"id": 1}', '["text"]', '{"id": 9, "text": "无"}']
    (tmp_path / "texts.jsonl").write_text("\ufeff" + "\n".join(rows), "utf-8")
    shown = ecograph("texts.jsonl", "--jobs", jobs)
    assert shown.returncode == 2
    answers = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["n0", "n1", "n2", 9, *(f"n{number}" for number in range(3, 70))]
    assert FIRM in by_text(answers[0])
    for row in (5, 6, 7):
        assert f"texts.jsonl row {row}: " in shown.stderr
    assert '{"id": "1", "text": "…"}' in shown.stderr
    assert "3 lines could not be read" in shown.stderr


def test_lines_come_from_standard_input(ecograph: Run) -> None:
    shown = ecograph("-", "--lines", given=json.dumps({"text": TEXT}))
    assert (shown.returncode, json.loads(shown.stdout)["id"]) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.txt",), "missing.txt cannot be read"),
        (("missing.jsonl",), "missing.jsonl cannot be opened"),
        (("http://127.0.0.1:1/x",), "private network"),
        (("ftp://example.org/x",), "cannot be read"),
        (("-", "--entities", "most"), "none of learned, rules, all"),
        (("-", "--date", "gestern"), "is no day"),
        (("-", "--region", "月球"), "no region"),
        ((".",), "cannot be read"),
    ],
)
def test_what_the_command_cannot_use_is_a_sentence(ecograph: Run, arguments: tuple[str, ...], said: str) -> None:
    shown = ecograph(*arguments)
    assert shown.returncode == 2
    assert said in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_line_without_end_is_passed_over(settings: Settings, moments: dict[str, str]) -> None:
    stream = io.BytesIO(b'{"text":"' + b"x" * (MAX_LINE + 10) + b'"}\n{"text":"a"}')
    with open_reader(settings) as reader:
        lines = read_rows(reader, list(rows_of(stream)), Wanted(Kept.ALL))
    assert [bool(line.answer) for line in lines] == [False, True]
    assert "longer" in lines[0].fault


def test_names_are_kept_and_made_again_when_damaged(settings: Settings, moments: dict[str, str]) -> None:
    with open_reader(settings) as reader:
        first = reader.read(TEXT)
    [kept] = (settings.home / "names").iterdir()
    kept.write_bytes(b"damaged")
    with open_reader(settings) as reader:
        assert reader.read(TEXT) == first
    assert kept.stat().st_size > 100
