"""The compose file and the image: pinned, health-checked, limited, without default passwords, not as root."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from ruamel.yaml import YAML

SERVICES = {"app", "neo4j", "elasticsearch", "postgres"}
PASSWORDS = ("NEO4J_PASSWORD", "ELASTIC_PASSWORD", "POSTGRES_PASSWORD", "ECOGRAPH_API_KEYS")
PINNED = re.compile(r"^[a-z0-9./-]+:\d+\.\d+(?:\.\d+)?(?:-[a-z0-9.]+)*$")
VARIABLE = re.compile(r"(?<!\$)\$\{(?P<name>[A-Z_0-9]+)(?P<rest>[^}]*)\}")
Service = Mapping[str, object]


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    """The compose file as it is written."""
    return (root / "docker-compose.yml").read_text("utf-8")


@pytest.fixture(scope="module")
def compose(text: str) -> Mapping[str, Mapping[str, Service]]:
    """The compose file with its anchors resolved."""
    loaded: Mapping[str, Mapping[str, Service]] = YAML(typ="safe").load(text)
    return loaded


def _variables(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in VARIABLE.finditer(text):
        found.setdefault(match["name"], set()).add(match["rest"][:2])
    return found


def test_services_are_the_product_and_its_engines(compose: Mapping[str, Mapping[str, Service]]) -> None:
    services = compose["services"]
    assert set(services) == SERVICES
    assert [name for name, service in services.items() if service.get("profiles")] == ["postgres"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_pinned_healthy_and_limited(name: str, compose: Mapping[str, Mapping[str, Service]]) -> None:
    service = compose["services"][name]
    assert PINNED.match(str(service["image"]))
    health = service["healthcheck"]
    assert isinstance(health, Mapping)
    assert {"test", "interval", "timeout", "retries", "start_period"} <= set(health)
    assert re.search(r"\d+[gm]\b", str(service["mem_limit"]))
    assert service["restart"] == "unless-stopped"
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_every_volume_is_declared_and_used(compose: Mapping[str, Mapping[str, Service]]) -> None:
    used = {str(volume).split(":")[0] for s in compose["services"].values() for volume in s["volumes"]}  # type: ignore[attr-defined]
    assert used == set(compose["volumes"])


def test_passwords_have_no_default(text: str) -> None:
    variables = _variables(text)
    assert {name: variables.get(name) for name in PASSWORDS} == {name: {":?"} for name in PASSWORDS}
    assert not re.search(r"(?im)^\s*\w*(?:password|secret|api_key\w*):\s*(?!\$\{)\S", text)


def test_engines_are_reached_by_the_product_only(compose: Mapping[str, Mapping[str, Service]]) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["app"]
    assert compose["networks"]["engines"] == {"internal": True}
    assert [name for name, service in services.items() if name != "app" and service["networks"] != ["engines"]] == []
    assert str(services["app"]["ports"]).startswith("['127.0.0.1:")


def test_the_product_waits_for_healthy_engines_and_cannot_write_its_image(
    compose: Mapping[str, Mapping[str, Service]],
) -> None:
    app = compose["services"]["app"]
    healthy = {"condition": "service_healthy"}
    assert app["depends_on"] == {"neo4j": healthy, "elasticsearch": healthy}
    assert (app["read_only"], app["cap_drop"]) == (True, ["ALL"])


def test_image_is_built_in_stages_from_pinned_images_and_runs_without_rights(root: Path) -> None:
    lines = (root / "Dockerfile").read_text("utf-8").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert len(bases) == 3
    assert [base for base in bases if not PINNED.match(base)] == []
    last = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]
    users = [line.split()[1] for line in last if line.startswith("USER ")]
    assert users
    assert not users[-1].startswith(("0", "root"))
    assert any(line.startswith("HEALTHCHECK ") for line in last)
    assert 'ENTRYPOINT ["ecograph"]' in last
    assert all("--require-hashes" in line or "--no-deps" in line for line in lines if "pip install" in line)


def test_image_copies_every_package_and_the_build_context_allows_it(root: Path, packages: tuple[str, ...]) -> None:
    dockerfile = (root / "Dockerfile").read_text("utf-8")
    allowed = (root / ".dockerignore").read_text("utf-8").splitlines()
    assert [name for name in packages if f"COPY {name}/ {name}/" not in dockerfile] == []
    assert [name for name in packages if f"!{name}/**" not in allowed] == []
    assert allowed[0] == "**"


def test_lock_of_the_image_holds_the_product_and_no_test_tool(root: Path) -> None:
    script = [shutil.which("python3") or "python3", str(root / "scripts" / "lock_part.py")]
    part = subprocess.run([*script, "product", "postgres"], capture_output=True, text=True, check=True).stdout
    names = set(re.findall(r"(?m)^([a-z0-9][a-z0-9.-]*)(?:\[[^\]]*\])?==", part))
    assert {"fastapi", "starlette", "spacy", "psycopg-binary", "pydantic-core"} <= names
    assert names & {"pytest", "mypy", "ruff", "hypothesis", "playwright", "hatchling"} == set()
    absent = subprocess.run([*script, "no-such-thing"], capture_output=True, text=True, check=False)
    assert (absent.returncode, absent.stdout) == (2, "")


def _has_compose() -> bool:
    if not shutil.which("docker"):
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


def test_compose_accepts_the_file_with_passwords_and_refuses_it_without(root: Path, text: str) -> None:
    """With a compose client the client judges; without one, its rule for `:?` is applied to the text."""
    given = dict.fromkeys(PASSWORDS, "admin:read:" + "x" * 24)
    if not _has_compose():
        required = {name for name, forms in _variables(text).items() if ":?" in forms}
        assert required == set(given)
        return
    bare = {name: value for name, value in os.environ.items() if name not in given}
    command = ["docker", "compose", "--file", str(root / "docker-compose.yml"), "--env-file", os.devnull]
    command += ["--profile", "postgres", "config", "--quiet"]
    accepted = subprocess.run(command, env={**bare, **given}, capture_output=True, text=True, check=False)
    assert accepted.returncode == 0, accepted.stderr
    for name in PASSWORDS:
        less = {key: value for key, value in given.items() if key != name}
        refused = subprocess.run(command, env={**bare, **less}, capture_output=True, text=True, check=False)
        assert refused.returncode != 0
        assert name in refused.stderr
