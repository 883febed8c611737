"""Reads the demo data into a home of its own and serves it on this machine until Ctrl-C.

`make demo` runs it. The data goes to `.ecograph/demo` in the checkout, so nothing of yours is touched; a second run
finds the records already there and is quick; where the demo's files have changed since, it starts anew, because a
ledger keeps what it once read. Where the usual port is taken, the next free one is used and said.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

from ontology.model import entity_id

DEMO = Path(__file__).resolve().parent
HOME = DEMO.parent / ".ecograph" / "demo"
ECOGRAPH = Path(sys.executable).with_name("ecograph")
FOLDERS = ("shanghai", "statutes", "synthetic", "mappings")
FIRST_PORT = 8000
PORTS_TRIED = 20
SECONDS_TO_START = 60.0
PLATER = entity_id("Enterprise", "uscc", "91319900MADEM00118")
CHEMICAL_WORKS = entity_id("Enterprise", "uscc", "91319900MADEM0046T")
"""Two invented enterprises that handed waste to the same taker without a licence."""


def digest_of_files() -> str:
    """Return a hash over names and contents of all that is ingested."""
    digest = hashlib.sha256()
    for file in sorted(path for folder in FOLDERS for path in (DEMO / folder).rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(DEMO).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def prepare_home() -> None:
    """Leave a home that holds only what these files say: an older demo is removed."""
    stamp = HOME / "demo-files.sha256"
    digest = digest_of_files()
    if HOME.exists() and (not stamp.is_file() or stamp.read_text("utf-8") != digest):
        print("the demo's files have changed: reading them anew", flush=True)
        shutil.rmtree(HOME)
    HOME.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="utf-8")


def ingest(environment: dict[str, str]) -> int:
    """Read the registers, the statutes and the synthetic records; returns the exit code of the first that fails."""
    mappings = [part for file in sorted((DEMO / "mappings").glob("*.yml")) for part in ("--mapping", str(file))]
    runs: tuple[tuple[str, list[str]], ...] = (
        ("registers and statutes", [str(DEMO / "shanghai"), str(DEMO / "statutes")]),
        ("synthetic records", [str(DEMO / "synthetic"), *mappings]),
    )
    for title, arguments in runs:
        print(f"reading {title} …", flush=True)
        # The report names all 95 files; here its sums are enough, and all of it where something went wrong.
        done = subprocess.run(  # noqa: S603 - our own command
            [ECOGRAPH, "ingest", *arguments], env=environment, check=False, stdout=subprocess.PIPE, text=True
        )
        lines = done.stdout.splitlines()
        if done.returncode != 0:
            print(done.stdout, flush=True)
            return done.returncode
        print("\n".join(f"  {line}" for line in lines if line.endswith("written")).lstrip("\n"), flush=True)
    return 0


def free_port() -> int:
    """Return the first free port of loopback from `FIRST_PORT` up, 0 if all that are tried are taken."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # As the server does it: without this a port that was just given up counts as taken for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return 0


def wait_until_ready(address: str, server: "subprocess.Popen[bytes]") -> bool:
    """Say whether the server answered that it is ready before it ended or the time was over."""
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api/v1/readyz", timeout=5):  # noqa: S310 - loopback
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def has_display() -> bool:
    """Say whether a browser window could be shown to somebody."""
    if os.environ.get("CI"):
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tell(address: str) -> None:
    """Print where the demo is and what to try."""
    command = f"ECOGRAPH_HOME={os.path.relpath(HOME)} {os.path.relpath(ECOGRAPH)}"
    width = shutil.get_terminal_size().columns
    lines = (
        "",
        "─" * min(width, 100),
        f"  The demo is at {address}  (Ctrl-C ends it)",
        "  Real registers of 170 enterprises, 63 statutes, and invented enterprises marked synthetic.",
        "",
        "  Three commands to try in another terminal:",
        f"    {command} status",
        f"    curl -G '{address}/api/v1/search' --data-urlencode 'q=危险废物 无许可证' -d facets=class,year",
        f"    curl '{address}/api/v1/paths?source={PLATER}&target={CHEMICAL_WORKS}'",
        "─" * min(width, 100),
        "",
    )
    print("\n".join(lines), flush=True)


def serve(environment: dict[str, str]) -> int:
    """Serve until Ctrl-C and return the exit code: 0 for an end that was asked for."""
    port = free_port()
    if port == 0:
        print(f"ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all taken", file=sys.stderr)
        return 1
    if port != FIRST_PORT:
        print(f"port {FIRST_PORT} is taken, so the demo uses {port}", flush=True)
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([ECOGRAPH, "serve", "--port", str(port)], env=environment)  # noqa: S603
    # A request to end reaches the server as well and is its business; this process waits for it.
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        if not wait_until_ready(address, server):
            server.terminate()
            return server.wait() or 1
        tell(address)
        if has_display():
            webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        server.wait()
        print("the demo has ended; `make demo` starts it again", flush=True)
        return 0


def main() -> int:
    """Ingest, then serve."""
    # Settings of your own installation would send the demo's records to your engines.
    own = {name: value for name, value in os.environ.items() if not name.startswith("ECOGRAPH_")}
    environment = {**own, "ECOGRAPH_HOME": str(HOME), "ECOGRAPH_DEMO": "true", "ECOGRAPH_LOG_LEVEL": "warning"}
    try:
        prepare_home()
        code = ingest(environment)
        return code or serve(environment)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
