"""Time the whole way of the data as a person types it: `python -m benchmarks.ingest [FOLDER]`, default demo/shanghai.

Each run is a process of its own on an empty home folder: start-up, recognition, ledger, graph and search are all in.
A second pass over the same home shows what an unchanged folder costs. Peak memory is that of the process, pages of
mapped files included. `--csv MIB` makes one large table first (the columns of the national permit list) and reads that,
to show that memory does not grow with the file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

DEMO = Path(__file__).parent.parent / "demo" / "shanghai"
COMMAND = Path(sys.executable).parent / "ecograph"


@dataclass(frozen=True, slots=True)
class Run:
    """One command: seconds on the clock and of the processor, and the most memory it held, in MiB."""

    name: str
    wall: float
    processor: float
    peak: float


def run(name: str, arguments: Sequence[str], *, home: Path) -> Run:
    """Run the command to its end on a home folder; its output is not shown, a failure is."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [COMMAND, "--home", home, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{name}: exit code {process.returncode}")
    return Run(name, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def large_table(path: Path, mebibytes: int) -> int:
    """Write a table of about so many MiB and return its rows; each row is a permit of its own."""
    rows = 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write("省/直辖市,地市,许可证编号,单位名称,行业类别,有效期限,发证日期,查看\n")
        while stream.tell() < mebibytes * 1024 * 1024:
            lines = (
                f"上海市,市辖区,PWX-310000-{number:09d}-20,第{number}号示例涂料有限公司,涂料制造,"
                f"2020-07-27至2023-07-26,2020-07-26,{'x' * 400}\n"
                for number in range(rows, rows + 5000)
            )
            stream.writelines(lines)
            rows += 5000
    return rows


def show(runs: Sequence[Run], counts: str) -> None:
    """Print the table and what came out."""
    table = Table("command", "wall s", "processor s", "peak MiB")
    for one in runs:
        table.add_row(one.name, f"{one.wall:.1f}", f"{one.processor:.1f}", f"{one.peak:.0f}")
    console = Console()
    console.print(table)
    console.print(counts)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DEMO)
    parser.add_argument("--csv", type=int, metavar="MIB", help="read one generated table of this size instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home, source = Path(scratch) / "home", options.folder
        if options.csv:
            source = Path(scratch) / "large.csv"
            print(f"{large_table(source, options.csv):,} rows, {source.stat().st_size:,} bytes")
        runs = [run(name, ["ingest", str(source)], home=home) for name in ("ingest, empty home", "again, unchanged")]
        status = subprocess.run(
            [COMMAND, "--home", home, "status", "--json"], capture_output=True, text=True, check=True
        ).stdout
        counted = json.loads(status)
        entities, relations = (sum(counted["graph"][part].values()) for part in ("entities", "relations"))
        show(
            runs,
            f"{counted['ledger']['records']:,} records, {counted['ledger']['quarantined']:,} quarantined, "
            f"{entities:,} entities, {relations:,} relations",
        )


if __name__ == "__main__":
    main()
