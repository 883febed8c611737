"""Limits laxer than their standard, and outlets that the permit does not name."""

from collections.abc import Iterator
from datetime import date

from insight.supervision.finding import Finding, finding
from insight.supervision.national_limits import national_limit
from insight.supervision.permits import permitted
from insight.supervision.register import Register, text
from ontology.model import Entity, Relation
from ontology.values.unit import read_unit

_MINOR = ("雨水", "食堂", "油烟", "生活")
SHOWN = 50
"""Outlets a finding names as evidence; `outlets` counts all."""


def limit_laxer(register: Register, as_of: date) -> Iterator[Finding]:
    """Yield limits above what their outlet's standard allows in any grade; `medium` where a special branch may."""
    del as_of
    for limit in register.of_class("PermitLimit"):
        maximum = limit.properties.get("maximum", ())
        if len(maximum) != 1 or not isinstance(maximum[0], float):
            continue
        for at in register.out(limit.id, "limitAt"):
            for applies in register.out(at.target, "appliesStandard"):
                found = _laxer(register, limit, maximum[0], at=at, applies=applies)
                if found is not None:
                    yield found


def _laxer(register: Register, limit: Entity, maximum: float, *, at: Relation, applies: Relation) -> Finding | None:
    outlet, standard = register.entities[at.target], register.entities[applies.target]
    number, pollutant = text(standard, "standard_number") or "", text(limit, "pollutant_name") or limit.label
    written = text(limit, "unit")
    if written is None:
        return None
    unit = read_unit(written)
    allowed = national_limit(number, pollutant, unit=unit.canonical)
    value = maximum * float(unit.factor)
    if allowed is None or value <= allowed[0]:
        return None
    site = next((register.entities[r.target] for r in register.out(outlet.id, "outletOf")), outlet)
    return finding(
        "limit-laxer",
        "high" if value > allowed[1] else "medium",
        site,
        region=register.region(site.id),
        entities=[outlet, limit, standard],
        relations=[*register.out(outlet.id, "outletOf"), at, applies],
        values={
            "pollutant": pollutant,
            "limit": value,
            "standard_limit": allowed[0],
            "unit": unit.canonical,
            "standard": number,
        },
        key=(limit.id, standard.id),
    )


def outlet_unpermitted(register: Register, as_of: date) -> Iterator[Finding]:
    """Yield sites that hold a permit but name outlets for water or air outside it, one finding for each site.

    `low` where all outlets are outside: the list of outlets may be older than the permit. Rain, kitchens and
    domestic sewage are left out.
    """
    del as_of
    for site in register.of_class("Site"):
        relations = [r for r in register.into(site.id, "outletOf") if _outside(register.entities[r.source])]
        if not relations or not permitted(register, site.id):
            continue
        permits = register.held(site.id, "Permit")
        outlets = [register.entities[r.source] for r in relations]
        yield finding(
            "outlet-unpermitted",
            _outlet_severity(register, site, permits=bool(permits)),
            site,
            region=register.region(site.id),
            entities=[*(permit for permit, _ in permits), *outlets[:SHOWN]],
            relations=[*(relation for _, relation in permits), *relations[:SHOWN]],
            values={"outlets": float(len(outlets)), "names": "、".join(o.label for o in outlets[:5])},
        )


def _outlet_severity(register: Register, site: Entity, *, permits: bool) -> str:
    outlets = [register.entities[r.source] for r in register.into(site.id, "outletOf")]
    if not any(True in outlet.properties.get("permitted", ()) for outlet in outlets):
        return "low"
    return "high" if permits else "medium"


def _outside(outlet: Entity) -> bool:
    minor = any(word in outlet.label for word in _MINOR)
    return outlet.properties.get("permitted") == (False,) and text(outlet, "medium") in ("废水", "废气") and not minor
