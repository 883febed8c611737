"""Makes the demo's tables and statutes again from the full public registers.

    python demo/build.py ../shared/data [--enterprises 170] [--seed 20201124]

Reads `shanghai/*.csv` and `laws/national/*.md` below the given folder and writes `demo/shanghai/` and
`demo/statutes/`. The same input and seed give byte-identical files. Only facts are taken over: long running texts,
addresses of downloads and columns that name contact people are left out (`DROPPED`); all other columns keep the
publisher's names, so that the built-in mappings recognise the tables.

Enterprises are chosen by how much the registers know of them (`SIGNALS`), because a demo is for walking from one
thing to the next; every district keeps at least `PER_DISTRICT` of them, so that the map is not one corner of the city.
Rows that a chosen enterprise does not reach are left out, hence every table agrees with every other.
"""

import argparse
import csv
import hashlib
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, str]

HERE = Path(__file__).parent
PER_DISTRICT = 3
MAX_OUTLETS = 20
"""A site with more outlets fills the tables without showing anything new: 40 of 671 sites have 30% of all outlets."""

DROPPED: dict[str, frozenset[str]] = {
    "enterprise_detail": frozenset({"经营范围", "生产情况简介"}),
    "facilities_pollution": frozenset({"stRemark"}),
    "national_permit_list": frozenset({"查看"}),
    "cleaner_company": frozenset({"file"}),
    "eia_reports_pending": frozenset({"project_url"}),
}

BY_SITE: dict[str, str] = {
    "outlets": "stWrybh",
    "outlet_pollutant_limits": "stWryCode",
    "lic_discharge_permit_outlets": "stWrybh",
    "lic_construction_eia": "stWrybh",
    "lic_hazwaste_operating": "stWrybh",
    "lic_other": "stWrybh",
    "facilities_treatment": "stWryCode",
    "facilities_discharge_mode": "stWryCode",
    "monitor_wastewater": "stWryCode",
    "other_awards": "stWryCode",
    "emergency_plans": "stWrybh",
}
BY_USCC: dict[str, str] = {
    "cleaner_company": "crop_id",
    "cleaner_hazwaste_flows": "crop_id",
    "cleaner_toxic_inputs": "crop_id",
    "cleaner_toxic_emissions": "crop_id",
}
SIGNALS: dict[str, int] = {
    "cleaner_hazwaste_flows": 5,
    "lic_hazwaste_operating": 5,
    "lic_construction_eia": 3,
    "outlets": 3,
    "outlet_pollutant_limits": 3,
    "eia_disclosure_detail": 2,
    "monitor_wastewater": 2,
    "facilities_treatment": 1,
    "lic_other": 1,
    "other_awards": 1,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The enterprises taken over, by each key the tables know them by."""

    sites: frozenset[str]
    usccs: frozenset[str]
    names: frozenset[str]
    pages: frozenset[str]


def squeezed(text: str) -> str:
    """Return a name without the white space that the registers scatter inside names."""
    return "".join(text.split())


def read_tables(folder: Path) -> dict[str, list[Row]]:
    """Return every table of the register by the name of its file, rows in file order."""
    tables: dict[str, list[Row]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def draw(seed: int, code: str) -> str:
    """Return a number that orders equals at random, and the same way for the same seed."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def scores(tables: dict[str, list[Row]], enterprises: list[Row]) -> dict[str, int]:
    """Return for each site code how much the registers know of it: the sum of `SIGNALS` of its tables."""
    usccs = {row["注册号/统一社会信用代码"].strip(): row["污染源编码"] for row in enterprises}
    names = {squeezed(row["单位名称"]): row["污染源编码"] for row in enterprises}
    takers = {squeezed(row["处置去向"]) for row in tables["cleaner_hazwaste_flows"]}
    found: Counter[str] = Counter()
    for table, weight in SIGNALS.items():
        for code in _sites_of(table, tables[table], usccs, names):
            found[code] += weight
    for name, code in names.items():
        found[code] += 5 if name in takers else 0
    outlets = Counter(row["stWrybh"].strip() for row in tables["outlets"])
    return {code: score for code, score in found.items() if outlets[code] <= MAX_OUTLETS}


def _sites_of(table: str, rows: Iterable[Row], usccs: dict[str, str], names: dict[str, str]) -> set[str]:
    if table in BY_USCC:
        return {usccs[row["crop_id"].strip()] for row in rows if row["crop_id"].strip() in usccs}
    if table == "eia_disclosure_detail":
        return {names[squeezed(row["建设单位"])] for row in rows if squeezed(row["建设单位"]) in names}
    return {row[BY_SITE[table]].strip() for row in rows}


def choose(tables: dict[str, list[Row]], *, count: int, seed: int) -> Chosen:
    """Return the `count` best known enterprises, at least `PER_DISTRICT` of each district."""
    enterprises = tables["enterprise_detail"]
    points = scores(tables, enterprises)
    ranked = sorted(
        (row for row in enterprises if row["污染源编码"] in points),
        key=lambda row: (-points[row["污染源编码"]], draw(seed, row["污染源编码"])),
    )
    per_district: Counter[str] = Counter()
    first: list[Row] = []
    rest: list[Row] = []
    for row in ranked:
        per_district[row["行政区划"]] += 1
        (first if per_district[row["行政区划"]] <= PER_DISTRICT else rest).append(row)
    taken = (first + rest)[:count]
    return Chosen(
        sites=frozenset(row["污染源编码"] for row in taken),
        usccs=frozenset(row["注册号/统一社会信用代码"].strip() for row in taken),
        names=frozenset(squeezed(row["单位名称"]) for row in taken),
        pages=frozenset(row["url_id"] for row in taken),
    )


def _reaches(table: str, chosen: Chosen, projects: frozenset[str]) -> Callable[[Row], bool] | None:
    if table in BY_SITE:
        return lambda row: row[BY_SITE[table]].strip() in chosen.sites
    if table in BY_USCC:
        return lambda row: row[BY_USCC[table]].strip() in chosen.usccs
    rules: dict[str, Callable[[Row], bool]] = {
        "enterprise_detail": lambda row: row["污染源编码"] in chosen.sites,
        "enterprise_list": lambda row: row["url_id"] in chosen.pages,
        "eia_disclosure_detail": lambda row: row["project_id"] in projects,
        "eia_disclosure_list": lambda row: row["project_id"] in projects,
        "national_permit_list": lambda row: (
            squeezed(row["单位名称"]) in chosen.names or row["许可证编号"][:18] in chosen.usccs
        ),
    }
    return rules.get(table)


def write_table(path: Path, rows: list[Row]) -> None:
    """Write a table without its dropped columns; cells keep their text but for white space at the ends."""
    columns = [name for name in rows[0] if name not in DROPPED.get(path.stem, frozenset())]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: " ".join((row[name] or "").split()) for name in columns} for row in rows)


def build_tables(source: Path, target: Path, *, count: int, seed: int) -> dict[str, int]:
    """Write the chosen part of each table below `target` and return the rows written by table."""
    tables = read_tables(source)
    chosen = choose(tables, count=count, seed=seed)
    projects = frozenset(
        row["project_id"] for row in tables["eia_disclosure_detail"] if squeezed(row["建设单位"]) in chosen.names
    )
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    written: dict[str, int] = {}
    for name, rows in tables.items():
        reaches = _reaches(name, chosen, projects)
        kept = [row for row in rows if reaches(row)] if reaches else []
        if kept:
            write_table(target / f"{name}.csv", kept)
            written[name] = len(kept)
    return written


def build_statutes(source: Path, target: Path) -> int:
    """Copy the national statutes, which are public texts, and return how many there are."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = sorted(source.glob("*.md"))
    for file in files:
        shutil.copyfile(file, target / file.name)
    return len(files)


def main() -> int:
    """Make the demo's tables and statutes; returns 2 where the registers are not at the place given."""
    parser = argparse.ArgumentParser(description="Make the demo's real tables again from the full registers.")
    parser.add_argument("data", type=Path, help="folder that holds shanghai/ and laws/national/")
    parser.add_argument("--enterprises", type=int, default=170)
    parser.add_argument("--seed", type=int, default=20201124)
    options = parser.parse_args()
    data: Path = options.data
    if not (data / "shanghai" / "enterprise_detail.csv").is_file():
        print(f"{data}: no shanghai/enterprise_detail.csv here", file=sys.stderr)
        return 2
    written = build_tables(data / "shanghai", HERE / "shanghai", count=options.enterprises, seed=options.seed)
    for name, rows in sorted(written.items()):
        print(f"{rows:6,} {name}")
    print(f"{build_statutes(data / 'laws' / 'national', HERE / 'statutes'):6,} statutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
