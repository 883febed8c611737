"""What a request or a batch must be before an engine sees it; the same refusals for every engine."""

import math
import re
from dataclasses import replace

from graph.store import GraphBatch, RelationFilter
from ontology.errors import Conflict, InvalidQuery
from ontology.model import Entity, Relation, Value

MAX_PAGE = 1000
MAX_ENTITIES = 10_000
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def check_range(name: str, value: int, low: int, high: int) -> None:
    """Raise `InvalidQuery` unless `low <= value <= high`."""
    if isinstance(value, bool) or not low <= value <= high:
        raise InvalidQuery(f"{name} is {value}; it must be {low} to {high}")


def check_filter(where: RelationFilter) -> None:
    """Raise `InvalidQuery` for a date that is not `2019`, `2019-07` or `2019-07-01`."""
    for name in ("as_of", "valid_from", "valid_to"):
        text = getattr(where, name)
        if text is not None and not _DATE.fullmatch(text):
            raise InvalidQuery(f"{name} is {text!r}; write a date as 2019, 2019-07 or 2019-07-01")


def check_expand(depth: int, per_entity: int, limit: int, where: RelationFilter) -> None:
    """Raise `InvalidQuery` unless depth is 1 to 4 and the limits are ones an answer can hold."""
    check_range("depth", depth, 1, 4)
    check_range("per_entity", per_entity, 1, MAX_PAGE)
    check_range("limit", limit, 1, MAX_ENTITIES)
    check_filter(where)


def check_paths(max_hops: int, count: int, hub_penalty: float, hub_limit: int, where: RelationFilter) -> None:
    """Raise `InvalidQuery` unless hops are 1 to 8, the count 1 to 100 and the hub settings not negative."""
    check_range("max_hops", max_hops, 1, 8)
    check_range("count", count, 1, 100)
    check_range("hub_limit", hub_limit, 1, 10**9)
    if not math.isfinite(hub_penalty) or not 0 <= hub_penalty <= 100:
        raise InvalidQuery(f"hub_penalty is {hub_penalty}; it must be 0 to 100")
    check_filter(where)


def periods(where: RelationFilter) -> list[tuple[str | None, str | None]]:
    """Return the (first, last) dates of the windows that a relation's period must touch, none for no time filter.

    Dates of less precision stand for their whole year or month: a period that ends `2019` touches `2019-12-31`.
    Engines therefore compare starts with `last + DATE_END` and `end + DATE_END` with first.
    """
    windows: list[tuple[str | None, str | None]] = []
    if where.as_of is not None:
        windows.append((where.as_of, where.as_of))
    if where.valid_from is not None or where.valid_to is not None:
        windows.append((where.valid_from, where.valid_to))
    return windows


DATE_END = "~"
"""Sorts after every digit and hyphen, so that `2019~` comes after all of 2019."""


def _checked_text(text: str, what: str) -> str:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as exc:
            raise InvalidQuery(f"{what} {text!r} holds half a surrogate pair and cannot be stored") from exc
    return text


def _checked_value(value: Value, where: str) -> Value:
    if isinstance(value, str):
        return _checked_text(value, where)
    if isinstance(value, bool):
        return value
    if not math.isfinite(value):
        raise InvalidQuery(f"{where} is {value}, which is not a number that can be stored")
    return float(value)


def _checked_entity(entity: Entity) -> Entity:
    for text in (entity.id, entity.label, entity.class_name, *entity.datasets):
        _checked_text(text, "entity, label, class or dataset")
    properties = {
        _checked_text(name, "property name"): tuple([_checked_value(value, name) for value in values])
        for name, values in sorted(entity.properties.items())
    }
    return replace(entity, properties=properties)


def _checked_relation(relation: Relation) -> Relation:
    for text in (relation.source, relation.type, relation.target, *relation.records):
        _checked_text(text, "relation")
    for date in (relation.valid_from, relation.valid_to):
        if date is not None:
            _checked_text(date, "date of a relation")
    return relation


def checked_batch(batch: GraphBatch) -> GraphBatch:
    """Return the batch with numbers as floats and property names sorted.

    Raises `InvalidQuery` when one entity is there twice or both kept and removed, when a relation is there
    twice or starts at an entity that is not in the batch, and for texts or numbers that no engine can store.
    """
    check_range("checkpoint", batch.checkpoint, 0, 2**63 - 1)
    entities = [_checked_entity(entity) for entity in batch.entities]
    kept = {entity.id for entity in entities}
    if len(kept) != len(entities):
        raise InvalidQuery("a batch names one entity twice")
    removed = sorted(set(batch.removed))
    if not kept.isdisjoint(removed):
        raise InvalidQuery("a batch both writes and removes one entity")
    relations = [_checked_relation(relation) for relation in batch.relations]
    if len({(relation.source, relation.type, relation.target) for relation in relations}) != len(relations):
        raise InvalidQuery("a batch names one relation twice")
    for relation in relations:
        if relation.source not in kept:
            raise InvalidQuery(f"a relation of the batch starts at {relation.source!r}, which the batch does not write")
    return GraphBatch(entities=entities, relations=relations, removed=removed, checkpoint=batch.checkpoint)


def check_not_stale(batch: GraphBatch, reached: int) -> None:
    """Raise `Conflict` for a batch whose checkpoint lies before the one the graph has reached."""
    if batch.checkpoint < reached:
        raise Conflict(
            f"a batch up to position {batch.checkpoint} is older than the graph, which has reached {reached}",
            remedy="Continue from the graph's checkpoint, or clear the graph and rebuild it.",
        )
