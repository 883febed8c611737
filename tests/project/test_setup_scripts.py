"""The scripts behind `make`: what they choose where several are there, and what they say where none is."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("sh", "dirname", "head", "readlink", "sed", "cat")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder to be the whole PATH: it has the shell's tools and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        found = next(Path(place) / tool for place in ("/bin", "/usr/bin") if (Path(place) / tool).exists())
        (folder / tool).symlink_to(found)
    return folder


def _program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _run(root: Path, script: str, path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(path), "HOME": str(path), **more}
    command = [str(path / "sh"), str(root / "scripts" / script)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def _old_python(folder: Path, name: str) -> None:
    _program(folder, name, 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')


def test_an_old_python_is_named_with_the_remedy(root: Path, bare: Path) -> None:
    _old_python(bare, "python3")
    found = _run(root, "find_python.sh", bare)
    assert (found.returncode, found.stdout) == (1, "")
    assert "needs Python 3.11 or newer" in found.stderr
    assert "Python 3.9.2" in found.stderr
    assert "make PYTHON=" in found.stderr


def test_no_python_at_all_is_said(root: Path, bare: Path) -> None:
    found = _run(root, "find_python.sh", bare)
    assert found.returncode == 1
    assert "needs Python 3.11 or newer" in found.stderr


def test_a_newer_python_beside_an_old_one_is_taken(root: Path, bare: Path) -> None:
    _old_python(bare, "python3")
    (bare / "python3.12").symlink_to(Path(sys.executable).resolve())
    found = _run(root, "find_python.sh", bare)
    assert found.returncode == 0, found.stderr
    assert Path(found.stdout.strip()).exists()


def test_the_python_that_was_named_goes_first(root: Path, bare: Path, tmp_path: Path) -> None:
    (bare / "python3").symlink_to(Path(sys.executable).resolve())
    own = tmp_path / "own-python"
    _program(tmp_path, "own-python", f'[ "$2" = "import sys; print(sys.executable)" ] && echo "{own}"; exit 0')
    found = _run(root, "find_python.sh", bare, PYTHON=str(own))
    assert found.stdout.strip() == str(own)


def test_scripts_are_executable_and_ci_needs_no_input(root: Path) -> None:
    scripts = [*sorted((root / "scripts").glob("*.sh")), root / ".ci" / "run"]
    assert [path.name for path in scripts if not os.access(path, os.X_OK)] == []
    text = (root / ".ci" / "run").read_text("utf-8")
    assert "exec </dev/null" in text
    assert "set -euo pipefail" in text
    assert [line for line in text.splitlines() if line.startswith("make ")]
