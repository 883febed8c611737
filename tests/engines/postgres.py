"""A temporary PostgreSQL server from the machine's own package, for the ledger's second engine."""

import atexit
import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.engines.servers import START_SECONDS, STOP_SECONDS, free_port
from tests.engines.toolchain import EngineNotAvailable

SUPERUSER = "ecograph"


def find_postgres() -> Path:
    """Return the folder with `initdb` and `postgres`, newest version first; raises EngineNotAvailable."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name or 0), reverse=True
    )
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).parent)
    for folder in folders:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise EngineNotAvailable("PostgreSQL's server programs are not on this machine (apt-get install postgresql).")


def _account() -> str | None:
    """Return the account to run as: None is one's own; root, whom initdb refuses, becomes `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise EngineNotAvailable(
        "PostgreSQL does not run as root, and there is no account postgres or nobody to run it as."
    )


class PostgresServer:
    """A PostgreSQL server with a data folder and a password of its own, both gone after close()."""

    name = "postgresql"

    def __init__(self) -> None:
        self.programs = find_postgres()
        self.account = _account()
        self.home = Path(tempfile.mkdtemp(prefix="ecograph-postgresql-"))
        self.port = free_port()
        self.password = secrets.token_urlsafe(18)
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the database `postgres`."""
        return f"postgresql+psycopg://{SUPERUSER}:{self.password}@127.0.0.1:{self.port}/postgres"

    def is_running(self) -> bool:
        """Tell whether the server process is there."""
        return self._process is not None and self._process.poll() is None

    def _initialise(self) -> None:
        secret = self.home / "password"
        secret.write_text(self.password, "utf-8")
        if self.account is not None:
            # The temporary folder belongs to root; the account must own what it writes.
            for path in (self.home, secret):
                shutil.chown(path, self.account)
        command = [
            *(str(self.programs / "initdb"), "--pgdata", str(self.home / "data"), "--username", SUPERUSER),
            *("--auth", "scram-sha-256", "--pwfile", str(secret), "--encoding", "UTF8", "--locale", "C", "--no-sync"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, user=self.account, cwd=self.home, check=False)
        if done.returncode != 0:
            raise EngineNotAvailable(f"initdb failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")

    def start(self) -> None:
        """Start the server and return when it answers; raises EngineNotAvailable with the end of its log."""
        if self.is_running():
            return
        if not (self.home / "data").is_dir():
            self._initialise()
        command = [
            *(str(self.programs / "postgres"), "-D", str(self.home / "data"), "-p", str(self.port)),
            *("-c", "listen_addresses=127.0.0.1", "-k", str(self.home), "-c", "fsync=off"),
        ]
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self.account,
                cwd=self.home,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if not self.is_running() or time.monotonic() > deadline:
                log_end = (self.home / "server.log").read_text("utf-8", "replace")[-2000:]
                self.stop()
                raise EngineNotAvailable(f"PostgreSQL did not start:\n{log_end}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, psycopg.OperationalError):
            with socket.create_connection(("127.0.0.1", self.port), 1):
                pass
            with psycopg.connect(self.url.replace("+psycopg", ""), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
                return True
        return False

    def stop(self) -> None:
        """Stop the server: open connections are cut, committed data stays."""
        if self._process is not None and self.is_running():
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None

    def kill(self) -> None:
        """Kill the server as a power cut would."""
        if self._process is not None and self.is_running():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(STOP_SECONDS)
        self._process = None

    def close(self) -> None:
        """Stop the server and remove its data."""
        atexit.unregister(self.close)
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
