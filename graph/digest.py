"""The digest of a graph's content: equal for equal content, whatever the engine or the order written.

It is the sum modulo 2^256 of SHA-256 over each row in its canonical form, so it can be kept up to date by adding
new rows and subtracting old ones. Relations whose end does not exist (yet) are content like any other.
An empty graph has 64 zeros.
"""

import hashlib
from collections.abc import Iterable

import orjson

from ontology.model import Entity, Relation

MODULUS = 1 << 256


def entity_hash(entity: Entity) -> int:
    """Return the hash of an entity's canonical row: JSON of a tag and its six fields, property names sorted."""
    row = ("entity", entity.id, entity.class_name, entity.label, entity.properties, entity.datasets, entity.synthetic)
    return _hash(orjson.dumps(row, option=orjson.OPT_SORT_KEYS))


def relation_hash(relation: Relation) -> int:
    """Return the hash of a relation's canonical row: JSON of a tag and its seven fields."""
    return _hash(
        orjson.dumps(
            (
                "relation",
                relation.source,
                relation.type,
                relation.target,
                relation.valid_from,
                relation.valid_to,
                relation.records,
                relation.record_count,
            )
        )
    )


def _hash(row: bytes) -> int:
    return int.from_bytes(hashlib.sha256(row).digest(), "big")


def digest_text(total: int) -> str:
    """Return a sum of row hashes as 64 hexadecimal digits."""
    return f"{total % MODULUS:064x}"


def digest_of(entities: Iterable[Entity], relations: Iterable[Relation]) -> str:
    """Return the digest of a whole content, counted anew."""
    total = sum(entity_hash(entity) for entity in entities) + sum(relation_hash(relation) for relation in relations)
    return digest_text(total)
