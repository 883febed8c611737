"""The product as a person meets it: demo data ingested once, `ecograph serve` on a free port, a real Chromium.

A test fails when the page logs an error to the browser's console or throws: what nobody clicked on may be broken too.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
ECOGRAPH = Path(sys.executable).with_name("ecograph")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS_TO_START = 60.0
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The graph and the map draw by WebGL; without a graphics card Chromium offers it only when asked.
    "--enable-unsafe-swiftshader",
)


@dataclass(frozen=True, slots=True)
class Service:
    """Where the product listens."""

    address: str

    def ask(self, path: str, **parameters: str) -> Any:
        """Return the answer of the API, for expectations that must not be written down twice."""
        query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
        with urllib.request.urlopen(f"{self.address}/api/v1{path}{query}", timeout=30) as response:
            return json.load(response)

    def id_of(self, name: str, class_name: str) -> str:
        """Return the id of the first hit of this name and class."""
        hits = self.ask("/search", **{"q": f'"{name}"', "class": class_name, "limit": "5"})["hits"]
        return str(next(hit["id"] for hit in hits if hit["label"] == name))


def _environment(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("ECOGRAPH_")}
    return {**own, "ECOGRAPH_HOME": str(home), "ECOGRAPH_DEMO": "true"}


def _ingest(environment: dict[str, str]) -> None:
    mappings = [part for file in sorted((DEMO / "mappings").glob("*.yml")) for part in ("--mapping", str(file))]
    for folder, options in (("shanghai", []), ("statutes", []), ("synthetic", mappings)):
        command = [str(ECOGRAPH), "ingest", str(DEMO / folder), *options]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api/v1/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"ecograph serve did not become ready:\n{log.read_text('utf-8')}")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The demo, served. `ECOGRAPH_E2E_ADDRESS` names one that already runs instead."""
    running = os.environ.get("ECOGRAPH_E2E_ADDRESS")
    if running:
        yield Service(running.rstrip("/"))
        return
    if not (ROOT / "api" / "static" / "index.html").is_file():
        pytest.fail("the page is not built: run `make setup`")
    home = tmp_path_factory.mktemp("home")
    environment = _environment(home)
    _ingest(environment)
    address = f"http://127.0.0.1:{_free_port()}"
    log = home / "serve.log"
    with log.open("wb") as output:
        port = address.rpartition(":")[2]
        server = subprocess.Popen([ECOGRAPH, "serve", "--port", port], env=environment, stdout=output, stderr=output)
        try:
            _wait_until_ready(address, server, log)
            yield Service(address)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _chromium() -> str:
    wanted = os.environ.get("ECOGRAPH_CHROMIUM")
    found = next((path for name in ((wanted,) if wanted else CHROMIUM_NAMES) if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "no Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or set ECOGRAPH_CHROMIUM"
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for the whole session."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_chromium(), args=list(CHROMIUM_OPTIONS))
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, service: Service) -> Iterator[BrowserContext]:
    """A reader's own browser profile: Chinese, light, a desk's window, no motion so that nothing is waited for."""
    opened = browser.new_context(
        base_url=service.address,
        viewport={"width": 1360, "height": 860},
        locale="zh-CN",
        reduced_motion="reduce",
        accept_downloads=True,
    )
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, service: Service) -> Iterator[Page]:
    """A window of that profile; by the end nothing may have been thrown, logged as an error, or missing."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if is_fault(message) else None)
    opened.on("response", lambda answer: errors.append(answer.url) if is_missing_file(answer, service) else None)
    yield opened
    assert errors == []


def is_fault(message: ConsoleMessage) -> bool:
    """Say whether the page complained; refusals of the API are states the page shows, and are tested as such."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def is_missing_file(answer: Response, service: Service) -> bool:
    """Say whether a file of the page itself could not be had."""
    return answer.status >= 400 and not answer.url.startswith(f"{service.address}/api/")
