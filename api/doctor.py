"""What `ecograph doctor` looks at, and what it tells to do."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

from api import pages
from api.access import access_of, check_may_listen
from api.readiness import engine_states
from api.services import open_services
from api.settings import Settings
from ontology.errors import EcographError

PACKAGES = ("api", "graph", "ingest", "insight", "nlp", "ontology", "search")
DISTRIBUTION = "ecograph"
OLDEST_PYTHON = (3, 11)
LEAST_FREE_BYTES = 1 << 30
"""Below a gigabyte an ingest of one city's register may fill the disk."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is good, what was seen, and what to do where it is not."""

    name: str
    good: bool
    detail: str
    remedy: str = ""


async def examine(settings: Settings, *, static_folder: Path = pages.STATIC_FOLDER) -> list[Finding]:
    """Look at everything, in the order in which one fault may cause the next; only a missing home is made."""
    findings = [_python(), *_packages(), *_home(settings), _listening(settings)]
    findings.extend(await _engines(settings))
    findings.append(_page(static_folder))
    return findings


def _python() -> Finding:
    found = sys.version_info[:3]
    good = found >= OLDEST_PYTHON
    remedy = "" if good else "Install Python 3.11 or newer, and ecograph with it."
    return Finding("python", good, ".".join(map(str, found)), remedy)


def _packages() -> Iterator[Finding]:
    """Our packages have plain names: say when another distribution, or a folder on the path, has taken one."""
    owners = packages_distributions()
    own_folder = Path(__file__).resolve().parent.parent
    for name in PACKAGES:
        others = sorted(set(owners.get(name, [])) - {DISTRIBUTION})
        spec = find_spec(name)
        origin = None if spec is None or spec.origin is None else Path(spec.origin).resolve()
        if others:
            remedy = f"Uninstall {', '.join(others)}, or give ecograph a virtual environment of its own."
            yield Finding("packages", False, f"`{name}` also belongs to {', '.join(others)}", remedy)
        elif origin is None or not origin.is_relative_to(own_folder):
            remedy = "Start `ecograph` from another folder, without PYTHONPATH."
            yield Finding("packages", False, f"`{name}` is imported from {origin}, not from {own_folder}", remedy)
        else:
            continue
        return
    yield Finding("packages", True, f"all {len(PACKAGES)} come from {own_folder}")


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        remedy = "Make it writable for you, or set ECOGRAPH_HOME to another folder."
        yield Finding("home", False, f"{nearest} cannot be written: {error.strerror}", remedy)
        return
    yield Finding("home", True, f"{home}" if home.exists() else f"{home} (will be made)")
    free = shutil.disk_usage(nearest).free
    good = free >= LEAST_FREE_BYTES
    yield Finding("disk", good, f"{free / (1 << 30):.1f} GiB free", "" if good else f"Free space below {nearest}.")


def _listening(settings: Settings) -> Finding:
    try:
        access = access_of(settings)
        check_may_listen(settings, access=access)
    except EcographError as error:
        return Finding("access", False, error.message, error.remedy)
    return Finding("access", True, f"listens on {settings.host}; {len(access.keys)} API keys")


async def _engines(settings: Settings) -> list[Finding]:
    findings = []
    try:
        async with open_services(settings) as services:
            for state in await engine_states(services):
                name = f"{state.name} ({state.engine})"
                if not state.ready:
                    findings.append(Finding(name, False, state.detail or "does not answer", state.remedy or ""))
                elif state.lag:
                    remedy = "Run `ecograph ingest` again, or `ecograph rebuild`: it goes on where it stopped."
                    findings.append(Finding(name, False, f"{state.lag} ledger entries behind", remedy))
                else:
                    findings.append(Finding(name, True, "answers" if state.lag is None else "answers, up to date"))
    except EcographError as error:
        findings.append(Finding("engines", False, error.message, error.remedy))
    return findings


def _page(folder: Path) -> Finding:
    if pages.is_built(folder):
        return Finding("page", True, "is built")
    return Finding("page", False, "is not built; the API works without it", "Run `make setup` in the project.")
