"""What the rules of the project look at: the checkout and the files git knows."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ontology", "graph", "search", "nlp", "ingest", "insight", "api")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def packages() -> tuple[str, ...]:
    """The seven top-level packages."""
    return PACKAGES


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Every file git tracks and that is there, sorted. Tests that need it fail outside a git checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return tuple(path for name in sorted(filter(None, listed.decode().split("\0"))) if (path := ROOT / name).is_file())


@pytest.fixture(scope="session")
def modules(tracked: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every Python file of the project that git tracks."""
    return tuple(path for path in tracked if path.suffix == ".py")
