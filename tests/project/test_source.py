"""How the Python source is laid out: package files, names of modules, the tree of errors, layers."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import ontology.errors

VAGUE = {"utils", "util", "helpers", "helper", "base", "manager", "managers"}
TREE_LINE = re.compile(r"^(?P<stem>[ │]*(?:├─|└─) )?(?P<name>[A-Z]\w+)(?:\s{2,}\S.*)?$")


def _inits(modules: tuple[Path, ...], packages: tuple[str, ...], root: Path) -> list[Path]:
    return [path for path in modules if path.name == "__init__.py" and path.relative_to(root).parts[0] in packages]


def test_packages_say_in_a_sentence_what_they_hold(
    modules: tuple[Path, ...], packages: tuple[str, ...], root: Path
) -> None:
    inits = _inits(modules, packages, root)
    docstrings = {
        path.relative_to(root).as_posix(): ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for path in inits
    }
    assert {
        name for name, text in docstrings.items() if len(text.split()) < 4 or not text.rstrip().endswith(".")
    } == set()


def test_packages_hold_no_code(modules: tuple[Path, ...], packages: tuple[str, ...], root: Path) -> None:
    inits = _inits(modules, packages, root)
    bodies = {path.relative_to(root).as_posix(): ast.parse(path.read_text("utf-8")).body for path in inits}
    assert {name for name, body in bodies.items() if len(body) > 1} == set()


def test_every_folder_with_modules_is_a_package(
    modules: tuple[Path, ...], packages: tuple[str, ...], root: Path
) -> None:
    folders = {path.parent for path in modules if path.relative_to(root).parts[0] in packages}
    assert {folder.as_posix() for folder in folders if not (folder / "__init__.py").is_file()} == set()


def test_modules_are_named_for_what_they_hold(modules: tuple[Path, ...], packages: tuple[str, ...], root: Path) -> None:
    own = [path.relative_to(root) for path in modules if path.relative_to(root).parts[0] in packages]
    assert {path.as_posix() for path in own if VAGUE & {*path.parts[:-1], path.stem}} == set()


def test_error_tree_is_drawn_as_it_is() -> None:
    drawn: dict[str, str] = {}
    above: list[str] = []
    for line in (ontology.errors.__doc__ or "").splitlines():
        if not (match := TREE_LINE.match(line.removeprefix("    "))):
            continue
        depth = len(match["stem"] or "") // 4
        above[depth:] = [match["name"]]
        drawn[match["name"]] = above[depth - 1] if depth else "Exception"
    classes = {
        name: kind.__bases__[0].__name__
        for name, kind in vars(ontology.errors).items()
        if isinstance(kind, type) and issubclass(kind, Exception) and kind.__module__ == "ontology.errors"
    }
    assert drawn == classes


def test_layers_point_downwards(root: Path) -> None:
    program = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([program], cwd=root, capture_output=True, text=True, check=False, timeout=120)
    assert checked.returncode == 0, checked.stdout
