"""The built-in value types by the names that mappings use (docs/mappings.md)."""

from collections.abc import Mapping
from types import MappingProxyType

from ontology.errors import InvalidInput
from ontology.values.boolean import BOOLEAN
from ontology.values.coordinate import COORDINATE
from ontology.values.date import DATE, DATETIME
from ontology.values.document_number import DOCUMENT_NUMBER
from ontology.values.id_number import ID_NUMBER
from ontology.values.name import NAME
from ontology.values.number import INTEGER, NUMBER
from ontology.values.org_code import ORG_CODE
from ontology.values.period import PERIOD
from ontology.values.permit_number import PERMIT_NUMBER
from ontology.values.person import PERSON
from ontology.values.phone import PHONE
from ontology.values.pollutant import POLLUTANT
from ontology.values.quantity import QUANTITY
from ontology.values.region import REGION
from ontology.values.source_code import SOURCE_CODE
from ontology.values.text import TEXT
from ontology.values.unit import UNIT
from ontology.values.url import URL
from ontology.values.uscc import USCC
from ontology.values.value_type import ValueType

_BUILT_IN = (
    TEXT,
    NAME,
    USCC,
    ORG_CODE,
    SOURCE_CODE,
    PERMIT_NUMBER,
    DOCUMENT_NUMBER,
    DATE,
    DATETIME,
    PERIOD,
    NUMBER,
    INTEGER,
    BOOLEAN,
    QUANTITY,
    UNIT,
    COORDINATE,
    REGION,
    POLLUTANT,
    URL,
    PERSON,
    PHONE,
    ID_NUMBER,
)

VALUE_TYPES: Mapping[str, ValueType] = MappingProxyType({kind.name: kind for kind in _BUILT_IN})
"""Every built-in value type by name."""


def value_type(name: str) -> ValueType:
    """Return the value type called `name`; raises InvalidInput that names the known ones."""
    try:
        return VALUE_TYPES[name]
    except KeyError as unknown:
        known = ", ".join(VALUE_TYPES)
        raise InvalidInput(f"there is no value type {name!r}", remedy=f"Use one of: {known}.") from unknown
