"""Real Neo4j and Elasticsearch servers from their Maven artifacts, started and stopped by tests.

`python -m tests.engines.servers` leaves both running and prints their addresses until Ctrl-C.
"""

import atexit
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from pathlib import Path

import neo4j
import psutil
from neo4j.exceptions import Neo4jError, ServiceUnavailable

from tests.engines.toolchain import RECIPES, EngineNotAvailable, find_java, jars

START_SECONDS = 180
STOP_SECONDS = 30
"""A server that does not stop by itself within this is killed."""

NEO4J_USER = "neo4j"


def free_port() -> int:
    """Return a TCP port of the loopback address that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(ABC):
    """A server process of its own group with a data folder that lasts from start to close.

    `stop`, `kill` and `start` may be repeated: address, password and data stay. `pause` lets it hang.
    """

    name: str
    heap: str
    compiler: tuple[str, ...] = ("-XX:TieredStopAtLevel=1",)
    """Java options; these start and test quickly. A measurement clears them: code for long use is faster."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix=f"ecograph-{self.name}-"))
        self.port = free_port()
        self.log = self.home / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    @property
    @abstractmethod
    def url(self) -> str:
        """The address to connect to, without credentials."""

    @abstractmethod
    def command(self) -> list[str]:
        """Prepare the data folder where needed and return the command line."""

    @abstractmethod
    def answers(self) -> bool:
        """Tell whether the server answers requests."""

    def environment(self) -> dict[str, str]:
        """Return the environment of the process."""
        return {name: value for name, value in os.environ.items() if name not in ("CLASSPATH", "JAVA_TOOL_OPTIONS")}

    def java(self, *options: str) -> list[str]:
        """Return the beginning of a Java command line with bounded memory."""
        return [
            *(str(find_java()), f"-Xmx{self.heap}", "-XX:+UseSerialGC", *self.compiler),
            *("--enable-native-access=ALL-UNNAMED", f"-Djava.io.tmpdir={self.home / 'tmp'}", *options),
        ]

    def start(self) -> None:
        """Start the server and return when it answers; raises EngineNotAvailable with the end of its log."""
        if self.is_running():
            return
        (self.home / "tmp").mkdir(exist_ok=True)
        command = self.command()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                env=self.environment(),
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if not self.is_running() or time.monotonic() > deadline:
                self.kill()
                raise EngineNotAvailable(f"{self.name} did not start:\n{self.log_end()}")
            time.sleep(0.1)

    def is_running(self) -> bool:
        """Tell whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def resident_bytes(self) -> int:
        """Memory the process holds now; 0 when it is not running."""
        if self._process is None or not self.is_running():
            return 0
        return int(psutil.Process(self._process.pid).memory_info().rss)

    def log_end(self) -> str:
        """Return the last 3,000 characters the server printed."""
        return self.log.read_text("utf-8", "replace")[-3000:] if self.log.is_file() else ""

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self.is_running():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def stop(self) -> None:
        """Stop the server in good order; what does not stop is killed."""
        if self._process is None:
            return
        self._signal(signal.SIGCONT)
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._forget()

    def kill(self) -> None:
        """Kill the server as a power cut would."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(STOP_SECONDS)
        self._forget()

    def _forget(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process = None

    def pause(self) -> None:
        """Let the server hang: it keeps its port and answers nothing until resume()."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """End a pause()."""
        self._signal(signal.SIGCONT)

    def close(self) -> None:
        """Stop the server and remove its data."""
        atexit.unregister(self.close)
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


class Neo4jServer(Server):
    """Neo4j Community with Bolt and a password made up for this server."""

    name = "neo4j"
    heap = "768m"

    def __init__(self) -> None:
        super().__init__()
        self.user = NEO4J_USER
        self.password = secrets.token_urlsafe(18)

    @property
    def url(self) -> str:
        """`bolt://127.0.0.1:PORT`."""
        return f"bolt://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Hand the password over where no list of processes shows it."""
        return {**super().environment(), "ENGINE_PASSWORD": self.password}

    def command(self) -> list[str]:
        """Return the command line of recipes/neo4j/Neo4jServer.java."""
        recipe = RECIPES / "neo4j"
        opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch")]
        classes = f"{jars(recipe / 'pom.xml')}/*"
        source = str(recipe / "Neo4jServer.java")
        return [*self.java(*opened), "-cp", classes, source, str(self.home / "database"), str(self.port)]

    def answers(self) -> bool:
        """Tell whether the password is accepted and a query answered."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            driver = neo4j.GraphDatabase.driver(self.url, auth=(self.user, self.password), connection_timeout=5)
            with driver, contextlib.suppress(Neo4jError, ServiceUnavailable):
                driver.execute_query("RETURN 1")
                return True
        return False


class ElasticsearchServer(Server):
    """One Elasticsearch node. Its build has no security module, so it asks for no password and has no `GET /`."""

    name = "elasticsearch"
    heap = "768m"

    def __init__(self) -> None:
        super().__init__()
        self.transport_port = free_port()

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self.port}"

    def _prepare(self) -> None:
        """Lay out the home folder that a node expects."""
        recipe = RECIPES / "elasticsearch"
        module = self.home / "modules" / "transport-netty4"
        for folder in ("config", "plugins", "data", "logs"):
            (self.home / folder).mkdir()
        module.mkdir(parents=True)
        settings = (recipe / "elasticsearch.yml").read_text("utf-8")
        ports = f"http.port: {self.port}\ntransport.port: {self.transport_port}\n"
        (self.home / "config" / "elasticsearch.yml").write_text(settings + ports, "utf-8")
        shutil.copy(recipe / "log4j2.properties", self.home / "config")
        shutil.copy(recipe / "plugin-descriptor.properties", module)
        network = jars(recipe / "transport-netty4.pom.xml")
        # A jar both on the class path and in a module is refused as "jar hell", so only these three.
        for pattern in ("netty-*.jar", "transport-netty4-*.jar", "elasticsearch-ssl-config-*.jar"):
            for jar in network.glob(pattern):
                (module / jar.name).symlink_to(jar)

    def command(self) -> list[str]:
        """Return the command line of recipes/elasticsearch/EsServer.java."""
        if not (self.home / "config").is_dir():
            self._prepare()
        recipe = RECIPES / "elasticsearch"
        options = ("--add-modules=jdk.incubator.vector", f"-Des.path.home={self.home}", "-Des.distribution.type=zip")
        classes = f"{jars(recipe / 'pom.xml')}/*"
        return [*self.java(*options), "-cp", classes, str(recipe / "EsServer.java"), str(self.home)]

    def answers(self) -> bool:
        """Tell whether the cluster is at least yellow."""
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health?timeout=1s", timeout=5) as response:
                return json.load(response)["status"] in ("green", "yellow")
        except (OSError, urllib.error.URLError, ValueError, KeyError):
            return False


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Start both servers, print their addresses, and stop them on Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    graph, search = Neo4jServer(), ElasticsearchServer()
    try:
        for server in (graph, search):
            started = time.monotonic()
            server.start()
            seconds, megabytes = time.monotonic() - started, server.resident_bytes // 2**20
            _tell(f"{server.name}: {server.url} (up in {seconds:.1f} s, {megabytes} MiB)")
        _tell(f"\nexport ECOGRAPH_GRAPH={graph.url} ECOGRAPH_GRAPH_PASSWORD={graph.password}")
        _tell(f"export ECOGRAPH_SEARCH={search.url}\n\nCtrl-C stops both and removes their data.")
        signal.pause()
    except KeyboardInterrupt:
        _tell("stopping")
    except EngineNotAvailable as missing:
        sys.exit(str(missing))
    finally:
        graph.close()
        search.close()


if __name__ == "__main__":
    main()
