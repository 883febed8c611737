"""Queries by example: from FollowTheMoney properties, or our own, to the record that is compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.resolve.matching.record import Party
from ontology.errors import InvalidQuery, InvalidValue
from ontology.schema import Schema
from ontology.values.org_code import ORG_CODE
from ontology.values.permit_number import PERMIT_NUMBER
from ontology.values.source_code import SOURCE_CODE
from ontology.values.uscc import USCC
from ontology.values.value_type import Context, ValueType

SCHEMATA: Final[Mapping[str, tuple[str, ...]]] = {
    "Thing": (),
    "LegalEntity": (),
    "Organization": (),
    "Company": ("Enterprise",),
    "PublicBody": ("Agency",),
    "Enterprise": ("Enterprise",),
    "Agency": ("Agency",),
    "Site": ("Site",),
    "Asset": ("Site",),
}
"""FollowTheMoney schemata and our classes; () means all that is matched."""
SCHEMA_OF: Final = {"Enterprise": "Company", "Agency": "PublicBody", "Site": "Organization"}

_TEXTS: Final[Mapping[str, str]] = {
    "name": "names",
    "alias": "names",
    "weakAlias": "names",
    "abbreviation": "names",
    "also_named": "names",
    "short_name": "names",
    "english_name": "names",
    "previousName": "former_names",
    "former_name": "former_names",
    "address": "addresses",
    "full": "addresses",
    "sector": "industries",
    "industry": "industries",
}
_CODES: Final[Mapping[str, tuple[tuple[str, ValueType], ...]]] = {
    "uscc": (("usccs", USCC),),
    "uscCode": (("usccs", USCC),),
    "org_code": (("org_codes", ORG_CODE),),
    "source_code": (("source_codes", SOURCE_CODE),),
    "permit_number": (("permits", PERMIT_NUMBER),),
    "registrationNumber": (
        ("usccs", USCC),
        ("permits", PERMIT_NUMBER),
        ("org_codes", ORG_CODE),
        ("source_codes", SOURCE_CODE),
    ),
}
_CODES_LIKE_REGISTRATION: Final = ("taxNumber", "idNumber", "vatCode", "licenseNumber")
MOST_VALUES: Final = 20
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Example:
    """A query: the record to compare, the classes that may answer, and what of it was passed over."""

    party: Party
    classes: frozenset[str]
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    ignored: tuple[str, ...]


def read_example(schema_name: str, properties: Mapping[str, Sequence[str]], *, schema: Schema) -> Example:
    """Return the query that an example makes. Raises `InvalidQuery`: an unknown schema, nothing to compare."""
    if schema_name not in SCHEMATA:
        known = ", ".join(SCHEMATA)
        raise InvalidQuery(f"there is no schema {schema_name!r} here", remedy=f"Known are {known}.")
    fields: dict[str, list[str]] = {}
    kept: dict[str, tuple[str, ...]] = {}
    ignored: list[str] = []
    for name, values in properties.items():
        texts = [text for value in values[:MOST_VALUES] if (text := value.strip())]
        if any(len(text) > LONGEST for text in texts):
            raise InvalidQuery(f"a value of {name!r} has more than {LONGEST} characters")
        used = [text for text in texts if _take(name, text, fields=fields)]
        ignored.extend(f"{name}: {text}" for text in texts if text not in used)
        if used:
            kept[name] = tuple(used)
    party = _party(fields)
    if not (party.names or party.former_names or party.keys):
        raise InvalidQuery("there is nothing to compare", remedy="Give `name`, or a code such as `uscc`.")
    classes = frozenset(below for name in SCHEMATA[schema_name] for below in schema.subclasses(name))
    return Example(party, classes, schema_name, kept, tuple(ignored))


def _party(fields: Mapping[str, Sequence[str]]) -> Party:
    values = {name: tuple(dict.fromkeys(texts)) for name, texts in fields.items()}
    location = _location(values.get("location", ()))
    return Party(
        id="",
        names=values.get("names", ()),
        former_names=values.get("former_names", ()),
        usccs=values.get("usccs", ()),
        org_codes=values.get("org_codes", ()),
        source_codes=values.get("source_codes", ()),
        permits=values.get("permits", ()),
        addresses=values.get("addresses", ()),
        industries=values.get("industries", ()),
        location=location,
    )


def _take(name: str, text: str, *, fields: dict[str, list[str]]) -> bool:
    """Put one value where it is compared; False where it is not."""
    if name in _TEXTS:
        fields.setdefault(_TEXTS[name], []).append(text)
        return True
    if name == "location" and _location((text,)):
        fields.setdefault("location", []).append(text)
        return True
    ways = _CODES["registrationNumber"] if name in _CODES_LIKE_REGISTRATION else _CODES.get(name, ())
    for field, value_type in ways:
        try:
            parsed = value_type.parse(text, Context())
        except InvalidValue:
            continue
        fields.setdefault(field, []).append(str(parsed.value))
        return True
    return False


def coded(text: str) -> Party:
    """Return a record that has nothing but one code, of whatever kind; for what is no code a record without any."""
    fields: dict[str, list[str]] = {}
    _take("registrationNumber", text, fields=fields)
    return _party(fields)


def _location(texts: Sequence[str]) -> tuple[float, float] | None:
    for text in texts:
        longitude, _, latitude = text.partition(",")
        try:
            found = float(longitude), float(latitude)
        except ValueError:
            continue
        if -180 <= found[0] <= 180 and -90 <= found[1] <= 90:
            return found
    return None
