"""Uniting ids that records call the same, as a pure function of what is claimed: no order, no clock, no history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Final

from ontology.model import EntityId

EXCLUSIVE: Final = frozenset({"uscc"})
"""Schemes of which one thing has one value: GB 32100-2015 gives a body one code for its whole life."""


@dataclass(frozen=True, slots=True, order=True)
class NaturalKey:
    """What an id is made of. `rank` is the scheme's place when a canonical id is chosen, lowest first."""

    rank: int
    scheme: str
    key: str


@dataclass(frozen=True, slots=True)
class KeptApart:
    """A claim of identity that was not followed, with the reason in words."""

    left: EntityId
    right: EntityId
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The canonical id of every id asked about, and the claims that were not followed, by id."""

    canonical: Mapping[EntityId, EntityId]
    conflicts: tuple[KeptApart, ...] = ()


@dataclass(slots=True)
class _Clusters:
    """Disjoint sets with the exclusive keys that each holds."""

    parent: dict[EntityId, EntityId] = field(default_factory=dict)
    exclusive: dict[EntityId, dict[str, str]] = field(default_factory=dict)

    def root(self, entity: EntityId) -> EntityId:
        """Return the representative of the set of `entity`, a set of one where it is new."""
        parent = self.parent.setdefault(entity, entity)
        while parent != self.parent[parent]:
            self.parent[entity] = self.parent[parent]
            entity, parent = parent, self.parent[parent]
        return parent

    def clash(self, left: EntityId, right: EntityId) -> str:
        """Return why two sets cannot be one thing, empty where they can."""
        ours, theirs = self.exclusive.get(left, {}), self.exclusive.get(right, {})
        for scheme in sorted(ours.keys() & theirs.keys()):
            if ours[scheme] != theirs[scheme]:
                return f"{scheme} {ours[scheme]} is not {scheme} {theirs[scheme]}"
        return ""

    def unite(self, left: EntityId, right: EntityId) -> None:
        """Make one set of two; both are representatives."""
        self.parent[right] = left
        theirs = self.exclusive.pop(right, None)
        if theirs:
            self.exclusive.setdefault(left, {}).update(theirs)


def resolve(
    keys: Mapping[EntityId, NaturalKey],
    *,
    same: Iterable[tuple[EntityId, EntityId]],
    named: Iterable[tuple[EntityId, EntityId]] = (),
    exclusive: Set[str] = EXCLUSIVE,
) -> Resolution:
    """Return which of the ids in `keys` are one thing.

    `same` are claims that two ids name one thing, by strong keys. They are followed strongest first (by the weaker
    key of the two), then by id; one that would unite two values of an `exclusive` scheme is kept apart and reported.
    `named` are (thing, id made of its mere name): the name joins the thing if exactly one thing carries it, and stays
    apart otherwise. The canonical id of a thing is the one with the lowest key.
    """
    clusters = _Clusters()
    for entity, natural in keys.items():
        clusters.parent[entity] = entity
        if natural.scheme in exclusive:
            clusters.exclusive[entity] = {natural.scheme: natural.key}
    conflicts = _follow(clusters, keys, same)
    _join_names(clusters, named)
    return Resolution(_canonical(clusters, keys), conflicts)


def _follow(
    clusters: _Clusters, keys: Mapping[EntityId, NaturalKey], same: Iterable[tuple[EntityId, EntityId]]
) -> tuple[KeptApart, ...]:
    pairs = {(min(pair), max(pair)) for pair in same if pair[0] != pair[1]}
    conflicts = []
    for left, right in sorted(pairs, key=lambda pair: (max(keys[pair[0]], keys[pair[1]]), pair)):
        one, other = clusters.root(left), clusters.root(right)
        if one == other:
            continue
        reason = clusters.clash(one, other)
        if reason:
            conflicts.append(KeptApart(left, right, reason))
        else:
            clusters.unite(one, other)
    return tuple(sorted(conflicts, key=lambda conflict: (conflict.left, conflict.right)))


def _join_names(clusters: _Clusters, named: Iterable[tuple[EntityId, EntityId]]) -> None:
    bearers: dict[EntityId, set[EntityId]] = defaultdict(set)
    for thing, name in named:
        bearers[name].add(clusters.root(thing))
    for name in sorted(bearers):
        if len(bearers[name]) == 1 and clusters.root(name) == name:
            # The bearer's representative may have been joined meanwhile, so it is looked up again.
            (bearer,) = bearers[name]
            bearer = clusters.root(bearer)
            if bearer != name:
                clusters.unite(bearer, name)


def _canonical(clusters: _Clusters, keys: Mapping[EntityId, NaturalKey]) -> dict[EntityId, EntityId]:
    best: dict[EntityId, tuple[NaturalKey, EntityId]] = {}
    for entity, natural in keys.items():
        root = clusters.root(entity)
        candidate = (natural, entity)
        if root not in best or candidate < best[root]:
            best[root] = candidate
    return {entity: best[clusters.root(entity)][1] for entity in keys}
