"""Graph and search are functions of what the ledger holds: no order, no repetition, no history shows in them."""

from itertools import permutations
from pathlib import Path

import pytest

from tests.ingest.home import OTHER_USCC, SITE_HEADER, SITE_ROWS, USCC, Home, open_home, sites_csv, write_csv


def outlets_csv(folder: Path, site: str = "D1") -> Path:
    """Outlets of a site that is known by its disclosure number alone."""
    rows = [(site, "FQ001", "锅炉排气口"), (site, "WS001", "废水总排口")]
    return write_csv(folder / f"outlets-{site}.csv", ("站点", "排放口编号", "排放口名称"), rows)


def flows_csv(folder: Path, receiver: str = "上海乙金属制品有限公司") -> Path:
    """A waste flow to a receiver known by name alone."""
    return write_csv(folder / "flows.csv", ("产生单位", "废物", "接收单位"), [(USCC, "废机油", receiver)])


async def test_one_site_per_code_and_one_enterprise_per_uscc(home: Home, tmp_path: Path) -> None:
    report = await home.ingest(sites_csv(tmp_path))
    assert (report.total("read"), report.total("used"), report.total("records")) == (3, 3, 3)
    assert len(await home.listing("Site")) == 3
    assert await home.labels("Enterprise") == ["上海乙金属制品有限公司", "上海甲化工有限公司"]
    assert (await home.relations())["operatedBy"] == 3


async def test_twice_is_once(home: Home, tmp_path: Path) -> None:
    path = sites_csv(tmp_path)
    await home.ingest(path)
    once = await home.content()
    report = await home.ingest(path)
    assert report.tables[0].state == "unchanged"
    assert await home.content() == once


async def test_a_copy_under_another_name_is_the_same_file(home: Home, tmp_path: Path) -> None:
    await home.ingest(sites_csv(tmp_path))
    once = await home.content()
    (tmp_path / "b").mkdir()
    await home.ingest(sites_csv(tmp_path / "b", "copy.csv"))
    assert await home.content() == once


async def test_any_order_of_files_gives_the_same_content(tmp_path: Path) -> None:
    files = (sites_csv(tmp_path), outlets_csv(tmp_path), flows_csv(tmp_path))
    contents = []
    for number, order in enumerate(permutations(files)):
        async with open_home(tmp_path / f"home{number}") as home:
            for path in order:
                await home.ingest(path)
            contents.append(await home.content())
    async with open_home(tmp_path / "at-once") as home:
        await home.ingest(*files)
        contents.append(await home.content())
    assert all(content == contents[0] for content in contents)


async def test_rebuilding_changes_nothing(home: Home, tmp_path: Path) -> None:
    await home.ingest(sites_csv(tmp_path), outlets_csv(tmp_path), flows_csv(tmp_path))
    before = await home.content()
    for graph, search in ((True, True), (True, False), (False, True)):
        await home.projector.rebuild(graph=graph, search=search)
        assert await home.content() == before


async def test_a_name_joins_the_one_thing_that_bears_it(home: Home, tmp_path: Path) -> None:
    await home.ingest(flows_csv(tmp_path))
    assert len(await home.listing("Enterprise")) == 2
    await home.ingest(sites_csv(tmp_path))
    enterprises = await home.listing("Enterprise")
    assert sorted(e.properties["uscc"] for e in enterprises) == [(OTHER_USCC,), (USCC,)]
    receiver = next(e for e in enterprises if e.properties["uscc"] == (OTHER_USCC,))
    assert receiver.datasets == ("test-flows", "test-register")
    names = await home.services.graph.neighbours(receiver.id)
    assert {item.relation.type for item in names.items} == {"operatedBy", "wasteTo"}


async def test_a_name_that_two_things_bear_stays_apart(home: Home, tmp_path: Path) -> None:
    rows = [*SITE_ROWS, ("上海乙金属制品有限公司", "91310000778929080B", "778929080001", "D4", "闵行区", "", "")]
    await home.ingest(sites_csv(tmp_path, rows=rows), flows_csv(tmp_path))
    enterprises = await home.listing("Enterprise")
    assert len(enterprises) == 4
    assert sum("uscc" not in e.properties for e in enterprises) == 1


async def test_outlets_follow_their_site_to_its_canonical_id(home: Home, tmp_path: Path) -> None:
    """The site of D1 and of its source code are one, so an outlet keyed by either is one outlet."""
    by_number = outlets_csv(tmp_path, "D1")
    by_code = outlets_csv(tmp_path, "607431616001")
    await home.ingest(by_number, by_code)
    # As long as nothing says that they are one, they are two.
    assert len(await home.listing("Site")) == 2 + 0 * len(SITE_ROWS)
    assert len(await home.listing("Outlet")) == 4
    await home.ingest(sites_csv(tmp_path))
    assert len(await home.listing("Site")) == 3
    outlets = await home.listing("Outlet")
    assert sorted(o.label for o in outlets) == ["废水总排口", "锅炉排气口"]
    assert (await home.relations())["outletOf"] == 2
    await home.retract("file", "sites.csv")
    assert len(await home.listing("Outlet")) == 4


async def test_retracting_a_file_leaves_what_never_having_had_it_leaves(tmp_path: Path) -> None:
    kept = (outlets_csv(tmp_path), flows_csv(tmp_path))
    async with open_home(tmp_path / "without") as home:
        await home.ingest(*kept)
        expected = await home.content()
    async with open_home(tmp_path / "with") as home:
        await home.ingest(kept[0], sites_csv(tmp_path), kept[1])
        assert await home.content() != expected
        done = await home.retract("file", "sites.csv")
        assert (done.records, done.sightings) == (3, 3)
        assert await home.content() == expected
        await home.projector.rebuild()
        assert await home.content() == expected


async def test_a_record_goes_with_its_last_sighting(home: Home, tmp_path: Path) -> None:
    first = sites_csv(tmp_path)
    second = sites_csv(tmp_path, "more.csv", [*SITE_ROWS, ("丙", "-", "763037143001", "D9", "", "", "")])
    await home.ingest(first)
    before = await home.projections()
    report = await home.ingest(second)
    assert report.total("duplicates") == 3
    done = await home.retract("file", "more.csv")
    assert (done.sightings, done.records) == (4, 1)
    assert await home.projections() == before
    await home.retract("dataset", "test-register")
    assert await home.listing("Site") == []
    assert (await home.services.search.counts()) == {}


async def test_what_was_retracted_can_come_back(home: Home, tmp_path: Path) -> None:
    path = sites_csv(tmp_path)
    await home.ingest(path)
    before = await home.projections()
    await home.retract("file", "sites.csv")
    await home.ingest(path)
    assert await home.projections() == before
    assert (await home.services.ledger.verify()).fault is None


async def test_a_retracted_record_does_not_come_back_with_its_own_file(home: Home, tmp_path: Path) -> None:
    path = sites_csv(tmp_path)
    await home.ingest(path)
    site = next(s for s in await home.listing("Site") if s.properties["source_code"] == ("558812016001",))
    (record,) = {s.record for s in await home.services.ledger.statements([site.id])}
    await home.retract("record", record[:16])
    assert len(await home.listing("Site")) == 2
    await home.ingest(path)
    assert len(await home.listing("Site")) == 2


async def test_an_outlets_document_names_its_owners_and_their_district(home: Home, tmp_path: Path) -> None:
    await home.ingest(outlets_csv(tmp_path, "D1"))
    await home.ingest(sites_csv(tmp_path))
    outlet = next(o for o in await home.listing("Outlet") if o.label == "锅炉排气口")
    document = await home.document(outlet)
    assert "上海甲化工有限公司" in document.text
    assert document.facets["region"] == ("闵行区",)
    assert document.facets["dataset"] == ("test-register",)


async def test_a_renamed_owner_is_renamed_in_the_documents_of_its_outlets(tmp_path: Path) -> None:
    renamed = [("上海甲新材料有限公司", USCC, "607431616001", "D1", "闵行区", "", "")] * 1
    old, outlets = sites_csv(tmp_path, rows=SITE_ROWS[:1]), outlets_csv(tmp_path)
    new = [
        write_csv(tmp_path / f"new{n}.csv", (*SITE_HEADER, "成立日期"), [(*renamed[0], f"200{n}-01-01")])
        for n in (1, 2)
    ]
    contents = []
    for number, order in enumerate(((old, outlets, *new), (*new, outlets, old), (outlets, new[1], old, new[0]))):
        async with open_home(tmp_path / f"home{number}") as home:
            for path in order:
                await home.ingest(path)
            outlet = (await home.listing("Outlet"))[0]
            assert "上海甲新材料有限公司" in (await home.document(outlet)).text
            contents.append(await home.projections())
    assert contents[0] == contents[1] == contents[2]


async def test_two_credit_codes_never_become_one_thing(home: Home, tmp_path: Path) -> None:
    """One name and one organisation code with two valid credit codes: kept apart, and told."""
    from tests.ingest.home import mappings_of

    text = """
dataset: test-conflict
table: codes
title: {zh: 代码, en: Codes}
columns: {required: [信用代码, 机构代码]}
require: [enterprise]
entities:
  enterprise:
    class: Enterprise
    keys: [{uscc: 信用代码}, {org_code: 机构代码}]
"""
    path = write_csv(tmp_path / "codes.csv", ("信用代码", "机构代码"), [(USCC, "607431616"), (OTHER_USCC, "607431616")])
    await home.ingest(path, mappings=mappings_of(text))
    assert len(await home.listing("Enterprise")) == 2
    (conflict,) = await home.services.ledger.conflicts()
    assert "uscc" in conflict.reason


async def test_synthetic_marks_only_what_nothing_real_speaks_of(home: Home, tmp_path: Path) -> None:
    from tests.ingest.home import FLOWS, SITES, mappings_of

    invented = mappings_of(SITES, FLOWS.replace("license: none", "license: none\nsynthetic: true"))
    await home.ingest(sites_csv(tmp_path), flows_csv(tmp_path, "上海虚构环保有限公司"), mappings=invented)
    marks = {e.label: e.synthetic for e in await home.listing("Enterprise")}
    assert marks == {"上海甲化工有限公司": False, "上海乙金属制品有限公司": False, "上海虚构环保有限公司": True}


@pytest.mark.parametrize("what", ["unknown.csv", "deadbeefdeadbeef"])
async def test_retracting_what_is_not_there_says_so(home: Home, what: str) -> None:
    from ontology.errors import NotFound

    with pytest.raises(NotFound):
        await home.retract("file", what)
