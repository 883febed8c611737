"""Each detector on a tiny register: what it must find, and what it must leave alone."""

from datetime import date
from pathlib import Path

import pytest

from graph.embedded.store import open_graph
from graph.store import GraphBatch
from insight.supervision.contradictions import contradictions, select
from insight.supervision.finding import Finding
from insight.supervision.kinds import KINDS
from insight.supervision.national_limits import national_limit
from insight.supervision.register import Register, read_register
from ontology.model import Entity, EntityId, Relation, Value

DAY = date(2020, 11, 24)


def _entity(name: str, /, **properties: Value) -> Entity:
    values: dict[str, tuple[Value, ...]] = {key: (value,) for key, value in properties.items()}
    return Entity(EntityId(name), name.split("-")[0], str(properties.get("name", name)), values, ("register",))


def _relation(source: str, kind: str, target: str) -> Relation:
    return Relation(EntityId(source), kind, EntityId(target))


def _register(*things: Entity | Relation) -> Register:
    register = Register()
    register.add(
        [thing for thing in things if isinstance(thing, Entity)],
        [thing for thing in things if isinstance(thing, Relation)],
    )
    return register


def _found(kind: str, *things: Entity | Relation, as_of: date = DAY) -> list[Finding]:
    return select(contradictions(_register(*things), as_of=as_of), kind=kind)


def test_a_key_site_that_denies_a_permit_is_found() -> None:
    site = _entity("Site-1", category="废水", has_national_permit=False)
    (item,) = _found("permit-missing", site)
    assert (item.severity, item.subject) == ("high", site)


@pytest.mark.parametrize(
    "properties",
    [{"category": "土壤"}, {"category": "废水", "has_national_permit": True}, {"category": "废水", "operating": False}],
)
def test_sites_that_need_or_state_no_more_are_left_alone(properties: dict[str, Value]) -> None:
    assert _found("permit-missing", _entity("Site-1", **properties)) == []


def test_a_permit_of_the_operator_covers_its_site() -> None:
    things = (_entity("Site-1", category="废水"), _entity("Enterprise-1"), _entity("Permit-1"))
    links = (_relation("Site-1", "operatedBy", "Enterprise-1"), _relation("Permit-1", "permitFor", "Enterprise-1"))
    assert _found("permit-missing", *things, *links) == []
    (item,) = _found("permit-missing", *things, links[0])
    assert item.severity == "low"


def test_a_listed_key_unit_without_permit_is_found_with_its_listing() -> None:
    things = (_entity("Enterprise-1"), _entity("Listing-1", category="水环境", year="2024"))
    (item,) = _found("permit-missing", *things, _relation("Listing-1", "lists", "Enterprise-1"))
    assert [entity.id for entity in item.entities] == ["Enterprise-1", "Listing-1"]


def _permits(*ends: str) -> list[Entity | Relation]:
    permits = [_entity(f"Permit-{n}", valid_until=end, decided="2020-08-05") for n, end in enumerate(ends)]
    return [_entity("Site-1"), *permits, *(_relation(permit.id, "permitFor", "Site-1") for permit in permits)]


@pytest.mark.parametrize(
    ("ends", "kind", "severity"),
    [
        (("2020-06-28",), "permit-expired", "high"),
        (("2020-11-23",), "permit-expired", "low"),
        (("2020-11-24",), "permit-expiring", "medium"),
        (("2021-02-22",), "permit-expiring", "medium"),
        (("2021-02-23",), None, None),
        (("2020-06-28", "2023-06-28"), None, None),
    ],
)
def test_the_last_permit_decides(ends: tuple[str, ...], kind: str | None, severity: str | None) -> None:
    found = contradictions(_register(*_permits(*ends)), as_of=DAY)
    dated = [(item.kind, item.severity) for item in found if item.kind.startswith("permit-exp")]
    assert dated == ([] if kind is None else [(kind, severity)])


@pytest.mark.parametrize(
    ("maximum", "unit", "severity"),
    [
        (500.0, "mg/L", None),
        (501.0, "mg/L", "medium"),
        (1001.0, "mg/L", "high"),
        (0.5, "g/L", None),
        (1.1, "g/L", "high"),
    ],
)
def test_limits_are_compared_in_the_units_of_the_standard(maximum: float, unit: str, severity: str | None) -> None:
    found = _found(
        "limit-laxer",
        *(_entity("Site-1"), _entity("Outlet-1"), _entity("Standard-1", standard_number="GB 8978")),
        _entity("PermitLimit-1", pollutant_name="化学需氧量", maximum=maximum, unit=unit),
        *(_relation("Outlet-1", "outletOf", "Site-1"), _relation("PermitLimit-1", "limitAt", "Outlet-1")),
        _relation("Outlet-1", "appliesStandard", "Standard-1"),
    )
    assert [item.severity for item in found] == ([] if severity is None else [severity])


def test_a_limit_that_is_not_tabled_is_not_judged() -> None:
    assert national_limit("GB 8978", "磷酸盐", unit="mg/L") is None
    assert national_limit("GB 8978", "生化需氧量（BOD5）", unit="mg/L") == (300, 600)


def test_outlets_outside_the_permit_are_found_beside_permitted_ones() -> None:
    outlets = (
        _entity("Outlet-1", permitted=True, medium="废水"),
        _entity("Outlet-2", permitted=False, medium="废气"),
        _entity("Outlet-3", permitted=False, medium="噪声"),
        _entity("Outlet-4", permitted=False, medium="废水", name="雨水排放口"),
    )
    links = [_relation(outlet.id, "outletOf", "Site-1") for outlet in outlets]
    (item,) = _found("outlet-unpermitted", _entity("Site-1"), *outlets, *links)
    assert (item.severity, item.values["outlets"], item.entities[1].id) == ("medium", 1, "Outlet-2")
    assert _found("outlet-unpermitted", _entity("Site-1"), outlets[1], links[1]) == []


def test_an_approval_without_permit_and_a_permit_without_approval() -> None:
    approval = _entity("EiaApproval-1", licence_type="建设项目竣工验收", decided="2019-01-01")
    granted = _relation("EiaApproval-1", "grantedTo", "Site-1")
    permit = (_entity("Permit-1"), _relation("Permit-1", "permitFor", "Site-1"))
    (item,) = _found("eia-without-permit", _entity("Site-1"), approval, granted)
    assert (item.severity, item.values["latest"]) == ("medium", "2019-01-01")
    assert _found("eia-without-permit", _entity("Site-1"), approval, granted, *permit) == []
    assert _found("permit-without-eia", _entity("Site-1"), approval, granted, *permit) == []
    elsewhere = (_entity("Site-2"), _relation("EiaApproval-1", "grantedTo", "Site-2"))
    (item,) = _found("permit-without-eia", _entity("Site-1"), approval, *elsewhere, *permit)
    assert item.severity == "low"


def _transfer(receiver: str, **properties: Value) -> list[Entity | Relation]:
    licensed = _entity("Enterprise-3", name="上海天汉环境资源有限公司")
    licence = _entity("WasteLicence-1", valid_until="2020-06-30", decided="2020-01-01", scope="HW08废矿物油 100吨/年")
    sent = _entity("WasteTransfer-1", amount=2.5, **properties)
    parties = [_entity("Enterprise-1", name="上海甲厂"), licensed, licence, sent]
    if receiver != licensed.label:
        parties.append(_entity("Enterprise-2", name=receiver))
    target = "Enterprise-3" if receiver == licensed.label else "Enterprise-2"
    links = [_relation("WasteTransfer-1", "wasteFrom", "Enterprise-1"), _relation("WasteTransfer-1", "wasteTo", target)]
    return [*parties, *links, _relation("WasteLicence-1", "grantedTo", "Enterprise-3")]


@pytest.mark.parametrize(
    ("receiver", "severity"),
    [("上海奕茂环境科技有限公司", "medium"), ("上海天汉环境有限公司", "low"), ("昆山德源环保发展有限公司", None)],
)
def test_receivers_without_licence(receiver: str, severity: str | None) -> None:
    found = _found("waste-unlicensed", *_transfer(receiver))
    assert [(item.severity, item.values["amount"]) for item in found] == ([(severity, 2.5)] if severity else [])


def test_a_transfer_is_judged_in_its_year() -> None:
    name = "上海天汉环境资源有限公司"
    assert [item.severity for item in _found("waste-licence-expired", *_transfer(name))] == ["low"]
    assert _found("waste-licence-expired", *_transfer(name, year="2020")) == []
    assert [item.severity for item in _found("waste-licence-expired", *_transfer(name, year="2021"))] == ["high"]


def test_waste_outside_the_licence() -> None:
    name = "上海天汉环境资源有限公司"
    (item,) = _found("waste-category", *_transfer(name, waste_code="900-299-12"))
    assert (item.values["sent"], item.values["licensed"]) == ("HW12", "HW08")
    assert _found("waste-category", *_transfer(name, waste_code="900-249-08")) == []
    assert _found("waste-category", *_transfer(name, waste_name="污泥")) == []


async def test_the_register_is_read_whole_from_a_real_graph(tmp_path: Path) -> None:
    things = _permits("2020-06-28")
    outlets = [_entity(f"Outlet-{n}") for n in range(3)]
    limits = [_entity(f"PermitLimit-{n}", pollutant_name="总铬", maximum=2.0, unit="mg/L") for n in range(3)]
    standard = _entity("Standard-1", standard_number="GB 21900")
    links = [_relation(f"Outlet-{n}", "outletOf", "Site-1") for n in range(3)]
    links += [_relation(f"Outlet-{n}", "appliesStandard", "Standard-1") for n in range(3)]
    links += [_relation(f"PermitLimit-{n}", "limitAt", f"Outlet-{n}") for n in range(3)]
    entities = [*(thing for thing in things if isinstance(thing, Entity)), *outlets, *limits, standard]
    relations = [*(thing for thing in things if isinstance(thing, Relation)), *links]
    opened = open_graph(tmp_path / "graph.sqlite")
    try:
        await opened.writer.apply(GraphBatch(entities=entities, relations=relations, checkpoint=1))
        found = contradictions(await read_register(opened.store), as_of=DAY)
        again = contradictions(await read_register(opened.store), as_of=DAY)
    finally:
        opened.close()
    assert [item.kind for item in found] == ["permit-expired", *["limit-laxer"] * 3]
    assert [item.id for item in again] == [item.id for item in found]
    assert {item.kind for item in found} <= set(KINDS)
