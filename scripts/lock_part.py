"""Prints the part of requirements.lock that some of its requirements reach, with all hashes.

    python scripts/lock_part.py product postgres > runtime.lock     # the running product, without tools for tests
    python scripts/lock_part.py hatchling > build.lock              # what builds the wheel

`product` stands for the dependencies of pyproject.toml, the name of an extra for that extra; any other word is the
name of a locked distribution. The lock says of each package which other one asked for it (`# via`). Needs nothing
but Python.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
PARENT = re.compile(r"^    #(?: via)? +([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


def canonical(text: str) -> str:
    """Return the name a requirement starts with, as the lock spells it; empty where there is none."""
    match = NAME.match(text)
    return re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""


def part_of(lock: str, wanted: list[str]) -> str:
    """Return the blocks of `lock` that the requirements `wanted` reach, in the order of the lock.

    Raises KeyError, with the name, for one that is not locked.
    """
    blocks = {canonical(block): block for block in re.split(r"(?m)^(?=[a-z0-9])", lock) if "==" in block}
    parents = {name: {canonical(parent) for parent in PARENT.findall(block)} for name, block in blocks.items()}
    reached = {canonical(requirement) for requirement in wanted}
    if missing := sorted(reached - set(blocks)):
        raise KeyError(", ".join(missing))
    while more := {name for name, above in parents.items() if name not in reached and above & reached}:
        reached |= more
    return "".join(block for name, block in blocks.items() if name in reached)


def main() -> int:
    """Print the part of the lock for the words on the command line; returns 2 for a word that names nothing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups: dict[str, list[str]] = {"product": project["dependencies"], **project["optional-dependencies"]}
    wanted = [requirement for word in sys.argv[1:] for requirement in groups.get(word, [word])]
    try:
        sys.stdout.write(part_of((ROOT / "requirements.lock").read_text("utf-8"), wanted))
    except KeyError as error:
        sys.stderr.write(f"not in requirements.lock: {error.args[0]}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
