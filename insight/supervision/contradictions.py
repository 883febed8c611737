"""All contradictions over all registers, in one order."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from insight.supervision.assessments import eia_without_permit, permit_without_eia
from insight.supervision.discharges import limit_laxer, outlet_unpermitted
from insight.supervision.finding import Finding
from insight.supervision.kinds import KINDS, SEVERITIES
from insight.supervision.permits import permit_dates, permit_missing
from insight.supervision.register import Register
from insight.supervision.waste import waste_receivers
from ontology.model import EntityId

_DETECTORS: Final[tuple[Callable[[Register, date], Iterator[Finding]], ...]] = (
    permit_missing,
    permit_dates,
    limit_laxer,
    outlet_unpermitted,
    eia_without_permit,
    permit_without_eia,
    waste_receivers,
)
_RANK: Final = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_ORDER: Final = {kind: order for order, kind in enumerate(KINDS)}


def contradictions(register: Register, *, as_of: date) -> list[Finding]:
    """Return every contradiction as of a day, by severity, kind, region and name; none twice."""
    found = {item.id: item for detector in _DETECTORS for item in detector(register, as_of)}
    return sorted(found.values(), key=_place)


def select(
    findings: list[Finding],
    *,
    kind: str | None = None,
    region: str | None = None,
    severity: str | None = None,
    entity: EntityId | None = None,
) -> list[Finding]:
    """Return the findings of a kind, region (part of its name), severity and evidence; None lets all pass."""
    return [
        item
        for item in findings
        if kind in (None, item.kind)
        and severity in (None, item.severity)
        and (region is None or region in (item.region or ""))
        and (entity is None or any(entity == found.id for found in item.entities))
    ]


def _place(item: Finding) -> tuple[int, int, str, str, str]:
    return _RANK[item.severity], _ORDER[item.kind], item.region or "", item.subject.label, item.id
