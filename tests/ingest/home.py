"""A real home in a temporary folder: ingest tables into it and ask what it then holds."""

import csv
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from api.commands.status import content_of
from api.services import Services, open_services
from api.settings import Settings
from ingest.ingestion import ingest
from ingest.journal.retract import Retracted, Scope
from ingest.mapping.load import inspect_mappings
from ingest.mapping.model import TableMapping
from ingest.projector import Projector
from ingest.report import RunReport
from ontology.model import Document, Entity
from ontology.schema import load_schema

SITES = """
dataset: test-register
table: sites
title: {zh: 测试·企业, en: "Test: sites"}
publisher: {zh: 测试, en: Test}
license: none
region: "310000"
columns:
  required: [企业名称, 信用代码, 污染源编码]
  optional: [平台编号, 区, 经度, 纬度, 联系人, 电话, 成立日期]
  personal: {联系人: person, 电话: phone}
require: [site]
entities:
  site:
    class: Site
    keys: [{source_code: 污染源编码}, {disclosure_id: 平台编号}]
    properties:
      name: 企业名称
      location: {columns: [经度, 纬度], type: coordinate}
    relations: {operatedBy: enterprise, locatedIn: region}
  enterprise:
    class: Enterprise
    keys: [{uscc: 信用代码}, {name: 企业名称}]
    properties: {name: 企业名称, founded: 成立日期}
  region:
    class: Region
    keys: [{region_code: 区}]
    properties: {name: 区}
"""

OUTLETS = """
dataset: test-register
table: outlets
title: {zh: 测试·排放口, en: "Test: outlets"}
publisher: {zh: 测试, en: Test}
license: none
region: "310000"
columns: {required: [站点, 排放口编号, 排放口名称]}
require: [site, outlet]
entities:
  site:
    class: Site
    keys: [{disclosure_id: 站点}, {source_code: 站点}]
  outlet:
    class: Outlet
    keys: [{site_outlet: {parts: [{entity: site}, {column: 排放口编号}]}}]
    properties: {name: 排放口名称, outlet_code: 排放口编号}
    relations: {outletOf: site}
"""

FLOWS = """
dataset: test-flows
table: flows
title: {zh: 危废流向, en: Waste flows}
publisher: {zh: 测试, en: Test}
license: none
region: "310000"
columns: {required: [产生单位, 废物, 接收单位]}
require: [from, flow]
entities:
  from:
    class: Enterprise
    keys: [{uscc: 产生单位}]
  to:
    class: Enterprise
    keys: [{name: 接收单位}]
    properties: {name: 接收单位}
  flow:
    class: WasteTransfer
    keys: [{party_item: {parts: [{entity: from}, {column: 废物}, {column: 接收单位}]}}]
    properties: {waste_name: 废物}
    relations: {wasteFrom: from, wasteTo: to}
"""

USCC = "91310000607431616R"
OTHER_USCC = "91310000558812016Y"
SITE_HEADER = ("企业名称", "信用代码", "污染源编码", "平台编号", "区", "经度", "纬度")
SITE_ROWS: Sequence[Sequence[str]] = (
    ("上海甲化工有限公司", USCC, "607431616001", "D1", "闵行区", "121.37", "31.00"),
    ("上海甲化工有限公司", USCC, "607431616002", "D2", "松江区", "121.22", "31.03"),
    ("上海乙金属制品有限公司", OTHER_USCC, "558812016001", "D3", "青浦区", "121.11", "31.15"),
)


def mappings_of(*texts: str) -> list[TableMapping]:
    """Return the mappings of YAML texts, which must be without fault."""
    found = []
    for text in texts:
        mappings, faults = inspect_mappings(text, file="test.yml", schema=load_schema())
        assert faults == []
        found.extend(mappings)
    return found


ALL = mappings_of(SITES, OUTLETS, FLOWS)


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], *, encoding: str = "utf-8") -> Path:
    """Write a table and return its path."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


@dataclass(frozen=True, slots=True)
class Home:
    """An open home."""

    services: Services

    @property
    def projector(self) -> Projector:
        """The projector of this home."""
        s = self.services
        return Projector(s.ledger, s.graph_writer, s.search_writer, s.schema)

    async def ingest(
        self, *paths: Path, mappings: Sequence[TableMapping] = ALL, dataset: str | None = None
    ) -> RunReport:
        """Ingest files."""
        return await ingest(
            paths, ledger=self.services.ledger, projector=self.projector, mappings=mappings, dataset=dataset
        )

    async def retract(self, scope: str, what: str) -> Retracted:
        """Take something back and let the projections follow."""
        done = await self.services.ledger.retract(Scope(scope), what, reason="test")
        await self.projector.catch_up()
        return done

    async def content(self) -> dict[str, object]:
        """Return what `ecograph status --json` prints."""
        return await content_of(self.services)

    async def projections(self) -> tuple[object, object]:
        """Return the content of graph and search alone."""
        content = await self.content()
        return content["graph"], content["search"]

    async def listing(self, class_name: str) -> list[Entity]:
        """Return all entities of a class."""
        return list((await self.services.graph.listing(class_name, limit=200)).items)

    async def labels(self, class_name: str) -> list[str]:
        """Return the labels of all entities of a class, sorted."""
        return sorted(entity.label for entity in await self.listing(class_name))

    async def document(self, entity: Entity) -> Document:
        """Return the document of an entity, which must have one."""
        found = await self.services.search.document(entity.id)
        assert found is not None
        return found

    async def relations(self) -> Mapping[str, int]:
        """Return the number of relations by type."""
        return (await self.services.graph.counts()).relations


@asynccontextmanager
async def open_home(path: Path) -> AsyncIterator[Home]:
    """Open the home in a folder, made where it is missing."""
    async with open_services(Settings(home=path)) as services:
        yield Home(services)


def sites_csv(folder: Path, name: str = "sites.csv", rows: Sequence[Sequence[str]] = SITE_ROWS) -> Path:
    """Write the table of sites."""
    return write_csv(folder / name, SITE_HEADER, rows)
