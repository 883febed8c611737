"""Two sides of a path search growing towards each other; the first phase of `graph/paths.py`.

Each side is a Dijkstra over states (entity, hops): of two ways to an entity the dearer one counts only if it is
shorter. What orders a side is the cost of *leaving* an entity, its own weight included, so a hub's many relations are
read only when a way through it can still win; an entity's degree is looked up when it comes to the front. A side
reads entities up to half of the hops allowed: every path has a middle that both reach.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.store import EVERYTHING, RelationFilter
from graph.walk import Request, Step, Walk
from graph.weights import UNIT, entity_weight
from ontology.model import EntityId

WORK_LIMIT = 60_000
"""Steps read and degrees looked up; partial paths count as well. About 0.3 s on one core."""
END_STEPS = 10_000
"""Steps read of one entity: an end may be a hub of any size, and gets no more than this."""
BATCH = 64


@dataclass(slots=True)
class Side:
    """One end of the search. `level[h][v]` is the cheapest way of h relations from the end to v, v's weight excluded.

    Entities at fewer than `reach` hops are expanded; those at `reach` are only met. `queue` holds (cost of leaving,
    hops, entity), the cost with the least weight there is while the degree is not known.
    """

    end: EntityId
    where: RelationFilter
    links: dict[EntityId, dict[EntityId, Step]]
    degree: int
    reach: int
    level: list[dict[EntityId, int]] = field(init=False)
    parent: list[dict[EntityId, EntityId]] = field(init=False)
    done: list[set[EntityId]] = field(init=False)
    seen: set[EntityId] = field(default_factory=set)
    queue: list[tuple[int, int, EntityId]] = field(default_factory=list)
    rim: int | None = None
    """The least it costs to leave an entity at `reach` hops, None while there is none."""
    steps_read: int = 0

    def __post_init__(self) -> None:
        self.level = [{} for _ in range(self.reach + 1)]
        self.parent = [{} for _ in range(self.reach + 1)]
        self.done = [set() for _ in range(self.reach + 1)]
        self.level[0][self.end] = 0
        self.seen.add(self.end)
        if self.reach:
            self.queue.append((0, 0, self.end))
        else:
            self.rim = 0

    def way_to(self, entity: EntityId, hops: int) -> tuple[EntityId, ...]:
        """Return the cheapest way of `hops` relations from the end to an entity."""
        way = [entity]
        for left in range(hops, 0, -1):
            way.append(self.parent[left][way[-1]])
        return tuple(reversed(way))


@dataclass(slots=True)
class Meeting:
    """Both sides, what they share, and the paths put together where they met."""

    max_hops: int
    count: int
    hub_penalty: float
    hub_limit: int
    near: Side
    far: Side
    floor: int
    """The least an interior entity can weigh."""
    dearest: int
    """The most a path can cost that keeps to `max_hops` and `hub_limit`."""
    weight: dict[EntityId, int]
    hubs: set[EntityId] = field(default_factory=set)
    work: int = 0
    truncated: bool = False
    met: dict[tuple[EntityId, ...], int] = field(default_factory=dict)
    """Paths from the near end with their costs: real ones, not yet the cheapest."""
    touching: bool = False
    """Whether the sides met at all, be it in ways that repeat an entity."""

    def weight_of(self, entity: EntityId) -> int:
        """Return what passing an entity costs, or the least it can while its degree is not known."""
        return self.weight.get(entity, self.floor)

    def weigh(self, ids: Iterable[EntityId]) -> Walk[None]:
        """Look up the degrees of those of `ids` that are not known, and note the hubs among them."""
        unknown = tuple(entity for entity in ids if entity not in self.weight)
        if unknown:
            self.work += len(unknown)
            answer = yield Request(unknown, EVERYTHING, 0)
            for entity in unknown:
                degree = answer[entity].degree
                self.weight[entity] = entity_weight(degree, self.hub_penalty)
                if degree > self.hub_limit:
                    self.hubs.add(entity)

    def fetch(self, side: Side, ids: Iterable[EntityId]) -> Walk[None]:
        """Read the relations of those of `ids` that are not known; the ids are weighed and no hubs."""
        unknown = tuple(dict.fromkeys(entity for entity in ids if entity not in side.links))
        if not unknown:
            return
        ends = frozenset((self.near.end, self.far.end))
        answer = yield Request(unknown, side.where, END_STEPS, exempt=ends)
        for entity in unknown:
            steps = answer[entity].steps
            self.work += len(steps) + 1
            side.steps_read += len(steps) + 1
            self.truncated = self.truncated or len(steps) >= END_STEPS
            links = side.links[entity] = {}
            for step in steps:
                known = links.setdefault(step.other, step)
                if known is not step and step.key(entity) < known.key(entity):
                    links[step.other] = step
            links.pop(entity, None)

    def nearest(self, side: Side) -> int | None:
        """Return the cost of leaving the nearest entity to expand (a lower bound), None if there is none."""
        queue = side.queue
        while queue:
            key, hops, entity = queue[0]
            current = side.level[hops][entity] + self.weight_of(entity)
            if key > current or entity in side.done[hops] or entity in self.hubs:
                heapq.heappop(queue)
            elif key < current:
                heapq.heapreplace(queue, (current, hops, entity))
            else:
                return key
        return None

    def least_left(self, side: Side) -> int | None:
        """Return the least it costs to leave anything that was reached and not expanded, None if there is nothing."""
        nearest = self.nearest(side)
        if nearest is None or side.rim is None:
            return side.rim if nearest is None else nearest
        return min(nearest, side.rim)

    def take(self, side: Side, ceiling: int) -> list[tuple[int, EntityId]]:
        """Take the next (hops, entity) off the queue: none can be reached more cheaply through another of them."""
        batch: list[tuple[int, EntityId]] = []
        first = key = self.nearest(side)
        while first is not None and key is not None and len(batch) < BATCH:
            if batch and (key >= first + UNIT or key > ceiling):
                break
            batch.append(heapq.heappop(side.queue)[1:])
            key = self.nearest(side)
        return batch

    def bound(self) -> int:
        """Return the cost above which no path is wanted: that of the last of `count` met, if there are so many."""
        if len(self.met) < self.count:
            return self.dearest
        return heapq.nsmallest(self.count, self.met.values())[-1]

    def grow(self) -> Walk[None]:
        """Grow both sides until no cheaper meeting can come, or the work is spent."""
        while True:
            near, far = self.least_left(self.near), self.least_left(self.far)
            bound = self.bound()
            if near is None or far is None or near + far + UNIT > bound:
                return
            side, rest = self.next_side()
            if side is None:
                return
            if self.work > WORK_LIMIT:
                self.truncated = True
                return
            batch = self.take(side, bound - (far if side is self.near else near) - UNIT)
            if any(entity not in self.weight for _, entity in batch):
                yield from self.weigh(entity for _, entity in batch)
                for hops, entity in batch:
                    heapq.heappush(side.queue, (side.level[hops][entity] + self.weight[entity], hops, entity))
                continue
            yield from self.fetch(side, [entity for _, entity in batch])
            yield from self.relax(side, rest, batch)

    def next_side(self) -> tuple[Side | None, Side]:
        """Return the side to grow and the other: the one less far out, a hub's own only after as much on the other."""
        near, far = self.nearest(self.near), self.nearest(self.far)
        forth, back = (self.near, self.far), (self.far, self.near)
        if near is None or far is None:
            return (None, self.far) if near is far else back if near is None else forth
        if not self.far.done[0] and self.near.steps_read < self.far.degree:
            return forth
        if not self.near.done[0] and self.far.steps_read < self.near.degree:
            return back
        return forth if near <= far else back

    def relax(self, side: Side, other: Side, batch: Sequence[tuple[int, EntityId]]) -> Walk[None]:
        """Walk on from entities just read, and note where the other side is met."""
        meetings: dict[tuple[EntityId, int], None] = {}
        for hops, entity in batch:
            side.done[hops].add(entity)
            onward = side.level[hops][entity] + self.weight[entity] + UNIT
            is_rim = hops + 1 == side.reach
            if other.end in side.links[entity]:
                # Each way to the end is a path of its own, also one dearer than another.
                way = (*side.way_to(entity, hops), other.end)
                self.note(way if side is self.near else way[::-1])
            better = self.improved(side, entity, hops + 1, onward, other.end)
            if better and is_rim:
                side.rim = min(onward + self.floor, onward + self.floor if side.rim is None else side.rim)
            for neighbour in better:
                if not is_rim:
                    heapq.heappush(side.queue, (onward + self.weight_of(neighbour), hops + 1, neighbour))
                if neighbour in other.seen:
                    meetings[neighbour, hops + 1] = None
        bound = self.bound()
        joined = [
            (entity, hops, rest)
            for entity, hops in meetings
            for rest in range(min(other.reach, self.max_hops - hops) + 1)
            if entity in other.level[rest]
            and side.level[hops][entity] + other.level[rest][entity] + self.weight_of(entity) <= bound
        ]
        yield from self.weigh(entity for entity, _, _ in joined)
        for entity, hops, rest in joined:
            if entity not in self.hubs:
                way = (*side.way_to(entity, hops), *other.way_to(entity, rest)[-2::-1])
                self.note(way if side is self.near else way[::-1])

    def improved(self, side: Side, entity: EntityId, hops: int, onward: int, end: EntityId) -> list[EntityId]:
        """Keep the way through `entity` to those neighbours (but `end`) that it brings nearer, and return them."""
        if onward > self.dearest:
            return []
        better = []
        level, parent, lower, hubs = side.level[hops], side.parent[hops], side.level[:hops], self.hubs
        for neighbour in side.links[entity]:
            known = level.get(neighbour)
            if (known is not None and known <= onward) or neighbour in hubs or neighbour == end:
                continue
            if neighbour in side.seen and any(known[neighbour] <= onward for known in lower if neighbour in known):
                continue
            level[neighbour] = onward
            parent[neighbour] = entity
            side.seen.add(neighbour)
            better.append(neighbour)
        return better

    def note(self, way: tuple[EntityId, ...]) -> None:
        """Keep a way from end to end if it is a simple path."""
        self.touching = True
        if len(set(way)) == len(way):
            self.met[way] = (len(way) - 1) * UNIT + sum(self.weight[entity] for entity in way[1:-1])
