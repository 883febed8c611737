"""Environmental impact assessments without a permit, and permits without an assessment."""

from collections.abc import Iterator
from datetime import date

from insight.supervision.finding import Finding, finding
from insight.supervision.permits import permitted
from insight.supervision.register import Register, text
from ontology.model import EntityId


def eia_without_permit(register: Register, as_of: date) -> Iterator[Finding]:
    """Yield parties with an EIA approval and no permit; `medium` for a site of the register that is known to run.

    A small one may only need to be registered (固定污染源排污许可分类管理名录), which the registers do not show.
    """
    seen: set[EntityId] = set()
    for approval in register.of_class("EiaApproval"):
        for granted in register.out(approval.id, "grantedTo"):
            party = register.party(granted.target)
            if seen.intersection(party):
                continue
            seen.update(party)
            if permitted(register, granted.target) or _stopped(register, party):
                continue
            held = register.held(granted.target, "EiaApproval")
            days = [text(found, "decided") for found, _ in held]
            known = [day for day in days if day is not None and day <= as_of.isoformat()]
            yield finding(
                "eia-without-permit",
                "medium" if _runs(register, granted.target, as_of) and _listed(register, party) else "low",
                register.entities[granted.target],
                region=register.region(granted.target),
                entities=[found for found, _ in held[:20]],
                relations=[relation for _, relation in held[:20]],
                values={"approvals": float(len(held)), "latest": max(known, default="")},
            )


def permit_without_eia(register: Register, as_of: date) -> Iterator[Finding]:
    """Yield permit holders of a register that also lists EIA approvals, of whom it lists none. Always `low`.

    Works built before the law, and approvals kept on paper, are no contradiction: the authority must look.
    """
    del as_of
    covered = {name for approval in register.of_class("EiaApproval") for name in approval.datasets}
    seen: set[EntityId] = set()
    for permit in register.of_class("Permit"):
        for holding in register.out(permit.id, "permitFor", "grantedTo"):
            party = register.party(holding.target)
            sites = [m for m in party if register.entities[m].class_name == "Site"]
            if seen.intersection(party) or not any(covered.intersection(register.entities[m].datasets) for m in sites):
                continue
            seen.update(party)
            if register.held(holding.target, "EiaApproval") or register.held(holding.target, "EiaProject"):
                continue
            yield finding(
                "permit-without-eia",
                "low",
                register.entities[holding.target],
                region=register.region(holding.target),
                entities=[permit],
                relations=[holding],
                values={"permit": permit.label, "decided": text(permit, "decided") or ""},
            )


def _stopped(register: Register, party: tuple[EntityId, ...]) -> bool:
    return any(register.entities[member].properties.get("operating") == (False,) for member in party)


def _listed(register: Register, party: tuple[EntityId, ...]) -> bool:
    return any(register.entities[member].class_name == "Site" for member in party)


def _runs(register: Register, entity: EntityId, as_of: date) -> bool:
    """Return whether an acceptance was given, or commissioning has begun by `as_of`."""
    if any("验收" in (text(found, "licence_type") or "") for found, _ in register.held(entity, "EiaApproval")):
        return True
    begun = (text(found, "commissioning_started") for found, _ in register.held(entity, "EiaProject"))
    return any(day is not None and day <= as_of.isoformat() for day in begun)
