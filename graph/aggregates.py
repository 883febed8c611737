"""Counting property values, the same for every engine."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from graph.store import PropertyGroup
from ontology.model import Value


def value_text(value: Value) -> str:
    """Return a value as aggregates show it: `true`, `false`, whole numbers without a fraction."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def value_groups(entities: Iterable[Iterable[Value]], limit: int) -> Sequence[PropertyGroup]:
    """Return how many of the entities, each given by its values, carry each value: most first, then by value."""
    counts: Counter[str] = Counter()
    for values in entities:
        counts.update({value_text(value) for value in values})
    return groups_of(counts, limit)


def groups_of(counts: Mapping[str, int], limit: int) -> Sequence[PropertyGroup]:
    """Return the `limit` largest counts, most first, then by value."""
    first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [PropertyGroup(value=value, count=count) for value, count in first]
