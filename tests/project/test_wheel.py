"""What is installed: exactly the seven packages with their data, and nobody else's packages of the same name."""

import importlib.util
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

DATA_SUFFIXES = {".ttl", ".yml", ".csv", ".json", ".txt"}


@pytest.fixture(scope="module")
def names(root: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The files of a wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(root)]
    built = subprocess.run([*command, *options], capture_output=True, text=True, check=False, timeout=240)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("ecograph-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_wheel_holds_the_seven_packages_and_nothing_else(names: frozenset[str], packages: tuple[str, ...]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(packages)


def test_every_package_is_typed(names: frozenset[str], packages: tuple[str, ...]) -> None:
    assert [name for name in packages if f"{name}/py.typed" not in names] == []


def test_every_tracked_data_file_is_in_the_wheel(
    names: frozenset[str], tracked: tuple[Path, ...], packages: tuple[str, ...], root: Path
) -> None:
    relative = [path.relative_to(root) for path in tracked if path.suffix in DATA_SUFFIXES]
    expected = {path.as_posix() for path in relative if path.parts[0] in packages}
    assert expected, "no data file is tracked in any package"
    assert expected - names == set()


def test_ontology_and_mappings_are_in_the_wheel(names: frozenset[str]) -> None:
    assert {"ontology/eco.ttl", "ontology/shapes.ttl"} <= names
    assert any(name.startswith("ingest/mappings/") and name.endswith(".yml") for name in names)


def test_page_is_in_the_wheel_once_it_is_built(names: frozenset[str], root: Path) -> None:
    built = (root / "api" / "static" / "index.html").is_file()
    assert ("api/static/index.html" in names) == built


def test_licence_travels_with_the_wheel(names: frozenset[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_no_other_distribution_provides_a_package_of_ours(packages: tuple[str, ...], root: Path) -> None:
    assert version("ecograph")
    # An editable install lists no files, so ours may be absent from the table: then the import must lead here.
    others = {name: set(packages_distributions().get(name, [])) - {"ecograph"} for name in packages}
    assert {name: found for name, found in others.items() if found} == {}
    origins = {name: importlib.util.find_spec(name) for name in packages}
    astray = {name: spec for name, spec in origins.items() if not spec or not spec.origin}
    assert astray == {}
    assert {Path(str(spec.origin)).parent for spec in origins.values() if spec} == {root / name for name in packages}
