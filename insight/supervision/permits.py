"""Permits that are missing, expired or about to expire."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from insight.supervision.finding import Finding, finding
from insight.supervision.register import Register, text
from ontology.model import Entity, EntityId

SOON: Final = timedelta(days=90)
_KEY: Final = ("水", "气")
"""A key unit for water or air must hold a permit; one for soil, noise or waste alone need not."""


def permit_missing(register: Register, as_of: date) -> Iterator[Finding]:
    """Yield working sites and listed enterprises, key units for water or air, of which no register shows a permit.

    `high` where the site itself says it has none, `medium` where its outlets say so, `low` where nothing is said:
    the register of permits may not be complete.
    """
    del as_of
    for site in register.of_class("Site"):
        categories = _key_categories(site)
        if not categories or permitted(register, site.id) or site.properties.get("operating") == (False,):
            continue
        denies = site.properties.get("has_national_permit") == (False,)
        yield finding(
            "permit-missing",
            "high" if denies else "medium" if _outlets_deny(register, site) else "low",
            site,
            region=register.region(site.id),
            values={"category": "、".join(categories), "stated": "无国家排污许可证" if denies else ""},
        )
    for listing in register.of_class("Listing"):
        for relation in register.out(listing.id, "lists"):
            enterprise = register.entities[relation.target]
            categories = _key_categories(listing)
            if categories and not permitted(register, enterprise.id):
                yield finding(
                    "permit-missing",
                    "low",
                    enterprise,
                    region=register.region(enterprise.id) or register.region(listing.id),
                    entities=[listing],
                    relations=[relation],
                    values={"category": "、".join(categories), "year": text(listing, "year") or ""},
                )


def permit_dates(register: Register, as_of: date) -> Iterator[Finding]:
    """Yield holders whose last permit has expired or expires within 90 days, one finding for each holder.

    A permit without an end counts as valid. `low` where the permit register is older than the expiry: a renewal
    would not be in it.
    """
    newest = _newest(register)
    day, soon = as_of.isoformat(), (as_of + SOON).isoformat()
    seen: set[EntityId] = set()
    for permit in register.of_class("Permit"):
        for holding in register.out(permit.id, "permitFor", "grantedTo"):
            party = register.party(holding.target)
            if seen.intersection(party):
                continue
            seen.update(party)
            held = register.held(holding.target, "Permit")
            ends = [(text(found, "valid_until"), found, relation) for found, relation in held]
            if any(end is None for end, _, _ in ends):
                continue
            end, last, relation = max(ends, key=lambda item: (item[0] or "", item[1].id))
            if end is None or end > soon[: len(end)]:
                continue
            expired = end < day[: len(end)]
            fresh = max((newest.get(name, "") for name in last.datasets), default="")
            stale = expired and fresh < end
            yield finding(
                "permit-expired" if expired else "permit-expiring",
                "low" if stale else "high" if expired else "medium",
                register.entities[holding.target],
                region=register.region(holding.target) or register.region(last.id),
                entities=[register.entities[relation.target], last],
                relations=[relation],
                values={"permit": last.label, "valid_until": end, "as_of": day, "register_until": fresh},
            )


def permitted(register: Register, entity: EntityId) -> bool:
    """Return whether any register shows a permit of the party, says that it has one, or names a permitted outlet."""
    if register.held(entity, "Permit"):
        return True
    for member in register.party(entity):
        if register.entities[member].properties.get("has_national_permit") == (True,):
            return True
        if any(
            True in register.entities[r.source].properties.get("permitted", ())
            for r in register.into(member, "outletOf")
        ):
            return True
    return False


def _outlets_deny(register: Register, site: Entity) -> bool:
    return any(
        register.entities[r.source].properties.get("permitted") == (False,) for r in register.into(site.id, "outletOf")
    )


def _key_categories(entity: Entity) -> list[str]:
    values = map(str, entity.properties.get("category", ()))
    return [value for value in values if any(word in value for word in _KEY)]


def _newest(register: Register) -> dict[str, str]:
    """Return for each dataset the day of its newest permit: after it the register knows nothing."""
    newest: dict[str, str] = {}
    for permit in register.of_class("Permit"):
        decided = text(permit, "decided") or text(permit, "valid_from") or ""
        for name in permit.datasets:
            newest[name] = max(newest.get(name, ""), decided)
    return newest
