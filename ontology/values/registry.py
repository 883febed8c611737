"""The built-in value types by the names that mappings use (docs/mappings.md)."""

from collections.abc import Mapping
from types import MappingProxyType

from ontology.errors import InvalidInput
from ontology.values.text import TEXT
from ontology.values.value_type import ValueType

VALUE_TYPES: Mapping[str, ValueType] = MappingProxyType({kind.name: kind for kind in (TEXT,)})
"""Every built-in value type by name."""


def value_type(name: str) -> ValueType:
    """Return the value type called `name`; raises InvalidInput that names the known ones."""
    try:
        return VALUE_TYPES[name]
    except KeyError as unknown:
        known = ", ".join(VALUE_TYPES)
        raise InvalidInput(f"there is no value type {name!r}", remedy=f"Use one of: {known}.") from unknown
