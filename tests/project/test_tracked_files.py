"""What must not be in a public repository: paths of a machine, registry hosts, secrets, things that are built."""

import re
from pathlib import Path

TEXT_LIMIT = 3_000_000
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|farm|root|home/[a-z]+)/|/tmp/(?:bash_jobs|reports|pk|boot)")
REGISTRY = re.compile(
    r"(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|repo1?\.maven\.org|repo\.maven\.apache\.org"
    r"|static\.crates\.io|proxy\.golang\.org|deb\.debian\.org|npmmirror\.com|mirrors\.\w+\.\w+)"
)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}")
BUILT = re.compile(r"(?:^|/)(?:node_modules|__pycache__|dist|\.venv)/|^api/static/|\.(?:pyc|sqlite|sqlite-wal)$")
THIS = Path(__file__).resolve()


def _offending(tracked: tuple[Path, ...], root: Path, pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked:
        if path == THIS or path.stat().st_size > TEXT_LIMIT:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(root)}: {match.group()}" for match in pattern.finditer(text)][:3]
    return found


def test_no_path_of_a_machine(tracked: tuple[Path, ...], root: Path) -> None:
    assert _offending(tracked, root, MACHINE_PATH) == []


def test_no_registry_host(tracked: tuple[Path, ...], root: Path) -> None:
    assert _offending(tracked, root, REGISTRY) == []


def test_no_secret(tracked: tuple[Path, ...], root: Path) -> None:
    assert _offending(tracked, root, SECRET) == []


def test_nothing_built_is_tracked(tracked: tuple[Path, ...], root: Path) -> None:
    assert [name for path in tracked if BUILT.search(name := path.relative_to(root).as_posix())] == []


def test_patterns_find_what_they_are_for() -> None:
    assert MACHINE_PATH.search("see /work/x")
    assert not MACHINE_PATH.search("docs/work/x and https://a.b/home/")
    assert REGISTRY.search("https://registry.npmjs.org/vue")
    assert SECRET.search("-----BEGIN RSA PRIVATE KEY-----")
    assert BUILT.search("web/node_modules/vue/index.js")
