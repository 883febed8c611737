"""The documents keep their form, and every command and link in them is real."""

import re
from pathlib import Path

import pytest

DECISION = re.compile(r"^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md$")
SECTIONS = ("## Context", "## Decision", "## Consequences")
CHANGES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"(?m)(?:^ {4,}|`)make(?: [A-Z]+=\S+)* ([a-z][a-z0-9-]*)")
WANTED = (
    *("help", "setup", "demo", "serve", "test", "check", "fmt"),
    *("test-engines", "test-e2e", "engines", "bench", "models", "lock", "clean"),
)
CHINESE = re.compile(r"[一-鿿]")


def _documents(root: Path) -> list[Path]:
    return [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").rglob("*.md"))]


def _targets(root: Path) -> dict[str, str]:
    lines = (root / "Makefile").read_text("utf-8").splitlines()
    found = [match for line in lines if (match := re.match(r"([a-z0-9-]+):[^=]*?(?:## (.+))?$", line))]
    return {match[1]: match[2] or "" for match in found}


def test_make_commands_of_the_documents_exist(root: Path) -> None:
    used = {
        (document.name, target) for document in _documents(root) for target in MAKE.findall(document.read_text("utf-8"))
    }
    assert {("README.md", "demo"), ("README.md", "test")} <= used
    assert {pair for pair in used if pair[1] not in _targets(root)} == set()


def test_every_target_a_person_calls_is_explained(root: Path) -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (root / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None
    targets = _targets(root)
    assert sorted(phony[1].split()) == sorted(WANTED)
    assert [name for name in WANTED if not targets.get(name)] == []


def test_links_lead_to_files(root: Path) -> None:
    broken = [
        f"{document.relative_to(root)}: {link}"
        for document in _documents(root)
        for link in LINK.findall(document.read_text("utf-8"))
        if not (document.parent / link).exists()
    ]
    assert broken == []


def test_readme_starts_with_the_two_commands_and_has_a_chinese_section(root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")
    english, chinese = text.split("\n## 中文\n")
    assert english.index("make demo") < english.index("make test") < english.index("make serve")
    assert "make demo" in chinese
    assert len(CHINESE.findall(chinese)) > 200


def test_changelog_keeps_its_form(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"(?m)^## (.+)$", text)
    assert headings[0] == "[Unreleased]"
    assert [name for name in headings[1:] if not re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", name)] == []
    assert set(re.findall(r"(?m)^### (.+)$", text)) <= CHANGES


def test_decisions_are_numbered_without_gap(root: Path) -> None:
    names = sorted(path.name for path in (root / "docs" / "decisions").iterdir())
    assert [name for name in names if not DECISION.match(name)] == []
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "docs" / "decisions").glob("*.md")), ids=lambda p: p.stem
)
def test_a_decision_has_its_parts(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.search(r"(?m)^Date: \d{4}-\d\d-\d\d\. Status: (?:proposed|accepted|superseded by \d{4})\.$", text)
    assert [section for section in SECTIONS if f"\n{section}\n" not in text] == []
    assert re.search(r"(?m)^## Options", text)
