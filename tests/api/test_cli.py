"""The command as a person runs it: as a process, in a home of its own."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import typer

from api.cli import create_cli
from api.settings import Settings
from api.terminal import EXIT_CODES, exit_code_of
from ontology.errors import EcographError, InvalidQuery

ECOGRAPH = Path(sys.executable).with_name("ecograph")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a person who has a home of their own and no settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ECOGRAPH_")}
    return {**kept, "ECOGRAPH_HOME": str(tmp_path / "home"), "COLUMNS": "200", "NO_COLOR": "1"}


@pytest.fixture
def ecograph(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run the command to its end."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ECOGRAPH, *arguments],
            env={**environment, **variables},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_help_teaches_and_version_is_the_distribution_s(ecograph: Run) -> None:
    shown = ecograph("--help")
    assert shown.returncode == 0
    for word in ("ECOGRAPH_HOME", "ecograph ingest", "serve", "doctor", "keys", "export-openapi"):
        assert word in shown.stdout
    assert ecograph("--version").stdout.startswith("ecograph 0.")


def test_a_wrong_setting_is_a_message(ecograph: Run) -> None:
    failed = ecograph("doctor", ECOGRAPH_PORT="many", ECOGRAPH_GRAPH="neo4j://h")
    assert failed.returncode == 2
    assert "ECOGRAPH_PORT" in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_serve_refuses_a_public_address_without_keys(ecograph: Run, host: str) -> None:
    failed = ecograph("serve", "--host", host, "--port", "0")
    assert failed.returncode == 5
    assert "no API key is configured" in failed.stderr
    assert "ecograph keys new" in failed.stderr


def test_serve_names_a_port_that_is_taken(ecograph: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        failed = ecograph("serve", "--port", str(taken.getsockname()[1]))
    assert failed.returncode == 6
    assert "another port" in failed.stderr


def test_serve_names_a_ledger_that_is_none(ecograph: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ledger.sqlite").write_text("this is no database" * 100)
    failed = ecograph("serve", "--port", "0")
    assert failed.returncode == 7
    assert "Traceback" not in failed.stderr
    assert "remedy:" in failed.stderr


def test_keys_are_shown_once_and_kept_as_hashes(ecograph: Run, tmp_path: Path) -> None:
    made = ecograph("keys", "new", "desk", "--scope", "read", "--scope", "write")
    secret = made.stdout.strip()
    assert len(secret) >= 43
    file = tmp_path / "home" / "api_keys"
    assert secret not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ecograph("keys", "list").stdout.split() == ["desk", "read+write"]
    assert ecograph("keys", "new", "desk").returncode == 6
    assert ecograph("keys", "new", "a:b").returncode == 2
    assert ecograph("keys", "new", "other", "--scope", "admin").returncode == 2
    assert ecograph("keys", "revoke", "nobody").returncode == 3
    assert ecograph("keys", "revoke", "desk").returncode == 0
    assert ecograph("keys", "list").stdout == ""


def test_openapi_is_the_same_twice(ecograph: Run, tmp_path: Path) -> None:
    first = ecograph("export-openapi").stdout
    assert ecograph("export-openapi", "api.json").returncode == 0
    assert (tmp_path / "api.json").read_text("utf-8") == first
    assert json.loads(first)["info"]["title"] == "ecograph"
    assert ecograph("export-openapi", "no/such/folder").returncode == 2


def test_doctor_finds_nothing_wrong_but_the_page(ecograph: Run) -> None:
    findings = {finding["name"]: finding for finding in json.loads(ecograph("doctor", "--json").stdout)}
    assert {"python", "packages", "home", "access", "page"} <= set(findings)
    assert [name for name, finding in findings.items() if not finding["good"] and name != "page"] == []


def test_doctor_names_fault_and_remedy(ecograph: Run, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ledger.sqlite").write_text("this is no database" * 100)
    looked = ecograph("doctor", "--json", ECOGRAPH_HOST="0.0.0.0")
    assert looked.returncode == 1
    faults = {finding["name"]: finding for finding in json.loads(looked.stdout) if not finding["good"]}
    assert {"access", "engines"} <= set(faults)
    assert all(finding["remedy"] for finding in faults.values())


def test_a_foreign_api_folder_in_the_way_changes_nothing(ecograph: Run, tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "__init__.py").write_text("raise SystemExit('the wrong api')")
    assert ecograph("--version").returncode == 0


def test_serve_answers_until_it_is_stopped(environment: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    with log.open("w") as sink:
        server = subprocess.Popen([ECOGRAPH, "serve", "--port", str(port)], env=environment, stderr=sink)
    try:
        assert _wait(f"http://127.0.0.1:{port}/api/v1/readyz") == 200
        assert (
            httpx.get(f"http://127.0.0.1:{port}/api/v1/healthz", headers={"Host": "evil"}, timeout=60).status_code
            == 403
        )
        assert "server" not in httpx.get(f"http://127.0.0.1:{port}/", timeout=60).headers
    finally:
        server.send_signal(signal.SIGINT)
        code = server.wait(timeout=20)
    assert code in (0, 130)
    assert f"http://127.0.0.1:{port}/" in log.read_text()
    assert "Traceback" not in log.read_text()


def _wait(address: str) -> int:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            return httpx.get(address, timeout=60).status_code
        except httpx.ConnectError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_exit_codes_name_every_error_by_the_nearest_class() -> None:
    assert exit_code_of(InvalidQuery("x")) == 2
    assert exit_code_of(EcographError("x")) == 1
    for index, (kind, _) in enumerate(EXIT_CODES):
        assert [later for later, _ in EXIT_CODES[index + 1 :] if issubclass(later, kind)] == []


def test_settings_are_handed_down_not_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    monkeypatch.setenv("ECOGRAPH_HOME", "/nowhere")
    assert settings.ledger_url == f"sqlite:///{tmp_path}/ledger.sqlite"


def test_the_document_names_every_command_and_exit_code() -> None:
    document = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text("utf-8")
    commands = typer.main.get_command(create_cli())
    assert isinstance(commands, typer.core.TyperGroup)
    assert [name for name in commands.commands if f"`ecograph {name}" not in document] == []
    rows = dict(re.findall(r"(?m)^\| (\d+) \| (.+) \|$", document))
    for kind, code in EXIT_CODES:
        assert kind is EcographError or f"`{kind.__name__}`" in rows[str(code)], kind
