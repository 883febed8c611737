"""Measure linking: `python -m benchmarks.linking [--names 1000000] [--registers FOLDER]`.

First precision and recall on names of a register (`enterprise_detail.csv`, default that of the demo) put into
sentences, a fifth of them held out of the register (`nlp/train/linking.py`). `--registers` names another folder. Then
the matcher over invented names of firms (regions, brands of two to four characters, trades, legal forms): seconds to
build, memory, characters a second. The text is of the statutes in `demo/` with a name in every hundredth line.
"""

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from nlp.linking.candidates import Names
from nlp.linking.linker import Linker
from nlp.linking.matcher import Matcher
from nlp.linking.names import RegisteredName, build_names, load_names, save_names
from nlp.linking.short_forms import trade_words
from nlp.train.linking import LinkingFigures, cases, measure
from ontology.model import entity_id
from ontology.values.region import region_prefixes

DEMO = Path(__file__).parent.parent / "demo"
BRAND_CHARACTERS = (
    "华东方正泰康宏盛新宇金龙海天德信恒达瑞丰安诚博远科创美佳联合通顺利源润泽鑫磊森林江河星月光辉明亮福禄寿喜春夏秋冬"
)
FORMS = ("有限公司", "股份有限公司", "有限责任公司", "厂")
CHARACTERS = 2_000_000


def invented(count: int, chance: random.Random) -> Iterator[str]:
    """Yield as many different names."""
    regions, trades = sorted(region_prefixes()), sorted(trade_words())
    seen: set[str] = set()
    while len(seen) < count:
        brand = "".join(chance.choices(BRAND_CHARACTERS, k=chance.choice((2, 2, 2, 3, 4))))
        trade = "".join(chance.sample(trades, chance.choice((1, 1, 2))))
        name = f"{chance.choice(regions)}{brand}{trade}{chance.choice(FORMS)}"
        if name not in seen:
            seen.add(name)
            yield name


def resident() -> float:
    """Return the memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def running_text(names: list[str], chance: random.Random) -> str:
    """Return lines of statutes, a name in every hundredth, of `CHARACTERS` characters."""
    statutes = (file.read_text("utf-8") for file in sorted((DEMO / "statutes").glob("*.md")))
    lines = [line for text in statutes for line in text.splitlines()]
    found: list[str] = []
    size = 0
    while size < CHARACTERS:
        line = lines[len(found) % len(lines)]
        line = f"{line}{chance.choice(names)}被查处，该公司停产。" if len(found) % 100 == 0 else line
        found.append(line)
        size += len(line) + 1
    return "\n".join(found)


def timed_matching(count: int, console: Console) -> None:
    """Print seconds, memory and characters a second with so many names."""
    chance = random.Random(20261124)
    names = list(invented(count, chance))
    text = running_text(names, chance)
    table = Table(title=f"{count:,} names, {len(text):,} characters")
    for heading in ("step", "seconds", "processor", "MiB now", "characters/s"):
        table.add_column(heading, justify="left" if heading == "step" else "right")

    def row(step: str, started: tuple[float, float], characters: int = 0) -> None:
        # Characters a second of one core: others use the machine too.
        seconds, processor = time.perf_counter() - started[0], time.process_time() - started[1]
        speed = f"{characters / processor:,.0f}" if characters else ""
        table.add_row(step, f"{seconds:.2f}", f"{processor:.2f}", f"{resident():,.0f}", speed)

    started = time.perf_counter(), time.process_time()
    matcher = Matcher(names)
    row("build the automaton of the full names alone", started)
    started = time.perf_counter(), time.process_time()
    matcher.find(text)
    row("match the full names alone", started, len(text))
    del matcher
    registered = (RegisteredName(name, entity_id("Enterprise", "name", name), "Enterprise") for name in names)
    started = time.perf_counter(), time.process_time()
    kept = build_names(registered)
    row("derive short forms, make the table (first start)", started)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.npz"
        started = time.perf_counter(), time.process_time()
        save_names(kept, path)
        row(f"save ({path.stat().st_size / 2**20:,.0f} MiB)", started)
        del kept
        started = time.perf_counter(), time.process_time()
        loaded = load_names(path)
        row("load (every later start)", started)
    started = time.perf_counter(), time.process_time()
    linker = Linker(Names.of(loaded))
    row("build both automata (every start)", started)
    for step in ("link one text, the first time", "link one text again"):
        started = time.perf_counter(), time.process_time()
        linker.link(text)
        row(step, started, len(text))
    console.print(table)


def register_names(folder: Path) -> list[str]:
    """Return the names of enterprises in a folder of registers."""
    with (folder / "enterprise_detail.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [row["单位名称"] for row in csv.DictReader(stream) if row["单位名称"]]


def show_figures(figures: list[LinkingFigures], console: Console) -> None:
    """Print precision and recall by kind."""
    table = Table(title="linking: names in sentences, a fifth of them not registered")
    for heading in ("written as", "cases", "P, mention given", "R", "P, to be found", "R"):
        table.add_column(heading, justify="left" if heading == "written as" else "right")
    for given, found in zip(figures[::2], figures[1::2], strict=True):
        figure = [f"{value:.3f}" for one in (given, found) for value in (one.precision, one.recall)]
        if given.kind.startswith("unregistered"):
            figure[0] = figure[2] = ""
        table.add_row(given.kind, f"{given.cases:,}", *figure)
    console.print(table)
    console.print("R of names that are not registered: the share that was left unlinked.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--registers", type=Path, default=DEMO / "shanghai")
    asked = parser.parse_args()
    console = Console()
    register, of = cases(register_names(asked.registers))
    show_figures(measure(register, of), console)
    if asked.names:
        timed_matching(asked.names, console)


if __name__ == "__main__":
    main()
