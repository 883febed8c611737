"""How two records compare in everything but their names."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from graph.resolve.matching.address import parse_address
from graph.resolve.matching.record import Party
from graph.resolve.names.parts import OrganisationName

EVIDENCE_FEATURES: Final = (
    "uscc_same",
    "uscc_differs",
    "body_same",
    "body_differs",
    "source_same",
    "permit_same",
    "address_same",
    "address_road",
    "address_differs",
    "near",
    "far",
    "industry_same",
    "industry_differs",
    "telephone_same",
    "person_same",
)
"""Features of evidence, in the order of the weights; all are 0 where one record does not say."""

NEAR_METRES: Final = 500.0
FAR_METRES: Final = 5_000.0
NOTHING: Final = (0.0,) * len(EVIDENCE_FEATURES)
_INDEX: Final = {name: place for place, name in enumerate(EVIDENCE_FEATURES)}


def compare_evidence(one: Party, other: Party) -> tuple[float, ...]:
    """Return the features of evidence of two records."""
    if not has_evidence(one) or not has_evidence(other):
        return NOTHING
    values = [0.0] * len(EVIDENCE_FEATURES)
    for name in (*_codes(one, other), *_places(one, other), *_rest(one, other)):
        values[_INDEX[name]] = 1.0
    return tuple(values)


def has_evidence(party: Party) -> bool:
    """Tell whether a record says anything beside its names."""
    codes = party.usccs or party.org_codes or party.source_codes or party.permits
    return bool(codes or party.addresses or party.location or party.industries or party.telephones or party.people)


def _codes(one: Party, other: Party) -> list[str]:
    found = []
    if one.usccs and other.usccs:
        found.append("uscc_same" if set(one.usccs) & set(other.usccs) else "uscc_differs")
    if one.bodies and other.bodies and not (one.usccs and other.usccs):
        found.append("body_same" if one.bodies & other.bodies else "body_differs")
    if set(one.source_codes) & set(other.source_codes):
        found.append("source_same")
    if set(one.permits) & set(other.permits):
        found.append("permit_same")
    return found


def _places(one: Party, other: Party) -> list[str]:
    found = []
    if one.addresses and other.addresses:
        found.append(compare_addresses(one, other))
    if (metres := distance(one, other)) is not None:
        if metres <= NEAR_METRES:
            found.append("near")
        elif metres > FAR_METRES:
            found.append("far")
    return found


def compare_addresses(one: Party, other: Party) -> str:
    """Return `address_same` (road and number), `address_road` or `address_differs`, the best of all pairs."""
    best = "address_differs"
    for a in map(parse_address, one.addresses):
        for b in map(parse_address, other.addresses):
            if a.road and a.road == b.road:
                if a.number == b.number:
                    return "address_same"
                best = "address_road"
    return best


def distance(one: Party, other: Party) -> float | None:
    """Return metres on the ground between two records, None where one has no position."""
    if one.location is None or other.location is None:
        return None
    (a, b), (c, d) = one.location, other.location
    part = sin(radians(d - b) / 2) ** 2 + cos(radians(b)) * cos(radians(d)) * sin(radians(c - a) / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(min(1.0, part)))


def _rest(one: Party, other: Party) -> list[str]:
    found = []
    if one.industries and other.industries:
        found.append("industry_same" if set(one.industries) & set(other.industries) else "industry_differs")
    if set(one.telephones) & set(other.telephones):
        found.append("telephone_same")
    if set(one.people) & set(other.people):
        found.append("person_same")
    return found


def other_site(one: Party, other: Party, names: tuple[OrganisationName, OrganisationName]) -> str:
    """Return why two records of one enterprise mean different sites of it, empty where nothing says so.

    `part` (the names), `source` (codes of HJ 608 with other numbers of the site), `permit`, `address`, `distance`.
    """
    if set(one.source_codes) & set(other.source_codes) or set(one.permits) & set(other.permits):
        return ""
    a, b = names[0].place, names[1].place
    if a != b and not (a and b and (a in b or b in a)) and (a or b):
        return "part"
    if one.source_codes and other.source_codes:
        return "source"
    if one.permits and other.permits:
        return "permit"
    if (metres := distance(one, other)) is not None and metres > FAR_METRES:
        return "distance"
    if one.addresses and other.addresses and compare_addresses(one, other) == "address_differs":
        return "address" if metres is None or metres > NEAR_METRES else ""
    return ""
