"""Real full names: enterprises of the Shanghai registers and developers of the Taiwanese EIA list."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from graph.resolve.matching.record import Party
from graph.resolve.names.characters import fold
from graph.resolve.names.parser import parse_organisation
from ontology.errors import SourceUnusable
from ontology.values.uscc import is_uscc

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SHANGHAI = {
    "enterprise_list.csv": "name",
    "eia_disclosure_detail.csv": "建设单位",
    "lic_construction_eia.csv": "stQymc",
    "lic_hazwaste_operating.csv": "stQymc",
    "lic_other.csv": "stQymc",
    "national_permit_list.csv": "单位名称",
    "cleaner_company.csv": "crop_name",
}
PUBLIC = ("政府", "局", "署", "处", "公所", "委员会", "部", "厅", "院", "会", "所", "站", "队")


@dataclass(frozen=True, slots=True)
class Real:
    """One real name with what the registers say of its bearer."""

    name: str
    origin: str
    party: Party


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from csv.DictReader(stream)
    except OSError as error:
        raise SourceUnusable(f"{path} cannot be read: {error.strerror}", source=str(path)) from error


def real_names(folder: Path = SHARED) -> list[Real]:
    """Return every real full name once (folded), by name; lists of several parties and natural persons are left out."""
    found: dict[str, Real] = {}
    for row in _rows(folder / "shanghai" / "enterprise_detail.csv"):
        name = row["单位名称"].strip()
        if _is_full(name):
            found.setdefault(fold(name), Real(name, "shanghai", _party(name, row)))
    for file, column in SHANGHAI.items():
        for row in _rows(folder / "shanghai" / file):
            name = row[column].strip()
            if _is_full(name):
                found.setdefault(fold(name), Real(name, "shanghai", Party(id=name, names=(name,))))
    for row in _rows(folder / "tw_eia" / "eia_details.csv"):
        name = row["DevUnit"].strip()
        if _is_full(name):
            found.setdefault(fold(name), Real(name, "taiwan", Party(id=name, names=(name,))))
    return sorted(found.values(), key=lambda real: real.name)


def _is_full(name: str) -> bool:
    plain = fold(name)
    if not 4 <= len(plain) <= 40 or any(mark in plain for mark in "、等及") or "公司" in plain[:3]:
        return False
    parsed = parse_organisation(name)
    return bool(parsed.legal) or plain.endswith(PUBLIC)


def _party(name: str, row: dict[str, str]) -> Party:
    uscc = row["注册号/统一社会信用代码"].strip().upper()
    party = Party(
        id=name, names=(name,), source_codes=(row["污染源编码"].strip(),), industries=(row["行业大类"].strip(),)
    )
    try:
        location = (float(row["地理坐标(经度)"]), float(row["地理坐标(纬度)"]))
    except ValueError:
        location = None
    return replace(
        party,
        usccs=(uscc,) if is_uscc(uscc) else (),
        permits=(f"{uscc}001P",) if is_uscc(uscc) else (),
        telephones=(hashlib.sha256(f"telephone of {name}".encode()).hexdigest()[:16],),
        people=(hashlib.sha256(f"person of {name}".encode()).hexdigest()[:16],),
        addresses=(row["生产地址"].strip(),) if row["生产地址"].strip() else (),
        location=location,
    )


def short_forms(folder: Path = SHARED) -> list[str]:
    """Return the short forms of company names that serve as brands of invented firms around the real ones."""
    path = folder / "company_names" / "company_shorter_form_28w.txt"
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()[2:]
    except OSError as error:
        raise SourceUnusable(f"{path} cannot be read: {error.strerror}", source=str(path)) from error
    return [line.strip() for line in lines if 2 <= len(line.strip()) <= 6]
