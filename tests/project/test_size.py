"""Modules and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

LINES_OF_A_MODULE = 400
LINES_OF_A_FUNCTION = 60
FRONT_END = {".ts", ".vue"}
GENERATED = {"web/src/api/schema.ts"}
"""Written by a program from the API's description: nobody reads it through."""


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_longer_than_400_lines(tracked: tuple[Path, ...], root: Path) -> None:
    sources = [path for path in tracked if path.suffix == ".py" or path.suffix in FRONT_END]
    lengths = {path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines()) for path in sources}
    long = {name: lines for name, lines in lengths.items() if lines > LINES_OF_A_MODULE and name not in GENERATED}
    assert long == {}


def test_no_function_is_longer_than_60_lines(modules: tuple[Path, ...], root: Path) -> None:
    too_long = {
        f"{path.relative_to(root).as_posix()}:{node.lineno} {node.name}": _length(node)
        for path in modules
        for node in _functions(ast.parse(path.read_text("utf-8")))
        if _length(node) > LINES_OF_A_FUNCTION
    }
    assert too_long == {}
