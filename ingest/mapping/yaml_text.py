"""Reading YAML with the line of every key, so that faults can be named where they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from ingest.mapping.model import Fault
from ontology.errors import InvalidMapping

Node = object


@dataclass(slots=True)
class Faults:
    """The faults found so far; reading goes on after one, so that all are told at once."""

    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str, remedy: str = "") -> None:
        """Note a fault."""
        fault = Fault(line, message, remedy)
        if fault not in self.found:
            self.found.append(fault)

    def unknown(self, line: int, what: str, name: str, known: Sequence[str]) -> None:
        """Note a name that is not known, with those spelled nearly the same."""
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        folded = {other.casefold(): other for other in known}
        if name.casefold() in folded:
            near = [folded[name.casefold()]]
        self.add(line, f"there is no {what} {name!r}", f"Did you mean {' or '.join(near)}?" if near else "")


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping of the YAML text with the line it starts at."""

    data: Mapping[object, Node]
    line: int
    faults: Faults

    def line_of(self, key: str) -> int:
        """Return the line of a key, that of the block where it is absent."""
        data = self.data
        if isinstance(data, CommentedMap) and key in data.lc.data:
            return int(data.lc.data[key][0]) + 1
        return self.line

    def text(self, key: str, *, default: str = "", required: bool = False) -> str:
        """Return a text; a number or truth value is taken as it was written."""
        value = self.data.get(key)
        if value is None:
            if required:
                self.faults.add(self.line, f"{key!r} is missing")
            return default
        if isinstance(value, Mapping | list):
            self.faults.add(self.line_of(key), f"{key!r} must be a text")
            return default
        return str(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return a truth value."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.faults.add(self.line_of(key), f"{key!r} must be true or false")
            return default
        return value

    def block(self, key: str) -> "Block | None":
        """Return a nested block, None where the key is absent or holds something else."""
        value = self.data.get(key)
        if value is None:
            return None
        return as_block(value, self.line_of(key), self.faults, what=key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = self.data.get(key)
        if value is None:
            return ()
        if isinstance(value, list):
            return tuple(str(item) for item in value)
        if isinstance(value, Mapping):
            self.faults.add(self.line_of(key), f"{key!r} must be a list of texts")
            return ()
        return (str(value),)

    def items(self) -> Iterator[tuple[str, Node, int]]:
        """Iterate over (key, value, line)."""
        for key, value in self.data.items():
            yield str(key), value, self.line_of(str(key))

    def allow(self, *names: str) -> None:
        """Note every key that is not among `names`."""
        for key, _, line in self.items():
            if key not in names:
                self.faults.unknown(line, "setting", key, names)


def as_block(value: Node, line: int, faults: Faults, *, what: str) -> Block | None:
    """Return a value of the YAML text as a block, None (and a fault) where it is something else."""
    if isinstance(value, CommentedMap):
        return Block(value, _start(value, line), faults)
    if isinstance(value, Mapping):
        return Block(value, line, faults)
    faults.add(line, f"{what!r} must be a table of names and values")
    return None


def item_line(items: Node, index: int, default: int) -> int:
    """Return the line of an item of a list."""
    if isinstance(items, CommentedSeq) and index in (items.lc.data or {}):
        return int(items.lc.data[index][0]) + 1
    return default


def read_yaml(text: str, *, file: str) -> list[CommentedMap]:
    """Return the documents of a YAML text; raises InvalidMapping with the line where it is no YAML or no table."""
    reader = YAML(typ="rt")
    try:
        documents = [document for document in reader.load_all(text) if document is not None]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        raise InvalidMapping(f"this is not YAML: {error.problem}", file=file, line=line) from error
    except (YAMLError, ValueError) as error:
        raise InvalidMapping(f"this is not YAML: {error}", file=file) from error
    if not documents or not all(isinstance(document, CommentedMap) for document in documents):
        remedy = "docs/mappings.md shows one; `ecograph mapping draft FILE` writes one for a table."
        raise InvalidMapping("a mapping is a table of names and values", file=file, line=1, remedy=remedy)
    return documents


def read_text(path: Path) -> str:
    """Return the text of a mapping file; raises InvalidMapping where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidMapping(f"cannot read {path.name}: {error}", file=str(path)) from error


def _start(value: CommentedMap, line: int) -> int:
    try:
        return int(value.lc.line) + 1
    except (AttributeError, TypeError):
        return line
