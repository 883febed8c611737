"""One contradiction with its evidence."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ontology.model import Entity, EntityId, Relation


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: `entities` lead from the subject to what contradicts, `relations` join them.

    `values` are the dates, figures and names compared. The id is the same in every run over the same facts.
    """

    id: str
    kind: str
    severity: str
    subject: Entity
    region: str | None
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    values: Mapping[str, str | float]


def finding(
    kind: str,
    severity: str,
    subject: Entity,
    *,
    region: str | None,
    entities: Sequence[Entity] = (),
    relations: Sequence[Relation] = (),
    values: Mapping[str, str | float],
    key: Sequence[EntityId] = (),
) -> Finding:
    """Return a finding; `key` tells several of one kind and subject apart."""
    digest = hashlib.sha256("\x1f".join((kind, subject.id, *key)).encode()).hexdigest()
    unique = tuple({entity.id: entity for entity in (subject, *entities)}.values())
    return Finding(f"Finding-{digest[:20]}", kind, severity, subject, region, unique, tuple(relations), values)
