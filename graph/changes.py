"""What a batch changes, worked out from what is stored: the same smallest set of writes for every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.digest import entity_hash, relation_hash
from graph.store import GraphBatch
from graph.walk import RelationKey
from ontology.model import Entity, EntityId, Relation


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows to add, to replace (before, after) and to take away, and by how much the digest's sum changes."""

    new_entities: Sequence[Entity]
    changed_entities: Sequence[tuple[Entity, Entity]]
    gone_entities: Sequence[Entity]
    new_relations: Sequence[Relation]
    changed_relations: Sequence[tuple[Relation, Relation]]
    gone_relations: Sequence[Relation]
    digest: int


def key_of(relation: Relation) -> RelationKey:
    """Return what identifies a relation."""
    return RelationKey(relation.type, relation.source, relation.target)


def changes(
    batch: GraphBatch, entities: Mapping[EntityId, Entity], relations: Mapping[RelationKey, Relation]
) -> Changes:
    """Return the changes of a checked batch.

    `entities` are the stored ones among those the batch names, `relations` all stored relations that start at them.
    What is stored already as the batch wants it is in none of the lists.
    """
    wanted = {key_of(relation): relation for relation in batch.relations}
    new_entities = [entity for entity in batch.entities if entity.id not in entities]
    changed_entities = [
        (entities[entity.id], entity)
        for entity in batch.entities
        if entity.id in entities and entities[entity.id] != entity
    ]
    gone_entities = [entities[identifier] for identifier in batch.removed if identifier in entities]
    new_relations = [relation for key, relation in wanted.items() if key not in relations]
    changed_relations = [
        (relations[key], relation)
        for key, relation in wanted.items()
        if key in relations and relations[key] != relation
    ]
    gone_relations = [relation for key, relation in relations.items() if key not in wanted]
    digest = sum(map(entity_hash, new_entities)) - sum(map(entity_hash, gone_entities))
    digest += sum(entity_hash(after) - entity_hash(before) for before, after in changed_entities)
    digest += sum(map(relation_hash, new_relations)) - sum(map(relation_hash, gone_relations))
    digest += sum(relation_hash(after) - relation_hash(before) for before, after in changed_relations)
    return Changes(
        new_entities=new_entities,
        changed_entities=changed_entities,
        gone_entities=gone_entities,
        new_relations=new_relations,
        changed_relations=changed_relations,
        gone_relations=gone_relations,
        digest=digest,
    )
